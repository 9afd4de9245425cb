"""What a point on the map is called: the corner, or the street and the streets that it lies between."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from clearway.network.geometry import flat_scale
from clearway.planning.street_names import UNNAMED, StreetNames
from clearway.record.place import Point
from clearway.record.street_words import written_out

if TYPE_CHECKING:
    from clearway.planning.street_finder import StreetFinder

_CORNER_M = 18.0
"""Half of a wide crossing: what is picked this near to a junction is at it."""
_ON_M = 25.0
"""What is picked farther from a street than this lies beside it."""


def picked(finder: StreetFinder, names: StreetNames, lon: float, lat: float) -> Point:
    """A point as somebody picked it, with the words for it; without words where no street for vehicles is near.

    Args:
        finder: The streets of a network.
        names: Of the same network.
        lon: Degrees east.
        lat: Degrees north.
    """
    at = (round(lon, 6), round(lat, 6))
    spot = finder.nearest(lon, lat)
    if spot is None:
        return Point(at=at)
    network = finder.network
    scale = np.array(flat_scale(lat))
    for end in (int(network.way_tail[spot.way]), int(network.way_head[spot.way])):
        away = float(np.hypot(*((np.array((network.junction_lon[end], network.junction_lat[end])) - (lon, lat)) * scale)))
        cross = names.met_at(end, spot.way)
        if away <= _CORNER_M and cross and names.street(spot.way) != UNNAMED:
            return Point(at=at, label=f"{written_out(names.street(spot.way))} at {written_out(cross)}")
    words = _between(names, spot.way)
    return Point(at=at, label=words if spot.distance_m <= _ON_M else f"{spot.distance_m:.0f} m from {words}")


def _between(names: StreetNames, way: int) -> str:
    network = names.network
    ends = [names.met_at(int(end[way]), way) for end in (network.way_tail, network.way_head)]
    cross = list(dict.fromkeys(written_out(end) for end in ends if end))
    street = written_out(names.street(way))
    if len(cross) > 1:
        return f"{street} between {cross[0]} and {cross[1]}"
    return f"{street} near {cross[0]}" if cross else street
