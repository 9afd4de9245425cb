"""Which corners: the fewest that serve all who can be served in time, then the least walking; exactly.

Each place walks to its nearest chosen corner. Where somebody asks for a number of points, they serve the most places in time
(maximal covering: Church and ReVelle, "The maximal covering location problem", Papers of the Regional Science Association 32,
1974); else the fewest points serve all that any corner serves (set covering). Among those choices the sum of all walks is least
(the p-median of Hakimi, Operations Research 12, 1964). Few choices are all tried; more are a 0/1 program for HiGHS.
"""

from __future__ import annotations

import itertools
from math import comb
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array, eye_array, hstack

from clearway.errors import TooLong
from clearway.network.model import NEVER_MS

if TYPE_CHECKING:
    from scipy.optimize import OptimizeResult

    from clearway.network.model import Bools, Floats, Longs

_TRIED = 40_000_000
"""Choices times places that are all tried: a second of numpy."""
_CHUNK = 2_000_000
"""Choices times places looked at together: 16 MB."""
_ROUNDING = 1e-6
"""Sums are whole numbers, and come as floats."""
_MS, _HALF = 1000, 0.5
"""Milliseconds in a second, in which HiGHS adds up: its figures are of a size; half a millisecond, for it rounds."""


class Choice(NamedTuple):
    """Corners by their rows, rising; what they achieve, and what no choice can better."""

    rows: tuple[int, ...]
    serves: int
    serves_bound: int
    walk_ms: int
    walk_ms_bound: int

    @property
    def proven(self) -> bool:
        """Whether nothing better exists."""
        return self.serves == self.serves_bound and self.walk_ms == self.walk_ms_bound


def choose(ms: Longs, most_ms: int, points: int | None = None, *, limit_s: float = 60.0) -> Choice:
    """Choose corners.

    Args:
        ms: (C, P) milliseconds from every place to each corner, ``NEVER_MS`` where nobody can walk there; at least one corner.
        most_ms: In time.
        points: How many corners; None: the fewest that serve all who can be served.
        limit_s: Seconds that each of HiGHS' programs may take; then the best so far, with its bound.

    >>> choose(np.array([[10, 90, 90], [90, 20, 30], [40, 40, 40]]), 40)
    Choice(rows=(2,), serves=3, serves_bound=3, walk_ms=120, walk_ms_bound=120)
    """
    in_time = ms <= most_ms
    count = min(points or _fewest(in_time, limit_s), len(ms))
    if comb(len(ms), count) * ms.shape[1] <= _TRIED:
        return _tried(ms, in_time, count)
    return _solved(ms, in_time, count, limit_s)


def _fewest(in_time: Bools, limit_s: float) -> int:
    """The fewest corners that serve every place that any serves; 1 where none does."""
    asked = in_time[:, in_time.any(axis=0)]
    if not asked.shape[1]:
        return 1
    rows = np.unique(asked.T, axis=0)
    found = milp(
        np.ones(len(asked)),
        integrality=np.ones(len(asked), np.int64),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(rows.astype(np.float64), 1, np.inf),
        options={"mip_rel_gap": 0.0, "time_limit": limit_s},
    )
    return round(found.fun) if found.x is not None else len(asked)


def _tried(ms: Longs, in_time: Bools, count: int) -> Choice:
    best: tuple[int, int, tuple[int, ...]] | None = None
    choices = itertools.combinations(range(len(ms)), count)
    size = max(_CHUNK // max(ms.shape[1], 1), 1)
    while len(rows := np.array(list(itertools.islice(choices, size)), np.int64).reshape(-1, count)):
        served = in_time[rows].any(axis=1).sum(axis=1)
        nearest = ms[rows].min(axis=1)
        sums = np.where(nearest < NEVER_MS, nearest, 0).sum(axis=1) + NEVER_MS * (nearest >= NEVER_MS).sum(axis=1)
        first = int(np.lexsort((sums, -served))[0])
        found = (-int(served[first]), int(sums[first]), tuple(rows[first].tolist()))
        if best is None or found < best:
            best = found
    assert best is not None  # noqa: S101 - there is at least one corner
    nearest = ms[list(best[2])].min(axis=0)
    total = int(nearest[nearest < NEVER_MS].sum())
    return Choice(best[2], -best[0], -best[0], total, total)


def _solved(ms: Longs, in_time: Bools, count: int, limit_s: float) -> Choice:
    """Two programs, one after the other: the most places in time, then the least walking."""
    corners, places = ms.shape
    serve = milp(
        np.concatenate((np.zeros(corners), -np.ones(places))),
        integrality=np.concatenate((np.ones(corners, np.int64), np.zeros(places, np.int64))),
        bounds=Bounds(0, 1),
        constraints=[
            LinearConstraint(np.concatenate((np.ones(corners), np.zeros(places))), count, count),
            LinearConstraint(csr_array(hstack((csr_array(in_time.T.astype(np.float64)), -eye_array(places)))), 0, np.inf),
        ],
        options={"mip_rel_gap": 0.0, "time_limit": limit_s},
    )
    if serve.x is None or serve.mip_dual_bound is None:
        raise TooLong("The time ended before there was a choice of handover points. Ask for fewer points.")
    chosen = _chosen(serve.x[:corners], count)
    serves, serves_bound = _served(in_time, chosen), int(np.floor(-serve.mip_dual_bound + _ROUNDING))
    median = _least_walking(ms, in_time, count, serves, limit_s)
    if median.x is not None and _served(in_time, better := _chosen(median.x[:corners], count)) >= serves:
        chosen = better
    nearest = ms[chosen].min(axis=0)
    total = int(nearest[nearest < NEVER_MS].sum())
    bound = int(np.ceil((median.mip_dual_bound or 0.0) * _MS - _HALF)) - NEVER_MS * int((nearest >= NEVER_MS).sum())
    return Choice(tuple(sorted(chosen.tolist())), serves, serves_bound, total, max(min(bound, total), 0))


def _least_walking(ms: Longs, in_time: Bools, count: int, serves: int, limit_s: float) -> OptimizeResult:
    """One variable for each corner, then one for each walk from a place to a corner; a place that walks nowhere costs most."""
    corners, places = ms.shape
    pair = np.arange(corners * places)
    corner, place = pair // places, pair % places
    width, ones = corners + len(pair), np.ones(len(pair))
    walks = coo_array((ones, (place, corners + pair)), shape=(places, width))
    opened = coo_array(
        (np.concatenate((ones, -ones)), (np.concatenate((pair, pair)), np.concatenate((corners + pair, corner)))),
        shape=(len(pair), width),
    )
    total = np.concatenate((np.ones(corners), np.zeros(len(pair))))
    served = np.concatenate((np.zeros(corners), in_time.ravel().astype(np.float64)))
    return milp(
        np.concatenate((np.zeros(corners), ms.ravel() / _MS)),
        integrality=np.concatenate((np.ones(corners, np.int64), np.zeros(len(pair), np.int64))),
        bounds=Bounds(0, 1),
        constraints=[
            LinearConstraint(walks.tocsr(), 1, 1),
            LinearConstraint(opened.tocsr(), -np.inf, 0),
            LinearConstraint(total, count, count),
            LinearConstraint(served, serves, np.inf),
        ],
        options={"mip_rel_gap": 0.0, "time_limit": limit_s},
    )


def _chosen(values: Floats, count: int) -> Longs:
    return np.sort(np.argsort(-values, kind="stable")[:count])


def _served(in_time: Bools, chosen: Longs) -> int:
    return int(in_time[chosen].any(axis=0).sum())
