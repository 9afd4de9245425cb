import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from clearway.errors import BadInput
from clearway.network.build import NetworkDraft
from clearway.network.closures import Closure, gate_ms, shut_arcs
from clearway.network.model import NEVER_MS, Network
from clearway.network.search.graph import routing_graph
from clearway.network.search.origins import origins, origins_at
from clearway.network.search.search import NO_ORIGIN, shortest_tree, travel_times
from rounds import examples, first_few

SETTINGS = settings(max_examples=examples(50))


def two_streets() -> Network:
    draft = NetworkDraft("two streets")
    a, b, c = draft.junction(174.77, -41.28), draft.junction(174.77, -41.279), draft.junction(174.77, -41.277)
    draft.way(a, b, speed_kmh=50)
    draft.way(b, c, speed_kmh=50)
    return draft.finish()


@pytest.mark.slow
@SETTINGS
@given(st.data())
def test_every_junction_is_reached_as_soon_as_by_hand(towns: st.SearchStrategy, by_hand: type, data: st.DataObject) -> None:
    town = data.draw(towns)
    graph, tree, _ = town.searched()
    best = np.full(town.network.junction_count, NEVER_MS, np.int32)
    np.minimum.at(best, graph.node_junction, tree.ms)
    assert best.tolist() == by_hand(town).junction_ms()


@pytest.mark.slow
@SETTINGS
@given(st.data())
def test_a_path_is_a_drive_that_takes_the_time_it_says(towns: st.SearchStrategy, by_hand: type, data: st.DataObject) -> None:
    town = data.draw(towns)
    graph, tree, _ = town.searched()
    hand = by_hand(town)
    seeds = {(arcs[0], ms) for ms, _, arcs in hand.seeds()}
    for node in np.flatnonzero(tree.ms < NEVER_MS).tolist():
        first, *rest = tree.path(node)
        waits = sum(hand.waits(arc, -1.0, 1e9) for arc in rest)
        assert (first, int(tree.ms[node]) - int(graph.arc_ms[rest].sum()) - waits) in seeds
        driven: tuple[int, ...] = (first,)
        for arc in rest:
            assert town.network.arc_tail[arc] == town.network.arc_head[driven[-1]]
            driven = (*driven, arc)
            assert hand.whole(arc)
            assert hand.may_follow(driven)
        assert town.network.arc_head[driven[-1]] == graph.node_junction[node]


@pytest.mark.slow
@SETTINGS
@given(st.data())
def test_each_node_belongs_to_an_origin_that_reaches_it_in_that_time(towns: st.SearchStrategy, data: st.DataObject) -> None:
    town = data.draw(towns)
    graph, tree, _ = town.searched()
    closed, lost_ms = shut_arcs(town.network, town.closures, "emergency"), gate_ms(town.network, town.closures, "emergency")
    table = travel_times(graph, tree.origins, closed, lost_ms)
    reached = tree.ms < NEVER_MS
    assert ((tree.origin != NO_ORIGIN) == reached).all()
    if len(table):
        assert (table.min(axis=0) == tree.ms).all()
        assert (table[tree.origin[reached], np.flatnonzero(reached)] == tree.ms[reached]).all()
    for group in ([tree.origins], [tree.origins.only(index) for index in range(len(tree.origins))]):
        assert (
            travel_times(graph, group, closed, lost_ms) == (tree.ms if len(group) == 1 and group[0] is tree.origins else table)
        ).all()


def test_ties_go_to_the_lowest_origin_and_the_lowest_edge() -> None:
    network = two_streets()
    graph = routing_graph(network, "emergency")
    tree = shortest_tree(graph, origins_at(graph, [(0, 50.0, 0.0), (0, 50.0, 0.0)]))
    assert tree.origin.tolist() == [0, 0, 0]


def test_times_agree_with_scipy_on_wellington(wellington: Network) -> None:
    graph = routing_graph(wellington, "general")
    found = origins(graph, [(174.7787, -41.2790), (174.7600, -41.3200), (174.8200, -41.3100)])
    order = np.lexsort((graph.edge_ms, graph.edge_head, graph.edge_tail))
    tail, head, ms = graph.edge_tail[order], graph.edge_head[order], graph.edge_ms[order]
    first = np.append(True, (np.diff(tail) != 0) | (np.diff(head) != 0))  # scipy would add parallel edges up
    matrix = csr_array((ms[first], (tail[first], head[first])), shape=(graph.node_count, graph.node_count))
    expected = dijkstra(matrix, indices=found.seed_node) + found.seed_ms[:, None]
    table = travel_times(graph, found)
    for origin in range(3):
        best = expected[found.seed_origin == origin].min(axis=0)
        assert (table[origin] == np.where(np.isinf(best), NEVER_MS, best)).all()


def test_a_shut_arc_is_not_driven_and_the_next_search_may_drive_it_again() -> None:
    network = two_streets()
    graph = routing_graph(network, "emergency")
    start = origins_at(graph, [(0, 0.0, 0.0)])
    shut = shut_arcs(network, [Closure(1, 127)], "emergency")
    far = graph.junction_node[2]
    assert shortest_tree(graph, start, shut).ms[far] == NEVER_MS
    assert shortest_tree(graph, start).ms[far] == 6672 + 13343


def test_a_closure_between_the_station_and_an_end_keeps_it_from_that_end() -> None:
    graph = routing_graph(two_streets(), "emergency")
    blocked = origins_at(graph, [(0, 50.0, 0.0)], closures=[Closure(0, 127, at_m=60.0)])
    assert blocked.seed_arc.tolist() == [1]
    at_the_spot = origins_at(graph, [(0, 50.0, 0.0)], closures=[Closure(0, 127, at_m=50.0)])
    assert at_the_spot.seed_arc.tolist() == [0, 1]
    assert at_the_spot.seeds(0) == [(graph.junction_node[1], 3672), (graph.junction_node[0], 3000)]


def test_a_point_is_tied_to_the_nearest_way_the_class_may_drive() -> None:
    draft = NetworkDraft("street and path")
    a, b = draft.junction(174.77, -41.28), draft.junction(174.77, -41.279)
    c, d = draft.junction(174.7702, -41.28), draft.junction(174.7702, -41.279)
    street, path = draft.way(a, b), draft.way(c, d, street_class="path")
    network = draft.finish()
    for vehicle_class, way in (("emergency", street), ("foot", path)):
        found = origins(routing_graph(network, vehicle_class), [(174.7703, -41.2795)])
        assert found.way.tolist() == [way]
        assert found.offset_m[0] == pytest.approx(55.6, abs=0.1)
    assert found.distance_m[0] == pytest.approx(8.36, abs=0.01)


def test_nothing_is_reached_from_no_origin() -> None:
    graph = routing_graph(two_streets(), "emergency")
    tree = shortest_tree(graph, origins(graph, []))
    assert (tree.ms == NEVER_MS).all()
    assert (tree.origin == NO_ORIGIN).all()
    assert tree.path(0) == []
    assert travel_times(graph, origins(graph, [])).shape == (0, 3)


def test_an_empty_network_has_an_empty_tree_and_no_place_for_a_station() -> None:
    graph = routing_graph(NetworkDraft("nothing").finish(), "emergency")
    assert shortest_tree(graph, origins(graph, [])).ms.shape == (0,)
    with pytest.raises(BadInput, match="no street that the class 'emergency' may drive"):
        origins(graph, [(174.77, -41.28)])


def test_some_towns_are_searched_right(towns: st.SearchStrategy, by_hand: type) -> None:
    first_few(test_every_junction_is_reached_as_soon_as_by_hand, towns=towns, by_hand=by_hand)
    first_few(test_a_path_is_a_drive_that_takes_the_time_it_says, towns=towns, by_hand=by_hand)
    first_few(test_each_node_belongs_to_an_origin_that_reaches_it_in_that_time, towns=towns)
