"""The handover points of a plan as they stand: red once an approach is shut."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from clearway.errors import ClearwayError
from clearway.network.classes import class_mask
from clearway.network.closures import Closure
from clearway.network.geometry import flat_scale
from clearway.planning.occupied import full, occupied_streets
from clearway.planning.plan.closures import plan_closures
from clearway.planning.plan.contract import HandoverStatus
from clearway.planning.plan.handover.finding import crews_of
from clearway.planning.plan.ring import ring_question
from clearway.planning.street_names import StreetNames
from clearway.record.place_words import words_of_place
from clearway.words import listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.planning.access.planner.services import Staffed
    from clearway.planning.access.planner.stations import Station
    from clearway.planning.access.planner.timing import AccessTimer
    from clearway.planning.gazetteer import Gazetteer
    from clearway.planning.plan.handover.approaches import Approaches
    from clearway.planning.plan.handover.asked import Crews
    from clearway.record.kinds.plans import HandoverPlace, TrafficPlan

_CORNER_M = 60.0
"""Half a block: a point that is farther from every corner is one that no crew finds by its streets."""


def handover_standing(
    plan: TrafficPlan,
    gazetteer: Gazetteer,
    timer: AccessTimer,
    services: Sequence[Staffed],
    hospitals: Sequence[Station],
    also_shut: Sequence[Closure] = (),
) -> tuple[HandoverStatus, ...]:
    """How each handover point of a plan is reached, past no barrier of the plan and no other closure.

    Args:
        plan: The plan.
        gazetteer: Of the network.
        timer: Of the same network.
        services: Who helps, with their stations.
        hospitals: Where patients are taken.
        also_shut: What is shut besides, such as what the record says; those of other classes are passed over.

    Raises:
        BadGeometry: the plan's site cannot be used on the network.
    """
    if not plan.handover:
        return ()
    names = StreetNames(gazetteer.network)
    mask = class_mask(["emergency"])
    own = [Closure(one.way, mask, at_m=one.at_m, label=one.label) for one in plan_closures(plan, gazetteer, None).closures]
    if (question := ring_question(plan, gazetteer)) is not None:
        own += full(occupied_streets(names, question.stretches, question.site), mask)
    try:
        crews = crews_of(timer, services, hospitals, [*own, *also_shut])
    except ClearwayError as error:
        return tuple(_status(one, gazetteer, f"Not checked: {error}") for one in plan.handover)
    return tuple(_judged(one, gazetteer, names, crews, also_shut) for one in plan.handover)


def _judged(
    point: HandoverPlace, gazetteer: Gazetteer, names: StreetNames, crews: Crews, also_shut: Sequence[Closure]
) -> HandoverStatus:
    spot = gazetteer.of(point.place).spot
    if spot is None:
        return _status(point, gazetteer, gazetteer.of(point.place).says)
    corner = _corner(crews, spot)
    if corner is None:
        return _status(
            point, gazetteer, f"It lies more than {_CORNER_M:.0f} m from every corner that an ambulance may drive to."
        )
    into = crews.vehicles.into(corner)
    out = crews.vehicles.out_of(corner)
    says = _says(names, crews, into, out)
    if not (into.safe and out.safe) and (shut := dict.fromkeys(one.label for one in also_shut if one.label)):
        needed = [label for label in shut if _opens(crews, corner, label, into, out)]
        says += f" Shut on an approach: {listed(needed)}." if needed else ""
    return _status(point, gazetteer, says, into, out)


def _opens(crews: Crews, corner: int, label: str, into: Approaches, out: Approaches) -> bool:
    """Whether more drives are found with what has a label open."""
    vehicles = crews.vehicles
    fewer = type(vehicles)(
        vehicles.graph,
        tuple(one for one in vehicles.closures if one.label != label),
        vehicles.stations,
        vehicles.hospitals,
    )
    better_in, better_out = fewer.into(corner), fewer.out_of(corner)
    ranks = [(bool(one.drives), one.safe) for one in (into, out)]
    return any((bool(new.drives), new.safe) > old for new, old in zip((better_in, better_out), ranks, strict=True))


def _says(names: StreetNames, crews: Crews, into: Approaches, out: Approaches) -> str:
    if not into.drives:
        return "No ambulance gets there."
    if not out.drives:
        return "An ambulance gets there, and from there to no hospital."
    there = f"{crews.stations[into.drives[0].place].name} in {into.drives[0].ms / 60_000:.1f} min"
    on = f"{crews.hospitals[out.drives[0].place].name} in {out.drives[0].ms / 60_000:.1f} min"
    times = f"Ambulance from {there}, to {on}."
    for one, what in ((into, "come"), (out, "leave")):
        if one.single is not None:
            return f"{times} One vehicle across {names.between(one.single)} and none can {what}."
    return f"{times} No single blocked street stops it."


def _corner(crews: Crews, spot: tuple[float, float]) -> int | None:
    """The nearest junction on a street that the class may drive."""
    graph = crews.vehicles.graph
    network = graph.network
    ways = np.flatnonzero(graph.arc_permitted[0::2] | graph.arc_permitted[1::2])
    junctions = np.unique(np.concatenate((network.way_tail[ways], network.way_head[ways])))
    scale = flat_scale(spot[1])
    away = np.hypot(
        (network.junction_lon[junctions] - spot[0]) * scale[0], (network.junction_lat[junctions] - spot[1]) * scale[1]
    )
    nearest = int(away.argmin())
    return int(junctions[nearest]) if away[nearest] <= _CORNER_M else None


def _status(
    point: HandoverPlace, gazetteer: Gazetteer, says: str, into: Approaches | None = None, out: Approaches | None = None
) -> HandoverStatus:
    spot = gazetteer.of(point.place).spot
    return HandoverStatus(
        id=point.id,
        where=words_of_place(point.place),
        ok=into is not None and out is not None and into.safe and out.safe,
        ambulance_seconds=into.drives[0].ms / 1000 if into and into.drives else None,
        hospital_seconds=out.drives[0].ms / 1000 if out and out.drives else None,
        says=says,
        lon=spot[0] if spot else None,
        lat=spot[1] if spot else None,
    )
