"""The graph that searches run on: one vehicle class's view of a network.

Nodes are junctions, and copies of those few junctions where a turn restriction makes it matter how a vehicle came there
(:mod:`clearway.network.search.turns`). Edges are the arcs that the class may drive from end to end; an arc that is entered or
left through copies is several edges. Nodes are numbered along a space-filling curve, so that what is near on the ground
is near in memory: use ``node_junction`` and ``junction_node`` to go from one to the other. Turning round at a junction is
allowed unless it is forbidden.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from clearway.network.classes import class_index
from clearway.network.model import NEVER_MS
from clearway.network.search.turns import FORBIDDEN, NO_STATE, TurnStates, turn_states

if TYPE_CHECKING:
    from clearway.network.model import Bools, Floats, Ints, Longs, Network

_CURVE_BITS = 16
"""Bits of each coordinate along the curve: a city of 60 km is numbered to the metre."""
_MOST_BUCKETS = 1 << 14
"""64 kilobytes of bucket heads, which a core's cache holds; a ferry of an hour would ask for more."""
_BUCKETS_PER_EDGE = 4
"""Buckets over the time of a typical edge: with more, most are empty; with fewer, nodes are taken out twice."""


@dataclass(frozen=True, eq=False)
class RoutingGraph:
    """One vehicle class's streets. Shapes: N nodes, E edges, A arcs, J junctions, F forbidden entries.

    Edges are ordered by tail node, then by arc. Nothing ever writes to the arrays.
    """

    network: Network
    vehicle_class: str
    node_junction: Ints  # (N,) the junction of each node
    junction_node: Ints  # (J,) the node of a junction where nothing driven before matters
    arc_entered: Ints  # (A,) the node that a vehicle is at after driving an arc from its junction_node, or from midway
    out_start: Ints  # (N + 1,) first edge out of each node
    edge_tail: Ints  # (E,) node each edge leaves
    edge_head: Ints  # (E,) node each edge enters
    edge_arc: Ints  # (E,) the arc it drives
    edge_ms: Ints  # (E,) whole milliseconds it takes, >= 1
    in_start: Ints  # (N + 1,) first entry of each node in in_edge
    in_edge: Ints  # (E,) edges by head node, then by number
    arc_edge_start: Ints  # (A + 1,) first entry of each arc in arc_edge
    arc_edge: Ints  # (E,) edges by arc
    forbidden_node: Ints  # (F,) at this copy of a junction ...
    forbidden_arc: Ints  # (F,) ... this arc may not be entered

    @property
    def node_count(self) -> int:
        """Number of nodes: junctions and copies."""
        return len(self.node_junction)

    @property
    def edge_count(self) -> int:
        """Number of edges."""
        return len(self.edge_arc)

    @cached_property
    def arc_ms(self) -> Ints:
        """(A,) whole milliseconds of each arc, driven from end to end, whether or not the class may drive it."""
        return self.network.travel_ms(self.vehicle_class)

    @cached_property
    def arc_permitted(self) -> Bools:
        """(A,) whether the class may drive on an arc at all, stops aside."""
        allowed: Bools = (self.network.arc_permit >> class_index(self.vehicle_class) & 1).astype(np.bool_)
        return allowed

    @cached_property
    def arc_speed_kmh(self) -> Floats:
        """(A,) km/h."""
        speed: Floats = self.network.arc_speed_kmh[class_index(self.vehicle_class)].astype(np.float64)
        return speed

    @cached_property
    def junction_copies(self) -> tuple[Ints, Ints]:
        """Where the nodes of each junction begin, (J + 1,), and the nodes, (N,), junction by junction."""
        return grouped(self.node_junction, self.network.junction_count)

    @cached_property
    def buckets(self) -> tuple[int, int]:
        """How a search sorts nodes by time: width of a bucket in milliseconds as a power of two, and how many buckets.

        Wide enough that few buckets are empty, narrow enough that few nodes are taken out twice; together they span the
        longest edge. Their number is a power of two as well.
        """
        return buckets_for(self.edge_ms)

    @cached_property
    def way_boxes(self) -> Floats:
        """(4, W) west, south, east and north of each way, degrees."""
        lon, lat, first = self.network.point_lon, self.network.point_lat, self.network.way_points[:-1]
        low, high = np.minimum.reduceat, np.maximum.reduceat
        boxes: Floats = np.stack((low(lon, first), low(lat, first), high(lon, first), high(lat, first)))
        return boxes

    def edges_of(self, arcs: Ints | Longs) -> Ints:
        """The edges that drive any of some arcs, arc by arc."""
        first, end = self.arc_edge_start[arcs], self.arc_edge_start[np.asarray(arcs) + 1]
        return self.arc_edge[ranges(first, end)]

    def edge_ms_without(self, shut: Bools | None, lost_ms: Ints | None = None) -> Ints:
        """(E,) milliseconds of each edge, ``NEVER_MS`` where its arc is shut; the graph's own array where nothing differs.

        Args:
            shut: (A,) arcs shut, None for none.
            lost_ms: (A,) milliseconds lost on each arc besides the driving, None for none.
        """
        arcs = np.empty(0, np.int64) if shut is None else np.flatnonzero(shut)
        slower = np.empty(0, np.int64) if lost_ms is None else np.flatnonzero(lost_ms)
        if not len(arcs) and not len(slower):
            return self.edge_ms
        without = self.edge_ms.copy()
        if lost_ms is not None:
            edges = self.edges_of(slower)
            without[edges] += lost_ms[self.edge_arc[edges]]
        without[self.edges_of(arcs)] = NEVER_MS
        return without


def buckets_for(edge_ms: Ints) -> tuple[int, int]:
    """How a search over edges of these times sorts nodes; see :attr:`RoutingGraph.buckets`."""
    if not len(edge_ms):
        return 0, 1
    typical, longest = int(np.median(edge_ms)), int(edge_ms.max())
    shift = max((typical // _BUCKETS_PER_EDGE).bit_length() - 1, 0)
    while (longest >> shift) + 2 > _MOST_BUCKETS:
        shift += 1
    return shift, 1 << ((longest >> shift) + 1).bit_length()


def routing_graph(network: Network, vehicle_class: str) -> RoutingGraph:
    """The graph of one vehicle class. Closed streets are no part of it: they are named when a search is made.

    >>> from clearway.network.build import NetworkDraft
    >>> draft = NetworkDraft("one street")
    >>> way = draft.way(draft.junction(174.77, -41.28), draft.junction(174.77, -41.279))
    >>> graph = routing_graph(draft.finish(), "emergency")
    >>> graph.node_count, graph.edge_count, graph.edge_ms.tolist()
    (2, 2, [6672, 6672])

    Args:
        network: Any network; an empty one gives an empty graph.
        vehicle_class: One of ``VEHICLE_CLASSES``.

    Raises:
        UnknownName: no such class.
    """
    bit = 1 << class_index(vehicle_class)
    states = turn_states(network, bit)
    junction_count = network.junction_count
    placed = np.concatenate((np.arange(junction_count, dtype=np.int32), network.arc_head[states.arc[1:]]))
    order = np.argsort(_along_curve(network)[placed], kind="stable")
    number = np.empty(len(order), np.int32)
    number[order] = np.arange(len(order), dtype=np.int32)
    node_of_state = number[junction_count - 1 :]  # entry 0, no state, is never read
    through = (network.arc_through & bit).astype(np.bool_)
    arc_entered = np.where(states.first == NO_STATE, number[network.arc_head], node_of_state[states.first]).astype(np.int32)
    tail, head, arc = _edges(network, states, through, (number, node_of_state, arc_entered))
    by_tail = np.argsort(tail, kind="stable")
    tail, head, arc = tail[by_tail], head[by_tail], arc[by_tail]
    out_start, _ = grouped(tail, len(number))
    in_start, in_edge = grouped(head, len(number))
    arc_edge_start, arc_edge = grouped(arc, network.arc_count)
    stopped = states.move_next == FORBIDDEN
    graph = RoutingGraph(
        network=network,
        vehicle_class=vehicle_class,
        node_junction=placed[order],
        junction_node=number[:junction_count],
        arc_entered=arc_entered,
        out_start=out_start,
        edge_tail=tail,
        edge_head=head,
        edge_arc=arc,
        edge_ms=arc,
        in_start=in_start,
        in_edge=in_edge,
        arc_edge_start=arc_edge_start,
        arc_edge=arc_edge,
        forbidden_node=node_of_state[states.move_state[stopped]],
        forbidden_arc=states.move_arc[stopped],
    )
    return replace(graph, edge_ms=graph.arc_ms[arc])


def grouped(keys: Ints, count: int) -> tuple[Ints, Ints]:
    """Where each key's entries begin, (count + 1,), and the entries, key by key, in their own order.

    >>> start, entries = grouped(np.array([2, 0, 2], np.int32), 3)
    >>> start.tolist(), entries.tolist()
    ([0, 1, 1, 3], [1, 0, 2])
    """
    start = np.zeros(count + 1, np.int32)
    np.cumsum(np.bincount(keys, minlength=count), out=start[1:])
    return start, np.argsort(keys, kind="stable").astype(np.int32)


def ranges(first: Ints | Longs, end: Ints | Longs) -> Longs:
    """All whole numbers of several ranges, one range after the other.

    >>> ranges(np.array([4, 9]), np.array([6, 10])).tolist()
    [4, 5, 9]
    """
    counts = np.asarray(end, np.int64) - first
    before = np.cumsum(counts) - counts
    filled: Longs = np.repeat(first - before, counts) + np.arange(counts.sum())
    return filled


def _edges(network: Network, states: TurnStates, through: Bools, nodes: tuple[Ints, Ints, Ints]) -> tuple[Ints, Ints, Ints]:
    """Tail, head and arc of every edge: first those out of junctions, arc by arc, then those out of copies."""
    number, node_of_state, arc_entered = nodes
    plain = np.flatnonzero(through).astype(np.int32)
    allowed = (states.move_next != FORBIDDEN) & through[states.move_arc]
    arc, after = states.move_arc[allowed], states.move_next[allowed]
    head = np.where(after == NO_STATE, number[network.arc_head[arc]], node_of_state[after]).astype(np.int32)
    return (
        np.concatenate((number[network.arc_tail[plain]], node_of_state[states.move_state[allowed]])),
        np.concatenate((arc_entered[plain], head)),
        np.concatenate((plain, arc)),
    )


def _along_curve(network: Network) -> Longs:
    """(J,) position of each junction along Morton's curve: the bits of both coordinates, interleaved."""
    if not network.junction_count:
        return np.empty(0, np.int64)
    lon, lat = (_spread_bits(_scaled(values)) for values in (network.junction_lon, network.junction_lat))
    position: Longs = lon | lat << 1
    return position


def _scaled(values: Floats) -> Longs:
    low, span = values.min(), max(float(np.ptp(values)), 1e-9)
    scaled: Longs = ((values - low) / span * ((1 << _CURVE_BITS) - 1)).astype(np.int64)
    return scaled


def _spread_bits(values: Longs) -> Longs:
    for shift, mask in ((8, 0x00FF00FF), (4, 0x0F0F0F0F), (2, 0x33333333), (1, 0x55555555)):
        values = (values | values << shift) & mask
    return values
