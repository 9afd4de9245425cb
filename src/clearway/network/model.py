"""The road network: junctions, ways, arcs and what stands along them, as flat arrays.

A **way** is a street piece between two junctions. Its two **arcs** always both exist: arc ``2 * way`` runs along the way's
geometry, arc ``2 * way + 1`` against it; ``arc ^ 1`` is the other direction, ``arc >> 1`` the way. Whether a class of
vehicle may use an arc is a bit of ``arc_permit`` (bit order: ``classes.VEHICLE_CLASSES``). A **stop** is a lasting obstacle
at one point of a way (a bollard, a gate): the classes it blocks may drive up to it from either side but not past it. A
**turn restriction** is a sequence of arcs that the classes it binds may not drive one after the other, whatever form the
source gave it.

All coordinates are WGS 84 degrees, lengths metres, speeds km/h, times whole milliseconds.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from clearway.network.classes import VEHICLE_CLASSES, class_index

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int32]
    Longs = NDArray[np.int64]
    Bytes = NDArray[np.uint8]
    Bools = NDArray[np.bool_]

NO_NAME = -1
"""The string index of what has no name."""
EARTH_RADIUS_M = 6_371_008.8
"""Mean radius of the WGS 84 ellipsoid (International Union of Geodesy and Geophysics)."""
MS_PER_KMH_M = 3600
"""Milliseconds to drive one metre at 1 km/h."""

NEVER_MS = np.iinfo(np.int32).max
"""The travel time of what cannot be reached or may not be used."""
ACROSS_M = "across_m"
"""Where a network's report has the size of turning places: (place index, metres from kerb to kerb) of those that record it."""


@dataclass(frozen=True, eq=False)
class Network:
    """One road network. Arrays may be read-only views of a mapped file; nothing ever writes to them.

    Shapes: J junctions, W ways, A = 2 W arcs, P geometry points, S stops, T turn restrictions, M limits, D addresses, L places,
    R areas.
    """

    # header
    name: str
    address_source: str  # "addresses" (house numbers, entrances, buildings) or "frontage" (a point every 20 m stands in)
    driving_side: str  # "left" or "right"
    notices: tuple[str, ...]  # attribution lines that every map and document must show
    street_classes: tuple[str, ...]
    place_kinds: tuple[str, ...]
    area_kinds: tuple[str, ...]  # building, water, park, square
    stop_kinds: tuple[str, ...]  # OpenStreetMap barrier=* values
    report: dict[str, Any]  # what the import took, refused and ignored, by reason
    coverage: tuple[float, float, float, float]  # west, south, east, north of the data

    # junctions
    junction_lon: Floats  # (J,) degrees
    junction_lat: Floats  # (J,) degrees
    junction_edge: Bools  # (J,) the data end here though the street may go on

    # ways
    way_tail: Ints  # (W,) junction at the first point
    way_head: Ints  # (W,) junction at the last point
    way_source: Longs  # (W,) OSM way id or centreline id; several ways may share one
    way_name: Ints  # (W,) string index or NO_NAME
    way_class: Bytes  # (W,) index into street_classes
    way_length_m: Floats  # (W,) metres along the geometry, > 0
    way_level: NDArray[np.int8]  # (W,) 1 bridge over, 0 ground, -1 under
    way_lanes: Bytes  # (W,) lanes in both directions together, 0 not known
    way_width_m: Floats  # (W,) metres between kerbs, NaN not known
    way_bus_trips: Ints  # (W,) scheduled bus trips a day over it, both directions together
    way_points: Longs  # (W + 1,) first geometry point of each way; the last entry is P
    point_lon: Floats  # (P,) degrees
    point_lat: Floats  # (P,) degrees

    # arcs
    arc_permit: Bytes  # (A,) classes that may drive along, as signed, stops aside
    arc_speed_kmh: NDArray[np.float32]  # (classes, A) km/h each class drives when it may, > 0

    # stops: lasting obstacles at a point of a way
    stop_way: Ints  # (S,)
    stop_offset_m: Floats  # (S,) metres from the way's tail
    stop_blocks: Bytes  # (S,) classes that cannot pass
    stop_kind: Bytes  # (S,) index into stop_kinds

    # turn restrictions: sequences of arcs that may not follow one another
    turn_start: Longs  # (T + 1,) first entry of each in turn_arcs
    turn_arcs: Ints  # the sequences, two arcs or more each
    turn_classes: Bytes  # (T,) classes bound
    turn_source: Longs  # (T,) OSM relation id, 0 where there is none

    # limits of size, each on an arc or at a stop; what does not fit is already out of arc_permit and in stop_blocks
    limit_arc: Ints  # (M,) -1 at a stop
    limit_stop: Ints  # (M,) -1 along an arc
    limit_size: Bytes  # (M,) index into classes.SIZES
    limit_most: Floats  # (M,) metres or tonnes that still pass
    limit_classes: Bytes  # (M,) classes that it concerns, and that may pass where they fit

    # addresses, each tied to the way it fronts
    address_way: Ints  # (D,)
    address_offset_m: Floats  # (D,) metres from the way's tail
    address_side: NDArray[np.int8]  # (D,) -1 left of the way's direction, 1 right, 0 on it
    address_lon: Floats  # (D,) degrees, of the address itself
    address_lat: Floats  # (D,)
    address_label: Ints  # (D,) string index: "12 Hill Street", or NO_NAME for frontage points

    # places: stations, hospitals, schools, stops
    place_kind: Bytes  # (L,) index into place_kinds
    place_name: Ints  # (L,) string index or NO_NAME
    place_lon: Floats  # (L,)
    place_lat: Floats  # (L,)

    # areas for the map: rings, one after the other
    area_kind: Bytes  # (R,) index into area_kinds
    area_name: Ints  # (R,) string index or NO_NAME
    area_points: Longs  # (R + 1,) first ring point of each
    area_lon: Floats
    area_lat: Floats

    # strings
    string_start: Longs  # (strings + 1,) first byte of each
    string_bytes: Bytes  # UTF-8

    strings_seen: dict[int, str] = field(default_factory=dict, repr=False, compare=False)

    @property
    def address_noun(self) -> str:
        """What its addresses are called: the points that stand in for them are none."""
        return "address" if self.address_source == "addresses" else "frontage point"

    @property
    def junction_count(self) -> int:
        """Number of junctions."""
        return len(self.junction_lon)

    @property
    def way_count(self) -> int:
        """Number of ways."""
        return len(self.way_tail)

    @property
    def arc_count(self) -> int:
        """Number of arcs, usable or not: twice the ways."""
        return len(self.arc_permit)

    @property
    def address_count(self) -> int:
        """Number of addresses or frontage points."""
        return len(self.address_way)

    def string(self, index: int) -> str | None:
        """The string of an index, None for ``NO_NAME``."""
        if index < 0:
            return None
        if index not in self.strings_seen:
            first, end = self.string_start[index : index + 2]
            self.strings_seen[index] = bytes(self.string_bytes[first:end]).decode("utf-8")
        return self.strings_seen[index]

    def street(self, way: int) -> str | None:
        """The street's name at a way, None where it has none."""
        return self.string(int(self.way_name[way]))

    def class_of(self, way: int) -> str:
        """The street class of a way."""
        return self.street_classes[int(self.way_class[way])]

    def geometry(self, way: int) -> Floats:
        """(points, 2) longitude and latitude along a way, tail first."""
        first, end = self.way_points[way : way + 2]
        return np.column_stack((self.point_lon[first:end], self.point_lat[first:end]))

    @cached_property
    def arc_tail(self) -> Ints:
        """(A,) junction each arc leaves."""
        return _interleaved(self.way_tail, self.way_head)

    @cached_property
    def arc_head(self) -> Ints:
        """(A,) junction each arc enters."""
        return _interleaved(self.way_head, self.way_tail)

    @cached_property
    def arc_through(self) -> Bytes:
        """(A,) classes that may drive along the whole arc: permitted, and no stop on the way blocks them."""
        blocked = np.zeros(self.way_count, np.uint8)
        np.bitwise_or.at(blocked, self.stop_way, self.stop_blocks)
        through: Bytes = self.arc_permit & ~np.repeat(blocked, 2)
        return through

    def travel_ms(self, vehicle_class: str) -> Ints:
        """(A,) whole milliseconds a class needs along each arc, at least 1, whether or not it may use it.

        The rule, which certificates are checked by: ``round(length_m * 3600 / speed_kmh)``, half to even.

        Raises:
            UnknownName: no such class.
        """
        speed = self.arc_speed_kmh[class_index(vehicle_class)].astype(np.float64)
        length = np.repeat(self.way_length_m, 2)
        return np.asarray(np.maximum(np.rint(length * MS_PER_KMH_M / speed), 1), dtype=np.int32)


ARRAY_DTYPES: dict[str, str] = {
    **dict.fromkeys(("junction_lon", "junction_lat", "way_length_m", "way_width_m", "point_lon", "point_lat"), "<f8"),
    **dict.fromkeys(("stop_offset_m", "address_offset_m", "address_lon", "address_lat"), "<f8"),
    **dict.fromkeys(("place_lon", "place_lat", "area_lon", "area_lat", "limit_most"), "<f8"),
    **dict.fromkeys(("way_source", "way_points", "turn_start", "turn_source", "area_points", "string_start"), "<i8"),
    **dict.fromkeys(("way_tail", "way_head", "way_name", "way_bus_trips", "stop_way", "turn_arcs"), "<i4"),
    **dict.fromkeys(("address_way", "address_label", "place_name", "area_name", "limit_arc", "limit_stop"), "<i4"),
    **dict.fromkeys(("way_class", "way_lanes", "arc_permit", "stop_blocks", "stop_kind", "turn_classes"), "|u1"),
    **dict.fromkeys(("place_kind", "area_kind", "string_bytes", "limit_size", "limit_classes"), "|u1"),
    **dict.fromkeys(("way_level", "address_side"), "|i1"),
    "arc_speed_kmh": "<f4",
    "junction_edge": "|b1",
}
"""Every array of a network with its dtype, little-endian, as stored in the file."""

LATER_ARRAYS = frozenset({"limit_arc", "limit_stop", "limit_size", "limit_most", "limit_classes"})
"""Arrays that files made by version 0.1 lack: empty there. Where they are empty the digest passes them over."""

HEADER_FIELDS: tuple[str, ...] = tuple(f.name for f in fields(Network) if f.name not in {*ARRAY_DTYPES, "strings_seen"})
"""Every field of a network that is stored in the file's header."""

CLASS_COUNT = len(VEHICLE_CLASSES)


def _interleaved(first: Ints, second: Ints) -> Ints:
    both = np.empty(2 * len(first), np.int32)
    both[0::2], both[1::2] = first, second
    return both
