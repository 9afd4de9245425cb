"""Find the ways that a drawn point or line means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from clearway.network.classes import MOTOR_CLASSES, class_mask
from clearway.network.geometry import flat_scale, nearest_on_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clearway.network.model import Floats, Ints, Network

REACH_M = 25.0
"""How far a drawn point or line may lie from the street it means, metres."""

_SAMPLE_M = 4.0
"""The width of a lane: a drawn line is looked at often enough to miss no street."""
_FOLLOWED_SHARE = 0.5
"""A line that runs along less than half of a street, and has less than half of itself there, only crosses or touches it."""
_TOUCHED_M = 15.0
"""Half of a broad street: ground that covers a carriageway reaches so far into the streets that meet it."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A point on a way: way index, metres from its tail, metres between it and what was drawn."""

    way: int
    at_m: float
    distance_m: float


class StreetFinder:
    """The drivable ways of a network, found by place. Built once, asked often."""

    def __init__(self, network: Network) -> None:
        self.network = network
        motor = class_mask(MOTOR_CLASSES)
        permit = network.arc_permit[0::2] | network.arc_permit[1::2]
        self._ways: Ints = np.flatnonzero(permit & motor).astype(np.int32)
        self._scale = np.array(flat_scale(float(network.junction_lat.mean()) if network.junction_count else 0.0))
        points, rows = self._flat_points()
        self._lines = shapely.linestrings(points, indices=rows)
        self._tree = shapely.STRtree(self._lines)

    def nearest(self, lon: float, lat: float, *, among: Iterable[int] | None = None) -> Spot | None:
        """The nearest way to a point, of ``among`` where given; None where the network has none."""
        ways = self._nearest_ways(lon, lat) if among is None else list(among)
        spots = [self.spot_on(way, lon, lat) for way in ways]
        return min(spots, key=lambda spot: (spot.distance_m, spot.way), default=None)

    def spot_on(self, way: int, lon: float, lat: float) -> Spot:
        """Where a way comes nearest to a point."""
        distance, offset, _ = nearest_on_line(self.network.geometry(way), lon, lat)
        return Spot(way, min(offset, float(self.network.way_length_m[way])), distance)

    def followed(self, line: Floats) -> list[int]:
        """The ways that a drawn line follows: nearest to it, within ``REACH_M``, over half their length or half of the line's.

        Args:
            line: (n, 2) longitude and latitude.

        Returns:
            Way indexes in the order in which the line comes to them.
        """
        samples = shapely.get_coordinates(shapely.segmentize(self._flat(line), _SAMPLE_M))
        points = shapely.points(samples)
        sample, line_of = self._tree.query_nearest(points, max_distance=REACH_M)
        drawn = float(shapely.length(self._flat(line)))
        seen = dict.fromkeys(int(index) for index in line_of)
        return [int(self._ways[index]) for index in seen if self._is_followed(index, points[sample[line_of == index]], drawn)]

    def crossed(self, line: Floats) -> list[Spot]:
        """Where a drawn line crosses ways."""
        drawn = self._flat(line)
        spots = []
        for index in sorted(self._tree.query(drawn, predicate="intersects")):
            meeting = shapely.get_coordinates(shapely.intersection(self._lines[index], drawn))[0] / self._scale
            spots.append(self.spot_on(int(self._ways[index]), float(meeting[0]), float(meeting[1])))
        return spots

    def covered(self, ground: shapely.Geometry) -> list[tuple[int, float | None]]:
        """The ways that ground covers: over half their length, or else metres from their tail to the middle of what it covers.

        Args:
            ground: Polygons in longitude and latitude. What reaches less than 15 m into a way only touches it.
        """
        drawn = shapely.transform(ground, lambda lonlat: lonlat * self._scale)
        found: list[tuple[int, float | None]] = []
        for index in sorted(self._tree.query(drawn, predicate="intersects")):
            line, way = self._lines[index], int(self._ways[index])
            part = shapely.intersection(line, drawn)
            metres, whole = float(shapely.length(part)), float(shapely.length(line))
            if metres > 0 and metres >= _FOLLOWED_SHARE * whole:
                found.append((way, None))
            elif metres >= _TOUCHED_M:
                offsets = shapely.line_locate_point(line, shapely.points(shapely.get_coordinates(part)))
                share = float(offsets.min() + offsets.max()) / 2 / whole
                found.append((way, share * float(self.network.way_length_m[way])))
        return found

    def _is_followed(self, index: int, points: Floats, drawn_m: float) -> bool:
        offsets = shapely.line_locate_point(self._lines[index], points)
        span = float(offsets.max() - offsets.min())
        return span > 0 and span >= _FOLLOWED_SHARE * min(float(shapely.length(self._lines[index])), drawn_m) - _SAMPLE_M

    def _nearest_ways(self, lon: float, lat: float) -> list[int]:
        point = shapely.points(np.array([lon, lat]) * self._scale)
        return [int(self._ways[index]) for index in self._tree.query_nearest(point)]

    def _flat(self, line: Floats) -> shapely.LineString:
        return shapely.linestrings(np.asarray(line, dtype=np.float64)[:, :2] * self._scale)

    def _flat_points(self) -> tuple[Floats, Ints]:
        first, end = self.network.way_points[self._ways], self.network.way_points[self._ways + 1]
        counts = end - first
        at = np.repeat(first - np.cumsum(counts) + counts, counts) + np.arange(counts.sum())
        points = np.column_stack((self.network.point_lon[at], self.network.point_lat[at])) * self._scale
        return points, np.repeat(np.arange(len(self._ways)), counts).astype(np.int32)
