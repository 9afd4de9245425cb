"""What a picture says, as the API, the command line and documents share it. Times are UTC, ages and waits in seconds."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, PlainSerializer

from clearway.record.entry import Came, Knowledge
from clearway.record.kinds.figures import FigureKind
from clearway.record.moments import written
from clearway.shapes import Shape
from clearway.words import time_words

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from clearway.record.entry import Happened

Moment = Annotated[datetime, PlainSerializer(written, return_type=str)]
"""A moment in UTC."""


Standing = Literal["in_force", "replaced", "corrected", "withdrawn"]
"""Whether an entry still counts."""


class When(Shape):
    """When something happened: a moment, or the span that the words leave open."""

    start: Moment
    end: Moment
    said: str = Field("", description="the words it was given by")

    @classmethod
    def of(cls, span: Happened) -> When:
        """When an entry happened, as its draft says it."""
        return cls(start=span.start, end=span.end, said=span.said)


class WordsOf(Shape):
    """Words of a report that the record holds."""

    report: str = Field(description="id of the report's entry")
    start: int = Field(description="first character, from 0")
    end: int = Field(description="behind the last character")


class FactSource(Shape):
    """Who said it, and where it can be read again."""

    office: str | None = None
    organisation: str | None = None
    name: str | None = Field(None, description="of a public figure, as the report spells it")
    medium: str = "other"
    document: str | None = None
    title: str | None = Field(None, description="of that document, as it was published")
    publisher: str | None = Field(None, description="of that document")
    published: Moment | None = None
    words: list[WordsOf] = Field([], description="where a report that the record holds says so")
    grade: str = Field(description="by the Admiralty code: B2; 'not graded' where nobody is named")
    speaker: str = Field(description="office and organisation in one")
    short: str = Field(description="the office alone where it says for whom")


class Fact(Shape):
    """One entry in force, with its source and its age."""

    id: str
    seq: int
    kind: str
    says: str = Field(description="the entry in a sentence")
    where: str = Field(description="its places in words")
    body: dict[str, Any] = Field(description="the entry's own fields; GET /api/kinds describes them")
    happened: When
    known: Moment
    written: Moment
    came: Came | None = Field(
        description="live: written as the room learnt of it; late: it could have been known before it was written; imported: "
        "from a file, so the room is taken to have had it when it was known; null: an older record does not say"
    )
    had_from: Moment = Field(description="from when the room had it: 'written' if it came live or late, else 'known'")
    source: FactSource
    places: list[dict[str, Any]]
    age_s: float = Field(ge=0, description="since it happened, at the moment that is looked at")
    release: Literal["room", "partners", "public"]
    corrects: list[str]
    standing: Standing = Field(
        "in_force", description="in_force; replaced: the same thing was said anew; corrected: by the same body; withdrawn"
    )
    part: str = Field("", description="which part of an entry that names several classes; empty for one that names one")
    confirmed_by: list[str] = Field(description="entries in force that confirm it")
    disputed_by: list[str] = Field(description="entries in force that dispute it")


class Band(Shape):
    """How many there probably were at a moment: nine times in ten between low and high."""

    at: Moment
    low: float
    likely: float
    high: float


class Clash(Shape):
    """Two statements that exclude each other."""

    first: str
    second: str


class PushOf(Shape):
    """Something expected, announced or done that moves the forecast of a figure: a stated drift, which can be left out."""

    entry: str = Field(description="its entry; 'without' leaves it out")
    says: str
    direction: Literal["more", "fewer"]
    starts: Moment
    ends: Moment
    strength: float = Field(description="by what share it moves the figure in a day, at its source's grade: 0.1 is a tenth")
    is_used: bool = Field(description="whether it moves the forecast; false where it is left out")


class CountOf(Shape):
    """One figure: what was said of it, by whom, where they clash, and an estimate that stands beside and replaces nothing."""

    key: str = Field(description="names this figure within the operation")
    what: str
    group: str | None
    where: str
    places: list[dict[str, Any]]
    latest: list[Fact] = Field(description="each speaker's last word, the newest first")
    clashes: list[Clash]
    statements: list[Fact] = Field(description="the oldest first")
    flows: list[Fact] = Field(description="what came and went, the oldest first")
    kind: FigureKind = Field(
        description="population: there at a moment, so it is estimated; tally: a total that never falls; list: as it was said"
    )
    history: str = Field("", description="of a tally: its last word, and what was said before it")
    corrected: list[str] = Field(
        [], description="what a body said before it corrected itself: 'Police first said 800, corrected 14:10 to 450'"
    )
    part_of: str | None = Field(None, description="key of the figure of everybody at the same place, of which it is a part")
    stale_since: Moment | None = Field(
        None, description="since when bodies only repeat their rounded figures; null while the newest word is a new figure"
    )
    not_known_since: Moment | None = Field(None, description="the last word, where it is too old for an estimate")
    pushes: list[PushOf] = Field([], description="what moves the forecast, beside the figures themselves")
    estimate: Band | None = Field(description="null where nothing can be: of a tally or list, from bounds on one side, too old")
    estimate_rests_on: int = Field(description="how many organisations' words it rests on")
    band: list[Band] = Field(description="the estimate before the moment shown and the forecast after it, if asked for")


class Promised(Fact):
    """A promise."""

    outcome: Literal["open", "kept", "not_kept", "overtaken"]
    due: Moment | None
    overdue: bool = Field(description="its time has passed and no outcome is entered")
    proposed: list[str] = Field(
        [], description="later entries that may show it done; somebody has to look and enter the outcome, nothing sets it"
    )


class Intended(Fact):
    """Something hoped for, under way, threatened or announced."""

    status: str = Field(description="how it stands, in words: 'under way', 'lapsed; nobody has said what came of it'")
    is_past: bool = Field(description="its time has passed and nobody has said what came of it")
    is_over: bool = Field(description="nothing more is to come of it")
    due: Moment | None


class Requested(Fact):
    """A request to meet, or for a resource."""

    unanswered: bool
    waiting_s: float | None = Field(description="since it was first made; null once it is answered")


class Conditional(Fact):
    """A condition, tied to figures where it names one."""

    met: bool | None = Field(description="null if it is not known")
    decided_by: list[str] = Field(description="the statements that decide it")
    open_because: str = Field("", description="why no figure decides it, where it names one")


ContestedKind = Literal["clash", "same", "disputed", "refuted", "verified", "spelling", "single_source"]


class Contested(Shape):
    """Something that should not be taken for settled, or that was and is now verified."""

    kind: ContestedKind
    says: str
    facts: list[Fact]


class OnFoot(Shape):
    """Whether people on foot may pass, as it was said; or that nobody has said."""

    says: str
    is_said: bool = Field(description="false where nobody has said")
    facts: list[Fact] = Field(description="the rule, or what bars the way while nobody has said")


class Anchor(Shape):
    """Where the record ended: its hash stands for every entry up to this one, of whichever operation.

    Noted down elsewhere, it shows later whether any of them was changed: ``clearway record verify --head SEQ:HASH``.
    """

    seq: int = Field(description="number of the entry")
    hash: str = Field(description="its SHA-256 over what it says and over the hash of the entry before")
    written: Moment = Field(description="when it was written")

    def says(self, zone: ZoneInfo) -> str:
        """What it is, and how to use it, in three sentences."""
        return (
            f"The record up to entry {self.seq}, written {time_words(self.written, zone)}. Its hash: {self.hash}. "
            f"To check it later: clearway record verify --head {self.seq}:{self.hash}"
        )


class StretchTally(Shape):
    """The newest tally of one stretch of street."""

    entry: str
    where: str
    says: str
    low: float = Field(ge=0, description="vehicles of all types, at least")
    high: float | None = Field(description="at most; null where nobody said")
    age_s: float = Field(ge=0, description="since it was counted, at the moment that is looked at")
    assumed: bool = Field(description="whether nobody counted")


class TallySum(Shape):
    """What the newest tallies of all stretches that were counted come to: vehicles on some streets, not a total of all."""

    low: float = Field(ge=0, description="at least")
    high: float | None = Field(description="at most; null where a tally has no upper bound")
    about: bool = Field(description="whether a tally was given with 'about' or the like")
    stretches: list[StretchTally] = Field(description="by name")
    assumed: int = Field(ge=0, description="how many of them nobody counted")
    oldest_s: float = Field(ge=0, description="age of the oldest")
    says: str = Field(description="the sum in a sentence, with what is not in it")


class PictureAnswer(Shape):
    """What the room believes about a moment, given what it knew at another."""

    at: Moment
    known_at: Moment
    knowledge: Knowledge = Field(description="had: as the room had it; could: as it could have been known")
    title: str
    zone: str
    first_day: date | None
    day: int | None = Field(description="which day of the operation it is; null where no first day is known")
    entries: int = Field(description="how many entries of this operation were known by then")
    anchor: Anchor | None = Field(None, description="the last entry of those; null where there is none")
    counts: list[CountOf] = Field(description="figures of everybody before those of parts, people and vehicles first")
    states: list[Fact] = Field(description="the latest of everything that has a state")
    ended: list[Fact] = Field(
        [],
        description="states and notices that are over by their own words; what is so now, nobody has said",
    )
    coming: list[Fact] = Field([], description="states that are announced and have not begun")
    on_foot: list[OnFoot] = Field([], description="who may pass on foot, wherever a way is barred")
    flows: list[Fact] = Field(description="what came and went, the newest first")
    events: list[Fact] = Field(description="what happened or was said, the newest first")
    promises: list[Promised]
    intents: list[Intended] = Field([], description="hopes, work under way, threats and ultimatums, announced steps")
    requests: list[Requested]
    conditions: list[Conditional]
    contested: list[Contested]
    tallies: TallySum | None = Field(
        None, description="vehicles on the stretches that were counted, beside the figures said of all"
    )


class Changes(Shape):
    """What one picture has over an earlier one."""

    since_at: Moment
    since_known_at: Moment
    new: list[Fact] = Field(description="in the picture now and not before, the newest first")
    gone: list[Fact] = Field(description="replaced by a later word, corrected, withdrawn or over")
    newly_overdue: list[Promised]
    newly_past: list[Intended] = Field([], description="their time has passed since, and nobody has said what came of it")
    newly_contested: list[Contested]
