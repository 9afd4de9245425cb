"""Files and figures of version 0.1.0, made before its modules moved, open, verify and come out the same."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from clearway.assignment.equilibrium.gap import evaluate
from clearway.assignment.equilibrium.solve import solve
from clearway.assignment.exchange.solution_file import load_solution
from clearway.network.importers.importing import import_network
from clearway.network.model import ARRAY_DTYPES
from clearway.network.store import load_network, network_digest, save_network
from clearway.planning.access.check import check_access
from clearway.planning.cordon.check import check_cordon
from clearway.planning.traffic.demand.activity import address_activity, edge_vehicles
from clearway.planning.traffic.demand.ensemble import town_ensemble
from clearway.planning.traffic.demand.synthetic import hour_demand
from clearway.planning.traffic.demand.town import make_town

if TYPE_CHECKING:
    from clearway.assignment.solution import Solution
    from clearway.network.model import Network
    from clearway.planning.traffic.demand.town import Town

BEFORE = Path(__file__).parent / "data" / "before"


def unpacked(name: str) -> bytes:
    return gzip.decompress((BEFORE / f"{name}.gz").read_bytes())


@pytest.fixture(scope="module")
def expected() -> dict[str, Any]:
    """What version 0.1.0 computed."""
    found: dict[str, Any] = json.loads((BEFORE / "expected.json").read_text("utf-8"))
    return found


@pytest.fixture(scope="module")
def network_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("before") / "town.clearway"
    path.write_bytes(unpacked("town.clearway"))
    return path


@pytest.fixture(scope="module")
def network(network_file: Path) -> Network:
    return load_network(network_file)


@pytest.fixture(scope="module")
def solution() -> Solution:
    return load_solution(BEFORE / "town.npz")


@pytest.fixture(scope="module")
def town(network: Network) -> Town:
    return make_town(network, zone_count=16, vehicle_classes=("general", "resident"))


def test_its_network_file_opens_and_is_written_again_byte_by_byte(
    network: Network, network_file: Path, expected: dict[str, Any], tmp_path: Path
) -> None:
    assert network_digest(network) == expected["network_digest"]
    save_network(network, tmp_path / "again.clearway")
    assert (tmp_path / "again.clearway").read_bytes() == network_file.read_bytes()


def test_its_source_is_imported_as_it_was(network: Network, tmp_path: Path) -> None:
    source = tmp_path / "town.geojson"
    source.write_bytes(unpacked("town.geojson"))
    again = import_network(source)
    for name in ARRAY_DTYPES:
        np.testing.assert_array_equal(getattr(again, name), getattr(network, name))
    assert again.report == network.report


def test_its_saved_assignment_opens_with_the_same_figures(solution: Solution, expected: dict[str, Any]) -> None:
    for name in ("gap", "objective", "total_time", "total_delay", "lost_trips"):
        assert getattr(solution, name) == expected[name]
    assert evaluate(solution.problem, solution.trips, solution.edge_flow).objective == expected["objective"]


@pytest.mark.parametrize("warm", [False, True])
def test_its_assignment_comes_out_the_same_from_nothing_and_from_the_saved_one(solution: Solution, *, warm: bool) -> None:
    again = solve(solution.problem, solution.trips, gap=1e-10, start=solution if warm else None)
    assert again.objective == pytest.approx(solution.objective, rel=1e-10)
    assert again.link_flow == pytest.approx(solution.link_flow, abs=0.05)


def test_its_demand_comes_out_the_same(town: Town, solution: Solution, expected: dict[str, Any]) -> None:
    assert list(town.streets.zones.names) == expected["zones"]
    np.testing.assert_allclose(hour_demand(town, 8).trips.trips, solution.trips.trips, rtol=1e-12)
    for name in ("edge_tail", "edge_head", "edge_link", "edge_fixed", "zone_out", "zone_in"):
        np.testing.assert_array_equal(getattr(town.streets.problem, name), getattr(solution.problem, name))
    np.testing.assert_array_equal(town.streets.problem.costs.free, solution.problem.costs.free)
    draws = [hour_demand(drawn, 17, peak=draw.peak).trips.total for draw, drawn in town_ensemble(town, draws=3)]
    assert draws == pytest.approx(expected["draws"], rel=1e-12)


def test_a_table_of_attractions_of_its_time_is_read_as_it_was(network: Network, expected: dict[str, Any]) -> None:
    table = BEFORE / "attraction.csv"
    activity = address_activity(network, table=table)
    assert float(activity.homes.sum()) == pytest.approx(expected["homes"], rel=1e-12)
    assert float(activity.visits.sum()) == pytest.approx(expected["visits"], rel=1e-12)
    into, out = edge_vehicles(network, np.flatnonzero(network.junction_edge), table=table)
    assert float((into + out).sum()) == pytest.approx(expected["vehicles_over_the_edge"], rel=1e-12)


def test_its_cordon_is_accepted(network: Network) -> None:
    holds, flaws = check_cordon(network, json.loads((BEFORE / "plan.json").read_text("utf-8")))
    assert len(holds) == 3
    assert flaws == []


def test_its_access_certificate_is_accepted(network: Network) -> None:
    holds, flaws = check_access(network, json.loads(unpacked("access.json")))
    assert len(holds) == 3
    assert flaws == []
