"""The gap of flows, by hand and against networkx, for flows that no solver made."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pytest

from clearway.assignment.costs import bpr_costs
from clearway.assignment.equilibrium.gap import Claim, evaluate, least_costs
from clearway.assignment.problem import TrafficProblem, TripTable
from random_traffic import random_problem

if TYPE_CHECKING:
    from clearway.network.model import Floats


def two_roads(fixed: float = 0.0) -> TrafficProblem:
    """A quick road and a slow one from west to east, 10 and 12 minutes when free, and a way back of one minute."""
    return TrafficProblem(
        name="two roads",
        costs=bpr_costs(np.array([10.0, 12.0, 1.0]), np.array([100.0, 100.0, 1e9])),
        node_count=2,
        edge_tail=np.array([0, 0, 1], np.int32),
        edge_head=np.array([1, 1, 0], np.int32),
        edge_link=np.array([0, 1, 2], np.int32),
        edge_class=np.zeros(3, np.uint8),
        edge_fixed=np.array([0.0, fixed, 0.0]),
        edge_shut=np.zeros(3, np.bool_),
        zone_out=np.array([[0, 1]], np.int32),
        zone_in=np.array([[0, 1]], np.int32),
        zone_names=("west", "east"),
    )


def going(east: float, west: float = 0.0, within: float = 0.0) -> TripTable:
    return TripTable(np.array([[[within, east], [west, 0.0]]]), ("west", "east"), ("general",))


def test_the_gap_is_what_all_spend_beyond_their_cheapest_ways_in_parts_of_these() -> None:
    found = evaluate(two_roads(), going(100.0), np.array([50.0, 50.0, 0.0]))
    quick, slow = 10 * (1 + 0.15 / 16), 12 * (1 + 0.15 / 16)
    assert found.gap == pytest.approx((50 * quick + 50 * slow - 100 * quick) / (100 * quick))
    assert found.excess == pytest.approx((slow - quick) / 2)
    assert found.objective == pytest.approx(50 * 22 + 0.15 * 22 * 50**5 / (5 * 100**4))


def test_of_a_system_optimum_costs_are_marginal_and_the_objective_is_all_time_spent() -> None:
    found = evaluate(two_roads(), going(100.0), np.array([50.0, 50.0, 0.0]), aim="system")
    quick, slow = 10 * (1 + 5 * 0.15 / 16), 12 * (1 + 5 * 0.15 / 16)
    assert found.gap == pytest.approx((slow - quick) / 2 / quick)
    assert found.objective == pytest.approx(50 * 22 * (1 + 0.15 / 16))


def test_a_fixed_cost_counts_in_costs_and_objective() -> None:
    free, paid = (evaluate(two_roads(fixed), going(100.0), np.array([50.0, 50.0, 0.0])) for fixed in (0.0, 3.0))
    assert paid.excess == pytest.approx(free.excess + 1.5)
    assert paid.objective == pytest.approx(free.objective + 150.0)


def test_where_nobody_travels_there_is_no_gap_and_flow_that_no_trip_explains_is_a_whole_one() -> None:
    assert evaluate(two_roads(), going(0.0), np.zeros(3)) == (0.0, 0.0, 0.0)
    assert evaluate(two_roads(), going(0.0), np.array([5.0, 0.0, 0.0]))[:2] == (1.0, 0.0)


def test_trips_within_a_zone_and_trips_without_a_way_count_nowhere() -> None:
    flow = np.array([100.0, 0.0, 0.0])
    alone = evaluate(two_roads(), going(100.0), flow)
    assert evaluate(two_roads(), going(100.0, within=70.0), flow) == alone
    shut = replace(two_roads(), edge_shut=np.array([False, False, True]))
    assert evaluate(shut, going(100.0, west=70.0), flow) == alone
    outside = replace(two_roads(), zone_out=np.array([[0, -1]], np.int32))
    assert evaluate(outside, going(100.0, west=70.0), flow) == alone
    inside = replace(two_roads(), zone_in=np.array([[-1, 1]], np.int32))
    assert evaluate(inside, going(100.0, west=70.0), flow) == alone


def test_least_costs_are_infinite_without_trips_and_without_a_way() -> None:
    cost = np.array([7.0, 5.0, np.inf])
    assert least_costs(two_roads(), going(1.0, west=1.0), cost).tolist() == [[[np.inf, 5.0], [np.inf, np.inf]]]
    assert least_costs(two_roads(), going(1.0, within=1.0), cost).tolist() == [[[0.0, 5.0], [np.inf, np.inf]]]
    assert least_costs(two_roads(), going(0.0), cost).tolist() == [[[np.inf, np.inf], [np.inf, np.inf]]]


def by_networkx(problem: TrafficProblem, trips: TripTable, cost: Floats) -> Floats:
    graph = nx.DiGraph()
    graph.add_nodes_from(range(problem.node_count))
    for tail, head, price in zip(problem.edge_tail.tolist(), problem.edge_head.tolist(), cost.tolist(), strict=True):
        if price < graph.get_edge_data(tail, head, {"weight": np.inf})["weight"]:
            graph.add_edge(tail, head, weight=price)
    table = np.full(trips.trips.shape, np.inf)
    for user_class, zone in np.argwhere(trips.trips.any(axis=2)):
        reached = nx.single_source_dijkstra_path_length(graph, int(problem.zone_out[user_class, zone]))
        for end in np.flatnonzero(trips.trips[user_class, zone]):
            table[user_class, zone, end] = reached.get(int(problem.zone_in[user_class, end]), np.inf)
    return table


@pytest.mark.parametrize("seed", range(20))
def test_cheapest_ways_are_those_of_networkx_with_ties_free_streets_and_shut_ones(seed: int) -> None:
    problem, trips = random_problem(seed)
    rng = np.random.default_rng(seed)
    cost = rng.integers(0, 5, problem.edge_count).astype(np.float64)
    cost[rng.random(problem.edge_count) < 0.3] = np.inf
    assert least_costs(problem, trips, cost).tolist() == by_networkx(problem, trips, cost).tolist()


def large(origins: int = 300) -> tuple[TrafficProblem, TripTable, Floats]:
    """A ring of as many zones with chords, large enough to be searched in parts, every zone with trips to some."""
    rng = np.random.default_rng(5)
    tail = np.concatenate([np.arange(origins), rng.integers(0, origins, 3 * origins)])
    head = np.concatenate([(np.arange(origins) + 1) % origins, rng.integers(0, origins, 3 * origins)])
    zones = np.arange(origins, dtype=np.int32)[None]
    problem = TrafficProblem(
        name="ring",
        costs=bpr_costs(rng.integers(1, 30, len(tail)).astype(np.float64), np.full(len(tail), 100.0)),
        node_count=origins,
        edge_tail=tail.astype(np.int32),
        edge_head=head.astype(np.int32),
        edge_link=np.arange(len(tail), dtype=np.int32),
        edge_class=np.zeros(len(tail), np.uint8),
        edge_fixed=np.zeros(len(tail)),
        edge_shut=np.zeros(len(tail), np.bool_),
        zone_out=zones,
        zone_in=zones,
        zone_names=tuple(str(zone) for zone in range(origins)),
    )
    trips = np.zeros((1, origins, origins))
    trips[0, np.repeat(np.arange(origins), 3), rng.integers(0, origins, 3 * origins)] = 2.0
    return problem, TripTable(trips, problem.zone_names, ("general",)), rng.integers(1, 30, len(tail)).astype(np.float64)


def test_a_large_city_searched_in_parts_gets_the_same_costs() -> None:
    problem, trips, cost = large()
    assert least_costs(problem, trips, cost).tolist() == by_networkx(problem, trips, cost).tolist()


def claim_of(problem: TrafficProblem, orders: dict[int, list[int]]) -> Claim:
    """A claim of the order in which each origin reaches the nodes."""
    numbers = sorted(orders)
    return Claim(
        number=np.array(numbers, np.int32),
        start=np.cumsum([0, *(len(orders[number]) for number in numbers)]).astype(np.int64),
        order=np.array([node for number in numbers for node in orders[number]], np.uint32),
        node=np.arange(problem.node_count, dtype=np.uint32),
        layer=np.array([0, problem.node_count], np.int64),
    )


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("aim", ["user", "system"])
def test_a_claim_right_or_wrong_or_of_some_origins_never_changes_the_answer(seed: int, aim: str) -> None:
    problem, trips = random_problem(seed, classes=1)
    rng = np.random.default_rng(seed)
    flow = rng.uniform(0, 50, problem.edge_count)
    sought = evaluate(problem, trips, flow, aim=aim)
    for origins in ([0, 1, 2, 3], [0, 2], [3], [1]):
        shuffled = {
            origin: [int(problem.zone_out[0, origin]), *rng.permutation(problem.node_count).tolist()] for origin in origins
        }
        unique = {origin: list(dict.fromkeys(order)) for origin, order in shuffled.items()}
        assert evaluate(problem, trips, flow, aim=aim, claim=claim_of(problem, unique)) == pytest.approx(sought, rel=1e-12)
