"""Find out what the papers of a plan tell: its checks, detours, buses, and the ways to hospital."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clearway.planning.cordon.planner.steps import untold
from clearway.planning.plan.checks import check_plan
from clearway.planning.plan.closures_all_day import closures_all_day
from clearway.planning.plan.detours.finding import Asked, detours
from clearway.planning.plan.passages import full_moment
from clearway.planning.plan.to_hospital import ways_to_hospital
from clearway.publish.plan.known import Known

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from clearway.network.closures import Closure
    from clearway.planning.access.planner.stations import Station
    from clearway.planning.cordon.planner.steps import Tell
    from clearway.planning.plan.buses.contract import BusChanges
    from clearway.planning.plan.checks import CheckGround
    from clearway.planning.plan.contract import PlanStatus
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


def known_of(
    plan: TrafficPlan,
    zone: ZoneInfo,
    made: datetime,
    streets: Streets | None = None,
    *,
    at: datetime | None = None,
    status: PlanStatus | None = None,
    adopted: str | None = None,
    tell: Tell = untold,
) -> Known:
    """A plan, and all that its papers tell of it.

    Args:
        plan: The plan.
        zone: The operation's.
        made: This moment.
        streets: Where it lies; None: nothing is checked, searched or drawn.
        at: The moment at which ring and access are checked; by default when most barriers stand.
        status: How it stands against what is reported.
        adopted: By whom it was adopted.
        tell: Called with what is being done and the share that is done; what it raises ends the work.

    Raises:
        BadGeometry: the plan's site cannot be used on the network.
        BadInput: vehicles may drive nowhere on the network.
    """
    if streets is None:
        return Known(plan=plan, zone=zone, made=made, status=status, adopted=adopted)
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
        plan=plan, zone=zone, made=made, gazetteer=gazetteer, checks=checks, status=status, adopted=adopted, detours=found,
        buses=buses, to_hospital=hospital,
    )  # fmt: skip
