"""Drives to a corner, and from it to a hospital, that no single blocked street stops.

A street is blocked by one vehicle across it. Drives of which no stretch of street is on all prove that whichever stretch is
blocked one of them stays open; where there are none, some stretch is on every drive, and blocking it cuts the corner off. The
stretches of the quickest drive are blocked all at once, then, where nothing is left, one after another (a search each).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np

from clearway.network.classes import class_mask
from clearway.network.closures import Closure, shut_arcs
from clearway.network.model import NEVER_MS
from clearway.network.search.origins import Origins, origins_at
from clearway.network.search.search import shortest_tree
from clearway.network.search.targets import spot_targets

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clearway.network.search.graph import RoutingGraph
    from clearway.network.search.search import Tree


_TOUCH_M = 1e-6
"""Stretches that only meet at a point share none."""
_ONE_ARC: int = -1
"""The arc of a start at a corner: it stands on none."""


class Drive(NamedTuple):
    """Arcs driven one after another; at a station or hospital only a part of the first or last one.

    Attributes:
        place: Which station or hospital.
        arcs: In order.
        ms: Whole milliseconds, a station's turnout included.
        stretches: By way, the metres from its tail between which it is driven.
    """

    place: int
    arcs: tuple[int, ...]
    ms: int
    stretches: Mapping[int, tuple[float, float]]


class Approaches(NamedTuple):
    """Drives of which no stretch is on all; or, where a stretch is, the drives found before that.

    Attributes:
        drives: The quickest first; none where there is none at all.
        single: The way that all drives need; None where there is none such.
    """

    drives: tuple[Drive, ...]
    single: int | None

    @property
    def safe(self) -> bool:
        """Whether one stays open whichever street is blocked."""
        return len(self.drives) > 1 and self.single is None


class _Search(Protocol):
    def __call__(self, also: Sequence[Closure]) -> Drive | None: ...


@dataclass(frozen=True, eq=False)
class Vehicles:
    """Ambulances on the streets of one graph under closures.

    Attributes:
        graph: Of their class and size.
        closures: What is shut to them, whole streets or points.
        stations: Way, metres from its tail, and milliseconds before they leave, of each.
        hospitals: Way and metres from its tail, of each.
    """

    graph: RoutingGraph
    closures: tuple[Closure, ...]
    stations: tuple[tuple[int, float, int], ...]
    hospitals: tuple[tuple[int, float], ...]

    def from_stations(self, also: Sequence[Closure] = ()) -> Tree:
        """The quickest drive from a station to every junction."""
        closures = (*self.closures, *also)
        spots = [(way, at_m, 0.0) for way, at_m, _ in self.stations]
        starts = origins_at(self.graph, spots, start_ms=[ms for _, _, ms in self.stations], closures=closures)
        return shortest_tree(self.graph, starts, self._shut(closures))

    def into(self, junction: int, tree: Tree | None = None) -> Approaches:
        """Drives from stations to a junction.

        Args:
            junction: Where to.
            tree: The quickest drives, where they have been searched already.
        """

        def search(also: Sequence[Closure]) -> Drive | None:
            found = self.from_stations(also) if also or tree is None else tree
            first, nodes = self.graph.junction_copies
            node = min(nodes[first[junction] : first[junction + 1]].tolist(), key=lambda one: int(found.ms[one]))
            if found.ms[node] >= NEVER_MS:
                return None
            arcs = tuple(found.path(node))
            station = int(found.origin[node])
            way, at_m, _ = self.stations[station]
            end = self._length(way) if arcs[0] % 2 == 0 else 0.0
            own = {way: _sorted(at_m, end)} if arcs[0] >> 1 == way else {}
            return Drive(station, arcs, int(found.ms[node]), self._stretches(arcs[1:], own))

        return self._apart(search)

    def out_of(self, junction: int) -> Approaches:
        """Drives from a junction to hospitals."""
        ways = np.array([way for way, _ in self.hospitals], np.int32)
        offsets = np.array([at_m for _, at_m in self.hospitals], np.float64)

        def search(also: Sequence[Closure]) -> Drive | None:
            closures = (*self.closures, *also)
            tree = shortest_tree(self.graph, at_junction(self.graph, junction), self._shut(closures))
            targets = spot_targets(self.graph, ways, offsets, closures)
            best: tuple[int, int] | None = None
            for index in range(len(targets.node)):
                ms = int(tree.ms[targets.node[index]])
                if ms < NEVER_MS and (best is None or ms + int(targets.extra_ms[index]) < best[0]):
                    best = ms + int(targets.extra_ms[index]), index
            if best is None:
                return None
            ms, index = best
            hospital = int(np.searchsorted(targets.start, index, "right")) - 1
            last = int(targets.arc[index])
            arcs = (*tree.path(int(targets.node[index]))[1:], last)
            way, at_m = self.hospitals[hospital]
            own = {way: _sorted(0.0 if last % 2 == 0 else self._length(way), at_m)}
            return Drive(hospital, arcs, ms, self._stretches(arcs[:-1], own))

        return self._apart(search)

    def _apart(self, search: _Search) -> Approaches:
        first = search(())
        if first is None:
            return Approaches((), None)
        drives, shared = [first], dict(first.stretches)
        second = search([self._block(way, span) for way, span in shared.items()])
        if second is not None:
            drives.append(second)
            shared = common(shared, second.stretches)
        while shared:
            way, span = next(iter(shared.items()))
            other = search([self._block(way, span)])
            if other is None:
                return Approaches(tuple(drives), way)
            drives.append(other)
            shared = common(shared, other.stretches)
        return Approaches(tuple(drives), None)

    def _block(self, way: int, span: tuple[float, float]) -> Closure:
        return Closure(way, class_mask([self.graph.vehicle_class]), at_m=sum(span) / 2, label="a vehicle across the street")

    def _shut(self, closures: Sequence[Closure]) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
        return shut_arcs(self.graph.network, closures, self.graph.vehicle_class)

    def _length(self, way: int) -> float:
        return float(self.graph.network.way_length_m[way])

    def _stretches(self, whole: Sequence[int], part: Mapping[int, tuple[float, float]]) -> dict[int, tuple[float, float]]:
        return {way: span for way, span in part.items() if span[1] - span[0] > _TOUCH_M} | {
            arc >> 1: (0.0, self._length(arc >> 1)) for arc in whole
        }


def common(
    some: Mapping[int, tuple[float, float]], others: Mapping[int, tuple[float, float]]
) -> dict[int, tuple[float, float]]:
    """The stretches that are on both of two drives.

    >>> common({1: (0.0, 50.0), 2: (0.0, 9.0)}, {1: (30.0, 80.0), 3: (0.0, 5.0)})
    {1: (30.0, 50.0)}
    """
    both = {way: (max(span[0], others[way][0]), min(span[1], others[way][1])) for way, span in some.items() if way in others}
    return {way: span for way, span in both.items() if span[1] - span[0] > _TOUCH_M}


def at_junction(graph: RoutingGraph, junction: int) -> Origins:
    """Somebody who sets out from a junction, where nothing driven before matters."""
    none, zero = np.zeros(1), np.zeros(1, np.int32)
    return Origins(graph, zero, none, none, zero, zero, zero + graph.junction_node[junction], zero, zero + _ONE_ARC)


def _sorted(one: float, other: float) -> tuple[float, float]:
    return (min(one, other), max(one, other))
