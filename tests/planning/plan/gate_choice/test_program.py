"""The program of the choice of gates, held against every choice tried one by one."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest

from clearway.planning.cordon.planner.program import TimeUp
from clearway.planning.plan.gate_choice.program import GateProgram
from rounds import rounds

if TYPE_CHECKING:
    from collections.abc import Sequence

Costs = list[list[int]]


def total(costs: Costs, chosen: Sequence[int]) -> int:
    return sum(row[option] for row, option in zip(costs, chosen, strict=True))


def test_a_choice_is_the_cheapest_of_those_that_meet_every_need_and_keep_every_limit() -> None:
    none = several = 0
    for chance in rounds(60):
        counts = [chance.randint(1, 3) for _ in range(chance.randint(1, 4))]
        cost, other = ([[chance.randint(0, 4) for _ in range(count)] for count in counts] for _ in range(2))
        every = [(barrier, option) for barrier, count in enumerate(counts) for option in range(count)]
        needs = [frozenset(chance.sample(every, min(len(every), 2))) for _ in range(chance.randint(0, 3))]
        most = chance.randint(0, 8)
        good = [
            choice
            for choice in product(*(range(count) for count in counts))
            if all(any(choice[barrier] == option for barrier, option in need) for need in needs)
            and total(other, choice) <= most
        ]
        found = GateProgram(counts).solved(cost, needs, [(other, most)], 10.0)
        if found is None:
            assert good == []
            none += 1
            continue
        chosen, bound = found
        assert chosen in good
        assert total(cost, chosen) == bound == min(total(cost, choice) for choice in good)
        several += len(good) > 1
    assert none >= 1
    assert several >= 10


def test_where_no_time_is_left_no_choice_is_called_the_cheapest() -> None:
    program, cost = GateProgram([3, 3]), [[0, 1, 2], [0, 1, 2]]
    assert program.solved(cost, [frozenset({(0, 1), (1, 2)})], [], 10.0) == ((1, 0), 1)
    with pytest.raises(TimeUp):
        program.solved(cost, [frozenset({(0, 1), (1, 2)})], [], 0.0)
