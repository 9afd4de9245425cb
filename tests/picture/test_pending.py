"""Hopes, work under way, ultimatums and announced steps are no promises: each stands as its time and outcome say."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from clearway.picture.changes import changes
from clearway.picture.index import PictureIndex
from clearway.picture.view import Moments, picture_of
from clearway.record.kind import Role
from clearway.record.kinds import BODY, KINDS
from picture.test_view import STREAM, at_hour, report, seen, store

if TYPE_CHECKING:
    from clearway.record.store import Store

__all__ = ["store"]  # a fixture

BUSES = {"by": "Bus company", "what": "buses run along the quay again"}
WARNED = {"by": "Dock union", "to": "port", "demand": "reopen the gate", "otherwise": "no ship is loaded"}


def standing(store: Store, day: int, hour: int = 12) -> tuple[str, bool, bool]:
    (found,) = seen(store, day, hour)["intents"]
    return found["status"], found["is_past"], found["is_over"]


def due(day: int, hour: int = 12) -> str:
    return at_hour(day, hour).isoformat()


def test_a_hope_has_no_due_time_and_is_hoped_for_years_later(store: Store) -> None:
    assert "due" not in KINDS["aspiration"].model_fields
    report(store, "a", "aspiration", BUSES, day=5)
    assert standing(store, 5) == standing(store, 900) == ("hoped for", False, False)
    report(store, "b", "aspiration", BUSES | {"outcome": "given_up"}, day=901)
    assert standing(store, 902) == ("given up", False, True)


def test_work_is_under_way_while_the_word_is_fresh_and_then_was(store: Store) -> None:
    report(store, "a", "work_under_way", {"by": "Harbour board", "what": "lighting of the quay"}, day=5, hour=9)
    assert standing(store, 6, 9) == ("under way", False, False)
    assert standing(store, 6, 10) == ("under way when last heard of", False, False)
    report(
        store, "b", "work_under_way", {"by": "harbour  board", "what": "Lighting of the quay", "state": "ended"}, day=7, hour=9
    )
    assert standing(store, 7) == ("ended", False, True)


@pytest.mark.parametrize(("outcome", "words"), [("met", "met"), ("acted_on", "acted on"), ("withdrawn", "withdrawn")])
def test_an_ultimatum_lapses_unless_somebody_says_what_came_of_it(store: Store, outcome: str, words: str) -> None:
    report(store, "a", "ultimatum", WARNED | {"due": due(7)}, day=5)
    assert standing(store, 7) == ("ultimatum open", False, False)
    assert standing(store, 7, 13) == ("lapsed; nobody has said what came of it", True, False)
    report(store, "b", "ultimatum", WARNED | {"due": due(7), "outcome": outcome}, day=7, hour=14)
    assert standing(store, 7, 15) == (words, False, True)


def test_a_threat_without_a_time_never_lapses(store: Store) -> None:
    report(store, "a", "ultimatum", {"by": "Dock union", "otherwise": "no ship is loaded"}, day=5)
    assert standing(store, 900) == ("threatened", False, False)


def test_an_ultimatum_says_what_is_wanted_or_what_is_threatened() -> None:
    with pytest.raises(ValueError, match="'demand', 'otherwise' or both"):
        BODY.validate_python({"kind": "ultimatum", "by": "Dock union"})


def test_of_a_step_whose_date_has_passed_nobody_knows_whether_it_was_done(store: Store) -> None:
    step = {"by": "Harbour board", "what": "the fence is taken down", "due": due(6, 20)}
    report(store, "a", "announcement", step, day=5)
    assert standing(store, 6, 20) == ("announced", False, False)
    assert standing(store, 6, 21) == ("the date has passed; nobody has said whether it was done", True, False)
    report(store, "b", "announcement", step | {"outcome": "dropped"}, day=7)
    assert standing(store, 8) == ("dropped", False, True)


def bodies(kind: str) -> list[dict[str, Any]]:
    """Every outcome of a kind, with and without a time."""
    said = {"by": "Harbour board", "what": "the fence is taken down"}
    if kind == "ultimatum":
        said = {"by": "Harbour board", "demand": "the fence is taken down"}
    if kind == "task":
        said |= {"to": "Gate 3"}
    schema = KINDS[kind].model_json_schema()["properties"]
    field = "outcome" if "outcome" in schema else "state"
    times = [{"due": due(7)}, {}] if "due" in schema else [{}]
    return [said | {field: value} | time for value, time in itertools.product(schema[field]["enum"], times)]


@pytest.mark.parametrize("kind", KINDS.of_role(Role.INTENT))
def test_none_is_ever_a_promise_kept_or_broken_or_past_without_a_time(kind: str) -> None:
    for body in bodies(kind):
        made = BODY.validate_python({"kind": kind} | body)
        for hours in (0, 1, 30, 48, 49, 24 * 365):
            found = made.status(at_hour(5, 12), at_hour(5, 12) + timedelta(hours=hours))
            assert found.words == found.words.lower()
            assert not (found.is_past and found.is_over)
            assert not {"kept", "overdue", "broken"} & set(found.words.split())
            assert not found.is_past or ("due" in body and hours > 48)


def test_what_passes_between_two_reports_is_new_in_the_later_one(store: Store) -> None:
    report(store, "a", "ultimatum", WARNED | {"due": due(7)}, day=5)
    report(store, "b", "aspiration", BUSES, day=5)
    then, later, last = (
        picture_of(store, PictureIndex(), STREAM, Moments(moment, moment)) for moment in map(at_hour, (7, 7, 9), (11, 13, 13))
    )
    assert [one.id for one in changes(then, later).newly_past] == ["a"]
    assert changes(later, last).newly_past == []
    assert changes(then, later).newly_overdue == []


HALL: dict[str, Any] = {"places": [{"type": "named", "name": "Town hall"}]}
FENCE = {"by": "Police", "what": "The fence is removed"}


def proposals(store: Store) -> list[str]:
    (promise,) = seen(store, 9)["promises"]
    assert promise["outcome"] == "open"  # whatever is proposed, nothing sets it
    return list(promise["proposed"])


def test_a_promise_names_the_later_entries_that_may_show_it_done(store: Store) -> None:
    report(store, "p", "promise", FENCE, day=5, **HALL)
    report(store, "early", "barrier_state", {"barrier": "fence", "state": "removed"}, day=4, **HALL)
    report(store, "done", "barrier_state", {"barrier": "fence", "state": "removed"}, day=6, **HALL)
    assert proposals(store) == ["done"]
    report(store, "kept", "promise", FENCE | {"outcome": "kept"}, day=7, **HALL)
    assert seen(store, 9)["promises"][0]["proposed"] == []


@pytest.mark.parametrize(
    ("kind", "body", "more"),
    [
        ("facility_state", {"facility": "Town hall showers", "state": "open"}, {}),  # other words at the same place
        ("barrier_state", {"barrier": "fence", "state": "standing"}, {}),
        ("barrier_state", {"barrier": "fence", "state": "removed"}, {"places": [{"type": "named", "name": "The quay"}]}),
        ("barrier_state", {"barrier": "fence", "state": "removed"}, {"places": []}),
        ("barrier_state", {"barrier": "fence", "state": "removed"}, {"source": {"organisation": "Neighbours"}}),
        ("incident", {"nature": "other", "summary": "The fence is not removed"}, {}),
        ("incident", {"nature": "other", "summary": "The fence might be removed"}, {}),
        ("statement", {"summary": "The fence is removed"}, {}),  # what somebody says, and not how things are
        ("remark", {"text": "The fence is removed"}, {}),
    ],
)
def test_no_entry_is_proposed_that_says_something_else(
    store: Store, kind: str, body: dict[str, Any], more: dict[str, Any]
) -> None:
    report(store, "p", "promise", FENCE, day=5, **HALL)
    report(store, "x", kind, body, day=6, **(HALL | more))
    assert proposals(store) == []


@pytest.mark.parametrize("what", ["Tow", "Keep it so", "Put a new plan in place for the fence"])
def test_a_promise_of_few_or_other_words_proposes_nothing(store: Store, what: str) -> None:
    report(store, "p", "promise", {"by": "Police", "what": what}, day=5)
    report(store, "x", "barrier_state", {"barrier": "fence", "state": "removed"}, day=6, **HALL)
    assert proposals(store) == []


PLAIN = [
    "a", "an", "and", "are", "as", "at", "be", "been", "by", "for", "from", "has", "have", "in", "into", "is", "it", "its",
    "of", "on", "or", "our", "so", "that", "the", "their", "them", "they", "this", "to", "was", "we", "were", "which",
    "who", "will", "with", "would",
]  # fmt: skip
DENIED = [
    "no", "not", "never", "none", "nobody", "without", "cannot", "unless", "if", "may", "might", "could", "would", "will",
    "should", "planned", "plan", "plans", "intended", "expected", "asked", "until", "hope", "hopes", "hoped", "delayed",
    "postponed", "cancelled", "refused", "stopped", "failed", "unknown",
]  # fmt: skip


def test_plain_words_and_endings_of_a_promise_need_not_be_said_again(store: Store) -> None:
    wanted = {f"{word} fence removed": ["done"] for word in PLAIN}
    wanted |= {what: ["towed"] for what in ("towing trucks boxes", "tow truck box", "tows trucking boxed")}
    for number, what in enumerate(wanted):
        report(store, f"p{number}", "promise", {"by": "Police", "what": what}, day=5)
    report(store, "p-short", "promise", {"by": "Police", "what": "the fence"}, day=5)  # one word that says something
    report(store, "p-other", "promise", {"by": "Police", "what": "high fence removed"}, day=5)
    for entry_id, summary in (("done", "Fence removed"), ("towed", "Truck towed with its box")):
        report(store, entry_id, "incident", {"nature": "other", "summary": summary}, day=6)
    told = {one["body"]["what"]: one["proposed"] for one in seen(store, 9)["promises"]}
    assert told == wanted | {"the fence": [], "high fence removed": []}


def test_a_short_word_keeps_its_ending(store: Store) -> None:
    report(store, "p", "promise", {"by": "Police", "what": "run bus"}, day=5)
    told = ("Buses run", "Bu run", "Bus runs", "Bused runs")
    for number, summary in enumerate(told):
        report(store, f"x{number}", "incident", {"nature": "other", "summary": summary}, day=6, hour=12 + number)
    assert sorted(proposals(store)) == ["x0", "x2", "x3"]


def test_a_word_that_denies_or_takes_back_proposes_nothing(store: Store) -> None:
    report(store, "p", "promise", FENCE, day=5)
    for word in [*DENIED, "wasn't", "shut", "closed", "blocked", "breached", "full", "ended"]:
        report(store, word.replace("'", ""), "incident", {"nature": "other", "summary": f"The fence is {word} removed"}, day=6)
    assert proposals(store) == []
    report(store, "same", "incident", {"nature": "other", "summary": "The fence is removed"}, day=5, hour=12)
    assert proposals(store) == []  # said with the promise, not after it
    report(store, "done", "incident", {"nature": "other", "summary": "The fence is removed"}, day=5, hour=13)
    assert proposals(store) == ["done"]


def test_a_promise_to_shut_something_is_shown_by_its_being_shut(store: Store) -> None:
    report(store, "p", "promise", {"by": "Police", "what": "the gate is shut"}, day=5)
    report(store, "done", "gate_state", {"state": "shut"}, day=6)
    assert proposals(store) == ["done"]


def test_a_promise_is_shown_by_what_another_says_of_the_body_that_promised(store: Store) -> None:
    report(store, "p", "promise", {"by": "Harbour Police", "what": "the fence is removed"}, day=5)
    for entry_id, summary in (("named", "Harbour police removed the fence"), ("part", "Police removed the fence")):
        report(store, entry_id, "incident", {"nature": "other", "summary": summary}, day=6, source={"office": "a passer-by"})
    assert proposals(store) == ["named"]


@pytest.mark.parametrize(("after", "overdue"), [(timedelta(0), False), (timedelta(minutes=1), True)])
def test_a_promise_is_overdue_after_its_time_and_not_at_it(store: Store, after: timedelta, *, overdue: bool) -> None:
    report(store, "p", "promise", FENCE | {"due": at_hour(6, 12).isoformat()}, day=5)
    report(store, "q", "promise", {"by": "Port", "what": "Lights are on"}, day=5)
    at = at_hour(6, 12) + after
    told = [(one.id, one.overdue) for one in picture_of(store, PictureIndex(), STREAM, Moments(at, at)).promises]
    assert sorted(told) == [("p", overdue), ("q", False)]


@pytest.mark.parametrize(
    ("amounts", "met"),
    [
        ([(20, 20)], True),
        ([(21, 21)], False),
        ([(0, 20)], True),
        ([(20, 21)], None),
        ([(21, 30)], False),
        ([(None, 20)], True),
        ([(21, None)], False),
        ([(20, None)], None),
        ([(None, 21)], None),
        ([(20, 20), (5, 5)], True),
        ([(20, 20), (21, 21)], None),
        ([(21, 21), (30, 30)], False),
        ([(5, 5), (None, 21)], None),
        ([(30, 30), (20, None)], None),
    ],
)
def test_a_condition_is_met_or_not_where_every_speaker_says_so(
    store: Store, amounts: list[tuple[float | None, float | None]], met: object
) -> None:
    terms = {"by": "Port", "before": "sail", "what": "few are left", "counted": "vehicles", "at_most": 20}
    report(store, "t", "condition", terms, day=8)
    for number, (low, high) in enumerate(amounts):
        body = {"what": "vehicles", "amount": {"low": low, "high": high}}
        report(store, f"c{number}", "count", body, day=9, hour=12 + number, source={"office": f"officer {number}"})
    (one,) = seen(store, 9)["conditions"]
    assert (one["met"], one["open_because"]) == (met, "")
    assert one["decided_by"] == [f"c{number}" for number in reversed(range(len(amounts)))]


def test_a_condition_that_names_no_bound_or_no_figure_is_for_people_to_judge(store: Store) -> None:
    terms = {"by": "Port", "before": "sail", "what": "few are left"}
    report(store, "none", "condition", terms, day=8)
    report(store, "what", "condition", terms | {"before": "work", "counted": "vehicles"}, day=8)
    report(store, "a", "count", {"what": "vehicles", "amount": {"low": 5, "high": 5}}, day=9)
    report(store, "p", "count", {"what": "people", "amount": {"low": 5, "high": 5}}, day=9)
    told = {one["id"]: (one["met"], one["decided_by"], one["open_because"]) for one in seen(store, 9)["conditions"]}
    assert told == {"none": (None, [], ""), "what": (None, ["a"], "")}


@pytest.mark.parametrize(("hour", "why"), [(12, ""), (13, "The last figure of vehicles is more than 7 days old.")])
def test_without_a_limit_a_figure_decides_for_a_week(store: Store, hour: int, why: str) -> None:
    terms = {"by": "Port", "before": "sail", "what": "few are left", "counted": "vehicles", "at_most": 20}
    report(store, "t", "condition", terms, day=5)
    report(store, "a", "count", {"what": "vehicles", "amount": {"low": 5, "high": 5}}, day=5)
    (one,) = seen(store, 12, hour)["conditions"]
    assert (one["met"], one["open_because"]) == (None if why else True, why)
