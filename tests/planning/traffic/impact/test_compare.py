from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

from clearway.errors import BadInput
from clearway.network.classes import MOTOR_CLASSES, class_mask
from clearway.network.closures import Closure
from clearway.network.transit.bus_lines import BusLine
from clearway.planning.access.planner.stations import Station
from clearway.planning.traffic.impact.compare import compared
from clearway.planning.traffic.impact.impact_model import ImpactModel

if TYPE_CHECKING:
    from clearway.planning.traffic.impact.impact_model import TripSource

BUS_HOURS_A_DAY = 16.0
CARS_TO_A_BUS = 20.0

MAIN, NORTH_BRIDGE, EAST, WEST_BANK, SOUTH_BRIDGE, EAST_BANK = range(6)
NORTH, SOUTH = ([Closure(way, class_mask(MOTOR_CLASSES))] for way in (NORTH_BRIDGE, SOUTH_BRIDGE))


@pytest.fixture
def model(bridge_trips: TripSource) -> ImpactModel:
    line = BusLine("7", "East", 48, np.array([2 * MAIN, 2 * NORTH_BRIDGE, 2 * EAST]))
    return ImpactModel(bridge_trips, bus_lines=[line], stations=[Station("West", "fire_station", 174.77, -41.28)])


def test_the_kinder_plan_is_named_with_the_draws_it_is_kinder_in(model: ImpactModel) -> None:
    plans = [model.impact(shut, name=name, draws=4) for name, shut in (("North shut", NORTH), ("South shut", SOUTH))]
    found = compared(plans)
    assert found.kindest == "South shut"
    assert [plan.kindest_in_draws for plan in found.plans] == [0, 4]
    assert found.sentence.startswith("South shut is kindest")
    assert found.sentence.endswith("This holds in 4 of 4 draws of the demand.")
    north = found.plans[0]
    assert north.bus_vehicle_minutes_per_hour is not None
    assert north.burden_vehicle_hours == pytest.approx(
        plans[0].totals.extra_vehicle_hours + CARS_TO_A_BUS * north.bus_vehicle_minutes_per_hour / 60
    )
    assert plans[0].buses is not None
    assert north.bus_vehicle_minutes_per_hour == pytest.approx((plans[0].buses[0].extra_minutes or 0) * 48 / BUS_HOURS_A_DAY)
    assert json.dumps(found.as_json(), allow_nan=False)


def test_plans_that_do_the_same_are_said_to_be_alike(model: ImpactModel) -> None:
    one = model.impact(NORTH, name="One", draws=0)
    assert "burden the city equally" in compared([one, one.model_copy(update={"name": "Other"})]).sentence


def test_what_cannot_be_compared_is_refused(model: ImpactModel) -> None:
    one, drawn = model.impact(NORTH, name="One", draws=0), model.impact(NORTH, name="Drawn", draws=2)
    with pytest.raises(BadInput, match="two plans or more"):
        compared([one])
    with pytest.raises(BadInput, match="have the same name"):
        compared([one, one])
    with pytest.raises(BadInput, match="different trips, hours or draws"):
        compared([one, drawn])
