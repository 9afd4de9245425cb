"""A set-up that the trucks decide: all places shared out among them, then the orders of each share.

Few ways to share the places out leave every truck a tour that is done by a given minute, though there are millions of others.
They are listed for the bound, then minute by minute above it, and the orders of each are tried
(:mod:`clearway.planning.plan.stages.depth`). The first schedule that is found is the best one, if no share before it had to be
given up; else it is one more schedule, and more orders of those are tried.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from clearway.network.kernels import core_count, kernel, on_all_cores
from clearway.planning.plan.stages.depth import tried
from clearway.planning.plan.stages.loads import split_by_trucks
from clearway.planning.plan.stages.problem import TRUCK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clearway.network.model import Bools, Ints, Longs
    from clearway.planning.cordon.planner.steps import Steps
    from clearway.planning.plan.stages.dominance import Rules
    from clearway.planning.plan.stages.loads import Splits

_MOST = 100_000
"""Shares that are listed for a minute: what fits into a few megabytes."""
_WORTH = 1_000
"""Shares for the bound: where there are more, of places that need about the same, trying them one by one takes too long."""
_FEW = 64
"""Shares that are tried first for a minute, halfway between the bound and the best schedule known."""
_LOOKS = (1_000, 10_000, 100_000)
"""Schedules that are looked at for each share: first few, to find one, then many, to prove that there is none."""
_CHUNK = 10_000
"""Schedules that are looked at between two looks at the clock."""


class Shared(NamedTuple):
    """What was found.

    Attributes:
        choices: (N, 5) of the best schedule: job, crew, truck, whether by way of the depot, forklift; no rows: none was found.
        minutes: Of it.
        bound: No schedule is shorter.
    """

    choices: Ints
    minutes: int
    bound: int


def shared_out(rules: Rules, stock: Ints, known: tuple[int, int], steps: Steps) -> Shared:
    """The best schedule that beats the one known, and a bound; what is known where other units decide.

    Args:
        rules: The stage.
        stock: (depots, structures) pieces there.
        known: Minutes of the best schedule known, and its bound.
        steps: Its time ends the search.
    """
    best = Shared(np.empty((0, 5), np.int32), *known)
    splits = split_by_trucks(rules.numbers, rules.subsets)
    if splits is None or splits.best[-1, -1] < best.bound or len(_shares(rules, splits, stock, best.bound)[0]) > _WORTH:
        return best
    apart = rules._replace(numbers=rules.numbers._replace(alike=_apart(rules)))

    def at(target: int, looks: int, most: int) -> tuple[Ints, bool]:
        """A schedule that is done by a minute; without one whether there is none."""
        shares, are_all = _shares(rules, splits, stock, target)
        found, given_up = _tried(apart, shares[:most], target, looks, steps)
        return found, are_all and len(shares) <= most and not given_up

    low = best.bound
    while low < best.minutes and not steps.late:
        target = (low + best.minutes) // 2
        found, _ = at(target, _LOOKS[0], _FEW)
        best, low = (best._replace(choices=found, minutes=target), low) if len(found) else (best, target + 1)
    for looks in _LOOKS:
        proves = True
        for target in range(best.bound, best.minutes):
            if steps.late:
                return best
            found, is_none = at(target, looks, _MOST)
            if len(found):
                best = best._replace(choices=found, minutes=target)
                break
            proves &= is_none
            if proves:
                best = best._replace(bound=target + 1)
        if best.minutes <= best.bound:
            break
    return best


def _apart(rules: Rules) -> Bools:
    """Which units are like the one before them; trucks, each with a share of its own, are not."""
    alike = rules.numbers.alike.copy()
    alike[rules.numbers.first[TRUCK] : rules.numbers.first[TRUCK + 1]] = False
    return alike


def _shares(rules: Rules, splits: Splits, stock: Ints, target: int) -> tuple[Longs, bool]:
    """(K, trucks) shares that leave each truck a tour done by a minute, the shortest first; and whether these are all."""
    numbers = rules.numbers
    trucks = slice(int(numbers.first[TRUCK]), int(numbers.first[TRUCK + 1]))
    whole = sum(1 << job for job in np.flatnonzero(numbers.needs[:, TRUCK]).tolist())
    shares = np.empty((_MOST, trucks.stop - trucks.start), np.int64)
    count = listed(splits.tours, splits.best, numbers.alike[trucks], whole, target, shares)
    are_all, shares = count < _MOST, shares[:count]
    shares = shares[_has_kit(rules, stock, shares)]
    minutes = sum(tours[shares[:, at]] for at, tours in enumerate(splits.tours))
    return shares[np.argsort(minutes, kind="stable")], are_all


def _has_kit(rules: Rules, stock: Ints, shares: Longs) -> Bools:
    """(K,) whether each depot has the pieces that its trucks are to bring."""
    numbers, jobs = rules.numbers, len(rules.numbers.work)
    enough = np.ones(len(shares), np.bool_)
    for structure in range(stock.shape[1]):
        needed = np.zeros((len(shares), len(stock)), np.int64)
        for own in range(shares.shape[1]):
            depot = numbers.depot[numbers.first[TRUCK] + own] - jobs
            for job in np.flatnonzero(rules.structure == structure).tolist():
                needed[:, depot] += np.where(shares[:, own] >> job & 1, numbers.pieces[job], 0)
        enough &= (needed <= stock[:, structure]).all(axis=1)
    return enough


@kernel
def listed(tours: Ints, best: Ints, alike: Bools, whole: int, target: int, out: Longs) -> int:
    """Fill ``out`` (K, trucks) with shares of which none takes longer than a minute; how many. The last truck chooses first."""
    trucks, count = len(tours), 0
    left, part = np.zeros(trucks, np.int64), np.zeros(trucks, np.int64)
    own, left[trucks - 1], part[trucks - 1] = trucks - 1, whole, whole
    if best[trucks - 1, whole] > target:
        return 0
    while own < trucks:
        mine, is_new = part[own], False
        while mine >= 0:  # the next share of this truck
            rest = left[own] & ~mine
            fits = tours[own, mine] <= target and (own == trucks - 1 or not alike[own + 1] or mine >= part[own + 1])
            if fits and (best[own - 1, rest] <= target if own else rest == 0):
                is_new = True
                break
            mine = (mine - 1) & left[own] if mine else -1
        if not is_new:
            own += 1
            if own < trucks:
                part[own] = (part[own] - 1) & left[own] if part[own] else -1
            continue
        part[own] = mine
        if own:
            own -= 1
            left[own] = part[own] = left[own + 1] & ~mine
            continue
        if count == len(out):
            return count
        out[count] = part
        count += 1
        own = 1
        if own < trucks:
            part[own] = (part[own] - 1) & left[own] if part[own] else -1
    return count


def _tried(rules: Rules, shares: Longs, target: int, looks: int, steps: Steps) -> tuple[Ints, int]:
    """A schedule of one of the shares that is done by a minute, no rows if none is found; and how many were given up."""
    given_up = 0

    def look(some: Longs) -> tuple[int, int, Ints]:
        choices = np.empty((len(rules.numbers.work), 5), np.int32)
        return (*tried(rules, some, target, looks, choices), choices)

    for some in _some_at_once(shares, max(_CHUNK // looks, 1)):
        steps.check()
        if steps.late:
            return np.empty((0, 5), np.int32), 1
        for found, gave_up, choices in on_all_cores(look, some):
            given_up += gave_up
            if found >= 0:
                return choices, given_up
    return np.empty((0, 5), np.int32), given_up


def _some_at_once(shares: Longs, chunk: int) -> Iterator[list[Longs]]:
    """So many for each core."""
    for start in range(0, len(shares), chunk * core_count()):
        yield [shares[at : at + chunk] for at in range(start, min(start + chunk * core_count(), len(shares)), chunk)]
