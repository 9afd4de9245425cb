"""Who corrects and who disputes, and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clearway.errors import BadInput
from clearway.record.corrections import does_correct, does_dispute, notices, refuse_later
from clearway.record.moments import calendar, moment_of
from clearway.record.open import open_record
from clearway.record.parse import draft_of

if TYPE_CHECKING:
    from pathlib import Path

    from clearway.record.entry import Draft

CALENDAR = calendar("Pacific/Auckland", "2022-02-08")
NOW = moment_of("2022-02-21T20:00+13:00")


def count(name: str, by: str, **ties: Any) -> Draft:  # noqa: ANN401 - any JSON
    said = {"kind": "count", "body": {"what": "cars", "amount": 12}, "happened": "day 11", "source": f"Officer, {by}"}
    return draft_of(said | {"id": name} | ties, CALENDAR, now=NOW)


FIRST = count("first", "Police")


@pytest.mark.parametrize(
    ("draft", "corrects", "disputes"),
    [
        (count("own", "Police", corrects=["first"]), True, False),
        (count("other", "Council", corrects=["first"]), False, True),
        (count("against", "Council", disputes=["first"]), False, True),
        (count("of-another", "Police", corrects=["second"]), False, False),
        (count("beside", "Council", corrects=["second"], disputes=["third"]), False, False),
    ],
    ids=lambda one: getattr(one, "id", ""),
)
def test_a_body_corrects_its_own_word_and_disputes_anothers(draft: Draft, corrects: bool, disputes: bool) -> None:  # noqa: FBT001
    assert (does_correct(draft, FIRST), does_dispute(draft, FIRST)) == (corrects, disputes)


def test_who_would_correct_anothers_word_is_told_so_and_nobody_else(tmp_path: Path) -> None:
    store = open_record(str(tmp_path / "room.record"))
    store.append("square", [FIRST, count("second", "Council")])
    entries = list(store.entries("square"))
    (said,) = notices(count("third", "Council", corrects=["first", "second"]), entries)
    assert said.startswith("Entry 'first' is the word of Officer, Police, and this one of Officer, Council. Only the body")
    assert notices(count("fourth", "Council", disputes=["first"]), entries) == []
    store.close()


def test_what_corrects_comes_after_what_it_corrects() -> None:
    second = count("second", "Police", corrects=["first"])
    refuse_later([FIRST, second, count("third", "Police", withdraws=["second"], corrects=["long-ago"])])
    with pytest.raises(BadInput, match="Entry 'second' corrects or withdraws 'first', which comes after it"):
        refuse_later([second, FIRST])
