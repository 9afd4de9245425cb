"""Split places into parts of equal weight that hang together: points on the plane, or addresses along the streets.

A zone that lies on both sides of a hill or a river would let trips through it, for a zone's trips choose their connector. So
addresses are halved along the streets: of the two junctions that are farthest apart by street, each half takes what is nearer
to one than to the other, up to its share of the weight. One-way signs do not matter here: it is about who is whose neighbour.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from clearway.network.classes import MOTOR_CLASSES, class_mask
from clearway.network.geometry import flat_scale

if TYPE_CHECKING:
    from clearway.network.model import Floats, Ints, Longs, Network

_AROUND_M = 1000.0
"""How far around a part streets may lead from one of its junctions to another: about the size of a suburb."""
_NO_WAY_RATIO = 5.0
"""Where no street leads, the straight line counts so many times: farther than any way round within a suburb."""
_CROSSED = frozenset({"motorway", "motorway_link"})


def split_evenly(x: Floats, y: Floats, parts: int, *, weight: Floats | None = None) -> Ints:
    """(n,) part of each point, 0 to parts - 1; the parts weigh much the same and each has a point.

    Recursive bisection: the points are cut across the longer side of their box, so that each side has its share of the
    weight (M. Berger and S. Bokhari, "A partitioning strategy for nonuniform problems on multiprocessors", IEEE
    Transactions on Computers C-36, 1987). Fewer points than parts: each point is a part.

    >>> split_evenly(np.array([0.0, 9.0, 1.0, 8.0]), np.zeros(4), 2).tolist()
    [0, 1, 0, 1]

    Args:
        x: (n,) in any unit, the same for both.
        y: (n,).
        parts: How many, at least 1.
        weight: (n,) >= 0; all alike where absent.
    """
    part = np.zeros(len(x), np.int32)
    heavy = np.ones(len(x)) if weight is None else weight + 1e-9 * max(float(weight.sum()), 1.0)
    waiting = [(np.arange(len(x)), 0, min(parts, len(x)))]
    while waiting:
        points, first, end = waiting.pop()
        if end - first <= 1:
            part[points] = first
            continue
        middle = (first + end) // 2
        here, there = _cut_across((x, y), points, heavy, (middle - first, end - middle))
        waiting += [(here, first, middle), (there, middle, end)]
    return part


def _cut_across(at: tuple[Floats, Floats], points: Longs, weight: Floats, parts: tuple[int, int]) -> tuple[Longs, Longs]:
    """The points on either side of the cut; no side gets fewer points than parts."""
    wide = max(at, key=lambda axis: float(np.ptp(axis[points])))
    order = points[np.argsort(wide[points], kind="stable")]
    along = np.cumsum(weight[order])
    here = int(np.abs(along - along[-1] * parts[0] / sum(parts)).argmin()) + 1
    here = min(max(here, parts[0]), len(points) - parts[1])
    return order[:here], order[here:]


class StreetSplitter:
    """Splits addresses of one network; safe for several threads."""

    def __init__(self, network: Network) -> None:
        _, south, _, north = network.coverage
        across, along = flat_scale((south + north) / 2)
        self.x, self.y = network.junction_lon * across, network.junction_lat * along
        late = network.address_offset_m > network.way_length_m[network.address_way] / 2
        self.address_junction: Ints = np.where(
            late, network.way_head[network.address_way], network.way_tail[network.address_way]
        )
        barred = np.array([name in _CROSSED for name in network.street_classes], np.bool_)
        driven = ((network.arc_permit[0::2] | network.arc_permit[1::2]) & class_mask(MOTOR_CLASSES)) > 0
        self.ways: Longs = np.flatnonzero(driven & ~barred[network.way_class] & (network.way_tail != network.way_head))
        self.tail, self.head = network.way_tail[self.ways], network.way_head[self.ways]
        self.metres = network.way_length_m[self.ways]

    def split(self, addresses: Longs, parts: int, weight: Floats) -> Ints:
        """(n,) part of each address, 0 to at most parts - 1; the parts weigh much the same.

        Addresses whose way ends nearest at one junction stay together, so that there may be fewer parts than asked for.

        Args:
            addresses: (n,) which addresses.
            parts: How many, at least 1.
            weight: (n,) >= 0.
        """
        junctions, at = np.unique(self.address_junction[addresses], return_inverse=True)
        heavy: Floats = np.bincount(at, weights=weight).astype(np.float64) + 1e-9 * max(float(weight.sum()), 1.0)
        part = np.zeros(len(junctions), np.int32)
        every: Longs = junctions.astype(np.int64)
        waiting = [(np.arange(len(every)), 0, min(parts, len(every)))]
        while waiting:
            own, first, end = waiting.pop()
            if end - first <= 1:
                part[own] = first
                continue
            middle = (first + end) // 2
            here, there = self._halves(every[own], heavy[own], (middle - first, end - middle))
            waiting += [(own[here], first, middle), (own[there], middle, end)]
        return part[at]

    def _halves(self, junctions: Longs, weight: Floats, parts: tuple[int, int]) -> tuple[Longs, Longs]:
        """Places in the list of the junctions on either side; no side gets fewer junctions than parts."""
        near = _Surroundings(self, junctions)
        begin = int(near.away(0).argmax())
        from_begin = near.away(begin)
        from_end = near.away(int(from_begin.argmax()))
        order = np.argsort(from_begin - from_end, kind="stable")
        heavy = np.cumsum(weight[order])
        here = int(np.abs(heavy - heavy[-1] * parts[0] / sum(parts)).argmin()) + 1
        here = min(max(here, parts[0]), len(junctions) - parts[1])
        return order[:here], order[here:]


class _Surroundings:
    """The streets around some junctions."""

    def __init__(self, splitter: StreetSplitter, junctions: Longs) -> None:
        x, y = splitter.x, splitter.y
        self.at = np.column_stack((x[junctions], y[junctions]))
        low, high = self.at.min(axis=0) - _AROUND_M, self.at.max(axis=0) + _AROUND_M
        inside = (x >= low[0]) & (x <= high[0]) & (y >= low[1]) & (y <= high[1])
        number = np.cumsum(inside) - 1
        within = inside[splitter.tail] & inside[splitter.head]
        tail, head, metres = number[splitter.tail[within]], number[splitter.head[within]], splitter.metres[within]
        order = np.lexsort((metres, head, tail))  # of parallel ways the shortest
        tail, head, metres = tail[order], head[order], metres[order]
        first = np.ones(len(order), np.bool_)
        first[1:] = (tail[1:] != tail[:-1]) | (head[1:] != head[:-1])
        shape = (int(inside.sum()), int(inside.sum()))
        self.streets = csr_array((np.maximum(metres[first], 1e-3), (tail[first], head[first])), shape=shape)
        self.own = number[junctions]

    def away(self, start: int) -> Floats:
        """(n,) metres by street from one of the junctions to each."""
        by_street = dijkstra(self.streets, directed=False, indices=self.own[[start]])[0, self.own]
        straight = np.hypot(*(self.at - self.at[start]).T) * _NO_WAY_RATIO
        away: Floats = np.where(np.isfinite(by_street), by_street, straight)
        return away
