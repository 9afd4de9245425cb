"""What was expected against what came: forecasts, promises and decisions on one sheet, the first first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clearway.planning.decide.expected_words import wanted_in
from picture.test_view import at_hour, report, store
from planning.decide.test_decide import FIELD, held, review
from talk_rooms import QUAY, UNION, count, ids

if TYPE_CHECKING:
    from clearway.record.store import Store

__all__ = ["store"]  # a fixture


def forecast(store: Store, entry_id: str = "f", **body: Any) -> None:  # noqa: ANN401 - its fields
    said = {"summary": "many cars at night"} | body
    report(store, entry_id, "forecast", said, day=5, hour=10, source=UNION, **QUAY)


@pytest.mark.parametrize(
    ("body", "listed"),
    [
        ({"what": "vehicles", "amount": {"low": 10}}, True),
        ({"what": "vehicles", "direction": "more"}, True),
        ({"what": "vehicles"}, False),
        ({"amount": {"low": 10}}, False),
        ({"direction": "more"}, False),
        ({}, False),
    ],
)
def test_a_forecast_is_held_against_a_figure_that_it_names_with_a_number_or_a_direction(
    store: Store, body: dict[str, Any], *, listed: bool
) -> None:
    forecast(store, **body)
    assert [one.expected for one in review(store, 5).held] == ["many cars at night"] * listed


@pytest.mark.parametrize(
    ("amount", "came"),
    [
        ({"low": 100, "high": 200}, "kept"),
        ({"low": 100}, "kept"),
        ({"high": 200}, "kept"),
        ({"low": 120, "high": 200}, "unknown"),
        ({"low": 131}, "missed"),
        ({"high": 109}, "missed"),
    ],
)
def test_a_forecast_of_a_range_is_kept_where_all_that_was_counted_lies_in_it(
    store: Store, amount: dict[str, float], came: str
) -> None:
    forecast(store, what="vehicles", amount=amount, at=at_hour(6, 12).isoformat())
    count(store, "n", 110, 130, day=6, hour=11)
    found = held(store, 6, 13, "forecast")
    assert (found.came, found.office, found.by_when) == (came, "secretary, Dock union", at_hour(6, 12))
    assert found.probability is None


def test_of_a_forecast_with_a_number_the_number_decides_and_not_the_direction(store: Store) -> None:
    count(store, "before", 100, 100, day=5, hour=9)
    forecast(store, what="vehicles", amount={"low": 90}, direction="more", at=at_hour(6, 12).isoformat())
    count(store, "n", 95, 95, day=6, hour=11)
    assert held(store, 6, 13, "forecast").came == "kept"


@pytest.mark.parametrize(
    ("outcome", "hour", "came"),
    [
        ("open", 11, "announced"),
        ("open", 13, "unknown"),
        ("kept", 13, "kept"),
        ("not_kept", 13, "missed"),
        ("overtaken", 13, "dropped"),
    ],
)
def test_a_promise_stands_here_as_it_does_in_the_talks(store: Store, outcome: str, hour: int, came: str) -> None:
    due = at_hour(6, 12).isoformat()
    report(store, "p", "promise", {"by": "Police", "to": "Union", "what": "tea", "due": due, "outcome": outcome}, day=5)
    found = held(store, 6, hour, "promise")
    assert (found.came, found.office, found.expected, found.by_when) == (came, "Police", "tea", at_hour(6, 12))
    assert found.last_figure is None


def test_a_promise_of_a_figure_that_nobody_can_tell_or_that_speakers_contest(store: Store) -> None:
    promise = {"by": "Police", "what": "no cars", "due": at_hour(6, 12).isoformat(), "counted": "vehicles", "at_most": 20}
    report(store, "p", "promise", promise, day=5)
    assert held(store, 6, 13, "promise").came == "unknown"
    count(store, "a", 10, 10, day=6, hour=11)
    assert held(store, 6, 13, "promise").came == "kept"
    count(store, "b", 50, 50, day=6, hour=11, source=UNION)
    found = held(store, 6, 13, "promise")
    assert (found.came, sorted(ids(found.entries))) == ("contested", ["a", "b"])


def test_all_that_was_expected_stands_in_the_order_in_which_it_was_said(store: Store) -> None:
    forecast(store, "f", what="vehicles", direction="more")
    report(store, "d", "decision", {"by": "Police", "what": "Tow", "expects": ["calm", "a lane"]}, day=5, hour=9)
    report(store, "p", "promise", {"by": "Police", "what": "tea"}, day=5, hour=8)
    report(store, "q", "decision", {"by": "Police", "what": "Sing", "expects": ["joy"], "standing": "proposed"}, day=5, hour=8)
    found = review(store, 5).held
    assert [(one.of.id, one.expected) for one in found] == [
        ("p", "tea"), ("d", "a lane"), ("d", "calm"), ("f", "many cars at night"),
    ]  # fmt: skip
    assert review(store, 5).without_probability == 0


@pytest.mark.parametrize(("outcome", "unsaid"), [("kept", 1), ("missed", 1), ("open", 0)])
def test_what_came_without_anybody_having_said_how_sure_they_were_is_counted(store: Store, outcome: str, unsaid: int) -> None:
    expected = {"of": "d", "by": "Police", "what": "calm", "by_when": at_hour(6, 12).isoformat(), "outcome": outcome}
    report(store, "d", "decision", {"by": "Police", "what": "Hold"}, day=5)
    report(store, "e", "expectation", expected, day=5)
    report(store, "sure", "expectation", expected | {"what": "peace", "probability": 0.9}, day=5)
    found = review(store, 6)
    assert found.without_probability == unsaid
    states = {one.expected: one.came for one in found.held}
    assert states["calm"] == (outcome if outcome != "open" else "unknown")
    assert held_at_noon(store) == ("not_due" if outcome == "open" else outcome)


def held_at_noon(store: Store) -> str:
    """What came of calm, at the very moment that was set."""
    return next(one.came for one in review(store, 6, 12).held if one.expected == "calm")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("more vehicles come", ("vehicles", "more")),
        ("fewer Vehicles", ("vehicles", "fewer")),
        ("less people on the quay", ("people", "fewer")),
        ("no more vehicles arrive", ("vehicles", "no_more")),
        ("no new people", ("people", "no_more")),
        ("more tents", None),
        ("vehicles leave", None),
        ("moreover vehicles", None),
        ("more vehicles leave", None),
        ("fewer vehicles arrive", None),
        ("no fewer people", None),
        ("not more vehicles", ("vehicles", "no_more")),
        ("fewer vehicles and less noise", None),
        ("fewer people hurt", None),
    ],
)
def test_what_words_expect_of_a_figure_that_is_counted(text: str, wanted: tuple[str, str] | None) -> None:
    found = wanted_in(text, frozenset(["vehicles", "people"]))
    assert (None if found is None else (found.figure, found.direction)) == wanted


@pytest.mark.parametrize(
    ("text", "bounds", "where"),
    [
        ("at most 20 vehicles", "at most 20", None),
        ("No more than 1,200 people near the quay.", "at most 1,200", "the quay"),
        ("not fewer than 20 people", "at least 20", None),
        ("fewer than 20 vehicles left", "fewer than 20", None),
        ("more than 20 vehicles", "more than 20", None),
        ("more 20 vehicles", None, None),
        ("more than 20 vehicles leave", None, None),
    ],
)
def test_what_words_hold_a_figure_to(text: str, bounds: str | None, where: str | None) -> None:
    found = wanted_in(text, ["vehicles", "people"])
    assert (bounds, where) == (None, None) if found is None else (str(found.bounds), found.where) == (bounds, where)


def test_a_figure_of_another_place_keeps_no_expectation(store: Store) -> None:
    count(store, "quay", 40, 40, day=4)
    count(store, "field", 12, 12, day=4, hour=13, **FIELD)
    expects = ["fewer vehicles", "fewer vehicles at The quay", "at most 11 vehicles at The field"]
    report(store, "d", "decision", {"by": "Police", "what": "Tow", "expects": expects}, day=5)
    count(store, "low", 11, 11, day=6, **FIELD)
    assert {one.expected: (one.came, one.why) for one in review(store, 7).held} == {
        "fewer vehicles": ("unknown", "Vehicles were counted at 2 places. Correct the entry: name its place."),
        "fewer vehicles at The quay": ("unknown", "Nobody has counted vehicles since; the last figure is 3 days old."),
        "at most 11 vehicles at The field": ("kept", "Vehicles: as expected, by every speaker."),
    }


def test_how_an_announced_step_stands_is_said_in_words(store: Store) -> None:
    step = {"by": "Police", "what": "Parking on the field opens"}
    report(store, "a", "announcement", step, day=5, source=UNION, **QUAY)
    assert held(store, 5, kind="announcement").why == "No time was said."
    report(store, "b", "announcement", step | {"due": at_hour(6, 12).isoformat()}, day=5, hour=13, source=UNION, **QUAY)
    assert held(store, 6, 12, "announcement").why == "For Sun 13 Feb 2022 12:00."
    assert held(store, 6, 13, "announcement").why == "Its time has passed, and nobody has said whether it was done."
    report(store, "o", "offer", {"what": "parking", "summary": "Parking on the field"}, day=7, **QUAY)
    shown = held(store, 7, kind="announcement")
    assert shown.why == "Its time has passed; these may show it done. Look, and enter what came of it."
    for number, (outcome, words) in enumerate((("done", "Done"), ("dropped", "Dropped"), ("not_done", "Not done"))):
        report(store, f"c{number}", "announcement", step | {"outcome": outcome}, day=8, hour=10 + number, source=UNION, **QUAY)
        assert held(store, 8, 10 + number, "announcement").why == f"{words}, by c{number}."
