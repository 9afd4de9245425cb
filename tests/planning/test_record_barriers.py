"""What the record says of barriers, gates and shut roads: named, placed, and where the ring of those placed is open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clearway.picture.index import PictureIndex
from clearway.picture.view import Moments, picture_of
from clearway.planning.cordon.seal.contract import SealQuestion
from clearway.planning.gazetteer import Gazetteer
from clearway.planning.record_barriers import RecordBarriers, record_barriers
from clearway.record.moments import calendar, moment_of
from clearway.record.open import open_record
from clearway.record.parse import draft_of
from clearway.record.place_text import places_of_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from clearway.network.model import Network

    Said = Callable[..., RecordBarriers]

NOW = moment_of("2022-03-01T12:00+13:00")
SQUARE = {
    "type": "Polygon",
    "coordinates": [
        [[174.7790, -41.2934], [174.7797, -41.2934], [174.7797, -41.2939], [174.7790, -41.2939], [174.7790, -41.2934]]
    ],
}
"""A block beside Tory Street in Te Aro."""


@pytest.fixture
def said(wellington: Network, tmp_path: Path) -> Said:
    """The barriers of a record with some entries: kind, body, places in words."""
    store, gazetteer = open_record(str(tmp_path / "room.record")), Gazetteer(wellington, (174.779, -41.293))
    days = calendar("Pacific/Auckland", "2022-02-20")

    def barriers(*entries: tuple[str, dict[str, Any], str], site: bool = True) -> RecordBarriers:
        for kind, body, where in entries:
            places = [place.model_dump(mode="json", exclude_none=True) for place in places_of_text(where)]
            told = {"kind": kind, "body": body, "places": places, "happened": NOW.isoformat(), "known": NOW.isoformat()}
            store.append("op", [draft_of(told, days, now=NOW, entered="imported")])
        picture = picture_of(store, PictureIndex(), "op", Moments(NOW, NOW), calendar=days)
        return record_barriers(picture, gazetteer, SealQuestion(site=SQUARE) if site else None)

    return barriers


BLOCKS = {"barrier": "concrete_block", "state": "standing"}


def test_streets_without_a_cross_street_are_named_and_not_placed_and_nothing_is_claimed(said: Said) -> None:
    found = said(("barrier_state", BLOCKS | {"amount": {"low": 5, "high": 5}}, "Tory Street; Vivian Street; Ghuznee Street"))
    assert (found.total, found.named, found.placed, found.seal) == (5, 3, 0, None)
    assert found.summary[0] == "3 of 5 barriers, gates and shut roads are named, none placed yet."
    assert found.summary[1].startswith("Nothing is claimed of their ring.")
    assert len(found.summary) == 2
    assert all(piece.note.endswith("Between which streets?") for piece in found.pieces)


def test_those_that_are_placed_are_checked_and_the_openings_are_named(said: Said) -> None:
    found = said(("barrier_state", BLOCKS, "Vivian Street at Tory Street, east side; Ghuznee Street"))
    assert (found.total, found.named, found.placed) == (2, 2, 1)
    assert found.seal is not None
    assert not found.seal.sealed
    assert found.summary[1].startswith("With 1 piece that is placed: Not sealed:")
    assert found.summary[2].startswith("The ring would be open at: ")
    assert found.summary[3].startswith("Nothing is claimed of the other 1.")


def test_what_is_removed_or_open_is_no_piece(said: Said) -> None:
    found = said(
        ("barrier_state", BLOCKS | {"state": "removed"}, "Vivian Street at Tory Street"),
        ("road_state", {"state": "open"}, "Tory Street between Vivian Street and Courtenay Place"),
        ("road_state", {"state": "restricted"}, "Tory Street between Vivian Street and Courtenay Place"),
        ("facility_state", {"facility": "Library", "state": "shut"}, "Vivian Street at Tory Street"),
    )
    assert (found.total, found.pieces) == (0, ())
    assert found.summary == ("The record says of no barrier, gate or shut road at this moment.",)


def test_gates_and_shut_parts_of_roads_are_pieces_and_a_name_is_no_spot(said: Said) -> None:
    found = said(
        ("gate_state", {"state": "restricted"}, "Ghuznee Street at Taranaki Street, west side"),
        ("road_state", {"state": "shut"}, "Tory Street between Vivian Street and Courtenay Place"),
        ("barrier_state", BLOCKS, "Roads near the library"),
        site=False,
    )
    assert (found.total, found.named, found.placed, found.seal) == (3, 3, 2, None)


def test_a_point_that_was_picked_is_placed_on_its_street_and_one_in_a_field_is_not(said: Said, wellington: Network) -> None:
    spot = Gazetteer(wellington).of(places_of_text("20 m east of Tory Street on Vivian Street")[0]).spot
    assert spot
    found = said(("barrier_state", BLOCKS, f"Gate 3 ({spot[1]}, {spot[0]}); Field (-41.27, 174.79)"))
    assert [piece.barrier is not None for piece in found.pieces] == [True, False]
    assert "is not on a street" in found.pieces[1].note
