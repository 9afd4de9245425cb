"""What is answered about a plan."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, PlainSerializer

from clearway.planning.cordon.seal.contract import Seal
from clearway.record.moments import written
from clearway.shapes import Figure, Latitude, Longitude, Position, Shape

MOST_SPOTS = 2000
"""Addresses of a comparison whose places are in the answer: 50 kB each way, and a map of more shows only a blot."""

Moment = Annotated[datetime, PlainSerializer(written, return_type=str)]
"""A moment in UTC."""

Stand = Literal["reported", "as_planned", "moved", "gone", "disputed"]


class BarrierStatus(Shape):
    """A barrier of the plan, held against what is reported."""

    id: str
    where: str = Field(description="as the plan names its place")
    stand: Stand = Field(
        description="reported: a report says that it stands; as_planned: no report says anything; moved: it is reported at "
        "another place; gone: pushed, breached, removed, open, or moved and nobody said where; disputed: one report says that "
        "it stands and another that it does not"
    )
    says: str = Field(description="what rests on what, in a sentence")
    entries: tuple[str, ...] = Field(description="ids of the reports")
    since: Moment | None = Field(description="when that was so, as it was reported; null where no report says anything")
    lon: Longitude | None = Field(description="where it stands now; null where nobody knows, or no network was given")
    lat: Latitude | None
    placed: bool | None = Field(description="whether it was found on the network; null where none was given")


class HandoverStatus(Shape):
    """A handover point of a plan as it stands."""

    id: str
    where: str
    ok: bool = Field(description="whether it is reached, and a hospital from it, with any one street blocked")
    ambulance_seconds: Figure | None = Field(description="null: no ambulance gets there")
    hospital_seconds: Figure | None = Field(description="null: none gets from there to a hospital")
    says: str
    lon: Longitude | None
    lat: Latitude | None


class Repair(Shape):
    """Who shuts a hole soonest, and when: from where the record or the plan says that a crew works, else from its depot."""

    barrier: str
    crew: str = Field(description="the crew that is nearest; empty where none can come")
    depot: str = Field(description="from where it comes: its depot, or where it works, in words")
    drive: int | None = Field(description="minutes until everybody is there that the place needs; null: somebody cannot come")
    minutes: int | None = Field(description="until the hole is shut")
    says: str


class PlanStatus(Shape):
    """A plan at a moment, held against what is reported: green where nothing is known to be wrong with it."""

    plan: str
    version: int
    at: Moment
    ok: bool = Field(description="no barrier is known to be gone, and, where it could be checked, no street leads in")
    closed: bool | None = Field(description="whether no street leads in past the barriers as they stand; null: not checked")
    holes: tuple[str, ...] = Field(description="each by name")
    barriers: tuple[BarrierStatus, ...] = Field(description="those in force at the moment, in the order of the plan")
    unconfirmed: int = Field(description="of those, how many no report says anything about")
    handover: tuple[HandoverStatus, ...] = Field(
        (), description="handover points; none where it was not checked how they are reached"
    )
    seal: Seal | None = Field(description="the verdict of the seal; null without a network or a site")
    repairs: tuple[Repair, ...] = Field(
        (), description="who shuts each hole, and in how many minutes; empty where nobody said which crews there are"
    )
    summary: tuple[str, ...]


class PlaceChoice(Shape):
    """A piece of a street on which a barrier may stand that is known by the street alone."""

    words: str = Field(description="give these to choose it")
    lon: Longitude
    lat: Latitude
    length_m: float
    ways: tuple[int, ...] = Field(description="ids of the source")
    from_site_m: float | None = Field(description="metres from the site; null where none was given")


class StatedPlace(Shape):
    """One place at which the record says that something keeps vehicles out."""

    entry: str
    says: str
    where: str = Field(description="as the entry names it; empty where it names none")
    placed: bool
    note: str = Field(description="where it stands, or why nobody can tell")
    candidates: tuple[PlaceChoice, ...] = Field(
        description="pieces to choose from, nearest to the site first; none once it is placed"
    )


class StatedPlan(Shape):
    """What the record says of barriers at a moment, as the beginning of a plan."""

    at: Moment
    stated: int = Field(description="barriers, gates and shut roads that the record says there are, at least")
    named: int = Field(description="of those, how many it names a place for")
    placed: int = Field(description="of those, and of points given, how many stand at one spot or piece of the map")
    unnamed: int = Field(description="stated without a place, and not given as points either")
    closed: bool = Field(description="whether those that are placed leave no street into the site; false without a site")
    places: tuple[StatedPlace, ...]
    holes: tuple[str, ...] = Field(description="ways in that are left, each by name")
    seal: Seal | None = Field(description="null where nothing is placed, or no site is known")
    summary: tuple[str, ...]


class GatePassing(Shape):
    """What a class may do at one gate during one period."""

    gate: str
    where: str
    enter: bool | None = Field(description="null: no rule says, or rules contradict each other")
    leave: bool | None
    contrary: bool = Field(description="whether rules contradict each other")
    says: str
    opening_seconds: float | None = Field(description="that one who may pass waits; null: not known, or nobody passes")


class GatePeriod(Shape):
    """The gates between two moments at which something changes."""

    starts: Moment | None = Field(description="null: from the beginning")
    ends: Moment | None = Field(description="null: until further notice")
    gates: tuple[GatePassing, ...]


class GateReport(Shape):
    """What the record says of a class at the gates."""

    entry: str
    says: str
    where: str
    speaker: str
    grade: str
    happened: Moment = Field(description="from when it was so, as it was said")
    known: Moment


class GateAnswer(Shape):
    """Who may pass which gate, period by period."""

    plan: str
    version: int
    who: str
    vehicle: str = Field(description="the class of the network in which they come")
    always: bool = Field(description="whether it is the same at every gate at any time, and every rule says so")
    periods: tuple[GatePeriod, ...]
    changes: tuple[str, ...] = Field(description="what changes when, in sentences")
    reported: tuple[GateReport, ...] = Field(description="what the record says of them, the newest first, earlier words too")
    summary: tuple[str, ...]


class Moved(Shape):
    """A barrier that both versions have, at two places."""

    id: str
    from_where: str
    to_where: str
    metres: float | None = Field(description="in a straight line; null where nobody knows the spots")


class PlanDiff(Shape):
    """What differs between two plans, and whom it touches."""

    first: str
    second: str
    moved: tuple[Moved, ...]
    added: tuple[str, ...] = Field(description="barriers of the second alone, by id and place")
    removed: tuple[str, ...]
    changed: tuple[str, ...] = Field(description="everything else that differs, in sentences")
    newly_inside: tuple[str, ...] | None = Field(
        description="addresses that the second encloses and the first does not; null: not computed"
    )
    newly_outside: tuple[str, ...] | None
    spots_inside: tuple[Position, ...] = Field(
        description=f"where those newly inside are, in the same order; the first {MOST_SPOTS:,} where there are more"
    )
    spots_outside: tuple[Position, ...] = Field(description="where those newly outside are, as many")
    summary: tuple[str, ...]


class Check(Shape):
    """One thing that must hold before anybody signs."""

    name: str
    ok: bool = Field(description="false too where it could not be checked; 'why' says so")
    why: str
    source: str = Field(description="by what it was found")


class PlanChecks(Shape):
    """Every check of a plan."""

    plan: str
    version: int
    sha256: str = Field(description="of the plan as it was checked")
    at: Moment | None = Field(description="the moment at which ring and access were checked; null: the plan says no time")
    ok: bool
    checks: tuple[Check, ...]
    gaps: tuple[str, ...] = Field(description="required fields that are missing")
    summary: tuple[str, ...]


class SavedVersion(Shape):
    """A version of a plan in a record."""

    plan: str
    version: int
    title: str
    change: str | None = Field(description="what it changes")
    entry: str = Field(description="id of the entry that holds it")
    saved: Moment
    by: str
    sha256: str
    in_force: bool = Field(description="whether it is the version that was adopted last, and not withdrawn")
    adopted_by: str | None
    override: str | None = Field(description="why it was adopted although checks failed")


class PlanStanding(Shape):
    """A plan of a record: the version in force, or the last one saved where none is, and how it stands."""

    saved: SavedVersion
    status: PlanStatus
