"""A plan with a march, and, where somebody wants it, with its rolling closures as barriers with times."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from clearway.errors import BadInput
from clearway.network.geometry import point_at
from clearway.record.kinds.plans import MOST_BARRIERS, PlannedBarrier, PlannedMarch, TrafficPlan
from clearway.record.place import Point

if TYPE_CHECKING:
    from clearway.planning.plan.march.finding import Found

_OPENING_S = 20.0
"""Assumed: a steward lifts a cone and waves an ambulance through."""


def with_march(plan: TrafficPlan, march: PlannedMarch, found: Found | None = None) -> TrafficPlan:
    """The plan with a march in place of one of its name.

    Args:
        plan: The plan.
        march: The march.
        found: With it, each side street that is held becomes a staffed barrier for as long; earlier ones of this march go.

    Raises:
        BadInput: the plan would have too many barriers.
    """
    others = tuple(one for one in plan.marches if one.id.casefold() != march.id.casefold())
    made = plan.model_copy(update={"marches": (*others, march)})
    if found is None:
        return made
    prefix = f"{march.id} "
    kept = tuple(one for one in plan.barriers if not one.id.startswith(prefix))
    network = found.rolling.route.network
    held = tuple(
        PlannedBarrier(
            id=f"{prefix}{number}",
            place=Point(at=point_at(network.geometry(one.way), one.at_m), label=f"{one.street} at {one.corner}"),
            structure="cone",
            opens="staffed",
            opening_seconds=_OPENING_S,
            starts=one.held_from,
            ends=max(one.released, one.held_from + timedelta(seconds=1)),
        )
        for number, one in enumerate(found.answer.sides, 1)
    )
    if len(kept) + len(held) > MOST_BARRIERS:
        raise BadInput(
            f"The plan would have {len(kept) + len(held)} barriers, and holds {MOST_BARRIERS}. Write the march alone."
        )
    return made.model_copy(update={"barriers": (*kept, *held)})
