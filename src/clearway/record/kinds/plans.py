"""Traffic management plans: each version whole, that one was adopted or withdrawn, and where a march of one was seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, get_args

from pydantic import Field, model_validator

from clearway.record.kind import About, Briefing, Kind, Role, Theme
from clearway.record.kinds.intake import Mark
from clearway.record.kinds.streets import Passage
from clearway.record.parts import Amount, Ends, Name, Part, Prose, Starts, Text, lasting_words
from clearway.record.place import Area, Place, Position
from clearway.words import counted, joined, listed, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from zoneinfo import ZoneInfo

MOST_BARRIERS = 500
_MOST = 200
"""Of anything else that a plan lists: more than anybody reads."""
_LINE = 2
"""Ends of a line."""

VehicleClass = Literal["emergency", "resident", "service", "bus", "general", "cycle", "foot"]
"""As networks know them; a test holds the two lists together."""
Phase = Literal["set_up", "hold", "shrink", "reopen", "remove"]
PHASES: tuple[Phase, ...] = get_args(Phase)
Opening = Literal["machine", "staffed", "swing"]


class PlannedBarrier(Part):
    """A barrier or gate: what stands where, who opens it, and from when until when it stands."""

    id: Text = Field(description="what everybody calls it: B1, Hill Street gate")
    place: Place
    structure: Name = Field("barrier", description="concrete_block, fence, vehicle, cone ...")
    opens: Opening = Field(
        "machine",
        description="machine: only a machine moves it; staffed: its staff let through those who may pass; swing: those who may "
        "pass open it themselves",
    )
    opening_seconds: float | None = Field(
        None,
        ge=0,
        le=7200,
        description="until one who may pass is let through; of what a machine moves: until help gets through. Absent: not "
        "known, and then help does not pass what a machine moves",
    )
    starts: Starts = None
    ends: Ends = None

    @property
    def is_gate(self) -> bool:
        """Whether anybody gets through."""
        return self.opens != "machine"


class PlannedPassage(Part):
    """Who may pass which gates, in which direction, from when until when."""

    who: tuple[Text, ...] = Field(
        min_length=1, max_length=_MOST, description="residents, workers, toilet trucks, emergency services, people on foot ..."
    )
    may: Passage
    gates: tuple[Text, ...] = Field((), max_length=MOST_BARRIERS, description="ids; without: every gate")
    proof: Text | None = Field(None, description="what they must show")
    starts: Starts = None
    ends: Ends = None


class PlannedRoute(Part):
    """A way that the plan keeps for somebody."""

    id: Text
    purpose: Literal["emergency", "kept_free", "detour", "walking"]
    along: tuple[Place, ...] = Field(min_length=1, max_length=_MOST, description="streets or parts of them, in order")
    width_m: float | None = Field(None, gt=0, le=100, description="that must stay clear")
    note: Prose | None = None


class HandoverPlace(Part):
    """Where ambulance crews meet patients."""

    id: Text
    place: Place
    note: Prose | None = None


class Post(Part):
    """A place where staff stand."""

    id: Text
    place: Place
    staff: int = Field(ge=1, le=1000)
    task: Text | None = None
    starts: Starts = None
    ends: Ends = None


class Stage(Part):
    """A phase of the plan."""

    phase: Phase
    starts: Starts = None
    ends: Ends = None
    note: Prose | None = None


class MarchStop(Part):
    """A place at which a march stands still."""

    place: Place
    minutes: float = Field(gt=0, le=1440)


class PlannedMarch(Part):
    """A march, parade or race along a route, or a street event that stands: when it is where, and how long it is."""

    id: Text
    along: tuple[Place, ...] = Field((), max_length=_MOST, description="streets in order, each of which meets the next")
    line: tuple[Position, ...] = Field((), max_length=2000, description="drawn along the streets instead")
    begins: Place | None = Field(None, description="absent: at the end of the first street")
    finishes: Place | None = Field(None, description="absent: at the end of the last street")
    starts: Starts = None
    ends: Ends = Field(None, description="of an event that stands; a march ends when its tail arrives")
    pace_kmh: float = Field(3.0, ge=0, le=30, description="of the head; 0: it stands on the whole route")
    tail_kmh: float | None = Field(None, gt=0, le=30, description="of the tail; absent: as the head")
    column_m: float | None = Field(None, ge=0, le=50_000, description="from head to tail; absent: from the people")
    people: int | None = Field(None, ge=1, le=5_000_000)
    width_m: float | None = Field(None, gt=0, le=100, description="that they fill of the street")
    density: float | None = Field(None, gt=0, le=6, description="people on a square metre while they walk")
    stops: tuple[MarchStop, ...] = Field((), max_length=_MOST)
    gaps: int = Field(0, ge=0, le=50, description="that stewards leave in the column")
    gap_m: float = Field(40.0, gt=0, le=1000, description="length of each gap")
    floats: bool = Field(default=False, description="vehicles drive in the column: it takes no steps")
    before_minutes: float = Field(10.0, ge=0, le=1440, description="for which a street is shut before the head comes")
    after_minutes: float = Field(10.0, ge=0, le=1440, description="until it is opened again behind the tail")

    @model_validator(mode="after")
    def _can_be(self) -> PlannedMarch:
        if bool(self.along) == bool(self.line):
            raise ValueError(f"march {self.id} needs either 'along', its streets in order, or a drawn 'line', and not both")
        if not self.pace_kmh and self.ends is None:
            raise ValueError(f"march {self.id} has no pace and no end; give it a pace, or say when it 'ends'")
        if self.column_m is not None and self.people is not None:
            raise ValueError(f"march {self.id} has both 'column_m' and 'people'; give one, the other follows")
        return self


class PlanContact(Part):
    """An office, and how it is reached during the operation. Never a person."""

    office: Text
    task: Text
    reach: Text = Field(description="telephone of the office, or radio channel")


class PlanPower(Part):
    """Who closes streets by which law."""

    row: Name | None = Field(None, description="row of the jurisdiction file; absent where it has none")
    by: Text
    instrument: Text


class Contingency(Part):
    """What is done when something goes wrong."""

    case: Name = Field(
        description="vehicle_enters, medical_case_inside, gate_overrun, staff_short, barrier_moved_at_night, cancellation ..."
    )
    action: Prose


class TrafficPlan(Kind):
    """A version of a traffic management plan, whole: site, barriers, gates, who passes, routes, posts, stages, powers."""

    about = About(
        role=Role.ADMINISTRATION,
        no_theme_because="it is a document: 'plan_adopted' says in the picture which version holds, the Plan desk shows it",
    )

    kind: Literal["plan"] = "plan"
    plan: Text = Field(description="its name, the same in every version")
    version: int = Field(1, ge=1, le=99_999)
    title: Text
    change: Prose | None = Field(None, description="what this version changes, and why")
    organiser: Text | None = Field(None, description="of the event; an office or a group")
    author: Text | None = Field(None, description="the office that wrote it")
    attendance: Amount | None = Field(None, description="people expected")
    starts: Starts = None
    ends: Ends = None
    site: tuple[Area, ...] = Field((), max_length=_MOST, description="the ground that people hold")
    occupied: tuple[Annotated[tuple[Position, ...], Field(min_length=_LINE, max_length=2000)], ...] = Field(
        (), max_length=_MOST, description="lines along streets that are occupied"
    )
    keep_out: tuple[VehicleClass, ...] = Field(
        ("resident", "service", "bus", "general"), min_length=1, description="vehicle classes that the barriers keep out"
    )
    barriers: tuple[PlannedBarrier, ...] = Field((), max_length=MOST_BARRIERS)
    passages: tuple[PlannedPassage, ...] = Field((), max_length=_MOST)
    routes: tuple[PlannedRoute, ...] = Field((), max_length=_MOST)
    handover: tuple[HandoverPlace, ...] = Field((), max_length=_MOST)
    marches: tuple[PlannedMarch, ...] = Field((), max_length=_MOST)
    posts: tuple[Post, ...] = Field((), max_length=MOST_BARRIERS)
    stages: tuple[Stage, ...] = Field((), max_length=_MOST)
    contacts: tuple[PlanContact, ...] = Field((), max_length=_MOST)
    powers: tuple[PlanPower, ...] = Field((), max_length=_MOST)
    contingencies: tuple[Contingency, ...] = Field((), max_length=_MOST)

    def sentence(self, zone: ZoneInfo, /) -> str:
        """Its title, version, how many barriers and gates, and for how long."""
        gates = sum(one.is_gate for one in self.barriers)
        return joined(
            f"{self.title}, version {self.version} of plan '{self.plan}'",
            f"{counted(len(self.barriers), 'barrier')}, of which {counted(gates, 'is a gate', 'are gates')}",
            lasting_words(self.starts, self.ends, zone),
            self.change,
        )

    @model_validator(mode="after")
    def _fits_together(self) -> TrafficPlan:
        for what, ids in (
            ("barrier", self.barriers),
            ("route", self.routes),
            ("handover point", self.handover),
            ("march", self.marches),
            ("post", self.posts),
        ):
            if twice := _twice(one.id for one in ids):
                raise ValueError(
                    f"two {what}{'es' if what == 'march' else 's'} are called {listed(twice)}; give each a name of its own"
                )
        gates = {one.id: one.is_gate for one in self.barriers}
        for rule in self.passages:
            if unknown := [gate for gate in rule.gates if gate not in gates]:
                raise ValueError(
                    f"a rule for {listed(rule.who)} names the gate {listed(unknown)}, which the plan does not have"
                )
            if shut := [gate for gate in rule.gates if not gates[gate]]:
                raise ValueError(
                    f"a rule for {listed(rule.who)} names {listed(shut)}, which only a machine opens; make that 'staffed' or "
                    "'swing'"
                )
        lasting: tuple[_Lasting, ...] = (self, *self.barriers, *self.passages, *self.posts, *self.stages, *self.marches)
        for one in lasting:
            if one.starts and one.ends and one.starts >= one.ends:
                raise ValueError(f"{_called(one)} ends before it starts; change 'starts' or 'ends'")
        return self


class PlanAdopted(Kind):
    """A version of a traffic management plan that an office adopted."""

    about = About(
        role=Role.STATE,
        theme=Theme.DECISIONS,
        subject=("plan",),
        place_counts=False,
        briefing=Briefing.ACTIONS,
        comes_of_checks=True,
    )

    kind: Literal["plan_adopted"] = "plan_adopted"
    plan: Text
    version: int = Field(ge=1, le=99_999)
    sha256: Mark = Field(description="SHA-256 of the version as it was adopted")
    by: Text = Field(description="the office that adopts it")
    failed: tuple[Text, ...] = Field((), max_length=_MOST, description="checks that failed when it was adopted")
    override: Prose | None = Field(None, description="why it was adopted all the same")

    def sentence(self, _: ZoneInfo, /) -> str:
        """Who adopted which version, and past which checks."""
        return joined(
            f"{self.by} adopted version {self.version} of plan '{self.plan}'",
            self.failed and f"although these checks failed: {listed([vocabulary(one) for one in self.failed])}",
            self.override and f"because: {self.override}",
        )

    @model_validator(mode="after")
    def _says_why(self) -> PlanAdopted:
        if self.failed and not self.override:
            raise ValueError("checks failed; give 'override', the reason why it is adopted all the same")
        return self


class PlanWithdrawn(Kind):
    """A traffic management plan that holds no longer."""

    about = About(
        role=Role.EVENT,
        theme=Theme.DECISIONS,
        briefing=Briefing.ACTIONS,
        comes_of_checks=True,
    )

    kind: Literal["plan_withdrawn"] = "plan_withdrawn"
    plan: Text
    version: int | None = Field(None, ge=1, le=99_999, description="which one; absent: every version")
    by: Text
    why: Prose

    def sentence(self, _: ZoneInfo, /) -> str:
        """Who withdrew which plan, and why."""
        which = "plan" if self.version is None else f"version {self.version} of plan"
        return f"{self.by} withdrew {which} '{self.plan}': {self.why}"


_Lasting = TrafficPlan | PlannedBarrier | PlannedPassage | Post | Stage | PlannedMarch


def _twice(ids: Iterable[str]) -> list[str]:
    """What is given more than once, folded as people hear it."""
    seen: set[str] = set()
    twice: dict[str, None] = {}
    for one in ids:
        if one.casefold() in seen:
            twice[one] = None
        seen.add(one.casefold())
    return list(twice)


def _called(one: _Lasting) -> str:
    match one:
        case TrafficPlan():
            return "the plan"
        case PlannedBarrier():
            return f"barrier {one.id}"
        case PlannedPassage():
            return f"the rule for {listed(one.who)}"
        case Post():
            return f"post {one.id}"
        case PlannedMarch():
            return f"march {one.id}"
        case Stage():
            return f"the stage '{one.phase}'"


class MarchSighting(Kind):
    """Head or tail of a march was seen passing a place: its closures move with it. Where it was is the place of the entry."""

    about = About(role=Role.EVENT, theme=Theme.MOVEMENTS, is_belief=True)

    kind: Literal["march_sighting"] = "march_sighting"
    march: Text = Field(description="its id in the plan: M1")
    part: Literal["head", "tail"] = Field("head", description="of the column")

    def unfit(self, places: Sequence[Place], _release: str, /) -> str:
        """It moves a march only from one place."""
        if len(places) == 1:
            return ""
        return "a sighting is at one place; give one such as 'Hunter Street at Victoria Street'"

    def sentence(self, _: ZoneInfo, /) -> str:
        """Which end of which march."""
        return f"{self.part} of march {self.march} passed"
