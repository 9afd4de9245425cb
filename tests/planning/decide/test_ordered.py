"""What an operation order begins with: the objective and the decision that hold then, and nothing where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clearway.picture.view import Moments
from clearway.planning.decide.ordered import Ordered, ordered
from clearway.planning.reading import Reading
from picture.test_view import CALENDAR, STREAM, at_hour, report, store

if TYPE_CHECKING:
    from clearway.record.store import Store

__all__ = ["store"]  # a fixture


def at(store: Store, day: int) -> Ordered:
    moment = at_hour(day, 23)
    return ordered(Reading(store, STREAM, Moments(moment, moment), CALENDAR))


def test_where_nobody_decided_or_set_anything_all_is_empty(store: Store) -> None:
    report(store, "idea", "decision", {"by": "Police", "what": "Tow", "standing": "proposed"}, day=5)
    assert at(store, 6) == Ordered(None, None, None)


def test_the_decision_that_the_objective_follows_from_comes_before_a_later_one(store: Store) -> None:
    law = {"legal_basis": "Act s 1", "least_restrictive": "Nobody is forced."}
    report(store, "park", "decision", {"by": "Controller", "what": "Offer parking", "why": "places are open"} | law, day=5)
    report(store, "goal", "objective", {"by": "Controller", "what": "Open the street", "of": "park"}, day=5, hour=13)
    report(store, "later", "decision", {"by": "Mayor", "what": "Light the square"}, day=6)
    found = at(store, 7)
    assert found.mission == "Open the street (Controller; entry goal)"
    assert found.intent is not None
    assert found.intent.startswith("Offer parking; because: places are open; decided by Controller, ")
    assert found.intent.endswith(", entry park")
    assert found.limits == "legal basis: Act s 1; Nobody is forced"
    report(store, "aim", "objective", {"by": "Controller", "what": "Keep calm"}, day=8)
    latest = at(store, 8)
    assert latest.mission == "Keep calm (Controller; entry aim)"
    assert latest.intent is not None
    assert latest.intent.startswith("Light the square; decided by Mayor")
    assert latest.limits is None


def test_a_decision_whose_place_was_taken_is_nobodys_intent(store: Store) -> None:
    report(store, "tow", "decision", {"by": "Controller", "what": "Tow"}, day=5)
    report(store, "wait", "decision", {"by": "Controller", "what": "Wait", "supersedes": ["tow"]}, day=4)
    report(store, "goal", "objective", {"by": "Controller", "what": "Open the street", "of": "tow"}, day=5, hour=13)
    found = at(store, 6)
    assert found.intent is not None
    assert found.intent.startswith("Wait; decided by Controller")
    assert at(store, 3) == Ordered(None, None, None)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Tow"),
        ({"why": "The lane is blocked."}, "Tow; because: The lane is blocked"),
        ({"expects": ["a free lane"]}, "Tow; expected: a free lane"),
        ({"why": "A fire", "expects": ["a free lane", "no crowd"]}, "Tow; because: A fire; expected: a free lane and no crowd"),
    ],
)
def test_the_intent_says_why_and_what_is_expected_where_somebody_said_so(
    store: Store, fields: dict[str, Any], words: str
) -> None:
    report(store, "tow", "decision", {"by": "Controller", "what": "Tow"} | fields, day=5)
    found = at(store, 6)
    assert found.intent is not None
    said, _, rest = found.intent.partition("; decided by ")
    assert said == words
    assert rest.startswith("Controller, ")
    assert rest.endswith(", entry tow")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"legal_basis": "Act s 1"}, "legal basis: Act s 1"),
        ({"least_restrictive": "Nobody is forced."}, "Nobody is forced"),
        ({}, None),
    ],
)
def test_either_of_the_two_limits_is_said_alone(store: Store, fields: dict[str, str], words: str | None) -> None:
    report(store, "tow", "decision", {"by": "Controller", "what": "Tow"} | fields, day=5)
    assert at(store, 6).limits == words
