"""The route that help drives to one address: stretch by stretch from the station, and a second one that shares none of them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from clearway.network.classes import class_mask
from clearway.network.closures import Closure
from clearway.network.geometry import stretch_of
from clearway.network.model import NEVER_MS
from clearway.network.search.search import NO_EDGE
from clearway.network.search.sweep import block_each_way
from clearway.planning.access.planner.contract import Leg, Route

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clearway.network.model import Network
    from clearway.planning.access.planner.timing import AccessTimer, Timing
    from clearway.planning.street_names import StreetNames

_BESIDE_M = 0.01
"""A centimetre: a closure so near to a spot keeps a vehicle from it on one side only."""
_DECIMALS = 7
"""A centimetre."""


class Stretch(NamedTuple):
    """A part of a way, as it is driven."""

    way: int
    from_m: float
    to_m: float
    ms: int


@dataclass(frozen=True)
class Drive:
    """How help drives to an address.

    Attributes:
        origin: The station, an index into the timing's.
        start_ms: Milliseconds before its vehicles leave.
        stretches: What is driven, the station's own way first.
        gates: The gates that are opened on the way, indexes into the timing's.
    """

    origin: int
    start_ms: int
    stretches: tuple[Stretch, ...]
    gates: tuple[int, ...]

    @property
    def ms(self) -> int:
        """Milliseconds from the call to the address."""
        return self.start_ms + sum(stretch.ms for stretch in self.stretches)

    @property
    def metres(self) -> float:
        """Metres driven."""
        return sum(abs(stretch.to_m - stretch.from_m) for stretch in self.stretches)


def drive_to(timing: Timing, address: int) -> Drive | None:
    """How help comes to an address soonest; None where it does not.

    Args:
        timing: How it reaches every address.
        address: An index.
    """
    total = int(timing.ms[address])
    if total == NEVER_MS:
        return None
    network, origins = timing.graph.network, timing.tree.origins
    at_m = float(network.address_offset_m[address])
    direct = int(timing.arrivals.direct_origin[address])
    if direct >= 0:
        start_ms = int(origins.start_ms[direct])
        way, from_m = int(origins.way[direct]), float(origins.offset_m[direct])
        return _drive(timing, direct, (Stretch(way, from_m, at_m, total - start_ms),))
    taken = timing.arrivals.approach[address]
    node, arc = int(timing.targets.node[taken]), int(timing.targets.arc[taken])
    origin = int(timing.tree.origin[node])
    driven = [*_driven(timing, node), (arc, total)]
    before_ms, stretches = int(origins.start_ms[origin]), []
    for number, (step, until_ms) in enumerate(driven):
        way, length_m = step // 2, float(network.way_length_m[step // 2])
        start, end = (length_m, 0.0) if step % 2 else (0.0, length_m)
        if number == 0:
            start = float(origins.offset_m[origin])
        if number == len(driven) - 1:
            end = at_m
        stretches.append(Stretch(way, start, end, until_ms - before_ms))
        before_ms = until_ms
    return _drive(timing, origin, tuple(stretches))


def apart_from(timer: AccessTimer, timing: Timing, drive: Drive) -> Timing:
    """How help comes under the same closures if it may use no street of a drive, up to the station and the address.

    Args:
        timer: The timing's.
        timing: How help reaches every address.
        drive: To one of them.
    """
    shuts = class_mask([timing.graph.vehicle_class])
    ends = [(part.way, *spots) for part in drive.stretches for spots in (part[1:3], part[2:0:-1]) if part.from_m != part.to_m]
    locked = [_beside(way, shuts, spot_m, towards_m) for way, spot_m, towards_m in dict.fromkeys(ends)]
    return timer.moved(timing, (*timing.closures, *locked))


def ways_depended_on(timing: Timing, drive: Drive, address: int) -> list[int]:
    """The ways that alone lead to an address: blocked, each of them cuts it off; in the order in which they are driven.

    Only ways of a drive can be among them.

    Args:
        timing: How help reaches every address.
        drive: To this one.
        address: An index.
    """
    ways = list(dict.fromkeys(stretch.way for stretch in drive.stretches))
    swept = block_each_way(timing.graph, timing.tree, timing.targets, np.array(ways, np.int32))
    start, blocking = swept.single_ways
    cutting = set(blocking[start[address] : start[address + 1]].tolist())
    return [way for way in ways if way in cutting]


def route_of(names: StreetNames, timing: Timing, drive: Drive) -> Route:
    """A drive as people read it: streets in the order in which they are driven, and the line on the map."""
    gates = [timing.gates[gate] for gate in drive.gates]
    return Route(
        station=timing.stations[drive.origin].name,
        turnout_seconds=round(drive.start_ms / 1000, 3),
        seconds=round(drive.ms / 1000, 3),
        metres=round(drive.metres, 1),
        legs=tuple(_legs(names, drive.stretches)),
        gates=tuple(gate.label or names.between(gate.way) for gate in gates),
        gate_seconds=round(sum(gate.delay_s for gate in gates), 3),
        line=_line(names.network, drive.stretches),
    )


def _driven(timing: Timing, node: int) -> list[tuple[int, int]]:
    """The arcs driven to a node, each with the milliseconds at its end, the one that the station stands on first."""
    tree, graph = timing.tree, timing.graph
    driven: list[tuple[int, int]] = []
    while tree.edge[node] != NO_EDGE:
        edge = tree.edge[node]
        driven.append((int(graph.edge_arc[edge]), int(tree.ms[node])))
        node = int(graph.edge_tail[edge])
    seed = int(tree.node_seed[node])
    driven.append((int(tree.origins.seed_arc[seed]), int(tree.ms[node])))
    return driven[::-1]


def _drive(timing: Timing, origin: int, stretches: tuple[Stretch, ...]) -> Drive:
    last = len(stretches) - 1
    gates = [
        index
        for number, stretch in enumerate(stretches)
        for index, gate in enumerate(timing.gates)
        if gate.way == stretch.way and _passes(gate, stretch, from_corner=number > 0, to_corner=number < last)
    ]
    return Drive(origin, int(timing.tree.origins.start_ms[origin]), stretches, tuple(dict.fromkeys(gates)))


def _passes(gate: Closure, stretch: Stretch, *, from_corner: bool, to_corner: bool) -> bool:
    """Whether a stretch leads over a gate, in a direction in which it holds; one at a corner is passed with the corner."""
    against = stretch.to_m < stretch.from_m
    held, onward_m = (gate.against, -_BESIDE_M) if against else (gate.along, _BESIDE_M)
    start = stretch.from_m - onward_m * from_corner
    end = stretch.to_m + onward_m * to_corner
    return held and (gate.at_m is None or min(start, end) < gate.at_m < max(start, end))


def _beside(way: int, shuts: int, spot_m: float, towards_m: float) -> Closure:
    """A closure beside a spot, on the side towards another."""
    apart_m = min(_BESIDE_M, abs(towards_m - spot_m) / 2)
    return Closure(way, shuts, at_m=spot_m + apart_m if towards_m > spot_m else spot_m - apart_m)


def _legs(names: StreetNames, stretches: Sequence[Stretch]) -> Iterator[Leg]:
    """Stretches of the same street as one."""
    for street, parts in groupby(stretches, key=lambda stretch: names.street(stretch.way)):
        several = list(parts)
        yield Leg(
            street=street,
            metres=round(sum(abs(part.to_m - part.from_m) for part in several), 1),
            seconds=round(sum(part.ms for part in several) / 1000, 3),
            ways=tuple(int(names.network.way_source[part.way]) for part in several),
        )


def _line(network: Network, stretches: Sequence[Stretch]) -> list[tuple[float, float]]:
    points = [
        (lon, lat)
        for part in stretches
        for lon, lat in stretch_of(network.geometry(part.way), part.from_m, part.to_m).round(_DECIMALS).tolist()
    ]
    apart = [point for point, _ in groupby(points)]
    return apart if len(apart) > 1 else 2 * apart
