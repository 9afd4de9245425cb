"""Hydrants that an engine comes to: how far off the street, behind what, and how near to an address."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clearway.network.classes import class_mask
from clearway.network.closures import Closure
from clearway.planning.access.planner.stations import Station
from clearway.planning.access.planner.timing import AccessTimer
from clearway.planning.access.planner.water import hydrants_of, water
from drawn_towns import Town, place

if TYPE_CHECKING:
    from clearway.planning.access.planner.water import Hydrants

HYDRANT_M = 122.0

EVERYBODY = 127


def street(*houses: float, hydrants: tuple[tuple[float, float], ...] = (), blocks: int = 2) -> Town:
    """Blocks of 100 m in a row, houses at metres along it, hydrants at metres along and beside it."""
    town = Town()
    for block in range(blocks):
        town.street((100.0 * block, 0.0), (100.0 * block + 100.0, 0.0), name=f"Street {block}")
    for at_m in houses:
        town.draft.address(int(at_m // 100), at_m % 100)
    for spot in hydrants:
        town.draft.place("fire_hydrant", *place(*spot))
    return town


def found(town: Town, *closures: Closure, station_m: float = 1.0, within_m: float | None = None) -> Hydrants | None:
    timer = AccessTimer(town.network())
    station = (Station("Fire", "fire_station", *place(station_m, 0.0)),)
    before, after = timer.before(station, "emergency"), timer.after(station, "emergency", closures)
    return water(timer, before, after) if within_m is None else water(timer, before, after, within_m)


def reached(town: Town, *closures: Closure, station_m: float = 1.0) -> list[bool]:
    hydrants = found(town, *closures, station_m=station_m)
    assert hydrants is not None
    come_to: list[bool] = hydrants.after.tolist()
    return come_to


def test_where_the_data_have_no_hydrant_nothing_is_said() -> None:
    town = street(50.0)
    town.draft.place("bench", *place(50.0, 0.0))
    assert found(town) is None
    assert hydrants_of(town.network()).shape == (0, 2)
    town.draft.place("fire_hydrant", *place(60.0, 5.0))
    assert hydrants_of(town.network()).tolist() == [pytest.approx(list(place(60.0, 5.0)))]


def test_a_hydrant_up_to_thirty_metres_off_the_street_is_come_to() -> None:
    town = street(50.0, hydrants=((50.0, 29.8), (50.0, -30.2), (50.0, 59.0)))
    hydrants = found(town)
    assert hydrants is not None
    assert hydrants.before.tolist() == hydrants.after.tolist() == [True, False, False]


def test_a_house_has_a_hydrant_up_to_the_distance_asked_for_and_exactly_400_feet_by_default() -> None:
    """Houses 60, 121.5 and 122.5 m along the street from the hydrant."""
    town = street(80.0, 141.5, 142.5, hydrants=((20.0, 0.0),))
    hydrants = found(town)
    assert hydrants is not None
    assert (hydrants.within_m, HYDRANT_M) == (122.0, 122.0)
    assert hydrants.without_before.tolist() == hydrants.without_after.tolist() == [False, False, True]
    near = found(town, within_m=60.2)
    assert near is not None
    assert near.without_after.tolist() == [False, True, True]


def test_before_and_after_are_judged_apart_and_an_unreached_hydrant_is_no_help() -> None:
    town = street(50.0, 150.0, hydrants=((190.0, 0.0),))
    hydrants = found(town, Closure(1, EVERYBODY, at_m=50.0), within_m=45.0)
    assert hydrants is not None
    assert (hydrants.before.tolist(), hydrants.after.tolist()) == ([True], [False])
    assert hydrants.without_before.tolist() == [True, False]
    assert hydrants.without_after.tolist() == [True, True]


def test_on_the_station_s_own_street_only_what_stands_between_keeps_an_engine_from_a_hydrant() -> None:
    town = street(50.0, hydrants=((20.0, 0.0), (50.0, 0.0), (80.0, 0.0)))
    east, west = Closure(0, EVERYBODY, at_m=70.0), Closure(0, EVERYBODY, at_m=30.0)
    assert reached(town, east, west, station_m=50.0) == [False, True, False]
    assert reached(town, east, station_m=50.0) == [True, True, False]
    assert reached(town, Closure(0, EVERYBODY, at_m=60.0), station_m=20.0) == [True, True, False]
    # the whole street shut: the engine stands where the hydrant is, and comes no farther
    assert reached(town, Closure(0, EVERYBODY), station_m=50.0) == [False, True, False]
    # shut in one direction: what lies in the other is driven to
    assert reached(town, Closure(0, EVERYBODY, along=False), Closure(1, EVERYBODY), station_m=50.0) == [False, True, True]
    assert reached(town, Closure(0, EVERYBODY, against=False), Closure(1, EVERYBODY), station_m=50.0) == [True, True, False]


def test_a_gate_that_takes_time_keeps_no_engine_from_a_hydrant() -> None:
    town = street(50.0, hydrants=((150.0, 0.0),))
    help_passes = EVERYBODY & ~class_mask(["emergency"])
    assert reached(town, Closure(1, help_passes, at_m=20.0, delay_s=60.0)) == [True]
    assert reached(town, Closure(1, help_passes, at_m=20.0, delay_s=60.0), Closure(1, EVERYBODY, at_m=30.0)) == [False]
