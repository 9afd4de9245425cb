"""The towns whose optima an independent convex program has found, to the last digit and with proof."""

from __future__ import annotations

import gzip
import runpy
from typing import Any

import numpy as np
import pytest

import towns
from clearway.assignment.equilibrium.gap import evaluate
from clearway.assignment.equilibrium.solve import solve
from clearway.assignment.exchange.tntp import TntpNetwork, read_tntp


def network_of(name: str) -> TntpNetwork:
    return read_tntp(towns.FOLDER / name)


@pytest.mark.parametrize("name", towns.NAMES)
def test_the_known_equilibrium_is_reproduced(name: str) -> None:
    network = network_of(name)
    assert network.best_flow is not None
    found = solve(network.problem, network.trips, gap=1e-12)
    assert found.reached
    assert found.gap <= 1e-12
    assert found.objective == pytest.approx(towns.OBJECTIVES[name]["user"], rel=1e-12)
    assert found.link_flow == pytest.approx(network.best_flow, rel=1e-6, abs=1e-5)
    assert found.link_time == pytest.approx(network.problem.costs.times(network.best_flow), rel=1e-9)
    known = evaluate(network.problem, network.trips, network.best_flow)
    assert known.gap < 1e-12
    assert known.objective == pytest.approx(towns.OBJECTIVES[name]["user"], rel=1e-13)


@pytest.mark.parametrize("name", towns.NAMES)
def test_the_known_system_optimum_is_reproduced(name: str) -> None:
    network = network_of(name)
    found = solve(network.problem, network.trips, gap=1e-12, aim="system")
    assert found.reached
    assert found.total_cost == pytest.approx(towns.OBJECTIVES[name]["system"], rel=1e-12)
    assert found.total_cost < solve(network.problem, network.trips, gap=1e-12).total_cost * (1 - 1e-4)


@pytest.mark.parametrize("name", towns.NAMES[1:])
def test_zones_outside_the_streets_are_not_driven_through(name: str) -> None:
    network = network_of(name)
    assert network.links.first_thru == network.links.zones + 1
    found = solve(network.problem, network.trips, gap=1e-12)
    trips = network.trips.trips[0]
    out_of, into = (
        [found.link_flow[ends == zone].sum() for zone in range(network.links.zones)]
        for ends in (network.links.tail, network.links.head)
    )
    assert out_of == pytest.approx(trips.sum(axis=1), rel=1e-12)
    assert into == pytest.approx(trips.sum(axis=0), rel=1e-12)


def test_going_on_from_a_stopped_solution_reaches_the_same_flows() -> None:
    network = network_of("Corvale")
    stopped = solve(network.problem, network.trips, gap=1e-12, progress=lambda step: step.sweep < 2)
    assert not stopped.reached
    found = solve(network.problem, network.trips, gap=1e-12, start=stopped)
    whole = solve(network.problem, network.trips, gap=1e-12)
    assert found.link_flow == pytest.approx(whole.link_flow, rel=1e-6, abs=1e-5)
    assert solve(network.problem, network.trips, gap=1e-12).edge_flow.tolist() == whole.edge_flow.tolist()


def test_closures_are_solved_warm_as_cold() -> None:
    network = network_of("Corvale")
    base = solve(network.problem, network.trips, gap=1e-8)
    busiest = np.argsort(base.link_flow[16:])[-4:] + 16  # after the connectors
    shut = network.problem.with_shut(busiest)
    warm = solve(shut, network.trips, gap=1e-11, start=base)
    cold = solve(shut, network.trips, gap=1e-11)
    assert warm.reached
    assert warm.lost == cold.lost
    assert warm.objective == pytest.approx(cold.objective, rel=1e-10)
    assert warm.objective > base.objective * (1 + 1e-4)


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    return runpy.run_path(str(towns.FOLDER / "make_towns.py"))


def test_the_files_are_those_that_the_script_draws(script: dict[str, Any]) -> None:
    for draw in script["TOWNS"]:
        town = draw()
        for name, content in script["texts"](town, np.zeros(len(town.links))).items():
            there = (towns.FOLDER / town.name / name).read_bytes()
            if name.endswith(".gz"):  # packed in other bytes by another zlib
                assert gzip.decompress(there) == gzip.decompress(content)
            elif "_flow" not in name:
                assert there == content


@pytest.mark.slow
@pytest.mark.parametrize("aim", ["user", "system"])
def test_the_independent_program_finds_the_known_optimum_again(script: dict[str, Any], aim: str) -> None:
    town = script["ashmoor"]()
    found = script["optimum"](town, aim)
    assert found.objective == pytest.approx(towns.OBJECTIVES["Ashmoor"][aim], rel=1e-12)
    assert found.at_least == pytest.approx(found.objective, rel=1e-11)
