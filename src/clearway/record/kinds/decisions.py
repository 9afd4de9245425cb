"""What was decided, what was expected of it, and what the public was told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field, model_validator

from clearway.record.kind import About, Briefing, Kind, Reported, Role, Theme
from clearway.record.parts import Ends, LongText, Name, PastTime, Starts, Text, Time, lasting_words
from clearway.words import joined, time_words, vocabulary

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo


_VERBS = {None: "decided", "own": "decided", "order": "decided, as ordered", "advice": "advised", "expectation": "expects"}


class Decision(Kind):
    """What was decided, by which office, what was rejected and why, and what is expected."""

    about = About(
        role=Role.EVENT,
        theme=Theme.DECISIONS,
        briefing=Briefing.ACTIONS,
        reported=Reported(where="never", when_said=True, whole_sentence=True),
    )

    kind: Literal["decision"] = "decision"
    by: Text
    what: Text
    why: LongText | None = None
    authority: Literal["own", "order", "advice", "expectation"] | None = Field(
        None, description="own: theirs to decide; order: they were told to; advice, expectation: nobody is bound by it"
    )
    rejected: tuple[Text, ...] = Field((), description="what was rejected, each with its reason where one was given")
    expects: tuple[Text, ...] = ()
    question: Text | None = Field(None, description="what there was to decide")
    options: tuple[Text, ...] = Field((), description="what could have been chosen, the least restrictive first")
    standing: Literal["proposed", "decided", "superseded"] | None = Field(
        None, description="absent: decided; only what is decided is shown as a decision"
    )
    present: tuple[Text, ...] = Field((), description="offices that were there, never names")
    dissent: tuple[Text, ...] = Field((), description="who disagreed, by office, and why")
    review: Time | None = Field(None, description="when it is looked at again")
    legal_basis: Text | None = Field(None, description="an act and its section, or another instrument")
    least_restrictive: LongText | None = Field(None, description="why nothing that restricts less would do")
    rests_on: tuple[Text, ...] = Field((), description="ids of the entries that it rests on")
    supersedes: tuple[Text, ...] = Field((), description="ids of earlier decisions whose place it takes")
    picture_at: PastTime | None = Field(None, description="the picture that was looked at: about which moment")
    picture_known_at: PastTime | None = Field(None, description="and as known when")
    picture_digest: Text | None = Field(None, description="and its digest, as 'clearway decide basis' gives it")
    picture_seq: int | None = Field(None, ge=0, description="the last entry of the record that was read for it")
    closes: Time | None = Field(None, description="of a proposal: until when positions are taken")
    acknowledged: tuple[Text, ...] = Field(
        (), description="ids of contradicted and single-sourced entries that were read before signing"
    )
    not_acknowledged: tuple[Text, ...] = Field((), description="ids of such entries that nobody had read when it was written")
    outcome: LongText | None = Field(None, description="what came of it, as its review says")

    def sentence(self, zone: ZoneInfo, /) -> str:
        """Who decided what and why, instead of what, what they expect, who disagreed, and when it is looked at again."""
        verb = "proposed" if self.standing == "proposed" else _VERBS[self.authority]
        return joined(
            f"{self.by} {verb}: {self.what}",
            self.standing == "superseded" and "another decision took its place",
            self.why and f"because: {self.why}",
            self.rejected and f"rejected: {', '.join(self.rejected)}",
            self.expects and f"expects: {', '.join(self.expects)}",
            self.dissent and f"disagreed: {', '.join(self.dissent)}",
            self.review and f"reviewed {time_words(self.review, zone)}",
            self.outcome and f"what came: {self.outcome}",
        )

    @property
    def not_before(self) -> datetime | None:
        """It cannot be older than the picture that it rests on."""
        return max(filter(None, (self.picture_at, self.picture_known_at)), default=None)


class Expectation(Kind):
    """What a decision is expected to bring, by when, so that it can be held against what came."""

    about = About(
        role=Role.STATE,
        theme=Theme.DECISIONS,
        subject=("of", "what"),
        place_counts=False,
        reported=Reported(where="never", loosely=True),
    )

    kind: Literal["expectation"] = "expectation"
    of: Text = Field(description="id of the entry of the decision")
    by: Text = Field(description="the office that expects it")
    what: Text
    by_when: Time = Field(description="by when; what has no time cannot be held against anything")
    figure: Name | None = Field(None, description="the figure that shows it, such as vehicles")
    at_most: float | None = Field(None, ge=0, description="kept when that figure is not above this by then")
    at_least: float | None = Field(None, ge=0, description="kept when that figure is not below this by then")
    direction: Literal["more", "fewer"] | None = Field(None, description="kept when there is more or less of it than at first")
    probability: float | None = Field(None, ge=0, le=1, description="how sure they are, from 0 to 1; absent where nobody said")
    outcome: Literal["open", "kept", "missed"] = Field("open", description="what somebody says came of it")

    @model_validator(mode="after")
    def _in_order(self) -> Expectation:
        if self.at_most is not None and self.at_least is not None and self.at_most < self.at_least:
            raise ValueError("an expectation's 'at_most' is below its 'at_least'")
        return self

    def sentence(self, zone: ZoneInfo, /) -> str:
        """Who expects what of which decision by when, and how sure they are."""
        bounds = (
            self.at_most is not None and f"at most {self.at_most:,g}",
            self.at_least is not None and f"at least {self.at_least:,g}",
            self.direction,
        )
        figure = joined(*bounds, self.figure and vocabulary(self.figure), by=" ")
        sure = "" if self.probability is None else f"{self.probability:.0%} sure"
        came = "" if self.outcome == "open" else self.outcome
        return joined(f"{self.by} expects of {self.of}: {self.what}, by {time_words(self.by_when, zone)}", figure, sure, came)


class Notice(Kind):
    """What the public was told."""

    about = About(
        role=Role.EVENT, theme=Theme.DECISIONS, reported=Reported(when_said=True, loosely=True), briefing=Briefing.PUBLIC_LINE
    )

    kind: Literal["notice"] = "notice"
    by: Text
    text: LongText
    to: Text | None = Field(None, description="to whom, where not to everybody")
    starts: Starts = None
    ends: Ends = None
    of: Text | None = Field(None, description="id of the entry of the decision that it follows from")

    def sentence(self, zone: ZoneInfo, /) -> str:
        """Who told whom, in the words of the notice, and for how long it holds."""
        return joined(f"{self.by} to {self.to or 'everybody'}: {self.text}", lasting_words(self.starts, self.ends, zone))
