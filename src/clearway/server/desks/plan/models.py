"""The question that a plan answers, and the plan.

A plan is a pure function of a ``PlanQuestion``, which the client holds: undo, redo and links are the client's own, and the
server keeps nothing between two questions.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from clearway.network.classes import MOTOR_CLASSES, VehicleClassName
from clearway.network.closures import MOST_WAIT_S
from clearway.planning.access.planner.contract import Access
from clearway.planning.access.planner.vehicles import MOST_SIZE
from clearway.planning.cordon.planner.contract import Alternative, Cordon, FrontierPoint
from clearway.planning.cordon.planner.question import CordonQuestion
from clearway.server.contract import Answer, StationCollection
from clearway.server.desks.map.models import NetworkSummary
from clearway.server.job_routes import Progress
from clearway.shapes import Exact, Ground, WayIndex


class ClosureQuestion(Exact):
    """A way, or a point on it, shut by hand."""

    way: WayIndex
    at_m: Annotated[float, Field(ge=0)] | None = Field(None, description="metres from the way's first point; null: all of it")
    shuts: Annotated[tuple[VehicleClassName, ...], Field(min_length=1)] = MOTOR_CLASSES
    label: Annotated[str, Field(max_length=200)] = ""


Measure = Annotated[float, Field(gt=0, le=MOST_SIZE)] | None
"""Metres or tonnes."""


class VehicleQuestion(Exact):
    """The vehicle of a service; null: as its class."""

    service: Annotated[str, Field(max_length=100)] = Field(description="fire, ambulance, police; empty: every service")
    height_m: Measure = None
    width_m: Measure = None
    weight_t: Measure = None
    length_m: Measure = None
    axle_t: Measure = None
    turning_m: Measure = None


class PlanQuestion(CordonQuestion):
    """All that a plan depends on, the network aside; without site and stretches no cordon is planned."""

    closures: Annotated[tuple[ClosureQuestion, ...], Field(max_length=2000)] = Field((), description="streets shut by hand")
    stations: StationCollection | None = Field(None, description="null: the scenario's")
    access_class: VehicleClassName = Field("emergency", description="vehicle class whose access is checked")
    within_s: Annotated[float, Field(gt=0, le=86_400)] = Field(480.0, description="the time help should need at most, seconds")
    vehicles: Annotated[tuple[VehicleQuestion, ...], Field(max_length=50)] = Field(
        (), description="how large the vehicles of services are; streets that they do not fit through are closed to them"
    )
    gate_s: Annotated[float, Field(ge=0, le=MOST_WAIT_S)] = Field(
        0.0, description="seconds that a crew needs to open a barrier for those who may pass"
    )


Document = Annotated[dict[str, Any], Field(description="a plan, as a plan file has it: 'clearway plan show' prints one")]


class ShutQuestion(Exact):
    """What is shut that traffic is sent round: a cordon, a traffic management plan, or both."""

    plan: PlanQuestion | None = Field(None, description="a cordon, and streets shut by hand: all day; null: none")
    document: Document | None = Field(
        None,
        description="a traffic management plan, as a plan file has it: with its hours and the rules of its gates; null: none",
    )
    zone: str | None = Field(None, description="time zone of the plan's operation, as Pacific/Auckland; null: the city's")


class AddressQuestion(Exact):
    """An address, and the plan under which help is to come to it."""

    question: PlanQuestion
    address: Annotated[int, Field(ge=0)] = Field(description="address index; its place in the plan's seconds_after")


class PlanAnswer(Answer):
    """The plan: cordon, access, and both in sentences."""

    cordon: Cordon | None
    access: Access | None = Field(description="null where there is no station")
    seconds_before: list[int] = Field(description="per address, -1: not reached")
    seconds_after: list[int] = Field(description="per address, -1: not reached")
    summary: list[str]
    elapsed_ms: int


class OthersAnswer(Answer):
    """What there is besides the cheapest cordon."""

    frontier: tuple[FrontierPoint, ...] = Field(description="cheapest first; as far as it was followed")
    alternatives: tuple[Alternative, ...]
    notes: tuple[str, ...] = Field(description="what was not found or not looked at, in sentences")


class OthersJob(Progress):
    """The work on what there is besides the cheapest cordon."""

    answer: OthersAnswer | None = Field(description="null if the caller has it already")


class Scenario(Answer):
    """What the page opens with."""

    name: str
    site: Ground | None
    stretches: list[WayIndex]
    stations: StationCollection
    question: PlanQuestion


class StreetClassCost(Answer):
    """What a barrier across a class of street costs before anything is added."""

    name: str
    points: float | None = Field(description="null: not to be cut unless motorways are allowed, then at their cost")


class NetworkDetails(NetworkSummary):
    """All that the page must know to open a network."""

    digest: str = Field(description="identifies this content; tiles with another digest are stale")
    tiles: str = Field(description="address of the tiles, with {z}, {x} and {y}; they never change, so cache them for good")
    notices: list[str] = Field(description="credits that every map and every print must show")
    address_source: str = Field(description="addresses, or frontage: a point every 20 m stands in")
    zone: str | None = Field(description="time zone of the city, as Pacific/Auckland; null where the map does not say")
    driving_side: Literal["left", "right"]
    vehicle_classes: list[VehicleClassName]
    street_classes: list[StreetClassCost] = Field(description="the classes of its streets; `costs.by_class` overrides them")
    own_trips: bool = Field(description="whether its traffic uses your own trips; false: a synthetic demand")
    timetable: bool = Field(description="whether the server knows a timetable of its buses, and can re-route them")
    works: int | None = Field(
        description="how many other works and events the server checks plans against; null: nobody gave it any"
    )
    scenario: Scenario
