"""Immediate dominators from the outside: the last node that every way in to a node must pass.

The iterative algorithm of K. D. Cooper, T. J. Harvey and K. Kennedy, "A simple, fast dominance algorithm" (2001).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from clearway.network.kernels import kernel

if TYPE_CHECKING:
    from clearway.network.model import Bools, Longs


def dominators(node_count: int, tail: Longs, head: Longs, usable: Bools, barred: int) -> tuple[Longs, Longs]:
    """The immediate dominator of each node from node 0, and the order in which a search finishes them.

    Args:
        node_count: Number of nodes.
        tail: (A,) node each arc leaves.
        head: (A,) node each arc enters.
        usable: (A,) arcs that count.
        barred: Node that no path may use, -1 for none.

    Returns:
        (N,) immediate dominator, 0 for node 0 itself, -1 where node 0 does not lead; (N,) finishing rank, -1 likewise.

    >>> dominators(4, np.array([0, 1, 1, 2]), np.array([1, 2, 3, 3]), np.ones(4, bool), -1)[0]
    array([0, 0, 1, 1])
    """
    arcs = np.flatnonzero(usable & (tail != barred) & (head != barred))
    out_order, in_order = np.argsort(tail[arcs], kind="stable"), np.argsort(head[arcs], kind="stable")
    out_start, in_start = (
        np.concatenate(([0], np.cumsum(np.bincount(end[arcs], minlength=node_count)))).astype(np.int64) for end in (tail, head)
    )
    parent, rank = np.full(node_count, -1, np.int64), np.full(node_count, -1, np.int64)
    finished = np.empty(node_count, np.int64)
    count = _depth_first(node_count, out_start, head[arcs][out_order], rank, finished)
    _cooper(count, finished, in_start, tail[arcs][in_order], rank, parent)
    return parent, rank


def reached_nodes(node_count: int, tail: Longs, head: Longs, usable: Bools) -> Bools:
    """(N,) nodes that node 0 leads to over usable arcs.

    >>> reached_nodes(3, np.array([0, 2]), np.array([1, 1]), np.ones(2, bool))
    array([ True,  True, False])
    """
    arcs = np.flatnonzero(usable)
    order = np.argsort(tail[arcs], kind="stable")
    start = np.concatenate(([0], np.cumsum(np.bincount(tail[arcs], minlength=node_count)))).astype(np.int64)
    rank, finished = np.full(node_count, -1, np.int64), np.empty(node_count, np.int64)
    _depth_first(node_count, start, head[arcs][order], rank, finished)
    found: Bools = rank >= 0
    return found


@kernel
def _depth_first(node_count, out_start, out_head, rank, finished):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Fill ``rank`` and ``finished`` in the order in which a depth-first search leaves nodes; return their number."""
    stack = np.empty(node_count, np.int64)
    current = out_start[:node_count].copy()
    seen = np.zeros(node_count, np.bool_)
    stack[0], depth, count = 0, 1, 0
    seen[0] = True
    while depth > 0:
        node = stack[depth - 1]
        if current[node] < out_start[node + 1]:
            other = out_head[current[node]]
            current[node] += 1
            if not seen[other]:
                seen[other] = True
                stack[depth] = other
                depth += 1
        else:
            rank[node] = count
            finished[count] = node
            count += 1
            depth -= 1
    return count


@kernel
def _cooper(count, finished, in_start, in_tail, rank, parent):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Fill ``parent`` with immediate dominators."""
    parent[0] = 0
    changed = True
    while changed:
        changed = False
        for at in range(count - 2, -1, -1):
            node = finished[at]
            best = -1
            for entry in range(in_start[node], in_start[node + 1]):
                other = in_tail[entry]
                if parent[other] < 0:
                    continue
                if best < 0:
                    best = other
                while other != best:
                    while rank[other] < rank[best]:
                        other = parent[other]
                    while rank[best] < rank[other]:
                        best = parent[best]
            if best != parent[node]:
                parent[node] = best
                changed = True
