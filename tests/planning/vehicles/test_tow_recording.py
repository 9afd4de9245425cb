"""Orders of tows and words on them in a record: numbered from one, written once, while others write too."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from clearway.errors import BadInput, Conflict, NotFound, UnknownName
from clearway.picture.index import PictureIndex
from clearway.picture.view import Moments
from clearway.planning.vehicles.towing.recording import named_operator, order_boards, order_tows, say_of_tow, words_on_tows
from clearway.record.entry import now
from clearway.record.kinds.tows import TowOrder, TowProgress
from clearway.record.open import open_record
from clearway.record.source import Source
from crowded import Crowded
from planning.vehicles.test_tow_record import board, order
from record_drafts import draft

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clearway.record.store import Store

OFFICE = Source(office="duty officer")
MOMENT = datetime.fromisoformat("2022-02-17T09:00:00+13:00")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_record(str(tmp_path / "room.record"))) as opened:
        yield opened


def made(number: int) -> TowOrder:
    return TowOrder.model_validate(order(order=number))


def ordered(store: Store, name: str = "first") -> None:
    order_tows(store, "square", made, OFFICE, MOMENT, name)


def said(store: Store, name: str, state: str, *, tow: str = "T1", moment: datetime = MOMENT, number: int = 1) -> TowProgress:
    entry = say_of_tow(
        store, "square", order=number, tow=tow, state=state, source=OFFICE, moment=moment, entry_id=name,  # type: ignore[arg-type]
    )  # fmt: skip
    body = entry.draft.body
    assert isinstance(body, TowProgress)
    return body


def test_an_order_is_written_with_the_word_that_nothing_is_done_yet(store: Store) -> None:
    entry = order_tows(store, "square", made, OFFICE, MOMENT, "first")
    assert (entry.id, entry.draft.source, entry.draft.happened.end) == ("first", OFFICE, MOMENT)
    first, begun = store.entries("square")
    assert (first.draft.body, begun.id) == (made(1), "first-0")
    assert begun.draft.body == TowProgress(order=1, starts=made(1).starts, tows=2)


def test_orders_are_numbered_and_one_sent_again_is_the_same(store: Store) -> None:
    for name in ("a", "b", "a"):
        ordered(store, name)
    bodies = [one.draft.body for one in store.entries("square", kind="tow_order")]
    assert bodies == [made(1), made(2)]
    elsewhere = order_tows(store, "elsewhere", made, OFFICE, MOMENT, "c").draft.body
    assert elsewhere == made(1), "each operation has its own"


def test_an_id_that_names_something_else_is_refused(store: Store) -> None:
    store.append("square", [draft("remark")])
    with pytest.raises(Conflict, match=r"^The id 'remark' is used for something else\. Send it under another\.$"):
        ordered(store, "remark")
    ordered(store)
    with pytest.raises(Conflict, match="The id 'first' is used for something else"):
        said(store, "first", "done")


def test_an_order_that_others_write_before_is_numbered_anew(store: Store) -> None:
    asked: list[int] = []

    def late(number: int) -> TowOrder:
        asked.append(number)
        if number == 1:
            ordered(store, "other")
        return made(number)

    assert order_tows(store, "square", late, OFFICE, MOMENT, "mine").draft.body == made(2)
    assert asked == [1, 2]


def test_where_others_write_all_the_time_an_order_is_given_up_after_five_times(store: Store) -> None:
    asked: list[int] = []

    def late(number: int) -> TowOrder:
        asked.append(number)
        store.append("square", [draft(f"remark-{number}-{len(asked)}")])
        return made(number)

    with pytest.raises(Conflict):
        order_tows(store, "square", late, OFFICE, MOMENT, "mine")
    assert asked == [1] * 5
    assert list(store.entries("square", kind="tow_order")) == []


def test_a_word_on_a_tow_counts_what_was_said_before_it_and_is_written_once(store: Store) -> None:
    ordered(store)
    assert (said(store, "a", "done").done, said(store, "a", "failed").done) == (1, 1), "sent again it is the same"
    second = said(store, "b", "under_way", tow="T2", moment=MOMENT + timedelta(minutes=5))
    assert (second.done, second.under_way, second.first_done) == (1, 1, MOMENT)
    assert [one.id for one in store.entries("square", kind="tow_progress")] == ["first-0", "a", "b"]
    with pytest.raises(BadInput, match="said already that it is done"):
        said(store, "c", "done", moment=MOMENT + timedelta(minutes=6))
    with pytest.raises(UnknownName, match="T9"):
        said(store, "c", "done", tow="T9")
    with pytest.raises(NotFound, match="no tow order 2"):
        said(store, "c", "done", number=2)


def test_a_word_on_a_tow_is_tried_again_while_others_write_five_times_in_all(store: Store) -> None:
    ordered(store)

    def other(number: int) -> None:
        store.append("square", [draft(f"remark-{number}")])

    four: Any = Crowded(store, 4, other)
    assert said(four, "a", "done").done == 1
    assert four.left == 0
    nine: Any = Crowded(store, 9, other)
    with pytest.raises(Conflict):
        said(nine, "b", "done", tow="T2")
    assert nine.left == 4
    assert [one.id for one in store.entries("square", kind="tow_progress")] == ["first-0", "a"]


def test_boards_and_words_are_those_known_at_a_moment(store: Store) -> None:
    ordered(store)
    said(store, "a", "done")
    operator = {"operator": "Smith", "light_willing": "no"}
    store.append(
        "square", [draft("no", kind="tow_operator", body=operator, happened="2022-02-17T09:30+13:00", known=now().isoformat())]
    )
    index = PictureIndex()
    index.add(store.entries("square"))
    (found,) = order_boards(store, index, Moments(now(), now()))
    assert (found.order, found.states, [one.operator for one in found.withdrawals]) == (made(1), {"T1": "done"}, ["Smith"])
    assert [one.id for one in words_on_tows(store, index, Moments(now(), now()))] == ["first-0", "a"]
    before = MOMENT - timedelta(hours=1)
    assert order_boards(store, index, Moments(before, before)) == []


@pytest.mark.parametrize(
    ("name", "operator"), [("Smith", "Smith"), ("light 2", "Smith"), ("heavy 1", "Jones"), ("Jones", "Jones")]
)
def test_an_operator_is_meant_by_its_name_or_by_one_of_its_trucks(name: str, operator: str) -> None:
    assert named_operator(board(), name) == operator
    with pytest.raises(
        BadInput, match=r"^Tow order 4 has no truck of 'smith'\. Name an operator of it, or one of its trucks\.$"
    ):
        named_operator(board(), "smith")
