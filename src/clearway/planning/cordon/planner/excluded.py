"""Links on which no barrier is considered: what the proof leaves out is said with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from clearway.network.geometry import point_at
from clearway.planning.cordon.planner.contract import ExcludedLink
from clearway.planning.cordon.planner.corners import LEAST_LINK_M
from clearway.planning.cordon.planner.window import FREE

if TYPE_CHECKING:
    from clearway.network.model import Longs
    from clearway.planning.cordon.planner.places import Places
    from clearway.planning.cordon.planner.window import Window


def too_short_ways(window: Window, places: Places) -> Longs:
    """(n,) ways of links too short for a barrier."""
    ways: Longs = np.unique(window.streets.spot_way[window.spots[places.corners.too_short]])
    return ways


def excluded_links(window: Window, places: Places) -> tuple[ExcludedLink, ...]:
    """Those that are neither site nor outside, each with its place and the reason."""
    free = window.streets.piece_way[window.pieces[window.piece_side == FREE]]
    return tuple(_link(window, way) for way in np.intersect1d(too_short_ways(window, places), free).tolist())


def _link(window: Window, way: int) -> ExcludedLink:
    network, length = window.network, float(window.network.way_length_m[way])
    lon, lat = point_at(network.geometry(way), length / 2)
    return ExcludedLink(
        street=network.street(way) or "an unnamed street",
        way=way,
        lon=round(float(lon), 7),
        lat=round(float(lat), 7),
        length_m=round(length, 1),
        why=f"a link between two junctions of a corner, shorter than the {LEAST_LINK_M:g} m that a barrier needs",
    )
