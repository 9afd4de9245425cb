"""The best flows that are published for the public networks, and the objectives known to ten digits."""

from __future__ import annotations

import pytest

from clearway.assignment.equilibrium.gap import evaluate
from clearway.assignment.equilibrium.solve import solve
from clearway.assignment.exchange.tntp import read_tntp
from tntp_networks import public_network

OBJECTIVES = {
    "SiouxFalls": 4231335.287107,
    "Anaheim": 1286032.171096,
    "Barcelona": 1265654.922032,
    "Winnipeg": 827911.494630,
    "Chicago-Sketch": 17313018.738747,
}


@pytest.mark.parametrize("name", OBJECTIVES)
def test_the_published_optimum_is_reproduced(name: str) -> None:
    network = read_tntp(public_network(name))
    assert network.best_flow is not None
    found = solve(network.problem, network.trips, gap=1e-12)
    assert found.reached
    assert found.gap <= 1e-12
    assert found.objective == pytest.approx(OBJECTIVES[name], rel=1e-11)
    known = evaluate(network.problem, network.trips, network.best_flow)
    assert found.objective <= known.objective * (1 + 1e-12)
    costs = network.problem.costs
    theirs, ours = costs.times(network.best_flow), found.link_time
    assert ours == pytest.approx(theirs, rel=1e-3, abs=1e-3)


def test_going_on_from_a_stopped_solution_reaches_the_same_flows() -> None:
    network = read_tntp(public_network("Anaheim"))
    stopped = solve(network.problem, network.trips, gap=1e-12, progress=lambda step: step.sweep < 2)
    assert not stopped.reached
    found = solve(network.problem, network.trips, gap=1e-12, start=stopped)
    whole = solve(network.problem, network.trips, gap=1e-12)
    assert found.link_flow == pytest.approx(whole.link_flow, rel=1e-5, abs=1e-3)
    assert solve(network.problem, network.trips, gap=1e-12).edge_flow.tolist() == whole.edge_flow.tolist()


def test_closures_of_a_public_network_are_solved_warm_as_cold() -> None:
    network = read_tntp(public_network("Winnipeg"))
    base = solve(network.problem, network.trips, gap=1e-8)
    shut = network.problem.with_shut([200, 700, 1200, 1700, 2200])
    warm = solve(shut, network.trips, gap=1e-11, start=base)
    cold = solve(shut, network.trips, gap=1e-11)
    assert warm.reached
    assert warm.lost == cold.lost
    assert warm.objective == pytest.approx(cold.objective, rel=1e-10)
