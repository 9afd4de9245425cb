"""Where vehicles start: points tied to the nearest way that the class may drive, and the junctions they first come to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from clearway.errors import BadInput
from clearway.network.geometry import flat_scale, nearest_on_line
from clearway.network.search.obstacles import Obstacles, obstacles_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from clearway.network.closures import Closure
    from clearway.network.model import Floats, Ints
    from clearway.network.search.graph import RoutingGraph


_ROUNDING_M = 0.001
"""A millimetre: ways whose boxes are this much farther than the nearest are measured as well, for distances are rounded."""


@dataclass(frozen=True, eq=False)
class Origins:
    """Points on the network from which vehicles start. K origins, S seeds.

    A **seed** is a junction that an origin's vehicles come to first, along the rest of the way they stand on: up to two per
    origin, none where the way is shut on both sides.
    """

    graph: RoutingGraph
    way: Ints  # (K,) the way each stands on
    offset_m: Floats  # (K,) metres from the way's tail
    distance_m: Floats  # (K,) metres between the point given and the way
    start_ms: Ints  # (K,) milliseconds before its vehicles leave
    seed_origin: Ints  # (S,) origin of each seed, rising
    seed_node: Ints  # (S,) node that it enters
    seed_ms: Ints  # (S,) whole milliseconds to there, those before leaving included
    seed_arc: Ints  # (S,) arc whose last stretch it drives

    def __len__(self) -> int:
        """Number of origins."""
        return len(self.way)

    def seeds(self, origin: int) -> list[tuple[int, int]]:
        """The (node, milliseconds) pairs of one origin."""
        mine = self.seed_origin == origin
        return list(zip(self.seed_node[mine].tolist(), self.seed_ms[mine].tolist(), strict=True))

    def only(self, origin: int) -> Origins:
        """One origin alone, numbered 0."""
        mine, at = self.seed_origin == origin, slice(origin, origin + 1)
        return Origins(
            self.graph,
            self.way[at],
            self.offset_m[at],
            self.distance_m[at],
            self.start_ms[at],
            np.zeros(int(mine.sum()), np.int32),
            self.seed_node[mine],
            self.seed_ms[mine],
            self.seed_arc[mine],
        )


def origins(
    graph: RoutingGraph,
    points: Iterable[tuple[float, float]],
    *,
    start_ms: Sequence[int] = (),
    closures: Iterable[Closure] = (),
    moment: datetime | None = None,
) -> Origins:
    """Tie points to the nearest way that the class may drive, and find where vehicles come to from there.

    The nearest way is meant in metres on the ground; of ways equally near the lowest index. Stops and closures that stand
    between the point and an end of the way keep vehicles from that end.

    Args:
        graph: The class's graph.
        points: (longitude, latitude) pairs, degrees.
        start_ms: Milliseconds before the vehicles of each point leave; none at all by default.
        closures: What is shut; those that do not concern the class are passed over.
        moment: When; None counts every closure.

    Raises:
        BadInput: points are given and the network has no way that the class may drive.
    """
    listed = list(points)
    ways = np.flatnonzero(graph.arc_permitted[0::2] | graph.arc_permitted[1::2]).astype(np.int32)
    if listed and not len(ways):
        raise BadInput(
            f"The network {graph.network.name!r} has no street that the class {graph.vehicle_class!r} may drive. "
            "Choose another class or another network."
        )
    snapped = [_nearest(graph, ways, lon, lat) for lon, lat in listed]
    return origins_at(graph, snapped, start_ms=start_ms, closures=closures, moment=moment)


def origins_at(
    graph: RoutingGraph,
    spots: Sequence[tuple[int, float, float]],
    *,
    start_ms: Sequence[int] = (),
    closures: Iterable[Closure] = (),
    moment: datetime | None = None,
) -> Origins:
    """Origins at known spots: (way, metres from its tail, metres between it and the point that was meant).

    Args:
        graph: The class's graph.
        spots: Where vehicles start.
        start_ms: Milliseconds before the vehicles of each spot leave; none at all by default.
        closures: What is shut; those that do not concern the class are passed over.
        moment: When; None counts every closure.
    """
    obstacles = obstacles_of(graph, closures, moment)
    waits = np.array(start_ms, np.int32) if len(start_ms) else np.zeros(len(spots), np.int32)
    seeds = [(index, *seed) for index, (way, at_m, _) in enumerate(spots) for seed in _seeds(obstacles, way, at_m)]
    origin, node, ms, arc = np.array(seeds, np.int32).reshape(-1, 4).T.copy()
    way, at_m, distance_m = np.array(spots, np.float64).reshape(-1, 3).T
    return Origins(graph, way.astype(np.int32), at_m, distance_m, waits, origin, node, ms + waits[origin], arc)


def origin_after(graph: RoutingGraph, arc: int) -> Origins:
    """A vehicle that has just driven an arc."""
    none, at = np.zeros(1), np.zeros(1, np.int32)
    return Origins(graph, at + (arc >> 1), none, none, at, at, at + graph.arc_entered[arc], at, at + arc)


def _seeds(obstacles: Obstacles, way: int, at_m: float) -> list[tuple[int, int, int]]:
    graph = obstacles.graph
    length = float(graph.network.way_length_m[way])
    ends = ((2 * way, length - at_m, np.inf), (2 * way + 1, at_m, -np.inf))
    return [
        (int(graph.arc_entered[arc]), obstacles.stretch_ms(arc, metres) + obstacles.gates_ms(arc, at_m, beyond), arc)
        for arc, metres, beyond in ends
        if obstacles.usable[arc] and not obstacles.part(arc, at_m, beyond)
    ]


def _nearest(graph: RoutingGraph, ways: Ints, lon: float, lat: float) -> tuple[int, float, float]:
    """Way, offset and distance of the nearest of some ways: only those are measured whose box is near enough."""
    west, south, east, north = graph.way_boxes[:, ways]
    across, along = flat_scale(lat)
    away = np.hypot(
        np.maximum(np.maximum(west - lon, lon - east), 0) * across, np.maximum(np.maximum(south - lat, lat - north), 0) * along
    )
    reach = _spot(graph, int(ways[away.argmin()]), lon, lat)[0]
    distance, way, at_m = min(_spot(graph, int(way), lon, lat) for way in ways[away <= reach + _ROUNDING_M])
    return way, at_m, distance


def _spot(graph: RoutingGraph, way: int, lon: float, lat: float) -> tuple[float, int, float]:
    """Distance, way and offset of a way's nearest point."""
    distance, offset, _ = nearest_on_line(graph.network.geometry(way), lon, lat)
    return distance, way, min(offset, float(graph.network.way_length_m[way]))
