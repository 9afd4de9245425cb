"""Site and stations from GeoJSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clearway.demo.wellington import bundled_json
from clearway.errors import BadFile
from clearway.server.city import city_from
from clearway.server.desks.plan.desk import scenario_of
from clearway.server.networks import served_network
from serving import drawn_town, square, stations

if TYPE_CHECKING:
    from clearway.network.model import Network


def feature(geometry: dict[str, Any], **properties: object) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*features: dict[str, Any]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


def test_polygons_are_the_site_and_lines_the_stretches_they_follow_or_name() -> None:
    network = drawn_town()
    followed = feature({"type": "LineString", "coordinates": network.geometry(7).tolist()})
    named = feature({"type": "LineString", "coordinates": network.geometry(0).tolist()}, id=9)
    site = collection(feature(square(2, 2)), feature(square(4, 4)), followed, named)
    city = city_from(network, name="Two squares", site=site)
    assert city.site is not None
    assert city.site.type == "MultiPolygon"
    assert city.stretches == (7, 9)
    assert scenario_of(served_network(network, city)).question.stretches == (7, 9)


def test_without_a_site_there_is_none_and_stations_come_from_the_network() -> None:
    city = city_from(drawn_town(), name="Quiet")
    assert city.site is None
    assert city.stations.features == []


def test_the_demonstrations_site_names_the_streets_that_were_occupied(wellington: Network) -> None:
    site = bundled_json("site.geojson")
    city = city_from(wellington, name="Parliament", site=site, stations=bundled_json("stations.geojson"))
    streets = {wellington.street(way) for way in city.stretches}
    assert streets == {"Molesworth St", "Kate Sheppard Pl", "Lambton Quay", "Lambton Quay-EAST", "Bunny St"}
    assert {station.properties.kind for station in city.stations.features} == {"fire_station", "ambulance_station"}


@pytest.mark.parametrize(
    ("site", "words"),
    [
        ([], "FeatureCollection"),
        (feature({"type": "Point", "coordinates": [1, 2]}), "is Point"),
        (collection(feature({"type": "Polygon"})), "coordinates"),
        (collection(feature({"type": "Polygon", "coordinates": "round"})), "coordinates"),
    ],
)
def test_a_site_that_cannot_be_used_is_refused_with_a_remedy(site: object, words: str) -> None:
    with pytest.raises(BadFile, match=words) as refused:
        city_from(drawn_town(), name="x", site=site, site_source="mine.geojson")
    assert "polygons are the site" in str(refused.value)


def test_stations_that_are_no_points_are_refused() -> None:
    with pytest.raises(BadFile, match="without a point"):
        city_from(drawn_town(), name="x", stations=collection(feature(square(1, 1))))


def test_a_station_without_a_name_gets_a_number() -> None:
    unnamed = collection(feature(stations()["features"][0]["geometry"]))
    assert city_from(drawn_town(), name="x", stations=unnamed).stations.features[0].properties.name == "Station 1"
