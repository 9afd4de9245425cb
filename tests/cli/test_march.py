"""``clearway plan march``: streets by name on a grid, a plan, a line, a record of it in the plan, and what cannot be."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from clearway.cli import root
from clearway.errors import BadInput, ClearwayError, NotFound
from clearway.network.importers.osm import import_osm
from clearway.network.store import save_network

START = ("--start", "2026-11-30 12:00", "--zone", "Pacific/Auckland")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, open_data: Path) -> Path:
    path = tmp_path_factory.mktemp("march")
    network = import_osm(open_data / "cases" / "network" / "k00-base.osm")
    save_network(network, path / "grid.clearway")
    spot = [float(network.junction_lon[0]), float(network.junction_lat[0])]
    station = {"type": "Feature", "properties": {"kind": "fire_station", "name": "Grid"}}
    station["geometry"] = {"type": "Point", "coordinates": spot}
    (path / "stations.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [station]}), "utf-8")
    return path


def ran(folder: Path, route: object, *words: object, code: int = 0) -> str:
    ground = ("--network", folder / "grid.clearway", "--stations", folder / "stations.geojson")
    result = CliRunner().invoke(root, [str(word) for word in ("plan", "march", route, *ground, *words)])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == code, result.output
    return result.stdout


def test_a_march_goes_into_a_plan_comes_out_of_it_and_a_diff_and_a_check_know_it(folder: Path, tmp_path: Path) -> None:
    out, shut, proof = tmp_path / "plan.json", tmp_path / "shut.geojson", tmp_path / "proof.json"
    route = "Row 1, Col 3"
    first: dict[str, Any] = json.loads(
        ran(
            folder,
            route,
            *START,
            "--column",
            50,
            "--out",
            out,
            "--barriers",
            "--closures-out",
            shut,
            "--certificate",
            proof,
            "--json",
        )
    )
    assert (first["worst"]["accepted"], first["late_seconds"], first["buses"]) == (True, 0, None)
    assert first["worst"]["moments"] > len(first["stretches"])
    check = CliRunner().invoke(root, ["access", "check", str(proof), str(folder / "grid.clearway")])
    assert check.exit_code == 0, check.output

    plan = json.loads(out.read_text("utf-8"))
    assert [one["street"] for one in plan["marches"][0]["along"]] == ["Row 1", "Col 3"]
    assert len(plan["barriers"]) == len(first["sides"]) > 0
    held = {(one["starts"], one["ends"]) for one in plan["barriers"]}
    assert held == {(one["held_from"], one["released"]) for one in first["sides"]}
    again = json.loads(ran(folder, out, "--zone", "Pacific/Auckland", "--no-proof", "--json"))
    assert [one["head"] for one in again["stretches"]] == [one["head"] for one in first["stretches"]]

    later = tmp_path / "later.json"
    ran(folder, out, "--zone", "Pacific/Auckland", "--no-proof", "--start", "2026-11-30 13:00", "--out", later)
    diff = CliRunner().invoke(root, ["plan", "diff", str(out), str(later)])
    assert "1 route with a timetable of the second is new or changed." in diff.output
    checks = CliRunner().invoke(root, ["plan", "check", str(out), "--network", str(folder / "grid.clearway"), "--json"])
    (march,) = [one for one in json.loads(checks.stdout)["checks"] if one["name"] == "march"]
    assert march["ok"], march["why"]

    closures = json.loads(shut.read_text("utf-8"))["features"]
    assert {tuple(one["properties"]["shuts"]) for one in closures} == {
        ("emergency",),
        ("resident", "service", "bus", "general"),
    }
    assert all(one["properties"]["starts"] < one["properties"]["ends"] for one in closures)


def test_it_starts_late_is_seen_on_the_way_and_words_say_so(folder: Path) -> None:
    said = ran(folder, "Row 1, Col 3", *START, "--people", 500, "--no-proof", "--delay", 12)
    assert "It is 12 min later than planned, and everything with it." in said
    assert "An ambulance crosses there except from:" in said
    assert "width m: 7 m (assumed)" in said
    seen = ran(folder, "Row 1, Col 3", *START, "--no-proof", "--head-at", "Row 1 at Col 3=2026-11-30 12:20", "--json")
    assert json.loads(seen)["late_seconds"] > 0


def test_a_drawn_line_is_a_route_too(folder: Path, tmp_path: Path) -> None:
    network = import_line(folder)
    (tmp_path / "line.geojson").write_text(json.dumps({"type": "LineString", "coordinates": network}), "utf-8")
    found = json.loads(ran(folder, tmp_path / "line.geojson", *START, "--no-proof", "--stop", "Row 1 at Col 2=5", "--json"))
    assert found["route_m"] == pytest.approx(200, abs=1)
    assert len(found["stretches"]) == 2


def import_line(folder: Path) -> list[list[float]]:
    from clearway.network.store import load_network  # noqa: PLC0415

    network = load_network(folder / "grid.clearway")
    return [[float(network.junction_lon[one]), float(network.junction_lat[one])] for one in (7, 13, 19)]


@pytest.mark.parametrize(
    ("route", "words", "says"),
    [
        ("Row 1, Row 3", START, "Row 1 and Row 3 do not meet on this map"),
        (", ,", START, "A route needs a street"),
        ("Row 1", (*START, "--pace", 0), "no pace and no end; give it a pace"),
        ("Row 1", (*START, "--column", 9000), "the head arrives before the tail has left"),
        ("Row 1", (*START, "--delay-from", "2026-11-30 12:10"), "--delay-from says from when it is late"),
        ("Row 1", (*START, "--stop", "Row 1 at Col 2"), "is not PLACE=MINUTES"),
        ("Row 1", (*START, "--column", 20, "--people", 20), "has both 'column_m' and 'people'"),
        ("Row 1", (), "says no start"),
    ],
)
def test_bad_input_is_one_sentence_with_a_remedy(folder: Path, route: str, words: tuple[object, ...], says: str) -> None:
    with pytest.raises(ClearwayError) as refused:
        ran(folder, route, *words, "--no-proof")
    assert says in str(refused.value)


def test_a_plan_without_a_march_or_with_two_says_which_there_are(folder: Path, tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    plan.write_text(json.dumps({"plan": "a", "title": "A"}), "utf-8")
    with pytest.raises(NotFound, match=r"which march of the plan is meant; it has: none\. Name one with --march"):
        ran(folder, plan, "--no-proof")
    (tmp_path / "two.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": []}), "utf-8")
    with pytest.raises(BadInput, match="holds no single line"):
        ran(folder, tmp_path / "two.geojson", *START, "--no-proof")


def test_a_march_of_the_record_moves_with_what_is_seen_of_it(folder: Path, tmp_path: Path) -> None:
    """As if somebody had typed where its head was seen; a plan file moves with the record that is named beside it."""
    out, record = tmp_path / "plan.json", tmp_path / "room.record"
    ran(folder, "Row 1, Col 3", *START, "--column", 50, "--no-proof", "--out", out)
    about = {"kind": "operation", "body": {"title": "March", "zone": "Pacific/Auckland", "first_day": "2026-11-01"}}
    told = {"body": {"march": "M1"}, "kind": "march_sighting", "place": "Row 1 at Col 3", "happened": "2026-11-30T12:20+13:00"}
    other = told | {"body": {"march": "M2"}, "happened": "2026-11-30T12:25+13:00"}  # moves nothing
    before = told | {"place": "Row 1 at Col 2", "happened": "2026-11-30T12:10+13:00"}  # typed later
    tail = told | {"body": {"march": "M1", "part": "tail"}, "happened": "2026-11-30T12:30+13:00"}
    lines = [about | {"id": "operation", "happened": "2026-11-01"}]
    lines += [one | {"known": "2026-11-30T12:31+13:00"} for one in (other, told, before, tail)]
    (tmp_path / "said.jsonl").write_text(
        "\n".join(json.dumps(one | {"source": {"office": "marshal"}}) for one in lines), "utf-8"
    )
    named = ("--record", record)
    for words in (
        ("record", "import", tmp_path / "said.jsonl", "--operation", "march", *named),
        ("plan", "save", out, "--by", "planner", "--operation", "march", *named),
    ):
        result = CliRunner().invoke(root, [str(word) for word in words])
        assert result.exit_code == 0, result.output
    alone = json.loads(ran(folder, out, "--no-proof", "--zone", "Pacific/Auckland", "--json"))
    moved = json.loads(ran(folder, "march", "--no-proof", *named, "--json"))
    said = json.loads(
        ran(
            folder,
            out,
            "--no-proof",
            "--head-at",
            "Row 1 at Col 2=2026-11-30T12:10+13:00",
            "--head-at",
            "Row 1 at Col 3=2026-11-30T12:20+13:00",
            "--tail-at",
            "Row 1 at Col 3=2026-11-30T12:30+13:00",
            "--zone",
            "Pacific/Auckland",
            "--json",
        )
    )
    assert alone["late_seconds"] == 0 < said["late_seconds"]
    assert moved == said
    assert json.loads(ran(folder, out, "--no-proof", *named, "--json"))["late_seconds"] == moved["late_seconds"]


@pytest.mark.parametrize(
    ("words", "told", "utc"),
    [
        ([], "Times are those of Africa/Libreville, where the streets lie. '--zone' names another one.\n", "2022-03-03T11:00"),
        (["--zone", "Pacific/Auckland"], "", "2022-03-02T23:00"),
    ],
)
def test_times_without_a_zone_are_those_of_the_streets_and_that_is_said(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], told: str, utc: str
) -> None:
    """The town lies on the equator, ten degrees east."""
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(
        root, ["plan", "march", "Row 1", "--network", str(folder / "grid.clearway"), "--start", "2022-03-03 12:00", "--column",
               "20", "--no-proof", "--json", *words],
    )  # fmt: skip
    assert result.stderr == told
    assert json.loads(result.stdout)["starts"].startswith(utc)


def test_without_streets_times_are_utc_and_that_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("plan.json").write_text(json.dumps({"plan": "tmp", "title": "Square", "starts": "2022-03-03 12:00"}))
    result = CliRunner().invoke(root, ["plan", "export", "plan.json", "--json", "--paper", "leaflet"])
    assert result.stderr == "Times are UTC: nobody said a time zone. '--zone' names another one.\n"
    assert "Thu 03 Mar 2022 12:00" in result.stdout
