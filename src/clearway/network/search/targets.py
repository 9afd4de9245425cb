"""Where addresses are entered, and how long it takes to reach them.

An address lies on a way at an offset. A vehicle comes to it along the way from its tail or against it from its head, if
its class may drive there and nothing stands between, or straight along the way if it starts on the same one. The last
stretch takes ``rint(metres * 3600 / speed)`` milliseconds (:func:`clearway.network.search.obstacles.stretch_ms`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

import numpy as np

from clearway.network.kernels import kernel
from clearway.network.model import NEVER_MS
from clearway.network.search.graph import grouped, ranges
from clearway.network.search.obstacles import Obstacles, obstacles_of, stretch_ms

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from clearway.network.closures import Closure
    from clearway.network.model import Floats, Ints, Longs
    from clearway.network.search.graph import RoutingGraph
    from clearway.network.search.origins import Origins
    from clearway.network.search.search import Tree

NO_APPROACH = -1
"""The approach of an address that is not reached by street."""


@dataclass(frozen=True, eq=False)
class Targets:
    """The approaches to every address of a network. D addresses, P approaches.

    An approach is a node, the arc entered there and the milliseconds along it. Most addresses have two; an address has more
    where an arc can be entered from copies of a junction, and none where its way is shut on both sides.
    """

    graph: RoutingGraph
    obstacles: Obstacles
    start: Ints  # (D + 1,) first approach of each address
    node: Ints  # (P,) node from which the arc is entered
    arc: Ints  # (P,) arc whose first stretch is driven
    extra_ms: Ints  # (P,) whole milliseconds from the node to the address

    @property
    def address_count(self) -> int:
        """Number of addresses."""
        return len(self.start) - 1

    @cached_property
    def by_way(self) -> tuple[Ints, Ints]:
        """Where the addresses of each way begin, (W + 1,), and the addresses, (D,), way by way."""
        return grouped(self.graph.network.address_way, self.graph.network.way_count)

    def on_way(self, way: int) -> Ints:
        """The addresses on a way."""
        start, addresses = self.by_way
        return addresses[start[way] : start[way + 1]]


@dataclass(frozen=True, eq=False)
class Arrivals:
    """How each address is reached soonest. D addresses.

    Attributes:
        ms: (D,) whole milliseconds, ``NEVER_MS`` where it cannot be reached.
        approach: (D,) the approach taken, an index into the targets'; ``NO_APPROACH`` where it is unreached or an origin on the
            same way drives straight to it. Of equal ones the first.
        direct_origin: (D,) the origin on the same way that drives straight to it, -1 where none does. It goes before an
            approach that takes as long.
    """

    ms: Ints
    approach: Ints
    direct_origin: Ints


def address_targets(graph: RoutingGraph, closures: Iterable[Closure] = (), moment: datetime | None = None) -> Targets:
    """Find the approaches to every address, under closures.

    Args:
        graph: The class's graph.
        closures: What is shut; those that do not concern the class are passed over.
        moment: When; None counts every closure.
    """
    if graph not in _OF_ADDRESSES:
        _OF_ADDRESSES[graph] = _stretches(graph, graph.network.address_way, graph.network.address_offset_m)
    return _targets(graph, _OF_ADDRESSES[graph], obstacles_of(graph, closures, moment))


def spot_targets(
    graph: RoutingGraph, ways: Ints, offset_m: Floats, closures: Iterable[Closure] = (), moment: datetime | None = None
) -> Targets:
    """The approaches to spots on ways that need not be addresses; by the same rule.

    Args:
        graph: The class's graph.
        ways: (S,) ways of the spots.
        offset_m: (S,) metres from their tails.
        closures: What is shut; those that do not concern the class are passed over.
        moment: When; None counts every closure.
    """
    return _targets(graph, _stretches(graph, ways, offset_m), obstacles_of(graph, closures, moment))


class _Stretches(NamedTuple):
    """The last stretches to spots, both ways round, while nothing stands in the way. S spots, E entries."""

    arc: Ints  # (2 S,)
    at_m: Floats  # (2 S,) metres of the spot from its way's tail
    ms: Longs  # (2 S,) whole milliseconds from the arc's start
    row: Longs  # (E,) the stretch of each entry, 0 to 2 S
    node: Ints  # (E,) the node from which it is entered


_OF_ADDRESSES: WeakKeyDictionary[RoutingGraph, _Stretches] = WeakKeyDictionary()
"""Those to the addresses of a graph's network: closures change which of them are open, and nothing else."""


def _stretches(graph: RoutingGraph, ways: Ints, offset_m: Floats) -> _Stretches:
    way = np.repeat(ways, 2)
    arc = 2 * way + np.tile(np.array([0, 1], np.int32), len(ways))
    at_m = np.repeat(offset_m, 2)
    metres = np.where(arc % 2 == 1, graph.network.way_length_m[way] - at_m, at_m)
    return _Stretches(arc, at_m, stretch_ms(metres, graph.arc_speed_kmh[arc]), *_entries(graph, arc))


def _targets(graph: RoutingGraph, stretches: _Stretches, obstacles: Obstacles) -> Targets:
    arc, at_m, extra_ms, row, node = stretches
    bound_m = obstacles.bounds_m()[arc]
    open_to = obstacles.usable[arc] & np.where(arc % 2 == 1, at_m >= bound_m, at_m <= bound_m)
    if len(obstacles.gate_arc):
        extra_ms = extra_ms.copy()
    for gate_arc, gate_at_m, gate_ms in zip(obstacles.gate_arc, obstacles.gate_at_m, obstacles.gate_ms, strict=True):
        behind = at_m < gate_at_m if gate_arc % 2 else at_m > gate_at_m
        extra_ms[(arc == gate_arc) & behind] += gate_ms
    open_row = open_to[row]
    row, node = row[open_row], node[open_row]
    start = np.zeros(len(arc) // 2 + 1, np.int32)
    np.cumsum(np.bincount(row // 2, minlength=len(arc) // 2), out=start[1:])
    return Targets(graph, obstacles, start, node, arc[row], extra_ms[row].astype(np.int32))


def arrivals(tree: Tree, targets: Targets) -> Arrivals:
    """How every address is reached soonest from a tree's origins."""
    count = targets.address_count
    ms, approach = np.empty(count, np.int32), np.empty(count, np.int32)
    nearest_approach(tree.ms, targets.start, targets.node, targets.extra_ms, ms, approach)
    direct_ms, direct_origin = direct_arrivals(tree.origins, targets)
    straight = (direct_ms <= ms) & (direct_ms < NEVER_MS)
    return Arrivals(
        np.where(straight, direct_ms, ms),
        np.where(straight, np.int32(NO_APPROACH), approach),
        np.where(straight, direct_origin, np.int32(-1)),
    )


def target_ms(tree: Tree, targets: Targets) -> Ints:
    """(D,) whole milliseconds to every address, ``NEVER_MS`` where it cannot be reached."""
    return arrivals(tree, targets).ms


def direct_arrivals(origins: Origins, targets: Targets) -> tuple[Ints, Ints]:
    """Addresses that an origin on the same way reaches straight along it.

    Returns:
        (D,) milliseconds, ``NEVER_MS`` where there is no such origin; (D,) the origin, the lowest of equals, -1 where there
        is none.
    """
    ms = np.full(targets.address_count, NEVER_MS, np.int32)
    origin = np.full(targets.address_count, -1, np.int32)
    for index, (way, at_m) in enumerate(zip(origins.way.tolist(), origins.offset_m.tolist(), strict=True)):
        addresses = targets.on_way(way)
        taken = straight_ms(targets, way, at_m, int(origins.start_ms[index]))
        sooner = taken < ms[addresses]
        ms[addresses[sooner]], origin[addresses[sooner]] = taken[sooner], index
    return ms, origin


def straight_ms(targets: Targets, way: int, at_m: float, start_ms: int) -> Ints:
    """Milliseconds from a spot on a way to each address on it, straight along; ``NEVER_MS`` where that is not possible.

    Args:
        targets: The addresses, with what stands in the way.
        way: Way index.
        at_m: Metres from its tail.
        start_ms: Milliseconds before the vehicle leaves.

    Returns:
        One for each of ``targets.on_way(way)``.
    """
    graph, obstacles = targets.graph, targets.obstacles
    there_m = graph.network.address_offset_m[targets.on_way(way)]
    arc, low, high = 2 * way + (there_m < at_m), np.minimum(there_m, at_m), np.maximum(there_m, at_m)
    open_to = obstacles.usable[arc]
    for against in (0, 1):
        for stop_m in obstacles.on_arc(2 * way + against):
            open_to &= (arc != 2 * way + against) | (stop_m <= low) | (stop_m >= high)
    driven = stretch_ms(high - low, graph.arc_speed_kmh[arc])
    for gate_arc, gate_at_m, gate_ms in zip(obstacles.gate_arc, obstacles.gate_at_m, obstacles.gate_ms, strict=True):
        driven[(arc == gate_arc) & (low < gate_at_m) & (gate_at_m < high)] += gate_ms
    return np.where((low == high) | open_to, start_ms + driven, NEVER_MS).astype(np.int32)


def _entries(graph: RoutingGraph, arc: Ints | Longs) -> tuple[Longs, Ints]:
    """For each arc of a list, the nodes from which it may be entered, as (row, node) columns."""
    first, nodes = graph.junction_copies
    junction = graph.network.arc_tail[arc]
    count = first[junction + 1] - first[junction]
    row = np.repeat(np.arange(len(arc)), count)
    node = nodes[ranges(first[junction], first[junction] + count)]
    if len(graph.forbidden_arc):
        arc_count = graph.network.arc_count
        forbidden = graph.forbidden_node.astype(np.int64) * arc_count + graph.forbidden_arc
        allowed = ~np.isin(node.astype(np.int64) * arc_count + arc[row], forbidden)
        row, node = row[allowed], node[allowed]
    return row, node


@kernel
def nearest_approach(node_ms: Ints, start: Ints, node: Ints, extra_ms: Ints, ms: Ints, approach: Ints) -> None:
    """Fill ``ms`` and ``approach`` with each address's soonest approach."""
    for address in range(len(start) - 1):
        best, taken = np.int64(NEVER_MS), NO_APPROACH
        for index in range(start[address], start[address + 1]):
            there = np.int64(node_ms[node[index]]) + extra_ms[index]
            if there < best:
                best, taken = there, index
        ms[address], approach[address] = best, taken
