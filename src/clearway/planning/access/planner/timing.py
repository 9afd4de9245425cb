"""How soon emergency vehicles reach every address of one network, under any closures."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from clearway.cache import Cache
from clearway.errors import BadGeometry
from clearway.network.classes import VEHICLE_CLASSES
from clearway.network.closures import shut_arcs
from clearway.network.model import NEVER_MS
from clearway.network.search.graph import routing_graph
from clearway.network.search.origins import origins, origins_at
from clearway.network.search.search import shortest_tree
from clearway.network.search.targets import address_targets, arrivals
from clearway.planning.access.planner.stations import FARTHEST_SNAP_M

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from clearway.network.closures import Closure
    from clearway.network.model import Ints, Network
    from clearway.network.search.graph import RoutingGraph
    from clearway.network.search.origins import Origins
    from clearway.network.search.search import Tree
    from clearway.network.search.targets import Arrivals, Targets
    from clearway.planning.access.planner.stations import Station

NO_STATION = -1
"""The station of an address that none reaches."""
_CACHED_TIMINGS = 8
"""Sets of stations whose times without closures are cached: a megabyte each for a city, and few change in an evening."""


@dataclass(frozen=True, eq=False)
class Timing:
    """How help reaches every address under some closures. D addresses.

    Attributes:
        stations: Where vehicles start.
        closures: The closures in force for the class at the moment asked about, and no others.
        tree: The shortest way to every node.
        targets: The approaches to every address under the closures.
        arrivals: How each address is reached soonest.
    """

    stations: tuple[Station, ...]
    closures: tuple[Closure, ...]
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
    def seconds(self) -> Ints:
        """(D,) whole seconds, rounded up; -1 where an address is not reached."""
        ms = self.ms.astype(np.int64)
        return np.where(ms == NEVER_MS, -1, -(-ms // 1000)).astype(np.int32)

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
        self._graphs: Cache[RoutingGraph] = Cache(len(VEHICLE_CLASSES))
        self._before: Cache[Timing] = Cache(_CACHED_TIMINGS)

    def before(self, stations: tuple[Station, ...], vehicle_class: str) -> Timing:
        """Access with no closure; cached.

        Args:
            stations: Where vehicles start.
            vehicle_class: One of ``VEHICLE_CLASSES``.

        Raises:
            BadInput: the class may drive nowhere.
            BadGeometry: a station lies farther than ``FARTHEST_SNAP_M`` from any street that the class may drive.
            UnknownName: no such class.
        """
        return self._before.of((vehicle_class, stations), lambda: self._without_closures(stations, vehicle_class))

    def after(
        self,
        stations: tuple[Station, ...],
        vehicle_class: str,
        closures: Iterable[Closure],
        moment: datetime | None = None,
    ) -> Timing:
        """Access under closures; the same as before where none concerns the class.

        Args:
            stations: Where vehicles start.
            vehicle_class: One of ``VEHICLE_CLASSES``.
            closures: Those for other classes and other moments are passed over.
            moment: When; None counts every closure.

        Raises:
            BadInput, BadGeometry, UnknownName: as :meth:`before`.
        """
        before = self.before(stations, vehicle_class)
        in_force = tuple(closure for closure in closures if closure.holds(vehicle_class, moment))
        if not in_force:
            return before
        starts = before.tree.origins
        spots = list(zip(starts.way.tolist(), starts.offset_m.tolist(), starts.distance_m.tolist(), strict=True))
        return _timed(stations, origins_at(before.graph, spots, closures=in_force), in_force)

    def _without_closures(self, stations: tuple[Station, ...], vehicle_class: str) -> Timing:
        graph = self._graphs.of(vehicle_class, lambda: routing_graph(self.network, vehicle_class))
        starts = origins(graph, [(station.lon, station.lat) for station in stations])
        _refuse_far(starts, stations)
        return _timed(stations, starts, ())


def _timed(stations: tuple[Station, ...], starts: Origins, closures: tuple[Closure, ...]) -> Timing:
    graph = starts.graph
    shut = shut_arcs(graph.network, closures, graph.vehicle_class) if closures else None
    tree = shortest_tree(graph, starts, shut)
    targets = address_targets(graph, closures)
    return Timing(stations, closures, tree, targets, arrivals(tree, targets))


def _refuse_far(starts: Origins, stations: tuple[Station, ...]) -> None:
    far = [f"{station.name} ({away:.0f} m)" for station, away in zip(stations, starts.distance_m, strict=True)
           if away > FARTHEST_SNAP_M]  # fmt: skip
    if far:
        raise BadGeometry(
            f"Too far from any street that the class {starts.graph.vehicle_class!r} may drive: {', '.join(far[:5])}"
            f"{f' and {len(far) - 5} more' if len(far) > 5 else ''}. Put each station within {FARTHEST_SNAP_M:.0f} m of its "  # noqa: PLR2004 - as many as were named
            "street, or leave it out."
        )
