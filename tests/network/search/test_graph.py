import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearway.errors import UnknownName
from clearway.network.build import NetworkDraft
from clearway.network.classes import class_mask
from clearway.network.model import Network
from clearway.network.search.graph import routing_graph
from rounds import examples, first_few


def crossing() -> NetworkDraft:
    """A cross of four two-way streets; way 0 comes from the west, 1 goes north, 2 east, 3 south."""
    draft = NetworkDraft("crossing")
    middle = draft.junction(174.77, -41.28)
    west, north, east, south = (
        draft.junction(174.77 + dx, -41.28 + dy) for dx, dy in ((-0.001, 0), (0, 0.001), (0.001, 0), (0, -0.001))
    )
    draft.way(west, middle)
    for end in (north, east, south):
        draft.way(middle, end)
    return draft


def test_without_turn_restrictions_nodes_are_junctions_and_edges_arcs() -> None:
    graph = routing_graph(crossing().finish(), "emergency")
    assert sorted(graph.node_junction.tolist()) == [0, 1, 2, 3, 4]
    assert (graph.node_junction[graph.junction_node] == np.arange(5)).all()
    assert sorted(graph.edge_arc.tolist()) == list(range(8))


def test_only_a_junction_with_a_restriction_is_copied() -> None:
    draft = crossing()
    draft.turn([0, 2])
    graph = routing_graph(draft.finish(), "emergency")
    assert sorted(graph.node_junction.tolist()) == [0, 0, 1, 2, 3, 4]
    copy = graph.arc_entered[0]
    assert copy != graph.junction_node[0]
    assert graph.edge_arc[graph.edge_tail == copy].tolist() == [1, 4, 6]  # all but arc 2, turning round included
    assert (graph.forbidden_node.tolist(), graph.forbidden_arc.tolist()) == ([copy], [2])


def test_a_restriction_binds_only_the_classes_of_its_mask() -> None:
    draft = crossing()
    draft.turn([0, 2], classes=class_mask(["general"]))
    network = draft.finish()
    assert routing_graph(network, "general").node_count == 6
    assert routing_graph(network, "emergency").node_count == 5


def test_restrictions_that_share_a_beginning_share_a_copy() -> None:
    draft = crossing()
    draft.turn([0, 2])
    draft.turn([0, 4])
    graph = routing_graph(draft.finish(), "emergency")
    assert graph.node_count == 6
    assert graph.edge_arc[graph.edge_tail == graph.arc_entered[0]].tolist() == [1, 6]


def test_a_restriction_inside_another_forbids_both() -> None:
    draft = crossing()
    draft.turn([0, 2, 3])
    draft.turn([2, 3])
    graph = routing_graph(draft.finish(), "emergency")
    copies = [node for node in range(graph.node_count) if graph.node_junction[node] == 2 and node != graph.junction_node[2]]
    assert len(copies) == 2
    assert not np.isin(graph.edge_tail[graph.edge_arc == 3], copies).any()


def test_arcs_that_do_not_follow_one_another_forbid_nothing() -> None:
    draft = crossing()
    draft.turn([2, 4])
    draft.turn([2])
    assert routing_graph(draft.finish(), "emergency").node_count == 5


def test_a_stop_takes_the_edges_of_the_classes_it_blocks() -> None:
    draft = crossing()
    draft.stop(1, 30.0, blocks=class_mask(["general"]))
    network = draft.finish()
    assert 2 not in routing_graph(network, "general").edge_arc
    assert 2 in routing_graph(network, "emergency").edge_arc


def test_an_unknown_class_is_named_in_the_error() -> None:
    with pytest.raises(UnknownName, match="Unknown vehicle class: tank"):
        routing_graph(crossing().finish(), "tank")


@pytest.mark.slow
@settings(max_examples=examples(60))
@given(st.data())
def test_drives_through_the_graph_are_exactly_the_drives_that_are_allowed(
    towns: st.SearchStrategy, by_hand: type, data: st.DataObject
) -> None:
    town = data.draw(towns)
    graph, hand = town.graph(), by_hand(town)
    network = town.network
    through = [bool(network.arc_through[arc] & 1) for arc in range(network.arc_count)]
    onward = {
        (int(tail), int(arc)): int(head)
        for tail, head, arc in zip(graph.edge_tail, graph.edge_head, graph.edge_arc, strict=True)
    }
    assert len(onward) == graph.edge_count
    drives: list[tuple[tuple[int, ...], int]] = [((arc,), int(graph.arc_entered[arc])) for arc in range(network.arc_count)]
    for _ in range(4):
        longer = []
        for driven, node in drives[:200]:
            for arc in range(network.arc_count):
                fits = network.arc_tail[arc] == network.arc_head[driven[-1]] and through[arc]
                assert ((node, arc) in onward) == (fits and hand.may_follow((*driven, arc)))
                if (node, arc) in onward:
                    longer.append(((*driven, arc), onward[node, arc]))
        drives = longer


def test_the_arrays_hang_together_on_wellington(wellington: Network) -> None:
    graph = routing_graph(wellington, "general")
    assert (np.diff(graph.out_start) == np.bincount(graph.edge_tail, minlength=graph.node_count)).all()
    assert (np.diff(graph.edge_tail) >= 0).all()
    assert (graph.edge_head[graph.in_edge] == np.repeat(np.arange(graph.node_count), np.diff(graph.in_start))).all()
    assert (graph.edge_arc[graph.arc_edge] == np.repeat(np.arange(wellington.arc_count), np.diff(graph.arc_edge_start))).all()
    assert (graph.edge_ms == wellington.travel_ms("general")[graph.edge_arc]).all()
    assert (graph.node_junction[graph.edge_head] == wellington.arc_head[graph.edge_arc]).all()
    as_drawn = nx.MultiDiGraph()
    through = np.flatnonzero(wellington.arc_through >> 4 & 1)
    as_drawn.add_edges_from(zip(wellington.arc_tail[through].tolist(), wellington.arc_head[through].tolist(), strict=True))
    assert as_drawn.number_of_edges() == graph.edge_count


def test_drives_through_some_towns_are_those_allowed(towns: st.SearchStrategy, by_hand: type) -> None:
    first_few(test_drives_through_the_graph_are_exactly_the_drives_that_are_allowed, count=12, towns=towns, by_hand=by_hand)
