from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings

from clearway.network.build import NetworkDraft
from clearway.network.classes import class_mask
from clearway.network.closures import Closure
from clearway.planning.traffic.demand.roads import street_problem, with_closures
from clearway.planning.traffic.demand.zone_times import zone_times
from clearway.planning.traffic.demand.zones import make_zones
from random_towns import Town, random_towns

if TYPE_CHECKING:
    from clearway.assignment.problem import TrafficProblem


def by_networkx(problem: TrafficProblem) -> np.ndarray:
    graph = nx.DiGraph()
    costs = problem.edge_costs(problem.costs.free)
    for edge in np.flatnonzero(np.isfinite(costs)).tolist():
        tail, head = int(problem.edge_tail[edge]), int(problem.edge_head[edge])
        known = graph.get_edge_data(tail, head, {"weight": np.inf})["weight"]
        graph.add_edge(tail, head, weight=min(known, costs[edge]))
    times = np.full((problem.zone_count, problem.zone_count), np.inf)
    for start, end in np.ndindex(times.shape):
        out, into = int(problem.zone_out[0, start]), int(problem.zone_in[0, end])
        if start != end and out in graph and into in graph and nx.has_path(graph, out, into):
            times[start, end] = nx.shortest_path_length(graph, out, into, weight="weight")
    return times


@given(random_towns())
@settings(max_examples=40)
def test_times_are_those_of_the_soonest_ways(town: Town) -> None:
    network = town.network
    if not network.address_count or not (network.arc_through & 1).any():
        return
    streets = street_problem(network, make_zones(network, zone_count=3), vehicle_classes=("emergency",))
    for problem in (streets.problem, with_closures(streets, town.closures)):
        times, expected = zone_times(problem), by_networkx(problem)
        apart = ~np.eye(problem.zone_count, dtype=np.bool_)
        assert times[apart] == pytest.approx(expected[apart], abs=1e-5)
        nearest = expected.min(axis=1)
        assert np.diag(times) == pytest.approx(np.where(np.isfinite(nearest), nearest / 2, 0.0), abs=1e-5)


def test_parallel_streets_take_the_quicker_and_shut_ones_none() -> None:
    draft = NetworkDraft("two ways")
    first, second = draft.junction(0.0, 0.0), draft.junction(0.01, 0.0)
    slow = draft.way(first, second, speed_kmh=20.0)
    quick = draft.way(first, second, speed_kmh=60.0)
    for way in (slow, quick):
        draft.address(way, 10.0)
        draft.address(way, 1100.0)
    network = draft.finish()
    streets = street_problem(network, make_zones(network, zone_count=2), connectors_per_zone=1)
    length = float(network.way_length_m[0])
    connectors = streets.connectors.seconds.sum()
    assert zone_times(streets.problem)[0, 1] == pytest.approx(length / (60 / 3.6) + connectors, abs=0.2)
    everyone = class_mask(["general"])
    shut = with_closures(streets, [Closure(quick, everyone)])
    assert zone_times(shut)[0, 1] == pytest.approx(length / (20 / 3.6) + connectors, abs=0.2)
    assert zone_times(with_closures(streets, [Closure(quick, everyone), Closure(slow, everyone)])).tolist()[0][1] == np.inf
