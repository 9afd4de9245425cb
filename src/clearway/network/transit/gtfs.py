"""Read the bus trips of a GTFS feed: each shape with the trips that follow it on the busiest service day, and each route.

General Transit Feed Specification, static part: ``routes``, ``trips``, ``shapes``, ``calendar``, ``calendar_dates``,
``frequencies``.
"""

from __future__ import annotations

import csv
import io
import lzma
import zipfile
import zlib
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import numpy as np

from clearway.archives import check_zip
from clearway.errors import BadFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from clearway.network.model import Floats

T = TypeVar("T")

_REMEDY = "Give the zip file of a static GTFS feed."
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_BUS, _TROLLEYBUS, _EXTENDED_BUS = 3, 11, range(700, 800)
_ADDED, _REMOVED = "1", "2"
_MOST_DAYS = 1500
"""Four years: a calendar that claims to run longer is searched no further for its busiest day."""

_MOST_SERVICE_DAYS = 20_000_000
"""Of all services together: five times those of a whole country's feed."""

_LONGEST_ROW_CHARS = 1_000_000
"""Of a table, in characters: no row of a timetable is a hundredth of it."""


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
    return _read(path, _bus_day)


def read_bus_routes(path: Path) -> tuple[BusRoute, ...]:
    """The bus routes of a feed on its busiest service day, both directions, by route; those without a path are left out.

    Raises:
        BadFile: as :func:`read_bus_day`.
    """
    return _read(path, _bus_routes)


def _read(path: Path, what: Callable[[Path, zipfile.ZipFile], T]) -> T:
    try:
        with path.open("rb") as file, zipfile.ZipFile(file) as feed:
            check_zip(feed, path)
            return what(path, feed)
    except OSError as error:
        raise BadFile(path, f"cannot be read ({error.strerror or error})", "Check the name.") from error
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, RuntimeError) as error:
        raise BadFile(path, "not a complete zip file", _REMEDY) from error
    except (KeyError, ValueError, TypeError, AttributeError, ArithmeticError, csv.Error) as error:
        raise BadFile(path, f"not a static GTFS feed ({error})", _REMEDY) from error


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
             for row in _rows(feed, "routes.txt") if _is_bus(int(row["route_type"]))}  # fmt: skip
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
        for row in _rows(feed, "trips.txt")
        if row["route_id"] in names
    ]
    if not trips:
        raise BadFile(path, "has no bus trip (route_type 3, 11 or 700 to 799)", "Give a feed with buses, or leave it out.")
    by_service: Counter[str] = Counter()
    for trip in trips:
        by_service[trip.service] += trip.runs
    day, services = _busiest(feed, by_service)
    return day, [trip for trip in trips if trip.service in services]


def _is_bus(route_type: int) -> bool:
    return route_type in {_BUS, _TROLLEYBUS} or route_type in _EXTENDED_BUS


def _rows(feed: zipfile.ZipFile, name: str, *, optional: bool = False) -> Iterator[dict[str, str]]:
    inside = next((entry for entry in feed.namelist() if entry.rpartition("/")[2] == name), None)
    if inside is None:
        if optional:
            return
        raise KeyError(f"{name} is missing")
    with feed.open(inside) as file:
        yield from csv.DictReader(_lines(io.TextIOWrapper(file, "utf-8-sig", newline="")), skipinitialspace=True)


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    """The lines of a table, none longer than any row is."""
    while line := text.readline(_LONGEST_ROW_CHARS):
        if len(line) == _LONGEST_ROW_CHARS:
            raise ValueError(f"a row has more than {_LONGEST_ROW_CHARS:,} characters")
        yield line


def _runs(feed: zipfile.ZipFile) -> dict[str, int]:
    """How often each trip that is given by its headway runs."""
    runs: Counter[str] = Counter()
    for row in _rows(feed, "frequencies.txt", optional=True):
        lasts = _seconds(row["end_time"]) - _seconds(row["start_time"])
        runs[row["trip_id"]] += max(0, -(-lasts // int(row["headway_secs"])))
    return runs


def _seconds(clock: str) -> int:
    hours, minutes, seconds = clock.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds)


def _busiest(feed: zipfile.ZipFile, trips: Counter[str]) -> tuple[date | None, set[str]]:
    """The day with most trips, and its services; every service where the feed has no calendar."""
    running: dict[date, set[str]] = defaultdict(set)
    calendar = list(_rows(feed, "calendar.txt", optional=True))
    if sum(map(_day_count, calendar)) > _MOST_SERVICE_DAYS:
        raise ValueError(f"its calendar has more than {_MOST_SERVICE_DAYS:,} days of service")
    for row in calendar:
        for day in _days(row):
            running[day].add(row["service_id"])
    for row in _rows(feed, "calendar_dates.txt", optional=True):
        services = running[_date(row["date"])]
        if row["exception_type"] == _ADDED:
            services.add(row["service_id"])
        elif row["exception_type"] == _REMOVED:
            services.discard(row["service_id"])
    if not running:
        return None, set(trips)
    busiest = max(sorted(running), key=lambda day: sum(trips[service] for service in running[day]))
    return busiest, running[busiest]


def _days(row: dict[str, str]) -> Iterator[date]:
    first = _date(row["start_date"])
    for step in range(_span_days(row)):
        day = first + timedelta(days=step)
        if row[_WEEKDAYS[day.weekday()]] == "1":
            yield day


def _day_count(row: dict[str, str]) -> int:
    """How many days :func:`_days` gives, without going through them."""
    weekmask = [row[weekday] == "1" for weekday in _WEEKDAYS]
    first = np.datetime64(_date(row["start_date"]))
    return int(np.busday_count(first, first + _span_days(row), weekmask)) if any(weekmask) else 0


def _span_days(row: dict[str, str]) -> int:
    """Days from the first of a calendar to its last, no more than matter."""
    return max(0, min((_date(row["end_date"]) - _date(row["start_date"])).days + 1, _MOST_DAYS))


def _date(text: str) -> date:
    return date(int(text[:4]), int(text[4:6]), int(text[6:8]))


def _drawn(feed: zipfile.ZipFile, wanted: set[str]) -> dict[str, Floats]:
    points: dict[str, list[tuple[int, float, float]]] = defaultdict(list)
    for row in _rows(feed, "shapes.txt", optional=True):
        if row["shape_id"] in wanted:
            points[row["shape_id"]].append(
                (int(row["shape_pt_sequence"]), float(row["shape_pt_lon"]), float(row["shape_pt_lat"]))
            )
    return {shape: np.array(sorted(rows))[:, 1:] for shape, rows in points.items() if len(rows) > 1}
