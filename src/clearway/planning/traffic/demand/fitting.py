"""Fit a trip table to counts: assign it, see which trips pass each count, fit, and again until it settles.

Which streets a pair's trips take depends on the table through congestion, so assignment and fit take turns, each fit from the
first table (M. Hall, D. Van Vliet and L. Willumsen, "SATURN", Traffic Engineering and Control 21, 1980; H. Yang, "Heuristic
algorithms for the bilevel origin-destination matrix estimation problem", Transportation Research 29B, 1995). Counts are taken
to be far surer than the table: they are met as far as they agree, and their errors weigh only against one another. Those that
cannot be met, for they contradict the others or no trips pass, are named.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from clearway.assignment.costs import BadTraffic
from clearway.assignment.equilibrium.solve import solve
from clearway.assignment.results.select_link import select_link
from clearway.planning.traffic.demand.matrix_estimation import least_squares, most_likely
from clearway.planning.traffic.demand.statement import corrected

if TYPE_CHECKING:
    from collections.abc import Callable

    from clearway.assignment.problem import TrafficProblem, TripTable
    from clearway.assignment.solution import Solution
    from clearway.network.model import Floats
    from clearway.planning.traffic.demand.traffic_counts import Counts

METHODS = ("entropy", "least squares")
FAR_OFF_ERRORS = 2.0
"""A count is not met where the fitted table misses it by more standard errors than this: chance does so in 5 of 100."""
_NOTES_SHOWN = 5
"""In the statement, which is read on every screen."""
_ERROR_SHARE = 0.01
"""Counts are fitted with so little of their error, for a synthetic table errs in the same direction over whole suburbs."""


@dataclass(frozen=True, eq=False)
class Fit:
    """A trip table fitted to counts. C counts.

    Attributes:
        trips: The fitted table, its statement with a sentence on the counts.
        solution: Its assignment.
        before: (C,) vehicles an hour that the first table puts on each count.
        after: (C,) what the fitted table puts there.
        rounds: How many times assignment and fit took turns.
        settled: Whether the last round changed little.
        notes: Counts that could not be met, a sentence each.
    """

    trips: TripTable
    solution: Solution
    before: Floats
    after: Floats
    rounds: int
    settled: bool
    notes: tuple[str, ...]


def fit_to_counts(  # noqa: PLR0913 - what can be chosen, all but the question by keyword
    problem: TrafficProblem,
    trips: TripTable,
    counts: Counts,
    *,
    method: str = "entropy",
    units_a_vehicle: float = 1.0,
    most_rounds: int = 8,
    settled: float = 0.02,
    gap: float = 1e-5,
    progress: Callable[[int, float], bool] | None = None,
) -> Fit:
    """The table nearest to a first one whose assignment agrees with the counts.

    Args:
        problem: The network.
        trips: The first table.
        counts: What was counted, all vehicles together.
        method: "entropy" or "least squares".
        units_a_vehicle: Passenger car units of the average vehicle.
        most_rounds: How many times assignment and fit take turns at most.
        settled: Stop when no modelled count changes by more than this part of its count between two rounds.
        gap: Of the assignments.
        progress: Called with the round and the root mean square difference, vehicles an hour; returns False to stop.

    Raises:
        BadTraffic: another method, no counts, or a count on a link that is none.
    """
    if method not in METHODS:
        raise BadTraffic(f"There is no fitting method '{method}'. Choose {' or '.join(METHODS)}.")
    if not len(counts):
        raise BadTraffic("There are no counts to fit to.")
    wanted, error = counts.vehicles * units_a_vehicle, counts.error * units_a_vehicle * _ERROR_SHARE
    solution = solve(problem, trips, gap=gap)
    before = now = counts.modelled(solution.link_flow)
    rounds, still = 0, False
    while rounds < most_rounds and not still:
        parts = link_use(solution, counts)
        fit = most_likely if method == "entropy" else least_squares
        table = fit(trips.trips.ravel(), parts, wanted, error).reshape(trips.trips.shape)
        solution = solve(problem, replace(trips, trips=table), gap=gap, start=solution)
        then = counts.modelled(solution.link_flow)
        still = bool((np.abs(then - now) <= settled * np.maximum(wanted, 1.0)).all())
        now, rounds = then, rounds + 1
        if progress is not None and not progress(rounds, float(np.sqrt(np.mean((now - wanted) ** 2)))):
            break
    before, after = before / units_a_vehicle, now / units_a_vehicle
    notes = unmet(counts, after, before)
    fitted = replace(solution.trips, statement=corrected(trips.statement, _sentence(counts, method, (before, after), notes)))
    return Fit(fitted, replace(solution, trips=fitted), before, after, rounds, still, notes)


def link_use(solution: Solution, counts: Counts) -> Floats:
    """(C, K Z Z) how many times an average trip of each pair passes each count; 0 for pairs without trips."""
    trips = solution.trips.trips
    parts = np.zeros((len(counts), trips.size))
    links = sorted({link for its in counts.links for link in its})
    passing = {link: select_link(solution, [link]).trips for link in links}
    for row, its in enumerate(counts.links):
        together = sum((passing[link] for link in its), np.zeros_like(trips))
        parts[row] = np.divide(together, trips, out=np.zeros_like(trips), where=trips > 0).ravel()
    return parts


def unmet(counts: Counts, after: Floats, before: Floats) -> tuple[str, ...]:
    """A sentence on each count that the fitted table misses, or that no trip passes."""
    sentences = []
    for name, count, error, has, had in zip(
        counts.names, counts.vehicles.tolist(), counts.error.tolist(), after.tolist(), before.tolist(), strict=True
    ):
        if count > 0 and has <= 0 and had <= 0:
            sentences.append(f"No trip of the table passes {name}, where {count:,.0f} vehicles an hour were counted.")
        elif abs(has - count) > FAR_OFF_ERRORS * error:
            sentences.append(
                f"The count on {name} is {count:,.0f} vehicles an hour, but the best table for the others has {has:,.0f}. "
                "It contradicts them, or the streets that lead there."
            )
    return tuple(sentences)


def _sentence(counts: Counts, method: str, modelled: tuple[Floats, Floats], notes: tuple[str, ...]) -> str:
    off = [float(np.sqrt(np.mean((flows - counts.vehicles) ** 2)) / max(counts.vehicles.mean(), 1.0)) for flows in modelled]
    how = "maximum entropy" if method == "entropy" else "least squares"
    missed = f" {len(notes)} of them could not be met: {' '.join(notes[:_NOTES_SHOWN])}" if notes else ""
    plural = "" if len(counts) == 1 else "s"
    return (
        f"It was fitted to {len(counts)} count{plural} by {how}: the root mean square difference went from {off[0]:.0%} "
        f"to {off[1]:.0%} of the mean count.{missed} Streets without a count may still be wrong by half or more."
    )
