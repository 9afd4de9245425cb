from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from clearway.assignment.costs import BadTraffic
from clearway.network.build import NetworkDraft
from clearway.planning.traffic.demand.activity import address_activity, edge_vehicles

if TYPE_CHECKING:
    from clearway.network.model import Network


def test_a_main_street_draws_more_than_a_residential_one(town: Network) -> None:
    visits = address_activity(town).visits
    secondary = town.way_class[town.address_way] == town.street_classes.index("secondary")
    residential = town.way_class[town.address_way] == town.street_classes.index("residential")
    assert np.median(visits[secondary]) == 10 * np.median(visits[residential])


def test_a_hospital_draws_people_to_the_address_beside_it(town: Network) -> None:
    activity = address_activity(town)
    assert activity.places == {"hospital": 1}
    busiest = int(activity.visits.argmax())
    assert activity.visits[busiest] >= 2000
    assert np.hypot(town.address_lon[busiest] - town.place_lon[0], town.address_lat[busiest] - town.place_lat[0]) < 0.002


def test_a_weekend_is_no_weekday(town: Network) -> None:
    assert address_activity(town, day="weekend").visits.max() < address_activity(town).visits.max()
    with pytest.raises(BadTraffic, match="Choose weekday or weekend"):
        address_activity(town, day="holiday")


def test_streets_where_buses_meet_draw_more(town: Network) -> None:
    trips = np.zeros(town.way_count, np.int32)
    trips[:3] = 500
    buses = replace(town, way_bus_trips=trips)
    more = address_activity(buses).visits - address_activity(town).visits
    on_route = np.isin(town.address_way, [0, 1, 2])
    assert more[on_route].min() > 0
    assert more[on_route].mean() > 10 * more[~on_route].mean()


def test_a_lone_road_has_fewer_homes_than_a_street_grid() -> None:
    draft = NetworkDraft("hills and town")
    grid = [[draft.junction(0.0008 * column, 0.0008 * row) for column in range(6)] for row in range(6)]
    for row in range(6):
        for column in range(5):
            draft.way(grid[row][column], grid[row][column + 1])
            draft.way(grid[column][row], grid[column + 1][row])
    lone = draft.way(grid[5][5], draft.junction(0.05, 0.05))
    network = draft.finish()
    homes = address_activity(network).homes
    far = (network.address_way == lone) & (network.address_offset_m > 1000)
    assert homes[far].max() < 0.1
    assert np.median(homes[network.address_way != lone]) == 1.0


def test_entries_bring_what_their_streets_carry(town: Network) -> None:
    edges = np.flatnonzero(town.junction_edge)
    into, out = edge_vehicles(town, edges)
    assert sorted(into.tolist()) == sorted(out.tolist()) == [900 * 2.5, 3600 * 7.5]
