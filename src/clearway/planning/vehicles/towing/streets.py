"""How trucks drive between storage places and stretches that vehicles fill.

A truck comes to an end of a way of the stretch and fetches vehicles from there; on the ways of the stretches it may drive both
ways, as nobody else drives them. Through a full stretch nobody drives until a lane of it is free: a stretch behind such ones
is fetched from after them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from clearway.network.classes import MOTOR_CLASSES, class_index, class_mask
from clearway.network.closures import Closure, gate_ms, shut_arcs
from clearway.network.model import NEVER_MS, NO_NAME
from clearway.network.search.graph import routing_graph
from clearway.network.search.origins import origins, origins_at
from clearway.network.search.search import shortest_tree
from clearway.network.search.targets import address_targets, arrivals
from clearway.planning.access.planner.vehicles import NO_SIZE, fits_as_it_is

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from clearway.network.classes import VehicleClassName
    from clearway.network.model import Network
    from clearway.network.search.graph import RoutingGraph
    from clearway.network.search.search import Tree
    from clearway.network.search.targets import Arrivals
    from clearway.planning.access.planner.vehicles import Size

VEHICLE_CLASS: VehicleClassName = "service"
"""By whose rules tow trucks drive."""
AT_END_M = 0.5
"""Metres from the end of a way at which a truck stops in front of a stretch."""
WORK_KMH = 20.0
"""km/h on a stretch where the network has no speed in that direction."""


@dataclass(frozen=True)
class Reached:
    """Where trucks come to a stretch.

    Attributes:
        way: Way index.
        at_m: Metres from its tail.
        after: Stretches on the way there that must be passable first.
        in_s: Seconds from each storage place; None where no way leads.
        out_s: Seconds to each.
        least_s: Seconds of the quickest drive to any end of it and back, if no vehicle stood in the way anywhere.
    """

    way: int
    at_m: float
    after: tuple[int, ...]
    in_s: tuple[int | None, ...]
    out_s: tuple[int | None, ...]
    least_s: int = 0

    @property
    def round_s(self) -> int:
        """Seconds of the quickest way in and the quickest out; only of what has both."""
        return least(self.in_s) + least(self.out_s)


def least(seconds: Iterable[int | None]) -> int:
    """The least of some seconds, of which one at least is known."""
    return min(one for one in seconds if one is not None)


class Spot(NamedTuple):
    """A spot on a street: way index, and metres from its tail."""

    way: int
    at_m: float


def stored(network: Network, points: Sequence[tuple[float, float]], name: str = VEHICLE_CLASS) -> list[tuple[Spot, float]]:
    """Where places lie on the streets that any vehicle of a class may drive, and metres between the two.

    Args:
        network: The network.
        points: Longitude and latitude of each.
        name: The class.
    """
    found = origins(routing_graph(fits_as_it_is(network, name, NO_SIZE), name), points)
    spots = zip(found.way.tolist(), found.offset_m.tolist(), found.distance_m.tolist(), strict=True)
    return [(Spot(way, at_m), metres) for way, at_m, metres in spots]


class TowStreets:
    """The streets as trucks of one size find them.

    Args:
        network: The network.
        storage: Where each storage place lies; see :func:`stored`.
        stretches: The ways of each stretch.
        full: Stretches that nobody drives through.
        size: Of the trucks; None: as the class has it.
        closures: Barriers and gates.
    """

    def __init__(
        self,
        network: Network,
        storage: Sequence[Spot],
        stretches: Sequence[Sequence[int]],
        full: frozenset[int],
        size: Size | None,
        closures: Sequence[Closure],
    ) -> None:
        self._stretches, self._full = stretches, full
        own = {way for ways in stretches for way in ways}
        self._closures = [one for one in closures if one.at_m is not None or one.way not in own]
        worked = worked_on(fits_as_it_is(network, VEHICLE_CLASS, size), own)
        self._spots: list[Spot] = list(storage)
        self._of: list[list[int]] = []
        for ways in stretches:
            mine = [Spot(way, at_m) for way in ways for at_m in _ends(float(network.way_length_m[way]))]
            self._of.append(list(range(len(self._spots), len(self._spots) + len(mine))))
            self._spots += mine
        self._network = replace_spots(worked, self._spots)
        self._graph = routing_graph(self._network, VEHICLE_CLASS)
        self._count = len(storage)

    def reached(self) -> list[Reached | None]:
        """Where trucks come to each stretch; None where they do not."""
        found: list[Reached | None] = [None] * len(self._stretches)
        passable: frozenset[int] = frozenset()
        free = self._least_s()
        while True:
            left = [place for place, one in enumerate(found) if one is None]
            new = dict(self._wave(left, passable)) if left else {}
            for place, one in new.items():
                found[place] = replace(one, least_s=free[place])
            grown = passable | (self._full & new.keys())
            if grown == passable:
                return found
            passable = grown

    def _least_s(self) -> dict[int, int]:
        """By stretch the quickest drive there and back with no vehicle in the way, to whichever end."""
        drives = _Drives(self._network, self._graph, self._spots, self._closures)
        found = {}
        for place, spots in enumerate(self._of):
            there = [
                one for spot in spots for storage in range(self._count) if (one := drives.seconds(storage, spot)) is not None
            ]
            back = [
                one for spot in spots for storage in range(self._count) if (one := drives.seconds(spot, storage)) is not None
            ]
            if there and back:
                found[place] = min(there) + min(back)
        return found

    def _wave(self, left: Sequence[int], passable: frozenset[int]) -> Iterator[tuple[int, Reached]]:
        """The stretches that trucks come to once some are passable."""
        blocked = [
            Closure(way, class_mask([VEHICLE_CLASS]), at_m=float(self._network.way_length_m[way]) / 2)
            for place in sorted(self._full - passable)
            for way in self._stretches[place]
        ]
        drives = _Drives(self._network, self._graph, self._spots, [*self._closures, *blocked])
        storage = range(self._count)
        for place in left:
            choices = []
            for spot in self._of[place]:
                there = tuple(drives.seconds(one, spot) for one in storage)
                if all(one is None for one in there):
                    continue
                back = tuple(drives.seconds(spot, one) for one in storage)
                if all(one is None for one in back):
                    continue
                used = set[int]().union(*(drives.ways(one, spot) | drives.ways(spot, one) for one in storage))
                after = tuple(other for other in sorted(passable) if used.intersection(self._stretches[other]))
                choices.append(Reached(self._spots[spot].way, self._spots[spot].at_m, after, there, back))
            if choices:
                yield place, min(choices, key=lambda one: one.round_s)


class _Drives:
    """Drives between spots under some closures, searched when they are first asked for."""

    def __init__(self, network: Network, graph: RoutingGraph, spots: Sequence[Spot], closures: Sequence[Closure]) -> None:
        self._graph, self._spots, self._closures = graph, spots, closures
        self._shut = shut_arcs(network, closures, VEHICLE_CLASS)
        self._lost_ms = gate_ms(network, closures, VEHICLE_CLASS)
        self._targets = address_targets(graph, closures)
        self._known: dict[int, tuple[Tree, Arrivals]] = {}

    def _from(self, spot: int) -> tuple[Tree, Arrivals]:
        if spot not in self._known:
            one = self._spots[spot]
            starts = origins_at(self._graph, [(one.way, one.at_m, 0.0)], closures=self._closures)
            tree = shortest_tree(self._graph, starts, self._shut, self._lost_ms)
            self._known[spot] = tree, arrivals(tree, self._targets)
        return self._known[spot]

    def seconds(self, start: int, end: int) -> int | None:
        """Whole seconds, rounded up; None where no way leads."""
        ms = int(self._from(start)[1].ms[end])
        return None if ms >= NEVER_MS else -(-ms // 1000)

    def ways(self, start: int, end: int) -> set[int]:
        """The ways that a drive passes."""
        tree, came = self._from(start)
        approach = int(came.approach[end])
        return set() if approach < 0 else {arc >> 1 for arc in tree.path(int(self._targets.node[approach]))}


def let_in(closures: Sequence[Closure], name: str = VEHICLE_CLASS) -> tuple[list[Closure], int]:
    """The closures as vehicles of a class find them that gates let through, and how many of these gates there are.

    A barrier that opens for some motor class is a gate, and whoever staffs it lets them through; one that opens for none stays
    shut.
    """
    trucks, motor = class_mask([name]), class_mask(MOTOR_CLASSES)
    gates = [one.at_m is not None and bool(one.shuts & trucks) and motor & ~one.shuts > 0 for one in closures]
    opened = [replace(one, shuts=one.shuts & ~trucks) if gate else one for one, gate in zip(closures, gates, strict=True)]
    return opened, sum(gates)


def worked_on(network: Network, ways: set[int], name: str = VEHICLE_CLASS) -> Network:
    """The network with some ways driven in both directions, at 20 km/h where it has no speed."""
    permit, speed = network.arc_permit.copy(), network.arc_speed_kmh.copy()
    arcs = np.array(sorted(2 * way + side for way in ways for side in (0, 1)), np.int64)
    if len(arcs):
        permit[arcs] |= class_mask([name])
        index = class_index(name)
        speed[index, arcs] = np.where(speed[index, arcs] > 0, speed[index, arcs], WORK_KMH)
    return replace(network, arc_permit=permit, arc_speed_kmh=speed)


def replace_spots(network: Network, spots: Sequence[Spot]) -> Network:
    """The network with spots in the place of addresses."""
    count = len(spots)
    return replace(
        network,
        address_way=np.array([one.way for one in spots], np.int32),
        address_offset_m=np.array([one.at_m for one in spots], np.float64),
        address_side=np.zeros(count, np.int8),
        address_lon=np.zeros(count),
        address_lat=np.zeros(count),
        address_label=np.full(count, NO_NAME, np.int32),
    )


def _ends(length_m: float) -> tuple[float, float]:
    near = min(AT_END_M, length_m / 4)
    return near, length_m - near
