"""Access for the page: seconds to every address before and after, and the streets round the site blocked in turn.

Graphs, and the search without closures, are kept between questions; a new question costs one search and one sweep. What is
listed lies within ``AREA_M`` of the site and of the closures; in a very large network only that is swept.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from clearway.network.closures import shut_arcs
from clearway.network.geometry import flat_scale
from clearway.network.graph import routing_graph
from clearway.network.model import NEVER_MS
from clearway.network.origins import origins
from clearway.network.search import shortest_tree
from clearway.network.sweep import block_each_way
from clearway.network.targets import address_targets, arrivals
from clearway.server.models import Access, AccessSide, BlockedStreet, SingleStreet, Within, WorstAddress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.closures import Closure
    from clearway.network.graph import RoutingGraph
    from clearway.network.model import Ints, Network
    from clearway.network.search import Tree
    from clearway.network.sweep import Sweep
    from clearway.network.targets import Arrivals, Targets
    from clearway.planning.access.stations import Station
    from clearway.server.streets import StreetDesk

AREA_M = 600.0
MOST_WAYS = 1500
MOST_SWEPT = 40_000
"""Every way of the network is blocked in turn where it has no more; else those near the site alone."""
_SHOWN = 10
_KEPT = 8


@dataclass(frozen=True, eq=False)
class Timing:
    """How help reaches every address under some closures."""

    tree: Tree
    targets: Targets
    arrivals: Arrivals

    @property
    def seconds(self) -> Ints:
        """(D,) whole seconds, rounded up; -1 where an address is not reached."""
        ms = self.arrivals.ms.astype(np.int64)
        return np.where(ms == NEVER_MS, -1, -(-ms // 1000)).astype(np.int32)

    def station(self, address: int) -> int:
        """The station from which an address is reached soonest, -1: none."""
        direct, approach = int(self.arrivals.direct_origin[address]), int(self.arrivals.approach[address])
        if direct >= 0 or approach < 0:
            return direct
        return int(self.tree.origin[self.targets.node[approach]])


class AccessView:
    """Answers about access on one network. Safe for several threads."""

    def __init__(self, network: Network, streets: StreetDesk) -> None:
        self._network = network
        self._streets = streets
        self._graphs: dict[str, RoutingGraph] = {}
        self._before: OrderedDict[tuple[str, tuple[Station, ...]], Timing] = OrderedDict()
        self._lock = Lock()

    def before(self, stations: tuple[Station, ...], vehicle_class: str) -> Timing:
        """Access with no closure; kept.

        Raises:
            BadInput: the class may drive nowhere.
        """
        with self._lock:
            key = (vehicle_class, stations)
            if key not in self._before:
                self._before[key] = self._timed(self._graph(vehicle_class), stations, ())
            self._before.move_to_end(key)
            while len(self._before) > _KEPT:
                self._before.popitem(last=False)
            return self._before[key]

    def after(self, stations: tuple[Station, ...], vehicle_class: str, closures: Sequence[Closure]) -> Timing:
        """Access under closures; the same as before where none concerns the class."""
        concerned = [closure for closure in closures if closure.holds(vehicle_class)]
        before = self.before(stations, vehicle_class)
        return self._timed(before.tree.graph, stations, concerned) if concerned else before

    def report(
        self, before: Timing, after: Timing, stations: Sequence[Station], *, near: Sequence[int], within_s: float
    ) -> Access:
        """Both timings in figures, and streets blocked in turn under the closures of ``after``; those near some ways listed."""
        area = self._area(near)
        whole = self._network.way_count <= MOST_SWEPT
        sweep = block_each_way(after.tree.graph, after.tree, after.targets, None if whole else area)
        rows = area if whole else np.arange(len(area), dtype=np.int32)
        was, now = before.seconds, after.seconds
        return Access(
            addresses=len(now),
            before=_side(was),
            after=_side(now),
            within=Within(seconds=within_s, before=_in_time(was, within_s), after=_in_time(now, within_s)),
            worst=self._worst(was, now, after, stations, area),
            two_approaches=int(sweep.two_approaches.sum()) if whole else None,
            single_street=self._single(sweep, rows),
            n_minus_1=self._blocked(sweep, rows),
        )

    def _graph(self, vehicle_class: str) -> RoutingGraph:
        if vehicle_class not in self._graphs:
            self._graphs[vehicle_class] = routing_graph(self._network, vehicle_class)
        return self._graphs[vehicle_class]

    def _timed(self, graph: RoutingGraph, stations: Sequence[Station], closures: Sequence[Closure]) -> Timing:
        points = [(station.lon, station.lat) for station in stations]
        shut = shut_arcs(self._network, closures, graph.vehicle_class) if closures else None
        tree = shortest_tree(graph, origins(graph, points, closures=closures), shut)
        targets = address_targets(graph, closures)
        return Timing(tree, targets, arrivals(tree, targets))

    def _area(self, near: Sequence[int]) -> Ints:
        """Ways that begin or end within ``AREA_M`` of the box round some ways, the nearest ``MOST_WAYS`` at most."""
        network = self._network
        if not near:
            return np.empty(0, np.int32)
        ends = np.concatenate((network.way_tail[list(near)], network.way_head[list(near)]))
        lon, lat = network.junction_lon, network.junction_lat
        per_lon, per_lat = flat_scale(float(lat[ends].mean()))
        away = [
            np.maximum(np.maximum(part[ends].min() - part, part - part[ends].max()), 0) * scale
            for part, scale in ((lon, per_lon), (lat, per_lat))
        ]
        metres = np.hypot(*away)
        of_way = np.minimum(metres[network.way_tail], metres[network.way_head])
        nearest = np.argsort(of_way, kind="stable")[:MOST_WAYS]
        return np.sort(nearest[of_way[nearest] <= AREA_M]).astype(np.int32)

    def _worst(self, was: Ints, now: Ints, after: Timing, stations: Sequence[Station], area: Ints) -> list[WorstAddress]:
        """First who is no longer reached, anywhere; then who waits longest in the area. One address for each street."""
        waits = np.where(np.isin(self._network.address_way, area), now, -1)
        waits[(now < 0) & (was >= 0)] = np.iinfo(np.int32).max
        order = np.argsort(-waits, kind="stable")[: int((waits >= 0).sum())]
        _, first = np.unique(self._network.way_name[self._network.address_way[order]], return_index=True)
        chosen = order[np.sort(first)[:_SHOWN]].tolist()
        return [
            WorstAddress(
                address=address,
                label=self._streets.names.address(address),
                lon=float(self._network.address_lon[address]),
                lat=float(self._network.address_lat[address]),
                station=stations[station].name if (station := after.station(address)) >= 0 else None,
                seconds_before=_seconds(int(was[address])),
                seconds_after=_seconds(int(now[address])),
            )
            for address in chosen
        ]

    def _single(self, sweep: Sweep, area: Ints) -> list[SingleStreet]:
        rows = [int(row) for row in area[np.argsort(-sweep.cut_off[area], kind="stable")][:_SHOWN] if sweep.cut_off[row]]
        return [SingleStreet.model_validate(self._called(sweep, row) | {"addresses": int(sweep.cut_off[row])}) for row in rows]

    def _blocked(self, sweep: Sweep, area: Ints) -> list[BlockedStreet]:
        rows = [int(row) for row in area[np.argsort(-sweep.most_added_ms[area], kind="stable")][:_SHOWN] if sweep.delayed[row]]
        return [
            BlockedStreet.model_validate(
                self._called(sweep, row)
                | {
                    "added_seconds": float(sweep.most_added_ms[row]) / 1000,
                    "addresses": int(sweep.delayed[row]),
                    "cut_off": int(sweep.cut_off[row]),
                }
            )
            for row in rows
        ]

    def _called(self, sweep: Sweep, row: int) -> dict[str, object]:
        way = int(sweep.ways[row])
        return {"street": self._streets.names.between(way), "ways": [int(self._network.way_source[way])], "way_indexes": [way]}


def _side(seconds: Ints) -> AccessSide:
    reached = seconds[seconds >= 0]
    p50, p90, most = (float(np.percentile(reached, share)) for share in (50, 90, 100)) if len(reached) else (None, None, None)
    return AccessSide(reached=len(reached), unreached_count=len(seconds) - len(reached), p50=p50, p90=p90, max=most)


def _in_time(seconds: Ints, within_s: float) -> int:
    return int(((seconds >= 0) & (seconds <= within_s)).sum())


def _seconds(value: int) -> float | None:
    return None if value < 0 else float(value)
