"""Levels of restrictions on small records: which holds at a date, what it means here, what another would change."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from clearway.errors import BadInput
from clearway.picture.subjects import place_key
from clearway.picture.view import Moments
from clearway.planning.decide.levels import levels_of
from clearway.planning.reading import Reading
from clearway.record.place_text import place_of_text
from picture.test_view import CALENDAR, STREAM, at_hour, report, store
from talk_rooms import QUAY, UNION, ids

if TYPE_CHECKING:
    from clearway.planning.decide.level_contract import Levels, SchemeOf
    from clearway.record.store import Store

__all__ = ["store"]  # a fixture

SCHEME = "Traffic lights"
RED = {
    "scheme": SCHEME, "level": "red", "rules": ["masks indoors"], "gathering_rules": ["names are taken"],
    "gathering_at_most": 25, "gathering_pass": "vaccine pass", "with_pass_at_most": 100, "staff_rules": ["vaccinated"],
    "eases_when": "hospitals have room",
}  # fmt: skip
ORANGE = {"scheme": SCHEME, "level": "orange", "rules": ["Masks indoors."], "gathering_at_most": 200, "staff_rules": ["tested"]}


def levels(store: Store, day: int, hour: int = 23, place: str | None = None) -> Levels:
    at = at_hour(day, hour)
    key = place_key(place_of_text(place)) if place else None
    return levels_of(Reading(store, STREAM, Moments(at, at), CALENDAR), key)


def only(store: Store, day: int, hour: int = 23) -> SchemeOf:
    (found,) = levels(store, day, hour).schemes
    return found


def holds(store: Store, entry: str, level: str, day: int = 5, hour: int = 12, **fields: object) -> None:
    report(store, entry, "restriction_level", {"scheme": SCHEME, "level": level} | fields, day, hour)


def people(store: Store, entry: str, low: float, high: float, **fields: object) -> None:
    report(store, entry, "count", {"what": "people", "amount": {"low": low, "high": high}}, 6, 12, **fields)


@pytest.mark.parametrize(
    ("day", "hour", "level", "is_over", "coming"),
    [
        (5, 12, None, False, ["red"]),
        (7, 23, None, False, ["red"]),
        (8, 0, "red", False, []),
        (9, 23, "red", False, []),
        (10, 0, None, True, []),
    ],
)
def test_a_level_holds_from_its_start_on_and_no_longer_at_its_end(
    store: Store, day: int, hour: int, level: str | None, *, is_over: bool, coming: list[str]
) -> None:
    holds(store, "r", "red", starts=at_hour(8, 0).isoformat(), ends=at_hour(10, 0).isoformat())
    found = only(store, day, hour)
    assert (found.level, found.is_over, [one.level for one in found.coming]) == (level, is_over, coming)
    if level:
        assert found.since is not None
        assert (found.since.start, found.since.end, found.until) == (at_hour(8, 0), at_hour(8, 0), at_hour(10, 0))


def test_a_level_of_a_day_holds_since_that_day_and_no_hour_of_it(store: Store) -> None:
    report(store, "r", "restriction_level", {"scheme": "Traffic lights", "level": "red"}, day=6, happened="day 5")
    since = only(store, 8).since
    assert since is not None
    assert (since.said, since.end - since.start) == ("day 5", timedelta(days=1))


def test_a_level_that_is_announced_takes_effect_by_itself_and_the_one_before_holds_until_then(store: Store) -> None:
    holds(store, "r", "red")
    holds(store, "o", "orange", day=6, starts=at_hour(9, 0).isoformat())
    assert (only(store, 8).level, [one.starts for one in only(store, 8).coming]) == ("red", [at_hour(9, 0)])
    assert (only(store, 9, 0).level, only(store, 9, 0).coming) == ("orange", [])


def test_the_rules_of_a_level_are_those_published_and_those_said_with_it(store: Store) -> None:
    report(store, "p", "scheme_level", RED, 4)
    holds(store, "r", "Red", rules=["Masks indoors.", "no singing"], eases_when="in mid March", stays_when="a new variant")
    found = only(store, 5)
    assert found.rules == ["masks indoors", "names are taken", "no singing"]
    assert (found.staff_rules, found.eases_when) == (["vaccinated"], ["in mid March", "hospitals have room"])
    assert found.stays_when == "a new variant"


def test_what_a_level_means_counts_only_while_its_publication_holds(store: Store) -> None:
    report(store, "p", "scheme_level", RED | {"starts": at_hour(6, 0).isoformat(), "ends": at_hour(7, 0).isoformat()}, 4)
    holds(store, "r", "red")
    assert [only(store, day, 0).gathering.state for day in (6, 7)] == ["nobody_counts", "not_published"]
    assert only(store, 5, 23).gathering.state == "not_published"


@pytest.mark.parametrize(
    ("low", "high", "state"),
    [
        (20, 25, "within"), (25, 26, "cannot_say"), (26, 100, "within_with_pass"), (26, 101, "cannot_say"), (101, 120, "above"),
    ],
)  # fmt: skip
def test_a_gathering_is_held_against_both_limits_at_and_beside_them(store: Store, low: float, high: float, state: str) -> None:
    report(store, "p", "scheme_level", RED, 4)
    holds(store, "r", "red")
    people(store, "n", low, high)
    found = only(store, 6).gathering
    assert (found.state, found.limit) == (state, "at most 25 people; with vaccine pass at most 100")
    assert ids(found.figures) == ["n"]


def test_speakers_who_differ_contest_a_limit_and_an_old_figure_shows_nothing(store: Store) -> None:
    report(store, "p", "scheme_level", RED, 4)
    holds(store, "r", "red")
    people(store, "n", 10, 20)
    assert only(store, 13, 13).gathering.state == "too_old"
    people(store, "m", 300, 400, source=UNION)
    assert only(store, 6).gathering.state == "contested"


@pytest.mark.parametrize(
    ("fields", "state", "limit"),
    [
        ({"gathering_at_most": None, "gathering_pass": None, "with_pass_at_most": None}, "no_limit", "no limit"),
        ({"with_pass_at_most": None}, "within_with_pass", "at most 25 people; with vaccine pass no limit"),
        ({"gathering_at_most": 0}, "within_with_pass", "at most 0 people; with vaccine pass at most 100"),
        ({"gathering_pass": None, "with_pass_at_most": None}, "above", "at most 25 people"),
    ],
)
def test_a_limit_may_be_none_or_none_with_a_pass(store: Store, fields: dict[str, Any], state: str, limit: str) -> None:
    report(store, "p", "scheme_level", RED | fields, 4)
    holds(store, "r", "red")
    people(store, "n", 90, 90)
    found = only(store, 6).gathering
    assert (found.state, found.limit) == (state, limit)


def test_people_counted_at_several_places_are_held_against_a_limit_only_once_one_is_named(store: Store) -> None:
    report(store, "p", "scheme_level", ORANGE, 4)
    holds(store, "o", "orange")
    people(store, "n", 10, 20, **QUAY)
    people(store, "m", 300, 300, places=[{"type": "named", "name": "The square"}])
    assert only(store, 6).gathering.state == "cannot_say"
    states = [levels(store, 6, place=name).schemes[0].gathering.state for name in ("The quay", "The square")]
    assert states == ["within", "above"]


def test_what_another_level_would_change_is_told_rule_by_rule(store: Store) -> None:
    report(store, "p", "scheme_level", RED, 4)
    report(store, "q", "scheme_level", ORANGE, 4)
    holds(store, "r", "red")
    people(store, "n", 101, 200)
    found = only(store, 6)
    assert found.gathering.state == "above"
    (change,) = found.changes
    assert (change.to, change.added, change.dropped) == ("orange", [], ["names are taken"])
    assert (change.staff_added, change.staff_dropped) == (["tested"], ["vaccinated"])
    assert (change.gathering.state, change.gathering.limit) == ("within", "at most 200 people")


def test_what_people_ask_is_listed_with_its_age_who_owes_the_answer_and_what_was_answered(store: Store) -> None:
    ask = {
        "asked_by": "cafes",
        "scheme": "traffic light",
        "what": "tables outside",
        "asked_of": "Government",
        "level": "orange",
    }
    holds(store, "r", "red")
    report(store, "a", "easing_request", ask, 6)
    report(store, "x", "easing_request", ask | {"scheme": "Fire ban"}, 6)
    (waiting,) = only(store, 7, 12).asked
    assert (waiting.line.id, waiting.state, waiting.owed_by, waiting.age_s) == ("a", "unanswered", "Government", 86_400.0)
    report(store, "b", "easing_request", ask | {"answer": "refused", "answered": "not before the peak"}, 8)
    (answered,) = only(store, 8).asked
    assert (answered.state, answered.answer and answered.answer.id) == ("refused", "b")


def test_another_speaker_who_says_another_level_contests_it_and_the_same_speaker_does_not(store: Store) -> None:
    report(store, "a", "restriction_level", {"scheme": SCHEME, "level": "orange"}, 5, source=UNION)
    holds(store, "b", "green", hour=13)
    holds(store, "r", "red", day=6)
    source = {"office": "clerk", "organisation": "Harbour council"}
    report(store, "c", "restriction_level", {"scheme": SCHEME, "level": "Red"}, 5, 14, source=source)  # says the same
    assert (only(store, 6).level, ids(only(store, 6).contested_by)) == ("red", ["a"])


def test_schemes_spelled_two_ways_are_one_and_those_of_two_places_are_two(store: Store) -> None:
    report(store, "a", "restriction_level", {"scheme": "Traffic light", "level": "orange"}, 5)
    holds(store, "r", "red", day=6)
    assert (only(store, 6).level, only(store, 6).scheme) == ("red", SCHEME)
    report(store, "q", "restriction_level", {"scheme": SCHEME, "level": "green"}, 7, **QUAY)
    assert [(one.level, one.where) for one in levels(store, 7).schemes] == [("red", ""), ("green", "“The quay”")]


def test_staff_on_duty_now_are_those_to_whom_staff_rules_apply(store: Store) -> None:
    here = {"organisation": "Police", "amount": {"low": 30, "high": 30}, "on_duty": True}
    holds(store, "r", "red")
    report(store, "s", "staff_strength", here | {"ends": at_hour(7, 0).isoformat()}, 5)
    report(store, "t", "staff_strength", here | {"organisation": "Fire", "on_duty": None}, 5)
    assert ids(levels(store, 6).staff) == ["s"]
    assert ids(levels(store, 7, 0).staff) == []


def test_demands_and_statements_on_mandates_stand_beside(store: Store) -> None:
    report(store, "d", "demand", {"by": "groups", "what": "End the mandates"}, 5)
    report(store, "e", "demand", {"by": "groups", "what": "Clear the cars"}, 5)
    report(store, "s", "statement", {"summary": "Restrictions stay until the peak is over"}, 6)
    found = levels(store, 6)
    assert (ids(found.demands), ids(found.said), found.schemes) == (["d"], ["s"], [])


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"gathering_pass": None}, "needs 'gathering_pass'"),
        ({"with_pass_at_most": 24}, "'with_pass_at_most' is below 'gathering_at_most'"),
    ],
)
def test_limits_that_make_no_sense_are_refused(store: Store, fields: dict[str, object], says: str) -> None:
    with pytest.raises(BadInput, match=says):
        report(store, "p", "scheme_level", RED | fields, 4)


def test_a_scheme_whose_levels_are_only_published_is_listed_once_and_at_none_of_them(store: Store) -> None:
    report(store, "p", "scheme_level", RED, 4)
    report(store, "q", "scheme_level", ORANGE | {"scheme": "Traffic light"}, 4)
    report(store, "b", "scheme_level", {"scheme": "Burn bans", "level": "closed"}, 4)
    published = {one.scheme: (one.level, one.line, len(one.published)) for one in levels(store, 6).schemes}
    assert published == {one: (None, None, 2 if one.startswith("T") else 1) for one in published}
    assert {one.rstrip("s") for one in published} == {"Traffic light", "Burn ban"}
    holds(store, "r", "red")
    assert sorted((one.scheme, one.level) for one in levels(store, 6).schemes) == [("Burn bans", None), (SCHEME, "red")]
    report(store, "c", "restriction_level", {"scheme": "Curfews", "level": "none"}, 5)
    found = [(one.scheme, one.level) for one in levels(store, 6).schemes]
    assert found == [("Curfews", "none"), (SCHEME, "red"), ("Burn bans", None)]


def test_what_nobody_published_of_a_level_is_not_known_in_words(store: Store) -> None:
    holds(store, "r", "red")
    found = only(store, 6).gathering
    assert (found.limit, found.state, found.figures) == ("not known", "not_published", [])
    assert found.why == "No entry of the kind 'scheme_level' says what this level means."
    report(store, "p", "scheme_level", {"scheme": SCHEME, "level": "red"}, 4)
    assert (only(store, 6).gathering.limit, only(store, 6).gathering.why) == ("no limit", "It sets no limit of people.")


@pytest.mark.parametrize(("red", "orange"), [("Groups of six", "groups of six."), ("No box.", "No box"), ("No fox", "No fox")])
def test_a_rule_is_the_same_but_for_its_case_and_full_stop(store: Store, red: str, orange: str) -> None:
    holds(store, "r", "red")
    for name, level, rule in (("p", "red", red), ("q", "orange", orange)):
        body = {"scheme": SCHEME, "level": level, "rules": [rule, f"Only {level}"], "staff_rules": [rule]}
        report(store, name, "scheme_level", body, 4)
    (change,) = only(store, 6).changes
    assert (change.added, change.dropped, change.staff_added, change.staff_dropped) == (["Only orange"], ["Only red"], [], [])
