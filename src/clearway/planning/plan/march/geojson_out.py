"""Rolling closures as GeoJSON that every command takes with ``--closures``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clearway.network.classes import class_names
from clearway.network.geometry import point_at

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clearway.network.closures import Closure
    from clearway.network.model import Network


def march_geojson(closures: Iterable[Closure], network: Network) -> dict[str, Any]:
    """A feature for each closure: a line along a street, a point where one is held, with its times and whom it shuts out."""
    return {"type": "FeatureCollection", "features": [_feature(one, network) for one in closures]}


def _feature(one: Closure, network: Network) -> dict[str, Any]:
    line = network.geometry(one.way)
    geometry = (
        {"type": "LineString", "coordinates": line.tolist()}
        if one.at_m is None
        else {"type": "Point", "coordinates": list(point_at(line, one.at_m))}
    )
    properties = {
        "name": one.label,
        "shuts": list(class_names(one.shuts)),
        "starts": one.starts.isoformat() if one.starts else None,
        "ends": one.ends.isoformat() if one.ends else None,
    }
    return {"type": "Feature", "properties": properties, "geometry": geometry}
