"""A reading as the API and the command line give it. Spans count characters of the report's text; times are UTC."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from clearway.picture.contract import Moment
from clearway.record.entry import lean
from clearway.record.place_words import place_words
from clearway.record.source import speaker
from clearway.shapes import Shape

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from zoneinfo import ZoneInfo

    from clearway.intake.compare import Compared
    from clearway.intake.reader import Reading
    from clearway.record.entry import Draft

Fate = Literal["open", "entered", "dropped"]


class Span(Shape):
    """A stretch of the report's text."""

    start: int = Field(ge=0, description="first character, from 0")
    end: int = Field(ge=0, description="after the last character")


class QuantityFound(Span):
    """A number and what it counts."""

    what: str = Field(description="what is counted")
    low: float | None = Field(description="null: no lower bound was stated")
    high: float | None = Field(description="null: no upper bound was stated")
    about: bool
    counts: bool = Field(description="false for money and for measures")


class TimeFound(Span):
    """A time and what it leaves open."""

    first: Moment
    last: Moment
    ahead: bool = Field(description="whether it lies in the future of the report")


class PlaceFound(Span):
    """A place."""

    place: dict[str, Any] = Field(description="a place as in an entry")
    says: str
    how: Literal["network", "record", "spelling", "pattern"] = Field(description="how its name was recognised")


class SpeakerFound(Span):
    """Whose words a part of the text is; parts without a speaker are the report's own and left out."""

    office: str | None
    organisation: str | None
    name: str | None
    direct: bool = Field(description="whether it stands between quotation marks")
    confidence: float
    why: str


class Mentions(Shape):
    """What was found in the text, before any rule made a draft of it."""

    quantities: list[QuantityFound]
    times: list[TimeFound]
    places: list[PlaceFound]
    speakers: list[SpeakerFound]


class Clashing(Shape):
    """What a draft clashes with."""

    id: str
    says: str
    speaker: str
    in_record: bool = Field(description="true: an entry; false: another draft")


class PrintedBefore(Shape):
    """Where the words of a draft were printed before."""

    report: str
    name: str
    start: int
    end: int


class DraftFound(Shape):
    """A draft entry with the words that support it."""

    id: str
    kind: str
    says: str = Field(description="the draft in a sentence")
    where: str
    speaker: str
    span: Span = Field(description="the sentence that supports it")
    focus: Span = Field(description="the words in that sentence that state it")
    modality: Literal["done", "not_done", "intended", "possible", "asked"] = Field(description="how the sentence presents it")
    confidence: float = Field(ge=0, le=1)
    grade: Literal["sure", "fair", "unsure"]
    why: list[str] = Field(description="what the confidence rests on")
    changes: str = Field(description="what it would change in the picture")
    clashes: list[Clashing]
    printed: PrintedBefore | None = Field(description="where its words were printed before; null: they are new")
    asks: str = Field("", description="what to ask before it is entered: that it lies far from all that happened")
    fate: Fate = Field("open", description="open, or what a person decided")
    entry: dict[str, Any] = Field(description="the entry as it would be written; POST it to enter it")


class Spelling(Shape):
    """A name that the report spells two ways."""

    first: str
    other: str


class ReadingAnswer(Shape):
    """A report as it was read."""

    id: str
    name: str
    title: str | None
    published: Moment
    published_known: bool = Field(description="false: unknown; the time of reading is assumed")
    dated_by: str = Field("", description="the words of the text that say when it was published; empty where others do")
    asks: str = Field("", description="what to ask before anything of it is entered: when it was published")
    publisher: str | None
    text: str
    mentions: Mentions
    spellings: list[Spelling]
    drafts: list[DraftFound]


def answer_of(
    reading: Reading,
    compared: Sequence[Compared],
    zone: ZoneInfo,
    *,
    published_known: bool = True,
    dated_by: str = "",
    asks: str = "",
    far: Callable[[Draft], str] = lambda _: "",
    fate: Callable[[str], Fate] = lambda _: "open",
) -> ReadingAnswer:
    """A reading in its public form.

    Args:
        reading: What was read.
        compared: Its drafts, compared with what is known.
        zone: The operation's; sentences give times in it.
        published_known: Whether the report says when it was published.
        dated_by: The words that say so.
        asks: What to ask before anything of it is entered.
        far: How far a draft lies from all that happened.
        fate: What became of a draft, by its id.
    """
    report = reading.report
    assert report.published is not None  # noqa: S101 - a reading sets it
    return ReadingAnswer(
        id=report.id,
        name=report.name,
        title=report.title,
        published=report.published,
        published_known=published_known,
        dated_by=dated_by,
        asks=asks,
        publisher=report.publisher,
        text=report.text,
        mentions=_mentions(reading),
        spellings=[Spelling(first=first, other=other) for first, other in reading.spellings],
        drafts=[_draft(draft, zone, fate, far) for draft in compared],
    )


def _mentions(reading: Reading) -> Mentions:
    return Mentions(
        quantities=[
            QuantityFound(start=one.start, end=one.end, what=one.what, low=one.amount.low, high=one.amount.high, about=one.amount.about, counts=one.is_count)
            for one in reading.quantities
            if one.sort != "measure"
        ],
        times=[TimeFound(start=one.start, end=one.end, first=one.span.start, last=one.span.end, ahead=one.ahead) for one in reading.times],
        places=[
            PlaceFound(start=one.start, end=one.end, place=lean(one.place.model_dump(mode="json")), says=place_words([one.place]), how=one.how)
            for one in reading.places
        ],
        speakers=[
            SpeakerFound(
                start=part.start, end=part.end, office=part.actor.office, organisation=part.actor.organisation, name=part.actor.name,
                direct=part.direct, confidence=part.confidence, why=part.why,
            )
            for part in reading.attributions
            if part.actor is not None
        ],
    )  # fmt: skip


def _draft(compared: Compared, zone: ZoneInfo, fate: Callable[[str], Fate], far: Callable[[Draft], str]) -> DraftFound:
    proposal, printed = compared.proposal, compared.printed
    draft = proposal.draft
    return DraftFound(
        id=draft.id,
        kind=draft.kind,
        says=draft.body.says(zone),
        where=place_words(draft.places),
        speaker=speaker(draft.source),
        span=Span(start=proposal.span.start, end=proposal.span.end),
        focus=Span(start=proposal.focus.start, end=proposal.focus.end),
        modality=proposal.modality,
        confidence=proposal.confidence,
        grade=proposal.grade,
        why=list(proposal.why),
        changes=compared.changes,
        clashes=[Clashing(id=one.id, says=one.says, speaker=one.speaker, in_record=one.in_record) for one in compared.clashes],
        printed=PrintedBefore(report=printed.report, name=printed.name, start=printed.span.start, end=printed.span.end)
        if printed
        else None,
        asks=far(draft),
        fate=fate(draft.id),
        entry={"kind": draft.kind, **json.loads(draft.content())},
    )
