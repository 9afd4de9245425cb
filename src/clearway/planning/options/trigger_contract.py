"""What is answered of triggers: thresholds of decisions and options, and minutes that are missing. Times are UTC."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from clearway.picture.contract import Moment
from clearway.planning.options.contract import CriterionState
from clearway.planning.talks.contract import CitedEntry, TalksAlarm
from clearway.shapes import Shape

TriggerState = Literal["fired", "not_yet", "nobody_counts", "cannot_say"]


class TriggerOf(Shape):
    """A threshold on a figure."""

    of: CitedEntry | None = Field(description="what a decision expects; null for a criterion of an option")
    sort: Literal["expectation", "go", "stop"]
    whose: str = Field(description="the office that expects it, or the option")
    what: str = Field(description="what it is for")
    figure: str
    where: str | None = Field(description="a place in words; null: wherever it was counted")
    bounds: str
    state: TriggerState = Field(
        description="fired: known to be crossed since `fired`, whether or not it is now; nobody_counts: not in the last week; "
        "cannot_say: it was counted at several places and none is named"
    )
    fired: Moment | None = Field(description="the first moment at which all that was known said so; null: not yet")
    first_possible: Moment | None = Field(description="the first moment at which a figure left it open or somebody said so")
    by: list[CitedEntry] = Field(description="whose figures it fired by")
    now: CriterionState = Field(description="how the figure stands at the moment that is looked at")
    now_why: str


class Triggers(Shape):
    """Thresholds of decisions and options, and minutes that are missing, at a moment."""

    at: Moment
    known_at: Moment
    title: str
    zone: str
    triggers: list[TriggerOf] = Field(description="those that fired first, the latest first")
    alarms: list[TalksAlarm] = Field(description="contacts with an outside authority without minutes by midnight, by office")
    only_direction: int = Field(
        description="expectations of a figure without a bound, or of more or fewer where nobody had counted before"
    )
