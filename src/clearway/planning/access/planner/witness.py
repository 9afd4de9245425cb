"""Why an address cannot be reached: the closures that cut it off.

From the address backward, everything that could still drive to it is gathered. Whoever comes from a station first enters
that part over a street that a closure shuts; those closures are the witness. With them alone in force the address is still
out of reach, which the checker of certificates tries for each one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import breadth_first_order, connected_components

from clearway.network.model import NEVER_MS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clearway.network.model import Bools, Ints
    from clearway.planning.access.planner.timing import Timing


def cut_off_by(before: Timing, after: Timing) -> dict[int, tuple[int, ...]]:
    """The closures that cut off each address, as indexes into ``after.closures``.

    Args:
        before: Access without closures.
        after: Access under closures.

    Returns:
        One entry for each address that is reached before and not after, rising; at least one closure each.
    """
    lost = np.flatnonzero((before.ms < NEVER_MS) & (after.ms == NEVER_MS))
    if not len(lost):
        return {}
    finder = _Finder(before, after)
    return {address: finder.closures(address) for address in lost.tolist()}


class _Finder:
    def __init__(self, before: Timing, after: Timing) -> None:
        self._before, self._after = before, after
        graph = after.graph
        self._on_arc: dict[int, list[int]] = {}
        for index, closure in enumerate(after.closures):
            for against, held in enumerate((closure.along, closure.against)):
                if held:
                    self._on_arc.setdefault(2 * closure.way + against, []).append(index)
        self._unreached = after.tree.ms == NEVER_MS
        inner = self._unreached[graph.edge_tail] & self._unreached[graph.edge_head] & (after.tree.edge_ms < NEVER_MS)
        tail, head = graph.edge_tail[inner], graph.edge_head[inner]
        links = coo_array((np.ones(len(tail), np.int8), (tail, head)), shape=(graph.node_count,) * 2)
        self._part_count, self._part = connected_components(links, connection="strong")
        self._into = self._entries(self._part[tail], self._part[head])
        self._shut = graph.edges_of(np.array(sorted(self._on_arc), np.int32))
        self._lost_seeds = list(self._seeds_lost())
        self._known: dict[frozenset[int], tuple[Bools, frozenset[int]]] = {}

    def closures(self, address: int) -> tuple[int, ...]:
        """The closures that cut off one address."""
        before, after = self._before.targets, self._after.targets
        nodes = after.node[after.start[address] : after.start[address + 1]]
        leading, found = self._upstream(frozenset(self._part[nodes].tolist()))
        network = self._after.graph.network
        at_m, way = float(network.address_offset_m[address]), int(network.address_way[address])
        still = {(int(after.node[at]), int(after.arc[at])) for at in range(after.start[address], after.start[address + 1])}
        own: set[int] = set()
        for at in range(before.start[address], before.start[address + 1]):
            node, arc = int(before.node[at]), int(before.arc[at])
            if (node, arc) not in still and not leading[node] and self._before.tree.ms[node] < NEVER_MS:
                own.update(self._between(arc, -np.inf if arc % 2 == 0 else np.inf, at_m))
        for station_way, from_m in zip(self._before.tree.origins.way, self._before.tree.origins.offset_m, strict=True):
            if station_way == way and from_m != at_m:
                own.update(self._between(2 * way + int(at_m < from_m), float(from_m), at_m))
        return tuple(sorted(found | own))

    def _upstream(self, parts: frozenset[int]) -> tuple[Bools, frozenset[int]]:
        """(N,) nodes from which some parts can be driven to, and the closures on every shut street that leads in."""
        if parts not in self._known:
            graph = self._after.graph
            among = np.zeros(self._part_count, np.bool_)
            waiting = list(parts)
            among[waiting] = True
            while waiting:
                further = [part for part in self._into.get(waiting.pop(), ()) if not among[part]]
                among[further] = True
                waiting += further
            leading = among[self._part] & self._unreached
            tail, head = graph.edge_tail[self._shut], graph.edge_head[self._shut]
            entering = leading[head] & ~leading[tail]
            entering &= self._reached_round(leading, tail[entering])[tail]
            found = {index for edge in self._shut[entering] for index in self._on_arc[int(graph.edge_arc[edge])]}
            found |= {index for node, closures in self._lost_seeds if leading[node] for index in closures}
            self._known[parts] = leading, frozenset(found)
        return self._known[parts]

    def _reached_round(self, leading: Bools, tails: Ints) -> Bools:
        """(N,) nodes that could be reached without closures and without entering a part; right at ``tails`` at least."""
        reached: Bools = self._after.tree.ms < NEVER_MS
        if reached[tails].all():
            return reached
        graph, starts = self._after.graph, self._before.tree.origins.seed_node
        inner = ~leading[graph.edge_tail] & ~leading[graph.edge_head]
        hub = np.full(len(starts), graph.node_count)
        tail, head = np.append(graph.edge_tail[inner], hub), np.append(graph.edge_head[inner], starts)
        links = coo_array((np.ones(len(tail), np.int8), (tail, head)), shape=(graph.node_count + 1,) * 2).tocsr()
        round_about = np.zeros(graph.node_count + 1, np.bool_)
        round_about[breadth_first_order(links, graph.node_count, return_predecessors=False)] = True
        return round_about[:-1]

    def _entries(self, tail: Ints, head: Ints) -> dict[int, list[int]]:
        """For each part the parts from which streets lead into it."""
        apart = tail != head
        pairs = np.unique(np.column_stack((head[apart], tail[apart])), axis=0)
        into: dict[int, list[int]] = {}
        for here, there in pairs.tolist():
            into.setdefault(here, []).append(there)
        return into

    def _seeds_lost(self) -> Iterator[tuple[int, list[int]]]:
        """Nodes that a station's vehicles came to first and no longer do, with the closures on their way."""
        was, now = self._before.tree.origins, self._after.tree.origins
        still = set(zip(now.seed_origin.tolist(), now.seed_arc.tolist(), strict=True))
        for origin, arc, node in zip(was.seed_origin.tolist(), was.seed_arc.tolist(), was.seed_node.tolist(), strict=True):
            if (origin, arc) not in still:
                yield node, self._between(arc, float(was.offset_m[origin]), np.inf if arc % 2 == 0 else -np.inf)

    def _between(self, arc: int, from_m: float, to_m: float) -> list[int]:
        """The closures on an arc that shut it whole, or at a point between two offsets."""
        low, high = min(from_m, to_m), max(from_m, to_m)
        points = {index: self._after.closures[index].at_m for index in self._on_arc.get(arc, ())}
        return [index for index, at_m in points.items() if at_m is None or low < at_m < high]
