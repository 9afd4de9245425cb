"""``clearway plan handover`` and ``check-handover``: words, JSON, files, exit codes, and METHANE of a plan in force."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from clearway.cli import root
from clearway.errors import BadInput
from clearway.network.importers.osm import import_osm
from clearway.network.store import save_network
from plan_rings import RING

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, open_data: Path) -> Path:
    """A grid of streets, an ambulance station and a hospital in opposite corners, and a ring of eight barriers."""
    path, cases = tmp_path_factory.mktemp("handover"), open_data / "cases" / "network"
    network = import_osm(cases / "k00-base.osm")
    save_network(network, path / "grid.clearway")
    points = [(0, "ambulance_station", "Base"), (35, "hospital", "Clinic")]
    features = [
        {
            "type": "Feature",
            "properties": {"kind": kind, "name": name},
            "geometry": {
                "type": "Point",
                "coordinates": [float(network.junction_lon[corner]), float(network.junction_lat[corner])],
            },
        }
        for corner, kind, name in points
    ]
    (path / "stations.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    site = json.loads((cases / "k00-base.site.geojson").read_text("utf-8"))
    lines = [one["geometry"]["coordinates"] for one in site.get("features", [{"geometry": site}])]
    barriers = [{"id": f"B{number}", "place": where} for number, where in enumerate(RING, 1)]
    plan = {"plan": "tmp", "title": "Ring", "barriers": barriers, "site": [{"type": "area", "ring": lines[0][0]}]}
    (path / "plan.json").write_text(json.dumps(plan), "utf-8")
    return path


def run(folder: Path, *words: object) -> Result:
    files = [folder / "plan.json", "--network", folder / "grid.clearway", "--stations", folder / "stations.geojson"]
    return ran("plan", "handover", *files, *words)


def ran(*words: object) -> Result:
    result = CliRunner().invoke(root, [str(word) for word in words])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_every_place_has_its_seconds_and_the_checker_accepts_until_an_approach_is_shut(folder: Path, tmp_path: Path) -> None:
    proof, out = tmp_path / "proof.json", tmp_path / "plan.json"
    said = run(folder, "--max-walk", 240, "--json", "--certificate", proof, "--out", out)
    found: dict[str, Any] = json.loads(said.stdout)
    assert (found["accepted"], found["proven"], found["too_far"]) == (True, True, 0)
    assert all(one["seconds"] <= 240 and one["point"] for one in found["places"])
    assert [one["id"] for one in json.loads(out.read_text("utf-8"))["handover"]] == [one["id"] for one in found["points"]]
    network = folder / "grid.clearway"
    accepted = ran("plan", "check-handover", proof, network)
    assert (accepted.exit_code, accepted.stdout[:9]) == (0, "Accepted:")

    line = found["points"][0]["ways_in"][0]["line"]
    street = {"type": "Feature", "properties": {"name": "works"}, "geometry": {"type": "LineString", "coordinates": line[-2:]}}
    (tmp_path / "shut.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [street]}), "utf-8")
    refused = ran("plan", "check-handover", proof, network, "--closures", tmp_path / "shut.geojson", "--json")
    verdict = json.loads(refused.stdout)
    assert (refused.exit_code, verdict["accepted"]) == (1, False)
    assert any("goes through an obstacle or a closure" in one for one in verdict["refused"])
    assert ran("plan", "check-handover", proof, network, "--closures", tmp_path / "shut.geojson").stdout.startswith("Refused.")


def test_words_name_points_approaches_and_the_longest_walks_in_metres(folder: Path) -> None:
    said = run(folder, "--points", 1, "--max-walk", 60).stdout
    assert "No vehicle comes near" in said
    assert " m to H1" in said
    assert "  in: Base, " in said
    assert "too far" in said
    assert "Walking at 3 km/h with a stretcher is assumed" in said


def test_a_file_that_is_no_certificate_and_a_plan_without_a_hospital_say_so(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="This is not a certificate of handover points"):
        ran("plan", "check-handover", folder / "plan.json", folder / "grid.clearway")
    stations = json.loads((folder / "stations.geojson").read_text("utf-8"))
    (tmp_path / "few.geojson").write_text(json.dumps(stations | {"features": stations["features"][:1]}), "utf-8")
    with pytest.raises(BadInput, match="No hospital is known"):
        run(folder, "--stations", tmp_path / "few.geojson")


def test_methane_names_the_points_of_a_plan_that_is_in_force_and_of_no_other(folder: Path, tmp_path: Path) -> None:
    out, record = tmp_path / "plan.json", tmp_path / "room.record"
    run(folder, "--out", out, "--points", 1)
    room = ("--record", record, "--zone", "Pacific/Auckland", "--by", "commander, Police")
    ran("plan", "save", out, *room)
    (before,) = (ran("sitrep", "--record", record, "--json").stdout,)
    assert "Casualty handover H1" not in before
    ground = ("--network", folder / "grid.clearway", "--stations", folder / "stations.geojson")
    ran("plan", "adopt", "tmp", *ground, *room, "--override", "the night is short")
    said = json.loads(ran("sitrep", "--record", record, "--json").stdout)
    access = next(row for row in said["methane"] if "Access" in row)
    assert "by plan 'tmp', adopted by commander" in json.dumps(access)
    assert "Casualty handover H1: " in json.dumps(access)
