"""How vehicles drive out of the streets in which they stand, to places to park, and back."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from clearway.network.classes import class_index
from clearway.network.closures import gate_ms, shut_arcs
from clearway.network.model import NEVER_MS
from clearway.network.search.graph import routing_graph
from clearway.network.search.obstacles import stretch_ms
from clearway.network.search.origins import origins_at
from clearway.network.search.search import shortest_tree
from clearway.network.search.targets import address_targets, arrivals, target_ms
from clearway.planning.vehicles.offer.contract import DirectionSign
from clearway.planning.vehicles.offer.leaving import VEHICLE_CLASS, Checkpoint, closures_out, located
from clearway.planning.vehicles.towing.streets import Spot, replace_spots, worked_on

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clearway.network.classes import VehicleClassName
    from clearway.network.closures import Closure
    from clearway.network.model import Network
    from clearway.network.search.graph import RoutingGraph
    from clearway.network.search.search import Tree
    from clearway.network.search.targets import Arrivals, Targets

_STREETS = 12
"""Streets of a drive that a driver still remembers."""


class Met(NamedTuple):
    """A checkpoint on a drive, by its number, and milliseconds driven before it, waits left out."""

    point: int
    ms: int


@dataclass(frozen=True)
class DriveOut:
    """A drive from a stretch to a place.

    Attributes:
        seconds: With the waits for gates to be opened, as if nobody else came.
        arcs: In their order, the first and the last in part.
        met: The checkpoints on it that stop those who pass, or will be shut.
        ms: Milliseconds without any wait.
        metres: Driven.
    """

    seconds: int
    arcs: tuple[int, ...]
    met: tuple[Met, ...] = ()
    ms: int = 0
    metres: float = 0.0


class LeavingStreets:
    """The streets as vehicles find them that leave some stretches for some places.

    Nobody is taken to be boxed in: those in front leave first. What shuts the stretches' own ways are the vehicles themselves.

    Args:
        network: The network.
        stretches: The ways of each stretch.
        places: Where each place is entered.
        points: What lets them out, and in again.
        vehicle_class: On whose streets they drive.
    """

    def __init__(
        self,
        network: Network,
        stretches: Sequence[Sequence[int]],
        places: Sequence[Spot],
        points: Sequence[Checkpoint] = (),
        vehicle_class: VehicleClassName = VEHICLE_CLASS,
    ) -> None:
        own = {way for ways in stretches for way in ways}
        kept = (one for one in points if one.at_m is not None or one.way not in own)
        self.points = tuple(located(kept, network))
        self._order = {label: at for at, label in reversed(list(enumerate(one.label for one in self.points)))}
        self._class = vehicle_class
        self._network = worked_on(network, own, vehicle_class)
        self._starts = [start_of(network, ways) for ways in stretches]
        self._places = list(places)

    def out(self) -> list[list[DriveOut | None]]:
        """The quickest drive from each stretch to each place; None where no way leads."""
        closures = list(closures_out(self.points))
        graph = routing_graph(replace_spots(self._network, self._places), self._class)
        targets = address_targets(graph, closures)
        found = []
        for start in self._starts:
            tree = _tree(graph, start, closures)
            came = arrivals(tree, targets)
            drives = (_arcs(tree, came, targets, start, self._places, place) for place in range(len(self._places)))
            found.append(
                [
                    None if arcs is None else self._driven(arcs, start, self._places[place], int(came.ms[place]))
                    for place, arcs in enumerate(drives)
                ]
            )
        return found

    def back_s(self) -> list[list[int | None]]:
        """Seconds of the quickest drive back, by stretch and place; None where nobody who left gets back."""
        closures = list(closures_out(self.points, back=True))
        graph = routing_graph(replace_spots(self._network, self._starts), self._class)
        targets = address_targets(graph, closures)
        columns = [target_ms(_tree(graph, place, closures), targets).tolist() for place in self._places]
        return [[None if ms[row] >= NEVER_MS else -(-ms[row] // 1000) for ms in columns] for row in range(len(self._starts))]

    def _driven(self, arcs: tuple[int, ...], start: Spot, place: Spot, ms: int) -> DriveOut:
        """A drive with what stands on it; the first arc is driven from the start, the last as far as the place."""
        met: list[Met] = []
        driven, metres_in_all = 0, 0.0
        for number, arc in enumerate(arcs):
            length_m = float(self._network.way_length_m[arc >> 1])
            near, far = (length_m, 0.0) if arc & 1 else (0.0, length_m)
            begin_m = near if number else start.at_m
            end_m = far if number + 1 < len(arcs) else place.at_m
            low, high = sorted((begin_m, end_m))
            here = [
                (abs(one.at_m - begin_m), self._order[one.label], point)
                for point, one in enumerate(self.points)
                if one.way == arc >> 1 and one.at_m is not None and low < one.at_m < high
                if one.stops[arc & 1] or one.until is not None
            ]
            met += [Met(point, driven + self._ms(arc, metres)) for metres, _, point in sorted(here)]
            metres_in_all += high - low
            is_whole = 0 < number < len(arcs) - 1
            driven += max(self._ms(arc, high - low), int(is_whole))
        return DriveOut(-(-ms // 1000), arcs, tuple(met), driven, metres_in_all)

    def _ms(self, arc: int, metres: float) -> int:
        speed = float(self._network.arc_speed_kmh[class_index(self._class), arc])
        return int(stretch_ms(np.array([metres]), np.array([speed]))[0])


def start_of(network: Network, ways: Sequence[int]) -> Spot:
    """The middle of the longest way of a stretch: there its vehicles are taken to begin."""
    way = max(ways, key=lambda one: (float(network.way_length_m[one]), -one))
    return Spot(way, float(network.way_length_m[way]) / 2)


def streets_of(network: Network, arcs: Sequence[int]) -> tuple[str, ...]:
    """The names of the streets of a drive, each once where it follows itself; at most those that a driver remembers."""
    names = [name for arc in arcs if (name := network.street(arc >> 1))]
    kept = [name for at, name in enumerate(names) if not at or name != names[at - 1]]
    return tuple(kept[:_STREETS])


def signs_of(network: Network, arcs: Sequence[int], place: str) -> Iterator[DirectionSign]:
    """A sign at each corner where a drive goes on in another street."""
    for here, after in pairwise(arcs):
        old, new = network.street(here >> 1), network.street(after >> 1)
        if new and old != new:
            junction = int(network.way_tail[here >> 1] if here & 1 else network.way_head[here >> 1])
            lon, lat = float(network.junction_lon[junction]), float(network.junction_lat[junction])
            yield DirectionSign(lon=lon, lat=lat, at=f"{old or 'the street'} at {new}", says=f"Parking {place}: {new}")


def _tree(graph: RoutingGraph, start: Spot, closures: Sequence[Closure]) -> Tree:
    name = graph.vehicle_class
    shut, lost = shut_arcs(graph.network, closures, name), gate_ms(graph.network, closures, name)
    return shortest_tree(graph, origins_at(graph, [(start.way, start.at_m, 0.0)], closures=closures), shut, lost)


def _arcs(
    tree: Tree, came: Arrivals, targets: Targets, start: Spot, places: Sequence[Spot], place: int
) -> tuple[int, ...] | None:
    """The arcs of the drive to a place, with that on which it lies; None where no way leads."""
    if int(came.ms[place]) >= NEVER_MS:
        return None
    approach = int(came.approach[place])
    if approach < 0:
        return (2 * start.way + int(places[place].at_m < start.at_m),)
    return (*tree.path(int(targets.node[approach])), int(targets.arc[approach]))
