from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from clearway.errors import BadFile, BadGeometry
from clearway.network.build import NetworkDraft
from clearway.planning.traffic.demand.areas import area_of_addresses, grid_of_addresses, read_areas

if TYPE_CHECKING:
    from pathlib import Path

    from clearway.network.model import Network


def square(west: float, south: float, side: float) -> list[list[float]]:
    east, north = west + side, south + side
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def collection(*geometries: tuple[str | None, dict[str, Any]]) -> dict[str, Any]:
    features = [{"type": "Feature", "properties": {"name": name}, "geometry": geometry} for name, geometry in geometries]
    return {"type": "FeatureCollection", "features": features}


def polygon(*rings: list[list[Any]]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings)}


def street(*offsets_deg: float) -> Network:
    """A street along the equator with addresses at longitudes."""
    draft = NetworkDraft("street")
    way = draft.way(draft.junction(0.0, 0.0), draft.junction(0.1, 0.0))
    for offset in offsets_deg:
        draft.address(way, offset * 111_195)
    return draft.finish()


def test_addresses_belong_to_the_polygon_they_lie_in() -> None:
    network = street(0.01, 0.03, 0.08)
    document = collection(("West", polygon(square(0.0, -0.01, 0.02))), ("East", polygon(square(0.02, -0.01, 0.02))))
    assert area_of_addresses(network, read_areas(document, network)).tolist() == [0, 1, -1]


def test_a_hole_belongs_to_nobody_and_what_lies_in_two_areas_to_the_first() -> None:
    network = street(0.03, 0.05)
    holed = polygon(square(0.0, -0.05, 0.1), square(0.025, -0.005, 0.01))
    document = collection(("Ring", holed), ("Whole", polygon(square(0.04, -0.01, 0.02))))
    assert area_of_addresses(network, read_areas(document, network)).tolist() == [-1, 0]


def test_multipolygons_and_features_of_one_name_are_one_area() -> None:
    network = street(0.01, 0.05, 0.09)
    both = {"type": "MultiPolygon", "coordinates": [[square(0.0, -0.01, 0.02)], [square(0.04, -0.01, 0.02)]]}
    areas = read_areas(collection(("Isles", both), ("Isles", polygon(square(0.08, -0.01, 0.02)))), network)
    assert areas.names == ("Isles",)
    assert area_of_addresses(network, areas).tolist() == [0, 0, 0]


def test_an_address_just_outside_belongs_to_the_nearest_area() -> None:
    network = street(0.01, 0.0205, 0.023)
    areas = read_areas(collection((None, polygon(square(0.0, -0.01, 0.02)))), network)
    assert areas.names == ("Area 1",)
    assert area_of_addresses(network, areas).tolist() == [0, 0, -1]  # 56 m and 334 m


def test_a_polygon_that_crosses_itself_is_mended() -> None:
    network = street(0.005)
    bow = [[0.0, -0.01], [0.02, 0.01], [0.02, -0.01], [0.0, 0.01], [0.0, -0.01]]
    assert area_of_addresses(network, read_areas(collection(("Bow", polygon(bow))), network)).tolist() == [0]


def test_polygons_that_miss_the_network_are_refused_in_a_sentence() -> None:
    network = street(0.01)
    areas = read_areas(collection(("Elsewhere", polygon(square(0.2, 0.1, 0.02)))), network)
    with pytest.raises(BadGeometry, match=r"No area of the areas \(1 read\) contains an address of the network 'street'"):
        area_of_addresses(network, areas)


@pytest.mark.parametrize(
    ("geometry", "says"),
    [
        ({"type": "Point", "coordinates": [0.0, 0.0]}, "has no polygon"),
        (polygon(square(0.0, 0.0, 0.01)[:-1]), "has an open ring"),
        (polygon([[0.0, 0.0], [0.01, 0.0], [0.0, 0.0]]), "has an open ring"),
        ({"type": "Polygon", "coordinates": []}, "has no rings"),
        ({"type": "MultiPolygon", "coordinates": 7}, "has no rings"),
        (polygon([["a", 0.0], [0.01, 0.0], [0.0, 0.01], ["a", 0.0]]), "no longitude and latitude"),
    ],
)
def test_shapes_that_cannot_be_used_are_refused_in_a_sentence(geometry: dict[str, Any], says: str) -> None:
    with pytest.raises(BadGeometry, match=says):
        read_areas(collection(("Bad", geometry)), street(0.01))


def test_a_file_cut_short_is_refused_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "suburbs.geojson"
    path.write_text(json.dumps(collection(("West", polygon(square(0.0, 0.0, 0.01)))))[:60])
    with pytest.raises(BadFile, match="is not JSON, or is cut short"):
        read_areas(path, street(0.01))


def test_the_squares_of_a_grid_are_as_large_as_asked() -> None:
    network = street(0.001, 0.008, 0.011, 0.095)
    assert len(np.unique(grid_of_addresses(network, 1112.0))) == 3
    assert grid_of_addresses(network, 1112.0).tolist() == [0, 0, 1, 2]


@pytest.mark.parametrize("side", [0.0, -5.0, float("nan")])
def test_a_grid_without_a_size_is_refused(side: float) -> None:
    with pytest.raises(BadGeometry, match="Give a side above 0"):
        grid_of_addresses(street(0.01), side)
