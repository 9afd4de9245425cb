"""``clearway plan choose-gates``: words, JSON, files, exit codes."""

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

RULES = [{"who": "emergency services", "may": "enter_and_leave"}, {"who": "residents", "may": "enter_and_leave"}]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, open_data: Path) -> Path:
    """A grid of streets, a station in its corner, and a plan whose ring of eight barriers has no gate yet."""
    path = tmp_path_factory.mktemp("gates")
    network = import_osm(open_data / "cases" / "network" / "k00-base.osm")
    save_network(network, path / "grid.clearway")
    spot = [float(network.junction_lon[0]), float(network.junction_lat[0])]
    station = {
        "type": "Feature",
        "properties": {"kind": "fire_station", "name": "Grid"},
        "geometry": {"type": "Point", "coordinates": spot},
    }
    (path / "stations.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [station]}), "utf-8")
    write_plan(path, passages=RULES)
    return path


def write_plan(folder: Path, **fields: object) -> None:
    barriers = [{"id": f"B{number}", "place": where} for number, where in enumerate(RING, 1)]
    (folder / "plan.json").write_text(json.dumps({"plan": "tmp", "title": "Ring", "barriers": barriers} | fields), "utf-8")


def run(folder: Path, *words: object, command: str = "choose-gates") -> str:
    files = [folder / "plan.json", "--network", folder / "grid.clearway", "--stations", folder / "stations.geojson"]
    result = CliRunner().invoke(root, [str(word) for word in ("plan", command, *files, *words)])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.stdout


def chosen(folder: Path, *words: object) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(folder, "--json", *words))
    return found


def test_the_plan_with_its_gates_is_written_and_its_certificate_is_accepted(folder: Path) -> None:
    out, proof = folder / "gated.json", folder / "gates.access.json"
    found = chosen(folder, "--out", out, "--certificate", proof)
    assert (found["proven"], found["help_ok"], found["refused"]) == (True, True, None)
    assert found["staff"] == found["staff_bound"] == 2 * len(found["gates"]) > 0
    written = json.loads(out.read_text("utf-8"))
    opened = {one["id"]: one["opening_seconds"] for one in written["barriers"] if one.get("opens") == "staffed"}
    assert opened == dict.fromkeys((one["id"] for one in found["gates"]), 30.0)
    said = CliRunner().invoke(root, ["access", "check", str(proof), str(folder / "grid.clearway")])
    assert said.exit_code == 0, said.output


def test_the_gates_chosen_pass_the_checks_of_emergency_access(folder: Path, tmp_path: Path) -> None:
    run(folder, "--out", tmp_path / "plan.json")
    for name in ("grid.clearway", "stations.geojson"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    checks = json.loads(run(tmp_path, "--json", command="check"))["checks"]
    held = {one["name"]: one["ok"] for one in checks}
    assert (held["emergency_certificate"], held["reached_from_two_sides"]) == (True, True)


def test_words_name_each_gate_with_its_reason_what_stays_shut_and_the_order_of_priorities(folder: Path) -> None:
    said = run(folder).splitlines()
    assert said[0].startswith(("2 barriers become gates: ", "1 barrier becomes a gate: "))
    assert any(line.startswith("B") and "staffed, was machine, 30 s, 2 people. Without it" in line for line in said)
    assert any(line.startswith("Stay shut: B") for line in said)
    assert said[-7].startswith("  1. Help comes to all")


def test_wishes_are_options(folder: Path) -> None:
    swing = chosen(folder, "--swing-seconds", 60)
    assert {one["opens"] for one in swing["gates"]} == {"swing"}
    assert swing["staff"] == 0
    kept = chosen(folder, "--keep", "B3", "--staff", 3, "--people", "residents")
    assert "B3" in [one["id"] for one in kept["gates"]]
    assert kept["staff"] == 3 * len(kept["gates"])
    with pytest.raises(BadInput, match="The plan has no barrier B9"):
        run(folder, "--never", "B9")
