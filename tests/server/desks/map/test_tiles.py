"""Tiles, decoded again, against the network they were cut from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import mapbox_vector_tile
import numpy as np
import pytest
import shapely

from clearway.errors import NotFound
from clearway.network.build import NetworkDraft
from clearway.network.importers.data_edge import HIGHER, with_doubtful_ends
from clearway.network.open_ends import SURE
from clearway.planning.street_names import shown_name
from clearway.server.desks.map.desk import MapDesk
from clearway.server.desks.map.mercator import tile_corner, to_world
from clearway.server.desks.map.tile_layers import ADDRESS_ZOOM, drivable_ways, oneway_signs, street_zoom
from clearway.server.desks.map.tiles import EXTENT, Tiles

if TYPE_CHECKING:
    import httpx

    from clearway.network.model import Floats, Network
    from clearway.server.networks import ServedNetwork

PARLIAMENT = (174.7769, -41.2784)


def tile_at(lon: float, lat: float, zoom: int) -> tuple[int, int, int]:
    x, y = (to_world(np.array([lon]), np.array([lat]))[0] * 2**zoom).astype(int)
    return zoom, int(x), int(y)


def decoded(content: bytes) -> dict[str, dict[int, Any]]:
    tile = mapbox_vector_tile.decode(content, default_options={"y_coord_down": True})
    return {name: {feature["id"]: feature for feature in layer["features"]} for name, layer in tile.items()}


def in_degrees(geometry: Any, tile: tuple[int, int, int]) -> Floats:  # noqa: ANN401 - decoded GeoJSON
    west, north, side = tile_corner(*tile)
    points = shapely.get_coordinates(shapely.geometry.shape(geometry))
    x, y = (points / EXTENT * side + (west, north)).T
    return np.column_stack(((x - 0.5) * 360, np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * y))))))


@pytest.fixture(scope="module")
def desk(wellington: Network) -> Tiles:
    return Tiles(wellington)


@pytest.mark.parametrize("zoom", [13, 14, 16])
def test_every_street_lies_where_the_network_has_it_and_says_what_it_is(desk: Tiles, wellington: Network, zoom: int) -> None:
    tile = tile_at(*PARLIAMENT, zoom)
    streets = decoded(desk.tile(*tile))["streets"]
    assert len(streets) > 20
    signs, drivable = oneway_signs(wellington), drivable_ways(wellington)
    metre = 1 / 111_000
    tolerance = 360 * 0.5**zoom * 6 / EXTENT + metre
    for way, feature in streets.items():
        line = shapely.LineString(wellington.geometry(way))
        far = shapely.distance(line, shapely.points(in_degrees(feature["geometry"], tile)))
        assert far.max() < tolerance, way
        properties = feature["properties"]
        assert properties.get("name") == shown_name(wellington.street(way))
        assert properties["class"] == wellington.class_of(way)
        assert properties["oneway"] == signs[way]
        assert properties["drivable"] == drivable[way]


def test_open_ends_are_on_the_tiles_with_their_reason() -> None:
    draft = NetworkDraft("Town")
    draft.way(draft.junction(174.77, -41.28, edge=True), draft.junction(174.771, -41.28), street_class="primary")
    reasons = {0: HIGHER}
    known, unknown = with_doubtful_ends(draft.finish(), reasons), draft.finish()
    tile = tile_at(174.77, -41.28, 14)
    for network, properties in ((known, {"why": HIGHER, "doubtful": True}), (unknown, {"why": SURE, "doubtful": False})):
        shown = decoded(Tiles(network).tile(*tile))["ends"]
        assert {number: feature["properties"] for number, feature in shown.items()} == {0: properties}
        assert in_degrees(shown[0]["geometry"], tile)[0] == pytest.approx((174.77, -41.28), abs=1e-5)


@pytest.mark.slow
def test_the_tiles_of_a_zoom_hold_every_street_and_each_address_once(desk: Tiles, wellington: Network) -> None:
    west, north = tile_at(wellington.coverage[0], wellington.coverage[3], 14)[1:]
    east, south = tile_at(wellington.coverage[2], wellington.coverage[1], 14)[1:]
    ways: set[int] = set()
    addresses: list[int] = []
    for column in range(west, east + 1):
        for row in range(north, south + 1):
            layers = decoded(content) if (content := desk.tile(14, column, row)) else {}
            ways |= layers.get("streets", {}).keys()
            addresses += layers.get("addresses", {}).keys()
    due = set(np.flatnonzero(street_zoom(wellington) <= 14).tolist())
    tiny = {way for way in due - ways if wellington.way_length_m[way] < 1}
    assert ways == due - tiny
    assert sorted(addresses) == list(range(wellington.address_count))


def test_addresses_stand_where_the_network_has_them(desk: Tiles, wellington: Network) -> None:
    tile = tile_at(*PARLIAMENT, 16)
    for address, feature in decoded(desk.tile(*tile))["addresses"].items():
        lon, lat = in_degrees(feature["geometry"], tile)[0]
        np.testing.assert_allclose([lon, lat], [wellington.address_lon[address], wellington.address_lat[address]], atol=2e-6)


def test_small_streets_and_addresses_appear_only_when_near(desk: Tiles) -> None:
    classes: dict[int, set[str]] = {zoom: set() for zoom in (8, 11, 13)}
    for zoom, seen in classes.items():
        layers = decoded(desk.tile(*tile_at(*PARLIAMENT, zoom)))
        seen |= {feature["properties"]["class"] for feature in layers["streets"].values()}
        assert "addresses" not in layers
    assert classes[8] <= {"motorway", "motorway_link", "trunk"}
    assert "residential" not in classes[11]
    assert "residential" in classes[13]
    assert "addresses" in decoded(desk.tile(*tile_at(*PARLIAMENT, ADDRESS_ZOOM)))


def test_a_street_of_many_pieces_has_a_long_line_for_its_name(desk: Tiles, wellington: Network) -> None:
    tile = tile_at(*PARLIAMENT, 14)
    labels = decoded(desk.tile(*tile))["labels"].values()
    named = [feature for feature in labels if feature["properties"]["name"] == "Molesworth St"]
    pieces = sum(1 for way in range(wellington.way_count) if wellington.street(way) == "Molesworth St")
    assert 1 <= len(named) < pieces


def test_areas_and_places_are_drawn_with_their_names(town: ServedNetwork) -> None:
    tile = tile_at(town.network.area_lon[0], town.network.area_lat[0], 14)
    layers = decoded(town.desk(MapDesk).tiles.tile(*tile))
    assert {"kind": "park", "name": "The Green"} in [feature["properties"] for feature in layers["areas"].values()]
    corner = decoded(town.desk(MapDesk).tiles.tile(*tile_at(town.network.place_lon[0], town.network.place_lat[0], 14)))
    assert {"kind": "hospital", "name": "Māori Hill Hospital"} in [
        feature["properties"] for feature in corner["places"].values()
    ]


def test_a_tile_is_the_same_when_it_is_asked_for_again_and_empty_in_the_sea(desk: Tiles) -> None:
    tile = tile_at(*PARLIAMENT, 15)
    assert desk.tile(*tile) is desk.tile(*tile)
    assert desk.tile(14, 0, 0) == b""


@pytest.mark.parametrize("tile", [(-1, 0, 0), (23, 0, 0), (3, 8, 0), (3, 0, -1)])
def test_there_are_no_tiles_beyond_the_grid(desk: Tiles, tile: tuple[int, int, int]) -> None:
    with pytest.raises(NotFound, match="no tile"):
        desk.tile(*tile)


def test_a_kept_tile_is_not_sent_again(client: httpx.Client) -> None:
    zoom, column, row = tile_at(174.778, -41.282, 14)
    address = f"/api/networks/drawn-town/tiles/{zoom}/{column}/{row}.mvt"
    first = client.get(address)
    assert first.headers["content-type"] == "application/vnd.mapbox-vector-tile"
    assert first.headers["cache-control"] == "no-cache"
    again = client.get(address, headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""


def test_a_tile_asked_for_by_digest_may_be_kept_for_good(client: httpx.Client) -> None:
    zoom, column, row = tile_at(174.778, -41.282, 14)
    pattern = client.get("/api/networks/drawn-town").json()["tiles"]
    address = pattern.replace("{z}", str(zoom)).replace("{x}", str(column)).replace("{y}", str(row))
    answer = client.get(address)
    assert "immutable" in answer.headers["cache-control"]
    assert decoded(answer.content)["streets"]
