"""What the rows of a record say of it."""

from __future__ import annotations

import pytest

from clearway.errors import ClearwayError, Unavailable
from clearway.record.entry import FIRST_HASH
from clearway.record.rows import Head, continued, head_of


@pytest.mark.parametrize("row", [("3", FIRST_HASH), (-1, FIRST_HASH), (3, FIRST_HASH[1:]), (3, 7)])
def test_a_head_that_cannot_be_read_is_damage(row: tuple[object, object]) -> None:
    assert head_of([(0, FIRST_HASH)]) == Head(0, FIRST_HASH)
    with pytest.raises(ClearwayError, match="where it ends cannot be read"):
        head_of([row])


OTHER = "f" * 64


@pytest.mark.parametrize(
    ("seq", "mark", "goes_on"),
    [(5, FIRST_HASH, True), (9, FIRST_HASH, True), (4, FIRST_HASH, False), (5, OTHER, False), (9, None, False)],
)
def test_a_record_goes_on_where_it_is_no_shorter_and_its_entry_is_the_one_that_was_seen(
    seq: int, mark: str | None, goes_on: bool  # noqa: FBT001 - a case
) -> None:  # fmt: skip
    head, seen = Head(seq, OTHER), Head(5, FIRST_HASH)
    if goes_on:
        assert continued(head, seen, mark) == head
    else:
        with pytest.raises(Unavailable, match=r"entry 5 is missing in it, or differs\. Nothing was saved"):
            continued(head, seen, mark)
    assert continued(head, Head(0, FIRST_HASH), None) == head
