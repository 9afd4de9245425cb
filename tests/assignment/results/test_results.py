"""Differences, delays, times between zones and along paths, on streets small enough to reckon by hand."""

from __future__ import annotations

from dataclasses import replace

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearway.assignment.costs import BadTraffic, bpr_costs
from clearway.assignment.equilibrium.solve import solve
from clearway.assignment.problem import NO_NODE, TrafficProblem, TripTable
from clearway.assignment.results.delays import delay_by
from clearway.assignment.results.difference import difference, link_delay
from clearway.assignment.results.travel_times import hours, od_times, path_times


def streets(ends: list[tuple[int, int]], *, nodes: int, zones: int, free: list[float]) -> TrafficProblem:
    """One class; link times rise by their free time at a flow of 10."""
    links = len(ends)
    tail, head = np.array(ends, np.int32).reshape(-1, 2).T
    return TrafficProblem(
        name="streets",
        costs=bpr_costs(np.array(free), np.full(links, 10.0), factor=1.0, power=1.0),
        node_count=nodes,
        edge_tail=tail.copy(),
        edge_head=head.copy(),
        edge_link=np.arange(links, dtype=np.int32),
        edge_class=np.zeros(links, np.uint8),
        edge_fixed=np.zeros(links),
        edge_shut=np.zeros(links, np.bool_),
        zone_out=np.arange(zones, dtype=np.int32)[None],
        zone_in=np.arange(zones, dtype=np.int32)[None],
        zone_names=tuple("abcdefg"[:zones]),
        time_unit="min",
    )


TWO_ROUTES = streets([(0, 1), (0, 2), (2, 1)], nodes=3, zones=2, free=[10, 5, 10])
TRIPS = TripTable(np.array([[[0, 20.0], [0, 0]]]), TWO_ROUTES.zone_names)
"""Direct 10 + x minutes, round 15 + 1.5 y, x + y = 20: 14 and 6, and all take 24 minutes."""


def test_the_difference_of_two_solutions_is_that_of_their_links() -> None:
    """Open: 14 and 6, all take 24 minutes. With the direct street shut all 20 take 5 * 3 + 10 * 3 = 45."""
    before = solve(TWO_ROUTES, TRIPS, gap=1e-13)
    after = solve(TWO_ROUTES.with_shut([0]), TRIPS, gap=1e-13)
    assert before.link_flow.tolist() == pytest.approx([14, 6, 6])
    change = difference(before, after)
    assert change.flow.tolist() == pytest.approx([-14, 14, 14])
    assert change.time.tolist() == pytest.approx([10 - 24, 15 - 8, 30 - 16])
    assert change.delay.tolist() == pytest.approx([-14 * 14, 20 * 10 - 6 * 3, 20 * 20 - 6 * 6])
    assert change.total_time == pytest.approx(20 * 45 - 20 * 24)
    assert change.total_delay == pytest.approx(change.delay.sum())
    assert change.lost_trips == 0
    assert difference(before, before).flow.tolist() == [0, 0, 0]


def test_lost_trips_are_part_of_the_difference() -> None:
    before, after = (solve(problem, TRIPS) for problem in (TWO_ROUTES, TWO_ROUTES.with_shut([0, 1])))
    assert difference(before, after).lost_trips == 20
    assert difference(before, after).total_time == -before.total_time


def test_solutions_of_different_networks_are_not_compared() -> None:
    other = streets([(0, 1)], nodes=2, zones=2, free=[1])
    with pytest.raises(BadTraffic, match="The two assignments belong to different networks"):
        difference(solve(TWO_ROUTES, TRIPS), solve(other, TRIPS))


def test_delay_is_summed_by_name_and_the_worst_comes_first() -> None:
    solution = solve(TWO_ROUTES, TRIPS, gap=1e-13)
    detour, direct, *none = delay_by(solution, ["Direct Street", "Detour", "Detour"])[::-1]
    assert none == []
    assert (direct.name, direct.links, direct.worst_link) == ("Direct Street", (0,), 0)
    assert (direct.delay, direct.vehicle_time, direct.saturation) == pytest.approx((14 * 14, 14 * 24, 1.4))
    assert (detour.links, detour.worst_link) == ((1, 2), 2)
    assert (detour.delay, detour.vehicle_time, detour.saturation) == pytest.approx((6 * 3 + 6 * 6, 6 * 24, 0.6))
    assert [row.name for row in delay_by(solution, [None, "", "North"])] == ["North"]
    assert link_delay(solution).sum() == pytest.approx(solution.total_delay)
    with pytest.raises(BadTraffic, match="There are 3 links but 1 names"):
        delay_by(solution, ["x"])


def test_paths_take_longer_in_traffic_than_on_empty_streets() -> None:
    solution = solve(TWO_ROUTES, TRIPS, gap=1e-13)
    times = path_times(solution, [[0], np.array([1, 2]), []])
    assert times.free.tolist() == [10, 15, 0]
    assert times.congested.tolist() == pytest.approx([24, 24, 0])
    assert times.extra.tolist() == pytest.approx([14, 9, 0])
    assert path_times(solution, [[1, 2]], share=0.5).extra.tolist() == pytest.approx([4.5])
    assert path_times(solution, []).extra.tolist() == []
    shut = solve(TWO_ROUTES.with_shut([1]), TRIPS)
    assert path_times(shut, [[0], [1, 2]]).extra.tolist() == pytest.approx([20, np.inf])


def test_paths_that_make_no_sense_are_refused() -> None:
    solution = solve(TWO_ROUTES, TRIPS)
    with pytest.raises(BadTraffic, match="There is no link 4: links are numbered 1 to 3"):
        path_times(solution, [[0, 3]])
    with pytest.raises(BadTraffic, match="Give a number from 0 to 1"):
        path_times(solution, [[0]], share=2)


def test_times_are_hours_where_the_unit_is_known() -> None:
    assert [hours(1800, "s"), hours(30, "min"), hours(0.5, "h"), hours(1, "")] == [0.5, 0.5, 0.5, None]


def test_zones_that_cannot_be_reached_are_infinitely_far() -> None:
    problem = streets([(0, 1), (1, 2)], nodes=3, zones=3, free=[4, 3])
    assert od_times(problem, problem.costs.free)[0].tolist() == [[0, 4, 7], [np.inf, 0, 3], [np.inf, np.inf, 0]]
    nowhere = replace(problem, zone_in=np.array([[0, NO_NODE, 2]], np.int32))
    assert od_times(nowhere, problem.costs.free)[0].tolist() == [[0, np.inf, 7], [np.inf, 0, 3], [np.inf, np.inf, 0]]
    with pytest.raises(BadTraffic, match="There are 2 links but 1 times"):
        od_times(problem, np.ones(1))


@settings(max_examples=60)
@given(data=st.data())
def test_times_between_zones_are_those_of_another_search(data: st.DataObject) -> None:
    nodes = data.draw(st.integers(2, 7))
    node = st.integers(0, nodes - 1)
    ends = data.draw(st.lists(st.tuples(node, node), min_size=1, max_size=15))
    time = data.draw(st.lists(st.integers(0, 5).map(float), min_size=len(ends), max_size=len(ends)))
    problem = streets(ends, nodes=nodes, zones=2, free=time)
    shut = data.draw(st.lists(st.integers(0, len(ends) - 1), max_size=3))
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(range(nodes))
    graph.add_edges_from((*pair, {"weight": time[link]}) for link, pair in enumerate(ends) if link not in shut)
    expected = [[nx.single_source_dijkstra_path_length(graph, a).get(b, np.inf) for b in range(2)] for a in range(2)]
    assert od_times(problem.with_shut(shut), np.array(time))[0].tolist() == expected
