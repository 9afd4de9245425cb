"""Expectations against what came, what a decision rests on, triggers, contradictions and calibration, worked out by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clearway.errors import BadInput, NotFound
from clearway.picture.subjects import place_key
from clearway.picture.view import Moments
from clearway.planning.decide.basis import basis_of
from clearway.planning.decide.calibration import brier
from clearway.planning.decide.review import review_of
from clearway.planning.decide.triggers import fired
from clearway.planning.reading import Reading
from clearway.planning.talks.figures import Bounds
from clearway.record.moments import moment_of
from clearway.record.parse import draft_of
from clearway.record.place_text import place_of_text
from picture.test_view import CALENDAR, PAPER, STREAM, at_hour, report, store
from talk_rooms import QUAY, UNION, count, ids

if TYPE_CHECKING:
    from clearway.planning.decide.contract import Basis, Held, Review
    from clearway.record.store import Store

__all__ = ["store"]  # a fixture

TOW = {"by": "Police", "what": "Tow the cars", "expects": ["fewer vehicles"]}
EXPECTED = {"of": "d", "by": "Police", "what": "the quay empties", "figure": "vehicles", "at_most": 20}


def read(store: Store, day: int, hour: int = 23) -> Reading:
    at = at_hour(day, hour)
    return Reading(store, STREAM, Moments(at, at), CALENDAR)


def review(store: Store, day: int, hour: int = 23) -> Review:
    return review_of(read(store, day, hour))


def held(store: Store, day: int, hour: int = 23, kind: str = "decision") -> Held:
    (found,) = (one for one in review(store, day, hour).held if one.of.kind == kind)
    return found


def basis(store: Store, day: int, entry: str = "d") -> Basis:
    return basis_of(read(store, day), entry)


# -- expectations ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("low", "high", "came"), [(100, 149, "kept"), (140, 160, "unknown"), (160, 170, "missed"), (150, 150, "unknown")]
)
def test_fewer_is_kept_or_missed_only_where_all_of_the_range_says_so(store: Store, low: float, high: float, came: str) -> None:
    count(store, "a", 150, 160, day=5)
    report(store, "d", "decision", TOW, day=5, hour=13, **QUAY)
    found = held(store, 8)
    assert (found.came, found.last_figure and found.last_figure.id) == ("unknown", "a")
    assert found.last_figure_age_s == 3 * 86_400 + 11 * 3600
    count(store, "b", low, high, day=6)
    assert held(store, 6).came == came


def test_fewer_is_fewer_than_each_speakers_last_word_before(store: Store) -> None:
    count(store, "a", 150, 160, day=5, hour=9)
    count(store, "b", 100, 100, day=5, hour=11)
    report(store, "d", "decision", TOW, day=5, hour=13, **QUAY)
    count(store, "c", 120, 120, day=6, hour=9)
    count(store, "e", 99, 99, day=6, hour=11)
    assert held(store, 6, 10).came == "missed"
    assert held(store, 6, 11).came == "kept"


def test_speakers_who_differ_contest_an_expectation_and_another_place_shows_nothing(store: Store) -> None:
    count(store, "a", 150, 160, day=5)
    report(store, "d", "decision", TOW, day=5, hour=13, **QUAY)
    report(store, "x", "count", {"what": "vehicles", "amount": {"low": 1, "high": 1}}, day=6)
    assert held(store, 6).came == "unknown"
    count(store, "b", 10, 20, day=6)
    count(store, "c", 200, 210, day=6, hour=13, source=UNION)
    found = held(store, 6)
    assert (found.came, set(ids(found.entries))) == ("contested", {"b", "c"})


def test_where_nobody_said_how_few_there_were_none_is_not_surely_fewer(store: Store) -> None:
    report(store, "a", "count", {"what": "vehicles", "amount": {"high": 40}}, day=5, **QUAY)
    report(store, "d", "decision", TOW, day=5, hour=13, **QUAY)
    count(store, "b", 0, 0, day=6, hour=9)
    assert held(store, 6).came == "unknown"
    count(store, "c", 40, 40, day=6, hour=10)
    assert held(store, 6).came == "missed"


def test_where_nobody_said_how_many_there_were_no_number_is_surely_more(store: Store) -> None:
    report(store, "a", "count", {"what": "vehicles", "amount": {"low": 40}}, day=5, **QUAY)
    report(store, "d", "decision", TOW | {"expects": ["more vehicles"]}, day=5, hour=13, **QUAY)
    count(store, "b", 9_999, 9_999, day=6, hour=9)
    assert held(store, 6).came == "unknown"
    count(store, "c", 40, 40, day=6, hour=10)
    assert held(store, 6).came == "missed"


@pytest.mark.parametrize(
    ("ranges", "why"),
    [
        ([(10, 20)], "as expected, by every speaker"),
        ([(160, 170), (200, 210)], "not as expected, by every speaker"),
        ([(10, 20), (200, 210)], "speakers differ"),
        ([(140, 170)], "the range lies on both sides"),
    ],
)
def test_how_the_figures_stand_to_what_was_expected_is_said_in_words(
    store: Store, ranges: list[tuple[float, float]], why: str
) -> None:
    count(store, "a", 150, 160, day=5)
    report(store, "d", "decision", TOW, day=5, hour=13, **QUAY)
    for number, (low, high) in enumerate(ranges):
        count(store, f"n{number}", low, high, day=6, source={"office": f"Post {number}"})
    assert held(store, 6).why == f"Vehicles: {why}."


@pytest.mark.parametrize(
    ("counts", "why"),
    [
        ([], "Nobody has counted vehicles there."),
        ([(4, 12)], "Nobody has counted vehicles since; the last figure is 2 days old."),
        ([(5, 14)], "No figure of vehicles is of the day before its time; the last is 38 h old."),
    ],
)
def test_why_no_figure_says_what_came_is_said_in_words(store: Store, counts: list[tuple[int, int]], why: str) -> None:
    report(store, "d", "decision", {"by": "Police", "what": "Hold"}, day=5, hour=13, **QUAY)
    report(store, "e", "expectation", EXPECTED | {"by_when": at_hour(7, 3).isoformat()}, day=5, hour=13)
    for number, (day, hour) in enumerate(counts):
        count(store, f"n{number}", 5, 5, day=day, hour=hour)
    found = held(store, 7, 4, "expectation")
    assert (found.came, found.why) == ("unknown", why)


def test_no_more_arrive_is_missed_once_some_do(store: Store) -> None:
    count(store, "a", 150, 160, day=5)
    report(store, "d", "decision", TOW | {"expects": ["no more vehicles arrive"]}, day=5, hour=13, **QUAY)
    report(store, "l", "flow", {"what": "vehicles", "direction": "left"}, day=6, **QUAY)
    assert held(store, 6).came == "unknown"
    report(store, "f", "flow", {"what": "vehicles", "direction": "arrived"}, day=6, **QUAY)
    found = held(store, 6)
    assert (found.came, ids(found.entries)) == ("missed", ["f"])


@pytest.mark.parametrize(("low", "high", "came"), [(0, 20, "kept"), (10, 30, "unknown"), (21, 30, "missed")])
def test_an_expectation_with_a_time_is_held_against_the_figures_of_the_day_before_it(
    store: Store, low: float, high: float, came: str
) -> None:
    report(store, "d", "decision", {"by": "Police", "what": "Tow the cars"}, day=5, **QUAY)
    report(store, "e", "expectation", EXPECTED | {"by_when": at_hour(7, 12).isoformat()}, day=5)
    count(store, "n", low, high, day=7, hour=10)
    count(store, "after", 90, 95, day=7, hour=14)
    assert held(store, 7, 12, "expectation").came == "not_due"
    found = held(store, 7, 13, "expectation")
    assert (found.came, found.by_when) == (came, at_hour(7, 12))


def test_an_old_figure_shows_nothing_and_a_word_against_the_figures_is_contested(store: Store) -> None:
    report(store, "d", "decision", {"by": "Police", "what": "Tow the cars"}, day=5, **QUAY)
    when = {"by_when": at_hour(9, 12).isoformat()}
    report(store, "e", "expectation", EXPECTED | when, day=5)
    count(store, "n", 0, 0, day=6)
    assert held(store, 9, 13, "expectation").came == "unknown"
    count(store, "m", 50, 60, day=9, hour=11)
    report(store, "f", "expectation", EXPECTED | when | {"outcome": "kept"}, day=9, hour=14)
    assert held(store, 9, 15, "expectation").came == "contested"


def test_a_figure_from_before_a_decision_shows_nothing_of_what_came_of_it(store: Store) -> None:
    count(store, "a", 0, 0, day=5, hour=12)
    report(store, "d", "decision", {"by": "Police", "what": "Tow the cars"}, day=5, hour=13, **QUAY)
    report(store, "e", "expectation", EXPECTED | {"by_when": at_hour(6, 11).isoformat()}, day=5, hour=13)
    found = held(store, 7, kind="expectation")
    assert (found.came, found.last_figure and found.last_figure.id) == ("unknown", "a")


def test_an_expectation_without_a_time_is_refused() -> None:
    entry = {"kind": "expectation", "body": EXPECTED, "happened": "day 5"}
    with pytest.raises(BadInput, match="by when"):
        draft_of(entry, CALENDAR, now=at_hour(6, 0))


# -- announced steps -------------------------------------------------------------------------------------------------

OPENS = {"by": "Police", "what": "Parking on the field opens", "due": at_hour(5, 18).isoformat()}
FIELD: dict[str, Any] = {"places": [{"type": "named", "name": "The field"}]}
COMMANDER = {"office": "Commander", "organisation": "Police", "document": "bulletin-1"}


def test_a_step_is_announced_then_unknown_then_proposed_as_done_and_done_when_somebody_says_so(store: Store) -> None:
    report(store, "a", "announcement", OPENS, day=5, source=COMMANDER, **FIELD)
    assert held(store, 5, 18, "announcement").came == "announced"
    assert held(store, 5, 19, "announcement").came == "unknown"
    report(store, "o", "offer", {"what": "parking", "summary": "Room on the field"}, day=6, **FIELD)
    found = held(store, 6, kind="announcement")
    assert (found.came, ids(found.entries)) == ("proposed_done", ["o"])
    report(store, "b", "announcement", OPENS | {"outcome": "done"}, day=7, source=COMMANDER, **FIELD)
    found = held(store, 7, kind="announcement")
    assert (found.came, found.entries[0].id) == ("done", "b")


def test_a_step_that_was_not_done_is_shown_with_which_entries_and_with_the_decision_against_it(store: Store) -> None:
    step = {"by": "Police", "what": "Towing starts", "due": at_hour(6, 12).isoformat()}
    report(store, "a", "announcement", step, day=5, source=COMMANDER)
    room = {"office": "duty officer", "organisation": "the room"}
    report(store, "b", "announcement", step | {"outcome": "not_done"}, day=6, hour=13, source=room)
    report(store, "t", "tow_event", {"done": False}, day=6, hour=14)
    report(store, "d", "decision", {"by": "Police", "what": "Talk on", "rejected": ["towing"]}, day=7)
    found = held(store, 7, kind="announcement")
    assert (found.came, found.entries[0].id, set(ids(found.entries))) == ("not_done", "b", {"b", "t", "d"})


def test_two_reports_of_which_one_has_it_done_are_in_dispute(store: Store) -> None:
    report(store, "a", "announcement", OPENS, day=5, source=COMMANDER, **FIELD)
    other = PAPER | {"document": "paper-2"}
    report(store, "b", "announcement", OPENS | {"outcome": "done"}, day=5, hour=15, source=other, **FIELD)
    found = held(store, 5, kind="announcement")
    assert (found.came, set(ids(found.entries))) == ("disputed", {"a", "b"})
    report(store, "c", "announcement", OPENS | {"outcome": "done"}, day=5, hour=20, source=COMMANDER, **FIELD)
    assert held(store, 5, kind="announcement").came == "done"
    report(store, "e", "announcement", OPENS | {"outcome": "not_done"}, day=5, hour=21, source=UNION, **FIELD)
    assert held(store, 5, kind="announcement").came == "disputed"


# -- decisions that contradict each other ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "is_shown"),
    [
        ({"what": "Do not tow"}, {"what": "Tow all cars from Monday"}, True),
        ({"what": "Talk on", "rejected": ["towing cars"]}, {"what": "Tow the cars on the quay"}, True),
        ({"what": "Do not tow"}, {"what": "Stop towing"}, False),
        ({"what": "Talk on", "rejected": ["towing cars"]}, {"what": "Do not tow cars"}, False),
        ({"what": "Open Hill Street"}, {"what": "Do not open Bowen Lane"}, False),
        ({"what": "Shut the bridge"}, {"what": "Light the square; keep the bridge open"}, True),
        ({"what": "Reopen the quay"}, {"what": "Close the quay"}, True),
        ({"what": "Talk on", "rejected": ["a song", "towing cars"]}, {"what": "Light the square; tow the cars"}, True),
        ({"what": "Put barriers on Hill Street"}, {"what": "Remove the barriers on Hill Street"}, True),
        *(
            ({"what": f"{one} barriers on Hill Street"}, {"what": f"{other} barriers on Hill Street"}, is_shown)
            for ones, others, is_shown in (
                ("open reopen unblock", "shut close block seal", True),
                ("start begin", "end", True),
                ("allow permit let", "forbid ban prohibit", True),
                ("put build install", "remove withdraw lift", True),
                ("open put", "forbid end", False),
                ("shut", "close", False),
            )
            for one in ones.split()
            for other in others.split()
        ),
        ({"what": "Shut the bridge"}, {"what": "Do not open the bridge"}, False),
        ({"what": "Shut Hill Street"}, {"what": "Open Bowen Street"}, False),
        ({"what": "Shut the bridge"}, {"what": "Open the bridge", "supersedes": ["a"]}, False),
        ({"what": "Shut the bridge"}, {"what": "Shut the open bridge"}, False),
        ({"what": "Do not tow"}, {"what": "Tow all cars", "supersedes": ["a"]}, False),
        ({"what": "Do not tow", "standing": "proposed"}, {"what": "Tow all cars"}, False),
    ],
)
def test_two_decisions_that_contradict_each_other_are_shown(
    store: Store,
    first: dict[str, Any],
    second: dict[str, Any],
    is_shown: bool,  # noqa: FBT001 - a case
) -> None:
    report(store, "a", "decision", {"by": "Police"} | first, day=5)
    report(store, "b", "decision", {"by": "Mayor"} | second, day=6)
    found = review(store, 6).contradictions
    assert [(one.first.id, one.second.id) for one in found] == ([("a", "b")] if is_shown else [])
    assert len(basis(store, 6, "b").contradictions) == is_shown


def test_a_decision_whose_place_was_taken_contradicts_nothing_once_what_came_of_it_is_filled_in(store: Store) -> None:
    report(store, "a", "decision", {"by": "Police", "what": "Shut the bridge"}, day=5)
    report(store, "b", "decision", {"by": "Mayor", "what": "Open the bridge", "supersedes": ["a"]}, day=6)
    report(store, "c", "decision", {"by": "Police", "what": "Shut the bridge", "outcome": "it was shut"}, day=7, corrects=["a"])
    assert review(store, 7).contradictions == []
    report(store, "e", "decision", {"by": "Mayor", "what": "Open the bridge", "supersedes": ["x"]}, day=8)
    assert [(one.first.id, one.second.id) for one in review(store, 8).contradictions] == [("c", "e")]


# -- basis -----------------------------------------------------------------------------------------------------------


def test_only_what_was_known_before_a_decision_is_its_basis_and_the_rest_is_hindsight(store: Store) -> None:
    count(store, "a", 150, 160, day=5)
    count(store, "late", 10, 20, day=5, known=at_hour(7, 9).isoformat())
    report(store, "d", "decision", TOW, day=5, hour=13, **QUAY)
    report(store, "same", "flow", {"what": "vehicles", "direction": "left"}, day=5, hour=13, **QUAY)
    report(store, "w", "weather", {"summary": "rain"}, day=5)
    found = basis(store, 8)
    assert [one.line.id for one in found.beliefs] == ["a"]
    assert found.others == ["w"]
    assert ids(found.hindsight) == ["same", "late"]


def test_contradicted_and_single_sourced_beliefs_are_listed_before_anybody_signs(store: Store) -> None:
    report(
        store, "s", "road_state", {"state": "shut", "reason": "cars"}, day=5, hour=8, source=UNION | {"credibility": 6}, **QUAY
    )
    count(store, "a", 150, 160, day=5)
    count(store, "b", 10, 20, day=5, source=UNION)
    report(store, "d", "decision", TOW | {"rests_on": ["s"]}, day=5, hour=13, **QUAY)
    found = basis(store, 5)
    marks = {one.line.id: (one.is_named, one.is_single_sourced, ids(one.contradicted_by)) for one in found.beliefs}
    assert marks["s"] == (True, True, [])
    assert (marks["a"][2], marks["b"][2]) == (["b"], ["a"])
    assert found.beliefs[0].line.id == "s"
    assert found.warnings[0] == "2 beliefs contradicted by others: a and b."
    assert "s" in found.warnings[1]


def test_the_picture_of_a_decision_can_be_told_from_any_other_by_its_digest(store: Store) -> None:
    count(store, "a", 150, 160, day=5)
    report(store, "d", "decision", TOW, day=5, hour=13)
    digest = basis(store, 5).digest
    assert basis(store, 5).is_same_picture is None
    named = TOW | {
        "picture_digest": digest,
        "picture_at": at_hour(5, 13).isoformat(),
        "picture_known_at": at_hour(5, 13).isoformat(),
    }
    report(store, "e", "decision", named, day=5, hour=14)
    count(store, "b", 1, 2, day=6)
    assert basis(store, 900, "e").is_same_picture is True
    count(store, "c", 7, 9, day=5, hour=11)  # imported later, and dated before the decision
    assert basis(store, 900, "e").is_same_picture is False


def test_a_quick_decision_says_what_is_not_filled_in(store: Store) -> None:
    report(store, "d", "decision", {"by": "Police", "what": "Hold"}, day=5)
    assert "the legal basis" in basis(store, 5).empty
    full = {
        "question": "Hold?", "options": ["hold", "go"], "why": "calm", "present": ["Mayor"], "rejected": ["go"],
        "authority": "own",
        "dissent": ["none"], "review": at_hour(6, 0).isoformat(), "legal_basis": "Act 1", "least_restrictive": "it is",
        "picture_digest": "x",
    }  # fmt: skip
    report(store, "f", "decision", {"by": "Police", "what": "Hold on"} | full, day=5)
    assert basis(store, 5, "f").empty == ["what is expected"]
    report(store, "e", "expectation", EXPECTED | {"of": "f", "by_when": at_hour(6, 0).isoformat()}, day=5)
    assert basis(store, 5, "f").empty == []


def test_what_is_no_decision_or_is_not_there_has_no_basis(store: Store) -> None:
    count(store, "a", 1, 1, day=5)
    with pytest.raises(NotFound, match="is a count and no decision"):
        basis(store, 5, "a")
    with pytest.raises(NotFound, match="no entry 'x'"):
        basis(store, 5, "x")


def test_a_decision_older_than_its_picture_is_refused() -> None:
    picture = {"picture_known_at": "2022-02-18T12:00+13:00"}
    entry = {"kind": "decision", "body": TOW | picture, "happened": "2022-02-18T11:59+13:00"}
    with pytest.raises(BadInput, match="cannot be older than the picture that it rests on"):
        draft_of(entry, CALENDAR, now=moment_of("2022-02-18T13:00+13:00"))
    assert draft_of(entry | {"happened": "2022-02-18T12:00+13:00"}, CALENDAR, now=moment_of("2022-02-18T13:00+13:00"))


# -- triggers and calibration ----------------------------------------------------------------------------------------


def test_a_threshold_fires_at_the_first_moment_at_which_it_is_known_and_not_before(store: Store) -> None:
    count(store, "a", 10, 30, day=5)
    count(store, "b", 25, 30, day=6, known=at_hour(6, 18).isoformat())
    count(store, "c", 40, 50, day=7)
    found = fired(read(store, 8), "vehicles", Bounds(at_least=20))
    assert (found.fired, ids(found.by), found.first_possible) == (at_hour(6, 18), ["b"], at_hour(5, 12))
    assert fired(read(store, 6, 17), "vehicles", Bounds(at_least=20)).fired is None
    assert fired(read(store, 8), "vehicles", Bounds(at_least=20)).is_counted
    assert not fired(read(store, 8), "tents", Bounds(at_least=20)).is_counted
    with pytest.raises(BadInput, match="needs a threshold"):
        fired(read(store, 8), "vehicles", Bounds())


@pytest.mark.parametrize(
    ("amounts", "fires", "possible"),
    [
        ([(1, 5), (2, 6)], None, None),
        ([(1, 5), (10, 30), (12, 40)], None, 6),
        ([(1, 5), (10, 30), (25, 30), (50, 60)], 7, 6),
        ([(1, 5), (20, 20)], 6, 6),
        ([(1, 5), (10, 30), (1, 5)], None, 6),
    ],
)
def test_a_threshold_is_possible_from_the_first_range_that_reaches_it_and_fires_with_the_first_that_is_all_beyond(
    store: Store, amounts: list[tuple[float, float]], fires: int | None, possible: int | None
) -> None:
    for day, (low, high) in enumerate(amounts, start=5):
        count(store, f"n{day}", low, high, day=day)
    found = fired(read(store, 9), "vehicles", Bounds(at_least=20))
    moments = [at_hour(day, 12) if day else None for day in (fires, possible)]
    assert [found.fired, found.first_possible] == moments
    assert (found.figure, found.bounds, ids(found.by)) == ("vehicles", "at least 20", [f"n{fires}"] if fires else [])


@pytest.mark.parametrize(
    ("since", "after", "fires"),
    [
        ({}, {}, (5, 12)),
        ({"day": 5, "hour": 13}, {}, (5, 13)),  # it holds by then
        ({"day": 5, "hour": 12}, {}, (5, 12)),
        ({"day": 5, "hour": 11}, {}, (5, 12)),
        ({"day": 13, "hour": 13}, {}, None),  # it is a week old by then
        ({"day": 12, "hour": 12}, {}, (12, 12)),
        ({}, {"day": 5, "hour": 12}, None),  # of that very moment is not after it
        ({}, {"day": 5, "hour": 11}, (5, 12)),
    ],
)
def test_a_threshold_is_looked_at_from_a_moment_on_and_by_what_was_said_after_one(
    store: Store, since: dict[str, int], after: dict[str, int], fires: tuple[int, int] | None
) -> None:
    count(store, "n", 30, 30, day=5)
    begins, beyond = (at_hour(**one) if one else None for one in (since, after))
    found = fired(read(store, 14), "vehicles", Bounds(at_least=20), since=begins, after=beyond)
    assert found.fired == (at_hour(*fires) if fires else None)
    assert found.is_counted is (fires is not None), "a week later nobody counts it any more"


@pytest.mark.parametrize(
    ("bounds", "refused"), [((5, 6), "At most is below at least. Exchange them."), ((6, 6), None), ((None, 6), None)]
)
def test_the_bounds_of_a_threshold_are_in_order(store: Store, bounds: tuple[float | None, float], refused: str | None) -> None:
    asked = Bounds(*bounds)
    if refused is None:
        assert fired(read(store, 6), "vehicles", asked).fired is None
        return
    with pytest.raises(BadInput, match=f"^{refused}$"):
        fired(read(store, 6), "vehicles", asked)


def test_a_threshold_fires_at_the_very_moment_that_is_looked_at(store: Store) -> None:
    count(store, "a", 30, 40, day=5)
    assert fired(read(store, 5, 12), "vehicles", Bounds(at_least=20)).fired == at_hour(5, 12)
    early = fired(read(store, 5, 11), "vehicles", Bounds(at_least=20))
    assert (early.fired, early.first_possible, early.is_counted) == (None, None, False)


@pytest.mark.parametrize(("at", "known", "fires"), [(5, 9, False), (9, 5, False), (9, 9, True), (6, 6, True)])
def test_a_threshold_fires_neither_after_the_moment_that_is_looked_at_nor_after_what_was_known_then(
    store: Store, at: int, known: int, *, fires: bool
) -> None:
    count(store, "a", 30, 40, day=6)
    reading = Reading(store, STREAM, Moments(at_hour(at, 23), at_hour(known, 23)), CALENDAR)
    assert (fired(reading, "vehicles", Bounds(at_least=20)).fired is not None) is fires


def test_a_figure_counted_at_two_places_needs_one_to_be_named(store: Store) -> None:
    count(store, "a", 30, 30, day=5)
    count(store, "b", 1, 1, day=5, hour=13, **FIELD)
    with pytest.raises(BadInput, match="counted at 2 places"):
        fired(read(store, 6), "vehicles", Bounds(at_least=20))
    quay = place_key(place_of_text("The quay"))
    assert fired(read(store, 6), "vehicles", Bounds(at_least=20), quay).fired == at_hour(5, 12)


def test_the_brier_score_of_each_office_and_what_has_no_probability_is_left_out(store: Store) -> None:
    report(store, "d", "decision", {"by": "Police", "what": "Tow the cars"}, day=5, **QUAY)
    when = {"by_when": at_hour(6, 12).isoformat()}
    for number, (office, probability, outcome) in enumerate(
        [("Police", 0.9, "kept"), ("Police", 0.6, "missed"), ("Mayor", 0.5, "kept"), ("Mayor", None, "kept")]
    ):
        body = {"of": "d", "by": office, "what": f"thing {number}", "outcome": outcome, "probability": probability}
        report(store, f"e{number}", "expectation", body | when, day=7)
    found = review(store, 8)
    scores = {one.of: (one.expectations, round(one.brier, 4)) for one in found.calibration if one.by == "office"}
    assert scores == {"Mayor": (1, 0.25), "Police": (2, round((0.1**2 + 0.6**2) / 2, 4))}
    assert [(one.of, one.expectations) for one in found.calibration if one.by == "kind"] == [("expectation", 3)]
    assert found.without_probability == 1
    assert brier([(0.0, True)]) == 1.0
