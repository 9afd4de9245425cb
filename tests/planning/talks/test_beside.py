"""Statements of groups beside the figures of others, by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from picture.test_view import at_hour, report, store
from talk_rooms import COUNCIL, QUAY, UNION, ids, talks

if TYPE_CHECKING:
    from clearway.record.store import Store

__all__ = ["store"]  # a fixture


def test_what_a_group_says_of_a_figure_stands_beside_what_others_counted_that_day_and_place(store: Store) -> None:
    report(store, "s", "statement", {"summary": "Many vehicles were moved."}, day=5, hour=18, source=UNION, **QUAY)
    report(store, "l", "flow", {"what": "vehicles", "direction": "left", "amount": {"low": 12, "high": 12}}, day=5, **QUAY)
    report(store, "o", "flow", {"what": "vehicles", "direction": "left"}, day=4, **QUAY)
    report(store, "u", "flow", {"what": "vehicles", "direction": "left"}, day=5, source=UNION, **QUAY)
    (found,) = talks(store, 6).beside
    assert (found.claim.id, ids(found.others), found.refuted_by) == ("s", ["l"], [])
    report(store, "e", "evidence", {"by": "Port", "shows": "none left"}, day=6, disputes=["s"])
    assert talks(store, 6).beside[0].refuted_by == ["e"]


@pytest.mark.parametrize("what", ["vehicles", "tents", "people", "officers", "trucks", "cars"])
def test_each_figure_that_a_statement_names_as_moving_has_the_counts_of_others_beside_it(store: Store, what: str) -> None:
    report(store, "s", "statement", {"summary": f"All {what} have left."}, day=5, hour=18, source=UNION, **QUAY)
    report(store, "c", "count", {"what": what, "amount": {"low": 12, "high": 12}}, day=5, **QUAY)
    report(store, "x", "count", {"what": "children", "amount": {"low": 1, "high": 1}}, day=5, **QUAY)
    (found,) = talks(store, 6).beside
    assert ids(found.others) == ["c"]


@pytest.mark.parametrize(
    ("said", "beside"),
    [
        ({"summary": "All cars stand there."}, False),  # nothing moves
        ({"summary": "All boats have left."}, False),  # nothing that is counted
        ({"summary": "Cars have left."}, True),
        ({"summary": "Scars have left."}, False),
    ],
)
def test_a_statement_that_names_no_figure_or_no_movement_stands_alone(
    store: Store, said: dict[str, str], *, beside: bool
) -> None:
    report(store, "s", "statement", said, day=5, hour=18, source=UNION, **QUAY)
    report(store, "c", "count", {"what": "cars", "amount": {"low": 12, "high": 12}}, day=5, **QUAY)
    report(store, "o", "statement", said, day=5, hour=18, source=COUNCIL, **QUAY)
    assert [one.claim.id for one in talks(store, 6).beside] == ["s"] * beside, "an authority is no group"


def test_figures_of_another_place_or_day_stand_beside_nothing_and_those_of_no_place_do(store: Store) -> None:
    report(store, "s", "statement", {"summary": "Cars have left."}, day=5, hour=18, source=UNION, **QUAY)
    cars = {"what": "cars", "amount": {"low": 12, "high": 12}}
    report(store, "nowhere", "count", cars, day=5)
    report(store, "there", "count", cars, day=5, places=[{"type": "named", "name": "The hill"}])
    report(store, "before", "count", cars, day=4, hour=23, **QUAY)
    report(store, "after", "count", cars, day=6, hour=0, **QUAY)
    report(store, "dawn", "count", cars, day=5, hour=0, **QUAY)
    report(store, "night", "count", cars, day=5, hour=23, **QUAY)
    (found,) = talks(store, 7).beside
    assert sorted(ids(found.others)) == ["dawn", "night", "nowhere"]


@pytest.mark.parametrize(
    ("counted", "near"),
    [((3, 4), False), ((4, 5), True), ((5, 5), True), ((6, 6), True), ((4, 8), True), ((7, 8), True), ((8, 9), False)],
)
def test_a_figure_stands_beside_a_statement_if_any_of_its_days_is_one_of_those_of_the_statement(
    store: Store, counted: tuple[int, int], *, near: bool
) -> None:
    def of(first: int, last: int) -> dict[str, Any]:
        return QUAY | {"happened": {"start": at_hour(first, 9).isoformat(), "end": at_hour(last, 15).isoformat()}}

    report(store, "s", "statement", {"summary": "Cars have left."}, day=10, source=UNION, **of(5, 7))
    report(store, "c", "flow", {"what": "cars", "direction": "left"}, day=10, **of(*counted))
    assert [ids(one.others) for one in talks(store, 11).beside] == [["c"]] * near


def test_what_ends_at_midnight_is_of_the_day_before(store: Store) -> None:
    span = {"happened": {"start": at_hour(5, 22).isoformat(), "end": at_hour(6, 0).isoformat()}}
    left = {"what": "cars", "direction": "left"}
    report(store, "late", "flow", left, day=6, hour=0, **QUAY, **span)
    report(store, "s", "statement", {"summary": "Cars have left."}, day=6, hour=18, source=UNION, **QUAY)
    assert talks(store, 7).beside == []
    report(store, "before", "statement", {"summary": "Cars have left."}, day=5, hour=18, source=UNION, **QUAY)
    assert [(one.claim.id, ids(one.others)) for one in talks(store, 7).beside] == [("before", ["late"])]


def test_a_letter_of_several_groups_is_a_document_and_a_count_of_groups_without_a_name_is_none(store: Store) -> None:
    for entry_id, body in (
        ("letter", {"what": "groups", "amount": {"low": 7, "high": 7}, "group": "that signed the letter"}),
        ("bare", {"what": "groups", "amount": {"low": 7, "high": 7}}),
        ("cars", {"what": "cars", "amount": {"low": 7, "high": 7}, "group": "that left"}),
    ):
        report(store, entry_id, "count", body, day=5)
    (found,) = talks(store, 6).documents
    assert (found.says, found.groups, ids(found.lines)) == ("7 groups that signed the letter", "7", ["letter"])
