"""What holds in every town, whatever is shut: trips add up, shut streets are empty, a bus is blocked where its street is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from clearway.assignment.costs import BadTraffic
from clearway.assignment.problem import TripTable
from clearway.network.classes import MOTOR_CLASSES, class_mask
from clearway.network.closures import Closure, shut_arcs
from clearway.network.transit.bus_lines import BusLine
from clearway.planning.traffic.demand.roads import StreetProblem, street_problem
from clearway.planning.traffic.demand.zones import Zones
from clearway.planning.traffic.impact.arc_traffic import arc_traffic
from clearway.planning.traffic.impact.assigner import Assigner
from clearway.planning.traffic.impact.bus_minutes import OWN_LINE, BusModel
from random_towns import Town, random_towns

if TYPE_CHECKING:
    from clearway.network.model import Network

CLASS = "emergency"


def streets_of(network: Network, junctions: list[int]) -> StreetProblem:
    """The streets with a zone at each of some junctions."""
    count = len(junctions)
    zones = Zones(
        names=tuple(f"zone {junction}" for junction in junctions),
        lon=network.junction_lon[junctions],
        lat=network.junction_lat[junctions],
        external=np.ones(count, np.bool_),
        address_zone=np.full(network.address_count, -1, np.int32),
        entry_zone=np.arange(count, dtype=np.int32),
        entry_junction=np.array(junctions, np.int32),
    )
    try:
        return street_problem(network, zones, vehicle_classes=(CLASS,))
    except BadTraffic:
        assume(condition=False)
        raise


@st.composite
def _asked(draw: st.DrawFn) -> tuple[Town, StreetProblem, TripTable]:
    town = draw(random_towns())
    assume(town.network.junction_count >= 2)
    places = st.lists(st.integers(0, town.network.junction_count - 1), min_size=2, max_size=4, unique=True)
    streets = streets_of(town.network, draw(places))
    count = streets.zones.count
    trips = draw(st.lists(st.integers(0, 2000), min_size=count * count, max_size=count * count))
    table = np.array(trips, np.float64).reshape(1, count, count)
    return town, streets, TripTable(table, streets.zones.names, (CLASS,))


@pytest.mark.slow
@settings(max_examples=30)
@given(_asked())
def test_trips_are_kept_or_lost_or_had_no_way_or_stay_within_a_zone(asked: tuple[Town, StreetProblem, TripTable]) -> None:
    town, streets, trips = asked
    change = Assigner(streets).change(trips, town.closures)
    within = float(np.trace(trips.trips[0]))
    told = change.trips_kept[0] + change.trips_lost[0] + change.trips_lost_before[0] + within
    assert told == pytest.approx(trips.total)
    assert change.zone_trips.sum() == pytest.approx(2 * change.trips_kept[0])
    assert change.zone_lost.sum() == pytest.approx(2 * change.trips_lost[0])
    extra = float((change.zone_hours_after - change.zone_hours_before).sum()) / 2
    assert extra == pytest.approx(change.extra_hours, abs=1e-5 * (1 + change.hours_before[0] + change.hours_after[0]))


@pytest.mark.slow
@settings(max_examples=30)
@given(_asked())
def test_nothing_moves_on_shut_streets_and_nothing_changes_without_closures(
    asked: tuple[Town, StreetProblem, TripTable],
) -> None:
    town, streets, trips = asked
    assigner = Assigner(streets)
    after = arc_traffic(streets, assigner.with_closures(trips, town.closures).solution)
    assert (after.flow_per_hour[shut_arcs(town.network, town.closures, CLASS)] == 0).all()
    assert (after.delay_s >= 0).all()
    none = assigner.change(trips, ())
    assert none.extra_hours == 0
    assert not none.way_flow_change.any()


@settings(max_examples=30)
@given(random_towns(), st.data())
def test_a_line_of_one_street_is_stopped_where_that_is_shut_and_else_left_alone(town: Town, data: st.DataObject) -> None:
    network = town.network
    bus = np.flatnonzero(network.arc_through & class_mask(["bus"]))
    assume(len(bus) > 0)
    arc = int(data.draw(st.sampled_from(bus.tolist())))
    line = BusLine("1", "", 10, np.array([arc]))
    shut = [Closure(way, class_mask(MOTOR_CLASSES)) for way in data.draw(st.sets(st.integers(0, network.way_count - 1)))]
    none = np.zeros(network.arc_count)
    found = BusModel(network, [line]).impacts(shut, none, none)
    blocked = arc >> 1 in {closure.way for closure in shut}
    assert bool(found) == blocked
    assert all(impact.state != OWN_LINE and impact.minutes_after is None for impact in found)
