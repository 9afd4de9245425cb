"""What differs between two assignments of one network, link by link and in all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from clearway.assignment.costs import BadTraffic

if TYPE_CHECKING:
    from clearway.assignment.solution import Solution
    from clearway.network.model import Floats


@dataclass(frozen=True, eq=False)
class Difference:
    """The second assignment less the first. Times are in the network's unit, vehicle time is flow times time.

    Attributes:
        flow: (L,) passenger car units an hour.
        time: (L,) time of each link.
        delay: (L,) vehicle time beyond that on empty streets.
        total_time: Vehicle time of all.
        total_delay: Vehicle time of all beyond that on empty streets.
        lost_trips: Trips without a way.
    """

    flow: Floats
    time: Floats
    delay: Floats
    total_time: float
    total_delay: float
    lost_trips: float


def difference(first: Solution, second: Solution) -> Difference:
    """What the second assignment has more than the first.

    Raises:
        BadTraffic: they are of networks with other links, or in another unit of time.
    """
    before, after = first.problem, second.problem
    if (before.link_count, before.link_names, before.time_unit) != (after.link_count, after.link_names, after.time_unit):
        raise BadTraffic("The two assignments belong to different networks. Compare two on the same network.")
    return Difference(
        flow=second.link_flow - first.link_flow,
        time=second.link_time - first.link_time,
        delay=link_delay(second) - link_delay(first),
        total_time=second.total_time - first.total_time,
        total_delay=second.total_delay - first.total_delay,
        lost_trips=second.lost_trips - first.lost_trips,
    )


def link_delay(solution: Solution) -> Floats:
    """(L,) vehicle time on each link beyond that on an empty one, in the network's unit; never below 0."""
    return np.asarray(solution.link_flow * np.maximum(solution.link_time - solution.problem.costs.free, 0.0))
