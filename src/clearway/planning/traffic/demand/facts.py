"""What a synthetic demand takes for granted, and what it was made from."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from clearway.assignment.costs import BadTraffic

if TYPE_CHECKING:
    from clearway.network.model import Floats
    from clearway.planning.traffic.demand.activity import Activity
    from clearway.planning.traffic.demand.gravity import Gravity
    from clearway.planning.traffic.demand.hours import HourShare


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What a synthetic demand takes for granted; the ensemble varies it.

    Attributes:
        trips_a_person: Vehicle trips that begin on a day, for each person who lives there.
        people_an_address: Who live at a residential address.
        people_a_frontage: Who live along 20 m of a built-up residential street, both sides: a little over two homes of 2.5.
        mean_minutes: Mean trip within the town, on empty streets.
        shape: Of the deterrence; 0 for the exponential function.
        gates_home: Part of the traffic over the map's edge that lives beyond it.
        gates_use: Multiplies the traffic over the map's edge.
    """

    trips_a_person: float = 1.5
    people_an_address: float = 2.5
    people_a_frontage: float = 6.0
    mean_minutes: float = 10.0
    shape: float = 0.0
    gates_home: float = 0.65
    gates_use: float = 1.0

    def __post_init__(self) -> None:
        """Refuse what cannot be.

        Raises:
            BadTraffic: a number is negative or none, or a part is more than all.
        """
        for one in fields(self):
            value = getattr(self, one.name)
            if not (math.isfinite(value) and value >= 0):
                raise BadTraffic(f"The assumption {one.name} is {value:g}: give 0 or more.")
        if self.gates_home > 1:
            raise BadTraffic(f"The assumption gates_home is {self.gates_home:g}: it is a part of 1.")


@dataclass(frozen=True, eq=False)
class Ends:
    """What each zone sends and draws on a day, vehicle trips. Z zones.

    Attributes:
        home: (Z,) trips whose home end it is, one for each trip.
        activity: (Z,) trips whose other end it is; the two add up to the same.
    """

    home: Floats
    activity: Floats


@dataclass(frozen=True, eq=False)
class Facts:
    """What a synthetic demand was made from.

    Attributes:
        vehicles: Vehicles in the hour, those within a zone too.
        people: Who live in the town, by assumption or as told.
        hour: The hour, and which way its trips go.
        activity: Homes and visits of each address.
        ends: What each zone sends and draws on a day.
        model: The calibrated gravity model of a day, homes to activities.
        assumptions: What was taken for granted.
    """

    vehicles: float
    people: float
    hour: HourShare
    activity: Activity
    ends: Ends
    model: Gravity
    assumptions: Assumptions
