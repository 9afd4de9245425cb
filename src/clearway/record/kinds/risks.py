"""What may happen, and what happened elsewhere that resembles it. Groups and offices, never persons."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, Self, get_args

from pydantic import Field, model_validator

from clearway.record.kind import About, Briefing, Kind, Reported, Role, Theme
from clearway.record.parts import LongText, Name, Prose, Text, Time
from clearway.words import joined, time_words, vocabulary

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

Likelihood = Literal["rare", "unlikely", "possible", "likely", "almost_certain"]
LIKELIHOODS: tuple[Likelihood, ...] = get_args(Likelihood)
"""From the least likely to the most."""
Consequence = Literal["insignificant", "minor", "moderate", "major", "severe"]
CONSEQUENCES: tuple[Consequence, ...] = get_args(Consequence)
"""From the least to the worst."""
_PERSON = re.compile(r"\b(?:Mr|Mrs|Ms|Dr)\b\.? [A-Z]|\b[A-Z]{2,3}[ -]?\d{3,4}\b")


class Risk(Kind):
    """Something that may happen: how likely, how bad, for which groups, what is done, which office owns it. Never a person."""

    about = About(
        role=Role.STATE,
        theme=Theme.DECISIONS,
        briefing=Briefing.SAFETY,
        subject=("risk",),
        place_counts=False,
        reported=Reported(where="never", loosely=True),
    )

    kind: Literal["risk"] = "risk"
    risk: Text = Field(description="its name, always in the same words, such as 'fire in the camp'")
    what: Prose | None = Field(None, description="what may happen, and of what it would come")
    likelihood: Likelihood | None = Field(None, description="absent where nobody judged it")
    likelihood_to: Likelihood | None = Field(None, description="up to how likely, where the judgement is a range")
    consequence: Consequence | None = Field(None, description="how bad it would be; absent where nobody judged it")
    consequence_to: Consequence | None = Field(None, description="up to how bad, where the judgement is a range")
    for_whom: tuple[Text, ...] = Field((), description="groups that it would hit: residents, crews; never persons")
    done: tuple[Text, ...] = Field((), description="what is done about it, each with its office")
    owner: Text | None = Field(None, description="the office that answers for it; never a name")
    review: Time | None = Field(None, description="when it is looked at again")
    counted: Name | None = Field(None, description="a figure of the record that shows it grow, such as people")
    at_least: float | None = Field(None, ge=0, description="from which figure on it is to be looked at again at once")
    state: Literal["open", "happened", "closed"] = "open"
    why: Prose | None = Field(None, description="why it is judged so, or why it is closed")

    @model_validator(mode="after")
    def _can_be(self) -> Self:
        _refuse_reversed("likelihood", LIKELIHOODS, self.likelihood, self.likelihood_to)
        _refuse_reversed("consequence", CONSEQUENCES, self.consequence, self.consequence_to)
        if (self.counted is None) != (self.at_least is None):
            raise ValueError("a figure that shows a risk grow needs both 'counted' and 'at_least'; give both or neither")
        if _PERSON.search("; ".join([self.risk, self.owner or "", *self.for_whom])):
            raise ValueError("a risk names groups and offices, never a person or a number plate; say which group or office")
        return self

    @property
    def likelihood_said(self) -> str:
        """How likely, as a range where it is one; empty where nobody judged it."""
        return _range(self.likelihood, self.likelihood_to)

    @property
    def consequence_said(self) -> str:
        """How bad, as a range where it is one; empty where nobody judged it."""
        return _range(self.consequence, self.consequence_to)

    def sentence(self, zone: ZoneInfo, /) -> str:
        """Which risk, how likely and how bad, for whom, what is done, whose it is, when it is looked at again."""
        return joined(
            f"risk: {self.risk}" + ("" if self.state == "open" else f" ({self.state})"),
            self.what,
            self.likelihood_said and f"likelihood: {self.likelihood_said}",
            self.consequence_said and f"consequence: {self.consequence_said}",
            self.for_whom and f"for {', '.join(self.for_whom)}",
            self.done and f"done: {', '.join(self.done)}",
            self.owner and f"owner: {self.owner}",
            self.counted and f"grows from {self.at_least:,g} {vocabulary(self.counted)}",
            self.why and f"because: {self.why}",
            self.review and f"reviewed {time_words(self.review, zone)}",
        )


def _refuse_reversed(name: str, scale: tuple[str, ...], low: str | None, high: str | None) -> None:
    if high is None:
        return
    if low is None:
        raise ValueError(f"'{name}_to' needs a '{name}' that the range begins with")
    if scale.index(high) < scale.index(low):
        raise ValueError(f"'{name}_to' is below '{name}'; exchange them")


def _range(low: str | None, high: str | None) -> str:
    if low is None:
        return ""
    return vocabulary(low) if high in (None, low) else f"{vocabulary(low)} to {vocabulary(high or '')}"


class ComparableEvent(Kind):
    """An event elsewhere or earlier that resembles this one, and what was learnt of it, from a public source."""

    about = About(
        role=Role.STATE,
        theme=Theme.DECISIONS,
        subject=("event",),
        place_counts=False,
        reported=Reported(where="never", loosely=True),
    )

    kind: Literal["comparable_event"] = "comparable_event"
    event: Text = Field(description="what it is called, with its place and year")
    happened_then: LongText = Field(description="what happened, in a few sentences")
    lessons: tuple[Text, ...] = Field(min_length=1, description="what was learnt, each in a sentence")
    reference: Text = Field(description="the public source: publisher, title, date, and where in it")
    alike: Prose | None = Field(None, description="in what it resembles this one")
    differs: Prose | None = Field(None, description="in what it does not")
    risks: tuple[Text, ...] = Field((), description="names of the risks on which it bears")

    def sentence(self, _: ZoneInfo, /) -> str:
        """Which event, what happened, what was learnt, and where that is said."""
        return joined(
            f"comparable: {self.event}: {self.happened_then}",
            f"learnt: {', '.join(self.lessons)}",
            self.alike and f"alike: {self.alike}",
            self.differs and f"differs: {self.differs}",
            self.risks and f"bears on: {', '.join(self.risks)}",
            f"source: {self.reference}",
        )
