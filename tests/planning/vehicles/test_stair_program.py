"""The program of the staircase against every choice there is."""

from __future__ import annotations

import itertools
import random

import pytest

from clearway.planning.cordon.planner.program import TimeUp
from clearway.planning.vehicles.clearing.program import StairProgram

LANE, ALL = 1, 2
Levels = tuple[int, ...]
Need = frozenset[tuple[int, int]]


def cost(costs: list[tuple[int, int]], levels: Levels) -> int:
    return sum((0, *one)[level] for one, level in zip(costs, levels, strict=True))


def meets(levels: Levels, needs: list[Need]) -> bool:
    return all(any(levels[stretch] >= level for stretch, level in need) for need in needs)


def least(costs: list[tuple[int, int]], needs: list[list[Need]], spent: list[int]) -> int | None:
    """The least that the last wish can cost, of all choices for each wish that only ever free more."""
    choices = list(itertools.product(range(3), repeat=len(costs)))
    at: list[Levels] = [(0,) * len(costs)]
    for place, of in enumerate(needs):
        at = [
            one
            for one in choices
            if meets(one, of)
            and any(all(now >= then for now, then in zip(one, low, strict=True)) for low in at)
            and (place >= len(spent) or cost(costs, one) <= spent[place])
        ]
    return min((cost(costs, one) for one in at), default=None)


def test_the_last_wish_costs_as_little_as_any_choice_for_all_of_them() -> None:
    chance, found = random.Random(7), list[int | None]()  # noqa: S311 - the same each time
    for _ in range(30):
        costs = [(lane, lane + chance.randint(0, 4)) for lane in (chance.randint(0, 4) for _ in range(3))]
        literals = [(stretch, level) for stretch in range(3) for level in (LANE, ALL)]
        needs = [[frozenset(chance.sample(literals, chance.randint(1, 3))) for _ in range(chance.randint(0, 3))] for _ in "ab"]
        spent = [(least(costs, needs[:1], []) or 0) + chance.choice([-1, 0, 0, 2])]
        answer = StairProgram(costs).solved(needs, spent, 10.0)
        expected = least(costs, needs, spent)
        found.append(expected)
        if expected is None or answer is None:
            assert (answer, expected) == (None, None)
            continue
        (first, last), bound = answer
        assert bound == expected == cost(costs, last)
        assert cost(costs, first) <= spent[0]
        assert meets(first, needs[0])
        assert meets(last, needs[1])
        assert all(now >= then for now, then in zip(last, first, strict=True))
    assert {one is None for one in found} == {True, False}
    assert len(set(found)) > 4


def test_what_nobody_asks_for_costs_nothing_and_what_nothing_meets_has_no_answer() -> None:
    program = StairProgram([(2, 5)])
    assert program.solved([[]], [], 10.0) == ([(0,)], 0)
    assert program.solved([[frozenset({(0, LANE)})]], [], 10.0) == ([(LANE,)], 2)
    assert program.solved([[frozenset({(0, ALL)})]], [], 10.0) == ([(ALL,)], 5)
    assert program.solved([[frozenset({(0, ALL)})], []], [4], 10.0) is None
    assert program.solved([[frozenset()]], [], 10.0) is None


def test_where_the_time_ends_there_is_no_answer() -> None:
    chance = random.Random(1)  # noqa: S311 - the same each time
    costs = [(1, 2)] * 40
    needs = [frozenset((stretch, LANE) for stretch in chance.sample(range(40), 3)) for _ in range(120)]
    with pytest.raises(TimeUp):
        StairProgram(costs).solved([needs], [], 0.0)
