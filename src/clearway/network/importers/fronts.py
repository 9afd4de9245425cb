"""Tie addresses to the ways they front.

An address fronts the street that it names, where a way of that name comes within 80 m; else the nearest way of all. Only ways
that an emergency vehicle may use, on the ground or above, count: nobody fronts a tunnel or a motorway.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from clearway.network.geometry import flat_scale

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from clearway.network.model import Bools, Floats, Longs

NAMED_WITHIN_M = 80.0
"""A house that names a street stands within a deep plot of it; farther away the name is of another part of town."""
NEAREST_WITHIN_M = 300.0
"""The longest drive from a street to a house that is still called by it; addresses farther off are counted as ignored."""
_ADDRESSES_AT_ONCE = 20_000
"""So that the pairs of addresses and near lines of one step stay below some hundred megabytes."""
_ON_THE_LINE_M = 1e-3
"""A millimetre: a frontage point lies on its line, and rounding moves it by less."""
_NO_STREET = -1
"""The line of an address that fronts none."""


@dataclass(frozen=True, slots=True)
class Fronts:
    """(D,) row of the line each address fronts (-1: none near), metres from its start, side (-1 left, 1 right, 0 on it)."""

    line: Longs
    offset_m: Floats
    side: Longs


@dataclass(frozen=True, slots=True)
class Lines:
    """K lines over M points: longitude, latitude, and for each line its first and last point and the street it belongs to."""

    lon: Floats
    lat: Floats
    first: Longs
    last: Longs
    street: Sequence[str | None]
    length_m: Floats


def fronts(lines: Lines, usable: Bools, at: Floats, streets: Sequence[str | None]) -> Fronts:
    """The line that each address fronts.

    Args:
        lines: All lines.
        usable: (K,) lines that an address may front.
        at: (D, 2) longitude and latitude of the addresses.
        streets: (D,) the street each address names, None where it names none.
    """
    chosen = np.flatnonzero(usable)
    if not len(at) or not len(chosen):
        nothing = np.zeros(len(at))
        return Fronts(np.full(len(at), _NO_STREET), nothing, nothing.astype(np.int64))
    scale = np.array(flat_scale(float(lines.lat.mean())))
    geometry = _flat_lines(lines, chosen, scale)
    points = shapely.points(at * scale)
    tree = shapely.STRtree(geometry)
    row = np.full(len(at), _NO_STREET)
    near, line = tree.query_nearest(points, max_distance=NEAREST_WITHIN_M, all_matches=False)
    row[near] = line
    _prefer_named(row, tree, points, *_street_numbers([lines.street[line] for line in chosen.tolist()], streets))
    found = row >= 0
    offset, side = np.zeros(len(at)), np.zeros(len(at), np.int64)
    offset[found], side[found] = _foot(geometry[row[found]], points[found], lines.length_m[chosen[row[found]]])
    return Fronts(np.where(found, chosen[row], _NO_STREET), offset, side)


def _flat_lines(lines: Lines, chosen: Longs, scale: Floats) -> Any:  # noqa: ANN401 - an array of shapely lines
    count = (lines.last - lines.first + 1)[chosen]
    point = np.repeat(lines.first[chosen] - np.concatenate(([0], np.cumsum(count)[:-1])), count) + np.arange(count.sum())
    flat = np.column_stack((lines.lon[point], lines.lat[point])) * scale
    return shapely.linestrings(flat, indices=np.repeat(np.arange(len(chosen)), count))


def _street_numbers(of_lines: Sequence[str | None], of_addresses: Sequence[str | None]) -> tuple[Longs, Longs]:
    """The same number for the same name, -1 and -2 where there is none, so that those never match."""
    numbers: dict[str, int] = {}
    first = [numbers.setdefault(name.casefold(), len(numbers)) if name else -1 for name in of_lines]
    return np.array(first, np.int64), np.array(
        [numbers.get(name.casefold(), -2) if name else -2 for name in of_addresses], np.int64
    )


def _prefer_named(row: Longs, tree: Any, points: Any, line_street: Longs, address_street: Longs) -> None:  # noqa: ANN401
    naming = np.flatnonzero(address_street >= 0)
    for start in range(0, len(naming), _ADDRESSES_AT_ONCE):
        some = naming[start : start + _ADDRESSES_AT_ONCE]
        which, line = tree.query(points[some], predicate="dwithin", distance=NAMED_WITHIN_M)
        same = line_street[line] == address_street[some[which]]
        address, line = some[which[same]], line[same]
        distance = shapely.distance(points[address], tree.geometries[line])
        order = np.lexsort((line, distance, address))
        first = order[np.unique(address[order], return_index=True)[1]]
        row[address[first]] = line[first]


def _foot(line: Any, point: Any, length_m: Floats) -> tuple[Floats, Longs]:  # noqa: ANN401
    """Offset along the lines, metres, and the side of each that its point is on."""
    located = shapely.line_locate_point(line, point)
    length = shapely.length(line)
    before = shapely.get_coordinates(shapely.line_interpolate_point(line, np.maximum(located - 1.0, 0.0)))
    after = shapely.get_coordinates(shapely.line_interpolate_point(line, np.minimum(located + 1.0, length)))
    foot = shapely.get_coordinates(shapely.line_interpolate_point(line, located))
    step, away = after - before, shapely.get_coordinates(point) - foot
    cross = step[:, 0] * away[:, 1] - step[:, 1] * away[:, 0]
    side = np.where(np.hypot(*away.T) < _ON_THE_LINE_M, 0, -np.sign(cross)).astype(np.int64)
    return located * length_m / np.maximum(length, 1e-9), side
