"""Trees kept from one set of costs to the next: labels against networkx, and every node's turn after its parent's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pytest

from clearway.assignment.costs import bpr_costs
from clearway.assignment.equilibrium.scratch import search_scratch
from clearway.assignment.equilibrium.state import Costs, layout_of, origins_of
from clearway.assignment.equilibrium.trees import (
    NO_EDGE,
    REPAIRS_PER_ORDER,
    bring_up_to_date,
    grow,
    order_of,
    orders,
    regrow,
    trees_for,
)
from clearway.assignment.problem import TrafficProblem, TripTable

if TYPE_CHECKING:
    from clearway.network.model import Floats

NODES, EDGES, ZONES, TIMES = 24, 70, 5, 8


def random_graph(rng: np.random.Generator) -> TrafficProblem:
    ends = rng.integers(0, NODES, (EDGES, 2)).astype(np.int32)
    zones = rng.choice(NODES, (1, ZONES), replace=False).astype(np.int32)
    return TrafficProblem(
        name="random graph",
        costs=bpr_costs(np.ones(EDGES), np.ones(EDGES)),
        node_count=NODES,
        edge_tail=ends[:, 0].copy(),
        edge_head=ends[:, 1].copy(),
        edge_link=np.arange(EDGES, dtype=np.int32),
        edge_class=np.zeros(EDGES, np.uint8),
        edge_fixed=np.zeros(EDGES),
        edge_shut=np.zeros(EDGES, np.bool_),
        zone_out=zones,
        zone_in=zones,
        zone_names=tuple(f"zone {zone}" for zone in range(ZONES)),
    )


def random_cost(rng: np.random.Generator) -> Floats:
    """Whole numbers, so that many ways cost the same, a third of them nothing, an eighth shut."""
    cost = np.where(rng.random(EDGES) < 1 / 3, 0.0, rng.integers(1, 6, EDGES).astype(np.float64))
    cost[rng.random(EDGES) < 1 / 8] = np.inf
    return cost


def labels(tail: np.ndarray, head: np.ndarray, cost: Floats, source: int) -> Floats:
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(range(NODES))
    graph.add_weighted_edges_from(
        (one, other, price)
        for one, other, price in zip(tail.tolist(), head.tolist(), cost.tolist(), strict=True)
        if price < np.inf
    )
    found = nx.single_source_dijkstra_path_length(graph, source)
    return np.array([found.get(node, np.inf) for node in range(NODES)])


@pytest.mark.slow
@pytest.mark.parametrize("repairs_left", [0, 1, REPAIRS_PER_ORDER])
@pytest.mark.parametrize("seed", range(12))
def test_a_tree_follows_its_costs_whatever_they_become(seed: int, repairs_left: int) -> None:
    rng = np.random.default_rng(seed)
    problem = random_graph(rng)
    layout = layout_of(problem)
    graph = layout.graph
    origins, _ = origins_of(problem, TripTable(np.ones((1, ZONES, ZONES)), problem.zone_names), layout)
    trees, scratch = trees_for(origins), search_scratch(NODES)
    for time in range(TIMES):
        cost = random_cost(rng)
        costs = Costs(cost, cost[graph.out_edge])
        if time == TIMES // 2:
            given = orders(trees)
            known, trees = given.copy(), trees_for(origins, given)
        for origin in range(ZONES):
            if time == 0:
                grow(graph, costs, origins, trees, scratch, origin)
                trees.repairs_left[origin] = repairs_left
            elif time == TIMES - 1:
                regrow(graph, costs, origins, trees, scratch, origin)
            else:
                bring_up_to_date(graph, costs, origins, trees, scratch, origin)
            source = int(origins.source[origin])
            assert scratch.label.tolist() == labels(graph.tail, graph.head, cost, source).tolist()
            order, parent = order_of(trees, origin), trees.parent[trees.start[origin] : trees.start[origin + 1]]
            assert sorted(order.tolist()) == list(range(NODES))
            turn = np.empty(NODES, np.int64)
            turn[order] = np.arange(NODES)
            assert turn[source] == 0
            for node in np.flatnonzero(np.isfinite(scratch.label)).tolist():
                if node == source:
                    continue
                assert parent[node] != NO_EDGE
                assert graph.head[parent[node]] == node
                tail = graph.tail[parent[node]]
                assert scratch.label[tail] + cost[parent[node]] == scratch.label[node]
                assert turn[tail] < turn[node]
    assert given.tolist() == known.tolist()
    assert orders(trees).tolist() == np.concatenate([order_of(trees, origin) for origin in range(ZONES)]).tolist()
