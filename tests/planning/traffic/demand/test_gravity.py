from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from clearway.assignment.costs import BadTraffic
from clearway.planning.traffic.demand.gravity import calibrated, deterrence, furness, gravity


def test_furness_agrees_with_paper_and_pencil() -> None:
    """Rows 10 and 20, columns 15 and 15, from a table of odds 4: x (5 + x) = 4 (10 - x) (15 - x) for the first cell."""
    x = (105 - np.sqrt(105**2 - 4 * 3 * 600)) / 6
    expected = [[x, 10 - x], [15 - x, 5 + x]]
    balanced = furness(np.array([[2.0, 1.0], [1.0, 2.0]]), np.array([10.0, 20.0]), np.array([15.0, 15.0]))
    assert np.allclose(balanced.trips, expected, atol=1e-8)
    assert balanced.error <= 1e-10


def test_a_zone_that_sends_nothing_and_one_that_draws_nothing_stay_empty() -> None:
    balanced = furness(np.ones((3, 3)), np.array([6.0, 0.0, 4.0]), np.array([5.0, 5.0, 0.0]))
    assert balanced.trips[1].tolist() == [0, 0, 0]
    assert balanced.trips[:, 2].tolist() == [0, 0, 0]
    assert balanced.trips.sum() == pytest.approx(10)


def test_no_trips_at_all_make_an_empty_table() -> None:
    assert not furness(np.ones((2, 2)), np.zeros(2), np.zeros(2)).trips.any()


@pytest.mark.parametrize(
    ("seed", "out", "into", "says"),
    [
        ([[1.0, 1.0], [1.0, 1.0]], [1.0, -1.0], [0.0, 0.0], "negative or not a number"),
        ([[1.0, np.nan], [1.0, 1.0]], [1.0, 1.0], [1.0, 1.0], "negative or not a number"),
        ([[1.0, 1.0], [1.0, 1.0]], [1.0, 2.0], [1.0, 1.0], "Make the two equal"),
        ([[0.0, 0.0], [1.0, 1.0]], [1.0, 1.0], [1.0, 1.0], "1 trips should leave zone 1, but nothing can be reached"),
        ([[0.0, 1.0], [0.0, 1.0]], [1.0, 1.0], [1.0, 1.0], "1 trips should arrive in zone 1, but nothing can be reached"),
        ([[1.0, 1.0]], [1.0, 1.0], [1.0, 1.0], "cannot have 2 row and 2 column sums"),
    ],
)
def test_margins_that_cannot_be_met_are_refused_in_a_sentence(
    seed: list[list[float]], out: list[float], into: list[float], says: str
) -> None:
    with pytest.raises(BadTraffic, match=says):
        furness(np.array(seed), np.array(out), np.array(into))


def test_margins_that_contradict_the_zeros_do_not_converge_and_say_so() -> None:
    """Zone 1 can only go to zone 1, which takes less than zone 1 sends."""
    balanced = furness(np.array([[1.0, 0.0], [1.0, 1.0]]), np.array([8.0, 2.0]), np.array([5.0, 5.0]), most_rounds=50)
    assert balanced.rounds == 50
    assert balanced.error > 0.1


def test_gravity_agrees_with_paper_and_pencil() -> None:
    """Two zones alike, 10 minutes apart, 2 within: who goes within against across is exp(0.1 * 8) to 1."""
    balanced = gravity(np.full(2, 100.0), np.full(2, 100.0), time=np.array([[2.0, 10.0], [10.0, 2.0]]), beta=0.1)
    within = 100 * np.exp(0.8) / (1 + np.exp(0.8))
    assert np.allclose(balanced.trips, [[within, 100 - within], [100 - within, within]])


def test_deterrence_with_a_shape_is_largest_between_near_and_far() -> None:
    times = np.array([1.0, 10.0, 30.0])
    assert deterrence(times, 0.1, shape=1.0).argmax() == 1
    assert deterrence(np.array([0.0, np.inf]), 0.1, shape=1.0).tolist() == [0.0, 0.0]


def test_calibration_meets_the_mean_time() -> None:
    random = np.random.default_rng(1)
    at = random.random((12, 2)) * 20
    time = np.hypot(*(at[:, None] - at[None, :]).transpose(2, 0, 1)) + 1
    out = random.random(12) * 100
    into = np.roll(out, 3)
    model = calibrated(out, into, time=time, mean_time=7.0)
    assert model.met
    assert model.mean_time == pytest.approx(7.0, rel=1e-6)
    assert (model.trips * time).sum() / model.trips.sum() == pytest.approx(7.0, rel=1e-6)
    assert model.trips.sum(axis=1) == pytest.approx(out)


def test_a_mean_time_beyond_what_the_town_allows_takes_the_nearest_and_says_so() -> None:
    time = np.array([[1.0, 5.0], [5.0, 1.0]])
    model = calibrated(np.ones(2), np.ones(2), time=time, mean_time=60.0)
    assert (model.beta, model.met) == (0.0, False)
    assert model.mean_time == pytest.approx(3.0)


def test_a_mean_time_of_nothing_is_refused() -> None:
    with pytest.raises(BadTraffic, match="Give a time above 0"):
        calibrated(np.ones(1), np.ones(1), time=np.ones((1, 1)), mean_time=0.0)


def test_pairs_without_a_time_are_as_likely_as_the_average_pair() -> None:
    time = np.array([[1.0, 1.0, 1.0], [1.0, np.nan, np.nan], [1.0, np.nan, np.nan]])
    likely = np.array([[1.0, 1.0, 1.0], [1.0, 0.0, 1.0], [1.0, 1.0, 0.0]])
    trips = gravity(np.ones(3), np.ones(3), time=time, beta=0.5, likely=likely).trips
    assert trips[1, 1] == trips[2, 2] == 0
    assert trips[1, 2] == pytest.approx(trips[2, 1])
    assert trips[1, 2] > 0


@given(
    arrays(np.float64, (5, 5), elements=st.floats(0.1, 10.0)),
    arrays(np.float64, 5, elements=st.floats(0.0, 50.0)),
    st.permutations(range(5)),
)
@settings(max_examples=50)
def test_furness_keeps_margins_and_odds(seed: np.ndarray, out: np.ndarray, order: list[int]) -> None:
    """The fitted table has the margins asked for, and each 2 by 2 part of it the odds of the seed."""
    into = out[list(order)]
    balanced = furness(seed, out, into)
    assert balanced.trips.sum(axis=1) == pytest.approx(out, abs=1e-6)
    assert balanced.trips.sum(axis=0) == pytest.approx(into, abs=1e-6)
    rows, columns = np.flatnonzero(out > 1e-3)[:2], np.flatnonzero(into > 1e-3)[:2]
    if len(rows) == len(columns) == 2:
        (a, b), (c, d) = balanced.trips[np.ix_(rows, columns)]
        (e, f), (g, h) = seed[np.ix_(rows, columns)]
        assert a * d / (b * c) == pytest.approx(e * h / (f * g), rel=1e-6)
