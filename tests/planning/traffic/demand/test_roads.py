from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings

from clearway.assignment.costs import BadTraffic
from clearway.assignment.problem import check_problem
from clearway.network.build import NetworkDraft
from clearway.network.classes import class_mask
from clearway.network.closures import Closure, shut_arcs
from clearway.planning.traffic.demand.roads import street_problem, with_closures
from clearway.planning.traffic.demand.zones import Zones, make_zones
from random_towns import EMERGENCY, Town, follows, network_turns, random_towns

if TYPE_CHECKING:
    from clearway.assignment.problem import TrafficProblem
    from clearway.network.model import Network

ALL = class_mask(["emergency", "resident", "service", "bus", "general"])
BUS = class_mask(["bus"])


def cross() -> NetworkDraft:
    """Four arms of 100 m round a middle (junction 0): north 1, east 2, south 3, west 4; way 0 is the north arm, and so on."""
    draft = NetworkDraft("cross")
    middle = draft.junction(0.0, 0.0)
    ends = [
        draft.junction(0.0, 0.0009),
        draft.junction(0.0009, 0.0),
        draft.junction(0.0, -0.0009),
        draft.junction(-0.0009, 0.0),
    ]
    for name, end in zip(("North", "East", "South", "West"), ends, strict=True):
        draft.way(end, middle, name=f"{name} Street", speed_kmh=36.0)
    return draft


def external_zones(*junctions: int, addresses: int = 0) -> Zones:
    """A zone at each junction, which it has to itself."""
    count = len(junctions)
    return Zones(
        names=tuple(f"edge {junction}" for junction in junctions),
        lon=np.zeros(count),
        lat=np.zeros(count),
        external=np.ones(count, np.bool_),
        address_zone=np.full(addresses, -1, np.int32),
        entry_zone=np.arange(count, dtype=np.int32),
        entry_junction=np.array(junctions, np.int32),
    )


def edges_driven(problem: TrafficProblem, start: int, end: int, user_class: int = 0) -> list[int]:
    """Edges of the quickest way on empty streets, connectors included, by networkx."""
    graph = nx.MultiDiGraph()
    costs = problem.edge_costs(problem.costs.free)
    for edge in np.flatnonzero(np.isfinite(costs)).tolist():
        graph.add_edge(int(problem.edge_tail[edge]), int(problem.edge_head[edge]), key=edge, weight=costs[edge])
    ends = int(problem.zone_out[user_class, start]), int(problem.zone_in[user_class, end])
    if not all(graph.has_node(node) for node in ends) or not nx.has_path(graph, *ends):
        return []
    pairs = pairwise(nx.shortest_path(graph, *ends, weight="weight"))
    return [min(graph[tail][head], key=lambda edge: graph[tail][head][edge]["weight"]) for tail, head in pairs]


def driven(problem: TrafficProblem, start: int, end: int, user_class: int = 0) -> list[str]:
    """Names of the streets of the quickest way."""
    edges = edges_driven(problem, start, end, user_class)[1:-1]
    return [problem.link_label(int(problem.edge_link[edge])) for edge in edges]


def test_a_link_takes_its_length_at_its_speed_and_what_the_junction_costs() -> None:
    network = cross().finish()
    streets = street_problem(network, external_zones(1, 2))
    into, out = streets.arc_link[0], streets.arc_link[1]
    metres = float(network.way_length_m[0])
    assert streets.problem.costs.free[into] == pytest.approx(metres / 10 + 5, abs=1e-3)  # residential: 5 s where streets meet
    assert streets.problem.costs.free[out] == pytest.approx(metres / 10, abs=1e-3)
    assert streets.problem.costs.capacity[into] == 600
    check_problem(streets.problem)


def test_links_and_arcs_point_at_one_another() -> None:
    streets = street_problem(cross().finish(), external_zones(1, 2))
    count = streets.street_links
    assert streets.arc_link[streets.link_arc[:count]].tolist() == list(range(count))
    flow = np.arange(streets.problem.link_count, dtype=np.float64)
    assert streets.by_arc(flow).tolist() == [0.0, 1, 2, 3, 4, 5, 6, 7]


def test_lanes_are_shared_by_both_directions_and_all_one_way_on_a_one_way_street() -> None:
    draft = NetworkDraft("lanes")
    ends = [draft.junction(0.001 * index, 0.0) for index in range(4)]
    draft.way(ends[0], ends[1], lanes=4)
    draft.way(ends[1], ends[2], lanes=3, permit=(ALL, 0))
    draft.way(ends[2], ends[3], lanes=1)
    problem = street_problem(draft.finish(), external_zones(0, 3)).problem
    assert problem.costs.capacity[:5].tolist() == [1200, 1200, 1800, 600, 600]


def test_a_forbidden_left_turn_is_never_driven() -> None:
    draft = cross()
    assert driven(street_problem(draft.finish(), external_zones(1, 2)).problem, 0, 1) == [
        "North Street southbound",
        "East Street eastbound",
    ]
    draft.turn([0, 3])  # in by the north arm, out by the east arm
    ways = driven(street_problem(draft.finish(), external_zones(1, 2)).problem, 0, 1)
    assert ways[:2] != ["North Street southbound", "East Street eastbound"]
    assert ways[-1] == "East Street eastbound"


def test_a_turn_forbidden_over_several_streets_is_never_driven() -> None:
    draft = NetworkDraft("ladder")
    spots = [draft.junction(0.001 * index, 0.0) for index in range(4)]
    for tail, head in ((0, 1), (1, 2), (2, 3)):
        draft.way(spots[tail], spots[head], name=f"Street {tail + 1}", permit=(ALL, 0))
    high = draft.junction(0.001, 0.002)
    draft.way(spots[1], high, name="Detour up", permit=(ALL, 0))
    draft.way(high, spots[2], name="Detour down", permit=(ALL, 0))
    assert len(driven(street_problem(draft.finish(), external_zones(0, 3)).problem, 0, 1)) == 3
    draft.turn([0, 2, 4])
    ways = driven(street_problem(draft.finish(), external_zones(0, 3)).problem, 0, 1)
    assert [name.rsplit(" ", 1)[0] for name in ways] == ["Street 1", "Detour up", "Detour down", "Street 3"]


def test_a_turn_restriction_binds_only_its_classes() -> None:
    draft = cross()
    draft.turn([0, 3], classes=class_mask(["general"]))
    problem = street_problem(draft.finish(), external_zones(1, 2), vehicle_classes=("general", "bus")).problem
    straight = ["North Street southbound", "East Street eastbound"]
    assert driven(problem, 0, 1, user_class=0) != straight
    assert driven(problem, 0, 1, user_class=1) == straight


def test_nobody_drives_through_a_zone() -> None:
    problem = street_problem(cross().finish(), external_zones(1, 2, 3)).problem
    assert not np.isin(problem.edge_head, problem.zone_out).any()
    assert not np.isin(problem.edge_tail, problem.zone_in).any()


def test_a_slower_class_pays_what_it_takes_longer() -> None:
    problem = street_problem(cross().finish(), external_zones(1, 2), vehicle_classes=("general", "bus")).problem
    fixed = [problem.edge_fixed[(problem.edge_class == one) & (problem.edge_link == 0)] for one in (0, 1)]
    free = float(problem.costs.free[0]) - 5
    assert fixed[0] == pytest.approx(0.0)
    assert fixed[1] == pytest.approx(free / 0.9 - free, abs=1e-3)  # a bus drives nine tenths of the speed


def closed(network: Network, closure: Closure) -> tuple[list[str], list[str]]:
    streets = street_problem(network, external_zones(1, 2), vehicle_classes=("general", "bus"))
    problem = with_closures(streets, [closure])
    return driven(problem, 0, 1, user_class=0), driven(problem, 0, 1, user_class=1)


def test_a_closure_shuts_a_street_to_its_own_classes_only() -> None:
    general, bus = closed(cross().finish(), Closure(1, ALL & ~BUS))
    assert general == []
    assert bus == ["North Street southbound", "East Street eastbound"]


def test_a_closure_at_a_point_shuts_the_street_in_its_direction() -> None:
    network = cross().finish()
    assert closed(network, Closure(1, ALL, at_m=40.0, along=False)) == ([], [])
    along_only = closed(network, Closure(1, ALL, at_m=40.0, against=False))
    assert along_only[0] == along_only[1] == ["North Street southbound", "East Street eastbound"]


def test_closures_replace_those_of_before() -> None:
    streets = street_problem(cross().finish(), external_zones(1, 2))
    assert with_closures(streets, [Closure(0, ALL)]).edge_shut.sum() == 2
    assert not with_closures(streets, []).edge_shut.any()


def test_a_zone_that_no_street_reaches_is_named_and_its_trips_have_no_node() -> None:
    draft = cross()
    far = draft.junction(1.0, 1.0)
    draft.way(far, draft.junction(1.001, 1.0))
    streets = street_problem(draft.finish(), external_zones(1, far))
    assert streets.problem.zone_out.tolist()[0][1] == -1
    assert streets.notes == (
        f"No junction that traffic can reach is near enough to edge {far}; trips from and to there are counted as lost.",
    )


def test_an_edge_of_the_map_that_only_leads_in_is_a_zone_that_can_only_be_left() -> None:
    draft = cross()
    rim = draft.junction(0.0, 0.002)
    draft.way(rim, 1, permit=(ALL, 0))
    streets = street_problem(draft.finish(), external_zones(rim, 2))
    assert (streets.problem.zone_out[0, 0] >= 0, streets.problem.zone_in[0, 0]) == (True, -1)
    assert streets.notes == (f"Traffic can leave edge {rim} but not reach it; trips to there are counted as lost.",)


@pytest.mark.slow
@given(random_towns())
@settings(max_examples=60)
def test_no_way_through_a_random_town_drives_what_is_forbidden_or_shut(town: Town) -> None:
    network = town.network
    if not network.address_count or not (network.arc_through & EMERGENCY).any():
        return
    streets = street_problem(network, make_zones(network, zone_count=3), vehicle_classes=("emergency",))
    problem = with_closures(streets, town.closures)
    shut = shut_arcs(network, town.closures, "emergency")
    forbidden = [arcs for arcs, classes in network_turns(network) if classes & EMERGENCY and follows(network, arcs)]
    for start, end in np.ndindex(problem.zone_count, problem.zone_count):
        links = edges_driven(problem, start, end)[1:-1] if start != end else []
        arcs = streets.link_arc[problem.edge_link[links]].tolist()
        assert all(network.arc_through[arc] & EMERGENCY and not shut[arc] for arc in arcs)
        assert all(network.arc_head[arc] == network.arc_tail[after] for arc, after in pairwise(arcs))
        assert not any(tuple(arcs[at : at + len(ban)]) == ban for ban in forbidden for at in range(len(arcs)))


def test_a_network_that_the_classes_may_not_drive_is_refused_in_a_sentence() -> None:
    draft = NetworkDraft("stairs")
    draft.way(draft.junction(0.0, 0.0), draft.junction(0.001, 0.0), street_class="steps")
    with pytest.raises(BadTraffic, match="has no street that general may drive"):
        street_problem(draft.finish(), external_zones())


@pytest.mark.parametrize("classes", [(), ("general", "general")])
def test_classes_are_named_each_once(classes: tuple[str, ...]) -> None:
    with pytest.raises(BadTraffic, match="drives the trips once"):
        street_problem(cross().finish(), external_zones(1, 2), vehicle_classes=classes)


def test_there_is_no_other_cost_function_for_streets() -> None:
    with pytest.raises(BadTraffic, match="Choose bpr or akcelik"):
        street_problem(cross().finish(), external_zones(1, 2), costs="linear")


def test_akcelik_at_capacity_takes_what_his_formula_says() -> None:
    draft = NetworkDraft("one street")
    draft.way(draft.junction(0.0, 0.0), draft.junction(0.01, 0.0), street_class="secondary", lanes=2, speed_kmh=60.0)
    streets = street_problem(draft.finish(), external_zones(0, 1), costs="akcelik")
    km = float(streets.problem.link_length[0]) / 1000
    at_capacity = streets.problem.costs.times(streets.problem.costs.capacity)[0]
    assert at_capacity == pytest.approx(3600 * km * (1 / 60 + 0.25 * (8 * 0.8 / 900) ** 0.5), rel=1e-4)


def test_the_bpr_factors_are_those_of_akcelik_at_capacity() -> None:
    kinds = {
        "motorway": (120, 2000),
        "trunk": (100, 1800),
        "primary": (80, 1200),
        "secondary": (60, 900),
        "residential": (40, 600),
    }
    for street_class, (speed, capacity) in kinds.items():
        draft = NetworkDraft("one street")
        draft.way(
            draft.junction(0.0, 0.0), draft.junction(0.01, 0.0), street_class=street_class, lanes=2, speed_kmh=float(speed)
        )
        network = draft.finish()
        bpr, akcelik = (street_problem(network, external_zones(0, 1), costs=kind).problem.costs for kind in ("bpr", "akcelik"))
        assert bpr.capacity[0] == capacity
        assert bpr.times(bpr.capacity)[0] == pytest.approx(akcelik.times(akcelik.capacity)[0], rel=0.02)
