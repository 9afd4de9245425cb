from __future__ import annotations

import csv
import json
import zipfile
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from click.testing import CliRunner

from clearway.cli.impact import impact
from clearway.errors import BadFile, BadInput, Conflict, UnknownName
from clearway.network.build import NetworkDraft
from clearway.network.store import save_network

if TYPE_CHECKING:
    from pathlib import Path

NORTH_M = 6_371_008.8 * np.pi / 180
EAST_M = NORTH_M * np.cos(np.radians(41.28))
NAMES = ("Main Street", "North Bridge", "East Street", "West Bank", "South Bridge", "East Bank")


def position(east_m: float, north_m: float) -> tuple[float, float]:
    return 174.77 + east_m / EAST_M, -41.28 + north_m / NORTH_M


def area(name: str, west_m: float, east_m: float) -> dict[str, Any]:
    ring = [position(*at) for at in ((west_m, -1500), (east_m, -1500), (east_m, 500), (west_m, 500), (west_m, -1500))]
    return {"type": "Feature", "properties": {"name": name}, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def shut(*ways: int) -> str:
    features = [{"type": "Feature", "properties": {"way": way, "label": NAMES[way]}, "geometry": None} for way in ways]
    return json.dumps({"type": "FeatureCollection", "features": features})


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a town of two banks and two bridges, its trips, plans, stations, suburbs and bus timetable."""
    path = tmp_path_factory.mktemp("impact")
    draft = NetworkDraft("Bridge Town", coverage=(174.76, -41.30, 174.81, -41.27))
    west, bank, shore, east, foot, landing = (
        draft.junction(*position(*at)) for at in ((0, 0), (1000, 0), (1500, 0), (2500, 0), (1000, -1000), (1500, -1000))
    )
    ends = ((west, bank), (bank, shore), (shore, east), (bank, foot), (foot, landing), (landing, shore))
    for (tail, head), name in zip(ends, NAMES, strict=True):
        draft.way(tail, head, name=name, street_class="secondary", lanes=2)
    draft.place("ambulance_station", *position(10, 0), name="West Station")
    save_network(draft.finish(), path / "town.clearway")
    for name, text in {
        "north.geojson": shut(1),
        "south.geojson": shut(4),
        "nothing.geojson": json.dumps({"type": "FeatureCollection", "features": []}),
        "areas.geojson": json.dumps(
            {"type": "FeatureCollection", "features": [area("West", -100, 1250), area("East", 1250, 2600)]}
        ),
        "trips.csv": "from,to,trips\nWest,East,700\nEast,West,200\n",
    }.items():
        (path / name).write_text(text)
    with zipfile.ZipFile(path / "feed.zip", "w") as feed:
        feed.writestr("routes.txt", "route_id,route_short_name,route_type\na,7,3\n")
        feed.writestr("trips.txt", "route_id,service_id,trip_id,trip_headsign,direction_id,shape_id\na,w,1,East,0,s\n")
        rows = [(*position(east, 0), number) for number, east in enumerate((0, 1000, 1500, 2500))]
        lines = [f"s,{lat:.7f},{lon:.7f},{number}" for lon, lat, number in rows]
        feed.writestr(
            "stops.txt",
            "stop_id,stop_name,stop_lat,stop_lon\n"
            + "\n".join(f"{number},Stop {number},{lat:.7f},{lon:.7f}" for lon, lat, number in rows),
        )
        calls = "\n".join(f"1,08:0{number}:00,{number},{number}" for number in range(4))
        feed.writestr("stop_times.txt", "trip_id,departure_time,stop_id,stop_sequence\n" + calls)
        feed.writestr("shapes.txt", "shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence\n" + "\n".join(lines))
    return path


@pytest.fixture
def here(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(folder)
    return folder


def run(*words: object) -> str:
    result = CliRunner().invoke(impact, [str(word) for word in words])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.output


OWN = ("town.clearway", "--demand", "trips.csv", "--areas", "areas.geojson", "--dask", "off")


@pytest.mark.slow
@pytest.mark.usefixtures("here")
def test_the_answer_comes_first_and_every_part_after_it() -> None:
    said = run(*OWN, "--closures", "north.geojson", "--gtfs", "feed.zip", "--draws", 3).splitlines()
    assert said[0].startswith("north: the trips between 8:00 and 9:00 take ")
    assert said[1].startswith("How sure: In 3 draws of the demand")
    assert said[2] == "The trips: The trips are those of trips.csv, taken as those of the hour that is assigned."
    text = "\n".join(said)
    for part in ("Streets that gain most delay:", "South Bridge", "7 to East", "way round", "An ambulance needs", "Note: "):
        assert part in text


@pytest.mark.usefixtures("here")
def test_json_holds_the_whole_answer_and_nothing_else() -> None:
    document = json.loads(run(*OWN, "--closures", "north.geojson", "--draws", 0, "--json", "--name", "Plan A"))
    assert document["name"] == "Plan A"
    assert document["totals"]["trips_per_hour"] == 900
    assert document["totals"]["extra_vehicle_hours"] > 0
    assert document["how_sure"]["draws"] == 0
    assert document["ways"]["shut"] == [True, False]
    assert [service["service"] for service in document["emergency"]] == ["ambulance"]
    assert document["buses"] is None


@pytest.mark.usefixtures("here")
def test_without_a_trip_table_the_demand_is_synthetic_and_says_so() -> None:
    document = json.loads(
        run("town.clearway", "--closures", "north.geojson", "--draws", 2, "--zones", 4, "--dask", "off", "--json")
    )
    assert "made by assumption, not measured" in document["statement"]
    assert document["how_sure"]["extra_vehicle_hours"]["draws"] == 2


def test_the_map_of_who_gains_and_loses_is_geojson(here: Path) -> None:
    run(*OWN, "--closures", "north.geojson", "--draws", 0, "--geojson", "map.geojson")
    document = json.loads((here / "map.geojson").read_text())
    gains = {row["properties"]["street"]: row["properties"]["flow_change_per_hour"] for row in document["features"]}
    assert gains["North Bridge"] < 0 < gains["South Bridge"]
    assert {row["geometry"]["type"] for row in document["features"]} == {"LineString"}
    assert document["statement"].startswith("The trips are those of trips.csv")


@pytest.mark.usefixtures("here")
def test_plans_are_compared_side_by_side() -> None:
    words = (*OWN, "--closures", "north.geojson", "--compare", "south.geojson", "--compare", "nothing.geojson", "--draws", 2)
    document = json.loads(run(*words, "--json"))
    assert [plan["name"] for plan in document["comparison"]["plans"]] == ["north", "south", "nothing"]
    assert document["comparison"]["kindest"] in {"south", "nothing"}
    assert len(document["plans"]) == 3
    said = run(*words)
    assert said.splitlines()[1].split()[:2] == ["plan", "burden"]
    assert "The weights are a choice" in said


@pytest.mark.usefixtures("here")
def test_variants_come_in_order_with_what_the_order_rests_on() -> None:
    words = ("variants", *OWN, "--plan", "north.geojson", "--plan", "south.geojson", "--plan", "nothing.geojson")
    document = json.loads(run(*words, "--by", "traffic", "--json"))
    extra = [row["extra_vehicle_hours"] for row in document["variants"]]
    assert extra == sorted(extra)
    assert document["variants"][-1]["name"] == "north"
    assert run(*words, "--show", 2).splitlines()[0].startswith("south comes first of 3 by burden: 0.0 vehicle hours more")


@pytest.mark.usefixtures("here")
def test_cordons_round_a_stretch_are_found_and_weighed() -> None:
    found = json.loads(run("variants", *OWN, "--stretch", "North Bridge", "--radius", 600, "--count", 4, "--json"))["variants"]
    assert 1 <= len(found) <= 4
    assert all(row["places"] for row in found)
    assert min(row["cost_points"] for row in found) > 0


def test_a_run_is_kept_and_gone_on_with_also_for_other_plans(here: Path) -> None:
    words = (*OWN, "--draws", 2, "--json", "--keep", "run.sqlite")
    first = run(*words, "--closures", "north.geojson")
    assert run(*words, "--closures", "north.geojson") == first
    assert run(*words, "--closures", "south.geojson") != first
    (here / "more.csv").write_text("from,to,trips\nWest,East,701\n")
    with pytest.raises(Conflict, match="holds results for other trips"):
        run("town.clearway", "--demand", "more.csv", *OWN[3:], "--closures", "north.geojson", "--keep", "run.sqlite")


def test_bus_lines_are_written_once_and_read_again(here: Path) -> None:
    said = run("lines", "town.clearway", "--gtfs", "feed.zip", "--out", "lines.csv")
    assert said.startswith("1 lines of 1 routes.")
    (row,) = csv.DictReader((here / "lines.csv").read_text().splitlines())
    assert (row["route"], row["towards"], row["arcs"]) == ("7", "East", "0+ 1+ 2+")
    words = (*OWN, "--closures", "north.geojson", "--draws", 0, "--json")
    assert run(*words, "--bus-lines", "lines.csv") == run(*words, "--gtfs", "feed.zip")


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("words", "error", "problem"),
    [
        (OWN, BadInput, "There is no plan"),
        ((*OWN, "--closures", "absent.geojson"), BadFile, "absent.geojson"),
        ((*OWN, "--closures", "trips.csv"), BadFile, "trips.csv"),
        ((*OWN, "--closures", "north.geojson", "--bus-lines", "trips.csv"), BadFile, "not a file of bus lines"),
        ((*OWN, "--closures", "north.geojson", "--bus-lines", "a", "--gtfs", "b"), BadInput, "Give bus lines once"),
        ((*OWN[:3], "--closures", "north.geojson"), BadInput, "--areas"),
        ((*OWN, "--closures", "north.geojson", "--geojson", "trips.csv/out.geojson"), BadFile, "cannot be written"),
        (("variants", *OWN), BadInput, "nothing to vary"),
        (("variants", *OWN, "--stretch", "Nowhere Lane"), UnknownName, "Nowhere Lane"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_in_one_sentence(
    words: tuple[object, ...], error: type[Exception], problem: str
) -> None:
    with pytest.raises(error, match=problem):
        run(*words, *([] if "variants" in words else ["--draws", 0]))
