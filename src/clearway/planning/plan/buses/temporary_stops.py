"""Places on the detours where a temporary stop would spare riders a walk."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from clearway.network.geometry import flat_scale, nearest_on_line
from clearway.planning.plan.buses.words import Kerb, kerb

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.model import Network
    from clearway.network.transit.timetable import Stop
    from clearway.planning.street_names import StreetNames

WITHIN_M = 400.0
"""What people are usually asked to walk to a bus stop."""
FROM_CORNER_M = 15.0
"""A bus that stands nearer to a corner hides it from those who turn."""
_NEVER_STOPS = ("motorway", "trunk")


class Miss(NamedTuple):
    """Trips that miss a stop and drive some arcs instead; ``change`` is the index of what they are part of."""

    change: int
    route_id: str
    calls: int
    arcs: tuple[int, ...]


@dataclass(frozen=True)
class Place:
    """Where a temporary stop may stand.

    Attributes:
        stop_id: The stop that is missed.
        arc: Whose kerb it stands at.
        kerb: Where.
        route_ids: Routes that pass it, of those that miss the stop.
        calls: Calls of theirs.
        changes: Indexes of the changes served.
    """

    stop_id: str
    arc: int
    kerb: Kerb
    route_ids: tuple[str, ...]
    calls: int
    changes: frozenset[int]


def may_stop(network: Network, arc: int) -> bool:
    """Whether a bus may stop at the kerb of an arc: no motorway, no bridge or tunnel, and room between its corners."""
    way = arc >> 1
    level, room = int(network.way_level[way]), float(network.way_length_m[way]) >= 2 * FROM_CORNER_M
    return room and level == 0 and not network.class_of(way).startswith(_NEVER_STOPS)


def places_for(names: StreetNames, stop: Stop, misses: Sequence[Miss]) -> list[Place]:
    """Kerbs for one missed stop: as few as serve all trips that pass within ``WITHIN_M``, the nearest of equals first."""
    network = names.network
    scale = flat_scale(stop.lat)
    passing: dict[int, list[Miss]] = defaultdict(list)
    for miss in misses:
        for arc in dict.fromkeys(miss.arcs):
            passing[arc].append(miss)
    near: dict[int, tuple[float, float]] = {}
    for arc in passing:
        tail, length = int(network.arc_tail[arc]), float(network.way_length_m[arc >> 1])
        away = (network.junction_lon[tail] - stop.lon) * scale[0], (network.junction_lat[tail] - stop.lat) * scale[1]
        if may_stop(network, arc) and float(np.hypot(*away)) <= WITHIN_M + length:
            distance, offset, _ = nearest_on_line(network.geometry(arc >> 1), stop.lon, stop.lat)
            if distance <= WITHIN_M:
                along_m = length - offset if arc & 1 else offset
                near[arc] = distance, min(max(along_m, FROM_CORNER_M), length - FROM_CORNER_M)
    found: list[Place] = []
    left = {miss.change for misses_here in passing.values() for miss in misses_here}
    while near:
        served = {arc: [miss for miss in passing[arc] if miss.change in left] for arc in near}
        arc = min(near, key=lambda one: (-sum(miss.calls for miss in served[one]), near[one][0], one))
        if not served[arc]:
            break
        found.append(
            Place(
                stop.stop_id,
                arc,
                kerb(names, arc, near[arc][1]),
                tuple(dict.fromkeys(miss.route_id for miss in served[arc])),
                sum(miss.calls for miss in served[arc]),
                frozenset(miss.change for miss in served[arc]),
            )
        )
        left -= found[-1].changes
        del near[arc]
    return found
