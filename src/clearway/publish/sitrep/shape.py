"""What a situation report is made of: lines with their sources, sections, drawings, and the head of its first page."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from datetime import datetime

    from clearway.record.entry import Release

Standing = Literal["", "confirmed", "said", "reported", "contested"]
"""How sure a line is; empty where that is no question."""


@dataclass(frozen=True, slots=True)
class Item:
    """One line with its source.

    Attributes:
        text: A sentence.
        source: Who said it, with grade and time; empty where the line follows from several.
        reference: The number of the document, 0 for none.
        ids: The entries it rests on.
        new: Whether it is new since the last report.
        standing: How sure it is, where the heading does not say so.
    """

    text: str
    source: str = ""
    reference: int = 0
    ids: tuple[str, ...] = ()
    new: bool = False
    standing: Standing = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its lines."""

    heading: str
    items: tuple[Item, ...] = ()
    lead: str = ""
    parts: tuple[Section, ...] = ()

    @property
    def says_something(self) -> bool:
        """Whether there is more than the heading."""
        return bool(self.items or self.parts or self.lead)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawing and what it shows.

    Attributes:
        caption: In a sentence.
        svg: The drawing.
        key: What each number on it stands for.
    """

    caption: str
    svg: str
    key: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """What people say of a report; all else comes from the record.

    Attributes:
        number: Of the report.
        author: Whose report it is.
        approver: Who approved it.
        marking: As it stands on every page; by default what its release level says.
        distribution: Who gets it.
        next_due: When the next one is due.
        release: Who may have it.
        since: When the last report was made; by default that of the last one that was issued, else a day before.
    """

    number: int | None = None
    author: str = ""
    approver: str = ""
    marking: str = ""
    distribution: tuple[str, ...] = ()
    next_due: datetime | None = None
    release: Release = "room"
    since: datetime | None = None


MARKINGS: dict[Release, str] = {
    "room": "For the operations room only",
    "partners": "For partner organisations",
    "public": "For the public",
}
"""The marking of a report by its release level."""


@dataclass(frozen=True, slots=True)
class Sitrep:
    """A situation report.

    Attributes:
        title: The operation's.
        as_of: About when, as known when, since when.
        marking: Who may have it.
        head: Labels and what stands beside them on the first page.
        front: The first page: in short, what changed, intent, what is needed from whom.
        methane: Letter, heading and lines.
        sections: Everything else.
        sources: Documents, in the order of their numbers.
        map: The sketch map, None where no network is known.
        plots: The figures that matter most.
        notices: Lines that a map must show.
        anchor: Where the record ended that it is made of: the last entry's number, hash and moment; None for an empty one.
        anchored: The same in words, with how to check it; empty for an empty one.
        since: From when it tells what changed.
    """

    title: str
    as_of: str
    marking: str
    head: tuple[tuple[str, str], ...]
    front: tuple[Section, ...]
    methane: tuple[tuple[str, str, tuple[Item, ...]], ...]
    sections: tuple[Section, ...]
    sources: tuple[str, ...]
    since: str
    map: Drawn | None = None
    plots: tuple[Drawn, ...] = ()
    notices: tuple[str, ...] = field(default=())
    anchor: dict[str, Any] | None = None
    anchored: str = ""

    def as_json(self) -> dict[str, Any]:
        """The report as JSON."""
        return asdict(self)
