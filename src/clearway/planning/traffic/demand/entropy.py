"""The most likely trip table that agrees with counts, by maximum entropy.

Of all tables that agree with the counts, the one that is nearest to a first table t: the least of ``sum T ln(T / t) - T``
(H. Van Zuylen and L. Willumsen, "The most likely trip matrix estimated from traffic counts", Transportation Research 14B,
1980). It has the form ``T = t exp(p' m)``, p the part of each pair's trips that passes each count and m a multiplier for each
count. Counts that carry an error are met as closely as it deserves (:mod:`clearway.planning.traffic.demand.multipliers`); as
errors go to 0 they are met exactly, if they can be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from clearway.planning.traffic.demand.multipliers import Pulled, balanced_table

if TYPE_CHECKING:
    from clearway.network.model import Floats

_MOST_EXPONENT = 50.0


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

        def pulled(pull: Floats) -> Pulled:
            now = first * np.exp(np.minimum(pull, _MOST_EXPONENT))
            return Pulled(float(now.sum()), now, now)

        fitted[live] = balanced_table(pulled, parts[:, live], vehicles, error**2)
    return fitted
