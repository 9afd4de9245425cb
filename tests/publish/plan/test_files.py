"""A plan as GeoJSON, KML, GPX and CSV: what each holds, by each format's own rules, read back by other readers."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import fastkml
import gpxpy
import pytest
import shapely
from fastkml.utils import find_all
from fastkml.validator import validate

from clearway.planning.plan.document import plan_of
from clearway.publish.plan.features import features_of
from clearway.publish.plan.files import MAP_FILES, as_csv, as_geojson, as_gpx, as_kml
from clearway.publish.plan.known import Known
from plan_rings import DAYS, NOW

if TYPE_CHECKING:
    from pathlib import Path

KML, GPX = "{http://www.opengis.net/kml/2.2}", "{http://www.topografix.com/GPX/1/1}"
SQUARE = [[174.77, -41.28], [174.77, -41.27], [174.78, -41.27], [174.78, -41.28], [174.77, -41.28]]
"""Clockwise, as nobody may write it."""
PLAN: dict[str, Any] = {
    "plan": "tmp",
    "title": "K\u0113ti <1> & 2\x0b",
    "starts": "2022-02-21T03:30+13:00",
    "site": [{"type": "area", "ring": SQUARE, "label": "P\u0101rehua"}],
    "occupied": [[[174.771, -41.281], [174.772, -41.282], [174.773, -41.282]]],
    "barriers": [
        {"id": "=G1", "place": {"type": "point", "at": [174.7722, -41.2798], "label": "By the gate"}, "opens": "staffed"},
        {"id": "B2", "place": "Nowhere Street at No Lane", "ends": "2022-02-21T18:00+13:00"},
    ],
    "passages": [{"who": "residents", "may": "enter", "proof": "a letter"}],
    "handover": [{"id": "H1", "place": {"type": "point", "at": [174.7742, -41.2798]}, "note": "beside the bank"}],
}


@pytest.fixture(scope="module")
def known() -> Known:
    """What is known of the plan without streets."""
    return Known(plan=plan_of(PLAN, DAYS, NOW), zone=DAYS.zone, made=NOW)


def test_geojson_has_every_feature_once_also_what_nobody_can_place(known: Known) -> None:
    """RFC 7946: longitude first, rings closed and counter-clockwise, no crs, a geometry or null."""
    found = json.loads(as_geojson(known))
    assert found["type"] == "FeatureCollection"
    assert "crs" not in found
    rows = {one["properties"]["name"]: one for one in found["features"]}
    assert set(rows) == {"P\u0101rehua", "Occupied street 1", "=G1", "B2", "H1"}
    assert all(set(one) == {"type", "geometry", "properties"} and one["type"] == "Feature" for one in found["features"])
    assert rows["=G1"]["geometry"] == {"type": "Point", "coordinates": [174.7722, -41.2798]}
    assert rows["B2"]["geometry"] is None
    ring = rows["P\u0101rehua"]["geometry"]["coordinates"][0]
    assert ring[0] == ring[-1]
    assert shapely.LinearRing(ring).is_ccw
    assert rows["Occupied street 1"]["geometry"]["coordinates"] == PLAN["occupied"][0]
    assert rows["=G1"]["properties"] == {
        "kind": "gate", "name": "=G1", "where": "By the gate", "says": "barrier; its staff open it",
        "who_passes": "residents may go in, a letter", "starts": "2022-02-20T14:30:00.000000Z", "ends": None,
    }  # fmt: skip
    assert rows["B2"]["properties"]["ends"] == "2022-02-21T05:00:00.000000Z"


def read(text: str) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314 - our own


def in_order(names: list[str], allowed: str) -> bool:
    """Whether some children stand in the order in which a schema lists them."""
    order = allowed.split()
    places = [order.index(name) for name in names]
    return places == sorted(places)


def test_kml_holds_a_placemark_for_each_in_the_order_of_its_schema(known: Known) -> None:
    """OGC 07-147r2: children of a Feature are a sequence."""
    root = read(as_kml(known))
    assert root.tag == f"{KML}kml"
    marks = list(root.iter(f"{KML}Placemark"))
    assert [one.findtext(f"{KML}name") for one in marks] == ["P\u0101rehua", "Occupied street 1", "=G1", "B2", "H1"]
    for mark in marks:
        names = [one.tag.removeprefix(KML) for one in mark]
        assert in_order(names, "name description TimeSpan Point LineString Polygon MultiGeometry")
    assert [one.findtext(f"{KML}name") for one in root.iter(f"{KML}Folder")] == [
        "Site", "Occupied", "Gate", "Barrier", "Handover",
    ]  # fmt: skip
    gate = marks[2]
    lon, lat = gate.findtext(f"{KML}Point/{KML}coordinates", "").split(",")
    assert (float(lon), float(lat)) == (174.7722, -41.2798)
    ring = marks[0].findtext(f".//{KML}LinearRing/{KML}coordinates", "").split()
    assert shapely.LinearRing([tuple(map(float, one.split(","))) for one in ring]).is_ccw
    assert root.findtext(f"{KML}Document/{KML}name") == "K\u0113ti <1> & 2, version 1"


def test_gpx_holds_waypoints_then_tracks_and_leaves_out_what_has_no_spot(known: Known) -> None:
    """GPX 1.1: metadata, waypoints, routes, tracks, in this order; latitude and longitude as attributes."""
    root = read(as_gpx(known))
    assert (root.tag, root.get("version")) == (f"{GPX}gpx", "1.1")
    assert in_order([one.tag.removeprefix(GPX) for one in root], "metadata wpt rte trk")
    points = {one.findtext(f"{GPX}name"): (one.get("lat"), one.get("lon")) for one in root.iter(f"{GPX}wpt")}
    assert points == {"=G1": ("-41.2798000", "174.7722000"), "H1": ("-41.2798000", "174.7742000")}
    tracks = {one.findtext(f"{GPX}name"): len(list(one.iter(f"{GPX}trkpt"))) for one in root.iter(f"{GPX}trk")}
    assert tracks == {"P\u0101rehua": 5, "Occupied street 1": 3}
    for one in (*root.iter(f"{GPX}wpt"), *root.iter(f"{GPX}trk")):
        assert in_order([child.tag.removeprefix(GPX) for child in one], "name desc type trkseg")


def test_gpx_is_read_by_another_program_as_it_was_meant(known: Known) -> None:
    """What gpxpy finds: where each waypoint lies, what it is called, and the points of each track."""
    read_ = gpxpy.parse(as_gpx(known))
    assert (read_.version, read_.creator, read_.name) == ("1.1", "Clearway", "K\u0113ti <1> & 2, version 1")
    assert read_.time == NOW
    points = [(one.name, one.longitude, one.latitude, one.type) for one in read_.waypoints]
    assert points == [("=G1", 174.7722, -41.2798, "gate"), ("H1", 174.7742, -41.2798, "handover")]
    assert (
        read_.waypoints[0].description == "By the gate. barrier; its staff open it. Who passes: residents may go in, a letter"
    )
    tracks = {one.name: [[point.longitude, point.latitude] for point in one.segments[0].points] for one in read_.tracks}
    assert tracks["Occupied street 1"] == PLAN["occupied"][0]
    assert tracks["P\u0101rehua"] == SQUARE[::-1]


def test_kml_is_read_by_another_program_as_it_was_meant(known: Known, tmp_path: Path) -> None:
    """What fastkml finds, with the schema of the OGC: geometries, spans of time and folders."""
    text = as_kml(known)
    (tmp_path / "plan.kml").write_text(text, "utf-8")
    assert validate(file_to_validate=tmp_path / "plan.kml")
    read_ = fastkml.KML.from_string(text.split("\n", 1)[1])
    marks: dict[str, Any] = {str(one.name): one for one in _all(read_, fastkml.Placemark)}
    assert set(marks) == {"P\u0101rehua", "Occupied street 1", "=G1", "B2", "H1"}
    assert [one.name for one in _all(read_, fastkml.Folder)] == ["Site", "Occupied", "Gate", "Barrier", "Handover"]
    assert marks["=G1"].geometry.coords == ((174.7722, -41.2798),)
    assert [list(one) for one in marks["Occupied street 1"].geometry.coords] == PLAN["occupied"][0]
    assert shapely.geometry.shape(marks["P\u0101rehua"].geometry).equals(shapely.Polygon(SQUARE))
    assert marks["B2"].geometry is None
    assert (marks["=G1"].begin.dt, marks["B2"].end.dt) == (known.plan.starts, known.plan.barriers[1].ends)


def _all(read_: fastkml.KML, kind: type[Any]) -> list[Any]:
    return list(find_all(read_, of_type=kind))


def test_the_table_has_a_row_for_each_and_no_cell_is_a_formula(known: Known) -> None:
    rows = list(csv.DictReader(io.StringIO(as_csv(known))))
    assert [row["name"] for row in rows] == ["P\u0101rehua", "Occupied street 1", "'=G1", "B2", "H1"]
    assert (rows[2]["lon"], rows[2]["lat"], rows[3]["lon"]) == ("174.7722", "-41.2798", "")
    assert shapely.from_wkt(rows[0]["lines"]).equals(shapely.Polygon(SQUARE))


@pytest.mark.parametrize("form", sorted(MAP_FILES))
def test_an_empty_plan_is_an_empty_file_of_its_form(form: str) -> None:
    empty = Known(plan=plan_of({"plan": "none", "title": "Nothing"}, DAYS, NOW), zone=DAYS.zone, made=NOW)
    assert features_of(empty) == ()
    text = MAP_FILES[form](empty)
    if form == "geojson":
        assert json.loads(text)["features"] == []
    elif form == "csv":
        assert text.splitlines() == ["kind,name,where,says,who_passes,starts,ends,lon,lat,lines"]
    else:
        assert {one.tag.rpartition("}")[2] for one in read(text).iter()} & {"Placemark", "wpt", "trk"} == set()
