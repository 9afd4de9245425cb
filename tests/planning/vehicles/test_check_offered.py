"""The checker of offers to park elsewhere on one answer that is made by hand: each of its bounds, and the words that it says.

Main Street leads east in blocks of 600 and three of 500 m, Side Street north off its middle. Four vehicles stand on the third
block, which is one-way eastward: two go north, two west through gate W.
"""

from __future__ import annotations

import copy
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from clearway.errors import BadInput
from clearway.network.store import network_digest
from clearway.planning.vehicles.offer.check import check_offered
from clearway.planning.vehicles.offer.check.claim import read_claim
from clearway.planning.vehicles.offer.places import places_of
from clearway.planning.vehicles.offer.planning import OfferQuestion, offered
from clearway.planning.vehicles.tally import Stretch
from drawn_towns import Town, place
from forgeries import fields_of, spoiled_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clearway.network.model import Network

Document = dict[str, Any]
Where = tuple[str | int, ...]
THIRD, SIDE = 2, 4
WEST_SENDS, NORTH_SEND, QUEUE_W, QUEUE_WEST, QUEUE_NORTH = (0, 1), 2, 0, 1, 2


@pytest.fixture(scope="module")
def town() -> Network:
    return streets()


def streets(*banned: list[int]) -> Network:
    """With turns that nobody may make."""
    drawn = Town()
    for start, end in ((-100.0, 500.0), (500.0, 1000.0), (1000.0, 1500.0), (1500.0, 2000.0)):
        drawn.street((start, 0.0), (end, 0.0), name="Main Street", speed_kmh=36.0)
    drawn.street((1000.0, 0.0), (1000.0, 500.0), name="Side Street", speed_kmh=36.0)
    for arcs in banned:
        drawn.draft.turn(arcs)
    network = drawn.network()
    permit, speed = network.arc_permit.copy(), network.arc_speed_kmh.copy()
    permit[2 * THIRD + 1], speed[:, 2 * THIRD + 1] = 0, 0.0
    return replace(network, arc_permit=permit, arc_speed_kmh=speed)


def shut(way: int, at_m: float, ms: int | None, *, along: bool = True, against: bool = True) -> Document:
    return {"way": way, "at_m": at_m, "along": along, "against": against, "ms": ms}


def queue(at: str, number: int | None, rate: float | None, vehicles: int, longest: int, last_s: int) -> Document:
    return {
        "at": at, "place": number, "per_minute": rate, "vehicles": vehicles, "longest": longest, "late": 0, "last_s": last_s,
    }  # fmt: skip


def gate(label: str, rate: float | None, wait_ms: int, *points: Document) -> Document:
    """Its points are passed as they are shut."""
    shown = [{name: one[name] for name in ("way", "at_m", "along", "against")} for one in points]
    return {"label": label, "points": shown, "per_minute": rate, "wait_ms": wait_ms, "shuts_s": None}


@pytest.fixture(scope="module")
def made(town: Network) -> Document:
    """By hand: 250 m at 20 km/h to the corner are 45 s, all else is 10 m a second.

    North: 39.5 s more, and one a second gets in: at 85.5 and 86.5 s. West: 29.5 s to the gate, which opens in 20 s and takes
    one every 10 s: through at 94.5 and 104.5 s, and after 60 s more and the entrance at 155.5 and 165.5 s.
    """
    to_west = {
        "stretch": 0, "place": 0, "vehicles": 1, "drive_s": 155, "arcs": [5, 3, 1], "gates": ["W"], "comes_back": False,
        "streets": ["Main Street"],
    }  # fmt: skip
    field = {"at_m": 205.0, "per_minute": 60.0, "shuts_s": None, "come_back": True}
    leaver = {"stretch": "third", "ways": [THIRD], "way": THIRD, "at_m": 250.0, "vehicles": 4, "tall": 1}
    return {
        "network": network_digest(town),
        "at": None,
        "vehicles": 4,
        "sent": 4,
        "left": 0,
        "late": 0,
        "total_s": 480,
        "places": [
            field | {"name": "west", "way": 0, "room": 9, "tall": True},
            field | {"name": "north", "way": SIDE, "at_m": 395.0, "room": 2, "tall": False},
        ],
        "place_prices": [0.0, -70.0],
        "leavers": [leaver | {"price": 155.0, "tall_price": 155.0}],
        "drives": [
            {"stretch": 0, "place": 0, "seconds": 155, "back_seconds": None},
            {"stretch": 0, "place": 1, "seconds": 85, "back_seconds": 65},
        ],
        "sends": [
            to_west | {"tall": False},
            to_west | {"tall": True},
            to_west | {"place": 1, "vehicles": 2, "tall": False, "drive_s": 85, "arcs": [5, 8], "gates": [], "comes_back": True}
            | {"streets": ["Main Street", "Side Street"]},
        ],
        "queues": [
            queue("W", None, 6.0, 2, 2, 105),
            queue("west", 0, 60.0, 2, 1, 166),
            queue("north", 1, 60.0, 2, 2, 87),
        ],
        "empty_s": 166,
        "shut": [shut(1, 205.0, 20_000)],
        "shut_back": [shut(1, 205.0, None)],
        "gates": [gate("W", 6.0, 20_000, shut(1, 205.0, 0, along=False))],
    }  # fmt: skip


def said(town: Network, document: Document, changes: Mapping[Where, object]) -> list[str]:
    """What the checker says against it with some values changed."""
    for where, value in changes.items():
        document = spoiled_at(document, where, value)
    return check_offered(town, document)[1]


def test_it_holds(town: Network, made: Document) -> None:
    assert check_offered(town, made) == (["4 vehicles fit, and as many cannot be sent with less driving."], [])


def test_a_stretch_is_left_both_ways_whatever_its_sign_says(made: Document) -> None:
    """Signed westward in place of eastward: whoever drives east then takes 20 km/h as well."""
    network = streets()
    for way_in, way_out in ((4, 5), (5, 4)):
        permit, speed = network.arc_permit.copy(), network.arc_speed_kmh.copy()
        permit[way_out], speed[:, way_out] = permit[way_in] or permit[0], 36.0
        permit[way_in], speed[:, way_in] = 0, 0.0
        network = replace(network, arc_permit=permit, arc_speed_kmh=speed)
        other = {"name": "east", "way": 3, "at_m": 245.0, "room": 2, "tall": False}
        changes: dict[Where, object] = {("network",): network_digest(network), ("places", 1): made["places"][1] | other}
        found = said(network, made, changes)
        assert f"From third to east it takes {70 if way_in == 4 else 50} s, not 85." in found


def test_a_turn_that_nobody_may_make_is_part_of_no_drive(made: Document) -> None:
    for arcs, sends in (([5, 3], 2), ([3, 1], 2), ([5, 3, 1], 2), ([5, 8], 1), ([3, 5], 0)):
        network = streets(arcs)
        found = said(network, made, {("network",): network_digest(network)})
        assert sum(one.endswith("cannot be driven as described.") for one in found) == sends, arcs


NO_WAY = "It names a way that the network does not have."
PARTED = "the way from third to west"
DEAR = "The prices come to {} s and the drives to {} s: another sending may take less."


@pytest.mark.parametrize(
    ("changes", "sentences"),
    [
        ({("places", 0, "way"): 5}, [NO_WAY]), ({("leavers", 0, "way"): 5}, [NO_WAY]),
        ({("leavers", 0, "ways"): [2, 5]}, [NO_WAY]), ({("sends", 0, "arcs"): [5, 10]}, [NO_WAY]),
        ({("shut", 0, "way"): 5}, [NO_WAY]), ({("shut_back", 0, "way"): 5}, [NO_WAY]),
        ({("shut",): [shut(5, 1.0, None)]}, [NO_WAY]), ({("shut_back",): [shut(5, 1.0, 0)]}, [NO_WAY]),
        ({("gates", 0, "points", 0, "way"): 5}, [NO_WAY]),
        ({("network",): "0" * 64}, ["It was made on another network. Check it on the network that it was made on."]),
        # drives
        ({("drives", 0, "back_seconds"): 115}, [
            "From west back to third it takes None s, not 115.",
            *["Whether one may come back from west is not as the offer and the gates say."] * 2]),
        ({("drives", 1, "back_seconds"): 66}, ["From north back to third it takes 65 s, not 66."]),
        ({("sends", 0, "drive_s"): 156, ("total_s",): 481}, [
            "The way from third to west, as described, takes 155 s, not 156.",
            "A drive from third takes another time than its send says.", DEAR.format(480, 481)][:2]),
        *(({("shut",): [shut(1, 205.0, 20_000), one]}, [
            "From third to west it takes None s, not 155.", *["The way from third to west cannot be driven as described."] * 2])
          for one in (shut(1, 300.0, None, along=False), shut(0, 400.0, None))),
        ({("sends", 0, "arcs"): [5, 1]}, ["The way from third to west cannot be driven as described."]),
        ({("sends", 0, "arcs"): [5]}, ["The way from third to west cannot be driven as described."]),
        ({("sends", 0, "arcs"): [3, 1]}, ["The way from third to west cannot be driven as described."]),
        ({("sends", 0, "arcs"): [5, 3]}, ["The way from third to west cannot be driven as described."]),
        ({("sends", 0, "arcs"): [5, 3, 0]}, ["The way from third to west cannot be driven as described."]),
        ({("sends", 0, "arcs"): [5, 8, 9, 3, 1], ("sends", 0, "streets"): ["Main Street", "Side Street", "Main Street"]}, [
            "The way from third to west, as described, takes 255 s, not 155."]),
        ({("sends", 2, "streets"): ["Side Street"]}, ["The way from third to north leads along other streets than it says."]),
        # who is sent
        ({("leavers", 0, "tall"): 0, ("leavers", 0, "price"): 155.0}, ["Third sends 1 vehicles and has 0."]),
        ({("leavers", 0, "tall"): 2}, ["Third sends 3 vehicles and has 2."]),
        ({("places", 0, "room"): 2}, []), ({("places", 0, "room"): 1}, ["West gets 2 vehicles and has room for 1."]),
        ({("places", 0, "tall"): False}, ["Tall vehicles do not get into west."]),
        ({("sends", 2, "comes_back"): None}, ["Whether one may come back from north is not as the offer and the gates say."]),
        ({("sends", 0, "comes_back"): True}, ["Whether one may come back from west is not as the offer and the gates say."]),
        ({("places", 1, "come_back"): None, ("sends", 2, "comes_back"): None}, []),
        ({("places", 0, "come_back"): None}, []),
        # sums
        ({("vehicles",): 5}, ["It counts 5 vehicles, 4 sent; there are 4, 4 sent."]),
        ({("sent",): 3}, ["It counts 4 vehicles, 3 sent; there are 4, 4 sent."]),
        ({("total_s",): 483}, ["All drives together take 480 s, not 483.", DEAR.format(480, 483)]),
        ({("total_s",): 481}, ["All drives together take 480 s, not 481."]),
        # prices
        ({("place_prices",): [0.01, -70.0]}, []), ({("queues",): []}, [
            "2 vehicles pass W, not 0.", "2 vehicles pass north, not 0.", "2 vehicles pass west, not 0.",
            "The last has not parked when it says."]),
        ({("place_prices",): [0.02, -70.03], ("leavers", 0, "price"): 154.97, ("leavers", 0, "tall_price"): 154.97}, [
            "A space has a price above 0."]),
        ({("leavers", 0, "price"): 155.005}, []), ({("leavers", 0, "tall_price"): 155.005}, []),
        ({("leavers", 0, "price"): 155.02}, [
            "The prices of third and west exceed the drive.", "The prices of third and north exceed the drive."]),
        ({("leavers", 0, "tall_price"): 155.02}, ["The prices of tall vehicles of third and west exceed the drive."]),
        ({("leavers", 0, "tall_price"): 154.5}, []), ({("leavers", 0, "tall_price"): 153.5}, [DEAR.format(478, 480)]),
        ({("leavers", 0, "price"): 1_000_001.0, ("drives", 0, "seconds"): 2_000_000, ("drives", 1, "seconds"): 2_000_000}, [
            "From third to west it takes 155 s, not 2000000.", "From third to north it takes 85 s, not 2000000.",
            "A drive from third takes another time than its send says.",
            "A drive from third takes another time than its send says.",
            "A drive from third takes another time than its send says.",
            "A vehicle of third has a price above that of leaving it.", DEAR.format(3_000_018, 480)]),
        # queues
        ({("late",): 1}, ["It counts another number of vehicles that come too late."]),
        ({("empty_s",): 167}, ["The last has not parked when it says."]),
        ({("empty_s",): None}, ["The last has not parked when it says."]),
        ({("queues", 0, "longest"): 1}, [
            "At W 2 stand in line and the last is through after 105 s, not 1 and 105 s."]),
        ({("queues", 2, "last_s"): 86}, ["At north 2 stand in line and the last is through after 87 s, not 2 and 86 s."]),
        ({("queues", 0, "vehicles"): 1}, ["2 vehicles pass W and 0 come too late, not 1 and 0."]),
        ({("queues", 0, "late"): 1, ("late",): 1}, ["2 vehicles pass W and 0 come too late, not 2 and 1."]),
        ({("queues", 0, "per_minute"): 7.0}, ["7.0 vehicles a minute do not pass W."]),
        ({("queues", 1, "per_minute"): None}, ["None vehicles a minute do not pass west."]),
        ({("queues", 0, "at"): "X"}, ["X is not a gate.", "2 vehicles pass W, not 0.", "0 vehicles pass X, not 2."]),
        ({("queues", 1, "at"): "north"}, [
            "North is not the entrance of west.", "2 vehicles pass west, not 0.", "0 vehicles pass north, not 2."]),
        ({("sends", 0, "gates"): []}, ["The way from third to west leads through ['W'], not none."]),
        ({("sends", 2, "gates"): ["W"]}, ["The way from third to north leads through no gate, not ['W']."]),
        # when gates and places shut, to the second
        ({("gates", 0, "shuts_s"): 105}, []), ({("places", 0, "shuts_s"): 166}, []), ({("places", 1, "shuts_s"): 87}, []),
        ({("gates", 0, "shuts_s"): 104}, [
            "1 vehicles pass W and 1 come too late, not 2 and 0.", "1 vehicles pass west and 0 come too late, not 2 and 0."]),
        ({("places", 0, "shuts_s"): 165}, ["1 vehicles pass west and 1 come too late, not 2 and 0."]),
        ({("places", 1, "shuts_s"): 85}, ["0 vehicles pass north and 2 come too late, not 2 and 0."]),
    ],
)  # fmt: skip
def test_exactly_what_is_wrong_is_said(
    town: Network, made: Document, changes: Mapping[Where, object], sentences: list[str]
) -> None:
    assert said(town, made, changes) == sentences


def test_a_gate_is_passed_where_it_stands_between_the_ends_of_a_drive_and_the_way_that_it_is_open(
    town: Network, made: Document
) -> None:
    other = [
        shut(2, 250.0, 0), shut(0, 205.0, 0), shut(4, 395.0, 0), shut(2, 300.0, 0), shut(0, 150.0, 0),
        shut(1, 300.0, 0, against=False), shut(3, 100.0, 0),
    ]  # fmt: skip
    for one in other:
        assert said(town, made, {("gates",): [*made["gates"], gate("E", 6.0, 0, one)]}) == [], one
    for one in (shut(2, 249.0, 0), shut(0, 206.0, 0, along=False), shut(4, 394.0, 0, against=False)):
        assert said(town, made, {("gates",): [*made["gates"], gate("E", 6.0, 0, one)]}) != [], one
    twice = gate("W", 6.0, 20_000, shut(1, 205.0, 0, along=False), shut(1, 100.0, 0, along=False))
    assert said(town, made, {("gates",): [twice]}) == [], "the points of one gate, one behind the other, are passed once"
    assert "Two gates have one name." in said(town, made, {("gates",): [twice, *made["gates"]]})


def test_two_gates_on_one_street_are_passed_in_their_order(town: Network, made: Document) -> None:
    """E lies 20 m behind W and takes one every 10 s as well: 2 s later, through after 10 s more."""
    gates = [gate("E", 6.0, 0, shut(1, 185.0, 0, along=False)), *made["gates"]]
    changes: dict[Where, object] = {("gates",): gates, ("sends", 0, "gates"): ["W", "E"], ("sends", 1, "gates"): ["W", "E"]}
    assert said(town, made, changes) == [
        "2 vehicles pass E, not 0.",
        "At west 1 stand in line and the last is through after 176 s, not 1 and 166 s.",
    ]
    changes[("queues",)] = [
        made["queues"][0],
        queue("E", None, 6.0, 2, 1, 117),
        queue("west", 0, 60.0, 2, 1, 176),
        made["queues"][2],
    ]
    assert said(town, made, changes | {("empty_s",): 176}) == []
    assert said(town, made, changes | {("empty_s",): 176, ("sends", 0, "gates"): ["E", "W"]}) == [
        "The way from third to west leads through ['W', 'E'], not ['E', 'W']."
    ]


def test_a_point_without_a_rate_stops_nobody_and_is_no_gate_of_a_drive(town: Network, made: Document) -> None:
    """Each waits 20 s there alone: both are through after 95 s and stand before the entrance at once."""
    changes: dict[Where, object] = {
        ("gates", 0, "per_minute"): None, ("sends", 0, "gates"): [], ("sends", 1, "gates"): [],
        ("queues", 0): queue("W", None, None, 2, 2, 95), ("queues", 1): queue("west", 0, 60.0, 2, 2, 157), ("empty_s",): 157,
    }  # fmt: skip
    assert said(town, made, changes) == []
    assert said(town, made, changes | {("gates", 0, "wait_ms"): 0}) == [
        "At W 2 stand in line and the last is through after 75 s, not 2 and 95 s.".replace("W 2", "W 0"),
        "At west 2 stand in line and the last is through after 137 s, not 2 and 157 s.",
    ]


def test_vehicles_that_are_left_count_a_million_seconds(town: Network, made: Document) -> None:
    """Without a place in the west three vehicles are left, each as dear as that."""
    changes: dict[Where, object] = {
        ("places", 0, "room"): 0, ("sends",): [made["sends"][NORTH_SEND]], ("queues",): [made["queues"][QUEUE_NORTH]],
        ("sent",): 2, ("left",): 2, ("total_s",): 170, ("empty_s",): 87, ("place_prices",): [-999_845.0, -999_915.0],
        ("leavers", 0, "price"): 1_000_000.0, ("leavers", 0, "tall_price"): 1_000_000.0,
    }  # fmt: skip
    assert said(town, made, changes) == []
    assert said(town, made, changes | {("leavers", 0, "tall_price"): 1_000_000.005}) == []
    dear = "A vehicle of third has a price above that of leaving it."
    assert said(town, made, changes | {("leavers", 0, "tall_price"): 1_000_000.02, ("place_prices", 0): -999_845.02}) == [dear]
    assert said(town, made, changes | {("left",): 3})[0] == "It counts 4 vehicles, 2 sent; there are 4, 2 sent."

    at_most = {("leavers", 0, "tall_price"): 1_000_000.01, ("place_prices",): [-999_845.01, -999_915.0]}
    assert said(town, made, changes | at_most) == []


def test_a_stretch_that_nobody_can_leave_is_left_and_takes_none_of_what_others_send(town: Network, made: Document) -> None:
    last = made["leavers"][0] | {"stretch": "last", "ways": [3], "way": 3, "vehicles": 2, "tall": 0, "price": 1_000_000.0}
    changes: dict[Where, object] = {
        ("leavers",): [*made["leavers"], last], ("vehicles",): 6, ("left",): 2,
        ("shut",): [*made["shut"], shut(3, 100.0, None), shut(3, 400.0, None)],
        ("drives",): [
            *made["drives"], {"stretch": 1, "place": 0, "seconds": None, "back_seconds": None},
            {"stretch": 1, "place": 1, "seconds": None, "back_seconds": 115},
        ],
    }  # fmt: skip
    assert said(town, made, changes) == []
    assert said(town, made, changes | {("leavers",): [*made["leavers"], last | {"price": 999_990.0}]}) == [
        DEAR.format(2_000_460, 2_000_480)
    ]


def test_who_comes_too_late_is_counted_where_they_stand_and_has_not_parked(town: Network, made: Document) -> None:
    """Two a second get in at the north until 85 s: the one at 85 s in time. Nobody does at 84 s, nor in the west at 155 s."""
    rate: dict[Where, object] = {("places", 1, "per_minute"): 120.0, ("places", 1, "shuts_s"): 85, ("late",): 1}
    late = made["queues"][QUEUE_NORTH] | {"per_minute": 120.0, "vehicles": 1, "late": 1, "last_s": 85}
    assert said(town, made, rate | {("queues", 2): late}) == []
    none = {"vehicles": 0, "longest": 2, "late": 2, "last_s": 0}
    west: dict[Where, object] = {("places", 0, "shuts_s"): 155, ("queues", 1): made["queues"][QUEUE_WEST] | none, ("late",): 2}
    assert said(town, made, west | {("empty_s",): 87}) == []
    north: dict[Where, object] = {("places", 1, "shuts_s"): 84, ("queues", 2): made["queues"][QUEUE_NORTH] | none}
    assert said(town, made, west | north | {("late",): 4, ("empty_s",): None}) == []


def test_a_queue_that_is_told_twice_is_refused(town: Network, made: Document) -> None:
    found = said(town, made, {("queues",): [*made["queues"], made["queues"][0]]})
    assert found == ["One queue stands there twice."]


def test_who_would_leave_from_another_street_is_refused(town: Network, made: Document) -> None:
    assert "Drives from third begin elsewhere." in said(town, made, {("leavers", 0, "ways"): [1]})


def test_no_more_is_told_than_anybody_reads(town: Network, made: Document) -> None:
    assert len(said(town, made, {("sends",): [made["sends"][0] | {"gates": [], "arcs": [5, 1]}] * 30})) == 20


def test_streets_of_a_drive_are_told_as_far_as_a_driver_remembers_them_and_a_drive_of_no_length_takes_no_time() -> None:
    drawn = Town()
    for number in range(14):
        drawn.street((500.0 * number, 0.0), (500.0 * number + 500.0, 0.0), name=f"Street {number}", speed_kmh=36.0)
    chain = drawn.network()
    field = {"capacity": 1, "per_minute": 6.0}
    ends = {"near": place(750.0, 0.0), "far": place(6900.0, 0.0)}
    parks = places_of(
        {"places": [field | {"id": name, "name": name, "lon": lon, "lat": lat} for name, (lon, lat) in ends.items()]}
    )
    found = offered(chain, OfferQuestion((Stretch("first", (1,), {"car": 2}, 2, 0, 2),), parks))
    document = found.as_json()
    near, far = sorted(found.sends, key=lambda one: one.drive_s)
    assert far.streets == tuple(f"Street {number}" for number in range(1, 13))
    assert (near.drive_s, [one.last_s for one in found.queues if one.at == "near"]) == (0, [10])
    assert check_offered(chain, document)[1] == []
    at = found.sends.index(far)
    for streets in (far.streets[:11], [*far.streets, "Street 13"]):
        assert check_offered(chain, spoiled_at(document, ("sends", at, "streets"), streets))[1] == [
            "The way from first to far leads along other streets than it says."
        ]


FIGURES = {"at_m", "price", "tall_price", "per_minute", "place_prices"}
NAMES = {"network", "at", "name", "label", "stretch", "streets", "gates"}


def test_each_field_is_read_as_what_it_is(made: Document) -> None:
    """Left out, or of another kind: it is refused; a number may be a fraction where it is no count."""
    document = copy.deepcopy(made)
    document["gates"][0]["shuts_s"] = document["places"][0]["shuts_s"] = 900
    read_claim(document)
    fields = [*fields_of(document)]
    assert len(fields) > 80
    for where, value in fields:
        if isinstance(where[-1], str):
            with pytest.raises(BadInput, match=r"is damaged|is not an answer"):
                read_claim(spoiled_at(document, where))
        if not isinstance(value, int | float) or isinstance(value, bool):
            continue
        is_figure = bool(FIGURES & {*where[-2:]})
        wrong: list[object] = ["1", True, float("nan") if is_figure else 1.5]
        wrong += [] if is_figure else [-1, 2**31]
        for one in wrong:
            with pytest.raises(BadInput, match="is damaged"):
                read_claim(spoiled_at(document, where, one))
    for where in (("places", 0, "per_minute"), ("queues", 0, "per_minute"), ("gates", 0, "per_minute")):
        with pytest.raises(BadInput, match="is not a number above 0"):
            read_claim(spoiled_at(document, where, 0))
        assert read_claim(spoiled_at(document, where, 0.5))


def test_the_moment_is_a_time_or_none(made: Document) -> None:
    assert read_claim(made).at is None
    assert read_claim(spoiled_at(made, ("at",), "2022-02-16T12:00+13:00")).at == datetime.fromisoformat(
        "2022-02-16T12:00+13:00"
    )
    with pytest.raises(BadInput, match="is damaged"):
        read_claim(spoiled_at(made, ("at",), "noon"))


def test_places_and_stretches_are_told_by_numbers_that_there_are(made: Document) -> None:
    for where, least in (
        (("sends", 0, "place"), 2), (("sends", 0, "stretch"), 1), (("drives", 1, "place"), 2), (("drives", 1, "stretch"), 1),
        (("queues", 1, "place"), 2), (("leavers", 0, "tall"), 5),
    ):  # fmt: skip
        with pytest.raises(BadInput, match="is damaged"):
            read_claim(spoiled_at(made, where, least))
        if where[0] != "drives" and least > 1:
            read_claim(spoiled_at(made, where, least - 1))
    for document in (spoiled_at(made, ("drives", 1)), spoiled_at(made, ("drives", 1, "place"), 0)):
        with pytest.raises(BadInput, match="does not say how far each place is from each stretch"):
            read_claim(document)
    assert np.isclose(read_claim(made).places[1].price, -70.0)
