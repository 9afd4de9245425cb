"""The risk register on small records: what stands, whose it is, what is late, what has come since; events beside it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from clearway.errors import BadInput
from clearway.picture.view import Moments
from clearway.planning.decide.risks import register_of
from clearway.planning.options.risks import risks_on
from clearway.planning.reading import Reading
from option_rooms import option
from picture.test_view import CALENDAR, STREAM, at_hour, report, store
from talk_rooms import QUAY, UNION, count, ids

if TYPE_CHECKING:
    from datetime import datetime

    from clearway.planning.decide.risk_contract import RiskOf, RiskRegister
    from clearway.record.store import Store

__all__ = ["store"]  # a fixture

FIRE = {
    "risk": "Fire in the camp", "what": "gas stoves among tents", "likelihood": "possible", "consequence": "major",
    "for_whom": ["those who camp", "crews"], "done": ["hose laid, fire service"], "owner": "Fire service",
}  # fmt: skip


def read(store: Store, at: datetime) -> Reading:
    return Reading(store, STREAM, Moments(at, at), CALENDAR)


def register(store: Store, day: int, hour: int = 23) -> RiskRegister:
    return register_of(read(store, at_hour(day, hour)))


def only(store: Store, day: int, hour: int = 23) -> RiskOf:
    (found,) = register(store, day, hour).risks
    return found


def test_a_risk_stands_as_its_latest_entry_has_it_with_its_source_and_what_was_said_before(store: Store) -> None:
    report(store, "a", "risk", FIRE, day=5)
    report(store, "b", "risk", FIRE | {"risk": "fire in the camps", "likelihood": "likely"}, day=6)
    early, late = only(store, 5), only(store, 6)
    assert (early.likelihood, early.consequence, early.owner) == ("possible", "major", "Fire service")
    assert (late.line.id, late.likelihood, late.spellings, ids(late.before)) == ("b", "likely", ["Fire in the camp"], ["a"])
    assert late.line.speaker == "Assistant Commissioner, Police"
    assert late.contested_by == []  # the same speaker thought again


@pytest.mark.parametrize(("hour", "due", "overdue"), [(11, False, None), (12, False, None), (13, True, 3600.0)])
def test_a_review_is_overdue_once_its_time_has_passed_and_not_at_it(
    store: Store, hour: int, *, due: bool, overdue: float | None
) -> None:
    report(store, "a", "risk", FIRE | {"review": at_hour(6, 12).isoformat()}, day=5)
    found = only(store, 6, hour)
    assert (found.is_due, found.overdue_s) == (due, overdue)


def test_a_review_is_overdue_by_a_second(store: Store) -> None:
    report(store, "a", "risk", FIRE | {"review": (at_hour(6, 12) - timedelta(seconds=1)).isoformat()}, day=5)
    assert only(store, 6, 12).overdue_s == 1.0


def test_a_later_entry_or_a_closed_risk_is_not_overdue(store: Store) -> None:
    report(store, "a", "risk", FIRE | {"review": at_hour(6, 12).isoformat()}, day=5)
    report(store, "b", "risk", FIRE | {"review": at_hour(9, 12).isoformat()}, day=7)
    assert (only(store, 6).is_due, only(store, 7).is_due) == (True, False)
    report(store, "c", "risk", FIRE | {"review": at_hour(9, 12).isoformat(), "state": "closed", "why": "no tents"}, day=8)
    closed = only(store, 10)
    assert (closed.is_due, closed.missing) == (False, [])


def test_what_nobody_said_of_a_risk_is_listed(store: Store) -> None:
    report(store, "a", "risk", {"risk": "Crush at the gate"}, day=5)
    assert only(store, 5).missing == [
        "how likely it is", "how bad it would be", "whom it would hit", "what is done about it", "which office owns it",
        "when it is looked at again",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("theirs", "contested"),
    [
        ({"likelihood": "likely"}, True),
        ({"likelihood": "unlikely", "likelihood_to": "possible"}, False),  # the ranges meet
        ({"likelihood": "rare", "likelihood_to": "unlikely"}, True),
        ({"consequence": "severe"}, True),
        ({"likelihood": None}, False),
    ],
)
def test_speakers_contest_a_risk_only_where_their_ranges_have_nothing_in_common(
    store: Store, theirs: dict[str, str | None], *, contested: bool
) -> None:
    report(store, "a", "risk", FIRE | theirs, day=5, source=UNION)
    report(store, "b", "risk", FIRE, day=6)
    assert ids(only(store, 6).contested_by) == ["a"] * contested


def test_what_is_reported_since_and_has_words_of_a_risk_is_shown_and_nothing_older_or_other(store: Store) -> None:
    report(store, "old", "incident", {"nature": "fire", "summary": "a bin"}, day=4)
    report(store, "a", "risk", FIRE, day=5)
    report(store, "same", "incident", {"nature": "fire", "summary": "at the moment of the judgement"}, day=5)
    report(store, "new", "incident", {"nature": "fire", "summary": "a bin"}, day=6)
    report(store, "words", "statement", {"summary": "Gas bottles were seen beside stoves"}, day=6)
    report(store, "other", "incident", {"nature": "noise", "summary": "drums at night"}, day=6)
    assert ids(only(store, 5).signs) == []
    assert ids(only(store, 6).signs) == ["new", "words"]


@pytest.mark.parametrize(
    ("low", "high", "state"), [(98, 99, "not_met"), (99, 100, "cannot_say"), (100, 100, "met"), (100, 120, "met")]
)
def test_a_risk_grows_by_the_figure_that_it_names_at_its_own_place(store: Store, low: float, high: float, state: str) -> None:
    report(store, "a", "risk", FIRE | {"counted": "vehicles", "at_least": 100}, day=5, **QUAY)
    report(store, "far", "count", {"what": "vehicles", "amount": {"low": 500, "high": 500}}, day=6)
    before = only(store, 6).grown
    assert before is not None
    assert before.state == "nobody_counts"
    count(store, "n", low, high, day=6)
    found = only(store, 6).grown
    assert found is not None
    assert (found.state, ids(found.figures)) == (state, ["n"])


def test_risks_stand_by_state_then_unjudged_then_the_worst_consequence_then_the_highest_likelihood(store: Store) -> None:
    def risk(name: str, **fields: object) -> None:
        report(
            store, name.replace(" ", "-"), "risk", {"risk": name, "likelihood": "rare", "consequence": "minor"} | fields, day=5
        )

    risk("mild")
    risk("severe but rare", consequence="severe")
    risk("up to severe and likely", consequence_to="severe", likelihood="likely")
    risk("unjudged", consequence=None)
    risk("closed severe", consequence="severe", state="closed")
    risk("happened", state="happened")
    names = [one.risk for one in register(store, 5).risks]
    assert names == ["happened", "unjudged", "up to severe and likely", "severe but rare", "mild", "closed severe"]


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"likelihood": "likely", "likelihood_to": "rare"}, "'likelihood_to' is below 'likelihood'"),
        ({"consequence": None, "consequence_to": "major"}, "'consequence_to' needs a 'consequence'"),
        ({"counted": "fires"}, "needs both 'counted' and 'at_least'"),
        ({"owner": "Mr Smith"}, "never a person"),
        ({"risk": "the van ABC123 drives in"}, "never a person or a number plate"),
    ],
)
def test_a_risk_that_makes_no_sense_or_names_a_person_is_refused(store: Store, fields: dict[str, object], says: str) -> None:
    with pytest.raises(BadInput, match=says):
        report(store, "a", "risk", FIRE | fields, day=5)


def test_no_name_of_a_source_stands_in_the_register(store: Store) -> None:
    source = UNION | {"name": "Avery Canary"}
    report(store, "a", "risk", FIRE | {"done": ["Avery Canary calls the fire service"]}, day=5, source=source)
    assert "Canary" not in register(store, 5).model_dump_json()


EVENT = {
    "event": "Harbour square, 2011", "happened_then": "Tents burnt in the night.", "lessons": ["Keep a lane for engines free."],
    "reference": "Harbour council, report of 2012, page 4", "risks": ["Fire in the Camp", "Flood"],
}  # fmt: skip


def test_a_comparable_event_stands_beside_the_risk_that_it_bears_on(store: Store) -> None:
    report(store, "a", "risk", FIRE, day=5)
    report(store, "e", "comparable_event", EVENT, day=6)
    assert only(store, 5).events == []
    found = register(store, 6)
    (event,) = found.events
    assert (found.risks[0].events, event.risks, event.not_in_register) == (["e"], ["Fire in the camp"], ["Flood"])
    assert (event.lessons, event.reference) == (EVENT["lessons"], EVENT["reference"])


@pytest.mark.parametrize("field", ["lessons", "reference"])
def test_a_comparable_event_without_a_lesson_or_a_public_source_is_refused(store: Store, field: str) -> None:
    with pytest.raises(BadInput, match=field):
        report(store, "e", "comparable_event", {name: value for name, value in EVENT.items() if name != field}, day=6)


def test_every_option_has_every_open_risk_in_the_same_order_and_what_it_does_to_each(store: Store) -> None:
    report(store, "a", "risk", FIRE | {"review": at_hour(6, 1).isoformat()}, day=5)
    report(store, "b", "risk", FIRE | {"risk": "Crush at the gate", "state": "closed"}, day=5)
    lowers = {"risk": "fire in the camps", "effect": "lowers", "why": "stoves leave with the cars"}
    other = {"risk": "Counter-protest", "effect": "raises", "why": "they would come to help"}
    one, two = risks_on([option("one", risks=[lowers]), option("two", risks=[other])], read(store, at_hour(6, 12)))
    assert [(risk.risk, risk.effect, risk.entry, risk.is_due) for risk in one] == [
        ("Fire in the camp", "lowers", "a", True), ("Counter-protest", "not_said", None, False),
    ]  # fmt: skip
    assert [(risk.risk, risk.effect) for risk in two] == [("Fire in the camp", "not_said"), ("Counter-protest", "raises")]
    assert [risk.why for risk in (*one, *two)] == [
        "stoves leave with the cars", "Nobody has said.", "Nobody has said.", "they would come to help",
    ]  # fmt: skip
    assert [(risk.owner, risk.is_due) for risk in one] == [("Fire service", True), (None, False)]
    assert (one[0].judged, one[1].judged) == ("likelihood possible, consequence major", "not in the register")
    report(store, "range", "risk", {"risk": "flood", "likelihood": "rare", "likelihood_to": "almost_certain"}, day=5)
    (again,) = risks_on([option("a")], read(store, at_hour(6, 12)))
    assert {row.risk: row.judged for row in again}["flood"] == "likelihood rare to almost certain, consequence not judged"
    alone = risks_on([option("one", risks=[lowers])], None)
    assert [(risk.risk, risk.entry) for (risk,) in alone] == [("fire in the camps", None)]


def test_the_rule_of_the_order_is_said_in_words(store: Store) -> None:
    assert register_of(read(store, at_hour(6, 12))).rule == (
        "What happened first, then what is open, then what is closed; among those what nobody judged, then the worst "
        "consequence, then by the highest likelihood. The two are never multiplied."
    )
