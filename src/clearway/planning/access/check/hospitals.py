"""How long the drive from each address to the nearest hospital takes: a plain search, backward from the hospitals."""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clearway.planning.access.check.claim import StationClaim
    from clearway.planning.access.check.network_reading import NetworkReading

    State = tuple[int, tuple[int, ...]]
    """A junction, and the arcs last driven as far as they matter."""


def hospital_ms(reading: NetworkReading, hospitals: Sequence[StationClaim]) -> list[int | None]:
    """Milliseconds from each address to the nearest hospital, None where none can be reached."""
    streets, network = reading.streets, reading.streets.network
    to_hospital = _search(reading, hospitals)
    found = []
    for way, at_m in zip(network.address_way.tolist(), network.address_offset_m.tolist(), strict=True):
        times = list(_straight(reading, hospitals, way, at_m))
        for arc, end in ((2 * way, math.inf), (2 * way + 1, -math.inf)):
            state = streets.head[arc], streets.remembered((arc,))
            if state in to_hospital and reading.clear(arc, at_m, end):
                metres = streets.length[arc] - at_m if arc % 2 == 0 else at_m
                times.append(streets.stretch_ms(arc, metres) + reading.waits_ms(arc, at_m, end) + to_hospital[state])
        found.append(min(times, default=None))
    return found


def _straight(reading: NetworkReading, hospitals: Sequence[StationClaim], way: int, at_m: float) -> Iterator[int]:
    """Milliseconds along an address's own way to each hospital on it."""
    for hospital in hospitals:
        arc = 2 * way + int(hospital.at_m < at_m)
        if hospital.way == way and (hospital.at_m == at_m or reading.clear(arc, at_m, hospital.at_m)):
            driven = reading.streets.stretch_ms(arc, abs(hospital.at_m - at_m))
            yield driven + reading.waits_ms(arc, at_m, hospital.at_m)


def _search(reading: NetworkReading, hospitals: Sequence[StationClaim]) -> dict[State, int]:
    """Milliseconds to the nearest hospital from wherever a drive from some way may come to."""
    streets = reading.streets
    states, came_from = _states(reading)
    by_junction: dict[int, list[State]] = defaultdict(list)
    for state in states:
        by_junction[state[0]].append(state)
    heap: list[tuple[int, State]] = []
    for hospital in hospitals:
        for arc, start in ((2 * hospital.way, -math.inf), (2 * hospital.way + 1, math.inf)):
            if reading.clear(arc, start, hospital.at_m):
                metres = hospital.at_m if arc % 2 == 0 else streets.length[arc] - hospital.at_m
                ms = streets.stretch_ms(arc, metres) + reading.waits_ms(arc, start, hospital.at_m)
                heap += [(ms, state) for state in by_junction[streets.tail[arc]] if streets.turn_allowed((*state[1], arc))]
    heapq.heapify(heap)
    found: dict[State, int] = {}
    while heap:
        ms, state = heapq.heappop(heap)
        if state not in found:
            found[state] = ms
            for before, taken in came_from[state]:
                if before not in found:
                    heapq.heappush(heap, (ms + taken, before))
    return found


def _states(reading: NetworkReading) -> tuple[set[State], dict[State, list[tuple[State, int]]]]:
    """All states that a drive from somewhere comes to, and for each those before it with the milliseconds between."""
    streets = reading.streets
    leaving: dict[int, list[int]] = defaultdict(list)
    for arc in range(len(streets.tail)):
        if reading.passable(arc):
            leaving[streets.tail[arc]].append(arc)
    waiting = [(streets.head[arc], streets.remembered((arc,))) for arc in range(len(streets.tail)) if reading.drivable(arc)]
    seen = set(waiting)
    came_from: dict[State, list[tuple[State, int]]] = defaultdict(list)
    while waiting:
        state = waiting.pop()
        for arc in leaving[state[0]]:
            driven = (*state[1], arc)
            if streets.turn_allowed(driven):
                after = streets.head[arc], streets.remembered(driven)
                came_from[after].append((state, reading.whole_ms(arc)))
                if after not in seen:
                    seen.add(after)
                    waiting.append(after)
    return seen, came_from
