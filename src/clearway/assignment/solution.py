"""What an assignment answers: flows, times, how exact it is, and what can be read off it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from clearway.assignment.problem import TrafficProblem, TripTable
    from clearway.network.model import Floats, Ints, Longs


@dataclass(frozen=True, slots=True)
class Step:
    """How far a solver is.

    Attributes:
        sweep: How many times it has searched from all origins.
        gap: Relative gap, (TSTT - SPTT) / SPTT.
        excess: Average excess cost, (TSTT - SPTT) / trips, in units of time.
        seconds: Since it began.
    """

    sweep: int
    gap: float
    excess: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Lost:
    """Trips that have no way: they are not on the streets and no time counts them."""

    user_class: int
    start: int
    end: int
    trips: float


@dataclass(frozen=True, eq=False)
class OriginFlows:
    """Flow on each edge by where it began, sparse: row o holds the edges that trips from origin o use.

    An origin is a user class at a zone, number ``user_class * Z + zone``.

    Attributes:
        start: (K Z + 1,) int64, first entry of each origin.
        edge: int32, edges.
        flow: float64, > 0.
    """

    start: Longs
    edge: Ints
    flow: Floats

    def of(self, origin: int) -> tuple[Ints, Floats]:
        """Edges that trips of an origin use, and how many use each."""
        first, end = self.start[origin : origin + 2]
        return self.edge[first:end], self.flow[first:end]


@dataclass(frozen=True, eq=False)
class Solution:
    """An assignment of trips to a network.

    Attributes:
        problem: What was asked, with what is shut.
        trips: The trips as asked, lost ones too.
        aim: "user" (nobody gains by another way) or "system" (all together spend the least time).
        edge_flow: (E,) passenger car units an hour.
        origin_flow: The same by origin.
        gap: Relative gap (TSTT - SPTT) / SPTT; with aim "system" of marginal times.
        excess: Average excess cost (TSTT - SPTT) / trips, units of time.
        objective: Integral of the times (aim "user") or total time (aim "system"), fixed costs included.
        steps: Progress, sweep by sweep.
        lost: Trips that have no way.
        reached: Whether the gap that was asked for was reached.
        notes: What else to know, in plain words.
        warm_state: What the solver leaves for solutions that start from this one, to find them sooner; nothing to read.
    """

    problem: TrafficProblem
    trips: TripTable
    aim: str
    edge_flow: Floats
    origin_flow: OriginFlows
    gap: float
    excess: float
    objective: float
    steps: tuple[Step, ...]
    lost: tuple[Lost, ...] = ()
    reached: bool = True
    notes: tuple[str, ...] = field(default=())
    warm_state: object | None = field(default=None, repr=False)

    @cached_property
    def link_flow(self) -> Floats:
        """(L,) passenger car units an hour."""
        return self.problem.link_flow(self.edge_flow)

    @cached_property
    def link_time(self) -> Floats:
        """(L,) time at that flow, fixed costs aside."""
        return self.problem.costs.times(self.link_flow)

    @cached_property
    def saturation(self) -> Floats:
        """(L,) flow by capacity; 0 where the capacity is infinite, and on links whose time is fixed."""
        counts = self.problem.costs.kind != 0
        return np.divide(self.link_flow, self.problem.costs.capacity, out=np.zeros(self.problem.link_count), where=counts)

    @property
    def total_time(self) -> float:
        """Vehicle time of all, fixed costs aside: flow times time."""
        return float(self.link_flow @ self.link_time)

    @property
    def total_delay(self) -> float:
        """Vehicle time beyond what the same ways take on empty streets."""
        return self.total_time - float(self.link_flow @ self.problem.costs.free)

    @property
    def total_cost(self) -> float:
        """TSTT of the gap: vehicle time with fixed costs."""
        return self.total_time + float(self.edge_flow @ self.problem.edge_fixed)

    @property
    def lost_trips(self) -> float:
        """How many trips have no way."""
        return sum(pair.trips for pair in self.lost)
