"""Trips of all steps so far shared anew, so that the last step ends sooner, as near to its bound as can be.

What lies between a bound and an end is halved. Either prices rule a time out (:mod:`.prices`), or the program that they come
from says what parts of trucks would do by then: that is rounded to whole trucks (:mod:`.rounding`) and balanced
(:mod:`.balancing`). Whatever comes out is driven anew, and kept where the step ends sooner and none before it later.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from clearway.planning.vehicles.towing.balancing import Balancing
from clearway.planning.vehicles.towing.prices import Prices
from clearway.planning.vehicles.towing.problem import Trip
from clearway.planning.vehicles.towing.rounding import rounded
from clearway.planning.vehicles.towing.trips import after, take, trips_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from clearway.planning.vehicles.towing.problem import Bound, Problem

_ROUNDED = 10
"""Ways in which a program is rounded for a time to reach."""
_BEYOND = 200, 100
"""Last, programs are rounded for times beyond the bound by these parts of it, if nothing as soon was found."""
_CLOSE = 10_000
"""A step that ends later than its bound by less than this part of it is not balanced."""


class Nearing:
    """Trips that come nearer and nearer to a bound.

    Args:
        problem: Their problem.
        step: The step that is to end sooner.
        trips: All of it, and of the steps before.
        ends_s: When each step before ends, rising.

    Attributes:
        trips: As good as was found.
    """

    def __init__(self, problem: Problem, step: int, trips: Sequence[Trip], ends_s: Sequence[int]) -> None:
        self.trips = list(trips)
        self._problem, self._step, self._ends_s = problem, step, ends_s
        self._jobs = [one.job for one in trips]
        self._balancing = Balancing(problem, self._jobs, step, ends_s) if trips else None

    def balanced(self, least_s: int, goes_on: Callable[[], bool]) -> None:
        """Balance what there is, for times nearer and nearer to a bound, until none is reached."""
        low_s = least_s
        while (end_s := ended_s(self.trips)) - low_s > low_s // _CLOSE and goes_on():
            middle_s = (low_s + end_s) // 2
            if not self._is_reached({one.job: one.truck for one in self.trips}, middle_s, goes_on):
                low_s = middle_s + 1

    def priced(self, least: Bound, raises: Callable[[], bool], goes_on: Callable[[], bool]) -> Bound:
        """Come near to the bound that prices prove, which is the answer.

        Args:
            least: The bound of the step before.
            raises: Whether there is time to raise it.
            goes_on: Whether there is time to come near it.
        """
        prices = Prices(self._problem, self._step, self._jobs, (*self._ends_s, ended_s(self.trips)), least)

        def tried(end_s: int) -> None:
            chance, shares = random.Random(1), prices.shares(end_s)  # noqa: S311 - the same answer each time
            for turn in range(_ROUNDED):
                if not goes_on():
                    return
                start = rounded(self._problem, prices, shares, chance if turn else None)
                if self._is_reached(start, end_s, goes_on, is_close=True):
                    return

        bound = prices.raised(raises, tried)
        for end_s in (bound.at_least_s + bound.at_least_s // part for part in _BEYOND):
            if goes_on() and end_s < ended_s(self.trips):
                tried(end_s)
        return bound

    def _is_reached(
        self, truck_of: Mapping[int, int], end_s: int, goes_on: Callable[[], bool], *, is_close: bool = False
    ) -> bool:
        """Whether trips were found that are better, and balanced for an end; then they are those there are."""
        if self._balancing is None:
            return False
        found = self._balancing.reached([truck_of[one] for one in self._jobs], end_s, goes_on, is_close=is_close)
        made = None if found is None else self._driven(dict(zip(self._jobs, found, strict=True)))
        if made is None or not self._is_better(made):
            return False
        self.trips = made
        return True

    def _driven(self, truck_of: Mapping[int, int]) -> list[Trip] | None:
        """Each job by its truck; None where one of them cannot."""
        problem = self._problem
        depth, state, made = depths(problem), after(problem, ()), list[Trip]()
        for index in sorted(truck_of, key=lambda one: (problem.jobs[one].step, depth[problem.jobs[one].stretch], one)):
            trip = min(trips_of(problem, state, index, truck_of[index]), key=lambda one: one.done_s, default=None)
            if trip is None:
                return None
            take(problem, state, trip)
            made.append(trip)
        return made

    def _is_better(self, made: Sequence[Trip]) -> bool:
        """Whether all is done sooner, and no step before ends later."""
        jobs = self._problem.jobs
        late = any(
            ended_s([one for one in made if jobs[one.job].step <= step]) > end for step, end in enumerate(self._ends_s)
        )  # fmt: skip
        return not late and ended_s(made) < ended_s(self.trips)


def ended_s(trips: Sequence[Trip]) -> int:
    """When the last of some trips is done; 0 of none."""
    return max((one.done_s for one in trips), default=0)


def depths(problem: Problem) -> dict[int, int]:
    """How many stretches lie one behind the other before each."""
    behind: dict[int, set[int]] = {}
    for (_, stretch), leg in problem.legs.items():
        behind.setdefault(stretch, set()).update(leg.after)
    depth = {job.stretch: 0 for job in problem.jobs} | dict.fromkeys(behind, 0)
    for _ in depth:
        for stretch, others in behind.items():
            depth[stretch] = max((depth.get(other, 0) + 1 for other in others if other != stretch), default=0)
    return depth
