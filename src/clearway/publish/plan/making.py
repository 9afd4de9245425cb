"""Find out what the papers of a plan tell: its checks, detours, buses, the ways to hospital, and what its marches shut."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from clearway.errors import BadInput
from clearway.planning.cordon.planner.steps import untold
from clearway.planning.decide.ordered import Ordered
from clearway.planning.plan.checks import check_plan
from clearway.planning.plan.closures_all_day import closures_all_day
from clearway.planning.plan.detours.finding import Asked, detours
from clearway.planning.plan.march.finding import plan_march
from clearway.planning.plan.march.route import MarchStreets
from clearway.planning.plan.passages import full_moment
from clearway.planning.plan.to_hospital import ways_to_hospital
from clearway.publish.plan.known import Known

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from clearway.network.closures import Closure
    from clearway.planning.access.planner.stations import Station
    from clearway.planning.cordon.planner.steps import Tell
    from clearway.planning.gazetteer import Gazetteer
    from clearway.planning.plan.buses.contract import BusChanges
    from clearway.planning.plan.checks import CheckGround
    from clearway.planning.plan.contract import PlanStatus
    from clearway.planning.plan.march.contract import MarchAnswer
    from clearway.planning.plan.march.finding import Sighting
    from clearway.planning.plan.stages.contract import StagePlan
    from clearway.record.kinds.plans import TrafficPlan

_DETOURS_SHARE, _BUSES_SHARE, _WRITING_SHARE = 0.4, 0.7, 0.95
"""Of the whole work, until each step begins: as measured on Wellington."""


@dataclass(frozen=True, kw_only=True)
class Streets:
    """The streets of a plan, and who serves them.

    Attributes:
        ground: What the plan is checked against, and where patients are taken.
        places: Schools, stations and campuses to which people must still get.
        buses: What closures do to the buses; None: no timetable is known.
    """

    ground: CheckGround
    places: Sequence[Station] = ()
    buses: Callable[[Sequence[Closure], Tell], BusChanges] | None = None


class Besides(NamedTuple):
    """What is known of a plan already.

    Attributes:
        status: How it stands against what is reported.
        adopted: By whom it was adopted.
        stages: Who places which barrier when, as it was planned before.
        marches: What marches shut when, as it was worked out before; the others are worked out anew.
        seen: Where head and tail of those were seen, with the march's id, the earliest first.
        ordered: The objective and the decision that hold, as far as the record says.
    """

    status: PlanStatus | None = None
    adopted: str | None = None
    stages: tuple[StagePlan, ...] = ()
    marches: tuple[MarchAnswer, ...] = ()
    seen: Sequence[tuple[str, Sighting]] = ()
    ordered: Ordered = Ordered()


def known_of(
    plan: TrafficPlan,
    zone: ZoneInfo,
    made: datetime,
    streets: Streets | None = None,
    *,
    at: datetime | None = None,
    besides: Besides = Besides(),  # noqa: B008 - it cannot be changed
    tell: Tell = untold,
) -> Known:
    """A plan, and all that its papers tell of it.

    Args:
        plan: The plan.
        zone: The operation's.
        made: This moment.
        streets: Where it lies; None: nothing is checked, searched or drawn.
        at: The moment at which ring and access are checked; by default when most barriers stand.
        besides: What is known of it already.
        tell: Called with what is being done and the share that is done; what it raises ends the work.

    Raises:
        BadGeometry: the plan's site cannot be used on the network.
        BadInput: vehicles may drive nowhere on the network.
    """
    if streets is None:
        return Known(
            plan=plan, zone=zone, made=made, status=besides.status, adopted=besides.adopted, stages=besides.stages,
            ordered=besides.ordered,
            marches=besides.marches,
        )  # fmt: skip
    gazetteer = streets.ground.gazetteer
    tell("Checking the ring and timing help to every address, before and after", 0.0)
    checks = check_plan(plan, streets.ground, at)
    hospital = ways_to_hospital(plan, gazetteer, streets.ground.hospitals, at or full_moment(plan))
    tell("Finding detours", _DETOURS_SHARE)
    shut = closures_all_day(plan, gazetteer).closures
    found = detours(gazetteer.network, Asked(closures=shut, places=tuple(streets.places)))
    tell("Finding detours of buses", _BUSES_SHARE)
    buses = streets.buses(shut, untold) if streets.buses else None
    tell("Writing", _WRITING_SHARE)
    return Known(
        plan=plan, zone=zone, made=made, gazetteer=gazetteer, checks=checks, status=besides.status,
        adopted=besides.adopted, detours=found, buses=buses, to_hospital=hospital, stages=besides.stages,
        ordered=besides.ordered,
        marches=tuple(_marches(plan, zone, gazetteer, besides)),
    )  # fmt: skip


def _marches(plan: TrafficPlan, zone: ZoneInfo, gazetteer: Gazetteer, besides: Besides) -> Iterator[MarchAnswer]:
    """Each march of a plan that can walk its route: as it was worked out before, else anew."""
    known = {one.id: one for one in besides.marches}
    streets = MarchStreets(gazetteer) if len(known) < len(plan.marches) else None
    for march in plan.marches:
        if march.id in known:
            yield known[march.id]
        elif streets:
            seen = [one for name, one in besides.seen if name == march.id]
            with contextlib.suppress(BadInput):  # the check of this march says why
                yield plan_march(march, streets, zone, seen).answer
