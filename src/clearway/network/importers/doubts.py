"""Places where the map may not say what is on the ground: for a person to look at.

- two streets that vehicles use cross on the ground without a junction (motorways aside: they never do);
- a street ends a step short of another;
- a barrier is drawn as a line across a street: who passes it, a line does not say.

Each is named with its place: in the report of the network, and with a cordon that encloses it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from clearway.network.classes import MOTOR_CLASSES, class_mask
from clearway.network.geometry import flat_scale

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from clearway.network.importers.osm_source import BarrierLine
    from clearway.network.model import Bools, Longs, Network

SHORT_M = 1.0
"""A street that ends nearer than this to another was meant to meet it: nobody draws a wall that thin."""
MOST_LISTED = 1000
"""More than a person will look at; the file stays quick to open."""
_MOTOR = class_mask(MOTOR_CLASSES)
_DECIMALS = 7
"""Of a degree: what OpenStreetMap stores."""
Lines = Any
"""(n,) object array of shapely lines."""


def doubts_of(
    network: Network,
    drivable: frozenset[str],
    barrier_lines: Sequence[BarrierLine] = (),
    barrier_places: AbstractSet[tuple[float, float]] = frozenset(),
) -> list[dict[str, Any]]:
    """Each doubtful place: ``kind``, ``lon``, ``lat``, ``ways`` (indexes), and ``text`` for people.

    Args:
        network: The network.
        drivable: Street classes where a car fits, whatever the signs say.
        barrier_lines: Barriers drawn as lines.
        barrier_places: Longitude and latitude of barriers drawn as points; where a line runs through one, that says who passes.
    """
    if not network.way_count:
        return []
    fits = np.array([name in drivable for name in network.street_classes], np.bool_)[network.way_class]
    usable = fits | ((network.arc_permit[0::2] | network.arc_permit[1::2]) & _MOTOR > 0)
    count = np.diff(network.way_points)
    points = np.column_stack((network.point_lon, network.point_lat))
    lines = shapely.linestrings(points, indices=np.repeat(np.arange(network.way_count), count))
    level = np.array([not name.startswith("motorway") for name in network.street_classes], np.bool_)[network.way_class]
    ground = np.flatnonzero(usable & level & (network.way_level == 0))
    return [
        *_crossings(network, lines, ground),
        *_short_ends(network, lines, usable),
        *(
            doubt
            for doubt in _barrier_lines(network, lines, np.flatnonzero(network.way_level == 0), barrier_lines)
            if (doubt["lon"], doubt["lat"]) not in barrier_places
        ),
    ]


def with_doubts(network: Network, doubts: list[dict[str, Any]]) -> Network:
    """The network with doubtful places in its report: all of them counted, the first ``MOST_LISTED`` listed."""
    if not doubts:
        return network
    counts = Counter(doubt["kind"] for doubt in doubts)
    lines = {kind: count for kind, count in counts.items() if kind.startswith("barrier=")}
    found = {
        "not_understood": network.report["not_understood"] | lines,
        "doubt_counts": dict(counts.most_common()),
        "doubts": doubts[:MOST_LISTED],
    }
    return replace(network, report=network.report | found)


def _crossings(network: Network, lines: Lines, ground: Longs) -> Iterator[dict[str, Any]]:
    pairs = ground[shapely.STRtree(lines[ground]).query(lines[ground], predicate="crosses").T]
    for one, other in sorted(pairs[pairs[:, 0] < pairs[:, 1]].tolist()):
        for lon, lat in _points(lines[one], lines[other]):
            text = f"{_called(network, one)} and {_called(network, other)} cross at {lon:.5f}, {lat:.5f} without a junction."
            yield _doubt("crossing without a junction", lon, lat, (one, other), text)


def _short_ends(network: Network, lines: Lines, usable: Bools) -> Iterator[dict[str, Any]]:
    ways = np.flatnonzero(usable)
    ends = np.concatenate((network.way_tail[ways], network.way_head[ways]))
    of_way = np.tile(ways, 2)
    alone = np.bincount(ends, minlength=network.junction_count)[ends] == 1
    ends, of_way = ends[alone], of_way[alone]
    scale = flat_scale(float(network.junction_lat.mean()))
    flat = shapely.transform(lines[ways], lambda points: points * scale)
    spots = np.column_stack((network.junction_lon[ends], network.junction_lat[ends]))
    found = shapely.STRtree(flat).query(shapely.points(spots * scale), predicate="dwithin", distance=SHORT_M)
    for row, near in found.T.tolist():
        way, other = int(of_way[row]), int(ways[near])
        if way != other and not _meet(network, way, other) and network.way_level[way] == network.way_level[other]:
            lon, lat = spots[row].tolist()
            text = f"{_called(network, way)} ends a step short of {_called(network, other)} at {lon:.5f}, {lat:.5f}."
            yield _doubt("end short of a street", lon, lat, (way, other), text)


def _barrier_lines(network: Network, lines: Lines, ground: Longs, barriers: Sequence[BarrierLine]) -> Iterator[dict[str, Any]]:
    drawn = np.array([shapely.LineString(barrier.points) for barrier in barriers], dtype=object)
    for barrier, near in shapely.STRtree(lines[ground]).query(drawn, predicate="crosses").T.tolist():
        way = int(ground[near])
        for lon, lat in _points(drawn[barrier], lines[way]):
            kind = barriers[barrier].kind
            text = f"A barrier ({kind}) is drawn as a line across {_called(network, way)} at {lon:.5f}, {lat:.5f}."
            yield _doubt(f"barrier={kind} drawn as a line", lon, lat, (way,), text)


def _points(one: shapely.LineString, other: shapely.LineString) -> Iterator[tuple[float, float]]:
    for lon, lat in sorted(shapely.get_coordinates(shapely.intersection(one, other)).tolist()):
        yield round(lon, _DECIMALS), round(lat, _DECIMALS)


def _meet(network: Network, way: int, other: int) -> bool:
    ends = {int(network.way_tail[way]), int(network.way_head[way])}
    return not ends.isdisjoint((int(network.way_tail[other]), int(network.way_head[other])))


def _called(network: Network, way: int) -> str:
    return network.street(way) or f"an unnamed {network.class_of(way).replace('_', ' ')} street"


def _doubt(kind: str, lon: float, lat: float, ways: tuple[int, ...], text: str) -> dict[str, Any]:
    return {"kind": kind, "lon": lon, "lat": lat, "ways": list(ways), "text": text[0].upper() + text[1:]}
