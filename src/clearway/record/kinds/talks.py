"""What was said, asked, demanded, promised, decided and made public."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from clearway.record.parts import Amount, LongText, Name, Part, Text, Time


class Statement(Part):
    """What somebody said, in our own words; their words only where they are short and needed."""

    kind: Literal["statement"] = "statement"
    summary: LongText
    topic: Name | None = None
    stance: Literal["for", "against", "neutral"] | None = Field(None, description="towards what the room plans or does")
    signatories: tuple[Text, ...] = Field((), description="organisations and offices that joined it")


class Contact(Part):
    """A meeting, a call, a letter between the room and a group."""

    kind: Literal["contact"] = "contact"
    who: tuple[Text, ...] = Field(min_length=1, description="offices and groups")
    way: Literal["meeting", "call", "letter", "message", "talk_on_site", "other"] = "meeting"
    outcome: Text | None = None


class MeetingRequest(Part):
    """Somebody asked to meet; whether they were answered."""

    kind: Literal["meeting_request"] = "meeting_request"
    asked_by: Text
    asked_of: Text
    answer: Literal["none_yet", "accepted", "refused", "conditional"] = "none_yet"
    terms: Text | None = None


class Demand(Part):
    """What a group wants."""

    kind: Literal["demand"] = "demand"
    by: Text
    of: Text | None = None
    what: Text


class Condition(Part):
    """Something that must be so before something else is done; it may be tied to a figure of the picture."""

    kind: Literal["condition"] = "condition"
    by: Text
    before: Text = Field(description="what they would then do")
    what: Text = Field(description="what must be so")
    counted: Name | None = Field(None, description="the figure that decides it, such as vehicles")
    at_most: float | None = Field(None, ge=0, description="met when that figure is no more than this")


class Promise(Part):
    """Somebody will do something by some time."""

    kind: Literal["promise"] = "promise"
    by: Text
    what: Text
    due: Time | None = Field(None, description="by when; absent where no time was said")
    outcome: Literal["open", "kept", "not_kept", "overtaken"] = "open"


class Decision(Part):
    """What was decided, by which office, what was rejected and why, and what is expected."""

    kind: Literal["decision"] = "decision"
    by: Text
    what: Text
    why: LongText | None = None
    rejected: tuple[Text, ...] = ()
    expects: tuple[Text, ...] = ()


class Notice(Part):
    """What the public was told."""

    kind: Literal["notice"] = "notice"
    by: Text
    text: LongText
    to: Text | None = Field(None, description="to whom, where not to everybody")


class RestrictionLevel(Part):
    """A named level of restrictions with its rules, and what would ease it."""

    kind: Literal["restriction_level"] = "restriction_level"
    scheme: Text = Field(description="of which scheme: COVID-19 protection framework, fire ban ...")
    level: Text
    rules: tuple[Text, ...] = ()
    eases_when: Text | None = None


class Petition(Part):
    """Signatures under a petition at a moment."""

    kind: Literal["petition"] = "petition"
    title: Text
    signatures: Amount
    asks: Text | None = None
    by: Text | None = None


class Forecast(Part):
    """What somebody else expects."""

    kind: Literal["forecast"] = "forecast"
    summary: Text
    what: Name | None = Field(None, description="the figure that it is about")
    amount: Amount | None = None
    at: Time | None = Field(None, description="for when")


class Remark(Part):
    """A note of the room itself; or the words that go with confirming, disputing or withdrawing another entry."""

    kind: Literal["remark"] = "remark"
    text: LongText
