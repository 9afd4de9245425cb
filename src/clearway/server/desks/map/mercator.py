"""Web Mercator on the unit square: x and y from 0 to 1, y downwards, as map tiles count."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from clearway.network.model import Floats

MAX_ZOOM = 22


def to_world(lon: Floats, lat: Floats) -> Floats:
    """(n, 2) unit-square coordinates of longitudes and latitudes in degrees.

    >>> to_world(np.array([0.0, 180.0]), np.array([0.0, 0.0]))
    array([[0.5, 0.5],
           [1. , 0.5]])
    """
    sine = np.sin(np.radians(np.asarray(lat, dtype=np.float64)))
    x = np.asarray(lon, dtype=np.float64) / 360 + 0.5
    y = 0.5 - np.log((1 + sine) / (1 - sine)) / (4 * np.pi)
    return np.column_stack((x, y))


def tile_corner(zoom: int, column: int, row: int) -> tuple[float, float, float]:
    """West and north of a tile on the unit square, and its side.

    >>> tile_corner(1, 1, 0)
    (0.5, 0.0, 0.5)
    """
    side = 0.5**zoom
    return column * side, row * side, side
