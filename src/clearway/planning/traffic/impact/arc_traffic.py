"""An assignment as it looks on the streets of a network: flow, time and saturation of every arc."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from clearway.network.classes import class_index
from clearway.network.model import MS_PER_KMH_M

if TYPE_CHECKING:
    from clearway.assignment.solution import Solution
    from clearway.network.model import Floats
    from clearway.network.search.graph import RoutingGraph
    from clearway.planning.traffic.demand.roads import StreetProblem


@dataclass(frozen=True, eq=False)
class ArcTraffic:
    """One hour's traffic on the arcs of a network; arcs that nobody may drive have no flow and no delay. A arcs.

    Attributes:
        flow_per_hour: (A,) passenger car units an hour.
        free_s: (A,) seconds from end to end on an empty street.
        time_s: (A,) seconds at that flow, never less than ``free_s``.
        saturation: (A,) flow by capacity.
    """

    flow_per_hour: Floats
    free_s: Floats
    time_s: Floats
    saturation: Floats

    @cached_property
    def delay_s(self) -> Floats:
        """(A,) seconds that the traffic adds."""
        return self.time_s - self.free_s

    @cached_property
    def delay_vehicle_hours(self) -> Floats:
        """(A,) hours that all vehicles of the hour together lose."""
        return np.asarray(self.flow_per_hour * self.delay_s / 3600)

    @cached_property
    def way_saturation(self) -> Floats:
        """(W,) of the fuller direction."""
        return np.maximum(self.saturation[0::2], self.saturation[1::2])


def arc_traffic(streets: StreetProblem, solution: Solution) -> ArcTraffic:
    """A solution of a network's streets, arc by arc."""
    free_s = streets.by_arc(solution.problem.costs.free)
    return ArcTraffic(
        flow_per_hour=streets.by_arc(solution.link_flow),
        free_s=free_s,
        time_s=np.maximum(streets.by_arc(solution.link_time), free_s),
        saturation=streets.by_arc(solution.saturation),
    )


def congested(graph: RoutingGraph, delay_s: Floats) -> RoutingGraph:
    """The graph of a class with its arcs slowed by the traffic, part of an arc as much as the whole in proportion.

    Args:
        graph: The graph at the class's own speeds.
        delay_s: (A,) seconds that each arc takes longer from end to end; what is below 0 counts as 0.
    """
    network, row = graph.network, class_index(graph.vehicle_class)
    free_kmh = graph.arc_speed_kmh
    length_m = np.repeat(network.way_length_m, 2)
    slowed_ms = length_m * MS_PER_KMH_M / free_kmh + 1000 * np.maximum(delay_s, 0)
    speed = network.arc_speed_kmh.copy()
    speed[row] = np.minimum(speed[row], (length_m * MS_PER_KMH_M / slowed_ms).astype(speed.dtype))
    slow = replace(network, arc_speed_kmh=speed)
    return replace(graph, network=slow, edge_ms=slow.travel_ms(graph.vehicle_class)[graph.edge_arc])
