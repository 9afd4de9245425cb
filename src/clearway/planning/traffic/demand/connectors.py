"""Doors: the junctions by which a zone's trips come onto the streets and leave them, and what reaching them costs.

An inside zone has a few doors, spread over its addresses: the addresses are split into as many compact parts, and the door of
a part is the junction nearest to its middle among the ends of the streets that the zone's addresses front. Passing a door
costs what the way between it and the zone's addresses takes on average, so that no door is favoured for lying at the rim. An
outside zone's doors are its gates, which cost nothing.

A junction can be a door where every class of vehicle, coming from the main part of the streets, gets there and away again; a
gate where at least one of the two holds. The **main part** is the largest set of junctions that all reach one another.
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

DOORS_PER_ZONE = 4
ACCESS_KMH = 30.0
"""How fast the stretch between an address and a door is driven, assumed."""
DETOUR = 1.3
"""How much longer streets are than the straight line, within a zone."""
REACH_M = 1000.0
"""A zone has no door where no junction of the main part lies this near to its addresses."""
_NO_DOOR_CLASSES = ("motorway", "motorway_link", "trunk_link")


@dataclass(frozen=True, eq=False)
class Doors:
    """The doors of all zones, zone by zone. D doors.

    Attributes:
        zone: (D,) the zone of each.
        junction: (D,) its junction.
        seconds: (D,) what passing it costs, either way.
        out: (D,) whether trips can start there.
        into: (D,) whether trips can end there.
    """

    zone: Ints
    junction: Ints
    seconds: Floats
    out: Bools
    into: Bools


def find_doors(graphs: Sequence[RoutingGraph], zones: Zones, *, per_zone: int = DOORS_PER_ZONE) -> Doors:
    """The doors of every zone; none for a zone that lies away from the streets that all classes may drive.

    Args:
        graphs: The graph of each class of vehicle, of one network.
        zones: The zones.
        per_zone: How many an inside zone has at most.
    """
    network = graphs[0].network
    leaves, entered = main_part(graphs)
    usable = _Candidates(network, leaves & entered & _on_streets(network))
    found = [usable.doors_of(zones, zone, per_zone) for zone in range(zones.count)]
    rows = [(zone, junction, seconds) for zone, doors in enumerate(found) for junction, seconds in doors]
    rows += [
        (zone, junction, 0.0) for zone, junction in zip(zones.gate_zone.tolist(), zones.gate_junction.tolist(), strict=True)
    ]
    rows.sort()
    zone, junction, seconds = np.array(rows, np.float64).reshape(-1, 3).T
    at = junction.astype(np.int32)
    kept = leaves[at] | entered[at]
    return Doors(zone.astype(np.int32)[kept], at[kept], seconds[kept], leaves[at][kept], entered[at][kept])


class _Candidates:
    """The junctions that may be doors of inside zones, in metres on the ground."""

    def __init__(self, network: Network, usable: Bools) -> None:
        self.network, self.usable = network, usable
        _, south, _, north = network.coverage
        self.scale = flat_scale((south + north) / 2)
        self.x, self.y = network.junction_lon * self.scale[0], network.junction_lat * self.scale[1]
        self.all = np.flatnonzero(usable)

    def doors_of(self, zones: Zones, zone: int, per_zone: int) -> list[tuple[int, float]]:
        """(junction, seconds) of the doors of an inside zone."""
        if zones.outside[zone] or not len(self.all):
            return []
        x, y, own = self._addresses(zones, zone)
        near = self._within_reach(own, x, y)
        if not len(near):
            return []
        part = split_evenly(x, y, per_zone)
        tree = cKDTree(np.column_stack((self.x[near], self.y[near])))
        middles = [(x[part == one].mean(), y[part == one].mean()) for one in range(int(part.max()) + 1)]
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
        metres = np.hypot(x - self.x[junction], y - self.y[junction]).mean() * DETOUR
        return round(float(metres) / ACCESS_KMH * 3.6, 1)


def _on_streets(network: Network) -> Bools:
    """(J,) whether a street that people live on, no motorway or ramp, touches a junction."""
    barred = np.array([name in _NO_DOOR_CLASSES for name in network.street_classes], np.bool_)
    ways = ~barred[network.way_class] if network.way_count else np.empty(0, np.bool_)
    touched = np.zeros(network.junction_count, np.bool_)
    touched[network.way_tail[ways]] = True
    touched[network.way_head[ways]] = True
    return touched
