"""Several plans side by side: which one is kinder, by how much, and in how many draws of the demand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from clearway.errors import BadInput
from clearway.planning.traffic.impact.burden import burden_vehicle_hours, bus_burden
from clearway.planning.traffic.impact.contract import Comparison, PlanFigures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.model import Floats
    from clearway.planning.traffic.impact.contract import Impact

_SAME_HOURS = 0.05
"""Plans whose burdens differ by less come out alike: three minutes of one vehicle."""
_LEAST_PLANS = 2
"""One plan is compared with nothing."""


def compared(impacts: Sequence[Impact]) -> Comparison:
    """Put impacts of the same trips side by side.

    Args:
        impacts: Two or more, of the same demand, hour and draws, each of another name.

    Raises:
        BadInput: there are fewer than two, two are called alike, or they rest on different trips or draws.
    """
    _check(impacts)
    burdens = np.array([_burden(impact) for impact in impacts])
    drawn = np.array([_drawn_burdens(impact) for impact in impacts])
    best = int(burdens.argmin())
    firsts = (drawn <= drawn.min(axis=0)).sum(axis=1).tolist() if drawn.size else [None] * len(impacts)
    return Comparison(
        sentence=_sentence(impacts, burdens, best, firsts[best]),
        statement=impacts[0].statement,
        kindest=impacts[best].name,
        draws=impacts[0].how_sure.draws,
        plans=tuple(
            _figures(impact, float(burden), first) for impact, burden, first in zip(impacts, burdens, firsts, strict=True)
        ),
    )


def _check(impacts: Sequence[Impact]) -> None:
    names = [impact.name for impact in impacts]
    if len(impacts) < _LEAST_PLANS:
        raise BadInput("A comparison needs two plans or more. Name another one.")
    if len(set(names)) < len(names):
        raise BadInput("Two plans have the same name. Give each its own.")
    asked = {(impact.statement, impact.totals.trips_per_hour, impact.how_sure.draws) for impact in impacts}
    if len(asked) > 1:
        raise BadInput("The plans were evaluated with different trips, hours or draws. Evaluate them again with the same ones.")


def _burden(impact: Impact) -> float:
    totals = impact.totals
    return burden_vehicle_hours(totals.extra_vehicle_hours, totals.trips_lost_per_hour, bus_burden(impact.buses or ()))


def _drawn_burdens(impact: Impact) -> Floats:
    """(draws,) the burden in each draw; the buses' part is that of the main demand."""
    sure, buses = impact.how_sure, bus_burden(impact.buses or ())
    pairs = zip(sure.draw_extra_vehicle_hours, sure.draw_trips_lost_per_hour, strict=True)
    return np.array([burden_vehicle_hours(hours, lost, buses) for hours, lost in pairs])


def _figures(impact: Impact, burden: float, first: int | None) -> PlanFigures:
    buses = bus_burden(impact.buses or ())
    known = impact.buses is not None
    return PlanFigures(
        name=impact.name,
        burden_vehicle_hours=burden,
        extra_vehicle_hours=impact.totals.extra_vehicle_hours,
        extra_vehicle_hours_range=impact.how_sure.extra_vehicle_hours,
        trips_lost_per_hour=impact.totals.trips_lost_per_hour,
        minutes_per_trip_after=impact.totals.minutes_per_trip_after,
        worst_street=impact.streets[0].street if impact.streets else "",
        bus_vehicle_minutes_per_hour=buses.minutes_per_hour if known else None,
        bus_lines_cut=buses.lines_cut if known else None,
        emergency=None
        if impact.emergency is None
        else {service.service: service.congested_after for service in impact.emergency},
        kindest_in_draws=first,
    )


def _sentence(impacts: Sequence[Impact], burdens: Floats, best: int, firsts: int | None) -> str:
    order = np.argsort(burdens, kind="stable")
    second = int(order[1])
    one, other = impacts[best], impacts[second]
    if burdens[second] - burdens[best] < _SAME_HOURS:
        return f"{one.name} and {other.name} burden the city equally, with {burdens[best]:,.1f} vehicle hours."
    said = (
        f"{one.name} is kindest: a burden of {burdens[best]:,.1f} vehicle hours, of which traffic "
        f"{one.totals.extra_vehicle_hours:,.1f}; next is {other.name} with {burdens[second]:,.1f} and "
        f"{other.totals.extra_vehicle_hours:,.1f}"
    )
    return said + (f". This holds in {firsts} of {one.how_sure.draws} draws of the demand." if firsts is not None else ".")
