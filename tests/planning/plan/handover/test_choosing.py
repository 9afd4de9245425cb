"""Which corners: by brute force over every choice, written apart; and by the program where choices are many."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from clearway.network.model import NEVER_MS
from clearway.planning.plan.handover import choosing
from clearway.planning.plan.handover.choosing import choose
from rounds import rounds


def by_hand(ms: list[list[int]], most_ms: int, points: int | None) -> tuple[int, int, int]:
    """How many corners, how many places in time, and how much walking."""
    places = range(len(ms[0]))

    def worth(rows: tuple[int, ...]) -> tuple[int, int, int]:
        nearest = [min(ms[row][place] for row in rows) for place in places]
        reached = [one for one in nearest if one < NEVER_MS]
        return -sum(one <= most_ms for one in nearest), len(nearest) - len(reached), sum(reached)

    def best(count: int) -> tuple[int, int, int]:
        return min(worth(rows) for rows in itertools.combinations(range(len(ms)), count))

    servable = sum(any(row[place] <= most_ms for row in ms) for place in places)
    count = points or next(count for count in range(1, len(ms) + 1) if -best(count)[0] == servable)
    served, _, walk = best(min(count, len(ms)))
    return min(count, len(ms)), -served, walk


@pytest.mark.parametrize("tried", [True, False])
def test_the_choice_is_the_best_there_is(tried: bool, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: FBT001
    if not tried:
        monkeypatch.setattr(choosing, "_TRIED", 0)
    for chance in rounds(40):
        shape = (chance.randint(1, 6), chance.randint(1, 9))
        ms = [[NEVER_MS if chance.random() < 0.1 else chance.randint(1, 99) for _ in range(shape[1])] for _ in range(shape[0])]
        most, points = chance.randint(10, 90), chance.choice([None, None, 1, 2, 3])
        found = choose(np.array(ms, np.int64), most, points)
        assert (len(found.rows), found.serves, found.walk_ms) == by_hand(ms, most, points), (ms, most, points)
        assert found.proven


def test_many_choices_are_looked_at_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choosing, "_CHUNK", 7)
    ms = np.array([[9, 9, 1], [1, 9, 9], [9, 1, 9], [9, 9, 9]], np.int64)
    assert choose(ms, 5, 2).serves == 2
    assert choose(ms, 5).rows == (0, 1, 2)
