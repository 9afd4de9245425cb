from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from clearway.cli.record import record
from clearway.errors import BadFile, BadInput

LINES = [
    {"id": "o", "kind": "operation", "body": {"title": "A square", "zone": "Pacific/Auckland", "first_day": "2022-02-08"}},
    {"id": "slip", "kind": "count", "body": {"what": "vehicles", "amount": 12}, "source": "Inspector, Police",
     "place": "Hill St"},
    {"id": "v", "kind": "count", "body": {"what": "vehicles", "amount": 14}, "place": "Hill St", "source": "Inspector, Police",
     "corrects": ["slip"]},
    {"id": "i", "kind": "incident", "body": {"nature": "noise", "summary": "horns"}, "release": "public"},
]  # fmt: skip


@pytest.fixture(autouse=True)
def _told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CLEARWAY_RECORD", "room.record")
    when = {"happened": "2022-02-16T12:00+13:00", "known": "2022-02-16T12:30+13:00"}
    (tmp_path / "in.jsonl").write_text("\n".join(json.dumps(line | when) for line in LINES))
    assert CliRunner().invoke(record, ["import", "in.jsonl"]).exit_code == 0


def run(*words: str) -> str:
    result = CliRunner().invoke(record, ["list", *words])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.output


def test_the_log_is_told_in_words_with_how_each_entry_stands() -> None:
    assert run("--kind", "count").splitlines() == [
        "Wed 16 Feb 2022 12:00  count: 14 vehicles - Hill Street [Inspector, Police; F6; room; v]",
        "Wed 16 Feb 2022 12:00  count: 12 vehicles - Hill Street [Inspector, Police; F6; room; corrected by v; slip]",
        "2 of 4 entries.",
    ]


def test_filters_and_limits_say_how_much_is_left_out() -> None:
    assert run("--limit", "1").splitlines()[-1] == "4 of 4 entries; the first 1 are shown, --limit shows more."
    assert run("--standing", "corrected", "--place", "hill street", "--from", "day 9", "--to", "day 9").count("slip") == 1
    assert run("--from", "day 10").strip() == "0 of 4 entries."
    assert "horns" in run("--release", "public", "--who", "", "--words", "horn")


def test_the_log_is_printed_as_csv_and_json_and_written_to_a_file() -> None:
    rows = list(csv.DictReader(io.StringIO(run("--csv", "--sort", "written", "--ascending"))))
    assert [row["id"] for row in rows] == ["o", "slip", "v", "i"]
    assert [row["standing"] for row in rows] == ["in force", "corrected", "in force", "in force"]
    assert [line["id"] for line in json.loads(run("--json", "--sort", "written"))] == ["i", "v", "slip", "o"]
    assert run("--out", "log.csv") == "4 entries written to log.csv.\n"
    assert len(Path("log.csv").read_text("utf-8").splitlines()) == 5


def test_what_cannot_be_asked_is_refused_in_a_sentence() -> None:
    with pytest.raises(BadInput, match="There is no kind 'horn'"):
        run("--kind", "horn")
    with pytest.raises(BadInput, match="'soon' cannot be read as a time"):
        run("--from", "soon")
    with pytest.raises(BadFile, match="there is no such record"):
        run("--record", "none.record")
