"""The whole trip of a patient: from the station to the address, and from there to the nearest hospital that can be reached.

The drive to the hospital is by the same vehicle, under the same closures and gates, from wherever on its street the address
stands. Time at the patient's side is not counted. Searches run backward from each hospital (Dijkstra's method, as SciPy has it)
on the graph of the class, so that turn restrictions hold as they do on the way there.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from clearway.network.closures import gate_ms, shut_arcs
from clearway.network.model import NEVER_MS
from clearway.network.search.obstacles import stretch_ms
from clearway.network.search.origins import origins
from clearway.network.search.targets import spot_targets
from clearway.planning.access.planner.enclosed import Reach, enclosed
from clearway.planning.access.planner.stations import FARTHEST_SNAP_M
from clearway.planning.access.planner.timing import far_sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.model import Bools, Floats, Ints, Longs
    from clearway.network.search.graph import RoutingGraph
    from clearway.planning.access.planner.stations import Station
    from clearway.planning.access.planner.timing import AccessTimer, Timing

_FARTHEST_MS = float(NEVER_MS)


@dataclass(frozen=True, eq=False)
class Hospitals:
    """Hospitals on the streets of one graph. H hospitals.

    Attributes:
        places: Each with its name and where it is.
        way: (H,) the way on which its vehicles arrive.
        at_m: (H,) metres from the way's tail.
        far: Those left out because they lie too far from any street, with the metres.
    """

    places: tuple[Station, ...]
    way: Ints
    at_m: Floats
    far: tuple[tuple[Station, float], ...]


@dataclass(frozen=True, eq=False)
class Drives:
    """How vehicles come from every address to each hospital. D addresses, H hospitals.

    Attributes:
        hospitals: The hospitals.
        table: (H, D) whole milliseconds, ``NEVER_MS`` where no way leads.
    """

    hospitals: Hospitals
    table: Ints

    @cached_property
    def ms(self) -> Ints:
        """(D,) milliseconds to the nearest hospital, ``NEVER_MS`` where none is reached."""
        nearest: Ints = self.table.min(axis=0)
        return nearest

    @cached_property
    def nearest(self) -> Ints:
        """(D,) that hospital, the first of equals; meaningless where none is reached."""
        found: Ints = self.table.argmin(axis=0)
        return found

    def name(self, address: int) -> str | None:
        """What the nearest hospital is called; None where none is reached."""
        return None if self.ms[address] == NEVER_MS else self.hospitals.places[int(self.nearest[address])].name


def hospitals_on(graph: RoutingGraph, places: Sequence[Station]) -> Hospitals:
    """Tie hospitals to the nearest ways that the class may drive.

    Raises:
        BadInput: the class may drive nowhere.
    """
    found = origins(graph, [(place.lon, place.lat) for place in places])
    near = found.distance_m <= FARTHEST_SNAP_M
    away = zip(places, found.distance_m.tolist(), strict=True)
    return Hospitals(
        tuple(place for place, is_near in zip(places, near.tolist(), strict=True) if is_near),
        found.way[near],
        found.offset_m[near],
        tuple((place, metres) for place, metres in away if metres > FARTHEST_SNAP_M),
    )


def drives_to(timing: Timing, hospitals: Hospitals) -> Drives:
    """How the vehicles of a timing come from every address to each hospital, under its closures and gates.

    Args:
        timing: How they reach every address.
        hospitals: On the timing's graph, or on another of the same streets.
    """
    streets = _Streets(timing)
    rows = [streets.to(int(way), float(at_m)) for way, at_m in zip(hospitals.way, hospitals.at_m, strict=True)]
    count = timing.targets.address_count
    return Drives(hospitals, np.array(rows, np.int32).reshape(len(rows), count))


def whole_ms(timing: Timing, drives: Drives) -> Ints:
    """(D,) milliseconds from the call to the hospital's door, ``NEVER_MS`` where either part of the trip is not possible."""
    both = (timing.ms < NEVER_MS) & (drives.ms < NEVER_MS)
    total = timing.ms.astype(np.int64) + drives.ms
    return np.where(both, np.minimum(total, NEVER_MS - 1), NEVER_MS).astype(np.int32)


@dataclass(frozen=True, eq=False)
class Trips:
    """The whole trips of a service's patients.

    Attributes:
        carries: Whether the service takes patients to hospital; else only its notes are told.
        before: Drives to hospital without closures.
        after: Under them.
        before_ms: (D,) milliseconds of the whole trip, ``NEVER_MS`` where it is not possible.
        after_ms: The same under the closures.
        notes: What must be known of the hospitals, in sentences.
    """

    carries: bool
    before: Drives
    after: Drives
    before_ms: Ints
    after_ms: Ints
    notes: tuple[str, ...]


def trips_of(
    timer: AccessTimer,
    timings: tuple[Timing, Timing, Timing | None],
    places: Sequence[Station],
    *,
    carries: bool = True,
) -> Trips | None:
    """The whole trips of a service's patients; None where no hospital is known.

    Args:
        timer: Of the timings; it remembers the drives without closures.
        timings: How the service reaches every address without closures, under them, and if no barrier were opened; None where
            there is no barrier that lets its vehicles pass.
        places: The hospitals.
        carries: Whether it takes patients there.

    Raises:
        BadInput: its class may drive nowhere.
    """
    if not places:
        return None
    before, after, ringed = timings
    hospitals = timer.memo.of(("hospitals", before.graph, tuple(places)), lambda: hospitals_on(before.graph, places))
    if not hospitals.places:
        count = before.targets.address_count
        none = Drives(hospitals, np.full((1, count), NEVER_MS, np.int32))
        never = np.full(count, NEVER_MS, np.int32)
        far_away = far_sentence(before.graph.vehicle_class, hospitals.far, "hospital")
        return Trips(carries=False, before=none, after=none, before_ms=never, after_ms=never, notes=(far_away,))
    was = timer.memo.of(("drives", before, tuple(places)), lambda: drives_to(before, hospitals))
    now = was if after is before else drives_to(after, hospitals)
    far = [far_sentence(before.graph.vehicle_class, hospitals.far, "hospital")] if hospitals.far else []
    reach = Reach(
        tuple(place.name for place in hospitals.places),
        _reached_from(was),
        _reached_from(now),
        None if ringed is None else _reached_from(drives_to(ringed, hospitals)),
    )
    notes = (*far, *enclosed(reach, "it is reached from {left:,} of the {whole:,} addresses from which it was reached before"))
    return Trips(carries, was, now, whole_ms(before, was), whole_ms(after, now), notes)


def _reached_from(drives: Drives) -> list[int]:
    """(H,) from how many addresses each hospital is reached."""
    counts: list[int] = (drives.table < NEVER_MS).sum(axis=1).tolist()
    return counts


class _Streets:
    """The streets of a timing, to be searched backward."""

    def __init__(self, timing: Timing) -> None:
        self._timing, self._graph, self._obstacles = timing, timing.graph, timing.targets.obstacles
        graph = self._graph
        shut = shut_arcs(graph.network, timing.closures, graph.vehicle_class)
        edge_ms = graph.edge_ms_without(shut, gate_ms(graph.network, timing.gates, graph.vehicle_class))
        usable = np.flatnonzero(edge_ms < NEVER_MS)
        head, tail, ms = graph.edge_head[usable], graph.edge_tail[usable], edge_ms[usable]
        order = np.lexsort((ms, tail, head))  # of several edges between two nodes the quickest
        head, tail, ms = head[order], tail[order], ms[order]
        first = np.append(True, (head[1:] != head[:-1]) | (tail[1:] != tail[:-1])) if len(head) else np.zeros(0, np.bool_)
        self._tail, self._ms = tail[first], ms[first].astype(np.float64)
        self._start = np.searchsorted(head[first], np.arange(graph.node_count + 1))
        self._node, self._leaving_ms, self._leaves = self._departures()

    def to(self, way: int, at_m: float) -> Ints:
        """(D,) milliseconds from every address to one spot."""
        graph, network = self._graph, self._graph.network
        closures = (*self._timing.closures, *self._timing.gates)
        target = spot_targets(graph, np.array([way], np.int32), np.array([at_m]), closures)
        node_ms = self._backward(target.node, target.extra_ms)
        by_street = np.where(self._leaves, node_ms[self._node] + self._leaving_ms, np.inf).min(axis=0)
        found: Ints = np.minimum(by_street, _FARTHEST_MS).astype(np.int32)
        for address in np.flatnonzero(network.address_way == way).tolist():
            found[address] = min(int(found[address]), self._straight(way, float(network.address_offset_m[address]), at_m))
        return found

    def _departures(self) -> tuple[Ints, Longs, Bools]:
        """(2, D) along and against its way: the node where vehicles leave it, milliseconds to there, and whether they can."""
        graph, network, obstacles = self._graph, self._graph.network, self._obstacles
        at_m = np.tile(network.address_offset_m, (2, 1))
        arc = np.stack((2 * network.address_way, 2 * network.address_way + 1))
        last = np.full(network.arc_count, -np.inf)
        last[1::2] = np.inf
        along = obstacles.arc % 2 == 0
        np.maximum.at(last, obstacles.arc[along], obstacles.at_m[along])
        np.minimum.at(last, obstacles.arc[~along], obstacles.at_m[~along])
        leaves = obstacles.usable[arc] & np.stack((at_m[0] >= last[arc[0]], at_m[1] <= last[arc[1]]))
        metres = np.stack((network.way_length_m[network.address_way] - at_m[0], at_m[1]))
        ms = stretch_ms(metres, graph.arc_speed_kmh[arc])
        for gate_arc, gate_at_m, lost_ms in zip(obstacles.gate_arc, obstacles.gate_at_m, obstacles.gate_ms, strict=True):
            ahead = at_m > gate_at_m if gate_arc % 2 else at_m < gate_at_m
            ms[(arc == gate_arc) & ahead] += lost_ms
        return graph.arc_entered[arc], ms, leaves

    def _backward(self, nodes: Ints, extra_ms: Ints) -> Floats:
        """(N,) milliseconds from every node over the best of some last stretches."""
        count = self._graph.node_count
        if not len(nodes):
            return np.full(count, np.inf)
        order = np.lexsort((extra_ms, nodes))
        ends, first = np.unique(nodes[order], return_index=True)
        hub = extra_ms[order][first].astype(np.float64) + 1  # a weight of 0 would be no edge
        links = csr_array(
            (
                np.append(self._ms, hub),
                np.append(self._tail, ends).astype(np.int32),
                np.append(self._start, len(self._ms) + len(ends)).astype(np.int32),
            ),
            shape=(count + 1, count + 1),
        )
        found: Floats = dijkstra(links, indices=np.array([count]))[0, :-1] - 1
        return found

    def _straight(self, way: int, from_m: float, to_m: float) -> int:
        """Milliseconds along one way, ``NEVER_MS`` where something stands between."""
        arc = 2 * way + int(to_m < from_m)
        if from_m == to_m:
            return 0
        if not self._obstacles.usable[arc] or self._obstacles.part(arc, from_m, to_m):
            return int(NEVER_MS)
        return self._obstacles.stretch_ms(arc, abs(to_m - from_m)) + self._obstacles.gates_ms(arc, from_m, to_m)
