"""``clearway talks`` and ``clearway decide``: words, JSON, refusals."""

from __future__ import annotations

import json
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from click import UsageError
from click.testing import CliRunner

from clearway.cli import root
from clearway.demo.prepare import demo_record
from clearway.errors import BadFile, BadInput, ClearwayError, NotFound
from clearway.record.open import open_record
from picture.test_view import report

if TYPE_CHECKING:
    from pathlib import Path

AT = ("--at", "day 14 9pm")


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("data")
    with closing(demo_record(folder)):
        return str(next(path for path in folder.iterdir() if path.suffix == ".record"))


def run(record: str, *words: str) -> str:
    result = CliRunner().invoke(root, [*words, "--record", record], standalone_mode=False)
    if result.exception:
        raise result.exception
    return result.stdout


def refused(record: str, *words: str) -> ClearwayError:
    with pytest.raises(ClearwayError) as error:
        run(record, *words)
    return error.value


def test_the_talks_in_words_and_as_json(record: str) -> None:
    text = run(record, "talks", *AT)
    assert "Deadlock: Speaker of the House and protesters wait for one another" in text
    assert "  Smallest step: protesters would go first" in text
    assert "Term nobody counts: " in text
    found = json.loads(run(record, "talks", *AT, "--json"))
    assert [one["entries"] for one in found["deadlocks"]] == [["d10-condition-vehicles", "d11-demand-address"]]


def test_what_is_typed_before_a_subcommand_holds_for_it_or_is_refused(record: str) -> None:
    with pytest.raises(UsageError, match="'talks enter' does not take --at"):
        run(record, "talks", "--at", "day 9", "enter", "contacts", "a.csv", "--by", "Police")


def test_what_is_open_and_by_which_entry_it_was_answered(record: str) -> None:
    before = run(record, "talks", "open", "--at", "day 9 11pm").splitlines()
    assert any(one.startswith("Unanswered for 6 h, owed by: New Zealand Government: ") for one in before)
    assert any("owed by: not said: Mediation offered" in one for one in before)
    assert run(record, "talks", "--at", "day 9 11pm", "open").splitlines() == before
    after = run(record, "talks", "open", "--at", "day 14")
    assert "Refused Mon 21 Feb 2022 06:00 by entry d14-pm-refuses" in after
    states = {one["line"]["id"]: one["state"] for one in json.loads(run(record, "talks", "open", "--at", "day 14", "--json"))}
    assert states["d09-meeting-request"] == "refused"


def test_a_sheet_for_a_meeting_and_its_minutes(record: str) -> None:
    sheet = run(record, "talks", "prepare", "Protest Groups", *AT)
    assert "Do not promise: Protest groups asked to meet New Zealand Government" in sheet
    assert json.loads(run(record, "talks", "prepare", "protest groups", *AT, "--json"))["party"]["name"] == "protest groups"
    form = run(record, "talks", "minutes", "d14-pm-briefed", *AT)
    assert "Due by Tue 22 Feb 2022 00:00: an outside authority took part." in form
    assert json.loads(form.splitlines()[-1])["body"]["of"] == "d14-pm-briefed"


def test_what_was_expected_a_basis_and_a_trigger(record: str) -> None:
    text = run(record, "decide", "review", *AT)
    assert "[New Zealand Police; d08-tow-announced]. Not done, by d09-tow-outcome." in text
    assert "Unknown: fewer vehicles" in text
    held = json.loads(run(record, "decide", "review", *AT, "--json"))["held"]
    assert {one["came"] for one in held} >= {"not_done", "proposed_done", "unknown", "disputed"}
    basis = run(record, "decide", "basis", "d11-no-tow")
    assert "Not filled in: the question" in basis
    assert "Hindsight: Not towed" in basis
    assert len(json.loads(run(record, "decide", "basis", "d11-no-tow", "--json"))["digest"]) == 64
    trigger = ("decide", "trigger", "--figure", "vehicles", "--at-least", "400")
    assert run(record, *trigger).startswith("Vehicles, at least 400: first known Wed 16 Feb 2022 18:00.")
    assert "not known to be so by then" in run(record, *trigger, "--at", "day 9 5pm")
    assert json.loads(run(record, *trigger, "--place", "Roads near Parliament", "--json"))["by"][0]["id"] == "d09-vehicles"


def test_bad_input_is_one_sentence_with_a_remedy(record: str, tmp_path: Path) -> None:
    unknown = refused(record, "talks", "prepare", "Nobody at all", *AT)
    assert (type(unknown), "The record names" in str(unknown)) == (NotFound, True)
    assert isinstance(refused(record, "talks", "minutes", "d11-no-tow", *AT), NotFound)
    assert "is a count and no decision" in str(refused(record, "decide", "basis", "d09-vehicles"))
    assert "needs a threshold" in str(refused(record, "decide", "trigger", "--figure", "vehicles"))
    crossed = refused(record, "decide", "trigger", "--figure", "vehicles", "--at-least", "5", "--at-most", "4")
    assert (type(crossed), str(crossed)) == (BadInput, "At most is below at least. Exchange them.")
    assert isinstance(refused(str(tmp_path / "none.record"), "talks"), BadFile)
    assert isinstance(refused(record, "talks", "--at", "some day"), BadInput)


def test_a_record_without_talks_says_so(tmp_path: Path) -> None:
    path = str(tmp_path / "room.record")
    with closing(open_record(path)) as store:
        report(store, "w", "weather", {"summary": "rain"}, day=5)
    text = run(path, "talks", "--at", "2022-02-20T12:00+13:00")
    assert "No deadlock is in the record" in text
    assert "Nothing was asked or offered that waits for an answer." in text
    assert "Nothing that was expected, announced or promised is in the record." in run(path, "decide", "review")
