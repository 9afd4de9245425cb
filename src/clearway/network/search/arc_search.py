"""Searches from arc to arc: from where vehicles are to every arc, and back from where they are to be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from clearway.network.kernels import words
from clearway.network.search.search import NO_EDGE, search

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clearway.network.model import Bools, Ints
    from clearway.network.search.arc_graph import ArcGraph


@dataclass(frozen=True, eq=False)
class ArcTree:
    """The quickest way from the seeds to every node, or from every node to them.

    Attributes:
        graph: What was searched.
        ms: (N,) whole milliseconds with those of the seed; ``NEVER_MS`` where no way leads.
        edge: (N,) the move taken into each node (out of it, where the search ran backward), ``NO_EDGE`` at seeds.
        backward: Whether the search ran from where vehicles are to be.
    """

    graph: ArcGraph
    ms: Ints
    edge: Ints
    backward: bool

    def best(self, arc: int) -> tuple[int, int]:
        """The node of an arc that is reached soonest, and its milliseconds."""
        nodes = self.graph.nodes_of(arc)
        node = int(nodes[self.ms[nodes].argmin()])
        return node, int(self.ms[node])

    def nodes(self, node: int) -> list[int]:
        """The nodes of the way to a node, the seed first; of the way from it, the seed last, where the search ran backward."""
        found = [node]
        ends = self.graph.head if self.backward else self.graph.tail
        while self.edge[found[-1]] != NO_EDGE:
            found.append(int(ends[self.edge[found[-1]]]))
        return found if self.backward else found[::-1]

    def way(self, node: int) -> tuple[int, list[int]]:
        """The seed's node that the way to (or from) a node hangs on, and the arcs driven, neither end's among them.

        The node's own arc is left out as the seed's is.
        """
        nodes = self.nodes(node)
        return nodes[-1 if self.backward else 0], self.graph.node_arc[nodes[1:-1]].tolist()


class ArcSearch:
    """Searches of one graph with some arcs shut. Safe for several threads."""

    def __init__(self, graph: ArcGraph, shut: Bools) -> None:
        self.graph, self.shut = graph, shut
        self._move_ms = graph.move_ms(shut)

    def forward(self, seeds: Mapping[int, int]) -> ArcTree:
        """From nodes, each with the milliseconds before it."""
        graph = self.graph
        return self._run(seeds, (graph.start, graph.head, self._move_ms), None)

    def backward(self, seeds: Mapping[int, int]) -> ArcTree:
        """To nodes, each with the milliseconds after it; a node's own arc is driven before its time counts."""
        start, tail, move = self.graph.reversed_moves
        return self._run(seeds, (start, tail, self._move_ms[move]), move)

    def _run(self, seeds: Mapping[int, int], links: tuple[Ints, Ints, Ints], move: Ints | None) -> ArcTree:
        nodes = np.array(list(seeds), np.int32)
        times = np.array(list(seeds.values()), np.int32)
        order = np.lexsort((nodes, times))
        ms, edge = np.empty(self.graph.node_count, np.int32), np.empty(self.graph.node_count, np.int32)
        start, ends, step_ms = (words(np.ascontiguousarray(array)) for array in links)
        seeded = words(nodes[order]), words(times[order])
        search(start, ends, step_ms, *seeded, *self.graph.buckets, words(ms), words(edge))
        if move is not None and len(move):
            edge = np.where(edge == NO_EDGE, NO_EDGE, move[edge]).astype(np.int32)
        return ArcTree(self.graph, ms, edge, move is not None)
