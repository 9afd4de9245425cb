"""The fewest staff, or another least sum, among the choices that meet all needs found so far: a 0/1 program for HiGHS.

One binary variable for each option of each barrier, of which one is chosen; each need asks for at least one of some options.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from clearway.planning.cordon.planner.program import TimeUp

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clearway.network.model import Floats
    from clearway.planning.plan.gate_choice.options import Assignment

_LIMIT_REACHED = 1
"""Of scipy's solver, its status when the time ended."""
_ROUNDING = 1e-6
"""Sums are whole numbers, and come as floats."""

Choice = tuple[int, int]
"""A barrier and one of its options, by their places."""


class GateProgram:
    """The program of some barriers.

    Args:
        counts: How many options each barrier has.
    """

    def __init__(self, counts: Sequence[int]) -> None:
        self._first = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)

    def solved(
        self,
        cost: Sequence[Sequence[int]],
        needs: Iterable[frozenset[Choice]],
        limits: Iterable[tuple[Sequence[Sequence[int]], int]],
        limit_s: float,
    ) -> tuple[Assignment, int] | None:
        """The cheapest choice, and the least that any can cost; None where no choice meets all.

        Args:
            cost: Of each option of each barrier.
            needs: Sets of choices, of each of which one must be made.
            limits: Other costs of each option, and what their sum may be at most.
            limit_s: Seconds that it may take.

        Raises:
            TimeUp: the time ended.
        """
        width = int(self._first[-1])
        rows: list[tuple[Floats, float, float]] = []
        for first, end in zip(self._first, self._first[1:], strict=False):
            one = np.zeros(width)
            one[first:end] = 1
            rows.append((one, 1.0, 1.0))
        for need in needs:
            row = np.zeros(width)
            row[[int(self._first[barrier]) + option for barrier, option in need]] = 1
            rows.append((row, 1.0, np.inf))
        rows += [(self._flat(costs), -np.inf, float(most)) for costs, most in limits]
        matrix = coo_array(np.array([row for row, _, _ in rows]))
        result = milp(
            self._flat(cost),
            integrality=np.ones(width, np.int64),
            bounds=Bounds(0, 1),
            constraints=LinearConstraint(matrix.tocsr(), [low for _, low, _ in rows], [high for _, _, high in rows]),
            options={"mip_rel_gap": 0.0, "time_limit": limit_s},
        )
        if result.status == _LIMIT_REACHED:
            raise TimeUp
        if result.x is None:
            return None
        chosen = tuple(int(result.x[first:end].argmax()) for first, end in zip(self._first, self._first[1:], strict=False))
        return chosen, int(np.ceil(result.mip_dual_bound - _ROUNDING))

    def _flat(self, costs: Sequence[Sequence[int]]) -> Floats:
        return np.array([value for row in costs for value in row], np.float64)
