"""A vehicle that is moved is entered and found by its plate: whose word is the last, and what is taken for its street."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from clearway.errors import BadInput, NotFound
from clearway.record.moments import written
from clearway.record.moved import enter_moved, find_moved, last_of
from clearway.record.open import open_record
from plate_contract import CALENDAR, KEY, NOW, PLATE, SPACED, STREAM, moved, ticking
from record_drafts import draft

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clearway.record.store import Store

NO_SUCH = "No vehicle with that plate was moved from there. Check both, or ask the office that moves vehicles."


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_record(str(tmp_path / "room.record"), clock=ticking)) as opened:
        yield opened


def later(seconds: int) -> str:
    return written(NOW + timedelta(seconds=seconds))


def found(store: Store, stood: str = "Hill Street", plate: str = PLATE) -> str | None:
    """Where its owner is told that it is; None where nobody is told."""
    try:
        return find_moved(store, STREAM, plate, stood, KEY).moved_to
    except NotFound as refused:
        return None if str(refused) == NO_SUCH else str(refused)


def test_the_last_word_is_the_latest_that_happened_and_of_one_moment_the_one_written_last(store: Store) -> None:
    moved(store, state="stored", moved_to="the port", happened=later(9))
    moved(store, state="moved", moved_to="the lane", happened=later(5))  # written afterwards, about a moment before
    assert found(store) == "the port"
    moved(store, state="moved", moved_to="the valley", happened=later(9))
    assert found(store) == "the valley"
    with pytest.raises(BadInput, match="in the record already, as moved"):
        moved(store, state="moved", happened=later(20))
    assert moved(store, state="stored", happened=later(20)).seq == 4


def test_a_word_that_was_withdrawn_is_no_word_and_may_be_said_again(store: Store) -> None:
    first = moved(store, state="moved", moved_to="the lane")
    slip = moved(store, state="stored", moved_to="the port", happened=later(5))
    store.append(STREAM, [draft("gone", withdraws=[slip.id])])
    assert found(store) == "the lane"
    again = moved(store, state="stored", moved_to="the valley", happened=later(5))
    assert found(store) == "the valley"
    store.append(STREAM, [draft("all", withdraws=[again.id, first.id])])
    assert found(store) is None


def test_a_remark_that_names_the_mark_says_nothing_of_where_the_vehicle_is(store: Store) -> None:
    entry = moved(store, state="stored", moved_to="the port")
    mark = entry.as_json()["body"]["vehicle"]
    store.append(STREAM, [draft("note", body={"text": f"Look at {mark}"}, happened="2022-02-18T20:05+13:00")])
    last = last_of(store, STREAM, mark)
    assert last is not None
    assert (last.id, found(store)) == (entry.id, "the port")


@pytest.mark.parametrize(
    ("stood", "typed", "is_found"),
    [
        ("Hill Street", "HILL ST.", True),
        ("Hill Street between Bay Road and Park Lane", "hill street", True),
        ("12 Hill Street", "Hill St", True),
        ("Sky Stadium", "sky stadium", True),
        ("Sky Stadium", "Stadium", False),
        ("Hill Street", "Hill Road", False),
        (None, "Hill Street", False),
    ],
)
def test_a_street_is_the_same_however_much_of_it_was_written_down(
    store: Store, stood: str | None, typed: str, *, is_found: bool
) -> None:
    moved(store, state="stored", moved_to="the port", moved_from=stood)
    assert (found(store, typed) == "the port") == is_found


def test_a_plate_that_was_never_entered_and_a_street_where_nothing_stood_are_answered_alike(store: Store) -> None:
    assert found(store) is None
    moved(store, state="stored", moved_to="the port")
    assert [found(store, "Bay Road"), found(store, plate="OTHER1")] == [None, None]


@pytest.mark.parametrize(
    "words",
    [
        {"places": [{"type": "named", "name": "The Square"}, {"type": "named", "name": f"behind {SPACED}"}]},
        {"source": {"office": "warden", "document": f"list of {PLATE.lower()}"}},
        {"tags": ["one", ["two", PLATE]]},
    ],
)
def test_a_plate_is_found_in_any_word_of_the_document_however_deep(store: Store, words: dict[str, Any]) -> None:
    with pytest.raises(BadInput, match=r"stands in the words of the entry, which are never deleted\. Leave it out of them\."):
        moved_with(store, words)
    assert list(store.entries()) == []


def test_lists_of_other_words_and_longer_words_round_a_plate_are_no_plate(store: Store) -> None:
    places = [{"type": "named", "name": name} for name in ("The Square", f"yard X{PLATE}", f"yard {PLATE}9")]
    assert moved_with(store, {"places": places}).seq == 1


def test_a_document_without_a_body_is_told_what_it_lacks(store: Store) -> None:
    for document in ({"happened": later(0)}, {"happened": later(0), "body": None}):
        with pytest.raises(BadInput, match="state"):
            enter_moved(store, STREAM, PLATE, document, KEY, calendar=CALENDAR, now=NOW)


def moved_with(store: Store, words: dict[str, Any]) -> Any:  # noqa: ANN401 - an entry
    body = {"state": "to_be_moved", "purpose": "to free a lane", "power": "a by-law", "delete_by": "2022-03-01T00:00Z"}
    document = {"kind": "remark", "body": body, "happened": later(0)} | words
    return enter_moved(store, STREAM, PLATE, document, KEY, calendar=CALENDAR, now=NOW)
