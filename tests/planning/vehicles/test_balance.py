"""Stock and flow: by hand, against every history of small ones, and on the demonstration's record."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from clearway.errors import BadInput
from clearway.planning.vehicles.balance.answer import MOST_SETS, balanced, figures
from clearway.planning.vehicles.balance.check import check_balance
from clearway.planning.vehicles.balance.contract import StockAt
from clearway.planning.vehicles.balance.said import Said, Statement, said_of
from clearway.record.entry import Entry
from clearway.record.moments import calendar, moment_of
from clearway.record.parse import draft_of
from rounds import examples, round_of

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Sequence

    from clearway.planning.vehicles.balance.contract import Balance

ZONE = ZoneInfo("Pacific/Auckland")
CALENDAR = calendar("Pacific/Auckland", "2022-02-08")
KNOWN = moment_of("2022-03-05T00:00Z")
T0 = datetime(2022, 2, 16, tzinfo=UTC)
FLOWS, TOWS = ("came", "left"), "tow_event"


def hour(number: float) -> datetime:
    return T0 + timedelta(hours=number)


def one(entry: str, role: Any, start: float, end: float, low: float, high: float | None = None) -> Statement:  # noqa: ANN401
    return Statement(entry, role, hour(start), hour(end), low, low if high is None else high, "", entry)


def balance_of(*statements: Statement, end: float = 9) -> Balance:
    ordered = tuple(sorted(statements, key=lambda said: (said.end, said.start, said.entry)))
    return balanced(Said("the streets", ordered, (), ()), hour(0), hour(end))


def test_what_left_between_two_figures_is_between_them() -> None:
    """By hand: 100 at the beginning, 10 to 12 left before hour 4: 88 to 90 afterwards."""
    found = balance_of(one("a", "stand", 0, 0, 100), one("b", "left", 2, 4, 10, 12))
    assert [(moment.at.hour, moment.low, moment.high) for moment in found.moments] == [
        (0, 100, 100), (2, 100, 100), (4, 88, 90), (9, 88, 90),
    ]  # fmt: skip
    assert (found.contradictions, found.residual, found.without) == ((), 0, ())
    assert found.summary == (
        "Vehicles that there can be at the end: 88 to 90.",
        "All statements can hold together.",
    )
    assert (found.is_all, found.residual_proof, found.repeated) == (True, None, ())


def test_a_figure_that_is_repeated_while_leavers_are_counted_cannot_hold_and_the_residual_says_by_how_much() -> None:
    figures = [one(name, "stand", at, at, 450) for name, at in (("mon", 0), ("tue", 3), ("wed", 6))]
    found = balance_of(*figures, one("left", "left", 1, 2, 12), one("more", "left", 4, 5, 20))
    sets = {" ".join(sorted(one.entries)) for one in found.contradictions}
    assert sets == {"left mon tue", "left mon wed", "mon more wed", "more tue wed"}
    assert (found.residual, found.is_all) == (32, True)
    assert found.summary == (
        "Vehicles that there can be at the end: any number, leaving out every statement that contradicts others.",
        "4 sets of statements cannot all hold.",
        "They could all hold only if 32 more vehicles or more came or left of which nobody spoke.",
    )
    assert found.contradictions[0].says == f"These cannot all hold: {'; '.join(found.contradictions[0].entries)}."
    assert set(found.without) == {"mon", "tue", "wed", "left", "more"}


def halves() -> list[Statement]:
    """By hand: of group a one left in all, and none in the middle; one of all left by hour 2, and one after hour 1.

    With x of a that left first, y of a that left last and z of b in the middle: x + y = 1, x + z = 1, z + y = 1. With half a
    vehicle each all of it would hold.
    """

    def of(group: str, said: Statement) -> Statement:
        return said._replace(group=group)

    return [
        one("n0", "stand", 0, 0, 10), one("n2", "stand", 2, 2, 9), of("a", one("a", "left", 0, 3, 1)),
        of("a", one("mid", "left", 1, 2, 0)), of("b", one("b", "left", 1, 2, 0, 1)), of("x", one("c", "change", 1, 3, -1)),
        of("x", one("in", "came", 1, 3, 0)), of("x", one("out", "left", 1, 3, 0)),
    ]  # fmt: skip


def test_statements_that_hold_with_half_vehicles_alone_cannot_hold_and_that_is_proved() -> None:
    found = balance_of(*halves(), end=4)
    (only,) = found.contradictions
    assert set(only.entries) == {"n0", "n2", "a", "mid", "c", "in", "out"}
    proof = only.proof
    assert proof.branch is not None
    assert [part.branch for part in proof.parts] == [None, None]
    assert found.residual == 1


@pytest.mark.parametrize(
    "spoil",
    [
        lambda proof: proof["branch"].update(at=proof["branch"]["at"] + 1),
        lambda proof: proof["branch"].update(group="nobody"),
        lambda proof: proof.update(parts=proof["parts"][:1]), lambda proof: proof.update(parts=proof["parts"][::-1]),
        lambda proof: proof.update(parts=[proof["parts"][0]] * 2), lambda proof: proof.update(split=0),
        lambda proof: proof["parts"][0].update(terms=[one for one in proof["parts"][0]["terms"] if one["bound"] != "branch"]),
        lambda proof: [one.update(number=one["number"] + 1) for one in proof["parts"][0]["terms"] if one["bound"] == "branch"],
    ],
)  # fmt: skip
def test_a_branch_that_leaves_a_case_open_proves_nothing(spoil: Callable[[dict[str, Any]], object]) -> None:
    said = Said("the streets", tuple(sorted(halves(), key=lambda one: (one.end, one.start, one.entry))), (), ())
    document = balanced(said, hour(0), hour(4)).model_dump(mode="json")
    assert check_balance(document, "the streets", figures(said))[1] == []
    spoil(document["contradictions"][0]["proof"])
    assert any("nothing proves that" in one.lower() for one in check_balance(document, "the streets", figures(said))[1])


def test_one_set_is_one_set() -> None:
    alone = balance_of(one("a", "stand", 0, 0, 10, 10), one("b", "left", 1, 2, 12, 12))
    assert [(set(found.entries), found.says) for found in alone.contradictions] == [
        ({"a", "b"}, "These cannot all hold: a; b.")
    ]
    assert alone.residual == 2
    assert alone.summary[1] == "1 set of statements cannot all hold."


def test_said_again_is_counted_and_named() -> None:
    again = one("again", "stand", 4, 4, 100)._replace(is_repeat=True)
    found = balance_of(one("a", "stand", 0, 0, 100), again)
    assert found.repeated == ("again",)
    assert found.summary[-1] == "1 figure said again by the same speaker: repeated, or counted anew, nobody said."


def test_a_figure_of_a_span_may_hold_at_any_moment_in_it() -> None:
    assert balance_of(one("a", "stand", 0, 0, 10), one("l", "left", 2, 4, 4), one("b", "stand", 1, 5, 10)).contradictions == ()
    assert balance_of(one("a", "stand", 0, 0, 10), one("l", "left", 2, 4, 4), one("b", "stand", 1, 5, 8)).contradictions == ()
    (found,) = balance_of(one("a", "stand", 0, 0, 10), one("l", "left", 2, 4, 4), one("b", "stand", 1, 5, 5)).contradictions
    assert set(found.entries) == {"a", "l", "b"}


def test_who_came_in_a_number_that_nobody_said_leaves_the_most_open() -> None:
    found = balance_of(one("a", "stand", 0, 0, 10), one("c", "came", 1, 3, 1, float("inf")))
    assert (found.moments[-1].low, found.moments[-1].high) == (11, None)


def test_who_is_parked_elsewhere_has_left() -> None:
    """By hand: 10 stood, 4 to 6 are parked at hour 5: 4 to 6 are left, and all who left may be those who were seen to leave."""
    found = balance_of(one("a", "stand", 0, 0, 10), one("p", "parked", 5, 5, 4, 6))
    assert (found.moments[-1].low, found.moments[-1].high) == (4, 6)
    found = balance_of(one("a", "stand", 0, 0, 10), one("l", "left", 1, 2, 5), one("p", "parked", 5, 5, 4, 6))
    assert (found.moments[-1].low, found.moments[-1].high) == (0, 5)


def test_more_or_fewer_than_before_is_a_change_whoever_came_and_went() -> None:
    found = balance_of(one("a", "stand", 0, 0, 10), one("g", "change", 1, 3, 2, 3))
    assert (found.moments[-1].low, found.moments[-1].high) == (12, 13)


def test_nothing_below_zero_is_left() -> None:
    (found,) = balance_of(one("a", "stand", 0, 0, 3), one("l", "left", 1, 2, 4)).contradictions
    assert set(found.entries) == {"a", "l"}


def test_a_time_without_a_figure_or_the_wrong_way_round_is_refused() -> None:
    with pytest.raises(BadInput, match="Nobody said in that time how many vehicles there were"):
        balance_of(one("l", "left", 1, 2, 4))
    with pytest.raises(BadInput, match="The time ends before it starts"):
        balance_of(one("a", "stand", 0, 0, 3), end=0)
    with pytest.raises(BadInput, match="201 statements are too many"):
        balance_of(*(one(f"s{number}", "stand", 1, 1, 3) for number in range(201)))


def test_more_sets_than_anybody_reads_are_not_listed() -> None:
    found = balance_of(*(one(f"s{number}", "stand", 1, 1, number) for number in range(7)))
    assert (len(found.contradictions), found.is_all) == (MOST_SETS, False)


MOST_STOOD, MOST_MOVED, HOURS = 12, 9, 2


def made(chance: random.Random) -> list[Statement]:
    """A few statements about two hours."""
    said = [one("first", "stand", 0, 0, chance.randint(0, 2))]
    for number in range(chance.randint(2, 4)):
        start, end = sorted(chance.sample(range(HOURS + 1), 2))
        role = chance.choice(["stand", "stand at", "came", "left", "change"])
        low = chance.randint(0, 2)
        high = low + chance.randint(0, 1)
        if role == "stand at":
            said.append(one(f"s{number}", "stand", end, end, low, high))
        else:
            said.append(one(f"s{number}", role, start, end, low, high))
    return said


class EveryHistory:
    """All histories of two hours with few vehicles, each number an array over all of them."""

    def __init__(self, said: Sequence[Statement]) -> None:
        sizes = (MOST_STOOD + 1, *(MOST_MOVED + 1,) * (2 * HOURS))
        grid = np.indices(sizes, dtype=np.int16).reshape(len(sizes), -1)
        stock, self.came, self.left = [grid[0]], grid[1 : 1 + HOURS], grid[1 + HOURS :]
        for part in range(HOURS):
            stock.append(stock[-1] + self.came[part] - self.left[part])
        self.stock = stock
        self.can_be = np.logical_and.reduce([level >= 0 for level in stock])
        for part in range(HOURS):
            spoken = [one.role for one in said if one.start <= hour(part) and hour(part + 1) <= one.end]
            if not {"came", "change"} & set(spoken):
                self.can_be &= self.came[part] == 0
            if not {"left", "change"} & set(spoken):
                self.can_be &= self.left[part] == 0

    def holds(self, one: Statement) -> Any:  # noqa: ANN401 - an array of truth values
        first, last = (round((moment - T0).total_seconds() / 3600) for moment in (one.start, one.end))
        if one.role == "stand" and first == last:
            return (one.low <= self.stock[last]) & (self.stock[last] <= one.high)
        if one.role == "stand":
            return np.logical_or.reduce(
                [
                    (self.stock[part] + self.came[part] >= one.low) & (self.stock[part] - self.left[part] <= one.high)
                    for part in range(first, last)
                ]
            )
        if one.role == "change":
            moved = self.stock[last] - self.stock[first]
        else:
            moved = (self.came if one.role == "came" else self.left)[first:last].sum(axis=0)
        return (one.low <= moved) & (moved <= one.high)


@pytest.mark.parametrize("number", range(examples(25)))
def test_bounds_and_smallest_sets_are_those_of_every_history(number: int) -> None:
    said = [one for one in made(round_of(number)) if not (one.role == "change" and one.low == 0)]
    every = EveryHistory(said)
    mask = {one.entry: every.holds(one) for one in said}
    bad: list[frozenset[str]] = []
    for size in range(1, len(said) + 1):
        for chosen in itertools.combinations(mask, size):
            if (
                not any(one <= set(chosen) for one in bad)
                and not np.logical_and.reduce([every.can_be, *(mask[name] for name in chosen)]).any()
            ):
                bad.append(frozenset(chosen))
    found = balance_of(*said, end=HOURS)
    assert {frozenset(one.entries) for one in found.contradictions} == set(bad)
    left = [name for name in mask if name not in set(itertools.chain(*bad))]
    can_be = np.logical_and.reduce([every.can_be, *(mask[name] for name in left)])
    for moment in found.moments:
        levels = every.stock[round((moment.at - T0).total_seconds() / 3600)][can_be]
        assert moment.low == levels.min()
        if "first" in left and moment.high is not None and moment.high <= MOST_MOVED:
            assert moment.high == levels.max()


def entry(entry_id: str, kind: str, body: dict[str, Any], happened: str, place: str = "Parliament") -> Entry:
    said = {"id": entry_id, "kind": kind, "body": body, "happened": happened, "source": "officer, Police", "known": happened}
    draft = draft_of(said | {"place": place}, CALENDAR, now=KNOWN)
    return Entry(seq=1, stream="square", version=1, written=KNOWN, draft=draft, hash="0" * 64)


def left(entry_id: str, number: object, happened: str) -> Entry:
    return entry(entry_id, "flow", {"what": "vehicles", "direction": "left", "amount": number}, happened)


def stood(entry_id: str, number: object, happened: str, place: str = "Parliament") -> Entry:
    return entry(entry_id, "count", {"what": "vehicles", "amount": number}, happened, place)


def of_day_9(*entries: Entry) -> Balance:
    start, end = moment_of("2022-02-16T00:00+13:00"), moment_of("2022-02-17T00:00+13:00")
    return balanced(said_of(entries, ZONE), start, end)


def test_totals_of_one_day_are_one_running_total_and_never_added() -> None:
    found = of_day_9(
        stood("a", 100, "2022-02-16 00:00"),
        left("x", 12, "2022-02-16 11:00"), left("y", 20, "2022-02-16 14:20"), left("z", 25, "2022-02-16 19:00"),
    )  # fmt: skip
    assert (found.moments[-1].low, found.moments[-1].high) == (75, 75)
    assert "Figures of one day for vehicles that left are one running total since the day began." in found.assumed


def test_a_running_total_that_falls_cannot_hold() -> None:
    found = of_day_9(stood("a", 100, "2022-02-16 00:00"), left("x", 12, "2022-02-16 11:00"), left("y", 8, "2022-02-16 14:20"))
    assert [set(one.entries) for one in found.contradictions] == [{"x", "y"}]


def test_totals_of_two_days_are_added() -> None:
    said = said_of([stood("a", 100, "2022-02-16 00:00"), left("x", 12, "2022-02-16"), left("y", 8, "2022-02-17")], ZONE)
    found = balanced(said, moment_of("2022-02-16T00:00+13:00"), moment_of("2022-02-18T00:00+13:00"))
    assert (found.moments[-1].low, found.moments[-1].high) == (80, 80)


def test_about_is_widened_by_a_stated_share_and_exact_figures_are_not() -> None:
    entries = [stood("a", "about 450", "2022-02-16 00:00"), left("x", "about 12", "2022-02-16 12:00")]
    for share, (low, high) in ((0.1, (405, 495)), (0.0, (450, 450))):
        said = said_of(entries, ZONE, about=share)
        assert (said.statements[0].low, said.statements[0].high) == (low, high)
    assert said_of([stood("a", 450, "2022-02-16 00:00")], ZONE).assumed == ()
    assert '"About" is taken to be off by 10% at most, either way.' in said_of(entries, ZONE).assumed


def test_tows_and_leavers_are_two_and_not_towed_is_none() -> None:
    towed = {"done": True, "amount": 3}
    found = of_day_9(
        stood("a", 100, "2022-02-16 00:00"), left("x", 12, "2022-02-16 11:00"), entry("t", TOWS, towed, "2022-02-16 12:00"),
    )  # fmt: skip
    assert (found.moments[-1].low, found.moments[-1].high) == (85, 85)
    both = of_day_9(
        stood("a", 100, "2022-02-16 00:00"),
        entry("t", TOWS, towed, "2022-02-16 12:00"), entry("n", TOWS, {"done": False}, "2022-02-16 18:00"),
    )  # fmt: skip
    assert [set(one.entries) for one in both.contradictions] == [{"t", "n"}]


@pytest.mark.parametrize(
    ("word", "low", "high"),
    [("empty", 0, 0), ("few", 0, 50), ("half_full", 70, 130), ("nearly_full", 150, 200), ("full", 190, 200)],
)
def test_words_of_how_full_a_place_is_are_intervals_of_its_capacity(word: str, low: int, high: int) -> None:
    body = {"what": "parking", "summary": "the stadium", "capacity": 200, "occupancy": word}
    said = said_of([entry("p", "offer", body, "2022-02-16 12:00", place="Stadium")], ZONE)
    (parked,) = said.statements
    assert (parked.role, parked.low, parked.high) == ("parked", low, high)
    assert any(f'"{word.replace("_", " ")}" is taken to be' in sentence for sentence in said.assumed)
    unknown = said_of([entry("p", "offer", body | {"capacity": None}, "2022-02-16 12:00", place="Stadium")], ZONE)
    assert unknown.statements == ()
    assert unknown.left_out[0].endswith("nobody said how many fit there.")


def test_a_figure_at_a_place_of_parking_is_of_the_parked_and_one_elsewhere_is_left_out() -> None:
    offer = {"what": "parking", "summary": "free", "taken_up": 5}
    said = said_of(
        [
            stood("a", 100, "2022-02-16 00:00"), stood("b", 100, "2022-02-16 01:00"),
            stood("c", 30, "2022-02-16", place="Hutt Road"),
            entry("o", "offer", offer, "2022-02-16 10:00", place="Stadium"), stood("s", 7, "2022-02-16 12:00", place="Stadium"),
        ],
        ZONE,
    )  # fmt: skip
    assert said.where == "Parliament"
    assert [(one.entry, one.role, one.low) for one in said.statements] == [
        ("a", "stand", 100), ("b", "stand", 100), ("o", "parked", 5), ("s", "parked", 7),
    ]  # fmt: skip
    assert "a figure of another place, Hutt Road." in said.left_out[0]
    assert [one.is_repeat for one in said.statements] == [False, True, False, False]


@pytest.mark.parametrize(("low", "high", "words"), [(0, None, "any number"), (1, None, "at least 1"), (0, 1200, "0 to 1,200")])
def test_how_many_there_can_be_is_told_in_words(low: int, high: int | None, words: str) -> None:
    assert StockAt(at=T0, low=low, high=high).words == words


def worked(entry_id: str, order: int, done: int, happened: str, **more: object) -> Entry:
    body = {"order": order, "starts": "2022-02-16T08:00+13:00", "tow": "T001", "state": "done", "tows": 50, "done": done}
    first = {"first_done": "2022-02-16T08:30+13:00"} if done else {}
    return entry(entry_id, "tow_progress", body | first | more, happened)


def test_orders_that_are_worked_off_are_totals_and_said_to_be_towed_they_are_the_same_vehicles() -> None:
    """By hand: order 1 came to 3 and then 5, order 2 to 2: 7 in all, which somebody also said."""
    found = of_day_9(
        stood("a", 100, "2022-02-16 00:00"), worked("p", 1, 3, "2022-02-16 09:00"), worked("q", 1, 5, "2022-02-16 10:00"),
        worked("r", 2, 2, "2022-02-16 11:00"), entry("t", TOWS, {"done": True, "amount": 7}, "2022-02-16 18:00"),
    )  # fmt: skip
    assert (found.moments[-1].low, found.moments[-1].high) == (93, 93)
    assert found.contradictions == ()


def test_who_drove_away_from_an_order_left_and_others_may_have() -> None:
    gone = worked("g", 1, 0, "2022-02-16 09:00", state="gone", gone=4)
    found = of_day_9(stood("a", 100, "2022-02-16 00:00"), gone)
    assert (found.moments[-1].low, found.moments[-1].high) == (0, 96)
