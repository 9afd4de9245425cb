"""From arc to arc without turning round: every move, and the quickest ways there and back, against plain walks."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearway.network.model import NEVER_MS
from clearway.network.search.arc_graph import NO_NODE, onward_graph
from clearway.network.search.arc_search import ArcSearch
from clearway.network.search.graph import routing_graph
from clearway.network.search.search import NO_EDGE
from drawn_towns import Town as Drawn
from rounds import examples, first_few

if TYPE_CHECKING:
    from clearway.network.model import Bools
    from clearway.network.search.arc_graph import ArcGraph
    from random_towns import ByHand, Town


def cross() -> Drawn:
    """From the west to the middle (arcs 0 and 1), on to the east (2, 3) and north (4, 5); ten metres a second."""
    town = Drawn()
    town.street((0, 0), (100, 0), speed_kmh=30.0)
    town.street((100, 0), (300, 0), speed_kmh=30.0)
    town.street((100, 0), (100, 400), speed_kmh=30.0)
    return town


def onward(town: Drawn) -> ArcGraph:
    return onward_graph(routing_graph(town.network(), "emergency"))


def moves(graph: ArcGraph) -> list[tuple[int, int]]:
    """Every move as arc to arc."""
    return sorted(
        (int(graph.node_arc[tail]), int(graph.node_arc[head])) for tail, head in zip(graph.tail, graph.head, strict=True)
    )


def none_shut(graph: ArcGraph) -> Bools:
    return np.zeros(graph.network.arc_count, np.bool_)


def test_every_way_on_is_a_move_and_turning_round_in_a_street_is_none() -> None:
    graph = onward(cross())
    assert moves(graph) == [(0, 2), (0, 4), (3, 1), (3, 4), (5, 1), (5, 2)]
    assert graph.node_count == 6
    assert graph.node_arc[graph.first_node].tolist() == list(range(6))
    assert graph.node_ms[graph.first_node].tolist() == pytest.approx([10_000, 10_000, 20_000, 20_000, 40_000, 40_000], abs=5)
    west = int(graph.first_node[0])
    assert sorted(graph.node_arc[graph.nodes_after(west)].tolist()) == [2, 4]
    assert graph.move(west, 4) == graph.first_node[4]
    assert graph.move(west, 1) is None
    assert graph.nodes_of(4).tolist() == [graph.first_node[4]]


def test_what_was_driven_before_counts_where_a_turn_is_forbidden() -> None:
    town = cross()
    town.street((100, 0), (100, -50))
    town.draft.turn([0, 2, 3])
    town.draft.turn([0, 4])
    graph = onward(town)
    assert (0, 4) not in moves(graph)
    assert {(0, 2), (0, 6), (3, 4)} <= set(moves(graph))
    assert len(graph.nodes_of(2)) == 2  # come from the west, or not
    plain = graph.first_node[2]
    assert graph.move(int(graph.first_node[0]), 2) == next(node for node in graph.nodes_of(2).tolist() if node != plain)


def test_a_street_that_a_class_may_not_drive_has_no_node() -> None:
    town = cross()
    town.street((300, 0), (400, 0), permit=(127, 0))
    graph = onward(town)
    assert (graph.first_node[6] >= 0, graph.first_node[7]) == (True, NO_NODE)
    assert graph.nodes_of(7).tolist() == []
    assert [move for move in moves(graph) if 6 in move] == [(2, 6)]


def test_a_way_there_names_its_start_and_the_arcs_between() -> None:
    graph = onward(cross())
    search = ArcSearch(graph, none_shut(graph))
    west, east, north = (int(graph.first_node[arc]) for arc in (0, 3, 4))
    tree = search.forward({west: 7_000, east: 0})
    assert (tree.best(4)[0], round(tree.best(4)[1], -2)) == (north, 40_000)
    assert tree.nodes(north) == [east, north]
    assert tree.way(north) == (east, [])
    assert search.forward({west: 0, east: 7_000}).way(north) == (west, [])
    assert tree.best(5)[1] == NEVER_MS


def test_a_way_back_ends_where_vehicles_are_to_be() -> None:
    town = cross()
    town.street((300, 0), (600, 0), speed_kmh=30.0)
    graph = onward(town)
    search = ArcSearch(graph, none_shut(graph))
    west, far = int(graph.first_node[0]), int(graph.first_node[6])
    there, back = search.forward({west: 1_000}), search.backward({far: 500})
    assert (there.best(6)[0], round(there.best(6)[1], -2)) == (far, 1_000 + 20_000 + 30_000)
    assert there.way(far) == (west, [2])
    assert (back.best(0)[0], round(back.best(0)[1], -2)) == (
        west,
        500 + 20_000 + 30_000,
    )  # both streets that follow, the last one too
    assert back.nodes(west) == [west, int(graph.first_node[2]), far]
    assert back.way(west) == (far, [2])
    assert back.best(1)[1] == NEVER_MS


def test_a_shut_street_is_neither_driven_nor_reached() -> None:
    town = cross()
    town.street((300, 0), (600, 0))
    graph = onward(town)
    shut = none_shut(graph)
    shut[2] = True
    search = ArcSearch(graph, shut)
    west, far = int(graph.first_node[0]), int(graph.first_node[6])
    there, back = search.forward({west: 0}), search.backward({far: 0})
    assert [there.best(arc)[1] < NEVER_MS for arc in range(8)] == [True, False, False, False, True, False, False, False]
    assert [back.best(arc)[1] < NEVER_MS for arc in range(8)] == [False, False, True, False, False, False, True, False]


def test_of_starts_on_one_street_the_soonest_counts() -> None:
    town = cross()
    town.draft.turn([0, 2, 3])
    graph = onward(town)
    plain, known = sorted(graph.nodes_of(2).tolist(), key=lambda node: int(node != graph.first_node[2]))
    tree = ArcSearch(graph, none_shut(graph)).forward({plain: 9_000, known: 4_000})
    assert tree.best(2) == (known, 4_000)


def test_a_lone_street_has_a_way_to_itself_alone() -> None:
    town = Drawn()
    town.street((0, 0), (100, 0))
    graph = onward(town)
    search = ArcSearch(graph, none_shut(graph))
    seed = int(graph.first_node[0])
    for tree in (search.forward({seed: 5}), search.backward({seed: 5})):
        assert tree.best(0) == (seed, 5)
        assert tree.nodes(seed) == [seed]
        assert tree.edge.tolist() == [NO_EDGE] * 2
        assert tree.best(1)[1] == NEVER_MS
    assert moves(graph) == []


@pytest.mark.slow
@settings(max_examples=examples(50))
@given(st.data())
def test_drives_that_never_turn_round_are_exactly_those_allowed(
    towns: st.SearchStrategy[Town], by_hand: type[ByHand], data: st.DataObject
) -> None:
    town = data.draw(towns)
    graph, hand, network = onward_graph(town.graph()), by_hand(town), town.network
    through = [bool(network.arc_through[arc] & 1) for arc in range(network.arc_count)]
    assert [node == NO_NODE for node in graph.first_node.tolist()] == [not may for may in through]
    drives: list[tuple[tuple[int, ...], int]] = [
        ((arc,), int(graph.first_node[arc])) for arc in range(network.arc_count) if through[arc]
    ]
    for _ in range(4):
        longer = []
        for driven, node in drives[:100]:
            assert graph.node_arc[node] == driven[-1]
            for arc in range(network.arc_count):
                on = through[arc] and network.arc_tail[arc] == network.arc_head[driven[-1]] and arc != driven[-1] ^ 1
                after = graph.move(node, arc)
                assert (after is not None) == (on and hand.may_follow((*driven, arc)))
                if after is not None:
                    longer.append(((*driven, arc), after))
        drives = longer


@pytest.mark.slow
@settings(max_examples=examples(50))
@given(st.data())
def test_ways_there_and_back_take_what_an_independent_library_says(towns: st.SearchStrategy[Town], data: st.DataObject) -> None:
    town = data.draw(towns)
    graph = onward_graph(town.graph())
    if not graph.node_count:
        return
    shut = np.array([data.draw(st.integers(0, 5)) == 0 for _ in range(town.network.arc_count)], np.bool_)
    nodes = st.integers(0, graph.node_count - 1)
    seeds = data.draw(st.dictionaries(nodes, st.integers(0, 30_000), min_size=1, max_size=3))
    plain = nx.DiGraph()
    plain.add_nodes_from(range(graph.node_count))
    arc_ms = town.network.travel_ms("emergency")
    for tail, head in zip(graph.tail.tolist(), graph.head.tolist(), strict=True):
        if not shut[graph.node_arc[head]]:
            plain.add_edge(tail, head, weight=int(arc_ms[graph.node_arc[head]]))
    search = ArcSearch(graph, shut)
    for tree, drawn in ((search.forward(seeds), plain), (search.backward(seeds), plain.reverse())):
        best = dict.fromkeys(range(graph.node_count), NEVER_MS)
        for seed, ms in seeds.items():
            for node, more in nx.single_source_dijkstra_path_length(drawn, seed).items():
                best[node] = min(best[node], ms + more)
        assert tree.ms.tolist() == [best[node] for node in range(graph.node_count)]
        for node in np.flatnonzero(tree.ms < NEVER_MS).tolist():
            way = tree.nodes(node)[::-1] if tree.backward else tree.nodes(node)
            assert way[-1] == node
            steps = sum(drawn.edges[step]["weight"] for step in pairwise(way))
            assert seeds[way[0]] + steps == tree.ms[node]
            assert tree.way(node)[0] == way[0]


def test_some_towns_are_driven_right(towns: st.SearchStrategy[Town], by_hand: type[ByHand]) -> None:
    first_few(test_drives_that_never_turn_round_are_exactly_those_allowed, towns=towns, by_hand=by_hand)
    first_few(test_ways_there_and_back_take_what_an_independent_library_says, towns=towns)
