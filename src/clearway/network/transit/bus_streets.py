"""The streets as a drawn bus path may lie on them: every street that a vehicle fits, whatever its signs say.

Paths are matched on these streets and not on the bus class's own, so that a path which breaks a rule is found where it is drawn
and its forbidden moves are named (:mod:`clearway.network.transit.shape_matching`), instead of being bent onto a street that it
does not mean. What the signs forbid a bus costs as much as drawing a line ``FORBIDDEN_M`` off its street does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from clearway.network.classes import MOTOR_CLASSES, class_mask, drivable_classes, load_street_classes
from clearway.network.geometry import flat_scale
from clearway.network.kernels import kernel
from clearway.network.search.graph import grouped

if TYPE_CHECKING:
    from clearway.network.model import Bools, Floats, Ints, Longs, Network

WITHIN_M = 35.0
"""A timetable's path is drawn by hand or by satellite: it runs within a block's depth of the street it means."""
REACH_M = 90.0
"""Of streets between two samples, which are ``SAMPLE_EVERY_M`` apart: no corner is cut by more."""
SAMPLE_EVERY_M = 15.0
"""About the width of a street: no street of a path is stepped over."""
SPREAD_M = 10.0
"""Standard deviation of how far a path is drawn from its street's centre line: it may follow the kerb."""
FORBIDDEN_M = 15.0
"""Between two carriageways of a street: of two about as near, the one that a bus may drive is meant."""
CELL_M = 50.0
"""Of the grid by which streets are found; each cell lists all that lies within reach of its inside."""
_BUS = class_mask(["bus"])
_MOTOR = class_mask(MOTOR_CLASSES)


class Segments(NamedTuple):
    """Straight pieces of streets in flat metres. S segments."""

    way: Longs  # (S,)
    start: Floats  # (S, 2)
    step: Floats  # (S, 2)
    length: Floats  # (S,) metres, > 0
    along: Floats  # (S,) metres from the way's tail to the segment's start


class Grid(NamedTuple):
    """Which segments are near each cell."""

    low: Floats  # (2,) flat metres of the corner of cell 0
    shape: tuple[int, int]
    start: Ints
    segment: Ints


class Reach(NamedTuple):
    """Which arcs come within ``REACH_M`` after each arc, by the likeliest way. R entries, arc by arc."""

    start: Longs  # (A + 1,)
    arc: Ints  # (R,)
    metres: Floats  # (R,) from the end of the one to the start of the other
    cost: Floats  # (R,) of the turns and arcs between
    before: Longs  # (R,) the entry of the arc before it, -1 where it follows at once


@dataclass(frozen=True, eq=False)
class BusStreets:
    """All that matching asks of a network, made once.

    Attributes:
        network: The network.
        scale: (2,) flat metres per degree.
        segments: Of the streets where a vehicle fits.
        grid: The segments by place.
        forbidden: (A,) arcs that the signs or the size of a street shut to a bus.
        reach: Which arcs follow which.
    """

    network: Network
    scale: Floats
    segments: Segments
    grid: Grid
    forbidden: Bools
    reach: Reach


def bus_streets(network: Network) -> BusStreets:
    """The streets of a network for matching."""
    scale = np.array(flat_scale(float(network.junction_lat.mean()))) if network.junction_count else np.ones(2)
    drivable = _drivable(network)
    forbidden = network.arc_permit & _BUS == 0
    segments = _segments(network, scale, drivable)
    return BusStreets(network, scale, segments, _grid(segments), forbidden, _reach(network, drivable, forbidden))


def _drivable(network: Network) -> Bools:
    """(W,) whether a vehicle fits the way."""
    fits = drivable_classes(load_street_classes())
    by_class = np.array([name in fits for name in network.street_classes] or [False])
    permitted = (network.arc_permit[0::2] | network.arc_permit[1::2]) & _MOTOR > 0
    return np.asarray(by_class[network.way_class] | permitted) if network.way_count else np.zeros(0, np.bool_)


def _segments(network: Network, scale: Floats, drivable: Bools) -> Segments:
    points = np.column_stack((network.point_lon, network.point_lat)) * scale
    way = np.repeat(np.arange(network.way_count), np.diff(network.way_points))
    inner = np.flatnonzero(way[1:] == way[:-1]) if len(way) else np.zeros(0, np.int64)
    step = points[inner + 1] - points[inner]
    length = np.hypot(*step.T)
    along = np.concatenate(([0.0], np.cumsum(length)))[:-1]
    first = np.searchsorted(way[inner], np.arange(network.way_count))
    if len(inner):
        along = along - along[np.minimum(first, len(inner) - 1)][way[inner]]
    kept = drivable[way[inner]] & (length > 0)
    return Segments(way[inner][kept], points[inner][kept], step[kept], length[kept], along[kept])


def _grid(segments: Segments) -> Grid:
    if not len(segments.way):
        return Grid(np.zeros(2), (1, 1), np.zeros(2, np.int32), np.zeros(0, np.int32))
    ends = segments.start + segments.step
    low = np.minimum(segments.start, ends) - WITHIN_M
    high = np.maximum(segments.start, ends) + WITHIN_M
    corner = low.min(axis=0)
    first, last = ((at - corner) // CELL_M for at in (low, high))
    columns, rows = (int(count) + 1 for count in last.max(axis=0))
    wide, tall = (last - first).astype(np.int64).T + 1
    per = wide * tall
    number = np.arange(per.sum()) - np.repeat(np.cumsum(per) - per, per)
    across = number % np.repeat(wide, per) + np.repeat(first[:, 0].astype(np.int64), per)
    up = number // np.repeat(wide, per) + np.repeat(first[:, 1].astype(np.int64), per)
    start, order = grouped((up * columns + across).astype(np.int32), columns * rows)
    return Grid(corner, (columns, rows), start, np.repeat(np.arange(len(per), dtype=np.int32), per)[order])


def _reach(network: Network, drivable: Bools, forbidden: Bools) -> Reach:
    arcs = np.flatnonzero(np.repeat(drivable, 2)).astype(np.int32)
    out_start, out = grouped(network.arc_tail[arcs], network.junction_count)
    bound = (network.turn_classes & _BUS > 0) & (np.diff(network.turn_start) == 2)  # noqa: PLR2004 - a turn from one arc to another
    first = network.turn_start[:-1][bound]
    banned = np.sort(network.turn_arcs[first].astype(np.int64) * network.arc_count + network.turn_arcs[first + 1])
    length = np.repeat(network.way_length_m, 2)
    usable = np.repeat(drivable, 2)
    found = _reached(usable, out_start, arcs[out], network.arc_head, length, forbidden, banned)
    return Reach(*found)


METRES_PER_COST = 5.0
"""A path as drawn and its way on the streets differ by some metres at every bend: so many count as one likely step."""
FORBIDDEN_COST = (FORBIDDEN_M / SPREAD_M) ** 2 / 2
"""Of a sample on an arc that a bus may not drive, as of one drawn ``FORBIDDEN_M`` off."""
_BANNED_TURN_COST = 4.0
"""A turn that is forbidden is drawn more rarely than the next street is meant."""
_TURN_ROUND_COST = 12.0
"""A bus hardly ever turns round in a street; a drawing trembles often."""


@kernel
def _reached(  # noqa: PLR0912, PLR0915, C901 - a numeric kernel takes plain arrays
    usable: Bools, out_start: Ints, out: Ints, head: Ints, length: Floats, forbidden: Bools, banned: Longs
) -> tuple[Longs, Ints, Floats, Floats, Longs]:
    """For every usable arc the arcs within reach after it: a search that takes the likeliest first."""
    arcs = len(head)
    start = np.zeros(arcs + 1, np.int64)
    size = max(arcs * 16, 16)
    arc_of, metres_of = np.empty(size, np.int32), np.empty(size, np.float64)
    cost_of, before_of = np.empty(size, np.float64), np.empty(size, np.int64)
    used = 0
    for arc in range(arcs):
        start[arc] = used
        if not usable[arc]:
            continue
        done = used  # entries up to here are settled
        at, at_arc, at_m, at_cost = -1, arc, 0.0, 0.0
        while True:
            for edge in range(out_start[head[at_arc]], out_start[head[at_arc] + 1]):
                after = out[edge]
                cost = at_cost
                if at >= 0 and forbidden[at_arc]:
                    cost += FORBIDDEN_COST * length[at_arc] / SAMPLE_EVERY_M
                pair = np.int64(at_arc) * arcs + after
                place = np.searchsorted(banned, pair)
                if place < len(banned) and banned[place] == pair:
                    cost += _BANNED_TURN_COST
                if after == at_arc ^ 1:
                    cost += _TURN_ROUND_COST
                metres = at_m + (length[at_arc] if at >= 0 else 0.0)
                if metres > REACH_M:
                    continue
                known = -1
                for entry in range(start[arc], used):
                    if arc_of[entry] == after:
                        known = entry
                if known < 0:
                    if used == size:
                        size *= 2
                        arc_of = np.append(arc_of, np.empty(size - used, np.int32))
                        metres_of = np.append(metres_of, np.empty(size - used, np.float64))
                        cost_of = np.append(cost_of, np.empty(size - used, np.float64))
                        before_of = np.append(before_of, np.empty(size - used, np.int64))
                    known, used = used, used + 1
                elif known < done or metres / METRES_PER_COST + cost >= metres_of[known] / METRES_PER_COST + cost_of[known]:
                    continue
                arc_of[known], metres_of[known], cost_of[known], before_of[known] = after, metres, cost, at
            if done == used:
                break
            best = done
            for entry in range(done + 1, used):
                if metres_of[entry] / METRES_PER_COST + cost_of[entry] < metres_of[best] / METRES_PER_COST + cost_of[best]:
                    best = entry
            arc_of[done], arc_of[best] = arc_of[best], arc_of[done]
            metres_of[done], metres_of[best] = metres_of[best], metres_of[done]
            cost_of[done], cost_of[best] = cost_of[best], cost_of[done]
            before_of[done], before_of[best] = before_of[best], before_of[done]
            at, at_arc, at_m, at_cost = done, arc_of[done], metres_of[done], cost_of[done]
            done += 1
    start[arcs] = used
    return start, arc_of[:used].copy(), metres_of[:used].copy(), cost_of[:used].copy(), before_of[:used].copy()
