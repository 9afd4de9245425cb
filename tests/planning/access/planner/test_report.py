from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pytest
from hypothesis import assume, given, reject, settings
from hypothesis import strategies as st

from clearway.errors import BadGeometry
from clearway.network.classes import class_mask
from clearway.network.closures import Closure
from clearway.network.geometry import point_at
from clearway.network.model import NEVER_MS
from clearway.planning.access.check import check_access
from clearway.planning.access.planner.certificate import certificate_of
from clearway.planning.access.planner.report import assess_services
from clearway.planning.access.planner.services import load_services, staffed
from clearway.planning.access.planner.stations import Station, read_stations
from clearway.planning.access.planner.timing import AccessTimer
from random_towns import TURNOUT_MS, ByHand, Town
from rounds import examples

if TYPE_CHECKING:
    from pathlib import Path

    from clearway.network.build import NetworkDraft
    from clearway.network.model import Network
    from clearway.planning.access.planner.report import ServicesReport

STATION_ROAD, BRIDGE, NORTH, EAST, SOUTH, WEST, END = range(7)
EVERYBODY = 127
NOT_EMERGENCY = EVERYBODY & ~class_mask(["emergency"])


def assessed(network: Network, stations: tuple[Station, ...], *closures: Closure) -> ServicesReport:
    return assess_services(AccessTimer(network), staffed(load_services(), stations), closures=closures)


def test_times_are_those_worked_out_on_paper(loop: Network, fire_station: tuple[Station, ...]) -> None:
    said = assessed(loop, fire_station).answer().as_json()
    assert said["before"] == said["after"]
    assert (said["addresses"], said["before"]["reached"], said["before"]["unreached"]) == (7, 7, [])
    # 3, 9, 15, 21, 21, 15 and 27 seconds
    assert said["before"]["seconds"] == pytest.approx({"p50": 15.0, "p90": 23.4, "max": 27.0}, abs=0.03)
    assert said["worst"][0]["label"] == "1 End Lane"
    assert said["worst"][0]["station_after"] == "Fire"
    assert [row["seconds_after"] for row in said["worst"]] == pytest.approx([27, 21, 21, 15, 15, 9, 3], abs=0.03)
    assert said["within"] == {"seconds": 480.0, "before": 7, "after": 7}


def test_streets_on_which_addresses_depend_and_what_a_car_across_each_costs(
    loop: Network, fire_station: tuple[Station, ...]
) -> None:
    said = assessed(loop, fire_station).answer().as_json()
    assert said["two_approaches"] == 0
    assert [(row["street"].split(" at")[0], row["ways"], row["addresses"]) for row in said["single_street"]] == [
        ("Station Road", [STATION_ROAD], 7),
        ("Bridge between Station Road and North Street", [BRIDGE], 6),
        ("End Lane", [END], 1),
    ]
    blocked = {row["ways"][0]: row for row in said["n_minus_1"]}
    # a car at the west end of North Street: its address waits 33 s instead of 15, East Street's 27 s instead of 21
    assert blocked[NORTH]["added_seconds"] == pytest.approx(18, abs=0.03)
    assert blocked[NORTH]["total_seconds"] == pytest.approx(24, abs=0.03)
    assert (blocked[NORTH]["addresses"], blocked[NORTH]["cut_off"]) == (2, 0)
    assert BRIDGE not in blocked
    short = assessed(loop, fire_station).answer(most=1).as_json()
    assert (short["single_street_count"], len(short["single_street"])) == (3, 1)
    assert (short["n_minus_1_count"], len(short["n_minus_1"])) == (len(said["n_minus_1"]), 1)


def test_a_second_station_behind_the_bridge_gives_two_approaches(loop: Network, fire_station: tuple[Station, ...]) -> None:
    lon, lat = float(loop.junction_lon[4]), float(loop.junction_lat[4])
    report = assessed(loop, (*fire_station, Station("Second", "fire_station", lon, lat)))
    (fire,) = report.reports
    assert fire.sweep.two_approaches.tolist() == [True, True, True, True, True, True, False]
    assert fire.after.station[NORTH] in (0, 1)
    assert list(report.rows())[END].station_after == "Second"


def test_a_closed_bridge_cuts_off_what_lies_behind_and_is_named(loop: Network, fire_station: tuple[Station, ...]) -> None:
    whole = assessed(loop, fire_station, Closure(BRIDGE, EVERYBODY, label="bridge shut")).answer().as_json()
    assert whole["after"]["reached"] == 1
    assert {row["address"]: row["cut_off_by"] for row in whole["after"]["unreached"]} == {
        address: ["bridge shut"] for address in range(1, 7)
    }
    point = assessed(loop, fire_station, Closure(BRIDGE, EVERYBODY, at_m=70.0, label="block")).answer().as_json()
    assert point["after"]["reached"] == 2
    assert point["before"]["reached"] == 7


def test_a_closure_that_lets_emergency_vehicles_through_lets_them_through(
    loop: Network, fire_station: tuple[Station, ...]
) -> None:
    said = assessed(loop, fire_station, Closure(BRIDGE, NOT_EMERGENCY, label="gate")).answer().as_json()
    assert said["after"] == said["before"]
    assert said["closures"] == []


def test_only_the_closures_that_matter_are_named(loop: Network, fire_station: tuple[Station, ...]) -> None:
    closures = [
        Closure(NORTH, EVERYBODY, label="north"),
        Closure(END, EVERYBODY, at_m=10.0, label="lane"),
        Closure(WEST, EVERYBODY, at_m=20.0, label="west"),
    ]
    rows = {
        row["address"]: row["cut_off_by"]
        for row in assessed(loop, fire_station, *closures).answer().as_json()["after"]["unreached"]
    }
    assert rows == {NORTH: ["north"], EAST: ["north", "west"], SOUTH: ["north", "west"], END: ["lane"]}


def test_a_station_shut_in_on_its_own_street_reaches_nobody_and_the_closure_is_named(
    loop: Network, fire_station: tuple[Station, ...]
) -> None:
    rows = (
        assessed(loop, fire_station, Closure(STATION_ROAD, EVERYBODY, at_m=5.0, label="at the door"))
        .answer()
        .as_json()["after"]
    )
    assert rows["reached"] == 0
    assert all(row["cut_off_by"] == ["at the door"] for row in rows["unreached"])


def test_a_station_off_the_streets_is_named_with_its_distance(loop: Network) -> None:
    far = Station("Far away", "fire_station", 174.77, -41.27)
    with pytest.raises(BadGeometry, match=r"Far away \(1112 m\).*within 150 m"):
        assessed(loop, (far,))


def test_an_address_that_no_street_reaches_is_told_apart_from_one_cut_off(
    loop_draft: NetworkDraft, fire_station: tuple[Station, ...]
) -> None:
    draft = copy.deepcopy(loop_draft)
    island = draft.way(draft.junction(174.78, -41.29), draft.junction(174.781, -41.29), name="Island Road")
    draft.address(island, 10.0)
    said = assessed(draft.finish(), fire_station, Closure(END, EVERYBODY, label="lane")).answer().as_json()
    assert [row["cut_off_by"] for row in said["after"]["unreached"]] == [["lane"], []]
    assert [row["street"] for row in said["before"]["unreached"]] == ["Island Road"]


@pytest.mark.slow
@settings(max_examples=examples(60))
@given(data=st.data())
def test_every_time_of_a_random_town_is_that_of_the_plain_search(
    data: st.DataObject, towns: st.SearchStrategy[Town], by_hand: type[ByHand]
) -> None:
    town = data.draw(towns)
    assume(town.stations and (town.network.arc_permit & 1).any())
    points = [point_at(town.network.geometry(way), at_m) for way, at_m in town.stations]
    stations = tuple(
        Station(f"Station {number}", "station", *point, turnout_s=turnout_ms / 1000)
        for number, (point, turnout_ms) in enumerate(zip(points, TURNOUT_MS, strict=False))
    )
    try:
        (report,) = assessed(town.network, stations, *town.closures).reports
    except BadGeometry:  # the nearest street that an engine may drive is too far
        reject()
    starts = report.after.tree.origins
    again = by_hand(Town(town.network, list(zip(starts.way.tolist(), starts.offset_m.tolist(), strict=True)), town.closures))
    assert report.after.ms.tolist() == again.address_ms()
    holds, fails = check_access(town.network, json.loads(json.dumps(certificate_of(report))))
    assert (fails, bool(holds)) == ([], True)


def test_wellington_agrees_with_networkx(wellington: Network, open_data: Path) -> None:
    stations = read_stations(
        open_data / "wellington" / "places.geojson", wellington, kinds=("fire_station", "ambulance_station")
    )
    timing = AccessTimer(wellington).before(stations.stations, "emergency")
    graph = nx.DiGraph()
    ms = wellington.travel_ms("emergency")
    for arc in np.flatnonzero(wellington.arc_through & 1).tolist():
        tail, head = int(wellington.arc_tail[arc]), int(wellington.arc_head[arc])
        graph.add_edge(tail, head, ms=min(int(ms[arc]), graph.get_edge_data(tail, head, {"ms": NEVER_MS})["ms"]))
    starts = timing.tree.origins
    for node, seconds in zip(starts.seed_node.tolist(), starts.seed_ms.tolist(), strict=True):
        junction = int(timing.graph.node_junction[node])
        graph.add_edge("stations", junction, ms=seconds)
    found = nx.single_source_dijkstra_path_length(graph, "stations", weight="ms")
    assert not len(wellington.turn_start) - 1
    ours = timing.tree.ms[timing.graph.junction_node]
    assert {junction: int(value) for junction, value in enumerate(ours) if value < NEVER_MS} == {
        junction: value for junction, value in found.items() if junction != "stations"
    }
