"""How the time of a link grows with its flow: separable, increasing link performance functions.

===========  =======================================================================  ==========================================
kind         time at flow x; r = x / capacity                                         source
===========  =======================================================================  ==========================================
FIXED        free                                                                     ramps, turns, connectors
BPR          free * (1 + factor * r ** power)                                         Bureau of Public Roads, 1964
DAVIDSON     free * (1 + factor * r / (1 - r)), straight on from r = 0.95             Davidson 1966; extension Tisato 1991
AKCELIK      free + period / 4 * (r - 1 + sqrt((r - 1) ** 2 + 8 * factor * r /        Akcelik 1991
             (capacity * period)))
===========  =======================================================================  ==========================================

A BPR power of 0 makes the link's time ``free * (1 + factor)`` at every flow. An infinite capacity makes it ``free``. Each has a
derivative and an integral in closed form; for the system optimum a link's **marginal** time, ``t + x dt/dx``, stands in for its
time, and ``x t`` for the integral (Beckmann, McGuire and Winsten 1956).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from clearway.errors import BadInput
from clearway.network.kernels import kernel

if TYPE_CHECKING:
    from clearway.network.model import Bytes, Floats

FIXED, BPR, DAVIDSON, AKCELIK = range(4)
COST_KINDS = ("fixed", "bpr", "davidson", "akcelik")

_DAVIDSON_STRAIGHT_SHARE = 0.95
"""Share of the capacity from which Davidson's curve, infinite at capacity, goes on as its tangent: the usual choice."""
_FOURTH, _FIRST = 4.0, 1.0
"""Powers that are multiplied out."""


class BadTraffic(BadInput):
    """Links, zones or trips that cannot be assigned as they are."""

    status = 422


@dataclass(frozen=True, eq=False)
class LinkCosts:
    """The cost functions of L links, one row each. Time is in the unit of ``free``, flow in that of ``capacity``.

    Attributes:
        kind: (L,) uint8, ``FIXED``, ``BPR``, ``DAVIDSON`` or ``AKCELIK``.
        free: (L,) float64, time at no flow, >= 0 and finite.
        capacity: (L,) float64, > 0 (infinite: the flow never counts); not read where the kind is FIXED.
        factor: (L,) float64, >= 0: B of BPR, J of the other two.
        power: (L,) float64, >= 0: of BPR.
        period: (L,) float64, > 0: how long the flow lasts, Akcelik's T, in the unit of time that ``free`` has.
    """

    kind: Bytes
    free: Floats
    capacity: Floats
    factor: Floats
    power: Floats
    period: Floats

    @property
    def link_count(self) -> int:
        """Number of links."""
        return len(self.kind)

    def times(self, flow: Floats) -> Floats:
        """(L,) time of each link at a flow.

        >>> bpr_costs(free=np.array([10.0]), capacity=np.array([100.0])).times(np.array([100.0])).tolist()
        [11.5]
        """
        return _each(_time, self, flow)

    def slopes(self, flow: Floats) -> Floats:
        """(L,) derivative of the time by the flow; infinite at flow 0 for a BPR power between 0 and 1."""
        return _each(_slope, self, flow)

    def integrals(self, flow: Floats) -> Floats:
        """(L,) integral of the time from no flow to this one: what a user equilibrium makes as small as can be."""
        return _each(_integral, self, flow)

    def marginal_times(self, flow: Floats) -> Floats:
        """(L,) what one more vehicle costs all: ``t + x dt/dx``."""
        slope = np.where(flow > 0, self.slopes(np.maximum(flow, 1e-300)), 0.0)
        return self.times(flow) + flow * slope


def bpr_costs(free: Floats, capacity: Floats, *, factor: Floats | float = 0.15, power: Floats | float = 4.0) -> LinkCosts:
    """BPR costs of L links, the Bureau's own 0.15 and 4 where nothing else is said."""
    links = len(free)
    return LinkCosts(
        kind=np.full(links, BPR, np.uint8),
        free=np.ascontiguousarray(free, np.float64),
        capacity=np.ascontiguousarray(capacity, np.float64),
        factor=np.full(links, factor, np.float64),
        power=np.full(links, power, np.float64),
        period=np.ones(links),
    )


@kernel
def link_time(kind: int, free: float, capacity: float, factor: float, power: float, period: float, flow: float) -> float:  # noqa: PLR0911 - a formula a return
    """Time of one link; compiled, for the solver's own loops."""
    if kind == FIXED or factor == 0.0:
        return free
    ratio = flow / capacity
    if kind == BPR:
        if power == _FOURTH:
            square = ratio * ratio
            return free * (1.0 + factor * square * square)
        if power == _FIRST:
            return free * (1.0 + factor * ratio)
        return free * (1.0 + factor * math.pow(ratio, power))
    if kind == DAVIDSON:
        if ratio < _DAVIDSON_STRAIGHT_SHARE:
            return free * (1.0 + factor * ratio / (1.0 - ratio))
        past = 1.0 - _DAVIDSON_STRAIGHT_SHARE
        return free * (1.0 + factor * (_DAVIDSON_STRAIGHT_SHARE / past + (ratio - _DAVIDSON_STRAIGHT_SHARE) / (past * past)))
    if math.isinf(capacity):
        return free
    growth = 8.0 * factor / (capacity * period)
    over = ratio - 1.0
    return free + period / 4.0 * (over + math.sqrt(over * over + growth * ratio))


@kernel
def link_slope(kind: int, free: float, capacity: float, factor: float, power: float, period: float, flow: float) -> float:  # noqa: PLR0911 - a formula a return
    """Derivative of ``link_time`` by the flow."""
    if kind == FIXED or factor == 0.0 or math.isinf(capacity):
        return 0.0
    ratio = flow / capacity
    if kind == BPR:
        if power == _FOURTH:
            return free * factor * 4.0 * ratio * ratio * ratio / capacity
        if power == 0.0:
            return 0.0
        if power == _FIRST:
            return free * factor / capacity
        if ratio == 0.0:
            return 0.0 if power > _FIRST else math.inf
        return free * factor * power * math.pow(ratio, power - 1.0) / capacity
    if kind == DAVIDSON:
        room = 1.0 - min(ratio, _DAVIDSON_STRAIGHT_SHARE)
        return free * factor / (room * room * capacity)
    growth = 8.0 * factor / (capacity * period)
    over = ratio - 1.0
    root = math.sqrt(over * over + growth * ratio)
    return period / 4.0 * (1.0 + (over + growth / 2.0) / root) / capacity


@kernel
def link_bend(kind: int, free: float, capacity: float, factor: float, power: float, period: float, flow: float) -> float:  # noqa: PLR0911 - a formula a return
    """Second derivative of ``link_time`` by the flow, which the slope of a marginal time needs."""
    if kind == FIXED or factor == 0.0 or math.isinf(capacity):
        return 0.0
    ratio = flow / capacity
    if kind == BPR:
        if power in (0.0, _FIRST):
            return 0.0
        if ratio == 0.0:
            return 0.0 if power > 2.0 else (2.0 * free * factor / (capacity * capacity) if power == 2.0 else math.inf)  # noqa: PLR2004 - the second power
        return free * factor * power * (power - 1.0) * math.pow(ratio, power - 2.0) / (capacity * capacity)
    if kind == DAVIDSON:
        if ratio >= _DAVIDSON_STRAIGHT_SHARE:
            return 0.0
        return 2.0 * free * factor / ((1.0 - ratio) ** 3 * capacity * capacity)
    growth = 8.0 * factor / (capacity * period)
    over = ratio - 1.0
    square = over * over + growth * ratio
    lean = over + growth / 2.0
    return period / 4.0 * (1.0 - lean * lean / square) / math.sqrt(square) / (capacity * capacity)


@kernel
def link_integral(kind: int, free: float, capacity: float, factor: float, power: float, period: float, flow: float) -> float:
    """Integral of ``link_time`` from no flow."""
    if kind == FIXED or factor == 0.0 or math.isinf(capacity):
        return free * flow
    ratio = flow / capacity
    if kind == BPR:
        return free * (flow + factor * flow * math.pow(ratio, power) / (power + 1.0))
    if kind == DAVIDSON:
        bent = min(ratio, _DAVIDSON_STRAIGHT_SHARE)
        area = -bent - math.log(1.0 - bent)
        if ratio > bent:
            past = 1.0 - bent
            area += (ratio - bent) * (bent / past + (ratio - bent) / (2.0 * past * past))
        return free * (flow + factor * capacity * area)
    growth = 8.0 * factor / (capacity * period)
    lean, rest = (growth - 2.0) / 2.0, growth * (4.0 - growth) / 4.0
    area = ratio * (ratio - 2.0) / 2.0
    for end, sign in ((ratio + lean, 1.0), (lean, -1.0)):
        root = math.sqrt(max(end * end + rest, 0.0))
        logarithm = rest * math.log(end + root) if end + root > 0.0 else 0.0
        area += sign * (end * root + logarithm) / 2.0
    return free * flow + period / 4.0 * capacity * area


@kernel
def _time(costs: tuple[Floats, ...], kind: Bytes, flow: Floats, out: Floats) -> None:
    free, capacity, factor, power, period = costs
    for link in range(len(flow)):
        out[link] = link_time(kind[link], free[link], capacity[link], factor[link], power[link], period[link], flow[link])


@kernel
def _slope(costs: tuple[Floats, ...], kind: Bytes, flow: Floats, out: Floats) -> None:
    free, capacity, factor, power, period = costs
    for link in range(len(flow)):
        out[link] = link_slope(kind[link], free[link], capacity[link], factor[link], power[link], period[link], flow[link])


@kernel
def _integral(costs: tuple[Floats, ...], kind: Bytes, flow: Floats, out: Floats) -> None:
    free, capacity, factor, power, period = costs
    for link in range(len(flow)):
        out[link] = link_integral(kind[link], free[link], capacity[link], factor[link], power[link], period[link], flow[link])


def _each(compiled, costs: LinkCosts, flow: Floats) -> Floats:  # type: ignore[no-untyped-def] # noqa: ANN001 - a kernel
    out = np.empty(len(flow))
    numbers = (costs.free, costs.capacity, costs.factor, costs.power, costs.period)
    compiled(numbers, costs.kind, np.ascontiguousarray(flow, np.float64), out)
    return out
