"""The number of vehicles over time as a mixed-integer program: every history that some statements allow.

====================  =====================================================================================
symbol                meaning
====================  =====================================================================================
N[k]                  vehicles at the moment t[k], the beginnings and ends of all spans in order
c[i, g], l[i, g]      that came and that left between t[i] and t[i+1], of group g; only where somebody spoke of it
u[i], v[i]            that came and that left without anybody saying so; 0 unless a residual is looked for
====================  =====================================================================================

N[i+1] = N[i] + sum of c and u - sum of l and v. A figure of a moment bounds N there. A figure of a span holds at some moment in
it: in one of its parts i, with N[i] + all that came >= its least and N[i] - all that left <= its most. Flows bound the sums of
their spans. That somebody spoke of comings or goings stands, even where what they said of how many is set aside. Where
numbers come out broken, whole ones are sought with the same parts, and then with any.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from clearway.errors import Unavailable
from clearway.planning.vehicles.balance.contract import History, Move

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import datetime

    from scipy.optimize._milp import _OptionsMILP

    from clearway.network.model import Floats
    from clearway.planning.vehicles.balance.said import Statement

MOST = 100_000.0
"""More vehicles than ever stood in the streets of one place: what reaches it has no bound."""
_SLACK = 1e-4
"""Vehicles: what the solver may be off by in a row, and so little that two hundred rows together are far from one vehicle."""
_ROUND = 0.2
"""Vehicles: a choice may be off by a millionth, which times ``MOST`` is a tenth; the slack of rows comes on top."""
_EXACT: _OptionsMILP = {"mip_rel_gap": 0}
"""Else a ten-thousandth of the number would do."""
_INFEASIBLE = 2
"""SciPy's number for a program that nothing fulfils."""


class Solved(NamedTuple):
    """A history that the statements allow: the value that was asked for, the least or the most, and all its numbers."""

    value: int
    history: History


class StockProgram:
    """What statements allow.

    Args:
        statements: All that were made.
        moments: Further moments at which the stock is asked for.
    """

    def __init__(self, statements: Sequence[Statement], moments: Iterable[datetime] = ()) -> None:
        self._statements = statements
        ends = {moment for one in statements for moment in (one.start, one.end)}
        self.times = sorted(ends | set(moments))
        self._at = {moment: number for number, moment in enumerate(self.times)}
        self._parts = range(len(self.times) - 1)
        self._columns = 0
        self.stock = [self._column() for _ in self.times]
        self._came: dict[tuple[int, str], int] = {}
        self._left: dict[tuple[int, str], int] = {}
        self._unsaid = [(self._column(), self._column()) for _ in self._parts]
        for one in statements:
            self._allow(one)
        self._choices = {one.entry: [self._column() for _ in self._span(one)] for one in statements if one.role == "stand"}
        self.histories: dict[History, None] = {}

    def holds(self, active: Collection[str]) -> bool:
        """Whether some statements, by their entries, can all hold."""
        return self._solve(active, {}) is not None

    def least(self, active: Collection[str], number: int) -> int:
        """The fewest vehicles at a moment, by its number, that some statements allow; they can hold."""
        found = self._solve(active, {self.stock[number]: 1.0})
        assert found is not None  # noqa: S101 - it was asked before
        return found.value

    def most(self, active: Collection[str], number: int) -> int:
        """The most vehicles likewise; ``MOST`` where nothing bounds them."""
        found = self._solve(active, {self.stock[number]: -1.0})
        assert found is not None  # noqa: S101 - it was asked before
        return -found.value

    def residual(self, active: Collection[str]) -> int | None:
        """How many must have come or left without anybody saying so, at least; None where that does not help either."""
        found = self._solve(active, {column: 1.0 for pair in self._unsaid for column in pair}, unsaid=True)
        return None if found is None else found.value

    def _column(self) -> int:
        self._columns += 1
        return self._columns - 1

    def _span(self, one: Statement) -> range:
        return range(self._at[one.start], self._at[one.end])

    def _allow(self, one: Statement) -> None:
        """Comings and goings where somebody spoke of them."""
        came, left = one.role in ("came", "change"), one.role in ("left", "change")
        group = f"parked {one.group}" if one.role == "parked" else one.group
        parts = range(self._at[one.end]) if one.role == "parked" else self._span(one)
        for part in parts:
            if came and (part, group) not in self._came:
                self._came[part, group] = self._column()
            if (left or one.role == "parked") and (part, group) not in self._left:
                self._left[part, group] = self._column()

    def _moved(self, moved: dict[tuple[int, str], int], parts: Collection[int], group: str | None = None) -> list[int]:
        return [column for (part, own), column in moved.items() if part in parts and group in (None, own)]

    def _solve(self, active: Collection[str], wish: dict[int, float], *, unsaid: bool = False) -> Solved | None:
        rows = _Rows(self._columns)
        upper = np.full(self._columns, MOST)
        if not unsaid:
            upper[[column for pair in self._unsaid for column in pair]] = 0
        is_choice = np.zeros(self._columns, np.int8)
        for columns in self._choices.values():
            upper[columns], is_choice[columns] = 1, 1
        for part in self._parts:
            came, left = self._moves(part)
            flow = {self.stock[part + 1]: 1.0, self.stock[part]: -1.0}
            rows.add(flow | dict.fromkeys(came, -1.0) | dict.fromkeys(left, 1.0), 0, 0)
        for one in self._statements:
            if one.entry in active:
                self._hold(one, rows)
        cost = np.zeros(self._columns)
        for column, weight in wish.items():
            cost[column] = weight
        found = _solved(cost, rows.constraint(), upper, is_choice)
        if found is None:
            return None
        whole = np.rint(found)
        solved = Solved(round(float(cost @ whole)), self._history(active, whole.astype(int).tolist()))
        self.histories[solved.history] = None
        return solved

    def _history(self, active: Collection[str], whole: Sequence[int]) -> History:
        told = sorted({*self._came, *self._left})
        moves = [
            Move(part=part, group=group, came=_of(self._came, whole, part, group), left=_of(self._left, whole, part, group))
            for part, group in told
        ]
        unsaid = [
            Move(part=part, group=None, came=whole[came], left=whole[left]) for part, (came, left) in enumerate(self._unsaid)
        ]
        return History(
            without=tuple(dict.fromkeys(one.entry for one in self._statements if one.entry not in active)),
            start=whole[self.stock[0]],
            moves=tuple(one for one in (*moves, *unsaid) if one.came or one.left),
        )

    def _moves(self, part: int) -> tuple[list[int], list[int]]:
        """All that came and all that left in a part."""
        came, left = self._unsaid[part]
        return [came, *self._moved(self._came, (part,))], [left, *self._moved(self._left, (part,))]

    def _hold(self, one: Statement, rows: _Rows) -> None:
        """What a statement demands."""
        low, high = one.low, min(one.high, MOST)
        span = self._span(one)
        match one.role:
            case "stand" if not span:
                rows.add({self.stock[self._at[one.end]]: 1.0}, low, high)
            case "stand":
                choices = self._choices[one.entry]
                rows.add(dict.fromkeys(choices, 1.0), 1, np.inf)
                for part, choice in zip(span, choices, strict=True):
                    came, left = self._moves(part)
                    rows.add({self.stock[part]: 1.0, choice: -MOST} | dict.fromkeys(came, 1.0), low - MOST, np.inf)
                    rows.add({self.stock[part]: 1.0, choice: MOST} | dict.fromkeys(left, -1.0), -np.inf, high + MOST)
            case "came" | "left":
                moved = self._moved(self._came if one.role == "came" else self._left, span, one.group)
                rows.add(dict.fromkeys(moved, 1.0), low, high if one.high < MOST else np.inf)
            case "change":
                ends = {self.stock[self._at[one.end]]: 1.0, self.stock[self._at[one.start]]: -1.0}
                rows.add(ends, max(low, -np.inf), one.high if abs(one.high) < MOST else np.inf)
            case _:
                parts = range(self._at[one.end])
                own = self._moved(self._left, parts, f"parked {one.group}")
                every = [column for part in parts for column in self._moves(part)[1]]
                rows.add(dict.fromkeys(every, 1.0), low, np.inf)
                rows.add(dict.fromkeys(own, 1.0), 0, high if one.high < MOST else np.inf)


def _solved(cost: Floats, constraint: LinearConstraint, upper: Floats, is_choice: np.ndarray[Any, Any]) -> Floats | None:
    """The numbers of the cheapest history, None where there is none.

    Raises:
        Unavailable: the solver gives up.
    """
    found = milp(cost, constraints=constraint, bounds=Bounds(0, upper), integrality=is_choice, options=_EXACT)
    whole = np.ones_like(is_choice)
    if found.success and np.abs(found.x - np.rint(found.x)).max() > _ROUND:
        chosen = np.where(is_choice, np.rint(found.x), 0)
        bounds = Bounds(chosen, np.where(is_choice, chosen, upper))
        found = milp(cost, constraints=constraint, bounds=bounds, integrality=whole, options=_EXACT)
        if found.status == _INFEASIBLE:  # no whole numbers with these parts: with others, or none at all
            found = milp(cost, constraints=constraint, bounds=Bounds(0, upper), integrality=whole, options=_EXACT)
    if found.status == _INFEASIBLE:
        return None
    if not found.success:
        raise Unavailable(f"The balance could not be worked out ({found.message}). Give a shorter time.")
    numbers: Floats = found.x
    return numbers


def _of(moved: dict[tuple[int, str], int], whole: Sequence[int], part: int, group: str) -> int:
    """How many of a group moved in a part."""
    return whole[moved[part, group]] if (part, group) in moved else 0


class _Rows:
    """Rows of the program while they are written."""

    def __init__(self, columns: int) -> None:
        self._columns = columns
        self._entries: list[tuple[int, int, float]] = []
        self._bounds: list[tuple[float, float]] = []

    def add(self, row: dict[int, float], low: float, high: float) -> None:
        """A row between two bounds."""
        self._entries += [(len(self._bounds), column, weight) for column, weight in row.items()]
        self._bounds.append((low - _SLACK, high + _SLACK) if low != high else (low, high))

    def constraint(self) -> LinearConstraint:
        """All of them."""
        numbers, columns, weights = zip(*self._entries, strict=True)
        matrix = coo_array((weights, (numbers, columns)), shape=(len(self._bounds), self._columns))
        low, high = np.array(self._bounds).T
        return LinearConstraint(matrix.tocsr(), low, high)
