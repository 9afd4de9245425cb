import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from clearway.errors import BadFile
from clearway.network.classes import class_mask
from clearway.network.importers.council import import_council
from clearway.network.model import Network


def line(*points: tuple[float, float], **properties: object) -> dict[str, Any]:
    own = {"id": 1, "class": "residential", "oneway": "both"} | {key.rstrip("_"): value for key, value in properties.items()}
    return {
        "type": "Feature",
        "properties": own,
        "geometry": {"type": "LineString", "coordinates": [list(point) for point in points]},
    }


Imported = Callable[..., Network]
A, B, C = (174.770, -41.280), (174.771, -41.280), (174.771, -41.279)


@pytest.fixture
def imported(tmp_path: Path) -> Imported:
    def from_features(*features: object, **collection: object) -> Network:
        path = tmp_path / "streets.geojson"
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features} | collection))
        return import_council(path)

    return from_features


def test_lines_that_share_an_end_meet_and_lines_that_cross_do_not(imported: Imported) -> None:
    network = imported(line(A, B), line(B, C, id=2), line((174.7705, -41.281), (174.7705, -41.279), id=3))
    assert network.junction_count == 5
    assert network.way_source.tolist() == [1, 2, 3]


@pytest.mark.parametrize(
    ("oneway", "along", "against"),
    [("forward", True, False), ("backward", False, True), ("both", True, True), ("unknown", True, True), (None, True, True)],
)
def test_one_way_streets_bind_cars_and_not_walkers(imported: Imported, oneway: str | None, along: bool, against: bool) -> None:  # noqa: FBT001
    network = imported(line(A, B, oneway=oneway))
    general, foot = class_mask(["general"]), class_mask(["foot"])
    assert (network.arc_permit & general > 0).tolist() == [along, against]
    assert (network.arc_permit & foot > 0).all()


def test_buses_may_run_against_a_one_way_street_where_the_council_says_so(imported: Imported) -> None:
    network = imported(line(A, B, oneway="forward", bus_contraflow=True))
    assert network.arc_permit[1] == class_mask(["bus", "foot"])


def test_bus_streets_and_authorised_streets_let_in_those_they_name_and_the_engine(imported: Imported) -> None:
    network = imported(line(A, B, access="bus"), line(B, C, access="authorised"))
    assert network.arc_permit[0] == class_mask(["emergency", "bus", "foot", "cycle"])
    assert not network.arc_permit[2] & class_mask(["general"])


@pytest.mark.parametrize(
    ("feature", "problem"),
    [
        (line((174.77, float("nan")), B), "feature 1: the coordinates are not pairs of numbers"),
        (line(A, B) | {"geometry": {"type": "LineString", "coordinates": "here"}}, "feature 1: the coordinates are not pairs"),
        (line(A, B) | {"geometry": {"type": "LineString"}}, "feature 1: the coordinates are not pairs"),
        (line(A, B) | {"geometry": "line"}, "feature 1: the geometry is not an object"),
        (line(A, B) | {"properties": ["x"]}, "feature 1: the properties are not an object"),
        (line(A, B, speed_kmh=-10), "feature 1: speed_kmh is -10, not a number above 0"),
        (line(A, B, speed_kmh="fast"), "feature 1: speed_kmh is 'fast'"),
        (line(A, B, width_m=0), "feature 1: width_m is 0"),
        (line(A, B, grade=7), "feature 1: grade is 7, not -1, 0, 1 or null"),
        (line(A, B, lanes=2.5), "feature 1: lanes is 2.5"),
        (line(A, B, name=12), "feature 1: name is 12, not a text"),
        (line((-41.28, 174.77), (-41.279, 174.77)), "longitude and latitude are swapped"),
        (line((1748735, 5427916), (1748800, 5427916)), "not longitudes and latitudes.*EPSG:4326"),
        (line((0.0, 0.0), (0.001, 0.0)), "near longitude 0, latitude 0"),
        (line(A, B, class_="canal"), r"has no usable centreline \(class canal: 1\)"),
        (line(A, B) | {"geometry": {"type": "Polygon", "coordinates": []}}, r"no usable centreline \(geometry Polygon: 1\)"),
    ],
)
def test_a_feature_that_cannot_be_true_is_refused_by_number_and_field(
    imported: Imported, feature: object, problem: str
) -> None:
    with pytest.raises(BadFile, match=problem) as caught:
        imported(feature)
    assert "\n" not in str(caught.value)


def test_all_faults_are_named_at_once(imported: Imported) -> None:
    with pytest.raises(BadFile, match=r"feature 1: grade.*feature 3: speed_kmh.*Correct these features"):
        imported(line(A, B, grade=9), line(A, B), line(B, C, speed_kmh=-1))


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"type": "FeatureCollection"}', '{"features": [1]}', '"a text"', '{"features": {}}']
)
def test_a_file_that_is_no_feature_collection_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "broken.geojson"
    path.write_text(text)
    with pytest.raises(BadFile, match=r"broken\.geojson: not a"):
        import_council(path)


def test_features_that_are_no_centreline_are_counted_by_reason(imported: Imported) -> None:
    network = imported(
        line(A, B),
        line(A, A, id=2),
        line(B, C, id="x"),
        line(B, C, class_="canal"),
        line(A, B) | {"geometry": None},
        line(B, C, id=7, oneway="sideways", access="friends"),
    )
    report = network.report
    assert report["streets"]["kept"] == 2
    assert report["ignored"] == {
        "line without length": 1,
        "the id is not a whole number": 1,
        "class canal": 1,
        "no geometry": 1,
    }
    assert report["not_understood"] == {"one-way value sideways": 1, "access value friends": 1}


def test_notices_come_from_the_file_or_from_what_its_fields_say(imported: Imported) -> None:
    assert imported(line(A, B), attribution="City of Elsewhere").notices == ("City of Elsewhere",)
    assert imported(line(A, B, class_source="osm")).notices == ("(c) OpenStreetMap contributors",)
    assert imported(line(A, B)).notices == ()


def test_wellington_comes_whole_with_its_notices_and_says_that_frontage_stands_in(wellington: Network) -> None:
    assert wellington.way_count == 5953
    assert wellington.report["streets"] == {"in_source": 5953, "kept": 5953, "ignored": {}}
    assert wellington.address_source == "frontage"
    assert wellington.notices == ("(c) OpenStreetMap contributors", "Wellington City Council, CC BY 4.0")
    assert wellington.driving_side == "left"


def test_the_motorways_out_of_wellington_end_at_the_edge_of_the_data_and_its_cul_de_sacs_do_not(wellington: Network) -> None:
    at_edge = np.flatnonzero(wellington.junction_edge)
    ways = np.flatnonzero(np.isin(wellington.way_tail, at_edge) | np.isin(wellington.way_head, at_edge))
    classes = {wellington.class_of(way) for way in ways.tolist()}
    assert "motorway" in classes
    assert "trunk" in classes
    assert "residential" not in classes
