"""Count the bus trips over each way: where the buses of a GTFS feed's busiest day drive, and how much of that was found."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from clearway.network.transit.bus_network import paths_of_feed
from clearway.network.transit.shape_matching import OFF, samples

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from clearway.network.model import Bools, Floats, Ints, Network
    from clearway.network.transit.bus_network import DrivenPaths
    from clearway.network.transit.bus_paths import BusPath
    from clearway.network.transit.timetable import Timetable


def with_bus_trips(network: Network, feed: Path) -> Network:
    """The network with the bus trips of a feed's busiest day on its ways, and in its report what was matched.

    Raises:
        BadFile: the feed cannot be used, or none of its buses drives on the network.
    """
    timetable, driven = paths_of_feed(network, feed)
    trips = way_trips(network, timetable, driven)
    matched_m, inside_m = matched(network, driven)
    found = {
        "feed": feed.name,
        "day": timetable.day.isoformat() if timetable.day else None,
        "trips": timetable.trip_count,
        "trips_without_path": sum(len(pattern.trips) for pattern in timetable.patterns if not pattern.shape_id),
        "ways_with_buses": int((trips > 0).sum()),
        "matched_share": round(matched_m / inside_m, 4) if inside_m else None,
        "path_km_inside": round(inside_m / 1000, 1),
    }
    return replace(network, way_bus_trips=trips, report={**network.report, "bus_trips": found})


def way_trips(network: Network, timetable: Timetable, driven: DrivenPaths) -> Ints:
    """(W,) trips over each way, both directions together; one that drives a street twice in one direction counts once."""
    arc_trips = np.zeros(network.arc_count, np.int32)
    for pattern, path in zip(timetable.patterns, driven.paths, strict=True):
        arc_trips[path.driven] += len(pattern.trips)  # an index that is given twice is added to once
    return arc_trips[0::2] + arc_trips[1::2]


def matched(network: Network, driven: DrivenPaths) -> tuple[float, float]:
    """Metres of drawn paths found on a street, and metres of drawn paths, both within the network's coverage."""
    found_m = inside_m = 0.0
    for path in dict.fromkeys(driven.paths):
        if not path.assumed:
            at, _, along = samples(path.drawn * driven.streets.scale)
            within = covered(at / driven.streets.scale, network.coverage)
            each_m = float(along[-1]) / len(along) if len(along) else 0.0
            inside_m += each_m * int(within.sum())
            found_m += each_m * int((within & ~_off(path, along)).sum())
    return found_m, inside_m


def _off(path: BusPath, along: Floats) -> Bools:
    """Which places along a path as drawn are on no street."""
    off = np.zeros(len(along), np.bool_)
    for piece in path.pieces:
        if piece.arc == OFF:
            off |= (along >= piece.from_m) & (along <= piece.to_m)
    return off


def covered(at: Floats, coverage: Sequence[float]) -> Bools:
    """Which points, (n, 2) longitude and latitude, lie within a network's coverage: west, south, east, north."""
    west, south, east, north = coverage
    return np.asarray((at[:, 0] >= west) & (at[:, 0] <= east) & (at[:, 1] >= south) & (at[:, 1] <= north))
