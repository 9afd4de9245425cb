"""How hard each count pulls: the multipliers at which a table agrees with counts as closely as their errors deserve.

Both ways of fitting make a sum small that is ``distance(T, t) + sum over c of (p[c] T - v[c])^2 / (2 s[c]^2)``. Its optimum
has the form ``T = table(p' m)`` with a multiplier m for each count, and the multipliers are the least of a convex function,

    energy(p' m) - v m + s^2 m^2 / 2,

whose slope is ``p T - v + s^2 m``: what the table misses the counts by. Newton's method with halved steps finds it from
anywhere, with systems only as large as there are counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from clearway.network.model import Floats

_SETTLED = 1e-10
_MOST_STEPS = 300
_LEAST_STEP = 1e-12
_ENOUGH = 1e-4


class Pulled(NamedTuple):
    """A table at some pull on its pairs.

    Attributes:
        energy: The function whose derivative by the pull is the table.
        table: (n,).
        slope: (n,) derivative of the table by the pull.
    """

    energy: float
    table: Floats
    slope: Floats


def balanced_table(pulled: Callable[[Floats], Pulled], parts: Floats, vehicles: Floats, variance: Floats) -> Floats:
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
        if float((np.abs(slope) / np.maximum(vehicles, 1.0)).max(initial=0.0)) <= _SETTLED:
            break
        step = np.linalg.solve((parts * now.slope) @ parts.T + np.diag(variance), slope)
        length, down = 1.0, float(slope @ step)
        while length > _LEAST_STEP:
            trial = multiplier - length * step
            then = pulled(trial @ parts)
            reached = then.energy - float(vehicles @ trial) + float(variance @ trial**2) / 2
            if reached <= value - _ENOUGH * length * down:
                break
            length /= 2
        else:
            break  # rounding allows no better
        multiplier, value, now = trial, reached, then
    return now.table
