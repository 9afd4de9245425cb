"""How soon a step can be done once the steps before it are done as soon as they are, with prices that prove it.

What one truck may do is a pattern: jobs that it has done in time, those of the steps before by their ends and all by T. Let
each job have a price, and let no pattern of a truck be worth more than ``v``. Where all jobs together are worth more than all
``v`` together, no trucks have done them by T. The best prices are the duals of a linear program over patterns, found by column
generation (Gilmore and Gomory 1961); the worthiest pattern is a knapsack, filled step after step.

Whatever prices come out, they prove what they prove: a checker fills the knapsacks anew and needs no linear program.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array

from clearway.planning.vehicles.towing.bound import at_least_s, usable
from clearway.planning.vehicles.towing.knapsack import Item, Knapsack, doubled
from clearway.planning.vehicles.towing.problem import Bound, Price

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from clearway.network.model import Longs
    from clearway.planning.vehicles.towing.contract import Window
    from clearway.planning.vehicles.towing.problem import Job, Problem

_CELLS = 50_000
"""Cells of a knapsack, each a second; of more than 14 hours each is some, lengths are rounded down, and less is proved."""
_SCALE = 10_000
"""A second's worth: prices are whole numbers."""
_CLOSE = 500
"""A bound that is off by less than this part of itself is not looked at further."""
_PATTERNS = 8
"""Patterns of each crew that are added at a time, of different vehicles."""
_NOTHING = 1e-6
"""Seconds of work that the solver may miss and still have all of it done."""


class _Kind(NamedTuple):
    """Jobs that are alike: their step, the seconds by each crew (None: it cannot), and how many."""

    step: int
    seconds: tuple[int | None, ...]
    number: int


@dataclass(frozen=True)
class _Crew:
    """Trucks that are alike, and when they can be at work."""

    trucks: int
    windows: Sequence[Window]

    def usable_s(self, end_s: int) -> int:
        return sum(min(end, end_s) - first for first, end in self.windows if first < end_s)


class _Pattern(NamedTuple):
    crew: int
    counts: Mapping[int, int]
    cells: tuple[int, ...]


class Share(NamedTuple):
    """What so many trucks of a crew do in time, all jobs done together: how many jobs of each kind each of them."""

    crew: int
    trucks: float
    counts: Mapping[int, int]


class Prices:
    """Prices for a step.

    Args:
        problem: Their problem.
        step: The step.
        jobs: Which jobs: those of it and of the steps before, each of which some truck can do.
        ends_s: When each step before ends, each no sooner than the one before it; and when this one ends.
        least: The bound of the step before.

    Attributes:
        bound: The best that was proved.
        jobs_of: Which jobs are alike, by kind.
        trucks_of: Which trucks are alike, by crew.
    """

    def __init__(self, problem: Problem, step: int, jobs: Sequence[int], ends_s: Sequence[int], least: Bound) -> None:
        self._ends_s, self._step = ends_s, step
        own = [problem.jobs[one] for one in jobs]
        self.bound = max(least, Bound(at_least_s(problem, own)), key=lambda one: one.at_least_s)
        alike: dict[tuple[bool, int, tuple[Window, ...]], list[int]] = {}
        for place, truck in enumerate(problem.trucks):
            alike.setdefault((truck.heavy, truck.size, truck.windows), []).append(place)
        self.trucks_of = list(alike.values())
        seconds = {
            job: tuple(
                problem.legs[size, job.stretch].least_s + job.hook_s + job.yard_s
                if (heavy or not job.heavy) and (size, job.stretch) in problem.legs
                else None
                for heavy, size, _ in alike
            )
            for job in set(own)
        }
        self._crews = [
            _Crew(len(trucks), usable(windows, problem.yards, _lead_s(seconds, place)))
            for place, ((_, _, windows), trucks) in enumerate(alike.items())
        ]
        kinds = dict[tuple[int, tuple[int | None, ...]], list[int]]()
        for number, job in sorted(zip(jobs, own, strict=True), key=lambda one: _in_order(one[1].step, seconds[one[1]])):
            kinds.setdefault((job.step, seconds[job]), []).append(number)
        self.jobs_of = list(kinds.values())
        self._kinds = [_Kind(*key, len(same)) for key, same in kinds.items()]
        places = {key: place for place, key in enumerate(kinds)}
        self._of_job = {(job.stretch, job.vehicle, job.step): places[job.step, seconds[job]] for job in seconds}
        self._cell_s = 1 + max((crew.usable_s(ends_s[-1]) for crew in self._crews), default=0) // _CELLS
        self._patterns: dict[tuple[int, frozenset[tuple[int, int]]], _Pattern] = {}

    def raised(self, goes_on: Callable[[], bool], left_open: Callable[[int], None] = lambda _: None) -> Bound:
        """The bound raised by halving what lies between it and the end, as long as there is time.

        Args:
            goes_on: Whether there is time to look further.
            left_open: Told of each time that is not ruled out.
        """
        low_s = max(self.bound.at_least_s, self._ends_s[-2] if len(self._ends_s) > 1 else 0)
        high_s = self._ends_s[-1]
        while self.jobs_of and high_s - low_s > low_s // _CLOSE and goes_on():
            end_s = (low_s + high_s) // 2
            if not self._is_ruled_out(end_s, goes_on):
                left_open(end_s)
                high_s = end_s
            low_s = max(low_s, self.bound.at_least_s)
        return self.bound

    def shares(self, end_s: int) -> list[Share]:
        """What trucks do so that least is left at a time, as far as is known; of a crew what most of them do comes first."""
        fit, number, _ = self._program(end_s)
        found = [Share(one.crew, trucks, one.counts) for one, trucks in zip(fit, number, strict=True) if trucks > _NOTHING]
        return sorted(found, key=lambda one: (one.crew, -one.trucks))

    def _is_ruled_out(self, end_s: int, goes_on: Callable[[], bool]) -> bool:
        """Whether prices were found that rule out that all is done by then; the best so far are kept in any case."""
        while goes_on():
            *_, prices = self._program(end_s)
            if prices is None:
                return False
            known, filled = len(self._patterns), []
            for place, crew in enumerate(self._crews):
                left = [kind.number for kind in self._kinds]
                for turn in range(min(crew.trucks, _PATTERNS)):
                    knapsack = Knapsack(self._items(place, prices, left), self._limits(crew, self._ends_s[-1]))
                    counts = knapsack.emptied(crew.usable_s(end_s) // self._cell_s)
                    self._patterns.setdefault((place, frozenset(counts.items())), self._pattern(place, counts))
                    left = [count - counts.get(kind, 0) for kind, count in enumerate(left)]
                    if not turn:
                        filled.append((crew, knapsack.worth))
            worth = sum(price * kind.number for price, kind in zip(prices, self._kinds, strict=True))
            proved_s = self._proved_s(worth, filled)
            if proved_s > self.bound.at_least_s:
                own = [Price(*job, prices[place]) for job, place in self._of_job.items() if prices[place]]
                self.bound = Bound(proved_s, tuple(sorted(own)))
            if proved_s > end_s or len(self._patterns) == known:
                return proved_s > end_s
        return False

    def _proved_s(self, worth: int, filled: Sequence[tuple[_Crew, Longs]]) -> int:
        """The first second by which knapsacks hold what all jobs are worth; 0 where they do when the step before ends."""
        first_s = self._ends_s[-2] if len(self._ends_s) > 1 else 0
        low, high = first_s, self._ends_s[-1]
        while low < high:
            middle = (low + high) // 2
            held = sum(crew.trucks * int(most[crew.usable_s(middle) // self._cell_s]) for crew, most in filled)
            low, high = (middle + 1, high) if held < worth else (low, middle)
        return low if low > first_s else 0

    def _program(self, end_s: int) -> tuple[list[_Pattern], list[float], list[int] | None]:
        """The patterns known so far that fit, how many trucks do each so that least is left, and what each job is then worth.

        Of prices there are none where all is done.
        """
        limits = [self._limits(crew, end_s) for crew in self._crews]
        fit = [
            one
            for one in self._patterns.values()
            if all(own <= limit for own, limit in zip(one.cells, limits[one.crew], strict=True))
        ]
        kinds, crews = len(self._kinds), len(self._crews)
        entries = [(-1.0, place, place) for place in range(kinds)]
        for column, one in enumerate(fit, start=kinds):
            entries += [(-float(count), place, column) for place, count in one.counts.items()]
            entries.append((1.0, kinds + one.crew, column))
        values, rows, columns = zip(*entries, strict=True)
        missing = [float(min(one for one in kind.seconds if one is not None)) for kind in self._kinds]
        result = linprog(
            np.concatenate((missing, np.zeros(len(fit)))),
            A_ub=coo_array((values, (rows, columns)), shape=(kinds + crews, kinds + len(fit))).toarray(),
            b_ub=np.array([*(-one.number for one in self._kinds), *(one.trucks for one in self._crews)], np.float64),
            method="highs",
        )
        if result.fun is None or result.x is None:
            return [], [], None
        duals = [max(round(-_SCALE * one), 0) for one in result.ineqlin.marginals[:kinds].tolist()]
        return fit, result.x[kinds:].tolist(), None if result.fun < _NOTHING else duals

    def _items(self, crew: int, prices: Sequence[int], left: Sequence[int]) -> Iterator[Item]:
        """The jobs worth something, in the order of their steps; of many alike, 1, 2, 4, ... as one."""
        for place, (kind, price, number) in enumerate(zip(self._kinds, prices, left, strict=True)):
            if price and (seconds := kind.seconds[crew]) is not None:
                for some in doubled(number):
                    yield Item(place, kind.step, some, some * (seconds // self._cell_s), some * price)

    def _limits(self, crew: _Crew, end_s: int) -> list[int]:
        return [crew.usable_s(min(one, end_s)) // self._cell_s for one in (*self._ends_s[:-1], end_s)]

    def _pattern(self, crew: int, counts: Mapping[int, int]) -> _Pattern:
        cells = [
            (one.step, count * ((one.seconds[crew] or 0) // self._cell_s))
            for one, count in ((self._kinds[place], count) for place, count in counts.items())
        ]
        return _Pattern(crew, counts, tuple(sum(own for at, own in cells if at <= step) for step in range(self._step + 1)))


def _lead_s(seconds: Mapping[Job, tuple[int | None, ...]], crew: int) -> int:
    """The longest time from the start of a tow to the storage place."""
    return max((own - job.yard_s for job, each in seconds.items() if (own := each[crew]) is not None), default=0)


def _in_order(step: int, seconds: tuple[int | None, ...]) -> tuple[int, list[int]]:
    return step, [-1 if one is None else one for one in seconds]
