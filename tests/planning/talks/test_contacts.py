"""Contacts of small records, and what of them is an alarm."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clearway.record.moments import moment_of
from picture.test_view import at_hour, report, store
from talk_rooms import talks

if TYPE_CHECKING:
    from clearway.record.store import Store

__all__ = ["store"]  # a fixture


MIDNIGHT = moment_of("2022-02-13T00:00+13:00")  # the end of day 5


def test_a_contact_with_an_outside_authority_without_minutes_by_midnight_is_an_alarm_by_office(store: Store) -> None:
    report(store, "c", "contact", {"who": ["Talks officer", "Mayor of the port"], "by": "Talks officer"}, day=5)
    report(store, "g", "contact", {"who": ["Police", "dock workers' groups"]}, day=5)
    assert talks(store, 5, 23).alarms == []
    (alarm,) = talks(store, 6, 0).alarms
    assert (alarm.office, alarm.entry, alarm.since) == ("Talks officer", "c", MIDNIGHT)
    report(store, "m", "minutes", {"of": "c", "by": "Talks officer", "agreed": ["to meet again"]}, day=6, hour=1)
    assert talks(store, 6, 2).alarms == []
    assert talks(store, 6, 2).contacts[1].minutes is not None


@pytest.mark.parametrize(
    ("body", "is_outside"),
    [
        ({"who": ["Police Commissioner", "Prime Minister"]}, True),
        ({"who": ["Duty officer", "Ministry of Health"]}, True),
        ({"who": ["Police", "leaders of the protest"]}, False),
        ({"who": ["Police", "leaders of the protest"], "with_authority": True}, True),
        ({"who": ["Police Commissioner", "Prime Minister"], "with_authority": False}, False),
        ({"who": ["Police", "Iwi council"], "by": "police"}, True),
        ({"who": ["Police", "Dock union"], "by": "police"}, False),
        ({"who": ["Police", "Harbour desk"], "by": "police"}, False),
        ({"who": ["Mayor", "Dock union"], "by": "Talks officer"}, True),
        ({"who": ["Mayor", "Police", "Dock union"]}, True),  # two: one of them is not ours
        ({"who": ["Mayor"]}, True),
        ({"who": ["Dock union", "Elders"]}, False),
    ],
)
def test_who_is_an_outside_authority(store: Store, body: dict[str, Any], is_outside: bool) -> None:  # noqa: FBT001 - a case
    report(store, "c", "contact", body, day=5)
    (contact,) = talks(store, 5).contacts
    assert contact.with_authority is is_outside
    assert contact.is_assumed is ("with_authority" not in body)
    assert bool(talks(store, 6).alarms) is is_outside


def test_a_party_that_was_entered_as_an_authority_is_one(store: Store) -> None:
    report(store, "c", "contact", {"who": ["Talks officer", "Elders"]}, day=5)
    assert talks(store, 6).alarms == []
    report(store, "p", "party", {"name": "Elders", "sort": "authority"}, day=5)
    assert [one.office for one in talks(store, 6).alarms] == ["Talks officer"]


def test_when_to_speak_again_is_late_until_the_same_two_have_spoken(store: Store) -> None:
    due = {"next_due": at_hour(6, 9).isoformat(), "next_by": "Talks officer"}
    report(store, "c", "contact", {"who": ["Police", "Dock union"]} | due, day=5)
    report(store, "x", "contact", {"who": ["Police", "Campers"]}, day=6, hour=8)
    assert talks(store, 6, 9).alarms == []
    assert [(one.office, one.entry) for one in talks(store, 6, 10).alarms] == [("Talks officer", "c")]
    report(store, "d", "contact", {"who": ["Dock union", "police"]}, day=6, hour=11)
    assert talks(store, 6, 12).alarms == []
