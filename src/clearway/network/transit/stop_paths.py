"""The path of a bus whose feed draws none: the quickest way that a bus may drive from stop to stop.

Each stop may mean any arc near it, one on whose kerb side it stands rather than another. All stops are decided together, by
Viterbi's method: nearness at the stops against the time between them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from clearway.network.model import NEVER_MS
from clearway.network.search.arc_search import ArcSearch
from clearway.network.transit.shape_matching import OFF, Piece

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.model import Floats
    from clearway.network.transit.bus_graph import BusGraph
    from clearway.network.transit.bus_streets import BusStreets
    from clearway.network.transit.timetable import Stop

WITHIN_M = 60.0
"""A stop stands at the kerb of a street that may be wide, and is placed by hand."""
_MOST_ARCS = 8
"""Both directions of the four nearest streets: no more are likely."""
_MS_PER_COST = 5000.0
"""Five seconds' drive weigh as one likely step."""
_SPREAD_M = 15.0
"""Standard deviation of a stop from its street's centre line."""
_WRONG_SIDE_COST = 3.0
"""A bus calls at the kerb that it drives along."""


_NEVER = float("inf")


class _Spot(NamedTuple):
    arc: int
    along_m: float
    cost: float


class StopPaths:
    """Makes paths on one network; what lies between two stops that no way joins is on no street.

    Args:
        streets: Of the network.
        graph: Of the same network.
    """

    def __init__(self, streets: BusStreets, graph: BusGraph) -> None:
        self._streets, self._graph = streets, graph
        ends = streets.segments.start, streets.segments.start + streets.segments.step
        self._low, self._high = np.minimum(*ends) - WITHIN_M, np.maximum(*ends) + WITHIN_M
        self._meant: dict[tuple[float, float], list[_Spot]] = {}
        self._search = ArcSearch(graph, np.zeros(graph.network.arc_count, np.bool_))
        self._length = graph.network.way_length_m
        self._open = np.zeros(graph.network.arc_count, np.bool_)
        self._open[graph.node_arc[graph.head]] = self._open[graph.node_arc[graph.tail]] = True

    def pieces(self, stops: Sequence[Stop]) -> tuple[Piece, ...]:
        """The pieces of a bus that calls at two or more stops in order."""
        at = np.array([(stop.lon, stop.lat) for stop in stops]) * self._streets.scale
        straight = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(at, axis=0).T))))
        pieces: list[Piece] = []
        chain: list[Piece] = []
        spots: list[_Spot] = []
        costs: list[float] = []
        links: list[list[tuple[int, list[Piece]]]] = []

        def close() -> None:
            """Write out the run of stops that streets join."""
            if not spots_of:
                return
            state = int(np.argmin(costs))
            legs: list[list[Piece]] = []
            for step in reversed(links):
                state_before, leg = step[state]
                legs.append(leg)
                state = state_before
            for leg in reversed(legs):
                chain.extend(leg)
            pieces.extend(_merged(chain))
            chain.clear()

        spots_of: list[list[_Spot]] = []
        for index in range(len(stops)):
            found = self._spots(at[index])
            joined = self._joined(spots, costs, found) if spots and found else None
            if joined is None:
                close()
                if index:
                    pieces.append(Piece(OFF, float(straight[index - 1]), float(straight[index])))
                spots_of, links = ([found] if found else []), []
                spots, costs = found, [spot.cost for spot in found]
                continue
            links.append([(before, leg) for before, leg, _ in joined])
            costs = [cost for _, _, cost in joined]
            spots = found
            spots_of.append(found)
        close()
        return tuple(pieces)

    def _spots(self, at: Floats) -> list[_Spot]:
        """The arcs that a stop may mean."""
        key = float(at[0]), float(at[1])
        if key not in self._meant:
            self._meant[key] = self._spots_near(at)
        return self._meant[key]

    def _spots_near(self, at: Floats) -> list[_Spot]:
        graph = self._graph
        near = np.flatnonzero(((self._low <= at) & (at <= self._high)).all(axis=1))
        way, start, step, length, along = (column[near] for column in self._streets.segments)
        to = at - start
        share = np.clip((to * step).sum(axis=1) / length**2, 0.0, 1.0)
        foot = to - share[:, None] * step
        away = np.hypot(*foot.T)
        best: dict[int, int] = {}
        for index in np.flatnonzero(away <= WITHIN_M)[np.argsort(away[away <= WITHIN_M], kind="stable")].tolist():
            best.setdefault(int(way[index]), index)
        found = []
        sign = 1 if graph.network.driving_side == "left" else -1
        for own, index in best.items():
            left = float(step[index, 0] * foot[index, 1] - step[index, 1] * foot[index, 0])
            metres = float(along[index] + share[index] * length[index])
            for arc in (2 * own, 2 * own + 1):
                if self._open[arc]:
                    wrong = (left if arc % 2 == 0 else -left) * sign < 0
                    cost = float(away[index]) ** 2 / (2 * _SPREAD_M**2) + (_WRONG_SIDE_COST if wrong else 0.0)
                    along_m = metres if arc % 2 == 0 else float(self._length[own]) - metres
                    found.append(_Spot(arc, max(along_m, 0.0), cost))
        return sorted(found, key=lambda spot: spot.cost)[:_MOST_ARCS]

    def _joined(
        self, spots: list[_Spot], costs: list[float], after: list[_Spot]
    ) -> list[tuple[int, list[Piece], float]] | None:
        """For each spot of the next stop the likeliest one before it, what is driven between, and the cost.

        None where no way leads to any.
        """
        seeds: dict[int, int] = {}
        owner: dict[int, int] = {}
        for index, (spot, cost) in enumerate(zip(spots, costs, strict=True)):
            if cost == _NEVER:
                continue
            node = int(self._graph.first_node[spot.arc])
            left_ms = self._part_ms(spot.arc, float(self._length[spot.arc >> 1]) - spot.along_m)
            total = round(cost * _MS_PER_COST) + left_ms
            if total < seeds.get(node, NEVER_MS):
                seeds[node], owner[node] = total, index
        tree = self._search.forward(seeds)
        found: list[tuple[int, list[Piece], float]] = []
        for spot in after:
            options: list[tuple[float, int, list[int] | None]] = []
            for index, before in enumerate(spots):
                if before.arc == spot.arc and spot.along_m >= before.along_m:
                    ms = self._part_ms(spot.arc, spot.along_m - before.along_m)
                    options.append((costs[index] + ms / _MS_PER_COST, index, None))
            for node in self._graph.nodes_of(spot.arc).tolist():
                if tree.ms[node] < NEVER_MS and tree.edge[node] >= 0:
                    root, between = tree.way(node)
                    ms = int(tree.ms[node]) - int(self._graph.node_ms[node]) + self._part_ms(spot.arc, spot.along_m)
                    options.append((ms / _MS_PER_COST, owner[root], between))
            if not options:
                found.append((0, [], _NEVER))
                continue
            cost, index, ways = min(options, key=lambda option: option[0])
            found.append((index, self._driven(spots[index], ways, spot), cost + spot.cost))
        return found if any(np.isfinite(cost) for _, _, cost in found) else None

    def _driven(self, before: _Spot, between: list[int] | None, after: _Spot) -> list[Piece]:
        if between is None:
            return [Piece(after.arc, before.along_m, after.along_m)]
        whole = [Piece(arc, 0.0, float(self._length[arc >> 1])) for arc in between]
        first = Piece(before.arc, before.along_m, float(self._length[before.arc >> 1]))
        return [first, *whole, Piece(after.arc, 0.0, after.along_m)]

    def _part_ms(self, arc: int, metres: float) -> int:
        return round(int(self._graph.node_ms[arc]) * metres / float(self._length[arc >> 1]))


def _merged(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces with those of one arc that follow on one another as one."""
    merged: list[Piece] = []
    for piece in pieces:
        last = merged[-1] if merged else None
        if last is not None and last.arc == piece.arc and abs(last.to_m - piece.from_m) < 1e-6:  # noqa: PLR2004 - a micrometre
            merged[-1] = last._replace(to_m=piece.to_m)
        else:
            merged.append(piece)
    return merged
