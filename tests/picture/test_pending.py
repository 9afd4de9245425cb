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
