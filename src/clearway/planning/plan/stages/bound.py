"""How soon a stage can be done at least: by the crews alone, the trucks alone, the forklifts alone.

Each place needs a crew. If crews need only drive and work, whatever trucks, forklifts, other crews and traffic do, the best
they can do from the minute on at which everybody else can be at a place is found exactly: for each set of places the shortest
tour of one crew (M. Held and R. M. Karp, A dynamic programming approach to sequencing problems, Journal of SIAM 10, 1962), then
the best split of all places among the crews, set by set. No schedule is shorter than that; the same holds for trucks and
forklifts and the places that need them.

All together (:class:`Pipeline`): one unit does not begin two places within one round, which is the shortest work and the
shortest drive between, so m units of a kind do not begin m + 1. So the i-th place that is begun begins at least a round after
the (i - m)-th, whichever places these are; and not before the i-th moment at which, round after round, some unit could begin.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from clearway.network.kernels import kernel
from clearway.planning.plan.stages.drives import FAR
from clearway.planning.plan.stages.problem import TRUCK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.model import Ints
    from clearway.planning.plan.stages.problem import Scene, State

MOST_EXACT = 15
"""Places that are split exactly: 3 to the power of 15 splits take a tenth of a second for each crew, 16 three times as long."""


class Bound(NamedTuple):
    """What one kind of unit needs at least.

    Attributes:
        kind: CREW, TRUCK or FORKLIFT.
        minutes: No schedule is shorter.
        tours: For each unit the jobs in the order of its tour; empty where it was not worked out exactly.
    """

    kind: int
    minutes: int
    tours: tuple[tuple[int, ...], ...]


def least_minutes(scene: Scene, kind: int) -> Bound:
    """What the units of one kind need at least, whatever the others do."""
    jobs = [at for at, job in enumerate(scene.jobs) if job.needs[kind]]
    units = scene.by_kind[kind]
    if not jobs or not units:
        return Bound(kind, 0, ())
    legs = {unit: legs_of(scene, unit, jobs) for unit in units}
    work = np.array([least_work(scene, job) for job in jobs], np.int32)
    heads = np.array([earliest(scene, job) for job in jobs], np.int32)
    if len(jobs) > MOST_EXACT:
        comes = np.min([one.min(axis=0) for one in legs.values()], axis=0)
        first = np.min([one[-1] for one in legs.values()], axis=0)
        return Bound(kind, max(-(-int((work + comes).sum()) // len(units)), int((work + np.maximum(first, heads)).max())), ())
    kinds: dict[bytes, tuple[Ints, Ints]] = {}
    for unit in units:
        if (key := legs[unit].tobytes()) not in kinds:
            kinds[key] = _tours(legs[unit], work, heads)
    own = [kinds[legs[unit].tobytes()] for unit in units]
    splits = [own[0][1]]
    for _, shortest in own[1:]:
        splits.append(split(splits[-1], shortest))
    whole = (1 << len(jobs)) - 1
    tours: list[tuple[int, ...]] = []
    left = whole
    for at in range(len(units) - 1, -1, -1):
        mine = left if at == 0 else _part_of(splits[at - 1], own[at][1], left)
        tours.append(tuple(jobs[one] for one in _order(own[at][0], legs[units[at]], work, mine)))
        left &= ~mine
    return Bound(kind, int(splits[-1][whole]), tuple(reversed(tours)))


class Pipeline:
    """The earliest moments at which places can be begun one after another, whichever they are.

    Args:
        scene: The stage.
    """

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        count = len(scene.jobs)
        self._work = [least_work(scene, job) for job in range(count)]
        self._needing = [[at for at, job in enumerate(scene.jobs) if job.needs[kind]] for kind in range(len(scene.by_kind))]
        self._between = [self._least_between(kind) for kind in range(len(scene.by_kind))]
        self._tables = [drives.minutes(scene.all_barriers) for drives in scene.drives]

    def _least_between(self, kind: int) -> int:
        jobs = self._needing[kind]
        between = [FAR]
        for unit in self._scene.by_kind[kind] if len(jobs) > 1 else ():
            legs = legs_of(self._scene, unit, jobs)[: len(jobs)]
            between.append(int(legs[~np.eye(len(jobs), dtype=bool)].min()))
        return min(between)

    def least(self, state: State) -> int:
        """Minutes that every schedule takes that goes on from a state."""
        least = state.ends
        for needing in self._needing:
            left = [job for job in needing if not state.done >> job & 1]
            kinds = [kind for kind, own in enumerate(self._needing) if set(left) <= set(own)]
            if left and kinds:
                least = max(least, self._last(state, left, kinds))
        return least

    def _last(self, state: State, left: Sequence[int], kinds: Sequence[int]) -> int:
        work = min(self._work[job] for job in left)
        starts: list[int] = []
        moments = {kind: self._moments(state, left, kind, work + self._between[kind]) for kind in kinds}
        for at in range(len(left)):
            begins = max(starts[-1] if starts else state.last, *(own[at] for own in moments.values()))
            for kind in kinds:
                before = at - len(self._scene.by_kind[kind])
                if before >= 0:
                    begins = max(begins, starts[before] + work + self._between[kind])
            starts.append(begins)
        return starts[-1] + work

    def _moments(self, state: State, left: Sequence[int], kind: int, round_: int) -> list[int]:
        """The first moments at which a unit of a kind can begin a place, as many as places are left."""
        scene = self._scene
        stands = [scene.stands[scene.jobs[job].barrier] for job in left]
        fewest = min(scene.jobs[job].pieces for job in left)
        removes = any(scene.jobs[job].removes for job in left)
        first = []
        for unit in scene.by_kind[kind]:
            spec, here = scene.units[unit], state.at[unit]
            table = self._tables[spec.drives]
            if kind == TRUCK and state.left[unit] < min(fewest, spec.carries) and not (removes and scene.sets):
                depot = scene.depots[spec.depot]
                first.append(
                    state.free[unit] + table[here][depot] + scene.load_minutes + min(table[depot][one] for one in stands)
                )
            else:
                first.append(state.free[unit] + min(table[here][one] for one in stands))
        return sorted(one + count * round_ for one in first for count in range(len(left)))[: len(left)]


def least_work(scene: Scene, job: int) -> int:
    """Minutes that work at a place takes at least, with the further loads of the quickest truck."""
    one = scene.jobs[job]
    if not one.needs[TRUCK]:
        return one.minutes
    return one.minutes + min((_further_minutes(scene, job, unit) for unit in scene.by_kind[TRUCK]), default=0)


def earliest(scene: Scene, job: int) -> int:
    """Minute before which work at a place cannot begin: everybody that it needs comes there from a depot first."""
    one = scene.jobs[job]
    stand = scene.stands[one.barrier]
    comes = [
        min(
            (
                scene.drives[scene.units[unit].drives].minutes(scene.all_barriers)[scene.depots[scene.units[unit].depot]][stand]
                for unit in scene.by_kind[kind]
            ),
            default=0,
        )
        + (scene.load_minutes if kind == TRUCK and not one.removes else 0)
        for kind in range(len(one.needs))
        if one.needs[kind]
    ]
    return min(max(comes), FAR)


def _further_minutes(scene: Scene, job: int, truck: int) -> int:
    spec, one = scene.units[truck], scene.jobs[job]
    table = scene.drives[spec.drives].minutes(scene.all_barriers)
    stand, depot = scene.stands[one.barrier], scene.depots[spec.depot]
    return -(-max(one.pieces - spec.carries, 0) // spec.carries) * (
        table[stand][depot] + scene.load_minutes + table[depot][stand]
    )


def legs_of(scene: Scene, unit: int, jobs: Sequence[int]) -> Ints:
    """(n + 1, n) minutes at least to the second job from the first; the last row from the depot, loading included."""
    spec = scene.units[unit]
    table = scene.drives[spec.drives].minutes(scene.all_barriers)
    stands = [scene.stands[scene.jobs[job].barrier] for job in jobs]
    depot = scene.depots[spec.depot]
    legs = np.array([[table[start][end] for end in stands] for start in (*stands, depot)], np.int32).reshape(-1, len(jobs))
    if spec.carries:
        load = scene.load_minutes
        for second, job in enumerate(jobs):
            wanted = min(scene.jobs[job].pieces, spec.carries)
            for first, before in enumerate(jobs):
                swaps = scene.jobs[before].removes != scene.jobs[job].removes
                if not swaps and wanted > -scene.jobs[before].pieces % spec.carries:
                    legs[first, second] = table[stands[first]][depot] + load + table[depot][stands[second]]
            if not scene.jobs[job].removes:
                legs[-1, second] += load
    return np.minimum(legs, FAR).astype(np.int32)


@kernel
def _tours_kernel(legs: Ints, work: Ints, heads: Ints, ends: Ints, shortest: Ints) -> None:
    """Fill ``ends`` (set, last) and ``shortest`` (set) with the minutes of the shortest tour."""
    count = len(work)
    for chosen in range(1, 1 << count):
        best = np.int32(FAR)
        for last in range(count):
            if not chosen >> last & 1:
                ends[chosen, last] = FAR
                continue
            before = chosen ^ (1 << last)
            soonest = legs[count, last] if before == 0 else np.int32(FAR)
            if before != 0:
                for other in range(count):
                    if before >> other & 1:
                        there = ends[before, other] + legs[other, last]
                        soonest = min(soonest, there)
            ends[chosen, last] = min(max(soonest, heads[last]) + work[last], np.int32(FAR))
            best = min(best, ends[chosen, last])
        shortest[chosen] = best


@kernel
def _split_kernel(before: Ints, shortest: Ints, out: Ints) -> None:
    """The best split of each set between the units before and one more."""
    for chosen in range(len(out)):
        best = before[chosen]
        part = chosen
        while part > 0:
            longer = max(shortest[part], before[chosen ^ part])
            best = min(best, longer)
            part = (part - 1) & chosen
        out[chosen] = best


def _tours(legs: Ints, work: Ints, heads: Ints) -> tuple[Ints, Ints]:
    count = len(work)
    ends, shortest = np.full((1 << count, count), FAR, np.int32), np.zeros(1 << count, np.int32)
    _tours_kernel(legs, work, heads, ends, shortest)
    return ends, shortest


def split(before: Ints, shortest: Ints) -> Ints:
    """The best split of each set of places between the units before and one more, by what each set takes of either."""
    out = np.empty_like(before)
    _split_kernel(before, shortest, out)
    return out


def _part_of(before: Ints, shortest: Ints, whole: int) -> int:
    """The part that one more unit takes in the best split of a set."""
    parts = np.arange(len(before))
    parts = parts[parts & ~whole == 0]
    return int(parts[np.maximum(shortest[parts], before[whole ^ parts]).argmin()])


def _order(ends: Ints, legs: Ints, work: Ints, chosen: int) -> list[int]:
    """The shortest tour of a set."""
    order: list[int] = []
    while chosen:
        row = ends[chosen]
        if order:
            row = row + legs[: len(work), order[-1]]
        last = int(np.where([chosen >> at & 1 for at in range(len(work))], row, 4 * FAR).argmin())
        order.append(last)
        chosen &= ~(1 << last)
    return order[::-1]
