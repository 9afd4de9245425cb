"""The site of a plan: from a file, or as a cordon has it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clearway.errors import BadGeometry
from clearway.planning.cordon.planner.site_file import read_shape, read_site
from clearway.record.place import Area

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from clearway.network.model import Network
    from clearway.record.place import Position
    from clearway.shapes import Ground

Site = tuple[tuple[Area, ...], tuple[tuple["Position", ...], ...]]
"""The polygons of a site, and the lines along streets that are occupied."""

_MOST = 2000
"""Corners of a ring or line: more than anybody draws."""


def site_of_file(path: Path, network: Network) -> Site:
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


def site_of_cordon(site: Ground | None, stretches: Iterable[int], network: Network) -> Site:
    """The site of a cordon: its ground, and a line along each way that is occupied."""
    shape: dict[str, Any] = site.model_dump() if site else {"type": "MultiPolygon", "coordinates": []}
    polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
    areas = tuple(Area(ring=tuple((lon, lat) for lon, lat, *_ in polygon[0])) for polygon in polygons)
    lines = (network.geometry(way).tolist() for way in stretches)
    return areas, tuple(tuple((lon, lat) for lon, lat in line) for line in lines)


def _positions(drawn: list[Any], path: Path) -> tuple[Position, ...]:
    if len(drawn) > _MOST:
        raise BadGeometry(f"{path}: a part of the site has {len(drawn):,} corners. Draw it with {_MOST:,} at most.")
    return tuple((float(lon), float(lat)) for lon, lat, *_ in drawn)
