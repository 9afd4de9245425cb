"""What is pending: promises, hopes, work, threats, announced steps, requests without an answer, conditions to be met first."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from pydantic import Field, model_validator

from clearway.record.kind import About, Kind, Push, Reported, Role, Status
from clearway.record.parts import Amount, Name, Prose, StartTime, Text, Time, amount_words
from clearway.words import joined, time_words, vocabulary

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

_SAID = Reported(when_said=True, whole_sentence=True)
_ASKED = Reported(where="never", when_said=True, whole_sentence=True)
_INTENT = "hopes, work under way, ultimatums and announced steps stand in a list of their own, with how each stands"
_UNDER_WAY_FOR = timedelta(days=1)
"""How long after the last word work is taken to be going on."""

_WAITING = "requests stand in a list of their own, with how long they have waited"


class Promise(Kind):
    """Somebody will do something by some time."""

    about = About(
        role=Role.PROMISE,
        no_theme_because="promises stand in a list of their own, those past due first",
        subject=("by", "what"),
        place_counts=False,
        reported=_SAID,
    )

    kind: Literal["promise"] = "promise"
    by: Text
    what: Text
    to: Text | None = Field(None, description="to whom")
    due: Time | None = Field(None, description="by when; absent where no time was said")
    outcome: Literal["open", "kept", "not_kept", "overtaken"] = "open"
    counted: Name | None = Field(None, description="the figure that shows it kept or broken, such as vehicles")
    at_most: float | None = Field(None, ge=0, description="kept when that figure is not above this by then")
    at_least: float | None = Field(None, ge=0, description="kept when that figure is not below this by then")

    @model_validator(mode="after")
    def _in_order(self) -> Promise:
        if self.at_most is not None and self.at_least is not None and self.at_most < self.at_least:
            raise ValueError("a promise's 'at_most' is below its 'at_least'")
        return self

    def sentence(self, zone: ZoneInfo, /) -> str:
        """Who will do what for whom by when."""
        due = f", by {time_words(self.due, zone)}" if self.due else ""
        return f"{self.by} will{f', as promised to {self.to}' if self.to else ''}: {self.what}{due}"


class Aspiration(Kind):
    """What somebody hopes or aims for. Nobody is held to it: it has no due time and is never overdue."""

    about = About(role=Role.INTENT, no_theme_because=_INTENT, subject=("by", "what"), place_counts=False, reported=_SAID)

    kind: Literal["aspiration"] = "aspiration"
    by: Text
    what: Text
    outcome: Literal["open", "came_true", "given_up"] = "open"

    def sentence(self, _: ZoneInfo, /) -> str:
        """Who hopes for what."""
        return f"{self.by}, hoping for: {self.what}"

    def status(self, _said: datetime, _at: datetime, /) -> Status:
        """Hoped for until somebody says what came of it."""
        return Status("hoped for") if self.outcome == "open" else Status(vocabulary(self.outcome), is_over=True)


class WorkUnderWay(Kind):
    """What somebody is working on. It is neither kept nor broken."""

    about = About(role=Role.INTENT, no_theme_because=_INTENT, subject=("by", "what"), place_counts=False, reported=_SAID)

    kind: Literal["work_under_way"] = "work_under_way"
    by: Text
    what: Text
    since: StartTime | None = Field(None, description="since when, if somebody said so")
    state: Literal["under_way", "ended"] = "under_way"

    def sentence(self, zone: ZoneInfo, /) -> str:
        """Who is working on what, since when."""
        since = f", since {time_words(self.since, zone)}" if self.since else ""
        return f"{self.by}, working on: {self.what}{since}"

    def status(self, said: datetime, at: datetime, /) -> Status:
        """Under way for as long as the word is fresh; after that it was."""
        if self.state == "ended":
            return Status("ended", is_over=True)
        return Status("under way" if at - said <= _UNDER_WAY_FOR else "under way when last heard of")


class Ultimatum(Kind):
    """A threat or an ultimatum: what somebody wants of whom, by when, and what they say they do otherwise."""

    about = About(
        role=Role.INTENT,
        no_theme_because=_INTENT,
        subject=("by", "demand", "otherwise"),
        place_counts=False,
        reported=_SAID,
    )

    kind: Literal["ultimatum"] = "ultimatum"
    by: Text
    to: Text | None = Field(None, description="to whom")
    demand: Text | None = Field(None, description="what they want; absent where it is a threat alone")
    otherwise: Text | None = Field(None, description="what they say they do if not")
    due: Time | None = Field(None, description="by when; a threat without a time never lapses")
    outcome: Literal["open", "met", "acted_on", "withdrawn", "lapsed"] = "open"

    @model_validator(mode="after")
    def _says_something(self) -> Ultimatum:
        if self.demand is None and self.otherwise is None:
            raise ValueError("an ultimatum needs 'demand', 'otherwise' or both")
        return self

    def sentence(self, zone: ZoneInfo, /) -> str:
        """Who wants what of whom by when, and what they threaten."""
        to = f" to {self.to}" if self.to else ""
        due = f"by {time_words(self.due, zone)}" if self.due else ""
        return f"{self.by}{to}: {joined(self.demand, due, self.otherwise and f'otherwise: {self.otherwise}')}"

    def status(self, _said: datetime, at: datetime, /) -> Status:
        """Open until its time; after that lapsed, unless somebody said what came of it."""
        if self.outcome != "open":
            return Status(vocabulary(self.outcome), is_over=True)
        if self.due is not None and self.due < at:
            return Status("lapsed; nobody has said what came of it", is_past=True)
        return Status("threatened" if self.demand is None else "ultimatum open")


class Announcement(Kind):
    """A step that was announced for a date, such as "towing starts today"."""

    about = About(role=Role.INTENT, no_theme_because=_INTENT, subject=("by", "what"), reported=_SAID)

    kind: Literal["announcement"] = "announcement"
    by: Text
    what: Text = Field(description="the step, such as towing starts")
    due: Time | None = Field(None, description="for when; the end of the day where only a day was named")
    outcome: Literal["open", "done", "not_done", "dropped"] = "open"
    figure: Name | None = Field(None, description="the figure that it moves, such as vehicles")
    direction: Literal["more", "fewer"] | None = Field(None, description="whether there will be more of it or fewer")

    def sentence(self, zone: ZoneInfo, /) -> str:
        """Who announced what for when."""
        due = f", for {time_words(self.due, zone)}" if self.due else ""
        return f"{self.by} announced: {self.what}{due}"

    @property
    def push(self) -> Push | None:
        """It moves the figure that it names until its time, unless it was dropped."""
        if self.figure is None or self.direction is None or self.outcome in ("not_done", "dropped"):
            return None
        return Push((self.figure,), is_more=self.direction == "more", is_done=self.outcome == "done", ends=self.due)

    def status(self, _said: datetime, at: datetime, /) -> Status:
        """Announced until its time; after that nobody knows, unless somebody said whether it was done."""
        if self.outcome != "open":
            return Status(vocabulary(self.outcome), is_over=True)
        if self.due is not None and self.due < at:
            return Status("the date has passed; nobody has said whether it was done", is_past=True)
        return Status("announced")


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


class EasingRequest(Kind):
    """Somebody asks that a level of restrictions be eased, and what was answered."""

    about = About(
        role=Role.REQUEST,
        no_theme_because=_WAITING,
        subject=("asked_by", "scheme", "what"),
        place_counts=False,
        reported=_ASKED,
    )

    kind: Literal["easing_request"] = "easing_request"
    asked_by: Text
    scheme: Text = Field(description="of which scheme, in the same words as the entry of its level")
    what: Text = Field(description="what is to be eased")
    asked_of: Text | None = Field(None, description="the office that decides; absent where nobody said")
    level: Text | None = Field(None, description="the level that they ask for, where they name one")
    answer: Literal["none_yet", "granted", "refused", "partly"] = "none_yet"
    answered: Prose | None = Field(None, description="what was answered")

    def sentence(self, _: ZoneInfo, /) -> str:
        """Who asked whom to ease what of which scheme, to which level, and what was answered."""
        return joined(
            f"{self.asked_by} asked{f' {self.asked_of}' if self.asked_of else ''} to ease {self.scheme}: {self.what}",
            self.level and f"to {self.level}",
            {"none_yet": "no answer yet", "partly": "granted in part"}.get(self.answer, self.answer),
            self.answered,
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
    of: Text | None = Field(None, description="who is to bring it about; absent where nobody said")
    counted: Name | None = Field(None, description="the figure that decides it, such as vehicles")
    at_most: float | None = Field(None, ge=0, description="met when that figure is not above this")
    max_age_h: float | None = Field(
        None, gt=0, le=8760, description="how many hours old that figure may be; a week if not said"
    )

    def sentence(self, _: ZoneInfo, /) -> str:
        """Who sets it, before what, and what must be so."""
        return f"{self.by}: before {self.before}: {self.what}"
