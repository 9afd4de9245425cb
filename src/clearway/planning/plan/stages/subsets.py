"""What holds for each set of places that may be begun: the drives left between the others, and who can still drive out.

The search of a set-up (:mod:`clearway.planning.plan.stages.layers`) meets each of the 2 to the power of n sets many times, so
all of them are worked out at once. A set is a number whose bits are the jobs that are begun.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from clearway.network.kernels import kernel

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from clearway.network.model import Bools, Longs
    from clearway.planning.plan.stages.drives import Drives, Flow
    from clearway.planning.plan.stages.problem import Scene

    Shorts = NDArray[np.int16]

NEVER = 30_000
"""Minutes, or more than anybody drives, in two bytes: what cannot be reached."""
_MS_PER_MINUTE = 60_000
"""Milliseconds of a minute."""


class Subsets(NamedTuple):
    """What holds for each set of jobs begun. S sets, P points: where each job is worked on, then each depot.

    Attributes:
        minutes: (S, tables of drives, P, P) whole minutes; ``NEVER`` where no way leads.
        safe: (S,) whether no vehicle that comes in from outside is trapped.
        gets_out: (S, P) whether a crew comes out from there.
    """

    minutes: Shorts
    safe: Bools
    gets_out: Bools


class _Passes(NamedTuple):
    """Where barriers are driven through: from point to point, and the job that shuts it; -1: none does, it stays open."""

    here: Longs
    there: Longs
    job: Longs


class _Ways(NamedTuple):
    """Whither and whence each point leads with all shut, and whence and whither traps lead; outside is the last point."""

    reach: Bools
    reached_from: Bools
    traps_in: Bools
    traps_out: Bools


def subsets_of(scene: Scene) -> Subsets:
    """What holds for each set of the jobs of a set-up begun; nothing is removed in it."""
    sets = 1 << len(scene.jobs)
    points = np.array([scene.stands[job.barrier] for job in scene.jobs] + list(scene.depots), np.int64)
    minutes = np.empty((sets, len(scene.drives), len(points), len(points)), np.int16)
    for at, drives in enumerate(scene.drives):
        _fill_minutes(_standing_ms(scene, drives), *_passes(scene, drives.passes, 0), len(scene.jobs), points, minutes[:, at])
    safe = np.ones(sets, np.bool_)
    for flow in scene.traffic:
        _fill_flow(_ways(flow), _passes(scene, flow.passes, 0), len(scene.jobs), safe, np.empty((0, 0), np.bool_))
    leaves = np.empty((sets, flow_points(scene.crews)), np.bool_)
    _fill_flow(_ways(scene.crews), _passes(scene, scene.crews.passes, scene.gates), len(scene.jobs), safe.copy(), leaves)
    return Subsets(minutes, safe, np.ascontiguousarray(leaves[:, points]))


def flow_points(flow: Flow) -> int:
    """How many points a flow knows."""
    return len(flow.reach) - 1


def _passes(scene: Scene, passes: list[list[tuple[int, int]]], gates: int) -> _Passes:
    """Those of barriers that jobs set, and of barriers that stay open or are gates that stand."""
    jobs = {job.barrier: at for at, job in enumerate(scene.jobs)}
    rows = [
        (here, there, jobs.get(barrier, -1))
        for barrier, own in enumerate(passes)
        if barrier in jobs or not scene.standing >> barrier & 1 or gates & scene.standing >> barrier & 1
        for here, there in own
    ]
    here, there, job = np.array(rows, np.int64).reshape(-1, 3).T
    return _Passes(np.ascontiguousarray(here), np.ascontiguousarray(there), np.ascontiguousarray(job))


def _standing_ms(scene: Scene, drives: Drives) -> Longs:
    """(P, P) milliseconds past all barriers of jobs, through the others as they are during the whole stage."""
    mine = sum(1 << job.barrier for job in scene.jobs)
    others = scene.all_barriers & ~mine
    return drives.milliseconds(others & ~scene.standing, others & scene.standing & scene.gates)


def _ways(flow: Flow) -> _Ways:
    count = len(flow.reach)

    def rows(values: Iterable[int]) -> Bools:
        return np.array([[value >> at & 1 for at in range(count)] for value in values], np.bool_).reshape(-1, count)

    ins, outs = rows(one for one, _ in flow.kinds), rows(one for _, one in flow.kinds)
    return _Ways(rows(flow.reach), rows(flow.reached_from), ins, outs)


@kernel
def _fill_minutes(  # noqa: C901 - one loop within another
    ms: Longs, here: Longs, there: Longs, job: Longs, count: int, points: Longs, out: Shorts
) -> None:
    """Fill ``out`` (set, point, point): level by level each job is shut or open, and sets that begin alike share levels."""
    size = len(ms)
    levels = np.empty((count + 1, size, size), np.int64)
    levels[0] = ms
    for chosen in range(1 << count):
        changed = count - 1
        if chosen > 0:
            bits, changed = (chosen ^ (chosen - 1)) >> 1, 0
            while bits:
                bits, changed = bits >> 1, changed + 1
        for own in range(changed, -1, -1):
            level = levels[count - own]
            level[:] = levels[count - 1 - own]
            if chosen >> own & 1:
                continue
            for one in range(len(job)):
                if job[one] == own:
                    for start in range(size):
                        came = level[start, here[one]]
                        for end in range(size):
                            level[start, end] = min(level[start, end], came + level[there[one], end])
        for start in range(len(points)):
            for end in range(len(points)):
                out[chosen, start, end] = min(-(-levels[count, points[start], points[end]] // _MS_PER_MINUTE), NEVER)


@kernel
def _fill_flow(flow: _Ways, passes: _Passes, count: int, safe: Bools, leaves_out: Bools) -> None:
    """Narrow ``safe`` (set) to those without a trap; fill ``leaves_out`` (set, point) where it has rows."""
    reach, reached_from, here, there, job = flow.reach, flow.reached_from, passes.here, passes.there, passes.job
    outside = len(reach) - 1
    came, leaves = np.empty(outside + 1, np.bool_), np.empty(outside + 1, np.bool_)
    for chosen in range(1 << count):
        came[:], leaves[:] = reach[outside], reached_from[outside]
        grew = True
        while grew:
            grew = False
            for one in range(len(job)):
                if job[one] >= 0 and chosen >> job[one] & 1:
                    continue
                if came[here[one]] and not came[there[one]]:
                    came |= reach[there[one]]
                    came[there[one]] = grew = True
                if leaves[there[one]] and not leaves[here[one]]:
                    leaves |= reached_from[here[one]]
                    leaves[here[one]] = grew = True
        for trap in range(len(flow.traps_in)):
            if (came & flow.traps_in[trap]).any() and not (leaves & flow.traps_out[trap]).any():
                safe[chosen] = False
        if len(leaves_out):
            leaves_out[chosen] = leaves[:outside]
