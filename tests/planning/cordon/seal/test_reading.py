"""Files of barriers: GeoJSON, plans, lines of words and tables; and what cannot be used, in one sentence."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from clearway.errors import BadFile, ClearwayError, UnknownName
from clearway.planning.cordon.planner.geojson_out import cordon_geojson
from clearway.planning.cordon.planner.plan import plan_cordon
from clearway.planning.cordon.planner.question import CordonQuestion
from clearway.planning.cordon.seal.reading import barriers_of, read_barriers

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

POINT = {"type": "Point", "coordinates": [174.77, -41.28]}


def features(*pairs: tuple[dict[str, Any] | None, dict[str, Any]]) -> str:
    listed = [{"type": "Feature", "geometry": geometry, "properties": properties} for geometry, properties in pairs]
    return json.dumps({"type": "FeatureCollection", "features": listed})


def test_a_point_is_a_barrier_with_its_name_its_street_and_its_classes() -> None:
    text = features(
        (POINT, {"name": "A", "street": "Hill Street", "lets_through": ["bus"]}),
        (POINT, {"place": "junction", "shuts": "general, bus"}),
        ({"type": "MultiPoint", "coordinates": [[174.77, -41.28], [174.78, -41.28, 3.0]]}, {}),
        ({"type": "LineString", "coordinates": [[174.77, -41.28], [174.78, -41.28]]}, {}),
        (None, {"street": "Hill Street", "at": "Main Street", "side": "north side"}),
    )
    found = barriers_of(text, "b")
    assert [(one.lon, one.street, one.junction, one.shuts) for one in found[:2]] == [
        (174.77, "Hill Street", False, ("emergency", "resident", "service", "general")),
        (174.77, "", True, ("general", "bus")),
    ]
    assert [one.lon for one in found[2:4]] == [174.77, 174.78]
    assert found[4].line == [[174.77, -41.28], [174.78, -41.28]]
    assert found[5].words == "Hill Street at Main Street, north side"


def test_a_plan_gives_the_exact_places_as_a_file_as_geojson_and_as_the_servers_answer(kit: ModuleType) -> None:
    town = kit.Town()
    for end in ((0, 200), (200, 0)):
        town.corner(*end, edge=True)
        town.street((0, 0), end)
    network = town.network()
    plan = plan_cordon(network, CordonQuestion(site=kit.square(0, 0, 15)))
    exact = [(one.way_indexes, one.at_m) for one in plan.barriers]
    for document in (plan.as_json(), {"cordon": plan.model_dump(mode="json")}, cordon_geojson(network, plan)):
        found = barriers_of(json.dumps(document), "plan")
        assert [(one.way_indexes, one.at_m) for one in found] == exact
        assert {one.shuts for one in found} == {("resident", "service", "bus", "general")}


def test_lines_are_words_or_places_and_a_table_has_a_head() -> None:
    found = barriers_of("# ours\n\nHill Street at Main Street\n 174.77, -41.28 \n", "b")
    assert [(one.words, one.lon) for one in found] == [("Hill Street at Main Street", None), ("", 174.77)]
    table = "Name,Street,Cross Street,Side\nA,Hill Street,Main Street,north\nB,Quay,Hill Street,\n"
    assert [(one.label, one.words) for one in barriers_of(table, "b")] == [
        ("A", "Hill Street at Main Street, north side"),
        ("B", "Quay at Hill Street"),
    ]


def test_a_list_whose_first_line_is_a_lone_word_of_a_head_is_no_table() -> None:
    found = barriers_of("Street\nHill Street at Main Street\n", "b")
    assert [one.words for one in found] == ["Street", "Hill Street at Main Street"]
    assert [one.words for one in barriers_of("Name,Place\nHill Street at Main Street\n", "b")][
        1
    ] == "Hill Street at Main Street"


def test_as_many_barriers_are_read_as_a_ring_may_have() -> None:
    assert len(barriers_of("x\n" * 500, "b")) == 500


@pytest.mark.parametrize(
    ("geometry", "count"),
    [
        (POINT, 1), ({"type": "MultiPoint", "coordinates": [POINT["coordinates"]] * 2}, 2),
        ({"type": "LineString", "coordinates": [POINT["coordinates"], [174.78, -41.28]]}, 1),
        ({"type": "MultiLineString", "coordinates": [[POINT["coordinates"], [174.78, -41.28]]] * 2}, 2),
    ],
)  # fmt: skip
def test_a_geometry_alone_is_a_barrier_without_a_name(geometry: dict[str, Any], count: int) -> None:
    found = barriers_of(json.dumps(geometry), "b")
    assert len(found) == count
    assert {(one.label, one.street, one.words, one.junction, one.shuts) for one in found} == {("", "", "", False, None)}


def test_a_barrier_is_called_by_its_name_its_label_or_its_number() -> None:
    text = features(
        (POINT, {"name": "A", "label": "B", "number": 3}), (POINT, {"label": "B", "number": 3}), (POINT, {"number": 3})
    )
    assert [one.label for one in barriers_of(text, "b")] == ["A", "B", "3"]
    planned = {"way_indexes": [1], "at_m": [4.5], "lon": 174.77, "lat": -41.28}
    rows = [planned | {"street": "Hill Street", "side": "north"}, planned | {"side": "north"}, planned | {"street": "x" * 201}]
    assert [one.label for one in barriers_of(json.dumps({"barriers": rows}), "b")] == ["Hill Street, north", "north", "x" * 200]
    assert [one.label for one in barriers_of("y" * 200 + "\n" + "z" * 199, "b")] == ["y" * 200, "z" * 199]
    table = "street,at,side,name,label\nHill Street,Quay,north side,,L\nHill Street,Quay,,,\n"
    assert [(one.label, one.words) for one in barriers_of(table, "b")] == [
        ("L", "Hill Street at Quay, north side"), ("Hill Street at Quay", "Hill Street at Quay"),
    ]  # fmt: skip


def test_what_the_page_draws_beside_the_barriers_is_none() -> None:
    drawn = [(POINT, {"role": role}) for role in ("line", "enclosed", "bar", "site", "barrier", None)]
    assert len(barriers_of(features(*drawn), "b")) == 2


def test_a_street_is_shut_to_the_classes_that_are_named_or_not_let_through() -> None:
    asked: list[dict[str, Any]] = [
        {"shuts": ["bus", "general"], "lets_through": "general"},
        {"lets_through": "bus, general"},
        {"shuts": []},
        {},
    ]
    assert [one.shuts for one in barriers_of(features(*((POINT, one) for one in asked)), "b")] == [
        ("bus",), ("emergency", "resident", "service"), (), None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "error", "sentence"),
    [
        ("", BadFile, "b: contains no barriers. Give GeoJSON"),
        ('{"type": "FeatureCollection", "features": []}', BadFile, "contains no barriers"),
        ("{", BadFile, "is not JSON, or is cut short"),
        ("[1]", BadFile, "is not a GeoJSON FeatureCollection"),
        ('{"barriers": [3]}', BadFile, "barrier 1 lacks 'way_indexes'"),
        ('{"barriers": [{"way_indexes": ["a"], "at_m": [1]}]}', BadFile, "barrier 1 cannot be read: 'way_indexes"),
        (features(({"type": "Polygon", "coordinates": []}, {})), BadFile, "feature 1 is a Polygon"),
        (features((None, {"name": "A"})), BadFile, r"feature 1 \(A\) has no geometry"),
        (features(({"type": "Point", "coordinates": ["x", 2]}, {})), BadFile, "has no longitude and latitude"),
        (features(({"type": "MultiPoint", "coordinates": 3}, {})), BadFile, "has no coordinates"),
        (features(({"type": "Point", "coordinates": [999, 2]}, {})), BadFile, "cannot be read: 'lon' should be less than"),
        (features((POINT, {"shuts": "lorries"})), UnknownName, "Unknown vehicle class in feature 1 of b: lorries"),
        ("street,at\nHill Street,\n", BadFile, "row 1 has no street and cross street"),
        ("x\n" * 501, BadFile, "contains 501 barriers. Give 500 at most"),
    ],
)
def test_what_cannot_be_used_gets_a_sentence(text: str, error: type[ClearwayError], sentence: str) -> None:
    with pytest.raises(error, match=sentence):
        barriers_of(text, "b")


def test_a_file_that_cannot_be_read_gets_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="cannot be opened"):
        read_barriers(tmp_path / "missing.txt")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\xff\xfe")
    with pytest.raises(BadFile, match="is not a text"):
        read_barriers(tmp_path / "picture.png")
    (tmp_path / "marked.txt").write_bytes(b"\xef\xbb\xbfHill Street at Main Street\r\n")
    assert [one.words for one in read_barriers(tmp_path / "marked.txt")] == ["Hill Street at Main Street"]
