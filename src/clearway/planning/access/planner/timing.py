"""How soon emergency vehicles reach every address of one network, under any closures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from clearway.cache import Cache
from clearway.errors import BadGeometry
from clearway.network.classes import VEHICLE_CLASSES, class_mask
from clearway.network.closures import gate_ms, shut_arcs
from clearway.network.model import NEVER_MS
from clearway.network.search.graph import routing_graph
from clearway.network.search.origins import origins, origins_at
from clearway.network.search.search import shortest_tree
from clearway.network.search.targets import address_targets, arrivals
from clearway.planning.access.planner.stations import FARTHEST_SNAP_M
from clearway.planning.access.planner.vehicles import NO_SIZE, fits_as_it_is
from clearway.words import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from clearway.network.closures import Closure
    from clearway.network.model import Ints, Network
    from clearway.network.search.graph import RoutingGraph
    from clearway.network.search.origins import Origins
    from clearway.network.search.search import Tree
    from clearway.network.search.targets import Arrivals, Targets
    from clearway.planning.access.planner.stations import Station
    from clearway.planning.access.planner.vehicles import Size

NO_STATION = -1
"""The station of an address that none reaches."""
_CACHED_SIZES = 4
"""Graphs of vehicles larger or smaller than their class's that are cached: fire, ambulance, police, and one where all fits."""
_CACHED_TIMINGS = 8
"""Sets of stations whose times without closures are cached: a megabyte each for a city, and few change in an evening."""


@dataclass(frozen=True, eq=False)
class Timing:
    """How help reaches every address under some closures. D addresses.

    Attributes:
        stations: Where vehicles start.
        far: Stations left out because they lie too far from any street, with the metres.
        closures: What is shut to the class at the moment asked about, and nothing else.
        gates: What the class may pass then, once it has been opened.
        tree: The shortest way to every node.
        targets: The approaches to every address under the closures.
        arrivals: How each address is reached soonest.
    """

    stations: tuple[Station, ...]
    far: tuple[tuple[Station, float], ...]
    closures: tuple[Closure, ...]
    gates: tuple[Closure, ...]
    tree: Tree
    targets: Targets
    arrivals: Arrivals

    @property
    def graph(self) -> RoutingGraph:
        """The class's graph."""
        return self.tree.graph

    @property
    def ms(self) -> Ints:
        """(D,) whole milliseconds, ``NEVER_MS`` where an address is not reached."""
        return self.arrivals.ms

    @cached_property
    def station(self) -> Ints:
        """(D,) the station from which an address is reached soonest, ``NO_STATION`` where it is not reached."""
        node = np.append(self.targets.node, 0)[self.arrivals.approach]
        by_street = np.where(self.arrivals.approach >= 0, self.tree.origin[node] if len(self.tree.origin) else -1, NO_STATION)
        direct = self.arrivals.direct_origin
        return np.where(direct >= 0, direct, by_street).astype(np.int32)


class AccessTimer:
    """Times addresses on one network. Graphs, and times without closures, are cached. Safe for several threads."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self._graphs: Cache[RoutingGraph] = Cache(len(VEHICLE_CLASSES) + _CACHED_SIZES)
        self._before: Cache[Timing] = Cache(_CACHED_TIMINGS)
        self.memo: Cache[Any] = Cache(_CACHED_TIMINGS)
        """What others work out from a timing or a graph of this timer; a key must hold all that it depends on."""

    def graph(self, vehicle_class: str, size: Size | None = None) -> RoutingGraph:
        """The graph of a class, as a vehicle of some size finds it; cached.

        Args:
            vehicle_class: One of ``VEHICLE_CLASSES``.
            size: The vehicle's; None: as the network has its class.

        Raises:
            UnknownName: no such class.
        """
        fit = fits_as_it_is(self.network, vehicle_class, size)
        key = (vehicle_class, None if fit is self.network else size)
        return self._graphs.of(key, lambda: routing_graph(fit, vehicle_class))

    def before(self, stations: tuple[Station, ...], vehicle_class: str, *, size: Size | None = None) -> Timing:
        """Access with no closure; cached.

        Args:
            stations: Where vehicles start.
            vehicle_class: One of ``VEHICLE_CLASSES``.
            size: The vehicle's; None: as the network has its class.

        Raises:
            BadInput: the class may drive nowhere.
            BadGeometry: every station lies farther than ``FARTHEST_SNAP_M`` from any street that the class may drive.
            UnknownName: no such class.
        """
        graph = self.graph(vehicle_class, size)
        return self._before.of((graph, stations), lambda: _without_closures(stations, graph))

    def after(
        self,
        stations: tuple[Station, ...],
        vehicle_class: str,
        closures: Iterable[Closure],
        moment: datetime | None = None,
        *,
        size: Size | None = None,
    ) -> Timing:
        """Access under closures; the same as before where none concerns the class.

        Args:
            stations: Where vehicles start.
            vehicle_class: One of ``VEHICLE_CLASSES``.
            closures: Those for other classes and other moments are passed over.
            moment: When; None counts every closure.
            size: The vehicle's; None: as the network has its class.

        Raises:
            BadInput, BadGeometry, UnknownName: as :meth:`before`.
        """
        before = self.before(stations, vehicle_class, size=size)
        every = list(closures)
        shut = tuple(closure for closure in every if closure.holds(vehicle_class, moment))
        gates = tuple(closure for closure in every if closure.delays(vehicle_class, moment))
        if not shut and not gates:
            return before
        return _moved(before, before.graph, shut, gates)

    def ringed(
        self,
        stations: tuple[Station, ...],
        vehicle_class: str,
        closures: Iterable[Closure],
        moment: datetime | None = None,
        *,
        size: Size | None = None,
    ) -> Timing | None:
        """Access if no barrier that lets the class pass were opened; None where there is no such barrier.

        Raises:
            BadInput, BadGeometry, UnknownName: as :meth:`before`.
        """
        every, mask = list(closures), class_mask([vehicle_class])
        passed = [closure for closure in every if closure.at_m is not None and not closure.shuts & mask]
        barriers = tuple(
            blocked for closure in passed if (blocked := replace(closure, shuts=mask)).holds(vehicle_class, moment)
        )
        if not barriers:
            return None
        before = self.before(stations, vehicle_class, size=size)
        shut = tuple(closure for closure in every if closure.holds(vehicle_class, moment))
        return _moved(before, before.graph, (*shut, *barriers), ())

    def moved(self, timing: Timing, shut: tuple[Closure, ...]) -> Timing:
        """The same stations on the same graph and through the same gates, under other closures.

        Args:
            timing: Of this timer.
            shut: Closures of the class, all of which hold.
        """
        return _moved(timing, timing.graph, shut, timing.gates)

    def anything_fits(self, timing: Timing, also_shut: Sequence[Closure] = ()) -> Timing:
        """The same if every limit of size let its vehicles pass, from the same spots on the streets.

        Args:
            timing: Of this timer.
            also_shut: Closures of the class that hold besides its own.
        """
        graph = self.graph(timing.graph.vehicle_class, NO_SIZE)
        return _moved(timing, graph, (*timing.closures, *also_shut), timing.gates)


def _without_closures(stations: tuple[Station, ...], graph: RoutingGraph) -> Timing:
    starts = origins(graph, [(station.lon, station.lat) for station in stations])
    away = dict(zip(stations, starts.distance_m.tolist(), strict=True))
    near = tuple(station for station in stations if away[station] <= FARTHEST_SNAP_M)
    far = tuple((station, metres) for station, metres in away.items() if metres > FARTHEST_SNAP_M)
    if stations and not near:
        raise BadGeometry(far_sentence(graph.vehicle_class, far))
    points, waits = [(one.lon, one.lat) for one in near], [round((one.turnout_s or 0) * 1000) for one in near]
    return _timed(near, far, origins(graph, points, start_ms=waits), (), ())


def _moved(timing: Timing, graph: RoutingGraph, shut: tuple[Closure, ...], gates: tuple[Closure, ...]) -> Timing:
    """From the same spots on the streets, under other closures, or on another graph of the same streets."""
    starts = timing.tree.origins
    spots = list(zip(starts.way.tolist(), starts.offset_m.tolist(), starts.distance_m.tolist(), strict=True))
    moved = origins_at(graph, spots, start_ms=starts.start_ms.tolist(), closures=(*shut, *gates))
    return _timed(timing.stations, timing.far, moved, shut, gates)


def _timed(
    stations: tuple[Station, ...],
    far: tuple[tuple[Station, float], ...],
    starts: Origins,
    closures: tuple[Closure, ...],
    gates: tuple[Closure, ...],
) -> Timing:
    graph = starts.graph
    shut = shut_arcs(graph.network, closures, graph.vehicle_class) if closures else None
    lost_ms = gate_ms(graph.network, gates, graph.vehicle_class) if gates else None
    tree = shortest_tree(graph, starts, shut, lost_ms)
    targets = address_targets(graph, (*closures, *gates))
    return Timing(stations, far, closures, gates, tree, targets, arrivals(tree, targets))


def slowest_s(timings: Sequence[Timing]) -> Ints:
    """(D,) whole seconds until the last of several services comes, rounded up; -1 where one does not come."""
    ms = np.maximum.reduce([timing.ms for timing in timings]).astype(np.int64)
    return np.where(ms == NEVER_MS, -1, -(-ms // 1000)).astype(np.int32)


def far_sentence(vehicle_class: str, far: tuple[tuple[Station, float], ...], what: str = "station") -> str:
    """That stations, or other places, lie too far from any street to be used, and what to do."""
    named = listed([f"{station.name} ({metres:.0f} m)" for station, metres in far])
    return (
        f"Too far from any street that the class {vehicle_class!r} may drive: {named}. "
        f"Put each {what} within {FARTHEST_SNAP_M:.0f} m of its street, or leave it out."
    )
