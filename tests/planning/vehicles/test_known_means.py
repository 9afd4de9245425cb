"""What the record and a file say together of what vehicles are moved with, and places in words."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from clearway.planning.vehicles.known_means import known_parking, known_towing
from clearway.planning.vehicles.offer.places import ParkingPlace, places_of
from clearway.planning.vehicles.told_places import parking_words, storage_words
from clearway.planning.vehicles.towing.means import Operator, StoragePlace, TowMeans

ZONE = ZoneInfo("Pacific/Auckland")
NOBODY = "nobody said what is done if a vehicle is broken into"


def yard(name: str = "yard", **fields: Any) -> StoragePlace:  # noqa: ANN401 - its fields
    return StoragePlace.model_validate({"id": name, "lon": 174.7, "lat": -41.2} | fields)


def park(name: str = "Field", **fields: Any) -> ParkingPlace:  # noqa: ANN401 - its fields
    (found,) = places_of({"places": [{"id": name, "name": name, "lon": 174.7, "lat": -41.2, "capacity": 1200} | fields]})
    return found


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, ("Nobody said how many fit, nobody said when it is open, nobody said whether it is secure, "
              f"nobody said how an owner gets a vehicle back, {NOBODY}.")),
        ({"capacity": 1300, "hours": "24/7", "secure": True, "release": "at the desk", "break_in": "call us"},
         "Room for 1,300, 24/7, secure, release: at the desk, if a vehicle is broken into: call us."),
        ({"capacity": 5, "hours": "24/7", "secure": True, "release": "at the desk", "tow_fee": 80, "break_in": "call us"},
         ("Room for 5, 24/7, secure, release: at the desk, an owner pays: tow NZD 80.00, "
          "if a vehicle is broken into: call us.")),
        ({"capacity": 0, "hours": "24/7", "secure": False, "release": "at the desk", "break_in": "call us",
          "assumed": ["capacity", "hours", "secure", "release", "break_in", "lon"]},
         ("Room for 0 (assumed), 24/7 (assumed), not secure (assumed), release: at the desk (assumed), "
          "if a vehicle is broken into: call us (assumed), its place on the map is assumed.")),
    ],
)  # fmt: skip
def test_a_storage_place_in_words(fields: dict[str, Any], words: str) -> None:
    assert storage_words(yard(**fields)) == words


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Room for 1,200, nobody said from when until when, nobody said whether one may drive back."),
        ({"starts": "2022-02-14T18:30+13:00", "come_back": True, "height_m": 2.1},
         "Room for 1,200, from Mon 14 Feb 2022 18:30, one may drive back, height at most 2.1 m."),
        ({"ends": "2022-02-14T18:30+13:00", "come_back": False, "hours": "24/7", "to": "all", "surface": "grass",
          "assumed": ["ends", "come_back", "hours", "to", "surface", "lat"]},
         ("Room for 1,200, until Mon 14 Feb 2022 18:30 (assumed), 24/7 (assumed), for all (assumed), "
          "one may not drive back (assumed), grass (assumed), its place on the map is assumed.")),
        ({"starts": "2022-02-14T18:30+13:00", "assumed": ["starts"]},
         "Room for 1,200, from Mon 14 Feb 2022 18:30 (assumed), nobody said whether one may drive back."),
        ({"height_m": 3, "assumed": ["capacity", "height_m", "starts"]},
         ("Room for 1,200 (assumed), nobody said from when until when, nobody said whether one may drive back, "
          "height at most 3 m (assumed).")),
    ],
)  # fmt: skip
def test_a_place_to_park_in_words(fields: dict[str, Any], words: str) -> None:
    assert parking_words(park(**fields), ZONE) == words


def test_of_places_that_both_name_the_record_counts_and_that_is_said() -> None:
    recorded, given = [park("Field", capacity=5)], [park("field", capacity=9), park("Stadium")]
    places, of_file, notes = known_parking(recorded, ["A note."], given)
    assert [(one.id, one.capacity) for one in places] == [("Field", 5), ("Stadium", 1200)]
    assert of_file == {"Stadium"}
    assert notes == ("A note.", "Of field the record and the server's file both speak: what the record says counts.")
    assert known_parking(recorded, [], []) == (tuple(recorded), frozenset(), ())
    assert known_parking([], [], given[1:]) == ((given[1],), frozenset({"Stadium"}), ())


def test_means_of_a_file_stand_beside_those_of_the_record_and_its_trucks_start_at_a_place_by_its_name_now() -> None:
    recorded = TowMeans(storage=(yard("North Yard"),), operators=(Operator(id="A", hours="24/7"),))
    given = TowMeans(
        storage=(yard("north  yard"), yard("Quay")),
        operators=(Operator(id="a"), Operator(id="B", storage="north  yard"), Operator(id="C", storage="Quay")),
        escorts=2, hook_minutes={"car": 5},
    )  # fmt: skip
    found = known_towing(recorded, ["A note."], given)
    assert [one.id for one in found.means.storage] == ["North Yard", "Quay"]
    assert [(one.id, one.hours, one.storage) for one in found.means.operators] == [
        ("A", "24/7", None), ("B", None, "North Yard"), ("C", None, "Quay"),
    ]  # fmt: skip
    assert found.of_file == {"B", "C", "Quay"}
    assert (found.means.escorts, found.means.hook_minutes) == (2, {"car": 5})
    assert found.notes == (
        "A note.",
        "Of a and north  yard the record and the server's file both speak: what the record says counts.",
    )
    assert known_towing(recorded, [], None) == (recorded, frozenset(), ())
    assert known_towing(TowMeans(), [], given).notes == ()
