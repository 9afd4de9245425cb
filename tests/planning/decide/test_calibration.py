"""How well probabilities were judged: bins of a fifth at their edges, scores by hand, each office and each kind."""

from __future__ import annotations

from typing import Any

import pytest

from clearway.planning.decide.calibration import bins, brier, calibration
from clearway.planning.decide.contract import Held
from clearway.planning.talks.contract import CitedEntry


def held(office: str, probability: float | None, came: str, kind: str = "decision") -> Held:
    """What was expected, with how sure they were, and what came."""
    shapes: Any = (CitedEntry, Held)
    cited = shapes[0].model_construct(id="x", kind=kind)
    made: Held = shapes[1].model_construct(of=cited, office=office, probability=probability, came=came)
    return made


@pytest.mark.parametrize(
    ("pairs", "score"),
    [([(1.0, True)], 0.0), ([(1.0, False)], 1.0), ([(0.5, True), (0.5, False)], 0.25), ([(0.8, True), (0.4, False)], 0.1)],
)
def test_the_brier_score_is_the_mean_squared_distance(pairs: list[tuple[float, bool]], score: float) -> None:
    assert brier(pairs) == pytest.approx(score, abs=1e-12)


@pytest.mark.parametrize(
    ("probability", "low"),
    [(0.0, 0.0), (0.19, 0.0), (0.2, 0.2), (0.39, 0.2), (0.4, 0.4), (0.6, 0.6), (0.79, 0.6), (0.8, 0.8), (1.0, 0.8)],
)
def test_a_probability_is_in_the_fifth_that_it_begins_or_lies_in(probability: float, low: float) -> None:
    (one,) = bins([(probability, True)])
    assert [one.low, one.high] == pytest.approx([low, low + 0.2])
    assert (one.expectations, one.mean_probability, one.came_true) == (1, probability, 1.0)


def test_a_bin_says_how_sure_they_were_and_how_often_it_came_true() -> None:
    first, last = bins([(0.9, True), (0.1, False), (0.8, False), (1.0, True), (0.9, True)])
    assert (first.expectations, first.mean_probability, first.came_true) == (1, 0.1, 0.0)
    assert (last.expectations, last.came_true) == (4, 0.75)
    assert last.mean_probability == pytest.approx(0.9)
    assert bins([]) == []


def test_each_office_then_each_kind_has_its_score_and_what_is_not_known_has_none() -> None:
    found = calibration(
        [
            held("Police", 0.5, "kept"),
            held("Council", 1.0, "missed", "forecast"),
            held("Council", 0.0, "missed"),
            held("Fire", None, "kept"),
            *(held("Fire", 0.5, came) for came in ("unknown", "contested", "open")),
        ]
    )
    assert [(one.by, one.of, one.expectations, one.brier) for one in found] == [
        ("office", "Council", 2, 0.5),
        ("office", "Police", 1, 0.25),
        ("kind", "decision", 2, 0.125),
        ("kind", "forecast", 1, 1.0),
    ]
    assert [len(one.bins) for one in found] == [2, 1, 2, 1]
    assert calibration([]) == []
