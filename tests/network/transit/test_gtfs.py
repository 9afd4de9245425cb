import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from clearway.demo.wellington import wellington_timetable
from clearway.errors import BadFile
from clearway.network.transit.gtfs import read_bus_day

ROUTES = "route_id,route_type\nbus,3\nexpress,702\ntrain,2\n"
SHAPES = "shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence\ns,-41.28,174.77,1\ns,-41.28,174.78,10\ns,-41.28,174.775,2\n"
TRIPS = "route_id,service_id,trip_id,shape_id\nbus,week,a,s\nexpress,week,b,s\nbus,sunday,c,s\ntrain,week,d,s\n"
CALENDAR = (
    "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
    "week,1,1,1,1,1,0,0,20200217,20200301\nsunday,0,0,0,0,0,0,1,20200217,20200301\n"
)
FeedFile = Callable[..., Path]


@pytest.fixture
def feed(tmp_path: Path) -> FeedFile:
    def written(**tables: str | None) -> Path:
        path = tmp_path / "feed.zip"
        texts = {"routes": ROUTES, "trips": TRIPS, "shapes": SHAPES, "calendar": CALENDAR} | tables
        with zipfile.ZipFile(path, "w") as file:
            for name, text in texts.items():
                if text is not None:
                    file.writestr(f"{name}.txt", text)
        return path

    return written


def test_the_busiest_day_s_bus_trips_are_counted_and_trains_are_not(feed: FeedFile) -> None:
    day = read_bus_day(feed())
    assert (day.day, day.trips, day.without_shape) == (date(2020, 2, 17), 2, 0)
    assert [(shape.shape_id, shape.trips) for shape in day.shapes] == [("s", 2)]
    assert day.shapes[0].points[:, 0].tolist() == [174.77, 174.775, 174.78]


def test_exceptions_add_and_remove_services(feed: FeedFile) -> None:
    both = "service_id,date,exception_type\nsunday,20200219,1\nweek,20200220,2\n"
    day = read_bus_day(feed(calendar_dates=both))
    assert (day.day, day.trips) == (date(2020, 2, 19), 3)


def test_a_feed_that_names_its_days_one_by_one_is_read(feed: FeedFile) -> None:
    day = read_bus_day(feed(calendar=None, calendar_dates="service_id,date,exception_type\nsunday,20200223,1\n"))
    assert (day.day, day.trips) == (date(2020, 2, 23), 1)


def test_a_feed_without_any_calendar_counts_every_trip(feed: FeedFile) -> None:
    day = read_bus_day(feed(calendar=None))
    assert (day.day, day.trips) == (None, 3)


def test_trips_given_by_headway_count_as_often_as_they_run(feed: FeedFile) -> None:
    headway = "trip_id,start_time,end_time,headway_secs\na,06:00:00,07:00:00,600\na,23:30:00,24:30:00,1800\n"
    assert read_bus_day(feed(frequencies=headway)).trips == 6 + 2 + 1


def test_trips_without_a_path_are_counted_apart(feed: FeedFile) -> None:
    day = read_bus_day(feed(trips=TRIPS.replace("a,s", "a,")))
    assert (day.trips, day.without_shape) == (2, 1)
    assert read_bus_day(feed(shapes=None)).without_shape == 2


@pytest.mark.parametrize(
    ("tables", "problem"),
    [
        ({"routes": None}, "routes.txt is missing"),
        ({"trips": None}, "trips.txt is missing"),
        ({"routes": "route_id\nbus\n"}, "route_type"),
        ({"routes": "route_id,route_type\nbus,many\n"}, "many"),
        ({"shapes": SHAPES.replace("174.78", "east")}, "east"),
        ({"routes": ROUTES.replace("3", "2").replace("702", "4")}, "has no bus trip"),
        ({"calendar": CALENDAR.replace("20200217", "soon")}, "not a static GTFS feed"),
    ],
)
def test_a_feed_that_lacks_a_table_a_column_or_a_bus_is_refused(
    feed: FeedFile, tables: dict[str, str | None], problem: str
) -> None:
    with pytest.raises(BadFile, match=problem):
        read_bus_day(feed(**tables))


def test_a_file_that_is_no_zip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "feed.zip"
    path.write_text("route_id")
    with pytest.raises(BadFile, match="not a complete zip file"):
        read_bus_day(path)
    with pytest.raises(BadFile, match="cannot be read"):
        read_bus_day(tmp_path / "absent.zip")


def test_the_wellington_feed_holds_the_thursday_it_was_cut_for() -> None:
    day = read_bus_day(wellington_timetable())
    assert day.day == date(2020, 2, 20)
    assert 1500 < day.trips < 2385
