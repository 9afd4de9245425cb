from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clearway.errors import NotFound
from clearway.record.import_jsonl import import_lines
from clearway.record.moments import calendar, moment_of
from clearway.record.open import open_record
from clearway.record.operations import calendar_of, chosen_operation, operation_entry, operation_of, spot_of
from clearway.record.parse import draft_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clearway.record.store import Store

NOW = moment_of("2022-02-20T00:00Z")
OPENED = {"kind": "operation", "id": "o", "happened": "2022-02-08", "body": {"title": "A square", "zone": "Pacific/Auckland"}}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_record(str(tmp_path / "room.record"))
    yield opened
    opened.close()


def tell(store: Store, entry_id: str, **fields: object) -> None:
    store.append("square", [draft_of(OPENED | {"id": entry_id} | fields, calendar(), now=NOW, entered="imported")])


def test_the_record_names_its_operation_and_its_calendar(store: Store) -> None:
    assert operation_of(store, "square") is None
    assert calendar_of(None) == calendar("UTC")
    assert calendar_of(None, "Pacific/Auckland", "2022-02-08") == calendar("Pacific/Auckland", "2022-02-08")
    tell(store, "a", body={"title": "A square", "zone": "Pacific/Auckland", "first_day": "2022-02-08"})
    operation = operation_of(store, "square")
    assert operation is not None
    assert operation.title == "A square"
    assert calendar_of(operation) == calendar("Pacific/Auckland", "2022-02-08")
    assert calendar_of(operation, "UTC", "2022-02-09") == calendar("UTC", "2022-02-09")
    assert calendar_of(operation, "UTC") == calendar("UTC", "2022-02-08")
    assert calendar_of(operation, first_day="2022-02-09") == calendar("Pacific/Auckland", "2022-02-09")


def test_what_is_said_last_of_an_operation_counts(store: Store) -> None:
    tell(store, "a")
    tell(store, "b", body={"title": "The square"}, corrects=["a"])
    operation = operation_of(store, "square")
    assert operation is not None
    assert operation.title == "The square"


def test_at_a_moment_the_last_by_then_counts_and_before_the_first_the_first(store: Store) -> None:
    def title(hour: int) -> str | None:
        found = operation_of(store, "square", known_at=moment_of(f"2022-02-20T{hour:02}:00Z"))
        return found.title if found else None

    tell(store, "a", known="2022-02-20T05:00Z")
    tell(store, "b", body={"title": "The square"}, known="2022-02-20T09:00Z")
    tell(store, "c", body={"title": "No square"}, known="2022-02-20T12:00Z")
    assert [title(hour) for hour in (1, 5, 8, 9, 13)] == ["A square", "A square", "A square", "The square", "No square"]


def test_a_name_that_is_imported_after_others_is_of_every_moment(store: Store) -> None:
    remark = {"kind": "remark", "id": "r", "body": {"text": "x"}}
    store.append("square", [draft_of(OPENED | remark, calendar(), now=NOW)])
    tell(store, "a", known="2022-02-19T05:00Z")
    assert operation_of(store, "square", known_at=moment_of("2022-02-19T01:00Z")) is not None


def test_a_name_that_is_entered_live_after_others_is_not_of_the_moments_before(store: Store) -> None:
    remark = {"kind": "remark", "id": "r", "body": {"text": "x"}}
    store.append("square", [draft_of(OPENED | remark, calendar(), now=NOW)])
    store.append("square", [draft_of(OPENED | {"known": "2022-02-19T05:00Z"}, calendar(), now=NOW)])
    assert operation_of(store, "square", known_at=NOW) is None
    assert operation_entry(store, "square", known_at=NOW) is None
    assert operation_of(store, "square", known_at=NOW, knowledge="could") is not None
    assert operation_entry(store, "square", known_at=NOW, knowledge="could") is not None
    assert operation_of(store, "square") is not None


def test_lines_below_an_operation_are_read_by_its_calendar(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "lines.jsonl"
    file.write_text(
        '{"id": "o", "kind": "operation", "body": {"title": "T", "zone": "Pacific/Auckland", "first_day": "2022-02-08"}, '
        '"happened": "2022-02-08"}\n{"id": "r", "kind": "remark", "body": {"text": "x"}, "happened": "day 2 9am"}\n',
        "utf-8",
    )
    assert import_lines(store, "square", file, calendar()).written == 2
    assert store.entry("r").draft.happened.start == moment_of("2022-02-09T09:00+13:00")


def test_the_only_operation_needs_no_name_and_an_unknown_one_is_refused_with_those_there_are(store: Store) -> None:
    for name in (None, "square"):
        with pytest.raises(NotFound, match="holds no entry yet"):
            chosen_operation(store, name)
    tell(store, "a")
    assert chosen_operation(store, None) == chosen_operation(store, "square") == "square"
    with pytest.raises(NotFound, match="It holds: square"):
        chosen_operation(store, "circle")
    store.append("circle", [draft_of(OPENED | {"id": "c"}, calendar(), now=NOW)])
    with pytest.raises(NotFound, match=r"holds 2 operations: circle, square\. Name one with --operation"):
        chosen_operation(store, None)


def test_an_operation_lies_where_its_last_entry_with_a_position_says(store: Store) -> None:
    assert spot_of(store, "square") is None
    tell(store, "a", place="Hill Street")
    assert spot_of(store, "square") is None
    tell(store, "b", place="-41.28, 174.77")
    tell(store, "c", place="Hill Street")
    assert spot_of(store, "square") == (174.77, -41.28)
    tell(store, "d", place="-41.29, 174.78")
    assert spot_of(store, "square") == (174.78, -41.29)
