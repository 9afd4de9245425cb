"""A true list of deadlocks in which one thing is spoiled is refused: one forgery for each sentence of the checker."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clearway.planning.talks.check import check_cycles
from clearway.planning.talks.deadlocks import minimal_cycles
from forgeries import Claims, forgery
from rounds import rounds

if TYPE_CHECKING:
    import random

    from forgeries import Document

Waits = list[set[int]]


@pytest.fixture(scope="module")
def claims() -> Claims:
    """Who waits for whom at random, with every minimal cycle."""
    drawn = [
        [{other for other in range(size) if chance.random() < share} for _ in range(size)]
        for chance in rounds(120)
        for size, share in [(chance.randint(2, 9), chance.choice([0.15, 0.25, 0.4]))]
    ]

    def problems(waits: Waits, cycles: Document) -> list[str]:
        return check_cycles(waits, cycles, is_all=True)

    return Claims([(waits, [list(cycle) for cycle in minimal_cycles(waits).found]) for waits in drawn], problems)


def test_every_true_list_is_accepted(claims: Claims) -> None:
    assert {len(cycles) for _, cycles in claims.true} >= {0, 1, 2, 3}
    assert {len(cycle) for _, cycles in claims.true for cycle in cycles} >= {2, 3}
    for waits, cycles in claims.true:
        assert check_cycles(waits, cycles, is_all=True) == []


@forgery(r"\(\d, \d\) is not there", among_others=True)
def test_a_cycle_over_an_arc_that_is_not_there_is_refused(waits: Waits, cycles: Document, chance: random.Random) -> bool:
    """One of its vertices changed for another: nobody waits for that."""
    for cycle in cycles:
        for other in set(range(len(waits))) - set(cycle):
            if other not in waits[cycle[-2]]:
                cycle[-1] = other
                return True
    return False


@forgery(r"\(\d, \d\) is not there")
def test_a_cycle_the_other_way_round_is_refused(waits: Waits, cycles: Document, chance: random.Random) -> bool:
    long = [cycle for cycle in cycles if len(cycle) > 2]
    for cycle in long[:1]:
        cycle.reverse()
    return bool(long)


@forgery("is cut short by", among_others=True)
def test_a_cycle_with_a_shorter_one_in_it_is_refused(waits: Waits, cycles: Document, chance: random.Random) -> bool:
    """A longer way round through an arc of a cycle: that arc is its chord."""
    for cycle in cycles:
        for between in set(range(len(waits))) - set(cycle):
            if between in waits[cycle[-1]] and cycle[0] in waits[between]:
                cycle.append(between)
                return True
    return False


@forgery("does not go round", among_others=True)
def test_one_that_waits_for_itself_alone_is_refused(waits: Waits, cycles: Document, chance: random.Random) -> bool:
    for cycle in cycles[:1]:
        del cycle[1:]
    return bool(cycles)


@forgery("does not go round", among_others=True)
def test_a_cycle_that_comes_by_somebody_twice_is_refused(waits: Waits, cycles: Document, chance: random.Random) -> bool:
    for cycle in cycles[:1]:
        cycle.extend(cycle[:2])
    return bool(cycles)


@forgery("A cycle stands there twice")
def test_a_cycle_that_stands_there_twice_is_refused(waits: Waits, cycles: Document, chance: random.Random) -> bool:
    """From another of its vertices, so that it looks like another one."""
    for cycle in cycles[:1]:
        cycles.append([*cycle[1:], cycle[0]])
    return bool(cycles)


@forgery("A cycle through . is not listed")
def test_a_list_that_calls_itself_whole_and_is_not_is_refused(waits: Waits, cycles: Document, chance: random.Random) -> bool:
    """All that go through somebody are left out, and another cycle stays without that one."""
    alone = [cycle for cycle in cycles if not any(set(cycle) & set(other) for other in cycles if other is not cycle)]
    for cycle in alone[:1]:
        cycles.remove(cycle)
    return bool(alone)


def test_a_list_that_does_not_call_itself_whole_may_lack_some(claims: Claims) -> None:
    for waits, cycles in claims.true:
        assert check_cycles(waits, cycles[1:], is_all=False) == []


def test_what_is_wrong_is_named_by_the_least_of_those_that_show_it() -> None:
    pairs = [{1}, {0}, {3}, {2}]
    assert check_cycles(pairs, [], is_all=True) == ["A cycle through 0 is not listed."]
    assert check_cycles(pairs, [(0, 1)], is_all=True) == ["A cycle through 2 is not listed."]
    assert check_cycles(pairs, [(0, 1, 2)], is_all=False) == ["(1, 2) is not there."]
    both_ways = [{1, 2}, {0, 2}, {0}]
    assert check_cycles(both_ways, [(0, 1, 2)], is_all=False) == ["[0, 1, 2] is cut short by (0, 2)."]


def test_who_waits_for_himself_alone_is_no_cycle_and_cuts_none_short() -> None:
    assert check_cycles([{0}], [], is_all=True) == []
    assert check_cycles([{0}], [(0,)], is_all=True) == ["[0] does not go round."]
    assert check_cycles([{0, 1}, {0, 1}], [(0, 1)], is_all=True) == []
    assert check_cycles([{1}, {0}], [()], is_all=False) == ["[] does not go round."]


def test_who_only_waits_for_a_cycle_or_is_only_waited_for_needs_no_line() -> None:
    assert check_cycles([{1}, {0, 3}, {0}, set()], [(0, 1)], is_all=True) == []
    assert check_cycles([{1}, {2}, {3}, set()], [], is_all=True) == []
    assert check_cycles([], [], is_all=True) == []


def test_the_same_cycle_from_another_of_its_vertices_stands_there_twice() -> None:
    waits = [{1}, {2}, {0}]
    assert check_cycles(waits, [(0, 1, 2), (1, 2, 0)], is_all=True) == ["A cycle stands there twice."]
    assert check_cycles(waits, [(0, 1, 2)], is_all=True) == []


def test_each_wrong_cycle_has_a_line_and_what_is_missing_comes_last() -> None:
    waits = [{1, 2}, {0, 2}, {0}, {4}, {3}]
    assert check_cycles(waits, [(0, 1, 2), (0, 3), (1, 1)], is_all=False) == [
        "[0, 1, 2] is cut short by (0, 2).",
        "(0, 3) is not there.",
        "[1, 1] does not go round.",
    ]
    assert check_cycles(waits, [(0, 1, 2)], is_all=True)[1:] == ["A cycle through 3 is not listed."]
    assert check_cycles(waits, [(0, 1, 2), (3, 4)], is_all=True)[1:] == []
