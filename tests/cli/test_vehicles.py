"""``clearway vehicles``: words, JSON, the checker's verdict, exit codes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from clearway.cli import root
from clearway.errors import BadInput
from clearway.network.store import save_network
from drawn_towns import Town, place

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Main Street with a station at one end, an address at the other, and a way round its middle; both are occupied."""
    town = Town()
    for x in (0.0, 100.0, 200.0):
        town.street((x, 0.0), (x + 100.0, 0.0), name="Main Street")
    town.street((100.0, 0.0), (150.0, 120.0), name="Back Street")
    town.street((150.0, 120.0), (200.0, 0.0), name="Back Street")
    for x in (0.0, 300.0):
        town.street((x, 0.0), (x, -90.0), name="End Street")
    town.draft.address(2, 90.0)
    save_network(town.network(), tmp_path / "town.clearway")
    lon, lat = place(10.0, 0.0)
    station = {"type": "Point", "coordinates": [lon, lat]}
    properties = {"name": "Main", "kind": "fire_station"}
    features = [{"type": "Feature", "geometry": station, "properties": properties}]
    (tmp_path / "stations.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    (tmp_path / "tally.csv").write_text(
        "stretch,car,across,lanes_left,lane_moves\nMain Street between Back Street and End Street,9,9,0,5\n"
        "Back Street,4,4,0,2\n"
    )
    return tmp_path


def run(folder: Path, *words: str, code: int = 0) -> str:
    told = CliRunner().invoke(root, ["vehicles", *[word.replace("@", f"{folder}/") for word in words]], catch_exceptions=False)
    assert told.exit_code == code, told.output
    return told.stdout


CLEAR = ("clear", "@town.clearway", "--tally", "@tally.csv", "--stations", "@stations.geojson")


def test_the_staircase_is_told_in_words(folder: Path) -> None:
    lines = run(folder, *CLEAR, "--street", "Back Street").splitlines()
    assert lines[0] == "13 vehicles on the stretches, 13 of them in the carriageway."
    assert "  5 from Main Street between Back Street and End Street, for a lane for help" in "\n".join(lines)
    assert any(line.startswith("Move ") and line.endswith("Back Street is free as far as it was counted.") for line in lines)


def test_its_json_is_accepted_and_a_spoilt_one_is_not(folder: Path) -> None:
    answer = json.loads(run(folder, *CLEAR, "--json"))
    (folder / "answer.json").write_text(json.dumps(answer))
    check = ("check", "@answer.json", "@town.clearway", "--tally", "@tally.csv")
    assert run(folder, *check).startswith("Accepted.")
    answer["steps"][0]["vehicles"] += 1
    (folder / "answer.json").write_text(json.dumps(answer))
    assert run(folder, *check, code=1).startswith("Refused.")
    assert json.loads(run(folder, *check, "--json", code=1))["accepted"] is False


def test_what_is_no_answer_is_refused_with_its_field(folder: Path) -> None:
    (folder / "answer.json").write_text('{"stretches": 2}')
    with pytest.raises(BadInput, match="not an answer of 'clearway vehicles clear'"):
        run(folder, "check", "@answer.json", "@town.clearway", "--tally", "@tally.csv")
    answer = json.loads(run(folder, *CLEAR, "--json"))
    answer["steps"][0]["levels"][0] = "all"
    (folder / "answer.json").write_text(json.dumps(answer))
    with pytest.raises(BadInput, match=r"The answer is damaged \(.*'all'.*vehicles clear --json"):
        run(folder, "check", "@answer.json", "@town.clearway", "--tally", "@tally.csv")


def test_routes_need_a_timetable(folder: Path) -> None:
    with pytest.raises(BadInput, match="--gtfs"):
        run(folder, *CLEAR, "--routes", "7")


def test_the_template_is_a_tally_that_can_be_filled_in(folder: Path) -> None:
    header, line = run(folder, "template").splitlines()
    example = line.replace("Hill Street between Bay Road and Park Lane", "Back Street")
    (folder / "tally.csv").write_text(f"{header}\n{example}\n")
    assert run(folder, *CLEAR).startswith("15 vehicles on the stretches, 6 of them in the carriageway.")
