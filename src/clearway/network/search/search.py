"""Shortest paths from many origins at once.

The kernel is Dijkstra's method with a bucket queue (Dial, "Shortest-path forest with topological ordering",
Communications of the ACM 12, 1969), whose buckets may be wider than the shortest arc (Meyer and Sanders, "Delta-stepping",
Journal of Algorithms 49, 2003). Times are whole milliseconds and answers exact: a node that is improved inside the bucket
that is being emptied is simply taken out again.

**Ties.** Of several shortest ways to a node the tree takes the edge with the lowest number; a seed comes before any edge; of
equal seeds, the one of the lowest origin. The tree therefore depends on nothing but its input: a tree that was repaired
after a closure equals the tree searched anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from clearway.network.kernels import kernel, on_all_cores, words
from clearway.network.model import NEVER_MS
from clearway.network.search.graph import buckets_for
from clearway.network.search.origins import Origins

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.kernels import Words
    from clearway.network.model import Bools, Ints
    from clearway.network.search.graph import RoutingGraph

NO_EDGE = -1
"""The edge into a node that no edge leads to."""
NO_ORIGIN = -1
"""The origin of a node that is not reached."""
NONE = 0xFFFFFFFF
"""``NO_EDGE`` as kernels read it: the largest word."""


@dataclass(frozen=True, eq=False)
class Tree:
    """The shortest way from the nearest origin to every node. N nodes, E edges.

    Attributes:
        graph: What was searched.
        origins: Where from.
        ms: (N,) whole milliseconds, ``NEVER_MS`` where no way leads.
        edge: (N,) the last edge of the way, ``NO_EDGE`` where an origin's seed or nothing comes to the node.
        edge_ms: (E,) the edges' times that the search used, ``NEVER_MS`` where shut.
    """

    graph: RoutingGraph
    origins: Origins
    ms: Ints
    edge: Ints
    edge_ms: Ints

    @cached_property
    def node_seed(self) -> Ints:
        """(N,) the seed that the way to a node starts with, an index into the origins' seeds; -1 where no way leads."""
        seed_at = np.full(self.graph.node_count, -1, np.int32)
        seeds = _in_order(self.origins)[::-1]
        first_wins = seeds[self.origins.seed_ms[seeds] == self.ms[self.origins.seed_node[seeds]]]
        seed_at[self.origins.seed_node[first_wins]] = first_wins
        _hand_down(seed_at, self.edge, self.graph.edge_tail)
        return seed_at

    @cached_property
    def origin(self) -> Ints:
        """(N,) the origin that the way to a node starts from, ``NO_ORIGIN`` where no way leads."""
        known = np.append(self.origins.seed_origin, np.int32(NO_ORIGIN))
        return known[self.node_seed]

    def path(self, node: int) -> list[int]:
        """The arcs driven to a node, first the one that the origin stands on; empty where no way leads."""
        arcs: list[int] = []
        at = node
        while self.edge[at] != NO_EDGE:
            arcs.append(int(self.graph.edge_arc[self.edge[at]]))
            at = int(self.graph.edge_tail[self.edge[at]])
        seed = int(self.node_seed[at])
        return [int(self.origins.seed_arc[seed]), *reversed(arcs)] if seed >= 0 else []


def shortest_tree(graph: RoutingGraph, origins: Origins, shut: Bools | None = None, lost_ms: Ints | None = None) -> Tree:
    """Search from all origins at once: each node's way comes from the origin that is nearest in time.

    Args:
        graph: The class's graph.
        origins: Where vehicles start; none gives a tree in which nothing is reached.
        shut: (A,) arcs that cannot be driven from end to end (``closures.shut_arcs``). Origins and targets take
            the closures themselves, for what lies on a closed way.
        lost_ms: (A,) milliseconds lost on each arc besides the driving (``closures.gate_ms``); none by default.
    """
    edge_ms, buckets = _times(graph, shut, lost_ms)
    ms, edge = np.empty(graph.node_count, np.int32), np.empty(graph.node_count, np.int32)
    _run(graph, origins, edge_ms, buckets, (ms, edge))
    return Tree(graph, origins, ms, edge, edge_ms)


def travel_times(
    graph: RoutingGraph, origins: Origins | Sequence[Origins], shut: Bools | None = None, lost_ms: Ints | None = None
) -> Ints:
    """(K, N) whole milliseconds from each origin to every node, ``NEVER_MS`` where no way leads; uses every core.

    Args:
        graph: The class's graph.
        origins: Each origin alone; or a list of groups, each group one row.
        shut: (A,) arcs that cannot be driven from end to end.
        lost_ms: (A,) milliseconds lost on each arc besides the driving; none by default.
    """
    groups = [origins.only(index) for index in range(len(origins))] if isinstance(origins, Origins) else list(origins)
    edge_ms, buckets = _times(graph, shut, lost_ms)
    table = np.empty((len(groups), graph.node_count), np.int32)

    def row(index: int) -> None:
        _run(graph, groups[index], edge_ms, buckets, (table[index], np.empty(graph.node_count, np.int32)))

    on_all_cores(row, range(len(groups)))
    return table


def _times(graph: RoutingGraph, shut: Bools | None, lost_ms: Ints | None) -> tuple[Ints, tuple[int, int]]:
    """The edges' times, and how a search over them sorts nodes."""
    edge_ms = graph.edge_ms_without(shut, lost_ms)
    slower = lost_ms is not None and bool(lost_ms.any())
    return edge_ms, buckets_for(edge_ms[edge_ms < NEVER_MS]) if slower else graph.buckets


def _run(graph: RoutingGraph, origins: Origins, edge_ms: Ints, buckets: tuple[int, int], out: tuple[Ints, Ints]) -> None:
    order = _in_order(origins)
    seeds = words(origins.seed_node[order]), words(origins.seed_ms[order])
    links = words(graph.out_start), words(graph.edge_head), words(edge_ms)
    search(*links, *seeds, *buckets, words(out[0]), words(out[1]))


def _in_order(origins: Origins) -> Ints:
    """Seeds by time, then by origin."""
    return np.lexsort((origins.seed_origin, origins.seed_ms)).astype(np.int32)


@kernel
def search(  # noqa: PLR0913, PLR0917, C901 - a numeric kernel takes plain arrays
    out_start: Words,
    edge_head: Words,
    edge_ms: Words,
    seed_node: Words,
    seed_ms: Words,
    shift: int,
    ring: int,
    ms: Words,
    edge: Words,
) -> None:
    """Fill ``ms`` and ``edge`` with the shortest-path forest of the seeds, which are given in rising order of time."""
    never, none, mask = np.uint32(NEVER_MS), np.uint32(NONE), np.uint64(ring - 1)
    for node in range(len(ms)):
        ms[node], edge[node] = never, none
    for seed in range(len(seed_node)):
        ms[seed_node[seed]] = min(ms[seed_node[seed]], seed_ms[seed])
    most = len(edge_head) + len(seed_node)
    first = np.full(ring, none, np.uint32)  # entry on top of each bucket's stack
    below, node_of, ms_of = np.empty(most, np.uint32), np.empty(most, np.uint32), np.empty(most, np.uint32)
    used, spare, waiting, seed, bucket = np.uint32(0), none, 0, 0, np.uint64(0)
    while waiting > 0 or seed < len(seed_node):
        if waiting == 0:
            bucket = np.uint64(seed_ms[seed] >> shift)
        slot = bucket & mask
        while seed < len(seed_node) and np.uint64(seed_ms[seed] >> shift) <= bucket:
            node_of[used], ms_of[used], below[used] = seed_node[seed], seed_ms[seed], first[slot]
            first[slot] = used
            used, waiting, seed = np.uint32(used + 1), waiting + 1, seed + 1
        while first[slot] != none:
            entry = first[slot]
            node, so_far = node_of[entry], ms_of[entry]
            first[slot], below[entry], spare, waiting = below[entry], spare, entry, waiting - 1
            if ms[node] != so_far:
                continue  # it was improved after this entry was made
            for out in range(out_start[node], out_start[node + 1]):
                head, there = edge_head[out], np.uint64(so_far) + np.uint64(edge_ms[out])
                if there < ms[head]:
                    ms[head], edge[head] = there, out
                    if spare != none:
                        entry, spare = spare, below[spare]
                    else:
                        entry, used = used, np.uint32(used + 1)
                    there_slot = there >> np.uint64(shift) & mask
                    node_of[entry], ms_of[entry], below[entry] = head, there, first[there_slot]
                    first[there_slot], waiting = entry, waiting + 1
                elif there == ms[head] and np.int32(out) < np.int32(edge[head]):
                    edge[head] = out
        bucket += np.uint64(1)


@kernel
def _hand_down(seed_at: Ints, edge: Ints, edge_tail: Ints) -> None:
    """Give every node the seed of the root that its way leads back to; roots have theirs, the others -1."""
    for node in range(len(seed_at)):
        root = node
        while seed_at[root] < 0 and edge[root] >= 0:
            root = edge_tail[edge[root]]
        at = node
        while at != root:
            seed_at[at], at = seed_at[root], edge_tail[edge[at]]
