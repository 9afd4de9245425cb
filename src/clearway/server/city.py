"""What is known of a city besides its streets: the ground that people hold, and where help starts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from pydantic import ValidationError

from clearway.errors import BadFile
from clearway.planning.access.planner.stations import own_stations, stations_from
from clearway.planning.geojson import features_of
from clearway.planning.street_finder import StreetFinder
from clearway.server.contract import StationCollection
from clearway.shapes import Exact, Ground, WayIndex, problems_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from clearway.network.model import Network
    from clearway.planning.access.planner.stations import Station

_SITE_REMEDY = "Give a GeoJSON FeatureCollection: polygons are the site, lines the stretches of street that are occupied."


class City(Exact):
    """What is known of a city besides its streets.

    Attributes:
        name: What the page calls it.
        site: The ground that people hold.
        stretches: The ways that are occupied as well.
        stations: Where help starts.
        address_cost: Points that each enclosed address costs in the plan that the page opens with.
    """

    name: str
    site: Ground | None
    stretches: tuple[WayIndex, ...]
    stations: StationCollection
    address_cost: float


def city_from(
    network: Network,
    *,
    name: str,
    site: object = None,
    site_source: str = "site",
    stations: object = None,
    stations_source: str = "stations",
    address_cost: float = 0.0,
) -> City:
    """A city from parsed GeoJSON.

    Args:
        network: Its streets.
        name: What it is called.
        site: Polygons (the ground) and lines (occupied stretches; their ``id`` names the way in the source), or None.
        site_source: Where the site came from, for messages.
        stations: Points with ``name`` and ``kind``, other kinds left aside; the network's own fire and ambulance stations where
            None.
        stations_source: Where the stations came from, for messages.
        address_cost: Points that each enclosed address costs in the plan that the page opens with.

    Raises:
        BadFile: a document is no usable GeoJSON, or holds no station.
        BadGeometry: a station has no usable position.
    """
    ground, stretches = _site_of(network, site, site_source) if site is not None else (None, [])
    known = own_stations(network) if stations is None else stations_from(stations, network, source=stations_source).stations
    said = {"name": name, "site": ground, "stretches": stretches, "stations": _collection(known), "address_cost": address_cost}
    try:
        return City.model_validate(said)
    except ValidationError as error:
        raise BadFile(site_source, problems_of(error.errors()), _SITE_REMEDY) from error


def _site_of(network: Network, document: object, source: str) -> tuple[dict[str, Any] | None, list[int]]:
    polygons: list[Any] = []
    stretches: list[int] = []
    finder: StreetFinder | None = None
    for feature in features_of(document, source, _SITE_REMEDY):
        geometry = feature.geometry or {}
        match geometry.get("type"):
            case "Polygon":
                polygons.append(geometry.get("coordinates"))
            case "MultiPolygon":
                polygons += geometry.get("coordinates") or []
            case "LineString":
                finder = finder or StreetFinder(network)
                stretches += _ways_of(network, finder, feature.properties, geometry)
            case other:
                raise BadFile(source, f"{feature.title} is {other or 'without a geometry'}", _SITE_REMEDY)
    if not polygons:
        return None, list(dict.fromkeys(stretches))
    ground = (
        {"type": "Polygon", "coordinates": polygons[0]}
        if len(polygons) == 1
        else {"type": "MultiPolygon", "coordinates": polygons}
    )
    return ground, list(dict.fromkeys(stretches))


def _ways_of(network: Network, finder: StreetFinder, properties: Mapping[str, Any], geometry: Mapping[str, Any]) -> list[int]:
    named = np.flatnonzero(network.way_source == properties["id"]).tolist() if isinstance(properties.get("id"), int) else []
    return named or finder.followed(shapely.get_coordinates(shapely.geometry.shape(geometry)))


def _collection(stations: Iterable[Station]) -> dict[str, Any]:
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"name": station.name, "kind": station.kind},
                "geometry": {"type": "Point", "coordinates": [station.lon, station.lat]},
            }
            for station in stations
        ],
    }
