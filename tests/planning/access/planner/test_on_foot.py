"""The last metres on foot, from the last points that vehicles come to: by hand on short streets."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest

from clearway.network.classes import class_mask
from clearway.network.closures import Closure
from clearway.planning.access.planner.on_foot import metres_on_foot
from clearway.planning.access.planner.report import who_watches_hospitals
from clearway.planning.access.planner.services import Service
from clearway.planning.access.planner.stations import Station
from clearway.planning.access.planner.timing import AccessTimer
from drawn_towns import Town, place

if TYPE_CHECKING:
    from collections.abc import Iterable

EVERYBODY = 127
HELP = class_mask(["emergency"])


def street(houses: Iterable[float], *, blocks: int = 1, stops: Iterable[tuple[float, int]] = ()) -> Town:
    """Blocks of 100 m in a row; houses and obstacles at metres along the row, an obstacle with whom it stops."""
    town = Town()
    for block in range(blocks):
        town.street((100.0 * block, 0.0), (100.0 * block + 100.0, 0.0), name=f"Street {block}")
    for at_m in houses:
        town.draft.address(int(at_m // 100), at_m % 100)
    for at_m, whom in stops:
        town.draft.stop(int(at_m // 100), at_m % 100, blocks=whom)
    return town


def on_foot(town: Town, station_m: float, *closures: Closure) -> list[float]:
    """Metres on foot to each house, from a station at some metres along the row."""
    timer = AccessTimer(town.network())
    station = (Station("Base", "fire_station", *place(station_m, 0.0)),)
    metres: list[float] = metres_on_foot(timer.after(station, "emergency", closures), timer.graph("foot")).tolist()
    return metres


def block(at_m: float, *, along: bool = True, against: bool = True) -> Closure:
    return Closure(int(at_m // 100), EVERYBODY, at_m=at_m % 100, along=along, against=against)


def test_whom_vehicles_reach_has_no_metre_to_walk() -> None:
    assert on_foot(street([10.0, 90.0, 150.0], blocks=2), 50.0) == [0.0, 0.0, 0.0]


def test_from_a_block_one_walks_on_along_the_street() -> None:
    assert on_foot(street([30.0, 45.0, 95.0, 170.0], blocks=2), 5.0, block(40.0)) == pytest.approx([0, 5, 55, 130], abs=0.1)
    # coming from the other end
    assert on_foot(street([30.0, 45.0, 95.0, 170.0], blocks=2), 195.0, block(40.0)) == pytest.approx([10, 0, 0, 0], abs=0.1)


def test_a_station_shut_in_on_its_own_street_is_walked_from_at_the_blocks_on_either_side() -> None:
    walked = on_foot(street([10.0, 25.0, 50.0, 75.0, 90.0]), 50.0, block(30.0), block(70.0))
    assert walked == pytest.approx([20, 5, 0, 5, 20], abs=0.1)
    # on the next block of the row as on the first, and never from behind a fence
    fenced = street([125.0, 150.0, 175.0], blocks=2, stops=[(130.0, EVERYBODY), (170.0, EVERYBODY)])
    assert on_foot(fenced, 150.0) == [math.inf, 0.0, math.inf]
    onward = on_foot(street([110.0, 125.0, 150.0, 175.0, 190.0], blocks=2), 150.0, block(130.0), block(170.0))
    assert onward == pytest.approx([20, 5, 0, 5, 20], abs=0.1)
    # of several blocks on a side the nearest holds them up
    more = on_foot(street([10.0, 90.0]), 50.0, block(30.0), block(20.0), block(70.0), block(80.0))
    assert more == pytest.approx([20, 20], abs=0.1)


def test_a_whole_street_that_is_shut_is_walked_into_from_its_ends() -> None:
    shut = Closure(1, EVERYBODY)
    assert on_foot(street([90.0, 120.0, 180.0, 220.0], blocks=3), 50.0, shut) == pytest.approx([0, 20, 80, 120], abs=0.1)
    # shut against them alone: who comes from the east walks, who comes from the west drives
    against = Closure(1, EVERYBODY, along=False)
    assert on_foot(street([120.0, 180.0], blocks=3), 250.0, against) == pytest.approx([80, 20], abs=0.1)
    assert on_foot(street([120.0, 180.0], blocks=3), 50.0, against) == [0.0, 0.0]


def test_what_walkers_pass_is_walked_past_and_a_fence_is_not() -> None:
    assert on_foot(street([50.0, 90.0], stops=[(60.0, HELP)]), 5.0) == pytest.approx([0, 30], abs=0.1)
    assert on_foot(street([50.0, 90.0], stops=[(60.0, EVERYBODY)]), 5.0) == [0.0, math.inf]
    # behind a bollard a fence: up to the fence
    both = street([50.0, 70.0, 90.0], stops=[(60.0, HELP), (80.0, EVERYBODY)])
    assert on_foot(both, 5.0) == [0.0, pytest.approx(10, abs=0.1), math.inf]
    assert on_foot(both, 95.0) == [pytest.approx(math.inf), math.inf, 0.0]


def test_between_two_blocks_of_a_street_that_is_come_to_from_both_ends_one_walks_from_the_nearer_block() -> None:
    town = street([40.0, 65.0], blocks=2)
    town.street((0.0, 0.0), (50.0, 120.0), name="Round")
    town.street((50.0, 120.0), (100.0, 0.0), name="Round")
    assert on_foot(town, 190.0, block(30.0), block(70.0)) == pytest.approx([10, 5], abs=0.1)


def test_round_a_fence_one_walks_by_another_street() -> None:
    town = street([90.0], stops=[(60.0, EVERYBODY)])
    town.street((0.0, 0.0), (50.0, -120.0), name="Path", permit=(32, 32))
    town.street((50.0, -120.0), (100.0, 0.0), name="Path", permit=(32, 32))
    assert on_foot(town, 5.0) == pytest.approx([2 * math.hypot(50, 120) + 10], abs=0.3)


def test_who_takes_patients_watches_hospitals_else_the_first_service_does() -> None:
    fire, police = Service("fire", ("fire_station",)), Service("police", ("police",))
    ambulance = Service("ambulance", ("ambulance_station",))
    assert who_watches_hospitals([fire, ambulance, police]) == (ambulance,)
    assert who_watches_hospitals([fire, police]) == (fire,)
    assert who_watches_hospitals([]) == ()
