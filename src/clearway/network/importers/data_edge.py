"""Where the data end though the streets may go on.

An extract is a window: a street that leaves it looks like a dead end. A cordon must not take that for a wall, so such ends are
marked (``junction_edge``): dead ends near or beyond the border of the data, be it the box that the file declares or, where it
declares none, the convex hull of its streets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from clearway.network.geometry import flat_scale

if TYPE_CHECKING:
    from clearway.network.model import Bools, Floats, Longs


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
