"""Hydrants and dead ends in the loop town, whose metres can be worked out on paper."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given, reject, settings
from hypothesis import strategies as st

from clearway.errors import BadGeometry
from clearway.network.classes import class_mask
from clearway.network.closures import Closure
from clearway.network.geometry import point_at
from clearway.network.model import ACROSS_M, NEVER_MS
from clearway.network.search.origins import origins_at
from clearway.planning.access.planner.report import assess_access
from clearway.planning.access.planner.services import Service
from clearway.planning.access.planner.stations import Station
from clearway.planning.access.planner.timing import AccessTimer
from clearway.planning.access.planner.vehicles import Vehicle
from clearway.planning.access.planner.water import reached_spots
from rounds import examples

if TYPE_CHECKING:
    from clearway.network.build import NetworkDraft
    from clearway.network.model import Network
    from clearway.planning.access.planner.contract import FullServiceAccess
    from random_towns import Town

STATION_ROAD, BRIDGE, NORTH, EAST, SOUTH, WEST, END = range(7)
EVERYBODY = 127
NOT_EMERGENCY = EVERYBODY & ~class_mask(["emergency"])
FIRE = Service("fire", ("fire_station",))


def answered(
    network: Network, stations: tuple[Station, ...], *closures: Closure, service: Service = FIRE, hydrant_m: float = 122.0
) -> FullServiceAccess:
    report = assess_access(AccessTimer(network), stations, service=service, closures=closures, hydrant_m=hydrant_m)
    return report.answer()


def with_places(draft: NetworkDraft, kind: str, *spots: tuple[int, float]) -> Network:
    drawn = copy.deepcopy(draft)
    network = draft.finish()
    for way, at_m in spots:
        drawn.place(kind, *point_at(network.geometry(way), at_m))
    return drawn.finish()


def test_hydrants_behind_closures_and_addresses_without_one_are_counted(
    loop_draft: NetworkDraft, fire_station: tuple[Station, ...]
) -> None:
    network = with_places(loop_draft, "fire_hydrant", (STATION_ROAD, 50.0), (END, 50.0))
    # houses stand at 50 m of each street: from a hydrant at (50, 0) or (350, -100) m to the houses
    # 0, 100, 200, 269, 224, 158, 316 m and 316, 224, 141, 71, 100, 158, 0 m
    said = answered(network, fire_station)
    assert said.water is not None
    assert (said.water.hydrants, said.water.reached_before, said.water.reached_after) == (2, 2, 2)
    assert (said.water.without_before, said.water.without_after) == (2, 2)  # North and West Street
    assert said.water.newly_without == ()
    shut = answered(network, fire_station, Closure(END, EVERYBODY, at_m=20.0, label="lane"))
    assert shut.water is not None
    assert (shut.water.reached_before, shut.water.reached_after) == (2, 1)
    assert (shut.water.without_before, shut.water.without_after) == (2, 5)
    assert [row.label for row in shut.water.newly_without] == ["1 East Street", "1 South Street", "1 End Lane"]
    assert shut.notes[0] == (
        "1 hydrant inside the ring or behind closures: no engine comes to them. "
        "3 addresses more than before without one within 122 m."
    )
    near = answered(network, fire_station, Closure(END, EVERYBODY, at_m=60.0), hydrant_m=99.0)
    assert near.water is not None
    assert (near.water.reached_after, near.water.without_after) == (2, 4)
    wide = answered(network, fire_station, hydrant_m=102.0)
    assert wide.water is not None
    assert wide.water.without_before == 2


def test_a_hydrant_on_the_stations_own_street_is_reached_up_to_the_barrier(
    loop_draft: NetworkDraft, fire_station: tuple[Station, ...]
) -> None:
    network = with_places(loop_draft, "fire_hydrant", (STATION_ROAD, 30.0), (STATION_ROAD, 70.0))
    water = answered(network, fire_station, Closure(STATION_ROAD, EVERYBODY, at_m=50.0)).water
    assert water is not None
    assert (water.reached_before, water.reached_after) == (2, 1)


def test_no_hydrants_and_other_services_say_nothing_of_water(
    loop: Network, loop_draft: NetworkDraft, fire_station: tuple[Station, ...]
) -> None:
    assert answered(loop, fire_station).water is None
    network = with_places(loop_draft, "fire_hydrant", (END, 50.0))
    assert answered(network, fire_station, service=Service("ambulance", ("ambulance_station",))).water is None


def lengths(said: FullServiceAccess) -> list[float]:
    return [one.length_m for one in said.dead_ends]


def test_a_barrier_makes_a_dead_end_as_long_as_the_way_back_to_a_second_street(
    loop: Network, fire_station: tuple[Station, ...]
) -> None:
    said = answered(loop, fire_station, Closure(NORTH, EVERYBODY, at_m=60.0, label="barrier 1"))
    # 60 m back to the bridge's end; on the other side 40 m, and all of East Street
    assert lengths(said) == [pytest.approx(140, abs=0.5)]
    assert said.dead_ends[0].closure == "barrier 1"
    assert said.notes == (
        "barrier 1 on North Street between Bridge and East Street leaves a dead end of 140 m without a place to turn.",
    )
    whole = answered(loop, fire_station, Closure(EAST, EVERYBODY, label="block"))
    assert lengths(whole) == [pytest.approx(100, abs=0.5)]  # North Street


def test_a_gate_and_a_short_dead_end_are_no_matter(loop: Network, fire_station: tuple[Station, ...]) -> None:
    assert lengths(answered(loop, fire_station, Closure(NORTH, NOT_EMERGENCY, at_m=60.0, delay_s=9.0))) == []
    # they come from a station on the way back, which is where they turn
    assert lengths(answered(loop, fire_station, Closure(BRIDGE, EVERYBODY, at_m=40.0))) == []
    # 5 m from the bridge's end, 60 m from East Street; nobody comes between the two
    between = [Closure(WEST, EVERYBODY, at_m=95.0), Closure(SOUTH, EVERYBODY, at_m=60.0)]
    assert lengths(answered(loop, fire_station, *between)) == [pytest.approx(60, abs=0.5)]
    assert lengths(answered(loop, fire_station, Closure(SOUTH, EVERYBODY, at_m=40.0, along=False))) == []


def test_a_place_to_turn_ends_it(loop_draft: NetworkDraft, fire_station: tuple[Station, ...]) -> None:
    barrier = Closure(NORTH, EVERYBODY, at_m=60.0, label="barrier 1")
    corner = with_places(loop_draft, "turning_place", (NORTH, 100.0))
    assert lengths(answered(corner, fire_station, barrier)) == [pytest.approx(60, abs=0.5)]
    both = with_places(loop_draft, "turning_place", (NORTH, 100.0), (NORTH, 30.0))
    assert lengths(answered(both, fire_station, barrier)) == []
    amid = with_places(loop_draft, "turning_place", (EAST, 30.0), (NORTH, 30.0))
    assert lengths(answered(amid, fire_station, barrier)) == [pytest.approx(70, abs=0.5)]


@pytest.mark.parametrize(
    ("needs_m", "across_m", "expected", "too_small_m", "unrecorded"),
    [
        (None, {0: 1.0, 1: 1.0}, 60, None, False),  # nobody said what the vehicle needs
        (18.0, {0: 18.0}, 60, None, False),  # exactly wide enough
        (18.0, {0: 17.9, 1: 18.5}, 60, None, False),  # the farther one will do, 30 m back
        (18.0, {0: 17.9, 1: 12.0}, 140, 17.9, False),
        (18.0, {0: 12.0, 1: 17.9}, 140, 17.9, False),
        (18.0, {}, 60, None, True),
        (18.0, {0: 12.0}, 60, None, True),  # the farther one, whose size nobody recorded
    ],
)
def test_a_turning_place_too_small_for_the_vehicle_is_none(
    loop_draft: NetworkDraft,
    fire_station: tuple[Station, ...],
    needs_m: float | None,
    across_m: dict[int, float],
    expected: float,
    too_small_m: float | None,
    *,
    unrecorded: bool,
) -> None:
    # beyond the barrier circles 10 m and 30 m away; on this side 60 m back to the bridge's end
    network = with_places(loop_draft, "turning_place", (NORTH, 70.0), (NORTH, 90.0))
    network.report[ACROSS_M] = [list(row) for row in across_m.items()]
    engine = replace(FIRE, vehicle=Vehicle(turning_m=needs_m))
    said = answered(network, fire_station, Closure(NORTH, EVERYBODY, at_m=60.0, label="barrier 1"), service=engine)
    assert lengths(said) == [pytest.approx(expected, abs=0.5)]
    assert said.dead_ends[0].too_small_m == too_small_m
    assert said.vehicle is not None
    assert said.vehicle.turning_m == needs_m
    small = "without a place to turn: the turning place there is 17.9 m across, too small."
    assert (small in said.notes[0]) == (too_small_m is not None)
    # 45 m from the bridge's end, and 45 m from the farther circle: short enough if it will do
    short = answered(network, fire_station, Closure(NORTH, EVERYBODY, at_m=45.0, label="barrier 1"), service=engine)
    told = "1 closure leaves a way back only to a turning place whose size nobody recorded: it is taken as wide enough."
    assert (told in short.notes) == unrecorded
    assert bool(short.dead_ends) == (too_small_m is not None)


def test_a_street_that_led_nowhere_is_no_dead_end_by_the_barrier(
    loop: Network, loop_draft: NetworkDraft, fire_station: tuple[Station, ...]
) -> None:
    barrier = Closure(END, EVERYBODY, at_m=80.0, label="barrier 1")
    assert lengths(answered(loop, fire_station, barrier)) == []
    circle = with_places(loop_draft, "turning_place", (END, 100.0))  # they turned at its end
    assert lengths(answered(circle, fire_station, barrier)) == [pytest.approx(80, abs=0.5)]


@pytest.mark.slow
@settings(max_examples=examples(50))
@given(data=st.data())
def test_in_random_towns_hydrants_are_reached_where_an_address_there_is(
    data: st.DataObject, towns: st.SearchStrategy[Town]
) -> None:
    town = data.draw(towns)
    network = town.network
    assume(town.stations and (network.arc_permit & 1).any())
    stations = tuple(Station("S", "fire_station", *point_at(network.geometry(way), at_m)) for way, at_m in town.stations)
    try:
        report = assess_access(AccessTimer(network), stations, service=FIRE, closures=town.closures)
    except BadGeometry:
        reject()
    exact = zip(network.address_way.tolist(), network.address_offset_m.tolist(), strict=True)
    spots = origins_at(report.after.graph, [(way, at_m, 0.0) for way, at_m in exact])
    for timing in (report.before, report.after):
        assert reached_spots(timing, spots).tolist() == (timing.ms < NEVER_MS).tolist()
    assert all(one.length_m > 45.72 for one in report.ground.dead_ends)
