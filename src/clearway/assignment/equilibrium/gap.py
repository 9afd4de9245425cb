"""How far flows are from equilibrium, by the published definition, without using anything of the solver.

``gap = (TSTT - SPTT) / SPTT`` and ``excess = (TSTT - SPTT) / trips``: TSTT is what all vehicles spend at the costs that the
flows cause, SPTT what they would spend if each took its cheapest way at these costs. For a system optimum costs are marginal.
Trips that have no way, and trips within a zone, count nowhere.

Cheapest ways are searched by Dijkstra's method. A caller that already has the order in which they reach the nodes may **claim**
it, which saves the search but not the proof: labels are computed in that order, and then every edge is tested whether it
gives a shorter way (Bellman, "On a routing problem", Quarterly of Applied Mathematics 16, 1958). Where one does, the claim is
dropped and the search is made.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from clearway.assignment.problem import NO_NODE
from clearway.network.kernels import kernel, on_all_cores

if TYPE_CHECKING:
    from clearway.assignment.problem import TrafficProblem, TripTable
    from clearway.network.kernels import Words
    from clearway.network.model import Floats, Ints, Longs

_PARTS = 8
"""As many pieces of work as blocks: enough for two to eight cores."""
_SMALL_EDGE_VISITS = 200_000
"""Origins times edges below which one core is done before threads have started."""


class Exactness(NamedTuple):
    """How exact an assignment is.

    Attributes:
        gap: (TSTT - SPTT) / SPTT; 0 where nobody travels.
        excess: (TSTT - SPTT) / trips, units of time; 0 where nobody travels.
        objective: Integral of the costs (aim "user") or total cost (aim "system"), fixed costs included.
    """

    gap: float
    excess: float
    objective: float


class Claim(NamedTuple):
    """In which order cheapest ways are claimed to reach the nodes, each after the one before it on its way, the source first.

    Attributes:
        number: (O,) origins, ``user_class * Z + zone``, rising.
        start: (O + 1,) first entry of each in ``order``.
        order: Nodes of the origin's class, counted from the first.
        node: (N,) the problem's nodes, class after class.
        layer: (K + 1,) first of each class in ``node``.
    """

    number: Ints
    start: Longs
    order: Words
    node: Words
    layer: Longs


_NO_CLAIM = np.empty(0, np.int32), np.zeros(1, np.int64), np.empty(0, np.uint32), np.empty(0, np.uint32), np.zeros(1, np.int64)


class _Ways(NamedTuple):
    """Edges by the node they leave and by the node they enter, with their costs in these orders."""

    out_start: Words
    out_head: Words
    out_cost: Floats
    in_start: Words
    in_tail: Words
    in_head: Words
    in_cost: Floats


def evaluate(
    problem: TrafficProblem, trips: TripTable, edge_flow: Floats, *, aim: str = "user", claim: Claim | None = None
) -> Exactness:
    """Gap, average excess cost and objective of any flows, on all cores.

    Args:
        problem: The network.
        trips: Who goes where.
        edge_flow: (E,) float64, passenger car units an hour, >= 0; 0 on edges that are shut.
        aim: "user" or "system".
        claim: Orders of the nodes that may save searches; the answer is the same.
    """
    cost = costs_at(problem, edge_flow, aim=aim)
    return exactness_of(problem, edge_flow, cost, aim=aim, shortest=_shortest(problem, trips, cost, claim))


def costs_at(problem: TrafficProblem, edge_flow: Floats, *, aim: str = "user") -> Floats:
    """(E,) cost of each edge at a flow on each: with aim "system" of one more vehicle to all."""
    costs, link_flow = problem.costs, problem.link_flow(edge_flow)
    return problem.edge_costs(costs.marginal_times(link_flow) if aim == "system" else costs.times(link_flow))


def exactness_of(
    problem: TrafficProblem, edge_flow: Floats, cost: Floats, *, aim: str, shortest: tuple[float, float]
) -> Exactness:
    """Gap, average excess cost and objective, where it is known what all would spend on their cheapest ways.

    Args:
        problem: The network.
        edge_flow: (E,) passenger car units an hour.
        cost: (E,) of the edges at that flow.
        aim: "user" or "system".
        shortest: SPTT at these costs, and how many travel.
    """
    costs, link_flow, (least, travelling) = problem.costs, problem.link_flow(edge_flow), shortest
    used = edge_flow > 0
    spent = math.fsum((edge_flow[used] * cost[used]).tolist())
    summed = link_flow * costs.times(link_flow) if aim == "system" else costs.integrals(link_flow)
    objective = math.fsum(summed.tolist()) + math.fsum((edge_flow * problem.edge_fixed).tolist())
    gap = (spent - least) / least if least > 0 else float(spent > 0)
    return Exactness(gap, (spent - least) / travelling if travelling > 0 else 0.0, objective)


def least_costs(problem: TrafficProblem, trips: TripTable, cost: Floats) -> Floats:
    """(K, Z, Z) cost of the cheapest way for each pair of zones with trips; infinite without trips or without a way.

    Args:
        problem: The network.
        trips: Who goes where.
        cost: (E,) of each edge, >= 0, infinite where shut.
    """
    table = np.full(trips.trips.shape, np.inf)
    _search_all(problem, trips, cost, None, table)
    return table


def _shortest(problem: TrafficProblem, trips: TripTable, cost: Floats, claim: Claim | None) -> tuple[float, float]:
    """SPTT at the costs of the edges, and how many travel."""
    sums = _search_all(problem, trips, cost, claim, np.empty((0, 0, 0)))
    return float(sums[:, 0].sum()), float(sums[:, 1].sum())


def _search_all(problem: TrafficProblem, trips: TripTable, cost: Floats, claim: Claim | None, table: Floats) -> Floats:
    """(S, 2) for each zone and class with trips, what they cost at least and how many have a way; write the table, if any."""
    user_class, zone = np.nonzero(trips.trips.any(axis=2) & (problem.zone_out != NO_NODE))
    starts, ways = np.column_stack((user_class, zone)), _ways(problem, cost)
    claim = Claim(*_NO_CLAIM) if claim is None else claim
    claimed = _claimed(claim, user_class * problem.zone_count + zone)
    sums, sides = np.zeros((len(starts), 2)), (problem.zone_out, problem.zone_in, trips.trips)

    def search(part: slice) -> None:
        scratch = np.empty(problem.node_count), np.empty(problem.edge_count + 1), np.empty(problem.edge_count + 1, np.uint32)
        _search_some(ways, sides, (claim, claimed[part]), scratch, starts[part], (sums[part], table))

    parts = _PARTS if len(starts) * problem.edge_count > _SMALL_EDGE_VISITS else 1
    on_all_cores(search, [slice(part, None, parts) for part in range(parts)])
    return sums


@kernel
def _search_some(
    ways: _Ways,
    sides: tuple[Ints, Ints, Floats],
    claims: tuple[Claim, Longs],
    scratch: tuple[Floats, Floats, Words],
    starts: Longs,
    out: tuple[Floats, Floats],
) -> None:
    """What trips from some starts, each a class and a zone, cost at least, and how many have a way."""
    zone_out, zone_in, trips = sides
    label, key, waiting = scratch
    claim, claimed = claims
    sums, table = out
    for turn in range(len(starts)):
        user_class, zone, proven = starts[turn, 0], starts[turn, 1], False
        if claimed[turn] >= 0:
            order = claim.order[claim.start[claimed[turn]] : claim.start[claimed[turn] + 1]]
            proven = _prove(ways, order, claim.node[claim.layer[user_class] : claim.layer[user_class + 1]], label)
        if not proven:
            _search(ways, zone_out[user_class, zone], label, (key, waiting))
        for end in range(trips.shape[2]):
            going = trips[user_class, zone, end]
            if going == 0.0 or zone_in[user_class, end] == NO_NODE:
                continue
            cost = label[zone_in[user_class, end]]
            if table.size > 0:
                table[user_class, zone, end] = cost
            if cost < np.inf and end != zone:
                sums[turn, 0] += going * cost
                sums[turn, 1] += going


def _claimed(claim: Claim, starts: Longs) -> Longs:
    """(S,) which of the claim's origins each start is, -1 where it claims nothing."""
    if not len(claim.number):
        return np.full(len(starts), -1)
    place = np.minimum(np.searchsorted(claim.number, starts), len(claim.number) - 1)
    return np.where(claim.number[place] == starts, place, -1)


def _ways(problem: TrafficProblem, cost: Floats) -> _Ways:
    nodes, tail, head = np.arange(problem.node_count + 1), problem.edge_tail, problem.edge_head
    out, into = np.argsort(tail, kind="stable"), np.argsort(head, kind="stable")
    starts = np.searchsorted(tail[out], nodes), np.searchsorted(head[into], nodes)
    out_start, in_start = (start.astype(np.uint32) for start in starts)
    out_head, in_tail, in_head = (ends.astype(np.uint32) for ends in (head[out], tail[into], head[into]))
    return _Ways(out_start, out_head, cost[out], in_start, in_tail, in_head, cost[into])


@kernel
def _prove(ways: _Ways, order: Words, node: Words, label: Floats) -> bool:
    """Compute labels in an order; whether no edge at all gives a shorter way."""
    label[:] = np.inf
    label[node[order[0]]] = 0.0
    for place in order[1:]:
        at, best = node[place], np.inf
        for edge in range(ways.in_start[at], ways.in_start[at + np.uint32(1)]):
            best = min(best, label[ways.in_tail[edge]] + ways.in_cost[edge])
        label[at] = best
    shorter = False
    for edge in range(len(ways.in_cost)):
        shorter |= label[ways.in_tail[edge]] + ways.in_cost[edge] < label[ways.in_head[edge]]
    return not shorter


@kernel
def _search(ways: _Ways, source: int, label: Floats, heap: tuple[Floats, Words]) -> None:
    """Dijkstra's method with a binary heap, nodes entered again whenever they are improved."""
    key, node = heap
    label[:] = np.inf
    label[source], key[0], node[0], size = 0.0, 0.0, source, 1
    while size > 0:
        here, at = key[0], node[0]
        size -= 1
        _sift(key, node, size)
        if here > label[at]:
            continue
        for turn in range(ways.out_start[at], ways.out_start[at + np.uint32(1)]):
            head, there = ways.out_head[turn], here + ways.out_cost[turn]
            if there < label[head]:
                label[head] = there
                _push(key, node, size, there, head)
                size += 1


@kernel
def _push(key: Floats, node: Words, size: int, value: float, entry: int) -> None:
    place = size
    while place > 0 and key[(place - 1) >> 1] > value:
        key[place], node[place] = key[(place - 1) >> 1], node[(place - 1) >> 1]
        place = (place - 1) >> 1
    key[place], node[place] = value, entry


@kernel
def _sift(key: Floats, node: Words, size: int) -> None:
    """Put the last entry in place of the first; ``size`` without it."""
    value, entry, place, child = key[size], node[size], 0, 1
    while child < size:
        if child + 1 < size and key[child + 1] < key[child]:
            child += 1
        if key[child] >= value:
            break
        key[place], node[place] = key[child], node[child]
        place, child = child, 2 * child + 1
    key[place], node[place] = value, entry
