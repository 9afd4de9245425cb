"""What is asked about a march, and answered."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from clearway.planning.plan.contract import Moment
from clearway.planning.plan.handover.contract import Assumption
from clearway.shapes import Figure, Latitude, LineCoordinates, Longitude, Shape, WayIndex

__all__ = ["Assumption"]


class Window(Shape):
    """A span of time."""

    starts: Moment
    ends: Moment


class MarchStretch(Shape):
    """A street of the route between two corners, shut from before the head until after the tail."""

    number: int
    street: str
    way: WayIndex
    from_m: Figure = Field(description="metres along the route")
    to_m: Figure
    closed_from: Moment
    head: Moment = Field(description="when the head comes")
    tail: Moment = Field(description="when the tail has left")
    reopens: Moment
    line: LineCoordinates


class SideStreet(Shape):
    """A street that meets the route and is held while it passes."""

    street: str
    corner: str
    way: WayIndex
    at_m: Figure = Field(description="metres from the way's tail at which it is held")
    lon: Longitude
    lat: Latitude
    held_from: Moment
    released: Moment


class MarchCrossing(Shape):
    """A corner with streets on both sides of the route."""

    id: str
    where: str
    lon: Longitude
    lat: Latitude
    metres: Figure = Field(description="along the route")
    shut: tuple[Window, ...] = Field(description="when an ambulance cannot cross: people are on the corner; gaps are left out")


class MarchMinute(Shape):
    """The march at a minute."""

    at: Moment
    head_m: Figure
    tail_m: Figure
    shut: tuple[int, ...] = Field(description="numbers of the stretches that are shut to traffic")
    crossings: tuple[str, ...] = Field(description="ids of the crossings that an ambulance can use")


class WorstMinute(Shape):
    """When help is worst off, of every moment at which something changes for it."""

    at: Moment
    unreached: int = Field(description="addresses that some service cannot reach then")
    unreached_before: int = Field(description="without the march")
    slowest_seconds: Figure | None = Field(description="until the last service is at the last address that is reached")
    moments: int = Field(description="that were looked at: all at which something changes")
    accepted: bool = Field(description="whether the independent checker accepts the certificate of that moment")
    refused: tuple[str, ...]
    on_foot: tuple[str, ...] = Field(description="the first addresses that are not reached, with the metres on foot")


class HeldRoute(Shape):
    """A bus route and direction that the march holds, if its buses wait."""

    route: str
    towards: str
    trips: int
    first: Moment
    last: Moment
    longest_seconds: Figure
    total_seconds: Figure
    where: tuple[str, ...]


class MarchAnswer(Shape):
    """A march: what is shut when, where an ambulance crosses, which buses wait."""

    id: str
    kind: Literal["march", "event"] = Field(description="event: it stands on its route")
    route_m: Figure
    column_m: Figure = Field(description="as it leaves, gaps included")
    starts: Moment
    head_arrives: Moment
    tail_leaves: Moment
    over: Moment = Field(description="when the tail has arrived")
    first_closed: Moment
    all_open: Moment
    late_seconds: Figure = Field(description="against the plan, at its end")
    stretches: tuple[MarchStretch, ...]
    sides: tuple[SideStreet, ...]
    crossings: tuple[MarchCrossing, ...]
    no_crossing: tuple[Window, ...] = Field(description="when no crossing is open to an ambulance")
    minutes: tuple[MarchMinute, ...]
    worst: WorstMinute | None = Field(description="null: it was not asked for, or no station is known")
    buses: tuple[HeldRoute, ...] | None = Field(description="null: no timetable was given")
    line: LineCoordinates = Field(description="the route")
    inputs: tuple[Assumption, ...]
    summary: tuple[str, ...]
    warnings: tuple[str, ...]
