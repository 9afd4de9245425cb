from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy.optimize import brentq

from clearway.network.classes import MOTOR_CLASSES, class_mask
from clearway.network.closures import Closure
from clearway.network.transit.bus_lines import BusLine
from clearway.planning.access.planner.stations import Station
from clearway.planning.traffic.impact.impact_model import ImpactModel
from clearway.planning.traffic.impact.running import OnDask, RunFile

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from clearway.planning.traffic.demand.roads import StreetProblem
    from clearway.planning.traffic.impact.impact_model import TripSource

MAIN, NORTH_BRIDGE, EAST, WEST_BANK, SOUTH_BRIDGE, EAST_BANK = range(6)
ALL = class_mask(MOTOR_CLASSES)
NORTH_SHUT = (Closure(NORTH_BRIDGE, ALL, label="North Bridge"),)
GAP = 1e-11


class _Halt(Exception):
    pass


def seconds(streets: StreetProblem, arcs: list[int], flow: float) -> float:
    """Time over some arcs that all carry a flow, from the cost functions alone."""
    flows = np.zeros(streets.problem.link_count)
    links = streets.arc_link[arcs]
    flows[links] = flow
    return float(streets.problem.costs.times(flows)[links].sum())


def vehicle_hours_by_hand(streets: StreetProblem, trips: float, side: int, *, bridge: bool) -> float:
    """Vehicle hours of one direction: two routes share the trips so that both take as long, or all go over the south."""
    common = [2 * MAIN + side, 2 * EAST + side]
    north, south = [2 * NORTH_BRIDGE + side], [2 * way + side for way in (WEST_BANK, SOUTH_BRIDGE, EAST_BANK)]
    over = trips
    if not bridge:
        over = 0.0
    elif seconds(streets, north, trips) > seconds(streets, south, 0.0):
        over = brentq(lambda x: seconds(streets, north, x) - seconds(streets, south, trips - x), 0, trips, xtol=1e-12)
    spent = (
        trips * seconds(streets, common, trips)
        + over * seconds(streets, north, over)
        + (trips - over) * seconds(streets, south, trips - over)
    )
    return spent / 3600


@pytest.mark.parametrize("scale", [0.2, 1.0, 2.5])
def test_a_bridge_that_is_shut_costs_what_paper_and_pencil_say(bridge_trips: TripSource, scale: float) -> None:
    source = type(bridge_trips)(bridge_trips.streets, bridge_trips.trips(8).scaled(scale))  # type: ignore[call-arg]
    found = ImpactModel(source, gap=GAP).impact(NORTH_SHUT, draws=0)
    streets = source.streets
    before, after = (
        sum(vehicle_hours_by_hand(streets, scale * trips, side, bridge=bridge) for side, trips in enumerate((800, 300)))
        for bridge in (True, False)
    )
    assert found.totals.vehicle_hours_before == pytest.approx(before, rel=1e-9)
    assert found.totals.vehicle_hours_after == pytest.approx(after, rel=1e-9)
    assert found.totals.extra_vehicle_hours == pytest.approx(after - before, rel=1e-7)
    assert found.totals.minutes_per_trip_after == pytest.approx(60 * after / (1100 * scale), rel=1e-9)
    assert found.totals.vehicle_km_after == pytest.approx(1100 * scale * 4.5, rel=1e-3)
    assert found.lost == ()


def test_the_streets_of_the_way_round_are_the_worst_and_the_bridge_is_not_called_relieved(bridge_trips: TripSource) -> None:
    found = ImpactModel(bridge_trips, gap=GAP).impact(NORTH_SHUT, draws=0)
    assert {street.street for street in found.streets} == {"West Bank", "South Bridge", "East Bank"}
    south = next(street for street in found.streets if street.street == "South Bridge")
    assert south.flow_after_per_hour == pytest.approx(800, rel=1e-9)
    streets = bridge_trips.streets
    arc = streets.arc_link[2 * SOUTH_BRIDGE]
    assert south.saturation_after == pytest.approx(800 / streets.problem.costs.capacity[arc], rel=1e-9)
    assert found.relieved == ()
    ways = dict(zip(found.ways.way, found.ways.shut, strict=True))
    assert ways == {NORTH_BRIDGE: True, WEST_BANK: False, SOUTH_BRIDGE: False, EAST_BANK: False}


def test_no_closure_is_no_change(bridge_trips: TripSource) -> None:
    found = ImpactModel(bridge_trips).impact((), draws=3)
    assert found.totals.extra_vehicle_hours == 0
    assert (found.streets, found.relieved, found.lost) == ((), (), ())
    assert len(found.ways.way) == 0
    assert "no change" in found.sentence
    assert found.how_sure.extra_vehicle_hours is not None
    assert found.how_sure.extra_vehicle_hours.high == 0


def test_a_closure_for_buses_alone_leaves_cars_where_they_are(bridge_trips: TripSource) -> None:
    line = BusLine("7", "East", 40, np.array([2 * MAIN, 2 * NORTH_BRIDGE, 2 * EAST]))
    found = ImpactModel(bridge_trips, bus_lines=[line]).impact([Closure(NORTH_BRIDGE, class_mask(["bus"]))], draws=0)
    assert found.totals.extra_vehicle_hours == 0
    assert found.buses is not None
    assert [bus.state for bus in found.buses] == ["way round"]


def test_trips_that_are_cut_off_are_named_and_in_no_time(bridge_trips: TripSource) -> None:
    found = ImpactModel(bridge_trips, gap=GAP).impact([Closure(EAST, ALL, against=False)], draws=0)
    assert [(row.start_zone, row.end_zone, row.trips_per_hour) for row in found.lost] == [("West", "East", 800.0)]
    assert found.totals.trips_lost_per_hour == 800
    back = vehicle_hours_by_hand(bridge_trips.streets, 300, 1, bridge=True)
    assert found.totals.vehicle_hours_before == pytest.approx(back, rel=1e-9)
    assert found.totals.extra_vehicle_hours == pytest.approx(0, abs=1e-9)
    assert "800 trips an hour no longer have a route." in found.sentence
    assert {zone.trips_lost_per_hour for zone in found.zones} == {800.0}


def test_what_was_asked_is_driven_or_lost_or_within_a_zone(bridge_trips: TripSource) -> None:
    for closures in ((), NORTH_SHUT, (Closure(MAIN, ALL),), (Closure(EAST, ALL, along=False),)):
        found = ImpactModel(bridge_trips).impact(closures, draws=0)
        driven = found.zones[0].trips_per_hour - found.zones[0].trips_lost_per_hour if found.zones else 0.0
        assert driven + found.totals.trips_lost_per_hour + 5.0 == pytest.approx(found.totals.trips_per_hour)


def test_each_zone_says_what_its_trips_lose(bridge_trips: TripSource) -> None:
    found = ImpactModel(bridge_trips, gap=GAP).impact(NORTH_SHUT, draws=0)
    assert [zone.zone for zone in found.zones] == ["East", "West"] or [zone.zone for zone in found.zones] == ["West", "East"]
    for zone in found.zones:
        assert zone.trips_per_hour == 1100
        assert zone.extra_vehicle_hours == pytest.approx(found.totals.extra_vehicle_hours, rel=1e-6)
        assert zone.extra_minutes_per_trip == pytest.approx(
            found.totals.minutes_per_trip_after - found.totals.minutes_per_trip_before, rel=1e-6
        )


def test_draws_give_a_range_and_say_how_many_agree(bridge_trips: TripSource) -> None:
    found = ImpactModel(bridge_trips, gap=GAP).impact(NORTH_SHUT, draws=5)
    hours = found.how_sure.extra_vehicle_hours
    assert hours is not None
    assert (hours.draws, hours.agree) == (5, 5)
    assert hours.middle == pytest.approx(found.totals.extra_vehicle_hours, rel=1e-9)
    assert hours.low < hours.middle < hours.high
    assert all(street.how_sure == "grows in 5 of 5 draws" for street in found.streets)
    assert found.how_sure.rank_correlation == pytest.approx(1.0, abs=0.3)
    assert "5 draws of the demand" in found.how_sure.sentence
    assert set(found.ways.agreement) == {1.0}


def test_the_statement_of_the_trips_is_in_the_answer(bridge_trips: TripSource) -> None:
    assert ImpactModel(bridge_trips).impact(NORTH_SHUT, draws=0, hour=17).statement == "Counted by hand at 17 o'clock."


def test_the_answer_is_json_from_end_to_end(bridge_trips: TripSource) -> None:
    line = BusLine("7", "East", 40, np.array([2 * MAIN, 2 * NORTH_BRIDGE, 2 * EAST]))
    station = Station("West Station", "fire_station", 174.77, -41.28)
    found = ImpactModel(bridge_trips, bus_lines=[line], stations=[station]).impact(NORTH_SHUT, draws=2, name="Plan A")
    document = json.loads(json.dumps(found.as_json(), allow_nan=False))
    assert document["name"] == "Plan A"
    assert document["ways"]["way"] == [1, 3, 4, 5]
    assert document["buses"][0]["way_round"] == ["West Bank", "South Bridge", "East Bank"]
    assert document["emergency"][0]["service"] == "fire"
    assert (
        document["emergency"][0]["congested_after"]["worst_minutes"] > document["emergency"][0]["free_after"]["worst_minutes"]
    )


def test_without_stations_and_bus_lines_the_answer_says_so(bridge_trips: TripSource) -> None:
    found = ImpactModel(bridge_trips).impact(NORTH_SHUT, draws=0)
    assert (found.buses, found.emergency) == (None, None)
    assert any("No bus lines are known" in note for note in found.notes)
    assert any("stations are known" in note for note in found.notes)


def halt_after(calls: int) -> Callable[[str, float], None]:
    left = [calls]

    def tell(doing: str, share: float) -> None:
        assert 0 <= share <= 1
        if doing.startswith("Draw"):
            left[0] -= 1
        if left[0] < 0:
            raise _Halt

    return tell


def test_a_run_that_was_stopped_goes_on_and_ends_as_one_that_was_not(bridge_trips: TripSource, tmp_path: Path) -> None:
    whole = ImpactModel(bridge_trips, gap=GAP).impact(NORTH_SHUT, draws=6)
    kept = RunFile(tmp_path / "run.sqlite", "north")
    with pytest.raises(_Halt):
        ImpactModel(bridge_trips, gap=GAP).impact(NORTH_SHUT, draws=6, kept=kept, tell=halt_after(3))
    done = kept.known()
    assert 2 <= len(done) < 6
    again = ImpactModel(bridge_trips, gap=GAP).impact(NORTH_SHUT, draws=6, kept=RunFile(tmp_path / "run.sqlite", "north"))
    assert again.as_json() == whole.as_json()
    assert {key: kept.known()[key] for key in done} == done


@pytest.mark.slow
def test_a_dask_cluster_gives_what_threads_give(bridge_trips: TripSource) -> None:
    threads = ImpactModel(bridge_trips, gap=GAP).impact(NORTH_SHUT, draws=4)
    dask = ImpactModel(bridge_trips, gap=GAP).impact(NORTH_SHUT, draws=4, place=OnDask())
    assert dask.as_json() == threads.as_json()
