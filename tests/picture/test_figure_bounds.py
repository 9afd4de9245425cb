"""Figures at the bound and one beside: what touches, how long a word is compared, what flows into what, what is listed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from picture.test_view import PAPER, at_hour, report, seen, store, vehicles

if TYPE_CHECKING:
    from clearway.record.store import Store

__all__ = ["store"]  # a fixture
QUAY, SQUARE = ({"type": "named", "name": name} for name in ("The quay", "The square"))


def amount(low: float | None, high: float | None) -> dict[str, Any]:
    return {"what": "vehicles", "amount": {"low": low, "high": high}}


def clashes(store: Store, day: int) -> set[tuple[str, str]]:
    return {(one["first"], one["second"]) for count in seen(store, day)["counts"] for one in count["clashes"]}


@pytest.mark.parametrize(
    ("first", "second", "exclude"),
    [
        ((450, 450), (None, 450), False),
        ((450, 450), (None, 449), True),
        ((450, 450), (450, None), False),
        ((450, 450), (451, None), True),
        ((400, 500), (500, 600), False),
        ((400, 500), (501, 600), True),
        ((501, 600), (400, 500), True),
        ((None, 450), (None, 900), False),
        ((400, None), (900, None), False),
    ],
)
def test_figures_that_touch_exclude_nothing(
    store: Store, first: tuple[Any, Any], second: tuple[Any, Any], *, exclude: bool
) -> None:
    report(store, "a", "count", amount(*first), day=9)
    report(store, "b", "count", amount(*second), day=9, hour=13, source=PAPER)
    assert clashes(store, 9) == ({("b", "a")} if exclude else set())


@pytest.mark.parametrize(("minutes", "compared"), [(24 * 60, True), (24 * 60 + 1, False)])
def test_words_are_compared_that_are_a_day_apart_and_no_more(store: Store, minutes: int, *, compared: bool) -> None:
    report(store, "a", "count", vehicles(450), day=9)
    later = (at_hour(9, 12) + timedelta(minutes=minutes)).isoformat()
    report(store, "b", "count", vehicles(900), day=10, hour=13, happened=later, source=PAPER)
    assert clashes(store, 10) == ({("b", "a")} if compared else set())


def test_totals_of_one_moment_that_differ_clash_and_a_later_one_that_touches_does_not(store: Store) -> None:
    for entry_id, low, high, hour, source in (("a", 30, 30, 10, {}), ("b", 40, 40, 10, PAPER), ("c", 40, 50, 12, {})):
        body = {"what": "arrests", "amount": {"low": low, "high": high}}
        report(store, entry_id, "count", body, day=9, hour=hour, **({"source": source} if source else {}))
    assert clashes(store, 9) == set()  # 'c' is the police's last word
    report(store, "d", "count", {"what": "arrests", "amount": {"low": 41, "high": 41}}, day=9, hour=10, source=PAPER)
    assert clashes(store, 9) == set()  # 40 to 50 may be 41
    report(store, "e", "count", {"what": "arrests", "amount": {"low": 39, "high": 39}}, day=9, hour=12, source={"office": "x"})
    assert clashes(store, 9) == {("e", "c"), ("e", "b"), ("e", "d")}  # fewer than were said before, or at that moment


def test_a_later_total_of_at_most_less_than_was_said_before_is_a_clash(store: Store) -> None:
    report(store, "a", "count", {"what": "arrests", "amount": {"low": 60, "high": 60}}, day=9, hour=10)
    report(store, "b", "count", {"what": "arrests", "amount": {"high": 60}}, day=9, hour=12, source=PAPER)
    assert clashes(store, 9) == set()
    report(store, "c", "count", {"what": "arrests", "amount": {"high": 59}}, day=9, hour=13, source=PAPER)
    assert clashes(store, 9) == {("c", "a")}


def test_what_came_and_went_moves_the_figure_of_its_own_thing_and_place_of_everybody(store: Store) -> None:
    for entry_id, body, place in (
        ("quay", vehicles(100), QUAY),
        ("square", vehicles(100), SQUARE),
        ("people", vehicles(100) | {"what": "people"}, QUAY),
        ("part", vehicles(100) | {"group": "of the port"}, QUAY),
    ):
        report(store, entry_id, "count", body, day=9, places=[place])
    for entry_id, hour in (("late", 15), ("early", 14)):
        flow = {"what": "vehicles", "direction": "arrived", "amount": {"low": 50, "high": 50}}
        report(store, entry_id, "flow", flow, day=9, hour=hour, places=[QUAY])
    counts = {count["statements"][0]["id"]: count for count in seen(store, 9)["counts"]}
    flows = {name: [fact["id"] for fact in count["flows"]] for name, count in counts.items()}
    assert flows == {"quay": ["early", "late"], "square": [], "people": [], "part": []}
    likely = {name: count["estimate"]["likely"] for name, count in counts.items()}
    assert likely["quay"] > 1.5 * likely["square"]
    assert likely["part"] == pytest.approx(likely["square"])


def test_what_came_of_which_only_the_most_is_known_moves_a_figure_by_less_than_all_of_it(store: Store) -> None:
    places = {name: {"type": "named", "name": name} for name in ("none", "most", "all")}
    for name, place in places.items():
        report(store, name, "count", vehicles(100), day=9, places=[place])
    for name, low in (("most", None), ("all", 80)):
        flow = {"what": "vehicles", "direction": "arrived", "amount": {"low": low, "high": 80}}
        report(store, f"{name}-came", "flow", flow, day=9, hour=15, places=[places[name]])
    likely = {count["statements"][0]["id"]: count["estimate"]["likely"] for count in seen(store, 9)["counts"]}
    assert likely["none"] < likely["most"] < likely["all"]


def test_a_tally_tells_its_last_word_and_five_before(store: Store) -> None:
    for number in range(1, 8):
        report(store, f"n{number}", "count", {"what": "tows", "amount": {"low": number, "high": number}}, day=9, hour=number)
    (count,) = seen(store, 9)["counts"]
    assert count["history"] == "7 (07:00), before: 6 (06:00), 5 (05:00), 4 (04:00), 3 (03:00), 2 (02:00)"


def test_of_two_bodies_a_tally_says_whose_word_each_is(store: Store) -> None:
    report(store, "a", "count", {"what": "tows", "amount": {"low": 3, "high": 3}}, day=9, hour=10)
    report(store, "b", "count", {"what": "tows", "amount": {"low": 5}}, day=9, hour=12, source=PAPER)
    (count,) = seen(store, 9)["counts"]
    told = "at least 5 (12:00, a reporter, a newspaper), before: 3 (10:00, Assistant Commissioner, Police)"
    assert (count["history"], count["estimate_rests_on"]) == (told, 2)


def test_of_like_figures_the_one_stands_first_of_which_more_was_said(store: Store) -> None:
    for entry_id, what, hour in (("a", "horses", 9), ("b", "officers", 9), ("c", "officers", 10), ("d", "dogs", 9)):
        report(store, entry_id, "count", {"what": what, "amount": {"low": 5, "high": 5}}, day=9, hour=hour)
    for what in ("groups", "tents", "vehicles", "people"):
        report(store, what, "count", {"what": what, "amount": {"low": 5, "high": 5}}, day=9)
    told = [count["what"] for count in seen(store, 9)["counts"]]
    assert told == ["people", "vehicles", "tents", "groups", "officers", "dogs", "horses"]


@pytest.mark.parametrize(("what", "said", "most"), [("people", 900_000, 1_000_000), ("vehicles", 90_000, 100_000)])
def test_where_no_area_is_known_no_band_holds_more_than_ever_stood_anywhere(
    store: Store, what: str, said: int, most: int
) -> None:
    report(store, "a", "count", {"what": what, "amount": {"low": said, "high": said, "about": True}}, day=5)
    assert max(one["high"] for one in seen(store, 9)["counts"][0]["band"]) == most


def test_a_band_has_48_steps_before_the_moment_shown_and_12_after_it(store: Store) -> None:
    report(store, "a", "count", vehicles(450), day=9, hour=0)
    band = [one["at"] for one in seen(store, 11, 0)["counts"][0]["band"]]
    hours = [*range(49), *range(52, 97, 4)]
    assert band == [f"{at_hour(9, hour):%Y-%m-%dT%H:%M:%S}.000000Z" for hour in hours]


def test_a_range_said_of_more_than_half_a_day_held_all_the_while_and_is_surer_than_one_word(store: Store) -> None:
    widths = {}
    for hours, low in ((12, 100), (13, 100), (14, 120)):
        span = f"{at_hour(9, 0).isoformat()}/{at_hour(9, hours).isoformat()}"
        place = {"type": "named", "name": f"Yard {hours}"}
        report(store, f"c{hours}", "count", amount(low, 120), day=9, hour=22, happened=span, places=[place])
    for count in seen(store, 9, 23)["counts"]:
        widths[count["statements"][0]["id"]] = count["estimate"]["high"] / count["estimate"]["low"]
    assert widths["c12"] > 1.5 * widths["c13"]
    assert widths["c14"] > 1.5 * widths["c13"]  # a number is no range: somebody counted once
