"""Who said it, for whom, in what, and how far it can be relied on."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from clearway.record.parts import Part, PastTime, Text
from clearway.shapes import whole

Reliability = Literal["A", "B", "C", "D", "E", "F"]
"""Of a source, by the Admiralty code: A completely reliable ... E unreliable, F cannot be judged."""

Credibility = Annotated[int, BeforeValidator(whole), Field(ge=1, le=6)]
"""Of a report, by the Admiralty code: 1 confirmed by other sources ... 5 improbable, 6 cannot be judged."""

Medium = Literal[
    "radio",
    "observation",
    "telephone",
    "message",
    "stand_up",
    "press_release",
    "article",
    "interview",
    "form",
    "document",
    "other",
]
"""In what kind of thing something was said; in the order of the entry form."""


NOT_GRADED = "not graded"
"""In the place of a grade where nobody is named."""


class Words(Part):
    """The words of a report that support an entry: from the first character to behind the last."""

    report: str = Field(pattern=r"^[0-9A-Za-z][0-9A-Za-z._:-]{0,63}$", description="id of the entry that holds the report")
    start: int = Field(ge=0, description="first character, from 0")
    end: int = Field(gt=0, description="behind the last character")

    @model_validator(mode="after")
    def _in_order(self) -> Words:
        if self.end <= self.start:
            raise ValueError("the words end before they start")
        return self


class Source(Part):
    """Who spoke, and where it can be read again. Public figures by their office; others by their role, never by name."""

    office: Text | None = Field(
        None, description="who spoke: an office or a role, such as 'Police Commissioner' or 'a bystander'"
    )
    organisation: Text | None = Field(None, description="for whom")
    name: Text | None = Field(
        None,
        description="of a public figure or spokesperson, as the report spells it, beside their office; never of anybody else",
    )
    medium: Medium = Field("other", description="in what kind of thing it was said")
    document: Text | None = Field(None, description="in which: a title, a file, a log's number")
    title: Text | None = Field(None, description="of that document, as it was published")
    publisher: Text | None = Field(None, description="of that document")
    published: PastTime | None = Field(None, description="when it was published")
    words: tuple[Words, ...] = Field((), max_length=20, description="where reports that the record holds say so")
    reliability: Reliability = Field("F", description="of the source: A to F of the Admiralty code")
    credibility: Credibility = Field(6, description="of this report: 1 to 6 of the Admiralty code")

    @property
    def grade(self) -> str:
        """The Admiralty grade, such as B2; "not graded" where nobody is named: there is nobody to rely on."""
        return f"{self.reliability}{self.credibility}" if is_named(self) else NOT_GRADED

    @property
    def weight(self) -> tuple[Reliability, Credibility]:
        """How far it is relied on: by its grade; not at all where nobody is named."""
        return (self.reliability, self.credibility) if is_named(self) else ("F", 6)


def is_named(source: Source) -> bool:
    """Whether it says whose word something is."""
    return any((source.office, source.organisation, source.name, source.publisher))


def speaker(source: Source) -> str:
    """Who spoke, for whom.

    >>> speaker(Source(office="Commissioner", organisation="Police")), speaker(Source())
    ('Commissioner, Police', 'source not given')
    """
    return ", ".join(filter(None, (source.office, source.organisation))) or "source not given"


def body_of(source: Source) -> str:
    """For whom somebody spoke, without case and double spaces: their organisation, or their office where none is named.

    >>> body_of(Source(office="Inspector", organisation="Harbour  Police")), body_of(Source())
    ('harbour police', '')
    """
    return " ".join((source.organisation or source.office or "").casefold().split())


def short_speaker(source: Source) -> str:
    """The office alone where it says for whom; "President" and "a spokesperson" do not.

    >>> short_speaker(Source(office="Police Commissioner", organisation="Police"))
    'Police Commissioner'
    >>> short_speaker(Source(office="President", organisation="Police Association"))
    'President, Police Association'
    """
    office = source.office or ""
    return office if office[:1].isupper() and " " in office else speaker(source)


def voice(source: Source) -> str:
    """Whose word follows whose: the office within its organisation, by however many names."""
    return f"{(source.office or '').casefold()} / {(source.organisation or '').casefold()}"
