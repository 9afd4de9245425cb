"""The side of the road that traffic keeps, from what the map says or from where it lies.

In order: ``driving_side`` tags of the streets; the roundabouts, clockwise where traffic keeps left; the place, by the boxes of
``driving_sides.csv``, of which the last one that holds it decides. A place in no box keeps right.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources
from io import StringIO
from typing import TYPE_CHECKING

import numpy as np

from clearway.network.importers.osm_source import MISSING
from clearway.network.importers.osm_split import DEGREES_PER_UNIT

if TYPE_CHECKING:
    from clearway.network.importers.osm_source import OsmData

_SIDES = ("left", "right")


def driving_side_of(data: OsmData) -> str:
    """``left`` or ``right``."""
    tagged = [tags["driving_side"] for tags in data.way_tags if tags.get("driving_side") in _SIDES]
    if tagged:
        return max(_SIDES, key=tagged.count)
    turning = _clockwise(data)
    if turning:
        return "left" if turning > 0 else "right"
    _, x, y = data.nodes()
    known = x != MISSING
    return side_at(float(np.median(x[known])) * DEGREES_PER_UNIT, float(np.median(y[known])) * DEGREES_PER_UNIT)


def side_at(lon: float, lat: float) -> str:
    """The side at a place on the globe.

    >>> side_at(-0.13, 51.5), side_at(2.35, 48.86), side_at(174.8, -41.3), side_at(139.7, 35.7)
    ('left', 'right', 'left', 'left')
    """
    sides = [side for side, (west, south, east, north) in _boxes() if west <= lon <= east and south <= lat <= north]
    return sides[-1] if sides else "right"


@cache
def _boxes() -> tuple[tuple[str, tuple[float, ...]], ...]:
    text = resources.files("clearway.network").joinpath("driving_sides.csv").read_text("utf-8")
    rows = csv.DictReader(StringIO(text))
    return tuple((row["side"], tuple(float(row[edge]) for edge in ("west", "south", "east", "north"))) for row in rows)


def _clockwise(data: OsmData) -> int:
    """How many more roundabouts run clockwise than against the clock."""
    _, x, y = data.nodes()
    more = 0
    for row, tags in enumerate(data.way_tags):
        if tags.get("junction") == "roundabout" and tags.get("oneway") in {None, "yes"}:
            first, end = data.way_start[row : row + 2]
            px, py = x[first:end].astype(float), y[first:end].astype(float)
            if data.refs[first] == data.refs[end - 1] and not (px == MISSING).any():
                more -= int(np.sign(np.dot(px[:-1], py[1:]) - np.dot(px[1:], py[:-1])))
    return more
