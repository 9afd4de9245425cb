"""A town as a demand sees it: its zones and streets, what they send and draw on a day, and how far apart they are.

The day's trips are those of the people who live in the town, at a stated rate, and those that come over the map's edge, from
the capacity of the streets there. A doubly constrained gravity model sends them from homes to activities, and from activities
to activities.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clearway.planning.traffic.demand.activity import address_activity
from clearway.planning.traffic.demand.ends import Assumptions, day_ends, people_of, zone_weight
from clearway.planning.traffic.demand.gravity import Gravity, calibrated, gravity
from clearway.planning.traffic.demand.roads import StreetProblem, street_problem
from clearway.planning.traffic.demand.zone_times import ZonePairs, zone_pairs
from clearway.planning.traffic.demand.zones import ZONE_COUNT, make_zones

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.model import Floats, Network
    from clearway.planning.traffic.demand.activity import Activity
    from clearway.planning.traffic.demand.areas import Areas
    from clearway.planning.traffic.demand.ends import Ends
    from clearway.planning.traffic.demand.zones import Zones


@dataclass(frozen=True, eq=False)
class Town:
    """What a demand is made from, for any hour of a kind of day.

    Attributes:
        streets: The network side, with its zones.
        day: "weekday" or "weekend".
        people: Who live in the town, by assumption or as given.
        activity: Homes and visits of each address.
        ends: What each zone sends and draws on a day.
        pairs: How far apart zones are.
        assumptions: What was taken as given.
        model: The calibrated gravity model of a day, homes to activities.
        between: (Z, Z) the same between activities.
    """

    streets: StreetProblem
    day: str
    people: float
    activity: Activity
    ends: Ends
    pairs: ZonePairs
    assumptions: Assumptions
    model: Gravity
    between: Floats


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
    """What demands for all hours of a day are made from; arguments and errors are those of ``synthetic_demand``."""
    taken = assumptions or Assumptions()
    activity = address_activity(network, day=day)
    zones = make_zones(network, areas=areas, zone_count=zone_count, weight=zone_weight(activity))
    streets = street_problem(network, zones, vehicle_classes=vehicle_classes)
    people = people_of(network, activity, taken) if population is None else population
    ends = day_ends(streets, activity, people, assumptions=taken, day=day)
    pairs = zone_pairs(streets)
    model, between = day_tables(zones, ends, pairs, assumptions=taken)
    return Town(streets, day, people, activity, ends, pairs, taken, model, between)


def day_tables(zones: Zones, ends: Ends, pairs: ZonePairs, *, assumptions: Assumptions) -> tuple[Gravity, Floats]:
    """A day's trips from homes to activities, with beta calibrated, and between activities with the same beta.

    Args:
        zones: The zones; trips between inside ones make the mean time.
        ends: What each sends and draws.
        pairs: How far apart they are.
        assumptions: The mean time and the shape of the deterrence.

    Raises:
        BadTraffic: a zone has trips and no way to or from it.
    """
    inside = ~(zones.external[:, None] | zones.external[None, :])
    time, likely, shape = pairs.minutes, pairs.likely, assumptions.shape
    model = calibrated(
        ends.home, ends.activity, time=time, mean_time=assumptions.mean_minutes, counts=inside, shape=shape, likely=likely
    )
    return model, gravity(ends.activity, ends.activity, time=time, beta=model.beta, shape=shape, likely=likely).trips
