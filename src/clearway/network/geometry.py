"""Lengths, offsets and nearest points on WGS 84 coordinates, by a local flat projection.

Good to about 1 in 10,000 within 50 km, which is the size of what a network holds.
"""

from __future__ import annotations

from math import cos, radians
from typing import TYPE_CHECKING

import numpy as np

from clearway.network.model import EARTH_RADIUS_M

if TYPE_CHECKING:
    from clearway.network.model import Floats

METRES_PER_DEGREE = EARTH_RADIUS_M * np.pi / 180


def segment_lengths_m(points: Floats) -> Floats:
    """(n - 1,) metres of each segment of a line of (n, 2) longitude and latitude.

    >>> segment_lengths_m(np.array([[174.77, -41.28], [174.77, -41.27]])).round(1)
    array([1112.])
    """
    dlon, dlat = np.diff(points, axis=0).T
    middle = np.radians((points[:-1, 1] + points[1:, 1]) / 2)
    lengths: Floats = np.hypot(dlon * np.cos(middle), dlat) * METRES_PER_DEGREE
    return lengths


def point_at(points: Floats, offset_m: float) -> tuple[float, float]:
    """Longitude and latitude at an offset along a line; its end where the offset lies beyond.

    >>> point_at(np.array([[174.77, -41.28], [174.77, -41.27]]), 555.9754)
    (174.77, -41.275)
    """
    lon, lat = points_at(points, np.array([offset_m]))[0].tolist()
    return (lon, lat)


def points_at(points: Floats, offsets_m: Floats) -> Floats:
    """(k, 2) longitude and latitude at offsets along a line, to seven places; its end where an offset lies beyond.

    >>> points_at(np.array([[174.77, -41.28], [174.77, -41.27]]), np.array([555.9754, 5000])).tolist()
    [[174.77, -41.275], [174.77, -41.27]]
    """
    along = np.concatenate(([0.0], np.cumsum(segment_lengths_m(points))))
    return np.column_stack([np.round(np.interp(offsets_m, along, points[:, axis]), 7) for axis in (0, 1)])


def flat_scale(lat: float) -> tuple[float, float]:
    """Metres per degree of longitude and of latitude near a latitude."""
    return (METRES_PER_DEGREE * cos(radians(lat)), METRES_PER_DEGREE)


def nearest_on_line(points: Floats, lon: float, lat: float) -> tuple[float, float, int]:
    """Where a line comes nearest to a point.

    Returns:
        Distance in metres, offset along the line in metres, and the side of the line that the point is on: -1 left of
        its direction, 1 right, 0 on it.
    """
    scale = np.array(flat_scale(lat))
    flat = (points - (lon, lat)) * scale
    step = np.diff(flat, axis=0)
    length_sq = np.maximum((step**2).sum(axis=1), 1e-12)
    share = np.clip(-(flat[:-1] * step).sum(axis=1) / length_sq, 0.0, 1.0)
    foot = flat[:-1] + share[:, None] * step
    distance = np.hypot(foot[:, 0], foot[:, 1])
    best = int(distance.argmin())
    lengths = segment_lengths_m(points)
    cross = step[best, 0] * -foot[best, 1] - step[best, 1] * -foot[best, 0]
    side = 0 if distance[best] < 1e-3 else int(-np.sign(cross))  # noqa: PLR2004 - a millimetre is on the line
    return float(distance[best]), float(lengths[:best].sum() + share[best] * lengths[best]), side


def stretch_of(points: Floats, from_m: float, to_m: float) -> Floats:
    """The part of a line between two offsets, in the direction from the first to the second.

    Returns:
        (k, 2) longitude and latitude, degrees; two equal points where the offsets are equal.

    >>> stretch_of(np.array([[0.0, 0.0], [0.001, 0.0], [0.001, 0.001]]), 166.79, 55.6).round(4).tolist()
    [[0.001, 0.0005], [0.001, 0.0], [0.0005, 0.0]]
    """
    low, high = min(from_m, to_m), max(from_m, to_m)
    along = np.concatenate(([0.0], np.cumsum(segment_lengths_m(points))))
    between = points[(along > low) & (along < high)]
    part = np.vstack((point_at(points, low), between, point_at(points, high)))
    return part if from_m <= to_m else part[::-1]
