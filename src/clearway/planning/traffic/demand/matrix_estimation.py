"""The trip table that agrees with counts and lies nearest to a first one: by maximum entropy, or by least squares.

**Maximum entropy**: of all tables that agree with the counts, the most likely one, the least of ``sum T ln(T / t) - T`` (H. Van
Zuylen and L. Willumsen, "The most likely trip matrix estimated from traffic counts", Transportation Research 14B, 1980). It has
the form ``T = t exp(p' m)``, p the part of each pair's trips that passes each count and m a multiplier for each count.

**Generalised least squares**: the least of ``sum ((T - t) / spread)^2 + sum over c of ((p[c] T - v[c]) / s[c])^2`` with
``T >= 0`` (E. Cascetta, "Estimation of trip matrices from traffic counts and survey data: a generalized least squares
estimator", Transportation Research 18B, 1984; the bound as in M. Bell, "The estimation of origin-destination matrices by
constrained generalised least squares", 25B, 1991). It has the form ``T = max(0, t + spread^2 p' m)``.

Both make a sum small that is ``distance(T, t) + sum over c of (p[c] T - v[c])^2 / (2 s[c]^2)``, and both optima have the form
``T = table(p' m)``. The multipliers are the least of a convex function,

    energy(p' m) - v m + s^2 m^2 / 2,

whose slope is ``p T - v + s^2 m``: what the table misses the counts by. Newton's method with halved steps finds it from
anywhere, with systems only as large as there are counts. As errors s go to 0 the counts are met exactly, if they can be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from clearway.network.model import Floats

_MOST_EXPONENT = 50.0
"""A pair that would grow by exp(50) is one that the counts cannot mean; it keeps steps from overflowing."""
SPREAD_SHARE = 0.5
"""Standard error of a pair's trips in the first table, as a part of them: a synthetic table may be wrong by half."""
_SETTLED_SHARE = 1e-10
"""The counts are balanced when none is off by more than this part of itself."""
_MOST_STEPS = 300
"""Newton's method takes fewer than ten from most tables; counts that cannot be met may halve its steps on and on."""
_LEAST_STEP_SHARE = 1e-12
"""A step halved forty times moves nothing that a double can show."""
_ENOUGH_SHARE = 1e-4
"""A step is taken that lowers the function by this part of what its slope promises (Armijo's rule)."""


def most_likely(table: Floats, parts: Floats, vehicles: Floats, error: Floats) -> Floats:
    """(n,) the table nearest to a first one that agrees with counts.

    >>> fitted = most_likely(np.array([10.0, 10.0]), np.array([[1.0, 0.0]]), np.array([20.0]), np.array([1e-4]))
    >>> fitted.round(3).tolist()
    [20.0, 10.0]

    Args:
        table: (n,) trips of each pair, >= 0; a pair without trips stays so.
        parts: (C, n) part of each pair's trips that passes each count, >= 0.
        vehicles: (C,) counts, >= 0.
        error: (C,) standard errors, > 0.
    """
    live = np.flatnonzero((table > 0) & (parts > 0).any(axis=0))
    fitted = table.copy()
    if len(live) and len(vehicles):
        first = table[live]

        def pulled(pull: Floats) -> _Pulled:
            now = first * np.exp(np.minimum(pull, _MOST_EXPONENT))
            return _Pulled(float(now.sum()), now, now)

        fitted[live] = _balanced_table(pulled, parts[:, live], vehicles, error**2)
    return fitted


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
        variance = ((SPREAD_SHARE * table if spread is None else spread)[live]) ** 2

        def pulled(pull: Floats) -> _Pulled:
            now = np.maximum(first + variance * pull, 0.0)
            return _Pulled(float((now**2 / variance).sum()) / 2, now, np.where(now > 0, variance, 0.0))

        fitted[live] = _balanced_table(pulled, parts[:, live], vehicles, error**2)
    return fitted


class _Pulled(NamedTuple):
    """A table at some pull on its pairs.

    Attributes:
        energy: The function whose derivative by the pull is the table.
        table: (n,).
        slope: (n,) derivative of the table by the pull.
    """

    energy: float
    table: Floats
    slope: Floats


def _balanced_table(pulled: Callable[[Floats], _Pulled], parts: Floats, vehicles: Floats, variance: Floats) -> Floats:
    """(n,) the table at the multipliers that balance it with the counts.

    Args:
        pulled: The table at a pull of (n,).
        parts: (C, n) part of each pair's trips that passes each count.
        vehicles: (C,) counts.
        variance: (C,) squares of their standard errors, > 0.
    """
    multiplier = np.zeros(len(vehicles))
    now = pulled(multiplier @ parts)
    value = now.energy
    for _ in range(_MOST_STEPS):
        slope = parts @ now.table - vehicles + variance * multiplier
        if float((np.abs(slope) / np.maximum(vehicles, 1.0)).max(initial=0.0)) <= _SETTLED_SHARE:
            break
        step = np.linalg.solve((parts * now.slope) @ parts.T + np.diag(variance), slope)
        length, down = 1.0, float(slope @ step)
        while length > _LEAST_STEP_SHARE:
            trial = multiplier - length * step
            then = pulled(trial @ parts)
            reached = then.energy - float(vehicles @ trial) + float(variance @ trial**2) / 2
            if reached <= value - _ENOUGH_SHARE * length * down:
                break
            length /= 2
        else:
            break  # rounding allows no better
        multiplier, value, now = trial, reached, then
    return now.table
