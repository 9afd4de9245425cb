"""What is answered of options side by side. Times are UTC; a figure is a range, whose ends are null where nobody knows it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from clearway.picture.contract import Moment
from clearway.planning.decide.draft import FollowUp
from clearway.planning.options.option import RightsPoint, Rung, Verdict
from clearway.shapes import OpenFigure, Shape

FigureName = Literal[
    "in_standard", "two_approaches", "lost", "enclosed", "streets_shut", "bus_trips_cut", "bus_routes_cut", "hours_lost",
    "trips_cut_off", "vehicles_towed",
    "vehicles_leave", "minutes_to_effect", "staff", "money", "escalation",
]  # fmt: skip
Basis = Literal["computed", "entered", "judged", "unknown"]


class OptionFigure(Shape):
    """A figure of an option, and where it comes from."""

    figure: FigureName
    title: str
    unit: str
    better: Literal["more", "less"]
    low: OpenFigure | None = Field(description="null: not known")
    high: OpenFigure | None = Field(description="null: not known")
    basis: Basis = Field(
        description="computed: by the desk that is named; entered: by hand; judged: by the office that is named"
    )
    source: str = Field(description="the desk and what it was asked; or who says so; or why nobody knows")
    assumed: tuple[str, ...] = Field((), description="what it rests on that no source tells")
    rests_on: tuple[str, ...] = Field((), description="ids of the entries that it was computed from; `cited` has them")


class Said(Shape):
    """A question that only people answer."""

    question: str
    verdict: Verdict
    why: str


class RightsAnswer(Said):
    """A point of the rights checklist."""

    point: RightsPoint


class PowerNeeded(Shape):
    """A power that is needed, and who holds it."""

    row: str
    by: str
    may: str
    when: str
    instrument: str
    is_read: bool = Field(description="whether the provision's own text was read by whoever wrote the table")


CriterionState = Literal["met", "not_met", "contested", "cannot_say", "nobody_counts", "too_old", "no_record"]


class CriterionAnswer(Shape):
    """A go or stop criterion, held against the record."""

    then: Literal["go", "stop"]
    says: str
    state: CriterionState = Field(description="contested: speakers differ; cannot_say: the range lies on both sides")
    why: str
    rests_on: tuple[str, ...] = Field(description="ids of the entries whose figures decide it")


class RiskAnswer(Shape):
    """A risk, and what an option does to it."""

    risk: str
    effect: Literal["lowers", "same", "raises", "unknown", "not_said"]
    why: str
    entry: str | None = Field(description="the latest entry of the register about it; null: the register does not have it")
    judged: str = Field(description="likelihood and consequence as last judged")
    owner: str | None
    is_due: bool = Field(description="its review time has passed")


class SourceSaid(Shape):
    """What an option rests on."""

    entry: str | None
    says: str
    by: str
    known: Moment | None


class IfWrong(Shape):
    """A judgement, and what changes if it is wrong."""

    figure: FigureName
    low: float
    high: float
    by: str
    why: str
    if_wrong: str


class Dominated(Shape):
    """An option that is no worse in anything that is known, no more restrictive, and better in something."""

    by: str = Field(description="the other option's id")
    better_in: tuple[str, ...] = Field(description="titles of figures; or that it is less restrictive")


class OptionRow(Shape):
    """One option."""

    id: str
    title: str
    place: int = Field(ge=1, description="1: the least restrictive")
    rung: Rung = Field(description="the most restrictive thing that it does")
    does: tuple[str, ...]
    figures: tuple[OptionFigure, ...] = Field(description="the same for every option, in the same order")
    judged: tuple[IfWrong, ...]
    views: tuple[Said, ...] = Field(description="suitability, feasibility, acceptability, health")
    rights: tuple[RightsAnswer, ...]
    powers: tuple[PowerNeeded, ...]
    advice: Literal["go", "hold", "stop", "no_criteria"] = Field(
        description="go: each go criterion is met and each stop criterion is not; stop: one is met or contested; else hold"
    )
    criteria: tuple[CriterionAnswer, ...]
    contingencies: tuple[str, ...]
    follows: tuple[FollowUp, ...] = Field(
        description="drafts of tasks and notices that follow if it is chosen; none is written"
    )
    risks: tuple[RiskAnswer, ...] = Field(description="the same for every option, in the same order: the register, then others")
    sources: tuple[SourceSaid, ...]
    dissent: str
    dominated: tuple[Dominated, ...]
    open: tuple[str, ...] = Field(description="what nobody has said yet")
    notes: tuple[str, ...]


class CitedFor(Shape):
    """An entry that figures were computed from, or that decides a criterion."""

    entry: str
    plan: str | None = Field(description="of a version of a plan its name and number, as 'parliament:2'; else null")
    says: str
    known: Moment


class Comparison(Shape):
    """Options side by side, the least restrictive first. There is no score: people choose."""

    network: str
    at: Moment | None = Field(description="the moment whose record was read; null: no record")
    known_at: Moment | None
    rule: str = Field(description="by which options stand in order, and when one is marked as dominated")
    options: tuple[OptionRow, ...]
    constant: tuple[str, ...] = Field(description="titles of figures that are the same for every option: they decide nothing")
    unknown: tuple[str, ...] = Field(description="titles of figures that are not known for every option")
    assumed: tuple[str, ...]
    cited: tuple[CitedFor, ...] = Field(
        (), description="every entry that some figure or criterion rests on, in the order of their ids"
    )
    notes: tuple[str, ...]
