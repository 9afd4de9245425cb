"""Beginning where another solution ended: other closures, costs or trips, the same streets.

What an origin had on each edge into a node, in proportion, is what it will have there again: its trips are put on the
streets from their ends back, each node's through flow shared among its edges in as the flow was before. Edges that are shut,
or that now lead away from the origin, have no share; where none is left the flow comes by the new tree. So flow on a shut
edge is moved, all else stays as it was, every trip is carried exactly, and no origin's flow goes round in a circle. Origins
with the same trips as before and no flow on anything that is shut are not touched at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from clearway.assignment.costs import BadTraffic
from clearway.assignment.equilibrium.blocks import blocks_of
from clearway.assignment.equilibrium.flows import Rows
from clearway.assignment.equilibrium.trees import bring_up_to_date, order_of
from clearway.network.kernels import kernel
from clearway.network.search.graph import ranges

if TYPE_CHECKING:
    from collections.abc import Callable

    from clearway.assignment.equilibrium.blocks import BlockPool
    from clearway.assignment.equilibrium.pairs import FoundSegments
    from clearway.assignment.equilibrium.scratch import Scratch, SearchScratch
    from clearway.assignment.equilibrium.state import Costs, Graph, Layout, Links, Origins
    from clearway.assignment.equilibrium.trees import Trees
    from clearway.assignment.problem import TrafficProblem, TripTable
    from clearway.assignment.solution import Solution
    from clearway.network.model import Bools, Floats, Longs

_RELOADING_BATCHES = 4
"""What a closure moves has few routes to choose from: with 1 or 12 the sweeps are the same within one."""
_LEAST_BATCH_ORIGINS = 4
"""Smaller batches leave cores idle for costs that hardly change."""


@dataclass(frozen=True, eq=False)
class WarmState:
    """What a solution carries for solutions that start from it: it saves time, and is never needed.

    Attributes:
        layout: How nodes and edges are numbered.
        origins: Who sets out where.
        homeless: Pairs of zones with trips but no node.
        links: Cost functions.
        trees: The orders of the origins' trees, without parents.
        rows: Flows, as edges are numbered here.
        segments: The pairs that held to the end.
    """

    layout: Layout
    origins: Origins
    homeless: Longs
    links: Links
    trees: Trees
    rows: Rows
    segments: FoundSegments


def check_start(problem: TrafficProblem, start: Solution) -> None:
    """Refuse a solution of other streets.

    Raises:
        BadTraffic: it has other edges, zones or classes than the problem.
    """
    have = start.problem
    counts = (have.node_count, have.edge_count, have.zone_count, have.class_count, have.link_count)
    same = counts == (problem.node_count, problem.edge_count, problem.zone_count, problem.class_count, problem.link_count)
    columns = ("edge_tail", "edge_head", "edge_link", "zone_out", "zone_in")
    if not same or not all(_equal(getattr(have, name), getattr(problem, name)) for name in columns):
        raise BadTraffic(
            "The solution to start from belongs to another network. Nodes, edges, zones and classes must be the same."
        )


def _equal(first: object, second: object) -> bool:
    return first is second or np.array_equal(first, second)  # type: ignore[arg-type]


def rows_carried(layout: Layout, origins: Origins, start: Solution) -> Rows:
    """The flows of a solution, as rows of edges as they are numbered here."""
    number = np.empty(start.problem.edge_count, np.uint32)
    number[layout.edge] = np.arange(len(layout.edge), dtype=np.uint32)
    first, end = start.origin_flow.start[origins.number], start.origin_flow.start[origins.number + 1]
    edges, entry = end - first, ranges(first, end)
    return Rows(np.cumsum(edges) - edges, edges, number[start.origin_flow.edge[entry]], start.origin_flow.flow[entry])


def touched(graph: Graph, origins: Origins, rows: Rows, trips: TripTable, start: Solution) -> Longs:
    """Origins that have flow on what is shut, other trips than before, or trips that had no way."""
    found = np.zeros(len(rows.first), np.bool_)
    _mark_users_of_shut_edges(graph, rows, found)
    if trips.trips is not start.trips.trips:
        other = (trips.trips != start.trips.trips).any(axis=2).ravel()
        found |= other[origins.number]
    lost = np.array([pair.user_class * len(trips.zone_names) + pair.start for pair in start.lost], np.int64)
    return np.flatnonzero(found | np.isin(origins.number, lost))


def reloaded(
    pool: BlockPool[Scratch],
    graph: Graph,
    origins: Origins,
    trees: Trees,
    rows: Rows,
    chosen: Longs,
    total: Floats,
    costs_at: Callable[[Floats], Costs],
) -> Rows:
    """The rows after the trips of some origins are put on the streets again, batch by batch at the costs that follow.

    Args:
        pool: Threads with their scratch.
        graph: Nodes and edges.
        origins: Who sets out where.
        trees: Written to.
        rows: Flows before.
        chosen: The origins.
        total: Flow of all on each edge; written to.
        costs_at: Costs of the edges at a flow on each edge.
    """
    total[np.isinf(graph.fixed)] = 0.0
    first, edges, placed, parts = rows.first.copy(), rows.edges.copy(), len(rows.edge), list[Rows]()
    batches = max(1, min(_RELOADING_BATCHES, len(chosen) // _LEAST_BATCH_ORIGINS))
    for batch in range(batches):
        costs = costs_at(total)

        def reload(own: Longs, scratch: Scratch, costs: Costs = costs) -> Rows:
            most = int(rows.edges[own].sum() + (origins.node[own, 1] - origins.node[own, 0]).sum())
            new = Rows(np.empty(len(own), np.int64), np.empty(len(own), np.int64), np.empty(most, np.uint32), np.empty(most))
            used = reload_rows(graph, costs, origins, trees, scratch.search, rows, new, own)
            return Rows(new.first, new.edges, new.edge[:used].copy(), new.flow[:used].copy())

        mine = blocks_of(chosen[batch::batches], len(graph.tail))
        for own, part in zip(mine, pool.map(reload, mine), strict=True):
            _replace(total, rows, part, own)
            first[own], edges[own] = part.first + placed, part.edges
            placed += len(part.edge)
            parts.append(part)
    flow = np.concatenate([rows.flow, *(part.flow for part in parts)])
    _empty(rows, flow, chosen)
    return Rows(first, edges, np.concatenate([rows.edge, *(part.edge for part in parts)]), flow)


@kernel
def _mark_users_of_shut_edges(graph: Graph, rows: Rows, found: Bools) -> None:
    """Mark the origins with flow on what is shut."""
    for origin in range(len(found)):
        for entry in range(rows.first[origin], rows.first[origin] + rows.edges[origin]):
            if graph.fixed[rows.edge[entry]] == np.inf:
                found[origin] = True
                break


@kernel
def _empty(rows: Rows, flow: Floats, chosen: Longs) -> None:
    """Take away the flow in the rows of some origins."""
    for origin in chosen:
        flow[rows.first[origin] : rows.first[origin] + rows.edges[origin]] = 0.0


@kernel
def _replace(total: Floats, rows: Rows, new: Rows, chosen: Longs) -> None:
    """Take the old flows of some origins off what edges carry, and put the new ones on."""
    for turn, origin in enumerate(chosen):
        for entry in range(rows.first[origin], rows.first[origin] + rows.edges[origin]):
            total[rows.edge[entry]] = max(total[rows.edge[entry]] - rows.flow[entry], 0.0)
        for entry in range(new.first[turn], new.first[turn] + new.edges[turn]):
            total[new.edge[entry]] += new.flow[entry]


@kernel
def reload_rows(
    graph: Graph, costs: Costs, origins: Origins, trees: Trees, scratch: SearchScratch, rows: Rows, new: Rows, chosen: Longs
) -> int:
    """Put the trips of some origins on the streets again, in the proportions of their flows; how many edges are used."""
    had, used = np.zeros(len(graph.tail)), 0
    for turn, origin in enumerate(chosen):
        bring_up_to_date(graph, costs, origins, trees, scratch, origin)
        for entry in range(rows.first[origin], rows.first[origin] + rows.edges[origin]):
            had[rows.edge[entry]] = rows.flow[entry]
        new.first[turn] = used
        used = _reload(graph, origins, trees, scratch, had, new, origin, used)
        new.edges[turn] = used - new.first[turn]
        for entry in range(rows.first[origin], rows.first[origin] + rows.edges[origin]):
            had[rows.edge[entry]] = 0.0
    return used


@kernel
def _reload(  # noqa: C901 - a loop over nodes and edges
    graph: Graph, origins: Origins, trees: Trees, scratch: SearchScratch, had: Floats, new: Rows, origin: int, used: int
) -> int:
    rank, through = scratch.last, scratch.through
    parent, order = trees.parent[trees.start[origin] :], order_of(trees, origin)
    in_start = graph.in_start[origins.node[origin, 0] :]
    for turn, node in enumerate(order):
        rank[node] = turn
    for entry in range(origins.start[origin], origins.start[origin + 1]):
        if scratch.label[origins.sink[entry]] < np.inf:
            through[origins.sink[entry]] += origins.trips[entry]
    for node in order[:0:-1]:
        if through[node] == 0.0:
            continue
        total = 0.0
        for edge in range(in_start[node], in_start[node + np.uint32(1)]):
            if had[edge] > 0.0:
                tail = graph.tail[edge]
                if graph.fixed[edge] == np.inf or scratch.label[tail] == np.inf or rank[tail] > rank[node]:
                    had[edge] = 0.0
                total += had[edge]
        if total == 0.0:
            had[parent[node]], total = 1.0, 1.0
        for edge in range(in_start[node], in_start[node + np.uint32(1)]):
            if had[edge] > 0.0:
                flow = through[node] * had[edge] / total
                had[edge] = 0.0
                new.edge[used], new.flow[used] = edge, flow
                through[graph.tail[edge]] += flow
                used += 1
        through[node] = 0.0
    through[origins.source[origin]] = 0.0
    return used
