"""The streets as the checker reads them: one class's, straight from the network's own definition."""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from clearway.network.classes import VEHICLE_CLASSES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.model import Network
    from clearway.planning.access.check.claim import ClosureClaim, GateClaim, StationClaim

_MS_PER_KMH_M = 3600
"""Milliseconds to drive one metre at 1 km/h, by definition."""


class Streets:
    """One class's streets without closures, read anew from the network's definition."""

    def __init__(self, network: Network, vehicle_class: str, size: Sequence[float | None] | None = None) -> None:
        bit = VEHICLE_CLASSES.index(vehicle_class)
        self.network = network
        self.tail: list[int] = []
        self.head: list[int] = []
        for first, last in zip(network.way_tail.tolist(), network.way_head.tolist(), strict=True):
            self.tail += (first, last)
            self.head += (last, first)
        self.length = [float(metres) for metres in network.way_length_m for _ in (0, 1)]
        self.speed = [float(speed) for speed in network.arc_speed_kmh[bit]]
        self.permitted = [bool(mask >> bit & 1) for mask in network.arc_permit.tolist()]
        standing = [bool(blocks >> bit & 1) for blocks in network.stop_blocks.tolist()]
        if size is not None:
            self._judge(bit, size, standing)
        self.stops: dict[int, list[float]] = defaultdict(list)
        for way, at_m, stands in zip(network.stop_way.tolist(), network.stop_offset_m.tolist(), standing, strict=True):
            if stands:
                self.stops[2 * way].append(at_m)
                self.stops[2 * way + 1].append(at_m)
        self.forbidden: dict[int, list[tuple[int, ...]]] = defaultdict(list)  # by last arc
        starts = network.turn_start.tolist()
        for (first, end), classes in zip(pairwise(starts), network.turn_classes.tolist(), strict=True):
            arcs = tuple(network.turn_arcs[first:end].tolist())
            follow = all(self.head[arc] == self.tail[after] for arc, after in pairwise(arcs))
            if classes >> bit & 1 and len(arcs) > 1 and follow:
                self.forbidden[arcs[-1]].append(arcs)
        self.memory = max((len(arcs) - 1 for turns in self.forbidden.values() for arcs in turns), default=0)
        self.begins = {arcs[:length] for turns in self.forbidden.values() for arcs in turns for length in range(1, len(arcs))}

    def _judge(self, bit: int, size: Sequence[float | None], standing: list[bool]) -> None:
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

    def whole_ms(self, arc: int) -> int:
        """Milliseconds of a whole arc: ``round(metres * 3600 / speed)``, at least 1."""
        return max(round(self.length[arc] * _MS_PER_KMH_M / self.speed[arc]), 1)

    def stretch_ms(self, arc: int, metres: float) -> int:
        """Milliseconds of a stretch of an arc, by the same rule, at least 0."""
        return max(round(metres * _MS_PER_KMH_M / self.speed[arc]), 0)

    def remembered(self, driven: tuple[int, ...]) -> tuple[int, ...]:
        """The last arcs of a drive as far as they matter for a turn still to come."""
        longest = driven[-self.memory :] if self.memory else ()
        return next((longest[at:] for at in range(len(longest)) if longest[at:] in self.begins), ())

    def turn_allowed(self, driven: Sequence[int]) -> bool:
        """Whether the last arc of a drive may follow those before it."""
        return not any(tuple(driven[-len(arcs) :]) == arcs for arcs in self.forbidden.get(driven[-1], ()))


class NetworkReading:
    """The streets under some closures."""

    def __init__(self, streets: Streets, closures: Sequence[ClosureClaim], gates: Sequence[GateClaim] = ()) -> None:
        self.streets = streets
        self.gates: dict[int, list[tuple[float, int]]] = defaultdict(list)
        for gate in gates:
            for arc, held in ((2 * gate.way, gate.along), (2 * gate.way + 1, gate.against)):
                if held:
                    self.gates[arc].append((gate.at_m, gate.ms))
        self.shut: set[int] = set()
        self.stops = {arc: list(stops) for arc, stops in streets.stops.items()}
        for closure in closures:
            for arc, held in ((2 * closure.way, closure.along), (2 * closure.way + 1, closure.against)):
                if held and closure.at_m is None:
                    self.shut.add(arc)
                elif held and closure.at_m is not None:
                    self.stops.setdefault(arc, []).append(closure.at_m)

    def drivable(self, arc: int) -> bool:
        """Whether the class may be on an arc, whatever stands at a point of it."""
        return self.streets.permitted[arc] and arc not in self.shut

    def passable(self, arc: int) -> bool:
        """Whether an arc can be driven from end to end."""
        return self.drivable(arc) and not self.stops.get(arc)

    def clear(self, arc: int, from_m: float, to_m: float) -> bool:
        """Whether a stretch of an arc, offsets from the way's tail, can be driven; what stands at its very ends counts not."""
        low, high = min(from_m, to_m), max(from_m, to_m)
        return self.drivable(arc) and not any(low < at_m < high for at_m in self.stops.get(arc, ()))

    def waits_ms(self, arc: int, from_m: float, to_m: float) -> int:
        """Milliseconds lost at the gates of a stretch of an arc; a gate at its very end costs nothing yet."""
        low, high = min(from_m, to_m), max(from_m, to_m)
        return sum(ms for at_m, ms in self.gates.get(arc, ()) if low < at_m < high)

    def whole_ms(self, arc: int) -> int:
        """Milliseconds of a whole arc with its gates."""
        return self.streets.whole_ms(arc) + sum(ms for _, ms in self.gates.get(arc, ()))

    def seed(self, station: StationClaim, arc: int) -> int | None:
        """Milliseconds from a station to the end of its own arc, None where it cannot be driven."""
        end = math.inf if arc % 2 == 0 else -math.inf
        if arc >> 1 != station.way or not self.clear(arc, station.at_m, end):
            return None
        metres = self.streets.length[arc] - station.at_m if arc % 2 == 0 else station.at_m
        return station.turnout_ms + self.streets.stretch_ms(arc, metres) + self.waits_ms(arc, station.at_m, end)

    def last_stretch(self, arc: int, address: int) -> int | None:
        """Milliseconds from the start of an arc to an address on it, None where it cannot be driven."""
        network = self.streets.network
        at_m = float(network.address_offset_m[address])
        start = -math.inf if arc % 2 == 0 else math.inf
        if arc >> 1 != int(network.address_way[address]) or not self.clear(arc, start, at_m):
            return None
        metres = at_m if arc % 2 == 0 else self.streets.length[arc] - at_m
        return self.streets.stretch_ms(arc, metres) + self.waits_ms(arc, start, at_m)

    def straight(self, station: StationClaim, address: int) -> tuple[int, int] | None:
        """Arc and milliseconds from a station to an address on the same way, None where it cannot be driven."""
        network = self.streets.network
        way, at_m = int(network.address_way[address]), float(network.address_offset_m[address])
        arc = 2 * way + int(at_m < station.at_m)
        if station.way != way or not (station.at_m == at_m or self.clear(arc, station.at_m, at_m)):
            return None
        driven = self.streets.stretch_ms(arc, abs(at_m - station.at_m)) + self.waits_ms(arc, station.at_m, at_m)
        return arc, station.turnout_ms + driven

    def search(self, stations: Sequence[StationClaim]) -> dict[tuple[int, tuple[int, ...]], int]:
        """Milliseconds to each junction, by the arcs last driven as far as they matter."""
        streets = self.streets
        leaving: dict[int, list[int]] = defaultdict(list)
        for arc in range(len(streets.tail)):
            if self.passable(arc):
                leaving[streets.tail[arc]].append(arc)
        heap = [
            (ms, streets.head[arc], streets.remembered((arc,)))
            for station in stations
            for arc in (2 * station.way, 2 * station.way + 1)
            if (ms := self.seed(station, arc)) is not None
        ]
        heapq.heapify(heap)
        found: dict[tuple[int, tuple[int, ...]], int] = {}
        while heap:
            ms, junction, driven = heapq.heappop(heap)
            if (junction, driven) in found:
                continue
            found[junction, driven] = ms
            for arc in leaving[junction]:
                after = (*driven, arc)
                if streets.turn_allowed(after):
                    state = (streets.head[arc], streets.remembered(after))
                    if state not in found:
                        heapq.heappush(heap, (ms + self.whole_ms(arc), *state))
        return found

    def address_ms(self, stations: Sequence[StationClaim]) -> list[int | None]:
        """Milliseconds to each address, None where it cannot be reached."""
        network = self.streets.network
        at: dict[int, list[tuple[tuple[int, ...], int]]] = defaultdict(list)
        for (junction, driven), ms in self.search(stations).items():
            at[junction].append((driven, ms))
        by_way: dict[int, list[StationClaim]] = defaultdict(list)
        for station in stations:
            by_way[station.way].append(station)
        found = []
        for address, way in enumerate(network.address_way.tolist()):
            times = [there[1] for station in by_way.get(way, ()) if (there := self.straight(station, address)) is not None]
            for arc in (2 * way, 2 * way + 1):
                if (rest := self.last_stretch(arc, address)) is not None:
                    arriving = at[self.streets.tail[arc]]
                    times += [ms + rest for driven, ms in arriving if self.streets.turn_allowed((*driven, arc))]
            found.append(min(times, default=None))
        return found
