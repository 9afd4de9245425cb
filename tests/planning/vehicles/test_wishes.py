"""Which ways a bus route drives and a street has, as wishes take them."""

from __future__ import annotations

import zipfile
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from clearway.errors import UnknownName
from clearway.network.build import NetworkDraft
from clearway.planning.gazetteer import Gazetteer
from clearway.planning.vehicles.clearing.wishes import route_ways, street_ways
from small_timetables import at

if TYPE_CHECKING:
    from pathlib import Path

    from clearway.network.model import Network

STOPS = {"a": (20.0, 0.0), "b": (580.0, 0.0), "c": (20.0, 200.0), "d": (580.0, 200.0)}
DRIVEN = {"one": ("r1", "ab"), "back": ("r1", "ba"), "two": ("r2", "cd")}


@pytest.fixture
def town() -> Network:
    """Main Street in three blocks of 200 m (ways 0 to 2), Back Street 200 m north of it (3 to 5), joined at the ends (6, 7)."""
    draft = NetworkDraft("Town")
    rows = [[draft.junction(*at(200 * x, y)) for x in range(4)] for y in (0, 200)]
    for name, row in zip(("Main Street", "Back Street"), rows, strict=True):
        for first, second in pairwise(row):
            draft.way(first, second, name=name)
    for number, end in enumerate((0, 3)):
        draft.way(rows[0][end], rows[1][end], name=f"Cross {number}")
    return draft.finish()


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    """Route 7 along Main Street in both directions, route 8 along Back Street."""
    calls = [
        f"{trip},08:{minute:02}:00,08:{minute:02}:00,{stop},{minute}"
        for trip, (_, called) in DRIVEN.items()
        for minute, stop in enumerate(called)
    ]
    shapes = [
        f"{trip},{at(*STOPS[stop])[1]},{at(*STOPS[stop])[0]},{number}"
        for trip, (_, called) in DRIVEN.items()
        for number, stop in enumerate(called)
    ]
    stops = [f"{stop},{stop},{at(*where)[1]},{at(*where)[0]}" for stop, where in STOPS.items()]
    tables = {
        "agency": ["agency_id,agency_name,agency_timezone", "x,X,Pacific/Auckland"],
        "routes": ["route_id,route_short_name,route_long_name,route_type", "r1,7,Main,3", "r2,8,Back,3"],
        "stops": ["stop_id,stop_name,stop_lat,stop_lon", *stops],
        "trips": ["route_id,service_id,trip_id,shape_id", *(f"{route},w,{trip},{trip}" for trip, (route, _) in DRIVEN.items())],
        "stop_times": ["trip_id,arrival_time,departure_time,stop_id,stop_sequence", *calls],
        "shapes": ["shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence", *shapes],
        "calendar": [
            "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date",
            "w,1,1,1,1,1,1,1,20260301,20261031",
        ],
    }  # fmt: skip
    path = tmp_path / "feed.zip"
    with zipfile.ZipFile(path, "w") as file:
        for name, rows in tables.items():
            file.writestr(f"{name}.txt", "\n".join([*rows, ""]))
    return path


def test_a_route_has_the_ways_that_it_drives_by_its_number_or_its_id(town: Network, feed: Path) -> None:
    main, back = frozenset({0, 1, 2}), frozenset({3, 4, 5})
    assert route_ways(town, feed, ["8", "7"]) == {"8": back, "7": main}
    assert route_ways(town, feed, ["r1"]) == {"r1": main}
    assert route_ways(town, feed, []) == {}


def test_a_route_that_does_not_drive_is_refused_and_those_that_do_are_named(town: Network, feed: Path) -> None:
    with pytest.raises(UnknownName, match=r"9.*7.*8"):
        route_ways(town, feed, ["7", "9"])


def test_a_street_has_its_ways_whole_or_between_two_corners(town: Network) -> None:
    gazetteer = Gazetteer(town)
    assert street_ways(gazetteer, ["Main Street", "Cross 1"]) == {
        "Main Street": frozenset({0, 1, 2}),
        "Cross 1": frozenset({7}),
    }
