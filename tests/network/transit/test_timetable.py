"""Timetables as feeds give them, and as they should not."""

from __future__ import annotations

import zipfile
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from clearway.errors import BadFile, BadInput
from clearway.network.transit.timetable import LeftOut, Timetable, read_timetable

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TABLES = {
    "agency": "agency_id,agency_name,agency_timezone\nx,X,Pacific/Auckland\n",
    "routes": "route_id,route_short_name,route_long_name,route_type\nr1,7,North,3\nr2,7,South,3\nt,HVL,Hutt,2\n",
    "stops": (
        "stop_id,stop_name,stop_lat,stop_lon,parent_station,wheelchair_boarding\n"
        "a,A,-41.28,174.77,,1\nb,B,-41.28,174.78,st,2\nc,C,-41.28,174.79,,0\nd,D,-41.27,174.79,,\n"
    ),
    "trips": (
        "route_id,service_id,trip_id,trip_headsign,direction_id,shape_id\n"
        "r1,w,one,Up,0,s\nr1,w,two,Up,0,s\nr2,w,three,Down,1,s\nt,w,train,Hutt,0,s\n"
    ),
    "stop_times": (
        "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
        "one,08:00:00,08:00:00,a,1\none,08:10:00,08:10:00,c,9\none,08:04:00,08:05:00,b,5\n"
        "two,24:50:00,24:50:00,a,1\ntwo,25:00:00,25:00:00,b,2\ntwo,25:10:00,25:10:00,c,3\n"
        "three,09:00:00,09:00:00,c,1\nthree,,,b,2\nthree,09:10:00,09:10:00,a,3\n"
        "train,09:00:00,09:00:00,a,1\ntrain,09:10:00,09:10:00,b,2\n"
    ),
    "shapes": "shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence\ns,-41.28,174.77,1\ns,-41.28,174.79,2\n",
    "calendar": (
        "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
        "w,1,1,1,1,1,1,1,20260301,20261031\n"
    ),
}


@pytest.fixture
def feed(tmp_path: Path) -> Callable[..., Path]:
    def written(**tables: str | None) -> Path:
        path = tmp_path / "feed.zip"
        with zipfile.ZipFile(path, "w") as file:
            for name, text in (TABLES | tables).items():
                if text is not None:
                    file.writestr(f"{name}.txt", text)
        return path

    return written


def left_out(timetable: Timetable, what: str) -> list[LeftOut]:
    return [one for one in timetable.left_out if one.what == what]


def test_trips_that_share_route_direction_path_and_stops_are_one_pattern(feed: Callable[..., Path]) -> None:
    timetable = read_timetable(feed())
    up, down = timetable.patterns
    assert (up.route.route_id, up.direction, up.shape_id, up.stops, up.towards) == ("r1", "0", "s", ("a", "b", "c"), "Up")
    assert [(trip.trip_id, trip.times_s) for trip in up.trips] == [
        ("one", (28800.0, 29100.0, 29400.0)),
        ("two", (89400.0, 90000.0, 90600.0)),
    ]
    assert (down.route.route_id, down.route.name, down.stops) == ("r2", "7", ("c", "b", "a"))
    assert (timetable.trip_count, timetable.left_out) == (3, ())


def test_a_call_without_a_time_is_set_between_its_neighbours(feed: Callable[..., Path]) -> None:
    down = read_timetable(feed()).patterns[1]
    assert down.trips[0].times_s == (32400.0, 32700.0, 33000.0)


def test_what_a_stop_says_of_steps_is_known_or_not_known(feed: Callable[..., Path]) -> None:
    stops = read_timetable(feed()).stops
    assert [stops[stop].step_free for stop in "abcd"] == [True, False, None, None]
    assert stops["b"].station == "st"


@pytest.mark.parametrize(
    ("rows", "what", "why", "trips"),
    [
        ("", "trip", "it has no stop times", 2),
        ("one,08:00:00,08:00:00,a,1\n", "trip", "it calls at one stop only", 2),
        ("one,09:00:00,09:00:00,a,1\none,08:00:00,08:00:00,b,2\n", "trip", "its times run backwards", 2),
        ("one,,,a,1\none,08:00:00,08:00:00,b,2\n", "trip", "its first or its last call has no time", 2),
        ("one,08:00:00,08:00:00,a,1\none,08:01:00,08:01:00,nowhere,2\none,08:02:00,08:02:00,b,3\n", "call",
         "the feed does not say where its stop is", 3),
        ("one,08:00:00,08:00:00,a,1\none,8 o'clock,8 o'clock,b,2\none,08:02:00,08:02:00,c,3\n", "time of a call",
         "it cannot be read; it is set between its neighbours", 3),
        ("one,08:00:00,08:00:00,a,first\none,08:00:00,08:00:00,a,1\none,08:02:00,08:02:00,c,3\n", "call",
         "its stop_sequence is not a number", 3),
    ],
)  # fmt: skip
def test_a_trip_that_cannot_be_used_is_left_out_alone_and_listed(
    feed: Callable[..., Path], rows: str, what: str, why: str, trips: int
) -> None:
    good = "".join(line for line in TABLES["stop_times"].splitlines(keepends=True) if not line.startswith("one"))
    timetable = read_timetable(feed(stop_times=good + rows))
    assert timetable.trip_count == trips
    assert left_out(timetable, what) == [LeftOut(what, why, ("one",))]


def test_a_stop_without_a_place_takes_its_calls_with_it(feed: Callable[..., Path]) -> None:
    stops = TABLES["stops"].replace("b,B,-41.28,174.78", "b,B,,")
    timetable = read_timetable(feed(stops=stops))
    assert timetable.patterns[0].stops == ("a", "c")
    assert left_out(timetable, "stop") == [LeftOut("stop", "it has no place on the globe", ("b",))]


SHAPES = TABLES["shapes"].splitlines()[0]


@pytest.mark.parametrize(
    "text",
    [None, SHAPES + "\ns,-41.28,174.77,1\ns,-41.28,174.77,2\n", SHAPES + "\ns,174.77,-41.28,1\ns,174.78,-41.28,2\n"],
)
def test_a_path_of_one_point_or_none_leaves_the_trips_without_a_path(feed: Callable[..., Path], text: str | None) -> None:
    timetable = read_timetable(feed(shapes=text))
    assert {pattern.shape_id for pattern in timetable.patterns} == {""}
    assert timetable.trip_count == 3
    (path,) = left_out(timetable, "path")
    assert path.ids == ("s",)


def test_one_broken_point_of_a_path_is_left_out_alone(feed: Callable[..., Path]) -> None:
    timetable = read_timetable(feed(shapes=TABLES["shapes"] + "s,north,174.775,3\ns,-41.28,999,4\n"))
    assert timetable.shapes["s"].tolist() == [[174.77, -41.28], [174.79, -41.28]]
    assert left_out(timetable, "point of a path")[0].ids == ("s",)


@pytest.mark.parametrize("table", ["routes", "stops", "trips", "stop_times"])
def test_a_table_that_is_missing_is_a_fault_of_the_feed(feed: Callable[..., Path], table: str) -> None:
    with pytest.raises(BadFile, match=f"{table}.txt is missing"):
        read_timetable(feed(**{table: None}))


def test_a_feed_with_trains_alone_or_without_a_usable_trip_is_refused(feed: Callable[..., Path]) -> None:
    with pytest.raises(BadFile, match="has no bus trip"):
        read_timetable(feed(routes="route_id,route_type\nr1,2\n"))
    with pytest.raises(BadFile, match=r"3 left out: it has no stop times"):
        read_timetable(feed(stop_times="trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"))


def test_a_calendar_on_which_no_bus_runs_is_refused(feed: Callable[..., Path]) -> None:
    with pytest.raises(BadInput, match="no day on which a bus runs"):
        read_timetable(feed(calendar=TABLES["calendar"].replace("\nw,", "\nother,")))


def test_a_calendar_s_exceptions_add_and_remove_services_and_the_busiest_day_counts_every_run(
    feed: Callable[..., Path],
) -> None:
    trips = TABLES["trips"].replace("r2,w,three", "r2,x,three")
    routes = TABLES["routes"].replace("South,3", "South,702")
    days = "service_id,date,exception_type\nx,20260304,1\nw,20260304,2\n"
    assert read_timetable(feed(routes=routes, trips=trips, calendar_dates=days)).day == date(2026, 3, 1)
    both = days.replace("w,20260304,2\n", "")
    found = read_timetable(feed(routes=routes, trips=trips, calendar_dates=both))
    assert (found.day, found.trip_count) == (date(2026, 3, 4), 3)
    often = "trip_id,start_time,end_time,headway_secs\nthree,06:00:00,07:00:00,600\n"
    found = read_timetable(feed(routes=routes, trips=trips, calendar_dates=days, frequencies=often))
    assert (found.day, found.trip_count) == (date(2026, 3, 4), 6)


def test_trips_given_by_their_headway_run_as_often_as_it_says(feed: Callable[..., Path]) -> None:
    frequencies = "trip_id,start_time,end_time,headway_secs\none,06:00:00,06:30:00,600\nthree,06:00:00,07:00:00,0\n"
    timetable = read_timetable(feed(frequencies=frequencies))
    assert [trip.trip_id for trip in timetable.patterns[0].trips] == [
        *("one from 06:00:00", "one from 06:10:00", "one from 06:20:00"),
        "two",
    ]
    assert timetable.patterns[0].trips[1].times_s == (22200.0, 22500.0, 22800.0)
    assert left_out(timetable, "headway")[0].ids == ("three",)


@pytest.mark.parametrize(
    ("day", "seconds", "moment"),
    [
        (date(2026, 6, 1), 90600, "2026-06-02T01:10:00+12:00"),
        (date(2026, 4, 5), 28800, "2026-04-05T08:00:00+12:00"),  # clocks went back at 03:00
        (date(2026, 4, 5), 3600, "2026-04-05T02:00:00+13:00"),
        (date(2026, 9, 27), 28800, "2026-09-27T08:00:00+13:00"),  # and forward at 02:00
        (date(2026, 9, 27), 3600, "2026-09-27T00:00:00+12:00"),
        (date(2026, 9, 26), 97200, "2026-09-27T04:00:00+13:00"),
    ],
)
def test_times_count_from_noon_less_twelve_hours_on_the_nights_when_the_clocks_change(
    feed: Callable[..., Path], day: date, seconds: float, moment: str
) -> None:
    timetable = read_timetable(feed(), day)
    found = timetable.moment(seconds)
    assert found is not None
    assert found.isoformat() == moment
    assert timetable.zone == ZoneInfo("Pacific/Auckland")


def test_a_time_zone_that_does_not_exist_is_listed(feed: Callable[..., Path]) -> None:
    timetable = read_timetable(feed(agency=TABLES["agency"].replace("Pacific/Auckland", "Mars/Olympus")))
    assert timetable.zone is None
    assert left_out(timetable, "time zone")[0].ids == ("Mars/Olympus",)


def test_a_day_without_service_is_stood_in_for_by_its_weekday(feed: Callable[..., Path]) -> None:
    timetable = read_timetable(feed(), date(2030, 1, 2))  # a Wednesday
    assert timetable.asked == date(2030, 1, 2)
    assert timetable.day is not None
    assert timetable.day.weekday() == 2
    assert timetable.moment(0) == datetime(2030, 1, 1, 11, tzinfo=UTC)


def test_without_a_day_the_one_with_most_trips_during_the_closures_is_taken(feed: Callable[..., Path]) -> None:
    night = (datetime(2026, 6, 9, 12, 30, tzinfo=UTC), datetime(2026, 6, 9, 14, tzinfo=UTC))  # 00:30 to 02:00 on the 10th
    assert read_timetable(feed(), during=[night]).day == date(2026, 6, 9)
    morning = (datetime(2026, 6, 9, 19, tzinfo=UTC), datetime(2026, 6, 9, 22, tzinfo=UTC))
    assert read_timetable(feed(), during=[morning]).day == date(2026, 6, 10)
    assert read_timetable(feed(), during=[(None, None)]).day == date(2026, 3, 1)


def test_a_feed_without_any_calendar_has_no_day(feed: Callable[..., Path]) -> None:
    timetable = read_timetable(feed(calendar=None))
    assert (timetable.day, timetable.trip_count, timetable.moment(0)) == (None, 3, None)
