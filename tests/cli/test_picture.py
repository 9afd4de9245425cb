from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from clearway.cli.picture import picture
from clearway.cli.record import record
from clearway.errors import BadFile, BadInput, NotFound

if TYPE_CHECKING:
    from pathlib import Path

LINES = [
    {"id": "v1", "kind": "count", "body": {"what": "vehicles", "amount": {"low": 450, "high": 450, "about": True}}},
    {"id": "v2", "kind": "count", "body": {"what": "vehicles", "amount": {"low": 800}}, "source": {"organisation": "Council"}},
    {"id": "r", "kind": "meeting_request", "body": {"asked_by": "seven groups", "asked_of": "Government"}},
    {"id": "p", "kind": "promise", "body": {"by": "Police", "what": "tow", "due": "2022-02-16T18:00+13:00"}},
    {"id": "s", "kind": "road_state", "body": {"state": "shut"}, "place": {"type": "street", "street": "Molesworth Street"}},
    {"id": "i", "kind": "incident", "body": {"nature": "noise", "summary": "horns at night"}},
]


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CLEARWAY_RECORD", "room.record")
    monkeypatch.setenv("CLEARWAY_ZONE", "Pacific/Auckland")
    monkeypatch.setenv("CLEARWAY_FIRST_DAY", "2022-02-08")


@pytest.fixture
def _told(tmp_path: Path) -> None:
    when = {"happened": "2022-02-16T12:00+13:00", "known": "2022-02-16T12:30+13:00"}
    (tmp_path / "in.jsonl").write_text("\n".join(json.dumps(line | when) for line in LINES))
    assert CliRunner().invoke(record, ["import", "in.jsonl"]).exit_code == 0


def run(*words: str) -> str:
    result = CliRunner().invoke(picture, words)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.output


@pytest.mark.usefixtures("_told")
def test_the_picture_is_told_in_words() -> None:
    said = run("--at", "day 10")
    assert said.startswith(
        "operation: Thu 17 Feb 2022 23:59, day 10, as known at Thu 17 Feb 2022 23:59 (Pacific/Auckland), as "
    )
    assert "  About 450 vehicles [source not given; not graded; 35 h ago; imported; v1]" in said
    assert "  At least 800 vehicles [Council; F6; 35 h ago; imported; v2]" in said
    assert "These clash: 1 of them exclude each other." in said
    assert "Figures clash, vehicles: Council says at least 800; source not given says about 450" in said
    assert re.search(r"Estimate: \d+ to [\d,]+, likely \d+", said)
    assert "Unanswered for 35 h: Seven groups asked to meet Government: not answered yet" in said
    assert "Overdue: Police will: tow, by Wed 16 Feb 2022 18:00" in said
    assert "Road shut - Molesworth Street" in said
    assert "Noise: horns at night" in said


@pytest.mark.usefixtures("_told")
def test_what_was_not_known_then_is_not_in_it() -> None:
    assert json.loads(run("--at", "day 10", "--known-at", "2022-02-16T12:15+13:00", "--json"))["counts"] == []
    assert len(json.loads(run("--at", "day 10", "--json"))["counts"][0]["latest"]) == 2


@pytest.mark.usefixtures("_told")
def test_bad_input_gets_one_sentence() -> None:
    with pytest.raises(BadInput, match="cannot be read as a time"):
        run("--at", "soon")
    with pytest.raises(NotFound, match="It holds: operation"):
        run("--operation", "other")


def test_a_record_that_is_not_there_is_said_to_be_none() -> None:
    with pytest.raises(BadFile, match="there is no such record"):
        run()
