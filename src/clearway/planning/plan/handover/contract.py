"""The question where crews meet patients outside the ring, and its answer."""

from __future__ import annotations

from pydantic import Field

from clearway.planning.plan.contract import Moment
from clearway.shapes import Exact, Figure, Latitude, LineCoordinates, Longitude, Shape

STRETCHER_KMH = 3.0
"""Assumed: bearers with a stretcher among people; no source was found, so it is an input. On the map people walk at 5."""
MAX_WALK_S = 240.0
"""Assumed: four minutes are 200 m with a stretcher, about as far as bearers go before they change hands."""
MOST_POINTS = 12
"""More crews than that stand ready at no event; a plan may hold more that somebody placed by hand."""


class HandoverWishes(Exact):
    """How far patients may be carried, and how many places there may be."""

    max_walk_seconds: float = Field(MAX_WALK_S, gt=0, le=7200, description="from a patient to the place; assumed")
    walk_kmh: float = Field(STRETCHER_KMH, ge=0.1, le=10, description="speed with a stretcher; assumed")
    steps: bool = Field(False, description="whether a stretcher is carried over steps")  # noqa: FBT003 - pydantic's default
    points: int | None = Field(
        None, ge=1, le=MOST_POINTS, description="how many places; null: the fewest that serve all who can be served"
    )


class Assumption(Shape):
    """An input, and where its figure comes from."""

    name: str
    value: float
    unit: str
    source: str = Field(description="who says so; 'assumed' where nobody does")


class Approach(Shape):
    """One drive to a handover point, or from it to a hospital."""

    to_from: str = Field(description="the station that it begins at, or the hospital that it ends at")
    seconds: Figure = Field(description="on empty streets; from the call on, where it begins at a station")
    streets: tuple[str, ...] = Field(description="in order")
    line: LineCoordinates


class HandoverPoint(Shape):
    """A corner outside the ring where crews meet patients."""

    id: str
    where: str
    lon: Longitude
    lat: Latitude
    station: str
    ambulance_seconds: Figure = Field(description="from the call until the ambulance is there")
    hospital: str
    hospital_seconds: Figure = Field(description="from there to the hospital's door")
    ways_in: tuple[Approach, ...] = Field(
        description="drives there, of which no street is on all: one blocked street stops none"
    )
    ways_out: tuple[Approach, ...] = Field(description="the same to hospitals")
    patients: int = Field(description="places from which this point is the nearest")
    farthest_seconds: Figure = Field(description="on foot from the farthest of them")


class PatientPlace(Shape):
    """A place inside the ring, and the walk from there."""

    label: str
    lon: Longitude
    lat: Latitude
    point: str | None = Field(description="id of the nearest point; null: nobody can walk to one")
    seconds: Figure | None
    metres: Figure | None
    in_time: bool = Field(description="whether the walk takes no longer than was asked for")
    line: LineCoordinates | None


class HandoverAnswer(Shape):
    """Where crews meet patients, and how far it is from every place inside."""

    plan: str
    version: int
    at: Moment | None
    points: tuple[HandoverPoint, ...]
    places: tuple[PatientPlace, ...] = Field(description="every address inside, and the occupied streets every 20 m")
    in_time: int = Field(description="places from which the walk is short enough")
    in_time_bound: int = Field(description="more are impossible with so many points")
    too_far: int = Field(description="places from which it takes longer: no vehicle comes near them")
    no_walk: int = Field(description="places from which nobody can walk to a point")
    walk_seconds: Figure = Field(description="of all places together")
    walk_seconds_bound: Figure = Field(description="less is impossible with as many points that serve as many")
    corners: int = Field(description="outside the ring, with two approaches and two ways out, among which was chosen")
    one_approach: int = Field(description="corners left out because one blocked street cuts them off")
    proven: bool = Field(description="whether no better choice exists among these corners")
    accepted: bool = Field(description="whether the independent checker accepts the certificate")
    refused: tuple[str, ...] = Field(description="what it says against it")
    inputs: tuple[Assumption, ...]
    summary: tuple[str, ...]
    warnings: tuple[str, ...]
