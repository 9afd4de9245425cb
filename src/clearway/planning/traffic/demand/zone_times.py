"""How far apart zones are: minutes on streets with given times, and what stands in for them between external zones.

Most of the way between two external zones lies off the map, so the time across it says little. Such trips are as likely as the
average trip, and the likelier the more opposite the two zones lie.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from clearway.network.geometry import flat_scale

if TYPE_CHECKING:
    from clearway.assignment.problem import TrafficProblem
    from clearway.network.model import Floats
    from clearway.planning.traffic.demand.roads import StreetProblem

_LEAST_COST = 1e-9
"""Stands for a cost of 0, which a sparse graph cannot tell from no edge."""


class ZonePairs(NamedTuple):
    """What the gravity model goes by.

    Attributes:
        minutes: (Z, Z) on empty streets, infinite where there is no way, NaN between external zones.
        likely: (Z, Z) multiplies the deterrence: 1, but between external zones one less the cosine of the angle at which they
            are seen from the middle of the map, and 0 from one to itself.
    """

    minutes: Floats
    likely: Floats


def zone_times(problem: TrafficProblem, *, link_time: Floats | None = None, user_class: int = 0) -> Floats:
    """(Z, Z) the soonest time from each zone to each other, infinite where there is no way; in the problem's unit.

    Within a zone: half the time to the nearest other zone, as is usual; 0 where no other is reached.

    Args:
        problem: The streets, with what is shut.
        link_time: (L,) time of each link; on empty streets where absent.
        user_class: The class that drives.
    """
    zones = problem.zone_count
    times = np.full((zones, zones), np.inf)
    out, into = problem.zone_out[user_class], problem.zone_in[user_class]
    starts, ends = np.flatnonzero(out >= 0), np.flatnonzero(into >= 0)
    if len(starts) and len(ends):
        graph = _graph(problem, problem.costs.free if link_time is None else link_time, user_class)
        times[np.ix_(starts, ends)] = dijkstra(graph, indices=out[starts])[:, into[ends]]
    np.fill_diagonal(times, np.inf)
    nearest = times.min(axis=1, initial=np.inf)
    np.fill_diagonal(times, np.where(np.isfinite(nearest), nearest / 2, 0.0))
    return times


def zone_pairs(streets: StreetProblem) -> ZonePairs:
    """How far apart the zones of some streets are."""
    zones = streets.zones
    minutes = zone_times(streets.problem) / 60.0
    external = np.flatnonzero(zones.external)
    likely = np.ones_like(minutes)
    if len(external):
        west, south, east, north = streets.network.coverage
        scale = np.array(flat_scale((south + north) / 2))
        at = (np.column_stack((zones.lon, zones.lat))[external] - ((west + east) / 2, (south + north) / 2)) * scale
        unit = at / np.maximum(np.hypot(*at.T), 1e-9)[:, None]
        apart = 1.0 - unit @ unit.T
        np.fill_diagonal(apart, 0.0)
        pairs = np.ix_(external, external)
        likely[pairs] = np.where(np.isfinite(minutes[pairs]), np.maximum(apart, 0.0), 0.0)
        minutes[pairs] = np.nan
    return ZonePairs(minutes, likely)


def _graph(problem: TrafficProblem, link_time: Floats, user_class: int) -> csr_array:
    """One class's layer; of edges between the same two nodes the quickest."""
    costs = np.maximum(problem.edge_costs(link_time), _LEAST_COST)
    open_edges = np.flatnonzero((problem.edge_class == user_class) & np.isfinite(costs))
    tail, head, cost = problem.edge_tail[open_edges], problem.edge_head[open_edges], costs[open_edges]
    order = np.lexsort((cost, head, tail))
    tail, head, cost = tail[order], head[order], cost[order]
    first = np.ones(len(order), np.bool_)
    first[1:] = (tail[1:] != tail[:-1]) | (head[1:] != head[:-1])
    shape = (problem.node_count, problem.node_count)
    return csr_array((cost[first], (tail[first], head[first])), shape=shape)
