"""The arrays that the solver's kernels work on, packed from a problem.

Edges are numbered anew by the node they enter, so that what leads into a node lies side by side. Each user class has a layer
of nodes and edges to itself, in which nodes are counted from 0, so that an origin needs room for its own layer only. An edge
that is shut keeps its place and costs infinitely much: closures change costs, never numbers.

=============  ================================================================================================
symbol         meaning
=============  ================================================================================================
E, N, L, O, D  edges, nodes, links, origins (a user class at a zone, with trips to go), destinations over all origins
x, t, s        flow, time and slope (derivative of the time by the flow) of a link: the columns of ``load``
f              flow of one origin on an edge
d              label: cost of the cheapest way from an origin to a node
=============  ================================================================================================
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from clearway.assignment.costs import BPR, FIXED, link_bend, link_slope, link_time
from clearway.assignment.problem import NO_NODE
from clearway.network.kernels import kernel, words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from clearway.assignment.problem import TrafficProblem, TripTable
    from clearway.network.kernels import Words
    from clearway.network.model import Bytes, Floats, Ints, Longs

FLOW, TIME, SLOPE = range(3)
CONSTANT, FOURTH, POWER, OTHER = range(4)
_MOST_SCALE = 1e300
"""A factor free B / capacity^power beyond this overflows when it is multiplied with a flow: such links take the general
formula.
"""
_NEARLY_EMPTY_SHARE = 1e-6
"""Share of the capacity at which the slope of a link is taken that begins infinitely steep (power below 1)."""


class Graph(NamedTuple):
    """Nodes and edges, layer after layer; a layer's nodes are counted from 0."""

    out_start: Words  # (N + 1,) first edge out of each node in the two columns below
    out_edge: Words  # (E,)
    out_head: Words  # (E,)
    in_start: Words  # (N + 1,) first edge into each node; edges are in that order
    tail: Words  # (E,)
    head: Words  # (E,)
    link: Words  # (E,) the link an edge drives
    fixed: Floats  # (E,) cost whatever the flow, infinite where shut
    plain: bool  # whether each link has one edge, of the same number


class Links(NamedTuple):
    """Links with their cost functions."""

    form: Bytes  # (L,) CONSTANT, FOURTH, POWER or OTHER: how to compute the time
    kind: Bytes  # (L,) as in LinkCosts
    number: Floats  # (L, 6) free, capacity, factor, power, period; last, what the flow to the power is multiplied with
    marginal: bool  # whether times are what one more vehicle costs all


class Origins(NamedTuple):
    """Who sets out where."""

    source: Words  # (O,) node
    number: Ints  # (O,) class * Z + zone
    node: Longs  # (O, 2) the layer: first node, end
    edge: Longs  # (O, 2) the layer: first edge, end
    start: Longs  # (O + 1,) first destination of each
    sink: Words  # (D,) node
    trips: Floats  # (D,) > 0
    pair: Longs  # (D,) where in the table: flat index


class Costs(NamedTuple):
    """What edges cost: in their own order, and in that of the edges out of nodes."""

    edge: Floats
    out: Floats


@dataclass(frozen=True, eq=False)
class Layout:
    """How a problem's nodes and edges are numbered here, whatever is shut.

    Attributes:
        graph: Nodes and edges; ``fixed`` as when it was made.
        edge: (E,) int32, number of each edge in the problem.
        node: (N,) int64, number of each node in the problem, layer after layer.
        within: (N,) int64, number here, within its layer, of each node of the problem.
        layer: (K + 1,) int64, first node of each user class.
    """

    graph: Graph
    edge: Ints
    node: Longs
    within: Longs
    layer: Longs


def layout_of(problem: TrafficProblem) -> Layout:
    """Number a problem's nodes and edges."""
    user_class = _classes(problem)
    node = np.argsort(user_class, kind="stable")
    layer = np.searchsorted(user_class[node], np.arange(problem.class_count + 1))
    place = np.empty(problem.node_count, np.int64)
    place[node] = np.arange(problem.node_count)
    within = place - layer[user_class]
    tail, head = place[problem.edge_tail], place[problem.edge_head]
    edge = np.lexsort((tail, head))
    tail, head = tail[edge], head[edge]
    out_edge, nodes = np.argsort(tail, kind="stable"), np.arange(problem.node_count + 1)
    graph = Graph(
        out_start=_words(np.searchsorted(tail[out_edge], nodes)),
        out_edge=_words(out_edge),
        out_head=_words(within[node[head[out_edge]]]),
        in_start=_words(np.searchsorted(head, nodes)),
        tail=_words(within[node[tail]]),
        head=_words(within[node[head]]),
        link=_words(np.arange(len(edge)) if problem.plain else problem.edge_link[edge]),
        fixed=np.where(problem.edge_shut, np.inf, problem.edge_fixed)[edge],
        plain=problem.plain,
    )
    return Layout(graph, edge.astype(np.int32), node, within, layer)


def with_closures(layout: Layout, problem: TrafficProblem) -> Layout:
    """The same layout with what is shut now, and what edges cost now."""
    fixed = np.where(problem.edge_shut, np.inf, problem.edge_fixed)[layout.edge]
    return Layout(layout.graph._replace(fixed=fixed), layout.edge, layout.node, layout.within, layout.layer)


def _classes(problem: TrafficProblem) -> NDArray[np.int64]:
    """(N,) the user class whose layer a node is in."""
    found = np.zeros(problem.node_count, np.int64)
    if problem.class_count > 1:
        found[problem.edge_tail] = problem.edge_class
        found[problem.edge_head] = problem.edge_class
        for user_class in range(problem.class_count):
            for zone_nodes in (problem.zone_out[user_class], problem.zone_in[user_class]):
                found[zone_nodes[zone_nodes != NO_NODE]] = user_class
    return found


def _words(numbers: NDArray[np.int64] | NDArray[np.int32]) -> Words:
    return words(np.ascontiguousarray(numbers, np.int32))


def links_of(problem: TrafficProblem, layout: Layout, *, system: bool) -> Links:
    """Cost functions; where each link has one edge, links are numbered as the edges are.

    The marginal time of a BPR link is a BPR time again, with ``factor * (power + 1)``.
    """
    costs = problem.costs
    row = layout.edge if problem.plain else slice(None)
    kind, free, capacity, factor, power, period = (
        column[row] for column in (costs.kind, costs.free, costs.capacity, costs.factor, costs.power, costs.period)
    )
    bpr = kind == BPR
    if system:
        factor = np.where(bpr, factor * (power + 1.0), factor)
    constant = (kind == FIXED) | (factor == 0) | (bpr & ((power == 0) | (free == 0))) | np.isinf(capacity)
    always = np.where(bpr & (power == 0), free * (1.0 + factor), free)
    with np.errstate(all="ignore"):
        scale = np.where(constant, 0.0, free * factor / np.where(constant, 1.0, capacity) ** power)
    sound = np.isfinite(scale) & (scale > 0) & (scale < _MOST_SCALE)
    form = np.full(len(kind), OTHER, np.uint8)
    form[bpr & sound & (power >= 1)] = POWER
    form[bpr & sound & (power == 4)] = FOURTH  # noqa: PLR2004 - the Bureau's own
    form[constant] = CONSTANT
    number = np.column_stack((np.where(constant, always, free), capacity, factor, power, period, scale))
    return Links(form, np.ascontiguousarray(kind), np.ascontiguousarray(number), system)


def origins_of(problem: TrafficProblem, trips: TripTable, layout: Layout) -> tuple[Origins, Longs]:
    """Origins and destinations, and the pairs of zones with trips that have no node to begin or end at (flat indexes).

    Trips within a zone are left out.
    """
    zones, table = problem.zone_count, np.asarray(trips.trips, np.float64).ravel()
    pair = np.flatnonzero(table)
    number, end = np.divmod(pair, max(zones, 1))
    user_class, start = np.divmod(number, max(zones, 1))
    away = start != end
    pair, number, user_class, end = pair[away], number[away], user_class[away], end[away]
    source, sink = problem.zone_out.ravel()[number], problem.zone_in[user_class, end]
    homed = (source != NO_NODE) & (sink != NO_NODE)
    homeless = pair[~homed]
    pair, number, source, sink = pair[homed], number[homed], source[homed], sink[homed]
    first = np.flatnonzero(np.diff(number, prepend=-1))
    user_class = number[first] // max(zones, 1)
    node = np.column_stack((layout.layer[user_class], layout.layer[user_class + 1]))
    origins = Origins(
        source=_words(layout.within[source[first]]),
        number=number[first].astype(np.int32),
        node=node,
        edge=layout.graph.in_start[node].astype(np.int64),
        start=np.append(first, len(pair)),
        sink=_words(layout.within[sink]),
        trips=table[pair],
        pair=pair,
    )
    return origins, homeless


@kernel
def evaluate_link(links: Links, link: int, flow: float) -> tuple[float, float]:
    """Time and slope of a link at a flow."""
    form, number = links.form[link], links.number
    if form == CONSTANT:
        return number[link, 0], 0.0
    if form == FOURTH:
        cube = number[link, 5] * flow * flow * flow
        return number[link, 0] + cube * flow, 4.0 * cube
    if form == POWER:
        power = number[link, 3]
        lower = number[link, 5] * flow ** (power - 1.0)
        return number[link, 0] + lower * flow, power * lower
    return _evaluate_other(links, link, flow)


@kernel
def _evaluate_other(links: Links, link: int, flow: float) -> tuple[float, float]:
    """Time and slope by the general functions; where the slope begins infinite, that of a flow just above 0."""
    kind, number = links.kind[link], links.number
    free, capacity, factor, power, period = (
        number[link, 0],
        number[link, 1],
        number[link, 2],
        number[link, 3],
        number[link, 4],
    )
    time = link_time(kind, free, capacity, factor, power, period, flow)
    steep_at = max(flow, _NEARLY_EMPTY_SHARE * capacity) if kind == BPR and power < 1.0 else flow
    slope = link_slope(kind, free, capacity, factor, power, period, steep_at)
    if links.marginal and kind != BPR:
        bend = link_bend(kind, free, capacity, factor, power, period, flow)
        return time + flow * slope, 2.0 * slope + flow * bend
    return time, slope


@kernel
def evaluate_links(links: Links, load: Floats) -> None:
    """Write the time and the slope of every link at its flow."""
    for link in range(len(load)):
        load[link, TIME], load[link, SLOPE] = evaluate_link(links, link, load[link, FLOW])
