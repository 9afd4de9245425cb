"""Read the bus trips of a GTFS feed: each shape with the trips that follow it on the busiest service day, and each route.

General Transit Feed Specification, static part: ``routes``, ``trips``, ``shapes``, ``calendar``, ``calendar_dates``,
``frequencies``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from clearway.errors import BadFile
from clearway.network.transit.feed_file import is_bus, read_feed, rows, seconds_of
from clearway.network.transit.service_days import busiest, service_days

if TYPE_CHECKING:
    import zipfile
    from datetime import date
    from pathlib import Path

    from clearway.network.model import Floats


@dataclass(frozen=True, slots=True)
class BusShape:
    """A path that buses follow: (n, 2) longitude and latitude, and its trips on the day counted."""

    shape_id: str
    points: Floats
    trips: int


@dataclass(frozen=True, slots=True)
class BusDay:
    """The busiest day of a feed.

    Attributes:
        day: The service day, None where the feed names no day and every trip counts.
        shapes: The paths with trips on that day.
        trips: Bus trips on that day, with or without a path.
        without_shape: Trips among them that the feed draws no path for.
    """

    day: date | None
    shapes: tuple[BusShape, ...]
    trips: int
    without_shape: int


@dataclass(frozen=True, slots=True)
class BusRoute:
    """One direction of a bus route, by the path that most of its trips take.

    Attributes:
        route: Its number as people know it.
        towards: What most of those buses show in front, empty where the feed does not say.
        trips: Trips of the route in this direction on the day counted, by whatever path.
        points: (n, 2) longitude and latitude of the path.
    """

    route: str
    towards: str
    trips: int
    points: Floats


def read_bus_day(path: Path) -> BusDay:
    """The bus trips of a feed on its busiest service day.

    Raises:
        BadFile: the file is no zip, lacks a table or a column, holds a value that cannot be read, or has no bus trip.
    """
    return read_feed(path, _bus_day)


def read_bus_routes(path: Path) -> tuple[BusRoute, ...]:
    """The bus routes of a feed on its busiest service day, both directions, by route; those without a path are left out.

    Raises:
        BadFile: as :func:`read_bus_day`.
    """
    return read_feed(path, _bus_routes)


class _Trip(NamedTuple):
    service: str
    route: str
    direction: str
    shown: str
    shape: str
    runs: int


def _bus_day(path: Path, feed: zipfile.ZipFile) -> BusDay:
    day, running = _on_busiest_day(path, feed)
    trips: Counter[str] = Counter()
    for trip in running:
        trips[trip.shape] += trip.runs
    drawn = _drawn(feed, {shape for shape in trips if shape})
    shapes = tuple(BusShape(shape, drawn[shape], trips[shape]) for shape in sorted(drawn))
    return BusDay(day, shapes, trips.total(), trips.total() - sum(shape.trips for shape in shapes))


def _bus_routes(path: Path, feed: zipfile.ZipFile) -> tuple[BusRoute, ...]:
    shapes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    shown: dict[str, Counter[str]] = defaultdict(Counter)
    for trip in _on_busiest_day(path, feed)[1]:
        shapes[trip.route, trip.direction][trip.shape] += trip.runs if trip.shape else 0
        shown[trip.shape][trip.shown] += trip.runs
    usual = {route: _commonest(taken) for route, taken in shapes.items()}
    drawn = _drawn(feed, {shape for shape in usual.values() if shape})
    return tuple(
        BusRoute(route[0], _commonest(shown[shape]), shapes[route].total(), drawn[shape])
        for route, shape in sorted(usual.items())
        if shape in drawn
    )


def _commonest(counted: Counter[str]) -> str:
    """The text with most, of equals the first in the alphabet."""
    return max(sorted(counted), key=counted.__getitem__)


def _on_busiest_day(path: Path, feed: zipfile.ZipFile) -> tuple[date | None, list[_Trip]]:
    names = {row["route_id"]: row.get("route_short_name") or row.get("route_long_name") or row["route_id"]
             for row in rows(feed, "routes.txt") if is_bus(int(row["route_type"]))}  # fmt: skip
    runs = _runs(feed)
    trips = [
        _Trip(
            row["service_id"],
            names[row["route_id"]],
            row.get("direction_id") or "",
            row.get("trip_headsign") or "",
            row.get("shape_id") or "",
            runs.get(row["trip_id"], 1),
        )
        for row in rows(feed, "trips.txt")
        if row["route_id"] in names
    ]
    if not trips:
        raise BadFile(path, "has no bus trip (route_type 3, 11 or 700 to 799)", "Give a feed with buses, or leave it out.")
    by_service: Counter[str] = Counter()
    for trip in trips:
        by_service[trip.service] += trip.runs
    day, services = busiest(service_days(feed), by_service)
    return day, [trip for trip in trips if trip.service in services]


def _runs(feed: zipfile.ZipFile) -> dict[str, int]:
    """How often each trip that is given by its headway runs."""
    runs: Counter[str] = Counter()
    for row in rows(feed, "frequencies.txt", optional=True):
        lasts = seconds_of(row["end_time"]) - seconds_of(row["start_time"])
        runs[row["trip_id"]] += max(0, -(-lasts // int(row["headway_secs"])))
    return runs


def _drawn(feed: zipfile.ZipFile, wanted: set[str]) -> dict[str, Floats]:
    points: dict[str, list[tuple[int, float, float]]] = defaultdict(list)
    for row in rows(feed, "shapes.txt", optional=True):
        if row["shape_id"] in wanted:
            points[row["shape_id"]].append(
                (int(row["shape_pt_sequence"]), float(row["shape_pt_lon"]), float(row["shape_pt_lat"]))
            )
    return {shape: np.array(sorted(rows))[:, 1:] for shape, rows in points.items() if len(rows) > 1}
