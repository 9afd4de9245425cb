"""The verdict in sentences, word for word."""

from __future__ import annotations

from typing import Any

import pytest

from clearway.planning.cordon.seal.summary import completion_line, idle_line, verdict_lines

LEAK: Any = object()


@pytest.mark.parametrize(
    ("leaks", "more", "barriers", "line"),
    [
        (1, False, 1, "Not sealed: 1 way in is left for vehicles past 1 barrier."),
        (2, False, 0, "Not sealed: 2 ways in are left for vehicles past 0 barriers."),
        (2, True, 3, "Not sealed: more than 2 ways in are left for vehicles past 3 barriers."),
        (1, True, 3, "Not sealed: more than 1 ways in are left for vehicles past 3 barriers."),
    ],
)
def test_ways_in_that_are_left_are_counted(leaks: int, more: bool, barriers: int, line: str) -> None:  # noqa: FBT001
    shut = ["general", "bus", "service", "resident"]
    assert verdict_lines(barriers, [LEAK] * leaks, shut=shut, more=more, doubts=2) == [line]


@pytest.mark.parametrize(
    ("doubts", "line"),
    [
        (0, "Sealed: no street leads from outside into the site for bus vehicles past 4 barriers."),
        (1, "No street of the map leads in for bus vehicles past 4 barriers, but 1 place is in doubt. Look there first."),
        (2, "No street of the map leads in for bus vehicles past 4 barriers, but 2 places are in doubt. Look at each first."),
    ],
)
def test_a_ring_is_called_sealed_where_nothing_is_in_doubt(doubts: int, line: str) -> None:
    assert verdict_lines(4, [], shut=["bus"], more=False, doubts=doubts) == [line]


def test_what_would_seal_it_is_called_the_cheapest_where_that_is_proved() -> None:
    assert completion_line(2, 1.0, proven=False) == "2 more barriers for 1 point would seal it."
    assert completion_line(1, 5.5, proven=True) == "1 more barrier for 5.5 points would seal it; nothing cheaper does."


def test_what_stops_nothing_can_go_now_or_once_the_ring_is_whole() -> None:
    assert idle_line([3], leaking=False) == "Barrier 3 stops nothing: it can go."
    assert idle_line([3], leaking=True) == "Barrier 3 stops nothing once the missing ones stand: it can go."
    assert idle_line([1, 3], leaking=True) == "Barriers 1 and 3 stop nothing once the missing ones stand: they can go."
