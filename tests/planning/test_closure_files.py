from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from clearway.errors import BadFile, BadGeometry, BadInput, UnknownName
from clearway.network.build import NetworkDraft
from clearway.network.classes import class_mask
from clearway.planning.closure_files import closures_from, cordon_closures, read_closures, read_moment

if TYPE_CHECKING:
    from pathlib import Path

    from clearway.network.closures import Closure
    from clearway.network.model import Network

LON, LAT = 174.77, -41.28
METRE_LON, METRE_LAT = 1 / 83_560.0, 1 / 111_195.0
HIGH, CROSS, LOW = 0, 1, 2
MOTOR = ["emergency", "resident", "service", "bus", "general"]


def at(x: float, y: float) -> list[float]:
    return [LON + x * METRE_LON, LAT + y * METRE_LAT]


@pytest.fixture(scope="module")
def town() -> Network:
    """High Street and Low Street run east 200 m, 100 m apart; Cross Street joins their west ends. Ids 100, 101, 100."""
    draft = NetworkDraft("Town")
    north_west, north_east, south_west, south_east = (
        draft.junction(*at(*spot)) for spot in ((0, 0), (200, 0), (0, -100), (200, -100))
    )
    draft.way(north_west, north_east, name="High Street", source=100)
    draft.way(north_west, south_west, name="Cross Street", source=101)
    draft.way(south_west, south_east, name="Low Street", source=100)
    return draft.finish()


def feature(geometry: dict[str, Any] | None = None, **properties: object) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": properties, "geometry": geometry}]}


def point(x: float, y: float) -> dict[str, Any]:
    return {"type": "Point", "coordinates": at(x, y)}


def line(*spots: tuple[float, float]) -> dict[str, Any]:
    return {"type": "LineString", "coordinates": [at(*spot) for spot in spots]}


def where(closures: list[Closure]) -> list[tuple[int, float | None]]:
    return [(closure.way, None if closure.at_m is None else round(closure.at_m)) for closure in closures]


def test_a_point_shuts_the_nearest_street_there(town: Network) -> None:
    assert where(closures_from(feature(point(50, 8)), town)) == [(HIGH, 50)]


def test_a_point_with_an_id_shuts_that_street_even_where_another_is_nearer(town: Network) -> None:
    assert where(closures_from(feature(point(1, -20), way=100), town)) == [(HIGH, 1)]


def test_an_id_alone_shuts_all_its_pieces_whole(town: Network) -> None:
    assert where(closures_from(feature(way=100), town)) == [(HIGH, None), (LOW, None)]
    assert where(closures_from(feature(ways=[101, 100]), town)) == [(CROSS, None), (HIGH, None), (LOW, None)]


def test_a_line_along_streets_shuts_them_whole(town: Network) -> None:
    assert where(closures_from(feature(line((5, 3), (195, 3))), town)) == [(HIGH, None)]
    assert where(closures_from(feature(line((195, 2), (2, 2), (2, -98))), town)) == [(HIGH, None), (CROSS, None)]


def test_a_line_across_a_street_shuts_it_at_the_crossing(town: Network) -> None:
    assert where(closures_from(feature(line((80, 15), (80, -15))), town)) == [(HIGH, 80)]


def ground(west: float, east: float, south: float, north: float) -> dict[str, Any]:
    ring = [at(west, south), at(east, south), at(east, north), at(west, north), at(west, south)]
    return {"type": "Polygon", "coordinates": [ring]}


@pytest.mark.parametrize(
    ("drawn", "shut"),
    [
        (ground(-10, 210, -10, 10), [(HIGH, None)]),  # over the carriageway: it reaches 10 m into Cross Street
        (ground(-10, 210, -20, 10), [(HIGH, None), (CROSS, 10)]),  # 20 m of it
        (ground(90, 130, -10, 10), [(HIGH, 110)]),
        (ground(-10, 210, -110, 10), [(HIGH, None), (CROSS, None), (LOW, None)]),
    ],
)
def test_ground_shuts_the_streets_that_it_covers(
    town: Network, drawn: dict[str, Any], shut: list[tuple[int, float | None]]
) -> None:
    assert where(closures_from(feature(drawn), town)) == shut
    both = {"type": "MultiPolygon", "coordinates": [drawn["coordinates"], ground(150, 190, -105, -95)["coordinates"]]}
    more = [] if (LOW, None) in shut else [(LOW, 170)]
    assert where(closures_from(feature(both), town)) == shut + more


def test_who_is_shut_out_is_every_motor_class_unless_told(town: Network) -> None:
    (everyone,) = closures_from(feature(point(50, 0)), town)
    assert everyone.shuts == class_mask(MOTOR)
    (gate,) = closures_from(feature(point(50, 0), lets_through=["emergency", "bus"]), town)
    assert gate.shuts == class_mask(["resident", "service", "general"])
    (named,) = closures_from(feature(point(50, 0), shuts="foot,cycle"), town)
    assert named.shuts == class_mask(["foot", "cycle"])


def test_direction_time_and_label_are_read(town: Network) -> None:
    said = {"direction": "along", "from": "2022-02-08T06:00:00+13:00", "to": "2022-03-02T18:00:00+13:00", "name": "Blocks"}
    (closure,) = closures_from(feature(point(50, 0), **said), town)
    assert (closure.along, closure.against, closure.label) == (True, False, "Blocks")
    assert closure.holds("general", read_moment("2022-02-08T06:00:00+13:00"))
    assert not closure.holds("general", read_moment("2022-03-02T18:00:00+13:00"))


@pytest.mark.parametrize(
    ("document", "error", "sentence"),
    [
        ({"type": "Topology"}, BadFile, "not a GeoJSON FeatureCollection"),
        (feature(), BadFile, "names no way and has no geometry"),
        (feature(way=7), UnknownName, "7"),
        (feature(way="High Street"), UnknownName, "High Street"),
        (feature(ways={}), UnknownName, "way in feature 1"),
        (feature(ways=[[100]]), UnknownName, "way in feature 1"),
        (feature(point(50, 0), direction=["along"]), UnknownName, "direction"),
        (feature({"type": "LineString", "coordinates": 5}), BadFile, "fewer than two points"),
        (feature(point(50, 60)), BadGeometry, "Put it within 25 m"),
        (feature({"type": "Point", "coordinates": [LAT, LON]}), BadGeometry, "latitude first"),
        (feature({"type": "Point", "coordinates": ["x", 1]}), BadGeometry, "no longitude and latitude"),
        (feature(ground(50, 100, -60, -40)), BadGeometry, "covers no street. Draw it over the street that it shuts"),
        (feature({"type": "Polygon", "coordinates": [[at(0, 0), at(1, 1)]]}), BadFile, "has a ring that cannot be read"),
        (feature({"type": "GeometryCollection", "geometries": []}), BadFile, "is a GeometryCollection"),
        (feature(line((50, 0))), BadFile, "fewer than two points"),
        (feature(line((50, 60), (90, 70))), BadGeometry, "is not on a street"),
        (feature(point(50, 0), shuts=["tank"]), UnknownName, "tank"),
        (feature(point(50, 0), direction="up"), UnknownName, "up"),
        (feature(point(50, 0), **{"from": "10 am"}), BadFile, "Write times with their time zone"),
        (feature(point(50, 0), **{"from": "2022-02-08T06:00:00"}), BadFile, "Write times with their time zone"),
        (
            feature(point(50, 0), **{"from": "2022-03-08T06:00:00Z", "to": "2022-02-08T06:00:00Z"}),
            BadFile,
            "ends before it starts",
        ),
    ],
)
def test_a_bad_closure_is_named(town: Network, document: object, error: type[Exception], sentence: str) -> None:
    with pytest.raises(error, match=sentence):
        closures_from(document, town)


def test_a_file_that_cannot_be_read_says_so(town: Network, tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="cannot be opened"):
        read_closures(tmp_path / "none.geojson", town)
    (tmp_path / "cut.geojson").write_text(json.dumps(feature(way=100))[:40])
    with pytest.raises(BadFile, match="cut short"):
        read_closures(tmp_path / "cut.geojson", town)


def barrier(**changes: object) -> dict[str, Any]:
    lon, lat = at(60, 0)
    return {"number": 3, "street": "High Street", "lon": lon, "lat": lat, "way_indexes": [HIGH], "shuts": ["general"]} | changes


def test_a_cordons_barriers_stand_where_it_says(town: Network) -> None:
    told = cordon_closures({"barriers": [barrier(at_m=[58.5])]}, town)
    assert [(closure.way, closure.at_m, closure.label) for closure in told] == [(HIGH, 58.5, "barrier 3, High Street")]
    assert told[0].shuts == class_mask(["general"])
    assert where(cordon_closures({"barriers": [barrier()]}, town)) == [(HIGH, 60)]
    (block,) = cordon_closures({"barriers": [barrier()]}, town, shuts=127)
    assert block.shuts == 127


@pytest.mark.parametrize(
    ("document", "error", "sentence"),
    [
        ({}, BadFile, "no list of barriers"),
        ({"barriers": [barrier(way_indexes=[9])]}, UnknownName, "planned on another network"),
        ({"barriers": [barrier(lon=None)]}, BadFile, "lacks 'way_indexes'"),
    ],
)
def test_a_bad_cordon_is_named(town: Network, document: object, error: type[Exception], sentence: str) -> None:
    with pytest.raises(error, match=sentence):
        cordon_closures(document, town)


def test_a_moment_needs_its_zone() -> None:
    with pytest.raises(BadInput, match="lacks its time zone"):
        read_moment("2022-02-08T06:00:00")
