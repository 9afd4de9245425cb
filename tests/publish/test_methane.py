"""METHANE: points where people meet or are handed over with their coordinates, and who is there."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from clearway.picture.index import PictureIndex
from clearway.picture.view import Moments
from clearway.planning.gazetteer import Gazetteer
from clearway.publish.sitrep.making import report_of
from clearway.record.moments import calendar, moment_of
from clearway.record.open import open_record
from clearway.record.parse import draft_of
from clearway.record.place_text import places_of_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from clearway.network.model import Network

    Methane = Callable[..., list[str]]

NOW = moment_of("2022-03-03T12:00+13:00")
DAYS = calendar("Pacific/Auckland", "2022-03-01")
SQUARE = (174.7772, -41.2889)


@pytest.fixture
def methane(wellington: Network, tmp_path: Path) -> Methane:
    """The lines under a letter, of a record with some entries: kind, body, place in words."""
    store, minutes = open_record(str(tmp_path / "room.record")), itertools.count(-60)

    def told(heading: str, *entries: tuple[str, dict[str, Any], str]) -> list[str]:
        for kind, body, where in entries:
            places = [place.model_dump(mode="json", exclude_none=True) for place in places_of_text(where)] if where else []
            moment = (NOW + timedelta(minutes=next(minutes))).isoformat()
            fields = {"kind": kind, "body": body, "places": places, "happened": moment, "known": moment}
            store.append("op", [draft_of(fields, DAYS, now=NOW, entered="imported")])
        gazetteer = Gazetteer(wellington, SQUARE)
        found = report_of(store, PictureIndex(), "op", Moments(NOW, NOW), calendar=DAYS, gazetteer=gazetteer)
        return [item.text for _, called, items in found.methane for item in items if called == heading]

    return told


def test_points_to_meet_and_to_hand_over_stand_with_coordinates_and_grids(methane: Methane) -> None:
    found = methane(
        "Exact location",
        ("handover_point", {"by": "Wellington Free Ambulance"}, "-41.28766, 174.77654"),
        (
            "rendezvous_point",
            {"who": ["ambulances", "fire engines"]},
            "Wakefield Street between Cuba Street and Taranaki Street",
        ),
        ("rendezvous_point", {"name": "second rendezvous point", "state": "planned"}, "Behind the library"),
    )
    assert sorted(text.partition("): ")[::2] for text in found[2:]) == [
        (
            "Casualty handover point open; Wellington Free Ambulance (-41.28766, 174.77654",
            "41.28766 S, 174.77654 E; NZTM E 1748761 N 5427787; MGRS 60G UV 1381 2692.",
        ),
        (
            "Rendezvous point open for ambulances and fire engines (Wakefield Street between Cuba Street and Taranaki Street",
            "in the middle of it, 41.29059 S, 174.77859 E; NZTM E 1748926 N 5427458; MGRS 60G UV 1399 2660.",
        ),
        ("Second rendezvous point planned (Behind the library", "coordinates not known."),
    ]


def test_the_point_that_nobody_entered_is_the_one_that_is_missing(methane: Methane) -> None:
    assert methane("Exact location")[-1] == "Rendezvous point and handover point: none is on record."
    assert methane("Exact location", ("handover_point", {}, "Cuba Street at Dixon Street"))[-1] == (
        "Rendezvous point: none is on record."
    )
    assert "none is on record" not in methane("Exact location", ("rendezvous_point", {}, "Cuba Street at Manners Street"))[-1]


def test_the_latest_word_says_where_a_point_is_now(methane: Methane) -> None:
    methane("Exact location", ("handover_point", {}, "-41.29, 174.77"))
    (only,) = [
        text
        for text in methane("Exact location", ("handover_point", {"state": "moved"}, "-41.28, 174.78"))
        if "asualty" in text
    ]
    assert only.startswith("Casualty handover point moved (-41.28, 174.78): 41.28000 S, 174.78000 E; ")


def test_services_are_there_that_somebody_put_on_duty_there(methane: Methane) -> None:
    found = methane(
        "Emergency services",
        ("staff_strength", {"organisation": "Harbour Police", "amount": {"low": 9000, "high": 9000}}, ""),
        ("staff_strength", {"organisation": "City Fire", "amount": {"low": 40, "high": 40}, "on_duty": True}, ""),
        ("staff_strength", {"organisation": "Dock Guard", "amount": {"low": 7, "high": 7}, "on_duty": False}, ""),
        ("tow_capability", {"state": "refused", "by": "the tow firms"}, ""),
        ("service_level", {"partner": "ambulance crews", "level": "stopped"}, "Dixon Street"),
        ("deployment", {"organisation": "Red Cross", "task": "first aid"}, ""),
    )
    there = [text for text in found if text.startswith("There: ")]
    assert sorted(there) == ["There: City Fire: 40 staff, on duty at the operation", "There: Red Cross: first aid"]
    assert any(text.startswith("Service of ambulance crews stopped") for text in methane("Access"))
