"""What the checker itself reads off the network and the question."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely.geometry import shape
from shapely.ops import substring

from clearway.network.classes import MOTOR_CLASSES, class_mask, load_street_classes

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from clearway.network.model import Bools, Floats, Ints, Network

_METRES_PER_DEGREE = 6_371_008.8 * np.pi / 180
_STUB_M = 8.01
"""As the format of plans has it: how far into a street its barrier stands, and a hundredth of a metre for rounding."""
_NEVER_A_WALL = frozenset(
    {"gate", "lift_gate", "swing_gate", "sliding_gate", "toll_booth", "cattle_grid", "border_control", "height_restrictor"}
    | {
        "kerb",
        "entrance",
        "removable_bollard",
        "rising_bollard",
        "size_limit",
        "rope",
        "hampshire_gate",
        "bump_gate",
        "sally_port",
    }
)


class NetworkReading:
    """Site, outside and drivable ways, worked out afresh."""

    def __init__(self, network: Network, question: dict[str, Any]) -> None:
        self.network, self.question = network, question
        self.shut = class_mask(question["shut"])
        self.signed = bool(question["trust_signs"])
        self.radius_m = float(question["radius_m"])
        self.stretches = frozenset(int(way) for way in question["stretches"])
        polygon = _united(question["site"]) if question["site"] else shapely.Polygon()
        lines = [shapely.LineString(network.geometry(way)) for way in self.stretches]
        west, south, east, north = shapely.union_all([polygon, *lines]).bounds
        self._origin = np.array([(west + east) / 2, (south + north) / 2])
        self._scale = np.array([np.cos(np.radians(self._origin[1])), 1.0]) * _METRES_PER_DEGREE
        self.polygon = self._flat_shape(polygon)
        self.whole = self._flat_shape(shapely.union_all([polygon, *lines]))
        kept_out = shapely.get_parts(shapely.get_parts(shape(question["outside"]))) if question["outside"] else []
        self.kept_out = self._flat_shape(shapely.union_all(kept_out)) if len(kept_out) else shapely.Polygon()
        for geometry in (self.polygon, self.whole, self.kept_out):
            shapely.prepare(geometry)
        self.corners_flat = (np.column_stack((network.junction_lon, network.junction_lat)) - self._origin) * self._scale
        self.corner_outside, self.corner_site = self._corners()
        self.near = self._ways_near()
        self._lines: dict[int, shapely.LineString] = {}

    @cached_property
    def permits(self) -> tuple[Ints, Ints]:
        """(W,) classes of those shut that can drive each way along and against."""
        along, against = (self.network.arc_permit[side::2].astype(np.int32) & self.shut for side in (0, 1))
        if self.signed:
            return along, against
        fits = np.array([name in _drivable() for name in self.network.street_classes])[self.network.way_class]
        motor = self.shut & class_mask(MOTOR_CLASSES)
        both = along | against | np.where(fits, motor, 0)
        return both, both

    @cached_property
    def bridged(self) -> BaseGeometry:
        """Parts of the site that touch no street on the ground: a bridge over one is occupied."""
        network = self.network
        level = [int(way) for way in self.near if network.way_level[way] == 0]
        parts = [part for part in shapely.get_parts(self.polygon) if not any(part.intersects(self.line(way)) for way in level)]
        alone: BaseGeometry = shapely.union_all(parts)
        return alone

    def walls(self, way: int) -> list[float]:
        """Offsets on a way where a lasting obstacle stops every shut class."""
        network = self.network
        offsets = []
        for stop in np.flatnonzero(network.stop_way == way):
            kind = network.stop_kinds[int(network.stop_kind[stop])]
            physical = self.signed or kind not in _NEVER_A_WALL
            if physical and not self.shut & ~int(network.stop_blocks[stop]):
                offsets.append(float(network.stop_offset_m[stop]))
        return offsets

    def line(self, way: int) -> shapely.LineString:
        """A way in flat metres."""
        if way not in self._lines:
            self._lines[way] = shapely.LineString((self.network.geometry(way) - self._origin) * self._scale)
        return self._lines[way]

    def part(self, way: int, low_m: float, high_m: float) -> shapely.LineString:
        """A part of a way in flat metres."""
        line = self.line(way)
        ratio = line.length / float(self.network.way_length_m[way])
        return substring(line, low_m * ratio, high_m * ratio)

    def is_site(self, way: int, low_m: float, high_m: float) -> bool:
        """Whether a part of a way is occupied."""
        if way in self.stretches:
            return True
        ends = (int(self.network.way_tail[way]), int(self.network.way_head[way]))
        if self.network.way_level[way] != 0 and not self.corner_site[list(ends)].any():
            return bool(self.network.way_level[way] > 0 and self.bridged.intersects(self.part(way, low_m, high_m)))
        return bool(self.polygon.intersects(self.part(way, low_m, high_m)))

    def is_outside(self, way: int, low_m: float, high_m: float) -> bool:
        """Whether a part of a way is named as outside, or its middle lies beyond the radius; a stub is as far as its ends."""
        part = self.part(way, low_m, high_m)
        far = high_m - low_m > _STUB_M and self.whole.distance(part.interpolate(0.5, normalized=True)) > self.radius_m
        return far or bool(self.kept_out.intersects(part))

    def _corners(self) -> tuple[Bools, Bools]:
        network = self.network
        points = shapely.points(self.corners_flat)
        beyond = shapely.distance(self.whole, points) > self.radius_m
        outside = beyond | network.junction_edge | shapely.intersects(self.kept_out, points)
        level = (network.way_level == 0) & ((self.permits[0] | self.permits[1]) != 0)
        grounded = np.zeros(network.junction_count, np.bool_)
        grounded[network.way_tail[level]] = grounded[network.way_head[level]] = True
        site = shapely.covers(self.polygon, points) & grounded
        ends = [int(end[way]) for way in self.stretches for end in (network.way_tail, network.way_head)]
        site[[corner for corner in ends if ends.count(corner) > 1 or network.junction_edge[corner]]] = True
        outside[site] = False
        return outside, site

    def _ways_near(self) -> Ints:
        """Drivable ways that come near enough to the site to matter."""
        network = self.network
        used = (self.permits[0] | self.permits[1]) != 0
        inner = ~self.corner_outside
        reach = inner[network.way_tail] | inner[network.way_head]
        west, south, east, north = self.whole.bounds
        flat = (np.column_stack((network.point_lon, network.point_lat)) - self._origin) * self._scale
        start = network.way_points[:-1]
        low, high = np.minimum.reduceat(flat, start), np.maximum.reduceat(flat, start)
        over = (low[:, 0] <= east) & (high[:, 0] >= west) & (low[:, 1] <= north) & (high[:, 1] >= south)
        return np.flatnonzero(used & (reach | over)).astype(np.int32)

    def _flat_shape(self, geometry: BaseGeometry) -> BaseGeometry:
        def flat(points: Floats) -> Floats:
            metres: Floats = (points - self._origin) * self._scale
            return metres

        flattened: BaseGeometry = shapely.transform(geometry, flat)
        return flattened


def _united(site: dict[str, Any]) -> BaseGeometry:
    """The ground of a site; parcels may touch or overlap."""
    parcels = [site["coordinates"]] if site["type"] == "Polygon" else site["coordinates"]
    ground: BaseGeometry = shapely.union_all([shape({"type": "Polygon", "coordinates": parcel}) for parcel in parcels])
    return ground


def _drivable() -> frozenset[str]:
    return frozenset(row.name for row in load_street_classes() if row.drivable)
