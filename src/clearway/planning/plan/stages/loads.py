"""What trucks have to drive at least for the places that are left, load by load.

All trucks together: minutes of work and of drives for the places that are not begun yet, by the pieces that each truck still
has, worked out backwards from the whole set. Each is served from what one truck has left, or by one that has been at its depot:
the emptiest, for more is never worse. Drives know which places are shut by then. Every truck starts from its depot: who stands
somewhere else drives there first, and where it goes on to a place instead, that drive is given back.
"""

from __future__ import annotations

import math
from itertools import combinations_with_replacement
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from clearway.network.kernels import kernel
from clearway.planning.plan.stages.bound import split
from clearway.planning.plan.stages.left_over import further_minutes
from clearway.planning.plan.stages.problem import TRUCK

if TYPE_CHECKING:
    from clearway.network.model import Ints
    from clearway.planning.plan.stages.left_over import Numbers
    from clearway.planning.plan.stages.subsets import Subsets

ENDLESS = 10**8
"""Minutes that are never worked."""
_MOST_CELLS = 12_000_000
"""Minutes in a table of 50 MB: three trucks of four pieces take 2.6 million for fifteen places."""


class Loads(NamedTuple):
    """What is left for the trucks at least. S sets, B ways in which pieces can be left on the trucks, T trucks.

    Attributes:
        least: (S, B, T + 1) minutes from the depots, by how many trucks need not drive home at the end. No rows: not known.
        bags: (base to the power of T,) which of the B it is, by the pieces of each truck as the digits of a number.
        base: One more than can be left on a truck.
    """

    least: Ints
    bags: Ints
    base: int


def loads_of(numbers: Numbers, subsets: Subsets) -> Loads:
    """The table; without rows where no truck is needed, or it would fill too much."""
    trucks = slice(int(numbers.first[TRUCK]), int(numbers.first[TRUCK + 1]))
    count = trucks.stop - trucks.start
    base = int(numbers.carries[trucks].max(initial=1))
    none = Loads(np.empty((0, 0, 0), np.int32), np.empty(0, np.int32), base)
    sets, bags_count = len(subsets.safe), math.comb(base + count - 1, count)
    cells = max(sets * bags_count * (count + 1), bags_count * base**2, base**count)
    if not count or not numbers.needs[:, TRUCK].any() or cells > _MOST_CELLS:
        return none
    kinds = list(combinations_with_replacement(range(base), count))
    known = {kind: at for at, kind in enumerate(kinds)}
    bags = np.array([known[tuple(sorted(digits))] for digits in np.ndindex(*(base,) * count)], np.int32)
    after = np.full((len(kinds), base, base), -1, np.int32)
    for kind, at in known.items():
        for before in set(kind):
            rest = list(kind)
            rest.remove(before)
            for now in range(base):
                after[at, before, now] = known[tuple(sorted((*rest, now)))]
    least = np.full((sets, len(kinds), count + 1), ENDLESS, np.int32)
    _fill(numbers, subsets, after, np.array([kind[0] for kind in kinds], np.int32), least)
    return Loads(least, bags, base)


@kernel
def _fill(  # noqa: C901, PLR0912 - one loop within another
    numbers: Numbers, subsets: Subsets, after_: Ints, emptiest: Ints, least: Ints
) -> None:
    count, kinds, lasts = len(numbers.work), least.shape[1], least.shape[2]
    first, end, base = numbers.first[TRUCK], numbers.first[TRUCK + 1], after_.shape[1]
    least[len(subsets.safe) - 1] = 0
    for chosen in range(len(subsets.safe) - 2, -1, -1):
        for job in range(count):
            after = chosen | 1 << job
            if chosen >> job & 1 or not subsets.safe[after] or not subsets.gets_out[after, job]:
                continue
            if not numbers.needs[job, TRUCK]:
                for kind in range(kinds):
                    for last in range(lasts):
                        least[chosen, kind, last] = min(least[chosen, kind, last], least[after, kind, last])
                continue
            goes_on, comes, returns, works = _minutes(numbers, subsets, chosen, job)
            for kind in range(kinds):
                for left in range(base):
                    if after_[kind, left, 0] < 0:
                        continue
                    if left >= numbers.pieces[job] and goes_on < ENDLESS:
                        then = after_[kind, left, left - numbers.pieces[job]]
                        _serve(least, chosen, kind, after, then, goes_on + works, returns)
                    if left != emptiest[kind]:
                        continue
                    for truck in range(first, end):
                        if not numbers.alike[truck]:
                            rest = -numbers.pieces[job] % numbers.carries[truck]
                            _serve(least, chosen, kind, after, after_[kind, left, rest], comes + works, returns)


@kernel
def _serve(least: Ints, chosen: int, kind: int, after: int, then: int, minutes: int, returns: int) -> None:
    """One place more, by a truck that drives home or that is the last of one."""
    for last in range(least.shape[2]):
        took = least[after, then, last] + minutes + returns
        if last:
            took = min(took, least[after, then, last - 1] + minutes)
        least[chosen, kind, last] = min(least[chosen, kind, last], took)


@kernel
def _minutes(numbers: Numbers, subsets: Subsets, chosen: int, job: int) -> tuple[int, int, int, int]:
    """Minutes at least to go on to a place instead of home, to come from a depot, to drive home, and to work."""
    after, first, end = chosen | 1 << job, numbers.first[TRUCK], numbers.first[TRUCK + 1]
    goes_on, comes, returns, works = ENDLESS, ENDLESS, ENDLESS, ENDLESS
    for truck in range(first, end):
        if numbers.alike[truck]:
            continue
        drives, depot, carries = numbers.drives[truck], numbers.depot[truck], numbers.carries[truck]
        table = subsets.minutes[chosen, drives]
        comes = min(comes, int(table[depot, job]) + numbers.load_minutes)
        returns = min(returns, int(subsets.minutes[after, drives, job, depot]))
        loads = -(-max(numbers.pieces[job] - carries, 0) // carries)
        further = 0
        if loads:
            there, back = subsets.minutes[after, drives, depot, job], subsets.minutes[after, drives, job, depot]
            further = loads * (int(back) + numbers.load_minutes + int(there))
        works = min(works, further)
        for before in range(len(numbers.work)):
            if chosen >> before & 1 and numbers.needs[before, TRUCK]:
                goes_on = min(goes_on, int(table[before, job]) - int(table[before, depot]))
    return goes_on, comes, returns, works + int(numbers.work[job])


class Splits(NamedTuple):
    """What sets of places take the trucks at least, whatever the others do. T trucks, S sets.

    Attributes:
        tours: (T, S) minutes of each truck alone.
        best: (T, S) of the best split of a set between the first one, two, ... of them.
    """

    tours: Ints
    best: Ints


def split_by_trucks(numbers: Numbers, subsets: Subsets) -> Splits | None:
    """Each truck's shortest tour through each set of places, and the best splits between them.

    Tours are reckoned with their loads, past those of the set that the truck itself has begun (M. Held and R. M. Karp,
    Journal of SIAM 10, 1962). None where no truck is needed, or one carries too much to count by pieces.
    """
    first, end = int(numbers.first[TRUCK]), int(numbers.first[TRUCK + 1])
    sets, jobs = len(subsets.safe), len(numbers.work)
    most = int(numbers.carries[first:end].max(initial=0))
    if not numbers.needs[:, TRUCK].any() or not most or sets * jobs * most > _MOST_CELLS:
        return None
    tours: list[Ints] = []
    for truck in range(first, end):
        if numbers.alike[truck]:
            tours.append(tours[-1])
            continue
        shortest = np.zeros(sets, np.int32)
        _tour(numbers, subsets, truck, np.full((sets, jobs, int(numbers.carries[truck])), ENDLESS, np.int32), shortest)
        tours.append(shortest)
    best = [tours[0]]
    for shortest in tours[1:]:
        best.append(split(best[-1], shortest))
    return Splits(np.array(tours), np.array(best))


def least_by_trucks(numbers: Numbers, subsets: Subsets) -> int:
    """Minutes that the trucks need at least for all places, whatever the others do; 0 where that is not worked out."""
    splits = split_by_trucks(numbers, subsets)
    return 0 if splits is None else int(splits.best[-1, -1])


@kernel
def _tour(numbers: Numbers, subsets: Subsets, truck: int, ends: Ints, shortest: Ints) -> None:
    """Fill ``ends`` (set, last place, pieces left) and ``shortest`` (set) with minutes; places without a truck cost none."""
    drives, depot, carries = numbers.drives[truck], numbers.depot[truck], numbers.carries[truck]
    for chosen in range(1, len(shortest)):
        best = ENDLESS
        for job in range(len(numbers.work)):
            before = chosen ^ (1 << job)
            if not chosen >> job & 1:
                continue
            if not numbers.needs[job, TRUCK]:
                best = shortest[before]
                break
            pieces, table = numbers.pieces[job], subsets.minutes[before, drives]
            work = numbers.work[job] + further_minutes(numbers, subsets, chosen, job, truck, carries)
            loaded = numbers.load_minutes + int(table[depot, job]) + work
            least = int(loaded) if before == 0 else ENDLESS
            for other in range(len(numbers.work)):
                if not before >> other & 1 or not numbers.needs[other, TRUCK]:
                    continue
                home = int(table[other, depot]) + loaded
                for left in range(carries):
                    came = int(ends[before, other, left])
                    least = min(least, came + home)
                    if left >= pieces:
                        goes_on = came + int(table[other, job]) + work
                        ends[chosen, job, left - pieces] = min(ends[chosen, job, left - pieces], goes_on)
                        best = min(best, goes_on)
            rest = -pieces % carries
            ends[chosen, job, rest] = min(ends[chosen, job, rest], least)
            best = min(best, least)
        shortest[chosen] = best
