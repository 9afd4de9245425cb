"""Occupied streets full of vehicles, and with a lane kept free: by hand on a row of blocks with one detour."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clearway.network.classes import class_mask
from clearway.network.closures import Closure
from clearway.planning.access.planner.address_proof import timed_services
from clearway.planning.access.planner.lane import both_ways, occupied_of, says_at
from clearway.planning.access.planner.services import ANY_SERVICE, Service, Staffed
from clearway.planning.access.planner.stations import Station
from clearway.planning.access.planner.timing import AccessTimer
from clearway.planning.occupied import full
from clearway.planning.street_names import StreetNames
from drawn_towns import Town, place

if TYPE_CHECKING:
    from clearway.network.model import Network
    from clearway.planning.access.planner.contract import Occupied
    from clearway.planning.access.planner.lane import BothWays

HELP = class_mask(["emergency"])
FIRE, AMBULANCE = Service("fire", ("fire_station",)), Service("ambulance", ("ambulance_station",))
WEST, EAST = place(1.0, 0.0), place(299.0, 0.0)
MIDDLE = Closure(1, 0, label="occupied: Street 1")
"""All of the middle block."""


def row(blocks: int = 3, *, detour: bool = True) -> Network:
    """Blocks of 100 m at 36 km/h, each a street of its own with an address amid it; the detour round block 1 is 316 m."""
    town = Town()
    for x in range(blocks):
        way = town.street((100.0 * x, 0.0), (100.0 * x + 100.0, 0.0), name=f"Street {x}", speed_kmh=36.0)
        town.draft.address(way, 50.0, label=f"House {x}")
    if detour:
        town.street((100.0, 0.0), (150.0, -150.0), name="Back Lane", speed_kmh=36.0)
        town.street((150.0, -150.0), (200.0, 0.0), name="Back Lane", speed_kmh=36.0)
    return town.network()


def fire(*, west: bool = True) -> Staffed:
    return Staffed(FIRE, (Station("Fire", "fire_station", *(WEST if west else EAST)),))


AMBULANCES = Staffed(AMBULANCE, (Station("Ambulance", "ambulance_station", *EAST),))


def lanes(
    network: Network, streets: list[Closure], *services: Staffed, shut: bool, also: tuple[Closure, ...] = ()
) -> list[BothWays]:
    """Both assumptions, where the answer itself takes the streets as full or not."""
    timer = AccessTimer(network)
    closures = [*(full(streets, HELP) if shut else ()), *also]
    return both_ways(timer, timed_services(timer, services, closures), streets)


def occupied(network: Network, streets: list[Closure], *services: Staffed, shut: bool) -> Occupied:
    return occupied_of(StreetNames(network), lanes(network, streets, *services, shut=shut), streets, shut=shut)


@pytest.mark.parametrize("shut", [True, False])
def test_both_assumptions_give_the_same_two_times_whichever_the_answer_takes(*, shut: bool) -> None:
    """Help drives 12 m/s: House 2 lies 249 m off along the street and 466.2 - 1 m round it; House 1 is on the full block."""
    (one,) = lanes(row(), [MIDDLE], fire(), shut=shut)
    assert (one.full.ms[:1] / 1000).tolist() == (one.lane.ms[:1] / 1000).tolist() == pytest.approx([49 / 12], abs=0.05)
    assert (one.lane.ms[1:] / 1000).tolist() == pytest.approx([149 / 12, 249 / 12], abs=0.1)
    assert one.full.ms[2] / 1000 == pytest.approx(465.2 / 12, abs=0.1)
    told = occupied(row(), [MIDDLE], fire(), shut=shut)
    assert told.shut_to_help is shut
    assert (told.streets, told.way_indexes, told.change_count) == (("Street 1",), (1,), 2)
    assert [(one.label, one.seconds_full is None) for one in told.changes] == [("House 1", True), ("House 2", False)]
    assert told.changes[0].seconds_with_lane == pytest.approx(149 / 12, abs=0.1)
    assert told.changes[1].seconds_full == pytest.approx(465.2 / 12, abs=0.1)
    assert [(one.service, one.reached_full, one.reached_with_lane, one.slower_full) for one in told.services] == [
        ("fire", 2, 3, 1)
    ]


def test_other_closures_hold_under_both_assumptions() -> None:
    shut = Closure(2, HELP, at_m=20.0, label="block")
    for is_full in (True, False):
        (one,) = lanes(row(), [MIDDLE], fire(), shut=is_full, also=(shut,))
        assert [closure.label for closure in one.lane.closures] == ["block"]
        assert sorted(closure.label for closure in one.full.closures) == ["block", "occupied: Street 1"]


def test_a_closure_at_the_same_place_under_another_label_is_none_of_the_occupied_ones() -> None:
    own = Closure(1, HELP, label="crane")
    (one,) = lanes(row(), [MIDDLE], fire(), shut=False, also=(own,))
    assert [closure.label for closure in one.lane.closures] == ["crane"]
    assert (one.lane.ms == one.full.ms).all()


def test_without_an_occupied_street_nothing_is_said() -> None:
    network = row()
    assert lanes(network, [], fire(), shut=True) == []
    assert says_at(StreetNames(network), [], [], 0, shut=True) == []


def test_what_the_other_assumption_would_change_is_one_sentence() -> None:
    assert occupied(row(), [MIDDLE], fire(), shut=True).says == (
        "Assumed: vehicles stand on the occupied streets (Street 1), so help does not drive along them.",
        "With a lane kept free along them, fire would reach 1 address more and 1 address would be reached sooner.",
    )
    assert occupied(row(), [MIDDLE], fire(), shut=False).says == (
        "Assumed: a lane is free for help along the occupied streets (Street 1).",
        "If vehicles stand on them, fire would no longer reach 1 address and 1 address would be reached later.",
    )


def test_services_that_lose_as_many_are_named_together_and_others_apart() -> None:
    """Without the detour, full from 110 m on: fire from the west loses Houses 1 and 2, the ambulance from the east House 0."""
    network, part = row(detour=False), Closure(1, 0, at_m=10.0, label="occupied: Street 1")
    apart = occupied(network, [part], fire(), AMBULANCES, shut=True)
    assert apart.says[1] == (
        "With a lane kept free along them, fire would reach 2 addresses more and ambulance would reach 1 address more."
    )
    assert [(one.reached_full, one.reached_with_lane, one.slower_full) for one in apart.services] == [(1, 3, 0), (2, 3, 0)]
    # an address counts by the service that comes last, and by none where one does not come
    assert [one.seconds_full for one in apart.changes] == [None, None, None]
    both = occupied(network, [part], fire(west=False), AMBULANCES, shut=False)
    assert both.says[1] == "If vehicles stand on them, fire and ambulance would no longer reach 1 address."
    assert both.change_count == 1


def test_where_the_occupied_street_matters_to_nobody_it_says_so() -> None:
    last = Closure(4, 0, label="occupied: Back Lane")
    told = occupied(row(), [last], Staffed(ANY_SERVICE, fire().stations), shut=True)
    assert (told.change_count, told.changes) == (0, ())
    assert told.says[1] == "With a lane kept free along them, help would reach every address as it does."


def test_each_street_is_named_once_and_six_of_them_at_most() -> None:
    network = row(9, detour=False)
    two = [Closure(way, 0, at_m=at_m, label="occupied") for way in (1, 2) for at_m in (30.0, 70.0)]
    told = occupied(network, two, fire(), shut=True)
    assert (told.streets, told.way_indexes) == (("Street 1", "Street 2"), (1, 2))
    assert "(Street 1 and Street 2)" in told.says[0]
    many = [Closure(way, 0, label="occupied") for way in range(1, 7)]
    assert "Street 4, Street 5 and Street 6)" in occupied(network, many, fire(), shut=False).says[0]
    more = occupied(network, [*many, Closure(7, 0, label="occupied")], fire(), shut=False).says[0]
    assert "(Street 1, Street 2, Street 3, Street 4, Street 5, Street 6 and others)" in more


def test_a_hundred_addresses_are_listed_and_all_are_counted() -> None:
    town = Town()
    way = town.street((0.0, 0.0), (300.0, 0.0), name="Street 0", speed_kmh=36.0)
    for house in range(101):
        town.draft.address(way, 20.0 + 2 * house)
    told = occupied(town.network(), [Closure(way, 0, at_m=10.0, label="occupied")], fire(), shut=False)
    assert (told.change_count, len(told.changes)) == (101, 100)
    # of those that are lost the one that had waited least comes first
    assert told.changes[0].seconds_with_lane == pytest.approx(19 / 12, abs=0.05)


@pytest.mark.parametrize(
    ("address", "shut", "said"),
    [
        (0, True, "Here nothing depends on that."),
        (1, True, "With a lane kept free there, fire would be here in 13 s."),
        (1, False, "If they are full of parked vehicles, fire would not get here."),
        (2, True, "With a lane kept free there, fire would be here in 21 s."),
        (2, False, "If they are full of parked vehicles, fire would be here in 39 s."),
    ],
)
def test_at_one_address_the_other_assumption_reads_by_its_time(address: int, said: str, *, shut: bool) -> None:
    network = row()
    each = lanes(network, [MIDDLE], fire(), shut=shut)
    lines = says_at(StreetNames(network), each, [MIDDLE], address, shut=shut)
    assert len(lines) == 2
    assert lines[0].startswith("Assumed: vehicles stand" if shut else "Assumed: a lane is free")
    assert lines[1] == said


def test_only_services_for_which_it_differs_speak_and_an_address_that_is_none_is_told_nothing() -> None:
    """From the east the ambulance is at House 2 whatever stands on the middle block."""
    network = row()
    each = lanes(network, [MIDDLE], fire(), AMBULANCES, shut=True)
    names = StreetNames(network)
    assert says_at(names, each, [MIDDLE], 2, shut=True)[1:] == ["With a lane kept free there, fire would be here in 21 s."]
    assert [line.split(",")[1].split()[0] for line in says_at(names, each, [MIDDLE], 1, shut=True)[1:]] == ["fire", "ambulance"]
    assert says_at(names, each, [MIDDLE], 3, shut=True) == says_at(names, each, [MIDDLE], -1, shut=True) == []


@pytest.mark.parametrize(
    ("turnout_s", "said"), [(46.0, "59 s"), (47.5, "1 min 0 s"), (107.5, "2 min 0 s"), (108.5, "2 min 1 s")]
)
def test_minutes_and_seconds_are_rounded_up(turnout_s: float, said: str) -> None:
    """House 1 is 12.42 s from the door."""
    station = Station("Fire", "fire_station", *WEST, turnout_s=turnout_s)
    network = row()
    each = lanes(network, [MIDDLE], Staffed(ANY_SERVICE, (station,)), shut=True)
    assert says_at(StreetNames(network), each, [MIDDLE], 1, shut=True)[1].endswith(f"help would be here in {said}.")
