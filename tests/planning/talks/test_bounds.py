"""Ranges held against bounds and against earlier ranges, at each end and beside it."""

from __future__ import annotations

import pytest

from clearway.planning.talks.figures import Bounds
from clearway.record.parts import Amount

EARLIER = Amount(low=40, high=50)


@pytest.mark.parametrize(
    ("bounds", "says", "verdicts"),
    [
        (Bounds(at_most=20), "at most 20", {(5, 20): "met", (20, 21): "cannot_say", (21, 30): "failed", (None, 20): "met"}),
        (Bounds(at_least=20), "at least 20", {(20, 21): "met", (19, 20): "cannot_say", (5, 19): "failed", (20, None): "met"}),
        (
            Bounds(10, 5),
            "at most 10 and at least 5",
            {(5, 10): "met", (4, 10): "cannot_say", (11, 12): "failed", (0, 4): "failed"},
        ),
        (Bounds(at_most=1200), "at most 1,200", {(0, None): "cannot_say"}),
        (
            Bounds(below=EARLIER),
            "fewer than 40 to 50",
            {(0, 39): "met", (39, 40): "cannot_say", (49, 50): "cannot_say", (50, 51): "failed", (50, None): "failed"},
        ),
        (
            Bounds(above=EARLIER),
            "more than 40 to 50",
            {(51, 60): "met", (51, None): "met", (50, 60): "cannot_say", (40, 41): "cannot_say", (0, 40): "failed"},
        ),
        (
            Bounds(not_above=EARLIER),
            "not more than 40 to 50",
            {(0, 40): "met", (40, 41): "cannot_say", (50, 60): "cannot_say", (51, 60): "failed", (None, 40): "met"},
        ),
        (Bounds(), "", {(0, None): "met"}),
    ],
)
def test_a_range_is_held_against_bounds_as_a_whole(
    bounds: Bounds, says: str, verdicts: dict[tuple[float | None, float | None], str]
) -> None:
    assert str(bounds) == says
    assert {ends: bounds.verdict(Amount(low=ends[0], high=ends[1])) for ends in verdicts} == verdicts


def test_an_earlier_range_that_is_open_bars_what_its_open_end_would_show() -> None:
    few, many = Amount(low=None, high=50), Amount(low=40, high=None)
    assert Bounds(below=few).verdict(Amount(low=0, high=0)) == "cannot_say"
    assert Bounds(not_above=few).verdict(Amount(low=0, high=0)) == "met"
    assert Bounds(above=many).verdict(Amount(low=99, high=99)) == "cannot_say"
    assert Bounds(not_above=many).verdict(Amount(low=99, high=99)) == "cannot_say"
