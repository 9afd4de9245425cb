"""Every walk walked again, and every place asked whether a shorter one exists, by a search of its own."""

from __future__ import annotations

import heapq
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from clearway.planning.access.check.network_reading import NEVER, NetworkReading, Streets

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clearway.network.model import Longs, Network
    from clearway.planning.access.check.paths import Flaws

_MM = 1e-3
"""A millimetre: an address lies where the network has it."""


def check_walks(network: Network, certificate: dict[str, Any], inside: Iterable[int] | None, flaws: Flaws) -> None:
    """Judge the walks."""
    streets = Streets(network, "foot")
    streets.speed = np.full(len(streets.tail), np.float64(np.float32(certificate["walk_kmh"])))
    if not certificate["steps"]:
        stepped = np.array([name == "steps" for name in network.street_classes], np.bool_)[network.way_class]
        streets.permitted = streets.permitted & ~np.repeat(stepped, 2)
    reading = NetworkReading(streets, ())
    corners = [int(point["junction"]) for point in certificate["points"]]
    soonest = _soonest(reading, corners)
    seen: set[int] = set()
    for number, place in enumerate(certificate["places"], 1):
        called = f"place {number}"
        if (address := place["address"]) is not None:
            if address in seen:
                flaws.add("twice", f"Address {address} is there twice")
            seen.add(address)
            lies = int(network.address_way[address]), float(network.address_offset_m[address])
            if lies[0] != place["way"] or abs(lies[1] - place["at_m"]) > _MM:
                flaws.add("lies", f"Address {address} does not lie where {called} is")
        if says := _walk(reading, place, corners, soonest):
            flaws.add(says.partition(":")[0], f"The walk from {called} {says}")
    if inside is not None and (missing := sorted({int(one) for one in inside} - seen)):
        flaws.add("missing", f"Address {missing[0]} is inside and has no place")


def _walk(reading: NetworkReading, place: dict[str, Any], corners: list[int], soonest: Longs) -> str:  # noqa: PLR0911 - as above
    """What is wrong with one walk; empty where nothing is."""
    streets, way, at_m = reading.streets, int(place["way"]), float(place["at_m"])
    own = [2 * way, 2 * way + 1]
    leaving = reading.from_ms(np.array(own), np.full(2, at_m))
    best = min(int(leaving[side]) + int(soonest[streets.head[arc]]) for side, arc in enumerate(own))
    if place["point"] is None:
        return "is missing: somebody can walk to a point" if best < NEVER else ""
    arcs = [int(arc) for arc in place["arcs"]]
    if not arcs or arcs[0] >> 1 != way:
        return "does not begin there"
    if streets.head[arcs[-1]] != corners[place["point"]]:
        return "does not end at its point"
    if any(streets.head[one] != streets.tail[other] for one, other in pairwise(arcs)):
        return "has a gap"
    first = int(leaving[arcs[0] % 2])
    if first >= NEVER or any(not reading.passable[arc] for arc in arcs[1:]):
        return "goes where nobody may walk"
    due = first + (int(reading.whole_ms[arcs[1:]].sum()) if len(arcs) > 1 else 0)
    if due != place["ms"]:
        return f"does not add up: {due} ms, not {place['ms']}"
    return f"could be shorter: {best} ms, not {due}" if best < due else ""


def _soonest(reading: NetworkReading, corners: list[int]) -> Longs:
    """(J,) milliseconds on foot from every junction to the nearest of some corners, ``NEVER`` where nobody can walk there."""
    streets = reading.streets
    into: dict[int, list[int]] = defaultdict(list)
    for arc in np.flatnonzero(reading.passable).tolist():
        into[int(streets.head[arc])].append(arc)
    ms = np.full(reading.streets.network.junction_count, NEVER, np.int64)
    queue = [(0, corner) for corner in corners]
    while queue:
        time, junction = heapq.heappop(queue)
        if time >= ms[junction]:
            continue
        ms[junction] = time
        for arc in into[junction]:
            heapq.heappush(queue, (time + int(reading.whole_ms[arc]), int(streets.tail[arc])))
    return ms
