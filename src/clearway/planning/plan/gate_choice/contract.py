"""The question which barriers become gates, and its answer."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from clearway.planning.plan.contract import Moment
from clearway.record.kinds.plans import MOST_BARRIERS, Opening
from clearway.shapes import Exact, Shape

STAFFED_S = 30.0
"""A modular barrier is opened for an emergency vehicle in less, by its maker's word: https://www.stadiumtm.co.uk."""
STAFF = 2
"""Assumed: one opens while the other keeps watch."""
LONGER_S = 300.0
"""Assumed: five minutes by car are what people put up with for some days."""
LIMIT_S = 300.0
"""A cup of tea: rings of a dozen barriers take seconds."""

Ids = Annotated[tuple[str, ...], Field(max_length=MOST_BARRIERS)]


class GateWishes(Exact):
    """What a gate needs, and what people put up with."""

    staff: int = Field(STAFF, ge=1, le=100, description="people at a staffed gate")
    staffed_seconds: float = Field(
        STAFFED_S, ge=0, le=7200, description="until staff have opened, where the plan says no seconds for a gate"
    )
    swing_seconds: float | None = Field(
        None,
        ge=0,
        le=7200,
        description="until who may pass has opened a swing gate; null: only barriers that are swing gates already may be one",
    )
    people: Annotated[tuple[str, ...], Field(max_length=20)] = Field(
        ("residents", "workers"), description="those whose ways are to stay short, of whom the plan's rules let in"
    )
    longer_seconds: float = Field(
        LONGER_S, ge=0, le=7200, description="how much longer their way may become than with every barrier a gate"
    )
    one_blocked: bool = Field(
        default=True, description="whether help must also come with any one gate blocked, to all that it could then reach"
    )
    keep: Ids = Field((), description="barriers that must be gates")
    never: Ids = Field((), description="barriers that must stay shut, and that only a machine moves")


class ChosenGate(Shape):
    """A barrier that is to be a gate."""

    id: str
    where: str
    was: Opening = Field(description="how the plan had it")
    opens: Opening
    opening_seconds: float
    staff: int
    lets_in: tuple[str, ...] = Field(description="of help, buses and the people asked about, those whom the rules let in here")
    why: str = Field(description="what would be wrong without it, all else as chosen")


class GateChoice(Shape):
    """Which barriers become gates."""

    plan: str
    version: int
    at: Moment | None = Field(description="the moment for which it was chosen; null: every barrier and rule counts")
    gates: tuple[ChosenGate, ...] = Field(
        description="in the order of the plan; every other barrier is moved by a machine only"
    )
    shut: tuple[str, ...] = Field(description="ids of the other barriers")
    staff: int
    staff_bound: int = Field(description="fewer staff are proved impossible")
    proven: bool = Field(description="whether every priority was followed to the end; false where the time ended first")
    longer_seconds: float | None = Field(
        description="by which the way of those people becomes longest, beside every barrier a gate; null: nobody is concerned"
    )
    help_late: int = Field(
        description="addresses that some service reaches later than its standard, or never, with every barrier staffed"
    )
    help_ok: bool = Field(description="whether the independent checker accepts the certificates of access through these gates")
    refused: str | None = Field(description="what it says against them; null where it accepts them")
    order: tuple[str, ...] = Field(description="the priorities, the first one first")
    summary: tuple[str, ...]
