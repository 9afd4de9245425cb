"""Triggers: which figures are looked at, and from when a threshold may have been crossed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clearway.picture.view import Moments
from clearway.planning.decide.triggers import fired
from clearway.planning.reading import Reading
from clearway.planning.talks.figures import Bounds
from picture.test_view import CALENDAR, PAPER, STREAM, at_hour, report, store
from talk_rooms import QUAY, count

if TYPE_CHECKING:
    from clearway.record.store import Store

__all__ = ["store"]  # a fixture


def read(store: Store, day: int, hour: int = 23) -> Reading:
    at = at_hour(day, hour)
    return Reading(store, STREAM, Moments(at, at), CALENDAR)


def test_while_nothing_was_said_no_threshold_may_have_been_crossed(store: Store) -> None:
    count(store, "a", 10, 30, day=6)
    found = fired(read(store, 8), "vehicles", Bounds(at_least=20), since=at_hour(5, 12))
    assert (found.fired, found.first_possible, found.is_counted) == (None, at_hour(6, 12), True)
    late = fired(read(store, 8), "vehicles", Bounds(at_least=20), after=at_hour(6, 12))
    assert (late.fired, late.first_possible) == (None, None)


@pytest.mark.parametrize("other", [{"what": "people"}, {"what": "vehicles", "group": "trucks"}])
def test_figures_of_something_else_or_of_some_alone_cross_no_threshold(store: Store, other: dict[str, Any]) -> None:
    report(store, "other", "count", other | {"amount": {"low": 90, "high": 90}}, day=5, **QUAY)
    found = fired(read(store, 8), "vehicles", Bounds(at_least=20))
    assert (found.fired, found.first_possible, found.is_counted) == (None, None, False)
    count(store, "own", 5, 5, day=6)
    assert fired(read(store, 8), "vehicles", Bounds(at_least=20)).fired is None


def test_a_threshold_is_crossed_once_every_speakers_last_word_is_beyond_it(store: Store) -> None:
    count(store, "a", 30, 30, day=5, hour=9)
    count(store, "b", 10, 10, day=5, hour=10, source=PAPER)
    found = fired(read(store, 5, 11), "vehicles", Bounds(at_least=20), since=at_hour(5, 10))
    assert found.fired is None
    count(store, "c", 25, 25, day=5, hour=11, source=PAPER)
    assert fired(read(store, 5, 12), "vehicles", Bounds(at_least=20), since=at_hour(5, 10)).fired == at_hour(5, 11)
