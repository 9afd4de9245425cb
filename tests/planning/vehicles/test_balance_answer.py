"""What a balance answers at its bounds: which statements are of the time, what is unbounded, and what cannot hold, in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from clearway.errors import BadInput, Infeasible
from clearway.planning.vehicles.balance import answer
from clearway.planning.vehicles.balance.answer import MOST_STATEMENTS, balanced
from clearway.planning.vehicles.balance.contract import Balance, BalanceStatement
from clearway.planning.vehicles.balance.said import Role, Said, Statement

T0 = datetime(2022, 2, 16, tzinfo=UTC)
MANY = float("inf")


def hour(number: float) -> datetime:
    return T0 + timedelta(hours=number)


def one(entry: str, role: Any, start: float, end: float, low: float, high: float | None = None) -> Statement:  # noqa: ANN401
    return Statement(entry, role, hour(start), hour(end), low, low if high is None else high, "", f"{entry} is said")


def balance_of(*statements: Statement, start: float = 0, end: float = 9) -> Balance:
    ordered = tuple(sorted(statements, key=lambda said: (said.end, said.start, said.entry)))
    return balanced(Said("the streets", ordered, ("Some is assumed.",), ("This is left out.",)), hour(start), hour(end))


def test_statements_of_the_time_are_those_that_touch_it() -> None:
    """One that ends as it starts and a moment at its end are of it; a span that begins at its end is not."""
    found = balance_of(
        one("before", "left", 1, 2, 3), one("until", "left", 1, 3, 3), one("at", "stand", 3, 3, 100),
        one("within", "left", 4, 5, 3), one("over", "left", 5, 7, 3), one("end", "stand", 6, 6, 94, 97),
        one("from", "left", 6, 7, 3), one("after", "left", 7, 8, 3), one("late", "stand", 7, 7, 5),
        start=3, end=6,
    )  # fmt: skip
    assert [said.entry for said in found.statements] == ["until", "at", "within", "end", "over"]
    assert [moment.at.hour for moment in found.moments] == [3, 4, 5, 6]
    assert (found.start, found.end, found.where) == (hour(3), hour(6), "the streets")
    assert found.assumed == (
        (
            "Nobody is taken to have come or left but those of whom somebody spoke; "
            "where nobody said how many, it may be any number."
        ),
        "Some is assumed.",
    )
    assert found.left_out == ("This is left out.",)


def test_what_is_said_is_shown_with_the_bounds_that_it_has() -> None:
    shown = balance_of(one("a", "stand", 0, 0, 3, 5), one("c", "change", 1, 2, -MANY, MANY)).statements
    assert shown == (
        BalanceStatement(entry="a", role="stand", group="", start=hour(0), end=hour(0), low=3, high=5, says="a is said"),
        BalanceStatement(entry="c", role="change", group="", start=hour(1), end=hour(2), low=None, high=None, says="c is said"),
    )


def test_bounds_have_proofs_but_for_those_that_nothing_holds() -> None:
    found = balance_of(one("a", "stand", 0, 0, 0, 5), one("b", "stand", 5, 5, 1, MANY), one("c", "came", 1, 2, 0, MANY))
    assert [(one.low, one.high, one.low_proof is None, one.high_proof is None) for one in found.moments] == [
        (0, 5, True, False), (0, 5, True, False), (1, None, False, True), (1, None, False, True), (1, None, False, True),
    ]  # fmt: skip


@pytest.mark.parametrize(("most", "told"), [(49_999, 49_999), (50_000, 50_000), (50_001, None)])
def test_more_vehicles_than_ever_stood_anywhere_are_no_bound(most: int, told: int | None) -> None:
    assert balance_of(one("a", "stand", 0, 0, 1, most)).moments[-1].high == told


def test_as_many_statements_as_may_be_are_balanced_and_one_more_is_refused() -> None:
    most = [one(f"s{number:03}", "stand", 0, 0, 3) for number in range(MOST_STATEMENTS)]
    assert MOST_STATEMENTS == 200
    assert balance_of(*most, end=1).moments[-1].low == 3
    with pytest.raises(BadInput, match=r"^201 statements are too many to balance\. Give a shorter time, 200 at most\.$"):
        balance_of(*most, one("more", "stand", 0, 0, 3))


def test_a_statement_that_cannot_hold_by_itself_is_said_to_and_others_are_kept() -> None:
    found = balance_of(one("a", "stand", 0, 0, 5, 3), one("b", "stand", 1, 1, 7))
    assert [(said.entries, said.says) for said in found.contradictions] == [(("a",), "This cannot hold: a is said.")]
    assert (found.without, found.is_all, found.residual) == (("a",), True, None)
    assert found.summary == (
        "Vehicles that there can be at the end: 7 to 7, leaving out every statement that contradicts others.",
        "1 set of statements cannot all hold.",
        "They could not all hold even if vehicles came and left of which nobody spoke.",
    )
    assert found.residual_proof is not None


def test_one_vehicle_of_which_nobody_spoke_is_one() -> None:
    found = balance_of(one("a", "stand", 0, 0, 5), one("b", "stand", 1, 1, 6))
    assert found.contradictions[0].says == "These cannot all hold: a is said; b is said."
    assert found.residual == 1
    assert found.summary[2] == "They could all hold only if 1 more vehicle or more came or left of which nobody spoke."


def test_statements_that_stand_in_two_sets_are_left_out_once_and_those_in_none_count() -> None:
    found = balance_of(
        one("a", "stand", 0, 0, 5), one("b", "stand", 1, 1, 6), one("c", "stand", 2, 2, 7), one("d", "left", 3, 4, 2)
    )
    assert {frozenset(said.entries) for said in found.contradictions} == {frozenset("ab"), frozenset("ac"), frozenset("bc")}
    assert sorted(found.without) == ["a", "b", "c"]
    assert len(found.moments) == 6
    assert found.summary[1] == "3 sets of statements cannot all hold."


def test_figures_that_were_said_again_are_counted() -> None:
    again = [one(name, "stand", at, at, 5)._replace(is_repeat=at > 0) for at, name in enumerate("abc")]
    found = balance_of(*again)
    assert found.repeated == ("b", "c")
    assert found.summary[-1] == "2 figures said again by the same speaker: repeated, or counted anew, nobody said."


def test_no_more_than_twelve_sets_are_listed_but_for_those_that_keep_the_rest_from_holding() -> None:
    """Of figures of one moment each two are a set; vehicles come and go before the last figure, which stays."""
    kept = [one("moved", "change", 1, 2, -MANY, MANY), one("kept", "stand", 3, 3, 9)]
    for size, sets, is_all in ((4, 6, True), (6, 12, False)):
        found = balance_of(*(one(f"a{number}", "stand", 0, 0, number) for number in range(size)), *kept)
        assert (len(found.contradictions), found.is_all) == (sets, is_all)
    many = [one(f"{at}{number}", "stand", at, at, number) for at in (0, 1) for number in (0, 1, 2, 3, 9 - at)]
    found = balance_of(*many, *kept)
    assert (found.is_all, found.moments[-1].low, found.moments[-1].high) == (False, 9, 9)
    assert len(found.contradictions) > 12
    assert len({said.low for said in many if said.entry not in found.without}) <= 1


def test_the_summary_tells_of_the_end_and_not_of_before() -> None:
    found = balance_of(one("a", "stand", 0, 0, 10), one("l", "left", 5, 9, 4), end=9)
    assert [moment.low for moment in found.moments] == [10, 10, 6]
    assert found.summary[0] == "Vehicles that there can be at the end: 6 to 6."


def test_an_answer_that_fails_its_check_is_not_handed_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answer, "check_balance", lambda *_: ([], ["It is wrong.", "And again."]))
    with pytest.raises(
        Infeasible, match=r"^The answer did not pass its check and is not handed out: It is wrong\. Report this\.$"
    ):
        balance_of(one("a", "stand", 0, 0, 5))


def test_a_proof_looks_at_the_parts_of_no_figure_that_holds_anyway() -> None:
    """By hand: 20 stood at some time while others came and nobody left: as many or more at the end."""
    found = balance_of(
        one("a", "stand", 0, 0, 10),
        one("b", "stand", 0, 1, 10),
        one("come", "came", 2, 4, 0, MANY),
        one("c", "stand", 1, 5, 20),
    )
    last = found.moments[-1]
    assert (last.low, last.high) == (20, None)
    assert last.low_proof is not None
    assert last.low_proof.split is not None
    assert found.statements[last.low_proof.split].entry == "c"
    assert all(part.terms for part in last.low_proof.parts)


def halves(begin: float, name: str) -> list[Statement]:
    """Statements that hold with half vehicles alone, as ``test_balance`` has them, in three hours from ``begin`` on."""

    def said(
        entry: str, role: Role, start: float, end: float, low: float, high: float | None = None, group: str = ""
    ) -> Statement:
        of = one(f"{name} {entry}", role, begin + start, begin + end, low, high)
        return of._replace(group=f"{name} {group}" if group else "")

    return [
        said("n0", "stand", 0, 0, 10), said("n2", "stand", 2, 2, 9), said("a", "left", 0, 3, 1, group="a"),
        said("mid", "left", 1, 2, 0, group="a"), said("b", "left", 1, 2, 0, 1, "b"), said("c", "change", 1, 3, -1, group="x"),
        said("in", "came", 1, 3, 0, group="x"), said("out", "left", 1, 3, 0, group="x"),
    ]  # fmt: skip


def test_a_proof_branches_as_often_as_halves_would_help() -> None:
    twice = balance_of(*halves(0, "first"), one("gap", "change", 3, 4, -MANY, MANY), *halves(4, "second"), end=8)
    assert (twice.residual, len(twice.contradictions)) == (2, 2)
    outer = twice.residual_proof
    assert outer is not None
    assert outer.branch is not None
    assert any(part.branch is not None for part in outer.parts)
