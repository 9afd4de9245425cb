"""A demand for a town where nobody has a trip table, from its streets, addresses and places alone.

The day's trips are those of the people who live in the town, at a stated rate, and those that come over the map's edge, from
the capacity of the streets there. A doubly constrained gravity model sends them from homes to activities, and from activities
to activities; the profile of the hour says how many of each begin then, and which way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clearway.assignment.problem import TripTable
from clearway.planning.traffic.demand.activity import address_activity
from clearway.planning.traffic.demand.ends import day_ends, people_of, zone_weight
from clearway.planning.traffic.demand.facts import Assumptions, Facts
from clearway.planning.traffic.demand.gravity import Gravity, calibrated, gravity
from clearway.planning.traffic.demand.hours import hour_share, hour_trips
from clearway.planning.traffic.demand.pairs import Pairs, zone_pairs
from clearway.planning.traffic.demand.roads import StreetProblem, street_problem
from clearway.planning.traffic.demand.sharing import shared
from clearway.planning.traffic.demand.statement import statement_of
from clearway.planning.traffic.demand.zones import ZONE_COUNT, make_zones

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.model import Floats, Network
    from clearway.planning.traffic.demand.activity import Activity
    from clearway.planning.traffic.demand.areas import Areas
    from clearway.planning.traffic.demand.facts import Ends
    from clearway.planning.traffic.demand.hours import HourShare
    from clearway.planning.traffic.demand.zones import Zones

_UNBALANCED = 1e-3
HOUR = 8
"""The busiest hour of a weekday's morning in ``hours.csv``."""


@dataclass(frozen=True, eq=False)
class Town:
    """What a demand is made from, for any hour of a kind of day.

    Attributes:
        streets: The network side, with its zones.
        day: "weekday" or "weekend".
        people: Who live in the town, by assumption or as told.
        activity: Homes and visits of each address.
        ends: What each zone sends and draws on a day.
        pairs: How far apart zones are.
        assumptions: What was taken for granted.
        model: The calibrated gravity model of a day, homes to activities.
        between: (Z, Z) the same between activities.
    """

    streets: StreetProblem
    day: str
    people: float
    activity: Activity
    ends: Ends
    pairs: Pairs
    assumptions: Assumptions
    model: Gravity
    between: Floats


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
            f"What zones send and draw could not be made to agree: some sums are off by up to {error:.1%} of all trips."
        )
        return (*self.zones.notes, *self.streets.notes, *((unbalanced,) if error > _UNBALANCED else ()))


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
        assumptions: What to take for granted; the usual where absent.

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


def make_town(
    network: Network,
    *,
    areas: Areas | None = None,
    zone_count: int = ZONE_COUNT,
    vehicle_classes: Sequence[str] = ("general",),
    day: str = "weekday",
    population: float | None = None,
    assumptions: Assumptions | None = None,
) -> Town:
    """What demands for all hours of a day are made from; arguments and errors are those of :func:`synthetic_demand`."""
    taken = assumptions or Assumptions()
    activity = address_activity(network, day=day)
    zones = make_zones(network, areas=areas, zone_count=zone_count, weight=zone_weight(activity))
    streets = street_problem(network, zones, vehicle_classes=vehicle_classes)
    people = people_of(network, activity, taken) if population is None else population
    ends = day_ends(streets, activity, people, assumptions=taken, day=day)
    pairs = zone_pairs(streets)
    model, between = day_tables(zones, ends, pairs, assumptions=taken)
    return Town(streets, day, people, activity, ends, pairs, taken, model, between)


def day_tables(zones: Zones, ends: Ends, pairs: Pairs, *, assumptions: Assumptions) -> tuple[Gravity, Floats]:
    """A day's trips from homes to activities, with beta calibrated, and between activities with the same beta.

    Args:
        zones: The zones; trips between inside ones make the mean time.
        ends: What each sends and draws.
        pairs: How far apart they are.
        assumptions: The mean time and the shape of the deterrence.

    Raises:
        BadTraffic: a zone has trips and no way to or from it.
    """
    inside = ~(zones.outside[:, None] | zones.outside[None, :])
    time, likely, shape = pairs.minutes, pairs.likely, assumptions.shape
    model = calibrated(
        ends.home, ends.activity, time=time, mean_time=assumptions.mean_minutes, counts=inside, shape=shape, likely=likely
    )
    return model, gravity(ends.activity, ends.activity, time=time, beta=model.beta, shape=shape, likely=likely).trips


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
    facts = Facts(float(vehicles.sum()), town.people, share, town.activity, town.ends, town.model, town.assumptions)
    statement = statement_of(town.streets, facts)
    return SyntheticDemand(town, share, TripTable(shared(vehicles, classes), town.streets.zones.names, classes, statement))
