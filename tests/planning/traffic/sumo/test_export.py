from __future__ import annotations

import importlib.util
import subprocess
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import networkx as nx
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from clearway.assignment.costs import BadTraffic
from clearway.assignment.problem import NO_NODE, TripTable
from clearway.network.build import NetworkDraft
from clearway.network.classes import class_mask
from clearway.network.closures import Closure
from clearway.planning.traffic.demand.roads import StreetProblem, street_problem, with_closures
from clearway.planning.traffic.demand.zones import Zones
from clearway.planning.traffic.sumo.export import NET_CONFIG, arc_of, export_sumo
from clearway.planning.traffic.sumo.vehicles import vehicles_of
from patience import LAST_RESORT_S

if TYPE_CHECKING:
    from clearway.assignment.costs import LinkCosts
    from clearway.assignment.problem import TrafficProblem
    from clearway.network.model import Network
    from random_towns import Town

ALL = class_mask(["emergency", "resident", "service", "bus", "general"])
GENERAL = class_mask(["general"])


def town(*, forbid: tuple[int, ...] = (), only: int = ALL) -> Network:
    """West, middle, east and north in a T of 100 m arms; way 0 comes from the west, 1 goes east, 2 north and is one-way.

    Arcs towards the middle: 0 (from the west), 3 (from the east); away from it: 1, 2, 4 (north).
    """
    draft = NetworkDraft("T")
    west, middle = draft.junction(-0.0009, 0.0), draft.junction(0.0, 0.0)
    east, north = draft.junction(0.0009, 0.0), draft.junction(0.0, 0.0009)
    draft.way(west, middle, name='High "& low" Street', speed_kmh=36.0, lanes=2)
    draft.way(middle, east, name="High Street", speed_kmh=36.0, lanes=6)
    draft.way(middle, north, name="North Street", speed_kmh=36.0, permit=(ALL, 0), street_class="tertiary")
    if forbid:
        draft.turn(forbid, classes=only)
    return draft.finish()


def external_zones(*junctions: int) -> Zones:
    count = len(junctions)
    return Zones(
        names=tuple(f"edge <{junction}>" for junction in junctions),
        lon=np.linspace(0.0, 0.001, count),
        lat=np.full(count, 0.002),
        external=np.ones(count, np.bool_),
        address_zone=np.empty(0, np.int32),
        entry_zone=np.arange(count, dtype=np.int32),
        entry_junction=np.array(junctions, np.int32),
    )


def streets_of(network: Network, *classes: str) -> StreetProblem:
    return street_problem(network, external_zones(0, 2), vehicle_classes=classes or ("general",))


def trips_of(streets: StreetProblem, each: float = 10.0) -> TripTable:
    shape = (streets.problem.class_count, streets.zones.count, streets.zones.count)
    return TripTable(np.full(shape, each), streets.zones.names, streets.problem.class_names)


def elements(path: Path, tag: str) -> list[ET.Element]:
    return list(ET.parse(path).getroot().iter(tag))  # noqa: S314 - our own file


def movements(folder: Path) -> set[tuple[str, str]]:
    found = elements(folder / "streets.con.xml", "connection")
    return {(one.attrib["from"], one.attrib["to"]) for one in found if "to" in one.attrib}


def edges(folder: Path) -> dict[str, dict[str, str]]:
    return {one.attrib["id"]: one.attrib for one in elements(folder / "streets.edg.xml", "edge")}


def test_every_arc_and_every_connector_is_an_edge_between_nodes_that_exist(tmp_path: Path) -> None:
    done = export_sumo(streets := streets_of(town()), trips_of(streets), tmp_path)
    nodes = [one.attrib["id"] for one in elements(tmp_path / "streets.nod.xml", "node")]
    found = edges(tmp_path)
    assert len(nodes) == len(set(nodes)) == done.nodes
    assert len(found) == len(elements(tmp_path / "streets.edg.xml", "edge")) == done.edges
    assert set(found) == {"arc0", "arc1", "arc2", "arc3", "arc4", "zone0.out0", "zone0.in0", "zone1.out0", "zone1.in0"}
    assert {end for edge in found.values() for end in (edge["from"], edge["to"])} <= set(nodes)


def test_edges_read_back_to_the_arcs_of_the_network(tmp_path: Path) -> None:
    network = town()
    export_sumo(streets := streets_of(network), trips_of(streets), tmp_path)
    for name, edge in edges(tmp_path).items():
        if (arc := arc_of(name)) is not None:
            assert edge["from"] == f"junction{network.arc_tail[arc]}"
            assert edge["to"] == f"junction{network.arc_head[arc]}"
            assert float(edge["length"]) == pytest.approx(network.way_length_m[arc >> 1], abs=0.01)
            assert edge.get("name") == network.street(arc >> 1)
    assert [arc_of(name) for name in ("arc", "arc-1", "zone1.in0", ":junction1_0", "arc²")] == [None] * 5


def test_an_empty_edge_takes_as_long_as_the_empty_street(tmp_path: Path) -> None:
    streets = streets_of(town())
    export_sumo(streets, trips_of(streets), tmp_path / "slowed")
    export_sumo(streets, trips_of(streets), tmp_path / "plain", junctions_in_speed=False)
    slowed, plain = edges(tmp_path / "slowed"), edges(tmp_path / "plain")
    for link, arc in enumerate(streets.link_arc[: streets.street_links].tolist()):
        edge = slowed[f"arc{arc}"]
        assert float(edge["length"]) / float(edge["speed"]) == pytest.approx(streets.problem.costs.free[link], rel=1e-3)
        assert float(plain[f"arc{arc}"]["speed"]) == pytest.approx(10.0, rel=1e-3)
    assert float(slowed["arc0"]["speed"]) < 10.0, "the middle is a junction of three streets, which costs time"


def test_the_headways_of_an_edge_let_its_capacity_through(tmp_path: Path) -> None:
    streets = streets_of(town())
    export_sumo(streets, trips_of(streets), tmp_path)
    kinds = {one.attrib["id"]: one for one in elements(tmp_path / "capacity.add.xml", "type")}
    for link, arc in enumerate(streets.link_arc[: streets.street_links].tolist()):
        edge = edges(tmp_path)[f"arc{arc}"]
        meso = kinds[edge["type"]].find("meso")
        assert meso is not None
        headway = float(meso.attrib["tauff"]) + 7.5 / float(edge["speed"])
        capacity = 3600 / headway * int(edge["numLanes"])
        assert capacity == pytest.approx(streets.problem.costs.capacity[link], rel=0.01)
    assert edges(tmp_path)["arc2"]["numLanes"] == "3"
    assert {edge["type"] for edge in edges(tmp_path).values()} == set(kinds)


def test_a_connector_holds_nobody_up_and_takes_as_long_as_the_zone_says(tmp_path: Path) -> None:
    streets = streets_of(town())
    streets = replace(streets, problem=streets.problem.with_costs(with_free(streets.problem.costs, streets.street_links, 12.0)))
    export_sumo(streets, trips_of(streets), tmp_path)
    connector = next(one for one in elements(tmp_path / "capacity.add.xml", "type") if one.attrib["id"] == "connector").find(
        "meso"
    )
    assert connector is not None
    for name, edge in edges(tmp_path).items():
        if arc_of(name) is None:
            assert float(edge["length"]) / float(edge["speed"]) == pytest.approx(12.0)
            headway = float(connector.attrib["tauff"]) + 7.5 / float(edge["speed"])
            assert 3600 / headway * int(edge["numLanes"]) > 20_000, "more than any street carries"


def with_free(costs: LinkCosts, first: int, seconds: float) -> LinkCosts:
    free = costs.free.copy()
    free[first:] = seconds
    return replace(costs, free=free)


def test_every_movement_that_is_not_forbidden_is_a_connection_and_no_other(tmp_path: Path) -> None:
    streets = streets_of(town(forbid=(0, 4)))
    done = export_sumo(streets, trips_of(streets), tmp_path)
    found = movements(tmp_path)
    assert found == {
        *(("arc0", after) for after in ("arc1", "arc2")),
        *(("arc3", after) for after in ("arc1", "arc2", "arc4")),
        *(("arc1", "arc0"), ("arc1", "zone0.in0"), ("arc2", "arc3"), ("arc2", "zone1.in0")),
        *(("zone0.out0", "arc0"), ("zone1.out0", "arc3")),
    }
    assert done.movements == len(found)
    assert {end for movement in found for end in movement} <= set(edges(tmp_path))
    dead_ends = [one.attrib["from"] for one in elements(tmp_path / "streets.con.xml", "connection") if "to" not in one.attrib]
    assert dead_ends == ["arc4"], "netconvert is told that it leads nowhere, so that it does not guess"


def test_a_turn_that_one_class_may_not_make_is_open_to_the_other(tmp_path: Path) -> None:
    streets = streets_of(town(forbid=(0, 4), only=GENERAL), "general", "bus")
    export_sumo(streets, trips_of(streets), tmp_path)
    allowed = {
        (one.attrib["from"], one.attrib["to"]): one.attrib.get("allow")
        for one in elements(tmp_path / "streets.con.xml", "connection")
        if "to" in one.attrib
    }
    assert allowed["arc0", "arc4"] == "bus"
    assert allowed["arc0", "arc2"] is None
    assert edges(tmp_path)["arc0"]["allow"] == "passenger bus"


def test_long_restrictions_and_loops_are_counted_and_left_out(tmp_path: Path) -> None:
    draft = NetworkDraft("loop")
    a, b = draft.junction(0.0, 0.0), draft.junction(0.001, 0.0)
    there = draft.way(a, b)
    draft.way(b, b, points=[(0.001, 0.0), (0.0015, 0.0005), (0.001, 0.0)])
    draft.turn((2 * there, 2 * there + 1, 2 * there))
    streets = street_problem(draft.finish(), external_zones(0, 1), vehicle_classes=("general",))
    done = export_sumo(streets, trips_of(streets), tmp_path)
    assert (done.restrictions_left_out, done.loops_left_out) == (1, 2)
    assert [name for name in edges(tmp_path) if arc_of(name) is not None] == ["arc0", "arc1"]


def test_a_shut_street_is_an_edge_that_nobody_may_drive(tmp_path: Path) -> None:
    streets = streets_of(town(), "general", "bus")
    shut = with_closures(streets, [Closure(way=1, shuts=GENERAL, at_m=50.0), Closure(way=2, shuts=ALL)])
    export_sumo(streets, trips_of(streets), tmp_path, problem=shut)
    found = edges(tmp_path)
    assert found["arc2"]["allow"] == found["arc3"]["allow"] == "bus"
    assert found["arc4"]["disallow"] == "all"
    assert found["arc0"]["allow"] == "passenger bus"
    assert not {movement for movement in movements(tmp_path) if "arc4" in movement}


def test_zones_have_their_connectors_and_the_trips_of_the_table(tmp_path: Path) -> None:
    streets = streets_of(town())
    table = TripTable(np.array([[[5.0, 7.25], [0.5, 3.0]]]), streets.zones.names)
    done = export_sumo(streets, table, tmp_path)
    zones = elements(tmp_path / "zones.add.xml", "taz")
    assert [(one.attrib["id"], one.attrib["name"]) for one in zones] == [("zone0", "edge <0>"), ("zone1", "edge <2>")]
    assert [[(connector.tag, connector.attrib["id"]) for connector in one] for one in zones] == [
        [("tazSource", "zone0.out0"), ("tazSink", "zone0.in0")],
        [("tazSource", "zone1.out0"), ("tazSink", "zone1.in0")],
    ]
    counts = {
        (one.attrib["from"], one.attrib["to"]): one.attrib["count"]
        for one in elements(tmp_path / "trips-general.od.xml", "tazRelation")
    }
    assert counts == {("zone0", "zone1"): "7.25", ("zone1", "zone0"): "0.5"}
    trips = elements(tmp_path / "trips.rou.xml", "trip")
    pairs = Counter((one.attrib["fromTaz"], one.attrib["toTaz"]) for one in trips)
    assert pairs["zone0", "zone1"] in (7, 8)
    assert pairs["zone1", "zone0"] in (0, 1)
    assert done.vehicles == len(trips) == pairs.total()
    assert done.trips_left_out == 8.0


def test_a_zone_without_a_connector_sends_and_draws_nobody(tmp_path: Path) -> None:
    draft = NetworkDraft("one way, and an island")
    a, b, c = (draft.junction(0.001 * step, 0.0) for step in range(3))
    draft.way(a, b, permit=(ALL, ALL))
    draft.way(b, c, permit=(ALL, 0))
    island = draft.junction(0.01, 0.01)
    streets = street_problem(draft.finish(), external_zones(a, c, island), vehicle_classes=("general",))
    done = export_sumo(streets, trips_of(streets, 4.0), tmp_path)
    assert {(one.attrib["fromTaz"], one.attrib["toTaz"]) for one in elements(tmp_path / "trips.rou.xml", "trip")} == {
        ("zone0", "zone1")
    }
    assert (done.vehicles, done.trips_left_out) == (4, 32.0)


def test_the_same_problem_gives_the_same_bytes_and_another_seed_other_vehicles(tmp_path: Path) -> None:
    streets = streets_of(town())
    for folder, seed in (("first", 1), ("again", 1), ("other", 2)):
        export_sumo(streets, trips_of(streets, 20.5), tmp_path / folder, seed=seed)
    first, again, other = (
        {path.name: path.read_bytes() for path in (tmp_path / folder).iterdir()} for folder in ("first", "again", "other")
    )
    assert first == again
    assert {name for name in first if first[name] != other[name]} == {"trips.rou.xml"}


def test_trips_of_other_zones_are_refused(tmp_path: Path) -> None:
    streets = streets_of(town())
    with pytest.raises(BadTraffic, match="1 x 3 x 3"):
        export_sumo(streets, TripTable(np.ones((1, 3, 3)), ("a", "b", "c")), tmp_path)


@settings(max_examples=50)
@given(
    table=st.lists(st.floats(0, 9), min_size=18, max_size=18).map(lambda cells: np.array(cells).reshape(2, 3, 3)),
    seed=st.integers(0, 1000),
)
def test_whole_vehicles_are_the_trips_rounded_by_less_than_one(table: np.ndarray, seed: int) -> None:
    found = vehicles_of(table, seed=seed)
    counted = np.zeros(table.shape)
    np.add.at(counted, (found.user_class, found.start, found.end), 1)
    assert np.abs(counted - table).max(initial=0) < 1 + 1e-9
    assert np.abs(counted.sum(axis=2) - table.sum(axis=2)).max(initial=0) < 1 + 1e-9
    assert abs(counted.sum() - table.sum()) < 1 + 1e-9
    assert (np.diff(found.depart_s) >= 0).all()
    assert ((found.depart_s >= 0) & (found.depart_s < 3600)).all()


@pytest.mark.slow
def test_the_quickest_way_over_the_files_is_the_quickest_way_over_the_problem(
    towns: st.SearchStrategy[Town], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("town")

    @settings(max_examples=25)
    @given(town=towns)
    def check(town: Town) -> None:
        network = without_what_sumo_cannot_say(town.network)
        assume((network.arc_through & GENERAL).any())
        streets = street_problem(network, external_zones(0, network.junction_count - 1), vehicle_classes=("general",))
        problem = with_closures(streets, town.closures)
        done = export_sumo(streets, trips_of(streets), folder, problem=problem)
        assert done.restrictions_left_out == done.loops_left_out == 0
        assert quickest_by_files(folder) == pytest.approx(quickest_by_problem(problem), rel=1e-3)

    check()


def without_what_sumo_cannot_say(network: Network) -> Network:
    """The same with nobody on arcs that end where they begin, and nobody bound by restrictions over three arcs or more."""
    loops, long = network.arc_tail == network.arc_head, np.diff(network.turn_start) > 2
    permit = np.where(loops, 0, network.arc_permit).astype(np.uint8)
    return replace(network, arc_permit=permit, turn_classes=np.where(long, 0, network.turn_classes).astype(np.uint8))


def quickest_by_files(folder: Path) -> float:
    """Seconds from zone 0 to zone 1, edge by edge; infinite where there is no way."""
    graph = nx.DiGraph()
    seconds = {
        name: float(edge["length"]) / float(edge["speed"]) if arc_of(name) is not None else 0.0
        for name, edge in edges(folder).items()
    }
    graph.add_nodes_from(("start", "end"))
    graph.add_edges_from((start, end, {"s": seconds[end]}) for start, end in movements(folder))
    for zone, tag, ends in ((0, "tazSource", ("start", None)), (1, "tazSink", (None, "end"))):
        for one in elements(folder / "zones.add.xml", "taz"):
            connectors = [
                connector.attrib["id"] for connector in one if one.attrib["id"] == f"zone{zone}" and connector.tag == tag
            ]
            graph.add_edges_from((ends[0] or connector, ends[1] or connector, {"s": 0.0}) for connector in connectors)
    return _seconds(graph, "start", "end")


def quickest_by_problem(problem: TrafficProblem) -> float:
    """The same by the problem's own edges."""
    graph = nx.MultiDiGraph()
    graph.add_nodes_from((int(problem.zone_out[0, 0]), int(problem.zone_in[0, 1])))
    costs = problem.edge_costs(problem.costs.free)
    for edge in np.flatnonzero(np.isfinite(costs)).tolist():
        graph.add_edge(int(problem.edge_tail[edge]), int(problem.edge_head[edge]), s=costs[edge])
    if min(problem.zone_out[0, 0], problem.zone_in[0, 1]) == NO_NODE:
        return float("inf")
    return _seconds(graph, int(problem.zone_out[0, 0]), int(problem.zone_in[0, 1]))


def _seconds(graph: nx.DiGraph, start: object, end: object) -> float:
    try:
        return float(nx.dijkstra_path_length(graph, start, end, weight="s"))
    except nx.NetworkXNoPath:
        return float("inf")


def test_netconvert_makes_the_network_that_was_meant(tmp_path: Path) -> None:
    streets = streets_of(town(forbid=(0, 4)), "general", "bus")
    export_sumo(streets, trips_of(streets), tmp_path)
    package = importlib.util.find_spec("sumo")
    assert package is not None
    assert package.submodule_search_locations
    program = Path(package.submodule_search_locations[0]) / "bin" / "netconvert"
    started = subprocess.run([program, "--version"], check=False, capture_output=True, text=True, timeout=LAST_RESORT_S)  # noqa: S603
    assert started.returncode == 0, f"netconvert lacks a library of the system ('apt-get install libatomic1'): {started.stderr}"
    subprocess.run([program, "-c", NET_CONFIG], cwd=tmp_path, check=True, capture_output=True, timeout=LAST_RESORT_S)  # noqa: S603 - our own files
    made = tmp_path / "streets.net.xml"
    assert {one.attrib["id"] for one in elements(made, "edge")} == set(edges(tmp_path))
    assert {(one.attrib["from"], one.attrib["to"]) for one in elements(made, "connection")} == movements(tmp_path)
    for one in elements(made, "edge"):
        meant, lanes = edges(tmp_path)[one.attrib["id"]], one.findall("lane")
        assert len(lanes) == int(meant["numLanes"])
        assert float(lanes[0].attrib["length"]) == pytest.approx(float(meant["length"]), abs=0.02)
        assert float(lanes[0].attrib["speed"]) == pytest.approx(float(meant["speed"]), abs=0.01)
        assert set(lanes[0].attrib["allow"].split()) == set(meant["allow"].split())
