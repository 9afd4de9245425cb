"""Split a set of points into compact parts of equal weight: halves of halves, each cut across the longer side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from clearway.network.model import Floats, Ints, Longs


def split_evenly(x: Floats, y: Floats, parts: int, *, weight: Floats | None = None) -> Ints:
    """(n,) part of each point, 0 to parts - 1; the parts weigh much the same and each has a point.

    Recursive bisection: the points are cut across the longer side of their box, so that each side has its share of the
    weight (M. Berger and S. Bokhari, "A partitioning strategy for nonuniform problems on multiprocessors", IEEE
    Transactions on Computers C-36, 1987). Fewer points than parts: each point is a part.

    >>> split_evenly(np.array([0.0, 9.0, 1.0, 8.0]), np.zeros(4), 2).tolist()
    [0, 1, 0, 1]

    Args:
        x: (n,) in any unit, the same for both.
        y: (n,).
        parts: How many, at least 1.
        weight: (n,) >= 0; all alike where absent.
    """
    part = np.zeros(len(x), np.int32)
    heavy = np.ones(len(x)) if weight is None else weight + 1e-9 * max(float(weight.sum()), 1.0)
    waiting = [(np.arange(len(x)), 0, min(parts, len(x)))]
    while waiting:
        points, first, end = waiting.pop()
        if end - first <= 1:
            part[points] = first
            continue
        middle = (first + end) // 2
        here, there = _halves((x, y), points, heavy, (middle - first, end - middle))
        waiting += [(here, first, middle), (there, middle, end)]
    return part


def _halves(at: tuple[Floats, Floats], points: Longs, weight: Floats, parts: tuple[int, int]) -> tuple[Longs, Longs]:
    """The points on either side of the cut; no side gets fewer points than parts."""
    wide = max(at, key=lambda axis: float(np.ptp(axis[points])))
    order = points[np.argsort(wide[points], kind="stable")]
    along = np.cumsum(weight[order])
    here = int(np.abs(along - along[-1] * parts[0] / sum(parts)).argmin()) + 1
    here = min(max(here, parts[0]), len(points) - parts[1])
    return order[:here], order[here:]
