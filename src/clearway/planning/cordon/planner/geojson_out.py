"""A cordon as GeoJSON for other maps: barriers, their lines across the streets, and the streets enclosed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from clearway.network.model import Network
    from clearway.planning.cordon.planner.contract import CordonPlan


def cordon_geojson(network: Network, plan: CordonPlan) -> dict[str, Any]:
    """The barriers, the streets enclosed, and the wishes; ``role`` tells them apart.

    ``barrier``: a point for each place, with ``origin`` (pinned or added); ``line``: its lines across streets; ``enclosed``: a
    street inside; ``pinned``, ``forbidden``: the place that such a point holds; ``kept_open``: a street that stays open.
    """
    features = []
    for barrier in plan.barriers:
        properties = {"role": "barrier"} | barrier.as_json()
        lines = {"type": "MultiLineString", "coordinates": properties.pop("lines")}
        features.append(_feature({"type": "Point", "coordinates": [barrier.lon, barrier.lat]}, properties))
        features.append(_feature(lines, {"role": "line", "number": barrier.number}))
    for way in plan.enclosed.way_indexes:
        properties = {"role": "enclosed", "way": way, "source": int(network.way_source[way]), "name": network.street(way)}
        features.append(_feature({"type": "LineString", "coordinates": network.geometry(way).tolist()}, properties))
    for role, wishes in (("pinned", plan.wishes.pinned), ("forbidden", plan.wishes.forbidden)):
        for wish in wishes:
            properties = {"role": role} | wish.as_json()
            features.append(_feature({"type": "Point", "coordinates": [wish.lon, wish.lat]}, properties))
    for way in plan.question.keep_open:
        properties = {"role": "kept_open", "way": way, "source": int(network.way_source[way]), "name": network.street(way)}
        features.append(_feature({"type": "LineString", "coordinates": network.geometry(way).tolist()}, properties))
    return {"type": "FeatureCollection", "notices": list(network.notices), "features": features}


def _feature(geometry: dict[str, Any], properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}
