"""Search and repair on a grid of equal blocks, where ties abound, against plain times and the stated rule for ties."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from clearway.network.build import NetworkDraft
from clearway.network.model import NEVER_MS
from clearway.network.search.graph import routing_graph
from clearway.network.search.origins import origins_at
from clearway.network.search.repair import Retimer, repaired
from clearway.network.search.search import NO_EDGE, NO_ORIGIN, shortest_tree, travel_times

if TYPE_CHECKING:
    from clearway.network.model import Bools, Ints
    from clearway.network.search.graph import RoutingGraph
    from clearway.network.search.origins import Origins

SIDE = 7


@pytest.fixture(scope="module")
def grid() -> RoutingGraph:
    """Seven by seven junctions, 100 m or so apart, every street driven both ways."""
    draft = NetworkDraft("grid")
    at = [[draft.junction(174.77 + east / 1000, -41.28 + north / 1000) for east in range(SIDE)] for north in range(SIDE)]
    for north in range(SIDE):
        for east in range(SIDE):
            if east + 1 < SIDE:
                draft.way(at[north][east], at[north][east + 1])
            if north + 1 < SIDE:
                draft.way(at[north][east], at[north + 1][east])
    return routing_graph(draft.finish(), "emergency")


@pytest.fixture(scope="module")
def stations(grid: RoutingGraph) -> Origins:
    """Two stations, the second of which leaves twenty seconds later."""
    return origins_at(grid, [(0, 10.0, 0.0), (70, 40.0, 0.0)], start_ms=[0, 20_000])


def plain(graph: RoutingGraph, origins: Origins, shut: Bools | None = None, lost_ms: Ints | None = None) -> tuple[Ints, Ints]:
    """Times by trying every edge until nothing changes; of last edges that are equally quick the lowest, a seed before any."""
    edge_ms = graph.edge_ms.astype(np.int64) + (0 if lost_ms is None else lost_ms[graph.edge_arc])
    if shut is not None:
        edge_ms[shut[graph.edge_arc]] = NEVER_MS
    seed_ms = np.full(graph.node_count, NEVER_MS, np.int64)
    np.minimum.at(seed_ms, origins.seed_node, origins.seed_ms)
    ms, before = seed_ms.copy(), None
    while before is None or (before != ms).any():
        before = ms.copy()
        np.minimum.at(ms, graph.edge_head, before[graph.edge_tail] + edge_ms)
    last = np.full(graph.node_count, NO_EDGE)
    for edge in range(graph.edge_count)[::-1]:
        head = graph.edge_head[edge]
        if ms[head] < seed_ms[head] and ms[graph.edge_tail[edge]] + edge_ms[edge] == ms[head] < NEVER_MS:
            last[head] = edge
    return ms.astype(np.int32), last.astype(np.int32)


def closures(graph: RoutingGraph, count: int, most: int) -> list[Bools]:
    rng = np.random.default_rng(11)
    masks = []
    for _ in range(count):
        shut = np.zeros(graph.network.arc_count, np.bool_)
        shut[rng.integers(0, graph.network.arc_count, rng.integers(0, most + 1))] = True
        masks.append(shut)
    return masks


def test_a_search_finds_the_plain_times_and_ties_go_to_the_lowest_edge(grid: RoutingGraph, stations: Origins) -> None:
    for shut in closures(grid, 150, 60):
        tree, (ms, edge) = shortest_tree(grid, stations, shut), plain(grid, stations, shut)
        assert tree.ms.tolist() == ms.tolist()
        assert tree.edge.tolist() == edge.tolist()


def test_time_lost_on_a_street_counts_once_each_time_it_is_driven(grid: RoutingGraph, stations: Origins) -> None:
    rng = np.random.default_rng(3)
    for shut in closures(grid, 50, 20):
        lost = (rng.integers(0, 90_000, len(shut)) * (rng.random(len(shut)) < 0.3)).astype(np.int32)
        tree, (ms, edge) = shortest_tree(grid, stations, shut, lost), plain(grid, stations, shut, lost)
        assert tree.ms.tolist() == ms.tolist()
        assert tree.edge.tolist() == edge.tolist()


def test_each_stations_times_alone_are_those_of_a_search_from_it_alone(grid: RoutingGraph, stations: Origins) -> None:
    for shut in [None, *closures(grid, 20, 60)]:
        table = travel_times(grid, stations, shut)
        alone = [plain(grid, stations.only(index), shut)[0].tolist() for index in range(2)]
        assert table.tolist() == alone
        assert travel_times(grid, [stations, stations.only(1)], shut).tolist() == [
            plain(grid, stations, shut)[0].tolist(),
            alone[1],
        ]
        assert stations.only(1).seeds(0) == stations.seeds(1)


def test_a_way_is_driven_from_its_station_and_adds_up(grid: RoutingGraph, stations: Origins) -> None:
    for shut in closures(grid, 20, 60):
        tree = shortest_tree(grid, stations, shut)
        for node in range(grid.node_count):
            arcs = tree.path(node)
            if tree.ms[node] == NEVER_MS:
                assert (arcs, tree.origin[node]) == ([], NO_ORIGIN)
                continue
            origin = tree.origin[node]
            assert arcs[0] >> 1 == stations.way[origin]
            heads = [int(grid.network.arc_head[arc]) for arc in arcs]
            seeds = {(seed, ms) for seed, ms in stations.seeds(origin) if grid.node_junction[seed] == heads[0]}
            assert min(ms for _, ms in seeds) + sum(int(grid.arc_ms[arc]) for arc in arcs[1:]) == tree.ms[node]
            assert not shut[arcs[1:]].any()
            assert heads[-1] == grid.node_junction[node]


def test_hundreds_of_closures_are_repaired_to_the_plain_answer_and_taken_back(grid: RoutingGraph, stations: Origins) -> None:
    tree = shortest_tree(grid, stations)
    retimer, slower, only_ties, cut_off = Retimer(tree), 0, 0, 0
    for shut in closures(grid, 300, 25):
        changed = retimer.shut(np.flatnonzero(shut))
        ms, edge = plain(grid, stations, shut)
        assert retimer.ms.tolist() == ms.tolist()
        assert retimer.edge.tolist() == edge.tolist()
        moved = (ms != tree.ms) | (edge != tree.edge)
        assert len(set(changed.tolist())) == len(changed)
        assert set(np.flatnonzero(moved)) <= set(changed.tolist())
        slower += bool((ms != tree.ms).any())
        only_ties += bool((edge != tree.edge).any() and not (ms != tree.ms).any())
        cut_off += bool((ms == NEVER_MS).any())
        retimer.undo()
        assert retimer.ms.tolist() == tree.ms.tolist()
        assert retimer.edge.tolist() == tree.edge.tolist()
    assert slower > 150  # closures that bite
    assert only_ties > 10
    assert cut_off > 5


def test_closures_upon_closures_are_repaired_and_a_tree_under_closures_too(grid: RoutingGraph, stations: Origins) -> None:
    masks = closures(grid, 90, 15)
    for first, second, third in zip(masks[0::3], masks[1::3], masks[2::3], strict=True):
        retimer = Retimer(shortest_tree(grid, stations, first))
        retimer.shut(np.flatnonzero(second))
        retimer.shut(np.flatnonzero(third))
        assert (retimer.ms.tolist(), retimer.edge.tolist()) == tuple(
            array.tolist() for array in plain(grid, stations, first | second | third)
        )
        retimer.undo()
        assert retimer.ms.tolist() == plain(grid, stations, first | second)[0].tolist()
        again = repaired(shortest_tree(grid, stations, first), third)
        assert again.ms.tolist() == plain(grid, stations, first | third)[0].tolist()
        assert (again.edge_ms == NEVER_MS).tolist() == (first | third)[grid.edge_arc].tolist()
