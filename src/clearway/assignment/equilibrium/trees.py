"""Trees of cheapest ways, one for each origin, carried from sweep to sweep as the order of their nodes.

A tree is searched once, by Dijkstra's method. In later sweeps the nodes are taken in the order they had: each gets the best
way in from the nodes before it (:func:`read_off`), one pass over the edges without any queue. A second pass looks whether any
edge gives a shorter way. If one does, :func:`repair` carries that on to the nodes beyond. So labels are exact in every case,
and none is taken on trust. Orders that had to be repaired again and again are made anew by :func:`regrow`, which visits the
nodes in the old order but takes those that are improved too late once more.

Where two ways cost the same but for the last digits, as they do at equilibrium, either will do: a way counts as shorter from
a few units in the last place on. Without that, rounding alone would have half the trees of a large network repaired.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from clearway.network.kernels import kernel

if TYPE_CHECKING:
    from clearway.assignment.equilibrium.scratch import SearchScratch
    from clearway.assignment.equilibrium.state import Costs, Graph, Origins
    from clearway.network.kernels import Words
    from clearway.network.model import Bytes, Longs

NO_EDGE = 0xFFFFFFFF
"""No edge at all: the largest word."""
REPAIRS_PER_ORDER = 3
"""Each repair leaves an order a little farther from the true one: after three in a row it is made anew."""
_FEW_LOWERED_SHARE = 0.125
"""A repair that lowers an eighth of the nodes or more says that the order is old: it is made anew at once."""
_SHORTER_RATIO = 1.0 - 1e-14
"""A route counts as shorter from some fifty units in the last place on: otherwise rounding alone has half the trees of a
large network repaired.
"""


class Trees(NamedTuple):
    """The tree of each origin, over the nodes of its own layer: entries ``start[o]`` to ``start[o + 1]``."""

    start: Longs  # (O + 1,)
    parent: Words  # last edge of the cheapest way to a node; NO_EDGE at the source and where there is no way
    order: Words  # all nodes, each after its parent, the source first
    given: Words  # the same, of other trees, which are not written to
    own: Bytes  # (O,) 1 where ``order`` holds, 0 where ``given`` still does
    repairs_left: Bytes  # (O,) how many more repairs an order gets before it is made anew


def trees_for(origins: Origins, given: Words | None = None) -> Trees:
    """Room for the trees of all origins, in the given orders if any."""
    start = np.concatenate((np.zeros(1, np.int64), np.cumsum(origins.node[:, 1] - origins.node[:, 0])))
    parent, order = np.empty(int(start[-1]), np.uint32), np.empty(int(start[-1]), np.uint32)
    own = np.full(len(origins.source), given is None, np.uint8)
    return Trees(start, parent, order, order if given is None else given, own, np.full(len(own), REPAIRS_PER_ORDER, np.uint8))


def orders(trees: Trees) -> Words:
    """The orders of all trees."""
    if not trees.own.all():
        _make_own(trees)
        trees.own[:] = 1
    return trees.order


@kernel
def order_of(trees: Trees, origin: int) -> Words:
    """The order of the nodes of a tree, to read."""
    first, end = trees.start[origin], trees.start[origin + 1]
    return trees.order[first:end] if trees.own[origin] else trees.given[first:end]


@kernel
def _make_own(trees: Trees) -> None:
    for origin in range(len(trees.own)):
        if not trees.own[origin]:
            trees.order[trees.start[origin] : trees.start[origin + 1]] = order_of(trees, origin)


@kernel
def grow(graph: Graph, costs: Costs, origins: Origins, trees: Trees, scratch: SearchScratch, origin: int) -> None:
    """Search the tree of one origin; its labels are left in the scratch."""
    parent, order = trees.parent[trees.start[origin] :], trees.order[trees.start[origin] : trees.start[origin + 1]]
    out_start, label = graph.out_start[origins.node[origin, 0] :], scratch.label
    scratch.stamp[0] += 1
    stamp, source = scratch.stamp[0], origins.source[origin]
    label[: len(order)] = np.inf
    parent[: len(order)] = NO_EDGE
    label[source] = 0.0
    waiting, count = _lift(scratch, 0, source), 0
    while waiting > 0:
        node = np.uint32(scratch.heap[0])
        waiting = _drop(scratch, waiting)
        order[count], scratch.seen[node] = node, stamp
        count += 1
        here = label[node]
        for out in range(out_start[node], out_start[node + np.uint32(1)]):
            head, there = graph.out_head[out], here + costs.out[out]
            if there < label[head]:
                label[head], parent[head] = there, graph.out_edge[out]
                waiting = _lift(scratch, waiting, head)
    _append_unseen(order, scratch, count)
    trees.own[origin] = 1


@kernel
def grow_some(graph: Graph, costs: Costs, origins: Origins, trees: Trees, scratch: SearchScratch, chosen: Longs) -> None:
    """Search the trees of some origins."""
    for origin in chosen:
        grow(graph, costs, origins, trees, scratch, origin)
        trees.repairs_left[origin] = REPAIRS_PER_ORDER


@kernel
def regrow(graph: Graph, costs: Costs, origins: Origins, trees: Trees, scratch: SearchScratch, origin: int) -> None:  # noqa: C901 - a search, inlined
    """Bring the tree of one origin up to date, its labels in the scratch and its order true.

    Nodes are visited in the order of the tree before, and those that are improved when their turn is past once more, by way of
    a heap, as soon as no nearer node waits in the order.
    """
    parent, order = trees.parent[trees.start[origin] :], order_of(trees, origin)
    out_start, label = graph.out_start[origins.node[origin, 0] :], scratch.label
    scratch.stamp[0] += 1
    stamp = scratch.stamp[0]
    label[: len(order)] = np.inf
    parent[: len(order)] = NO_EDGE
    label[origins.source[origin]] = 0.0
    waiting, visits, turn, stood = 0, 0, 0, True
    while turn < len(order) or waiting > 0:
        if waiting > 0 and (turn == len(order) or label[scratch.heap[0]] < label[order[turn]]):
            node = np.uint32(scratch.heap[0])
            waiting = _drop(scratch, waiting)
            stood = False
        else:
            node = order[turn]
            turn += 1
            scratch.past[node] = stamp
            if label[node] == np.inf:
                continue
        if visits == len(scratch.visit):  # so many that a search is sooner done
            for place in range(waiting):
                scratch.place[scratch.heap[place]] = -1
            grow(graph, costs, origins, trees, scratch, origin)
            return
        scratch.visit[visits], scratch.last[node], scratch.seen[node] = node, visits, stamp
        visits += 1
        here = label[node]
        for out in range(out_start[node], out_start[node + np.uint32(1)]):
            head, there = graph.out_head[out], here + costs.out[out]
            if there < label[head]:
                label[head], parent[head] = there, graph.out_edge[out]
                if scratch.past[head] == stamp:
                    waiting = _lift(scratch, waiting, head)
    if not stood:
        count, order = 0, trees.order[trees.start[origin] : trees.start[origin + 1]]
        for visit in range(visits):
            if scratch.last[scratch.visit[visit]] == visit:
                order[count] = scratch.visit[visit]
                count += 1
        _append_unseen(order, scratch, count)
        trees.own[origin] = 1


@kernel
def read_off(graph: Graph, costs: Costs, origins: Origins, trees: Trees, scratch: SearchScratch, origin: int) -> None:
    """Give each node, in the order of the tree before, the best way in from the nodes before it."""
    parent, order = trees.parent[trees.start[origin] :], order_of(trees, origin)
    in_start, label = graph.in_start[origins.node[origin, 0] :], scratch.label
    label[: len(order)] = np.inf
    label[order[0]] = 0.0
    for node in order[1:]:
        best, taken = np.inf, np.uint32(NO_EDGE)
        for edge in range(in_start[node], in_start[node + np.uint32(1)]):
            there = label[graph.tail[edge]] + costs.edge[edge]
            if there < best:
                best, taken = there, np.uint32(edge)
        label[node], parent[node] = best, taken


@kernel
def is_shorter(graph: Graph, costs: Costs, origins: Origins, scratch: SearchScratch, origin: int) -> bool:
    """Whether any edge gives a shorter way than the labels in the scratch."""
    begin, end = origins.edge[origin, 0], origins.edge[origin, 1]
    tails, heads, cost, label = graph.tail[begin:end], graph.head[begin:end], costs.edge[begin:end], scratch.label
    shorter = False
    for edge in range(len(cost)):
        shorter |= label[tails[edge]] + cost[edge] < _SHORTER_RATIO * label[heads[edge]]
    return shorter


@kernel
def repair(graph: Graph, costs: Costs, origins: Origins, trees: Trees, scratch: SearchScratch, origin: int) -> int:
    """Lower the labels in the scratch that are too high, with the tree and its order; how many there were.

    Every edge that gives a shorter way lowers the label of the node it enters, and Dijkstra's method carries that on; what
    leaves a node that waits already is left to it, so that parents' turns come before their children's. The nodes lowered
    are then moved up in the order.
    """
    parent, order = trees.parent[trees.start[origin] :], order_of(trees, origin)
    out_start, label = graph.out_start[origins.node[origin, 0] :], scratch.label
    scratch.stamp[0] += 1
    stamp, waiting, count = scratch.stamp[0], 0, 0
    for edge in range(origins.edge[origin, 0], origins.edge[origin, 1]):
        tail, head = graph.tail[edge], graph.head[edge]
        there = label[tail] + costs.edge[edge]
        if there < _SHORTER_RATIO * label[head] and scratch.place[tail] < 0:
            label[head], parent[head] = there, edge
            waiting = _lift(scratch, waiting, head)
    while waiting > 0:
        node = np.uint32(scratch.heap[0])
        waiting = _drop(scratch, waiting)
        scratch.visit[count], scratch.seen[node] = node, stamp
        count += 1
        here = label[node]
        for out in range(out_start[node], out_start[node + np.uint32(1)]):
            head, there = graph.out_head[out], here + costs.out[out]
            if there < label[head]:
                label[head], parent[head] = there, graph.out_edge[out]
                waiting = _lift(scratch, waiting, head)
    _merge(graph, parent, order, trees.order[trees.start[origin] : trees.start[origin + 1]], scratch, count)
    trees.own[origin] = 1
    return count


@kernel
def bring_up_to_date(graph: Graph, costs: Costs, origins: Origins, trees: Trees, scratch: SearchScratch, origin: int) -> None:
    """The tree of one origin at these costs, its labels in the scratch, by the quickest of the ways above."""
    if trees.repairs_left[origin] == 0:
        regrow(graph, costs, origins, trees, scratch, origin)
        trees.repairs_left[origin] = REPAIRS_PER_ORDER
        return
    read_off(graph, costs, origins, trees, scratch, origin)
    if is_shorter(graph, costs, origins, scratch, origin):
        lowered = repair(graph, costs, origins, trees, scratch, origin)
        few = lowered < _FEW_LOWERED_SHARE * (trees.start[origin + 1] - trees.start[origin])
        trees.repairs_left[origin] = trees.repairs_left[origin] - 1 if few else 0


@kernel
def label_again(graph: Graph, costs: Costs, trees: Trees, scratch: SearchScratch, origin: int) -> None:
    """Labels of a tree that is up to date, in the scratch."""
    parent, order = trees.parent[trees.start[origin] :], order_of(trees, origin)
    scratch.label[order[0]] = 0.0
    for node in order[1:]:
        edge = parent[node]
        scratch.label[node] = np.inf if edge == NO_EDGE else scratch.label[graph.tail[edge]] + costs.edge[edge]


@kernel
def _merge(graph: Graph, parent: Words, order: Words, new: Words, scratch: SearchScratch, count: int) -> None:
    """Write an order with the nodes visited, so many, moved to where their labels belong, but never before their parents."""
    label, visit, stamp, turn, place = scratch.label, scratch.visit, scratch.stamp[0], 0, len(order)
    for node in order:
        if scratch.seen[node] == stamp:
            continue
        while turn < count and label[visit[turn]] < label[node]:
            before = graph.tail[parent[visit[turn]]]
            if scratch.seen[before] != stamp and scratch.past[before] != stamp:
                break
            visit[place] = visit[turn]
            turn, place = turn + 1, place + 1
        visit[place], scratch.past[node] = node, stamp
        place += 1
    while turn < count:
        visit[place] = visit[turn]
        turn, place = turn + 1, place + 1
    new[:] = visit[len(order) : 2 * len(order)]


@kernel
def _append_unseen(order: Words, scratch: SearchScratch, count: int) -> None:
    """Nodes that cannot be reached come last."""
    if count < len(order):
        for node in range(len(order)):
            if scratch.seen[node] != scratch.stamp[0]:
                order[count] = node
                count += 1


@kernel
def _lift(scratch: SearchScratch, size: int, node: int) -> int:
    """Put a node on the heap, or move it up after its label fell; the size of the heap."""
    heap, label, place = scratch.heap, scratch.label, scratch.place[node]
    if place < 0:
        place, size = size, size + 1
    value = label[node]
    while place > 0 and label[heap[(place - 1) >> 2]] > value:
        heap[place] = heap[(place - 1) >> 2]
        scratch.place[heap[place]] = place
        place = (place - 1) >> 2
    heap[place], scratch.place[node] = node, place
    return size


@kernel
def _drop(scratch: SearchScratch, size: int) -> int:
    """Take the first node off the heap; the size of the heap."""
    heap, label = scratch.heap, scratch.label
    scratch.place[heap[0]] = -1
    size -= 1
    if size == 0:
        return 0
    node, place = heap[size], 0
    value = label[node]
    while True:
        chosen, least = -1, value
        for child in range(4 * place + 1, min(4 * place + 5, size)):
            if label[heap[child]] < least:
                chosen, least = child, label[heap[child]]
        if chosen < 0:
            break
        heap[place] = heap[chosen]
        scratch.place[heap[place]] = place
        place = chosen
    heap[place], scratch.place[node] = node, place
    return size
