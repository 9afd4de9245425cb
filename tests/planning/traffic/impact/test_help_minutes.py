from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from clearway.network.classes import MOTOR_CLASSES, class_mask
from clearway.network.closures import Closure
from clearway.planning.access.planner.stations import Station
from clearway.planning.access.planner.timing import AccessTimer
from clearway.planning.traffic.impact.help_minutes import HelpModel

if TYPE_CHECKING:
    from clearway.network.model import Floats, Network

MAIN, NORTH_BRIDGE, EAST, WEST_BANK, SOUTH_BRIDGE, EAST_BANK = range(6)
ALL = class_mask(MOTOR_CLASSES)
METRES_PER_MINUTE = 1.2 * 50_000 / 60
"""Under lights and sirens a fifth faster than the street's 50 km/h."""


@pytest.fixture
def station() -> Station:
    """At the western end of Main Street."""
    return Station("West Station", "ambulance_station", 174.77, -41.28)


@pytest.fixture
def none(bridge_town: Network) -> Floats:
    return np.zeros(bridge_town.arc_count)


def test_without_traffic_the_times_are_those_of_the_access_desk(bridge_town: Network, station: Station, none: Floats) -> None:
    shut = [Closure(NORTH_BRIDGE, ALL, at_m=250.0)]
    (found,) = HelpModel(bridge_town, [station]).impacts(shut, none, none)
    timer = AccessTimer(bridge_town)
    before, after = (
        timing.ms.max() / 60_000
        for timing in (timer.before((station,), "emergency"), timer.after((station,), "emergency", shut))
    )
    assert found.free_before.worst_minutes == found.congested_before.worst_minutes == before
    assert found.free_after.worst_minutes == found.congested_after.worst_minutes == after
    assert found.service == "ambulance"
    assert found.stations == ("West Station",)


def test_the_bridge_that_is_shut_costs_the_way_over_the_other(bridge_town: Network, station: Station, none: Floats) -> None:
    (found,) = HelpModel(bridge_town, [station]).impacts([Closure(NORTH_BRIDGE, ALL, at_m=0.0)], none, none)
    assert found.free_before.worst_minutes == pytest.approx(2500 / METRES_PER_MINUTE, abs=0.02)
    assert found.free_after.worst_minutes == pytest.approx(4500 / METRES_PER_MINUTE, abs=0.02)
    assert [row.street for row in found.longer_streets] == ["North Bridge", "East Street", "East Bank"]


def test_sirens_bear_half_of_the_delay_and_the_range_is_told(bridge_town: Network, station: Station, none: Floats) -> None:
    jam = none.copy()
    jam[2 * MAIN] = 240.0
    (found,) = HelpModel(bridge_town, [station]).impacts([], none, jam)
    free = found.free_after.worst_minutes
    assert free is not None
    assert found.congested_before.worst_minutes == free
    assert found.congested_after.worst_minutes == pytest.approx(free + 2.0, abs=0.01)
    assert found.worst_if_no_delay_minutes == free
    assert found.worst_if_all_delay_minutes == pytest.approx(free + 4.0, abs=0.01)


def test_a_jam_is_never_driven_faster_than_an_empty_street(bridge_town: Network, station: Station, none: Floats) -> None:
    (found,) = HelpModel(bridge_town, [station]).impacts([], none, none - 50.0)
    assert found.congested_after == found.free_after


def test_an_address_on_a_jammed_street_waits_for_its_part_of_it(bridge_town: Network, station: Station, none: Floats) -> None:
    jam = none.copy()
    jam[2 * MAIN] = 240.0
    (found,) = HelpModel(bridge_town, [station], delay_share=1.0).impacts([], none, jam)
    extra = {
        row.street: row.congested_after_minutes - row.congested_before_minutes
        for row in found.longer_streets
        if row.congested_after_minutes is not None and row.congested_before_minutes is not None
    }
    assert extra["Main Street"] == pytest.approx(4 * 990 / 1000, abs=0.01)
    assert extra["East Street"] == pytest.approx(4, abs=0.01)


def test_those_who_are_cut_off_come_first_and_are_counted(bridge_town: Network, station: Station, none: Floats) -> None:
    shut = [Closure(NORTH_BRIDGE, ALL), Closure(SOUTH_BRIDGE, ALL)]
    (found,) = HelpModel(bridge_town, [station]).impacts(shut, none, none)
    assert found.congested_after.reached < found.congested_before.reached
    assert found.longer_streets[0].congested_after_minutes is None
    assert "not reached any more" in found.sentence


def test_closures_that_let_help_pass_cost_nothing(bridge_town: Network, station: Station, none: Floats) -> None:
    (found,) = HelpModel(bridge_town, [station]).impacts([Closure(NORTH_BRIDGE, class_mask(["general"]))], none, none)
    assert found.congested_after == found.congested_before
    assert found.longer_streets == ()


def test_fire_and_ambulance_are_told_apart(bridge_town: Network, station: Station, none: Floats) -> None:
    fire = Station("East Station", "fire_station", 174.77 + 0.0299, -41.28)
    found = HelpModel(bridge_town, [station, fire]).impacts([], none, none)
    assert [impact.service for impact in found] == ["ambulance", "fire"]
    assert found[0].free_before.worst_minutes == pytest.approx(found[1].free_before.worst_minutes, abs=0.05)
