"""Times between zones, and along given paths, on empty and on congested streets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from clearway.assignment.costs import BadTraffic
from clearway.assignment.equilibrium.gap import least_costs
from clearway.assignment.problem import TripTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.assignment.problem import TrafficProblem
    from clearway.assignment.solution import Solution
    from clearway.network.model import Floats, Longs

HOURS = {"s": 1 / 3600, "min": 1 / 60, "h": 1.0}
"""How many hours a unit of time is."""


def hours(amount: float, time_unit: str) -> float | None:
    """A time in hours; None where a network does not say what its unit is.

    >>> hours(90, "min"), hours(90, "")
    (1.5, None)
    """
    return amount * HOURS[time_unit] if time_unit in HOURS else None


def od_times(problem: TrafficProblem, link_time: Floats) -> Floats:
    """(K, Z, Z) least cost of a way from each zone to each other one, by class, tolls counted as time.

    0 within a zone, infinite where there is no way or the zone has no node. One search from every zone, on all cores.

    Args:
        problem: The network, with what is shut.
        link_time: (L,) time of each link: of a solution, ``solution.link_time``; on empty streets, ``problem.costs.free``.

    Raises:
        BadTraffic: there are not as many times as links.
    """
    if len(link_time) != problem.link_count:
        raise BadTraffic(f"There are {problem.link_count} links but {len(link_time)} times. Give one for each link.")
    shape = (problem.class_count, problem.zone_count, problem.zone_count)
    everyone = TripTable(np.ones(shape), problem.zone_names, problem.class_names)
    times = least_costs(problem, everyone, problem.edge_costs(np.asarray(link_time, np.float64)))
    zones = np.arange(problem.zone_count)
    times[:, zones, zones] = 0.0
    return times


@dataclass(frozen=True, eq=False)
class PathTimes:
    """Times along P paths, in the network's unit of time.

    Attributes:
        free: (P,) on empty streets.
        congested: (P,) at the flows of a solution; infinite where a link of the path is shut.
    """

    free: Floats
    congested: Floats

    @property
    def extra(self) -> Floats:
        """(P,) how much longer each path takes."""
        return self.congested - self.free


def path_times(solution: Solution, paths: Sequence[Longs | Sequence[int]], *, share: float = 1.0) -> PathTimes:
    """What paths take on empty streets and in the traffic.

    Args:
        solution: An assignment.
        paths: P paths, each the indexes of the links it drives, in any order; an empty path takes no time.
        share: How much of the delay the vehicle bears, 0 to 1: one with lights and sirens passes part of the queue.

    Raises:
        BadTraffic: there is no such link, or the share is not between 0 and 1.
    """
    if not 0 <= share <= 1:
        raise BadTraffic(f"A share of the delay of {share:g} cannot be used. Give a number from 0 to 1.")
    problem = solution.problem
    sizes = np.array([len(path) for path in paths], np.int64)
    links = np.concatenate([np.asarray(path, np.int64) for path in paths]) if sizes.sum() else np.empty(0, np.int64)
    wrong = links[(links < 0) | (links >= problem.link_count)]
    if len(wrong):
        raise BadTraffic(f"There is no link {wrong[0] + 1}: links are numbered 1 to {problem.link_count}.")
    path = np.repeat(np.arange(len(sizes)), sizes)
    open_ = np.zeros(problem.link_count, np.bool_)
    open_[problem.edge_link[~problem.edge_shut]] = True
    free = problem.costs.free
    slowed = np.where(open_, free + share * np.maximum(solution.link_time - free, 0.0), np.inf)
    by_path = (np.bincount(path, weights=values[links], minlength=len(sizes)) for values in (free, slowed))
    return PathTimes(*(np.asarray(total, np.float64) for total in by_path))
