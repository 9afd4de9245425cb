"""Which edges any trip could use: closures that leave the same ones give the same flows, wherever their barriers stand.

A quickest way passes no node twice. An edge can be on one only if it is open, is reached from some zone and leads to one, and
is not on a dead end: with one more node joined to all zones, it must lie in a two-connected part with that node, found by
depth-first search (J. Hopcroft, R. E. Tarjan, "Efficient algorithms for graph manipulation", Communications of the ACM 16,
1973). A third of a town's streets lead nowhere else and need not be searched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order

from clearway.assignment.problem import NO_NODE
from clearway.network.kernels import kernel

if TYPE_CHECKING:
    from clearway.assignment.problem import TrafficProblem
    from clearway.network.model import Bools, Ints, Longs


def usable_edges(problem: TrafficProblem) -> Bools:
    """(E,) edges that may lie on a quickest way from a zone to a zone; every edge that does is among them.

    Args:
        problem: The network with what is shut.
    """
    usable: Bools = ~problem.edge_shut
    tail, head = problem.edge_tail[usable], problem.edge_head[usable]
    left = _reached(problem.node_count, tail, head, problem.zone_out)
    arriving = _reached(problem.node_count, head, tail, problem.zone_in)
    usable[usable] = left[tail] & arriving[head]
    usable[usable] = _on_no_dead_end(problem, problem.edge_tail[usable], problem.edge_head[usable])
    return usable


def _reached(node_count: int, tail: Ints, head: Ints, starts: Ints) -> Bools:
    """(N,) nodes that are reached from any of some nodes."""
    first = np.unique(starts[starts != NO_NODE])
    everywhere = np.full(len(first), node_count)  # one node more, from which all starts are reached
    rows, columns = np.concatenate((tail, everywhere)), np.concatenate((head, first))
    links = csr_array((np.ones(len(rows), np.int8), (rows, columns)), shape=(node_count + 1, node_count + 1))
    found = np.zeros(node_count + 1, np.bool_)
    found[breadth_first_order(links, node_count, return_predecessors=False)] = True
    return found[:node_count]


def _on_no_dead_end(problem: TrafficProblem, tail: Ints, head: Ints) -> Bools:
    """Which of some edges lie in a two-connected part with a node that is joined to all zones."""
    ends = np.unique(np.concatenate((problem.zone_out.ravel(), problem.zone_in.ravel())))
    ends = ends[ends != NO_NODE]
    root = problem.node_count
    one = np.concatenate((tail, head, np.full(len(ends), root), ends)).astype(np.int64)
    other = np.concatenate((head, tail, ends, np.full(len(ends), root))).astype(np.int64)
    order = np.argsort(one, kind="stable")
    start = np.searchsorted(one[order], np.arange(root + 2))
    seen, with_root = np.zeros(root + 1, np.int64), np.zeros(root + 1, np.bool_)
    _search(start, other[order], root, seen, with_root)
    deeper = np.where(seen[tail] > seen[head], tail, head)
    return with_root[deeper]


@kernel
def _search(start: Longs, neighbour: Longs, root: int, seen: Longs, with_root: Bools) -> None:
    """Fill in when each node is first seen, from 1, and whether the edge it was seen by lies in a part with the root."""
    count = len(seen)
    low, parent, turn, path = np.zeros(count, np.int64), np.full(count, -1), start[:count].copy(), np.empty(count, np.int64)
    order = np.empty(count, np.int64)
    path[0], seen[root], low[root], depth, clock = root, 1, 1, 1, 1
    order[0] = root
    while depth > 0:
        at = path[depth - 1]
        if turn[at] < start[at + 1]:
            there = neighbour[turn[at]]
            turn[at] += 1
            if seen[there] == 0:
                order[clock] = there
                clock += 1
                seen[there] = low[there] = clock
                parent[there], path[depth] = at, there
                depth += 1
            else:
                low[at] = min(low[at], seen[there])
        else:
            depth -= 1
            if depth > 0:
                low[parent[at]] = min(low[parent[at]], low[at])
    for place in range(1, clock):
        at = order[place]
        above = parent[at]
        with_root[at] = above == root or (with_root[above] and low[at] < seen[above])
