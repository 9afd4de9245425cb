"""A promise whose outcome was entered, and one of which speakers say different things, with what shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from picture.test_view import PAPER, at_hour, report, store
from talk_rooms import QUAY, count, ids, talks

if TYPE_CHECKING:
    from clearway.planning.talks.contract import Commitment
    from clearway.record.store import Store

__all__ = ["store"]  # a fixture

PROMISE = {
    "by": "Dock union",
    "to": "Police",
    "what": "Cars leave the quay",
    "counted": "vehicles",
    "at_most": 20,
    "due": at_hour(6, 14).isoformat(),
}


def the_promise(store: Store, day: int = 6) -> Commitment:
    (found,) = talks(store, day).commitments
    return found


@pytest.mark.parametrize(("outcome", "low", "state"), [("kept", 5, "kept"), ("not_kept", 30, "broken")])
def test_figures_that_bear_an_outcome_out_are_shown_beside_it(store: Store, outcome: str, low: float, state: str) -> None:
    count(store, "a", low, low, day=6, hour=13)
    report(store, "p", "promise", PROMISE | {"outcome": outcome}, day=6, hour=15, **QUAY)
    found = the_promise(store)
    assert (found.state, ids(found.evidence)) == (state, ["a"])


def test_an_outcome_of_which_no_figure_speaks_stands_as_it_was_said(store: Store) -> None:
    report(store, "p", "promise", PROMISE | {"outcome": "overtaken"}, day=6, hour=15, **QUAY)
    found = the_promise(store)
    assert (found.state, found.why, found.evidence) == ("overtaken", "Something else took its place.", [])


@pytest.mark.parametrize(("hour", "is_before"), [(13, True), (16, False)])
def test_where_speakers_differ_a_promise_is_contested_if_anybody_counted_before_its_time(
    store: Store, hour: int, *, is_before: bool
) -> None:
    report(store, "p", "promise", PROMISE, day=5, **QUAY)
    count(store, "a", 5, 5, day=6, hour=hour)
    count(store, "b", 50, 50, day=6, hour=hour, source=PAPER)
    found = the_promise(store)
    assert found.state == ("contested" if is_before else "cannot_say")
    words = "speakers differ" if is_before else "the figures next to it leave it open"
    assert found.why == f"Vehicles, at most 20 by Sun 13 Feb 2022 14:00: {words}."
    assert set(ids(found.evidence)) == {"a", "b"}
