"""The streets as the checker reads them: one class's, straight from the network's own definition.

A **state** is a junction, with the arcs last driven as far as they matter for a turn still to come: states are numbered,
junctions first. The search is Dijkstra's method as scipy has it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from clearway.network.classes import VEHICLE_CLASSES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from clearway.network.model import Bools, Floats, Longs, Network
    from clearway.planning.access.check.claim import ClosureClaim, GateClaim, StationClaim

NEVER = np.iinfo(np.int64).max // 4
"""Milliseconds to what cannot be reached: sums of a few of them are still numbers."""
_MS_PER_KMH_M = 3600
"""Milliseconds to drive one metre at 1 km/h, by definition."""


class Moves(NamedTuple):
    """Every move from a state along an arc that turns allow, whether or not the arc can be driven, and the state after it."""

    state: Longs
    arc: Longs
    after: Longs


class Links(NamedTuple):
    """Moves as rows of a graph: those between the same two states follow one another and are one link. L links.

    Attributes:
        order: The moves in the order of the links.
        first: (L,) the first move of each link in that order.
        end: (L,) the state that a link leads to.
        start: (states + 1,) the first link from each state.
    """

    order: Longs
    first: Longs
    end: Longs
    start: Longs


class Streets:
    """One class's streets without closures, read anew from the network's definition."""

    def __init__(self, network: Network, vehicle_class: str, size: Sequence[float | None] | None = None) -> None:
        bit = VEHICLE_CLASSES.index(vehicle_class)
        self.network = network
        self.tail: Longs = np.column_stack((network.way_tail, network.way_head)).ravel().astype(np.int64)
        self.head: Longs = np.column_stack((network.way_head, network.way_tail)).ravel().astype(np.int64)
        self.length: Floats = np.repeat(network.way_length_m.astype(np.float64), 2)
        self.speed: Floats = network.arc_speed_kmh[bit].astype(np.float64)
        self.permitted: Bools = network.arc_permit >> bit & 1 > 0
        standing: Bools = network.stop_blocks >> bit & 1 > 0
        if size is not None:
            self._judge(bit, size, standing)
        ways = network.stop_way[standing].astype(np.int64)
        self.stop_arc: Longs = np.concatenate((2 * ways, 2 * ways + 1))
        self.stop_at: Floats = np.tile(network.stop_offset_m[standing].astype(np.float64), 2)
        self.forbidden: dict[int, list[tuple[int, ...]]] = defaultdict(list)  # by last arc
        starts = network.turn_start.tolist()
        for (first, end), classes in zip(pairwise(starts), network.turn_classes.tolist(), strict=True):
            arcs = tuple(network.turn_arcs[first:end].tolist())
            follow = all(self.head[arc] == self.tail[after] for arc, after in pairwise(arcs))
            if classes >> bit & 1 and len(arcs) > 1 and follow:
                self.forbidden[arcs[-1]].append(arcs)
        self.memory = max((len(arcs) - 1 for turns in self.forbidden.values() for arcs in turns), default=0)
        begins = {arcs[:length] for turns in self.forbidden.values() for arcs in turns for length in range(1, len(arcs))}
        self._begins = {driven: network.junction_count + number for number, driven in enumerate(sorted(begins))}
        self.state_count = network.junction_count + len(begins)
        self.moves = self._moves()

    @cached_property
    def onward(self) -> Links:
        """The moves, as a search from somewhere takes them."""
        return _links(self.moves.state, self.moves.after, self.state_count)

    @cached_property
    def backward(self) -> Links:
        """The moves, as a search to somewhere takes them."""
        return _links(self.moves.after, self.moves.state, self.state_count)

    def _judge(self, bit: int, size: Sequence[float | None], standing: Bools) -> None:
        """Judge by a vehicle's own size what its class may pass only where it fits, instead of by its class's."""
        network = self.network
        limits = zip(
            network.limit_arc.tolist(),
            network.limit_stop.tolist(),
            network.limit_size.tolist(),
            network.limit_most.tolist(),
            network.limit_classes.tolist(),
            strict=True,
        )
        fits_arc: dict[int, bool] = {}
        fits_stop: dict[int, bool] = {}
        for arc, stop, kind, most, classes in limits:
            if classes >> bit & 1:
                figure = size[kind]
                held, place = (fits_arc, arc) if arc >= 0 else (fits_stop, stop)
                held[place] = held.get(place, True) and (figure is None or figure <= most)
        for arc, fits in fits_arc.items():
            self.permitted[arc] = fits
        for stop, fits in fits_stop.items():
            standing[stop] = not fits

    def stretch_ms(self, arc: Longs, metres: Floats) -> Longs:
        """Milliseconds of stretches of arcs: ``round(metres * 3600 / speed)``, at least 0; nothing where nobody may drive."""
        speed = self.speed[arc]
        ms = np.divide(metres * _MS_PER_KMH_M, speed, out=np.zeros(len(arc)), where=speed > 0)
        return np.maximum(np.rint(ms), 0).astype(np.int64)

    def turn_allowed(self, driven: Sequence[int]) -> bool:
        """Whether the last arc of a drive may follow those before it."""
        return not any(tuple(driven[-len(arcs) :]) == arcs for arcs in self.forbidden.get(driven[-1], ()))

    def _moves(self) -> Moves:
        """Those from junctions, where nothing before matters, and those from states that remember."""
        arcs = np.arange(len(self.tail))
        after = self.head.copy()
        for driven, state in self._begins.items():
            if len(driven) == 1:
                after[driven[0]] = state
        more = np.array(list(self._remembering()), np.int64).reshape(-1, 3).T
        return Moves(*(np.concatenate(parts) for parts in zip((self.tail, arcs, after), more, strict=True)))

    def _remembering(self) -> Iterator[tuple[int, int, int]]:
        leaving: dict[int, list[int]] = defaultdict(list)
        corners = {int(self.head[driven[-1]]) for driven in self._begins}
        for arc in np.flatnonzero(np.isin(self.tail, list(corners))).tolist():
            leaving[int(self.tail[arc])].append(arc)
        for driven, state in self._begins.items():
            for arc in leaving[int(self.head[driven[-1]])]:
                if self.turn_allowed((*driven, arc)):
                    yield state, arc, self._state((*driven, arc))

    def _state(self, driven: tuple[int, ...]) -> int:
        """Where a drive has come to, with its last arcs as far as they matter for a turn still to come."""
        longest = driven[-self.memory :]
        matter = (longest[at:] for at in range(len(longest)) if longest[at:] in self._begins)
        found = next(matter, None)
        return int(self.head[driven[-1]]) if found is None else self._begins[found]


class NetworkReading:
    """The streets under some closures."""

    def __init__(self, streets: Streets, closures: Sequence[ClosureClaim], gates: Sequence[GateClaim] = ()) -> None:
        self.streets = streets
        self.gates = [
            (arc, gate.at_m, gate.ms)
            for gate in gates
            for arc, held in ((2 * gate.way, gate.along), (2 * gate.way + 1, gate.against))
            if held
        ]
        self.drivable: Bools = streets.permitted.copy()
        points: list[tuple[int, float]] = []
        for closure in closures:
            for arc, held in ((2 * closure.way, closure.along), (2 * closure.way + 1, closure.against)):
                if held and closure.at_m is None:
                    self.drivable[arc] = False
                elif held and closure.at_m is not None:
                    points.append((arc, closure.at_m))
        self._stop_arc = np.concatenate((streets.stop_arc, np.array([arc for arc, _ in points], np.int64)))
        self._stop_at = np.concatenate((streets.stop_at, np.array([at_m for _, at_m in points], np.float64)))
        self.lowest, self.highest = (np.full(len(streets.tail), value) for value in (math.inf, -math.inf))
        np.minimum.at(self.lowest, self._stop_arc, self._stop_at)
        np.maximum.at(self.highest, self._stop_arc, self._stop_at)
        self.passable: Bools = self.drivable & np.isinf(self.lowest)
        """(A,) whether an arc can be driven from end to end."""
        self.whole_ms: Longs = np.maximum(streets.stretch_ms(np.arange(len(streets.tail)), streets.length), 1)
        """(A,) milliseconds of a whole arc with its gates, at least 1."""
        for arc, _, ms in self.gates:
            self.whole_ms[arc] += ms

    def clear(self, arc: int, from_m: float, to_m: float) -> bool:
        """Whether a stretch of an arc, offsets from the way's tail, can be driven; what stands at its very ends counts not."""
        low, high = min(from_m, to_m), max(from_m, to_m)
        between = (self._stop_arc == arc) & (low < self._stop_at) & (self._stop_at < high)
        return bool(self.drivable[arc]) and not between.any()

    def waits_ms(self, arc: int, from_m: float, to_m: float) -> int:
        """Milliseconds lost at the gates of a stretch of an arc; a gate at its very end costs nothing yet."""
        low, high = min(from_m, to_m), max(from_m, to_m)
        return sum(ms for gate, at_m, ms in self.gates if gate == arc and low < at_m < high)

    def seed(self, station: StationClaim, arc: int) -> int | None:
        """Milliseconds from a station to the end of its own arc, None where it cannot be driven."""
        end = math.inf if arc % 2 == 0 else -math.inf
        if arc >> 1 != station.way or not self.clear(arc, station.at_m, end):
            return None
        metres = float(self.streets.length[arc]) - station.at_m if arc % 2 == 0 else station.at_m
        return station.turnout_ms + self._stretch_ms(arc, metres) + self.waits_ms(arc, station.at_m, end)

    def straight(self, station: StationClaim, address: int) -> tuple[int, int] | None:
        """Arc and milliseconds from a station to an address on the same way, None where it cannot be driven."""
        network = self.streets.network
        way, at_m = int(network.address_way[address]), float(network.address_offset_m[address])
        arc = 2 * way + int(at_m < station.at_m)
        if station.way != way or not (station.at_m == at_m or self.clear(arc, station.at_m, at_m)):
            return None
        driven = self._stretch_ms(arc, abs(at_m - station.at_m)) + self.waits_ms(arc, station.at_m, at_m)
        return arc, station.turnout_ms + driven

    def to_ms(self, arc: Longs, at_m: Floats) -> Longs:
        """(n,) milliseconds from the start of arcs to spots on them, ``NEVER`` where that cannot be driven."""
        against = arc % 2 == 1
        open_to = self.drivable[arc] & np.where(against, self.highest[arc] <= at_m, self.lowest[arc] >= at_m)
        metres = np.where(against, self.streets.length[arc] - at_m, at_m)
        return self._ms(arc, metres, open_to, lambda gate, gate_m: gate_m > at_m if gate % 2 else gate_m < at_m)

    def from_ms(self, arc: Longs, at_m: Floats) -> Longs:
        """(n,) milliseconds from spots on arcs to the ends of these, ``NEVER`` where that cannot be driven."""
        against = arc % 2 == 1
        open_to = self.drivable[arc] & np.where(against, self.lowest[arc] >= at_m, self.highest[arc] <= at_m)
        metres = np.where(against, at_m, self.streets.length[arc] - at_m)
        return self._ms(arc, metres, open_to, lambda gate, gate_m: gate_m < at_m if gate % 2 else gate_m > at_m)

    def address_ms(self, stations: Sequence[StationClaim]) -> Longs:
        """(D,) milliseconds to each address, ``NEVER`` where it cannot be reached."""
        streets, network = self.streets, self.streets.network
        seeds = [
            (int(streets.moves.after[arc]), ms)
            for station in stations
            for arc in (2 * station.way, 2 * station.way + 1)
            if (ms := self.seed(station, arc)) is not None
        ]
        moves = streets.moves
        entered = np.full(len(streets.tail), NEVER)
        np.minimum.at(entered, moves.arc, self._searched(seeds, streets.onward)[moves.state])
        at_m = network.address_offset_m.astype(np.float64)
        arcs = [2 * network.address_way.astype(np.int64) + side for side in (0, 1)]
        found: Longs = np.minimum.reduce([entered[arc] + self.to_ms(arc, at_m) for arc in arcs])
        for station in stations:
            for address in np.flatnonzero(network.address_way == station.way).tolist():
                if (straight := self.straight(station, address)) is not None:
                    found[address] = min(found[address], straight[1])
        found[found > NEVER] = NEVER
        return found

    def hospital_ms(self, hospitals: Sequence[StationClaim]) -> Longs:
        """(D,) milliseconds from each address to the nearest hospital, ``NEVER`` where none can be reached."""
        network, moves = self.streets.network, self.streets.moves
        seeds: list[tuple[int, int]] = []
        for hospital in hospitals:
            arcs = np.array([2 * hospital.way, 2 * hospital.way + 1])
            for arc, ms in zip(arcs, self.to_ms(arcs, np.full(2, hospital.at_m)).tolist(), strict=True):
                if ms < NEVER:
                    seeds += [(state, ms) for state in moves.state[moves.arc == arc].tolist()]
        left = self._searched(seeds, self.streets.backward)
        at_m = network.address_offset_m.astype(np.float64)
        arcs_of = [2 * network.address_way.astype(np.int64) + side for side in (0, 1)]
        found: Longs = np.minimum.reduce([self.from_ms(arc, at_m) + left[moves.after[arc]] for arc in arcs_of])
        for hospital in hospitals:
            for address in np.flatnonzero(network.address_way == hospital.way).tolist():
                found[address] = min(found[address], self._along_ms(hospital, float(at_m[address])))
        found[found > NEVER] = NEVER
        return found

    def _along_ms(self, hospital: StationClaim, at_m: float) -> int:
        """Milliseconds from a spot on a hospital's own way straight along it; ``NEVER`` where that cannot be driven."""
        arc = 2 * hospital.way + int(hospital.at_m < at_m)
        if hospital.at_m != at_m and not self.clear(arc, at_m, hospital.at_m):
            return NEVER
        return self._stretch_ms(arc, abs(hospital.at_m - at_m)) + self.waits_ms(arc, at_m, hospital.at_m)

    def _searched(self, seeds: Sequence[tuple[int, int]], links: Links) -> Longs:
        """(S,) milliseconds to each state from the seeds, by the moves that can be driven."""
        count, arc = self.streets.state_count, self.streets.moves.arc[links.order]
        driven = np.where(self.passable[arc], self.whole_ms[arc], np.inf)
        ms = np.minimum.reduceat(driven, links.first)  # of moves between the same states the quickest
        soonest: dict[int, int] = {}
        for state, seed_ms in seeds:
            soonest[state] = min(seed_ms, soonest.get(state, NEVER))
        begun = np.array(sorted(soonest.items()), np.int64).reshape(-1, 2)
        data = np.concatenate((ms, begun[:, 1] + 1.0))  # no link of a graph is 0
        start = np.append(links.start, len(data))
        graph = csr_array((data, np.concatenate((links.end, begun[:, 0])), start), shape=(count + 1, count + 1))
        far = dijkstra(graph, indices=[count])[0, :count]
        return np.where(np.isinf(far), NEVER, far - 1).astype(np.int64)

    def _stretch_ms(self, arc: int, metres: float) -> int:
        return int(self.streets.stretch_ms(np.array([arc]), np.array([metres]))[0])

    def _ms(self, arc: Longs, metres: Floats, open_to: Bools, passed: Callable[[int, float], Bools]) -> Longs:
        ms = self.streets.stretch_ms(arc, metres)
        for gate, gate_m, gate_ms in self.gates:
            ms[(arc == gate) & passed(gate, gate_m)] += gate_ms
        return np.where(open_to, ms, NEVER)


def _links(start: Longs, end: Longs, state_count: int) -> Links:
    order = np.lexsort((end, start))
    start, end = start[order], end[order]
    new = np.ones(len(order), np.bool_)
    new[1:] = (start[1:] != start[:-1]) | (end[1:] != end[:-1])
    first = np.flatnonzero(new)
    return Links(order, first, end[first], np.searchsorted(start[first], np.arange(state_count + 1)).astype(np.int64))
