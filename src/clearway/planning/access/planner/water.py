"""Hydrants: which of them a fire engine comes to, and which addresses have none near enough that it does.

The distance is that of a straight line between hydrant and address: a hose laid along the street is never shorter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.spatial import cKDTree

from clearway.network.geometry import flat_scale
from clearway.network.model import NEVER_MS
from clearway.network.search.origins import origins
from clearway.network.search.targets import spot_targets

if TYPE_CHECKING:
    from clearway.network.model import Bools, Floats, Network
    from clearway.network.search.origins import Origins
    from clearway.planning.access.planner.timing import AccessTimer, Timing

HYDRANT = "fire_hydrant"
"""The kind of place."""
HYDRANT_M = 122.0
"""400 feet: the farthest that a building may lie from a hydrant (International Fire Code 2021, 507.5.1)."""
_NEAR_STREET_M = 30.0
"""A hydrant farther from any street that the engine may drive is one that it does not come to."""


@dataclass(frozen=True, eq=False)
class Hydrants:
    """Hydrants under closures. G hydrants, D addresses.

    Attributes:
        within_m: How near one must be.
        before: (G,) the engine comes to it without closures.
        after: (G,) under them.
        without_before: (D,) addresses with none near enough that it comes to, without closures.
        without_after: The same under them.
    """

    within_m: float
    before: Bools
    after: Bools
    without_before: Bools
    without_after: Bools


def hydrants_of(network: Network) -> Floats:
    """(G, 2) longitude and latitude of the network's hydrants; none where its data have none."""
    kind = network.place_kinds.index(HYDRANT) if HYDRANT in network.place_kinds else -1
    there = network.place_kind.astype(np.int64) == kind
    return np.column_stack((network.place_lon[there], network.place_lat[there]))


def water(timer: AccessTimer, before: Timing, after: Timing, within_m: float = HYDRANT_M) -> Hydrants | None:
    """Which hydrants an engine comes to, and which addresses have none; None where no hydrant is known.

    Args:
        timer: Of the timings; it remembers where hydrants lie on the streets.
        before: How it reaches every address without closures.
        after: Under them.
        within_m: How near a hydrant must be, metres.
    """
    points = hydrants_of(timer.network)
    if not len(points):
        return None
    graph = before.graph
    spots: Origins = timer.memo.of(("hydrants", graph), lambda: origins(graph, [(lon, lat) for lon, lat in points.tolist()]))
    near = spots.distance_m <= _NEAR_STREET_M
    was = reached_spots(before, spots) & near
    now = was if after is before else reached_spots(after, spots) & near
    network = before.graph.network
    far = [_without(network, points[reached], within_m) for reached in (was, now)]
    return Hydrants(within_m, was, now, far[0], far[1])


def reached_spots(timing: Timing, spots: Origins) -> Bools:
    """(G,) spots on streets that vehicles come to.

    Args:
        timing: How they reach every address.
        spots: On the timing's graph.
    """
    closures = (*timing.closures, *timing.gates)
    targets = spot_targets(timing.graph, spots.way, spots.offset_m, closures)
    reached = np.zeros(len(spots), np.bool_)
    row = np.repeat(np.arange(len(spots)), np.diff(targets.start))
    reached[row[timing.tree.ms[targets.node] < NEVER_MS]] = True
    starts, obstacles = timing.tree.origins, timing.targets.obstacles
    for way, from_m in zip(starts.way.tolist(), starts.offset_m.tolist(), strict=True):
        for index in np.flatnonzero(spots.way == way).tolist():
            to_m = float(spots.offset_m[index])
            arc = 2 * way + int(to_m < from_m)
            reached[index] |= to_m == from_m or (obstacles.usable[arc] and not obstacles.part(arc, from_m, to_m))
    return reached


def _without(network: Network, points: Floats, within_m: float) -> Bools:
    """(D,) addresses farther than some metres from every point."""
    if not len(points) or not network.address_count:
        return np.ones(network.address_count, np.bool_)
    scale = np.array(flat_scale(float(network.address_lat.mean())))
    away, _ = cKDTree(points * scale).query(np.column_stack((network.address_lon, network.address_lat)) * scale)
    return np.asarray(away) > within_m
