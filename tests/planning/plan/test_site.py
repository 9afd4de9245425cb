"""The site of a plan: polygons and lines of a file, or the ground and the streets of a cordon."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from clearway.errors import BadGeometry
from clearway.planning.plan.site import site_of_cordon, site_of_file
from drawn_towns import Town, place

if TYPE_CHECKING:
    from pathlib import Path

    from clearway.network.model import Network

SQUARE = [list(place(*spot)) for spot in ((10, -40), (90, -40), (90, 40), (10, 40), (10, -40))]
HOLE = [list(place(*spot)) for spot in ((30, -10), (50, -10), (50, 10), (30, 10), (30, -10))]
LINE = [list(place(*spot)) for spot in ((20, 0), (80, 0))]


@pytest.fixture
def network() -> Network:
    """High Street, two blocks of 100 m."""
    town = Town()
    for x in (0.0, 100.0):
        town.street((x, 0.0), (x + 100.0, 0.0), name="High Street")
    return town.network()


def written(folder: Path, *geometries: dict[str, Any]) -> Path:
    path = folder / "site.geojson"
    features = [{"type": "Feature", "properties": {}, "geometry": one} for one in geometries]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def test_polygons_without_their_holes_and_lines_are_the_site(tmp_path: Path, network: Network) -> None:
    ring, line = tuple(map(tuple, SQUARE)), tuple(map(tuple, LINE))
    polygon = {"type": "Polygon", "coordinates": [SQUARE, HOLE]}
    street = {"type": "LineString", "coordinates": LINE}
    areas, lines = site_of_file(written(tmp_path, polygon, street), network)
    assert ([one.ring for one in areas], lines) == ([ring], (line,))
    polygons = {"type": "MultiPolygon", "coordinates": [[SQUARE], [HOLE]]}
    streets = {"type": "MultiLineString", "coordinates": [LINE, LINE[::-1]]}
    areas, lines = site_of_file(written(tmp_path, polygons, streets), network)
    assert ([one.ring for one in areas], lines) == ([ring, tuple(map(tuple, HOLE))], (line, line[::-1]))


@pytest.mark.parametrize(("corners", "good"), [(2000, True), (2001, False)])
def test_a_part_of_a_site_has_two_thousand_corners_at_most(tmp_path: Path, network: Network, corners: int, good: bool) -> None:  # noqa: FBT001
    line = [list(place(20 + 60 * at / corners, 0)) for at in range(corners)]
    path = written(tmp_path, {"type": "LineString", "coordinates": line})
    if good:
        assert len(site_of_file(path, network)[1][0]) == corners
    else:
        with pytest.raises(BadGeometry, match=r"a part of the site has 2,001 corners\. Draw it with 2,000 at most"):
            site_of_file(path, network)


def test_the_streets_of_a_cordon_are_lines_of_the_site(network: Network) -> None:
    areas, lines = site_of_cordon(None, [1], network)
    assert areas == ()
    assert [list(spot) for spot in lines[0]] == network.geometry(1).tolist()
