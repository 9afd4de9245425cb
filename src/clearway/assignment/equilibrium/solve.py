"""Static user equilibrium and system optimum, to any gap.

The method is that of paired alternative segments (Bar-Gera 2010; Xie and Xie 2016). Every sweep

1. brings each origin's tree of cheapest ways up to date and lists the edges that it uses although there is a cheaper way,
2. makes a pair of each such violation that matters: the cheaper way, the dearer way, whose flow,
3. shifts flow on all pairs together, by Newton's method, until both ways of each cost the same,
4. and does so again for the origins that had such a violation, if they are few.

The gap comes from the survey of all origins; that of the solution is evaluated anew on its flows, by
:mod:`clearway.assignment.equilibrium.gap`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.assignment.costs import BadTraffic
from clearway.assignment.equilibrium.blocks import BlockPool
from clearway.assignment.equilibrium.run import Run
from clearway.assignment.equilibrium.scratch import scratch_for
from clearway.assignment.problem import check_problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from clearway.assignment.problem import TrafficProblem, TripTable
    from clearway.assignment.solution import Solution, Step

AIMS = ("user", "system")


def solve(
    problem: TrafficProblem,
    trips: TripTable,
    *,
    gap: float = 1e-6,
    aim: str = "user",
    start: Solution | None = None,
    most_sweeps: int = 200,
    progress: Callable[[Step], bool] | None = None,
) -> Solution:
    """The flows at which nobody gains by another way (aim "user"), or all together spend the least (aim "system").

    Args:
        problem: The network.
        trips: Who goes where.
        gap: Relative gap at which to stop, >= 0.
        aim: "user" or "system".
        start: A solution to go on from: one that was stopped, or one of other closures, costs or trips.
        most_sweeps: After how many sweeps to stop anyway.
        progress: Called with every sweep; returns False to stop.

    Raises:
        BadTraffic: the network or the trips cannot be assigned, there is no such aim, or ``start`` is of another network.
    """
    if aim not in AIMS:
        raise BadTraffic(f"There is no aim '{aim}'. Choose 'user' or 'system'.")
    known = start is not None and start.problem.costs is problem.costs and start.problem.edge_fixed is problem.edge_fixed
    if not (known and start is not None and start.trips is trips):
        check_problem(problem, trips)
    with BlockPool(lambda: scratch_for(problem.node_count, problem.edge_count)) as pool:
        return Run(problem, trips, aim, start, pool).to(gap, most_sweeps, progress)
