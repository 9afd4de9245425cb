"""Thresholds of decisions and options: fired at the first moment they were known, by hand; and minutes that are missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clearway.picture.view import Moments
from clearway.planning.options.triggers import triggers_of
from clearway.planning.reading import Reading
from option_rooms import option
from picture.test_view import CALENDAR, STREAM, at_hour, report, store
from planning.decide.test_decide import FIELD
from talk_rooms import QUAY, count, ids

if TYPE_CHECKING:
    from clearway.planning.options.trigger_contract import TriggerOf, Triggers
    from clearway.record.store import Store

__all__ = ["store"]  # a fixture


def found(store: Store, day: int, hour: int = 12, known: int | None = None, **criterion: Any) -> Triggers:  # noqa: ANN401
    """At an hour of a day, as known then or on another day; with one criterion where one is given."""
    at = at_hour(day, hour)
    asked = [option("tow", title="Tow", criteria=[{"then": "stop", "counted": "vehicles"} | criterion])] if criterion else []
    return triggers_of(Reading(store, STREAM, Moments(at, at_hour(known, hour) if known else at), CALENDAR), asked)


def only(answer: Triggers) -> TriggerOf:
    (one,) = answer.triggers
    return one


@pytest.fixture
def expected(store: Store) -> Store:
    """Vehicles fall below twenty before the decision, rise, and fall again; the last count is known six hours late."""
    count(store, "early", 5, 10, day=3)
    count(store, "many", 100, 120, day=4)
    report(store, "d", "decision", {"by": "Police", "what": "Offer parking"}, day=5)
    body = {"of": "d", "by": "Police", "what": "hardly any are left", "figure": "vehicles", "at_most": 20}
    report(store, "e", "expectation", body | {"by_when": at_hour(9, 12).isoformat()}, day=5)
    count(store, "few", 10, 20, day=6, known=at_hour(6, 18).isoformat())
    return store


def test_what_a_decision_expects_fires_after_it_at_the_first_moment_it_was_known(expected: Store) -> None:
    one = only(found(expected, 7))
    assert (one.state, one.fired, ids(one.by), one.sort) == ("fired", at_hour(6, 18), ["few"], "expectation")
    assert (one.whose, one.what, one.bounds, one.of and one.of.id, one.now) == (
        "Police", "hardly any are left", "at most 20", "e", "met",
    )  # fmt: skip


@pytest.mark.parametrize(("at", "known"), [((6, 17), None), ((7, 12), 6)])
def test_before_the_figure_is_known_nothing_fires(expected: Store, at: tuple[int, int], known: int | None) -> None:
    one = only(found(expected, *at, known=known))
    assert (one.state, one.fired, one.by, one.now) == ("not_yet", None, [], "not_met")


def test_what_holds_when_it_is_decided_fires_then(store: Store) -> None:
    count(store, "few", 10, 20, day=4)
    report(store, "d", "decision", {"by": "Police", "what": "Offer parking"}, day=5)
    body = {"of": "d", "by": "Police", "what": "few stay", "figure": "vehicles", "at_most": 20}
    report(store, "e", "expectation", body | {"by_when": at_hour(9, 12).isoformat()}, day=5)
    decided = store.entry("d").draft.happened.end
    assert only(found(store, 6)).fired == decided


def test_a_figure_that_nobody_counts_cannot_fire_and_one_without_a_bound_is_no_threshold(expected: Store) -> None:
    body = {"of": "d", "by": "Police", "by_when": at_hour(9, 12).isoformat()}
    report(expected, "t", "expectation", body | {"what": "no tents", "figure": "tents", "at_most": 0}, day=5)
    report(expected, "m", "expectation", body | {"what": "fewer", "figure": "tents", "direction": "fewer"}, day=5)
    answer = found(expected, 7)
    assert [(one.what, one.state, one.now) for one in answer.triggers] == [
        ("hardly any are left", "fired", "met"),
        ("no tents", "nobody_counts", "nobody_counts"),
    ]
    assert answer.only_direction == 1
    late = found(expected, 20)
    assert [one.state for one in late.triggers] == ["fired", "nobody_counts"]
    assert late.triggers[0].now == "too_old"


def test_fewer_than_at_the_decision_fires_once_all_figures_since_are_known_to_be_below(store: Store) -> None:
    other = {"office": "Council"}
    count(store, "sure", 40, 40, day=4)
    count(store, "rough", 40, 60, day=4, hour=13, source=other)
    report(store, "d", "decision", {"by": "Police", "what": "Offer parking", "expects": ["fewer vehicles", "joy"]}, day=5)
    count(store, "open", 30, 45, day=6)
    count(store, "few", 30, 30, day=7, known=at_hour(7, 18).isoformat())
    count(store, "late", 20, 20, day=4, hour=14, known=at_hour(8, 9).isoformat())
    before = only(found(store, 7))
    assert (before.bounds, before.state, before.now) == ("fewer than 40 to 60", "not_yet", "cannot_say")
    one = only(found(store, 9))
    assert (one.state, one.fired, ids(one.by), one.of and one.of.id, one.whose) == (
        "fired", at_hour(7, 18), ["few"], "d", "Police",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("amounts", "bounds"),
    [
        ([{"low": 40, "high": 40}, {"low": 50, "high": 50, "about": True}], "more than about 40 to 50"),
        ([{"low": 40, "high": 40}, {"low": 50}], "more than at least 40"),
        ([{"high": 40}, {"low": 50, "high": 60}], "more than 0 to 60"),
    ],
)
def test_more_is_more_than_all_that_speakers_said_before_put_together(
    store: Store, amounts: list[dict[str, Any]], bounds: str
) -> None:
    for number, amount in enumerate(amounts):
        report(
            store, f"n{number}", "count", {"what": "vehicles", "amount": amount}, 4, source={"office": f"Post {number}"}, **QUAY
        )
    report(store, "d", "decision", {"by": "Police", "what": "Offer parking", "expects": ["more vehicles"]}, day=5)
    assert only(found(store, 6)).bounds == bounds


def test_fewer_at_the_place_of_the_decision_is_not_shown_by_another_place(store: Store) -> None:
    count(store, "quay", 40, 40, day=4)
    count(store, "field", 12, 12, day=4, **FIELD)
    report(store, "d", "decision", {"by": "Police", "what": "Tow", "expects": ["fewer vehicles"]}, day=5)
    report(store, "e", "decision", {"by": "Police", "what": "Talk", "expects": ["fewer vehicles at The quay"]}, day=5)
    count(store, "low", 11, 11, day=6, **FIELD)
    answer = found(store, 6)
    assert [(one.of and one.of.id, one.state, one.bounds) for one in answer.triggers] == [("e", "not_yet", "fewer than 40")]
    assert answer.only_direction == 1


def test_a_figure_that_is_named_without_a_bound_is_no_threshold_and_no_more_is_none_either(expected: Store) -> None:
    body = {"of": "d", "by": "Police", "by_when": at_hour(9, 12).isoformat(), "figure": "vehicles"}
    report(expected, "m", "expectation", body | {"what": "calm"}, day=5)
    report(expected, "x", "expectation", body | {"what": "of another", "of": "unknown", "at_most": 5}, day=5)
    report(expected, "w", "expectation", body | {"what": "by bound", "at_most": 30, "direction": "fewer"}, day=5)
    report(expected, "n", "decision", {"by": "Police", "what": "Talk", "expects": ["no more vehicles"]}, day=5)
    answer = found(expected, 7)
    assert answer.only_direction == 1
    assert sorted((one.what, one.bounds) for one in answer.triggers) == [
        ("by bound", "at most 30"), ("hardly any are left", "at most 20"),
    ]  # fmt: skip


def test_what_only_a_proposal_expects_is_no_threshold(store: Store) -> None:
    count(store, "few", 10, 20, day=4)
    report(store, "d", "decision", {"by": "Police", "what": "Wait", "standing": "proposed"}, day=5)
    body = {"of": "d", "by": "Police", "what": "few stay", "figure": "vehicles", "at_most": 20}
    report(store, "e", "expectation", body | {"by_when": at_hour(9, 12).isoformat()}, day=5)
    assert found(store, 6).triggers == []


def test_criteria_of_options_fire_from_the_first_count_on(expected: Store) -> None:
    stop = next(one for one in found(expected, 7, at_least=100).triggers if one.sort == "stop")
    assert (stop.whose, stop.what, stop.fired, ids(stop.by)) == (
        "Tow", "Stop if vehicles: at least 100", at_hour(4, 12), ["many"],
    )  # fmt: skip
    assert stop.now == "not_met"
    none = next(one for one in found(expected, 7, at_least=200).triggers if one.sort == "stop")
    assert (none.state, none.first_possible) == ("not_yet", None)


def test_what_fired_last_stands_first_and_what_did_not_fire_behind(store: Store) -> None:
    count(store, "a", 30, 30, day=5)
    count(store, "b", 60, 60, day=6)
    criteria = [{"then": "stop", "counted": "vehicles", "at_least": most} for most in (20, 50, 90)]
    at = at_hour(7, 23)
    answer = triggers_of(Reading(store, STREAM, Moments(at, at), CALENDAR), [option("tow", criteria=criteria)])
    assert [(one.bounds, one.fired) for one in answer.triggers] == [
        ("at least 50", at_hour(6, 12)), ("at least 20", at_hour(5, 12)), ("at least 90", None),
    ]  # fmt: skip


def test_what_was_counted_at_two_places_needs_one_to_be_named(store: Store) -> None:
    count(store, "a", 30, 30, day=5)
    count(store, "b", 1, 1, day=5, hour=13, places=[{"type": "named", "name": "The field"}])
    assert only(found(store, 6, at_least=20)).state == "cannot_say"
    named = only(found(store, 6, at_least=20, where="The quay"))
    assert (named.state, named.where, named.fired) == ("fired", "The quay", at_hour(5, 12))


def test_contacts_with_an_outside_authority_raise_an_alarm_by_office_at_midnight(store: Store) -> None:
    report(store, "c", "contact", {"who": ["Talks officer", "Mayor of the port"], "by": "Talks officer"}, day=5)
    report(store, "p", "promise", {"by": "Police", "what": "tow", "due": at_hour(5, 20).isoformat()}, day=5)
    assert found(store, 5, 23).alarms == []
    (alarm,) = found(store, 6, 1).alarms
    assert (alarm.office, alarm.entry, alarm.since) == ("Talks officer", "c", at_hour(6, 0))
