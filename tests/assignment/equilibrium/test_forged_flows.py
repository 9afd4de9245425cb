"""The gap of any flows, worked out again by networkx and the definition; orders claimed falsely change nothing."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pytest

from clearway.assignment.equilibrium.gap import Claim, evaluate
from clearway.assignment.equilibrium.solve import solve
from forgeries import Claims, forgery
from random_traffic import random_problem
from rounds import rounds

if TYPE_CHECKING:
    import random

    from clearway.assignment.problem import TrafficProblem, TripTable
    from clearway.assignment.solution import Solution
    from clearway.network.model import Floats

EQUAL = 1e-9
"""How far from equilibrium flows are that a solver calls equal."""


def town(chance: random.Random) -> tuple[TrafficProblem, TripTable]:
    """A random city in which some links are shut, so that some trips have no way."""
    problem, trips = random_problem(chance.randrange(10**6))
    shut = chance.sample(range(problem.link_count), chance.choice([0, 4, 12, 12]))
    return problem.with_shut(shut), trips


def cheapest(problem: TrafficProblem, cost: Floats, source: int) -> tuple[dict[int, float], dict[int, list[int]]]:
    """Cost of the cheapest way from a node to each that it leads to, and its nodes."""
    graph = nx.DiGraph()
    graph.add_nodes_from(range(problem.node_count))
    for edge, (tail, head) in enumerate(zip(problem.edge_tail.tolist(), problem.edge_head.tolist(), strict=True)):
        if np.isfinite(cost[edge]) and cost[edge] < graph.get_edge_data(tail, head, {"weight": np.inf})["weight"]:
            graph.add_edge(tail, head, weight=float(cost[edge]), edge=edge)
    lengths, paths = nx.single_source_dijkstra(graph, source)
    return lengths, {node: [graph[a][b]["edge"] for a, b in pairwise(path)] for node, path in paths.items()}


def loaded(problem: TrafficProblem, trips: TripTable, cost: Floats) -> Floats:
    """All trips on the ways that are cheapest at some costs."""
    flow = np.zeros(problem.edge_count)
    for user_class, start, end in zip(*np.nonzero(trips.trips), strict=True):
        _, paths = cheapest(problem, cost, int(problem.zone_out[user_class, start]))
        target = int(problem.zone_in[user_class, end])
        if start != end and target in paths:
            flow[paths[target]] += trips.trips[user_class, start, end]
    return flow


def by_hand(problem: TrafficProblem, trips: TripTable, flow: Floats, aim: str) -> tuple[float, float, float]:
    """Gap, average excess and objective as the docstring defines them."""
    on_links = np.zeros(problem.link_count)
    np.add.at(on_links, problem.edge_link, flow)
    costs = problem.costs
    seconds = costs.marginal_times(on_links) if aim == "system" else costs.times(on_links)
    cost = np.where(problem.edge_shut, np.inf, seconds[problem.edge_link] + problem.edge_fixed)
    spent = sum(amount * price for amount, price in zip(flow.tolist(), cost.tolist(), strict=True) if amount)
    least = travelling = 0.0
    for user_class, start, end in zip(*np.nonzero(trips.trips), strict=True):
        lengths, _ = cheapest(problem, cost, int(problem.zone_out[user_class, start]))
        target = int(problem.zone_in[user_class, end])
        if start != end and target in lengths:
            least += trips.trips[user_class, start, end] * lengths[target]
            travelling += trips.trips[user_class, start, end]
    streets = on_links * costs.times(on_links) if aim == "system" else costs.integrals(on_links)
    return (spent - least) / least, (spent - least) / travelling, float(streets.sum() + flow @ problem.edge_fixed)


@pytest.mark.slow
@pytest.mark.parametrize("aim", ["user", "system"])
def test_the_gap_excess_and_objective_of_any_flows_are_those_of_the_definition(aim: str) -> None:
    lost = 0
    for chance in rounds(12):
        problem, trips = town(chance)
        rng = np.random.default_rng(chance.randrange(10**6))
        some = loaded(problem, trips, np.where(problem.edge_shut, np.inf, rng.uniform(1, 30, problem.edge_count)))
        found = evaluate(problem, trips, some, aim=aim)
        gap, excess, objective = by_hand(problem, trips, some, aim)
        assert (found.gap, found.excess) == pytest.approx((gap, excess), rel=1e-9)
        assert found.objective == pytest.approx(objective, rel=1e-9)
        assert found.gap > 1e-3, "flows at random costs are no equilibrium"
        lost += bool(problem.edge_shut.sum() > 10)
    assert lost >= 1


@pytest.mark.slow
def test_an_order_claimed_falsely_changes_nothing() -> None:
    """Nodes shuffled, left out, of another origin, or with another first: the claim is dropped and the search made."""
    for chance in rounds(12):
        problem, trips = town(chance)
        rng = np.random.default_rng(chance.randrange(10**6))
        flow = loaded(problem, trips, np.where(problem.edge_shut, np.inf, rng.uniform(1, 30, problem.edge_count)))
        true = evaluate(problem, trips, flow)
        nodes = problem.node_count // problem.class_count
        for _ in range(4):
            claim = _false_claim(problem, nodes, rng)
            assert evaluate(problem, trips, flow, claim=claim) == pytest.approx(true, rel=1e-12)


def _false_claim(problem: TrafficProblem, nodes: int, rng: np.random.Generator) -> Claim:
    origins = np.arange(problem.class_count * problem.zone_count, dtype=np.int32)
    orders = []
    for origin in origins.tolist():
        source = int(problem.zone_out[origin // problem.zone_count, origin % problem.zone_count]) % nodes
        others = rng.permutation([node for node in range(nodes) if node != source])
        orders.append(np.array([source, *others[: rng.integers(1, len(others) + 1)]], np.uint32))
    start = np.concatenate(([0], np.cumsum([len(order) for order in orders]))).astype(np.int64)
    layer = np.arange(problem.class_count + 1, dtype=np.int64) * nodes
    return Claim(origins, start, np.concatenate(orders), np.arange(problem.node_count, dtype=np.uint32), layer)


@pytest.fixture(scope="module")
def claims() -> Claims:
    """Equilibria, and whether one is as near to one as it says."""
    found = [solve(*town(chance), gap=1e-11) for chance in rounds(15)]
    return Claims([(one, {"flow": one.edge_flow, "trips": one.trips}) for one in found], problems)


def problems(true: Solution, document: dict[str, object]) -> list[str]:
    exact = evaluate(true.problem, document["trips"], document["flow"])  # type: ignore[arg-type]
    return [] if abs(exact.gap) <= EQUAL else [f"gap {exact.gap:g}"]


def test_every_true_equilibrium_is_accepted(claims: Claims) -> None:
    for true, document in claims.true:
        assert problems(true, document) == []


@forgery("^gap [0-9]")
def test_flow_moved_from_a_cheap_way_to_a_dear_one_is_seen(
    true: Solution, document: dict[str, Floats], chance: random.Random
) -> bool:
    """A small part of all trips takes the ways that are dearest of some."""
    rng = np.random.default_rng(chance.randrange(10**6))
    cost = np.where(true.problem.edge_shut, np.inf, rng.uniform(1, 30, true.problem.edge_count))
    document["flow"] = 0.999 * document["flow"] + 0.001 * loaded(true.problem, true.trips, cost)
    return True


@forgery("^gap ")
def test_trips_left_off_the_streets_are_seen(true: Solution, document: dict[str, Floats], chance: random.Random) -> bool:
    document["flow"] = document["flow"] * 0.999
    return True
