"""How soon somebody gets to addresses past barriers, whatever these are chosen to be."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from clearway.cache import Cache
from clearway.network.classes import class_mask
from clearway.network.closures import Closure, gate_ms, shut_arcs
from clearway.network.search.origins import origins_at
from clearway.network.search.search import shortest_tree
from clearway.network.search.targets import address_targets, target_ms
from clearway.planning.access.planner.vehicles import size_of
from clearway.record.classes import HELP

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.model import Bools, Ints
    from clearway.network.search.graph import RoutingGraph
    from clearway.planning.access.planner.services import Staffed
    from clearway.planning.access.planner.timing import AccessTimer
Delays = tuple[float | None, ...]
"""For each barrier the seconds until somebody is through; None: never."""
Cuts = tuple[tuple[int, float], ...]
"""Where a barrier stands: ways, and metres from their tails."""

_CACHED = 256
"""As many choices as one search looks at, and looks at again; 40 kB each for a district."""


class Drive:
    """Drives from some spots to addresses.

    Args:
        name: Who drives, from where.
        who: The class that rules speak of.
        graph: The streets as that class finds them.
        spots: Where they start: way, metres from its tail, metres between it and what was meant.
        start_ms: Milliseconds before each leaves.
        cuts: Where each barrier stands.
    """

    def __init__(
        self,
        name: str,
        who: str,
        graph: RoutingGraph,
        spots: Sequence[tuple[int, float, float]],
        start_ms: Sequence[int],
        cuts: Sequence[Cuts],
    ) -> None:
        self.name, self.who, self._graph = name, who, graph
        self._spots, self._start_ms, self._cuts = spots, start_ms, cuts
        self._known: Cache[Ints] = Cache(_CACHED)
        self.addresses = np.arange(graph.network.address_count)
        """(D,) the network's indexes of the addresses that are timed."""

    def only(self, addresses: Bools) -> Drive:
        """The same to some of its addresses alone."""
        network = self._graph.network
        rows = ("address_way", "address_offset_m", "address_side", "address_lon", "address_lat", "address_label")
        fewer = replace(network, **{name: getattr(network, name)[addresses] for name in rows})
        drive = Drive(self.name, self.who, replace(self._graph, network=fewer), self._spots, self._start_ms, self._cuts)
        drive.addresses = self.addresses[addresses]
        return drive

    def ms(self, delays: Delays) -> Ints:
        """(D,) whole milliseconds to each address, ``NEVER_MS`` where it is not reached.

        Args:
            delays: At each barrier.
        """
        return self._known.of(delays, lambda: self._timed(delays))

    def _timed(self, delays: Delays) -> Ints:
        graph, mask = self._graph, class_mask([self._graph.vehicle_class])
        closures = [
            Closure(way=way, shuts=mask if delay is None else 0, at_m=at_m, delay_s=delay or 0.0)
            for cuts, delay in zip(self._cuts, delays, strict=True)
            for way, at_m in cuts
        ]
        starts = origins_at(graph, self._spots, start_ms=self._start_ms, closures=closures)
        shut = shut_arcs(graph.network, closures, graph.vehicle_class)
        lost_ms = gate_ms(graph.network, closures, graph.vehicle_class)
        return target_ms(shortest_tree(graph, starts, shut, lost_ms), address_targets(graph, closures))


def help_drive(timer: AccessTimer, one: Staffed, cuts: Sequence[Cuts]) -> Drive:
    """The drives of a service from its stations to every address.

    Raises:
        BadInput, BadGeometry, UnknownName: as :meth:`AccessTimer.before`.
    """
    service = one.service
    size = size_of(timer.network, service.vehicle_class, service.vehicle)
    before = timer.before(one.stations, service.vehicle_class, size=size)
    starts = before.tree.origins
    spots = list(zip(starts.way.tolist(), starts.offset_m.tolist(), starts.distance_m.tolist(), strict=True))
    return Drive(service.name, HELP, before.graph, spots, starts.start_ms.tolist(), cuts)
