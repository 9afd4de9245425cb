from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from clearway.assignment.costs import BadTraffic
from clearway.assignment.equilibrium.solve import solve
from clearway.assignment.problem import TripTable
from clearway.planning.traffic.demand.fitting import METHODS, fit_to_counts, link_use
from clearway.planning.traffic.demand.statement import UNCORRECTED
from clearway.planning.traffic.demand.synthetic import SyntheticDemand, synthetic_demand
from clearway.planning.traffic.demand.traffic_counts import Counts, make_counts

if TYPE_CHECKING:
    from clearway.assignment.solution import Solution
    from clearway.network.model import Network


@pytest.fixture(scope="module")
def demand(town: Network) -> SyntheticDemand:
    return synthetic_demand(town, zone_count=6)


@pytest.fixture(scope="module")
def truth(demand: SyntheticDemand) -> Solution:
    """What the first table is to be corrected to: other trips between the same zones."""
    noise = np.random.default_rng(2).lognormal(0.0, 0.5, demand.trips.trips.shape)
    return solve(demand.streets.problem, replace(demand.trips, trips=demand.trips.trips * noise * 1.3), gap=1e-8)


def counted(solution: Solution, streets: int, *, every: int = 1) -> Counts:
    links = np.argsort(-solution.link_flow[:streets], kind="stable")[: 8 * every : every].tolist()
    names = [solution.problem.link_label(link) for link in links]
    return make_counts(names, [(link,) for link in links], solution.link_flow[links].tolist())


@pytest.mark.slow
@pytest.mark.parametrize("method", METHODS)
def test_the_fitted_table_agrees_with_the_counts(demand: SyntheticDemand, truth: Solution, method: str) -> None:
    counts = counted(truth, demand.streets.street_links, every=3)
    fit = fit_to_counts(demand.streets.problem, demand.trips, counts, method=method, settled=0.002, most_rounds=20)
    assert fit.settled
    off = [float(np.sqrt(np.mean((one - counts.vehicles) ** 2))) for one in (fit.before, fit.after)]
    assert off[1] < 0.2 * off[0]
    assert not fit.notes


def test_what_nobody_counted_comes_nearer_to_most_truths_too(demand: SyntheticDemand) -> None:
    """Which of several equal ways trips take is chance, and so is how much one truth is neared: the median of five tells."""
    nearer = []
    for seed in range(8, 13):
        noise = np.random.default_rng(seed).lognormal(0.0, 0.5, demand.trips.trips.shape)
        table = replace(demand.trips, trips=demand.trips.trips * noise * 1.3)
        truth = solve(demand.streets.problem, table, gap=1e-8)
        links = np.flatnonzero(truth.link_flow[: demand.streets.street_links] > 50).tolist()
        names = [truth.problem.link_label(link) for link in links]
        counts = make_counts(names, [(link,) for link in links], truth.link_flow[links].tolist())
        fit = fit_to_counts(demand.streets.problem, demand.trips, counts)
        before, after = (np.abs(trips - table.trips).sum() for trips in (demand.trips.trips, fit.trips.trips))
        nearer.append(float(after / before))
    assert np.median(nearer) < 0.8


def test_a_known_table_is_recovered_where_every_pair_is_counted_alone(town: Network) -> None:
    demand = synthetic_demand(town, zone_count=2)
    problem = demand.streets.problem
    known = np.zeros((1, problem.zone_count, problem.zone_count))
    known[0, 0, 1], known[0, 1, 0] = 300.0, 120.0
    truth = solve(problem, replace(demand.trips, trips=known), gap=1e-8)
    links = range(problem.link_count)
    use = link_use(truth, make_counts([""] * len(links), [(link,) for link in links], [0.0] * len(links)))
    there, back = use[:, 1], use[:, problem.zone_count]
    alone = [int(np.flatnonzero((one > 0.999) & (other == 0))[0]) for one, other in ((there, back), (back, there))]
    counts = make_counts(["there", "back"], [(link,) for link in alone], [300.0, 120.0])
    first = replace(demand.trips, trips=np.where(known > 0, 200.0, 0.0))
    assert fit_to_counts(problem, first, counts).trips.trips == pytest.approx(known, rel=1e-2)


def test_the_use_of_links_adds_up_to_their_flows(demand: SyntheticDemand, truth: Solution) -> None:
    counts = counted(truth, demand.streets.street_links)
    assert link_use(truth, counts) @ truth.trips.trips.ravel() == pytest.approx(counts.vehicles, rel=1e-9)


def test_a_screen_line_adds_up_its_links(demand: SyntheticDemand, truth: Solution) -> None:
    single = counted(truth, demand.streets.street_links)
    line = make_counts(["line"], [tuple(link for its in single.links for link in its)], [float(single.vehicles.sum())])
    assert link_use(truth, line)[0] == pytest.approx(link_use(truth, single).sum(axis=0))


def test_counts_that_contradict_one_another_are_told(demand: SyntheticDemand, truth: Solution) -> None:
    link = int(np.argmax(truth.link_flow[: demand.streets.street_links]))
    flow = float(truth.link_flow[link])
    counts = make_counts(["morning crew", "evening crew"], [(link,), (link,)], [flow, 3 * flow])
    fit = fit_to_counts(demand.streets.problem, demand.trips, counts)
    assert any("The count on evening crew" in note and "It contradicts them" in note for note in fit.notes)
    assert "could not be met" in fit.trips.statement


def test_a_count_where_no_trip_passes_is_told(demand: SyntheticDemand) -> None:
    solution = solve(demand.streets.problem, demand.trips, gap=1e-6)
    empty = int(np.flatnonzero(solution.link_flow[: demand.streets.street_links] == 0)[0])
    fit = fit_to_counts(demand.streets.problem, demand.trips, make_counts(["Dead End"], [(empty,)], [400.0]))
    assert fit.notes == ("No trip of the table passes Dead End, where 400 vehicles an hour were counted.",)


def test_the_statement_says_what_it_was_fitted_to(demand: SyntheticDemand, truth: Solution) -> None:
    fit = fit_to_counts(demand.streets.problem, demand.trips, counted(truth, demand.streets.street_links))
    assert UNCORRECTED not in fit.trips.statement
    assert "It was fitted to 8 counts by maximum entropy" in fit.trips.statement
    assert "Do not rely on one number" in fit.trips.statement


def test_counts_are_vehicles_and_flows_are_units(demand: SyntheticDemand, truth: Solution) -> None:
    counts = counted(truth, demand.streets.street_links)
    fit = fit_to_counts(demand.streets.problem, demand.trips, counts, units_a_vehicle=1.05)
    assert counts.modelled(fit.solution.link_flow) == pytest.approx(1.05 * fit.after)


def test_it_stops_when_told_and_refuses_what_is_no_question(demand: SyntheticDemand, truth: Solution) -> None:
    counts = counted(truth, demand.streets.street_links)
    stopped = fit_to_counts(demand.streets.problem, demand.trips, counts, settled=0.0, progress=lambda turn, _: turn < 2)
    assert stopped.rounds == 2
    assert not stopped.settled
    with pytest.raises(BadTraffic, match="Choose entropy or least squares"):
        fit_to_counts(demand.streets.problem, demand.trips, counts, method="magic")
    with pytest.raises(BadTraffic, match="no counts to fit to"):
        fit_to_counts(demand.streets.problem, demand.trips, make_counts([], [], []))
    assert isinstance(stopped.trips, TripTable)
