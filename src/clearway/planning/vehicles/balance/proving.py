"""Proofs that some statements cannot all hold, that no fewer vehicles can be there, and no more.

Every bound is a row: a sum of numbers of vehicles is at least so many. Rows that add up to "0 is more than 0" prove that no
history fulfils them all; a linear program finds them (J. Farkas, "Theorie der einfachen Ungleichungen", 1902). Where there are
none, it finds numbers that fulfil the rows, and with which some figure of a span does not hold: each part of that span is tried
in turn. Where all of them hold and a number is broken, it is at most the whole number below, or at least the one above: both
are tried (A. Land and A. Doig, "An automatic method of solving discrete programming problems", Econometrica 28, 1960).
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np
from scipy.optimize import linprog

from clearway.errors import Unavailable
from clearway.planning.vehicles.balance.contract import Branch, Proof, Term

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import datetime

    from clearway.planning.vehicles.balance.said import Statement

    Column = tuple[str, int, str | None]
    Sum = dict[Column, int]

_MOST_CASES = 2_000
"""Nobody follows a proof of more."""
_NOTHING = 1e-6
"""Vehicles, and multipliers: less is rounding."""
_BROKEN = 1e-4
"""Vehicles: less than that beside a whole number is rounding."""
_DENOMINATOR = 1_000
"""Of multipliers, at most: almost all are whole."""
_FIRST: Column = ("stock", 0, None)


class _Row(NamedTuple):
    """A sum that is at least so many."""

    bound: Literal["least", "most", "stock", "denied", "branch"]
    number: int
    sum: Sum
    least: int


class Proving:
    """Proofs about statements.

    Args:
        statements: All that were made, by whose number a proof names them.
        times: Their moments in order.
    """

    def __init__(self, statements: Sequence[Statement], times: Sequence[datetime]) -> None:
        self._statements = statements
        at = {moment: number for number, moment in enumerate(times)}
        self._spans = [range(at[one.start], at[one.end]) for one in statements]
        self._ends = [at[one.end] for one in statements]
        self._parts = range(len(times) - 1)
        told: dict[Column, None] = {}
        for one, span, end in zip(statements, self._spans, self._ends, strict=True):
            if one.role == "parked":
                told |= dict.fromkeys(("left", part, f"parked {one.group}") for part in range(end))
            for way in ("came", "left"):
                if one.role in (way, "change"):
                    told |= dict.fromkeys((way, part, one.group) for part in span)
        self._told = list(told)
        self._cases = 0

    def contradiction(self, active: Collection[str]) -> Proof:
        """That some statements, by their entries, cannot all hold.

        Raises:
            Unavailable: no proof was found that anybody could follow; so do the others.
        """
        return self._prove(active, self._told, ())

    def stock(self, active: Collection[str], number: int, low: int | None, high: int | None) -> Proof:
        """That no fewer than ``low``, or no more than ``high``, can be there at a moment, by its number."""
        there = self._stock(self._told, number)
        denied = _Row("denied", 0, _times(there, -1), 1 - low) if low is not None else _Row("denied", 0, there, (high or 0) + 1)
        return self._prove(active, self._told, (denied,))

    def residual(self, active: Collection[str], least: int | None) -> Proof:
        """That fewer than ``least`` unsaid do not suffice for some statements to hold; None: that no number does."""
        unsaid: list[Column] = [(way, part, None) for way in ("came", "left") for part in self._parts]
        denied = () if least is None else (_Row("denied", 0, dict.fromkeys(unsaid, -1), 1 - least),)
        return self._prove(active, [*self._told, *unsaid], denied)

    def _prove(self, active: Collection[str], moves: Sequence[Column], more: Sequence[_Row]) -> Proof:
        rows = [_Row("stock", number, self._stock(moves, number), 0) for number in range(1, len(self._parts) + 1)]
        open_spans = {}
        for number, one in enumerate(self._statements):
            if one.entry not in active:
                continue
            if one.role == "stand" and self._spans[number]:
                open_spans[number] = [self._during(number, part, moves) for part in self._spans[number]]
            else:
                rows += self._bounds(number, moves)
        self._cases = 0
        return self._cased([*rows, *more], open_spans, [_FIRST, *moves], 0)

    def _cased(
        self, rows: list[_Row], spans: Mapping[int, list[list[_Row]]], columns: Sequence[Column], branches: int
    ) -> Proof:
        self._cases += 1
        terms, numbers = _added(rows, columns)
        if terms:
            return Proof(terms=terms)
        wrong = (number for number, parts in spans.items() if not any(_hold(part, numbers) for part in parts))
        number = next(wrong, None)
        broken = next((column for column in columns if number is None and _is_broken(numbers[column])), None)
        if (number is None and broken is None) or self._cases > _MOST_CASES:
            raise Unavailable("No proof was found for the balance that anybody could follow. Give a shorter time.")
        if number is None and broken is not None:
            way, part, group = broken
            at = math.floor(numbers[broken])
            sides = (_Row("branch", branches, {broken: -1}, -at), _Row("branch", branches, {broken: 1}, at + 1))
            cases = tuple(self._cased([*rows, side], spans, columns, branches + 1) for side in sides)
            return Proof(branch=Branch.model_validate({"way": way, "part": part, "group": group, "at": at}), parts=cases)
        others = {key: parts for key, parts in spans.items() if key != number}
        cases = tuple(self._cased([*rows, *part], others, columns, branches) for part in spans[number or 0])
        return Proof(split=number, parts=cases)

    def _stock(self, moves: Sequence[Column], number: int) -> Sum:
        """The vehicles at a moment: those at the first, and who came and left before it."""
        return {_FIRST: 1} | {move: 1 if move[0] == "came" else -1 for move in moves if move[1] < number}

    def _bounds(self, number: int, moves: Sequence[Column]) -> Iterator[_Row]:
        """What a statement bounds that holds at a moment, or is of a whole span."""
        one, span, end = self._statements[number], self._spans[number], self._ends[number]
        if one.role == "stand":
            least = most = self._stock(moves, end)
        elif one.role == "change":
            least = most = {move: 1 if move[0] == "came" else -1 for move in moves if move[1] in span}
        elif one.role == "parked":
            least = {move: 1 for move in moves if move[0] == "left" and move[1] < end}
            most = {move: 1 for move in least if move[2] == f"parked {one.group}"}
        else:
            least = most = {move: 1 for move in moves if move[0] == one.role and move[1] in span and move[2] == one.group}
        yield from self._rows(number, least, most)

    def _during(self, number: int, part: int, moves: Sequence[Column]) -> list[_Row]:
        """A figure of a span that holds in a part of it: all may have come first, or all have left."""
        there = self._stock(moves, part)
        came = {move: 1 for move in moves if move[0] == "came" and move[1] == part}
        left = {move: -1 for move in moves if move[0] == "left" and move[1] == part}
        return list(self._rows(number, there | came, there | left))

    def _rows(self, number: int, least: Sum, most: Sum) -> Iterator[_Row]:
        one = self._statements[number]
        if math.isfinite(one.low):
            yield _Row("least", number, least, int(one.low))
        if math.isfinite(one.high):
            yield _Row("most", number, _times(most, -1), -int(one.high))


def _is_broken(number: float) -> bool:
    return abs(number - round(number)) > _BROKEN


def _times(terms: Sum, times: int) -> Sum:
    return {column: times * weight for column, weight in terms.items()}


def _hold(rows: Sequence[_Row], numbers: Mapping[Column, float]) -> bool:
    return all(sum(weight * numbers[column] for column, weight in row.sum.items()) >= row.least - _NOTHING for row in rows)


def _added(rows: Sequence[_Row], columns: Sequence[Column]) -> tuple[tuple[Term, ...], dict[Column, float]]:
    """Terms that prove that no numbers fulfil the rows; none of them where some do, and these numbers."""
    place = {column: number for number, column in enumerate(columns)}
    matrix = np.zeros((len(columns), len(rows)))
    for number, row in enumerate(rows):
        for column, weight in row.sum.items():
            matrix[place[column], number] = weight
    found = linprog([-row.least for row in rows], A_ub=matrix, b_ub=np.zeros(len(columns)), bounds=(0, 1), method="highs-ds")
    if not found.success:
        raise Unavailable(f"The balance could not be proved ({found.message}). Give a shorter time.")
    times, prices = np.asarray(found.x), np.asarray(found.ineqlin.marginals)
    if times @ [row.least for row in rows] < _NOTHING:
        return (), dict(zip(columns, (-prices).tolist(), strict=True))
    shares = [Fraction(share).limit_denominator(_DENOMINATOR) for share in times.tolist()]
    common = math.lcm(*(share.denominator for share in shares))
    terms = (
        Term(bound=row.bound, number=row.number, times=int(share * common))
        for row, share in zip(rows, shares, strict=True)
        if share > 0
    )
    return tuple(terms), {}
