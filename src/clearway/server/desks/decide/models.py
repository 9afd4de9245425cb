"""What the Decide desk is asked about options, and what it alone answers."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from clearway.planning.options.contract import Comparison
from clearway.planning.options.option import Rung
from clearway.planning.traffic.impact.impact_model import DEFAULT_HOUR
from clearway.server.contract import Answer
from clearway.server.job_routes import Progress
from clearway.shapes import Exact

_MOST_FILES = 40
_MOST_CHARACTERS = 2_000_000
"""Of one file: a schedule of a thousand tows has some six hundred thousand."""


class FileGiven(Exact):
    """A file as it was chosen."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=200)] = Field(description="without its folder")
    text: Annotated[str, StringConstraints(max_length=_MOST_CHARACTERS)]


class OptionFiles(Exact):
    """Options, and the files that they name: plans, crews, who tows, schedules."""

    files: tuple[FileGiven, ...] = Field(min_length=1, max_length=_MOST_FILES)


class CompareAsked(OptionFiles):
    """What is compared, and whether traffic counts."""

    traffic: bool = Field(default=False, description="assign the trips of an hour too: hours lost, trips without a route")
    hour: int = Field(DEFAULT_HOUR, ge=0, le=23, description="that hour, local time")


class TriggersAsked(Exact):
    """Options whose criteria are looked at beside what decisions expect."""

    files: tuple[FileGiven, ...] = Field((), max_length=_MOST_FILES)


class OptionNeeds(Answer):
    """Something that an option names."""

    name: str
    what: Literal["plan", "crews", "towing", "schedule"]
    found: Literal["brought", "record", "room", "missing"] = Field(
        description="brought: a file with it; record: a plan of the record; room: what this server has counts instead"
    )
    says: str


class OptionSeen(Answer):
    """An option that was brought in, before it is compared."""

    file: str
    id: str
    title: str
    rung: Rung = Field(description="the most restrictive thing that it does")
    does: list[str]
    needs: list[OptionNeeds]


class FileFault(Answer):
    """A file that cannot be used."""

    file: str
    says: str = Field(description="what is wrong and what to do about it")


class OptionsSeen(Answer):
    """What files hold, the least restrictive option first. Nothing is computed yet."""

    options: list[OptionSeen]
    beside: list[str] = Field(description="files that options name")
    faults: list[FileFault]
    says: str


class CompareJob(Progress):
    """Options being set side by side."""

    answer: Comparison | None
