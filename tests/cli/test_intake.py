"""``clearway intake``: reports in, drafts out, and one sentence where a report cannot be read."""

from __future__ import annotations

import json
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from clearway.cli import root
from clearway.errors import BadFile, BadInput, ClearwayError
from clearway.record.kinds.intake import Report
from clearway.record.moments import calendar
from clearway.record.open import open_record
from clearway.record.parse import draft_of, line_of

if TYPE_CHECKING:
    from pathlib import Path

CALENDAR = calendar("Pacific/Auckland", "2022-02-08")
TOLD = "Police said there were about 450 vehicles on Bowen St.\nEight people were arrested this morning, police said.\n"


def run(*arguments: str) -> str:
    ran = CliRunner().invoke(root, ["intake", *arguments], catch_exceptions=False)
    assert ran.exit_code == 0, ran.output
    return ran.output


@pytest.fixture
def report(tmp_path: Path) -> Path:
    file = tmp_path / "2022-02-18.txt"
    file.write_text(TOLD)
    return file


@pytest.fixture
def record(tmp_path: Path) -> str:
    address = str(tmp_path / "room.record")
    with closing(open_record(address)) as store:
        body = {"title": "A square", "zone": "Pacific/Auckland", "first_day": "2022-02-08"}
        entry = {"id": "o", "kind": "operation", "body": body, "happened": "2022-02-08", "known": "2022-02-08T12:00:00+13:00"}
        store.append("square", [draft_of(entry, CALENDAR, now=CALENDAR.span("day 1").start, entered="imported")])
    return address


@pytest.mark.slow
def test_drafts_are_listed_with_their_words_and_how_sure_they_are(report: Path) -> None:
    told = run(str(report))
    assert "2022-02-18.txt (2022-02-18 23:59 UTC)" in told
    assert "About 450 vehicles [Bowen Street]" in told
    assert "Eight arrested" in told
    assert "2 drafts from 1 report." in told


@pytest.mark.slow
def test_as_json_every_draft_points_at_its_words(report: Path) -> None:
    (answer,) = json.loads(run(str(report), "--zone", "Pacific/Auckland", "--json"))["reports"]
    assert answer["published"] == "2022-02-18T10:59:00.000000Z"
    count = next(draft for draft in answer["drafts"] if draft["kind"] == "count")
    assert answer["text"][count["focus"]["start"] : count["focus"]["end"]] == "about 450 vehicles"
    assert count["entry"]["body"]["amount"] == {"low": 450.0, "high": 450.0, "about": True, "said": "about 450"}
    assert [answer["text"][one["start"] : one["end"]] for one in answer["mentions"]["times"]] == ["this morning"]
    assert [answer["text"][one["start"] : one["end"]] for one in answer["mentions"]["places"]] == ["Bowen St"]


def test_the_drafts_that_are_written_to_a_file_can_be_imported(report: Path, tmp_path: Path) -> None:
    run(str(report), "--zone", "Pacific/Auckland", "--out", str(tmp_path / "drafts.jsonl"))
    lines = (tmp_path / "drafts.jsonl").read_text().splitlines()
    drafts = [line_of(line, CALENDAR, now=CALENDAR.span("day 1").start) for line in lines]
    assert [draft.kind for draft in drafts] == ["count", "arrests"]


@pytest.mark.slow
def test_by_one_command_reports_are_kept_and_their_drafts_entered(report: Path, record: str) -> None:
    assert "2 drafts from 1 report; entered: all." in run(str(report), "--record", record, "--accept", "all")
    with closing(open_record(record)) as store:
        kinds = [entry.draft.kind for entry in store.entries("square")]
        assert kinds == ["operation", "report", "count", "arrests"]
        count = next(iter(store.entries("square", kind="count")))
        kept = store.entry(count.draft.source.words[0].report)
        words = count.draft.source.words[0]
        assert isinstance(kept.draft.body, Report)
        assert store.report_text(kept)[words.start : words.end] == "Police said there were about 450 vehicles on Bowen St."
    run(str(report), "--record", record, "--accept", "all")
    with closing(open_record(record)) as store:
        assert store.version("square") == 4, "what is there already is not written twice"


def test_a_record_that_is_only_looked_at_is_not_changed(report: Path, record: str) -> None:
    run(str(report), "--record", record)
    with closing(open_record(record)) as store:
        assert store.version("square") == 1


@pytest.mark.slow
def test_a_folder_stands_for_its_files_and_a_bad_one_stops_none(tmp_path: Path, report: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    ran = CliRunner().invoke(root, ["intake", str(tmp_path)], catch_exceptions=False)
    assert ran.exit_code == 0
    assert "empty.txt: is empty. Nothing was read." in ran.output
    assert "2 drafts from 1 report." in ran.output
    assert report.exists()


@pytest.mark.slow
def test_nothing_to_find_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Hello there.")
    told = run(str(tmp_path / "a.txt"))
    assert "Nothing in it would make an entry." in told
    assert "date of publication unknown" in told


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        (["nowhere.txt"], BadFile, "cannot be opened"),
        (["report.txt", "--keep"], BadInput, "Name it with --record"),
        (["report.txt", "--published", "soon"], BadInput, "cannot be read as a time"),
        (["report.txt", "--record", "nowhere.record"], BadFile, "no such record"),
        (["report.txt", "--zone", "Mars/Base"], BadInput, "not known"),
        (["report.txt", "--network", "report.txt"], BadFile, "report.txt"),
        (["report.txt", "--model", "not an address"], BadInput, "is not the address of a language model"),
    ],
)
def test_bad_input_is_one_sentence(
    arguments: list[str], error: type[ClearwayError], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "report.txt").write_text(TOLD)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(error, match=words) as refused:
        CliRunner().invoke(root, ["intake", *arguments], catch_exceptions=False, standalone_mode=False)
    assert "\n" not in str(refused.value)
