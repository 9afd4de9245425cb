"""The question that a plan answers, and the plan.

A plan is a pure function of a ``PlanQuestion``, which the client holds: undo, redo and links are the client's own, and the
server keeps nothing between two questions.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from clearway.server.contract import (
    Answer,
    Exact,
    Ground,
    Latitude,
    LineCoordinates,
    Longitude,
    Spot,
    StationCollection,
    VehicleClassName,
    WayIndex,
)
from clearway.server.desks.map.models import NetworkSummary

_MANY = 20_000
_SHUT_OUT: list[VehicleClassName] = ["resident", "service", "bus", "general"]
_MOTOR: list[VehicleClassName] = ["emergency", *_SHUT_OUT]


class ClosureQuestion(Exact):
    """A way, or a point on it, shut by hand."""

    way: WayIndex
    at_m: Annotated[float, Field(ge=0)] | None = Field(None, description="metres from the way's first point; null: all of it")
    shuts: Annotated[list[VehicleClassName], Field(min_length=1)] = _MOTOR
    label: Annotated[str, Field(max_length=200)] = ""


class PlanQuestion(Exact):
    """All that a plan depends on, the network aside."""

    site: Ground | None = Field(
        None, description="the ground that people hold; null together with no stretches: no cordon is planned"
    )
    stretches: Annotated[list[WayIndex], Field(max_length=_MANY)] = Field([], description="ways that are occupied as well")
    outside: Ground | None = Field(None, description="what must stay outside the cordon, besides all beyond the radius")
    shut: list[VehicleClassName] = Field(_SHUT_OUT, description="classes that the cordon keeps out")
    trust_signs: bool = Field(default=False, description="true: take one-way signs as binding; false: as streets can be driven")
    radius_m: Annotated[float, Field(gt=0, le=20_000)] = Field(
        800.0, description="what lies farther from the site stays outside, metres"
    )
    address_cost: Annotated[float, Field(ge=0, le=1000)] = Field(
        0.0, description="barrier points that enclosing one address costs"
    )
    at_most: Annotated[int, Field(ge=1, le=500)] | None = Field(None, description="at most so many places for barriers")
    pins: Annotated[list[Spot], Field(max_length=200)] = Field([], description="a barrier must stand here")
    never: Annotated[list[Spot], Field(max_length=200)] = Field([], description="no barrier may stand here")
    keep_open: Annotated[list[WayIndex], Field(max_length=500)] = Field(
        [], description="streets that stay open, outside the cordon"
    )
    closures: Annotated[list[ClosureQuestion], Field(max_length=2000)] = Field([], description="streets shut by hand")
    occupied_shuts: list[VehicleClassName] = Field(
        [], description="classes that cannot drive along the occupied stretches; empty: a lane is kept free for help"
    )
    stations: StationCollection | None = Field(None, description="null: the scenario's")
    access_class: VehicleClassName = Field("emergency", description="the class whose access is proved")
    within_s: Annotated[float, Field(gt=0, le=86_400)] = Field(480.0, description="the time help should need at most, seconds")
    alternatives: Annotated[int, Field(ge=0, le=8)] = Field(0, description="how many really different cordons to look for")


class Barrier(Answer):
    """One place where one crew stands."""

    number: int
    place: Literal["street", "junction"]
    street: str
    between: list[str]
    side: str
    lon: Longitude
    lat: Latitude
    ways: list[int]
    way_indexes: list[WayIndex]
    at_m: list[float] = Field(description="per way: metres from its first point")
    cost: float
    kind: str = Field(description="gate: other classes still pass; block: none does")
    width_m: float
    width_known: bool = Field(description="false: taken from the street's class")
    today: str = Field(description="what stands there today")
    passes: list[VehicleClassName]
    shuts: list[VehicleClassName]
    lines: list[LineCoordinates] = Field(description="the bar across each street it shuts")


class Enclosed(Answer):
    """What lies inside the cordon and outside the site."""

    addresses: int
    streets: list[str] = Field(description="names, in alphabetical order; unnamed ones left out")
    length_m: float
    way_indexes: list[WayIndex]


class FrontierPoint(Answer):
    """One cordon of the frontier between barriers and addresses enclosed, cheapest first."""

    cost: float
    barrier_cost: float
    places: int
    enclosed: int = Field(description="addresses enclosed")
    address_cost: float = Field(description="ask again with this address_cost to get this cordon")


class Alternative(Answer):
    """A really different cordon."""

    cost: float
    barrier_cost: float
    places: int
    enclosed: Enclosed
    barriers: list[Barrier]


class Cordon(Answer):
    """The cordon with its proof."""

    barriers: list[Barrier]
    cost: float
    barrier_cost: float
    bound: float = Field(description="proven lower bound of the cost; equal to it when optimal")
    optimal: bool
    enclosed: Enclosed
    frontier: list[FrontierPoint]
    alternatives: list[Alternative]
    checks: list[str] = Field(description="what the independent checker found, in sentences")
    warnings: list[str]


class AccessSide(Answer):
    """Access before or after the closures; seconds from the nearest station."""

    reached: int
    unreached_count: int
    p50: float | None
    p90: float | None
    max: float | None


class Within(Answer):
    """Addresses reached within the wished time."""

    seconds: float
    before: int
    after: int


class WorstAddress(Answer):
    """One of the addresses that wait longest."""

    address: int = Field(description="address index; the place in seconds_before and seconds_after")
    label: str
    lon: Longitude
    lat: Latitude
    station: str | None
    seconds_before: float | None
    seconds_after: float | None


class SingleStreet(Answer):
    """A street on which addresses depend: blocked, they are cut off."""

    street: str
    ways: list[int]
    way_indexes: list[WayIndex]
    addresses: int


class BlockedStreet(Answer):
    """A street with a car across it."""

    street: str
    ways: list[int]
    way_indexes: list[WayIndex]
    added_seconds: float = Field(description="most seconds that it adds for one address")
    total_seconds: float = Field(description="seconds that it adds for all addresses together")
    addresses: int = Field(description="addresses that wait longer")
    cut_off: int = Field(description="addresses that are no longer reached")


class Access(Answer):
    """How help reaches the addresses, before and after."""

    addresses: int
    before: AccessSide
    after: AccessSide
    within: Within
    worst: list[WorstAddress]
    two_approaches: int | None = Field(description="addresses reached by two paths that share no street")
    single_street: list[SingleStreet]
    n_minus_1: list[BlockedStreet]


class PlanAnswer(Answer):
    """The plan: cordon, access, and both in sentences."""

    cordon: Cordon | None
    access: Access | None = Field(description="null where there is no station")
    seconds_before: list[int] = Field(description="per address, -1: not reached")
    seconds_after: list[int] = Field(description="per address, -1: not reached")
    summary: list[str]
    elapsed_ms: int


class Scenario(Answer):
    """What the page opens with."""

    name: str
    site: Ground | None
    stretches: list[WayIndex]
    stations: StationCollection
    question: PlanQuestion


class NetworkDetails(NetworkSummary):
    """All that the page must know to open a network."""

    digest: str = Field(description="names this very content; tiles of another digest are stale")
    tiles: str = Field(description="address of the tiles, with {z}, {x} and {y}; asked this way they may be kept for good")
    notices: list[str] = Field(description="lines that every map and every print must show")
    address_source: str = Field(description="addresses, or frontage: a point every 20 m stands in")
    driving_side: Literal["left", "right"]
    vehicle_classes: list[VehicleClassName]
    own_trips: bool = Field(description="whether its traffic rests on somebody's own trips; false: on a synthetic demand")
    scenario: Scenario
