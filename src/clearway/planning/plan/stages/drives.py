"""Drives between places and depots, and where traffic flows, whichever places are open.

Every place is cut into its two sides. With all of them shut, each side and each depot is searched once; whatever is then open
only joins sides, so that the times for any set of open places follow from sums of those.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order, connected_components

from clearway.network.classes import MOTOR_CLASSES, class_index, class_mask, load_street_classes
from clearway.network.closures import Closure, shut_arcs
from clearway.network.geometry import flat_scale
from clearway.network.model import NEVER_MS, NO_NAME
from clearway.network.search.graph import routing_graph
from clearway.network.search.origins import origins, origins_at
from clearway.network.search.search import shortest_tree
from clearway.network.search.targets import address_targets, target_ms

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clearway.network.model import Bools, Ints, Longs, Network
    from clearway.network.search.graph import RoutingGraph

FAR = 10**6
"""Minutes, or more than anybody drives: what cannot be reached."""
SIDE_M = 0.5
"""Half a metre to either side of a barrier: who stands there has it in front."""
AT_WORKS_M = 200.0
"""Assumed: as far from the end of a street that is being shut crews drive under escort, two blocks of a city."""
WORK_KMH = 20.0
"""Where a direction has no speed of its own: as fast as one drives at works."""
_MS_PER_MINUTE = 60_000
"""Milliseconds of a minute."""

Cut = tuple[int, float]


@dataclass(frozen=True)
class Points:
    """The two sides of every cut, then the depots. P points.

    Attributes:
        way: (P,) way of each.
        at_m: (P,) metres from its tail.
        cuts: For each barrier the points on either side of each of its cuts, towards the tail first.
        depots: The points of the depots.
        closures: Every barrier standing.
    """

    way: Longs
    at_m: np.ndarray[tuple[int, ...], np.dtype[np.float64]]
    cuts: tuple[tuple[tuple[int, int], ...], ...]
    depots: tuple[int, ...]
    closures: tuple[Closure, ...]


def points_of(network: Network, barriers: Sequence[Sequence[Cut]], depots: Sequence[tuple[float, float]], name: str) -> Points:
    """The points of barriers and depots.

    Args:
        network: The streets.
        barriers: Where each stands: ways, and metres from their tails.
        depots: Longitude and latitude of each.
        name: The class that drives out of the depots.
    """
    way, at_m, cuts = list[int](), list[float](), list[tuple[tuple[int, int], ...]]()
    for barrier in barriers:
        own = []
        for on, metres in barrier:
            length = float(network.way_length_m[on])
            own.append((len(way), len(way) + 1))
            way += [on, on]
            at_m += [max(metres - SIDE_M, 0.0), min(metres + SIDE_M, length)]
        cuts.append(tuple(own))
    starts = origins(routing_graph(network, name), depots)
    first = len(way)
    everybody = class_mask([name]) | 0xFF
    closures = tuple(Closure(on, everybody, at_m=metres) for barrier in barriers for on, metres in barrier)
    return Points(
        np.array([*way, *starts.way.tolist()], np.int64),
        np.array([*at_m, *starts.offset_m.tolist()]),
        tuple(cuts),
        tuple(range(first, first + len(depots))),
        closures,
    )


def worked_on(network: Network, points: Points) -> Network:
    """The streets as crews drive them: near a barrier against one-way signs too, and where a car fits though none is allowed.

    Who shuts a one-way street from the side that traffic comes from can leave it in no other way than against the sign. A
    barrier across a shopping street stands there because vehicles could come that way; so the truck that brings it can.
    """
    cut = np.unique(points.way[: points.depots[0]] if points.depots else points.way)
    lon, lat = network.junction_lon, network.junction_lat
    across, along = flat_scale(float(lat[network.way_tail[cut]].mean()))
    corners = np.unique(np.concatenate((network.way_tail[cut], network.way_head[cut])))
    near = np.zeros(network.junction_count, np.bool_)
    for corner in corners.tolist():
        near |= np.hypot((lon - lon[corner]) * across, (lat - lat[corner]) * along) <= AT_WORKS_M
    permit, speed = network.arc_permit.copy(), network.arc_speed_kmh.copy()
    motor = class_mask(MOTOR_CLASSES)
    ways = np.flatnonzero(near[network.way_tail] & near[network.way_head])
    drivable = {row.name for row in load_street_classes() if row.drivable}
    fits = np.array([name in drivable for name in network.street_classes])[network.way_class[ways]]
    both = np.where(fits, motor, (permit[2 * ways] | permit[2 * ways + 1]) & motor)
    for side in (0, 1):
        permit[2 * ways + side] |= both
        permit[2 * cut + side] |= motor
        arcs = 2 * np.union1d(ways, cut) + side
        speed[:, arcs] = np.where(speed[:, arcs] > 0, speed[:, arcs], WORK_KMH)
    return replace(network, arc_permit=permit, arc_speed_kmh=speed)


class Drives:
    """Minutes between points for one class of vehicle, with its own limit of speed.

    Args:
        network: The streets.
        points: Where to.
        name: The class.
        speed_kmh: Its own limit; None: none.

    Attributes:
        passes: For each barrier the points from and to which one drives through it.
    """

    def __init__(self, network: Network, points: Points, name: str, speed_kmh: float | None = None) -> None:
        limited = network
        if speed_kmh is not None:
            limited = replace(network, arc_speed_kmh=np.minimum(network.arc_speed_kmh, np.float32(speed_kmh)))
        count = len(points.way)
        none = np.full(count, NO_NAME, np.int32)
        spots = replace(
            limited,
            address_way=points.way.astype(np.int32),
            address_offset_m=points.at_m,
            address_side=np.zeros(count, np.int8),
            address_lon=np.zeros(count),
            address_lat=np.zeros(count),
            address_label=none,
        )
        self.points = points
        self.graph = routing_graph(spots, name)
        self._shut = shut_arcs(spots, points.closures, name)
        self._targets = address_targets(self.graph, points.closures)
        self._trees = [
            shortest_tree(self.graph, origins_at(self.graph, [(way, at_m, 0.0)], closures=points.closures), self._shut)
            for way, at_m in zip(points.way.tolist(), points.at_m.tolist(), strict=True)
        ]
        ms = np.array([target_ms(tree, self._targets) for tree in self._trees], np.int64).reshape(count, count)
        self._ms = np.where(ms >= NEVER_MS, FAR * _MS_PER_MINUTE, ms)
        index = class_index(name)
        self.passes = [
            [
                (here, there)
                for tail, head in own
                for here, there, arc in ((tail, head, 0), (head, tail, 1))
                if spots.arc_permit[2 * int(points.way[tail]) + arc] >> index & 1
            ]
            for own in points.cuts
        ]
        self._tables: dict[tuple[int, int], list[list[int]]] = {}
        self._delays: tuple[int, ...] = (0,) * len(points.cuts)

    def with_gates(self, seconds: Sequence[float | None]) -> Drives:
        """The same with the seconds that each barrier takes to open, where it is a gate."""
        self._delays = tuple(round((one or 0.0) * 1000) for one in seconds)
        self._tables.clear()
        return self

    def minutes(self, open_: int, gates: int = 0) -> list[list[int]]:
        """(P, P) whole minutes from point to point, each drive rounded up; ``FAR`` where no way leads.

        Args:
            open_: Bits of the barriers through which one drives freely.
            gates: Bits of those that are opened for the vehicle.
        """
        if (open_, gates) not in self._tables:
            minutes = np.minimum(-(-self.milliseconds(open_, gates) // _MS_PER_MINUTE), FAR)
            self._tables[open_, gates] = minutes.tolist()
        return self._tables[open_, gates]

    def milliseconds(self, open_: int, gates: int = 0) -> Longs:
        """(P, P) the same in milliseconds, not rounded."""
        ms = self._ms.copy()
        for barrier, passes in enumerate(self.passes):
            if (open_ | gates) >> barrier & 1:
                lost = 0 if open_ >> barrier & 1 else self._delays[barrier]
                for here, there in passes:
                    np.minimum(ms, ms[:, here, None] + lost + ms[None, there, :], out=ms)
        return ms

    def flow(self) -> Flow:
        """Where vehicles of the class come from outside, and come out again."""
        return Flow(self.graph, self.passes, [tree.ms < NEVER_MS for tree in self._trees], self._ms < FAR * _MS_PER_MINUTE,
                    self._targets.start, self._targets.node, self._shut, self.points)  # fmt: skip


class Flow:
    """Where vehicles of one class come from outside, and come out again, whichever barriers are open.

    Outside is the junction farthest from the barriers among those of the largest part of the network from each of which one
    can drive to each other; and each at which the data end though the street goes on. Who leaves the map there may come back
    at any other of them. What counts is where one comes from outside and gets out again with nothing shut.

    Attributes:
        passes: For each barrier the points from and to which one drives through it.
        reach: For each point, and last for the outside, the bits of the points that one comes to with every barrier standing.
        reached_from: The same the other way round.
        kinds: What junctions can be, each kind once: the bits of the points that they are reached from and that they reach.
    """

    def __init__(
        self,
        graph: RoutingGraph,
        passes: list[list[tuple[int, int]]],
        onward: list[Bools],
        joins: Bools,
        start: Ints,
        approaches: Ints,
        shut: Bools,
        points: Points,
    ) -> None:
        self.passes = passes
        count, nodes = len(onward), graph.node_count
        outside = _outside(graph, points)
        main = _part(graph, outside)
        kept = ~shut[graph.edge_arc]
        ones = np.ones(int(kept.sum()), np.int8)
        there = csr_array((ones, (graph.edge_tail[kept], graph.edge_head[kept])), shape=(nodes, nodes))
        back = csr_array((ones, (graph.edge_head[kept], graph.edge_tail[kept])), shape=(nodes, nodes))
        forth = np.vstack([*onward, _reach(there, outside)])
        hither = np.vstack([*(_reach(back, approaches[start[one] : start[one + 1]]) for one in range(count)),
                            _reach(back, outside)])  # fmt: skip
        self._far = 1 << count
        self.reach = [_bits(joins[one]) | (self._far if forth[one, outside].any() else 0) for one in range(count)]
        self.reach.append(_bits(hither[one, outside].any() for one in range(count)) | self._far)
        alike, kind = np.unique(np.packbits(np.vstack([forth, hither])[:, main], axis=0), axis=1, return_inverse=True)
        rows = np.unpackbits(alike, axis=0, count=2 * (count + 1)).T.reshape(-1, 2, count + 1).tolist()
        self.kinds = [(_bits(reached), _bits(reaches)) for reached, reaches in rows]
        order = np.argsort(kind.ravel(), kind="stable")
        ends = np.cumsum(np.bincount(kind.ravel(), minlength=len(rows)))[:-1]
        self._nodes = np.split(graph.node_junction[np.flatnonzero(main)][order], ends)
        self._junction_count = graph.network.junction_count
        self.reached_from = [_bits([bool(self.reach[other] >> one & 1) for other in range(count + 1)]) | 1 << one
                    for one in range(count + 1)]  # fmt: skip
        self._known: dict[int, tuple[int, int, bool]] = {}

    def _at(self, open_: int) -> tuple[int, int, bool]:
        """Points that vehicles from outside come to, points from which they come out, and whether none is trapped."""
        if open_ not in self._known:
            passes = [one for barrier, own in enumerate(self.passes) if open_ >> barrier & 1 for one in own]
            came, leaves, grew = self.reach[-1], self.reached_from[-1], True
            while grew:
                grew = False
                for here, there in passes:
                    if came >> here & 1 and not came >> there & 1:
                        came, grew = came | self.reach[there] | 1 << there, True
                    if leaves >> there & 1 and not leaves >> here & 1:
                        leaves, grew = leaves | self.reached_from[here], True
            safe = all(not came & reached or leaves & reaches for reached, reaches in self.kinds)
            self._known[open_] = came, leaves, safe
        return self._known[open_]

    def comes_to(self, point: int, open_: int) -> bool:
        """Whether one comes to a point from outside."""
        return bool(self._at(open_)[0] >> point & 1)

    def gets_out(self, point: int, open_: int) -> bool:
        """Whether one comes out from a point."""
        return bool(self._at(open_)[1] >> point & 1)

    def is_safe(self, open_: int) -> bool:
        """Whether every vehicle that comes in from outside comes out again: no place leads into a trap."""
        return self._at(open_)[2]

    def forgive(self, open_: int) -> Bools:
        """Pass over what is trapped whatever the order, with just these places open; the junctions that are.

        Returns:
            (J,) junctions to which vehicles come from outside and from which, by the signs, no way leads on.
        """
        came, leaves, _ = self._at(open_)
        kept = [not came & reached or bool(leaves & reaches) for reached, reaches in self.kinds]
        lost = np.zeros(self._junction_count, np.bool_)
        for (reached, reaches), nodes in zip(self.kinds, self._nodes, strict=True):
            if came & reached and not leaves & reaches:
                lost[nodes] = True
        self.kinds = [kind for kind, good in zip(self.kinds, kept, strict=True) if good]
        self._nodes = [nodes for nodes, good in zip(self._nodes, kept, strict=True) if good]
        self._known.clear()
        return lost

    def lets_in(self, barrier: int, open_: int) -> bool:
        """Whether vehicles from outside drive through an open barrier's place to where they would not come with all shut."""
        came, shut = self._at(open_)[0], self._at(0)[0]
        return any(came >> here & 1 and not shut >> there & 1 for here, there in self.passes[barrier])


def _part(graph: RoutingGraph, outside: Longs) -> Bools:
    """(N,) whence one can drive to outside and back, nothing shut; without an outside the largest part."""
    beyond = np.full(len(outside), graph.node_count)
    tail, head = np.concatenate((graph.edge_tail, outside, beyond)), np.concatenate((graph.edge_head, beyond, outside))
    matrix = csr_array((np.ones(len(tail), np.int8), (tail, head)), shape=(graph.node_count + 1, graph.node_count + 1))
    _, part = connected_components(matrix, directed=True, connection="strong")
    wanted = part[-1] if len(outside) else np.bincount(part).argmax()
    found: Bools = part[:-1] == wanted
    return found


def _outside(graph: RoutingGraph, points: Points) -> Longs:
    """Nodes at which the data end though the street goes on, and the one of the largest part farthest from the barriers."""
    network = graph.network
    ways = points.way[: 2 * sum(map(len, points.cuts))] if points.cuts else points.way
    corner = network.way_tail[ways]
    lon, lat = float(network.junction_lon[corner].mean()), float(network.junction_lat[corner].mean())
    across, along = flat_scale(lat)
    at = graph.node_junction
    away = np.hypot((network.junction_lon[at] - lon) * across, (network.junction_lat[at] - lat) * along)
    farthest = np.where(_part(graph, np.array([], np.int64)), away, -1.0).argmax()
    return np.union1d(np.flatnonzero(network.junction_edge[at]), farthest)


def _reach(matrix: csr_array, starts: Iterable[int]) -> Bools:
    reached = np.zeros(matrix.shape[0], np.bool_)
    for node in starts:
        if not reached[node]:
            reached[breadth_first_order(matrix, int(node), directed=True, return_predecessors=False)] = True
    return reached


def _bits(flags: Iterable[object]) -> int:
    return sum(1 << at for at, flag in enumerate(flags) if flag)
