from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearway.picture.lasting import begins, ended, holding
from clearway.record.entry import Entry
from clearway.record.kinds import KINDS
from clearway.record.parse import draft_of
from picture.test_view import CALENDAR, at_hour, report, seen, store

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clearway.record.store import Store

LASTING = [name for name, kind in KINDS.items() if "ends" in kind.model_fields and kind.about.is_typed]
__all__ = ["store"]
BODIES: dict[str, dict[str, Any]] = {
    "barrier_state": {"barrier": "fence", "state": "standing"},
    "deployment": {"organisation": "Fire", "task": "first aid"},
    "facility_state": {"facility": "A school", "state": "shut"},
    "gate_state": {"state": "restricted"},
    "handover_point": {"state": "open"},
    "health_finding": {"finding": "water", "summary": "not to be drunk"},
    "line_service": {"line": "tram 4", "state": "suspended"},
    "notice": {"by": "the council", "text": "Boil the water"},
    "offer": {"what": "venue", "summary": "a hall"},
    "parking_place": {"name": "A hall"},
    "passage_rule": {"who": ["traders"], "may": "enter"},
    "power": {"power": "to close a road", "by": "the council"},
    "rendezvous_point": {"who": ["ambulances"]},
    "restriction_level": {"scheme": "fire", "level": "total ban"},
    "road_state": {"state": "shut"},
    "scheme_level": {"scheme": "fire", "level": "total ban"},
    "service_level": {"partner": "the postal service", "level": "stopped"},
    "staff_strength": {"organisation": "Fire", "amount": {"low": 20, "high": 20}, "role": "patrols"},
    "tow_capability": {"state": "secured"},
    "weather": {"summary": "rain", "forecast": True},
}
"""A body of every kind that says until when it holds."""
HOUR = st.integers(0, 200)


def entry_of(kind: str, said: int, starts: int | None = None, ends: int | None = None, name: str = "a") -> Entry:
    """An entry said at an hour, with a start and an end where they are given."""
    lasts = {field: at_hour(1, hour).isoformat() for field, hour in (("starts", starts), ("ends", ends)) if hour is not None}
    moment = at_hour(1, said)
    fields = {"id": name, "kind": kind, "body": BODIES[kind] | {"starts": None} | lasts, "happened": moment.isoformat()}
    draft = draft_of(fields | {"known": moment.isoformat()}, CALENDAR, now=moment)
    return Entry(seq=1, stream="operation", version=1, written=moment, draft=draft, hash="0" * 64)


def ids(entries: Iterable[Entry]) -> list[str]:
    return [entry.id for entry in entries]


@pytest.mark.slow
@pytest.mark.parametrize("kind", LASTING)
@given(said=HOUR, starts=HOUR | st.none(), ends=HOUR | st.none(), hour=HOUR)
def test_whatever_says_until_when_is_over_then_and_holds_from_when_it_says(
    kind: str, said: int, starts: int | None, ends: int | None, hour: int
) -> None:
    entry, at = entry_of(kind, said, starts, ends), at_hour(1, hour)
    assert ended(entry.draft, at) is (ends is not None and ends <= hour)
    now, coming = holding([entry], at) if said <= hour else ([], [])
    if said <= hour:
        assert (bool(now), bool(coming)) == (max(said, starts or 0) <= hour, max(said, starts or 0) > hour)


@given(words=st.lists(st.tuples(HOUR, HOUR | st.none()), min_size=1, max_size=5), hour=HOUR)
def test_no_announcement_is_in_force_before_its_time_and_the_last_one_is_never_lost(
    words: list[tuple[int, int | None]], hour: int
) -> None:
    ordered = sorted((word for word in words if word[0] <= hour), key=lambda word: -word[0])
    entries = [entry_of("offer", said, starts, name=str(number)) for number, (said, starts) in enumerate(ordered)]
    at = at_hour(1, hour)
    now, coming = holding(entries, at)
    assert all(begins(entry.draft) <= at for entry in now)
    assert all(begins(entry.draft) > at for entry in coming)
    assert len(coming) <= 1
    if entries:
        assert "0" in ids([*now, *coming])


def test_an_announcement_takes_effect_over_what_was_said_between_and_is_replaced_by_the_next_one() -> None:
    announced, between = entry_of("road_state", 1, 50, name="announced"), entry_of("road_state", 20, name="between")
    assert [ids(part) for part in holding([between, announced], at_hour(1, 30))] == [["between"], ["announced"]]
    assert [ids(part) for part in holding([between, announced], at_hour(1, 50))] == [["announced", "between"], []]
    postponed = entry_of("road_state", 40, 90, name="postponed")
    assert [ids(part) for part in holding([postponed, between, announced], at_hour(1, 60))] == [["between"], ["postponed"]]
    later = entry_of("road_state", 55, 90, name="later")
    assert [ids(part) for part in holding([later, announced], at_hour(1, 60))] == [["announced"], ["later"]]


def test_a_state_is_shown_as_announced_in_force_and_ended_each_in_its_time(store: Store) -> None:
    lasts: dict[str, Any] = {"starts": at_hour(9, 8).isoformat(), "ends": at_hour(10, 8).isoformat()}
    for kind in LASTING:
        report(store, kind, kind, BODIES[kind] | lasts, day=8)

    def told(day: int, hour: int, *lists: str) -> set[str]:
        found = seen(store, day, hour)
        return {fact["id"] for name in lists for fact in found[name]}

    assert told(9, 7, "coming") == set(LASTING)
    assert told(9, 7, "states", "events", "ended") == set()
    assert told(9, 8, "states", "events") == set(LASTING)
    assert told(9, 8, "coming", "ended") == set()
    assert told(10, 8, "ended") == set(LASTING)
    assert told(10, 8, "states", "events", "coming") == set()


def test_there_is_a_body_of_every_kind_that_says_until_when_it_holds() -> None:
    assert sorted(BODIES) == sorted(LASTING)


def test_what_was_lent_is_a_question_once_it_is_due_back_and_not_if_it_came_back(store: Store) -> None:
    loan = {"what": "fences", "lender": "a port", "borrower": "the council", "due": at_hour(9, 8).isoformat()}
    report(store, "lent", "loan", loan, day=8)
    assert [fact["id"] for fact in seen(store, 9, 7)["states"]] == ["lent"]
    assert [fact["id"] for fact in seen(store, 9, 8)["ended"]] == ["lent"]
    report(store, "back", "loan", loan | {"state": "returned"}, day=9, hour=9)
    found = seen(store, 9, 10)
    assert ([fact["id"] for fact in found["states"]], found["ended"]) == (["back"], [])


def test_a_claim_that_is_over_clashes_with_nothing(store: Store) -> None:
    office = {"office": "a clerk", "organisation": "a school", "reliability": "C", "credibility": 3}
    school = {"facility": "A school", "state": "shut"}
    report(store, "shut", "facility_state", school | {"ends": at_hour(9, 15).isoformat()}, day=9, hour=9, source=office)
    report(store, "open", "facility_state", school | {"state": "open"}, day=9, hour=11)
    assert [one["kind"] for one in seen(store, 9, 14)["contested"] if one["kind"] == "clash"] == ["clash"]
    assert [one["kind"] for one in seen(store, 9, 15)["contested"] if one["kind"] == "clash"] == []
