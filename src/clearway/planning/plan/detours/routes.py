"""Detours as routes of a plan, so that its document holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.record.kinds.plans import PlannedRoute
from clearway.record.place import Street

if TYPE_CHECKING:
    from clearway.planning.plan.detours.contract import Movement, VehicleDetours
    from clearway.record.kinds.plans import TrafficPlan

_PREFIX = "Detour "


def with_detours(plan: TrafficPlan, found: VehicleDetours) -> TrafficPlan:
    """A plan with the main detour of each movement among its routes; those of an earlier time are replaced.

    Args:
        plan: The plan.
        found: Its detours.
    """
    own = tuple(one for one in plan.routes if not (one.purpose == "detour" and one.id.startswith(_PREFIX)))
    return plan.model_copy(update={"routes": (*own, *(_route(one) for one in found.movements if one.detours[0].legs))})


def _route(movement: Movement) -> PlannedRoute:
    way = movement.detours[0]
    driven = "; ".join(leg.words() for leg in way.legs)
    return PlannedRoute(
        id=f"{_PREFIX}{movement.number}",
        purpose="detour",
        along=tuple(Street(street=leg.street) for leg in way.legs),
        note=f"Round {movement.along}, {movement.starts_at} to {movement.ends_at}: {driven}.",
    )
