from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import towns
from clearway.assignment.costs import AKCELIK, BadTraffic, LinkCosts, bpr_costs
from clearway.assignment.exchange.tntp import TntpNetwork, read_tntp
from clearway.assignment.exchange.tntp_net import TntpLinks, problem_of
from clearway.assignment.exchange.tntp_write import tntp_of, write_tntp
from clearway.assignment.problem import TrafficProblem, TripTable
from clearway.errors import BadFile

if TYPE_CHECKING:
    from pathlib import Path

    from clearway.network.model import Floats

AMOUNT = st.floats(0, 1e300, allow_subnormal=True)


@st.composite
def networks(draw: st.DrawFn) -> TntpNetwork:
    """Any network that the format can say."""
    zones = draw(st.integers(1, 4))
    nodes = draw(st.integers(zones, 6))
    rows = draw(
        st.lists(
            st.tuples(st.integers(0, nodes - 1), st.integers(0, nodes - 1), *[AMOUNT.filter(bool)] * 2, *[AMOUNT] * 6),
            min_size=1,
            max_size=8,
            unique=True,
        )
    )
    table = np.array(rows)
    links = TntpLinks(
        zones=zones,
        nodes=nodes,
        first_thru=draw(st.integers(1, zones + 1)),
        tail=table[:, 0].astype(np.int64),
        head=table[:, 1].astype(np.int64),
        values=table[:, 2:].copy(),
    )
    problem = problem_of(links, "any", toll_factor=0, distance_factor=0)
    trips = np.array(draw(st.lists(AMOUNT.map(lambda value: value / 100), min_size=zones**2, max_size=zones**2)))
    flow = np.array(draw(st.lists(AMOUNT, min_size=len(rows), max_size=len(rows))))
    xy = np.array(draw(st.lists(st.tuples(AMOUNT, AMOUNT.map(lambda y: -y)), min_size=nodes, max_size=nodes)))
    return TntpNetwork(
        problem=problem,
        trips=TripTable(trips.reshape(1, zones, zones), problem.zone_names),
        links=links,
        node_xy=xy,
        best_flow=flow,
        best_cost=flow[::-1].copy(),
    )


def assert_same(one: TntpNetwork, other: TntpNetwork) -> None:
    for name in ("tail", "head", "values", "zones", "nodes", "first_thru"):
        np.testing.assert_array_equal(getattr(one.links, name), getattr(other.links, name))
    for name in ("node_xy", "best_flow", "best_cost"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))
    np.testing.assert_array_equal(one.trips.trips, other.trips.trips)
    np.testing.assert_array_equal(one.problem.edge_fixed, other.problem.edge_fixed)


@pytest.mark.slow
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(network=networks())
def test_what_is_written_is_read_again_to_the_last_bit(network: TntpNetwork, tmp_path: Path) -> None:
    paths = write_tntp(tmp_path, network)
    assert [path.name for path in paths] == ["any_net.tntp", "any_trips.tntp", "any_node.tntp", "any_flow.tntp"]
    assert_same(read_tntp(tmp_path, toll_factor=0, distance_factor=0), network)


@pytest.mark.parametrize("name", towns.NAMES)
def test_towns_survive_writing(name: str, tmp_path: Path) -> None:
    network = read_tntp(towns.FOLDER / name)
    write_tntp(tmp_path, network)
    again = read_tntp(tmp_path)
    assert_same(again, network)
    np.testing.assert_array_equal(again.links.values, network.links.values)
    np.testing.assert_array_equal(again.trips.trips, network.trips.trips)
    assert (again.problem.time_unit, again.distance_factor) == (network.problem.time_unit, network.distance_factor)


def triangle(**changes: object) -> tuple[TrafficProblem, TripTable]:
    """Three junctions in a ring, with two zones at two of them."""
    links = 3
    problem = TrafficProblem(
        name="ring",
        costs=bpr_costs(np.array([1.0, 2, 3]), np.array([10.0, 20, np.inf])),
        node_count=3,
        edge_tail=np.array([0, 1, 2], np.int32),
        edge_head=np.array([1, 2, 0], np.int32),
        edge_link=np.arange(links, dtype=np.int32),
        edge_class=np.zeros(links, np.uint8),
        edge_fixed=np.array([0, 0.5, 0]),
        edge_shut=np.zeros(links, np.bool_),
        zone_out=np.array([[2, 0]], np.int32),
        zone_in=np.array([[2, 0]], np.int32),
        zone_names=("North", "South"),
    )
    return replace(problem, **changes), TripTable(np.array([[[0, 4.0], [5, 0]]]), problem.zone_names)  # type: ignore[arg-type]


def loaded(folder: Path, problem: TrafficProblem, trips: TripTable) -> tuple[TntpNetwork, Floats]:
    """Written and read again, and its times at flows of 10."""
    write_tntp(folder, tntp_of(problem, trips))
    again = read_tntp(folder)
    return again, again.problem.costs.times(np.full(again.problem.link_count, 10.0)) + again.problem.edge_fixed


def test_a_problem_of_another_kind_becomes_a_network_of_the_format(tmp_path: Path) -> None:
    again, cost = loaded(tmp_path, *triangle())
    assert again.problem.zone_out.tolist() == again.problem.zone_in.tolist() == [[0, 1]]
    assert again.problem.edge_tail.tolist() == [1, 2, 0]
    assert again.problem.edge_head.tolist() == [2, 0, 1]
    assert cost.tolist() == [1.15, 2 * (1 + 0.15 / 16) + 0.5, 3]
    assert again.trips.trips.tolist() == [[[0, 4], [5, 0]]]


def test_zones_that_share_a_node_get_nodes_of_their_own(tmp_path: Path) -> None:
    again, cost = loaded(tmp_path, *triangle(zone_in=np.array([[0, 0]], np.int32)))
    assert again.links.first_thru == 3
    assert again.problem.link_count == 3 + 4
    assert cost[3:].tolist() == [0, 0, 0, 0]


def test_shut_links_are_left_out(tmp_path: Path) -> None:
    again, _ = loaded(tmp_path, *triangle(edge_shut=np.array([False, True, False])))
    assert again.problem.link_count == 2


def test_what_the_format_cannot_say_is_refused(tmp_path: Path) -> None:
    problem, trips = triangle()
    akcelik = LinkCosts(np.full(3, AKCELIK, np.uint8), *[np.ones(3)] * 5)
    with pytest.raises(BadTraffic, match="A TNTP file holds BPR cost functions only"):
        tntp_of(replace(problem, costs=akcelik), trips)
    with pytest.raises(BadTraffic, match="A TNTP file cannot hold turn restrictions"):
        tntp_of(replace(problem, edge_link=np.array([0, 1, 1], np.int32)), trips)
    with pytest.raises(BadTraffic, match="A TNTP file holds one user class, not 2"):
        tntp_of(replace(problem, class_names=("car", "lorry")), trips)
    two = TripTable(np.zeros((2, 2, 2)), trips.zone_names, ("car", "lorry"))
    with pytest.raises(BadTraffic, match="A TNTP file holds one user class, not 2"):
        write_tntp(tmp_path, replace(tntp_of(problem, trips), trips=two))


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(BadFile, match="cannot be written"):
        write_tntp(tmp_path / "taken", tntp_of(*triangle()))
