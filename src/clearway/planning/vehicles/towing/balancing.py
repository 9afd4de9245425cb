"""Jobs of all steps shared anew among the trucks, so that a step ends sooner and none before it later.

A time to reach lies between the bound and the end, and what trucks work beyond it, or beyond the end of a step before, is their
overtime. Tabu search (Glover 1989): a truck with overtime and another exchange two jobs, or one goes over, whichever leaves the
least overtime in all; jobs that were just moved stay for a while. Without overtime the time is reached.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from clearway.network.kernels import kernel
from clearway.planning.vehicles.towing.bound import usable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clearway.network.model import Longs
    from clearway.planning.vehicles.towing.problem import Job, Problem, Truck

_NEVER_S = 100_000_000
"""Longer than anything: a job that a truck cannot do."""
_TURNS, _TURNS_A_JOB = 2_000, 100
"""Exchanges until the clock is looked at, and those that are made for a time to reach, for each job."""
_STAYS = 4, 10
"""Exchanges for which a job stays where it is, at least, and how many more at most."""


class _Work(NamedTuple):
    """A problem in arrays.

    Attributes:
        lasts: (trucks, jobs) seconds; the last jobs are those that take none, one for each truck.
        steps: (jobs,) the step of each.
        limits: (trucks, steps) seconds that a truck may work for jobs up to each step.
    """

    lasts: Longs
    steps: Longs
    limits: Longs


class Balancing:
    """Jobs shared among trucks, drives taken to be as short as can be.

    Args:
        problem: Their problem.
        jobs: Which jobs, those of the step and of all steps before it.
        step: The step that is to end sooner.
        ends_s: When each step before it ends, rising.
    """

    def __init__(self, problem: Problem, jobs: Sequence[int], step: int, ends_s: Sequence[int]) -> None:
        own, trucks = [problem.jobs[one] for one in jobs], len(problem.trucks)
        self._ends_s, self._count, self._chance = ends_s, len(jobs), 1
        lasts = [[_lasts_s(problem, truck, job) for job in own] for truck in problem.trucks]
        # one job more for each truck, which takes no time: to exchange it is to take a job over
        self._lasts_s = np.hstack((np.array(lasts, np.int64), np.zeros((trucks, trucks), np.int64)))
        self._steps = np.array([*(job.step for job in own), *[step] * trucks], np.int64)
        self._windows = [
            usable(truck.windows, problem.yards, _lead_s(own, line))
            for truck, line in zip(problem.trucks, lasts, strict=True)
        ]  # fmt: skip

    def reached(
        self, trucks: Sequence[int], end_s: int, goes_on: Callable[[], bool], *, is_close: bool = False
    ) -> list[int] | None:
        """The truck of each job once all is done by a time; None where that was not found. No two searches are the same.

        Args:
            trucks: The truck of each job to begin with.
            end_s: The time.
            goes_on: Whether there is time to look further.
            is_close: Whether it is found soon if at all.
        """
        by = np.concatenate((trucks, np.arange(len(self._windows)))).astype(np.int64)
        limits = np.array([self._limits(truck, end_s) for truck in range(len(self._windows))], np.int64)
        work, stays = _Work(self._lasts_s, self._steps, limits), np.zeros(len(by), np.int64)
        for _ in range(0, 1 if is_close else _TURNS_A_JOB * self._count, _TURNS):
            self._chance = self._chance * 6_364_136_223_846_793_005 % 2**63 | 1
            if _exchanged(work, by, stays, _TURNS, self._chance):
                return [int(one) for one in by[: self._count]]
            if not goes_on():
                break
        return None

    def _limits(self, truck: int, end_s: int) -> list[int]:
        ends = [min(one, end_s) for one in (*self._ends_s, end_s)]
        return [sum(min(end, one) - first for first, end in self._windows[truck] if first < one) for one in ends]


def _lasts_s(problem: Problem, truck: Truck, job: Job) -> int:
    if not problem.able(truck, job):
        return _NEVER_S
    return problem.legs[truck.size, job.stretch].there_and_back_s + job.hook_s + job.yard_s


def _lead_s(jobs: Sequence[Job], lasts_s: Sequence[int]) -> int:
    return max((own - job.yard_s for own, job in zip(lasts_s, jobs, strict=True) if own < _NEVER_S), default=0)


@kernel
def _overtime_s(loads: Longs, limits: Longs, gives_s: int, gives: int, takes_s: int, takes: int) -> int:
    """Overtime of a truck, up to each step, once it gives a job of one step and takes one of another."""
    beyond = 0
    for step in range(len(loads)):
        load = loads[step]
        if step >= gives:
            load -= gives_s
        if step >= takes:
            load += takes_s
        beyond += max(load - limits[step], 0)
    return beyond


@kernel
def _next(chance: int) -> int:
    """The next number of a linear congruential generator; its upper half is as good as drawn."""
    return (chance * 1_103_515_245 + 12_345) % 2**31


@kernel
def _late(overtime: Longs, chance: int) -> int:
    """The truck with the most overtime, every other time another that has some."""
    if not chance & 1:
        return int(np.argmax(overtime))
    own = (chance >> 1) % len(overtime)
    while not overtime[own]:
        own = (own + 1) % len(overtime)
    return own


@kernel
def _loads(work: _Work, by: Longs) -> Longs:
    """(trucks, steps) seconds that each truck works for jobs up to each step."""
    loads = np.zeros(work.limits.shape, np.int64)
    for job in range(len(by)):
        for step in range(work.steps[job], work.limits.shape[1]):
            loads[by[job], step] += work.lasts[by[job], job]
    return loads


@kernel
def _best_exchange(
    work: _Work, loads: Longs, by: Longs, stays: Longs, overtime: Longs, own: int, least: int
) -> tuple[int, int]:
    """The job that a truck gives and the one that it takes, so that the least overtime is left; -1 where none may move.

    A job that stays for now moves all the same where there was never less overtime in all.
    """
    lasts, steps, limits = work
    count, total = len(by) - len(overtime), overtime.sum()
    best, gives, takes = 2**62, -1, -1
    for one in range(len(by)):
        if by[one] != own:
            continue
        for two in range(len(by)):
            other = by[two]
            if other == own or (one >= count and two >= count) or max(lasts[own, two], lasts[other, one]) >= _NEVER_S:
                continue
            change = _overtime_s(loads[own], limits[own], lasts[own, one], steps[one], lasts[own, two], steps[two])
            change += _overtime_s(loads[other], limits[other], lasts[other, two], steps[two], lasts[other, one], steps[one])
            change -= overtime[own] + overtime[other]
            if change < best and (max(stays[one], stays[two]) <= 0 or total + change < least):
                best, gives, takes = change, one, two
    return gives, takes


@kernel
def _exchanged(work: _Work, by: Longs, stays: Longs, turns: int, chance: int) -> bool:
    """Jobs exchanged until no truck has overtime, or so many times; by and stays are changed. Whether none has any.

    Args:
        work: The problem.
        by: (jobs,) the truck of each.
        stays: (jobs,) for how many turns each stays.
        turns: How many turns there are.
        chance: A number from which others are made.
    """
    lasts, steps, limits = work
    loads, overtime = _loads(work, by), np.zeros(len(limits), np.int64)
    count = len(by) - len(limits)
    for truck in range(len(limits)):
        overtime[truck] = _overtime_s(loads[truck], limits[truck], 0, 0, 0, 0)
    least = overtime.sum()
    for _ in range(turns):
        if not overtime.any():
            return True
        chance = _next(chance)
        own = _late(overtime, chance >> 16)
        gives, takes = _best_exchange(work, loads, by, stays, overtime, own, least)
        for job in range(count):
            stays[job] -= 1
        if gives < 0:
            continue
        other = by[takes]
        for job, old, new in ((gives, own, other), (takes, other, own)):
            for step in range(steps[job], limits.shape[1]):
                loads[old, step] -= lasts[old, job]
                loads[new, step] += lasts[new, job]
            if job < count:
                chance = _next(chance)
                by[job], stays[job] = new, _STAYS[0] + (chance >> 16) % _STAYS[1]
        for truck in (own, other):
            overtime[truck] = _overtime_s(loads[truck], limits[truck], 0, 0, 0, 0)
        least = min(least, overtime.sum())
    return not overtime.any()
