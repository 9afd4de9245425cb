"""Who uses a street: the trips of every pair of zones that drive over at least one of some links, and where else they drive.

A solution fixes the flow of each origin on each edge, but not how the vehicles that meet at a node part again. They are taken
to part in the same proportions wherever they came from: **proportionality within each origin's flow**, the usual condition
(Bar-Gera, Boyce and Nie 2012). Under it the share of an origin's flow at node v that has driven over the links is

    s(v) = sum over edges e into v of f(e) * (1 if e is one of them, else s(tail of e)) / sum of f(e)

=========  ======================================================  ====================
symbol     meaning                                                 unit
=========  ======================================================  ====================
f(e)       the origin's flow on edge e                             vehicles an hour
s(v)       share at node v that has driven over the links          0 to 1
r(v)       share at node v that will still drive over them         0 to 1
=========  ======================================================  ====================

An origin's flow has no circles at equilibrium, so one pass in the order of the nodes does it; where a solution that was
stopped early still holds a circle, the passes are repeated until nothing changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from clearway.assignment.costs import BadTraffic
from clearway.assignment.problem import NO_NODE
from clearway.network.kernels import kernel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.assignment.solution import Solution
    from clearway.network.model import Bools, Floats, Ints, Longs

_SETTLED_SHARE = 1e-13
"""Shares of the flow that change by less are rounding."""
_MOST_PASSES = 10_000
"""Each pass carries shares one edge further round a circle: enough for any that a stopped solution holds."""


@dataclass(frozen=True, eq=False)
class SelectLink:
    """The trips that drive over at least one of some links.

    Attributes:
        links: Which links.
        trips: (K, Z, Z) float64, passenger car units an hour.
        link_flow: (L,) flow of these trips on every link of the network.
    """

    links: tuple[int, ...]
    trips: Floats
    link_flow: Floats

    @property
    def total(self) -> float:
        """All these trips."""
        return float(self.trips.sum())

    @property
    def by_origin(self) -> Floats:
        """(K, Z) trips that begin in each zone."""
        return np.asarray(self.trips.sum(axis=2))

    @property
    def by_destination(self) -> Floats:
        """(K, Z) trips that end in each zone."""
        return np.asarray(self.trips.sum(axis=1))


def select_link(solution: Solution, links: Sequence[int]) -> SelectLink:
    """The trips that drive over at least one of the links.

    Args:
        solution: An assignment.
        links: Link indexes, from 0.

    Raises:
        BadTraffic: there is no such link.
    """
    problem = solution.problem
    if unknown := [link for link in links if not 0 <= link < problem.link_count]:
        raise BadTraffic(f"There is no link {unknown[0] + 1}: links are numbered 1 to {problem.link_count}.")
    chosen = np.isin(problem.edge_link, np.array(links, np.int64))
    trips = np.zeros((problem.class_count, problem.zone_count, problem.zone_count))
    edge_flow = np.zeros(problem.edge_count)
    room = _Room(problem.node_count)
    for number in range(problem.class_count * problem.zone_count):
        edges, flow = solution.origin_flow.of(number)
        if chosen[edges].any():
            user, zone = divmod(number, problem.zone_count)
            ends = np.where(np.arange(problem.zone_count) == zone, NO_NODE, problem.zone_in[user])
            gone, coming = room.shares(solution, edges, flow, chosen[edges])
            trips[user, zone] = np.where(ends != NO_NODE, solution.trips.trips[user, zone] * gone[ends], 0.0)
            tail, head = gone[problem.edge_tail[edges]], coming[problem.edge_head[edges]]
            edge_flow[edges] += flow * np.where(chosen[edges], 1.0, tail + (1.0 - tail) * head)
    return SelectLink(tuple(links), trips, problem.link_flow(edge_flow))


class _Room:
    """Arrays by node that all origins share."""

    def __init__(self, nodes: int) -> None:
        self.gone, self.coming = np.zeros(nodes), np.zeros(nodes)

    def shares(self, solution: Solution, edges: Ints, flow: Floats, chosen: Bools) -> tuple[Floats, Floats]:
        """(N,) share at each node that has driven over the links, and share that will."""
        problem = solution.problem
        tail, head = problem.edge_tail[edges].astype(np.int64), problem.edge_head[edges].astype(np.int64)
        nodes = problem.node_count
        through = np.maximum(
            np.bincount(head, flow, nodes), np.bincount(tail, flow, nodes)
        )  # where trips end, more in than out
        self.gone[:], self.coming[:] = 0.0, 0.0
        _pass_on(tail, head, flow, chosen, through, self.gone)
        _pass_on(head, tail, flow, chosen, through, self.coming)
        return self.gone, self.coming


@kernel
def _pass_on(tail: Longs, head: Longs, flow: Floats, chosen: Bools, through: Floats, share: Floats) -> None:
    """Shares from the tails of edges to their heads, node after node, and again while circles hold any back."""
    nodes, edges = len(share), len(tail)
    waiting = np.zeros(nodes, np.int64)
    first, by_tail = np.zeros(nodes + 1, np.int64), np.empty(edges, np.int64)
    for edge in range(edges):
        waiting[head[edge]] += 1
        first[tail[edge] + 1] += 1
    for node in range(nodes):
        first[node + 1] += first[node]
    place = first.copy()
    for edge in range(edges):
        by_tail[place[tail[edge]]] = edge
        place[tail[edge]] += 1
    ready, count = np.empty(nodes, np.int64), 0
    for node in range(nodes):
        if waiting[node] == 0 and first[node + 1] > first[node]:
            ready[count] = node
            count += 1
    done = 0
    while done < count:
        node = ready[done]
        done += 1
        for turn in range(first[node], first[node + 1]):
            edge = by_tail[turn]
            share[head[edge]] += flow[edge] * (1.0 if chosen[edge] else share[node]) / through[head[edge]]
            waiting[head[edge]] -= 1
            if waiting[head[edge]] == 0 and first[head[edge] + 1] > first[head[edge]]:
                ready[count] = head[edge]
                count += 1
    if (waiting > 0).any():
        _go_round(tail, head, flow, chosen, through, share, waiting)


@kernel
def _go_round(tail: Longs, head: Longs, flow: Floats, chosen: Bools, through: Floats, share: Floats, waiting: Longs) -> None:
    """Shares of nodes on circles, and behind them, until they settle."""
    fresh = np.zeros(len(share))
    for _ in range(_MOST_PASSES):
        fresh[:] = 0.0
        for edge in range(len(tail)):
            fresh[head[edge]] += flow[edge] * (1.0 if chosen[edge] else share[tail[edge]])
        moved = 0.0
        for node in range(len(share)):
            if waiting[node] > 0:
                new = fresh[node] / through[node]
                moved = max(moved, abs(new - share[node]))
                share[node] = new
        if moved <= _SETTLED_SHARE:
            return
