"""Where the data end though the streets may go on.

An extract is a window: a street that leaves it looks like a dead end. A cordon must not take that for a wall, so such ends are
marked (``junction_edge``), each for a reason that people can read:

- nodes of the way are missing: it goes on for certain;
- a dead end near or beyond the border of the data: the box that the file declares or, where it declares none, the convex hull
  of its streets;
- a dead end on the true outline of the streets, which lies inside the box where an extract was cut along a polygon or where
  the box is larger than the land: public streets alone, since drives and tracks do end;
- a road of a higher class that just ends, anywhere.

The last two are doubtful: a person who knows the place confirms a true dead end (``clearway network import --dead-end``).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import shapely

from clearway.network.geometry import flat_scale

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.model import Bools, Floats, Longs, Network

CUT, BORDER, OUTLINE, HIGHER = (
    "the way goes on beyond the data",
    "a street ends at the border of the data",
    "a street ends on the outline of all streets",
    "a main road ends",
)
DOUBTFUL = frozenset({OUTLINE, HIGHER})
"""Reasons that a person who knows the place may overrule."""
_HIGHER = ("motorway", "trunk", "primary", "secondary")
_PUBLIC = (*_HIGHER, "tertiary", "unclassified", "residential", "living_street", "road", "busway")
_OUTLINE_RATIO = 0.2
"""How far the outline is drawn in, from 0 (all) to 1 (the convex hull): a fifth follows a coast, but not every block."""
_AHEAD_M = 2000.0
"""A park or a harbour is narrower: what lies beyond one is the same town."""
_AHEAD_COSINE = float(np.sqrt(0.5))
"""Ahead is up to 45 degrees to either side."""
_OUTLINE_POINTS = 20_000
"""More are thinned to a grid of this many cells: the outline of a country does not need each junction."""


def open_ends(
    lon: Floats,
    lat: Floats,
    *,
    ends: tuple[Longs, Longs],
    counts: Bools,
    classes: Sequence[str],
    cut: Bools,
    within_m: float,
    box: tuple[float, float, float, float] | None,
) -> dict[int, str]:
    """Junctions where the data end though the street may go on, and why.

    Args:
        lon: (J,) degrees.
        lat: (J,) degrees.
        ends: (W,) junction at each way's first point, and at its last.
        counts: (W,) ways that a vehicle can drive; the others neither end nor go on.
        classes: (W,) street class of each way.
        cut: (J,) a way that passes here has nodes that the data lack.
        within_m: Metres from the border or the outline that still are on it.
        box: West, south, east, north that the file declares.
    """
    tail, head = ends
    border = dead_ends_at_border(lon, lat, tail=tail, head=head, counts=counts, within_m=within_m, box=box)
    found = dict.fromkeys(np.flatnonzero(cut).tolist(), CUT)
    for junction in np.flatnonzero(border).tolist():
        found.setdefault(junction, BORDER)
    alone = np.bincount(np.concatenate((tail[counts], head[counts])), minlength=len(lon)) == 1
    street = np.array([name.removesuffix("_link") for name in classes])
    for way in np.flatnonzero(counts & np.isin(street, _HIGHER)).tolist():
        for junction in (int(tail[way]), int(head[way])):
            if alone[junction]:
                found.setdefault(junction, HIGHER)
    public = counts & np.isin(street, _PUBLIC) & (tail != head)
    at, behind = (np.concatenate(sides) for sides in ((tail[public], head[public]), (head[public], tail[public])))
    at, behind = at[alone[at]], behind[alone[at]]
    streets = np.unique(np.concatenate((tail[counts], head[counts])))
    for junction in _on_outline(lon, lat, streets, ends=(at, behind), within_m=within_m).tolist():
        found.setdefault(junction, OUTLINE)
    return found


def with_doubtful_ends(network: Network, reasons: dict[int, str]) -> Network:
    """The network with the ends that a person may overrule in its report: place and reason."""
    doubtful = [
        {"lon": float(network.junction_lon[junction]), "lat": float(network.junction_lat[junction]), "why": why}
        for junction, why in sorted(reasons.items())
        if why in DOUBTFUL
    ]
    return replace(network, report=network.report | {"doubtful_ends": doubtful}) if doubtful else network


def _on_outline(lon: Floats, lat: Floats, streets: Longs, *, ends: tuple[Longs, Longs], within_m: float) -> Longs:
    """The dead ends on the outline of all streets with no street ahead of them; streets in one line have no outline."""
    at, behind = ends
    if not len(at):
        return at
    flat = np.column_stack((lon, lat)) * flat_scale(float(lat[streets].mean()))
    points = flat[streets]
    if len(points) > _OUTLINE_POINTS:
        cell = np.sqrt(np.prod(np.ptp(points, axis=0)) / _OUTLINE_POINTS)
        points = points[np.unique(np.floor(points / max(cell, 1.0)), axis=0, return_index=True)[1]]
    outline = shapely.concave_hull(shapely.multipoints(points), ratio=_OUTLINE_RATIO)
    if outline.area == 0:
        return at[:0]
    inner = outline.buffer(-within_m)
    shapely.prepare(inner)
    rim = np.flatnonzero(~shapely.contains_xy(inner, flat[at, 0], flat[at, 1]))
    return at[[row for row in rim.tolist() if not _goes_on(flat[at[row]], flat[behind[row]], flat[streets])]]


def _goes_on(end: Floats, behind: Floats, points: Floats) -> bool:
    """Whether there are streets ahead of an end: then it is a gap in the middle of the data, and no outline."""
    ahead, off = end - behind, points - end
    along, length = off @ ahead, np.hypot(off[:, 0], off[:, 1])
    wedge = (along > np.hypot(*ahead) * length * _AHEAD_COSINE) & (length < _AHEAD_M) & (length > 0)
    return bool(wedge.any())


def dead_ends_at_border(
    lon: Floats,
    lat: Floats,
    *,
    tail: Longs,
    head: Longs,
    counts: Bools,
    within_m: float,
    box: tuple[float, float, float, float] | None = None,
) -> Bools:
    """(J,) junctions where one street ends within ``within_m`` metres of the border of the data, or outside it.

    Args:
        lon: (J,) degrees.
        lat: (J,) degrees.
        tail: (W,) junction at each way's first point.
        head: (W,) junction at each way's last point.
        counts: (W,) ways to consider; the others neither end nor go on.
        within_m: Metres.
        box: West, south, east, north, by default the convex hull of the junctions.
    """
    if not len(lon):
        return np.zeros(0, np.bool_)
    ends = np.bincount(np.concatenate((tail[counts], head[counts])), minlength=len(lon)) == 1
    scale = np.array(flat_scale(float(lat.mean())))
    flat = np.column_stack((lon, lat)) * scale
    if box is None:
        border = shapely.convex_hull(shapely.multipoints(flat))
    else:
        border = shapely.box(box[0] * scale[0], box[1] * scale[1], box[2] * scale[0], box[3] * scale[1])
    inner = border.buffer(-within_m)
    shapely.prepare(inner)
    outside = ~shapely.contains_xy(inner, flat[:, 0], flat[:, 1])
    return np.asarray(ends & outside, np.bool_)
