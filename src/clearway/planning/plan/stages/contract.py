"""What is answered about a stage: who does what when, what is open at each minute, and what that rests on."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from clearway.planning.plan.contract import Moment
from clearway.planning.plan.stages.means import Owner
from clearway.shapes import Latitude, Longitude, Shape

StageName = Literal["set_up", "shrink", "remove"]
UnitKind = Literal["crew", "truck", "forklift"]


class Task(Shape):
    """A place that is set or removed. Minutes count from the start: the first truck is loaded, or the first crew leaves."""

    number: int = Field(description="1 for the first that is begun")
    id: str = Field(description="of the barrier")
    where: str
    does: Literal["set", "remove"]
    structure: str
    pieces: int
    starts: int = Field(description="minute at which work begins; from then on nobody drives through")
    ends: int = Field(description="minute at which the last piece is set, or gone")
    starts_at: Moment | None = Field(description="null where nobody says when the stage begins")
    ends_at: Moment | None
    crew: str
    truck: str | None
    forklift: str | None
    loads: int = Field(description="loads of the truck for this place")
    lon: Longitude = Field(description="where the crew works from: the side from which it can drive away")
    lat: Latitude
    side: str = Field(description="the same in words")


class Leg(Shape):
    """A drive."""

    unit: str
    kind: UnitKind
    start: str = Field(description="id of a depot or barrier")
    end: str
    leaves: int = Field(description="minute")
    arrives: int
    leaves_at: Moment | None
    loads: bool = Field(description="whether the truck is loaded or unloaded at the end of it")


class MinuteOpen(Shape):
    """What is open from one minute until the next row."""

    minute: int
    at: Moment | None
    open: tuple[str, ...] = Field(description="ids of the places through which traffic still runs, or runs again")
    working: tuple[str, ...] = Field(
        description="ids of those where a crew works: no traffic runs, the barrier is not finished"
    )
    shut: tuple[str, ...]
    ways_in: tuple[str, ...] = Field(description="open places through which vehicles come in from outside")


class KitLine(Shape):
    """Pieces of one structure, from one owner at one depot; or what nobody has."""

    structure: str
    depot: str
    owner: Owner
    source: str = Field(description="from whom; empty where it is owned, or nobody says")
    number: int = Field(description="pieces")
    assumed: bool


class KitNeed(Shape):
    """What a stage needs of one structure."""

    structure: str
    needed: int = Field(description="pieces, for all barriers that are set")
    there: int = Field(description="pieces owned and borrowed; those that are missing are not counted")
    missing: int


class Used(Shape):
    """A number that the times rest on."""

    input: str
    value: str
    unit: str
    assumed: bool
    source: str = Field(description="where it comes from")


class Change(Shape):
    """What one unit more, or less, of an input would change."""

    input: str
    change: str = Field(description="in words: one crew more, one minute less for each piece ...")
    minutes: int = Field(description="until all is done, with it")
    saves: int = Field(description="minutes")
    proven: bool


class StagePlan(Shape):
    """Who does what when in one stage."""

    plan: str
    version: int
    stage: StageName
    possible: bool = Field(description="false: kit is missing, so there is no schedule")
    minutes: int | None = Field(description="from the start until all is done; null where it is not possible")
    bound: int | None = Field(description="fewer minutes are proved impossible")
    proven: bool = Field(description="whether minutes and bound are the same")
    bound_by: str = Field(
        description="what the bound rests on: the crews, trucks or forklifts alone, or the search of all orders"
    )
    bound_checked: int | None = Field(
        None,
        description="minutes below which the independent checker's own reckoning proves that nothing is possible; what the "
        "bound is above that rests on the search alone; null where it refuses, or where there is no schedule",
    )
    begins: Moment | None = Field(description="minute 0: when the first truck is loaded, or the first crew leaves")
    done: Moment | None
    tasks: tuple[Task, ...] = Field(description="in the order in which they are begun")
    legs: tuple[Leg, ...]
    open: tuple[MinuteOpen, ...]
    turned: tuple[str, ...] = Field(
        description="streets on which, by their signs, vehicles could not drive on whatever the order: turn them away before"
    )
    kit: tuple[KitLine, ...]
    needs: tuple[KitNeed, ...]
    inputs: tuple[Used, ...]
    changes: tuple[Change, ...] = Field(description="the largest saving first; empty where it was not asked")
    decides: str = Field(description="the input that decides the time, in a sentence")
    checked: bool = Field(description="whether the independent checker accepts it")
    refused: tuple[str, ...] = Field(description="what it says against it")
    summary: tuple[str, ...]
