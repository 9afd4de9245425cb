"""Where stations come from: which points of a file count, what they say, and the network's own places."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest

from clearway.errors import BadFile, BadInput
from clearway.planning.access.planner.stations import (
    STATION_KINDS,
    Station,
    given_or_own,
    hospitals_among,
    own_stations,
    read_stations,
    stations_from,
    stations_of,
)

if TYPE_CHECKING:
    from pathlib import Path

    from clearway.network.build import NetworkDraft
    from clearway.network.model import Network

LON, LAT = 174.77, -41.28


def point(**properties: Any) -> dict[str, Any]:  # noqa: ANN401 - any property
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": [LON, LAT]}, "properties": properties}


def points(*features: dict[str, Any]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


@pytest.mark.parametrize("kind", STATION_KINDS)
def test_a_point_of_each_kind_is_a_station(loop: Network, kind: str) -> None:
    (found,) = stations_from(points(point(kind=kind, name="A")), loop).stations
    assert found == Station("A", kind, LON, LAT)


def test_other_kinds_are_counted_and_a_point_without_a_kind_is_a_station(loop: Network) -> None:
    document = points(
        point(kind="school"), point(name="B"), point(kind="police"), point(kind="school"), point(kind="cafe"), point(kind="")
    )
    found = stations_from(document, loop)
    assert [(one.name, one.kind) for one in found.stations] == [
        ("B", "station"), ("Station 3", "police"), ("Station 6", "station"),
    ]  # fmt: skip
    assert list(found.ignored.items()) == [("cafe", 1), ("school", 2)]
    narrow = stations_from(document, loop, kinds=("police",))
    assert [one.name for one in narrow.stations] == ["B", "Station 3", "Station 6"]
    assert list(narrow.ignored) == ["cafe", "school"]


def test_a_single_feature_is_a_file_too(loop: Network) -> None:
    assert [one.name for one in stations_from(point(name="A"), loop).stations] == ["A"]


def test_turnout_and_engines_are_read_and_what_means_nothing_is_counted(loop: Network) -> None:
    found = stations_from(
        points(
            point(name="A", turnout_s=0, engines=2), point(turnout_s=90.5, engines=100.0, phone="1", Name="x"), point(phone=2)
        ),
        loop,
    )
    assert [(one.turnout_s, one.engines) for one in found.stations] == [(0.0, 2), (90.5, 100), (None, None)]
    assert list(found.unknown.items()) == [("Name", 1), ("phone", 2)]


@pytest.mark.parametrize("engines", [0, 0.5, 1.5, -1, 101, "2", True])
def test_a_number_of_engines_that_cannot_be_is_refused(loop: Network, engines: object) -> None:
    with pytest.raises(BadFile, match="engines"):
        stations_from(points(point(engines=engines)), loop)


def test_a_station_without_a_point_is_refused(loop: Network) -> None:
    for geometry in (None, {"type": "LineString", "coordinates": [[LON, LAT], [LON, LAT]]}):
        with pytest.raises(BadFile, match=r"feature 1 \(A\) is a station without a point"):
            stations_from(points(point(name="A") | {"geometry": geometry}), loop)


@pytest.mark.parametrize(
    ("features", "says"),
    [
        ([], "here.geojson: has no station. Give"),
        ([point(kind="school"), point(kind="cafe"), point(kind="school")],
         "has no station of the kinds ambulance_station, fire_station, police, station (it has 2 school, 1 cafe)"),
        ([point(kind=kind) for kind in "aabbccddeef"], "(it has 2 a, 2 b, 2 c, 2 d, 2 e)"),
    ],
)  # fmt: skip
def test_a_file_without_a_station_says_what_it_has_and_what_to_give(
    loop: Network, features: list[dict[str, Any]], says: str
) -> None:
    with pytest.raises(BadFile) as refused:
        stations_from(points(*features), loop, source="here.geojson")
    assert str(refused.value).startswith("here.geojson: has no station")
    assert says in str(refused.value)
    assert "the fields 'name' and 'kind' (fire_station or ambulance_station)" in str(refused.value)


def test_a_file_for_hospitals_asks_for_hospitals(loop: Network) -> None:
    with pytest.raises(BadFile, match=r"has no hospital of the kinds hospital \(it has 1 school\)\. .*'kind' hospital or none"):
        stations_from(points(point(kind="school")), loop, kinds=("hospital",), what="hospital")


@pytest.fixture(scope="module")
def placed(loop_draft: NetworkDraft) -> Network:
    """A named fire station, an ambulance station without a name, a named hospital and a hydrant."""
    draft = copy.deepcopy(loop_draft)
    draft.place("fire_station", LON, LAT, name="Central")
    draft.place("ambulance_station", LON + 0.001, LAT)
    draft.place("hospital", LON + 0.002, LAT, name="General")
    draft.place("fire_hydrant", LON, LAT)
    return draft.finish()


def test_the_networks_own_places_of_the_kinds_asked_for_are_stations(placed: Network, loop: Network) -> None:
    found = stations_of(placed)
    assert [(one.name, one.kind) for one in found.stations] == [
        ("Central", "fire_station"), ("ambulance station", "ambulance_station"),
    ]  # fmt: skip
    assert found.stations[0].lon == pytest.approx(LON)
    assert found.stations[0].lat == pytest.approx(LAT)
    assert (found.ignored, found.unknown) == ({}, {})
    assert [one.name for one in stations_of(placed, kinds=["hospital"]).stations] == ["General"]
    with pytest.raises(BadInput, match="names no fire or ambulance station"):
        stations_of(loop)
    assert [one.name for one in own_stations(placed, kinds=iter(["fire_station", "police"]))] == ["Central"]
    assert own_stations(placed, kinds=["police"]) == own_stations(loop) == ()


def test_a_file_that_is_given_comes_before_the_networks_own(placed: Network, tmp_path: Path) -> None:
    path = tmp_path / "stations.geojson"
    path.write_text(json.dumps(points(point(name="A", kind="police"), point(name="B", kind="fire_station"))), "utf-8")
    assert [one.name for one in given_or_own(path, placed, kinds=("police",))] == ["A"]
    assert [one.name for one in given_or_own(None, placed, kinds=("fire_station",))] == ["Central"]
    assert given_or_own(None, placed, kinds=("police",)) == ()
    assert len(read_stations(path, placed).stations) == 2
    with pytest.raises(BadFile, match="cannot be opened"):
        read_stations(tmp_path / "none.geojson", placed)


def test_hospitals_among_stations_come_before_the_networks_own(placed: Network, loop: Network) -> None:
    document = points(point(kind="fire_station", name="F"), point(kind="hospital", name="H"), point(name="plain"))
    assert [(one.name, one.kind) for one in hospitals_among(document, placed)] == [("H", "hospital")]
    assert [one.name for one in hospitals_among(points(point(name="F")), placed)] == ["General"]
    assert [one.name for one in hospitals_among(None, placed)] == ["General"]
    assert hospitals_among(None, loop) == ()
