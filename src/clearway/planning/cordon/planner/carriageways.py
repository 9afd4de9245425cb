"""The two carriageways of one street: spots that lie abreast of each other and that one crew closes as one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from scipy.spatial import cKDTree

from clearway.network.classes import MOTOR_CLASSES, class_mask
from clearway.network.geometry import flat_scale
from clearway.planning.street_names import name_stem

if TYPE_CHECKING:
    from collections.abc import Callable

    from clearway.network.model import Bools, Floats, Longs, Network

    Positions = Callable[[Longs, Floats], tuple[Floats, Floats, Floats, Floats]]

APART_M = 35.0
"""Two carriageways of a city street with trees, trams or parking between them lie this far apart at most."""
_LEAST_APART_M = 3.0
"""A lane: what lies closer is one street drawn twice."""
_SHIFTED_M = 15.0
"""How far along the street the two spots may be apart for one crew to see both."""
_LEAST_COSINE = 0.8
"""Of the angle between two carriageways, 37 degrees: they run side by side though each bends on its own."""


def signed_directions(network: Network) -> Longs:
    """(W,) 1 where motor traffic is signed along the way only, -1 against only, 0 both or neither."""
    motor = class_mask(MOTOR_CLASSES)
    along, against = ((network.arc_permit[side::2] & motor != 0).astype(np.int64) for side in (0, 1))
    signed: Longs = along - against
    return signed


def abreast_offsets(
    network: Network, candidates: tuple[Longs, Longs], positions: Positions, mouth_m: float
) -> tuple[Longs, Floats]:
    """Ways and offsets that lie abreast of the mouth of the other carriageway, so that one place can close both.

    Args:
        network: The network.
        candidates: As :func:`candidates` gives them.
        positions: Longitude, latitude and direction at offsets along ways.
        mouth_m: How far from a way's end its barrier stands.
    """
    ways, stem = candidates
    if len(ways) == 0:
        return np.empty(0, np.int64), np.empty(0)
    lines, scale = _flat_lines(network, ways)
    mouth = np.minimum(mouth_m, network.way_length_m[ways] / 3)
    own = np.concatenate((ways, ways))
    lon, lat, east, north = positions(own, np.concatenate((mouth, network.way_length_m[ways] - mouth)))
    points = shapely.points(np.column_stack((lon, lat)) * scale)
    at, found = shapely.STRtree(lines).query(points, predicate="dwithin", distance=APART_M)
    same = (stem[np.concatenate((np.arange(len(ways)),) * 2)][at] == stem[found]) & (own[at] != ways[found])
    at, found = at[same], found[same]
    offset = shapely.line_locate_point(lines[found], points[at])
    offset *= network.way_length_m[ways[found]] / np.maximum(shapely.length(lines[found]), 1e-9)
    other_lon, other_lat, other_east, other_north = positions(ways[found], offset)
    gap = np.column_stack((other_lon - lon[at], other_lat - lat[at])) * scale
    heading = np.column_stack((east[at], north[at]))
    twins = _abreast(gap, heading, np.column_stack((other_east, other_north)))
    twins &= _not_same_way(network, own[at], ways[found], heading, np.column_stack((other_east, other_north)))
    return ways[found][twins], offset[twins]


def paired_spots(
    network: Network, candidates: tuple[Longs, Longs], spot_way: Longs, *, places: Floats, heading: Floats
) -> Longs:
    """(S,) for each spot the one abreast on the other carriageway, each the other's nearest; -1 where there is none."""
    partner = np.full(len(spot_way), -1, np.int64)
    ways, stem = candidates
    if len(ways) == 0:
        return partner
    stem_of_way = np.full(network.way_count, -1, np.int64)
    stem_of_way[ways] = stem
    spots = np.flatnonzero(stem_of_way[spot_way] >= 0)
    flat = places[spots] * flat_scale(float(network.junction_lat.mean()))
    pairs = cKDTree(flat).query_pairs(APART_M + _SHIFTED_M, output_type="ndarray")
    first, second = spots[pairs[:, 0]], spots[pairs[:, 1]]
    gap = flat[pairs[:, 1]] - flat[pairs[:, 0]]
    good = (stem_of_way[spot_way[first]] == stem_of_way[spot_way[second]]) & (spot_way[first] != spot_way[second])
    good &= _abreast(gap, heading[first], heading[second])
    good &= _not_same_way(network, spot_way[first], spot_way[second], heading[first], heading[second])
    first, second, distance = first[good], second[good], np.hypot(*gap[good].T)
    for index in np.lexsort((second, first, distance)):
        a, b = first[index], second[index]
        if partner[a] < 0 and partner[b] < 0:
            partner[a], partner[b] = b, a
    return partner


def candidates(network: Network) -> tuple[Longs, Longs]:
    """Ways that may be one of two carriageways, and a number for each one's name stem."""
    used = np.unique(network.way_name[network.way_name >= 0])
    names = [network.string(index) or "" for index in used.tolist()]
    stem_names = [name_stem(name) for name in names]
    stems: dict[str, int] = {}
    most = int(used.max(initial=-1)) + 1
    number, suffixed = np.full(most, -1, np.int64), np.zeros(most, np.bool_)
    number[used] = [stems.setdefault(stem, len(stems)) for stem in stem_names]
    suffixed[used] = [stem != name for stem, name in zip(stem_names, names, strict=True)]
    paired = np.isin(number, number[suffixed])
    named = np.flatnonzero(network.way_name >= 0)
    at = network.way_name[named]
    chosen = (signed_directions(network)[named] != 0) | paired[at]
    return named[chosen], number[at[chosen]]


def _flat_lines(network: Network, ways: Longs) -> tuple[Floats, Floats]:
    scale = np.array(flat_scale(float(network.junction_lat.mean())))
    count = network.way_points[ways + 1] - network.way_points[ways]
    at = np.repeat(network.way_points[ways] - np.cumsum(count) + count, count) + np.arange(count.sum())
    points = np.column_stack((network.point_lon[at], network.point_lat[at])) * scale
    return shapely.linestrings(points, indices=np.repeat(np.arange(len(ways)), count)), scale


def _abreast(gap: Floats, heading: Floats, other: Floats) -> Bools:
    along = np.abs((gap * heading).sum(axis=1))
    across = np.abs(gap[:, 0] * heading[:, 1] - gap[:, 1] * heading[:, 0])
    parallel = np.abs((heading * other).sum(axis=1)) >= _LEAST_COSINE
    close: Bools = parallel & (along <= _SHIFTED_M) & (across >= _LEAST_APART_M) & (across <= APART_M)
    return close


def _not_same_way(network: Network, first: Longs, second: Longs, heading: Floats, other: Floats) -> Bools:
    """Whether two parallel ways are not one-way streets that run the same way."""
    sign = signed_directions(network)
    differ: Bools = (heading * other).sum(axis=1) * sign[first] * sign[second] <= 0
    return differ
