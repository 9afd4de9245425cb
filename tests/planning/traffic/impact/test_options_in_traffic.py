"""Options in many scenarios with traffic: hours lost under each demand that is drawn, by hand, wherever it is run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clearway.errors import BadInput
from clearway.planning.access.planner.services import Service, Staffed
from clearway.planning.access.planner.stations import Station
from clearway.planning.gazetteer import Gazetteer
from clearway.planning.options.ensemble.contract import Scenarios
from clearway.planning.options.ensemble.ensemble import Case, ensemble
from clearway.planning.options.ensemble.sampling import DEMAND
from clearway.planning.options.ground import OptionGround, Prepared, Traffic
from clearway.planning.traffic.impact.impact_model import ImpactModel
from clearway.planning.traffic.impact.running import OnDask, Threads
from clearway.planning.vehicles.tally import Stretch
from option_rooms import JUDGED, option
from planning.traffic.impact.test_impact_model import GAP, NORTH_BRIDGE, NORTH_SHUT, vehicle_hours_by_hand

if TYPE_CHECKING:
    from clearway.planning.traffic.impact.impact_model import TripSource

SAID = {"by": "planner", "why": "assumed"}
FACTORS = (0.9, 1.0, 1.1)
"""Of the trips in each draw of the source."""


def case(source: TripSource, *, assigns: bool = True, demand: int = 3, seed: int = 1, **more: Any) -> Case:  # noqa: ANN401
    """Waiting twice over on a town whose north bridge is shut: each scenario meets one of three demands."""
    network = source.streets.network
    at = Station("station", "station", float(network.junction_lon[0]), float(network.junction_lat[0]))
    service = Staffed(Service("fire", ("station",), within_s=600.0), (at,))
    trips = Traffic(ImpactModel(source, gap=GAP), 8) if assigns else None
    ground = OptionGround(Gazetteer(network), (service,), standing=NORTH_SHUT, trips=trips)
    asked = {"vehicles": {"low": 1, "high": 1} | SAID} | ({"demand": {"draws": demand} | SAID} if demand else {})
    options = [Prepared(option("wait")), Prepared(option("also-wait"))]
    return Case(options, ground, Scenarios.model_validate(asked), count=6, seed=seed, **more)


def by_hand(source: TripSource, factor: float) -> float:
    """Vehicle hours that the shut bridge costs when there are so many times the trips."""
    return sum(
        vehicle_hours_by_hand(source.streets, factor * trips, side, bridge=False)
        - vehicle_hours_by_hand(source.streets, factor * trips, side, bridge=True)
        for side, trips in enumerate((800, 300))
    )


def test_every_run_loses_the_hours_of_its_own_demand_and_every_demand_comes_up(bridge_trips: TripSource) -> None:
    asked = case(bridge_trips)
    found = ensemble(asked)
    expected = {at: by_hand(bridge_trips, factor) for at, factor in enumerate(FACTORS)}
    assert sorted(one.demand for one in asked.scenarios) == [0, 0, 1, 1, 2, 2]
    for run in found.runs:
        assert run.hours_lost == pytest.approx(expected[asked.scenarios[run.scenario].demand], rel=1e-6, abs=1e-4)
        assert run.trips_cut_off == 0
    assert found.options[0].mean_hours_lost == pytest.approx(sum(expected.values()) / 3, rel=1e-6, abs=1e-4)
    assert found.options[0].worst_hours_lost == pytest.approx(expected[2], rel=1e-6, abs=1e-4)
    assert [one.says for one in found.by_hours_lost] == [
        "no difference shown between also-wait and wait: fewer than 200 scenarios"
    ]
    assert DEMAND in found.manifest.factors


def test_without_demands_to_draw_all_meet_the_one_and_without_trips_nothing_is_said(bridge_trips: TripSource) -> None:
    found = ensemble(case(bridge_trips, demand=0))
    hours = {run.hours_lost for run in found.runs}
    assert hours.pop() == pytest.approx(by_hand(bridge_trips, 1.0), rel=1e-6, abs=1e-4)
    assert not hours
    none = ensemble(case(bridge_trips, assigns=False, demand=0))
    assert {run.hours_lost for run in none.runs} == {None}
    assert none.by_hours_lost == ()
    assert none.options[0].mean_hours_lost is None
    with pytest.raises(BadInput, match=r"no trips are assigned\. Give --traffic"):
        case(bridge_trips, assigns=False)


def test_other_trips_are_another_case_and_a_repeat_meets_the_same_demands(bridge_trips: TripSource) -> None:
    assert case(bridge_trips).manifest.digest == case(bridge_trips).manifest.digest
    assert case(bridge_trips).manifest.digest != case(bridge_trips, demand=2).manifest.digest
    first = case(bridge_trips)
    assert first.with_seed(2).ground.trips is first.ground.trips


def test_vehicles_that_stand_on_a_bridge_cost_the_hours_until_they_leave(bridge_trips: TripSource) -> None:
    network = bridge_trips.streets.network
    service = Staffed(
        Service("fire", ("station",), within_s=600.0),
        (Station("station", "station", float(network.junction_lon[0]), float(network.junction_lat[0])),),
    )
    full = Stretch("North Bridge", (NORTH_BRIDGE,), {"car": 2}, 2, 0, 0, ())
    trips = Traffic(ImpactModel(bridge_trips, gap=GAP), 8)
    ground = OptionGround(Gazetteer(network), (service,), (full,), trips=trips)
    leave = JUDGED | {"low": 2, "high": 2}
    options = [Prepared(option("stay")), Prepared(option("leave", "offer", vehicles_leave=leave))]
    asked = Scenarios.model_validate({"vehicles": {"low": 1, "high": 1} | SAID})
    runs = {one.option: one for one in ensemble(Case(options, ground, asked, count=1, seed=1)).runs}
    assert runs["stay"].hours_lost == pytest.approx(by_hand(bridge_trips, 1.0), rel=1e-6, abs=1e-4)
    assert runs["leave"].hours_lost == pytest.approx(0, abs=1e-4)
    assert runs["stay"].late == 0  # a lane is free for help


@pytest.mark.slow  # a cluster takes seconds to start
def test_hours_are_the_same_on_one_thread_on_two_and_on_clusters_of_one_and_of_two(bridge_trips: TripSource) -> None:
    plain = ensemble(case(bridge_trips), place=Threads(1))
    assert ensemble(case(bridge_trips), place=Threads(2)) == plain
    assert [ensemble(case(bridge_trips), place=OnDask(workers=count)) for count in (1, 2)] == [plain, plain]
