"""Repair a shortest-path tree after arcs are shut, and take the closure back again.

When arcs are shut, only nodes whose way led over them can change: the part of the tree below. It is cut off, each of its
nodes looks for the best way in from what still stands, and Dijkstra's method finishes the part alone (Ramalingam and Reps,
"An incremental algorithm for a generalization of the shortest-path problem", Journal of Algorithms 21, 1996). The work is
in proportion to that part, not to the network; what was there before is logged, so that opening the arcs again
costs even less.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from clearway.network.kernels import kernel, words
from clearway.network.model import NEVER_MS
from clearway.network.search.search import NONE, Tree

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from clearway.network.kernels import Words
    from clearway.network.model import Bools, Ints
    from clearway.network.search.graph import RoutingGraph


class Links(NamedTuple):
    """How nodes and edges hang together: arrays of a routing graph, in the form that kernels take."""

    out_start: Words
    edge_head: Words
    edge_tail: Words
    in_start: Words
    in_edge: Words


class Labels(NamedTuple):
    """A tree being changed: milliseconds and last edge of each node, milliseconds of each edge, best seed of each node."""

    ms: Words
    edge: Words
    edge_ms: Words
    seed_ms: Words


class Scratch(NamedTuple):
    """What a repair writes to: the log of nodes with what they were before, and a heap. Used again by every repair."""

    node: Words
    ms: Words
    edge: Words
    heap: NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class _Step:
    """What one closure changed, so that it can be taken back."""

    shut: Ints
    shut_ms: Words
    node: Words
    ms: Words
    edge: Words


class Retimer:
    """A tree whose arcs can be shut and opened again, one closure after another, without a new search.

    Its arrays are made once; each closure costs time in proportion to what hangs below it. ``ms`` and ``edge`` always hold
    the present times and last edges, equal in every entry to what a new search would find, ties included.

    >>> from clearway.network.build import NetworkDraft
    >>> from clearway.network.search.graph import routing_graph
    >>> from clearway.network.search.origins import origins_at
    >>> from clearway.network.search.search import shortest_tree
    >>> draft = NetworkDraft("two streets")
    >>> ends = [draft.junction(174.77, -41.28 + step / 1000) for step in range(3)]
    >>> ways = [draft.way(tail, head) for tail, head in zip(ends, ends[1:])]
    >>> graph = routing_graph(draft.finish(), "emergency")
    >>> retimer = Retimer(shortest_tree(graph, origins_at(graph, [(ways[0], 0.0, 0.0)])))
    >>> graph.node_junction[retimer.shut([2 * ways[1]])].tolist()  # the far end is cut off
    [2]
    >>> retimer.undo()
    >>> retimer.ms[graph.junction_node].tolist()
    [0, 6672, 13344]

    Attributes:
        tree: The tree it was made from.
        ms: (N,) present milliseconds to each node; every change writes to it.
        edge: (N,) present last edge to each node; every change writes to it.
    """

    def __init__(self, tree: Tree) -> None:
        """Copy a tree's arrays; the tree itself is never written to."""
        self.tree = tree
        self.links, self.labels, self.scratch = links_of(tree.graph), labels_of(tree), scratch_of(tree.graph)
        self.ms: Ints = self.labels.ms.view(np.int32)
        self.edge: Ints = self.labels.edge.view(np.int32)
        self._steps: list[_Step] = []

    def shut(self, arcs: Iterable[int] | Ints) -> Ints:
        """Shut arcs and repair the tree. The stretches that origins drive to the ends of their own ways stay open.

        Args:
            arcs: Arc indexes; what is shut already stays shut.

        Returns:
            The nodes whose way led over the arcs, in the order found, each once. Their times are now right again.
        """
        start, listed = self.tree.graph.arc_edge_start, [int(arc) for arc in arcs]
        parts = [self.tree.graph.arc_edge[start[arc] : start[arc + 1]] for arc in listed]
        return self.without(np.concatenate(parts) if parts else _NO_EDGES, _NO_EDGES)

    def without(self, edges: Ints, lost: Ints) -> Ints:
        """Shut edges, and repair below them and below ``lost``, nodes whose best seed was changed in ``labels.seed_ms``."""
        before = self.labels.edge_ms[edges]
        count = repair(self.links, self.labels, self.scratch, words(edges), words(lost))
        nodes, ms, edge = (log[:count].copy() for log in self.scratch[:3])
        self._steps.append(_Step(edges, before, nodes, ms, edge))
        return nodes.view(np.int32)

    def undo(self) -> None:
        """Take the last closure back.

        Raises:
            IndexError: nothing is shut that was not shut in the tree it was made from.
        """
        step = self._steps.pop()
        self.labels.edge_ms[step.shut] = step.shut_ms
        self.labels.ms[step.node] = step.ms
        self.labels.edge[step.node] = step.edge


def repaired(tree: Tree, shut_more: Bools) -> Tree:
    """The tree after more arcs are shut: what ``shortest_tree`` would find, sooner.

    In a loop use a :class:`Retimer`, which copies the arrays only once.

    Args:
        tree: Any tree.
        shut_more: (A,) arcs to shut besides those that are shut in the tree.
    """
    retimer = Retimer(tree)
    retimer.without(tree.graph.edges_of(np.flatnonzero(shut_more)), _NO_EDGES)
    return Tree(tree.graph, tree.origins, retimer.ms, retimer.edge, retimer.labels.edge_ms.view(np.int32))


def links_of(graph: RoutingGraph) -> Links:
    """The arrays of a graph that kernels take."""
    return Links(*map(words, (graph.out_start, graph.edge_head, graph.edge_tail, graph.in_start, graph.in_edge)))


def labels_of(tree: Tree) -> Labels:
    """Copies of a tree's arrays, to be changed."""
    seed_ms = np.full(tree.graph.node_count, NEVER_MS, np.int32)
    np.minimum.at(seed_ms, tree.origins.seed_node, tree.origins.seed_ms)
    return Labels(*map(words, (tree.ms.copy(), tree.edge.copy(), tree.edge_ms.copy(), seed_ms)))


def scratch_of(graph: RoutingGraph) -> Scratch:
    """Room for any repair on a graph. Memory that no repair comes to is never touched."""
    node, ms, edge = (np.empty(graph.node_count, np.uint32) for _ in range(3))
    return Scratch(node, ms, edge, np.empty(graph.node_count + graph.edge_count, np.uint64))


_NO_EDGES = np.empty(0, np.int32)


@kernel
def repair(links: Links, labels: Labels, scratch: Scratch, shut: Words, lost: Words) -> int:
    """Shut edges, repair the labels, and log what they were.

    Args:
        links: The graph.
        labels: The tree; written to.
        scratch: Written to: the log's first entries, as many as returned.
        shut: Edges to shut.
        lost: Nodes whose seed is worse than it was or gone, ``labels.seed_ms`` being right already.

    Returns:
        How many nodes were below what is shut or lost.
    """
    count = 0
    for edge in shut:
        labels.edge_ms[edge] = NEVER_MS
        if labels.edge[links.edge_head[edge]] == edge:
            count = _clear(labels, scratch, links.edge_head[edge], count)
    for node in lost:
        if labels.edge[node] == NONE and labels.ms[node] < NEVER_MS:
            count = _clear(labels, scratch, node, count)
    done = 0
    while done < count:
        node = scratch.node[done]
        for out in range(links.out_start[node], links.out_start[node + 1]):
            if labels.edge[links.edge_head[out]] == out:
                count = _clear(labels, scratch, links.edge_head[out], count)
        done += 1
    _settle(links, labels, scratch.heap, _reconnect(links, labels, scratch, count))
    return count


@kernel
def _clear(labels: Labels, scratch: Scratch, node: int, count: int) -> int:
    """Log what a node was, and cut it off."""
    scratch.node[count], scratch.ms[count], scratch.edge[count] = node, labels.ms[node], labels.edge[node]
    labels.ms[node], labels.edge[node] = NEVER_MS, NONE
    return count + 1


@kernel
def _reconnect(links: Links, labels: Labels, scratch: Scratch, count: int) -> int:
    """Give each cleared node the best way in from what still stands, if there is one, and put it on the heap."""
    waiting = 0
    for index in range(count):
        node = scratch.node[index]
        best, taken = np.uint64(labels.seed_ms[node]), np.uint32(NONE)
        for entry in range(links.in_start[node], links.in_start[node + 1]):
            edge = links.in_edge[entry]
            there = np.uint64(labels.ms[links.edge_tail[edge]]) + np.uint64(labels.edge_ms[edge])
            if there < best:
                best, taken = there, edge
        if best < NEVER_MS:
            labels.edge[node] = taken
            waiting = _push(scratch.heap, waiting, best << np.uint64(32) | np.uint64(node))
    # only now, so that no cleared node has been taken for one that still stands
    for entry in scratch.heap[:waiting]:
        labels.ms[np.uint32(entry & np.uint64(NONE))] = entry >> np.uint64(32)
    return waiting


@kernel
def _settle(links: Links, labels: Labels, heap: NDArray[np.uint64], waiting: int) -> None:
    """Dijkstra's method from what is on the heap (milliseconds in the upper half of an entry, node in the lower)."""
    while waiting > 0:
        entry = heap[0]
        waiting = _pop(heap, waiting)
        node, so_far = np.uint32(entry & np.uint64(NONE)), entry >> np.uint64(32)
        if labels.ms[node] != so_far:
            continue
        for out in range(links.out_start[node], links.out_start[node + 1]):
            head, there = links.edge_head[out], so_far + np.uint64(labels.edge_ms[out])
            if there < labels.ms[head]:
                labels.ms[head], labels.edge[head] = there, out
                waiting = _push(heap, waiting, there << np.uint64(32) | np.uint64(head))
            elif there == labels.ms[head] and np.int32(out) < np.int32(labels.edge[head]):
                labels.edge[head] = out


@kernel
def _push(heap: NDArray[np.uint64], size: int, entry: np.uint64) -> int:
    at = size
    while at > 0 and heap[(at - 1) >> 1] > entry:
        heap[at] = heap[(at - 1) >> 1]
        at = (at - 1) >> 1
    heap[at] = entry
    return size + 1


@kernel
def _pop(heap: NDArray[np.uint64], size: int) -> int:
    size -= 1
    entry, at, child = heap[size], 0, 1
    while child < size:
        if child + 1 < size and heap[child + 1] < heap[child]:
            child += 1
        if heap[child] >= entry:
            break
        heap[at] = heap[child]
        at, child = child, 2 * child + 1
    heap[at] = entry
    return size
