"""The board of tows that were ordered, by hand: the latest word on each tow, and operators that come no more."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from clearway.errors import NotFound
from clearway.planning.vehicles.towing.order_board import OrderBoard, board_called, boards_of, order_words
from clearway.record.entry import Entry
from record_drafts import draft

ZONE = ZoneInfo("Pacific/Auckland")
TRUCKS = [("light 1", "A"), ("light 2", "A"), ("light 3", "A"), ("heavy 1", "A"), ("light 4", "B")]
TOWS = [("T1", "light 1"), ("T2", "light 2"), ("T3", "light 3"), ("T4", "heavy 1"), ("T5", "light 4")]


def clock(time: str) -> str:
    return f"2022-02-16T{time}+13:00"


def entry(kind: str, body: dict[str, Any], time: str, *, seq: int = 1, known: str | None = None) -> Entry:
    name = f"{kind}-{time}-{seq}".replace(":", ".").replace("_", "-")
    said = draft(name, kind=kind, body=body, happened=clock(time), known=clock(known or time))
    return Entry.model_construct(seq=seq, stream="a", version=1, written=said.known, hash="", draft=said)


def ordered(number: int = 1, time: str = "08:00", *, left: bool = False) -> Entry:
    tow = {"stretch": 0, "vehicle": "car", "step": 0, "to_storage": "S", "arrive_s": 60, "hooked_s": 120, "done_s": 300}
    return entry(
        "tow_order",
        {
            "order": number, "by": "Council", "power": "section 9", "power_row": "roads", "starts": clock("08:00"),
            "steps": ["a lane"], "stretches": [{"name": "Hill Street", "across": 5, "lane_moves": 1}],
            "storage": [{"id": "S", "at": [174.77, -41.28]}],
            "trucks": [
                {"id": name, "operator": who, "kind": name.partition(" ")[0], "storage": "S"} for name, who in TRUCKS
            ],
            "tows": [{"id": name, "truck": truck} | tow for name, truck in TOWS],
            "left": [{"stretch": 0, "vehicle": "bus", "step": 0, "number": 1}] if left else [],
        },
        time,
    )  # fmt: skip


def word(tow: str | None, state: str, time: str, *, seq: int = 2, number: int = 1, note: str | None = None) -> Entry:
    body: dict[str, Any] = {"order": number, "starts": clock("08:00"), "tow": tow, "state": state, "tows": 5, "note": note}
    return entry("tow_progress", body, time, seq=seq)


def answer(time: str, *, operator: str = "A", seq: int = 9, known: str | None = None, **said: Any) -> Entry:  # noqa: ANN401
    return entry("tow_operator", {"operator": operator} | said, time, seq=seq, known=known)


def board(*entries: Entry, answers: tuple[Entry, ...] = (), left: bool = False) -> OrderBoard:
    (found,) = boards_of([ordered(left=left), *entries], answers)
    return found


def test_the_latest_word_on_a_tow_counts_by_when_it_was_so_and_then_by_its_number() -> None:
    found = board(
        word("T1", "done", "09:00", seq=2),
        word("T1", "under_way", "08:30", seq=3),
        word("T2", "failed", "09:00", seq=5),
        word("T2", "gone", "09:00", seq=4),
        word("T3", "done", "09:00", number=2),
        word(None, "to_come", "08:00"),
    )
    assert found.states == {"T1": "done", "T2": "failed"}
    assert (found.said["T1"].entry, found.said["T2"].note) == ("tow-progress-09.00-2", None)
    assert board(word("T1", "failed", "09:00", note="no key")).said["T1"].note == "no key"


@pytest.mark.parametrize(
    ("states", "words"),
    [
        ([], "0 of 5 tows done, 5 to come"),
        (["done", "under_way", "failed", "gone", "withdrawn"],
         "1 of 5 tows done, 1 under way, 1 failed and to be tried again, 1 driven away by their drivers, 1 withdrawn"),
        (["done"] * 5, "5 of 5 tows done"),
        (["done", "to_come", "gone"], "1 of 5 tows done, 1 driven away by their drivers, 3 to come"),
        (["failed", "failed"], "0 of 5 tows done, 2 failed and to be tried again, 3 to come"),
    ],
)  # fmt: skip
def test_how_far_an_order_is_in_words(states: list[str], words: str) -> None:
    said = [word(f"T{number}", state, "09:00") for number, state in enumerate(states, start=1)]
    assert order_words(board(*said)) == words


@pytest.mark.parametrize(
    ("states", "left", "over"),
    [
        (["done", "gone", "withdrawn", "done", "done"], False, True),
        (["done", "gone", "withdrawn", "done", "failed"], False, False),
        (["done", "gone", "withdrawn", "done", "under_way"], False, False),
        (["done", "gone", "withdrawn", "done"], False, False),
        (["done"] * 5, True, False),
    ],
)
def test_an_order_is_over_once_nothing_is_left_to_do(states: list[str], *, left: bool, over: bool) -> None:
    said = [word(f"T{number}", state, "09:00") for number, state in enumerate(states, start=1)]
    assert board(*said, left=left).is_over is over


def test_the_newest_order_comes_first_and_one_that_there_is_not_is_refused_with_those_that_there_are() -> None:
    boards = boards_of([ordered(2, "09:00"), ordered(1, "08:00")], [])
    assert [one.order.order for one in boards] == [2, 1]
    assert board_called(boards, 1).order.order == 1
    with pytest.raises(NotFound, match=r"The record has no tow order 3\. It has: 1 and 2\."):
        board_called(boards, 3)
    with pytest.raises(NotFound, match=r"no tow order 1\. It has: none yet\."):
        board_called([], 1)


AT_WORK = (
    word("T1", "under_way", "09:00"),
    word("T2", "done", "09:00"),
    word("T3", "failed", "09:00"),
    word("T4", "under_way", "11:00"),
)


def test_an_operator_that_refuses_has_withdrawn_and_what_its_trucks_were_at_goes_back() -> None:
    found = board(*AT_WORK, answers=(answer("10:00", light_willing="no", heavy_willing="no"),))
    ((operator, trucks, _, _, back, open_),) = found.withdrawals
    assert (operator, trucks) == ("A", ("light 1", "light 2", "light 3", "heavy 1"))
    assert back == ("T1",)
    assert open_ == ("T3", "T4"), "what was under way after it said so goes on"
    assert found.states == {"T1": "to_come", "T2": "done", "T3": "failed", "T4": "under_way"}
    assert list(found.told(ZONE)) == [
        ("A has withdrawn at Wed 16 Feb 2022 10:00. Trucks that come no more: 3 light and 1 heavy. Under way, and to be done "
         "again: T1. Of its other tows 2 are not done: other trucks must do them.")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "trucks"),
    [
        ({"heavy_willing": "no"}, ("heavy 1",)),
        ({"light_willing": "no"}, ("light 1", "light 2", "light 3")),
        ({"light_willing": "yes", "light_trucks": {"low": 2, "high": 2}}, ("light 3",)),
        ({"light_willing": "yes", "light_trucks": {"low": 3, "high": 3}}, None),
        ({"light_willing": "yes"}, None),
        ({"light_willing": "unknown", "light_trucks": {"low": 0, "high": 0}}, None),
        ({"operator": "a", "heavy_willing": "no"}, ("heavy 1",)),  # however it is spelled
        ({"operator": "C", "heavy_willing": "no"}, None),
    ],
)
def test_of_each_kind_those_come_no_more_that_an_operator_refuses_or_does_not_count(
    said: dict[str, Any], trucks: tuple[str, ...] | None
) -> None:
    found = board(answers=(answer("10:00", **said),))
    assert [one.trucks for one in found.withdrawals] == ([trucks] if trucks else [])


def test_only_the_newest_answer_counts_and_none_that_was_known_before_the_order() -> None:
    refuses: dict[str, Any] = {"light_willing": "no"}
    assert board(answers=(answer("10:00", **refuses), answer("10:30", seq=10, light_willing="yes"))).withdrawals == ()
    assert board(answers=(answer("10:30", light_willing="yes"), answer("10:00", seq=10, **refuses))).withdrawals == ()
    assert board(answers=(answer("07:00", **refuses),)).withdrawals == ()
    assert len(board(answers=(answer("07:00", known="08:30", **refuses),)).withdrawals) == 1, "heard of after the order"
    assert board(answers=(answer("08:00", seq=1, **refuses),)).withdrawals == (), "not after it"
    assert len(board(answers=(answer("08:00", seq=2, **refuses),)).withdrawals) == 1


def test_a_tow_under_way_since_the_very_moment_of_a_refusal_goes_back_and_few_trucks_are_named() -> None:
    found = board(word("T5", "under_way", "10:00"), answers=(answer("10:00", operator="B", light_willing="no"),))
    (one,) = found.withdrawals
    assert (one.trucks, one.back, one.open) == (("light 4",), ("T5",), ())
    assert list(found.told(ZONE)) == [
        "B has withdrawn at Wed 16 Feb 2022 10:00. Trucks that come no more: light 4. Under way, and to be done again: T5."
    ]
    three = board(answers=(answer("10:00", light_willing="no"),))
    assert list(three.told(ZONE)) == [
        ("A has withdrawn at Wed 16 Feb 2022 10:00. Trucks that come no more: light 1, light 2 and light 3. Of its other tows "
         "3 are not done: other trucks must do them.")
    ]  # fmt: skip
