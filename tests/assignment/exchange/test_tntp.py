from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

import towns
from clearway.assignment.costs import BadTraffic
from clearway.assignment.exchange.tntp import read_tntp
from clearway.assignment.problem import check_problem
from clearway.errors import BadFile

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("name", towns.NAMES)
def test_towns_are_read_whole(name: str) -> None:
    network = read_tntp(towns.FOLDER / name)
    check_problem(network.problem, network.trips)
    assert network.trips.total > 0


@pytest.mark.parametrize("name", towns.NAMES)
def test_known_flows_have_the_known_objective_and_costs(name: str) -> None:
    network = read_tntp(towns.FOLDER / name)
    problem, flow, cost = network.problem, network.best_flow, network.best_cost
    assert flow is not None
    assert cost is not None
    objective = problem.costs.integrals(flow).sum() + flow @ problem.edge_fixed
    assert objective == pytest.approx(towns.OBJECTIVES[name]["user"], rel=1e-13)
    np.testing.assert_allclose(problem.costs.times(flow) + problem.edge_fixed, cost, rtol=1e-12)


def test_factors_are_those_of_the_caller_before_those_of_the_flow_file() -> None:
    folder = towns.FOLDER / "Brackwell"
    told = read_tntp(folder)
    assert (told.toll_factor, told.distance_factor) == (0.04, 0.25)
    assert not read_tntp(folder, distance_factor=0).problem.edge_fixed.any()
    network = read_tntp(folder, distance_factor=0.5, toll_factor=2)
    assert network.links.column("toll").any()
    assert network.problem.edge_fixed == pytest.approx(0.5 * network.links.column("length") + 2 * network.links.column("toll"))
    with pytest.raises(BadTraffic, match=r"The toll factor is -1\. Give a number, 0 or more."):
        read_tntp(folder, toll_factor=-1)


def test_a_folder_without_a_network_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match=r"no file ends in _net.tntp\. Give the folder"):
        read_tntp(tmp_path)
    with pytest.raises(BadFile, match="cannot be opened"):
        read_tntp(tmp_path / "absent")


@pytest.mark.parametrize("kind", ["net", "trips", "node", "flow"])
def test_a_file_cut_short_is_refused_or_read_right(kind: str, tmp_path: Path) -> None:
    for path in (towns.FOLDER / "Brackwell").iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    whole = read_tntp(tmp_path)
    text = (tmp_path / f"Brackwell_{kind}.tntp").read_bytes()
    for end in [*range(0, len(text), 97), *range(len(text) - 12, len(text))]:
        (tmp_path / f"Brackwell_{kind}.tntp").write_bytes(text[:end])
        try:
            cut = read_tntp(tmp_path)
        except BadFile:
            continue
        for one, other in (
            (cut.trips.trips, whole.trips.trips),
            (cut.node_xy, whole.node_xy),
            (cut.best_cost, whole.best_cost),
        ):
            np.testing.assert_array_equal(one, other)
