from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import towns
from clearway.assignment.costs import BadTraffic, bpr_costs
from clearway.assignment.equilibrium.solve import solve
from clearway.assignment.exchange.tntp import read_tntp
from clearway.assignment.problem import TrafficProblem, TripTable
from clearway.assignment.results.select_link import select_link
from clearway.assignment.solution import OriginFlows, Solution


def town(
    ends: list[tuple[int, int]], *, zones: int, nodes: int, free: list[float] | None = None, classes: int = 1
) -> TrafficProblem:
    """Streets between junctions; the first junctions are zones, which may be driven through; each class has its own layer."""
    links = len(ends)
    tail, head = np.array(ends, np.int32).reshape(-1, 2).T
    layer = np.repeat(np.arange(classes, dtype=np.int32), links)
    return TrafficProblem(
        name="town",
        costs=bpr_costs(np.array(free or [1.0] * links), np.full(links, 10.0)),
        node_count=nodes * classes,
        edge_tail=np.tile(tail, classes) + nodes * layer,
        edge_head=np.tile(head, classes) + nodes * layer,
        edge_link=np.tile(np.arange(links, dtype=np.int32), classes),
        edge_class=layer.astype(np.uint8),
        edge_fixed=np.zeros(links * classes),
        edge_shut=np.zeros(links * classes, np.bool_),
        zone_out=np.arange(zones, dtype=np.int32) + nodes * np.arange(classes, dtype=np.int32)[:, None],
        zone_in=np.arange(zones, dtype=np.int32) + nodes * np.arange(classes, dtype=np.int32)[:, None],
        zone_names=tuple(f"Zone {zone}" for zone in range(zones)),
        class_names=tuple(f"class {number}" for number in range(classes)),
    )


def by_hand(problem: TrafficProblem, trips: np.ndarray, flows: list[float]) -> Solution:
    """A solution of one origin, zone 0, with the flows that are given."""
    used = np.flatnonzero(np.array(flows) > 0).astype(np.int32)
    origins = problem.class_count * problem.zone_count
    rows = OriginFlows(np.array([0, *[len(used)] * origins]), used, np.array(flows)[used])
    table = TripTable(trips, problem.zone_names, problem.class_names)
    return Solution(problem, table, "user", np.array(flows), rows, 0.0, 0.0, 0.0, ())


def test_vehicles_that_meet_part_in_proportion() -> None:
    """Zone 0 sends 6 to zone 1 and 2 to zone 2; half come to the middle over link 0, then all part."""
    problem = town([(0, 3), (0, 4), (4, 3), (3, 1), (3, 2)], zones=3, nodes=5)
    trips = np.zeros((1, 3, 3))
    trips[0, 0] = [5, 6, 2]  # the 5 stay at home
    solution = by_hand(problem, trips, [2.0, 6, 6, 6, 2])
    over = select_link(solution, [0])
    assert over.trips[0, 0].tolist() == [0, 1.5, 0.5]
    assert over.link_flow.tolist() == [2, 0, 0, 1.5, 0.5]
    last = select_link(solution, [4])
    assert last.trips[0, 0].tolist() == [0, 0, 2]
    assert last.link_flow.tolist() == [0.5, 1.5, 1.5, 0, 2]
    both = select_link(solution, [0, 4])
    assert both.trips[0, 0].tolist() == [0, 1.5, 2]
    assert both.link_flow.tolist() == [2, 1.5, 1.5, 1.5, 2]
    assert (over.total, over.by_origin.tolist(), over.by_destination.tolist()) == (2, [[2, 0, 0]], [[0, 1.5, 0.5]])


def test_a_zone_on_the_way_keeps_its_share() -> None:
    """Of 8 that reach zone 1, 6 end there and 2 go on."""
    problem = town([(0, 1), (1, 2), (0, 3), (3, 1)], zones=3, nodes=4)
    trips = np.zeros((1, 3, 3))
    trips[0, 0] = [0, 6, 2]
    over = select_link(by_hand(problem, trips, [4.0, 2, 4, 4]), [2])
    assert over.trips[0, 0].tolist() == [0, 3, 1]
    assert over.link_flow.tolist() == [0, 1, 4, 4]


def test_a_circle_left_by_a_solution_that_was_stopped_is_reckoned_all_the_same() -> None:
    problem = town([(0, 2), (2, 3), (3, 2), (3, 1)], zones=2, nodes=4)
    trips = np.zeros((1, 2, 2))
    trips[0, 0, 1] = 4
    over = select_link(by_hand(problem, trips, [4.0, 8, 4, 4]), [2])
    assert over.trips[0, 0, 1] == pytest.approx(2)  # half of what leaves junction 3 has been round


def test_no_links_and_links_without_flow_select_no_trips() -> None:
    problem = town([(0, 1), (1, 0)], zones=2, nodes=2)
    trips = np.array([[[0, 3.0], [0, 0]]])
    solution = by_hand(problem, trips, [3.0, 0])
    assert select_link(solution, []).total == select_link(solution, [1]).total == 0
    assert select_link(solution, [0]).total == 3
    with pytest.raises(BadTraffic, match="There is no link 3: links are numbered 1 to 2"):
        select_link(solution, [2])


@st.composite
def solutions(draw: st.DrawFn) -> Solution:
    """Random towns at equilibrium."""
    nodes, zones, classes = draw(st.integers(3, 7)), draw(st.integers(2, 3)), draw(st.integers(1, 2))
    pairs = st.tuples(st.integers(0, nodes - 1), st.integers(0, nodes - 1)).filter(lambda pair: pair[0] != pair[1])
    ends = draw(st.lists(pairs, min_size=3, max_size=16))
    free = draw(st.lists(st.floats(0.5, 4), min_size=len(ends), max_size=len(ends)))
    size = classes * zones * zones
    trips = draw(st.lists(st.sampled_from([0.0, 1.0, 8.0, 30.0]), min_size=size, max_size=size))
    problem = town(ends, zones=zones, nodes=nodes, free=free, classes=classes)
    table = TripTable(np.array(trips).reshape(classes, zones, zones), problem.zone_names, problem.class_names)
    return solve(problem, table, gap=1e-9)


def shares_by_algebra(solution: Solution, links: list[int]) -> np.ndarray:
    """The same trips, from one system of equations for each origin."""
    problem, out = solution.problem, np.zeros_like(solution.trips.trips)
    for user, zone in np.ndindex(out.shape[:2]):
        edges, flow = solution.origin_flow.of(user * problem.zone_count + zone)
        tail, head = problem.edge_tail[edges], problem.edge_head[edges]
        mix, gone = np.eye(problem.node_count), np.zeros(problem.node_count)
        for edge, start, end, amount in zip(edges, tail, head, flow, strict=True):
            part = amount / flow[head == end].sum()
            if problem.edge_link[edge] in links:
                gone[end] += part
            else:
                mix[end, start] -= part
        share = np.linalg.solve(mix, gone)[problem.zone_in[user]]
        share[zone] = 0
        out[user, zone] = solution.trips.trips[user, zone] * share
    return out


@settings(max_examples=30)
@given(solution=solutions(), data=st.data())
def test_trips_over_links_are_those_of_the_equations_and_add_up(solution: Solution, data: st.DataObject) -> None:
    count = solution.problem.link_count
    links = data.draw(st.lists(st.integers(0, count - 1), min_size=1, max_size=3, unique=True))
    over = select_link(solution, links)
    np.testing.assert_allclose(over.trips, shares_by_algebra(solution, links), atol=1e-9)
    assert over.link_flow[links] == pytest.approx(solution.link_flow[links])
    assert (over.link_flow <= solution.link_flow * (1 + 1e-12) + 1e-12).all()
    one = select_link(solution, links[:1])
    assert one.total == pytest.approx(solution.link_flow[links[0]])
    away = solution.trips.trips.copy()
    away[:, np.arange(away.shape[1]), np.arange(away.shape[1])] = 0
    assert select_link(solution, range(count)).total == pytest.approx(away.sum() - solution.lost_trips)


def test_trips_over_a_link_of_a_town_are_its_flow() -> None:
    network = read_tntp(towns.FOLDER / "Corvale")
    solution = solve(network.problem, network.trips, gap=1e-6)
    for link in np.argsort(solution.link_flow)[-3:].tolist():
        assert select_link(solution, [link]).total == pytest.approx(solution.link_flow[link], rel=1e-9)
