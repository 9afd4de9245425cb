"""What is asked about handover points, and what was decided: as the search, the certificate and the answer hand it on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from clearway.network.model import Longs
    from clearway.planning.access.planner.services import Service
    from clearway.planning.access.planner.stations import Station
    from clearway.planning.access.planner.vehicles import Size
    from clearway.planning.plan.handover.approaches import Approaches, Vehicles
    from clearway.planning.plan.handover.choosing import Choice
    from clearway.planning.plan.handover.contract import HandoverWishes
    from clearway.planning.plan.handover.places import Inside
    from clearway.planning.plan.handover.walking import Walk
    from clearway.planning.street_names import StreetNames
    from clearway.record.kinds.plans import TrafficPlan


class Crews(NamedTuple):
    """Ambulances, their stations and the hospitals, on the streets.

    Attributes:
        service: Which comes.
        size: Of its vehicle.
        stations: Where it starts.
        hospitals: Where it takes patients.
        vehicles: Its drives.
        not_counted: Stations that may send somebody too, for all that is known: nobody said of which kind they are.
    """

    service: Service
    size: Size | None
    stations: tuple[Station, ...]
    hospitals: tuple[Station, ...]
    vehicles: Vehicles
    not_counted: tuple[Station, ...] = ()


class Asked(NamedTuple):
    """A question: who is inside, who comes, how far patients may be carried.

    Attributes:
        plan: The plan.
        at: The moment that the answer names.
        names: Of the network.
        inside: The places inside the ring.
        crews: Who comes.
        wishes: How far, and how many points.
        kmh: The speed with a stretcher, as the network has speeds.
    """

    plan: TrafficPlan
    at: datetime | None
    names: StreetNames
    inside: Inside
    crews: Crews
    wishes: HandoverWishes
    kmh: float

    @property
    def most_ms(self) -> int:
        """Milliseconds for which a patient may be carried."""
        return round(self.wishes.max_walk_seconds * 1000)


class Meeting(NamedTuple):
    """A corner that was chosen, with the drives to it and from it."""

    junction: int
    ways_in: Approaches
    ways_out: Approaches


class Decided(NamedTuple):
    """What was decided. P places.

    Attributes:
        meetings: The corners.
        nearest: (P,) the corner to which each place walks.
        walks: Of each place; None where nobody can walk to any.
        choice: What it achieves, and what no choice can better.
        corners: Among how many was chosen.
        one_approach: How many were left out because one blocked street cuts them off.
    """

    meetings: Sequence[Meeting]
    nearest: Longs
    walks: Sequence[Walk | None]
    choice: Choice
    corners: int
    one_approach: int
