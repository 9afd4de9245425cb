"""The occupied streets of a site: marked stretches, and what lies on the ground that is held. Parked vehicles stand there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry import shape

from clearway.network.closures import Closure
from clearway.network.geometry import flat_scale

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from shapely.geometry.base import BaseGeometry

    from clearway.network.classes import VehicleClassName
    from clearway.network.model import Network
    from clearway.planning.street_names import StreetNames
    from clearway.shapes import Ground

DEFAULT_OCCUPIED_SHUTS: tuple[VehicleClassName, ...] = ("emergency",)
"""Who does not drive along occupied streets unless somebody says that a lane is kept free there: help."""

_TOUCH_M = 1.0
"""A street that the outline of the ground touches or clips by less is not on it."""


def occupied_streets(names: StreetNames, stretches: Iterable[int], ground: Ground | None = None) -> list[Closure]:
    """Where no vehicle passes if the occupied streets are full: closures that shut nobody yet, see :func:`full`.

    A stretch, and a way that lies wholly on the ground, is one closure of all its length; a way that leads onto the ground has
    one where it crosses the outline. Bridges and tunnels pass over and under the ground.

    Args:
        names: Of the network.
        stretches: Ways that are marked as occupied.
        ground: Polygons that are held, if any; each valid.
    """
    marked = list(dict.fromkeys(stretches))
    places: list[tuple[int, float | None]] = [(way, None) for way in marked]
    if ground is not None:
        held = shapely.make_valid(shape(ground.model_dump()))
        places += [place for place in _on_ground(names.network, held) if place[0] not in marked]
    return [Closure(way, 0, at_m=at_m, label=f"occupied: {names.street(way)}") for way, at_m in places]


def full(streets: Iterable[Closure], shuts: int) -> list[Closure]:
    """The occupied streets as closures to the classes of a mask; none where a lane is free for everybody."""
    return [replace(one, shuts=shuts) for one in streets] if shuts else []


def _on_ground(network: Network, ground: BaseGeometry) -> Iterator[tuple[int, float | None]]:
    """Each way on the ground, whole (None) or at the metres from its tail where it crosses the outline."""
    west, south, east, north = ground.bounds
    scale = np.array(flat_scale((south + north) / 2))
    flat_ground = shapely.transform(ground, lambda points: points * scale)
    shapely.prepare(flat_ground)
    for way in _ways_across(network, (west, south, east, north)):
        line = shapely.LineString(network.geometry(way) * scale)
        if not flat_ground.intersects(line):
            continue
        length_m = float(network.way_length_m[way])
        grown = length_m / max(line.length, _TOUCH_M)
        for part in shapely.get_parts(flat_ground.intersection(line)):
            if part.length < _TOUCH_M:
                continue
            ends = [line.project(shapely.Point(part.coords[index])) * grown for index in (0, -1)]
            edges = [end for end in sorted(ends) if _TOUCH_M < end < length_m - _TOUCH_M]
            yield from ((way, end) for end in edges or [None])


def _ways_across(network: Network, box: tuple[float, float, float, float]) -> list[int]:
    """Ways at street level whose own box meets a box of longitude and latitude."""
    west, south, east, north = box
    first = network.way_points[:-1]
    low = [np.minimum.reduceat(points, first) for points in (network.point_lon, network.point_lat)]
    high = [np.maximum.reduceat(points, first) for points in (network.point_lon, network.point_lat)]
    meets = (low[0] <= east) & (high[0] >= west) & (low[1] <= north) & (high[1] >= south) & (network.way_level == 0)
    found: list[int] = np.flatnonzero(meets).tolist()
    return found
