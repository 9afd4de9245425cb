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


def test_an_expectation_that_names_a_figure_and_no_bound_is_for_somebody_to_judge(store: Store) -> None:
    report(store, "d", "decision", {"by": "Police", "what": "Hold"}, day=5, **QUAY)
    expected = {"of": "d", "by": "Police", "what": "calm", "figure": "vehicles", "by_when": at_hour(6, 12).isoformat()}
    report(store, "e", "expectation", expected, day=5)
    count(store, "n", 5, 5, day=6, hour=11)
    assert held(store, 6, 12, "expectation").came == "not_due"
    found = held(store, 6, 13, "expectation")
    assert (found.came, found.entries, found.last_figure) == ("unknown", [], None)
    assert found.why == "No figure that anybody counts shows it: somebody has to say what came of it."
    report(store, "f", "expectation", expected | {"at_most": 4, "outcome": "kept"}, day=6, hour=14)
    found = held(store, 6, kind="expectation")
    assert (found.came, found.why) == ("contested", "Somebody says kept. Vehicles: not as expected, by every speaker.")
    assert (ids(found.entries), found.last_figure and found.last_figure.id) == (["n", "f"], "n")


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
        ("no further vehicles", ("vehicles", "no_more")),
        ("there won't be new people", ("people", "no_more")),
        ("new vehicles", None),
        ("over vehicles", None),
        ("fewer than vehicles", None),
        ("fewer people than today on the quay", ("people", "fewer")),
        ("more people remain", ("people", "more")),
        ("fewer vehicles queued", ("vehicles_queued", "fewer")),
        ("fewer vehicles queued twice", None),
    ],
)
def test_what_words_expect_of_a_figure_that_is_counted(text: str, wanted: tuple[str, str] | None) -> None:
    found = wanted_in(text, frozenset(["vehicles", "people", "vehicles_queued"]))
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
        ("up to 20 vehicles", "at most 20", None),
        ("at least 20 vehicles at the port, then", None, None),
        ("at least 20 vehicles at the port", "at least 20", "the port"),
        *((f"{one} 20 vehicles", "fewer than 20", None) for one in ("less than", "under", "below")),
        *((f"{one} 20 vehicles", "more than 20", None) for one in ("over", "above")),
        *((f"not {one} 20 vehicles", "at least 20", None) for one in ("less than", "under", "below")),
        *((f"not {one} 20 vehicles", "at most 20", None) for one in ("over", "above")),
        *(
            (f"{one} 20 vehicles", None, None)
            for one in ("not at most", "not at least", "over than", "under than", "less", "new")
        ),
        ("at most 20 vehicles arrive", None, None),
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


# -- what may show an announced step done ----------------------------------------------------------------------------

PUMP = {"by": "Police", "what": "The pump is brought", "due": at_hour(6, 12).isoformat()}
PARKING = PUMP | {"what": "Parking on the field opens"}


def shown(store: Store) -> list[str]:
    """Which entries may show the only announced step done."""
    found = held(store, 7, kind="announcement")
    assert (found.came == "proposed_done") == bool(found.entries), found
    return sorted(ids(found.entries))


@pytest.mark.parametrize(
    ("summary", "happened", "shows"),
    [
        ("pump brought to the gate", {"hour": 12}, True),
        ("the pump has been brought", {"hour": 12, "published": 12}, True),
        ("the pump has been brought", {"hour": 12, "published": 11}, False),  # written before it happened: a plan
        ("pump brought to the gate", {"hour": 12, "known": 11}, False),
        ("the pump is not brought", {"hour": 12}, False),
        ("pump asked for and brought", {"hour": 12}, False),
        ("pump seen", {"hour": 12}, False),  # one of two words
    ],
)
def test_a_word_on_how_things_are_may_show_a_step_done_where_it_says_all_of_it_and_denies_nothing(
    store: Store, summary: str, happened: dict[str, int], *, shows: bool
) -> None:
    report(store, "a", "announcement", PUMP, day=5)
    more: dict[str, Any] = {}
    if "published" in happened:
        published = at_hour(6, happened["published"]).isoformat()
        more["source"] = {"office": "a reporter", "organisation": "a newspaper", "published": published}
    if "known" in happened:
        more["known"] = at_hour(6, happened["known"]).isoformat()
    report(store, "s", "incident", {"nature": "other", "summary": summary}, day=6, hour=happened["hour"], **more)
    report(store, "m", "statement", {"summary": "The pump is brought"}, day=6)  # words alone show nothing
    assert shown(store) == ["s"] * shows


@pytest.mark.parametrize(
    ("summary", "where", "shows"),
    [
        ("Parking", FIELD, True),  # and the place: two words in common
        ("Parking on the field", FIELD, True),
        ("Water", FIELD, False),
        ("Parking on the field opens", QUAY, False),
        ("Parking on the field opens", {}, True),  # without a place it must say all of it
        ("Parking on the field", {}, False),
    ],
)
def test_an_offer_may_show_a_step_done_at_its_own_place_by_two_words_and_elsewhere_never(
    store: Store, summary: str, where: dict[str, Any], *, shows: bool
) -> None:
    report(store, "a", "announcement", PARKING, day=5, **FIELD)
    report(store, "o", "offer", {"what": "water", "summary": summary}, day=6, hour=13, **where)
    assert shown(store) == ["o"] * shows


def test_a_decision_against_a_step_is_shown_with_it_whatever_else_it_rejects(store: Store) -> None:
    step = {"by": "Police", "what": "Towing starts", "due": at_hour(6, 12).isoformat()}
    report(store, "a", "announcement", step, day=5)
    report(store, "d", "decision", {"by": "Police", "what": "Talk on", "rejected": ["a song", "towing"]}, day=6)
    report(store, "e", "decision", {"by": "Mayor", "what": "Sing", "rejected": ["a song"]}, day=6)
    assert held(store, 7, kind="announcement").came == "unknown", "it shows nothing done"
    report(store, "b", "announcement", step | {"outcome": "dropped"}, day=6, hour=13)
    found = held(store, 7, kind="announcement")
    assert (found.came, ids(found.entries)) == ("dropped", ["b", "d"])


@pytest.mark.parametrize(
    ("by", "document", "came"),
    [
        ("a newspaper", "paper-2", "disputed"),
        ("a newspaper", "bulletin-1", "done"),  # the same paper says both
        ("the room", "paper-2", "done"),  # its own finding
        ("Police", "paper-2", "done"),
    ],
)
def test_a_step_that_its_own_office_has_still_to_come_is_disputed_by_another_report_alone(
    store: Store, by: str, document: str, came: str
) -> None:
    police = {"office": "Commander", "organisation": "Police", "document": "bulletin-1"}
    report(store, "a", "announcement", PUMP, day=5, source=police)
    source = {"office": "a reader", "organisation": by, "document": document}
    report(store, "b", "announcement", PUMP | {"outcome": "done"}, day=5, hour=15, source=source)
    found = held(store, 5, kind="announcement")
    assert found.came == came
    assert sorted(ids(found.entries)) == (["a", "b"] if came == "disputed" else ["b"])


def test_words_expect_nothing_where_nobody_counts() -> None:
    assert wanted_in("fewer vehicles", []) is None


@pytest.mark.parametrize(("summary", "shows"), [("parking on the field", False), ("parking on the field has opened", True)])
def test_what_is_no_offer_must_say_all_of_a_step_at_its_place_too(store: Store, summary: str, *, shows: bool) -> None:
    report(store, "a", "announcement", PARKING, day=5, **FIELD)
    report(store, "s", "incident", {"nature": "other", "summary": summary}, day=6, hour=12, **FIELD)
    assert shown(store) == ["s"] * shows
