"""What is said: groups and offices, meetings, demands, statements, petitions, advice, the room's own notes, forecasts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field

from clearway.record.kind import About, Briefing, Kind, Push, Reported, Role, Theme
from clearway.record.parts import Amount, LongText, Name, Prose, Text, Time, amount_words
from clearway.words import joined, time_words, vocabulary

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_LOOSE = Reported(where="never", loosely=True)
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
    by: Text | None = Field(None, description="the office of ours that spoke, and that owes the minutes")
    with_authority: bool | None = Field(
        None, description="whether an outside authority took part: then minutes are due the same day; absent where nobody said"
    )
    next_due: Time | None = Field(None, description="by when to speak again")
    next_by: Text | None = Field(None, description="the office that is to")

    def sentence(self, zone: ZoneInfo, /) -> str:
        """Who met whom, how, what came of it, and when they speak again."""
        met = joined(f"{' with '.join(self.who[:_SHOWN_PARTIES])} ({vocabulary(self.way)})", self.outcome, by=": ")
        due = self.next_due and f"next by {time_words(self.next_due, zone)}"
        return joined(met, joined(due, self.next_by and f"by {self.next_by}", by=", "))


class Minutes(Kind):
    """What a meeting came to, written down: who was there, what was agreed, and what was not promised."""

    about = About(role=Role.EVENT, theme=Theme.TALKS, briefing=Briefing.ACTIONS, reported=_LOOSE)

    kind: Literal["minutes"] = "minutes"
    of: Text = Field(description="id of the entry of the contact")
    by: Text = Field(description="the office that wrote them")
    present: tuple[Text, ...] = Field((), description="offices and groups, never names of persons")
    said: LongText | None = None
    agreed: tuple[Text, ...] = ()
    not_promised: tuple[Text, ...] = Field((), description="what was asked for and left open or refused")
    actions: tuple[Text, ...] = Field((), description="what follows, by which office, by when")

    def sentence(self, _: ZoneInfo, /) -> str:
        """Whose minutes of what, what was agreed and what was not promised."""
        return joined(
            f"minutes of {self.of} by {self.by}",
            self.present and f"present: {', '.join(self.present)}",
            self.said,
            f"agreed: {', '.join(self.agreed)}" if self.agreed else "nothing was agreed",
            self.not_promised and f"not promised: {', '.join(self.not_promised)}",
            self.actions and f"to do: {', '.join(self.actions)}",
        )


class Party(Kind):
    """A group or an office that is talked with: who speaks for it, and for how many as it says. Never a profile of a person."""

    about = About(role=Role.STATE, theme=Theme.TALKS, subject=("name",), place_counts=False, reported=_LOOSE)

    kind: Literal["party"] = "party"
    name: Text = Field(description="of the group, organisation or office")
    sort: Literal["group", "authority", "partner"] = Field(
        "group", description="authority: an outside office that decides; partner: an organisation that helps"
    )
    also: tuple[Text, ...] = Field((), description="other names and spellings by which entries call it")
    spokesperson: Text | None = Field(None, description="the office or role that speaks for it")
    speaks_for: Amount | None = Field(None, description="how many it says that it speaks for")
    claimed_by: Text | None = Field(None, description="whose claim that is; absent where it is its own")
    task: Text | None = Field(None, description="what it does here")
    may_decide: Text | None = Field(None, description="what it has authority over; absent where nobody said")

    def sentence(self, _: ZoneInfo, /) -> str:
        """Its name, who speaks for it and for how many, what it does and may decide."""
        claim = self.claimed_by or "itself"
        return joined(
            f"{self.name} ({vocabulary(self.sort)})",
            self.also and f"also called {', '.join(self.also)}",
            self.spokesperson and f"spoken for by {self.spokesperson}",
            self.speaks_for and f"speaks for {amount_words(self.speaks_for)}, as claimed by {claim}",
            self.task,
            self.may_decide and f"may decide: {self.may_decide}",
        )


class Relation(Kind):
    """How one group stands to another, as somebody said; a group that splits off is one."""

    about = About(
        role=Role.STATE,
        theme=Theme.TALKS,
        subject=("of", "to"),
        place_counts=False,
        state_field="relation",
        is_belief=True,
        reported=_LOOSE,
    )

    kind: Literal["relation"] = "relation"
    of: Text
    to: Text
    relation: Literal["split_from", "part_of", "allied_with", "apart_from", "opposed_to"]
    note: Text | None = None

    def sentence(self, _: ZoneInfo, /) -> str:
        """Which group stands how to which."""
        return joined(f"{self.of}: {vocabulary(self.relation)} {self.to}", self.note)


class Advice(Kind):
    """What a partner advised, and whether it was heeded."""

    about = About(role=Role.STATE, theme=Theme.TALKS, subject=("by", "what"), place_counts=False, reported=_LOOSE)

    kind: Literal["advice"] = "advice"
    by: Text
    what: Prose
    to: Text | None = Field(None, description="to which office")
    heeded: Literal["not_said", "yes", "partly", "no"] = "not_said"
    why: Prose | None = Field(None, description="why it was not heeded, or not all of it")

    def sentence(self, _: ZoneInfo, /) -> str:
        """Who advised whom what, and whether it was heeded."""
        heeded = {"not_said": "whether it was heeded, nobody has said", "yes": "heeded", "partly": "heeded in part"}
        advised = f"{self.by} advised{f' {self.to}' if self.to else ''}: {self.what}"
        return joined(advised, heeded.get(self.heeded, "not heeded"), self.why)


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
    before: Text | None = Field(None, description="what they say they do only after it")
    topic: Name | None = Field(None, description="what it is about, such as talks or vehicles")

    def sentence(self, _: ZoneInfo, /) -> str:
        """Who wants what of whom, and what they do only after it."""
        wants = f"{self.by} demand{f' of {self.of}' if self.of else ''}: {self.what}"
        return joined(wants, self.before and f"before {self.before}")


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
