"""The checker of balances in small: what each statement lets move, asks of a history and adds to a proof, by hand."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from clearway.planning.vehicles.balance.check.claim import (
    BranchClaim,
    Claim,
    HistoryClaim,
    MoveClaim,
    ProofClaim,
    StatementClaim,
)
from clearway.planning.vehicles.balance.check.ground import Ground, least_covers

T0 = datetime(2022, 2, 16, tzinfo=UTC)
PARTS = 4
STOCK = ("stock", 0, None)


def hour(number: int) -> datetime:
    return T0 + timedelta(hours=number)


def said(role: str, start: int, end: int, low: int | None, high: int | None, group: str = "") -> StatementClaim:
    return StatementClaim(f"{role} {start}-{end}", role, group, hour(start), hour(end), low, high)


def ground_of(*statements: StatementClaim) -> Ground:
    """Statements of four hours, with a moment at each."""
    every = [*statements, *(said("stand", at, at, None, None) for at in range(PARTS + 1))]
    nothing: Any = ()
    return Ground(Claim("", hour(0), hour(PARTS), tuple(every), nothing, nothing, True, frozenset(), None, None, nothing))  # noqa: FBT003


def history(start: int, *moves: tuple[int, str | None, int, int], without: frozenset[str] = frozenset()) -> HistoryClaim:
    return HistoryClaim(without, start, tuple(itertools.starmap(MoveClaim, moves)))


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        (said("came", 1, 3, 0, None, "x"), {("came", 1, "x"), ("came", 2, "x")}),
        (said("left", 1, 3, 0, None, "x"), {("left", 1, "x"), ("left", 2, "x")}),
        (said("change", 2, 3, 0, None, "x"), {("came", 2, "x"), ("left", 2, "x")}),
        (said("parked", 2, 2, 0, None, "x"), {("left", 0, "parked x"), ("left", 1, "parked x")}),
        (said("stand", 0, 4, 0, None, "x"), set()),
    ],
)
def test_vehicles_move_only_when_and_how_somebody_said(statement: StatementClaim, told: set[tuple[str, int, str]]) -> None:
    ground = ground_of(statement)
    for way, part, group in itertools.product(("came", "left"), range(PARTS), ("x", "parked x", "")):
        moves = (part, group, 1, 0) if way == "came" else (part, group, 0, 1)
        wrong = ground.wrong_with(history(9, moves, without=frozenset({statement.entry})))
        nobody = f"a history lets vehicles move of which nobody spoke, after moment {part}"
        assert wrong == (None if (way, part, group) in told else nobody), (way, part, group)
        assert ground.wrong_with(history(9, (part, None, *moves[2:]), without=frozenset({statement.entry}))) is None


def test_the_vehicles_of_a_history_are_never_fewer_than_none() -> None:
    assert ground_of().levels(history(5, (0, None, 2, 1), (2, None, 0, 6), (0, None, 1, 0))) == [5, 7, 7, 1, 1]
    assert ground_of().wrong_with(history(5, (2, None, 0, 5))) is None
    assert ground_of().wrong_with(history(5, (2, None, 0, 6))) == "a history has fewer than 0 vehicles at moment 3"


MOVES = (
    (0, "x", 6, 3),
    (1, "x", 4, 2),
    (2, "x", 1, 5),
    (3, "x", 2, 7),
    (1, "parked x", 0, 1),
    (2, "parked x", 0, 1),
    (1, "y", 8, 0),
)
"""Of a history that has 20 vehicles, then 23, 32, 27 and 22."""


@pytest.mark.parametrize(
    ("role", "start", "end", "least", "most"),
    [
        ("came", 1, 3, 5, 5),  # of group x alone
        ("left", 0, 2, 5, 5),
        ("left", 1, 4, 14, 14),
        ("change", 1, 3, 4, 4),
        ("stand", 2, 2, 32, 32),
        ("stand", 0, 0, 20, 20),
        ("stand", 1, 2, 35, 20),  # from 23: all 12 may have come before 3 left, or 3 left before the first of 12 came
        ("parked", 2, 2, 6, 1),  # all who left by then may be parked there, those seen to go there are
        ("parked", 3, 3, 12, 2),
    ],
)
def test_a_statement_holds_up_to_its_bounds(role: str, start: int, end: int, least: int, most: int) -> None:
    """At its bounds, and not one beside; either bound alone as well."""
    told = [said(one, 0, 4, None, None, group) for one in ("came", "left") for group in ("x", "y")]
    told.append(said("parked", 4, 4, None, None, "x"))
    for low, high, holds in (
        (least, most, True), (None, most, True), (least, None, True), (None, None, True),
        (least + 1, most, False), (least, most - 1, False), (least + 1, None, False), (None, most - 1, False),
    ):  # fmt: skip
        asked = said(role, start, end, low, high, "" if role in ("stand", "change") else "x")._replace(entry="asked")
        wrong = ground_of(*told, asked).wrong_with(history(20, *MOVES))
        assert wrong == (None if holds else "a history is said to fulfil asked and does not"), (low, high)
        assert ground_of(*told, asked).wrong_with(history(20, *MOVES, without=frozenset({"asked"}))) is None


def test_a_figure_of_a_span_holds_in_one_part_of_it_or_in_none() -> None:
    """10 in the first part and 20 in the second: 15 in neither."""
    told = said("came", 1, 2, None, None)
    for number, holds in ((10, True), (20, True), (9, False), (21, False)):
        asked = said("stand", 0, 3, number, number)._replace(entry="asked")
        assert (ground_of(told, asked).wrong_with(history(10, (1, "", 10, 0))) is None) is holds, number
    apart = said("stand", 0, 3, 16, 14)._replace(entry="asked")
    assert ground_of(told, apart).wrong_with(history(15)) is not None, "both bounds hold in the same part"


STATEMENTS = (
    said("came", 1, 3, 2, 5, "x"),
    said("left", 0, 2, 2, 5, "x"),
    said("change", 1, 3, -2, 5),
    said("parked", 2, 2, 2, 5, "x"),
    said("stand", 2, 2, 2, 5),
    said("stand", 1, 2, 2, 5),
    said("stand", 2, 3, 2, 5),
    said("change", 3, 4, None, None, "x"),
    said("came", 0, 1, None, None, "x"),
    said("left", 2, 3, None, None, "x"),
)
EVERY = frozenset(one.entry for one in STATEMENTS)
TOLD: set[tuple[str, int, str | None]] = {
    *((way, part, "x") for way in ("came", "left") for part in range(PARTS)),
    *(("came", part, "") for part in (1, 2)),
    *(("left", part, "") for part in (1, 2)),
    *(("left", part, "parked x") for part in (0, 1)),
}


def stock_of(number: int) -> dict[Any, int]:
    return {STOCK: 1} | {own: 1 if own[0] == "came" else -1 for own in TOLD if own[1] < number}


def of_part(way: str, part: int, weight: int) -> dict[Any, int]:
    return {own: weight for own in TOLD if own[:2] == (way, part)}


CAME_X: dict[Any, int] = {("came", 1, "x"): 1, ("came", 2, "x"): 1}
LEFT_X = {("left", 0, "x"): 1, ("left", 1, "x"): 1}
CHANGE = {own: 1 if own[0] == "came" else -1 for own in TOLD if own[1] in (1, 2)}
PARKED = {("left", 0, "parked x"): 1, ("left", 1, "parked x"): 1}
BOUNDS: list[tuple[str, int, dict[Any, int], int]] = [
    ("least", 0, CAME_X, 2), ("most", 0, CAME_X, 5), ("least", 1, LEFT_X, 2), ("most", 1, LEFT_X, 5),
    ("least", 2, CHANGE, -2), ("most", 2, CHANGE, 5), ("least", 3, of_part("left", 0, 1) | of_part("left", 1, 1), 2),
    ("most", 3, PARKED, 5), ("least", 4, stock_of(2), 2), ("most", 4, stock_of(2), 5),
    ("least", 5, stock_of(1) | of_part("came", 1, 1), 2), ("most", 5, stock_of(1) | of_part("left", 1, -1), 5),
    ("least", 6, stock_of(2) | of_part("came", 2, 1), 2), ("most", 6, stock_of(2) | of_part("left", 2, -1), 5),
    *(("stock", number, stock_of(number), 0) for number in range(PARTS + 1)),
]  # fmt: skip
"""Bound, its number, the sum that is bounded, and by what."""


def of_terms(*terms: tuple[str, int, int]) -> ProofClaim:
    return ProofClaim(terms, None, None, ())


def split(number: int, *parts: ProofClaim) -> ProofClaim:
    return ProofClaim((), number, None, parts)


@pytest.mark.parametrize(("bound", "number", "total", "limit"), BOUNDS)
def test_each_bound_adds_what_it_says_and_nothing_more(bound: str, number: int, total: dict[Any, int], limit: int) -> None:
    """Against the opposite of the very sum it closes a proof, by one vehicle; against any that asks one more it does not."""
    ground = ground_of(*STATEMENTS)
    proof = of_terms((bound, number, 1), ("denied", 0, 1))
    if bound != "stock" and number > 4:  # a figure of a span of one part
        assert not ground.proves(proof, EVERY, {}, 9, unsaid=False), "of a span nobody knows when it holds"
        proof = split(number, proof)
    sign = -1 if bound == "most" else 1
    opposite = {own: -sign * weight for own, weight in total.items()}
    assert ground.proves(proof, EVERY, opposite, 1 - sign * limit, unsaid=False)
    assert not ground.proves(proof, EVERY, opposite, -sign * limit, unsaid=False)
    for own in {STOCK, *TOLD}:
        assert not ground.proves(proof, EVERY, opposite | {own: opposite.get(own, 0) + 1}, 1 - sign * limit, unsaid=False), own
    if bound != "stock":
        assert not ground.proves(proof, EVERY - {STATEMENTS[number].entry}, opposite, 1 - sign * limit, unsaid=False)


def test_what_nobody_bounds_proves_nothing() -> None:
    ground = ground_of(said("came", 1, 3, 2, None), said("left", 1, 3, None, 5))
    every = frozenset(one.entry for one in ground.statements)
    opposite: dict[Any, int] = {STOCK: -1}
    opposite |= {(way, part, ""): -1 if way == "came" else 1 for way in ("came", "left") for part in (1, 2)}
    for term in (
        ("most", 0, 1),
        ("least", 1, 1),
        ("least", 99, 1),
        ("most", len(ground.statements), 1),
        ("stock", PARTS + 1, 1),
    ):
        assert not ground.proves(of_terms(term, ("denied", 0, 1)), every, opposite, 9, unsaid=False), term
    assert ground.proves(of_terms(("denied", 0, 1)), every, {}, 1, unsaid=False)
    assert not ground.proves(of_terms(("denied", 0, 1)), every, {}, 0, unsaid=False)
    assert not ground.proves(of_terms(("denied", 0, 1)), every, None, 1, unsaid=False)
    assert not ground.proves(None, every, {}, 1, unsaid=False)


def test_a_bound_counts_as_often_as_it_is_added() -> None:
    ground = ground_of(*STATEMENTS)
    opposite: dict[Any, int] = {own: -3 * weight for own, weight in CAME_X.items()}
    for times, least, is_proved in ((3, -5, True), (3, -6, False), (2, -3, True), (2, -4, False), (4, 0, False)):
        assert ground.proves(of_terms(("least", 0, times), ("denied", 0, 1)), EVERY, opposite, least, unsaid=False) is is_proved


def test_vehicles_of_which_nobody_spoke_are_in_a_sum_where_they_are_asked_for() -> None:
    ground = ground_of(*STATEMENTS)
    nobody = {(way, part, None): -1 for way in ("came", "left") for part in range(PARTS)}
    before = {("came", 0, None): 1, ("left", 0, None): -1}
    assert ground.fewer_unsaid() == nobody
    assert ground.stock(1) == stock_of(1)
    assert ground.stock(1, -1) == {own: -weight for own, weight in stock_of(1).items()}
    assert ground.stock(1, unsaid=True) == stock_of(1) | before
    opposite = {own: -weight for own, weight in stock_of(1).items()}
    proof = of_terms(("stock", 1, 1), ("denied", 0, 1))
    assert ground.proves(proof, EVERY, opposite, 1, unsaid=False)
    assert not ground.proves(proof, EVERY, opposite, 1, unsaid=True)
    assert ground.proves(proof, EVERY, opposite | {own: -weight for own, weight in before.items()}, 1, unsaid=True)


def test_a_figure_of_a_span_is_closed_in_each_of_its_parts_by_what_holds_there() -> None:
    """By hand: 5 stood at hours 1 and 2, nobody came and some left between: 6 in that span stood at no time."""
    six, one, two = said("stand", 1, 3, 6, None), said("stand", 1, 1, 5, 5), said("stand", 2, 2, 5, 5)
    ground = ground_of(six, one._replace(entry="1"), two._replace(entry="2"), said("left", 1, 2, None, None))
    every = frozenset({six.entry, "1", "2"})
    first, second = of_terms(("least", 0, 1), ("most", 1, 1)), of_terms(("least", 0, 1), ("most", 2, 1))
    assert ground.proves(split(0, first, second), every, None, 0, unsaid=False)
    assert not ground.proves(split(0, second, first), every, None, 0, unsaid=False)
    assert not ground.proves(split(0, first), every, None, 0, unsaid=False), "a part is left out"
    assert not ground.proves(split(0, first, second, second), every, None, 0, unsaid=False), "a part that is none"
    assert not ground.proves(split(0, first, second), every - {six.entry}, None, 0, unsaid=False), "on which it may not rest"
    assert not ground.proves(split(0, first, split(0, first, second)), every, None, 0, unsaid=False), "split twice"
    at_once = of_terms(("denied", 0, 1))
    assert ground.proves(split(0, at_once, at_once), every, {}, 1, unsaid=False)
    assert not ground.proves(split(0, at_once, at_once), every - {six.entry}, {}, 1, unsaid=False), "on which it may not rest"
    for number in (1, 3, len(ground.statements)):  # a figure of a moment, one that is no figure of how many stood, and none
        assert not ground.proves(split(number, at_once, at_once), every | {"left 1-2"}, {}, 1, unsaid=False), number


def branch(parts: tuple[ProofClaim, ...], at: int = 3, column: tuple[str, int, str | None] = STOCK) -> ProofClaim:
    return ProofClaim((), None, BranchClaim(*column, at), parts)


def test_a_number_is_at_most_so_many_or_one_more_at_least() -> None:
    """By hand: 4 or more are denied to be fewer; at most 3 stood."""
    ground = ground_of(said("stand", 0, 0, None, 3))
    every = frozenset({"stand 0-0"})
    few, many = of_terms(("branch", 0, 1), ("denied", 0, 1)), of_terms(("branch", 0, 1), ("most", 0, 1))
    for at, is_proved in ((2, False), (3, True), (4, False)):
        assert ground.proves(branch((few, many), at), every, {STOCK: 1}, 4, unsaid=False) is is_proved, at
    assert not ground.proves(branch((many, few)), every, {STOCK: 1}, 4, unsaid=False)
    assert not ground.proves(branch((few, many)), every, {STOCK: 2}, 4, unsaid=False)
    for parts in ((few,), (few, many, many)):
        assert not ground.proves(branch(parts), every, {STOCK: 1}, 4, unsaid=False), (
            "there is no third case, and none to leave out"
        )
    second = of_terms(("branch", 1, 1), ("denied", 0, 1))
    assert not ground.proves(branch((second, many)), every, {STOCK: 1}, 4, unsaid=False)
    assert not ground.proves(branch((few, many))._replace(split=0), every, {STOCK: 1}, 4, unsaid=False)
    assert not ground.proves(of_terms(("branch", 0, 1)), every, {STOCK: 1}, 4, unsaid=False)


def test_a_branch_is_of_vehicles_that_may_move() -> None:
    ground = ground_of(said("came", 1, 3, None, None, "x"))
    at_once = of_terms(("denied", 0, 1))
    for column, unsaid, is_proved in (
        (("came", 1, "x"), False, True), (("came", 3, "x"), False, False), (("left", 1, "x"), False, False),
        (("came", 1, None), False, False), (("came", 1, None), True, True), (("stock", 1, None), False, False),
    ):  # fmt: skip
        found = ground.proves(branch((at_once, at_once), column=column), (), {}, 1, unsaid=unsaid)
        assert found is is_proved, column


def test_a_branch_within_a_branch_rests_on_both() -> None:
    """By hand: at most 3 came and at most 4 left: those who moved were not 8."""
    ground = ground_of(said("came", 1, 2, None, 3, "x"), said("left", 1, 2, None, 4, "x"))
    came, left = ("came", 1, "x"), ("left", 1, "x")
    every = frozenset({"came 1-2", "left 1-2"})
    moved: dict[Any, int] = {came: 1, left: 1}
    both = (("branch", 0, 1), ("branch", 1, 1), ("denied", 0, 1))
    for terms, least, is_proved in ((both, 8, True), (both, 7, False), (both[1:], 8, False), (both[::2], 8, False)):
        inner = branch((of_terms(*terms), of_terms(("branch", 1, 1), ("most", 1, 1))), at=4, column=left)
        outer = branch((inner, of_terms(("branch", 0, 1), ("most", 0, 1))), at=3, column=came)
        assert ground.proves(outer, every, moved, least, unsaid=False) is is_proved, (terms, least)


def test_the_smallest_choices_leave_out_those_that_hold_another() -> None:
    assert set(least_covers([frozenset("ab"), frozenset("bc")])) == {frozenset("b"), frozenset("ac")}
    assert set(least_covers([frozenset("ab"), frozenset("a")])) == {frozenset("a")}
