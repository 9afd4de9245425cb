"""The streets of through traffic before and under closures.

A street is **through** where one can drive on from it to every other through street, and come back, without ever turning
round: the largest strongly connected part of the drives that never go back along the arc just driven. Where the data end and
the street may go on, the world outside joins what leaves to what enters. Dead ends are not through. What was through and no
longer is, is **lost**: it is shut, or it now leads only to what is shut. So is a street that became a dead end with a place to
turn: a loop that hung on one junction before the closures too, and that nobody would sign a detour round.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from clearway.network.closures import shut_arcs
from clearway.network.headings import Headings
from clearway.network.model import NEVER_MS
from clearway.network.search.arc_graph import onward_graph
from clearway.network.search.arc_search import ArcSearch
from clearway.network.search.blocks import largest_block
from clearway.network.search.graph import routing_graph
from clearway.network.search.origins import Origins
from clearway.network.search.search import shortest_tree
from clearway.network.search.targets import nearest_approach, spot_targets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.closures import Closure
    from clearway.network.model import Bools, Longs, Network
    from clearway.network.search.arc_graph import ArcGraph
    from clearway.network.search.search import Tree

DRIVES = "general"
"""The class of through traffic; heavy vehicles are the same on a network of their own."""
_LEAST = 2
"""One arc alone is no street to drive on."""


class ThroughStreets:
    """The streets of one network for through traffic, before and under closures. A arcs, N nodes: arcs just driven.

    Args:
        network: The network, as the vehicles find it.
        closures: What is shut.

    Attributes:
        shut: (A,) arcs that cannot be driven from end to end because of the closures.
        before: (N,) through without the closures.
        after: (N,) through under them.
    """

    def __init__(self, network: Network, closures: Sequence[Closure]) -> None:
        self.network = network
        self.graph = routing_graph(network, DRIVES)
        self.onward: ArcGraph = onward_graph(self.graph)
        self.closures = tuple(one for one in closures if one.holds(DRIVES))
        self.shut: Bools = shut_arcs(network, self.closures, DRIVES)
        self.before = _through(self.onward, np.zeros_like(self.shut))
        open_to_all = _through(self.onward, self.shut) & self.before
        self.after = self._not_turning_in_loops(open_to_all)
        self._dead_ends = np.zeros_like(self.shut)
        self._dead_ends[self.onward.node_arc[open_to_all & ~self.after]] = True

    def _not_turning_in_loops(self, after: Bools) -> Bools:
        """(N,) through nodes, without streets on which one comes back only by a loop that hung on one junction before.

        Such loops, and all else that hung so, stay through where the street on which they hang does.
        """
        hanging = _hanging(self.onward, self.before)
        open_nodes = after & ~hanging
        is_core = np.zeros_like(self.shut)
        is_core[self.onward.node_arc[open_nodes]] = True
        core = _through(self.onward, self.shut | ~is_core)
        if not core.any():
            return after
        on_it = np.zeros(self.network.junction_count, np.bool_)
        for ends in (self.network.arc_tail, self.network.arc_head):
            on_it[ends[self.onward.node_arc[core]]] = True
        return core | _joined(self.onward, after & hanging, on_it)

    @cached_property
    def headings(self) -> Headings:
        """How sharply one turns."""
        return Headings(self.network)

    @cached_property
    def lost(self) -> Bools:
        """(N,) through before and no longer."""
        return self.before & ~self.after

    @cached_property
    def as_usual(self) -> ArcSearch:
        """Searches without the closures."""
        return ArcSearch(self.onward, np.zeros_like(self.shut))

    @cached_property
    def closed(self) -> ArcSearch:
        """Searches under them, along no street that became a dead end with a loop to turn in."""
        return ArcSearch(self.onward, self.shut | self._dead_ends)

    @cached_property
    def closed_but_for_loops(self) -> ArcSearch:
        """Searches under them that may turn round in such a loop: for whom there is no other way."""
        return ArcSearch(self.onward, self.shut)

    @cached_property
    def _drives(self) -> Tree:
        """From all through streets to wherever one can still drive, turning round where need be."""
        return self._from(self.after, self.shut)

    def _from(self, through: Bools, shut: Bools) -> Tree:
        arcs = self.onward.node_arc[through]
        nodes = np.unique(self.graph.edge_head[self.graph.edges_of(np.unique(arcs))])
        none = np.zeros(len(nodes), np.int32)
        one = np.zeros(1, np.int32)
        start = Origins(self.graph, one, np.zeros(1), np.zeros(1), one, none, nodes, none, none)
        return shortest_tree(self.graph, start, shut)

    def drives_to(self, way: int, at_m: float) -> bool:
        """Whether one can still drive from a through street to a spot, so many metres from a way's tail."""
        there = spot_targets(self.graph, np.array([way], np.int32), np.array([at_m]), self.closures)
        ms, approach = np.empty(1, np.int32), np.empty(1, np.int32)
        nearest_approach(self._drives.ms, there.start, there.node, there.extra_ms, ms, approach)
        return bool(ms[0] < NEVER_MS)

    def cut_off(self) -> list[int]:
        """Ways that are not shut, that could be driven to from the through streets, and no longer can."""
        before = self._from(self.before, np.zeros_like(self.shut)).ms < NEVER_MS
        cut = before[self.graph.edge_tail] & (self._drives.ms[self.graph.edge_tail] == NEVER_MS)
        can = self._drives.ms[self.graph.edge_tail] < NEVER_MS
        ways = self.graph.edge_arc >> 1
        reached, lost = np.zeros(self.network.way_count, np.bool_), np.zeros(self.network.way_count, np.bool_)
        reached[ways[can]], lost[ways[cut]] = True, True
        return np.flatnonzero(lost & ~reached & ~self.shut[0::2] & ~self.shut[1::2]).tolist()

    def turned(self, node: int, after: int) -> float:
        """Degrees to the left from one node's arc into another's."""
        arcs = self.onward.node_arc
        return float(self.headings.turned(arcs[node : node + 1], arcs[after : after + 1])[0])

    def labels(self, arcs: Sequence[int]) -> tuple[str, ...]:
        """What shuts some arcs, by label."""
        ways = {arc >> 1 for arc in arcs}
        return tuple(dict.fromkeys(one.label for one in self.closures if one.way in ways and one.label))


def _through(onward: ArcGraph, shut: Bools) -> Bools:
    """(N,) the nodes of through streets."""
    network, count = onward.network, onward.node_count
    is_open = ~shut[onward.node_arc]
    kept = is_open[onward.tail] & is_open[onward.head]
    leaving = np.flatnonzero(network.junction_edge[network.arc_head[onward.node_arc]] & is_open)
    entering = np.flatnonzero(network.junction_edge[network.arc_tail[onward.node_arc]] & is_open)
    outside = np.full(count, count)
    tail = np.concatenate((onward.tail[kept], leaving, outside[: len(entering)]))
    head = np.concatenate((onward.head[kept], outside[: len(leaving)], entering))
    moves = csr_array((np.ones(len(tail), np.int8), (tail, head)), shape=(count + 1, count + 1))
    part = connected_components(moves, connection="strong")[1][:count]
    sizes = np.bincount(part[is_open]) if is_open.any() else np.zeros(1, np.int64)
    largest: Bools = is_open & (part == sizes.argmax()) & (sizes.max() >= _LEAST)
    return largest | _ways_back(onward, largest, kept)


def _hanging(onward: ArcGraph, through: Bools) -> Bools:
    """(N,) through nodes whose street hangs on the others, and on the world outside, by one street or one junction."""
    network = onward.network
    ways = np.unique(onward.node_arc[through] >> 1)
    tail, head = network.arc_tail[2 * ways].astype(np.int64), network.arc_head[2 * ways].astype(np.int64)
    leaving = np.flatnonzero(network.junction_edge)
    outside = np.full(len(leaving), network.junction_count, np.int64)
    in_block = largest_block(network.junction_count + 1, np.concatenate((tail, leaving)), np.concatenate((head, outside)))
    hangs = np.zeros(network.way_count, np.bool_)
    hangs[ways[~in_block[: len(ways)]]] = True
    found: Bools = through & hangs[onward.node_arc >> 1]
    return found


def _joined(onward: ArcGraph, nodes: Bools, to: Bools) -> Bools:
    """(N,) those of some nodes whose streets hang together with some junctions, the world outside being one of them."""
    network, outside = onward.network, onward.network.junction_count
    arcs, leaving = onward.node_arc[nodes], np.flatnonzero(network.junction_edge)
    tails: Longs = np.concatenate((network.arc_tail[arcs], leaving))
    heads: Longs = np.concatenate((network.arc_head[arcs], np.full_like(leaving, outside)))
    moves = csr_array((np.ones(len(tails), np.int8), (tails, heads)), shape=(outside + 1, outside + 1))
    part = connected_components(moves, directed=False)[1]
    reached = np.zeros(outside + 1, np.bool_)
    reached[part[:outside][to]] = True
    found = np.zeros_like(nodes)
    found[nodes] = reached[part[network.arc_tail[arcs]]]
    return found


def _ways_back(onward: ArcGraph, through: Bools, kept: Bools) -> Bools:
    """(N,) other nodes of the arcs of through nodes from which one drives on to a through node.

    Where a turn restriction gives an arc several nodes, one of them may be entered from a street that is lost alone.
    """
    arcs = np.zeros(onward.network.arc_count, np.bool_)
    arcs[onward.node_arc[through]] = True
    leads = np.zeros(onward.node_count, np.bool_)
    leads[onward.tail[kept & through[onward.head]]] = True
    found: Bools = leads & arcs[onward.node_arc]
    return found
