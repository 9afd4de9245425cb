from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import lsq_linear

from clearway.planning.traffic.demand.least_squares import least_squares


@given(st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_the_fitted_table_is_the_optimum_that_scipy_finds(seed: int) -> None:
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


def test_by_hand() -> None:
    """(T - 10)^2 / 25 + (T - 20)^2 / 4 is least where (T - 10) / 25 = (20 - T) / 4."""
    fitted = least_squares(np.array([10.0]), np.ones((1, 1)), np.array([20.0]), np.array([2.0]))
    assert fitted[0] == pytest.approx((20 * 25 + 10 * 4) / 29)


def test_no_pair_falls_below_nothing_and_pairs_without_trips_stay_without() -> None:
    fitted = least_squares(np.array([50.0, 1.0, 0.0]), np.array([[1.0, 1.0, 1.0]]), np.zeros(1), np.array([1e-3]))
    assert (fitted >= 0).all()
    assert fitted[2] == 0


def test_no_counts_change_nothing() -> None:
    assert least_squares(np.array([3.0, 4.0]), np.zeros((0, 2)), np.zeros(0), np.zeros(0)).tolist() == [3.0, 4.0]
