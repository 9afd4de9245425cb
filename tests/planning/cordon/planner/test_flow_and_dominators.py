"""Maximum flow and dominators on random graphs, against networkx."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pytest

from clearway.planning.cordon.planner.dominators import dominators, reached_nodes
from clearway.planning.cordon.planner.max_flow import incidence, max_flow

if TYPE_CHECKING:
    from clearway.network.model import Longs

NODES = 9


def random_arcs(seed: int) -> tuple[Longs, Longs, Longs]:
    """Tails, heads and capacities of arcs in pairs; some streets one-way, some twice, some of capacity 0."""
    rng = np.random.default_rng(seed)
    ends = rng.integers(0, NODES, (int(rng.integers(5, 30)), 2))
    ends = ends[ends[:, 0] != ends[:, 1]]
    tail, head = np.stack((ends, ends[:, ::-1]), axis=1).reshape(-1, 2).T.copy()
    return tail, head, rng.integers(0, 6, len(tail)).astype(np.int64)


@pytest.mark.parametrize("seed", range(60))
def test_a_flow_is_as_large_as_networkx_says_and_its_cut_the_nearest_to_the_sink(seed: int) -> None:
    tail, head, capacity = random_arcs(seed)
    source, sink = 0, NODES - 1
    graph = nx.DiGraph()
    graph.add_nodes_from(range(NODES))
    for arc in range(len(tail)):
        known = graph.get_edge_data(int(tail[arc]), int(head[arc]), {"capacity": 0})["capacity"]
        graph.add_edge(int(tail[arc]), int(head[arc]), capacity=known + int(capacity[arc]))
    start, order = incidence(NODES, tail)
    value, residual, sink_side = max_flow(head, start, order, capacity, source, sink)
    assert value == nx.maximum_flow_value(graph, source, sink)
    assert (residual >= 0).all()
    assert (residual[0::2] + residual[1::2] == capacity[0::2] + capacity[1::2]).all()
    balance = np.zeros(NODES, np.int64)
    np.add.at(balance, tail, capacity - residual)
    assert balance[source] == value
    assert balance[[node for node in range(NODES) if node not in {source, sink}]].tolist() == [0] * (NODES - 2)
    left = nx.DiGraph([(int(head[arc]), int(tail[arc])) for arc in np.flatnonzero(residual)])
    left.add_nodes_from(range(NODES))
    assert set(np.flatnonzero(sink_side)) == {sink, *nx.descendants(left, sink)}
    assert not sink_side[source]
    crossing = ~sink_side[tail] & sink_side[head]
    assert capacity[crossing].sum() == value
    again = max_flow(head, start, order, capacity, source, sink, residual)
    assert (again[0], again[1].tolist(), again[2].tolist()) == (value, residual.tolist(), sink_side.tolist())


@pytest.mark.parametrize("seed", range(60))
@pytest.mark.parametrize("barred", [-1, 3])
def test_dominators_are_those_of_networkx_on_what_may_be_used(seed: int, barred: int) -> None:
    tail, head, capacity = random_arcs(seed)
    usable = capacity > 1
    graph = nx.DiGraph()
    graph.add_node(0)
    used = [arc for arc in np.flatnonzero(usable) if barred not in {tail[arc], head[arc]}]
    graph.add_edges_from((int(tail[arc]), int(head[arc])) for arc in used)
    expected = {0: 0} | {node: over for node, over in nx.immediate_dominators(graph, 0).items() if over is not None}
    parent, rank = dominators(NODES, tail, head, usable, barred)
    assert {node: int(over) for node, over in enumerate(parent) if over >= 0} == expected
    assert sorted(rank[rank >= 0].tolist()) == list(range(len(expected)))
    assert (rank >= 0).tolist() == (parent >= 0).tolist()
    assert rank[0] == len(expected) - 1
    if barred < 0:
        assert set(np.flatnonzero(reached_nodes(NODES, tail, head, usable))) == set(expected)


def test_a_single_node_is_reached_and_dominates_itself() -> None:
    none = np.empty(0, np.int64)
    assert dominators(1, none, none, np.empty(0, np.bool_), -1)[0].tolist() == [0]
    assert reached_nodes(2, none, none, np.empty(0, np.bool_)).tolist() == [True, False]
