"""The streets as an offer's checker drives them: out as those who leave, and back as those who left."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from clearway.network.classes import VEHICLE_CLASSES
from clearway.network.model import NO_NAME
from clearway.planning.access.check.claim import StationClaim
from clearway.planning.access.check.network_reading import NEVER, NetworkReading, Streets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clearway.network.model import Network
    from clearway.planning.vehicles.offer.check.claim import Claim, LeaverClaim, PlaceClaim, SendClaim

CLASS = "general"
"""On whose streets they drive, as the format says."""
WORK_KMH = 20.0
"""km/h on a stretch against its sign, as the format says."""
_MS_PER_KMH_M = 3600
"""Milliseconds to drive one metre at 1 km/h, by definition."""
_STREETS = 12
"""Streets that are told of a drive, as the format says."""


class Roads:
    """The streets of a claim.

    Args:
        network: The network that it was made on.
        claim: The answer.
    """

    def __init__(self, network: Network, claim: Claim) -> None:
        self._claim, self._network = claim, network
        out, back = (_streets(network, claim, ends) for ends in (claim.places, claim.leavers))
        self._out = NetworkReading(out, claim.out.closures, claim.out.gates)
        self._back = NetworkReading(back, claim.back.closures, claim.back.gates)

    def out_s(self, leaver: LeaverClaim) -> list[int | None]:
        """Seconds from a stretch to each place."""
        return _seconds(self._out, leaver.way, leaver.at_m)

    def back_s(self, place: PlaceClaim) -> list[int | None]:
        """Seconds from a place back to each stretch."""
        return _seconds(self._back, place.way, place.at_m)

    def wrong_way(self, send: SendClaim) -> Iterator[str]:
        """What does not hold of the way that somebody is told to drive."""
        leaver, place = self._claim.leavers[send.stretch], self._claim.places[send.place]
        names = f"the way from {leaver.stretch} to {place.name}"
        ms = self._along(send, leaver, place)
        if ms is None:
            yield f"{names} cannot be driven as described"
        elif -(-ms // 1000) != send.drive_s:
            yield f"{names}, as described, takes {-(-ms // 1000)} s, not {send.drive_s}"
        streets = [name for arc in send.arcs if (name := self._network.street(arc >> 1))]
        if list(send.streets) != [name for at, name in enumerate(streets) if not at or streets[at - 1] != name][:_STREETS]:
            yield f"{names} leads along other streets than it says"

    def _along(self, send: SendClaim, leaver: LeaverClaim, place: PlaceClaim) -> int | None:
        """Milliseconds of the arcs as they are told, None where they cannot be driven."""
        reading, arcs = self._out, send.arcs
        station = StationClaim("", 0.0, 0.0, leaver.way, leaver.at_m, 0)
        if len(arcs) == 1:
            straight = reading.straight(station, send.place)
            return straight[1] if straight and straight[0] == arcs[0] else None
        streets = reading.streets
        follow = all(streets.head[one] == streets.tail[after] for one, after in pairwise(arcs))
        turns = all(streets.turn_allowed(arcs[:end]) for end in range(2, len(arcs) + 1))
        begun = reading.seed(station, arcs[0])
        if begun is None or not follow or not turns or not all(reading.passable[arc] for arc in arcs[1:-1]):
            return None
        if arcs[-1] >> 1 != place.way:
            return None
        end = int(reading.to_ms(np.array([arcs[-1]]), np.array([place.at_m]))[0])
        return None if end >= NEVER else begun + sum(int(reading.whole_ms[arc]) for arc in arcs[1:-1]) + end


def pure_ms(network: Network, claim: Claim, arc: int, metres: float) -> int:
    """Milliseconds of a part of an arc without gates; on a stretch that is worked on both ways round."""
    speed = float(network.arc_speed_kmh[VEHICLE_CLASSES.index(CLASS), arc])
    if speed <= 0 and any(arc >> 1 in one.ways for one in claim.leavers):
        speed = WORK_KMH
    return max(int(np.rint(metres * _MS_PER_KMH_M / speed)), 0)


def _streets(network: Network, claim: Claim, ends: Sequence[PlaceClaim] | Sequence[LeaverClaim]) -> Streets:
    """The streets with both directions of the stretches open, and some spots in the place of addresses."""
    count = len(ends)
    speed, bit = network.arc_speed_kmh.copy(), VEHICLE_CLASSES.index(CLASS)
    arcs = sorted({2 * way + side for one in claim.leavers for way in one.ways for side in (0, 1)})
    for arc in arcs:
        if speed[bit, arc] <= 0:
            speed[bit, arc] = WORK_KMH
    spotted = replace(
        network,
        arc_speed_kmh=speed,
        address_way=np.array([one.way for one in ends], np.int32),
        address_offset_m=np.array([one.at_m for one in ends], np.float64),
        address_side=np.zeros(count, np.int8),
        address_lon=np.zeros(count),
        address_lat=np.zeros(count),
        address_label=np.full(count, NO_NAME, np.int32),
    )
    streets = Streets(spotted, CLASS)
    streets.permitted[arcs] = True
    return streets


def _seconds(reading: NetworkReading, way: int, at_m: float) -> list[int | None]:
    found = reading.address_ms([StationClaim("", 0.0, 0.0, way, at_m, 0)]).tolist()
    return [None if ms >= NEVER else -(-ms // 1000) for ms in found]
