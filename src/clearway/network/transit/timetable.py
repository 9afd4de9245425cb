"""The bus timetable of one service day: stops, trips with every call, and the patterns that trips share.

General Transit Feed Specification, static part: ``agency``, ``routes``, ``stops``, ``trips``, ``stop_times``, ``shapes``,
``calendar``, ``calendar_dates``, ``frequencies``. A table that is missing is a fault of the feed; a row that cannot be used
leaves out that call, trip or path alone, and the timetable lists what it left out and why. Everything is known by its id: two
routes of one number are two routes.

Times count from noon of the service day minus twelve hours, and run past 24:00:00: on the two days of the year when the clocks
change, that is not midnight.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter, defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np

from clearway.errors import BadFile, BadInput
from clearway.network.transit.feed_file import is_bus, read_feed, rows, seconds_of
from clearway.network.transit.service_days import busiest, service_days

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from clearway.network.model import Floats

_NOON_S = 43_200
"""Twelve hours: what the times of a feed count from lies so long before noon."""
_LATEST_S = 4 * 86_400
"""Four days: no bus is longer under way, and a later time is a slip of the pen."""
_MOST_DAYS = 8
"""Of a closure that lasts longer: a week has every kind of day."""
_MOST_RUNS = 5_000
"""Of one trip that is given by its headway: one every 20 seconds."""
_LEAST_POINTS = 2
"""A line has two ends."""


class Stop(NamedTuple):
    """A stop, by its id.

    Attributes:
        stop_id: As in the feed.
        name: What people call it.
        lon: Degrees.
        lat: Degrees.
        station: The id of the station it belongs to, empty where the feed does not say.
        step_free: Whether a wheelchair gets on there; None where the feed does not say.
    """

    stop_id: str
    name: str
    lon: float
    lat: float
    station: str
    step_free: bool | None


class Route(NamedTuple):
    """A route, by its id; ``name`` is its number as people know it."""

    route_id: str
    name: str
    long_name: str


class Trip(NamedTuple):
    """One run of a bus.

    Attributes:
        trip_id: As in the feed; with its start where the feed gives a headway.
        headsign: What it shows in front.
        times_s: Seconds of each call after noon minus twelve hours of the service day.
    """

    trip_id: str
    headsign: str
    times_s: tuple[float, ...]


@dataclass(frozen=True, eq=False)
class Pattern:
    """Trips of one route and direction that drive one path and call at the same stops.

    Attributes:
        route: The route.
        direction: 0 or 1 as in the feed, empty where it does not say.
        shape_id: Of the path as drawn; empty where the feed draws none that can be used.
        stops: Ids in the order in which they are served.
        trips: By their first call.
    """

    route: Route
    direction: str
    shape_id: str
    stops: tuple[str, ...]
    trips: tuple[Trip, ...]

    @property
    def towards(self) -> str:
        """What most of its trips show in front."""
        return max(sorted(shown := Counter(trip.headsign for trip in self.trips)), key=shown.__getitem__)


class LeftOut(NamedTuple):
    """What of a feed could not be used: of what sort, why, and the ids."""

    what: str
    why: str
    ids: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Timetable:
    """The buses of one service day.

    Attributes:
        feed: The feed's file name.
        zone: The time zone of the feed; None where it names none that exists.
        day: The service day; None where the feed has no calendar.
        asked: The day that was asked for, where the feed has no service on it and ``day`` stands in for it.
        stops: By id.
        patterns: By route, direction and first call.
        shapes: By id: (n, 2) longitude and latitude.
        left_out: What could not be used.
    """

    feed: str
    zone: ZoneInfo | None
    day: date | None
    asked: date | None
    stops: dict[str, Stop]
    patterns: tuple[Pattern, ...]
    shapes: dict[str, Floats]
    left_out: tuple[LeftOut, ...]

    @property
    def trip_count(self) -> int:
        """How many trips run that day."""
        return sum(len(pattern.trips) for pattern in self.patterns)

    @property
    def runs_on(self) -> date | None:
        """The day whose dates and hours its trips run at: the one asked for, where another stands in for it."""
        return self.asked or self.day

    def moment(self, seconds: float) -> datetime | None:
        """When a time of the timetable is; None where the feed names no day."""
        if self.runs_on is None:
            return None
        zone = self.zone or UTC
        noon = datetime.combine(self.runs_on, time(12), zone).astimezone(UTC)
        return (noon + timedelta(seconds=seconds - _NOON_S)).astimezone(zone)


Window = tuple[datetime | None, datetime | None]
"""From when to when something is; None: always was, or until further notice."""


def read_timetable(path: Path, day: date | None = None, during: Sequence[Window] = ()) -> Timetable:
    """The buses of a feed on one service day.

    Where the feed has no service on a day, the busiest day of the same weekday stands in for it, else the busiest of all.

    Args:
        path: The zip file.
        day: The service day. None: of the days whose trips run during ``during``, the one with most of them; where nothing is
            given, the busiest of all.
        during: When, with time zones.

    Raises:
        BadFile: the file is no zip, lacks a table or a column, or has no bus trip that can be used.
        BadInput: no bus runs on any day of the calendar.
    """
    return read_feed(path, lambda path, feed: _Reader(path, feed).read(day, during))


@dataclass(slots=True)
class _Reader:
    path: Path
    feed: zipfile.ZipFile
    left_out: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))

    def read(self, day: date | None, during: Sequence[Window]) -> Timetable:
        routes = dict(self._routes())
        trips = [row for row in rows(self.feed, "trips.txt") if row["route_id"] in routes]
        if not trips:
            raise BadFile(self.path, "has no bus trip (route_type 3, 11 or 700 to 799)", "Give a feed with buses.")
        zone = self._zone()
        starts, broken = self._starts({row["trip_id"] for row in trips})
        runs: Counter[str] = Counter()
        for row in trips:
            runs[row["service_id"]] += sum(map(len, starts[row["trip_id"]])) if row["trip_id"] in starts else 1
        choice = _Choice(service_days(self.feed), runs)
        found, services, asked = self._day(choice, trips, day, list(during), zone or UTC)
        running = {row["trip_id"]: row for row in trips if row["service_id"] in services}
        if once := [trip for trip in broken if trip in running]:
            self.left_out["headway", "it cannot be read; the trip runs once, at its own times"] += once
        stops = dict(self._stops())
        shapes = self._shapes({row.get("shape_id") or "" for row in running.values()})
        patterns = tuple(self._patterns(routes, running, set(shapes), calls=self._calls(running, stops), starts=starts))
        if not patterns:
            reasons = "; ".join(f"{len(ids)} left out: {why}" for (what, why), ids in self.left_out.items() if what == "trip")
            raise BadFile(self.path, f"has no bus trip that can be used ({reasons})", "Correct its stop_times.txt.")
        left_out = tuple(LeftOut(what, why, tuple(ids)) for (what, why), ids in sorted(self.left_out.items()))
        return Timetable(self.path.name, zone, found, asked, stops, patterns, shapes, left_out)

    def _day(
        self, choice: _Choice, trips: list[dict[str, str]], day: date | None, during: list[Window], zone: tzinfo
    ) -> tuple[date | None, set[str], date | None]:
        """The day whose services stand for the day asked for, those services, and the day asked for where it is another."""
        if day is not None:
            found, services = choice.standing_in(day)
            return found, services, day if found != day else None
        days = _days_of(during, zone)
        serving = [one for one in days if one in choice.serving] or days
        if not serving or not choice.serving:
            return *choice.busiest(), None
        spans = self._spans({row["trip_id"] for row in trips}) if len(serving) > 1 else {}
        chosen = {one: choice.standing_in(one) for one in serving}

        def meets(one: date) -> int:
            noon = datetime.combine(one, time(12), zone)
            return sum(
                _overlap(noon, spans[row["trip_id"]], during)
                for row in trips
                if row["service_id"] in chosen[one][1] and row["trip_id"] in spans
            )

        best = max(serving, key=meets)
        return *chosen[best], best if chosen[best][0] != best else None

    def _spans(self, wanted: set[str]) -> dict[str, tuple[float, float]]:
        """From when to when each trip runs, as far as its times can be read."""
        found: dict[str, tuple[float, float]] = {}
        for row in rows(self.feed, "stop_times.txt"):
            if row["trip_id"] in wanted:
                with suppress(ValueError):
                    at = float(seconds_of(row.get("departure_time") or row.get("arrival_time") or ""))
                    first, last = found.get(row["trip_id"], (at, at))
                    found[row["trip_id"]] = min(first, at), max(last, at)
        return found

    def _routes(self) -> Iterator[tuple[str, Route]]:
        for row in rows(self.feed, "routes.txt"):
            try:
                bus = is_bus(int(row["route_type"]))
            except ValueError:
                self.left_out["route", "its route_type is not a number"].append(row["route_id"])
                continue
            if bus:
                long_name = row.get("route_long_name") or ""
                yield (
                    row["route_id"],
                    Route(row["route_id"], row.get("route_short_name") or long_name or row["route_id"], long_name),
                )

    def _zone(self) -> ZoneInfo | None:
        named = next((row.get("agency_timezone") or "" for row in rows(self.feed, "agency.txt", optional=True)), "")
        try:
            return ZoneInfo(named)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            self.left_out["time zone", "the feed names none that exists, so closures with times are read in UTC"].append(named)
            return None

    def _stops(self) -> Iterator[tuple[str, Stop]]:
        for row in rows(self.feed, "stops.txt"):
            try:
                at = _place(row["stop_lon"], row["stop_lat"])
            except ValueError:
                if (row.get("location_type") or "0") == "0":
                    self.left_out["stop", "it has no place on the globe"].append(row["stop_id"])
                continue
            step_free = {"1": True, "2": False}.get(row.get("wheelchair_boarding") or "")
            name = row.get("stop_name") or row["stop_id"]
            yield row["stop_id"], Stop(row["stop_id"], name, *at, row.get("parent_station") or "", step_free)

    def _shapes(self, wanted: set[str]) -> dict[str, Floats]:
        points: dict[str, list[tuple[int, float, float]]] = defaultdict(list)
        broken: set[str] = set()
        for row in rows(self.feed, "shapes.txt", optional=True):
            shape = row["shape_id"]
            if shape in wanted:
                try:
                    point = (int(row["shape_pt_sequence"]), *_place(row["shape_pt_lon"], row["shape_pt_lat"]))
                    points[shape].append(point)
                except (ValueError, TypeError):
                    broken.add(shape)
        if broken:
            self.left_out["point of a path", "it cannot be read; the path is drawn by its other points"] += sorted(broken)
        drawn = {shape: np.array(sorted(listed))[:, 1:] for shape, listed in points.items()}
        usable = {shape: line for shape, line in drawn.items() if len(np.unique(line, axis=0)) >= _LEAST_POINTS}
        if missing := sorted(wanted - set(usable) - {""}):
            self.left_out["path", "it has no two points; its trips drive the quickest way from stop to stop"] += missing
        return usable

    def _patterns(
        self,
        routes: dict[str, Route],
        running: dict[str, dict[str, str]],
        drawn: set[str],
        *,
        calls: dict[str, list[tuple[str, float]]],
        starts: dict[str, list[range]],
    ) -> Iterator[Pattern]:
        grouped: dict[tuple[str, str, str, tuple[str, ...]], list[Trip]] = defaultdict(list)
        without_path = []
        for trip_id, called in calls.items():
            row = running[trip_id]
            shape = row.get("shape_id") or ""
            if shape not in drawn:
                without_path += [] if shape else [trip_id]
                shape = ""
            key = (row["route_id"], row.get("direction_id") or "", shape, tuple(stop for stop, _ in called))
            times = [seconds for _, seconds in called]
            for begins in itertools.chain.from_iterable(starts[trip_id]) if trip_id in starts else [None]:
                shifted = times if begins is None else [seconds - times[0] + begins for seconds in times]
                name = trip_id if begins is None else f"{trip_id} from {_clock(begins)}"
                grouped[key].append(Trip(name, row.get("trip_headsign") or "", tuple(shifted)))
        if without_path:
            why = "the feed draws none; they drive the quickest way from stop to stop"
            self.left_out["path of a trip", why] += sorted(without_path)
        found = [
            Pattern(
                routes[route], direction, shape, called, tuple(sorted(trips, key=lambda trip: (trip.times_s[0], trip.trip_id)))
            )
            for (route, direction, shape, called), trips in grouped.items()
        ]
        yield from sorted(found, key=lambda one: (*_natural(one.route.name), one.route.route_id, one.direction, one.trips[0]))

    def _calls(self, running: dict[str, dict[str, str]], stops: dict[str, Stop]) -> dict[str, list[tuple[str, float]]]:
        """The calls of each trip that can be used: stop and seconds."""
        listed: dict[str, list[tuple[int, str, float]]] = defaultdict(list)
        for row in rows(self.feed, "stop_times.txt"):
            trip = row["trip_id"]
            if trip not in running:
                continue
            try:
                place = int(row["stop_sequence"])
            except (ValueError, TypeError):
                self.left_out["call", "its stop_sequence is not a number"].append(trip)
                continue
            if row["stop_id"] not in stops:
                self.left_out["call", "the feed does not say where its stop is"].append(trip)
                continue
            listed[trip].append((place, row["stop_id"], self._time(row, trip)))
        found = {}
        for trip in running:
            calls = [(stop, seconds) for _, stop, seconds in sorted(listed.get(trip, ()), key=lambda call: call[0])]
            timed = self._timed(calls)
            if isinstance(timed, str):
                self.left_out["trip", timed].append(trip)
            else:
                found[trip] = timed
        return found

    def _time(self, row: dict[str, str], trip: str) -> float:
        """Seconds of a call, NaN where it has no time."""
        text = (row.get("departure_time") or row.get("arrival_time") or "").strip()
        if not text:
            return math.nan
        try:
            seconds = seconds_of(text)
        except ValueError:
            seconds = -1
        if 0 <= seconds <= _LATEST_S:
            return float(seconds)
        self.left_out["time of a call", "it cannot be read; it is set between its neighbours"].append(trip)
        return math.nan

    @staticmethod
    def _timed(calls: list[tuple[str, float]]) -> list[tuple[str, float]] | str:
        """The calls with the times that are missing set between their neighbours; or why the trip cannot be used."""
        if not calls:
            return "it has no stop times"
        if len(calls) < _LEAST_POINTS:
            return "it calls at one stop only"
        times = np.array([seconds for _, seconds in calls])
        known = np.flatnonzero(~np.isnan(times))
        if not len(known) or known[0] != 0 or known[-1] != len(calls) - 1:
            return "its first or its last call has no time"
        if (np.diff(times[known]) < 0).any():
            return "its times run backwards"
        filled = np.interp(np.arange(len(calls)), known, times[known])
        return [(stop, float(seconds)) for (stop, _), seconds in zip(calls, filled, strict=True)]

    def _starts(self, wanted: set[str]) -> tuple[dict[str, list[range]], list[str]]:
        """When each trip that is given by its headway starts, in seconds; and the trips whose headway cannot be read."""
        starts: dict[str, list[range]] = defaultdict(list)
        broken = []
        for row in rows(self.feed, "frequencies.txt", optional=True):
            if row["trip_id"] not in wanted:
                continue
            try:
                first, end, every = seconds_of(row["start_time"]), seconds_of(row["end_time"]), int(row["headway_secs"])
            except ValueError:
                every = first = end = 0
            if every <= 0 or not 0 <= first <= end <= _LATEST_S or (end - first) // every > _MOST_RUNS:
                broken.append(row["trip_id"])
            else:
                starts[row["trip_id"]].append(range(first, end, every))
        return dict(starts), broken


class _Choice:
    """Which services run on which day."""

    def __init__(self, running: dict[date, set[str]], trips: Counter[str]) -> None:
        self._trips = trips
        self.serving = {day: services for day, services in running.items() if any(trips[service] for service in services)}
        if running and not self.serving:
            raise BadInput("The calendar of the feed has no day on which a bus runs. Give a feed whose services have days.")

    def busiest(self) -> tuple[date | None, set[str]]:
        """The busiest day of all."""
        return busiest(self.serving, self._trips)

    def standing_in(self, day: date) -> tuple[date | None, set[str]]:
        """The day itself where it has service, else the busiest one like it."""
        if day in self.serving:
            return day, self.serving[day]
        same = {one: services for one, services in self.serving.items() if one.weekday() == day.weekday()}
        return busiest(same or self.serving, self._trips)


def _days_of(during: list[Window], zone: tzinfo) -> list[date]:
    """The service days whose trips may run during some windows, from the day before each."""
    found: set[date] = set()
    for start, end in during:
        if start is None and end is None:
            continue
        first = (start or end or datetime.now(UTC)).astimezone(zone).date() - timedelta(days=1)
        last = first + timedelta(days=1 if start is None else _MOST_DAYS)
        if end is not None:
            last = min(last, end.astimezone(zone).date())
        found |= {first + timedelta(days=step) for step in range((last - first).days + 1)}
    return sorted(found)


def _overlap(noon: datetime, span: tuple[float, float], during: list[Window]) -> bool:
    """Whether a trip runs within a window."""
    base = noon.astimezone(UTC) - timedelta(seconds=_NOON_S)
    first, last = (base + timedelta(seconds=seconds) for seconds in span)
    return any((start is None or last >= start) and (end is None or first < end) for start, end in during)


def _place(lon: str, lat: str) -> tuple[float, float]:
    at = float(lon), float(lat)
    if not (abs(at[0]) <= 180 and abs(at[1]) <= 90) or at == (0.0, 0.0):  # noqa: PLR2004 - degrees of the globe
        raise ValueError("off the globe")
    return at


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 3600:02}:{int(seconds) // 60 % 60:02}:{int(seconds) % 60:02}"


def _natural(name: str) -> tuple[int, str]:
    """Numbers by their size, names after them.

    >>> sorted(["10", "2", "32x", "Airport"], key=_natural)
    ['2', '10', '32x', 'Airport']
    """
    digits = name[: len(name) - len(name.lstrip("0123456789"))]
    return (int(digits) if digits else 10**9, name)
