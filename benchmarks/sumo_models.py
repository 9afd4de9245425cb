"""One question to both models: what does the cordon change on each street?

A **change** is vehicles an hour on one direction of a piece of street, with the cordon less without; arrays of changes are
by arc of the network.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from benchmarks import sumo_runs
from benchmarks.cities import wellington
from benchmarks.cordon import parliament
from clearway.assignment.equilibrium.solve import solve
from clearway.demo.wellington import ADDRESS_COST, wellington_suburbs
from clearway.planning.cordon.planner.plan import plan_cordon
from clearway.planning.traffic.demand.roads import street_problem, with_closures
from clearway.planning.traffic.demand.synthetic import synthetic_demand
from clearway.planning.traffic.sumo.export import export_sumo
from clearway.planning.traffic.sumo.vehicles import vehicles_of

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from clearway.assignment.problem import TripTable
    from clearway.assignment.solution import Solution
    from clearway.network.closures import Closure
    from clearway.network.model import Network
    from clearway.planning.traffic.demand.roads import StreetProblem

    Floats = NDArray[np.float64]
    Pair = tuple[sumo_runs.Run, sumo_runs.Run]

ROUNDS = 6
GAP = 1e-8
SIGNALS = ("--tls.guess", "--tls.guess.threshold", "45")
"""Signals are guessed at some two hundred junctions, for the data name none."""


@dataclass(frozen=True)
class Question:
    """What both models are asked."""

    streets: StreetProblem
    trips: TripTable
    closures: list[Closure]

    @property
    def network(self) -> Network:
        """The road network."""
        return self.streets.network

    def scaled(self, part: float) -> Question:
        """The same for a part of the trips."""
        return replace(self, trips=self.trips.scaled(part))


@dataclass
class Answers:
    """What both models answer for a part of the trips.

    Attributes:
        part: The part.
        ours: (A,) our change.
        over: How many links carry more than their capacity in our answer, without and with the cordon.
        pairs: SUMO's runs without and with the cordon, a pair for each seed.
    """

    part: float
    ours: Floats
    over: tuple[int, int]
    pairs: list[Pair] = field(default_factory=list)

    def changes(self) -> list[Floats]:
        """SUMO's change, one for each seed."""
        return [change(pair) for pair in self.pairs]

    def sumo(self) -> Floats:
        """SUMO's change, the mean of the seeds."""
        mean: Floats = np.mean(self.changes(), axis=0)
        return mean

    def lost_h(self) -> Floats:
        """(A,) vehicle hours lost on each arc in the run of SUMO that lost most there."""
        most: Floats = np.max([run.lost_s for pair in self.pairs for run in pair], axis=0)
        return most / 3600


def change(pair: Pair) -> Floats:
    """What SUMO says that the cordon changes."""
    before, after = pair
    return after.flow - before.flow


def demonstration() -> Question:
    """What the page of the Wellington demonstration asks when it opens."""
    network = wellington()
    demand = synthetic_demand(network, areas=wellington_suburbs(network))
    plan = plan_cordon(network, parliament().model_copy(update={"address_cost": ADDRESS_COST}))
    return Question(demand.streets, demand.trips, plan.closures())


def our_answers(question: Question, part: float) -> Answers:
    """Our answer for a part of the trips, none of SUMO's yet."""
    before, after = _solved(question.scaled(part))
    over = tuple(int((solution.saturation > 1).sum()) for solution in (before, after))
    return Answers(part, question.streets.by_arc(after.link_flow - before.link_flow), (over[0], over[1]))


def by_akcelik(question: Question) -> Floats:
    """(A,) our change with Akcelik's cost functions, in which an hour's queue is what makes a street slow."""
    streets = street_problem(question.network, question.streets.zones, costs="akcelik")
    return _change(replace(question, streets=streets))


def by_whole_vehicles(question: Question, seed: int) -> Floats:
    """(A,) our change for the whole vehicles that SUMO drives, in place of the table that they are drawn from."""
    between = ~np.eye(question.streets.zones.count, dtype=np.bool_)
    listed = vehicles_of(question.trips.trips * between, seed=seed)
    counted = np.zeros(question.trips.trips.shape)
    np.add.at(counted, (listed.user_class, listed.start, listed.end), 1.0)
    return _change(replace(question, trips=replace(question.trips, trips=counted)))


def sumo_pair(question: Question, folder: Path, *, seed: int, until: float, junctions: bool = False) -> Pair:
    """SUMO's user assignments without and with the cordon, side by side.

    Args:
        question: What to ask.
        folder: Where its files go, in ``before`` and ``after``.
        seed: Of all random numbers.
        until: The moment, by ``time.monotonic``, at which it is stopped.
        junctions: Whether SUMO's own junctions, guessed signals and lanes take the place of our capacities.

    Raises:
        TimeoutExpired: it was not done by then.
    """
    problems = {"before": question.streets.problem, "after": with_closures(question.streets, question.closures)}

    def run(name: str) -> sumo_runs.Run:
        here = folder / name
        streets, trips, problem = question.streets, question.trips, problems[name]
        export_sumo(streets, trips, here, problem=problem, junctions_in_speed=not junctions, seed=seed)
        sumo_runs.convert(here, *(SIGNALS if junctions else ()), until=until)
        arcs = question.network.arc_count
        return sumo_runs.assign(here, arcs=arcs, seed=seed, rounds=ROUNDS, until=until, junctions=junctions)

    with ThreadPoolExecutor(2) as pool:
        before, after = pool.map(run, problems)
    return before, after


def sumo_static(question: Question, folder: Path, *, until: float) -> Floats:
    """(A,) the change by SUMO's static assignment, with its own cost functions, in a folder of :func:`sumo_pair`."""
    with ThreadPoolExecutor(2) as pool:
        arcs = question.network.arc_count
        before, after = pool.map(lambda name: sumo_runs.static(folder / name, arcs=arcs, until=until), ("before", "after"))
    return after - before


def _solved(question: Question) -> tuple[Solution, Solution]:
    before = solve(question.streets.problem, question.trips, gap=GAP)
    return before, solve(with_closures(question.streets, question.closures), question.trips, gap=GAP, start=before)


def _change(question: Question) -> Floats:
    before, after = _solved(question)
    return question.streets.by_arc(after.link_flow - before.link_flow)
