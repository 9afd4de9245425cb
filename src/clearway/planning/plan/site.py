"""The site of a plan, from a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clearway.errors import BadGeometry
from clearway.planning.cordon.planner.site_file import read_shape, read_site
from clearway.record.place import Area

if TYPE_CHECKING:
    from pathlib import Path

    from clearway.network.model import Network
    from clearway.record.place import Position

_MOST = 2000
"""Corners of a ring or line: more than anybody draws."""


def site_of_file(path: Path, network: Network) -> tuple[tuple[Area, ...], tuple[tuple[Position, ...], ...]]:
    """The polygons and the lines of a site file. A hole in a polygon counts as part of the site.

    Raises:
        BadFile: the file cannot be read or is no GeoJSON.
        BadGeometry: it holds no site, or one that no network has.
    """
    read_site(path, network)
    areas, lines = [], []
    for geometry in read_shape(path)["geometries"]:
        kind, coordinates = geometry["type"], geometry["coordinates"]
        if kind in ("Polygon", "MultiPolygon"):
            areas += [Area(ring=_positions(one[0], path)) for one in ([coordinates] if kind == "Polygon" else coordinates)]
        else:
            lines += [_positions(one, path) for one in ([coordinates] if kind == "LineString" else coordinates)]
    return tuple(areas), tuple(lines)


def _positions(drawn: list[Any], path: Path) -> tuple[Position, ...]:
    if len(drawn) > _MOST:
        raise BadGeometry(f"{path}: a part of the site has {len(drawn):,} corners. Draw it with {_MOST:,} at most.")
    return tuple((float(lon), float(lat)) for lon, lat, *_ in drawn)
