"""The proof for one address: by hand in the loop town, and every route driven again in random towns."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings

from clearway.errors import NotFound
from clearway.network.build import NetworkDraft
from clearway.network.classes import class_mask
from clearway.network.closures import Closure
from clearway.network.geometry import point_at, segment_lengths_m
from clearway.network.model import NEVER_MS
from clearway.planning.access.planner.address_proof import Timed, address_proof
from clearway.planning.access.planner.route import Drive, apart_from, drive_to, ways_depended_on
from clearway.planning.access.planner.services import Service
from clearway.planning.access.planner.stations import Station
from clearway.planning.access.planner.timing import AccessTimer
from clearway.planning.street_names import StreetNames
from random_towns import random_towns
from rounds import examples

if TYPE_CHECKING:
    from clearway.network.model import Network
    from clearway.planning.access.planner.contract import ServiceProof
    from clearway.planning.access.planner.timing import Timing
    from random_towns import Town

STATION_ROAD, BRIDGE, NORTH, EAST, SOUTH, WEST, END = range(7)
EVERYBODY = 127
EMERGENCY = class_mask(["emergency"])


def proved(network: Network, stations: tuple[Station, ...], address: int, *closures: Closure) -> ServiceProof:
    timer = AccessTimer(network)
    before, after = timer.before(stations, "emergency"), timer.after(stations, "emergency", closures)
    timed = Timed(Service("fire", ("fire_station",)), network, None, before, after)
    (found,) = address_proof(StreetNames(network), timer, [timed], address).services
    return found


def test_the_route_is_given_street_by_street(loop: Network, fire_station: tuple[Station, ...]) -> None:
    """S to the middle of East Street: 350 m at 6 s a hundred, by the northern side of the loop."""
    found = proved(loop, fire_station, EAST)
    assert found.after is not None
    assert [leg.street for leg in found.after.legs] == ["Station Road", "Bridge", "North Street", "East Street"]
    assert [leg.metres for leg in found.after.legs] == pytest.approx([100, 100, 100, 50], abs=0.5)
    assert [leg.seconds for leg in found.after.legs] == pytest.approx([6, 6, 6, 3], abs=0.05)
    assert found.after.seconds == pytest.approx(21.0, abs=0.05)
    assert found.after.station == "Fire"
    assert float(segment_lengths_m(np.array(found.after.line)).sum()) == pytest.approx(found.after.metres, abs=0.2)


def test_streets_that_alone_lead_there_are_named_and_no_second_route(loop: Network, fire_station: tuple[Station, ...]) -> None:
    found = proved(loop, fire_station, END)
    assert found.second is None
    assert [street.partition(" between")[0].partition(" at")[0] for street in found.depends_on] == [
        "Station Road", "Bridge", "End Lane"]  # fmt: skip
    assert any(sentence.startswith("One vehicle left across any one of these: Station Road") for sentence in found.says)


def test_a_second_route_shares_no_street_with_the_first(loop: Network, fire_station: tuple[Station, ...]) -> None:
    """With a second station at F, South Street is come to from either end."""
    other = Station("East", "fire_station", float(loop.junction_lon[6]), float(loop.junction_lat[6]))
    found = proved(loop, (*fire_station, other), SOUTH)
    assert found.after is not None
    assert found.second is not None
    assert (found.after.station, [leg.street for leg in found.after.legs]) == ("East", ["End Lane", "South Street"])
    assert [leg.street for leg in found.second.legs] == ["Station Road", "Bridge", "West Street", "South Street"]
    assert found.depends_on == ()


def test_a_closure_sends_the_route_round_and_the_time_of_before_stands_beside(
    loop: Network, fire_station: tuple[Station, ...]
) -> None:
    found = proved(loop, fire_station, EAST, Closure(NORTH, EVERYBODY, at_m=50.0, label="block"))
    assert found.before is not None
    assert found.after is not None
    assert [leg.street for leg in found.before.legs][2:] == ["North Street", "East Street"]
    assert [leg.street for leg in found.after.legs][2:] == ["West Street", "South Street", "East Street"]
    assert found.says[1] == "Without closures it takes 21 s."


def test_who_is_cut_off_reads_by_what_and_how_far_it_is_on_foot(loop: Network, fire_station: tuple[Station, ...]) -> None:
    found = proved(loop, fire_station, NORTH, Closure(BRIDGE, EVERYBODY, at_m=60.0, label="the blocks on the bridge"))
    assert found.after is None
    assert found.cut_off_by == ("the blocks on the bridge",)
    assert found.on_foot_m == pytest.approx(90, abs=0.5)
    assert found.says[0] == "Fire no longer gets here; without closures it takes 15 s."
    assert found.says[1] == "Cut off by: the blocks on the bridge."


def test_where_no_street_ever_led_it_says_so(loop: Network) -> None:
    """A station on End Lane, and an address behind what stands for good in the street."""
    station = Station("East", "fire_station", float(loop.junction_lon[6]), float(loop.junction_lat[6]))
    found = proved(loop, (station,), BRIDGE, Closure(BRIDGE, EVERYBODY, label="both"))
    assert found.before is not None
    assert found.says[0].startswith("Fire no longer gets here")


def test_a_gate_on_the_way_is_named_with_its_wait(loop: Network, fire_station: tuple[Station, ...]) -> None:
    gate = Closure(BRIDGE, EVERYBODY & ~EMERGENCY, at_m=50.0, delay_s=40, label="gate at the bridge")
    elsewhere = Closure(WEST, EVERYBODY & ~EMERGENCY, at_m=50.0, delay_s=40, label="gate in West Street")
    found = proved(loop, fire_station, NORTH, gate, elsewhere)
    assert found.after is not None
    assert found.after.gates == ("gate at the bridge",)
    assert found.after.gate_seconds == 40
    assert found.after.seconds == pytest.approx(55, abs=0.05)
    assert "1 barrier must be opened for it: gate at the bridge, 40 s in all." in found.says


def test_a_proof_says_each_thing_in_a_sentence(loop: Network, fire_station: tuple[Station, ...]) -> None:
    gate = Closure(BRIDGE, EVERYBODY & ~EMERGENCY, at_m=50.0, delay_s=40, label="gate at the bridge")
    behind = proved(loop, fire_station, END, gate).says
    five = "Station Road, Bridge, West Street, South Street and End Lane"
    assert behind[:3] == (
        f"Fire is there 1 min 7 s after the call, from Fire: 0.5 km by {five}.",
        "Without closures it takes 27 s.",
        "1 barrier must be opened for it: gate at the bridge, 40 s in all.",
    )
    assert behind[3].startswith("One vehicle left across any one of these: Station Road")
    near = proved(loop, fire_station, STATION_ROAD).says
    assert near[0] == "Fire is there 3 s after the call, from Fire: 0.1 km by Station Road."
    nameless = proved(loop, fire_station, NORTH, Closure(BRIDGE, EVERYBODY, at_m=60.0))
    assert nameless.says == (
        "Fire no longer gets here; without closures it takes 15 s.", "Cut off by: a closure without a name.",
        "90 m on foot from where its vehicles get to.",
    )  # fmt: skip
    never = proved(loop, (), NORTH)
    assert never.says[0] == "Fire does not get here, with or without closures."
    assert (never.before, never.after, never.second, never.on_foot_m) == (None, None, None, None)
    assert never.says[-1] == "Nobody can walk there from where its vehicles get to."


def test_a_proof_says_what_it_rests_on(loop: Network, fire_station: tuple[Station, ...]) -> None:
    timer = AccessTimer(loop)
    before = timer.before(fire_station, "emergency")
    timed = Timed(Service("fire", ("fire_station",)), loop, None, before, before)
    found = address_proof(StreetNames(loop), timer, [timed], NORTH, assumed=("It is calm.",), rests_on=("A map.",))
    assert found.rests_on == (
        "Times are those of empty streets at the speeds of the network, from the call on.",
        "A street without a recorded limit of size is taken to let the vehicle pass.",
        *loop.notices,
        "A map.",
    )
    assert found.assumed == ("It is calm.",)
    with pytest.raises(NotFound, match="This network has no addresses"):
        address_proof(StreetNames(NetworkDraft("bare").finish()), timer, [timed], 0)


def test_an_address_on_the_stations_own_street_is_driven_to_straight(loop: Network, fire_station: tuple[Station, ...]) -> None:
    found = proved(loop, fire_station, STATION_ROAD)
    assert found.after is not None
    assert [leg.street for leg in found.after.legs] == ["Station Road"]
    assert found.after.metres == pytest.approx(50, abs=0.5)
    assert found.depends_on != ()


@pytest.mark.parametrize("address", [-1, 7, 1000])
def test_an_address_that_the_network_lacks_is_refused(loop: Network, fire_station: tuple[Station, ...], address: int) -> None:
    with pytest.raises(NotFound, match="run from 0 to 6"):
        proved(loop, fire_station, address)


def timed(town: Town) -> tuple[AccessTimer, Timing]:
    network = town.network
    stations = tuple(
        Station(f"S{number}", "fire_station", *point_at(network.geometry(way), at_m), turnout_s=3.0 * number)
        for number, (way, at_m) in enumerate(town.stations)
    )
    timer = AccessTimer(network)
    assume(
        stations
        and any((network.arc_permit[2 * way] | network.arc_permit[2 * way + 1]) & EMERGENCY for way, _ in town.stations)
    )
    return timer, timer.after(stations, "emergency", town.closures)


def drives_again(timing: Timing, drive: Drive, address: int) -> None:
    """Each stretch is permitted, follows the one before, crosses nothing shut, and the times add up."""
    network = timing.graph.network
    shut = timing.closures
    for part in drive.stretches:
        against = part.to_m < part.from_m
        if part.from_m != part.to_m:
            assert network.arc_permit[2 * part.way + against] & EMERGENCY
        low, high = sorted((part.from_m, part.to_m))
        for closure in shut:
            held = closure.against if against else closure.along
            whole = closure.at_m is None and high - low > 0
            assert not (
                closure.way == part.way and held and (whole or (closure.at_m is not None and low < closure.at_m < high))
            )
    for before, part in pairwise(drive.stretches):
        end = network.way_head if before.to_m > 0 and before.to_m == network.way_length_m[before.way] else network.way_tail
        start = network.way_tail if part.from_m == 0 else network.way_head
        assert end[before.way] == start[part.way]
    assert drive.stretches[-1].way == network.address_way[address]
    assert drive.stretches[-1].to_m == pytest.approx(float(network.address_offset_m[address]))
    assert drive.ms == timing.ms[address]


def overlap_m(first: Drive, second: Drive) -> float:
    """Metres of street that two drives share."""
    return sum(
        max(0.0, min(max(one[1:3]), max(other[1:3])) - max(min(one[1:3]), min(other[1:3])))
        for one in first.stretches
        for other in second.stretches
        if one.way == other.way
    )


@pytest.mark.slow
@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.too_slow])
@given(random_towns())
def test_every_route_can_be_driven_and_takes_the_time_that_is_claimed(town: Town) -> None:
    _, timing = timed(town)
    for address in range(town.network.address_count):
        drive = drive_to(timing, address)
        assert (drive is None) == (timing.ms[address] == NEVER_MS)
        if drive:
            drives_again(timing, drive, address)


@pytest.mark.slow
@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.too_slow])
@given(random_towns())
def test_a_second_route_never_shares_a_street_and_there_is_none_where_one_street_decides(town: Town) -> None:
    timer, timing = timed(town)
    for address in np.flatnonzero(timing.ms < NEVER_MS).tolist():
        drive = drive_to(timing, address)
        assert drive is not None
        apart = apart_from(timer, timing, drive)
        second, decisive = drive_to(apart, address), ways_depended_on(timing, drive, address)
        if second:
            drives_again(apart, second, address)
            assert overlap_m(drive, second) < 0.05
        for way in decisive:
            if way != town.network.address_way[address] and way not in timing.tree.origins.way:
                blocked = timer.moved(timing, (*timing.closures, Closure(way, EMERGENCY)))
                assert blocked.ms[address] == NEVER_MS
        assert not (second and set(decisive) - {int(town.network.address_way[address]), *timing.tree.origins.way.tolist()})
