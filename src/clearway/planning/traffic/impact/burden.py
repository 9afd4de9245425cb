"""What closures burden a city with, as one figure: a choice of weights, not a finding.

Traffic, those cut off and buses are put into vehicle hours; help is left out, for no minute of an ambulance is weighed against
a car's. Whoever doubts the weights looks at the figures themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clearway.planning.traffic.impact.bus_minutes import CUT_SHORT, STOPPED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clearway.planning.traffic.impact.contract import BusImpact

LOST_TRIP_HOURS = 1.0
"""Burden of a trip that has no way any more."""

CARS_TO_A_BUS = 20.0
"""How many cars' time a bus's time counts for: the people in it."""

CUT_BUS_MINUTES = 10.0
"""Burden of a bus trip that no longer drives its whole line, as minutes of that bus: people walk or change."""

BUS_HOURS_A_DAY = 16.0
"""Over how many hours a day's bus trips are spread."""


@dataclass(frozen=True, slots=True)
class BusBurden:
    """What all bus lines together lose.

    Attributes:
        minutes_per_hour: What all buses of an hour take longer on what they still drive.
        cut_minutes_per_hour: What those count for that no longer drive their whole line.
        lines_cut: Directions of routes that are cut short or stopped.
    """

    minutes_per_hour: float
    cut_minutes_per_hour: float
    lines_cut: int


def bus_burden(buses: Iterable[BusImpact]) -> BusBurden:
    """What some bus lines lose."""
    longer, cut, lines = 0.0, 0.0, 0
    for bus in buses:
        an_hour = bus.trips_per_day / BUS_HOURS_A_DAY
        longer += an_hour * (bus.extra_minutes or 0.0)
        if bus.state in {CUT_SHORT, STOPPED}:
            cut, lines = cut + an_hour * CUT_BUS_MINUTES, lines + 1
    return BusBurden(longer, cut, lines)


def burden_vehicle_hours(extra_hours: float, lost_trips: float, buses: BusBurden) -> float:
    """The burden of an hour: what trips take longer, what those cut off count for, and the buses.

    >>> burden_vehicle_hours(50.0, 10.0, BusBurden(6.0, 0.0, 0))
    62.0
    """
    of_buses = CARS_TO_A_BUS * (buses.minutes_per_hour + buses.cut_minutes_per_hour) / 60
    return extra_hours + LOST_TRIP_HOURS * lost_trips + of_buses
