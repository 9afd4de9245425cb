from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import LinearConstraint, lsq_linear, minimize

from clearway.planning.traffic.demand.matrix_estimation import least_squares, most_likely

if TYPE_CHECKING:
    from clearway.network.model import Floats

EXACT = 1e-6


def test_the_most_likely_table_is_the_optimum_that_scipy_finds() -> None:
    random = np.random.default_rng(3)
    first = random.uniform(5.0, 50.0, 8)
    parts = random.uniform(0.0, 1.0, (3, 8)) * (random.random((3, 8)) < 0.7)
    vehicles = parts @ (first * random.uniform(0.5, 2.0, 8))
    fitted = most_likely(first, parts, vehicles, np.full(3, EXACT))

    def objective(trips: Floats) -> float:
        return float((trips * np.log(trips / first) - trips).sum())

    def slopes(trips: Floats) -> Floats:
        logarithms: Floats = np.log(trips / first)
        return logarithms

    def bends(trips: Floats) -> Floats:
        return np.diag(1 / trips)

    found = minimize(
        objective,
        first,
        jac=slopes,
        hess=bends,
        method="trust-constr",
        constraints=LinearConstraint(parts, vehicles, vehicles),
        bounds=[(1e-6, None)] * 8,
        options={"gtol": 1e-10, "xtol": 1e-12, "maxiter": 2000},
    )
    assert parts @ fitted == pytest.approx(vehicles, rel=1e-8)
    assert fitted == pytest.approx(found.x, rel=1e-5)


def test_counts_with_errors_are_the_optimum_that_scipy_finds() -> None:
    first, parts = np.array([10.0, 20.0, 30.0]), np.array([[1.0, 1.0, 0.0], [0.0, 0.5, 1.0]])
    vehicles, error = np.array([60.0, 20.0]), np.array([3.0, 5.0])
    fitted = most_likely(first, parts, vehicles, error)

    def objective(trips: np.ndarray) -> float:
        return float((trips * np.log(trips / first) - trips).sum() + (((parts @ trips - vehicles) / error) ** 2).sum() / 2)

    found = minimize(objective, first, bounds=[(1e-6, None)] * 3, options={"ftol": 1e-15, "gtol": 1e-10})
    assert fitted == pytest.approx(found.x, rel=1e-4)


def test_two_pairs_on_one_street_grow_alike() -> None:
    """By hand: one count of twice the trips doubles every pair that passes it and leaves the others."""
    fitted = most_likely(np.array([10.0, 30.0, 7.0]), np.array([[1.0, 1.0, 0.0]]), np.array([80.0]), np.array([EXACT]))
    assert fitted == pytest.approx([20.0, 60.0, 7.0])


def test_pairs_without_trips_stay_without() -> None:
    fitted = most_likely(np.array([0.0, 10.0]), np.array([[1.0, 1.0]]), np.array([30.0]), np.array([EXACT]))
    assert fitted == pytest.approx([0.0, 30.0])


def test_a_street_with_no_traffic_empties_the_pairs_that_pass() -> None:
    fitted = most_likely(np.array([10.0, 10.0]), np.array([[1.0, 0.0]]), np.array([0.0]), np.array([0.01]))
    assert fitted[0] < 0.1
    assert fitted[1] == 10.0


def test_counts_that_contradict_one_another_are_weighed_by_their_errors() -> None:
    parts = np.ones((2, 1))
    fitted = most_likely(np.array([100.0]), parts, np.array([100.0, 200.0]), np.array([0.1, 0.1]))
    assert fitted[0] == pytest.approx(150.0, rel=1e-3)
    surer = most_likely(np.array([100.0]), parts, np.array([100.0, 200.0]), np.array([0.01, 0.1]))
    assert surer[0] == pytest.approx(100 + 100 / 101, rel=1e-3)


def test_a_count_that_no_trip_passes_and_none_at_all_change_nothing() -> None:
    first = np.array([10.0, 20.0])
    assert most_likely(first, np.zeros((1, 2)), np.array([50.0]), np.ones(1)).tolist() == [10.0, 20.0]
    assert most_likely(first, np.zeros((0, 2)), np.zeros(0), np.zeros(0)).tolist() == [10.0, 20.0]


def test_counts_far_from_the_first_table_are_met_all_the_same() -> None:
    random = np.random.default_rng(5)
    first = random.uniform(0.1, 2.0, 400)
    parts = (random.random((15, 400)) < 0.15).astype(np.float64)
    vehicles = parts @ (first * random.lognormal(3.0, 1.0, 400))
    fitted = most_likely(first, parts, vehicles, np.full(15, 0.01))
    assert parts @ fitted == pytest.approx(vehicles, rel=1e-4)


@given(st.integers(0, 10_000))
@settings(max_examples=40)
def test_the_least_squares_are_the_optimum_that_scipy_finds(seed: int) -> None:
    random = np.random.default_rng(seed)
    first = random.uniform(1.0, 40.0, 10)
    parts = random.uniform(0.0, 1.0, (4, 10)) * (random.random((4, 10)) < 0.6)
    vehicles = random.uniform(0.0, 60.0, 4)  # often far below what the table has, so that pairs fall to 0
    error, spread = random.uniform(0.1, 3.0, 4), random.uniform(0.2, 1.5) * first
    fitted = least_squares(first, parts, vehicles, error, spread=spread)
    rows = np.vstack((np.diag(1 / spread), parts / error[:, None]))
    wanted = np.concatenate((first / spread, vehicles / error))
    found = lsq_linear(rows, wanted, bounds=(0.0, np.inf), method="bvls", tol=1e-14)
    assert fitted == pytest.approx(found.x, abs=1e-4)


def test_least_squares_by_hand() -> None:
    """(T - 10)^2 / 25 + (T - 20)^2 / 4 is least where (T - 10) / 25 = (20 - T) / 4."""
    fitted = least_squares(np.array([10.0]), np.ones((1, 1)), np.array([20.0]), np.array([2.0]))
    assert fitted[0] == pytest.approx((20 * 25 + 10 * 4) / 29)


def test_by_least_squares_no_pair_falls_below_nothing_and_pairs_without_trips_stay_without() -> None:
    fitted = least_squares(np.array([50.0, 1.0, 0.0]), np.array([[1.0, 1.0, 1.0]]), np.zeros(1), np.array([1e-3]))
    assert (fitted >= 0).all()
    assert fitted[2] == 0


def test_by_least_squares_no_counts_change_nothing() -> None:
    assert least_squares(np.array([3.0, 4.0]), np.zeros((0, 2)), np.zeros(0), np.zeros(0)).tolist() == [3.0, 4.0]
