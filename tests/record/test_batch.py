"""Many entries at once: what is wrong is said by its number, and not without end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clearway.errors import BadInput, ClearwayError
from clearway.record.batch import write_batch
from clearway.record.moments import calendar, moment_of
from clearway.record.open import open_record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clearway.record.store import Store

CALENDAR = calendar("Pacific/Auckland", "2022-02-08")
NOW = moment_of("2022-02-21T20:00+13:00")
ONE = {"kind": "remark", "body": {"text": "Seen"}, "happened": "day 11", "id": "one"}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = open_record(str(tmp_path / "room.record"))
    yield made
    made.close()


def refused(store: Store, *documents: Any) -> str:  # noqa: ANN401 - any JSON
    with pytest.raises(ClearwayError) as refusal:
        write_batch(store, "square", documents, CALENDAR, now=NOW)
    assert list(store.entries("square")) == []
    return str(refusal.value)


def test_three_that_cannot_be_used_are_told_and_the_others_counted(store: Store) -> None:
    nothing = "An entry is a JSON object with 'body' and 'happened'."
    told = [f"Entry {number}: {nothing}" for number in (2, 3, 4)]
    assert refused(store, ONE, 5, 5, 5) == " ".join([*told, "Nothing was written."])
    assert refused(store, ONE, *[5] * 6) == " ".join([*told, "3 more cannot be used either. Nothing was written."])


def test_each_has_an_id_of_its_own_and_ties_are_named_by_number(store: Store) -> None:
    assert refused(store, ONE, ONE | {"body": {"text": "Heard"}}) == (
        "Entry 2: it has the id 'one', as entry 1 has. Give each its own. Nothing was written."
    )
    assert refused(store, ONE, ONE | {"id": "two", "confirms": ["nobody"]}).startswith("Entry 2: ")
    assert refused(store, ONE | {"confirms": ["two"], "corrects": []}, ONE | {"id": "two", "withdraws": ["three"]}).startswith(
        "Entry 2: "
    )
    with pytest.raises(BadInput, match="The list holds no entry"):
        write_batch(store, "square", [], CALENDAR, now=NOW)


@pytest.mark.parametrize(("known", "fits"), [("2022-02-21T20:02+13:00", True), ("2022-02-21T20:03+13:00", False)])
def test_nobody_knows_of_anything_more_than_two_minutes_ahead(store: Store, known: str, *, fits: bool) -> None:
    later = ONE | {"id": "two", "known": known}
    if fits:
        assert write_batch(store, "square", [ONE, later], CALENDAR, now=NOW).new == 2
    else:
        assert refused(store, ONE, later).startswith("Entry 2: Entry 'two' says that it was known at 2022-02-21 07:03 UTC")


def test_what_ends_before_it_starts_is_refused_by_its_number(store: Store) -> None:
    body = {"state": "shut", "starts": "2022-02-18T18:00+13:00", "ends": "2022-02-18T17:00+13:00"}
    said = refused(store, ONE, ONE | {"id": "two", "kind": "road_state", "body": body, "place": "Hill Street"})
    assert said.startswith("Entry 2: The entry cannot be used: ends: it ends before it starts.")


def test_an_id_that_is_used_for_something_else_is_named_by_its_number(store: Store) -> None:
    box = ONE | {"id": "box"}
    write_batch(store, "square", [box], CALENDAR, now=NOW)
    with pytest.raises(ClearwayError, match=r"^Entry 2: .*Nothing was written\.$"):
        write_batch(store, "square", [ONE | {"id": "e1"}, box | {"body": {"text": "Heard"}}], CALENDAR, now=NOW)
    assert [entry.id for entry in store.entries("square")] == ["box"]
