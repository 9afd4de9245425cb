"""A timetable on the streets: every pattern with its path and the places of its stops. Made once, asked often."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from clearway.network.transit.bus_graph import BusGraph, bus_graph
from clearway.network.transit.bus_paths import BusPath, PlacedStop
from clearway.network.transit.bus_streets import BusStreets, bus_streets
from clearway.network.transit.shape_matching import match_paths
from clearway.network.transit.stop_paths import StopPaths
from clearway.network.transit.timetable import LeftOut

if TYPE_CHECKING:
    from clearway.network.model import Floats, Network
    from clearway.network.transit.timetable import Pattern, Timetable

_BACKWARDS_M = 100.0
"""A path whose ends fit its first and last stop so much better the other way round was drawn backwards."""


@dataclass(frozen=True, eq=False)
class BusLineOnStreets:
    """A pattern with its path; ``places`` has one entry for each of its stops."""

    pattern: Pattern
    path: BusPath
    places: tuple[PlacedStop, ...]


@dataclass(frozen=True, eq=False)
class BusNetwork:
    """The buses of a service day on a network.

    Attributes:
        network: The network.
        timetable: The timetable.
        streets: As paths are matched on.
        graph: As detours are searched on.
        lines: One for each pattern that touches the network, in the timetable's order.
        elsewhere: Patterns that nowhere drive on a street of the network.
        left_out: What could not be used, the timetable's and ours.
    """

    network: Network
    timetable: Timetable
    streets: BusStreets
    graph: BusGraph
    lines: tuple[BusLineOnStreets, ...]
    elsewhere: tuple[Pattern, ...]
    left_out: tuple[LeftOut, ...]


def bus_network(network: Network, timetable: Timetable) -> BusNetwork:
    """Put a timetable on the streets of a network."""
    streets = bus_streets(network)
    shapes, backwards = _towards_last_stop(timetable, streets.scale)
    drawn = sorted(shapes)
    matched = dict(zip(drawn, match_paths(streets, [shapes[shape] for shape in drawn]), strict=True))
    paths = {shape: BusPath(network, pieces, shapes[shape]) for shape, pieces in matched.items()}
    graph = bus_graph(network, [chain for path in paths.values() for chain in path.chains])
    through = StopPaths(streets, graph)
    lines, elsewhere = [], []
    off_path: list[str] = []
    assumed: dict[tuple[str, ...], BusPath] = {}
    placed: dict[tuple[str, tuple[str, ...]], tuple[PlacedStop, ...]] = {}
    for pattern in timetable.patterns:
        stops = [timetable.stops[stop] for stop in pattern.stops]
        path = paths.get(pattern.shape_id)
        if path is None:
            if pattern.stops not in assumed:
                drawn_stops = np.array([(stop.lon, stop.lat) for stop in stops])
                assumed[pattern.stops] = BusPath(network, through.pieces(stops), drawn_stops, assumed=True)
            path = assumed[pattern.stops]
        key = pattern.shape_id, pattern.stops
        if key not in placed:
            placed[key] = path.places(stops, streets.scale)
        if not path.chains:
            elsewhere.append(pattern)
            continue
        lines.append(BusLineOnStreets(pattern, path, placed[key]))
        off_path += [stop for stop, place in zip(pattern.stops, placed[key], strict=True) if not place.on_path]
    left_out = list(timetable.left_out)
    if backwards:
        left_out.append(LeftOut("direction of a path", "it was drawn from the last stop to the first", tuple(backwards)))
    if off_path:
        why = "it is more than 100 m from the path of its trips, so nothing is said of their calls there"
        left_out.append(LeftOut("stop on a path", why, tuple(dict.fromkeys(off_path))))
    return BusNetwork(network, timetable, streets, graph, tuple(lines), tuple(elsewhere), tuple(left_out))


def _towards_last_stop(timetable: Timetable, scale: Floats) -> tuple[dict[str, Floats], list[str]]:
    """Each path from its first stop to its last, and the ids of those drawn the other way round."""
    shapes, backwards = dict(timetable.shapes), []
    for pattern in timetable.patterns:
        if pattern.shape_id in timetable.shapes and pattern.shape_id not in backwards:
            first, last = (timetable.stops[stop] for stop in (pattern.stops[0], pattern.stops[-1]))
            ends = timetable.shapes[pattern.shape_id][[0, -1]]
            stops = np.array([(first.lon, first.lat), (last.lon, last.lat)])
            as_drawn, turned = (np.hypot(*((ends - order) * scale).T).sum() for order in (stops, stops[::-1]))
            if turned < as_drawn - _BACKWARDS_M:
                shapes[pattern.shape_id] = timetable.shapes[pattern.shape_id][::-1]
                backwards.append(pattern.shape_id)
    return shapes, sorted(backwards)
