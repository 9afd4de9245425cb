"""Read a site file: polygons are the ground that is held, lines are occupied stretches of street."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from clearway.errors import BadGeometry
from clearway.planning.geojson import Feature, features_of, position, read_json
from clearway.planning.street_finder import StreetFinder

if TYPE_CHECKING:
    from pathlib import Path

    from clearway.network.model import Network

_REMEDY = "Give GeoJSON with a Polygon or MultiPolygon; LineStrings are occupied stretches of street."
_GEOMETRIES = {"Polygon", "MultiPolygon", "LineString", "MultiLineString", "GeometryCollection", "Point", "MultiPoint"}


def read_site(path: Path, network: Network) -> tuple[dict[str, Any] | None, tuple[int, ...]]:
    """The polygons of a site file as one geometry, and the ways that its lines follow.

    Raises:
        BadFile: the file cannot be read or is no GeoJSON.
        BadGeometry: it holds other shapes, nothing at all, or a line along no street.
    """
    polygons: list[Any] = []
    ways: dict[int, None] = {}
    for feature, geometry in _shapes(path):
        kind, coordinates = geometry.get("type"), geometry.get("coordinates")
        if kind in {"Polygon", "MultiPolygon"}:
            polygons += [coordinates] if kind == "Polygon" else _listed(coordinates)
        elif kind in {"LineString", "MultiLineString"}:
            for line in [coordinates] if kind == "LineString" else _listed(coordinates):
                ways |= dict.fromkeys(_followed(line, feature, network, str(path)))
        else:
            raise BadGeometry(f"{path}: {feature.title} is a {kind}. {_REMEDY}")
    if not polygons and not ways:
        raise BadGeometry(f"{path}: it contains no site. {_REMEDY}")
    return ({"type": "MultiPolygon", "coordinates": polygons} if polygons else None), tuple(ways)


def read_shape(path: Path) -> dict[str, Any]:
    """All geometries of a GeoJSON file as one collection.

    Raises:
        BadFile: the file cannot be read or is no GeoJSON.
    """
    return {"type": "GeometryCollection", "geometries": [geometry for _, geometry in _shapes(path)]}


def _shapes(path: Path) -> list[tuple[Feature, dict[str, Any]]]:
    document = read_json(path, _REMEDY)
    if isinstance(document, dict) and document.get("type") in _GEOMETRIES:
        document = {"type": "Feature", "properties": {}, "geometry": document}
    found: list[tuple[Feature, dict[str, Any]]] = []
    for feature in features_of(document, str(path), _REMEDY):
        geometry = dict(feature.geometry or {})
        parts = _listed(geometry.get("geometries")) if geometry.get("type") == "GeometryCollection" else [geometry]
        found += [(feature, part) for part in parts if isinstance(part, dict) and part]
    return found


def _listed(value: object) -> list[Any]:
    """A list as it is; nothing for anything else."""
    return value if isinstance(value, list) else []


def _followed(line: object, feature: Feature, network: Network, source: str) -> list[int]:
    points = [position(value, feature, network, source) for value in line] if isinstance(line, list) else []
    if len(points) < 2:  # noqa: PLR2004 - a line has two ends
        raise BadGeometry(f"{source}: {feature.title} is a line of fewer than two points. Draw it along the street.")
    ways = StreetFinder(network).followed(np.array(points))
    if not ways:
        raise BadGeometry(f"{source}: {feature.title} does not follow a street. Draw it along the street, or name the stretch.")
    return ways
