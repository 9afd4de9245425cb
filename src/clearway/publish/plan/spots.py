"""Where barriers stand on the streets, and which way their street runs there."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from clearway.network.geometry import flat_scale, point_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clearway.planning.gazetteer import Gazetteer
    from clearway.planning.plan.closures import PlacedBarriers


class Spot(NamedTuple):
    """A place on a street.

    Attributes:
        at: Longitude and latitude.
        along: Degrees by which the street leaves the east towards the north there.
    """

    at: tuple[float, float]
    along: float


def spots_of(placed: PlacedBarriers, gazetteer: Gazetteer) -> Mapping[str, tuple[Spot, ...]]:
    """Where each barrier stands, by its id; one across several streets has a spot on each."""
    network = gazetteer.network
    found: dict[str, tuple[Spot, ...]] = {}
    for barrier, cuts in zip(placed.barriers, placed.cuts, strict=True):
        spots = []
        for way, at_m in cuts:
            line, length = network.geometry(way), float(network.way_length_m[way])
            ahead, behind = (np.array(point_at(line, min(max(at_m + step, 0.0), length))) for step in (2.0, -2.0))
            lon, lat = point_at(line, at_m)
            east, north = (ahead - behind) * np.array(flat_scale(lat))
            spots.append(Spot((round(lon, 7), round(lat, 7)), math.degrees(math.atan2(north, east))))
        found[barrier.id] = tuple(spots)
    return found
