"""Schedules of tow trucks: in the order of the wishes, the longest tows first, then shared out anew.

Each job goes to the truck that is done with it soonest (list scheduling, longest processing time first, Graham 1969). Where
trucks wait for one another (escorts, a stretch behind another), other orders are tried; else trucks share the jobs of a step
anew (:mod:`.sharing`). Then those of all steps so far are brought as near to the bound as can be (:mod:`.nearing`). No step
holds up the one before it.
"""

from __future__ import annotations

import itertools
import random
import time
from functools import partial
from itertools import accumulate
from typing import TYPE_CHECKING

from clearway.planning.vehicles.towing.bound import at_least_s
from clearway.planning.vehicles.towing.nearing import Nearing, depths, ended_s
from clearway.planning.vehicles.towing.problem import Bound, Problem, Schedule, Trip
from clearway.planning.vehicles.towing.sharing import Sharing
from clearway.planning.vehicles.towing.trips import after, take, trips_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clearway.planning.vehicles.towing.trips import State

LIMIT_S = 10.0
"""Seconds of looking for a better schedule."""
_ORDERS = 60
"""Orders that are tried where trucks wait for one another."""
_HALF = 0.5
"""Of the orders heavy trucks are kept for heavy vehicles."""
_LISTED, _SHARED, _BALANCED, _PROVED = 0.1, 0.06, 0.15, 0.8
"""Parts of a step's time after which no other order, share, balance and bound is looked for; the rest is to come near it."""
_READ_S, _READ_JOBS = 0.04, 300
"""Seconds that pass with each reading of a counted clock, with jobs up to so many; with more of them longer."""


def scheduled(problem: Problem, *, limit_s: float = LIMIT_S, clock: Callable[[], float] = time.monotonic) -> Schedule:
    """A schedule, step after step; each step as soon as was found without holding up the one before it.

    Args:
        problem: What is to be fetched by whom.
        limit_s: Seconds of looking for a better one.
        clock: Seconds that pass.
    """
    ends_at, steps = clock() + limit_s, 1 + max((one.step for one in problem.jobs), default=-1)
    so_far = [sum(one.step <= step for one in problem.jobs) for step in range(steps)]
    trips, left, ends_s, bounds = list[Trip](), list[int](), list[int](), [Bound(0)]
    for step in range(steps):
        began = clock()
        own_s = (ends_at - began) * so_far[step] / sum(so_far[step:])

        def before(part: float, began: float = began, own_s: float = own_s) -> bool:
            return clock() < began + part * own_s

        made, undone = _best_listed(problem, trips, step, partial(before, _LISTED))
        left += undone
        jobs = [problem.jobs[one.job] for one in (*trips, *made)]
        least_s = at_least_s(problem, jobs)
        if not _waits(problem, [*trips, *made]):
            made = Sharing(problem, step, trips, partial(_is_late, least_s, partial(before, _SHARED))).shared(made)
        trips += made
        nearing = Nearing(problem, step, trips, ends_s)
        nearing.balanced(least_s, partial(before, _BALANCED))
        bounds.append(nearing.priced(bounds[-1], partial(before, _PROVED), partial(before, 1.0)))
        nearing.balanced(bounds[-1].at_least_s, partial(before, 1.0))
        trips = nearing.trips
        ends_s.append(ended_s(trips))
    late, left = _listed(problem, trips, left, keep_heavy=False) if left else ([], left)
    if late:  # what stood behind others whose lane a later step has freed: then each step is proved by its count alone
        trips += late
        done = [problem.jobs[one.job] for one in trips]
        counts = (at_least_s(problem, [one for one in done if one.step <= step]) for step in range(steps))
        bounds = [Bound(0), *(Bound(least_s) for least_s in accumulate(counts, max))]
    return Schedule(tuple(trips), tuple(left), tuple(bounds[1:]))


def counted_clock(problem: Problem) -> Callable[[], float]:
    """A clock that passes by being read: with it a problem has one schedule, on a busy machine and on a quiet one.

    >>> clock = counted_clock(Problem((), (), (), {}, (), None, 0))
    >>> clock(), clock()
    (0.04, 0.08)
    """
    read_s, readings = _READ_S * max(1.0, len(problem.jobs) / _READ_JOBS), itertools.count(1)
    return lambda: read_s * next(readings)


def _best_listed(
    problem: Problem, trips: Sequence[Trip], step: int, goes_on: Callable[[], bool]
) -> tuple[list[Trip], list[int]]:
    """The best of some lists of a step's jobs.

    Heavy trucks are kept for heavy vehicles, or not; and where trucks wait for one another, other orders are tried too.
    """
    depth = depths(problem)
    own = [index for index, one in enumerate(problem.jobs) if one.step == step]
    own.sort(key=lambda index: (depth[problem.jobs[index].stretch], *_longest_first(problem, index)))
    found = [_listed(problem, trips, own, keep_heavy=keep) for keep in (False, True)]
    best = min(found, key=lambda one: (len(one[1]), ended_s(one[0])))
    if _waits(problem, best[0]):
        enough_s = _enough_s(problem, [*trips, *best[0]])
        chance = random.Random(1)  # noqa: S311 - the same answer each time
        for _ in range(_ORDERS):
            if not _is_late(enough_s, goes_on, ended_s(best[0])):
                break
            place = {index: at + chance.uniform(0, len(own) / 4) for at, index in enumerate(own)}
            order = sorted(own, key=lambda index: (depth[problem.jobs[index].stretch], place[index]))
            other = _listed(problem, trips, order, keep_heavy=chance.random() < _HALF)
            if (len(other[1]), ended_s(other[0])) < (len(best[1]), ended_s(best[0])):
                best, own = other, order
    return best


def _listed(problem: Problem, trips: Sequence[Trip], order: Sequence[int], *, keep_heavy: bool) -> tuple[list[Trip], list[int]]:
    """Each job in turn by the truck that is done with it soonest; and the jobs that nobody does."""
    state, made, left = after(problem, trips), list[Trip](), list[int]()
    for index in order:
        trip = _soonest(problem, state, index, keep_heavy=keep_heavy)
        if trip is None:
            left.append(index)
        else:
            take(problem, state, trip)
            made.append(trip)
    return made, left


def _enough_s(problem: Problem, trips: Sequence[Trip]) -> int:
    return at_least_s(problem, [problem.jobs[one.job] for one in trips])


def _is_late(enough_s: int, goes_on: Callable[[], bool], end_s: int) -> bool:
    """Whether a step may still end sooner, and there is time to look for it."""
    return end_s > enough_s and goes_on()


def nearest_first(problem: Problem) -> Schedule:
    """By a plain rule: whichever truck is free first takes the nearest vehicle of the step that it can move."""
    state, trips, left = after(problem, ()), list[Trip](), list[int]()
    for step in sorted({one.step for one in problem.jobs}):
        waiting = {index for index, one in enumerate(problem.jobs) if one.step == step}
        while waiting:
            found = None
            for truck in sorted(range(len(problem.trucks)), key=lambda one: state.free_s[one]):
                near = sorted(waiting, key=lambda index: (_in_s(problem, truck, state.at[truck], index), index))
                found = next((trip for index in near for trip in trips_of(problem, state, index, truck)), None)
                if found is not None:
                    break
            if found is None:
                left += sorted(waiting)
                break
            take(problem, state, found)
            trips.append(found)
            waiting.discard(found.job)
    return Schedule(tuple(trips), tuple(left))


def _longest_first(problem: Problem, index: int) -> tuple[int, int]:
    job = problem.jobs[index]
    return -int(job.heavy), -(problem.least_s(job) or 0)


def _in_s(problem: Problem, truck: int, at: int, index: int) -> float:
    leg = problem.legs.get((problem.trucks[truck].size, problem.jobs[index].stretch))
    seconds = leg.in_s[at] if leg else None
    return float("inf") if seconds is None else seconds


def _soonest(problem: Problem, state: State, index: int, *, keep_heavy: bool) -> Trip | None:
    """By the truck that is done soonest; of those the one that can move least, and then the one that was free last.

    Heavy trucks that are kept for heavy vehicles move a light one only where no light truck does.
    """
    job = problem.jobs[index]
    choices = [
        trip
        for truck, one in enumerate(problem.trucks)
        if problem.able(one, job)
        for trip in trips_of(problem, state, index, truck)
    ]
    trucks = problem.trucks
    return min(
        choices,
        key=lambda trip: (
            keep_heavy and trucks[trip.truck].heavy,
            trip.done_s,
            trucks[trip.truck].heavy,
            -state.free_s[trip.truck],
            trip.truck,
        ),
        default=None,
    )


def _waits(problem: Problem, trips: Sequence[Trip]) -> bool:
    """Whether trucks wait for one another: then no truck's trips can be moved alone."""
    escorted = any(trip.escort is not None for trip in trips)
    jobs = problem.jobs
    return escorted or any(problem.legs[problem.trucks[one.truck].size, jobs[one.job].stretch].after for one in trips)
