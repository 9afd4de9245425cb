"""A timetable on the streets: the path of every pattern, and the places of its stops. Made once, asked often.

All that says where buses drive rests on the paths found here: trips over each street, bus lines, detours.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from clearway.errors import BadFile
from clearway.network.transit.bus_graph import BusGraph, bus_graph
from clearway.network.transit.bus_paths import BusPath, PlacedStop
from clearway.network.transit.bus_streets import BusStreets, bus_streets
from clearway.network.transit.shape_matching import match_paths
from clearway.network.transit.stop_paths import StopPaths
from clearway.network.transit.timetable import LeftOut, read_timetable

if TYPE_CHECKING:
    from pathlib import Path

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
    driven = driven_paths(network, timetable)
    lines, elsewhere = [], []
    off_path: list[str] = []
    placed: dict[tuple[str, tuple[str, ...]], tuple[PlacedStop, ...]] = {}
    for pattern, path in zip(timetable.patterns, driven.paths, strict=True):
        key = pattern.shape_id, pattern.stops
        if key not in placed:
            placed[key] = path.places([timetable.stops[stop] for stop in pattern.stops], driven.streets.scale)
        if not path.chains:
            elsewhere.append(pattern)
            continue
        lines.append(BusLineOnStreets(pattern, path, placed[key]))
        off_path += [stop for stop, place in zip(pattern.stops, placed[key], strict=True) if not place.on_path]
    left_out = list(timetable.left_out)
    if driven.backwards:
        left_out.append(LeftOut("direction of a path", "it was drawn from the last stop to the first", driven.backwards))
    if off_path:
        why = "it is more than 100 m from the path of its trips, so nothing is said of their calls there"
        left_out.append(LeftOut("stop on a path", why, tuple(dict.fromkeys(off_path))))
    return BusNetwork(network, timetable, driven.streets, driven.graph, tuple(lines), tuple(elsewhere), tuple(left_out))


@dataclass(frozen=True, eq=False)
class DrivenPaths:
    """Where the buses of a timetable drive.

    Attributes:
        streets: As paths are matched on.
        graph: Of what buses drive and may drive.
        paths: One for each pattern, in the timetable's order; patterns of one drawn path share it.
        backwards: Ids of paths that were drawn from the last stop to the first.
    """

    streets: BusStreets
    graph: BusGraph
    paths: tuple[BusPath, ...]
    backwards: tuple[str, ...]


def driven_paths(network: Network, timetable: Timetable) -> DrivenPaths:
    """The path of each pattern on the streets: as it is drawn, or, where none is drawn, the quickest from stop to stop."""
    streets = bus_streets(network)
    shapes, backwards = _towards_last_stop(timetable, streets.scale)
    drawn = sorted(shapes)
    matched = dict(zip(drawn, match_paths(streets, [shapes[shape] for shape in drawn]), strict=True))
    paths = {shape: BusPath(network, pieces, shapes[shape]) for shape, pieces in matched.items()}
    graph = bus_graph(network, [chain for path in paths.values() for chain in path.chains])
    through = StopPaths(streets, graph)
    assumed: dict[tuple[str, ...], BusPath] = {}
    for pattern in timetable.patterns:
        if pattern.shape_id not in paths and pattern.stops not in assumed:
            stops = [timetable.stops[stop] for stop in pattern.stops]
            at = np.array([(stop.lon, stop.lat) for stop in stops])
            assumed[pattern.stops] = BusPath(network, through.pieces(stops), at, assumed=True)
    found = tuple(paths.get(pattern.shape_id) or assumed[pattern.stops] for pattern in timetable.patterns)
    return DrivenPaths(streets, graph, found, tuple(backwards))


def paths_of_feed(network: Network, feed: Path) -> tuple[Timetable, DrivenPaths]:
    """The busiest day of a GTFS feed, and where its buses drive.

    Raises:
        BadFile: the feed cannot be used, or none of its buses drives on the network.
    """
    timetable = read_timetable(feed)
    driven = driven_paths(network, timetable)
    if not any(path.chains for path in driven.paths):
        raise BadFile(feed, "has no bus that drives on the network", "Give the timetable of this city, or leave it out.")
    return timetable, driven


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
