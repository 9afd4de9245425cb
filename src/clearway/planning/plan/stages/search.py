"""The schedule of a stage that is done soonest: branch and bound over orders and crews, from the tours of the bound.

The tours of the kind of unit that needs longest are followed as far as the others allow; often that already takes no
longer than the bound, and nothing is left to search. Where it does, orders and choices are tried place by place, those that
cannot beat the best one or that another one dominates left out, until all are tried or the time is over.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from clearway.planning.plan.stages.bound import Pipeline, least_minutes, least_work, legs_of
from clearway.planning.plan.stages.drives import FAR
from clearway.planning.plan.stages.layers import Settled, can_settle, settled
from clearway.planning.plan.stages.problem import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clearway.planning.cordon.planner.steps import Steps
    from clearway.planning.plan.stages.bound import Bound
    from clearway.planning.plan.stages.problem import Begun, Choice, Scene, State

_TRIES = 400
"""Orders that are tried at random before the search: a fifth of a second for eight places."""
_LABELS = 200_000
"""Schedules that are remembered, to leave out worse ones: 200 MB at most."""
BY_ALL = "the crews, trucks and forklifts together"
BY_SEARCH = "the search of all orders"


class Found(NamedTuple):
    """The best schedule.

    Attributes:
        begun: The places in order; empty where none was found.
        minutes: Until all are finished.
        bound: No schedule is shorter.
        bound_by: What that rests on.
    """

    begun: tuple[Begun, ...]
    minutes: int
    bound: int
    bound_by: str


def soonest(scene: Scene, steps: Steps, share: tuple[float, float] = (0.0, 1.0)) -> Found:
    """The schedule that is done soonest, with its bound.

    Args:
        scene: The stage.
        steps: Told how far it is; its time ends the search.
        share: Of the whole work, where this one begins and ends.
    """
    steps.at("Bounding the time by crews, trucks and forklifts alone", share[0])
    bounds = [least_minutes(scene, kind) for kind in range(len(KINDS))]
    longest = max(bounds, key=lambda one: one.minutes)
    together = Pipeline(scene).least(scene.start())
    least = max(together, longest.minutes)
    steps.at("Trying orders and crews", (share[0] + share[1]) / 2)
    search = Search(scene, steps, least, share)
    search.follow(bounds, tries=0 if can_settle(scene) else _TRIES)
    by = BY_ALL if together > longest.minutes else f"the {KINDS[longest.kind]}s alone"
    if search.best_minutes <= least:
        return Found(search.best, search.best_minutes, least, by)
    if can_settle(scene):
        known = Settled(search.best, search.best_minutes, least)
        best = settled(scene, known, [one.kind for one in sorted(bounds, key=lambda one: -one.minutes)], steps)
        return Found(best.begun, best.minutes, best.bound, by if best.bound == least else BY_SEARCH)
    if search.all():
        return Found(search.best, search.best_minutes, search.best_minutes, BY_SEARCH)
    return Found(search.best, search.best_minutes, least, by)


def greedy(scene: Scene) -> Found:
    """What a dispatcher would do: whoever can begin soonest goes to the place that can be begun soonest."""
    search = Search(scene, None, 0, (0.0, 1.0))
    search.keep(search.grown(()))
    return Found(search.best, search.best_minutes, 0, "")


class Search:
    """A search of one share of the orders of a stage; it keeps the best schedule that it meets."""

    def __init__(self, scene: Scene, steps: Steps | None, bound: int, share: tuple[float, float]) -> None:
        self._scene, self._steps, self._bound, self._share = scene, steps, bound, share
        self.best: tuple[Begun, ...] = ()
        self.best_minutes = FAR
        self._whole = (1 << len(scene.jobs)) - 1
        self._work = [least_work(scene, job) for job in range(len(scene.jobs))]
        self._tables = [drives.minutes(scene.all_barriers) for drives in scene.drives]
        self._needing = [[at for at, job in enumerate(scene.jobs) if job.needs[kind]] for kind in range(3)]
        self._comes = [self._least_legs(kind) for kind in range(3)]
        self._pipeline = Pipeline(scene)
        self._labels: dict[tuple[object, ...], list[tuple[int, ...]]] = {}
        self._label_count = 0

    def _least_legs(self, kind: int) -> dict[int, int]:
        """Minutes at least to each place, from wherever a unit of a kind comes."""
        jobs, units = self._needing[kind], self._scene.by_kind[kind]
        if not jobs or not units:
            return {}
        least = [int(one) for one in np.min([legs_of(self._scene, unit, jobs).min(axis=0) for unit in units], axis=0)]
        return dict(zip(jobs, least, strict=True))

    def keep(self, begun: Sequence[Begun]) -> None:
        """Keep a schedule if it is whole and better."""
        if len(begun) == len(self._scene.jobs):
            minutes = max((one.ends for one in begun), default=0)
            if minutes < self.best_minutes:
                self.best, self.best_minutes = tuple(begun), minutes

    def follow(self, bounds: Iterable[Bound], tries: int) -> None:
        """Schedules by the tours of each bound, the longest first, then by so many random orders."""
        self.keep(self.grown(()))
        for bound in sorted(bounds, key=lambda one: -one.minutes):
            if bound.tours:
                self.keep(self._toured(bound))
        drawn = random.Random(1)  # noqa: S311 - no secret
        order = [one.choice.job for one in self.best] or list(range(len(self._scene.jobs)))
        for _ in range(tries):
            if self.best_minutes <= self._bound or self._late():
                return
            changed = list(order)
            first, second = drawn.randrange(len(changed)), drawn.randrange(len(changed))
            changed.insert(second, changed.pop(first))
            before = self.best_minutes
            self.keep(self.grown(changed))
            if self.best_minutes < before or drawn.random() < 1 / 8:  # now and then from somewhere else
                order = changed

    def grown(self, order: Sequence[int]) -> list[Begun]:
        """A schedule in an order, or without one the place next that can be begun soonest; by whoever ends it soonest."""
        state = self._scene.start()
        begun: list[Begun] = []
        while state.done != self._whole:
            wanted = [order[len(begun)]] if order else [at for at in range(len(self._scene.jobs)) if not state.done >> at & 1]
            found = self._soonest(state, (choice for job in wanted for choice in self._scene.choices(state, job)))
            if found is None:
                return begun
            state = found[0]
            begun.append(found[1])
        return begun

    def _toured(self, bound: Bound) -> list[Begun]:
        """A schedule in which the units of one kind follow their tours."""
        scene, state = self._scene, self._scene.start()
        begun: list[Begun] = []
        tours = {unit: list(tour) for unit, tour in zip(scene.by_kind[bound.kind], bound.tours, strict=True)}
        others = [job for job in range(len(scene.jobs)) if not scene.jobs[job].needs[bound.kind]]
        while state.done != self._whole:
            heads = {tour[0]: unit for unit, tour in tours.items() if tour}
            choices = (
                choice
                for job in (*heads, *others)
                for choice in scene.choices(state, job)
                if job not in heads or scene.units[choice[(1, 2, 4)[bound.kind]]][:3] == scene.units[heads[job]][:3]
            )
            mine = (self._with(choice, bound.kind, heads[choice.job]) if choice.job in heads else choice for choice in choices)
            found = self._soonest(state, mine)
            if found is None:
                return begun
            state = found[0]
            begun.append(found[1])
            job = found[1].choice.job
            if job in heads:
                tours[heads[job]].pop(0)
            else:
                others.remove(job)
        return begun

    def _with(self, choice: Choice, kind: int, unit: int) -> Choice:
        match kind:
            case 0:
                return choice._replace(crew=unit)
            case 1:
                return choice._replace(truck=unit)
            case _:
                return choice._replace(forklift=unit)

    def _soonest(self, state: State, choices: Iterable[Choice]) -> tuple[State, Begun] | None:
        best: tuple[tuple[int, int, int], tuple[State, Begun]] | None = None
        for choice in choices:
            grown = self._scene.append(state, choice)
            if grown:
                # of those that begin as soon the ones who were free last: the others may go elsewhere
                key = grown[1].starts, grown[1].ends, -sum(state.free[unit] for unit in choice.units)
                if best is None or key < best[0]:
                    best = key, grown
        return best[1] if best else None

    def all(self) -> bool:
        """Try every order and choice; whether it came to the end."""
        return self._from(self._scene.start(), [])

    def _late(self) -> bool:
        if self._steps is None:
            return False
        self._steps.check()
        return self._steps.late

    def _from(self, state: State, begun: list[Begun]) -> bool:
        if state.done == self._whole:
            self.keep(begun)
            return True
        if self._late():
            return False
        grown = [
            (self._least(new), one.starts, new, one)
            for job in range(len(self._scene.jobs))
            if not state.done >> job & 1
            for choice in self._scene.choices(state, job)
            if (next_ := self._scene.append(state, choice)) is not None
            for new, one in [next_]
        ]
        grown.sort(key=lambda one: one[:2])
        for least, _, new, one in grown:
            if least >= self.best_minutes or self._is_dominated(new):
                continue
            if not self._from(new, [*begun, one]):
                return False
            if self.best_minutes <= self._bound:
                return True
        return True

    def _least(self, state: State) -> int:
        """Minutes that every schedule takes that goes on from here."""
        scene, least = self._scene, self._pipeline.least(state)
        if least >= self.best_minutes:
            return least
        for kind in range(3):
            units = scene.by_kind[kind]
            left = [job for job in self._needing[kind] if not state.done >> job & 1]
            if not left:
                continue
            free = sorted(state.free[unit] for unit in units)
            need = sum(self._work[job] + self._comes[kind][job] for job in left)
            for count, (taken, next_) in enumerate(zip(_sums(free), [*free[1:], FAR], strict=True), 1):
                level = -(-(need + taken) // count)
                if level <= next_:
                    least = max(least, level)
                    break
            for job in left:
                stand = scene.stands[scene.jobs[job].barrier]
                soonest_ = min(state.free[u] + self._tables[scene.units[u].drives][state.at[u]][stand] for u in units)
                least = max(least, max(soonest_, state.last) + self._work[job])
        return least

    def _is_dominated(self, state: State) -> bool:
        """Whether a schedule of the same places was seen whose every unit was free as soon, at the same point, with as much."""
        rows = sorted(
            (spec.kind, spec.depot, spec.drives, spec.carries, state.at[unit], state.left[unit], state.free[unit])
            for unit, spec in enumerate(self._scene.units)
        )
        key = (state.done, state.stock, *(row[:6] for row in rows))
        times = (*(row[6] for row in rows), state.last, state.ends)
        seen = self._labels.setdefault(key, [])
        if any(all(a <= b for a, b in zip(one, times, strict=True)) for one in seen):
            return True
        if self._label_count < _LABELS:
            seen[:] = [one for one in seen if not all(b <= a for a, b in zip(one, times, strict=True))]
            seen.append(times)
            self._label_count += 1
        return False


def _sums(values: Sequence[int]) -> list[int]:
    total, sums = 0, list[int]()
    for value in values:
        total += value
        sums.append(total)
    return sums
