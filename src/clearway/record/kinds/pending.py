"""What is pending: promises, requests that wait for an answer, conditions that must be met first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field

from clearway.record.kind import About, Kind, Reported, Role
from clearway.record.parts import Amount, Name, Text, Time, amount_words
from clearway.words import joined, time_words

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_ASKED = Reported(where="never", when_said=True, whole_sentence=True)
_WAITING = "requests stand in a list of their own, with how long they have waited"


class Promise(Kind):
    """Somebody will do something by some time."""

    about = About(
        role=Role.PROMISE,
        no_theme_because="promises stand in a list of their own, those past due first",
        subject=("by", "what"),
        place_counts=False,
        reported=Reported(when_said=True, whole_sentence=True),
    )

    kind: Literal["promise"] = "promise"
    by: Text
    what: Text
    due: Time | None = Field(None, description="by when; absent where no time was said")
    outcome: Literal["open", "kept", "not_kept", "overtaken"] = "open"

    def sentence(self, zone: ZoneInfo, /) -> str:
        """Who will do what by when."""
        due = f", by {time_words(self.due, zone)}" if self.due else ""
        return f"{self.by} will: {self.what}{due}"


class MeetingRequest(Kind):
    """Somebody asked to meet; whether they were answered."""

    about = About(
        role=Role.REQUEST,
        no_theme_because=_WAITING,
        subject=("asked_by", "asked_of"),
        place_counts=False,
        reported=_ASKED,
    )

    kind: Literal["meeting_request"] = "meeting_request"
    asked_by: Text
    asked_of: Text
    answer: Literal["none_yet", "accepted", "refused", "conditional"] = "none_yet"
    terms: Text | None = None

    def sentence(self, _: ZoneInfo, /) -> str:
        """Who asked to meet whom, and the answer."""
        answer = {"none_yet": "not answered yet", "conditional": "answered with conditions"}.get(self.answer, self.answer)
        return joined(f"{self.asked_by} asked to meet {self.asked_of}: {answer}", self.terms)

    @property
    def awaits_answer(self) -> bool:
        """Whether nobody answered yet."""
        return self.answer == "none_yet"


class ResourceRequest(Kind):
    """Something asked of another organisation, and the answer."""

    about = About(
        role=Role.REQUEST,
        no_theme_because=_WAITING,
        subject=("what", "asked_of"),
        place_counts=False,
        reported=_ASKED,
    )

    kind: Literal["resource_request"] = "resource_request"
    what: Text
    asked_of: Text
    asked_by: Text | None = None
    amount: Amount | None = None
    answer: Literal["none_yet", "granted", "refused", "partly"] = "none_yet"
    needed_by: Time | None = None

    def sentence(self, zone: ZoneInfo, /) -> str:
        """Who asked whom for what, how much, by when, and the answer."""
        return joined(
            f"{self.asked_by or 'the room'} asked {self.asked_of}: {self.what}",
            self.amount and amount_words(self.amount),
            self.needed_by and f"needed by {time_words(self.needed_by, zone)}",
            {"none_yet": "no answer yet", "partly": "granted in part"}.get(self.answer, self.answer),
        )

    @property
    def awaits_answer(self) -> bool:
        """Whether nobody answered yet."""
        return self.answer == "none_yet"


class Condition(Kind):
    """Something that must be so before something else is done; it may be tied to a figure of the picture."""

    about = About(
        role=Role.CONDITION,
        no_theme_because="conditions stand in a list of their own, with whether each is met",
        subject=("by", "before", "what"),
        place_counts=False,
        reported=_ASKED,
    )

    kind: Literal["condition"] = "condition"
    by: Text
    before: Text = Field(description="what they would then do")
    what: Text = Field(description="what must be so")
    counted: Name | None = Field(None, description="the figure that decides it, such as vehicles")
    at_most: float | None = Field(None, ge=0, description="met when that figure is not above this")
    max_age_h: float | None = Field(
        None, gt=0, le=8760, description="how many hours old that figure may be; a week if not said"
    )

    def sentence(self, _: ZoneInfo, /) -> str:
        """Who sets it, before what, and what must be so."""
        return f"{self.by}: before {self.before}: {self.what}"
