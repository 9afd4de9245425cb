"""Tallies of vehicles and vehicles that are moved: what they refuse, what they add up to, what bars a street."""

from __future__ import annotations

from typing import Any

import pytest

from clearway.errors import BadInput
from clearway.record.kinds.vehicles import VehicleTally
from clearway.record.moments import calendar, moment_of
from clearway.record.parse import draft_of
from clearway.record.parts import Amount
from record.test_parse import SAMPLES

CALENDAR = calendar("Pacific/Auckland", "2022-02-08")
NOW = moment_of("2022-02-18T08:00Z")


def entered(kind: str, body: dict[str, Any], place: object = "Hill Street", **others: object) -> Any:  # noqa: ANN401 - a body
    said = {"kind": kind, "body": body, "happened": "day 11 morning", "place": place}
    return draft_of(said | others, CALENDAR, now=NOW).body


def n(low: float, high: float | None = None) -> Amount:
    return Amount(low=low, high=low if high is None else high)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ({}, "a number for one type at least: car, van"),
        ({"car": 3, "across": 4}, "4 vehicles stand across, of 3 in all"),
        ({"car": "2 to 3", "van": 1, "across": 5}, "5 vehicles stand across, of 4 in all"),
        ({"car": 6, "across": 2, "lane_moves": 3}, "lane moves are 3, of 2 vehicles that stand across"),
        ({"car": 6, "lane_moves": 7}, "lane moves are 7, of 6 vehicles that stand across"),
        ({"car": 6, "lanes_left": -1}, "lanes left"),
        ({"motorcycle": 6}, "has no field 'motorcycle'"),
    ],
)
def test_a_tally_that_cannot_be_right_is_refused_in_one_sentence(body: dict[str, Any], why: str) -> None:
    with pytest.raises(BadInput, match=why):
        entered("vehicle_tally", body)


def test_a_tally_at_the_edge_of_what_can_be_right_is_taken() -> None:
    tally = entered("vehicle_tally", {"car": "2 to 3", "van": 1, "across": 4, "lane_moves": 4})
    assert tally.total == Amount(low=3, high=4)
    assert entered("vehicle_tally", {"car": "at least 3", "across": 40}).total == Amount(low=3)


@pytest.mark.parametrize("place", [[], "Hill Street at Bowen Street", ["Hill Street", "Bowen Street"]])
def test_a_tally_is_of_one_stretch_of_street(place: object) -> None:
    with pytest.raises(BadInput, match="a tally is of one street or a part of it; give one place such as 'Hill Street between"):
        entered("vehicle_tally", {"car": 3}, place)
    assert entered("vehicle_tally", {"car": 3}, "Broadway").total == n(3)
    assert entered("vehicle_tally", {"car": 3}, "Hill Street between Bay Road and Park Lane").total == n(3)


@pytest.mark.parametrize(
    ("body", "bars"),
    [
        ({"car": 3}, True),
        ({"car": 3, "across": 0}, False),
        ({"car": 3, "across": 1}, True),
        ({"car": 3, "across": 1, "lanes_left": 0}, True),
        ({"car": 3, "across": 1, "lanes_left": 1}, False),
        ({"car": 0}, False),
        ({"car": "at least 3"}, True),
    ],
)
def test_a_street_is_barred_where_vehicles_may_stand_across_and_no_lane_is_known_to_be_left(
    body: dict[str, Any], bars: bool  # noqa: FBT001 - a case
) -> None:  # fmt: skip
    assert entered("vehicle_tally", body).bars_street is bars


def test_two_tallies_contradict_each_other_where_no_total_is_both() -> None:
    few, some, many = (VehicleTally(car=amount, van=n(1)) for amount in (n(3), n(3, 5), n(5)))
    assert [few.contradicts(some), few.contradicts(many), many.contradicts(few), some.contradicts(many)] == [
        False, True, True, False,
    ]  # fmt: skip


MOVED = SAMPLES["vehicle_moved"]


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"power": None}, "power"),
        ({"purpose": None}, "purpose"),
        ({"delete_by": None}, "delete by"),
        ({"vehicle": "ABC123"}, "vehicle"),
        ({"state": "moved", "moved_by": None}, "'moved_by', the office or firm"),
        ({"state": "stored", "moved_to": None}, "'moved_to', where it is now"),
    ],
)
def test_a_vehicle_that_is_moved_needs_purpose_power_and_a_date_of_deletion(changed: dict[str, Any], why: str) -> None:
    body = {name: value for name, value in (MOVED | changed).items() if value is not None}
    with pytest.raises(BadInput, match=why):
        entered("vehicle_moved", body)


def test_who_moved_a_vehicle_is_never_released_to_the_public() -> None:
    assert entered("vehicle_moved", MOVED, release="partners").state == "to_be_moved"
    with pytest.raises(BadInput, match="cannot be released to the public"):
        entered("vehicle_moved", MOVED, release="public")


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({"van": 1, "method": "walk_through"}, "1 vehicle (1 van), by a walk-through"),
        (
            {"bus": 2, "trailer": 1, "across": 0, "lanes_left": 2, "method": "phone"},
            "3 vehicles (2 buses, 1 trailer), 0 across the road, 2 lanes left for a fire engine, by phone",
        ),
        ({"bus": 1, "assumed": True}, "Assumed: 1 vehicle (1 bus)"),
        ({"car": "1 to 2", "camper": 0}, "1 to 2 vehicles (1 to 2 cars, 0 campers)"),
    ],
)
def test_a_tally_is_said_with_each_type_and_how_it_was_counted(body: dict[str, Any], says: str) -> None:
    assert entered("vehicle_tally", body).says(CALENDAR.zone) == says


@pytest.mark.parametrize(
    ("more", "stands", "part"),
    [
        ({}, "to be moved", ""),
        ({"tow": "1:T003"}, "to be moved", "tow 1:T003; "),
        ({"state": "disposed_of", "photos": ["ab" * 32]}, "disposed of", ""),
    ],
)
def test_of_a_vehicle_that_is_moved_is_said_what_became_of_it_and_never_its_plate(
    more: dict[str, Any], stands: str, part: str
) -> None:
    least = {"vehicle": "ab" * 32, "state": "to_be_moved", "purpose": "it stood across", "power": "a by-law"}
    said = entered("vehicle_moved", least | {"delete_by": "2022-03-01T00:00Z"} | more).says(CALENDAR.zone)
    photos = "; 1 photo" if "photos" in more else ""
    expected = f"Vehicle abababab {stands}; {part}it stood across; power: a by-law{photos}"
    assert said == f"{expected}; plate deleted by Tue 01 Mar 2022 13:00"


def test_a_tally_contradicts_tallies_alone() -> None:
    assert not VehicleTally(car=n(3)).contradicts(entered("remark", {"text": "no vehicle stands there"}))
