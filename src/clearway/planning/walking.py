"""Along a street for some metres: where one comes to, each way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from clearway.network.geometry import flat_scale, nearest_on_line, point_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clearway.network.model import Floats, Longs, Network

_SAME_WAY_COSINE = 0.5
"""Of the angle between two walks, 60 degrees: they go the same way, on two carriageways of a street."""


@dataclass(frozen=True, slots=True)
class Walk:
    """Where one comes to along a street.

    Attributes:
        lon: Degrees.
        lat: Degrees.
        heading: (2,) metres east and north from the start.
        ways: Walked along, in whole or part.
        ahead: The junction that comes next.
    """

    lon: float
    lat: float
    heading: Floats
    ways: tuple[int, ...]
    ahead: int


def walks(network: Network, ways: Longs, corners: Longs, metres: float) -> list[Walk]:
    """Where one comes to from a crossing along a street, one for each direction; none where the street is too short.

    Args:
        network: The streets.
        ways: Of the street.
        corners: Junctions of the crossing.
        metres: How far.
    """
    found = [
        walk
        for corner in corners.tolist()
        for way in ways.tolist()
        for end in (network.way_tail[way], network.way_head[way])
        if end == corner and (walk := _walked(network, ways, way, corner, metres)) is not None
    ]
    return _apart(found)


def walks_from(network: Network, ways: Longs, at: tuple[float, float], metres: float) -> list[Walk]:
    """The same from the point of a street that is nearest to a place; none where it is farther away than ``metres``."""
    near = [(nearest_on_line(network.geometry(int(way)), *at), int(way)) for way in ways]
    (_, offset, _), way = min(near)
    origin = point_at(network.geometry(way), offset)
    length = float(network.way_length_m[way])
    ahead = [
        _walked(network, ways, way, int(corner), metres + done, start=origin)
        for corner, done in ((network.way_tail[way], offset), (network.way_head[way], length - offset))
    ]
    return _apart([walk for walk in ahead if walk is not None])


def _walked(
    network: Network, ways: Longs, way: int, corner: int, metres: float, *, start: tuple[float, float] | None = None
) -> Walk | None:
    """From a corner into a way and on, as straight as the street goes."""
    origin = np.array(start or (network.junction_lon[corner], network.junction_lat[corner]))
    own, left, walked, here = set(ways.tolist()), metres, [way], corner
    while (length := float(network.way_length_m[walked[-1]])) < left:
        left -= length
        here = int(network.way_tail[walked[-1]]) + int(network.way_head[walked[-1]]) - here
        following = _next(network, own - set(walked), walked[-1], here)
        if following is None:
            return None
        walked.append(following)
    last = walked[-1]
    from_tail = network.way_tail[last] == here
    lon, lat = point_at(network.geometry(last), left if from_tail else length - left)
    heading = (np.array((lon, lat)) - origin) * flat_scale(lat)
    return Walk(lon, lat, heading, tuple(walked), int((network.way_head if from_tail else network.way_tail)[last]))


def onward(network: Network, ways: Longs, walk: Walk) -> Iterator[tuple[int, int]]:
    """What comes after a walk: each way of the street with the junction at its far end, the walk's last way first."""
    left, way, corner = set(ways.tolist()) - set(walk.ways), walk.ways[-1], walk.ahead
    yield way, corner
    while (following := _next(network, left, way, corner)) is not None:
        way, corner = following, int(network.way_tail[following]) + int(network.way_head[following]) - corner
        left.discard(way)
        yield way, corner


def _next(network: Network, ways: set[int], way: int, corner: int) -> int | None:
    """The way that goes on most straight from a corner; None where the street ends."""
    there = [one for one in sorted(ways) if corner in (network.way_tail[one], network.way_head[one])]
    return max(there, key=lambda one: _straightness(network, way, one, corner), default=None)


def _straightness(network: Network, before: int, after: int, corner: int) -> float:
    """The cosine between the end of one way and the beginning of the next."""
    steps = []
    for way, sign in ((before, -1), (after, 1)):
        points = network.geometry(way) * flat_scale(float(network.junction_lat[corner]))
        out = points if network.way_tail[way] == corner else points[::-1]
        steps.append(sign * (out[1] - out[0]))
    return cosine(*steps)


def cosine(one: Floats, other: Floats) -> float:
    """Of the angle between two vectors; 0 where one has no length."""
    return float(one @ other) / max(float(np.hypot(*one) * np.hypot(*other)), 1e-9)


def _apart(found: list[Walk]) -> list[Walk]:
    kept: list[Walk] = []
    for walk in found:
        if all(cosine(walk.heading, other.heading) < _SAME_WAY_COSINE for other in kept):
            kept.append(walk)
    return kept
