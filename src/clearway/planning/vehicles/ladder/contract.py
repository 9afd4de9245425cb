"""What is answered of the ladder by which vehicles are moved. Times are UTC."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from clearway.picture.contract import Fact, Moment
from clearway.record.kinds.ladder import Advice, Answer, Step
from clearway.shapes import Shape

Verdict = Literal["go", "hold", "stop", "unknown"]
ConditionName = Literal[
    "people_near_by",
    "children",
    "night",
    "last_incident",
    "talks",
    "growth_after_announcement",
    "decided_against",
    "set_condition",
]
NeedName = Literal["decision_to_tow", "legal_basis", "trucks", "heavy_operators", "storage", "escort"]
Outcome = Literal["announced", "done", "not_done", "not_known", "dropped"]


class Reason(Shape):
    """A condition, what it says at this moment, and the entries that it rests on."""

    condition: ConditionName
    verdict: Verdict = Field(description="go: nothing here holds a step back; unknown: nobody has said, which is not a go")
    says: str
    rests_on: tuple[str, ...] = Field(description="ids of entries; none where the clock decides, or nobody has said anything")
    limit: str = Field("", description="the limit that it is held against, in words; empty where it has none")
    assumed: bool = Field(default=False, description="whether nobody set that limit")


class Needed(Shape):
    """Something without which no tow can start."""

    need: NeedName
    state: Literal["there", "lacking", "unknown"] = Field(description="unknown: nobody has said; that counts as lacking")
    says: str
    rests_on: tuple[str, ...]


class Announced(Shape):
    """A step that was announced, and whether it was done."""

    entry: str
    says: str
    due: Moment | None
    outcome: Outcome = Field(description="not_known: its time has passed, and nobody has said whether it was done")
    why: str
    rests_on: tuple[str, ...]


class StepTaken(Shape):
    """A step of a job."""

    entry: str
    step: Step
    happened: Moment
    by: str
    power: str | None
    answer: Answer
    moved: str | None = Field(description="how many vehicles went, in words; null where nobody said")
    because: str | None
    advice: Advice | None = Field(description="what the desk said when it was taken")
    expects: str | None
    faults: tuple[str, ...] = Field(description="steps skipped or an answer not waited for without a reason, in sentences")


class Job(Shape):
    """The vehicles of a stretch, or a group of them, on the ladder."""

    job: str
    where: str = Field(description="in words; empty where nobody said")
    steps: tuple[StepTaken, ...] = Field(description="in the order in which they were taken")
    stands_at: Step
    answer: Answer = Field(description="to the last step")
    is_done: bool = Field(description="whether all of its vehicles are said to be gone")
    next_step: Step | None = Field(description="the next one up; null where it is done, or at the top")
    advice: Advice = Field(description="to its next step")
    says: str


class Vehicles(Shape):
    """What is said of the vehicles themselves."""

    says: str
    rests_on: tuple[str, ...]


class LadderAnswer(Shape):
    """The ladder at a moment, as it was known at another. It advises; whoever answers for the operation decides."""

    at: Moment
    known_at: Moment
    zone: str
    advice: Advice = Field(description="to any step against the will of those who parked there")
    says: str
    reasons: tuple[Reason, ...] = Field(description="stop before hold, hold before unknown, unknown before go")
    needed: tuple[Needed, ...] = Field(description="before a tow can start, in order")
    tow_advice: Advice = Field(description="to a tow: the same, and hold while something is lacking")
    vehicles: tuple[Vehicles, ...] = Field(description="how many there are, how many left, how many were towed, as it was said")
    announcements: tuple[Announced, ...] = Field(description="of towing, the newest first")
    jobs: tuple[Job, ...] = Field(description="by name")
    facts: tuple[Fact, ...] = Field(description="the entries that all this rests on, by id")
    assumed: tuple[str, ...] = Field(description="limits that nobody set")
