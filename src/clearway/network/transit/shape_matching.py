"""Which streets a drawn bus path means: a hidden Markov model over all of the path at once, solved by Viterbi's method.

After P. Newson and J. Krumm, "Hidden Markov map matching through noise and sparseness" (ACM SIGSPATIAL 2009), with these
differences: the path is drawn rather than measured, so it is sampled evenly; its direction counts; the state "on no street of
the network" is a state like any other, so that a path which leaves the map, or uses a road that the map lacks, is matched
before and after; and what the signs forbid a bus is unlikely, not impossible. Because all samples are decided together, no
early mistake spoils what comes after.

Costs are negative logarithms of likelihoods.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from clearway.network.kernels import kernel, on_all_cores
from clearway.network.transit.bus_streets import CELL_M, FORBIDDEN_COST, METRES_PER_COST, SAMPLE_EVERY_M, SPREAD_M, WITHIN_M

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clearway.network.model import Floats, Ints, Longs
    from clearway.network.transit.bus_streets import BusStreets, Reach

OFF = -1
"""In place of an arc: on no street of the network."""
_TURNED_COST = 3.0
"""Of a sample drawn across its street; one drawn against it costs twice as much."""
_OFF_COST = 5.0
"""Of a sample on no street: as much as of one 32 m from its street, where hardly any is drawn."""
_LEAVE_COST = 8.0
"""Of leaving the network or coming back: more than a corner that is cut, less than a detour that was not drawn."""
_BACK_M = 15.0
"""A drawing may tremble back by so much on its street without turning round."""
_MOST_WAYS = 10
"""The nearest ones of a sample; more meet at no junction."""


class Piece(NamedTuple):
    """A part of a matched path.

    Attributes:
        arc: The arc driven, or ``OFF``.
        from_m: Metres from the arc's start where it is entered; on no street, metres along the path as drawn.
        to_m: Where it is left.
    """

    arc: int
    from_m: float
    to_m: float


def match_paths(streets: BusStreets, paths: Sequence[Floats]) -> list[tuple[Piece, ...]]:
    """Each path as the pieces that it drives, in order.

    Args:
        streets: Of the network.
        paths: (n, 2) longitude and latitude each, n >= 2.
    """
    return on_all_cores(lambda path: _matched(streets, path), paths)


def _matched(streets: BusStreets, path: Floats) -> tuple[Piece, ...]:
    at, heading, along = samples(path * streets.scale)
    if not len(at):
        return ()
    grid = streets.grid
    found = _candidates(*streets.segments, grid.low, *grid.shape, grid.start, grid.segment, at, heading)
    start, way, offset, away, cosine = found
    length = streets.network.way_length_m
    # two arcs of each way
    arc = np.repeat(2 * way, 2)
    arc[1::2] += 1
    along_m = np.repeat(np.minimum(offset, length[way]), 2)
    along_m[1::2] = length[way] - along_m[1::2]
    turned = np.repeat(1 - cosine, 2)
    turned[1::2] = 1 + cosine
    cost = np.repeat(away, 2) ** 2 / (2 * SPREAD_M**2) + _TURNED_COST * turned + FORBIDDEN_COST * streets.forbidden[arc]
    reach = streets.reach
    states = 2 * start, arc.astype(np.int32), along_m, cost
    chosen = _viterbi(*states, np.diff(along), np.repeat(length, 2), reach.start, reach.arc, reach.metres, reach.cost)
    return tuple(_pieces(streets, states[1], along_m, chosen, along))


def samples(path: Floats) -> tuple[Floats, Floats, Floats]:
    """Points along a path in flat metres, its ends among them: where, the direction of travel, and metres along it."""
    step = np.diff(path, axis=0)
    length = np.hypot(*step.T)
    real = length > 0
    first, step, length = path[:-1][real], step[real], length[real]
    if not len(length):
        return path[:0], path[:0], np.zeros(0)
    along = np.concatenate(([0.0], np.cumsum(length)))
    count = max(int(np.ceil(along[-1] / SAMPLE_EVERY_M)), 1) + 1
    offset = np.linspace(0.0, along[-1], count)
    piece = np.minimum(np.searchsorted(along, offset, side="right") - 1, len(length) - 1)
    heading = step / length[:, None]
    return first[piece] + heading[piece] * (offset - along[piece])[:, None], heading[piece], offset


def _pieces(streets: BusStreets, arcs: Ints, along_m: Floats, chosen: Longs, path_m: Floats) -> Iterator[Piece]:
    """The pieces of a chosen state for each sample; -1 stands for no street."""
    reach, length = streets.reach, streets.network.way_length_m
    now: Piece | None = None
    for sample, state in enumerate(chosen.tolist()):
        arc = OFF if state < 0 else int(arcs[state])
        here = float(path_m[sample]) if state < 0 else float(along_m[state])
        if now is None:
            now = Piece(arc, here, here)
        elif (arc == OFF) != (now.arc == OFF):
            if arc == OFF:
                yield now
                now = Piece(OFF, float(path_m[sample - 1]), here)
            else:
                yield now._replace(to_m=float(path_m[sample]))
                now = Piece(arc, here, here)
        elif arc == OFF or (arc == now.arc and here >= now.to_m - _BACK_M):
            now = now._replace(to_m=max(here, now.to_m))
        else:
            yield now._replace(to_m=float(length[now.arc >> 1]))
            for between in _between(reach, now.arc, arc):
                yield Piece(between, 0.0, float(length[between >> 1]))
            now = Piece(arc, 0.0, here)
    if now is not None:
        yield now


def _between(reach: Reach, arc: int, after: int) -> list[int]:
    """The arcs driven between two."""
    first, end = int(reach.start[arc]), int(reach.start[arc + 1])
    entry = first + int(np.flatnonzero(reach.arc[first:end] == after)[0])
    found: list[int] = []
    while (entry := int(reach.before[entry])) >= 0:
        found.append(int(reach.arc[entry]))
    return found[::-1]


@kernel
def _candidates(  # noqa: PLR0912, PLR0913, PLR0917, C901 - a numeric kernel takes plain arrays
    way: Longs,
    first: Floats,
    step: Floats,
    length: Floats,
    along: Floats,
    low: Floats,
    columns: int,
    rows: int,
    cell_start: Ints,
    cell_segment: Ints,
    at: Floats,
    heading: Floats,
) -> tuple[Longs, Longs, Floats, Floats, Floats]:
    """For each sample the ways near it: which, metres along and away, and the cosine between way and path there."""
    count = len(at)
    start = np.zeros(count + 1, np.int64)
    ways, offsets = np.empty(count * _MOST_WAYS, np.int64), np.empty(count * _MOST_WAYS, np.float64)
    aways, cosines = np.empty(count * _MOST_WAYS, np.float64), np.empty(count * _MOST_WAYS, np.float64)
    used = 0
    for sample in range(count):
        start[sample] = used
        column, row = int((at[sample, 0] - low[0]) // CELL_M), int((at[sample, 1] - low[1]) // CELL_M)
        if column < 0 or row < 0 or column >= columns or row >= rows:
            continue
        cell = row * columns + column
        for entry in range(cell_start[cell], cell_start[cell + 1]):
            segment = cell_segment[entry]
            east, north = at[sample, 0] - first[segment, 0], at[sample, 1] - first[segment, 1]
            share = (east * step[segment, 0] + north * step[segment, 1]) / (length[segment] * length[segment])
            share = min(max(share, 0.0), 1.0)
            away = np.hypot(east - share * step[segment, 0], north - share * step[segment, 1])
            if away > WITHIN_M:
                continue
            place = used
            for known in range(start[sample], used):
                if ways[known] == way[segment]:
                    place = known
            if place == used:
                if used - start[sample] == _MOST_WAYS:
                    place = start[sample]
                    for known in range(start[sample], used):
                        if aways[known] > aways[place]:
                            place = known
                    if aways[place] <= away:
                        continue
                else:
                    used += 1
            elif aways[place] <= away:
                continue
            ways[place], aways[place] = way[segment], away
            offsets[place] = along[segment] + share * length[segment]
            turned = heading[sample, 0] * step[segment, 0] + heading[sample, 1] * step[segment, 1]
            cosines[place] = turned / length[segment]
    start[count] = used
    return start, ways[:used].copy(), offsets[:used].copy(), aways[:used].copy(), cosines[:used].copy()


@kernel
def _viterbi(  # noqa: PLR0912, PLR0913, PLR0917, C901 - a numeric kernel takes plain arrays
    start: Longs,
    arc: Ints,
    along: Floats,
    cost: Floats,
    step: Floats,
    length: Floats,
    reach_start: Longs,
    reach_arc: Ints,
    reach_m: Floats,
    reach_cost: Floats,
) -> Longs:
    """The likeliest state of each sample: a candidate, or -1 for no street."""
    count = len(start) - 1
    best, before = cost.copy(), np.full(len(cost), -2, np.int64)  # -2: the first sample
    off, off_before = np.empty(count, np.float64), np.full(count, -2, np.int64)  # -1: no street before either
    slot, stamp = np.full(len(length), -1, np.int64), np.full(len(length), -1, np.int64)
    off[0] = _OFF_COST
    for sample in range(1, count):
        moved = step[sample - 1]
        off[sample], off_before[sample] = off[sample - 1], -1
        for state in range(start[sample], start[sample + 1]):
            best[state], before[state] = off[sample - 1] + _LEAVE_COST, -1
            slot[arc[state]], stamp[arc[state]] = state, sample
        for state in range(start[sample - 1], start[sample]):
            here, so_far = arc[state], best[state]
            if so_far + _LEAVE_COST < off[sample]:
                off[sample], off_before[sample] = so_far + _LEAVE_COST, state
            if stamp[here] == sample:
                after = slot[here]
                ahead = along[after] - along[state]
                if ahead >= -_BACK_M:
                    total = so_far + abs(max(ahead, 0.0) - moved) / METRES_PER_COST
                    if total < best[after]:
                        best[after], before[after] = total, state
            left = length[here] - along[state]
            for entry in range(reach_start[here], reach_start[here + 1]):
                if stamp[reach_arc[entry]] != sample:
                    continue
                after = slot[reach_arc[entry]]
                driven = left + reach_m[entry] + along[after]
                total = so_far + abs(driven - moved) / METRES_PER_COST + reach_cost[entry]
                if total < best[after]:
                    best[after], before[after] = total, state
        off[sample] += _OFF_COST
        for state in range(start[sample], start[sample + 1]):
            best[state] += cost[state]
    chosen = np.full(count, -1, np.int64)
    at, least = -1, off[count - 1]
    for state in range(start[count - 1], start[count]):
        if best[state] < least:
            at, least = state, best[state]
    for sample in range(count - 1, -1, -1):
        chosen[sample] = at
        at = before[at] if at >= 0 else off_before[sample]
    return chosen
