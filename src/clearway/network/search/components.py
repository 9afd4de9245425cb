"""Which junctions hang together: the main part of the streets, what reaches it, and what it reaches.

The **main part** is the largest set of junctions that all reach one another: the largest strongly connected component.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order, connected_components

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.model import Bools
    from clearway.network.search.graph import RoutingGraph


def main_part(graphs: Sequence[RoutingGraph]) -> tuple[Bools, Bools]:
    """(J,) whether all classes reach the main part from a junction, and (J,) whether they reach the junction from it."""
    junctions = graphs[0].network.junction_count
    leaves, entered = np.ones(junctions, np.bool_), np.ones(junctions, np.bool_)
    for graph in graphs:
        onto, back = _around_main(graph)
        leaves &= onto[graph.junction_node]
        arrived = np.zeros(junctions, np.bool_)
        arrived[graph.node_junction[back]] = True
        entered &= arrived
    return leaves, entered


def _around_main(graph: RoutingGraph) -> tuple[Bools, Bools]:
    """(N,) nodes from which the largest strongly connected part is reached, and (N,) nodes reached from it."""
    count = graph.node_count
    from_main, to_main = np.zeros(count, np.bool_), np.zeros(count, np.bool_)
    if not graph.edge_count:
        return to_main, from_main
    ones = np.ones(graph.edge_count, np.int8)
    joined = csr_array((ones, (graph.edge_tail, graph.edge_head)), shape=(count, count))
    _, part = connected_components(joined, directed=True, connection="strong")
    start = int(np.flatnonzero(part == np.bincount(part).argmax())[0])
    from_main[breadth_first_order(joined, start, return_predecessors=False)] = True
    to_main[breadth_first_order(csr_array(joined.T), start, return_predecessors=False)] = True
    return to_main, from_main
