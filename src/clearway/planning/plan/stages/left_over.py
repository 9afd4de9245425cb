"""What is left to do at least, for each set of places that may be begun already.

For the units of one kind: the minutes of work and of drives that all together spend on the places of a set that are not begun
yet, worked out backwards from the whole set. Places are begun one after another, so each drive knows which are shut by then:

* to a place a unit comes from one that is begun before it; a truck that must be loaded comes from its depot;
* so many places are the first of a unit from now on: their drives are counted where it is known where the units stand;
* of a truck the way back to its depot is counted with the place that it leaves, but for so many that are the last of a truck.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from clearway.network.kernels import kernel
from clearway.planning.plan.stages.problem import TRUCK
from clearway.planning.plan.stages.subsets import NEVER

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from clearway.network.model import Bools, Ints
    from clearway.planning.plan.stages.problem import Scene
    from clearway.planning.plan.stages.subsets import Shorts, Subsets

    Bytes = NDArray[np.uint8]

ENDLESS = 10**8
"""Minutes that are never worked."""
SATURATED = 255
"""Minutes in one byte: so many, or more."""


class Numbers(NamedTuple):
    """Jobs and units as arrays. N jobs, U units in the order of their kinds.

    Attributes:
        work: (N,) minutes, further loads aside.
        pieces: (N,) pieces.
        needs: (N, 3) whether a crew, a truck, a forklift is needed.
        drives: (U,) table of drives.
        depot: (U,) point.
        carries: (U,) pieces.
        first: (4,) the first unit of each kind, and after the last.
        alike: (U,) whether a unit is like the one before it.
        by_place: (U,) which table of :class:`LeftOver` is its own at places: one for each kind and table of drives.
        by_depot: (U,) which is its own on the way home: one for each depot and table of drives of a truck; else ``by_place``.
        load_minutes: To load a truck.
    """

    work: Ints
    pieces: Ints
    needs: Bools
    drives: Ints
    depot: Ints
    carries: Ints
    first: Ints
    alike: Bools
    by_place: Ints
    by_depot: Ints
    load_minutes: int


class LeftOver(NamedTuple):
    """What is left at least for each set of jobs begun. S sets, U units, P points, M units of the most numerous kind.

    Attributes:
        total: (3, S, M + 1, M + 1) minutes of all units of a kind together, by how many places are a first, and a last one.
        work: (S,) minutes of the shortest of the jobs that are left.
        between: (3, S) minutes of the shortest drive of each kind between two of them.
        pieces: (S,) the fewest that any of them needs, and a truck can bring.
        nearest: (S, U, P) minutes from each point to the nearest of them that needs the unit.
        loaded: (S, U) the same of a truck from its depot, with the minutes to load it.
        farthest: (S, tables, N, P) minutes at most from each point to a place, a truck by way of its depot too; by how many are
            begun before that place. 255 and more are all the same.
        spare: (S, tables, P, P) how many minutes later at least a unit at the first point is at its next place, or a truck at
            its depot, than one that is free as soon at the second, whichever the place and whatever is shut by then.
    """

    total: Ints
    work: Ints
    between: Ints
    pieces: Ints
    nearest: Shorts
    loaded: Shorts
    farthest: Bytes
    spare: Shorts


def numbers_of(scene: Scene) -> Numbers:
    """A stage in arrays."""
    kinds = [unit.kind for unit in scene.units]
    tables: dict[tuple[int, ...], int] = {}
    by_place = [tables.setdefault((unit.kind, unit.drives), len(tables)) for unit in scene.units]
    by_depot = [
        tables.setdefault((unit.kind, unit.drives, unit.depot), len(tables)) if unit.kind == TRUCK else own
        for unit, own in zip(scene.units, by_place, strict=True)
    ]
    return Numbers(
        work=np.array([job.minutes for job in scene.jobs], np.int32),
        pieces=np.array([job.pieces for job in scene.jobs], np.int32),
        needs=np.array([job.needs for job in scene.jobs], np.bool_).reshape(-1, 3),
        drives=np.array([unit.drives for unit in scene.units], np.int32),
        depot=np.array([len(scene.jobs) + unit.depot for unit in scene.units], np.int32),
        carries=np.array([unit.carries for unit in scene.units], np.int32),
        first=np.searchsorted(kinds, [0, 1, 2, 3]).astype(np.int32),
        alike=np.array([at > 0 and unit == scene.units[at - 1] for at, unit in enumerate(scene.units)], np.bool_),
        by_place=np.array(by_place, np.int32),
        by_depot=np.array(by_depot, np.int32),
        load_minutes=scene.load_minutes,
    )


def left_over(numbers: Numbers, subsets: Subsets) -> LeftOver:
    """What is left at least, set by set."""
    sets, most = len(subsets.safe), int(np.diff(numbers.first).max()) + 1
    units, points = len(numbers.drives), subsets.gets_out.shape[1]
    tables = int(max(numbers.by_place.max(initial=-1), numbers.by_depot.max(initial=-1))) + 1
    left = LeftOver(
        total=np.full((3, sets, most, most), ENDLESS, np.int32),
        work=np.empty(sets, np.int32),
        between=np.empty((3, sets), np.int32),
        pieces=np.empty(sets, np.int32),
        nearest=np.full((sets, units, points), NEVER, np.int16),
        loaded=np.full((sets, units), NEVER, np.int16),
        farthest=np.zeros((sets, tables, len(numbers.work), points), np.uint8),
        spare=np.full((sets, tables, points, points), NEVER, np.int16),
    )
    _fill(numbers, subsets, left)
    return left


@kernel
def further_minutes(numbers: Numbers, subsets: Subsets, after: int, job: int, truck: int, filled: int) -> int:
    """Minutes of a truck's further loads for a place, where it comes with so many pieces."""
    carries, drives, depot = numbers.carries[truck], numbers.drives[truck], numbers.depot[truck]
    loads = -(-max(numbers.pieces[job] - filled, 0) // carries)
    if loads == 0:
        return 0
    back, there = subsets.minutes[after, drives, job, depot], subsets.minutes[after, drives, depot, job]
    return int(loads * (int(back) + numbers.load_minutes + int(there)))


@kernel
def _fill(  # noqa: C901 - one loop within another
    numbers: Numbers, subsets: Subsets, left: LeftOver
) -> None:
    count = len(numbers.work)
    for chosen in range(len(subsets.safe) - 1, -1, -1):
        _fill_between(numbers, subsets, left, chosen)
        _fill_ways(numbers, subsets, left, chosen)
        _fill_spare(numbers, subsets, left.spare, chosen)
        _fill_farthest(numbers, subsets, left.farthest, chosen)
        for kind in range(3):
            units = numbers.first[kind + 1] - numbers.first[kind]
            if chosen == len(subsets.safe) - 1:
                left.total[kind, chosen] = 0
                continue
            for job in range(count):
                after = chosen | 1 << job
                if chosen >> job & 1 or not subsets.safe[after] or not subsets.gets_out[after, job]:
                    continue
                comes, works, returns = 0, 0, 0
                if numbers.needs[job, kind]:
                    comes, works, returns = _least_for(numbers, subsets, kind, chosen, job)
                for firsts in range(units + 1):
                    for lasts in range(units + 1):
                        least = left.total[kind, after, firsts, lasts] + comes + works + returns
                        if numbers.needs[job, kind]:
                            if firsts:
                                least = min(least, left.total[kind, after, firsts - 1, lasts] + works + returns)
                            if lasts:
                                least = min(least, left.total[kind, after, firsts, lasts - 1] + comes + works)
                            if firsts and lasts:
                                least = min(least, left.total[kind, after, firsts - 1, lasts - 1] + works)
                        left.total[kind, chosen, firsts, lasts] = min(left.total[kind, chosen, firsts, lasts], least)


@kernel
def _fill_between(numbers: Numbers, subsets: Subsets, left: LeftOver, chosen: int) -> None:
    count, places = 0, np.empty(len(numbers.work), np.int64)
    left.work[chosen] = ENDLESS
    for job in range(len(numbers.work)):
        if not chosen >> job & 1:
            left.work[chosen] = min(left.work[chosen], numbers.work[job])
            places[count] = job
            count += 1
    for kind in range(3):
        shortest = NEVER
        for unit in range(numbers.first[kind], numbers.first[kind + 1]):
            if numbers.alike[unit]:
                continue
            table, depot = subsets.minutes[chosen, numbers.drives[unit]], numbers.depot[unit]
            for one in places[:count]:
                home = int(table[one, depot]) + numbers.load_minutes
                for other in places[:count]:
                    if kind == TRUCK and not _serves(numbers, unit, one, other):
                        minutes = home + int(table[depot, other])
                    else:
                        minutes = int(table[one, other])
                    if one != other and minutes < shortest:
                        shortest = minutes
        left.between[kind, chosen] = shortest


@kernel
def _fill_ways(numbers: Numbers, subsets: Subsets, left: LeftOver, chosen: int) -> None:
    load = numbers.load_minutes
    left.pieces[chosen] = ENDLESS
    for kind in range(3):
        for unit in range(numbers.first[kind], numbers.first[kind + 1]):
            if numbers.alike[unit]:
                left.loaded[chosen, unit] = left.loaded[chosen, unit - 1]
                left.nearest[chosen, unit] = left.nearest[chosen, unit - 1]
                continue
            drives, depot = numbers.drives[unit], numbers.depot[unit]
            for job in range(len(numbers.work)):
                if chosen >> job & 1 or not numbers.needs[job, kind]:
                    continue
                if kind == TRUCK:
                    there = int(subsets.minutes[chosen, drives, depot, job]) + load
                    left.loaded[chosen, unit] = min(int(left.loaded[chosen, unit]), there)
                    left.pieces[chosen] = min(left.pieces[chosen], numbers.pieces[job], numbers.carries[unit])
                for point in range(subsets.gets_out.shape[1]):
                    there = int(subsets.minutes[chosen, drives, point, job])
                    left.nearest[chosen, unit, point] = min(int(left.nearest[chosen, unit, point]), there)


@kernel
def _fill_spare(numbers: Numbers, subsets: Subsets, spare: Shorts, chosen: int) -> None:
    """The least of what the places offer that may be next, and of what holds once one of them is begun as well."""
    points, filled = subsets.gets_out.shape[1], np.zeros(spare.shape[1], np.bool_)
    comes = np.empty(points, np.int16)
    for job in range(len(numbers.work)):
        after = chosen | 1 << job
        if chosen >> job & 1 or not subsets.safe[after] or not subsets.gets_out[after, job]:
            continue
        filled[:] = False
        for unit in range(len(numbers.drives)):
            table = subsets.minutes[chosen, numbers.drives[unit]]
            for home in range(2):
                own, end = (numbers.by_depot[unit], int(numbers.depot[unit])) if home else (numbers.by_place[unit], job)
                if filled[own]:
                    continue
                filled[own] = True
                for point in range(points):
                    comes[point] = table[point, end]
                for here in range(points):
                    mine, later, came = spare[chosen, own, here], spare[after, own, here], comes[here]
                    for there in range(points):
                        earlier = np.int16(comes[there] - came) if comes[there] < NEVER else np.int16(NEVER)
                        mine[there] = min(mine[there], later[there], earlier)


@kernel
def _fill_farthest(numbers: Numbers, subsets: Subsets, farthest: Bytes, chosen: int) -> None:
    """The farthest of the places that may be next, and of those that may be after one of them."""
    points, whole, filled = subsets.gets_out.shape[1], len(subsets.safe) - 1, np.zeros(farthest.shape[1], np.bool_)
    for job in range(len(numbers.work)):
        after = chosen | 1 << job
        if chosen >> job & 1 or not subsets.safe[after] or not subsets.gets_out[after, job]:
            continue
        filled[:] = False
        for unit in range(len(numbers.drives)):
            own, depot = numbers.by_depot[unit], numbers.depot[unit]
            if filled[own]:
                continue
            filled[own] = True
            table = subsets.minutes[chosen, numbers.drives[unit]]
            for point in range(points):
                most = int(table[point, job])
                if numbers.carries[unit]:
                    most = max(most, int(table[point, depot]) + numbers.load_minutes + int(table[depot, job]))
                if not subsets.gets_out[whole, point]:  # who would be shut in drives home first
                    most = NEVER
                farthest[chosen, own, 0, point] = max(int(farthest[chosen, own, 0, point]), min(most, SATURATED))
            for later in range(1, len(numbers.work)):
                mine, theirs = farthest[chosen, own, later], farthest[after, own, later - 1]
                for point in range(points):
                    mine[point] = max(mine[point], theirs[point])


@kernel
def _serves(numbers: Numbers, truck: int, before: int, job: int) -> bool:
    """Whether what a truck has left after one place can be enough to begin another."""
    carries = numbers.carries[truck]
    return bool(min(numbers.pieces[job], carries) <= -numbers.pieces[before] % carries)


@kernel
def _least_for(numbers: Numbers, subsets: Subsets, kind: int, chosen: int, job: int) -> tuple[int, int, int]:
    """Minutes that a place costs at least: to come there, to work, and of a truck to drive back to its depot."""
    after = chosen | 1 << job
    comes, returns = ENDLESS, ENDLESS if kind == TRUCK else 0
    for unit in range(numbers.first[kind], numbers.first[kind + 1]):
        if numbers.alike[unit]:
            continue
        table, depot = subsets.minutes[chosen, numbers.drives[unit]], numbers.depot[unit]
        if kind == TRUCK:
            returns = min(returns, int(subsets.minutes[after, numbers.drives[unit], job, depot]))
            comes = min(comes, int(table[depot, job]) + numbers.load_minutes)
        for before in range(len(numbers.work)):
            if chosen >> before & 1 and (kind != TRUCK or _serves(numbers, unit, before, job)):
                saved = int(table[before, depot]) if kind == TRUCK else 0
                comes = min(comes, int(table[before, job]) - saved)
    if chosen == 0:
        comes = 0
    works = ENDLESS if numbers.needs[job, TRUCK] and numbers.first[TRUCK] < numbers.first[TRUCK + 1] else 0
    if works:
        for truck in range(numbers.first[TRUCK], numbers.first[TRUCK + 1]):
            if numbers.alike[truck]:
                continue
            works = min(works, further_minutes(numbers, subsets, after, job, truck, numbers.carries[truck]))
    return comes, works + int(numbers.work[job]), returns
