"""Equilibrium conditions on random cities, held by searches of networkx, by scipy's optimiser, and by warm starts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pytest
from scipy.optimize import LinearConstraint, minimize

from clearway.assignment.equilibrium.solve import solve
from random_traffic import NODES, random_problem

if TYPE_CHECKING:
    from clearway.assignment.problem import TrafficProblem
    from clearway.assignment.solution import Solution
    from clearway.network.model import Floats

SEEDS = range(12)


def labels(problem: TrafficProblem, cost: np.ndarray, source: int) -> np.ndarray:
    """Cost of the cheapest way to every node, by networkx."""
    graph = nx.DiGraph()
    graph.add_nodes_from(range(problem.node_count))
    for tail, head, price in zip(problem.edge_tail.tolist(), problem.edge_head.tolist(), cost.tolist(), strict=True):
        if np.isfinite(price) and price < graph.get_edge_data(tail, head, {"weight": np.inf})["weight"]:
            graph.add_edge(tail, head, weight=price)
    found = nx.single_source_dijkstra_path_length(graph, source)
    return np.array([found.get(node, np.inf) for node in range(problem.node_count)])


def check(found: Solution) -> None:
    """No flow is lost or made, and nobody gains by another way; the gap says the same."""
    problem, trips = found.problem, found.trips.trips
    cost = problem.edge_costs(
        problem.costs.marginal_times(found.link_flow) if found.aim == "system" else problem.costs.times(found.link_flow)
    )
    spent = shortest = 0.0
    summed = np.zeros(problem.edge_count)
    for user_class in range(problem.class_count):
        for zone in range(problem.zone_count):
            edges, flow = found.origin_flow.of(user_class * problem.zone_count + zone)
            assert (flow > 0).all()
            assert not problem.edge_shut[edges].any()
            assert (problem.edge_class[edges] == user_class).all()
            np.add.at(summed, edges, flow)
            source = int(problem.zone_out[user_class, zone])
            cheapest = labels(problem, cost, source)
            going = trips[user_class, zone].copy()
            going[zone] = 0.0
            ends = problem.zone_in[user_class]
            going[~np.isfinite(cheapest[ends])] = 0.0
            balance = np.zeros(problem.node_count)
            np.add.at(balance, problem.edge_head[edges], flow)
            np.add.at(balance, problem.edge_tail[edges], -flow)
            due = np.zeros(problem.node_count)
            np.add.at(due, ends, going)
            due[source] -= going.sum()
            assert balance == pytest.approx(due, abs=1e-7)
            dearer = cheapest[problem.edge_tail[edges]] + cost[edges] - cheapest[problem.edge_head[edges]]
            assert (flow * dearer).max(initial=0.0) < 1e-6
            spent += float(flow @ cost[edges])
            shortest += float(going @ np.where(going > 0, cheapest[ends], 0.0))
    assert found.edge_flow == pytest.approx(summed, rel=1e-12, abs=1e-9)
    assert found.gap == pytest.approx((spent - shortest) / shortest, abs=1e-11)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("aim", ["user", "system"])
def test_ways_in_use_cost_the_same_and_others_no_less(seed: int, aim: str) -> None:
    found = solve(*random_problem(seed), gap=1e-11, aim=aim)
    assert found.reached
    check(found)


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_a_warm_start_ends_where_a_cold_one_does(seed: int) -> None:
    problem, trips = random_problem(seed)
    rng = np.random.default_rng(seed)
    base = solve(problem, trips, gap=1e-11)
    closed = problem.with_shut(rng.choice(problem.link_count, 3, replace=False))
    for_one = closed.with_shut(rng.choice(problem.link_count, 6, replace=False), ["class 1"])
    narrower = problem.with_costs(
        replace(problem.costs, capacity=problem.costs.capacity * rng.uniform(0.5, 1.5, problem.link_count))
    )
    others = replace(trips, trips=trips.trips * rng.uniform(0, 2, trips.trips.shape))
    last = base
    for asked, table in (
        (closed, trips),
        (for_one, trips),
        (problem, trips),
        (narrower, trips),
        (problem, others),
        (closed, others),
    ):
        warm, cold = solve(asked, table, gap=1e-11, start=last), solve(asked, table, gap=1e-11)
        assert warm.reached
        check(warm)
        assert warm.lost == cold.lost
        assert warm.objective == pytest.approx(cold.objective, rel=1e-9)
        assert warm.total_cost == pytest.approx(cold.total_cost, rel=1e-6)
        last = warm


@pytest.mark.parametrize("seed", SEEDS)
def test_trips_on_the_streets_and_trips_lost_are_the_trips_asked(seed: int) -> None:
    problem, trips = random_problem(seed)
    around = [link for link in range(problem.link_count) if 7 in (problem.edge_tail[link], problem.edge_head[link])]
    found = solve(problem.with_shut(around, ["class 0"]), trips, gap=1e-11)
    lost = {(one.user_class, one.start, one.end): one.trips for one in found.lost}
    asked = {
        (0, start, end): trips.trips[0, start, end]
        for start in range(4)
        for end in range(4)
        if start != end and 3 in (start, end) and trips.trips[0, start, end] > 0
    }
    assert lost == asked
    check(found)


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS[:5])
def test_a_convex_program_over_all_ways_finds_the_same_least(seed: int) -> None:
    problem, trips = random_problem(seed, classes=1)
    pairs = [(0, 2), (1, 3)]
    few = np.zeros_like(trips.trips)
    for start, end in pairs:
        few[0, start, end] = 40.0
    use, owner = _ways(problem, pairs)
    least = _least(problem, use, owner)
    found = solve(problem, replace(trips, trips=few), gap=1e-11)
    assert found.objective == pytest.approx(least, rel=1e-6)


def _ways(problem: TrafficProblem, pairs: list[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    """(ways, links) which links each way without a circle drives, and (ways,) whose it is."""
    graph = nx.MultiDiGraph()
    for edge, (tail, head) in enumerate(zip(problem.edge_tail.tolist(), problem.edge_head.tolist(), strict=True)):
        graph.add_edge(tail, head, key=edge)
    use, owner = [], []
    for number, (start, end) in enumerate(pairs):
        ends = int(problem.zone_out[0, start]), int(problem.zone_in[0, end])
        for way in nx.all_simple_edge_paths(graph, *ends, cutoff=NODES):
            row = np.zeros(problem.link_count)
            np.add.at(row, problem.edge_link[[edge for _, _, edge in way]], 1.0)
            use.append(row)
            owner.append(number)
    return np.array(use), np.array(owner)


def _least(problem: TrafficProblem, use: np.ndarray, owner: np.ndarray) -> float:
    """Beckmann's least sum of integrals, by sequential quadratic programs over the 40 ways that cost least on empty streets."""
    kept = np.concatenate(
        [np.flatnonzero(owner == pair)[np.argsort(use[owner == pair] @ problem.costs.free)[:20]] for pair in (0, 1)]
    )
    use, owner = use[kept], owner[kept]

    def objective(shares: Floats) -> float:
        return float(problem.costs.integrals(40 * np.maximum(shares, 0) @ use).sum() / 1000)

    def slopes(shares: Floats) -> Floats:
        prices: Floats = 40 * use @ problem.costs.times(40 * np.maximum(shares, 0) @ use) / 1000
        return prices

    answer = minimize(
        objective,
        np.where(owner == 0, 1 / (owner == 0).sum(), 1 / (owner == 1).sum()),
        jac=slopes,
        bounds=[(0, 1)] * len(kept),
        constraints=LinearConstraint(np.array([owner == pair for pair in (0, 1)], float), 1, 1),
        method="SLSQP",
        options={"ftol": 1e-14, "maxiter": 500},
    )
    assert answer.success, answer.message
    return float(answer.fun) * 1000
