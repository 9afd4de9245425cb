"""``clearway vehicles ladder`` and ``climb``, on the demonstration's record."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from clearway.cli import root
from clearway.demo.wellington import bundled

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration's record."""
    folder = tmp_path_factory.mktemp("ladder")
    (folder / "record.jsonl").write_bytes(bundled("record.jsonl"))
    run("record", "import", folder / "record.jsonl", "--operation", "wellington-2022", "--record", folder / "room.record")
    return folder / "room.record"


def run(*words: object, code: int = 0) -> str:
    result = CliRunner().invoke(root, [str(word) for word in words])
    if result.exception and not isinstance(result.exception, SystemExit):
        if code:
            return str(result.exception)
        raise result.exception
    assert result.exit_code == code, result.output
    return result.output


def test_it_says_hold_with_reasons_entries_and_what_is_assumed(record: Path) -> None:
    told = run("vehicles", "ladder", "--record", record, "--at", "2022-02-18 15:00")
    lines = told.splitlines()
    assert lines[0] == "Fri 18 Feb 2022 15:00, as known at Fri 18 Feb 2022 15:00 (Pacific/Auckland)."
    assert lines[1].startswith("Hold: 5 conditions hold vehicles back. Before a tow can start: a decision, a legal basis, ")
    (near,) = [line for line in lines if line.startswith("  HOLD      people near by: ")]
    assert near.endswith("Limit: at most 50, by a figure of the last 12 h, assumed. [d11-people-800]")
    assert "  not known storage: Nobody has said where towed vehicles are stored." in lines
    assert any(line.startswith("Not done: New Zealand Police announced: Towing starts") for line in lines)
    assert "Assumed: At most 50 people may be near by." in lines


def test_as_json_it_is_the_answer_of_the_api(record: Path) -> None:
    found = json.loads(run("vehicles", "ladder", "--record", record, "--at", "2022-02-16 18:00", "--json"))
    assert (found["advice"], found["tow_advice"], found["jobs"]) == ("hold", "hold", [])
    assert {one["id"] for one in found["facts"]} >= {"d09-progress", "d09-vehicles", "d09-tow-capability"}


def test_a_step_is_written_and_one_out_of_turn_refused(tmp_path: Path) -> None:
    path = tmp_path / "room.record"
    given = ("--record", path, "--job", "Hill Street", "--by", "wardens, Council")
    begun = {"kind": "remark", "body": {"text": "begun"}, "happened": "2024-05-08T12:00+02:00"}
    (tmp_path / "first.jsonl").write_text(json.dumps(begun))
    run("record", "import", tmp_path / "first.jsonl", "--record", path)
    refused = run("vehicles", "climb", *given, "--step", "offer", code=2)
    assert "ask is skipped" in refused
    written = run("vehicles", "climb", *given, "--step", "ask", "--where", "Hill Street between Bay Road and Park Lane")
    assert written == "Written: entry 2. Vehicles, Hill Street: ask, by wardens, Council; no answer yet.\n"
    entry = json.loads(run("vehicles", "climb", *given, "--step", "ask", "--answer", "partly", "--moved", "about 3", "--json"))
    assert (entry["body"]["answer"], entry["body"]["moved"]["low"]) == ("partly", 3)
    assert "without a legal basis" in run("vehicles", "climb", *given, "--step", "ticket", code=2)
    told = run("vehicles", "ladder", "--record", path)
    assert "Hill Street: Ask by wardens, Council (" in told
