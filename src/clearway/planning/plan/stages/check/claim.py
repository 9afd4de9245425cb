"""A stage as the checker reads it: what was asked, in places, units and kit; and the schedule that is claimed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime


class Place(NamedTuple):
    """A barrier of the stage: where it cuts ways, whether it stands before and after, and what work at it takes."""

    id: str
    cuts: tuple[tuple[int, float], ...]
    before: bool
    after: bool
    is_gate: bool
    opening_seconds: float
    structure: str
    pieces: int
    minutes: int
    needs: Mapping[str, bool]


class Unit(NamedTuple):
    """A crew, truck or forklift; ``carries`` counts for a truck alone."""

    id: str
    kind: str
    depot: str
    vehicle_class: str
    speed_kmh: float | None
    carries: int


class Asked(NamedTuple):
    """What was asked: ``kit`` has the pieces that are owned or borrowed, by depot and structure."""

    stage: str
    places: Sequence[Place]
    units: Sequence[Unit]
    depots: Mapping[str, tuple[float, float]]
    kit: Mapping[tuple[str, str], int]
    load_minutes: int
    kept_out: tuple[str, ...]


class Task(NamedTuple):
    """A place in the schedule."""

    number: int
    id: str
    does: str
    structure: str
    pieces: int
    starts: int
    ends: int
    starts_at: datetime | None
    ends_at: datetime | None
    crew: str
    truck: str | None
    forklift: str | None
    loads: int
    lon: float
    lat: float


class Leg(NamedTuple):
    """A drive in the schedule."""

    unit: str
    kind: str
    start: str
    end: str
    leaves: int
    arrives: int
    leaves_at: datetime | None
    loads: bool


class Row(NamedTuple):
    """What is said to be open from a minute on."""

    minute: int
    at: datetime | None
    open: tuple[str, ...]
    working: tuple[str, ...]
    shut: tuple[str, ...]


class Claim(NamedTuple):
    """The schedule that is claimed; ``needs`` has pieces needed, there and missing, by structure."""

    possible: bool
    minutes: int | None
    bound: int | None
    proven: bool
    bound_by: str
    begins: datetime | None
    done: datetime | None
    tasks: tuple[Task, ...]
    legs: tuple[Leg, ...]
    open: tuple[Row, ...]
    needs: Mapping[str, tuple[int, int, int]]
