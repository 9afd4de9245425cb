"""Put a network together piece by piece: what every importer, and every hand-drawn test map, ends in.

draft = NetworkDraft("Three streets")
a, b = draft.junction(174.77, -41.28), draft.junction(174.78, -41.28)
draft.way(a, b, name="Hill Street", street_class="residential")
network = draft.finish()
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import nan
from typing import TYPE_CHECKING, Any

import numpy as np

from clearway.errors import UnknownName
from clearway.network.classes import (
    ALL_CLASSES_MASK,
    StreetClass,
    VehicleClass,
    class_mask,
    load_street_classes,
    load_vehicle_classes,
)
from clearway.network.geometry import point_at, segment_lengths_m
from clearway.network.model import ARRAY_DTYPES, NO_NAME, Network

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clearway.network.model import Floats, Longs

FRONTAGE_SPACING_M = 20.0
"""About the width of a plot: a frontage point stands in for a house on either side."""
_WALKING_KMH = 5.0
"""Of a class on foot to which the table of vehicle classes gives no speed: a brisk walk."""
_DRIVEN = class_mask(["resident", "service", "bus", "general"])
_AFOOT = {"foot", "cycle"}


@dataclass(slots=True)
class _Way:
    tail: int
    head: int
    points: Floats
    source: int
    name: str | None
    street_class: str
    permit: tuple[int, int]
    speed_kmh: tuple[float, float]
    level: int
    lanes: int
    width_m: float
    bus_trips: int


@dataclass(slots=True)
class NetworkDraft:
    """A network being drawn. Every method returns the index of what it added."""

    name: str
    vehicle_classes: tuple[VehicleClass, ...] = field(default_factory=load_vehicle_classes)
    street_classes: tuple[StreetClass, ...] = field(default_factory=load_street_classes)
    driving_side: str = "left"
    notices: tuple[str, ...] = ()
    report: dict[str, Any] = field(default_factory=dict)
    coverage: tuple[float, float, float, float] | None = None
    _junctions: list[tuple[float, float, bool]] = field(default_factory=list)
    _ways: list[_Way] = field(default_factory=list)
    _stops: list[tuple[int, float, int, str]] = field(default_factory=list)
    _turns: list[tuple[tuple[int, ...], int, int]] = field(default_factory=list)
    _limits: list[tuple[int, int, int, float, int]] = field(default_factory=list)
    _addresses: list[tuple[int, float, int, float, float, str | None]] = field(default_factory=list)
    _places: list[tuple[str, str | None, float, float]] = field(default_factory=list)
    _areas: list[tuple[str, str | None, Floats]] = field(default_factory=list)

    def junction(self, lon: float, lat: float, *, edge: bool = False) -> int:
        """Add a junction; ``edge`` where the data end though the street may go on."""
        self._junctions.append((lon, lat, edge))
        return len(self._junctions) - 1

    def way(  # noqa: PLR0913 - a way has this many properties; all but the ends are by keyword
        self,
        tail: int,
        head: int,
        *,
        points: Sequence[Sequence[float]] | Floats | None = None,
        source: int | None = None,
        name: str | None = None,
        street_class: str = "residential",
        permit: tuple[int, int] | None = None,
        speed_kmh: float | tuple[float, float] | None = None,
        level: int = 0,
        lanes: int = 0,
        width_m: float = nan,
        bus_trips: int = 0,
    ) -> int:
        """Add a way from junction ``tail`` to ``head``.

        Args:
            tail: Junction at the first point.
            head: Junction at the last point.
            points: (n, 2) longitude and latitude, tail first, by default a straight line.
            source: Id in the source, by default the way's own index.
            name: The street's name.
            street_class: A name of the street class table.
            permit: Class masks along and against the points, by default what the table allows, both ways.
            speed_kmh: The street's speed for motor vehicles, one or (along, against), by default the class's.
            level: 1 bridge over, 0 ground, -1 under.
            lanes: In both directions together, 0 not known.
            width_m: Metres between kerbs, NaN not known.
            bus_trips: Scheduled bus trips a day, both directions.

        Raises:
            UnknownName: the table has no such street class.
        """
        known = self.street(street_class)
        if points is None:
            points = [self._junctions[tail][:2], self._junctions[head][:2]]
        if permit is None:
            permit = (self.usual_permit(street_class),) * 2
        speed = speed_kmh if speed_kmh is not None else known.speed_kmh
        self._ways.append(
            _Way(
                tail=tail,
                head=head,
                points=np.asarray(points, dtype=np.float64),
                source=len(self._ways) if source is None else source,
                name=name,
                street_class=street_class,
                permit=permit,
                speed_kmh=speed if isinstance(speed, tuple) else (speed, speed),
                level=level,
                lanes=lanes,
                width_m=width_m,
                bus_trips=bus_trips,
            )
        )
        return len(self._ways) - 1

    def stop(self, way: int, offset_m: float, *, blocks: int, kind: str = "bollard") -> int:
        """Add a lasting obstacle at a point of a way that the classes of mask ``blocks`` cannot pass."""
        self._stops.append((way, offset_m, blocks, kind))
        return len(self._stops) - 1

    def turn(self, arcs: Iterable[int], *, classes: int = ALL_CLASSES_MASK, source: int = 0) -> int:
        """Forbid the classes of a mask to drive a sequence of two or more arcs one after the other."""
        self._turns.append((tuple(arcs), classes, source))
        return len(self._turns) - 1

    def limit(self, size: int, most: float, *, classes: int, arc: int = -1, stop: int = -1) -> None:
        """Say what limits the vehicles of a mask on an arc or at a stop; it is for the caller to shut out who does not fit.

        Args:
            size: Index into ``SIZES``.
            most: Metres or tonnes that still pass.
            classes: The classes that may pass where they fit.
            arc: The arc, or
            stop: the stop.
        """
        self._limits.append((arc, stop, size, most, classes))

    def address(
        self,
        way: int,
        offset_m: float,
        *,
        side: int = 0,
        at: tuple[float, float] | None = None,
        label: str | None = None,
    ) -> int:
        """Add an address that fronts a way at an offset from its tail; ``at`` is its own position (lon, lat)."""
        lon, lat = at or point_at(self._ways[way].points, offset_m)
        self._addresses.append((way, offset_m, side, lon, lat, label))
        return len(self._addresses) - 1

    def place(self, kind: str, lon: float, lat: float, *, name: str | None = None) -> int:
        """Add a place: a station, a hospital, a school, a stop."""
        self._places.append((kind, name, lon, lat))
        return len(self._places) - 1

    def area(self, kind: str, ring: Sequence[Sequence[float]] | Floats, *, name: str | None = None) -> int:
        """Add an area: building, water, park, or a square that people cross, as one ring."""
        self._areas.append((kind, name, np.asarray(ring, dtype=np.float64)))
        return len(self._areas) - 1

    def outline(self) -> tuple[Floats, Floats, Longs, list[str]]:
        """What is drawn so far: (J,) longitude and latitude of junctions, (W, 2) ends and (W,) street class of ways."""
        at = np.array([junction[:2] for junction in self._junctions], np.float64).reshape(-1, 2)
        ends = np.array([(way.tail, way.head) for way in self._ways], np.int64).reshape(-1, 2)
        return at[:, 0], at[:, 1], ends, [way.street_class for way in self._ways]

    def mark_edges(self, junctions: Iterable[int]) -> None:
        """Mark junctions where the data end though the street may go on."""
        for junction in junctions:
            self._junctions[junction] = (*self._junctions[junction][:2], True)

    def street(self, street_class: str) -> StreetClass:
        """The table's row for a street class.

        Raises:
            UnknownName: the table has none of that name.
        """
        found = next((row for row in self.street_classes if row.name == street_class), None)
        if found is None:
            raise UnknownName("street class", [street_class], (row.name for row in self.street_classes))
        return found

    def usual_permit(self, street_class: str) -> int:
        """The classes that may use a street class where no sign says otherwise."""
        return class_mask(row.name for row in self.vehicle_classes if street_class in row.streets)

    def finish(self) -> Network:
        """The network, with frontage points where nobody gave an address."""
        stand_in = not self._addresses
        if stand_in:
            self._add_frontage()
        strings = _Strings()
        arrays: dict[str, Any] = {
            **self._junction_arrays(),
            **self._way_arrays(strings),
            **self._stop_and_turn_arrays(),
            **self._limit_arrays(),
            **self._point_arrays(strings),
            **self._area_arrays(strings),
        }
        arrays |= {"string_start": strings.starts, "string_bytes": np.frombuffer(b"".join(strings.encoded), np.uint8)}
        typed: dict[str, Any] = {key: np.asarray(arrays[key], dtype=dtype) for key, dtype in ARRAY_DTYPES.items()}
        return Network(
            name=self.name,
            address_source="frontage" if stand_in else "addresses",
            driving_side=self.driving_side,
            notices=self.notices,
            street_classes=tuple(row.name for row in self.street_classes),
            place_kinds=_kinds(place[0] for place in self._places),
            area_kinds=_kinds(area[0] for area in self._areas),
            stop_kinds=_kinds(stop[3] for stop in self._stops),
            report=self.report,
            coverage=self.coverage or self._bounds(),
            **typed,
        )

    def _add_frontage(self) -> None:
        for index, way in enumerate(self._ways):
            if not (way.permit[0] | way.permit[1]) & _DRIVEN or way.street_class.startswith(("motorway", "trunk")):
                continue
            along = np.concatenate(([0.0], np.cumsum(segment_lengths_m(way.points))))
            count = max(1, round(along[-1] / FRONTAGE_SPACING_M))
            offsets = (np.arange(count) + 0.5) * along[-1] / count
            lon, lat = (np.interp(offsets, along, way.points[:, axis]).round(7).tolist() for axis in (0, 1))
            self._addresses += [(index, *at, None) for at in zip(offsets.tolist(), [0] * count, lon, lat, strict=True)]

    def _bounds(self) -> tuple[float, float, float, float]:
        if not self._junctions:
            return (0.0, 0.0, 0.0, 0.0)
        points = np.concatenate([np.array([junction[:2] for junction in self._junctions]), *(way.points for way in self._ways)])
        (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
        return (float(west), float(south), float(east), float(north))

    def _junction_arrays(self) -> dict[str, Any]:
        lon, lat, edge = zip(*self._junctions, strict=True) if self._junctions else ((), (), ())
        return {"junction_lon": lon, "junction_lat": lat, "junction_edge": edge}

    def _way_arrays(self, strings: _Strings) -> dict[str, Any]:
        ways = self._ways
        points: Floats = np.concatenate([way.points for way in ways]) if ways else np.empty((0, 2))
        starts = np.cumsum([0, *(len(way.points) for way in ways)])
        class_at = {row.name: index for index, row in enumerate(self.street_classes)}
        return {
            "way_tail": [way.tail for way in ways],
            "way_head": [way.head for way in ways],
            "way_source": [way.source for way in ways],
            "way_name": [strings.index(way.name) for way in ways],
            "way_class": [class_at[way.street_class] for way in ways],
            "way_length_m": _lengths_m(points, starts),
            "way_level": [way.level for way in ways],
            "way_lanes": [way.lanes for way in ways],
            "way_width_m": [way.width_m for way in ways],
            "way_bus_trips": [way.bus_trips for way in ways],
            "way_points": starts,
            "point_lon": points[:, 0],
            "point_lat": points[:, 1],
            "arc_permit": [mask for way in ways for mask in way.permit],
            "arc_speed_kmh": self._speeds(),
        }

    def _speeds(self) -> Floats:
        street = np.array([speed for way in self._ways for speed in way.speed_kmh], dtype=np.float64)
        rows = []
        for row in self.vehicle_classes:
            if row.name in _AFOOT:
                rows.append(np.full(len(street), (row.max_speed_kmh or _WALKING_KMH) * row.speed_factor))
            else:
                rows.append(np.minimum(street * row.speed_factor, row.max_speed_kmh or np.inf))
        return np.array(rows).reshape(len(self.vehicle_classes), len(street))

    def _stop_and_turn_arrays(self) -> dict[str, Any]:
        kinds = _kinds(stop[3] for stop in self._stops)
        return {
            "stop_way": [stop[0] for stop in self._stops],
            "stop_offset_m": [stop[1] for stop in self._stops],
            "stop_blocks": [stop[2] for stop in self._stops],
            "stop_kind": [kinds.index(stop[3]) for stop in self._stops],
            "turn_start": np.cumsum([0, *(len(arcs) for arcs, _, _ in self._turns)]),
            "turn_arcs": [arc for arcs, _, _ in self._turns for arc in arcs],
            "turn_classes": [classes for _, classes, _ in self._turns],
            "turn_source": [source for _, _, source in self._turns],
        }

    def _limit_arrays(self) -> dict[str, Any]:
        names = ("limit_arc", "limit_stop", "limit_size", "limit_most", "limit_classes")
        return dict(zip(names, zip(*self._limits, strict=True) if self._limits else ((),) * len(names), strict=True))

    def _point_arrays(self, strings: _Strings) -> dict[str, Any]:
        kinds = _kinds(place[0] for place in self._places)
        return {
            "address_way": [address[0] for address in self._addresses],
            "address_offset_m": [address[1] for address in self._addresses],
            "address_side": [address[2] for address in self._addresses],
            "address_lon": [address[3] for address in self._addresses],
            "address_lat": [address[4] for address in self._addresses],
            "address_label": [strings.index(address[5]) for address in self._addresses],
            "place_kind": [kinds.index(place[0]) for place in self._places],
            "place_name": [strings.index(place[1]) for place in self._places],
            "place_lon": [place[2] for place in self._places],
            "place_lat": [place[3] for place in self._places],
        }

    def _area_arrays(self, strings: _Strings) -> dict[str, Any]:
        kinds = _kinds(area[0] for area in self._areas)
        rings: Floats = np.concatenate([area[2] for area in self._areas]) if self._areas else np.empty((0, 2))
        return {
            "area_kind": [kinds.index(area[0]) for area in self._areas],
            "area_name": [strings.index(area[1]) for area in self._areas],
            "area_points": np.cumsum([0, *(len(area[2]) for area in self._areas)]),
            "area_lon": rings[:, 0],
            "area_lat": rings[:, 1],
        }


class _Strings:
    """Each distinct string once, numbered in order of arrival."""

    def __init__(self) -> None:
        self._at: dict[str, int] = {}
        self.encoded: list[bytes] = []

    def index(self, text: str | None) -> int:
        if text is None:
            return NO_NAME
        if text not in self._at:
            self._at[text] = len(self._at)
            self.encoded.append(text.encode())
        return self._at[text]

    @property
    def starts(self) -> Longs:
        return np.cumsum([0, *(len(part) for part in self.encoded)])


def _lengths_m(points: Floats, starts: Longs) -> Floats:
    """Metres of each way, at least a centimetre: segment lengths of all ways at once, those between two ways left out."""
    if len(points) == 0:
        return np.empty(0)
    between = np.append(segment_lengths_m(points), 0.0)
    between[starts[1:] - 1] = 0.0
    return np.maximum(np.add.reduceat(between, starts[:-1]), 0.01)


def _kinds(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
