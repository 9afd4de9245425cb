"""The closures of a plan for a whole day: each for the time between two changes of the plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from clearway.network.classes import VEHICLE_CLASSES
from clearway.planning.plan.closures import PlanClosures, plan_closures
from clearway.planning.plan.passages import moments_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from clearway.network.closures import Closure
    from clearway.planning.gazetteer import Gazetteer
    from clearway.record.kinds.plans import TrafficPlan

_BEFORE = timedelta(seconds=1)
"""So long before its first change a plan is as it was until then."""


def held_at(closures: Iterable[Closure], moment: datetime) -> tuple[Closure, ...]:
    """The closures that shut somebody out at a moment, as if they were in force all day.

    Args:
        closures: With their times.
        moment: With a time zone, that of the place.
    """
    held = (one for one in closures if any(one.holds(name, moment) for name in VEHICLE_CLASSES))
    return tuple(replace(one, starts=None, ends=None, hours="") for one in held)


def closures_all_day(plan: TrafficPlan, gazetteer: Gazetteer) -> PlanClosures:
    """What a plan shuts, with the times at which its barriers stand and its rules hold.

    Args:
        plan: The plan.
        gazetteer: Finds places on the network.
    """
    changes = moments_of((*plan.barriers, *plan.passages))
    changes += [moment for moment in (plan.starts, plan.ends) if moment is not None and moment not in changes]
    if not changes:
        return plan_closures(plan, gazetteer, None)
    found: dict[tuple[object, ...], Closure] = {}
    unplaced: dict[str, str] = {}
    for starts, ends in pairwise([None, *sorted(changes), None]):
        if (plan.starts and (starts is None or starts < plan.starts)) or (plan.ends and starts and starts >= plan.ends):
            continue
        then = plan_closures(plan, gazetteer, starts or min(changes) - _BEFORE)
        unplaced |= then.unplaced
        for closure in then.closures:
            own = closure.way, closure.at_m, closure.shuts, closure.label
            held = found.pop((*own, starts), None)  # one that goes on as it was is one closure
            found[*own, ends] = replace(closure, starts=held.starts if held else starts, ends=ends)
    return PlanClosures(tuple(found.values()), unplaced)
