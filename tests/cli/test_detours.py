"""``clearway detours``: words, JSON, GeoJSON, the plan with its detours, exit codes."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from click.testing import CliRunner

from clearway.cli import root
from clearway.errors import BadFile, BadInput
from clearway.network.build import NetworkDraft
from clearway.network.store import save_network

if TYPE_CHECKING:
    from pathlib import Path

NORTH_M = 111195.08
EAST_M = NORTH_M * np.cos(np.radians(41.28))
ROWS = ("Main Street", "Back Street")


def at(east: float, north: float) -> tuple[float, float]:
    return 174.77 + east / EAST_M, -41.28 + north / NORTH_M


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """Main Street in five blocks of 400 m, Back Street 300 m north of it, six cross streets; Hill School at the third block."""
    draft = NetworkDraft("Town", coverage=(174.0, -42.0, 175.0, -41.0))
    rows = [[draft.junction(*at(400 * x, y)) for x in range(6)] for y in (0, 300)]
    for name, row in zip(ROWS, rows, strict=True):
        for first, second in pairwise(row):
            draft.way(first, second, name=name, street_class="secondary", lanes=2)
    for number, (first, second) in enumerate(zip(*rows, strict=True)):
        draft.way(first, second, name=f"Cross {number}", street_class="secondary", lanes=2)
    draft.place("school", *at(1000, 20), name="Hill School")
    save_network(draft.finish(), tmp_path / "town.clearway")
    return tmp_path


@pytest.fixture
def closures(town: Path) -> Path:
    path = town / "shut.geojson"
    feature = {"type": "Feature", "properties": {"way": 2, "label": "Works"}, "geometry": None}
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    return path


@pytest.fixture
def trips(town: Path) -> Path:
    """1,500 cars an hour from the west to the east, twice what one street takes."""
    areas = []
    for name, west, east in (("West", -100, 700), ("East", 1300, 2100)):
        ring = [at(*corner) for corner in ((west, -200), (east, -200), (east, 500), (west, 500), (west, -200))]
        geometry = {"type": "Polygon", "coordinates": [ring]}
        areas.append({"type": "Feature", "properties": {"name": name}, "geometry": geometry})
    (town / "areas.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": areas}))
    (town / "trips.csv").write_text("from,to,trips\nWest,East,1500\nEast,West,100\n")
    return town


def run(*words: object) -> str:
    result = CliRunner().invoke(root, ["detours", *[str(word) for word in words]])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout


def test_detours_warnings_and_places_are_told_in_words(town: Path, closures: Path) -> None:
    lines = run(town / "town.clearway", "--closures", closures).splitlines()
    assert lines[0] == "2 movements cut."
    assert "  1  Main Street: Main Street at Cross 2 to Main Street at Cross 3, 400 m, cut by Works" in lines
    assert (
        "       from Main Street; left into Cross 2, 300 m; right into Back Street, 400 m; right into Cross 3, 300 m; "
        "left into Main Street" in lines
    )
    assert "     Past it on foot 400 m as before, without steps 400 m as before, by bicycle 400 m as before" in lines
    assert "    Main Street at Cross 2: Main Street closed at the junction; drivers come by Main Street and Cross 2" in lines
    school = "Nearest corner of a through street: Main Street at Cross 2, 200 m on foot."
    assert f"  Hill School cannot be driven to. {school}" in lines
    assert "Note: How full the detours are is not known: no trips were given." in lines


def test_given_trips_the_engine_says_which_detour_is_too_full(trips: Path, closures: Path) -> None:
    network = trips / "town.clearway"
    given = ("--closures", closures, "--demand", trips / "trips.csv", "--areas", trips / "areas.geojson", "--json")
    found = json.loads(run(network, *given))
    east, west = found["general"]["movements"]
    assert (east["starts_at"], west["starts_at"]) == ("Main Street at Cross 2", "Main Street at Cross 3")
    assert east["flow_before_per_hour"] > west["flow_before_per_hour"] > 0
    (way, *_) = east["detours"]
    assert "Back Street between Cross 2 and Cross 3" in way["overloaded"]
    (back,) = (leg["load"] for leg in way["legs"] if leg["street"] == "Back Street")
    assert back["flow_per_hour"] == pytest.approx(1500, rel=0.01)
    assert back["share_of_capacity"] > 1 > back["share_before"]
    assert way["minutes_added_in_traffic"] > way["minutes_added"]
    assert west["detours"][0]["overloaded"] == []
    assert "trips.csv" in found["traffic"]


def test_the_same_on_the_map(town: Path, closures: Path) -> None:
    out = town / "out.geojson"
    run(town / "town.clearway", "--plan", closures, "--geojson", out)
    kinds = {feature["properties"]["kind"] for feature in json.loads(out.read_text())["features"]}
    assert kinds == {"cut", "detour", "warn", "open_way", "place"}


def test_a_plan_is_written_with_its_detours(town: Path) -> None:
    plan, out = town / "plan.json", town / "with.json"
    barrier = {"id": "B1", "place": "Main Street between Cross 2 and Cross 3"}
    plan.write_text(json.dumps({"kind": "plan", "plan": "tmp", "title": "Works", "barriers": [barrier]}))
    run(town / "town.clearway", "--plan", plan, "--out", out)
    routes = json.loads(out.read_text())["routes"]
    assert [(route["id"], route["purpose"]) for route in routes] == [("Detour 1", "detour"), ("Detour 2", "detour")]


def test_detours_have_no_plan_to_go_to_where_none_is_given(town: Path, closures: Path) -> None:
    with pytest.raises(BadInput, match="Give it with --plan"):
        run(town / "town.clearway", "--closures", closures, "--out", town / "with.json")
    with pytest.raises(BadFile, match="is not a plan that can be used"):
        run(town / "town.clearway", "--plan", closures, "--out", town / "with.json")
    assert not (town / "with.json").exists()


def test_a_barrier_of_the_plan_that_stands_nowhere_is_named(town: Path) -> None:
    plan = town / "plan.json"
    barrier = {"id": "B1", "place": "Nowhere Road at Main Street"}
    plan.write_text(json.dumps({"kind": "plan", "plan": "tmp", "title": "Works", "barriers": [barrier]}))
    found = json.loads(run(town / "town.clearway", "--plan", plan, "--json"))
    assert found["warnings"][0].startswith("Barrier B1 of the plan stands nowhere here: ")
    assert "Nothing is shut to general traffic." in found["warnings"]


def test_places_of_your_own_stand_in_for_those_of_the_network(town: Path, closures: Path) -> None:
    places = town / "places.geojson"
    features = [
        {
            "type": "Feature",
            "properties": {"name": "Campus", "kind": "university"},
            "geometry": {"type": "Point", "coordinates": at(810, 100)},
        }
    ]
    places.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    found = json.loads(run(town / "town.clearway", "--closures", closures, "--places", places, "--json"))
    (campus,) = found["places"]
    assert (campus["name"], campus["by_car"], campus["set_down"]) == ("Campus", True, "Main Street at Cross 2")
