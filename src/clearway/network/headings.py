"""How sharply one turns from one arc of a network into another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from clearway.network.geometry import flat_scale

if TYPE_CHECKING:
    from clearway.network.model import Floats, Ints, Longs, Network

_OVER_M = 10.0
"""The direction of a street at a junction is that of its first metres: the last point may stand askew."""


class Headings:
    """The directions in which arcs begin and end, degrees anticlockwise from east. A arcs.

    Args:
        network: The network.

    Attributes:
        begin: (A,) where each arc begins.
        end: (A,) where it ends.
    """

    def __init__(self, network: Network) -> None:
        scale = np.array(flat_scale(float(network.junction_lat.mean()))) if network.junction_count else np.ones(2)
        points = np.column_stack((network.point_lon, network.point_lat)) * scale
        first, last = network.way_points[:-1], network.way_points[1:] - 1
        step = np.hypot(*np.diff(points, axis=0, prepend=points[:1]).T)
        step[first] = 0.0
        along = np.cumsum(step)
        short = (along[last] - along[first] <= _OVER_M)[:, None]
        self.begin: Floats = np.empty(network.arc_count)
        self.begin[0::2] = _degrees(np.where(short, points[last], _at(along[first] + _OVER_M, along, points)) - points[first])
        self.begin[1::2] = _degrees(np.where(short, points[first], _at(along[last] - _OVER_M, along, points)) - points[last])
        self.end: Floats = np.degrees(np.angle(np.exp(1j * np.radians(self.begin[np.arange(network.arc_count) ^ 1] + 180))))

    def turned(self, arc: Ints | Longs, after: Ints | Longs) -> Floats:
        """Degrees to the left from one arc into another, -180 to 180."""
        difference: Floats = (self.begin[after] - self.end[arc] + 180) % 360 - 180
        return difference


def _at(metres: Floats, along: Floats, points: Floats) -> Floats:
    """(W, 2) points at so many metres of all lines laid end to end."""
    return np.column_stack([np.interp(metres, along, points[:, axis]) for axis in (0, 1)])


def _degrees(step: Floats) -> Floats:
    degrees: Floats = np.degrees(np.arctan2(step[:, 1], step[:, 0]))
    return degrees
