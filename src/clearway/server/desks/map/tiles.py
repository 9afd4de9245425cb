"""Vector tiles of a network: cut, simplified, encoded and cached.

Tiles follow the Mapbox Vector Tile specification 2.1: a tile is a square of the Web Mercator plane with a grid of 4096 by 4096
units of its own, y downwards. Lines and areas reach ``BUFFER`` units over the edge so that strokes join.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import mapbox_vector_tile
import numpy as np
import shapely

from clearway.cache import Cache
from clearway.errors import NotFound
from clearway.server.desks.map.mercator import MAX_ZOOM, tile_corner
from clearway.server.desks.map.tile_layers import Layer, Shapes, network_layers

if TYPE_CHECKING:
    from clearway.network.model import Network

EXTENT = 4096
BUFFER = 128
_CACHED_BYTES = 64 * 2**20
_TOLERANCE = 4.0
_OPTIONS = {
    "y_coord_down": True,
    "extents": EXTENT,
    "on_invalid_geometry": mapbox_vector_tile.encoder.on_invalid_geometry_make_valid,
}
_POINT, _POLYGON = 0, 3


class Tiles:
    """The tiles of one network; those that were used last stay in memory. Safe for several threads."""

    def __init__(self, network: Network) -> None:
        self._layers = network_layers(network)
        self._encoded: Cache[bytes] = Cache(_CACHED_BYTES, size=len)

    def tile(self, zoom: int, column: int, row: int) -> bytes:
        """One encoded tile; empty bytes where the network has nothing to show.

        Raises:
            NotFound: there is no such tile.
        """
        if not (0 <= zoom <= MAX_ZOOM and 0 <= column < 2**zoom and 0 <= row < 2**zoom):
            raise NotFound(
                f"There is no tile {zoom}/{column}/{row}. Zoom runs from 0 to {MAX_ZOOM}, column and row below 2^zoom."
            )
        return self._encoded.of((zoom, column, row), lambda: encoded_tile(self._layers, zoom, column, row))


def encoded_tile(layers: list[Layer], zoom: int, column: int, row: int) -> bytes:
    """One tile of these layers; layers with nothing to show are left out."""
    shown = [
        {"name": layer.name, "features": features} for layer in layers if (features := _features(layer, zoom, column, row))
    ]
    return bytes(mapbox_vector_tile.encode(shown, default_options=_OPTIONS)) if shown else b""


def _features(layer: Layer, zoom: int, column: int, row: int) -> list[dict[str, Any]]:
    west, north, side = tile_corner(zoom, column, row)
    margin = side * BUFFER / EXTENT
    rows = layer.rows(zoom, (west - margin, north - margin, west + side + margin, north + side + margin))
    shapes = shapely.transform(layer.shapes[rows], lambda points: (points - (west, north)) * (EXTENT / side))
    if len(shapes) and shapely.get_type_id(shapes[0]) == _POINT:
        # a point belongs to one tile only, or it would be counted twice
        keep = ((shapely.get_coordinates(shapes) >= 0) & (shapely.get_coordinates(shapes) < EXTENT)).all(axis=1)
        rows, shapes = rows[keep], shapes[keep]
    else:
        shapes = _cut(shapes)
    return [
        {"geometry": shape, "id": int(layer.ids[at]), "properties": _known(layer.properties(int(at)))}
        for at, shape in zip(rows, shapes, strict=True)
        if not shape.is_empty
    ]


def _cut(shapes: Shapes) -> Shapes:
    cut = shapely.clip_by_rect(shapes, -BUFFER, -BUFFER, EXTENT + BUFFER, EXTENT + BUFFER)
    # clipping an area can leave a line or point where it touches the edge
    areas = np.isin(shapely.get_type_id(shapes), (_POLYGON, 6))
    cut[areas & ~np.isin(shapely.get_type_id(cut), (_POLYGON, 6))] = shapely.Polygon()
    return shapely.simplify(cut, _TOLERANCE)


def _known(properties: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in properties.items() if value is not None}
