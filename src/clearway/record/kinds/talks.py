"""What is said: meetings, demands, statements, petitions, the room's own notes, and what others expect."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field

from clearway.record.kind import About, Briefing, Kind, Push, Reported, Role, Theme
from clearway.record.parts import Amount, LongText, Name, Prose, Text, Time, amount_words
from clearway.words import joined, vocabulary

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_SHOWN_PARTIES = 2
"""A meeting is named after its first two parties; the entry itself lists all."""


class Contact(Kind):
    """A meeting, a call, a letter between the room and a group."""

    about = About(
        role=Role.EVENT,
        theme=Theme.TALKS,
        briefing=Briefing.ACTIONS,
        form_rank=70,
        reported=Reported(where="site", when_said=True, loosely=True),
    )

    kind: Literal["contact"] = "contact"
    who: tuple[Text, ...] = Field(min_length=1, description="offices and groups")
    way: Literal["meeting", "call", "letter", "message", "talk_on_site", "other"] = "meeting"
    outcome: Text | None = None

    def sentence(self, _: ZoneInfo, /) -> str:
        """Who met whom, how, and what came of it."""
        return joined(f"{' with '.join(self.who[:_SHOWN_PARTIES])} ({vocabulary(self.way)})", self.outcome, by=": ")


class Demand(Kind):
    """What a group wants."""

    about = About(
        role=Role.EVENT,
        theme=Theme.TALKS,
        reported=Reported(where="never", when_said=True, whole_sentence=True),
    )

    kind: Literal["demand"] = "demand"
    by: Text
    of: Text | None = None
    what: Text

    def sentence(self, _: ZoneInfo, /) -> str:
        """Who wants what of whom."""
        return f"{self.by} demand{f' of {self.of}' if self.of else ''}: {self.what}"


class Statement(Kind):
    """What somebody said, in our own words; their words only where they are short and needed."""

    about = About(
        role=Role.EVENT,
        theme=Theme.TALKS,
        form_rank=60,
        reported=Reported(where="never", when_said=True),
    )

    kind: Literal["statement"] = "statement"
    summary: LongText
    topic: Name | None = None
    stance: Literal["for", "against", "neutral"] | None = Field(None, description="towards what the room plans or does")
    signatories: tuple[Text, ...] = Field((), description="organisations and offices that joined it")

    def sentence(self, _: ZoneInfo, /) -> str:
        """The statement and who joined it."""
        return joined(self.summary, self.signatories and f"signed by {', '.join(self.signatories)}")


class Petition(Kind):
    """Signatures under a petition at a moment."""

    about = About(
        role=Role.STATE,
        theme=Theme.TALKS,
        subject=("title",),
        place_counts=False,
        reported=Reported(where="never", over_when_reported=True, explains_figures=True),
    )

    kind: Literal["petition"] = "petition"
    title: Text
    signatures: Amount
    asks: Text | None = None
    by: Text | None = None

    def sentence(self, _: ZoneInfo, /) -> str:
        """Its title, how many signed, what it asks."""
        return joined(f"petition '{self.title}': {amount_words(self.signatures)} signatures", self.asks)


class Evidence(Kind):
    """What an office can show for or against another entry: its own record, a photograph; it refutes what it disputes."""

    about = About(role=Role.EVENT, theme=Theme.TALKS, reported=Reported(where="never", loosely=True))

    kind: Literal["evidence"] = "evidence"
    by: Text = Field(description="the office that answers for it")
    form: Literal["own_record", "photograph", "video", "measurement", "inspection", "document", "other"] = "own_record"
    shows: Prose = Field(description="what it shows, and of what time")

    def sentence(self, _: ZoneInfo, /) -> str:
        """Whose evidence, in what form, what it shows."""
        return f"evidence of {self.by} ({vocabulary(self.form)}): {self.shows}"


class Remark(Kind):
    """A note of the room itself; or the words that go with confirming, disputing or withdrawing another entry."""

    about = About(role=Role.EVENT, theme=Theme.TALKS, form_rank=100)

    kind: Literal["remark"] = "remark"
    text: LongText

    def sentence(self, _: ZoneInfo, /) -> str:
        """The note."""
        return self.text


class Forecast(Kind):
    """What somebody else expects."""

    about = About(
        role=Role.EVENT,
        theme=Theme.FORECASTS,
        briefing=Briefing.OUTLOOK,
        reported=Reported(where="never", when_said=True, loosely=True),
    )

    kind: Literal["forecast"] = "forecast"
    summary: Prose
    what: Name | None = Field(None, description="the figure that it is about")
    amount: Amount | None = None
    at: Time | None = Field(None, description="for when")
    direction: Literal["more", "fewer"] | None = Field(None, description="whether there will be more of it or fewer")

    def sentence(self, _: ZoneInfo, /) -> str:
        """What is expected, and how many."""
        return joined(f"forecast: {self.summary}", self.amount and amount_words(self.amount))

    @property
    def push(self) -> Push | None:
        """It moves the figure that it names, where it says in which direction."""
        if self.what is None or self.direction is None:
            return None
        return Push((self.what,), is_more=self.direction == "more", ends=self.at)
