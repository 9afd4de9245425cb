"""The jobs of two trucks shared anew, again and again, so that the one that ends last ends sooner.

Two trucks share their jobs of one step as evenly as can be (number partitioning by subset sums). When no two can end sooner,
some jobs are exchanged at random and all is evened again (iterated local search), always in the same way.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from clearway.planning.vehicles.towing.clock import HORIZON_S
from clearway.planning.vehicles.towing.problem import Trip
from clearway.planning.vehicles.towing.trips import after, driven

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from clearway.planning.vehicles.towing.problem import Problem

    Lines = list[list[Trip]]

_SHAKES = 300
"""Times that a step is shaken; on 200 jobs and 20 trucks some five seconds."""
_SHAKES_A_TRIP = 10
"""Of few trips there are few exchanges."""
_EXCHANGES = 6
"""Exchanges of one shake."""


class Sharing:
    """Jobs of a step shared anew.

    Args:
        problem: Their problem.
        step: The step that is to end sooner.
        fixed: Trips that stay as they are, before all others.
        goes_on: Whether it is worth looking further, by when the step ends.
    """

    def __init__(
        self,
        problem: Problem,
        step: int,
        fixed: Sequence[Trip],
        goes_on: Callable[[int], bool],
    ) -> None:
        self._problem, self._step, self._goes_on = problem, step, goes_on
        self._before = after(problem, fixed)

    def shared(self, trips: Sequence[Trip]) -> list[Trip]:
        """The trips as good as was found."""
        lines: Lines = [[] for _ in self._problem.trucks]
        for trip in trips:
            lines[trip.truck].append(trip)
        best = self._evened(lines)
        chance = random.Random(1)  # noqa: S311 - the same answer each time
        for _ in range(min(_SHAKES, _SHAKES_A_TRIP * len(trips))):
            end_s = self._end_s(best)
            if not self._goes_on(end_s):
                break
            found = self._evened(self._shaken(best, chance))
            if self._end_s(found) <= end_s:
                best = found
        return [trip for line in best for trip in line]

    def _evened(self, lines: Lines) -> Lines:
        """The truck that ends last and another share their jobs anew, as long as both then end before it did."""
        lines = list(lines)
        while True:
            end_s = self._end_s(lines)
            last = next((truck for truck, line in enumerate(lines) if line and self._end_s([line]) == end_s), None)
            if last is None or not self._goes_on(end_s):
                return lines
            better = self._shared_anew(lines, last, end_s)
            if better is None:
                return lines
            for truck, line in better:
                lines[truck] = line

    def _shared_anew(self, lines: Lines, last: int, end_s: int) -> list[tuple[int, list[Trip]]] | None:
        """The jobs of the truck that ends last and of another; None where no other helps."""
        problem, free_s = self._problem, self._before.free_s
        for other in sorted(
            (one for one in range(len(lines)) if one != last), key=lambda truck: free_s[truck] + _lasts_s(lines[truck])
        ):
            if not self._goes_on(end_s):
                return None
            both = [*lines[last], *lines[other]]
            must = [one for one in both if not problem.able(problem.trucks[other], problem.jobs[one.job])]
            may = [one for one in both if one not in must and problem.able(problem.trucks[last], problem.jobs[one.job])]
            others = [one for one in both if one not in must and one not in may]
            ahead_s = self._before.free_s[other] - self._before.free_s[last]
            wanted_s = (_lasts_s(may) + _lasts_s(others) - _lasts_s(must) + ahead_s) / 2
            for kept in _nearest(may, wanted_s):
                gone = [one for one in may if one not in kept]
                first = self._driven(last, [*must, *kept], end_s - 1)
                second = None if first is None else self._driven(other, [*others, *gone], end_s - 1)
                if first is not None and second is not None:
                    return [(last, first), (other, second)]
        return None

    def _shaken(self, lines: Lines, chance: random.Random) -> Lines:
        """Some jobs exchanged between trucks at random, where both can do them."""
        shaken = list(lines)
        for _ in range(_EXCHANGES):
            one, other = (chance.randrange(len(lines)) for _ in range(2))
            if one == other or not shaken[one] or not shaken[other]:
                continue
            mine, theirs = chance.choice(shaken[one]), chance.choice(shaken[other])
            first = self._driven(one, [*(trip for trip in shaken[one] if trip is not mine), theirs], HORIZON_S)
            second = self._driven(other, [*(trip for trip in shaken[other] if trip is not theirs), mine], HORIZON_S)
            if first is not None and second is not None:
                shaken[one], shaken[other] = first, second
        return shaken

    def _driven(self, truck: int, trips: Sequence[Trip], latest_s: int) -> list[Trip] | None:
        return driven(self._problem, self._before, truck, trips, latest_s)

    def _end_s(self, lines: Lines) -> int:
        jobs = self._problem.jobs
        return max((trip.done_s for line in lines for trip in line if jobs[trip.job].step == self._step), default=0)


def _lasts_s(trips: Sequence[Trip]) -> int:
    return sum(one.done_s - one.start_s for one in trips)


def _nearest(trips: Sequence[Trip], wanted_s: float) -> Iterator[list[Trip]]:
    """From below and from above, by the bits of a number: bit n is set where some of the trips last n seconds together."""
    lasts = [one.done_s - one.start_s for one in trips]
    sums = [1]
    for seconds in lasts:
        sums.append(sums[-1] | sums[-1] << seconds)
    wanted = max(int(wanted_s), 0)
    below = (sums[-1] & ((1 << wanted + 1) - 1)).bit_length() - 1
    above = sums[-1] >> wanted + 1
    totals = [below] + ([wanted + (above & -above).bit_length()] if above else [])
    for total in sorted(totals, key=lambda one: abs(one - wanted_s)):
        rest, kept = total, list[Trip]()
        for place in reversed(range(len(trips))):
            if not sums[place] >> rest & 1:
                kept.append(trips[place])
                rest -= lasts[place]
        yield kept
