"""What is answered of buses under closures: for the operator by route, for riders by stop."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from clearway.planning.plan.buses.detours import State
from clearway.planning.turn_by_turn import TurnLeg
from clearway.shapes import Figure, Latitude, LineCoordinates, Longitude, Shape, WayIndex

StepFree = Literal["yes", "no", "not known"]
"""Whether a wheelchair gets on at a stop, as the feed says; ``not known`` where it does not say."""
STEP_FREE_WORDS: dict[StepFree, str] = {
    "yes": "A wheelchair gets on there.",
    "no": "A wheelchair does not get on there.",
    "not known": "Whether a wheelchair gets on there is not known.",
}
"""The same in a notice for riders."""
Clock = str
"""A time of the timetable, ``HH:MM``; past midnight it runs on to 24:10 and 25:30, as the timetable has it."""


class Variation(Shape):
    """Trips of a route that change in the same way."""

    state: State
    trips: int
    trip_ids: tuple[str, ...]
    first: Clock = Field(description="when the first of them begins")
    last: Clock = Field(description="when the last of them begins")
    closures: tuple[str, ...] = Field(description="labels of what cuts them")
    leaves: str = Field(description="the corner where they leave their path; empty where they do not")
    joins: str = Field(description="the corner where they join it again")
    legs: tuple[TurnLeg, ...] = Field(description="what they drive between, turn by turn")
    minutes_added: Figure | None = Field(description="driving on empty streets; null where nothing is driven")
    metres_added: Figure | None
    stops_missed: tuple[str, ...] = Field(description="ids, in the order in which they are served")
    starts_at: str = Field(description="id of the stop where a trip that is cut short begins; else empty")
    ends_at: str = Field(description="id of the stop where it ends; else empty")
    bays: tuple[str, ...] = Field(description="ids of stops that they serve at another bay")
    lines: tuple[LineCoordinates, ...] = Field(description="what they drive off their path, on the map")
    way_indexes: tuple[WayIndex, ...] = Field(description="ways of those lines, in order")
    notes: tuple[str, ...] = Field(description="what a person must look at before a bus is sent there")


class RouteChange(Shape):
    """One direction of a route that closures cut."""

    route_id: str
    route: str = Field(description="its number as people know it; two routes may share it")
    direction: str = Field(description="0 or 1 as in the feed; empty where it does not say")
    towards: str
    trips: int = Field(description="on the day, cut or not")
    trips_cut: int
    minutes_added: Figure | None = Field(description="the most of its variations; null where none goes round")
    stops_missed: tuple[str, ...]
    variations: tuple[Variation, ...]


class NearestStop(Shape):
    """A stop that riders can use instead."""

    stop_id: str
    name: str
    metres: Figure | None = Field(description="on foot along streets; null where no way on foot is known")
    step_free: StepFree
    steps_on_the_way: bool | None = Field(description="whether that way has steps; null where no way is known")


class RouteAtStop(Shape):
    """A route and direction that misses a stop."""

    route_id: str
    route: str
    direction: str
    towards: str
    calls: int
    instead: NearestStop | None = Field(description="the nearest stop at which all of these trips still call; null: none")


class MissedStop(Shape):
    """A stop that some trips miss."""

    stop_id: str
    name: str
    lon: Longitude
    lat: Latitude
    step_free: StepFree
    calls: int = Field(description="missed")
    calls_that_day: int
    first: Clock
    last: Clock
    routes: tuple[RouteAtStop, ...]
    nearest_open: NearestStop | None = Field(
        description="the nearest stop without a missed call where one of these routes calls"
    )
    moved_to: str = Field(description="where its bay is instead; else empty")
    tell: tuple[str, ...] = Field(description="the notice for riders there")


class TemporaryStop(Shape):
    """A place on a detour where a stop would spare riders a walk."""

    number: int
    where: str
    lon: Longitude
    lat: Latitude
    way: WayIndex
    at_m: Figure = Field(description="metres from the way's first point")
    instead_of: tuple[str, ...] = Field(description="ids of the stops missed")
    metres: Figure | None = Field(description="on foot from the stop missed, or the farthest of them")
    routes: tuple[str, ...] = Field(description="ids")
    calls: int


class Bay(Shape):
    """A bay of an interchange, on a street near by."""

    stop_id: str
    name: str
    where: str
    lon: Longitude
    lat: Latitude
    way: WayIndex
    at_m: Figure
    metres: Figure | None = Field(description="on foot from the old bay")
    routes: tuple[str, ...] = Field(description="ids")
    calls: int
    most_an_hour: int = Field(description="calls in the busiest hour: how many buses it must take")
    minutes_added: Figure = Field(description="per trip, against the old bay; negative where the new way is shorter")


class Interchange(Shape):
    """Several stops shut together at which trips begin or end."""

    name: str
    stops: tuple[str, ...]
    bays: tuple[Bay, ...]
    not_placed: tuple[str, ...] = Field(description="ids of stops for which no kerb was found")


class ForbiddenOnPath(Shape):
    """A move of the timetable's own path that the map forbids a bus: one of the two is wrong."""

    where: str
    why: str
    way: WayIndex
    lon: Longitude
    lat: Latitude
    routes: tuple[str, ...] = Field(description="ids")


class Unused(Shape):
    """What of the feed could not be used, and why."""

    what: str
    why: str
    count: int
    ids: tuple[str, ...]


class Matching(Shape):
    """How well the timetable's paths lie on the network."""

    paths: int
    assumed: int = Field(description="of which the feed draws none: the quickest way from stop to stop stands in")
    km: Figure
    off_km: Figure = Field(description="on no street of the network: outside it, or on a street that it lacks")
    stops_off: int = Field(description="stops whose buses are on no street of the network there")


class ClosureCut(Shape):
    """What one closure cuts."""

    label: str
    way_indexes: tuple[WayIndex, ...]
    trips: int
    routes: tuple[str, ...] = Field(description="ids")


class BusChanges(Shape):
    """Buses under closures on one service day."""

    feed: str
    day: str | None = Field(description="the service day, YYYY-MM-DD; null where the feed has no calendar")
    stands_in_for: str | None = Field(description="the day asked for, on which the feed has no service; else null")
    trips: int
    trips_cut: int
    routes_cut: int = Field(description="routes, both directions as one")
    calls_missed: int
    closures: tuple[ClosureCut, ...]
    routes: tuple[RouteChange, ...]
    stops: tuple[MissedStop, ...]
    temporary_stops: tuple[TemporaryStop, ...]
    interchanges: tuple[Interchange, ...]
    forbidden: tuple[ForbiddenOnPath, ...]
    matching: Matching
    left_out: tuple[Unused, ...]
    summary: tuple[str, ...]
    warnings: tuple[str, ...]
