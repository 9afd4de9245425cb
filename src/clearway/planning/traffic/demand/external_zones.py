"""External zones: where traffic from beyond the map comes from and goes to, and the entries by which it does.

An **entry** is a junction where a street leaves the map. Streets that leave it near one another lead the same way: their
entries are one external zone. A carriageway that can only be entered or only be left there gets its other carriageway's end
as a second entry, even where the map lets that one go on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial import cKDTree

from clearway.network.classes import class_mask
from clearway.network.geometry import flat_scale
from clearway.network.search.components import main_part
from clearway.network.search.graph import routing_graph
from clearway.planning.street_names import name_stem
from clearway.planning.traffic.demand.names import unique_names
from clearway.planning.traffic.demand.road_classes import street_costs

if TYPE_CHECKING:
    from clearway.network.model import Bools, Floats, Ints, Longs, Network

TOGETHER_M = 250.0
"""Entries this near to one another belong to one external zone."""
MOST_EXTERNAL = 16
"""External zones of a city: with more, the roads of one valley are parted though trips may use any of them."""
_OTHER_CARRIAGEWAY_M = 100.0
"""A motorway's carriageways end this near to one another, with ramps between them."""
_GENERAL = class_mask(["general"])
_MINOR = frozenset({"service", "living_street", "track", "pedestrian", "busway", "road"})
_COMPASS = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")


@dataclass(frozen=True, eq=False)
class ExternalZones:
    """The external zones of a network and their entries. G entries, X zones.

    Attributes:
        names: X names, such as "State Highway 1 north".
        zone: (G,) external zone of each entry, from 0.
        junction: (G,) its junction.
    """

    names: tuple[str, ...]
    zone: Longs
    junction: Longs

    @classmethod
    def none(cls) -> ExternalZones:
        """No external zones."""
        return cls((), np.empty(0, np.int64), np.empty(0, np.int64))


def find_external_zones(network: Network, *, vehicle_class: str = "general", most: int = MOST_EXTERNAL) -> ExternalZones:
    """The external zones of a network; none where its streets end within the map.

    Car parks, drives and streets that the class may not drive lead to none.

    Args:
        network: The network.
        vehicle_class: Whose traffic comes in.
        most: How many external zones to make at most: those nearest to one another are joined.
    """
    leaves, entered = main_part([routing_graph(network, vehicle_class)])
    street = _touched(network)
    at_edge = np.flatnonzero(network.junction_edge & street & (leaves | entered))
    if not len(at_edge):
        return ExternalZones.none()
    junction = np.union1d(at_edge, _other_carriageways(network, at_edge, leaves, entered))
    zone = _both_ways(network, junction, _together(network, junction, most), (leaves[junction], entered[junction]))
    return ExternalZones(_names(network, junction, zone), zone, junction)


def entry_capacity(network: Network, junction: Longs) -> tuple[Floats, Floats]:
    """What the greatest street at some junctions carries into the map and out of it: the one that goes on beyond is no greater.

    Returns:
        (n, classes of street) passenger car units an hour that the greatest arc leaving each junction carries, in the column of
        its class, and the greatest entering it.
    """
    ways = _major_ways(network)
    arcs = np.sort(np.concatenate((2 * ways, 2 * ways + 1))).astype(np.int32)
    arcs = arcs[(network.arc_permit[arcs] & _GENERAL) > 0]
    capacity = street_costs(network, arcs, np.ones(len(arcs))).capacity
    ends = (network.arc_tail[arcs], network.arc_head[arcs])
    away, to = (_greatest(network, end, (arcs, capacity))[junction] for end in ends)
    return away, to


def _greatest(network: Network, end: Ints, streets: tuple[Ints, Floats]) -> Floats:
    """(J, classes) the capacity of the greatest arc at each junction, in the column of its class."""
    arcs, capacity = streets
    order = np.argsort(capacity, kind="stable")
    found = np.zeros((network.junction_count, len(network.street_classes)))
    greatest = np.zeros(network.junction_count, np.int64)
    greatest[end[order]] = order  # the last one written stands
    at = np.unique(end)
    found[at, network.way_class[arcs[greatest[at]] >> 1]] = capacity[greatest[at]]
    return found


def _major_ways(network: Network) -> Longs:
    """Ways of streets that are no minor ones and that general traffic may drive on."""
    minor = np.array([name in _MINOR for name in network.street_classes], np.bool_)
    driven = ((network.arc_permit[0::2] | network.arc_permit[1::2]) & _GENERAL) > 0
    return np.flatnonzero(~minor[network.way_class] & driven)


def _touched(network: Network) -> Bools:
    """(J,) whether a major way touches a junction."""
    ways = _major_ways(network)
    touched = np.zeros(network.junction_count, np.bool_)
    touched[network.way_tail[ways]] = touched[network.way_head[ways]] = True
    return touched


def _other_carriageways(network: Network, entries: Longs, leaves: Bools, entered: Bools) -> Longs:
    """Where an entry lacks a direction, and no other entry of its street has it: the nearest place where the street has it.

    That is where arcs of the street's name end and none goes on (the traffic that leaves the map), or begin and none comes
    there (the traffic that enters).
    """
    ends, begins = _street_ends(network)
    at = np.column_stack((network.junction_lon, network.junction_lat)) * _scale(network)
    tree, known = cKDTree(at), set(entries.tolist())
    found = []
    for entry in entries.tolist():
        own, other, open_to = (begins, ends, entered) if leaves[entry] else (ends, begins, leaves)
        if leaves[entry] and entered[entry]:
            continue
        near = tree.query_ball_point(at[entry], _OTHER_CARRIAGEWAY_M)
        same = [spot for spot in near if open_to[spot] and other.get(spot, set()) & own.get(entry, set())]
        if same and not known & set(same):
            found.append(same[int(np.hypot(*(at[same] - at[entry]).T).argmin())])
    return np.array(found, np.int64)


def _street_ends(network: Network) -> tuple[dict[int, set[str]], dict[int, set[str]]]:
    """Streets whose arcs end at a junction and none goes on, and streets that begin there and none comes; by junction."""
    arcs = np.flatnonzero(((network.arc_permit & _GENERAL) > 0) & (np.repeat(network.way_name, 2) >= 0))
    coming: dict[int, set[str]] = {}
    going: dict[int, set[str]] = {}
    for arc in arcs.tolist():
        stem = name_stem(network.street(arc >> 1) or "")
        coming.setdefault(int(network.arc_head[arc]), set()).add(stem)
        going.setdefault(int(network.arc_tail[arc]), set()).add(stem)
    return (
        {junction: stems - going.get(junction, set()) for junction, stems in coming.items()},
        {junction: stems - coming.get(junction, set()) for junction, stems in going.items()},
    )


def _together(network: Network, junction: Longs, most: int) -> Longs:
    """(n,) external zone of each entry, by complete linkage: entries of one zone all lie near one another."""
    if len(junction) == 1:
        return np.zeros(1, np.int64)
    at = np.column_stack((network.junction_lon[junction], network.junction_lat[junction])) * _scale(network)
    joined = linkage(at, "complete")
    near = fcluster(joined, TOGETHER_M, "distance")
    if near.max() > most:
        near = fcluster(joined, most, "maxclust")
    _, zone = np.unique(near, return_inverse=True)
    return zone.astype(np.int64)


def _both_ways(network: Network, junction: Longs, zone: Longs, open_to: tuple[Bools, Bools]) -> Longs:
    """External zones that can only be left or only be entered joined to the nearest that makes it both, while there is one."""
    at = np.column_stack((network.junction_lon[junction], network.junction_lat[junction])) * _scale(network)
    held = np.stack([[bool(way[zone == number].any()) for number in range(int(zone.max()) + 1)] for way in open_to])
    for number in np.flatnonzero(~held.all(axis=0)).tolist():
        helps = np.flatnonzero((held | held[:, [number]]).all(axis=0)[zone] & (zone != number))
        if (zone == number).any() and len(helps) and not held[:, number].all():
            away = np.hypot(*(at[helps] - at[zone == number].mean(axis=0)).T)
            other = int(zone[helps[away.argmin()]])
            zone[zone == number] = other
            held[:, other] |= held[:, number]
    return np.unique(zone, return_inverse=True)[1].astype(np.int64)


def _names(network: Network, junction: Longs, zone: Longs) -> tuple[str, ...]:
    """The name of the street that carries most at each external zone, and where it lies seen from the middle of the map."""
    away, to = entry_capacity(network, junction)
    carried = (away + to).sum(axis=1)
    west, south, east, north = network.coverage
    names: list[str] = []
    for number in range(int(zone.max()) + 1):
        mine = np.flatnonzero(zone == number)
        main = int(junction[mine[carried[mine].argmax()]])
        offset = np.array((network.junction_lon[main], network.junction_lat[main])) - ((west + east) / 2, (south + north) / 2)
        heading = round(float(np.arctan2(*(offset * _scale(network)))) / (np.pi / 4)) % len(_COMPASS)
        names.append(f"{_main_street(network, main)} {_COMPASS[heading]}")
    return unique_names(names)


def _main_street(network: Network, junction: int) -> str:
    """The name of the greatest street at a junction; its class where it has no name."""
    ways = np.flatnonzero((network.way_tail == junction) | (network.way_head == junction))
    ways = ways[np.argsort(network.way_class[ways], kind="stable")]
    named = [name_stem(name) for way in ways.tolist() if (name := network.street(way))]
    return named[0] if named else f"{network.class_of(int(ways[0])).replace('_', ' ')} street".capitalize()


def _scale(network: Network) -> Floats:
    _, south, _, north = network.coverage
    return np.array(flat_scale((south + north) / 2))
