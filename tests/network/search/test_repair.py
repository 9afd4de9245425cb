import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearway.network.model import Network
from clearway.network.search.graph import routing_graph
from clearway.network.search.origins import origins
from clearway.network.search.repair import Retimer, repaired
from clearway.network.search.search import shortest_tree
from rounds import examples

SETTINGS = settings(max_examples=examples(60))


def arcs_to_shut(data: st.DataObject, network: Network) -> list[int]:
    return data.draw(st.lists(st.integers(0, network.arc_count - 1), max_size=4)) if network.arc_count else []


@pytest.mark.slow
@given(st.data())
@SETTINGS
def test_a_repaired_tree_equals_a_tree_searched_anew(towns: st.SearchStrategy, data: st.DataObject) -> None:
    town = data.draw(towns)
    graph = town.graph()
    before, more = np.zeros(graph.network.arc_count, np.bool_), np.zeros(graph.network.arc_count, np.bool_)
    before[arcs_to_shut(data, graph.network)] = True
    more[arcs_to_shut(data, graph.network)] = True
    start = town.origins(graph)
    tree = repaired(shortest_tree(graph, start, before), more)
    anew = shortest_tree(graph, start, before | more)
    assert (tree.ms == anew.ms).all()
    assert (tree.edge == anew.edge).all()
    assert (tree.origin == anew.origin).all()
    assert (tree.edge_ms == anew.edge_ms).all()


@pytest.mark.slow
@given(st.data())
@SETTINGS
def test_closures_are_taken_back_one_by_one(towns: st.SearchStrategy, data: st.DataObject) -> None:
    town = data.draw(towns)
    graph = town.graph()
    start = town.origins(graph)
    tree = shortest_tree(graph, start)
    retimer, shut, trees = Retimer(tree), np.zeros(graph.network.arc_count, np.bool_), [tree]
    for _ in range(3):
        arcs = arcs_to_shut(data, graph.network)
        shut[arcs] = True
        changed = retimer.shut(arcs)
        trees.append(shortest_tree(graph, start, shut))
        assert (retimer.ms == trees[-1].ms).all()
        assert (retimer.edge == trees[-1].edge).all()
        moved = np.flatnonzero((trees[-1].ms != trees[-2].ms) | (trees[-1].edge != trees[-2].edge))
        assert np.isin(moved, changed).all()
    for expected in trees[-2::-1]:
        retimer.undo()
        assert (retimer.ms == expected.ms).all()
        assert (retimer.edge == expected.edge).all()
        assert (retimer.labels.edge_ms.view(np.int32) == expected.edge_ms).all()
    with pytest.raises(IndexError):
        retimer.undo()


def test_the_tree_given_is_never_written_to(wellington: Network) -> None:
    graph = routing_graph(wellington, "emergency")
    tree = shortest_tree(graph, origins(graph, [(174.7787, -41.2790)]))
    ms, edge_ms = tree.ms.copy(), graph.edge_ms.copy()
    Retimer(tree).shut(np.arange(graph.network.arc_count))
    assert (tree.ms == ms).all()
    assert (graph.edge_ms == edge_ms).all()


def test_any_street_of_wellington_shut_gives_the_tree_searched_anew(wellington: Network) -> None:
    graph = routing_graph(wellington, "emergency")
    start = origins(graph, [(174.7787, -41.2790), (174.7600, -41.3200)])
    retimer = Retimer(shortest_tree(graph, start))
    for way in np.random.default_rng(7).integers(0, wellington.way_count, 150).tolist():
        shut = np.zeros(wellington.arc_count, np.bool_)
        shut[2 * way : 2 * way + 2] = True
        retimer.shut([2 * way, 2 * way + 1])
        anew = shortest_tree(graph, start, shut)
        assert (retimer.ms == anew.ms).all()
        assert (retimer.edge == anew.edge).all()
        retimer.undo()
