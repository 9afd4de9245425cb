"""What each zone sends and draws on a day: from who lives there, what goes on there, and the streets at the map's edge."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

from clearway.assignment.costs import BadTraffic
from clearway.planning.traffic.demand.activity import Activity, edge_vehicles

if TYPE_CHECKING:
    from clearway.network.model import Floats, Network
    from clearway.planning.traffic.demand.roads import StreetProblem
    from clearway.planning.traffic.demand.zones import Zones

_TAKEN_UP_SHARE = 0.8
"""Of all trips that begin elsewhere, most of which one edge can draw: with all of them no table would have its sums."""
_MOST_ROUNDS = 500
"""Each round brings the edges nearer to what the others leave them by a fixed ratio: this is so that it ends."""
LEAST_INSIDE_SHARE = 0.1
"""At least this part of all trips has its activity inside the map, or the gravity model would have nothing to share out."""


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What a synthetic demand takes as given; the ensemble varies it.

    Attributes:
        trips_a_person: Vehicle trips that begin on a day, for each person who lives there.
        people_an_address: Who live at a residential address.
        people_a_frontage: Who live along 20 m of a built-up residential street, both sides: a little over two homes of 2.5.
        mean_minutes: Mean trip within the town, on empty streets.
        shape: Of the deterrence; 0 for the exponential function.
        external_home_share: Part of the traffic over the map's edge that lives beyond it.
        external_factor: Multiplies the traffic over the map's edge.
    """

    trips_a_person: float = 1.5
    people_an_address: float = 2.5
    people_a_frontage: float = 6.0
    mean_minutes: float = 10.0
    shape: float = 0.0
    external_home_share: float = 0.65
    external_factor: float = 1.0

    def __post_init__(self) -> None:
        """Refuse what cannot be.

        Raises:
            BadTraffic: a number is negative or none, or a part is more than all.
        """
        for field in fields(self):
            value = getattr(self, field.name)
            if not (math.isfinite(value) and value >= 0):
                raise BadTraffic(f"The assumption {field.name} is {value:g}. Give 0 or more.")
        if self.external_home_share > 1:
            raise BadTraffic(f"The assumption external_home_share is {self.external_home_share:g}. Give a share from 0 to 1.")


@dataclass(frozen=True, eq=False)
class Ends:
    """What each zone sends and draws on a day, vehicle trips. Z zones.

    Attributes:
        home: (Z,) trips whose home end it is, one for each trip.
        activity: (Z,) trips whose other end it is; the two add up to the same.
    """

    home: Floats
    activity: Floats


def day_ends(streets: StreetProblem, activity: Activity, people: float, *, assumptions: Assumptions, day: str) -> Ends:
    """What each zone sends and draws on a day.

    Internal zones send by their homes and draw by the visits of their addresses; external zones do both by the capacity of the
    streets at their entries. What is drawn inside makes up what is sent in all. A zone that the traffic cannot both reach and
    leave sends and draws nothing.

    Args:
        streets: The network side.
        activity: Homes and visits of each address.
        people: Who live in the town.
        assumptions: The rates.
        day: "weekday" or "weekend".

    Raises:
        BadTraffic: nobody lives where the traffic comes, or nothing draws anybody there.
    """
    zones = streets.zones
    joined = ((streets.problem.zone_out >= 0) & (streets.problem.zone_in >= 0)).all(axis=0)
    homes, visits = (np.where(joined, _by_zone(values, zones), 0.0) for values in (activity.homes, activity.visits))
    if homes.sum() <= 0 or visits.sum() <= 0 or not people > 0:
        raise BadTraffic(
            f"No trips can begin or end along the streets of {streets.network.name!r} that traffic can reach and leave. "
            "Give a trip table of your own."
        )
    inside = people * assumptions.trips_a_person * homes / homes.sum()
    bound = np.where(joined, _crossing(streets, day), 0.0) * assumptions.external_factor
    crossing = _taken_up(bound, float(inside.sum()), assumptions.external_home_share)
    home = inside + assumptions.external_home_share * crossing
    beyond = (1 - assumptions.external_home_share) * crossing
    return balanced(home, beyond, visits)


def balanced(home: Floats, beyond: Floats, visits: Floats) -> Ends:
    """Ends that add up: what the external zones draw is kept, the visits inside are brought to what is left.

    >>> balanced(np.array([6.0, 4.0]), np.array([0.0, 2.0]), np.array([1.0, 0.0])).activity.tolist()
    [8.0, 2.0]

    Args:
        home: (Z,) trips whose home end each zone is.
        beyond: (Z,) trips whose activity is in an external zone; less where that would leave hardly any inside.
        visits: (Z,) how much each internal zone draws, relative.
    """
    total = home.sum()
    drawn_beyond = beyond * min(1.0, (1 - LEAST_INSIDE_SHARE) * total / max(float(beyond.sum()), 1e-9))
    return Ends(home, (total - drawn_beyond.sum()) * visits / visits.sum() + drawn_beyond)


def zone_weight(activity: Activity) -> Floats:
    """(D,) how much each address counts when zones are made: half by who lives there, half by what draws people."""
    parts = [values / values.sum() if values.sum() > 0 else values for values in (activity.homes, activity.visits)]
    return (parts[0] + parts[1]) / 2


def people_of(network: Network, activity: Activity, assumptions: Assumptions) -> float:
    """How many people live in a town, by its homes."""
    frontage = network.address_source == "frontage"
    each = assumptions.people_a_frontage if frontage else assumptions.people_an_address
    return float(activity.homes.sum()) * each


def _by_zone(values: Floats, zones: Zones) -> Floats:
    held = zones.address_zone >= 0
    return np.bincount(zones.address_zone[held], weights=values[held], minlength=zones.count).astype(np.float64)


def _taken_up(crossing: Floats, inside: float, external_home_share: float) -> Floats:
    """(Z,) vehicles over each edge, no more than the town and the other edges can take up: what comes in there goes there.

    A zone's trips all have their other end elsewhere, so none has more than all the trips there are.
    """
    taken = crossing.copy()
    for _ in range(_MOST_ROUNDS):
        others = inside + external_home_share * (taken.sum() - taken)
        least = np.minimum(taken, _TAKEN_UP_SHARE * others / max(1.0 - external_home_share, 1e-9))
        if (taken - least <= 1e-6 * np.maximum(taken, 1.0)).all():
            break
        taken = least
    return taken


def _crossing(streets: StreetProblem, day: str) -> Floats:
    """(Z,) vehicles a day over the entries of each zone, both directions."""
    zones = streets.zones
    into, out = edge_vehicles(streets.network, zones.entry_junction.astype(np.int64), day=day)
    return np.bincount(zones.entry_zone, weights=into + out, minlength=zones.count).astype(np.float64)
