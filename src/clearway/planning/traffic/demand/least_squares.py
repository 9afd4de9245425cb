"""The trip table that agrees with counts and a first table by generalised least squares, nowhere below 0.

The least of ``sum ((T - t) / spread)^2 + sum over c of ((p[c] T - v[c]) / s[c])^2`` with ``T >= 0`` (E. Cascetta, "Estimation
of trip matrices from traffic counts and survey data: a generalized least squares estimator", Transportation Research 18B, 1984;
the bound as in M. Bell, "The estimation of origin-destination matrices by constrained generalised least squares", 25B, 1991).
It has the form ``T = max(0, t + spread^2 p' m)`` with a multiplier m for each count
(:mod:`clearway.planning.traffic.demand.multipliers`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from clearway.planning.traffic.demand.multipliers import Pulled, balanced_table

if TYPE_CHECKING:
    from clearway.network.model import Floats

SPREAD = 0.5
"""Standard error of a pair's trips in the first table, as a part of them."""


def least_squares(table: Floats, parts: Floats, vehicles: Floats, error: Floats, *, spread: Floats | None = None) -> Floats:
    """(n,) the table nearest to a first one and to counts, each difference in standard errors.

    >>> first, passes = np.array([10.0, 10.0]), np.array([[1.0, 1.0]])
    >>> least_squares(first, passes, np.array([30.0]), np.array([1e-4])).round(3).tolist()
    [15.0, 15.0]

    Args:
        table: (n,) trips of each pair, >= 0; a pair without trips stays so.
        parts: (C, n) part of each pair's trips that passes each count, >= 0.
        vehicles: (C,) counts, >= 0.
        error: (C,) their standard errors, > 0.
        spread: (n,) standard errors of the table, > 0 where it has trips; half of each pair's trips where absent.
    """
    live = np.flatnonzero((table > 0) & (parts > 0).any(axis=0))
    fitted = table.copy()
    if len(live) and len(vehicles):
        first = table[live]
        variance = ((SPREAD * table if spread is None else spread)[live]) ** 2

        def pulled(pull: Floats) -> Pulled:
            now = np.maximum(first + variance * pull, 0.0)
            return Pulled(float((now**2 / variance).sum()) / 2, now, np.where(now > 0, variance, 0.0))

        fitted[live] = balanced_table(pulled, parts[:, live], vehicles, error**2)
    return fitted
