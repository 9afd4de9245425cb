"""What a traffic assignment is asked: a network of links, the graph that trips move on, zones, and who goes where.

A **link** has a cost function and one flow. An **edge** is a piece of the graph that drives a link: most links have one
edge, some have several. Each **user class** moves on a layer of nodes and edges of its own, where it finds only what it may
use and pays its own fixed costs; all layers share the links. And where a turn restriction makes it matter how a vehicle came
to a junction, that junction has several nodes, so that one link may be entered or left by several edges. Either way the flow
of a link is the sum over its edges. Vehicles are counted in passenger car units.

A **zone** is where trips begin and end: they leave its ``zone_out`` node and arrive at its ``zone_in`` node. A zone that must
not be driven through has one node with edges out only and another with edges in only, so that no search needs to ask. Trips
within a zone, and trips where there is no way, are never put on the streets: they are counted and named.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from clearway.assignment.costs import BadTraffic, LinkCosts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.model import Bools, Bytes, Floats, Ints, Longs

NO_NODE = -1
"""The node of a zone that no trip can leave or enter."""


@dataclass(frozen=True, eq=False)
class TrafficProblem:
    """The network side of an assignment; nothing writes to its arrays.

    Shapes: L links, E edges, N nodes, K user classes, Z zones.

    Attributes:
        name: What people call it.
        costs: Time of each link by its flow.
        node_count: N, over all layers.
        edge_tail: (E,) int32, node each edge leaves.
        edge_head: (E,) int32, node each edge enters.
        edge_link: (E,) int32, the link it drives.
        edge_class: (E,) uint8, the user class whose layer it is in.
        edge_fixed: (E,) float64, >= 0: cost on top of the link's time whatever the flow (toll, distance), in units of time.
        edge_shut: (E,) bool, shut to its class.
        zone_out: (K, Z) int32, the node where trips of a class out of a zone begin, ``NO_NODE`` where it has none.
        zone_in: (K, Z) int32, the node where they end.
        zone_names: Z names.
        class_names: K names.
        link_names: L names for people, or empty; ``link_label`` falls back on the number.
        link_length: (L,) float64 for reports, NaN where not known; metres where the network is ours.
        time_unit: "s", "min", "h", or "" where a file does not say.
    """

    name: str
    costs: LinkCosts
    node_count: int
    edge_tail: Ints
    edge_head: Ints
    edge_link: Ints
    edge_class: Bytes
    edge_fixed: Floats
    edge_shut: Bools
    zone_out: Ints
    zone_in: Ints
    zone_names: tuple[str, ...]
    class_names: tuple[str, ...] = ("general",)
    link_names: tuple[str, ...] = ()
    link_length: Floats = field(default_factory=lambda: np.empty(0))
    time_unit: str = ""

    @property
    def link_count(self) -> int:
        """Number of links."""
        return self.costs.link_count

    @property
    def edge_count(self) -> int:
        """Number of edges over all layers."""
        return len(self.edge_tail)

    @property
    def zone_count(self) -> int:
        """Number of zones."""
        return len(self.zone_names)

    @property
    def class_count(self) -> int:
        """Number of user classes."""
        return len(self.class_names)

    @cached_property
    def plain(self) -> bool:
        """Whether each link has exactly one edge, in the same order: no copies, one class."""
        return self.edge_count == self.link_count and bool((self.edge_link == np.arange(self.edge_count)).all())

    def link_label(self, link: int) -> str:
        """What to call a link in a sentence."""
        return self.link_names[link] if self.link_names else f"link {link + 1}"

    def link_flow(self, edge_flow: Floats) -> Floats:
        """(L,) flow of each link from the flow of each edge."""
        if self.plain:
            return edge_flow
        return np.bincount(self.edge_link, weights=edge_flow, minlength=self.link_count).astype(np.float64)

    def edge_costs(self, link_time: Floats) -> Floats:
        """(E,) what driving each edge costs: the link's time and the fixed part; infinite where it is shut."""
        cost = link_time[self.edge_link] + self.edge_fixed
        return np.where(self.edge_shut, np.inf, cost)

    def with_shut(self, links: Longs | Sequence[int], classes: Sequence[str] | None = None) -> TrafficProblem:
        """The same network with some links shut, to all classes or to some.

        Args:
            links: Link indexes.
            classes: Names of the classes that may not pass; None: nobody may.

        Raises:
            BadTraffic: no such link or class.
        """
        wanted = np.unique(np.asarray(links, np.int64))
        if len(wanted) and not 0 <= int(wanted[0]) <= int(wanted[-1]) < self.link_count:
            raise BadTraffic(f"There is no link {wanted[-1] + 1}: links are numbered 1 to {self.link_count}.")
        if unknown := [name for name in classes or () if name not in self.class_names]:
            raise BadTraffic(f"There is no user class '{unknown[0]}'. Known: {', '.join(self.class_names)}.")
        shut = np.zeros(self.link_count, np.bool_)
        shut[wanted] = True
        bound = np.array([classes is None or name in classes for name in self.class_names])
        return replace(self, edge_shut=self.edge_shut | (shut[self.edge_link] & bound[self.edge_class]))

    def reopened(self) -> TrafficProblem:
        """The same network with nothing shut."""
        return replace(self, edge_shut=np.zeros(self.edge_count, np.bool_))

    def with_costs(self, costs: LinkCosts) -> TrafficProblem:
        """The same network with other cost functions: a lane taken, a slower limit."""
        if costs.link_count != self.link_count:
            raise BadTraffic(f"There are {self.link_count} links, but costs for {costs.link_count}.")
        return replace(self, costs=costs)


@dataclass(frozen=True, eq=False)
class TripTable:
    """Who goes where in the hour that is assigned.

    Attributes:
        trips: (K, Z, Z) float64, >= 0 and finite: passenger car units an hour of each class, from row to column.
        zone_names: Z names.
        class_names: K names.
        statement: What the table rests on, in plain words, for every screen and document; empty for a table of the user's own.
    """

    trips: Floats
    zone_names: tuple[str, ...]
    class_names: tuple[str, ...] = ("general",)
    statement: str = ""

    @property
    def total(self) -> float:
        """All trips, those within a zone too."""
        return float(self.trips.sum())

    def scaled(self, factor: float) -> TripTable:
        """The same pattern with more trips or fewer."""
        return replace(self, trips=self.trips * factor)


def check_problem(problem: TrafficProblem, trips: TripTable | None = None) -> None:
    """Refuse what cannot be assigned, all faults in one message.

    Raises:
        BadTraffic: a capacity that is 0, negative or no number; a free time that is negative, infinite or no number; a negative
            factor, power, fixed cost or demand; a trip table of other zones or classes than the network.
    """
    faults = list(_link_faults(problem)) + (list(_trip_faults(problem, trips)) if trips is not None else [])
    if faults:
        more = f" (and {len(faults) - _FAULTS_SHOWN} more)" if len(faults) > _FAULTS_SHOWN else ""
        raise BadTraffic(" ".join(faults[:_FAULTS_SHOWN]) + more)


_FAULTS_SHOWN = 5
"""As many as a person corrects before trying again."""


def _link_faults(problem: TrafficProblem) -> list[str]:
    costs = problem.costs
    counts_flow = (costs.kind != 0) & (costs.factor > 0)
    rules = (
        (~np.isfinite(costs.free) | (costs.free < 0), costs.free, "free-flow time", "0 or more"),
        (
            counts_flow & ~(costs.capacity > 0),
            costs.capacity,
            "capacity",
            "above 0 (shut a link that nobody may use)",
        ),
        (~np.isfinite(costs.factor) | (costs.factor < 0), costs.factor, "cost factor", "0 or more"),
        (~np.isfinite(costs.power) | (costs.power < 0), costs.power, "power", "0 or more"),
        (~(costs.period > 0), costs.period, "period", "above 0"),
    )
    faults = [
        f"{problem.link_label(link).capitalize()} has {what} {values[link]:g}. It must be {must}."
        for wrong, values, what, must in rules
        for link in np.flatnonzero(wrong).tolist()
    ]
    fixed = np.flatnonzero(~np.isfinite(problem.edge_fixed) | (problem.edge_fixed < 0))
    labels = [problem.link_label(link).capitalize() for link in problem.edge_link[fixed].tolist()]
    tolls = problem.edge_fixed[fixed].tolist()
    return faults + [
        f"{label} has fixed cost {toll:g}. It must be 0 or more." for label, toll in zip(labels, tolls, strict=True)
    ]


def _trip_faults(problem: TrafficProblem, table: TripTable) -> list[str]:
    shape = (problem.class_count, problem.zone_count, problem.zone_count)
    if table.trips.shape != shape:
        have = " x ".join(map(str, table.trips.shape))
        return [f"The trip table is {have} (classes, from, to), but the network needs {' x '.join(map(str, shape))}."]
    wrong = np.argwhere(~np.isfinite(table.trips) | (table.trips < 0)).tolist()
    return [
        f"There are {table.trips[user, start, end]:g} trips from zone {problem.zone_names[start]} to zone "
        f"{problem.zone_names[end]}. A number of trips is 0 or more."
        for user, start, end in wrong
    ]
