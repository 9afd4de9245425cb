"""Go and stop criteria held against the figures of a record."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from clearway.picture.view import Moments
from clearway.planning.options.criteria import advice_of, criterion_answer, figure_state
from clearway.planning.options.option import Criterion
from clearway.planning.reading import Reading
from clearway.planning.talks.figures import Bounds
from picture.test_view import CALENDAR, STREAM, at_hour, report
from talk_rooms import COUNCIL, UNION, count

if TYPE_CHECKING:
    from clearway.planning.options.contract import CriterionAnswer
    from clearway.record.store import Store


def asked(store: Store | None, day: int = 5, hour: int = 23, **said: object) -> CriterionAnswer:
    given: dict[str, Any] = {"then": "go", "counted": "vehicles"} | said
    reading = Reading(store, STREAM, Moments(at_hour(day, hour), at_hour(day, hour)), CALENDAR) if store else None
    return criterion_answer(Criterion.model_validate(given), reading)


@pytest.mark.parametrize(
    ("bounds", "state"),
    [
        ({"at_most": 40}, "met"),
        ({"at_most": 39}, "cannot_say"),
        ({"at_most": 19}, "not_met"),
        ({"at_least": 20}, "met"),
        ({"at_least": 41}, "not_met"),
        ({"at_least": 10, "at_most": 50}, "met"),
    ],
)
def test_a_range_meets_a_bound_only_as_a_whole(store: Store, bounds: dict[str, Any], state: str) -> None:
    count(store, "c", 20, 40, 5)
    found = asked(store, **bounds)
    assert (found.state, found.rests_on) == (state, ("c",))


def test_speakers_who_differ_are_contested_and_both_are_cited(store: Store) -> None:
    count(store, "a", 10, 10, 5, source=UNION)
    count(store, "b", 50, 50, 5, source=COUNCIL)
    found = asked(store, at_most=20)
    assert (found.state, sorted(found.rests_on)) == ("contested", ["a", "b"])


def test_a_figure_counts_from_when_it_is_known_and_until_it_is_too_old(store: Store) -> None:
    count(store, "c", 5, 5, 5, hour=12)
    assert asked(store, 5, 11, at_most=9).state == "nobody_counts"
    assert asked(store, 5, 12, at_most=9).state == "met"
    assert asked(store, 6, 12, at_most=9, max_age_h=24).state == "met"
    assert asked(store, 6, 13, at_most=9, max_age_h=24).state == "too_old"


@pytest.mark.parametrize(
    ("after", "state", "why"),
    [
        (11, "met", "Yes, by secretary, Dock union, 11 h ago."),
        (12, "nobody_counts", "Nobody has counted vehicles since."),  # of that very moment is not since
        (13, "nobody_counts", "Nobody has counted vehicles since."),
    ],
)
def test_since_a_moment_only_what_was_said_of_later_ones_counts(store: Store, after: int, state: str, why: str) -> None:
    count(store, "c", 5, 5, 5, hour=12, source=UNION)
    reading = Reading(store, STREAM, Moments(at_hour(5, 23), at_hour(5, 23)), CALENDAR)
    since, day = at_hour(5, after), timedelta(hours=24)
    found = figure_state(reading, "vehicles", Bounds(at_most=9), here=frozenset(), longest=day, after=since)
    assert (found.state, found.why) == (state, why)


def test_a_part_and_another_figure_are_not_the_one_that_is_asked(store: Store) -> None:
    report(store, "part", "count", {"what": "vehicles", "amount": {"low": 5}, "group": "of the police"}, 5)
    report(store, "tents", "count", {"what": "tents", "amount": {"low": 5}}, 5)
    assert asked(store, at_least=1).state == "nobody_counts"


def test_of_two_places_the_criterion_must_name_one(store: Store) -> None:
    count(store, "c", 5, 5, 5)
    count(store, "d", 50, 50, 5, places=[{"type": "named", "name": "The square"}])
    assert asked(store, at_most=9).state == "cannot_say"
    assert asked(store, at_most=9, where="The quay").rests_on == ("c",)
    assert asked(store, at_most=9, where="The square").state == "not_met"
    assert asked(store, at_most=9, where="The bridge").state == "nobody_counts"


@pytest.mark.parametrize(
    ("at_most", "why"),
    [
        (40, "Yes, by secretary, Dock union, 11 h ago."),
        (9, "No, by secretary, Dock union, 11 h ago."),
        (30, "The range lies on both sides, by secretary, Dock union, 11 h ago."),
    ],
)
def test_a_criterion_says_why_it_stands_as_it_does(store: Store, at_most: int, why: str) -> None:
    count(store, "c", 20, 40, 5, source=UNION)
    found = asked(store, at_most=at_most)
    assert (found.why, found.says) == (why, f"Go if vehicles: at most {at_most}")
    count(store, "d", 1, 2, 5, hour=13, source=COUNCIL)
    differ = asked(store, at_most=10, where="The quay", then="stop")
    assert (differ.why, differ.says) == (
        "Speakers differ, by clerk, Harbour council and secretary, Dock union, 10 h ago.",
        "Stop if vehicles at The quay: at most 10",
    )
    assert asked(store, 7, 13, at_most=at_most).why == "The last figure is 2 days old; it may be 24 h."
    assert asked(store, at_most=5, where="The bridge").why == "Nobody has counted vehicles there."


def test_what_nobody_counts_and_no_record_are_no_answer(store: Store) -> None:
    assert asked(store, counted="tents", at_most=9).why == "Nobody has counted tents."
    assert asked(None, at_most=9).state == "no_record"


@pytest.mark.parametrize(
    ("states", "advice"),
    [
        ([], "no_criteria"),
        ([("go", "met")], "go"),
        ([("go", "met"), ("go", "not_met")], "hold"),
        ([("go", "cannot_say")], "hold"),
        ([("go", "met"), ("stop", "not_met")], "go"),
        ([("go", "met"), ("stop", "met")], "stop"),
        ([("go", "met"), ("stop", "contested")], "stop"),
        ([("go", "met"), ("stop", "nobody_counts")], "hold"),
        ([("go", "met"), ("stop", "too_old")], "hold"),
        ([("stop", "not_met")], "hold"),
    ],
)
def test_go_takes_everything_known_and_met_and_one_stop_stops(states: list[tuple[str, str]], advice: str) -> None:
    blank = asked(None, at_most=1)
    assert advice_of([blank.model_copy(update={"then": then, "state": state}) for then, state in states]) == advice
