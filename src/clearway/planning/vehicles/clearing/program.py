"""The fewest vehicles that meet all needs found so far, wish after wish: a 0/1 program for HiGHS.

One binary variable for each wish, stretch and level: whether that much of the stretch is free once the wish is met. What is
free for one wish is free for all later ones, and who frees all frees the lane.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from clearway.planning.cordon.planner.program import TimeUp

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

Literal = tuple[int, int]
"""A stretch by its place, and how much of it is free: 1 a lane, 2 all."""
Levels = tuple[int, ...]
"""How much of each stretch is free: 0, 1 or 2."""

LEVELS = 2
"""A lane for help, and the whole carriageway."""
_LIMIT_REACHED = 1
"""Of scipy's solver, its status when the time ended."""
_ROUNDING = 1e-6
"""Sums are whole numbers, and come as floats."""
_CHOSEN = 0.5
"""Binary values come as floats near 0 or 1."""


class StairProgram:
    """The program of some stretches.

    Args:
        costs: Of each stretch the vehicles that must go for a lane, and for all of it.
    """

    def __init__(self, costs: Sequence[tuple[int, int]]) -> None:
        self._count = len(costs)
        self._cost = np.array([part for lane, whole in costs for part in (lane, whole - lane)], np.float64)

    def solved(
        self, needs: Sequence[Collection[frozenset[Literal]]], spent: Sequence[int], limit_s: float
    ) -> tuple[list[Levels], int] | None:
        """What is free for each wish, the last as cheaply as can be, and the least that this costs; None where nothing will do.

        Args:
            needs: Of each wish the sets of which one member each must be free.
            spent: What each wish but the last may cost, with those before it.
            limit_s: Seconds that it may take.

        Raises:
            TimeUp: the time ended.
        """
        width, wishes = LEVELS * self._count, len(needs)
        rows: list[tuple[list[int], list[float], float, float]] = []
        for wish in range(wishes):
            first = wish * width
            rows += [([first + 2 * one, first + 2 * one + 1], [1.0, -1.0], 0.0, 1.0) for one in range(self._count)]
            for need in needs[wish]:
                columns = [first + LEVELS * stretch + level - 1 for stretch, level in need]
                rows.append((columns, np.ones(len(columns)).tolist(), 1.0, np.inf))
            if wish:
                rows += [([first + one - width, first + one], [-1.0, 1.0], 0.0, 1.0) for one in range(width)]
            if wish < len(spent):
                rows.append((list(range(first, first + width)), self._cost.tolist(), 0.0, float(spent[wish])))
        matrix = coo_array(
            (
                [value for _, values, _, _ in rows for value in values],
                (
                    [at for at, row in enumerate(rows) for _ in row[0]],
                    [column for columns, _, _, _ in rows for column in columns],
                ),
            ),
            shape=(len(rows), wishes * width),
        )
        cost = np.zeros(wishes * width)
        cost[-width:] = self._cost
        result = milp(
            cost,
            integrality=np.ones(len(cost), np.int64),
            bounds=Bounds(0, 1),
            constraints=LinearConstraint(matrix.tocsr(), [row[2] for row in rows], [row[3] for row in rows]),
            options={"mip_rel_gap": 0.0, "time_limit": limit_s},
        )
        if result.status == _LIMIT_REACHED:
            raise TimeUp
        if result.x is None:
            return None
        free = (result.x > _CHOSEN).reshape(wishes, self._count, LEVELS).sum(axis=2)
        return [tuple(levels) for levels in free.tolist()], int(np.ceil(result.mip_dual_bound - _ROUNDING))
