"""Promises of small records, held against figures by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clearway.record.kinds import BODY
from picture.test_view import at_hour, report, store
from rounds import rounds
from talk_rooms import QUAY, UNION, count, ids, talks

if TYPE_CHECKING:
    from clearway.planning.talks.contract import Commitment
    from clearway.record.store import Store

__all__ = ["store"]  # a fixture

PROMISE = {"by": "Dock union", "to": "Police", "what": "Cars leave the quay", "counted": "vehicles", "at_most": 20}
HILL: dict[str, Any] = {"places": [{"type": "named", "name": "The hill"}]}


def the_promise(store: Store, day: int, hour: int = 23) -> Commitment:
    (found,) = talks(store, day, hour).commitments
    return found


@pytest.mark.parametrize(
    ("before", "after", "state"),
    [
        ((5, 20), None, "kept"),
        ((20, 21), None, "cannot_say"),
        ((21, 40), None, "broken"),
        ((21, 40), (25, 30), "broken"),
        ((21, 40), (0, 10), "cannot_say"),
        ((5, 20), (50, 60), "kept"),
        (None, (25, 30), "broken"),
        (None, (0, 10), "cannot_say"),
        (None, None, "cannot_say"),
    ],
)
def test_a_promise_is_kept_only_if_all_of_the_range_meets_it_and_broken_only_if_none_does(
    store: Store, before: tuple[float, float] | None, after: tuple[float, float] | None, state: str
) -> None:
    report(store, "p", "promise", PROMISE | {"due": at_hour(6, 14).isoformat()}, day=5, **QUAY)
    if before:
        count(store, "a", *before, day=6, hour=13)
    if after:
        count(store, "b", *after, day=6, hour=16)
    assert the_promise(store, 6, 14).state == "open"
    assert the_promise(store, 6, 20).state == state


def test_random_histories_of_figures_give_what_the_rule_says(store: Store) -> None:
    report(store, "p", "promise", PROMISE | {"due": at_hour(6, 14).isoformat()}, day=5, **QUAY)
    for number, chance in enumerate(rounds(6)):
        low = chance.randint(0, 40)
        high = low + chance.choice([0, 5, 30])
        count(store, f"n{number}", low, high, day=6, hour=2 + number)
        wanted = "kept" if high <= 20 else "broken" if low > 20 else "cannot_say"
        assert the_promise(store, 6, 20).state == wanted


def test_a_figure_at_the_very_time_of_a_promise_is_of_before_and_counts_once(store: Store) -> None:
    report(store, "p", "promise", PROMISE | {"due": at_hour(6, 12).isoformat()}, day=5, **QUAY)
    count(store, "a", 50, 60, day=6, hour=12)
    found = the_promise(store, 6, 13)
    assert (found.state, ids(found.evidence)) == ("broken", ["a"])


def test_a_deadline_that_passes_asks_for_an_outcome_and_a_word_against_the_figures_is_contested(store: Store) -> None:
    due = {"due": at_hour(6, 14).isoformat()}
    report(store, "p", "promise", {"by": "Police", "what": "Toilets are brought"} | due, day=5)
    assert (the_promise(store, 6, 14).state, the_promise(store, 6, 15).state) == ("open", "outcome_due")
    (alarm,) = talks(store, 6, 15).alarms
    assert (alarm.office, alarm.since) == ("Police", at_hour(6, 14))
    report(store, "q", "promise", {"by": "Police", "what": "Toilets are brought", "outcome": "kept"} | due, day=6, hour=16)
    assert the_promise(store, 6, 17).state == "kept"
    assert talks(store, 6, 17).alarms == []


def test_an_outcome_that_the_figures_contradict_is_contested(store: Store) -> None:
    due = {"due": at_hour(6, 14).isoformat()}
    count(store, "a", 30, 40, day=6, hour=13)
    report(store, "p", "promise", PROMISE | due | {"outcome": "kept"}, day=6, hour=15, **QUAY)
    assert the_promise(store, 6, 16).state == "contested"


def test_a_promise_without_a_place_is_held_against_the_only_place_that_was_counted(store: Store) -> None:
    report(store, "p", "promise", PROMISE | {"due": at_hour(6, 14).isoformat()}, day=5)
    report(store, "part", "count", {"what": "vehicles", "amount": {"low": 99}, "group": "of the police"}, day=6, **HILL)
    report(store, "tents", "count", {"what": "tents", "amount": {"low": 99}}, day=6, **HILL)
    count(store, "a", 5, 5, day=6, hour=13)
    assert (the_promise(store, 6).state, ids(the_promise(store, 6).evidence)) == ("kept", ["a"])
    count(store, "b", 50, 50, day=6, hour=13, **HILL)
    found = the_promise(store, 6)
    assert (found.state, found.evidence) == ("cannot_say", [])
    assert found.why == (
        "Vehicles, at most 20 by Sun 13 Feb 2022 14:00: they were counted at 2 places. Correct the promise: name its place."
    )


@pytest.mark.parametrize(
    ("figures", "state", "why"),
    [
        ([(5, 5, 13)], "kept", "yes, by the last figures before"),
        ([(30, 30, 15)], "broken", "no, by the figures next to it"),
        ([(20, 21, 13)], "cannot_say", "the figures next to it leave it open"),
        ([], "cannot_say", "nobody counted within a day of it. Enter what came of it"),
    ],
)
def test_why_a_promise_stands_so_is_said_in_words(
    store: Store, figures: list[tuple[float, float, int]], state: str, why: str
) -> None:
    report(store, "p", "promise", PROMISE | {"due": at_hour(6, 14).isoformat()}, day=5, **QUAY)
    for number, (low, high, hour) in enumerate(figures):
        count(store, f"n{number}", low, high, day=6, hour=hour)
    found = the_promise(store, 6)
    assert (found.state, found.why) == (state, f"Vehicles, at most 20 by Sun 13 Feb 2022 14:00: {why}.")
    assert (found.by, found.to, found.due) == ("Dock union", "Police", at_hour(6, 14))


def test_a_promise_of_a_place_is_not_shown_by_another(store: Store) -> None:
    report(store, "p", "promise", PROMISE | {"due": at_hour(6, 14).isoformat()}, day=5, **QUAY)
    count(store, "a", 5, 5, day=6, hour=13, **HILL)
    assert (the_promise(store, 6).state, the_promise(store, 6).evidence) == ("cannot_say", [])
    count(store, "b", 50, 50, day=6, hour=13)
    assert (the_promise(store, 6).state, ids(the_promise(store, 6).evidence)) == ("broken", ["b"])


@pytest.mark.parametrize(("hours", "counts"), [(-24, True), (-25, False), (24, True), (25, False)])
def test_figures_a_day_from_the_time_of_a_promise_show_whether_it_was_kept_and_later_ones_do_not(
    store: Store, hours: int, *, counts: bool
) -> None:
    report(store, "p", "promise", PROMISE | {"due": at_hour(6, 14).isoformat()}, day=4, **QUAY)
    count(store, "n", 50, 50, day=6, hour=14 + hours)
    assert the_promise(store, 8).state == ("broken" if counts else "cannot_say")


@pytest.mark.parametrize(
    ("outcome", "state", "why"),
    [
        ("open", "open", "No time was said by which it is due."),
        ("kept", "kept", "The latest word: kept."),
        ("not_kept", "broken", "The latest word: not kept."),
        ("overtaken", "overtaken", "Something else took its place."),
    ],
)
def test_a_promise_without_a_time_stands_as_its_latest_word_says(store: Store, outcome: str, state: str, why: str) -> None:
    report(store, "p", "promise", {"by": "Police", "what": "Tea", "outcome": outcome}, day=5)
    report(store, "e", "evidence", {"by": "Port", "shows": "no tea"}, day=6, disputes=["p"])
    report(store, "x", "evidence", {"by": "Port", "shows": "tea"}, day=6)
    found = the_promise(store, 7)
    assert (found.state, found.why, found.to, ids(found.evidence)) == (state, why, None, ["e"])


def test_promises_stand_by_when_they_are_due_and_those_without_a_time_last(store: Store) -> None:
    for name, due in (("c", 9), ("a", None), ("b", 7)):
        told = {"due": at_hour(due, 1).isoformat()} if due else {}
        report(store, name, "promise", {"by": "Police", "what": name} | told, day=5)
    assert [one.what for one in talks(store, 6).commitments] == ["b", "c", "a"]
    assert talks(store, 6).commitments[0].why == "Due by Mon 14 Feb 2022 01:00."
    assert talks(store, 8).commitments[0].why == "Its time has passed. Enter what came of it."


def test_the_bounds_of_a_promise_are_in_order() -> None:
    with pytest.raises(ValueError, match="'at_most' is below its 'at_least'"):
        BODY.validate_python({"kind": "promise", "by": "P", "what": "w", "counted": "cars", "at_most": 5, "at_least": 6})


@pytest.mark.parametrize(("outcome", "state"), [("open", "open"), ("kept", "kept"), ("not_kept", "broken")])
def test_a_promise_of_a_figure_without_a_time_is_held_against_no_figure(store: Store, outcome: str, state: str) -> None:
    report(store, "p", "promise", PROMISE | {"outcome": outcome}, day=5, **QUAY)
    count(store, "a", 5, 5, day=6)
    count(store, "b", 50, 50, day=6, source=UNION)
    assert (the_promise(store, 7).state, the_promise(store, 7).evidence) == (state, [])
