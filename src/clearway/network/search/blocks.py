"""The part of a network of streets that hangs together at more than one junction: its largest biconnected part.

What lies outside it hangs on it by one street or one junction: whoever drives in there comes back the same way. The algorithm
is that of J. Hopcroft and R. Tarjan, "Efficient algorithms for graph manipulation" (1973), with a stack of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from clearway.network.kernels import kernel

if TYPE_CHECKING:
    from clearway.network.model import Bools, Longs


def largest_block(node_count: int, tail: Longs, head: Longs) -> Bools:
    """The edges of the largest biconnected part of a graph, whatever their direction.

    Args:
        node_count: Number of nodes.
        tail: (E,) int64, a node at one end of each edge.
        head: (E,) int64, the node at its other end.

    Returns:
        (E,) whether an edge is in the part of most edges; of several as large, the one whose edge comes first. A loop at one
        node is in none; all false where there is no edge.

    >>> largest_block(5, np.array([0, 1, 2, 2, 3]), np.array([1, 2, 0, 3, 4])).tolist()
    [True, True, True, False, False]
    """
    edges = np.flatnonzero(tail != head)
    ends = np.concatenate((tail[edges], head[edges]))
    order = np.argsort(ends, kind="stable")
    start = np.concatenate(([0], np.cumsum(np.bincount(ends, minlength=node_count)))).astype(np.int64)
    other = np.concatenate((head[edges], tail[edges]))[order].astype(np.int64)
    edge = np.tile(edges, 2)[order].astype(np.int64)
    block = np.full(len(tail), -1, np.int64)
    _blocks(node_count, start, other, edge, block)
    if not len(edges):
        return np.zeros(len(tail), np.bool_)
    sizes = np.bincount(block[edges])
    first = int(np.flatnonzero((block >= 0) & np.isin(block, np.flatnonzero(sizes == sizes.max())))[0])
    found: Bools = block == block[first]
    return found


@kernel
def _blocks(node_count, start, other, edge, block):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Fill ``block`` with a number for the biconnected part of each edge."""
    entered = np.full(node_count, -1, np.int64)
    lowest = np.zeros(node_count, np.int64)
    current = start[:node_count].copy()
    stack, came_by = np.empty(node_count, np.int64), np.full(node_count, -1, np.int64)
    waiting = np.empty(len(block), np.int64)
    is_waiting = np.zeros(len(block), np.bool_)
    count = moment = held = 0
    for root in range(node_count):
        if entered[root] >= 0:
            continue
        stack[0], depth = root, 1
        entered[root] = lowest[root] = moment
        moment += 1
        while depth > 0:
            node = stack[depth - 1]
            if current[node] < start[node + 1]:
                at = current[node]
                current[node] += 1
                if block[edge[at]] >= 0 or is_waiting[edge[at]]:
                    continue
                waiting[held], is_waiting[edge[at]] = edge[at], True
                held += 1
                if entered[other[at]] >= 0:
                    lowest[node] = min(lowest[node], entered[other[at]])
                    continue
                entered[other[at]] = lowest[other[at]] = moment
                moment += 1
                came_by[other[at]] = edge[at]
                stack[depth] = other[at]
                depth += 1
                continue
            depth -= 1
            if depth == 0:
                break
            before = stack[depth - 1]
            lowest[before] = min(lowest[before], lowest[node])
            if lowest[node] >= entered[before]:  # nothing beyond leads past the node before: a part ends here
                held = _part(block, waiting, held, came_by[node], count)
                count += 1


@kernel
def _part(block, waiting, held, last, number):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Give the edges that wait, down to the last of a part, its number; return how many wait then."""
    while block[last] < 0:
        held -= 1
        block[waiting[held]] = number
    return held
