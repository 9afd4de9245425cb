"""Equilibria with paper and pencil: two routes, three links, Braess, system optimum, nothing to do, nowhere to go."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from clearway.assignment.costs import BPR, BadTraffic, LinkCosts
from clearway.assignment.equilibrium.gap import evaluate
from clearway.assignment.equilibrium.solve import solve
from clearway.assignment.problem import TrafficProblem, TripTable

if TYPE_CHECKING:
    from collections.abc import Sequence


def network(
    links: Sequence[tuple[float, ...]],
    *,
    nodes: int,
    zones: tuple[int, ...] = (0, 1),
    fixed: list[float] | None = None,
) -> TrafficProblem:
    """A network of (tail, head, time at no flow, time that each vehicle adds) links."""
    rows = np.array(links, np.float64).reshape(-1, 4)
    count = len(rows)
    base = np.where(rows[:, 2] > 0, rows[:, 2], 1e-9)
    costs = LinkCosts(
        kind=np.full(count, BPR, np.uint8),
        free=base,
        capacity=np.ones(count),
        factor=rows[:, 3] / base,
        power=np.ones(count),
        period=np.ones(count),
    )
    ends = np.array([zones], np.int32)
    return TrafficProblem(
        name="by hand",
        costs=costs,
        node_count=nodes,
        edge_tail=rows[:, 0].astype(np.int32),
        edge_head=rows[:, 1].astype(np.int32),
        edge_link=np.arange(count, dtype=np.int32),
        edge_class=np.zeros(count, np.uint8),
        edge_fixed=np.zeros(count) if fixed is None else np.array(fixed, np.float64),
        edge_shut=np.zeros(count, np.bool_),
        zone_out=ends,
        zone_in=ends,
        zone_names=tuple(f"zone {zone + 1}" for zone in range(len(zones))),
    )


def going(problem: TrafficProblem, *, trips: list[tuple[int, int, float]]) -> TripTable:
    table = np.zeros((problem.class_count, problem.zone_count, problem.zone_count))
    for start, end, count in trips:
        table[0, start, end] = count
    return TripTable(table, problem.zone_names, problem.class_names)


BRAESS = [(0, 2, 0, 10), (0, 3, 50, 1), (2, 1, 50, 1), (2, 3, 10, 1), (3, 1, 0, 10)]


def test_two_routes_share_so_that_both_take_as_long() -> None:
    """10 + x = 20 + y and x + y = 30 give x = 20."""
    problem = network([(0, 1, 10, 1), (0, 1, 20, 1)], nodes=2)
    found = solve(problem, going(problem, trips=[(0, 1, 30)]), gap=1e-12)
    assert found.edge_flow == pytest.approx([20, 10], rel=1e-9)
    assert found.link_time == pytest.approx([30, 30], rel=1e-9)


def test_the_paradox_of_braess() -> None:
    """Two vehicles on each of three ways, all 92; without the middle link three and three, 83."""
    problem = network(BRAESS, nodes=4)
    trips = going(problem, trips=[(0, 1, 6)])
    found = solve(problem, trips, gap=1e-12)
    assert found.edge_flow == pytest.approx([4, 2, 2, 2, 4], rel=1e-7)
    assert found.total_time == pytest.approx(6 * 92, rel=1e-7)
    shut = solve(problem.with_shut([3]), trips, gap=1e-12, start=found)
    assert shut.edge_flow == pytest.approx([3, 3, 3, 0, 3], rel=1e-7)
    assert shut.total_time == pytest.approx(6 * 83, rel=1e-7)


def test_the_best_for_all_leaves_the_middle_link_empty() -> None:
    problem = network(BRAESS, nodes=4)
    found = solve(problem, going(problem, trips=[(0, 1, 6)]), gap=1e-12, aim="system")
    assert found.edge_flow == pytest.approx([3, 3, 3, 0, 3], abs=1e-6)
    assert found.objective == pytest.approx(6 * 83, rel=1e-8)


def test_a_toll_counts_as_time_does() -> None:
    """10 + x + 10 = 20 + y: halves."""
    problem = network([(0, 1, 10, 1), (0, 1, 20, 1)], nodes=2, fixed=[10, 0])
    found = solve(problem, going(problem, trips=[(0, 1, 30)]), gap=1e-12)
    assert found.edge_flow == pytest.approx([15, 15], rel=1e-9)


def test_trips_without_a_way_are_named_and_come_back_when_the_street_opens() -> None:
    problem = network([(0, 1, 10, 1), (1, 2, 10, 1)], nodes=3, zones=(0, 1, 2))
    trips = going(problem, trips=[(0, 1, 5), (0, 2, 7), (2, 0, 1), (1, 1, 3)])
    shut = solve(problem.with_shut([1]), trips)
    assert [(lost.start, lost.end, lost.trips) for lost in shut.lost] == [(0, 2, 7), (2, 0, 1)]
    assert shut.edge_flow.tolist() == [5, 0]
    opened = solve(problem, trips, start=shut)
    assert [(lost.start, lost.end) for lost in opened.lost] == [(2, 0)]
    assert opened.edge_flow.tolist() == [12, 7]


@pytest.mark.parametrize(("links", "nodes"), [([], 0), ([], 1), ([(0, 1, 1, 1)], 2)])
def test_nobody_travels(links: list[tuple[float, ...]], nodes: int) -> None:
    problem = network(links, nodes=nodes, zones=tuple(range(nodes)))
    found = solve(problem, going(problem, trips=[]))
    assert (found.gap, found.excess, found.objective, found.lost) == (0.0, 0.0, 0.0, ())
    assert found.edge_flow.tolist() == [0.0] * len(links)


def test_stopped_and_gone_on_it_ends_where_it_would_have() -> None:
    problem = network(BRAESS, nodes=4)
    trips = going(problem, trips=[(0, 1, 6)])
    stopped = solve(problem, trips, gap=1e-12, progress=lambda _: False)
    assert not stopped.reached
    found = solve(problem, trips, gap=1e-12, start=stopped)
    assert found.reached
    assert found.edge_flow == pytest.approx([4, 2, 2, 2, 4], rel=1e-7)


def test_the_gap_is_that_of_the_flows() -> None:
    problem = network(BRAESS, nodes=4)
    trips = going(problem, trips=[(0, 1, 6)])
    worth = evaluate(problem, trips, np.array([6.0, 0, 0, 6, 6]))
    assert worth.gap == pytest.approx((6 * 136 - 6 * 110) / (6 * 110))
    assert worth.excess == pytest.approx(26)


def test_an_unknown_aim_is_refused() -> None:
    problem = network([(0, 1, 1, 1)], nodes=2)
    with pytest.raises(BadTraffic, match="no aim 'best'"):
        solve(problem, going(problem, trips=[]), aim="best")
