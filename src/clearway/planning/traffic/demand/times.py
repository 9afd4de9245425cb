"""How long it takes from zone to zone on streets with given times: what a gravity model goes by."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

if TYPE_CHECKING:
    from clearway.assignment.problem import TrafficProblem
    from clearway.network.model import Floats

_LEAST = 1e-9
"""Stands for a cost of 0, which a sparse graph cannot tell from no edge."""


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


def _graph(problem: TrafficProblem, link_time: Floats, user_class: int) -> csr_array:
    """One class's layer; of edges between the same two nodes the quickest."""
    costs = np.maximum(problem.edge_costs(link_time), _LEAST)
    open_edges = np.flatnonzero((problem.edge_class == user_class) & np.isfinite(costs))
    tail, head, cost = problem.edge_tail[open_edges], problem.edge_head[open_edges], costs[open_edges]
    order = np.lexsort((cost, head, tail))
    tail, head, cost = tail[order], head[order], cost[order]
    first = np.ones(len(order), np.bool_)
    first[1:] = (tail[1:] != tail[:-1]) | (head[1:] != head[:-1])
    shape = (problem.node_count, problem.node_count)
    return csr_array((cost[first], (tail[first], head[first])), shape=shape)
