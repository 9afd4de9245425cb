"""The shape of an assignment as an answer. Times are in ``units.time``, flows and trips in passenger car units an hour."""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import Field, PlainSerializer

from clearway.shapes import Shape

Quantity = Annotated[
    float,
    Field(allow_inf_nan=True),
    PlainSerializer(lambda value: value if math.isfinite(value) else None, return_type=float | None),
]
"""A figure with all its decimals; null as JSON where it is infinite or not a number."""


class Trips(Shape):
    """What became of the trips."""

    asked: Quantity
    within_zones: Quantity
    on_the_streets: Quantity
    lost: Quantity = Field(description="between zones that no way joins")


class PairTrips(Shape):
    """Trips of one class from one zone to another."""

    user_class: str = Field(alias="class")
    start: str = Field(alias="from")
    end: str = Field(alias="to")
    trips: Quantity


class ZoneTrips(Shape):
    """Trips that begin or end in one zone."""

    zone: str
    trips: Quantity


class LinkDelay(Shape):
    """One link and its delay."""

    id: str
    link: str
    flow: Quantity
    time: Quantity
    free_time: Quantity
    saturation: Quantity
    delay: Quantity = Field(description="of all its vehicles")
    delay_vehicle_hours: Quantity | None = Field(description="null where the network does not name its unit of time")


class NameDelay(Shape):
    """All links of one street or suburb."""

    name: str
    links: int
    delay: Quantity
    delay_vehicle_hours: Quantity | None
    vehicle_time: Quantity
    saturation: Quantity = Field(description="of the fullest link")
    worst_link: str


class Sweep(Shape):
    """How far the solver was after a sweep."""

    sweep: int
    gap: Quantity
    excess: Quantity
    seconds: Quantity


class SelectedLink(Shape):
    """The trips that use a link or street, most first."""

    called: str
    links: tuple[str, ...]
    ids: tuple[str, ...]
    trips: Quantity
    by_origin: tuple[ZoneTrips, ...]
    by_destination: tuple[ZoneTrips, ...]
    pairs: tuple[PairTrips, ...]


class LinkChange(Shape):
    """What a link has more than in another assignment."""

    id: str
    link: str
    flow: Quantity
    time: Quantity
    delay: Quantity


class Change(Shape):
    """What an assignment has more than another, and the links where that is most."""

    total_time: Quantity
    total_delay: Quantity
    total_time_vehicle_hours: Quantity | None
    total_delay_vehicle_hours: Quantity | None
    lost_trips: Quantity
    links: tuple[LinkChange, ...]


class Assignment(Shape):
    """Trips on a network, and where it is slow."""

    network: str
    aim: str
    units: dict[str, str]
    statement: str = Field(description="what the trips rest on")
    classes: tuple[str, ...]
    zones: int
    links: int
    links_shut: int = Field(description="to some class or to all")
    trips: Trips
    gap_asked: Quantity
    relative_gap: Quantity
    average_excess_cost: Quantity
    reached: bool = Field(description="whether the gap is what was asked")
    sweeps: int
    seconds: Quantity
    objective: Quantity
    total_cost: Quantity
    total_time: Quantity
    total_delay: Quantity
    total_time_vehicle_hours: Quantity | None
    total_delay_vehicle_hours: Quantity | None
    mean_time: Quantity | None = Field(description="of a trip between zones; null where none has a way")
    lost: tuple[PairTrips, ...]
    worst_links: tuple[LinkDelay, ...]
    worst_streets: tuple[NameDelay, ...]
    suburbs: tuple[NameDelay, ...]
    steps: tuple[Sweep, ...]
    notes: tuple[str, ...]
    stopped: bool = Field(default=False, description="by the user, before the gap was reached")
    select_link: tuple[SelectedLink, ...] = ()
    compared: Change | None = Field(None, description="with a saved solution")
    written: tuple[str, ...] = Field((), description="files")
