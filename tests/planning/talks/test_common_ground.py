"""Common ground of small records, worked out by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from picture.test_view import PAPER, report, store
from talk_rooms import COUNCIL, UNION, ids, talks

if TYPE_CHECKING:
    from clearway.planning.talks.contract import CommonGroundRow
    from clearway.record.store import Store

__all__ = ["store"]  # a fixture


def row(store: Store, subject: str) -> CommonGroundRow:
    return next(one for one in talks(store, 9).common_ground if one.subject == subject)


def pairs(found: list[Any]) -> set[tuple[str, str]]:
    return {(one.first, one.second) for one in found}


def test_two_agree_only_where_both_ask_for_the_same_and_a_refusal_is_in_the_way(store: Store) -> None:
    report(store, "a", "demand", {"by": "Mayor", "what": "Move the cars"}, day=5)
    report(store, "b", "condition", {"by": "Port", "before": "a meeting", "what": "No car is parked there"}, day=5)
    report(store, "c", "demand", {"by": "Dock union", "what": "The cars stay"}, day=5, source=UNION)
    report(store, "d", "statement", {"summary": "Cars!", "topic": "vehicles", "stance": "for"}, day=5, source=PAPER)
    found = row(store, "vehicles")
    assert pairs(found.agree) == {("Mayor", "Port")}
    assert pairs(found.block) == {("Mayor", "Dock union"), ("Port", "Dock union")}
    assert {cell.party: cell.position for cell in found.cells}["a reporter"] == "for"


def test_the_latest_demand_of_a_party_counts_in_the_table(store: Store) -> None:
    report(store, "a", "demand", {"by": "Mayor", "what": "Move the cars"}, day=5)
    report(store, "b", "demand", {"by": "Dock union", "what": "The cars stay"}, day=5, source=UNION)
    report(store, "c", "demand", {"by": "Dock union", "what": "Move the cars to the field"}, day=6, source=UNION)
    found = row(store, "vehicles")
    assert (pairs(found.agree), found.block) == ({("Dock union", "Mayor")}, [])
    assert {cell.party: ids(cell.lines) for cell in found.cells}["Dock union"] == ["c", "b"]


def test_a_term_of_a_deadlock_is_in_the_way_of_who_waits_for_it(store: Store) -> None:
    report(store, "a", "condition", {"by": "Mayor", "before": "the mayor meets them", "what": "Cars are moved"}, day=5)
    report(store, "b", "demand", {"by": "Dock union", "what": "Meet us", "before": "cars are moved"}, day=5, source=UNION)
    assert pairs(row(store, "talks").block) == {("Dock union", "Mayor")}
    assert pairs(row(store, "vehicles").block) == {("Mayor", "Dock union")}


def test_one_stance_alone_is_no_row_and_two_are(store: Store) -> None:
    report(store, "a", "statement", {"summary": "Good.", "topic": "roads", "stance": "for"}, day=5, source=UNION)
    assert talks(store, 9).common_ground == []
    report(store, "b", "statement", {"summary": "Cars are bad.", "topic": "roads", "stance": "against"}, day=5, source=COUNCIL)
    found = row(store, "roads")
    assert [(cell.party, cell.position) for cell in found.cells] == [("Dock union", "for"), ("Harbour council", "against")]
    assert (found.title, found.agree, found.block) == ("Roads", [], [])
    report(store, "c", "offer", {"what": "bird_song", "summary": "A choir of birds", "by": "Elders"}, day=5)
    assert (row(store, "bird_song").title, [one.subject for one in talks(store, 9).common_ground]) == (
        "Bird song", ["roads", "bird_song"],
    )  # fmt: skip


def test_a_refusal_alone_is_a_row(store: Store) -> None:
    report(store, "a", "demand", {"by": "Dock union", "what": "The cars stay"}, day=5, source=UNION)
    assert [(cell.party, cell.position) for cell in row(store, "vehicles").cells] == [("Dock union", "refuses")]
    report(store, "b", "statement", {"summary": "Cars!", "topic": "vehicles", "stance": "for"}, day=6, source=UNION)
    assert [cell.position for cell in row(store, "vehicles").cells] == ["refuses"]


def test_a_stance_without_a_topic_is_about_what_its_words_name_and_a_papers_own_is_no_partys(store: Store) -> None:
    report(store, "a", "statement", {"summary": "The cars are fine.", "stance": "for"}, day=5, source=UNION)
    report(store, "b", "statement", {"summary": "The cars are awful.", "stance": "against"}, day=5, source=PAPER)
    report(store, "c", "statement", {"summary": "The cars are loud.", "stance": "neutral"}, day=5, source=COUNCIL)
    report(store, "d", "statement", {"summary": "The cars are there."}, day=5, source={"office": "Warden"})
    own = PAPER | {"publisher": "a newspaper", "office": "an editor"}
    report(store, "e", "statement", {"summary": "The cars are a joy.", "stance": "for"}, day=6, source=own)
    found = {cell.party: cell.position for cell in row(store, "vehicles").cells}
    assert found == {"Dock union": "for", "a reporter": "against", "Harbour council": "neutral"}


def test_what_a_party_would_have_done_counts_before_its_later_stance(store: Store) -> None:
    report(store, "a", "demand", {"by": "Dock union", "what": "Move the cars"}, day=5, source=UNION)
    report(store, "b", "statement", {"summary": "Cars!", "topic": "vehicles", "stance": "against"}, day=6, source=UNION)
    (cell,) = row(store, "vehicles").cells
    assert (cell.party, cell.position, ids(cell.lines)) == ("Dock union", "wants", ["b", "a"])


@pytest.mark.parametrize(
    ("answer", "agreed", "blocked"), [("accepted", True, False), ("refused", False, True), (None, False, False)]
)
def test_an_answer_to_a_request_or_an_offer_is_the_position_of_who_owed_it(
    store: Store, answer: str | None, *, agreed: bool, blocked: bool
) -> None:
    more = {"answer": answer} if answer else {}
    report(store, "m", "meeting_request", {"asked_by": "Elders", "asked_of": "Mayor"} | more, day=5)
    report(
        store,
        "o",
        "offer",
        {"what": "water", "summary": "Water", "by": "Port", "to": "Campers", "answer": "none_yet"} | more,
        5,
    )
    for subject, both in (("talks", ("Elders", "Mayor")), ("supplies", ("Campers", "Port"))):
        found = row(store, subject)
        assert pairs(found.agree) == ({both} if agreed else set())
        assert {tuple(sorted(one)) for one in pairs(found.block)} == ({both} if blocked else set())
    assert [one.why for one in row(store, "talks").block] == ["Mayor refuses"] * blocked
