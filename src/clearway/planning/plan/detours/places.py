"""How people get to the schools, stations, campuses and hospitals near what is shut."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from clearway.errors import BadInput
from clearway.network.closures import shut_arcs
from clearway.network.geometry import flat_scale, nearest_on_line
from clearway.network.model import MS_PER_KMH_M, NEVER_MS
from clearway.network.search.graph import routing_graph
from clearway.network.search.origins import origins
from clearway.network.search.search import shortest_tree
from clearway.planning.plan.detours.contract import PlaceAccess
from clearway.planning.plan.detours.other_ways import without_steps
from clearway.planning.turn_by_turn import corner

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.closures import Closure
    from clearway.network.model import Bools
    from clearway.network.search.graph import RoutingGraph
    from clearway.planning.access.planner.stations import Station
    from clearway.planning.plan.detours.streets import ThroughStreets
    from clearway.planning.street_names import StreetNames

KINDS = ("school", "university", "railway_station", "bus_interchange", "hospital")
"""Where many people come at once, or who cannot walk far."""
NEAR_M = 300.0
"""A closure so near changes how people come to a place."""
_AT_STREET_M = 100.0
"""A place that lies farther from every street and path: how people walk to it is not known."""


class _Corner(NamedTuple):
    """The nearest corner of a through street, on foot."""

    where: str
    metres: float


class PlaceFinder:
    """Answers for places near what is lost to through traffic.

    Args:
        streets: Of general traffic.
        names: Of the network's streets.
        closures: What is shut, and to whom.
    """

    def __init__(self, streets: ThroughStreets, names: StreetNames, closures: Sequence[Closure]) -> None:
        network = streets.network
        self._streets, self._names, self._closures = streets, names, closures
        self._foot = routing_graph(network, "foot")
        self._step_free = routing_graph(without_steps(network), "foot")
        self._shut: Bools = shut_arcs(network, closures, "foot")
        through = streets.onward.node_arc[streets.after]
        self._is_corner = np.zeros(network.junction_count, np.bool_)
        self._is_corner[network.arc_head[through]] = self._is_corner[network.arc_tail[through]] = True
        self._way_at = {int(network.arc_head[arc]): int(arc) >> 1 for arc in through[::-1].tolist()}

    def near(self, places: Sequence[Station]) -> tuple[PlaceAccess, ...]:
        """Those within ``NEAR_M`` of what is lost, in their own order."""
        network = self._streets.network
        lost = np.unique(self._streets.onward.node_arc[self._streets.lost] >> 1).tolist()
        lines = [network.geometry(way) for way in lost]
        return tuple(
            self._access(place)
            for place in places
            if any(nearest_on_line(line, place.lon, place.lat)[0] <= NEAR_M for line in lines if _within(line, place))
        )

    def _access(self, place: Station) -> PlaceAccess:
        by_car = self._by_car(place)
        on_foot, step_free = self._corner(place, self._foot), self._corner(place, self._step_free)
        return PlaceAccess(
            name=place.name,
            kind=place.kind,
            lon=place.lon,
            lat=place.lat,
            by_car=by_car,
            set_down=on_foot.where if on_foot else "",
            metres=on_foot.metres if on_foot else None,
            step_free_metres=step_free.metres if step_free else None,
            tell=_tell(place.name, on_foot, step_free, by_car=by_car),
        )

    def _by_car(self, place: Station) -> bool:
        """Whether a car gets from the through streets to where the place lies at its street."""
        graph = self._streets.graph
        try:
            (way,), (at_m,) = (column.tolist() for column in _spot(graph, place))
        except BadInput:  # nobody may drive anywhere on this network
            return False
        return self._streets.drives_to(way, at_m)

    def _corner(self, place: Station, graph: RoutingGraph) -> _Corner | None:
        try:
            start = origins(graph, [(place.lon, place.lat)], closures=self._closures)
        except BadInput:  # nobody may walk anywhere on this network
            return None
        if float(start.distance_m[0]) > _AT_STREET_M:
            return None
        tree = shortest_tree(graph, start, self._shut)
        ms = np.where(self._is_corner[graph.node_junction], tree.ms, NEVER_MS)
        node = int(ms.argmin())
        if ms[node] == NEVER_MS:
            return None
        junction = int(graph.node_junction[node])
        kmh = float(graph.arc_speed_kmh.max())
        return _Corner(corner(self._names, junction, self._way_at[junction]), float(ms[node]) * kmh / MS_PER_KMH_M)


def _spot(graph: RoutingGraph, place: Station) -> tuple[np.ndarray, np.ndarray]:
    found = origins(graph, [(place.lon, place.lat)])
    return found.way, found.offset_m


def _within(line: np.ndarray, place: Station) -> bool:
    """Whether a place is in the box round a line, ``NEAR_M`` wider on every side."""
    margin = NEAR_M / np.array(flat_scale(place.lat))
    at = np.array((place.lon, place.lat))
    return bool(((line.min(axis=0) - margin <= at) & (at <= line.max(axis=0) + margin)).all())


def _tell(name: str, on_foot: _Corner | None, step_free: _Corner | None, *, by_car: bool) -> str:
    drive = "can still be driven to" if by_car else "cannot be driven to"
    if on_foot is None:
        return f"{name} {drive}. No way on foot from a through street is known."
    walk = f"{on_foot.where}, {on_foot.metres:,.0f} m on foot"
    if step_free is None:
        steps = "; no way without steps is known"
    elif step_free.metres > on_foot.metres + 1:
        steps = f"; without steps from {step_free.where}, {step_free.metres:,.0f} m"
    else:
        steps = ""
    return f"{name} {drive}. Nearest corner of a through street: {walk}{steps}."
