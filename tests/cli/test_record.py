from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from clearway.cli.record import record
from clearway.errors import BadFile, BadInput, ClearwayError, Conflict, NotFound, Unavailable, UnknownName
from clearway.record.moments import calendar, moment_of
from clearway.record.open import open_record
from clearway.record.operations import calendar_of, operation_of
from clearway.record.parse import draft_of
from clearway.record.texts import text_mark

if TYPE_CHECKING:
    from pathlib import Path

COUNT = {"kind": "count", "body": {"what": "vehicles", "amount": {"low": 450, "high": 450, "about": True}}}


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, value in {
        "CLEARWAY_RECORD": "room.record",
        "CLEARWAY_ZONE": "Pacific/Auckland",
        "CLEARWAY_FIRST_DAY": "2022-02-08",
    }.items():
        monkeypatch.setenv(name, value)


def run(*words: object, said: str | None = None) -> str:
    result = CliRunner().invoke(record, [str(word) for word in words], input=said)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.output


def entry(entry_id: str, **fields: object) -> str:
    return json.dumps(COUNT | {"id": entry_id, "happened": "day 9 evening", "known": "2022-02-16T20:00+13:00"} | fields)


def without_its_writing(exported: str) -> list[dict[str, object]]:
    listed = [json.loads(line) for line in exported.splitlines()]
    return [{name: value for name, value in one.items() if name not in {"written", "hash", "entered"}} for one in listed]


def test_an_entry_is_added_and_shown_with_its_source() -> None:
    source = {"office": "Assistant Commissioner", "organisation": "Police", "reliability": "B", "credibility": 2}
    assert run("add", entry("v1", source=source)) == "Entry 1, v1: count.\n"
    said = run("show", "v1")
    assert "source Assistant Commissioner, Police (B2)" in said
    assert "happened day 9 evening; known 2022-02-16 07:00 UTC" in said
    assert json.loads(run("show", "v1", "--json"))["body"]["what"] == "vehicles"


def test_another_bodys_correction_is_told_and_shown_as_none() -> None:
    police, council = ({"organisation": name, "office": "Duty officer"} for name in ("Police", "City Council"))
    run("add", entry("v1", source=police))
    told = run("add", entry("v2", source=council, corrects=["v1"]))
    assert "Entry 'v1' is the word of Duty officer, Police, and this one of Duty officer, City Council." in told
    assert "corrected by" not in run("show", "v1")
    assert "stands beside it as a dispute" in run("show", "v2")
    assert "dispute" not in run("add", entry("v3", source=police, corrects=["v1"]))
    assert "  corrected by v3\n" in run("show", "v1")
    assert json.loads(run("show", "v1", "--json"))["corrected_by"] == ["v3"]
    assert "  corrects v1\n" in run("show", "v3")


def test_an_import_tells_of_corrections_of_another_body_by_their_line(tmp_path: Path) -> None:
    police, council = ({"organisation": name, "office": "Duty officer"} for name in ("Police", "City Council"))
    run("add", entry("v1", source=police))
    lines = [
        entry("v2", source=council, corrects=["v1"]),
        entry("v3", source=police, corrects=["v1"]),
        *(entry(f"w{number}", source=council, corrects=["v3"]) for number in range(21)),
    ]
    (tmp_path / "more.jsonl").write_text("\n".join(lines))
    told = run("import", "more.jsonl").splitlines()
    assert told[0] == "23 entries written, 0 were there already."
    assert told[1].startswith("Line 1: Entry 'v1' is the word of Duty officer, Police, and this one of Duty officer, City")
    assert [line.split(":")[0] for line in told[2:4]] == ["Line 3", "Line 4"]
    assert told[-1] == "2 more lines are to be looked at; --json lists them all."
    (tmp_path / "bad.jsonl").write_text(f"{lines[0]}\nnot JSON")
    answer = json.loads(run("import", "bad.jsonl", "--skip-bad", "--json").splitlines()[-1])
    assert [notice["line"] for notice in answer["notices"]] == [1]
    assert [refused["line"] for refused in answer["refused"]] == [2]


def test_an_import_asks_about_what_may_not_be_meant_and_writes_nothing_until_it_is_said(tmp_path: Path) -> None:
    file = tmp_path / "days.jsonl"
    nobody = entry("d3", source={"reliability": "B", "credibility": 2})
    file.write_text("\n".join([entry("d1"), entry("d2", happened="2024-11-29 09:00", known="2024-11-29T09:00+13:00"), nobody]))
    with pytest.raises(BadFile, match=r"one line may not be meant\. Line 2: Fri 29 Nov 2024 09:00 is 2 years after") as refused:
        run("import", "days.jsonl")
    assert "give --yes if they are meant, or write the others with --skip-bad. Nothing was written." in str(refused.value)
    told = run("import", "days.jsonl", "--skip-bad").splitlines()
    assert told[0] == "2 entries written, 0 were there already."
    assert told[1].startswith("Line 2 was left out: Fri 29 Nov 2024 09:00 is 2 years after")
    assert told[2].startswith("Line 3: Nobody is named as its source, so it has no grade.")
    told = run("import", "days.jsonl", "--yes").splitlines()
    assert told[0] == "1 entry written, 2 were there already."
    assert told[1].startswith("Line 2: Fri 29 Nov 2024 09:00 is 2 years after")
    assert run("import", "days.jsonl").startswith("0 entries written, 3 were there already.")  # asked once


def test_a_file_that_says_its_own_zone_is_read_in_it_and_what_was_printed_later_is_not_asked_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("CLEARWAY_ZONE", "CLEARWAY_FIRST_DAY"):
        monkeypatch.delenv(name)
    operation = {"kind": "operation", "body": {"title": "A square", "zone": "Pacific/Auckland", "first_day": "2022-02-08"}}
    opened = operation | {"id": "opened", "happened": "2022-02-08", "known": "2022-02-08T12:00+13:00"}
    printed = entry("printed", source={"organisation": "The paper", "published": "2022-02-17T06:00+13:00"})
    (tmp_path / "days.jsonl").write_text(f"{json.dumps(opened)}\n{printed}")
    assert run("import", "days.jsonl") == "2 entries written, 0 were there already.\n"
    with closing(open_record("room.record")) as store:
        assert store.entry("opened").draft.happened.start == moment_of("2022-02-08T00:00+13:00")
        assert store.entry("printed").draft.happened.end <= moment_of("2022-02-17T00:00+13:00")


def test_texts_of_reports_are_deleted_exported_and_imported(tmp_path: Path) -> None:
    text = "About 450 vehicles stand there, police said.\nEight people were arrested."
    with closing(open_record("room.record", clock=lambda: moment_of("2022-02-18T06:00Z"))) as store:
        said = {
            "id": "r",
            "kind": "report",
            "body": {"title": "Bulletin", "text_sha256": text_mark(text)},
            "happened": "2022-02-18",
        }
        store.append("square", [draft_of(said, calendar("Pacific/Auckland"), now=moment_of("2022-02-18T06:00Z"))], texts=[text])
    assert "  text Eight people were arrested.\n" in run("show", "r")
    exported = run("export")
    assert json.loads(exported)["text"] == text
    (tmp_path / "all.jsonl").write_text(exported)
    run("import", "all.jsonl", "--record", "copy.record", "--operation", "square")
    assert without_its_writing(run("export", "--record", "copy.record")) == without_its_writing(exported)
    wrong = json.loads(exported) | {"id": "w", "text": "Another text."}
    (tmp_path / "wrong.jsonl").write_text(json.dumps(wrong))
    with pytest.raises(BadFile, match="not the one whose SHA-256"):
        run("import", "wrong.jsonl", "--operation", "square")

    with pytest.raises(UnknownName):
        run("forget-texts", "--before", "2022-03-01")
    before = ("forget-texts", "--operation", "square", "--before")
    assert run(*before, "2022-02-18") == "Deleted: 0 texts of reports that came in before 2022-02-17 11:00 UTC.\n"
    assert run(*before, "2022-03-01") == "Deleted: 1 text of reports that came in before 2022-02-28 11:00 UTC.\n"
    assert "The texts of 1 report were deleted" in run("verify")
    assert "text" not in json.loads(run("export"))
    assert "text" not in json.loads(run("show", "r", "--json"))
    (tmp_path / "later.jsonl").write_text(run("export"))
    run("import", "later.jsonl", "--record", "third.record", "--operation", "square")
    assert "The texts of 1 report were deleted" in run("verify", "--record", "third.record")


def test_a_text_within_an_entry_of_an_earlier_program_stays_and_that_is_said() -> None:
    run("add", json.dumps({"kind": "report", "body": {"title": "Old", "text": "Words."}, "happened": "2022-02-18"}))
    said = run("forget-texts", "--before", "2100-01-01")
    assert "Deleted: 0 texts" in said
    assert "1 report of an earlier program has its text within the entry" in said


def test_an_entry_from_standard_input_and_a_retry() -> None:
    run("add", "-", said=entry("v1"))
    assert json.loads(run("add", "-", "--json", said=entry("v1")))["seq"] == 1
    with pytest.raises(Conflict):
        run("add", entry("v1", happened="day 8"))
    with pytest.raises(Conflict, match="has 1 entries, not 0"):
        run("add", entry("v2"), "--expect-version", "0")


def test_what_may_not_be_meant_is_written_only_when_somebody_says_so() -> None:
    run("add", entry("v1"))
    far = json.dumps(COUNT | {"id": "v2", "happened": "2025-06-01 09:00"})
    with pytest.raises(BadInput, match=r"3 years after the operation's last entry .* Nothing was written. .* give --yes"):
        run("add", far)
    early = entry("v3", happened="2022-02-17 20:00")
    with pytest.raises(BadInput, match="24 h after the room learnt of it"):
        run("add", early)
    assert run("add", far, "--yes").startswith("Entry 2, v2: count.\n")


def test_a_correction_prints_what_it_changes() -> None:
    run("add", entry("v1"))
    more = {"what": "vehicles", "amount": 500}
    assert "Vehicles: about 450 -> 500\n" in run("add", entry("v2", body=more, corrects=["v1"]))


def test_what_is_not_said_does_not_count_when_a_command_is_repeated(tmp_path: Path) -> None:
    unsaid = json.dumps(COUNT | {"id": "v1", "happened": "day 9 evening"})
    once = json.loads(run("add", unsaid, "--json"))
    assert json.loads(run("add", unsaid, "--json")) == once
    (tmp_path / "in.jsonl").write_text(unsaid)
    assert run("import", "in.jsonl") == "0 entries written, 1 were there already.\n"
    assert run("import", "in.jsonl", "--skip-bad") == "0 entries written, 1 were there already.\n"


@pytest.mark.slow
def test_imports_at_the_same_time_count_right(tmp_path: Path) -> None:
    run("add", entry("first"))
    for name, numbers in (("a", range(400)), ("b", range(200, 600)), ("c", range(100, 500))):
        (tmp_path / f"{name}.jsonl").write_text("\n".join(entry(f"v{number}") for number in numbers))
    command = [sys.executable, "-m", "clearway", "record", "import", "--skip-bad", "--json"]

    def imported(name: str) -> Any:  # noqa: ANN401 - any JSON
        return json.loads(subprocess.run([*command, f"{name}.jsonl"], check=True, stdout=subprocess.PIPE).stdout)  # noqa: S603

    with ThreadPoolExecutor() as programs:
        said = list(programs.map(imported, "abc"))
    assert sum(one["written"] for one in said) == 600
    assert all(one["written"] + one["there_already"] == 400 for one in said)
    assert "601 entries, written" in run("verify")


def test_verify_says_that_the_head_is_damaged(tmp_path: Path) -> None:
    run("add", entry("v1"))
    with closing(sqlite3.connect(tmp_path / "room.record")) as file:
        file.execute("DELETE FROM head")
        file.commit()
    refused = CliRunner().invoke(record, ["verify"])
    assert refused.exit_code == 1
    assert "it says 0 times where it ends, not once" in refused.output


def test_a_record_that_cannot_be_written_is_not_blamed_on_the_lines(tmp_path: Path) -> None:
    run("add", entry("v1"))
    with closing(sqlite3.connect(tmp_path / "room.record")) as file:
        file.execute("DELETE FROM head")
        file.commit()
    (tmp_path / "in.jsonl").write_text(entry("v2"))
    with pytest.raises(Unavailable, match="The record is damaged"):
        run("import", "in.jsonl", "--skip-bad")


@pytest.mark.parametrize("number", ["NaN", "-Infinity", "1e999", '"inf"'])
def test_a_number_that_is_not_one_is_refused(tmp_path: Path, number: str) -> None:
    line = entry("v1").replace("450", number, 1)
    with pytest.raises(BadInput, match="finite number"):
        run("add", line)
    (tmp_path / "in.jsonl").write_text(line)
    with pytest.raises(BadFile, match=r"Line 1: .*finite number"):
        run("import", "in.jsonl")


def test_an_export_can_be_imported_elsewhere_and_says_the_same(tmp_path: Path) -> None:
    for number in range(5):
        run("add", entry(f"v{number}"))
    run("export", "--out", "out.jsonl")
    assert (tmp_path / "out.jsonl").read_text() == run("export")
    assert run("import", "out.jsonl", "--record", "copy.record") == "5 entries written, 0 were there already.\n"
    assert run("import", "out.jsonl", "--record", "copy.record") == "0 entries written, 5 were there already.\n"
    ours, theirs = (
        [
            {name: value for name, value in json.loads(line).items() if name not in {"written", "hash", "entered"}}
            for line in text.splitlines()
        ]
        for text in (run("export"), run("export", "--record", "copy.record"))
    )
    assert ours == theirs
    assert len(run("export", "--after", "3").splitlines()) == 2


def test_a_bad_line_stops_all_or_is_left_out_as_chosen(tmp_path: Path) -> None:
    lines = [entry("v1"), "", entry("v2", happened="soon"), entry("v3"), "rubbish", entry("v4", confirms=["nothing"])]
    (tmp_path / "in.jsonl").write_text("\n".join(lines))
    with pytest.raises(BadFile, match=r"2 lines cannot be used. Line 3: .*Line 5: .*Nothing was written"):
        run("import", "in.jsonl")
    assert run("export") == ""
    told = json.loads(run("import", "in.jsonl", "--skip-bad", "--json"))
    assert (told["written"], [bad["line"] for bad in told["refused"]]) == (2, [3, 5, 6])
    assert [json.loads(line)["id"] for line in run("export").splitlines()] == ["v1", "v3"]


def test_a_line_that_does_not_fit_the_record_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text("\n".join([entry("v1"), entry("v2", disputes=["nothing"])]))
    with pytest.raises(ClearwayError, match="nothing"):
        run("import", "in.jsonl")
    assert run("export") == ""


def test_verify_accepts_a_sound_record_and_holds_it_to_a_head_noted_before() -> None:
    run("add", entry("v1"))
    said = run("verify")
    head = said.rsplit("Head: ", 1)[1].split()[0]
    assert json.loads(run("verify", "--json"))["accepted"] is None
    assert said.startswith("Sound.\n1 entries, written ")
    run("add", entry("v2"))
    assert run("verify", "--head", head).startswith("Accepted.\n2 entries, written ")
    refused = CliRunner().invoke(record, ["verify", "--head", f"1:{'0' * 64}"])
    assert refused.exit_code == 1
    assert "Entry 1 is not the one whose hash was noted down." in refused.output


def test_a_backup_is_a_record_and_heads_that_were_noted_find_an_older_one(tmp_path: Path) -> None:
    run("add", entry("v1"))
    run("head", "--append", "heads.txt")
    assert run("backup", "one.backup").startswith("1 entries are backed up in one.backup. Head: 1:")
    run("add", entry("v2"))
    run("head", "--append", "heads.txt")
    assert run("verify", "--heads", "heads.txt").startswith("Accepted.")
    older = CliRunner().invoke(record, ["verify", "--record", "one.backup", "--heads", "heads.txt"])
    assert (older.exit_code, "Entry 2, whose hash was noted down, is missing." in older.output) == (1, True)
    assert run("restore", "one.backup", "--record", "new/room.record").startswith("1 entries are restored.")
    assert run("show", "v1", "--record", "new/room.record").startswith("Entry 1 ")
    for words, error, sentence in (
        (("backup", "one.backup"), BadFile, "there is a file of that name already"),
        (("restore", "one.backup"), Conflict, "holds entries already"),
        (("restore", "none.backup", "--record", "x.record"), BadFile, "there is no such record"),
        (("verify", "--heads", "none.txt"), BadFile, "cannot be read"),
    ):
        with pytest.raises(error, match=sentence):
            run(*words)
    (tmp_path / "empty.record").touch()
    empty = CliRunner().invoke(record, ["verify", "--record", "empty.record"])
    assert (empty.exit_code, "The record holds no entry." in empty.output) == (1, True)


def test_kinds_are_listed_with_their_fields() -> None:
    assert "passage_rule" in run("kinds")
    assert "who              needed" in run("kinds", "passage_rule")
    assert json.loads(run("kinds", "--json"))["discriminator"]


@pytest.mark.parametrize(
    ("words", "error", "sentence"),
    [
        (["show", "v1"], BadFile, "there is no such record"),
        (["verify", "--record", "none.record"], BadFile, "there is no such record"),
        (["add", "x"], BadInput, "not JSON"),
        (["add", entry("v1"), "--zone", "Middle/Earth"], BadInput, "Pacific/Auckland"),
        (["add", entry("v1"), "--operation", "???"], BadInput, "cannot be the name of an operation"),
        (["add", entry("v1"), "--operation", "x" * 65], BadInput, "Use at most 64 letters, digits and hyphens"),
        (["import", "none.jsonl"], BadFile, "cannot be opened"),
        (["kinds", "gossip"], BadInput, "no kind 'gossip'"),
        (["export", "--record", "postgresql://postgres@127.0.0.1:1/none"], ClearwayError, "does not answer"),
    ],
)
def test_bad_input_gets_one_sentence(words: list[str], error: type[Exception], sentence: str) -> None:
    with pytest.raises(error, match=sentence.replace("?", r"\?")):
        run(*words)


def test_an_id_and_a_head_that_make_no_sense_are_named() -> None:
    run("add", entry("v1"))
    with pytest.raises(NotFound, match="no entry 'x'"):
        run("show", "x")
    with pytest.raises(BadInput, match="cannot be a head"):
        run("verify", "--head", "abc")


def test_a_file_of_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_bytes(b"\xff\xfe{\x00}")
    with pytest.raises(BadFile, match="not UTF-8 text"):
        run("import", "in.jsonl")


def test_a_zone_that_was_typed_and_no_entry_says_is_told_to_hold_for_one_call_and_how_to_keep_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("CLEARWAY_ZONE", "CLEARWAY_FIRST_DAY"):
        monkeypatch.delenv(name)
    (tmp_path / "one.jsonl").write_text(entry("one"))

    def told(*words: str) -> str:
        return CliRunner().invoke(record, words).stderr

    said = told("import", "one.jsonl", "--yes", "--zone", "Europe/Paris", "--first-day", "2022-02-08")
    assert "--zone and --first-day hold for this call alone: no entry of the record says it of 'operation'" in said
    (tmp_path / "operation.jsonl").write_text(next(one for one in said.splitlines() if one.startswith("{")))
    assert run("import", "operation.jsonl") == "1 entry written, 0 were there already.\n"
    with closing(open_record("room.record")) as store:
        held = calendar_of(operation_of(store, "operation", known_at=moment_of("2022-02-01T00:00+13:00")))
    assert (held.zone.key, held.first_day) == ("Europe/Paris", date(2022, 2, 8))
    assert "alone" not in told("import", "one.jsonl", "--yes", "--zone", "Europe/Paris")


def test_a_zone_of_the_environment_holds_for_every_call_and_is_not_told_of(tmp_path: Path) -> None:
    (tmp_path / "one.jsonl").write_text(entry("one"))
    assert "alone" not in CliRunner().invoke(record, ["import", "one.jsonl", "--yes"]).stderr
