"""The problem: links and edges, closures by class, and every fault told in one message."""

import math
from dataclasses import replace

import numpy as np
import pytest

from clearway.assignment.costs import BadTraffic, bpr_costs
from clearway.assignment.problem import TrafficProblem, TripTable, check_problem


def two_classes() -> TrafficProblem:
    """Two links side by side from zone 0 to zone 1; cars have both, buses a layer of their own with both."""
    return TrafficProblem(
        name="two roads",
        costs=bpr_costs(np.array([10.0, 12.0]), np.array([100.0, 100.0])),
        node_count=4,
        edge_tail=np.array([0, 0, 2, 2], np.int32),
        edge_head=np.array([1, 1, 3, 3], np.int32),
        edge_link=np.array([0, 1, 0, 1], np.int32),
        edge_class=np.array([0, 0, 1, 1], np.uint8),
        edge_fixed=np.array([0.0, 1.0, 0.0, 0.0]),
        edge_shut=np.zeros(4, np.bool_),
        zone_out=np.array([[0, 1], [2, 3]], np.int32),
        zone_in=np.array([[0, 1], [2, 3]], np.int32),
        zone_names=("west", "east"),
        class_names=("general", "bus"),
    )


def table(trips: list[list[list[float]]]) -> TripTable:
    return TripTable(np.array(trips), ("west", "east"), ("general", "bus"))


NO_TRIPS = [[[0.0, 0.0], [0.0, 0.0]]] * 2


def test_the_flow_of_a_link_is_the_sum_over_its_edges() -> None:
    assert two_classes().link_flow(np.array([1.0, 2.0, 4.0, 8.0])).tolist() == [5.0, 10.0]
    assert not two_classes().plain


def test_a_link_is_shut_to_all_or_to_some() -> None:
    problem = two_classes()
    assert problem.with_shut([1]).edge_shut.tolist() == [False, True, False, True]
    assert problem.with_shut([1], ["general"]).edge_shut.tolist() == [False, True, False, False]
    assert problem.with_shut([0]).with_shut([1], ["bus"]).edge_shut.tolist() == [True, False, True, True]
    assert problem.with_shut([0]).reopened().edge_shut.sum() == 0


def test_what_is_shut_costs_infinitely_much_and_tolls_add_up() -> None:
    costs = two_classes().with_shut([0], ["bus"]).edge_costs(np.array([10.0, 12.0]))
    assert costs.tolist() == [10.0, 13.0, math.inf, 12.0]


@pytest.mark.parametrize(("links", "classes", "named"), [([2], None, "link 3"), ([-1], None, "link"), ([0], ["tram"], "tram")])
def test_an_unknown_link_or_class_is_named(links: list[int], classes: list[str] | None, named: str) -> None:
    with pytest.raises(BadTraffic, match=named):
        two_classes().with_shut(links, classes)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("capacity", 0.0, "Link 2 has capacity 0"),
        ("capacity", math.nan, "capacity nan"),
        ("free", -1.0, "free-flow time -1"),
        ("free", math.inf, "free-flow time inf"),
        ("factor", -0.1, "cost factor -0.1"),
        ("power", -4.0, "power -4"),
        ("period", 0.0, "period 0"),
    ],
)
def test_a_link_that_cannot_be_is_named_with_what_it_must_be(field: str, value: float, sentence: str) -> None:
    problem = two_classes()
    changed = getattr(problem.costs, field).copy()
    changed[1] = value
    with pytest.raises(BadTraffic, match=sentence):
        check_problem(problem.with_costs(replace(problem.costs, **{field: changed})))


def test_odd_links_that_can_be_are_let_through() -> None:
    costs = bpr_costs(np.array([0.0, 12.0]), np.array([math.inf, 0.0]), factor=np.array([0.15, 0.0]), power=0.0)
    check_problem(two_classes().with_costs(costs), table(NO_TRIPS))


def test_negative_trips_and_tables_of_another_shape_are_refused() -> None:
    problem = two_classes()
    with pytest.raises(BadTraffic, match="-3 trips from zone west to zone east"):
        check_problem(problem, table([[[0.0, -3.0], [0.0, 0.0]], NO_TRIPS[0]]))
    with pytest.raises(BadTraffic, match=r"1 x 2 x 2 .* needs 2 x 2 x 2"):
        check_problem(problem, TripTable(np.zeros((1, 2, 2)), ("west", "east")))


def test_all_faults_come_in_one_message_but_not_without_end() -> None:
    trips = np.full((2, 2, 2), -1.0)
    with pytest.raises(BadTraffic, match=r"\(and 3 more\)"):
        check_problem(two_classes(), table(trips.tolist()))


def test_costs_of_another_number_of_links_are_refused() -> None:
    with pytest.raises(BadTraffic, match="2 links, but costs for 1"):
        two_classes().with_costs(bpr_costs(np.ones(1), np.ones(1)))
