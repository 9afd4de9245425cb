from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from clearway.errors import UnknownName
from clearway.network.classes import MOTOR_CLASSES, class_mask
from clearway.network.closures import Closure
from clearway.network.transit.bus_lines import BusLine
from clearway.planning.access.planner.stations import Station
from clearway.planning.traffic.impact.impact_model import ImpactModel
from clearway.planning.traffic.impact.running import OnDask, RunFile
from clearway.planning.traffic.impact.variants import Variant, rank_variants

if TYPE_CHECKING:
    from pathlib import Path

    from clearway.planning.traffic.impact.impact_model import TripSource

LOST_TRIP_HOURS = 1.0

MAIN, NORTH_BRIDGE, EAST, WEST_BANK, SOUTH_BRIDGE, EAST_BANK = range(6)
ALL = class_mask(MOTOR_CLASSES)
GAP = 1e-11


def shut(name: str, *ways: int, cost: float = float("nan")) -> Variant:
    return Variant(name, tuple(Closure(way, ALL) for way in ways), places=(name,), cost_points=cost)


VARIANTS = (
    shut("both bridges", NORTH_BRIDGE, SOUTH_BRIDGE, cost=8),
    shut("north bridge", NORTH_BRIDGE, cost=5),
    shut("south bridge", SOUTH_BRIDGE, cost=4),
    shut("nothing", cost=0),
)


@pytest.fixture
def model(bridge_trips: TripSource) -> ImpactModel:
    line = BusLine("7", "East", 48, np.array([2 * MAIN, 2 * NORTH_BRIDGE, 2 * EAST]))
    station = Station("West Station", "fire_station", 174.77, -41.28)
    return ImpactModel(bridge_trips, bus_lines=[line], stations=[station], gap=GAP)


def test_variants_are_evaluated_as_the_model_evaluates_them_one_by_one(model: ImpactModel) -> None:
    for found in rank_variants(model, VARIANTS, hour=8):
        variant = next(variant for variant in VARIANTS if variant.name == found.name)
        one = model.impact(variant.closures, draws=0)
        assert found.extra_vehicle_hours == pytest.approx(one.totals.extra_vehicle_hours, abs=1e-4)
        assert found.trips_lost_per_hour == pytest.approx(one.totals.trips_lost_per_hour, abs=1e-4)
        assert one.emergency is not None
        assert found.help_worst_minutes == pytest.approx(one.emergency[0].congested_after.worst_minutes, abs=1e-4)
        assert found.help_beyond == one.emergency[0].congested_after.beyond


def test_the_kindest_comes_first_and_the_cut_off_count(model: ImpactModel) -> None:
    found = rank_variants(model, VARIANTS, hour=8)
    assert [impact.name for impact in found] == ["south bridge", "nothing", "north bridge", "both bridges"]
    assert found[0].burden_vehicle_hours == found[1].burden_vehicle_hours == 0  # nobody needs the long way: as given
    assert found[-1].trips_lost_per_hour == 1100
    assert found[-1].burden_vehicle_hours >= 1100 * LOST_TRIP_HOURS
    assert found[-1].bus_lines_cut == 1
    assert found[2].bus_vehicle_minutes_per_hour > 3 * 2.5  # three buses an hour, 2000 m more at 45 km/h, and the traffic


def test_variants_that_no_other_beats_are_marked(model: ImpactModel) -> None:
    dear = (*VARIANTS[1:3], shut("both banks", WEST_BANK, EAST_BANK, cost=9))
    found = {impact.name: impact.unbeaten for impact in rank_variants(model, dear, hour=8)}
    assert found == {"south bridge": True, "north bridge": False, "both banks": False}


def test_they_can_be_ranked_by_one_figure(model: ImpactModel) -> None:
    found = rank_variants(model, VARIANTS, hour=8, by="cost")
    assert [impact.cost_points for impact in found] == [0, 4, 5, 8]
    with pytest.raises(UnknownName, match="order of variants: colour"):
        rank_variants(model, VARIANTS, hour=8, by="colour")


def test_a_run_of_variants_goes_on_from_its_file_and_on_dask(model: ImpactModel, tmp_path: Path) -> None:
    whole = rank_variants(model, VARIANTS, hour=8)
    kept = RunFile(tmp_path / "run.sqlite", "bridges")
    rank_variants(model, VARIANTS[:2], hour=8, kept=kept)
    told: list[int] = []
    again = rank_variants(model, VARIANTS, hour=8, kept=kept, place=OnDask(), tell=lambda done, _all: told.append(done))
    assert told[0] == 2
    assert again == whole


def test_a_barrier_farther_out_that_leaves_the_same_streets_is_the_same_to_the_traffic(model: ImpactModel) -> None:
    trips = model.trips(8)
    near = model.assigner.with_closures(trips, [Closure(WEST_BANK, ALL)])
    far = model.assigner.with_closures(trips, [Closure(EAST_BANK, ALL, at_m=10.0), Closure(SOUTH_BRIDGE, ALL)])
    assert near is far
