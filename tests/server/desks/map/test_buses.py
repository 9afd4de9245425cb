"""The streets that buses drive, as the map draws them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from clearway.network.transit.bus_lines import BusLine
from clearway.server.city import city_from
from clearway.server.desks.map.buses import bus_streets
from clearway.server.networks import served_network
from clearway.server.sources import TrafficSources
from serving import drawn_town, serving


def line(route: str, *ways: int) -> BusLine:
    """A line along ways in their own direction."""
    return BusLine(route, "the square", 40, np.array([2 * way for way in ways]))


def test_streets_with_the_same_routes_are_one_and_routes_are_sorted_by_number() -> None:
    found = bus_streets(drawn_town(), [line("10", 0, 1, 2), line("2", 1, 2), line("N1", 4)])
    assert found.routes == ["2", "10", "N1"]
    assert [(one.routes, one.ways) for one in found.stretches] == [(["2", "10"], [1, 2]), (["10"], [0]), (["N1"], [4])]
    assert [len(one.lines) for one in found.stretches] == [1, 1, 1]
    network = drawn_town()
    assert found.stretches[1].lines[0] == np.round(network.geometry(0), 5).tolist()


def test_without_lines_the_streets_are_those_with_trips_and_without_trips_there_are_none() -> None:
    town = drawn_town()
    trips = np.zeros(town.way_count, np.int32)
    assert bus_streets(town, ()).stretches == []
    trips[[3, 7]] = 12
    (one,) = bus_streets(replace(town, way_bus_trips=trips), ()).stretches
    assert (one.routes, one.ways, len(one.lines)) == ([], [3, 7], 2)


def test_the_lines_that_the_server_was_started_with_are_answered() -> None:
    town = drawn_town()
    sources = TrafficSources(bus_lines=lambda _network: [line("7", 0)])
    with serving(served_network(town, city_from(town, name="t"), sources)) as client:
        found = client.get("/api/networks/drawn-town/buses").json()
    assert found["routes"] == ["7"]
    assert found["stretches"][0]["ways"] == [0]
