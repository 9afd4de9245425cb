"""Roads in and out for help, found by the engine past every barrier of the record; nothing is claimed while one is not placed.

Each street piece at which a barrier, a shut gate or a shut road is recorded counts as shut over its whole length, and at a
corner all its arms do: a drive that is left passes none of them, whoever would be let through. What is not found that way is
not said to be impossible.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from clearway.errors import BadGeometry
from clearway.network.classes import class_mask
from clearway.network.closures import Closure, shut_arcs
from clearway.network.geometry import flat_scale, nearest_on_line
from clearway.network.model import NEVER_MS
from clearway.network.search.graph import routing_graph
from clearway.network.search.origins import origins
from clearway.network.search.search import shortest_tree
from clearway.planning.access.planner.stations import HOSPITAL, STATION_KINDS, own_stations
from clearway.planning.street_names import shown_name
from clearway.publish.sitrep.shape import Item
from clearway.record.kinds import BODY
from clearway.record.place import PLACE, Junction, NamedPlace, Street
from clearway.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clearway.network.model import Ints, Network
    from clearway.network.search.graph import RoutingGraph
    from clearway.picture.contract import Fact
    from clearway.planning.access.planner.stations import Station
    from clearway.planning.gazetteer import Gazetteer
    from clearway.record.place import Place

_CLASS = "emergency"
_AT_BARRIER_M, _AT_SITE_M = 20.0, 300.0
_MOST_STREETS = 8


@dataclass(frozen=True, slots=True)
class _Barred:
    """The ways that the record bars, and the places that nobody can put on a street."""

    ways: frozenset[int]
    placed: int
    unplaced: tuple[str, ...]


def approach(facts: Sequence[Fact], site: tuple[float, float], gazetteer: Gazetteer) -> tuple[Item, ...]:
    """What is proved about driving to a site and away from it, in lines.

    Args:
        facts: States in force.
        site: Longitude and latitude.
        gazetteer: Finds places on the network that is searched.
    """
    barring = [fact for fact in facts if BODY.validate_python(fact.body).bars_street]
    barred = _barred(barring, gazetteer)
    if barred.unplaced:
        every = barred.placed + len(barred.unplaced)
        return (
            Item(
                f"Approach and egress: nothing is proved. {barred.placed} of {counted(every, 'barred place')} on record "
                f"{'is' if barred.placed == 1 else 'are'} on the network; not placed: {listed(barred.unplaced)}. "
                "Enter a corner, a stretch between two streets or a point for each.",
                ids=tuple(fact.id for fact in barring),
            ),
        )
    return tuple(_drives(gazetteer.network, site, barred))


def _barred(facts: Sequence[Fact], gazetteer: Gazetteer) -> _Barred:
    ways: set[int] = set()
    placed, unplaced = set(), []
    for fact in facts:
        if not fact.places:
            unplaced.append(fact.says)
        for place in map(PLACE.validate_python, fact.places):
            found = _ways(place, gazetteer)
            if found:
                ways |= found
                placed.add(place.model_dump_json())
            else:
                unplaced.append(fact.where or fact.says)
    return _Barred(frozenset(ways), len(placed), tuple(dict.fromkeys(unplaced)))


def _ways(place: Place, gazetteer: Gazetteer) -> set[int]:
    """The ways that a barrier at a place may stand on; none where the place leaves open where on a street it is."""
    where = gazetteer.of(place)
    if where.spot is None or isinstance(place, NamedPlace):
        return set()
    if isinstance(place, Street):
        return set(where.ways)
    return set(_near(gazetteer.network, *where.spot, all_arms=isinstance(place, Junction)))


def _near(network: Network, lon: float, lat: float, *, all_arms: bool) -> Iterator[int]:
    """Ways that pass within ``_AT_BARRIER_M`` of a position; at a corner, those that end there."""
    east, north = flat_scale(lat)
    ends = np.stack((network.way_tail, network.way_head))
    off = np.hypot((network.junction_lon[ends] - lon) * east, (network.junction_lat[ends] - lat) * north)
    if all_arms:
        yield from np.flatnonzero(off.min(axis=0) <= 1.0).tolist()
        return
    for way in np.flatnonzero(off.min(axis=0) <= network.way_length_m + _AT_BARRIER_M).tolist():
        if nearest_on_line(network.geometry(way), lon, lat)[0] <= _AT_BARRIER_M:
            yield way


def _drives(network: Network, site: tuple[float, float], barred: _Barred) -> Iterator[Item]:
    stations = own_stations(network, kinds=STATION_KINDS)
    if not stations:
        yield Item("Approach and egress: nothing is proved, because the network names no station.")
        return
    graph = routing_graph(network, _CLASS)
    closures = [Closure(way, class_mask([_CLASS])) for way in barred.ways]
    shut = shut_arcs(network, closures, _CLASS)
    points = [(one.lon, one.lat) for one in stations]
    past = "with nothing barred on record"
    if barred.placed:
        past = f"past none of the {counted(barred.placed, 'barred place')} on record"
    try:
        tree = shortest_tree(graph, origins(graph, points), shut)
    except BadGeometry as error:
        yield Item(f"Approach and egress: nothing is proved. {error}")
        return
    node, metres = _nearest_reached(graph, tree.ms, site)
    if node < 0 or metres > _AT_SITE_M:
        yield Item(f"Approach: no road was found for emergency vehicles to within "
                   f"{_AT_SITE_M:.0f} m of the site, {past}. "
                   "Whether one of these is opened for them is not known to the engine.")  # fmt: skip
        return
    start = stations[int(tree.origin[node])].name
    streets = _streets(network, tree.path(node))
    yield Item(f"Approach, proved on the network {network.name!r}, {past}: from {start} by {streets}, to {metres:.0f} m from "
               f"the site, {tree.ms[node] / 60_000:.0f} min of driving.")  # fmt: skip
    corner = int(graph.node_junction[node])
    away = shortest_tree(
        graph, origins(graph, [(float(network.junction_lon[corner]), float(network.junction_lat[corner]))]), shut
    )
    yield _egress(graph, away.ms, [*stations, *own_stations(network, kinds=(HOSPITAL,))], past)


def _egress(graph: RoutingGraph, ms: Ints, places: Sequence[Station], past: str) -> Item:
    """The way out: to the hospital that is soonest reached, where the network names one, else to a station."""
    soonest = [(min(int(ms[node]) for node in _around(graph, one)), one) for one in places]
    hospitals = [pair for pair in soonest if pair[1].kind == HOSPITAL and pair[0] != NEVER_MS]
    reached = hospitals or [pair for pair in soonest if pair[0] != NEVER_MS]
    if not reached:
        return Item(f"Egress: no road out was found, {past}.")
    wait, to = min(reached, key=lambda pair: pair[0])
    return Item(f"Egress, {past}: to {to.name}, {wait / 60_000:.0f} min of driving.")


def _around(graph: RoutingGraph, place: Station) -> list[int]:
    """The nodes at the corner nearest to a place."""
    network = graph.network
    east, north = flat_scale(place.lat)
    off = np.hypot((network.junction_lon - place.lon) * east, (network.junction_lat - place.lat) * north)
    return np.flatnonzero(graph.node_junction == int(off.argmin())).tolist()


def _nearest_reached(graph: RoutingGraph, ms: Ints, site: tuple[float, float]) -> tuple[int, float]:
    """The reached node nearest to the site, and its distance in metres; -1 where none is reached."""
    reached = np.flatnonzero(ms != NEVER_MS)
    if not len(reached):
        return -1, math.inf
    network, corner = graph.network, graph.node_junction[reached]
    east, north = flat_scale(site[1])
    off = np.hypot((network.junction_lon[corner] - site[0]) * east, (network.junction_lat[corner] - site[1]) * north)
    return int(reached[off.argmin()]), float(off.min())


def _streets(network: Network, arcs: Sequence[int]) -> str:
    """The streets of a drive, in order, each once in a row."""
    names = [name for arc in arcs if (name := shown_name(network.street(arc // 2)))]
    row = [name for at, name in enumerate(names) if at == 0 or names[at - 1] != name]
    if not row:
        return "streets without a name"
    if len(row) <= _MOST_STREETS:
        return ", ".join(row)
    return f"{', '.join(row[:2])} ... {', '.join(row[2 - _MOST_STREETS :])}"
