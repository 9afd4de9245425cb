from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from clearway.assignment.costs import bpr_costs
from clearway.assignment.problem import TrafficProblem
from clearway.planning.traffic.impact.usable import usable_edges

if TYPE_CHECKING:
    from clearway.planning.traffic.impact.impact_model import TripSource


def problem(edges: list[tuple[int, int]], zones: tuple[list[int], list[int]], nodes: int) -> TrafficProblem:
    tail, head = np.array(edges, np.int32).reshape(-1, 2).T
    return TrafficProblem(
        name="random",
        costs=bpr_costs(np.ones(len(edges)), np.ones(len(edges))),
        node_count=nodes,
        edge_tail=tail,
        edge_head=head,
        edge_link=np.arange(len(edges), dtype=np.int32),
        edge_class=np.zeros(len(edges), np.uint8),
        edge_fixed=np.zeros(len(edges)),
        edge_shut=np.zeros(len(edges), np.bool_),
        zone_out=np.array([zones[0]], np.int32),
        zone_in=np.array([zones[1]], np.int32),
        zone_names=tuple(map(str, range(len(zones[0])))),
    )


def both_ways(*streets: tuple[int, int]) -> list[tuple[int, int]]:
    return [edge for one, other in streets for edge in ((one, other), (other, one))]


def test_dead_ends_and_what_hangs_on_one_junction_are_of_no_use() -> None:
    """Zones 0 and 3 on a street 0-1-2-3; a dead end 1-4; a block 5-6-7 round which one drives, hanging on junction 2."""
    streets = both_ways((0, 1), (1, 2), (2, 3), (1, 4), (2, 5), (5, 6), (6, 7), (7, 5))
    usable = usable_edges(problem(streets, ([0, 3], [0, 3]), 8))
    assert usable.tolist() == [True] * 6 + [False] * 10


def test_a_way_round_is_of_use_and_one_that_leads_only_out_is_not() -> None:
    streets = [*both_ways((0, 1), (1, 2)), (0, 3), (3, 2), (4, 1)]
    usable = usable_edges(problem(streets, ([0, 2], [0, 2]), 5))
    assert usable.tolist() == [True] * 6 + [False]


def test_what_is_shut_is_of_no_use(bridge_trips: TripSource) -> None:
    streets = bridge_trips.streets.problem
    assert usable_edges(streets).all()
    shut = replace(streets, edge_shut=np.ones(streets.edge_count, np.bool_))
    assert not usable_edges(shut).any()


@st.composite
def _towns(draw: st.DrawFn) -> TrafficProblem:
    nodes = draw(st.integers(2, 9))
    pairs = st.tuples(st.integers(0, nodes - 1), st.integers(0, nodes - 1)).filter(lambda pair: pair[0] != pair[1])
    edges = draw(st.lists(pairs, min_size=1, max_size=20))
    places = st.lists(st.integers(0, nodes - 1), min_size=2, max_size=3, unique=True)
    out = draw(places)
    return problem(edges, (out, out), nodes)


@given(_towns())
def test_every_edge_of_any_simple_way_between_zones_is_among_them(town: TrafficProblem) -> None:
    graph = nx.DiGraph(zip(town.edge_tail.tolist(), town.edge_head.tolist(), strict=True))
    zones = [zone for zone in town.zone_out[0].tolist() if zone in graph]
    used = {
        step
        for start in zones
        for end in zones
        if start != end
        for way in nx.all_simple_paths(graph, start, end)
        for step in pairwise(way)
    }
    edges = zip(town.edge_tail.tolist(), town.edge_head.tolist(), usable_edges(town).tolist(), strict=True)
    assert used <= {(tail, head) for tail, head, usable in edges if usable}
