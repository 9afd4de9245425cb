"""Areas that zones are made from: suburbs as polygons, or squares of a grid where nobody drew any."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from clearway.errors import BadGeometry
from clearway.network.geometry import flat_scale
from clearway.planning.geojson import Feature, features_of, position, read_json

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from clearway.network.model import Floats, Ints, Network

NEAR_M = 150.0
"""An address outside every area belongs to the nearest one if that is no farther: borders run along streets and shores."""
NO_AREA = -1
"""The area of an address that lies in none."""
_REMEDY = "Give the suburbs as a GeoJSON FeatureCollection of polygons, each with a name."
_LEAST_RING_POSITIONS = 4
"""A triangle whose first position is repeated."""


@dataclass(frozen=True, eq=False)
class Areas:
    """Named parts of a town.

    Attributes:
        names: A name each.
        shapes: Polygons or multipolygons in WGS 84 degrees, holes and all.
        source: Where they come from, for messages.
    """

    names: tuple[str, ...]
    shapes: tuple[Any, ...]
    source: str


def read_areas(source: Path | Mapping[str, Any], network: Network, *, name_property: str = "name") -> Areas:
    """Areas from a GeoJSON file or document; features of one name are one area.

    A polygon that crosses itself is corrected (each part that its line encloses counts), points and lines are passed over.

    Args:
        source: A file, or GeoJSON as read.
        network: To see whether longitude and latitude are swapped.
        name_property: The property that holds the name; areas without one are numbered.

    Raises:
        BadFile: it is no GeoJSON, or cut short.
        BadGeometry: a ring is no ring, a position no position, or there is no polygon at all.
    """
    shown = "the areas" if hasattr(source, "keys") else str(source)
    document = source if hasattr(source, "keys") else read_json(source, _REMEDY)
    found: dict[str, list[Any]] = {}
    for feature in features_of(document, shown, _REMEDY):
        if shapes := _polygons(feature, network, shown):
            name = feature.properties.get(name_property)
            found.setdefault(str(name) if name else f"Area {feature.number}", []).extend(shapes)
    if not found:
        raise BadGeometry(f"{shown} has no polygon. {_REMEDY}")
    return Areas(tuple(found), tuple(shapely.make_valid(shapely.union_all(shapes)) for shapes in found.values()), shown)


def area_of_addresses(network: Network, areas: Areas) -> Ints:
    """(D,) the area of each address, of several the first; ``NO_AREA`` where none is within ``NEAR_M``.

    Raises:
        BadGeometry: no area holds any address.
    """
    scale = _scale(network)
    shapes = [shapely.transform(shape, lambda lonlat: lonlat * scale) for shape in areas.shapes]
    points = shapely.points(np.column_stack((network.address_lon, network.address_lat)) * scale)
    tree = shapely.STRtree(shapes)
    area = np.full(network.address_count, NO_AREA, np.int32)
    inside = tree.query(points, predicate="intersects")
    backwards = np.argsort(-inside[1], kind="stable")  # so that the first area of several is written last
    area[inside[0][backwards]] = inside[1][backwards]
    if not len(inside[0]):
        raise BadGeometry(
            f"No area of {areas.source} ({len(areas.names)} read) contains an address of the network {network.name!r}. "
            "Check that both are for the same town."
        )
    left = np.flatnonzero(area == NO_AREA)
    near = tree.query_nearest(points[left], max_distance=NEAR_M, all_matches=False)
    area[left[near[0]]] = near[1]
    return area


def grid_of_addresses(network: Network, cell_m: float) -> Ints:
    """(D,) the square of a grid that each address lies in, numbered from 0; only squares that hold an address count.

    Args:
        network: The network.
        cell_m: Side of a square, metres.

    Raises:
        BadGeometry: the side is not above 0.
    """
    if not cell_m > 0:
        raise BadGeometry(f"A grid cannot have squares of {cell_m:g} metres. Give a side above 0.")
    column, row = np.floor(np.stack(address_metres(network)) / cell_m).astype(np.int64)
    _, cell = np.unique(row * (int(column.max(initial=0)) - int(column.min(initial=0)) + 1) + column, return_inverse=True)
    return cell.astype(np.int32)


def address_metres(network: Network) -> tuple[Floats, Floats]:
    """(D,) metres east and (D,) metres north of each address, from an origin of the network's own."""
    scale, (west, south, _, _) = _scale(network), network.coverage
    return (network.address_lon - west) * scale[0], (network.address_lat - south) * scale[1]


def _scale(network: Network) -> Floats:
    _, south, _, north = network.coverage
    return np.array(flat_scale((south + north) / 2))


def _polygons(feature: Feature, network: Network, source: str) -> list[Any]:
    geometry = feature.geometry or {}
    rings = geometry.get("coordinates")
    polygons = {"Polygon": [rings], "MultiPolygon": rings}.get(str(geometry.get("type")))
    if polygons is None:
        return []
    if not isinstance(polygons, list) or not all(isinstance(polygon, list) and polygon for polygon in polygons):
        raise BadGeometry(f"{source}: {feature.title} has no rings. {_REMEDY}")
    return [_polygon(polygon, feature, network, source) for polygon in polygons]


def _polygon(rings: list[Any], feature: Feature, network: Network, source: str) -> Any:  # noqa: ANN401 - shapely has no types
    lines = [[position(at, feature, network, source) for at in ring] if isinstance(ring, list) else [] for ring in rings]
    if any(len(line) < _LEAST_RING_POSITIONS or line[0] != line[-1] for line in lines):
        raise BadGeometry(
            f"{source}: {feature.title} has an open ring. Each ring ends where it began, and has four positions or more."
        )
    return shapely.make_valid(shapely.Polygon(lines[0], lines[1:]))
