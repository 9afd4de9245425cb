"""``clearway buses``: words, JSON, GeoJSON, exit codes."""

from __future__ import annotations

import itertools
import json
import zipfile
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from clearway.cli import root
from clearway.errors import BadFile
from clearway.network.build import NetworkDraft
from clearway.network.store import save_network

if TYPE_CHECKING:
    from pathlib import Path

EAST, NORTH = 1 / 83_600, 1 / 111_195
CALENDAR = (
    "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
    "w,1,1,1,1,1,0,0,20260101,20261231\n"
)


def at(east: float, north: float) -> tuple[float, float]:
    return 174.77 + east * EAST, -41.28 + north * NORTH


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """Three blocks of 200 m: Main Street along the south, Back Street along the north, joined by First to Fourth Street."""
    draft = NetworkDraft("Town", coverage=(174.0, -42.0, 175.0, -41.0))
    south = [draft.junction(*at(200 * step, 0)) for step in range(4)]
    north = [draft.junction(*at(200 * step, 100)) for step in range(4)]
    for row, name in ((south, "Main Street"), (north, "Back Street")):
        for first, second in itertools.pairwise(row):
            draft.way(first, second, name=name)
    for number, (first, second) in enumerate(zip(south, north, strict=True)):
        draft.way(first, second, name=f"{('First', 'Second', 'Third', 'Fourth')[number]} Street")
    path = tmp_path / "town.clearway"
    save_network(draft.finish(), path)
    return path


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    """Route 7 east along Main Street, at 8:00 and at 25:00, with stops at 50, 300 and 550 m."""
    path = tmp_path / "feed.zip"
    stops = "".join(
        f"{name},Stop {name},{at(x, 4)[1]:.7f},{at(x, 4)[0]:.7f}\n" for name, x in (("a", 50), ("b", 300), ("c", 550))
    )
    points = "".join(f"s,{at(x, 0)[1]:.7f},{at(x, 0)[0]:.7f},{place}\n" for place, x in enumerate((0, 600)))
    times = "".join(
        f"{trip},{hour:02}:0{minute}:00,{hour:02}:0{minute}:00,{stop},{minute}\n"
        for trip, hour in (("early", 8), ("night", 25))
        for minute, stop in enumerate("abc")
    )
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("agency.txt", "agency_id,agency_name,agency_timezone\nx,X,Pacific/Auckland\n")
        file.writestr("routes.txt", "route_id,route_short_name,route_type\nr7,7,3\n")
        file.writestr(
            "trips.txt",
            "route_id,service_id,trip_id,trip_headsign,direction_id,shape_id\nr7,w,early,East,0,s\nr7,w,night,East,0,s\n",
        )
        file.writestr("stops.txt", "stop_id,stop_name,stop_lat,stop_lon\n" + stops)
        file.writestr("stop_times.txt", "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n" + times)
        file.writestr("shapes.txt", "shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence\n" + points)
        file.writestr("calendar.txt", CALENDAR)
    return path


def closure(path: Path, **properties: str) -> Path:
    line = {"type": "LineString", "coordinates": [at(205, 0), at(395, 0)]}
    feature = {"type": "Feature", "geometry": line, "properties": {"label": "Works", **properties}}
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    return path


def run(*words: object) -> tuple[int, str]:
    result = CliRunner().invoke(root, ["buses", *[str(word) for word in words]])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout


def test_a_street_shut_is_told_for_operator_and_riders(town: Path, feed: Path, tmp_path: Path) -> None:
    code, said = run(town, "--gtfs", feed, "--closures", closure(tmp_path / "shut.geojson"))
    assert code == 0
    lines = said.splitlines()
    assert lines[1:4] == [
        "2 trips of 2 on 1 route meet a closure.",
        "1 stop missed, 2 calls in all.",
        "2 trips take a detour and come back to their path.",
    ]
    assert "Leave at Main Street at Second Street, join at Main Street at Third Street: from Main Street; left into " in said
    assert (
        "left into Second Street, 100 m; right into Back Street, 200 m; right into Third Street, 100 m; left into Main Street"
        in said
    )
    assert "Stop b Stop b: 2 calls of 2 missed, 08:01 to 25:01" in lines
    assert "  Nearest open stop: a Stop a, 250 m on foot; step-free: not known" in lines


def test_the_same_as_json_and_on_the_map(town: Path, feed: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.geojson"
    code, said = run(town, "--gtfs", feed, "--closures", closure(tmp_path / "shut.geojson"), "--geojson", out, "--json")
    found = json.loads(said)
    assert code == 0
    (row,) = found["routes"]
    (one,) = row["variations"]
    assert (row["route_id"], row["route"], row["trips_cut"], one["state"]) == ("r7", "7", 2, "detour")
    assert one["metres_added"] == pytest.approx(200, abs=1)
    assert one["stops_missed"] == ["b"]
    kinds = [feature["properties"]["kind"] for feature in json.loads(out.read_text())["features"]]
    assert kinds == ["detour", "missed_stop"]


@pytest.mark.parametrize(
    ("hours", "cut"),
    [
        ({"from": "2026-02-18T22:00:00+13:00", "to": "2026-02-19T05:00:00+13:00"}, ["night"]),
        ({"from": "2026-02-19T00:30:00+13:00", "to": "2026-02-19T02:00:00+13:00"}, ["night"]),
        ({"from": "2026-02-19T07:00:00+13:00", "to": "2026-02-19T09:00:00+13:00"}, ["early"]),
        ({"from": "2026-02-19T02:00:00+13:00", "to": "2026-02-19T05:00:00+13:00"}, []),
        ({"hours": "22:00-05:00"}, ["night"]),
        ({"hours": "07:00-09:00"}, ["early"]),
    ],
)
def test_a_closure_over_midnight_cuts_the_trips_that_come_while_it_is_in_force(
    town: Path, feed: Path, tmp_path: Path, hours: dict[str, str], cut: list[str]
) -> None:
    _, said = run(town, "--gtfs", feed, "--closures", closure(tmp_path / "shut.geojson", **hours), "--json")
    found = json.loads(said)
    assert [trip for row in found["routes"] for one in row["variations"] for trip in one["trip_ids"]] == cut


def test_a_street_drawn_the_other_way_round_is_the_same_street(town: Path, feed: Path, tmp_path: Path) -> None:
    path = closure(tmp_path / "shut.geojson")
    document = json.loads(path.read_text())
    document["features"][0]["geometry"]["coordinates"].reverse()
    path.write_text(json.dumps(document))
    _, said = run(town, "--gtfs", feed, "--closures", path, "--json")
    assert [stop["stop_id"] for stop in json.loads(said)["stops"]] == ["b"]


def test_a_closure_that_ends_before_it_starts_is_refused_in_a_sentence(town: Path, feed: Path, tmp_path: Path) -> None:
    wrong = {"from": "2026-02-19T05:00:00+13:00", "to": "2026-02-18T22:00:00+13:00"}
    with pytest.raises(BadFile, match="ends before it starts"):
        run(town, "--gtfs", feed, "--closures", closure(tmp_path / "shut.geojson", **wrong))


def test_a_day_without_service_says_which_day_stands_in(town: Path, feed: Path, tmp_path: Path) -> None:
    _, said = run(town, "--gtfs", feed, "--closures", closure(tmp_path / "x.geojson"), "--day", "2031-02-19", "--json")
    found = json.loads(said)
    assert (found["stands_in_for"], found["day"][:4]) == ("2031-02-19", "2026")
    assert found["warnings"][0].startswith("The timetable has no service on Wed 19 Feb 2031; that of Wed ")


def test_without_closures_it_says_how_the_timetable_lies_on_the_network(town: Path, feed: Path) -> None:
    code, said = run(town, "--gtfs", feed)
    assert code == 0
    assert "No stop is missed." in said
    assert "Note: Nothing is shut to buses." in said


def test_a_feed_that_is_none_is_refused_in_a_sentence(town: Path, tmp_path: Path) -> None:
    path = tmp_path / "no.zip"
    path.write_text("no zip")
    with pytest.raises(BadFile, match="not a complete zip file"):
        run(town, "--gtfs", path)


def plan(path: Path, **more: object) -> Path:
    barrier = {"id": "B1", "place": "Main Street between Second Street and Third Street", **more}
    document = {"kind": "plan", "plan": "tmp", "title": "Works", "barriers": [barrier]}
    path.write_text(json.dumps(document))
    return path


@pytest.mark.parametrize(
    ("more", "cut"),
    [
        ({}, ["early", "night"]),
        ({"starts": "2026-02-18T22:00:00+13:00", "ends": "2026-02-19T05:00:00+13:00"}, ["night"]),
        ({"starts": "2026-02-19T07:00:00+13:00"}, ["early", "night"]),
        ({"starts": "2026-02-19T07:00:00+13:00", "ends": "2026-02-19T09:00:00+13:00"}, ["early"]),
    ],
)
def test_a_plan_shuts_streets_at_the_hours_of_its_barriers(
    town: Path, feed: Path, tmp_path: Path, more: dict[str, str], cut: list[str]
) -> None:
    _, said = run(town, "--gtfs", feed, "--plan", plan(tmp_path / "plan.json", **more), "--json")
    found = json.loads(said)
    assert [trip for row in found["routes"] for one in row["variations"] for trip in one["trip_ids"]] == cut


def test_a_barrier_of_the_plan_that_stands_nowhere_is_named(town: Path, feed: Path, tmp_path: Path) -> None:
    made = plan(tmp_path / "plan.json", place="Nowhere Road at Main Street")
    _, said = run(town, "--gtfs", feed, "--plan", made, "--json")
    found = json.loads(said)
    assert found["trips_cut"] == 0
    assert found["warnings"][0].startswith("Barrier B1 of the plan stands nowhere here: ")


def test_a_file_of_closures_serves_as_a_plan_too(town: Path, feed: Path, tmp_path: Path) -> None:
    _, said = run(town, "--gtfs", feed, "--plan", closure(tmp_path / "shut.geojson"), "--json")
    assert json.loads(said)["trips_cut"] == 2
