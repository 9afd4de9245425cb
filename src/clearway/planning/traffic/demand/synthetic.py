"""A demand for a town where nobody has a trip table, from its streets, addresses and places alone.

The town's day (:mod:`clearway.planning.traffic.demand.town`) says who goes where; the profile of the hour says how many trips
begin then, and which way they go.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clearway.assignment.problem import TripTable
from clearway.planning.traffic.demand.hours import hour_share, hour_trips
from clearway.planning.traffic.demand.statement import statement_of
from clearway.planning.traffic.demand.town import Town, make_town
from clearway.planning.traffic.demand.vehicle_shares import shared
from clearway.planning.traffic.demand.zones import ZONE_COUNT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.model import Network
    from clearway.planning.traffic.demand.areas import Areas
    from clearway.planning.traffic.demand.ends import Assumptions
    from clearway.planning.traffic.demand.hours import HourShare
    from clearway.planning.traffic.demand.roads import StreetProblem
    from clearway.planning.traffic.demand.zones import Zones

_UNBALANCED_SHARE = 1e-3
"""Sums off by more than a thousandth of all trips are worth a note."""
HOUR = 8
"""The busiest hour of a weekday's morning in ``hours.csv``."""


@dataclass(frozen=True, eq=False)
class SyntheticDemand:
    """A demand that was made, not measured.

    Attributes:
        town: What it was made from.
        hour: The hour, and which way its trips go.
        trips: The trips of the hour, with the statement.
    """

    town: Town
    hour: HourShare
    trips: TripTable

    @property
    def streets(self) -> StreetProblem:
        """The network side."""
        return self.town.streets

    @property
    def zones(self) -> Zones:
        """The zones."""
        return self.town.streets.zones

    @property
    def statement(self) -> str:
        """What the demand rests on, in plain words, for every screen and document."""
        return self.trips.statement

    @property
    def notes(self) -> tuple[str, ...]:
        """What was left out or does not add up, a sentence each."""
        error = self.town.model.error
        unbalanced = (
            f"The trips that zones send and attract could not be balanced; some sums are off by up to {error:.1%} of all trips."
        )
        return (*self.zones.notes, *self.streets.notes, *((unbalanced,) if error > _UNBALANCED_SHARE else ()))


def synthetic_demand(
    network: Network,
    *,
    areas: Areas | None = None,
    zone_count: int = ZONE_COUNT,
    vehicle_classes: Sequence[str] = ("general",),
    day: str = "weekday",
    hour: int = HOUR,
    population: float | None = None,
    assumptions: Assumptions | None = None,
) -> SyntheticDemand:
    """A demand for an hour, from nothing but the network.

    Args:
        network: The network.
        areas: Suburbs to make zones from; compact parts with names of streets where absent.
        zone_count: How many inside zones to aim at.
        vehicle_classes: The classes that drive the trips.
        day: "weekday" or "weekend".
        hour: 0 to 23.
        population: Who live in the town, where that is known; from the addresses where absent.
        assumptions: What to take as given; the usual where absent.

    Raises:
        BadTraffic: the network has no addresses, nobody lives there, or a choice is none.
    """
    town = make_town(
        network,
        areas=areas,
        zone_count=zone_count,
        vehicle_classes=vehicle_classes,
        day=day,
        population=population,
        assumptions=assumptions,
    )
    return hour_demand(town, hour)


def hour_demand(town: Town, hour: int, *, peak: float = 1.0) -> SyntheticDemand:
    """The demand of one hour.

    Args:
        town: What it is made from.
        hour: 0 to 23.
        peak: Multiplies the hour's share of the day.

    Raises:
        BadTraffic: there is no such hour.
    """
    share = hour_share(town.day, hour).scaled(peak)
    vehicles = hour_trips(town.model.trips, town.between, share)
    classes = town.streets.problem.class_names
    statement = statement_of(town, share, float(vehicles.sum()))
    return SyntheticDemand(town, share, TripTable(shared(vehicles, classes), town.streets.zones.names, classes, statement))
