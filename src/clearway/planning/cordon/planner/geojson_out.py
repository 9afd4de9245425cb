"""A cordon as GeoJSON for other maps: barriers, their lines across the streets, and the streets enclosed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from clearway.network.model import Network
    from clearway.planning.cordon.planner.contract import CordonPlan


def cordon_geojson(network: Network, plan: CordonPlan) -> dict[str, Any]:
    """One point and the lines for each barrier, one line for each enclosed way; ``role`` tells them apart."""
    features = []
    for barrier in plan.barriers:
        properties = {"role": "barrier"} | barrier.as_json()
        lines = {"type": "MultiLineString", "coordinates": properties.pop("lines")}
        features.append(_feature({"type": "Point", "coordinates": [barrier.lon, barrier.lat]}, properties))
        features.append(_feature(lines, {"role": "line", "number": barrier.number}))
    for way in plan.enclosed.way_indexes:
        properties = {"role": "enclosed", "way": way, "source": int(network.way_source[way]), "name": network.street(way)}
        features.append(_feature({"type": "LineString", "coordinates": network.geometry(way).tolist()}, properties))
    return {"type": "FeatureCollection", "notices": list(network.notices), "features": features}


def _feature(geometry: dict[str, Any], properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}
