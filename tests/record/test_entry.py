"""Drafts and entries by themselves: what is the same, and what none may say."""

from __future__ import annotations

import math
from typing import Any

import pytest
from pydantic import ValidationError

from clearway.errors import BadInput
from clearway.record.entry import FIRST_HASH, Draft, Entry, canonical
from clearway.record.moments import calendar, moment_of
from clearway.record.parse import draft_of
from clearway.record.source import Source, Words

CALENDAR = calendar("Pacific/Auckland", "2022-02-08")
NOW = moment_of("2022-02-21T20:00+13:00")


def draft(**fields: Any) -> Draft:  # noqa: ANN401 - any JSON
    said = {"kind": "remark", "body": {"text": "Seen"}, "happened": "day 11", "id": "one"}
    return draft_of(said | fields, CALENDAR, now=NOW)


def test_a_draft_is_the_same_as_one_with_the_same_fields_and_as_nothing_else() -> None:
    assert draft() == draft()
    assert draft() != draft(id="two")
    assert draft() != draft().id
    assert len({draft(), draft(), draft(id="two")}) == 2


def test_a_remark_corrects_nothing_and_may_withdraw() -> None:
    assert draft(withdraws=["two"]).withdraws == ("two",)
    with pytest.raises(BadInput, match="a remark corrects nothing"):
        draft(corrects=["two"])
    with pytest.raises(BadInput, match="an entry cannot be tied to itself"):
        draft(confirms=["one"])


@pytest.mark.parametrize("field", ["seq", "version"])
def test_entries_are_numbered_from_one(field: str) -> None:
    fields = {"seq": 1, "stream": "square", "version": 1, "written": NOW, "draft": draft(), "hash": FIRST_HASH}
    assert Entry.model_validate(fields).id == "one"
    with pytest.raises(ValidationError):
        Entry.model_validate(fields | {field: 0})


@pytest.mark.parametrize(("credibility", "taken"), [(0, False), (1, True), (6, True), (7, False)])
def test_credibility_runs_from_one_to_six(credibility: int, taken: bool) -> None:  # noqa: FBT001
    try:
        assert Source(office="Officer", credibility=credibility).credibility == credibility
        assert taken
    except ValidationError:
        assert not taken


def test_words_of_a_report_end_behind_their_first_character() -> None:
    assert Words(report="a", start=4, end=5).end == 5
    with pytest.raises(ValidationError, match="the words end before they start"):
        Words(report="a", start=5, end=5)


def test_times_are_read_from_when_it_was_read_else_from_when_it_was_known() -> None:
    at_noon = moment_of("2022-02-18T12:00+13:00")
    for told in ({"known": at_noon}, {"known": "2022-02-18T12:00+13:00"}, {"read_at": at_noon}, {"read_at": "day 11 noon"}):
        assert draft(happened="yesterday 7pm", **told).happened.end == moment_of("2022-02-17T19:00+13:00")


def test_what_is_hashed_is_written_letter_by_letter_and_holds_only_numbers_that_json_has() -> None:
    assert canonical({"b": [1, None], "a": "Pōneke ✓"}) == '{"a":"Pōneke ✓","b":[1,null]}'
    for number in (math.nan, math.inf):
        with pytest.raises(ValueError, match="not JSON compliant"):
            canonical({"a": number})


@pytest.mark.parametrize("field", ["corrects", "withdraws", "confirms", "disputes", "places"])
def test_an_entry_names_at_most_fifty_of_each(field: str) -> None:
    names = [f"Gate {number}" if field == "places" else f"e{number}" for number in range(51)]
    said = {"body": {"kind": "statement", "summary": "Seen"}, "kind": "statement"}
    assert len(getattr(draft(**said, **{field: names[:50]}), field)) == 50
    with pytest.raises(BadInput, match=f"{field}: .* has more than 50 parts"):
        draft(**said, **{field: names})
