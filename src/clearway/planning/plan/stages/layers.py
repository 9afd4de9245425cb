"""The best order of a set-up, place by place: all schedules of one place, of two places, and so on.

Of the schedules of as many places those are left out that cannot beat the best one known, or that another one dominates. Where
more are left than may be kept, only the most promising are (a beam search): what is found is a schedule, and proves nothing.
Where none had to be left out for that, the best schedule is found, or it is proved that none beats the one known.

The same search with the units of one kind alone is far smaller and bounds the time of all. Its order is then followed with all.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import numpy as np

from clearway.network.kernels import core_count, on_all_cores
from clearway.planning.plan.stages.annealing import Kit, annealed
from clearway.planning.plan.stages.bound import MOST_EXACT
from clearway.planning.plan.stages.dominance import COLUMNS, ENDS, UNITS, Rules, undominated
from clearway.planning.plan.stages.growing import grown
from clearway.planning.plan.stages.left_over import left_over, numbers_of
from clearway.planning.plan.stages.loads import least_by_trucks, loads_of
from clearway.planning.plan.stages.problem import TRUCK, Choice
from clearway.planning.plan.stages.shadows import without_shadows
from clearway.planning.plan.stages.shares import shared_out
from clearway.planning.plan.stages.subsets import NEVER, subsets_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from clearway.network.model import Ints, Longs
    from clearway.planning.cordon.planner.steps import Steps
    from clearway.planning.plan.stages.growing import Grown
    from clearway.planning.plan.stages.left_over import Numbers
    from clearway.planning.plan.stages.problem import Begun, Scene, State
    from clearway.planning.plan.stages.shadows import Planned
    from clearway.planning.plan.stages.subsets import Subsets

T = TypeVar("T")
R = TypeVar("R")

MOST_UNITS_EXACT = 6
"""Units of one kind: with more, what is left over fills more than a hundred megabytes."""
_MOST_CELLS = 100_000_000
"""Minutes from point to point, of two bytes each: ten tables of fifteen places and three depots."""
_NARROW, _WIDE = 100, 400_000
"""Schedules that are kept of each number of places: a beam of a second, and what fits into some hundred megabytes."""
_COMPARED = 300
"""Schedules of the same places that each is compared with: more find few more that dominate it, and take longer."""
_SEEDS, _QUICK, _LONG = 4, 900, 2_700
"""Schedules that are changed by chance, and how often for each pair of places: of fifteen a second of one core, or three."""
_CLOSE = 2
"""Minutes between the best schedule and its bound: nearer, and the time goes into the proof."""
_CHUNK = 1_000
"""Schedules that are grown, or compared, between two looks at the clock."""


class Settled(NamedTuple):
    """What a search found.

    Attributes:
        begun: The places of the best schedule; empty where none beats what was known.
        minutes: Until all are finished.
        bound: No schedule is shorter.
    """

    begun: tuple[Begun, ...]
    minutes: int
    bound: int


class _Outcome(NamedTuple):
    choices: list[tuple[int, ...]]
    minutes: int
    is_whole: bool


def can_settle(scene: Scene) -> bool:
    """Whether a stage is small enough, and removes nothing."""
    counts = [len(own) for own in scene.by_kind]
    if len(scene.jobs) > MOST_EXACT or max(counts) > MOST_UNITS_EXACT or any(job.removes for job in scene.jobs):
        return False
    tables = {(unit.kind, unit.drives) for unit in scene.units}
    homes = {(unit.drives, unit.depot) for unit in scene.units if unit.kind == TRUCK}
    points = len(scene.jobs) + len(scene.depots)
    return (len(tables) + len(homes)) * points**2 << len(scene.jobs) <= _MOST_CELLS


def settled(scene: Scene, known: Settled, kinds: Sequence[int], steps: Steps, most: int = _WIDE) -> Settled:
    """The best schedule of a stage, and its bound: changed by chance first, then place by place.

    Args:
        scene: The stage, as :func:`can_settle` wants it.
        known: The best schedule known, and a bound.
        kinds: The kinds of unit, the one that is likely to decide first.
        steps: Its time ends the search.
        most: Schedules that are kept of each number of places, at most.
    """
    subsets = subsets_of(scene)
    planned = without_shadows(scene, subsets)
    numbers = numbers_of(planned.scene)
    best = _by_chance(scene, planned, numbers, subsets, known, _QUICK)
    best = best._replace(bound=min(max(best.bound, least_by_trucks(numbers, subsets)), best.minutes))
    if best.minutes <= best.bound or steps.late:
        return best
    every, narrow = Layers(planned.scene, subsets, steps), min(_NARROW, most)
    if best.minutes > NEVER:  # chance met no order that keeps the rules: perhaps there is none
        best = _improved(scene, planned, best, every.run(narrow, best.minutes))
    if best.minutes <= NEVER:
        best = _by_shares(scene, planned, every.rules, best, steps)
    for kind in kinds:
        if best.minutes > best.bound and any(job.needs[kind] for job in planned.scene.jobs):
            alone = Layers(of_kind(planned.scene, kind), subsets, steps)
            best, order = bounded(alone, best, (narrow, 10 * narrow, most))
            if order:
                best = _improved(scene, planned, best, every.run(narrow, best.minutes, [choice[0] for choice in order]))
    if best.minutes - best.bound > _CLOSE and not steps.late:
        best = _by_chance(scene, planned, numbers, subsets, best, _LONG)
    for width in (_NARROW, 10 * _NARROW, 100 * _NARROW, most):
        if best.minutes <= best.bound or steps.late:
            break
        best, at_bound = bounded(every, best, (min(width, most),))
        found = _Outcome(at_bound, best.bound, is_whole=False) if at_bound else every.run(min(width, most), best.minutes)
        best = _improved(scene, planned, best, found)
    return best


def _by_chance(scene: Scene, planned: Planned, numbers: Numbers, subsets: Subsets, best: Settled, changes: int) -> Settled:
    """The best of some schedules that are changed by chance, where it beats the one that is known."""
    structure = np.array([scene.structures.index(job.structure) for job in scene.jobs], np.int32)
    kit = Kit(np.array(scene.stock, np.int32).reshape(len(scene.depots), -1), structure)

    def drawn(seed: int) -> tuple[int, Ints, Ints, Ints]:
        return annealed(numbers, subsets, kit, np.random.default_rng(seed), changes * len(scene.jobs) ** 2)

    minutes, jobs, units, by_depot = min(on_all_cores(drawn, range(_SEEDS)), key=lambda one: one[0])
    if minutes >= best.minutes:
        return best
    return _followed(scene, planned, best, np.column_stack((jobs, units[:, :2], by_depot, units[:, 2])))


def _by_shares(scene: Scene, planned: Planned, rules: Rules, best: Settled, steps: Steps) -> Settled:
    """The best of all ways to share the places out among the trucks, where it beats the one that is known."""
    stock = np.array(scene.stock, np.int32).reshape(len(scene.depots), -1)
    found = shared_out(rules, stock, (best.minutes, best.bound), steps)
    best = best._replace(bound=found.bound)
    return _followed(scene, planned, best, found.choices) if len(found.choices) else best


def _followed(scene: Scene, planned: Planned, best: Settled, choices: Ints) -> Settled:
    """The schedule of choices that name units by their numbers."""
    state = scene.start()
    begun: list[Begun] = []
    for job, crew, truck, by_depot, forklift in choices.tolist():
        grown_ = scene.append(state, planned.whole(Choice(job, crew, truck, by_depot=bool(by_depot), forklift=forklift)))
        if grown_ is None:
            raise AssertionError("the search and the rules of a stage differ")
        state = grown_[0]
        begun.append(grown_[1])
    return best._replace(begun=tuple(begun), minutes=state.ends)


def bounded(layers: Layers, best: Settled, widths: Sequence[int]) -> tuple[Settled, list[tuple[int, ...]]]:
    """The bound raised minute by minute to what is needed, and a schedule of so many minutes, where it is found."""
    while best.bound < best.minutes:
        for width in widths:
            found = layers.run(width, best.bound + 1)
            if found.choices or found.is_whole:
                break
        if found.choices or not found.is_whole:
            return best, found.choices
        best = best._replace(bound=best.bound + 1)
    return best, []


def _improved(scene: Scene, planned: Planned, best: Settled, found: _Outcome) -> Settled:
    if found.choices:
        best = best._replace(begun=tuple(as_begun(scene, planned, found.choices)), minutes=found.minutes)
    return best._replace(bound=best.minutes) if found.is_whole and best.bound < best.minutes else best


def of_kind(scene: Scene, kind: int) -> Scene:
    """The stage as the units of one kind see it: whatever the others do."""
    jobs = []
    for job in scene.jobs:
        crew, truck, forklift = (need and at == kind for at, need in enumerate(job.needs))
        jobs.append(job._replace(needs=(crew, truck, forklift)))
    return replace(scene, jobs=jobs, units=[unit for unit in scene.units if unit.kind == kind])


class Layers:
    """The search of a stage, layer by layer: schedules of one place, of two places, and so on."""

    def __init__(self, scene: Scene, subsets: Subsets, steps: Steps) -> None:
        self._scene, self._steps = scene, steps
        numbers = numbers_of(scene)
        structure = np.array([scene.structures.index(job.structure) for job in scene.jobs], np.int32)
        left = left_over(numbers, subsets)
        self.rules = Rules(numbers, subsets, left, loads_of(numbers, subsets), structure, len(scene.structures))

    def run(self, width: int, upper: int, order: Sequence[int] = ()) -> _Outcome:
        """The best schedule that beats ``upper`` minutes, of at most so many kept for each number of places.

        Args:
            width: How many are kept.
            upper: Minutes to be beaten.
            order: The jobs in the order in which they are to be begun; empty: any.
        """
        jobs, units = len(self._scene.jobs), len(self._scene.units)
        rows = np.zeros((1, UNITS + COLUMNS * units + len(self._scene.stock) + jobs), np.int32)
        rows[0, UNITS : UNITS + units] = self.rules.numbers.depot
        rows[0, UNITS + COLUMNS * units : -jobs] = self._scene.stock
        done, is_whole = np.zeros(1, np.int64), not order
        trace: list[tuple[Longs, Ints]] = []
        for layer in range(jobs):
            children = self._children(done, rows, min(upper, NEVER), order[layer] if order else -1)
            if children is None:
                return _Outcome([], upper, is_whole=False)
            done, new, least, parent, choice = children
            if not len(done):
                return _Outcome([], upper, is_whole)
            spent = new[:, UNITS + units : UNITS + 2 * units].sum(axis=1)
            kept = self.undominated(np.lexsort((spent, least, done)), done, new, least)
            if kept is None:
                return _Outcome([], upper, is_whole=False)
            if len(kept) > width:
                kept, is_whole = kept[np.lexsort((spent[kept], least[kept]))[:width]], False
            done, rows = done[kept], new[kept]
            trace.append((parent[kept], choice[kept]))
        at = int(rows[:, ENDS].argmin())
        minutes, choices = int(rows[at, ENDS]), []
        for parents, chosen in reversed(trace):
            choices.append(tuple(chosen[at].tolist()))
            at = int(parents[at])
        return _Outcome(choices[::-1], minutes, is_whole)

    def _children(self, done: Longs, rows: Ints, upper: int, only: int) -> Grown | None:
        """Every schedule of one place more; None where the time is over."""

        def grow(own: slice) -> Grown:
            return grown(self.rules, done[own], rows[own], upper, only)

        chunks = [slice(start, start + _CHUNK) for start in range(0, len(done), _CHUNK)]
        parts = self._in_time(grow, chunks)
        if parts is None:
            return None
        new_done, new, least, parent, choice = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
        parent += np.repeat([chunk.start for chunk in chunks], [len(part[0]) for part in parts])
        return new_done, new, least, parent, choice

    def undominated(self, order: Longs, done: Longs, rows: Ints, least: Longs) -> Longs | None:
        """Those that none of their set of places dominates, in order; None where the time is over."""

        def compare(own: Longs) -> Longs:
            return undominated(self.rules, own, done, rows, least, _COMPARED)

        starts = np.flatnonzero(np.diff(done[order]) != 0) + 1  # only schedules of the same places are compared
        near = np.searchsorted(starts, np.arange(_CHUNK, len(order), _CHUNK))
        parts = self._in_time(compare, np.split(order, np.unique(starts[near[near < len(starts)]])))
        return None if parts is None else np.concatenate(parts)

    def _in_time(self, work: Callable[[T], R], chunks: Sequence[T]) -> list[R] | None:
        """The work on every chunk, on all cores; None where the time is over."""
        done: list[R] = []
        for at in range(0, len(chunks), core_count()):
            self._steps.check()
            if self._steps.late:
                return None
            done += on_all_cores(work, chunks[at : at + core_count()])
        return done


def as_begun(scene: Scene, planned: Planned, choices: Sequence[tuple[int, ...]]) -> Iterator[Begun]:
    """A schedule from its choices, which name units by their order among those that are alike; shadows follow."""
    state, whole = planned.scene.start(), scene.start()
    for job, crew, truck, by_depot, forklift in choices:
        units = [*_in_order(planned.scene, state), -1]
        choice = Choice(job, units[crew], units[truck], by_depot=bool(by_depot), forklift=units[forklift])
        grown_, grown_whole = planned.scene.append(state, choice), scene.append(whole, planned.whole(choice))
        if grown_ is None or grown_whole is None or grown_[1][1:3] != grown_whole[1][1:3]:
            raise AssertionError("the search and the rules of a stage differ")
        (state, _), (whole, begun) = grown_, grown_whole
        yield begun


def _in_order(scene: Scene, state: State) -> list[int]:
    """Units, those that are alike by the minute at which they are free, then by their point, then by their load."""
    first, order = 0, list[int]()
    point = {scene.stands[job.barrier]: at for at, job in enumerate(scene.jobs)}
    point |= {depot: len(scene.jobs) + at for at, depot in enumerate(scene.depots)}
    for end in range(1, len(scene.units) + 1):
        if end == len(scene.units) or scene.units[end] != scene.units[first]:
            order += sorted(range(first, end), key=lambda one: (state.free[one], point[state.at[one]], state.left[one]))
            first = end
    return order
