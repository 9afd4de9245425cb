"""Streets from arc to arc: a graph whose nodes are what a vehicle has just driven, so that a turn is a move of its own.

Where turn restrictions make it matter what was driven before, an arc has several nodes (:mod:`clearway.network.search.turns`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from clearway.network.model import NEVER_MS
from clearway.network.search.graph import buckets_for, grouped, ranges

if TYPE_CHECKING:
    from clearway.network.model import Bools, Ints, Network
    from clearway.network.search.graph import RoutingGraph

NO_NODE = -1
"""The node of an arc that a class may not drive."""


@dataclass(frozen=True, eq=False)
class ArcGraph:
    """Nodes: a vehicle that has just driven an arc. N nodes, E moves, A arcs.

    Attributes:
        network: The network.
        node_arc: (N,) the arc of each node.
        start: (N + 1,) first move of each node.
        head: (E,) node that each move leads to: its arc is driven.
        node_ms: (N,) whole milliseconds that a vehicle needs for the node's arc.
        first_node: (A,) node after driving an arc when nothing was driven before; ``NO_NODE`` where it may not be driven.
    """

    network: Network
    node_arc: Ints
    start: Ints
    head: Ints
    node_ms: Ints
    first_node: Ints

    @property
    def node_count(self) -> int:
        """Number of nodes."""
        return len(self.node_arc)

    @cached_property
    def tail(self) -> Ints:
        """(E,) node that each move leaves."""
        return np.repeat(np.arange(self.node_count, dtype=np.int32), np.diff(self.start))

    @cached_property
    def reversed_moves(self) -> tuple[Ints, Ints, Ints]:
        """The moves by head: (N + 1,) where each head's begin, (E,) the tails, and (E,) the moves."""
        start, order = grouped(self.head, self.node_count)
        return start, self.tail[order], order

    @cached_property
    def arc_nodes(self) -> tuple[Ints, Ints]:
        """Where the nodes of each arc begin, (A + 1,), and the nodes, arc by arc."""
        return grouped(self.node_arc, self.network.arc_count)

    @cached_property
    def buckets(self) -> tuple[int, int]:
        """How a search sorts nodes by time."""
        return buckets_for(self.node_ms)

    def nodes_of(self, arc: int) -> Ints:
        """The nodes of an arc."""
        start, nodes = self.arc_nodes
        return nodes[start[arc] : start[arc + 1]]

    def nodes_after(self, node: int) -> Ints:
        """The nodes that the moves of a node lead to."""
        return self.head[self.start[node] : self.start[node + 1]]

    def move(self, node: int, arc: int) -> int | None:
        """The node after driving an arc from a node; None where that is not allowed."""
        heads = self.nodes_after(node)
        fits = heads[self.node_arc[heads] == arc]
        return int(fits[0]) if len(fits) else None

    def move_ms(self, shut: Bools) -> Ints:
        """(E,) milliseconds of each move, ``NEVER_MS`` where its arc is shut.

        Args:
            shut: (A,) arcs that cannot be driven from end to end.
        """
        ms = self.node_ms.copy()
        ms[shut[self.node_arc]] = NEVER_MS
        moves: Ints = ms[self.head]
        return moves


def onward_graph(graph: RoutingGraph) -> ArcGraph:
    """The drives of a class that never turn round in a street: every move but the one back along the arc just driven.

    Args:
        graph: The class's streets. Edges that drive one arc to one node are one node here: whoever drove them may go on alike.
    """
    ends = graph.edge_arc.astype(np.int64) * graph.node_count + graph.edge_head
    _, edges, node = np.unique(ends, return_index=True, return_inverse=True)
    node, node_arc, node_head = node.astype(np.int32), graph.edge_arc[edges], graph.edge_head[edges]
    first, end = graph.out_start[node_head], graph.out_start[node_head + 1]
    tail, head = np.repeat(np.arange(len(edges), dtype=np.int32), end - first), node[ranges(first, end)]
    onward = node_arc[head] != node_arc[tail] ^ 1
    start, order = grouped(tail[onward], len(edges))
    plain = graph.edge_tail == graph.junction_node[graph.network.arc_tail[graph.edge_arc]]
    first_node = np.full(graph.network.arc_count, NO_NODE, np.int32)
    first_node[graph.edge_arc[plain]] = node[plain]
    return ArcGraph(graph.network, node_arc, start, head[onward][order], graph.edge_ms[edges], first_node)
