"""Count the bus trips over each way by matching the paths of a GTFS feed to the streets.

Each path is sampled every 5 m. A sample belongs to the nearest arc that a bus may drive, within 30 m, that runs the same way
as the path (within 40 degrees); an arc is on the path where samples cover half of its length. Distance and direction together
keep a path on its own carriageway and off the streets that it crosses.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import shapely

from clearway.errors import BadFile
from clearway.network.classes import class_mask
from clearway.network.geometry import flat_scale
from clearway.network.transit.gtfs import read_bus_day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from clearway.network.model import Floats, Longs, Network
    from clearway.network.transit.gtfs import BusShape

SAMPLE_EVERY_M = 5.0
"""About the width of a street: no street of a path is stepped over."""
WITHIN_M = 30.0
"""A timetable's shape is drawn by hand or by satellite: it runs within a block's depth of the street it means."""
LEAST_COSINE = float(np.cos(np.radians(40)))
"""A path as it is drawn may stray from its street by 40 degrees, less than the 45 that would be either of two streets."""
COVERED_SHARE = 0.5
"""A way is driven where the path follows more than half of it: less is a corner of a crossing street."""
_ANGLE_COST_M = 40.0
"""A street at 40 degrees to the path counts 9 m farther away: of two about as near, the one that runs as the bus wins."""
_SAMPLES_AT_ONCE = 50_000
"""So that the candidates of one step stay below some hundred megabytes."""
_BUS = class_mask(["bus"])


@dataclass(frozen=True, slots=True)
class BusMatch:
    """Trips over each way, and how much of what the buses drive was found on the streets.

    Attributes:
        way_trips: (W,) trips a day, both directions together.
        matched_m: Metres of paths found on a street, inside the network's coverage.
        inside_m: Metres of paths inside the network's coverage.
    """

    way_trips: Longs
    matched_m: float
    inside_m: float


def with_bus_trips(network: Network, feed: Path) -> Network:
    """The network with the bus trips of a feed's busiest day on its ways, and in its report what was matched.

    Raises:
        BadFile: the feed cannot be used, or draws no bus path within the network.
    """
    day = read_bus_day(feed)
    match = match_shapes(network, day.shapes)
    if not match.inside_m:
        raise BadFile(feed, "draws no bus path within the network", "Give the timetable of this city, or leave it out.")
    found = {
        "feed": feed.name,
        "day": day.day.isoformat() if day.day else None,
        "trips": day.trips,
        "trips_without_path": day.without_shape,
        "ways_with_buses": int((match.way_trips > 0).sum()),
        "matched_share": round(match.matched_m / match.inside_m, 4) if match.inside_m else 0.0,
        "path_km_inside": round(match.inside_m / 1000, 1),
    }
    return replace(network, way_bus_trips=match.way_trips.astype(np.int32), report={**network.report, "bus_trips": found})


def match_shapes(network: Network, shapes: Sequence[BusShape]) -> BusMatch:
    """Match paths to ways.

    Args:
        network: The network.
        shapes: Paths with their trips a day.
    """
    arc_trips = np.zeros(network.arc_count, np.int64)
    scale = np.array(flat_scale(float(network.junction_lat.mean()))) if network.junction_count else np.ones(2)
    streets = BusStreets(network, scale)
    matched = inside = 0
    for shape in shapes:
        at, heading = samples(shape.points * scale)
        within = covered(at / scale, network.coverage)
        arc = streets.nearest_arcs(at[within], heading[within])
        inside += len(arc)
        matched += int((arc >= 0).sum())
        votes = np.bincount(arc[arc >= 0], minlength=network.arc_count)
        length = np.repeat(network.way_length_m, 2)
        arc_trips[votes * SAMPLE_EVERY_M >= np.maximum(length * COVERED_SHARE, 1e-9)] += shape.trips
    return BusMatch(arc_trips[0::2] + arc_trips[1::2], matched * SAMPLE_EVERY_M, inside * SAMPLE_EVERY_M)


class BusStreets:
    """The segments of all ways that a bus may drive, in flat metres."""

    def __init__(self, network: Network, scale: Floats) -> None:
        points = np.column_stack((network.point_lon, network.point_lat)) * scale
        way = np.repeat(np.arange(network.way_count), np.diff(network.way_points))
        inner = np.flatnonzero(way[1:] == way[:-1]) if len(way) else np.zeros(0, np.int64)
        bus = network.arc_permit & _BUS > 0
        inner = inner[(bus[0::2] | bus[1::2])[way[inner]]]
        step = points[inner + 1] - points[inner]
        length = np.hypot(*step.T)
        real = length > 0
        self._way, self._bus = way[inner[real]], bus
        self._heading = step[real] / length[real, None]
        ends = np.stack((points[inner[real]], points[inner[real] + 1]), axis=1)
        self._lines = shapely.linestrings(ends) if len(ends) else np.zeros(0, object)
        self._tree = shapely.STRtree(self._lines)

    def nearest_arcs(self, at: Floats, heading: Floats) -> Longs:
        """(n,) the arc that each sample is on, -1 where none is near."""
        arcs = np.full(len(at), -1)
        points = shapely.points(at)
        for start in range(0, len(at), _SAMPLES_AT_ONCE):
            some = slice(start, start + _SAMPLES_AT_ONCE)
            sample, segment = self._tree.query(points[some], predicate="dwithin", distance=WITHIN_M)
            cosine = (heading[some][sample] * self._heading[segment]).sum(axis=1)
            arc = 2 * self._way[segment] + (cosine < 0)
            fits = (np.abs(cosine) >= LEAST_COSINE) & self._bus[arc]
            sample, segment, arc, cosine = sample[fits], segment[fits], arc[fits], cosine[fits]
            away = shapely.distance(points[some][sample], self._lines[segment]) + _ANGLE_COST_M * (1 - np.abs(cosine))
            order = np.lexsort((arc, away, sample))
            first = order[np.unique(sample[order], return_index=True)[1]]
            arcs[start + sample[first]] = arc[first]
        return arcs


def samples(path: Floats) -> tuple[Floats, Floats]:
    """Points every 5 m of a path in flat metres, each with the direction of travel as a unit vector."""
    step = np.diff(path, axis=0)
    length = np.hypot(*step.T)
    real = length > 0
    start, step, length = path[:-1][real], step[real], length[real]
    along = np.concatenate(([0.0], np.cumsum(length)))
    offset = np.arange(SAMPLE_EVERY_M / 2, along[-1], SAMPLE_EVERY_M)
    piece = np.searchsorted(along, offset, side="right") - 1
    heading = step / length[:, None]
    return start[piece] + heading[piece] * (offset - along[piece])[:, None], heading[piece]


def covered(at: Floats, coverage: tuple[float, float, float, float]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Which points lie within a network's coverage (west, south, east, north)."""
    west, south, east, north = coverage
    return np.asarray((at[:, 0] >= west) & (at[:, 0] <= east) & (at[:, 1] >= south) & (at[:, 1] <= north))
