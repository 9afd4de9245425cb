"""Deadlocks: every minimal cycle and nothing else, by brute force and by another library."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest

from clearway.planning.talks.check import check_cycles
from clearway.planning.talks.deadlocks import minimal_cycles, strong_components
from picture.test_view import report, store
from rounds import rounds
from talk_rooms import UNION, talks, term

if TYPE_CHECKING:
    from random import Random

    from clearway.record.store import Store

__all__ = ["store"]  # a fixture


def drawn(chance: Random, most: int) -> list[set[int]]:
    size, share = chance.randint(2, most), chance.choice([0.15, 0.3, 0.5])
    return [{other for other in range(size) if other != one and chance.random() < share} for one in range(size)]


def by_hand(waits: list[set[int]]) -> set[tuple[int, ...]]:
    """Every order of every choice of vertices, held against what a cycle without a chord is."""
    found = set()
    for size in range(2, len(waits) + 1):
        for order in permutations(range(len(waits)), size):
            follows = dict(zip(order, [*order[1:], order[0]], strict=True))
            if order[0] == min(order) and all(waits[one] & set(order) == {follows[one]} for one in order):
                found.add(order)
    return found


def test_every_minimal_cycle_is_found_and_no_other() -> None:
    for chance in rounds(40):
        waits = drawn(chance, 6)
        found = minimal_cycles(waits)
        assert found.is_all
        assert set(found.found) == by_hand(waits)
        assert len(found.found) == len(set(found.found))
        assert check_cycles(waits, found.found, is_all=True) == []


def test_another_library_finds_the_same_cycles_and_components() -> None:
    for chance in rounds(15):
        waits = drawn(chance, 14)
        graph = nx.DiGraph([(one, other) for one, others in enumerate(waits) for other in others])
        theirs = {frozenset(cycle) for cycle in nx.chordless_cycles(graph)}
        assert {frozenset(cycle) for cycle in minimal_cycles(waits, most=100_000).found} == theirs
        groups = {frozenset(group) for group in nx.strongly_connected_components(graph) if len(group) > 1}
        assert {frozenset(group) for group in strong_components(waits)} == groups


def test_more_cycles_than_are_listed_are_owned_up_to() -> None:
    everybody = [set(range(6)) - {one} for one in range(6)]
    assert minimal_cycles(everybody, most=3) == ([(0, 1), (0, 2), (0, 3)], False)
    assert minimal_cycles(everybody, most=15).is_all


def test_talks_when_the_cars_go_and_the_cars_go_when_you_talk_is_a_deadlock(store: Store) -> None:
    report(store, "ours", "statement", {"summary": "We talk when the cars go."}, day=5)
    report(store, "theirs", "statement", {"summary": "The cars go when you talk."}, day=5, hour=13, source=UNION)
    (deadlock,) = talks(store, 5).deadlocks
    assert set(deadlock.entries) == {"ours", "theirs"}
    assert set(deadlock.parties) == {"Police", "Dock union"}
    assert talks(store, 5, 12).deadlocks == []  # the second was said an hour later


def test_acts_that_no_table_knows_are_compared_by_their_words(store: Store) -> None:
    term(store, "a", "Port", "the port reopens its gate", "The strikers return to work")
    term(store, "b", "Dock union", "the strikers return to work", "The gate of the port is reopened")
    (deadlock,) = talks(store, 5).deadlocks
    assert deadlock.entries == ["a", "b"]


def test_three_parties_who_wait_in_a_ring_are_one_deadlock_and_the_fewest_terms_set_aside_are_the_smallest_step(
    store: Store,
) -> None:
    term(store, "a", "Mayor", "the mayor meets the groups", "All tents are removed")
    term(store, "also", "Mayor", "the mayor meets the groups", "The noise stops")
    term(store, "b", "Campers", "the tents are removed", "Officers withdraw")
    term(store, "c", "Police", "officers withdraw", "Somebody meets the groups")
    (deadlock,) = talks(store, 5).deadlocks
    assert deadlock.entries == ["a", "b", "c"]
    steps = {step.party: (step.sets_aside, step.is_smallest) for step in deadlock.openings}
    assert steps == {"Mayor": (2, False), "Campers": (1, True), "Police": (1, True)}


def test_a_wait_for_somebody_else_is_no_deadlock(store: Store) -> None:
    term(store, "a", "Council", "the council meets the groups", "All cars are moved")
    demand = {"by": "Campers", "of": "Parliament", "what": "Come out and talk", "before": "cars are moved"}
    report(store, "b", "demand", demand, day=5, source=UNION)
    assert talks(store, 5).deadlocks == []


def test_a_term_that_the_figures_meet_locks_nothing(store: Store) -> None:
    place: dict[str, Any] = {"places": [{"type": "named", "name": "The quay"}]}
    body = {"by": "Mayor", "before": "the mayor meets them", "what": "Cars are gone", "counted": "vehicles", "at_most": 0}
    report(store, "a", "condition", body, day=5, **place)
    report(store, "b", "demand", {"by": "Campers", "what": "Talk first", "before": "the cars go"}, day=5, source=UNION)
    assert len(talks(store, 5).deadlocks) == 1
    report(store, "n", "count", {"what": "vehicles", "amount": {"low": 0, "high": 0}}, day=6, **place)
    assert talks(store, 6).deadlocks == []


@pytest.mark.parametrize(
    "words",
    ["Vehicle owners were told when the talks begin.", "The cars may go if talks begin.", "They sing until the bus comes."],
)
def test_what_is_doubtful_or_says_no_order_locks_nothing(store: Store, words: str) -> None:
    term(store, "a", "Mayor", "the mayor meets the groups", "All cars are moved")
    report(store, "b", "statement", {"summary": words}, day=5, source=UNION)
    assert talks(store, 5).deadlocks == []


@pytest.mark.parametrize(
    "words",
    [
        "No car moves until you talk with us.",
        "Until you talk, the cars stay.",
        "Talk to us first, then the cars go.",
        "We move our cars only after a meeting.",
        "Meet us before the cars go.",
        "Before you meet us, no car moves.",
        "We will not move the cars before you talk with us.",
        "Before any car moves, talk with us.",
    ],
)
def test_however_it_is_said(store: Store, words: str) -> None:
    term(store, "a", "Mayor", "the mayor meets the groups", "All cars are moved")
    report(store, "b", "demand", {"by": "Campers", "what": words}, day=5, source=UNION)
    assert [one.entries for one in talks(store, 5).deadlocks] == [["a", "b"]]


def test_an_answer_with_conditions_and_the_words_of_the_office_that_gave_it_are_one_claim(store: Store) -> None:
    ask = {"asked_by": "Campers", "asked_of": "the Mayor", "answer": "conditional", "terms": "when the cars are gone"}
    report(store, "a", "meeting_request", ask, day=5)
    mayor = {"office": "Mayor", "organisation": "Harbour council"}
    report(store, "s", "statement", {"summary": "I will meet them once the cars have left."}, day=5, source=mayor)
    report(store, "b", "demand", {"by": "Campers", "what": "Meet us", "before": "cars move"}, day=5, source=UNION)
    (deadlock,) = talks(store, 5).deadlocks
    assert set(deadlock.entries) == {"a", "s", "b"}
    assert set(deadlock.parties) == {"the Mayor", "Campers"}
