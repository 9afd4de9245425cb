"""What the lists of access hold, one figure at a time: rows of addresses, legs of routes, dead ends, drives to hospital."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clearway.network.classes import class_mask
from clearway.network.closures import Closure
from clearway.network.model import NEVER_MS
from clearway.planning.access.planner.address_proof import Timed, address_proof
from clearway.planning.access.planner.report import assess_access, assess_services
from clearway.planning.access.planner.services import Service, Staffed
from clearway.planning.access.planner.stations import Station
from clearway.planning.access.planner.timing import AccessTimer, slowest_s
from clearway.planning.access.planner.together import station_name
from clearway.planning.access.planner.trip import drives_to, hospitals_on
from clearway.planning.access.planner.vehicles import Vehicle
from clearway.planning.street_names import StreetNames
from drawn_towns import Town, place

if TYPE_CHECKING:
    from clearway.network.model import Network

EVERYBODY, HELP = 127, class_mask(["emergency"])
FIRE = Service("fire", ("fire_station",))


def fire(x: float, y: float = 0.0, *, name: str = "Fire", turnout_s: float | None = None) -> Station:
    return Station(name, "fire_station", *place(x, y), turnout_s)


def row(blocks: int = 3) -> Town:
    """Blocks of 100 m in a row, each a street of its own with a house amid it."""
    town = Town()
    for block in range(blocks):
        way = town.street((100.0 * block, 0.0), (100.0 * block + 100.0, 0.0), name=f"Street {block}", speed_kmh=36.0)
        town.draft.address(way, 50.0, label=f"House {block}")
    return town


def test_a_row_says_who_was_reached_and_who_is_and_from_where() -> None:
    town = row(2)
    town.draft.address(town.street((0.0, 300.0), (100.0, 300.0), name="Island"), 50.0, label="Island")
    report = assess_services(
        AccessTimer(town.network()), [Staffed(FIRE, (fire(1.0),))], closures=[Closure(1, EVERYBODY, label="block")]
    )
    rows = list(report.rows())
    assert [(one.label, one.reached_before, one.reached_after) for one in rows] == [
        ("House 0", True, True), ("House 1", True, False), ("Island", False, False),
    ]  # fmt: skip
    assert [(one.station_before, one.station_after) for one in rows] == [("Fire", "Fire"), ("Fire", None), (None, None)]
    assert [one.cut_off_by for one in rows] == [(), ("block",), ()]
    assert [one.seconds_before is None for one in rows] == [False, False, True]


def test_the_first_house_of_all_names_its_station_when_it_is_come_to_by_a_street() -> None:
    network = row(2).network()
    timing = AccessTimer(network).before((fire(199.0, name="East"), fire(190.0, name="Nearer", turnout_s=60.0)), "emergency")
    assert [station_name(timing, house) for house in range(2)] == ["East", "East"]
    assert timing.station.tolist() == [0, 0]


def test_the_slowest_of_several_services_is_given_in_whole_seconds_rounded_up() -> None:
    """House 1 stands 149 m from the western station and 51 m from the eastern one, at 12 m/s."""
    timer = AccessTimer(row(2).network())
    both = [timer.before((fire(x),), "emergency") for x in (1.0, 201.0)]
    assert slowest_s(both).tolist() == [13, 13]  # 151 m and 149 m
    shut = timer.after((fire(1.0),), "emergency", [Closure(1, EVERYBODY)])
    assert slowest_s([shut, both[1]]).tolist() == [13, -1]


def test_legs_have_metres_to_a_decimal_and_seconds_to_three() -> None:
    timer = AccessTimer(row().network())
    before = timer.before((fire(1.26, turnout_s=5.0),), "emergency")
    timed = Timed(FIRE, timer.network, None, before, before)
    (proof,) = address_proof(StreetNames(timer.network), timer, [timed], 2).services
    assert proof.after is not None
    assert [leg.metres for leg in proof.after.legs] == [98.7, 100.0, 50.0]
    assert proof.after.metres == 248.7
    assert [leg.ways for leg in proof.after.legs] == [(0,), (1,), (2,)]
    assert (proof.after.turnout_seconds, proof.after.gate_seconds) == (5.0, 0.0)
    for seconds in (proof.after.seconds, *(leg.seconds for leg in proof.after.legs)):
        assert seconds == round(seconds, 3)
    assert sum(leg.seconds for leg in proof.after.legs) == pytest.approx(proof.after.seconds - 5.0)


def test_the_longest_dead_end_comes_first() -> None:
    """A cross whose arms are shut 60, 90 and 75 m from its middle."""
    town = Town()
    for number, end in enumerate(((100.0, 0.0), (0.0, 100.0), (-100.0, 0.0), (0.0, -100.0))):
        town.street((0.0, 0.0), end, name=f"Arm {number}")
        town.street(end, (end[0] * 2, end[1] * 2), name=f"Far {number}")
        town.street((end[0] * 2, end[1] * 2), (end[0] * 2 + 50, end[1] * 2 + 50), name="Side")
        town.street((end[0] * 2, end[1] * 2), (end[0] * 2 - 50, end[1] * 2 + 50), name="Side")
    town.draft.address(0, 10.0)
    closures = [Closure(way, EVERYBODY, at_m=at_m, label=f"{at_m:g}") for way, at_m in ((0, 60.0), (4, 90.0), (8, 75.0))]
    answer = assess_access(AccessTimer(town.network()), (fire(0.0, -50.0),), service=FIRE, closures=closures).answer()
    assert [one.closure for one in answer.dead_ends] == ["90", "75", "60"]
    assert [one.length_m for one in answer.dead_ends] == pytest.approx([90, 75, 60], abs=0.1)


def test_a_limit_on_the_very_first_street_along_it_is_one_along_it() -> None:
    town = row(2)
    town.draft.limit(0, 3.0, classes=HELP, arc=0)
    network = town.network()
    service = Service("fire", ("fire_station",), vehicle=Vehicle(height_m=3.5))
    from_west = assess_access(AccessTimer(network), (fire(-1.0),), service=service)
    assert [(one.way, one.at_m, one.along, one.against, one.most) for one in from_west.fit.tight] == [
        (0, None, True, False, 3.0)
    ]
    assert from_west.answer().too_tight[0].way_indexes == (0,)


def hospital_ms(network: Network, spot: tuple[float, float], *closures: Closure) -> list[float | None]:
    """Seconds from each house to a hospital."""
    timer = AccessTimer(network)
    timing = timer.after((fire(1.0),), "emergency", closures)
    ms = drives_to(timing, hospitals_on(timing.graph, [Station("H", "hospital", *place(*spot))])).ms
    return [None if one == NEVER_MS else round(one / 1000, 1) for one in ms.tolist()]


def test_patients_are_driven_back_over_every_corner_the_first_one_too() -> None:
    """At 12 m/s; the hospital stands 30 m up a lane at the first corner of all."""
    town = row()
    town.street((0.0, 0.0), (0.0, 100.0), name="Lane", speed_kmh=36.0)
    network = town.network()
    assert hospital_ms(network, (0.0, 30.0)) == pytest.approx([80 / 12, 180 / 12, 280 / 12], abs=0.1)
    # on the street of a house, before it and behind it
    assert hospital_ms(network, (120.0, 0.0)) == pytest.approx([70 / 12, 30 / 12, 130 / 12], abs=0.1)
    assert hospital_ms(network, (150.0, 0.0))[1] == 0.0
    shut = Closure(1, EVERYBODY, at_m=40.0)
    assert hospital_ms(network, (120.0, 0.0), shut) == [pytest.approx(70 / 12, abs=0.1), None, None]
    held = Closure(1, EVERYBODY & ~HELP, at_m=40.0, delay_s=9.0)
    assert hospital_ms(network, (120.0, 0.0), held) == pytest.approx([70 / 12, 30 / 12 + 9, 130 / 12 + 9], abs=0.1)


@pytest.mark.parametrize(
    ("way", "share", "house", "named"),
    [
        (1, 0.5, 2, True), (1, 0.0, 2, True), (1, 1.0, 2, True),  # at either corner it is driven over
        (2, 0.0, 2, True), (2, 0.5, 2, False), (2, 1.0, 2, False),  # exactly at the house, and beyond it
        (0, 0.5, 2, False), (0, 1.0, 2, True), (0, 0.4, 2, False),  # exactly at the station, at the corner ahead, behind it
        (0, 0.5, 0, False),
    ],
)  # fmt: skip
def test_a_gate_is_named_just_where_its_seconds_are_in_the_time(way: int, share: float, house: int, *, named: bool) -> None:
    """From the middle of Street 0 east to a house in the middle of a street: 12 m a second, and 40 s at the gate."""
    network = row().network()
    timer, station = AccessTimer(network), (fire(50.0),)
    starts = timer.before(station, "emergency").tree.origins
    at_m = float(starts.offset_m[0]) if (way, share) == (0, 0.5) else share * float(network.way_length_m[way])
    at_m = float(network.address_offset_m[2]) if (way, share) == (2, 0.5) else at_m
    gate = Closure(way, EVERYBODY & ~HELP, at_m=at_m, delay_s=40.0, label="gate")
    before, after = timer.before(station, "emergency"), timer.after(station, "emergency", [gate])
    (proof,) = address_proof(StreetNames(network), timer, [Timed(FIRE, network, None, before, after)], house).services
    assert proof.after is not None
    assert (proof.after.gates, proof.after.gate_seconds) == ((("gate",), 40.0) if named else ((), 0.0))
    assert int(after.ms[house] - before.ms[house]) == (40_000 if named else 0)
