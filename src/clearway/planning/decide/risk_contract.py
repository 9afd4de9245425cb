"""What is answered of risks and of comparable events. Times are UTC; groups and offices, never names of persons."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from clearway.picture.contract import Moment
from clearway.planning.talks.contract import CitedEntry
from clearway.record.kinds.risks import Consequence, Likelihood
from clearway.shapes import Shape

FigureState = Literal["met", "not_met", "contested", "cannot_say", "nobody_counts", "too_old", "no_record"]


class RiskFigure(Shape):
    """Whether the figure that shows a risk grow has grown so far."""

    says: str
    state: FigureState = Field(description="met: look at it again at once; contested: speakers differ")
    why: str
    figures: list[CitedEntry]


class RiskOf(Shape):
    """A risk, as its latest entry has it, and what has come since."""

    line: CitedEntry = Field(description="the latest entry about it: whose judgement, and how old")
    risk: str
    spellings: list[str] = Field(description="other ways in which entries write its name")
    what: str | None
    state: Literal["open", "happened", "closed"]
    likelihood: Likelihood | None = Field(description="null: nobody judged it")
    likelihood_to: Likelihood | None
    consequence: Consequence | None = Field(description="null: nobody judged it")
    consequence_to: Consequence | None
    for_whom: list[str] = Field(description="groups, never persons")
    done: list[str]
    owner: str | None = Field(description="the office; null where nobody said")
    review: Moment | None
    is_due: bool = Field(description="its review time has passed without a later entry about it")
    overdue_s: float | None = Field(description="for how long")
    contested_by: list[CitedEntry] = Field(description="what others judge otherwise, each speaker's last word")
    before: list[CitedEntry] = Field(description="what was said of it before, the newest first")
    signs: list[CitedEntry] = Field(description="what was reported since and has words of it: to be read, not counted")
    grown: RiskFigure | None
    missing: list[str] = Field(description="what nobody has said of it")
    events: list[str] = Field(description="ids of comparable events that bear on it")


class EventOf(Shape):
    """An event elsewhere, and what was learnt of it."""

    line: CitedEntry
    event: str
    happened_then: str
    lessons: list[str]
    reference: str = Field(description="the public source")
    alike: str | None
    differs: str | None
    risks: list[str] = Field(description="risks of the register on which it bears")
    not_in_register: list[str] = Field(description="risks that it names and the register does not have")


class RiskRegister(Shape):
    """Every risk, what nobody judged and the worst first, and comparable events beside them."""

    at: Moment
    known_at: Moment
    title: str
    zone: str
    rule: str = Field(description="how risks stand in order")
    risks: list[RiskOf]
    events: list[EventOf]
