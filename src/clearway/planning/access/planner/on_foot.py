"""The last metres: how far an address that no vehicle reaches lies, on foot, from the last point that one does reach.

A crew leaves its vehicle at a barrier, a bollard or a shut street and walks. Closures do not stop it; what stands in the street
for good, such as a fence, does. Distances are those of the network's ways for people on foot.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from clearway.network.classes import class_index
from clearway.network.model import MS_PER_KMH_M, NEVER_MS
from clearway.network.search.origins import origins_at
from clearway.network.search.search import shortest_tree
from clearway.network.search.targets import address_targets, arrivals

if TYPE_CHECKING:
    from clearway.network.model import Bools, Floats, Longs, Network
    from clearway.network.search.graph import RoutingGraph
    from clearway.planning.access.planner.timing import Timing

HOSE_M = 45.0
"""What building codes allow between a fire engine and the walls of a house."""

_IN_FRONT_M = 0.01
"""A centimetre before an obstacle, so that whoever cannot pass it on foot either is not put behind it."""


def metres_on_foot(timing: Timing, walking: RoutingGraph) -> Floats:
    """How far each address lies on foot from the last point that vehicles reach.

    Args:
        timing: How vehicles reach every address.
        walking: The graph of the class "foot", of the same network.

    Returns:
        (D,) metres; 0 where vehicles reach the address, infinite where nobody can walk to it.
    """
    unreached = timing.ms == NEVER_MS
    metres = np.where(unreached, np.inf, 0.0)
    if not unreached.any():
        return metres
    spots = _last_points(timing, unreached)
    start = origins_at(walking, [(way, at_m, 0.0) for way, at_m in spots])
    found = arrivals(shortest_tree(walking, start), address_targets(walking)).ms
    speed = float(walking.network.arc_speed_kmh[class_index("foot")].max())
    walked = np.where(found < NEVER_MS, found * speed / MS_PER_KMH_M, np.inf)
    metres[unreached] = walked[unreached]
    return metres


def _last_points(timing: Timing, unreached: Bools) -> list[tuple[int, float]]:
    """Where vehicles get to and no farther: ends of ways that they do not drive whole, and obstacles that they come up to."""
    graph, obstacles = timing.graph, timing.targets.obstacles
    network = graph.network
    reached = np.zeros(network.junction_count, np.bool_)
    reached[graph.node_junction[timing.tree.ms < NEVER_MS]] = True
    tail, head = reached[network.way_tail], reached[network.way_head]
    beyond = tail != head
    beyond[network.address_way[unreached]] = True
    ends = [(int(way), 0.0) for way in np.flatnonzero(beyond & tail)]
    ends += [(int(way), float(network.way_length_m[way])) for way in np.flatnonzero(beyond & head)]
    bounds, arcs = obstacles.bounds_m(), np.arange(network.arc_count)
    come = obstacles.usable & np.isfinite(bounds) & reached[network.arc_tail] & beyond[arcs // 2]
    at_obstacles = [(int(arc) // 2, _before(network, int(arc), float(bounds[arc]))) for arc in np.flatnonzero(come)]
    return ends + at_obstacles + _round_stations(timing)


def _before(network: Network, arc: int, obstacle_m: float) -> float:
    """Where a vehicle stops in front of an obstacle, metres from the way's tail."""
    stop_m = obstacle_m - _IN_FRONT_M if arc % 2 == 0 else obstacle_m + _IN_FRONT_M
    return min(max(stop_m, 0.0), float(network.way_length_m[arc // 2]))


def _round_stations(timing: Timing) -> list[tuple[int, float]]:
    """The stations themselves, whose vehicles may come no farther, and the obstacles on either side of them."""
    origins, obstacles = timing.tree.origins, timing.targets.obstacles
    points = list(zip(origins.way.tolist(), origins.offset_m.tolist(), strict=True))
    for way, at_m in list(points):
        for arc in (2 * way, 2 * way + 1):
            ahead: Longs | Floats = obstacles.on_arc(arc)
            ahead = ahead[ahead > at_m] if arc % 2 == 0 else ahead[ahead < at_m]
            if obstacles.usable[arc] and len(ahead):
                points.append((way, _before(timing.graph.network, arc, float(ahead.min() if arc % 2 == 0 else ahead.max()))))
    return points
