"""The drives of tow trucks, read anew from the network's definition."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from clearway.network.classes import VEHICLE_CLASSES
from clearway.network.model import NO_NAME
from clearway.planning.access.check.claim import ClosureClaim, StationClaim
from clearway.planning.access.check.network_reading import NEVER, NetworkReading, Streets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clearway.network.model import Network
    from clearway.planning.vehicles.towing.check.claim import ApproachClaim, Claim

_CLASS = "service"
_END_M = 0.5
"""Metres from the end of a way at which a truck stops, as the format says."""
_WORK_KMH = 20.0
"""km/h on a stretch against its sign, as the format says."""


def wrong_drives(network: Network, claim: Claim) -> Iterator[str]:
    """What is wrong about where trucks come to each stretch, how long that takes, and where they are said not to come."""
    spots = [(one.way, one.at_m) for one in claim.storage]
    ends: list[list[int]] = []
    for stretch in claim.stretches:
        own = [(way, at_m) for way in stretch.ways for at_m in _ends(float(network.way_length_m[way]))]
        ends.append(list(range(len(spots), len(spots) + len(own))))
        spots += own
    for size, figures in enumerate(claim.sizes):
        approaches = [one for one in claim.approaches if one.size == size]
        streets = _streets(network, claim, spots, figures)
        if approaches:
            yield from _wrong_times(approaches, claim, streets, spots, ends)
        missing = sorted(set(range(len(claim.stretches))) - {one.stretch for one in approaches})
        full = [place for place in missing if claim.stretches[place].lane_moves]
        for place in _come_to(missing, _Times(streets, spots, claim, full), len(claim.storage), ends):
            yield f"a way leads to {claim.stretches[place].name} and back, and the answer has none"


def _wrong_times(
    approaches: Sequence[ApproachClaim],
    claim: Claim,
    streets: Streets,
    spots: Sequence[tuple[int, float]],
    ends: Sequence[Sequence[int]],
) -> Iterator[str]:
    free, storage = _Times(streets, spots, claim, ()), range(len(claim.storage))
    known: dict[tuple[int, ...], _Times] = {}
    at = {spot: number for number, spot in enumerate(spots) if number >= len(storage)}
    for one in approaches:
        if one.after not in known:
            standing = [place for place, other in enumerate(claim.stretches) if other.lane_moves and place not in one.after]
            known[one.after] = _Times(streets, spots, claim, standing)
        yield from _wrong(one, claim, at, known[one.after])
        there = min(free.seconds(place, end) for place in storage for end in ends[one.stretch])
        back = min(free.seconds(end, place) for place in storage for end in ends[one.stretch])
        if one.least_s > there + back:
            name = claim.stretches[one.stretch].name
            yield f"a drive to {name} and back takes {there + back} s at least, not {one.least_s}"


def _come_to(stretches: Sequence[int], times: _Times, storage: int, ends: Sequence[Sequence[int]]) -> Iterator[int]:
    """Those of some stretches to which a way leads from a storage place, and back to one."""
    for stretch in stretches:
        if any(
            any(times.seconds(place, end) < NEVER for place in range(storage))
            and any(times.seconds(end, place) < NEVER for place in range(storage))
            for end in ends[stretch]
        ):
            yield stretch


def _ends(length_m: float) -> tuple[float, float]:
    """Where a truck stops at either end of a way, as the format says."""
    near = min(_END_M, length_m / 4)
    return near, length_m - near


def _wrong(one: ApproachClaim, claim: Claim, at: dict[tuple[int, float], int], times: _Times) -> Iterator[str]:
    name = claim.stretches[one.stretch].name
    spot = next((number for (way, at_m), number in at.items() if way == one.way and abs(at_m - one.at_m) < _END_M / 4), None)
    if spot is None or one.way not in claim.stretches[one.stretch].ways:
        yield f"trucks do not come to an end of {name}"
        return
    for place, (in_s, out_s) in enumerate(zip(one.in_s, one.out_s, strict=True)):
        for said, true, what in ((in_s, times.seconds(place, spot), "to"), (out_s, times.seconds(spot, place), "from")):
            if (said is None) != (true >= NEVER) or (said is not None and said != true):
                shown = "no way leads" if true >= NEVER else f"it takes {true} s"
                yield f"{what} {name}, storage place {claim.storage[place].id}: {shown}, not {said}"


class _Times:
    """Seconds between spots, with vehicles on some stretches."""

    def __init__(self, streets: Streets, spots: Sequence[tuple[int, float]], claim: Claim, standing: Sequence[int]) -> None:
        blocked = [
            ClosureClaim(way, float(streets.network.way_length_m[way]) / 2, along=True, against=True)
            for place in standing
            for way in claim.stretches[place].ways
        ]
        self._reading = NetworkReading(streets, [*claim.shut, *blocked], claim.gates)
        self._spots = spots
        self._known: dict[int, list[int]] = {}

    def seconds(self, start: int, end: int) -> int:
        """Rounded up; ``NEVER`` where no way leads."""
        if start not in self._known:
            way, at_m = self._spots[start]
            ms = self._reading.address_ms([StationClaim("", 0.0, 0.0, way, at_m, 0)])
            self._known[start] = [one if one >= NEVER else -(-one // 1000) for one in ms.tolist()]
        return self._known[start][end]


def _streets(
    network: Network, claim: Claim, spots: Sequence[tuple[int, float]], size: tuple[float | None, ...] | None
) -> Streets:
    """The streets as trucks of a size drive them: on the stretches both ways."""
    count = len(spots)
    spotted = replace(
        network,
        address_way=np.array([way for way, _ in spots], np.int32),
        address_offset_m=np.array([at_m for _, at_m in spots], np.float64),
        address_side=np.zeros(count, np.int8),
        address_lon=np.zeros(count),
        address_lat=np.zeros(count),
        address_label=np.full(count, NO_NAME, np.int32),
    )
    speed = network.arc_speed_kmh.copy()
    bit = VEHICLE_CLASSES.index(_CLASS)
    arcs = sorted({2 * way + side for one in claim.stretches for way in one.ways for side in (0, 1)})
    for arc in arcs:
        if speed[bit, arc] <= 0:
            speed[bit, arc] = _WORK_KMH
    signed = Streets(replace(spotted, arc_speed_kmh=speed), _CLASS, size)
    signed.permitted[arcs] = True
    return signed
