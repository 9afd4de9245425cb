"""Centroid connectors: the junctions by which a zone's trips come onto the streets and leave them, and what that costs.

An internal zone has a few connectors, spread over its addresses: the addresses are split into as many compact parts, and the
connector of a part leads to the junction nearest to its middle among the ends of the streets that the zone's addresses front. A
connector costs what the way between its junction and the zone's addresses takes on average, so that none is favoured for lying
at the rim. An external zone's connectors lead to its entries and cost nothing.

A connector of an internal zone leads to a junction that every class of vehicle, coming from the main part of the streets
(:mod:`clearway.network.search.components`), gets to and away from; at an entry one of the two is enough.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.spatial import cKDTree

from clearway.network.geometry import flat_scale
from clearway.network.search.components import main_part
from clearway.planning.traffic.demand.splitting import split_evenly

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.model import Bools, Floats, Ints, Longs, Network
    from clearway.network.search.graph import RoutingGraph
    from clearway.planning.traffic.demand.zones import Zones

CONNECTORS_PER_ZONE = 4
"""One towards each side: fewer pour a zone's traffic on one street, more make streets within the zone free."""
ACCESS_KMH = 30.0
"""How fast the stretch between an address and the junction of a connector is driven, assumed."""
DETOUR_RATIO = 1.3
"""How much longer streets are than the straight line, within a zone."""
REACH_M = 1000.0
"""A zone has no connector where no junction of the main part lies this near to its addresses."""
_NEVER_CONNECTED = ("motorway", "motorway_link", "trunk_link")


@dataclass(frozen=True, eq=False)
class Connectors:
    """The connectors of all zones, zone by zone. C connectors.

    Attributes:
        zone: (C,) the zone of each.
        junction: (C,) its junction.
        seconds: (C,) what using it costs, either way.
        out: (C,) whether trips can start there.
        into: (C,) whether trips can end there.
    """

    zone: Ints
    junction: Ints
    seconds: Floats
    out: Bools
    into: Bools


def find_connectors(graphs: Sequence[RoutingGraph], zones: Zones, *, per_zone: int = CONNECTORS_PER_ZONE) -> Connectors:
    """The connectors of every zone; none for a zone that lies away from the streets that all classes may drive.

    Args:
        graphs: The graph of each class of vehicle, of one network.
        zones: The zones.
        per_zone: How many an internal zone has at most.
    """
    network = graphs[0].network
    leaves, entered = main_part(graphs)
    usable = _Candidates(network, leaves & entered & _on_streets(network))
    found = [usable.connectors_of(zones, zone, per_zone) for zone in range(zones.count)]
    rows = [(zone, junction, seconds) for zone, connectors in enumerate(found) for junction, seconds in connectors]
    rows += [
        (zone, junction, 0.0) for zone, junction in zip(zones.entry_zone.tolist(), zones.entry_junction.tolist(), strict=True)
    ]
    rows.sort()
    zone, junction, seconds = np.array(rows, np.float64).reshape(-1, 3).T
    at = junction.astype(np.int32)
    joined = leaves[at] | entered[at]
    return Connectors(zone.astype(np.int32)[joined], at[joined], seconds[joined], leaves[at][joined], entered[at][joined])


class _Candidates:
    """The junctions that connectors of internal zones may lead to, in metres on the ground."""

    def __init__(self, network: Network, usable: Bools) -> None:
        self.network, self.usable = network, usable
        _, south, _, north = network.coverage
        self.scale = flat_scale((south + north) / 2)
        self.x, self.y = network.junction_lon * self.scale[0], network.junction_lat * self.scale[1]
        self.all = np.flatnonzero(usable)

    def connectors_of(self, zones: Zones, zone: int, per_zone: int) -> list[tuple[int, float]]:
        """(junction, seconds) of the connectors of an internal zone."""
        if zones.external[zone] or not len(self.all):
            return []
        x, y, own = self._addresses(zones, zone)
        near = self._within_reach(own, x, y)
        if not len(near):
            return []
        part = split_evenly(x, y, per_zone)
        tree = cKDTree(np.column_stack((self.x[near], self.y[near])))
        middles = [(x[part == number].mean(), y[part == number].mean()) for number in range(int(part.max()) + 1)]
        chosen = np.unique(near[np.atleast_1d(tree.query(np.array(middles))[1])])
        return [(junction, self._seconds(junction, x, y)) for junction in chosen.tolist()]

    def _addresses(self, zones: Zones, zone: int) -> tuple[Floats, Floats, Longs]:
        """Metres of a zone's addresses, or of its middle where it has none, and the junctions its streets end at."""
        mine = np.flatnonzero(zones.address_zone == zone)
        if not len(mine):
            return zones.lon[[zone]] * self.scale[0], zones.lat[[zone]] * self.scale[1], np.empty(0, np.int64)
        ways = np.unique(self.network.address_way[mine])
        ends = np.unique(np.concatenate((self.network.way_tail[ways], self.network.way_head[ways]))).astype(np.int64)
        x, y = self.network.address_lon[mine] * self.scale[0], self.network.address_lat[mine] * self.scale[1]
        return x, y, ends[self.usable[ends]]

    def _within_reach(self, own: Longs, x: Floats, y: Floats) -> Longs:
        if len(own):
            return own
        away = np.hypot(self.x[self.all] - x.mean(), self.y[self.all] - y.mean())
        near: Longs = self.all[away <= REACH_M]
        return near

    def _seconds(self, junction: int, x: Floats, y: Floats) -> float:
        metres = np.hypot(x - self.x[junction], y - self.y[junction]).mean() * DETOUR_RATIO
        return round(float(metres) / ACCESS_KMH * 3.6, 1)


def _on_streets(network: Network) -> Bools:
    """(J,) whether a street that people live on, no motorway or ramp, touches a junction."""
    barred = np.array([name in _NEVER_CONNECTED for name in network.street_classes], np.bool_)
    ways = ~barred[network.way_class] if network.way_count else np.empty(0, np.bool_)
    touched = np.zeros(network.junction_count, np.bool_)
    touched[network.way_tail[ways]] = True
    touched[network.way_head[ways]] = True
    return touched
