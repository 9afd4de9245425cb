"""Where a solution from nothing begins: each origin's trips on one tree, batch by batch.

The trees of a batch are grown at the costs that the batches before it would cause if all trips went as theirs do. So one
sweep over all origins yields about what ten all-or-nothing assignments, averaged, would.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from clearway.assignment.equilibrium.flows import Rows
from clearway.assignment.equilibrium.trees import grow, order_of
from clearway.network.kernels import core_count, kernel

if TYPE_CHECKING:
    from collections.abc import Callable

    from clearway.assignment.equilibrium.blocks import BlockPool
    from clearway.assignment.equilibrium.scratch import Scratch, SearchScratch
    from clearway.assignment.equilibrium.state import Costs, Graph, Origins
    from clearway.assignment.equilibrium.trees import Trees
    from clearway.network.model import Floats, Longs

_LOADING_BATCHES = 10
"""Each batch meets the costs that those before it cause; with 3 or 30, the sweeps that follow are one more or fewer."""


def first_rows(
    pool: BlockPool[Scratch], graph: Graph, origins: Origins, trees: Trees, costs_at: Callable[[Floats], Costs]
) -> tuple[Rows, Floats]:
    """Flows by origin and edge, each origin's on its tree, and what edges carry.

    Args:
        pool: Threads with their scratch.
        graph: Nodes and edges.
        origins: Who sets out where.
        trees: Written to.
        costs_at: Costs of the edges at a flow on each edge.
    """
    count, total = len(origins.source), np.zeros(len(graph.tail))
    trips_from = np.add.reduceat(origins.trips, origins.start[:-1]) if count else np.zeros(0)
    rows = Rows(np.zeros(count, np.int64), np.zeros(count, np.int64), np.empty(0, np.uint32), np.empty(0))
    parts, placed, seen = list[Rows](), 0, 0.0
    for batch in range(min(_LOADING_BATCHES, count)):
        chosen = np.arange(batch, count, min(_LOADING_BATCHES, count))
        costs = costs_at(total * (trips_from.sum() / seen) if seen > 0 else total)
        for part, own in _load_batch(pool, graph, costs, origins, trees, chosen):
            rows.first[own], rows.edges[own] = part.first + placed, part.edges
            placed += len(part.edge)
            total += np.bincount(part.edge, part.flow, len(total))
            parts.append(part)
        seen += float(trips_from[chosen].sum())
    edges, flows = [part.edge for part in parts], [part.flow for part in parts]
    return Rows(rows.first, rows.edges, np.concatenate([rows.edge, *edges]), np.concatenate([rows.flow, *flows])), total


def _load_batch(
    pool: BlockPool[Scratch], graph: Graph, costs: Costs, origins: Origins, trees: Trees, chosen: Longs
) -> list[tuple[Rows, Longs]]:
    """Rows of some origins, in parts, and which origins are in each."""

    def load(own: Longs, scratch: Scratch) -> tuple[Rows, Longs]:
        most = int((origins.node[own, 1] - origins.node[own, 0]).sum())
        rows = Rows(np.empty(len(own), np.int64), np.empty(len(own), np.int64), np.empty(most, np.uint32), np.empty(most))
        used = load_trees(graph, costs, origins, trees, scratch.search, rows, own)
        return Rows(rows.first, rows.edges, rows.edge[:used].copy(), rows.flow[:used].copy()), own

    pieces = [chosen[part :: core_count()] for part in range(min(core_count(), len(chosen)))]
    return pool.map(load, pieces)


@kernel
def load_trees(
    graph: Graph, costs: Costs, origins: Origins, trees: Trees, scratch: SearchScratch, rows: Rows, chosen: Longs
) -> int:
    """Grow the trees of some origins and put their trips on them, from the far ends back; how many edges are used."""
    used, through = 0, scratch.through
    for turn, origin in enumerate(chosen):
        grow(graph, costs, origins, trees, scratch, origin)
        parent, order = trees.parent[trees.start[origin] :], order_of(trees, origin)
        for entry in range(origins.start[origin], origins.start[origin + 1]):
            if scratch.label[origins.sink[entry]] < np.inf:
                through[origins.sink[entry]] += origins.trips[entry]
        rows.first[turn] = used
        for node in order[:0:-1]:
            if through[node] > 0.0:
                rows.edge[used], rows.flow[used] = parent[node], through[node]
                through[graph.tail[parent[node]]] += through[node]
                through[node] = 0.0
                used += 1
        through[origins.source[origin]] = 0.0
        rows.edges[turn] = used - rows.first[turn]
    return used
