"""The streets of a network as the network side of a traffic assignment.

One link for each arc that a class of vehicle may drive from end to end, and one for each direction of a zone's connector. Each
class has a layer of its own, made from its routing graph, so that turn restrictions, one-way streets and lasting obstacles
are honoured as everywhere else in Clearway: a junction where a restriction matters has several nodes, and an arc that is
entered or left through them has several edges. A link's time is that of the fastest class; what a slower one takes longer is
a fixed cost of its edges. Zones have a node to leave from and another to arrive at, so that nobody drives through them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from clearway.assignment.costs import FIXED, BadTraffic, LinkCosts
from clearway.assignment.problem import TrafficProblem
from clearway.network.closures import shut_arcs
from clearway.network.search.graph import routing_graph
from clearway.planning.traffic.demand.connectors import CONNECTORS_PER_ZONE, Connectors, find_connectors
from clearway.planning.traffic.demand.layers import class_layer, stacked
from clearway.planning.traffic.demand.names import arc_names
from clearway.planning.traffic.demand.road_classes import TABLE, street_costs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from pathlib import Path

    from clearway.network.closures import Closure
    from clearway.network.model import Floats, Ints, Network
    from clearway.network.search.graph import RoutingGraph
    from clearway.planning.traffic.demand.zones import Zones

NO_ARC = -1
"""The arc of a link that is a connector."""
NO_LINK = -1
"""The link of an arc that no class may drive."""
_NAMES_SHOWN = 8
"""Of zones in a sentence; the others are counted."""


@dataclass(frozen=True, eq=False)
class StreetProblem:
    """A network's streets, ready to be assigned, and how its links belong to its arcs. L links, A arcs.

    Attributes:
        network: Where the streets come from.
        zones: Where trips begin and end.
        problem: What the solver takes; its classes are Clearway's classes of vehicle, its time is in seconds.
        link_arc: (L,) the arc of each link, ``NO_ARC`` for the connectors of zones, which come last.
        arc_link: (A,) the link of each arc, ``NO_LINK`` where no class may drive it.
        connectors: The connectors of the zones.
        notes: What could not be joined, a sentence each.
    """

    network: Network
    zones: Zones
    problem: TrafficProblem
    link_arc: Ints
    arc_link: Ints
    connectors: Connectors
    notes: tuple[str, ...] = ()

    @property
    def street_links(self) -> int:
        """Number of links that are streets; they come first, in the order of their arcs."""
        return int((self.link_arc >= 0).sum())

    def by_arc(self, by_link: Floats, *, without: float = 0.0) -> Floats:
        """(A,) a figure of each arc from one of each link.

        Args:
            by_link: (L,) flow, time or any other figure.
            without: What an arc gets that no class may drive.
        """
        values = np.full(self.network.arc_count, without)
        values[self.link_arc[: self.street_links]] = by_link[: self.street_links]
        return values


def street_problem(
    network: Network,
    zones: Zones,
    *,
    vehicle_classes: Sequence[str] = ("general",),
    costs: str = "bpr",
    table: Path = TABLE,
    connectors_per_zone: int = CONNECTORS_PER_ZONE,
) -> StreetProblem:
    """The streets of a network and the connectors of its zones as a traffic problem.

    Args:
        network: The network.
        zones: Where trips begin and end.
        vehicle_classes: The user classes, by Clearway's names of classes of vehicle; each drives what it may.
        costs: "bpr" or "akcelik".
        table: What lanes carry, by street class: a table like ``road_classes.csv``.
        connectors_per_zone: How many connectors an internal zone has at most.

    Raises:
        BadTraffic: no class is named, one is named twice, or no class may drive any street.
        UnknownName: there is no such class of vehicle.
        BadFile: the table cannot be used.
    """
    names = tuple(vehicle_classes)
    if not names or len(set(names)) < len(names):
        raise BadTraffic("Name each vehicle class that drives the trips once.")
    graphs = [routing_graph(network, name) for name in names]
    arcs = np.unique(np.concatenate([graph.edge_arc for graph in graphs])).astype(np.int32)
    if not len(arcs):
        raise BadTraffic(f"The network {network.name!r} has no street that {' or '.join(names)} may drive from end to end.")
    arc_link = np.full(network.arc_count, NO_LINK, np.int32)
    arc_link[arcs] = np.arange(len(arcs), dtype=np.int32)
    free_s = _soonest_s(graphs, arcs)
    connectors = find_connectors(graphs, zones, per_zone=connectors_per_zone)
    layers = stacked([class_layer(graph, (arc_link, free_s), connectors, zones.count) for graph in graphs])
    connector_links = int(connectors.out.sum() + connectors.into.sum())
    problem = TrafficProblem(
        name=network.name,
        costs=_with_connectors(street_costs(network, arcs, free_s, kind=costs, table=table), connectors),
        edge_shut=np.zeros(len(layers.edge_tail), np.bool_),
        zone_names=zones.names,
        class_names=names,
        link_names=(*arc_names(network, arcs), *_connector_names(zones, connectors)),
        link_length=np.concatenate((network.way_length_m[arcs >> 1], np.full(connector_links, np.nan))),
        time_unit="s",
        **layers._asdict(),
    )
    link_arc = np.concatenate((arcs, np.full(connector_links, NO_ARC, np.int32)))
    return StreetProblem(network, zones, problem, link_arc, arc_link, connectors, _unjoined(zones, connectors))


def with_closures(streets: StreetProblem, closures: Iterable[Closure], moment: datetime | None = None) -> TrafficProblem:
    """The problem with what some closures shut, each to the classes it binds; what was shut before is open again.

    A street that is shut at one point cannot be driven from end to end, so its link is shut.

    Args:
        streets: The streets as they are.
        closures: Closures; those that bind none of the problem's classes are passed over.
        moment: When; None counts every closure.
    """
    problem, listed = streets.problem, list(closures)
    arc = streets.link_arc[problem.edge_link]
    shut = np.zeros(problem.edge_count, np.bool_)
    for user_class, name in enumerate(problem.class_names):
        closed = shut_arcs(streets.network, listed, name, moment)
        street = (problem.edge_class == user_class) & (arc >= 0)
        shut[street] = closed[arc[street]]
    return replace(problem, edge_shut=shut)


def _soonest_s(graphs: Sequence[RoutingGraph], arcs: Ints) -> Floats:
    """(n,) seconds that the fastest of the classes that may drive each arc takes."""
    soonest = np.full(len(arcs), np.inf)
    for graph in graphs:
        driven = np.isin(arcs, graph.edge_arc)
        soonest[driven] = np.minimum(soonest[driven], graph.arc_ms[arcs[driven]] / 1000.0)
    return soonest


def _with_connectors(streets: LinkCosts, connectors: Connectors) -> LinkCosts:
    """The costs of streets, then of connectors: a fixed time each."""
    free = np.concatenate((connectors.seconds[connectors.out], connectors.seconds[connectors.into]))
    ones = np.ones(len(free))
    return LinkCosts(
        kind=np.concatenate((streets.kind, np.full(len(free), FIXED, np.uint8))),
        free=np.concatenate((streets.free, free)),
        capacity=np.concatenate((streets.capacity, np.inf * ones)),
        factor=np.concatenate((streets.factor, 0.0 * ones)),
        power=np.concatenate((streets.power, ones)),
        period=np.concatenate((streets.period, ones)),
    )


def _connector_names(zones: Zones, connectors: Connectors) -> list[str]:
    out = [f"way out of {zones.names[zone]}" for zone in connectors.zone[connectors.out].tolist()]
    return out + [f"way into {zones.names[zone]}" for zone in connectors.zone[connectors.into].tolist()]


def _unjoined(zones: Zones, connectors: Connectors) -> tuple[str, ...]:
    """A sentence on zones without any connector, and one on those that can only be left or only be entered."""
    out, into = (
        np.isin(np.arange(zones.count), connectors.zone[connectors.out]),
        np.isin(np.arange(zones.count), connectors.zone[connectors.into]),
    )
    cases = (
        (
            ~out & ~into,
            "No junction that traffic can reach is near enough to {}; trips from and to there are counted as lost.",
        ),
        (out & ~into, "Traffic can leave {} but not reach it; trips to there are counted as lost."),
        (~out & into, "Traffic can reach {} but not leave it; trips from there are counted as lost."),
    )
    return tuple(
        sentence.format(_listed([zones.names[zone] for zone in np.flatnonzero(held)])) for held, sentence in cases if held.any()
    )


def _listed(names: list[str]) -> str:
    rest = len(names) - _NAMES_SHOWN
    return ", ".join(names[:_NAMES_SHOWN]) + (f" and {rest} more zones" if rest > 0 else "")
