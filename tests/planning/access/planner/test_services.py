"""Fire, ambulance and police: one answer each, in the loop town whose times can be worked out on paper."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from clearway.errors import BadFile
from clearway.network.classes import class_mask
from clearway.network.closures import Closure
from clearway.planning.access.check import check_access
from clearway.planning.access.planner.certificate import write_certificate
from clearway.planning.access.planner.report import assess_services
from clearway.planning.access.planner.services import ANY_SERVICE, Service, load_services, staffed, unanswered
from clearway.planning.access.planner.stations import Station, stations_from
from clearway.planning.access.planner.timing import AccessTimer

if TYPE_CHECKING:
    from pathlib import Path

    from clearway.network.build import NetworkDraft
    from clearway.network.model import Network

STATION_ROAD, BRIDGE, NORTH, EAST, SOUTH, WEST, END = range(7)
EVERYBODY = 127
NOT_FOOT = EVERYBODY & ~class_mask(["foot"])
NOT_EMERGENCY = EVERYBODY & ~class_mask(["emergency"])


@pytest.fixture
def ambulance(loop: Network) -> Station:
    """At the far end of End Lane."""
    return Station("Ambulance", "ambulance_station", float(loop.junction_lon[6]), float(loop.junction_lat[6]))


def answered(network: Network, stations: tuple[Station, ...], *closures: Closure, **changes: Any) -> dict[str, Any]:  # noqa: ANN401
    table = [Service(**{"name": one.name, "station_kinds": one.station_kinds} | changes) for one in load_services()]
    said: dict[str, Any] = assess_services(AccessTimer(network), staffed(table, stations), closures=closures).answer().as_json()
    return said


def apart(said: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["service"]: one for one in said["services"]}


def test_a_service_that_is_cut_off_is_not_covered_by_another_next_door(
    loop: Network, fire_station: tuple[Station, ...], ambulance: Station
) -> None:
    said = answered(loop, (*fire_station, ambulance), Closure(BRIDGE, EVERYBODY, label="bridge"))
    services = apart(said)
    assert [services[name]["after"]["reached"] for name in ("fire", "ambulance")] == [1, 5]
    assert {row["address"] for row in services["ambulance"]["after"]["unreached"]} == {STATION_ROAD, BRIDGE}
    # no address is reached by both, so none is called reached
    assert (said["before"]["reached"], said["after"]["reached"]) == (7, 0)
    assert {row["address"]: row["cut_off_by"] for row in said["after"]["unreached"]} == {
        address: ["bridge"] for address in range(7)
    }


def test_together_they_are_as_slow_as_the_last_of_them(
    loop: Network, fire_station: tuple[Station, ...], ambulance: Station
) -> None:
    said = answered(loop, (*fire_station, ambulance))
    alone = {name: one["before"]["seconds"]["max"] for name, one in apart(said).items()}
    assert alone == pytest.approx({"fire": 27.0, "ambulance": 27.0}, abs=0.03)
    worst = {row["label"]: (row["seconds_after"], row["station"]) for row in said["worst"]}
    # fire comes to Station Road in 3 s, the ambulance in 27: it has the other stations' whole road before it
    assert worst["1 Station Road"] == (pytest.approx(27, abs=0.03), "Ambulance")
    assert worst["1 End Lane"] == (pytest.approx(27, abs=0.03), "Fire")
    assert said["two_approaches"] == 0


def test_turnout_is_in_every_time_of_its_own_station_alone(loop: Network, fire_station: tuple[Station, ...]) -> None:
    (fire,) = fire_station
    slow = Station("Second", "fire_station", float(loop.junction_lon[6]), float(loop.junction_lat[6]), turnout_s=60.0)
    said = apart(answered(loop, (fire, slow), turnout_s=10.0))["fire"]
    assert said["turnout_seconds"] == [10.0, 60.0]
    assert apart(answered(loop, fire_station))["fire"]["turnout_seconds"] == [0.0]
    assert said["before"]["seconds"]["max"] == pytest.approx(37.0, abs=0.03)  # 27 s of driving and 10, sooner than 60 and 3
    assert {row["station"] for row in said["worst"]} == {"Fire"}


def test_a_gate_costs_those_who_may_pass_its_seconds_and_nobody_before_it(
    loop: Network, fire_station: tuple[Station, ...]
) -> None:
    gate = Closure(BRIDGE, NOT_EMERGENCY, at_m=70.0, label="gate", delay_s=40.0)
    said = apart(answered(loop, fire_station, gate))["fire"]
    waits = {row["label"]: row["seconds_after"] - row["seconds_before"] for row in said["worst"]}
    assert waits.pop("1 Station Road") == waits.pop("1 Bridge") == 0  # the bridge's house stands before its gate
    assert set(waits.values()) == {40.0}


@pytest.mark.parametrize("opens_s", [1.0, 20.0, 600.0])
def test_a_gate_is_gone_round_where_that_is_sooner(loop: Network, fire_station: tuple[Station, ...], opens_s: float) -> None:
    gate = Closure(NORTH, NOT_EMERGENCY, at_m=10.0, label="gate", delay_s=opens_s)
    said = apart(answered(loop, fire_station, gate))["fire"]
    found = {row["label"]: row["seconds_after"] for row in said["worst"]}
    # North Street from the west 15 s and the gate; round by west, south and east 39 - 3 = 33 s
    assert found["1 North Street"] == pytest.approx(min(15 + opens_s, 33), abs=0.03)


def test_a_standard_is_met_or_not_by_its_own_share(loop: Network, fire_station: tuple[Station, ...]) -> None:
    closed = Closure(END, EVERYBODY, label="lane")
    said = apart(answered(loop, fire_station, closed, within_s=20.0, share=0.57))["fire"]
    # 3, 9, 15 and 15 s; 21, 21 and 27 s are later: 4 of 7 are 57.1 %
    assert said["within"] == {"seconds": 20.0, "before": 4, "after": 4}
    assert said["standard"] | {"seconds": 20.0} == {
        "seconds": 20.0, "share": 0.57, "share_before": 0.5714, "share_after": 0.5714, "met_before": True, "met_after": True
    }  # fmt: skip
    missed = apart(answered(loop, fire_station, closed, within_s=20.0, share=0.58))["fire"]["standard"]
    assert (missed["met_before"], missed["met_after"]) == (False, False)
    assert apart(answered(loop, fire_station))["fire"]["standard"] is None


def test_a_station_off_the_streets_is_named_and_the_others_are_answered(
    loop: Network, fire_station: tuple[Station, ...]
) -> None:
    far = Station("Far away", "fire_station", 174.77, -41.27)
    said = apart(answered(loop, (far, *fire_station)))["fire"]
    assert said["before"]["reached"] == 7
    assert said["stations"] == ["Fire"]
    assert "Far away (1112 m)" in said["notes"][0]


def test_a_station_that_the_closures_shut_in_is_said_at_once(
    loop: Network, fire_station: tuple[Station, ...], ambulance: Station
) -> None:
    ring = Closure(STATION_ROAD, EVERYBODY, at_m=60.0, label="ring")
    services = apart(answered(loop, (*fire_station, ambulance), ring))
    assert services["fire"]["notes"] == [
        "Fire is shut in by the closures: its vehicles reach 1 of the 7 addresses that they reached before."
    ]
    assert services["ambulance"]["notes"] == []


def test_the_certificate_holds_every_service_and_a_forged_turnout_or_gate_is_refused(
    loop: Network, fire_station: tuple[Station, ...], ambulance: Station, tmp_path: Path
) -> None:
    gate = Closure(BRIDGE, NOT_EMERGENCY, at_m=70.0, label="gate", delay_s=40.0)
    table = [Service("fire", ("fire_station",), turnout_s=10.0), Service("ambulance", ("ambulance_station",))]
    services = staffed(table, (*fire_station, ambulance))
    write_certificate(tmp_path / "proof.json", assess_services(AccessTimer(loop), services, closures=[gate]).reports)
    document = json.loads((tmp_path / "proof.json").read_text())
    assert check_access(loop, document)[1] == []
    assert [one["label"] for side in document["services"] for one in side["gates"]] == ["gate", "gate"]
    for service, part, change in (
        (0, "stations", {"turnout_ms": 0}),
        (1, "gates", {"ms": 0}),
        (1, "gates", {"along": False, "against": False}),
        (0, "gates", {"at_m": 20.0}),
    ):
        forged = copy.deepcopy(document)
        forged["services"][service][part][0] |= change
        fails = check_access(loop, forged)[1]
        assert any("does not add up" in sentence or "sooner than" in sentence for sentence in fails)


def test_a_station_of_an_unknown_kind_is_a_service_of_its_own_and_one_of_none_stands_for_all(loop: Network) -> None:
    coast = Station("Pier", "coast_guard", float(loop.junction_lon[0]), float(loop.junction_lat[0]))
    plain = Station("Depot", "station", float(loop.junction_lon[0]), float(loop.junction_lat[0]))
    assert [one.service.name for one in staffed(load_services(), (coast, plain))] == ["all stations", "coast guard"]
    assert ANY_SERVICE.station_kinds == ("station",)


def test_a_service_without_a_station_is_not_passed_over(loop: Network, fire_station: tuple[Station, ...]) -> None:
    table, kinds = load_services(), ("fire_station", "ambulance_station")
    assert unanswered(table, staffed(table, fire_station), kinds) == [
        "There is no station of ambulance: nothing is said about it."
    ]
    assert unanswered(table, staffed(table, (Station("Depot", "station", 0, 0),)), kinds) == []
    assert loop.address_count == 7


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("service,class\nfire,emergency\n", "lacks the columns station_kinds, within_s, share, turnout_s"),
        ("service,station_kinds,class,within_s,share,turnout_s\nfire,fire_station,tank,480,,\n", "line 2 has the class 'tank'"),
        ("service,station_kinds,class,within_s,share,turnout_s\nfire,fire_station,emergency,soon,,\n", "within_s 'soon'"),
        ("service,station_kinds,class,within_s,share,turnout_s\nfire,fire_station,emergency,480,90,\n", "share '90'"),
        ("service,station_kinds,class,within_s,share,turnout_s\nfire,fire_station,emergency,480,nan,\n", "share 'nan'"),
        ("service,station_kinds,class,within_s,share,turnout_s\n,fire_station,emergency,480,,\n", "names no service"),
        (
            "service,station_kinds,class,within_s,share,turnout_s\na,x,emergency,480,,\nb,x,emergency,480,,\n",
            "names 'x' twice",
        ),
    ],
)
def test_a_table_that_cannot_be_used_gets_one_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    (tmp_path / "services.csv").write_text(text)
    with pytest.raises(BadFile, match=sentence):
        load_services(tmp_path / "services.csv")


@pytest.mark.parametrize(
    ("properties", "sentence"),
    [
        ({"turnout_s": "soon"}, "'turnout_s' 'soon'"),
        ({"turnout_s": -1}, "'turnout_s' -1"),
        ({"turnout_s": True}, "'turnout_s' True"),
        ({"engines": 1.5}, "1.5 engines"),
        ({"engines": 0}, "0 engines"),
    ],
)
def test_a_station_with_an_odd_number_gets_one_sentence(loop: Network, properties: dict[str, Any], sentence: str) -> None:
    with pytest.raises(BadFile, match=sentence):
        stations_from(_collection({"kind": "fire_station", **properties}), loop)


def test_what_is_not_read_of_a_station_is_counted(loop: Network) -> None:
    listed = stations_from(_collection({"kind": "fire_station", "turnout": 60}), loop)
    assert listed.unknown == {"turnout": 1}
    assert stations_from(_collection({"kind": "fire_station", "turnout_s": 60}), loop).stations[0].turnout_s == 60


def test_engines_are_counted_where_every_station_says_how_many(loop: Network, fire_station: tuple[Station, ...]) -> None:
    (fire,) = fire_station
    end = float(loop.junction_lon[6]), float(loop.junction_lat[6])
    one, two = replace(fire, engines=1), Station("End", "fire_station", *end, engines=2)
    # from S: 3, 9, 15, 21, 21, 15, 27 s; from the lane's end: 27, 21, 15, 9, 9, 15, 3 s
    engines = apart(answered(loop, (one, two), within_s=16.0))["fire"]["engines"]
    assert {name: engines["before"][name] for name in ("none", "one", "two_or_more")} == {"none": 0, "one": 2, "two_or_more": 5}
    assert engines["before"]["second"]["max"] == pytest.approx(27.0, abs=0.03)  # Station Road's second comes from the lane
    shut = apart(answered(loop, (one, two), Closure(BRIDGE, EVERYBODY), within_s=16.0))["fire"]["engines"]["after"]
    # behind the bridge two come from the lane's end; before it one, and on it none
    assert {name: shut[name] for name in ("none", "one", "two_or_more")} == {"none": 1, "one": 1, "two_or_more": 5}
    assert (shut["second"]["reached"], shut["second"]["unreached_count"]) == (5, 2)
    alone = apart(answered(loop, (one,), within_s=16.0))["fire"]["engines"]["before"]
    assert alone["second"]["reached"] == 0
    assert apart(answered(loop, (fire, two)))["fire"]["engines"] is None


def on_foot(said: dict[str, Any]) -> dict[str, float | None]:
    return {row["label"]: row["on_foot_m"] for row in apart(said)["fire"]["after"]["unreached"]}


def test_the_last_metres_are_walked_from_the_last_point_that_an_engine_reaches(
    loop: Network, fire_station: tuple[Station, ...]
) -> None:
    # addresses stand at 50 m of each 100 m street; the bollard on End Lane at 35 m, the block on the bridge at 70 m
    lane = answered(loop, fire_station, Closure(END, EVERYBODY, at_m=35.0))
    assert on_foot(lane) == {"1 End Lane": pytest.approx(15, abs=0.2)}
    assert apart(lane)["fire"]["on_foot_count"] == 1
    bridge = on_foot(answered(loop, fire_station, Closure(BRIDGE, EVERYBODY, at_m=70.0)))
    assert bridge == pytest.approx(
        {"1 North Street": 80, "1 West Street": 80, "1 East Street": 180, "1 South Street": 180, "1 End Lane": 280}, abs=0.5
    )
    whole = on_foot(answered(loop, fire_station, Closure(END, EVERYBODY)))  # shut from its beginning
    assert whole == {"1 End Lane": pytest.approx(50, abs=0.2)}
    door = on_foot(answered(loop, fire_station, Closure(STATION_ROAD, EVERYBODY, at_m=20.0)))
    assert door["1 Station Road"] == pytest.approx(30, abs=0.2)


def test_where_nobody_can_walk_no_metres_are_said(loop_draft: NetworkDraft, fire_station: tuple[Station, ...]) -> None:
    draft = copy.deepcopy(loop_draft)
    island = draft.way(draft.junction(174.78, -41.29), draft.junction(174.781, -41.29), name="Island Road")
    draft.address(island, 10.0, label="1 Island Road")
    draft.stop(END, 30.0, blocks=EVERYBODY)  # a fence
    found = on_foot(answered(draft.finish(), fire_station))
    assert found == {"1 Island Road": None, "1 End Lane": None}


@pytest.mark.parametrize("opens_s", [0.0, None])
def test_before_and_after_are_the_same_where_nothing_is_shut_or_waited_for(
    loop_draft: NetworkDraft, fire_station: tuple[Station, ...], opens_s: float | None
) -> None:
    draft = copy.deepcopy(loop_draft)
    draft.stop(END, 30.0, blocks=NOT_FOOT)  # a bollard: not reached before either, but walked to
    gates = [] if opens_s is None else [Closure(BRIDGE, NOT_EMERGENCY, at_m=70.0, label="gate", delay_s=opens_s)]
    said = answered(draft.finish(), fire_station, *gates)
    for one in (said, *said["services"]):
        assert one["before"] == one["after"]
        assert [row["on_foot_m"] for row in one["before"]["unreached"]] == [pytest.approx(20, abs=0.2)]


def test_the_last_metres_before_do_not_grow_with_a_closure(loop_draft: NetworkDraft, fire_station: tuple[Station, ...]) -> None:
    draft = copy.deepcopy(loop_draft)
    draft.stop(END, 30.0, blocks=NOT_FOOT)
    said = answered(draft.finish(), fire_station, Closure(BRIDGE, EVERYBODY, at_m=70.0))
    for one in (said, apart(said)["fire"]):
        assert [row["on_foot_m"] for row in one["before"]["unreached"]] == [pytest.approx(20, abs=0.2)]
        assert {row["label"]: row["on_foot_m"] for row in one["after"]["unreached"]}["1 End Lane"] == pytest.approx(
            280, abs=0.5
        )


def _collection(properties: dict[str, Any]) -> dict[str, Any]:
    point = {"type": "Point", "coordinates": [174.77, -41.28]}
    return {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": properties, "geometry": point}]}
