"""How soon a step can be done at the very least, whatever the schedule.

A time T is too soon for jobs with least durations ``p`` on trucks whose windows, cut at T, are ``w``, where

* all ``p`` together are longer than all ``w`` together;
* the windows hold fewer jobs than there are, each as many as the shortest job fits into it;
* the longest job is longer than the longest window;
* of the ``k W + 1`` longest jobs, with W windows, some window must hold ``k + 1``, and even the shortest ``k + 1`` of them are
  longer than the longest window (the bound of machine scheduling, in each of its sizes).

All of it is asked of all jobs on all trucks, and of the heavy jobs on the heavy trucks; and of escorts, where each truck wants
one. The bound is the first second that is not too soon.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from clearway.planning.vehicles.towing.clock import HORIZON_S, within

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.planning.vehicles.towing.contract import Window
    from clearway.planning.vehicles.towing.problem import Job, Problem, Truck, Yard


def at_least_s(problem: Problem, jobs: Sequence[Job]) -> int:
    """The seconds before which no schedule has all of some jobs done; 0 of none.

    Args:
        problem: Their problem.
        jobs: Jobs, each of which some truck can do.
    """
    if not jobs:
        return 0
    groups = [_Group(problem, jobs, problem.trucks)]
    if heavy := [one for one in jobs if one.heavy]:
        groups.append(_Group(problem, heavy, [one for one in problem.trucks if one.heavy]))
    low, high = 0, HORIZON_S
    while low < high:
        middle = (low + high) // 2
        if any(group.too_soon(middle) for group in groups):
            low = middle + 1
        else:
            high = middle
    return low


class _Group:
    def __init__(self, problem: Problem, jobs: Sequence[Job], trucks: Sequence[Truck]) -> None:
        least = [(problem.least_s(one) or 0, one) for one in jobs]
        self._longest = sorted((seconds for seconds, _ in least), reverse=True)
        self._shortest_sums = [0, *accumulate(reversed(self._longest))]
        lead_s = max(seconds - one.yard_s for seconds, one in least)
        self._windows = [window for truck in trucks for window in usable(truck.windows, problem.yards, lead_s)]
        self._escorts = problem.escorts if problem.escorts is not None and all(one.escort for one in trucks) else None
        self._escorted_s = sum(one.hook_s + problem.escort_move_s for one in jobs)

    def too_soon(self, end_s: int) -> bool:
        lengths = [min(end, end_s) - first for first, end in self._windows if first < end_s]
        count = len(self._longest)
        if not lengths or self._longest[0] > max(lengths) or self._shortest_sums[-1] > sum(lengths):
            return True
        if self._longest[-1] and sum(length // self._longest[-1] for length in lengths) < count:
            return True
        if self._escorts is not None and self._escorted_s > self._escorts * end_s:
            return True
        most, windows = max(lengths), len(lengths)
        return any(sum(self._longest[k * windows - k : k * windows + 1]) > most for k in range(1, (count - 1) // windows + 1))


def usable(windows: Sequence[Window], yards: Sequence[Yard], lead_s: int) -> list[Window]:
    """When a truck can be at work on a tow that ends at an open storage place.

    Args:
        windows: When it works.
        yards: When storage places are open.
        lead_s: The longest time from the start of a tow to the storage place.
    """
    return _joined(within(windows, [(first - lead_s, end) for yard in yards for first, end in yard.windows]))


def _joined(windows: Sequence[Window]) -> list[Window]:
    """Windows with those that meet made one."""
    found: list[Window] = []
    for first, end in sorted(windows):
        if found and first <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((first, end))
    return found
