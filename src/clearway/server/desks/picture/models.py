"""The contract of the routes about operations; pictures are of ``clearway.picture.contract``. Times are UTC."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, SkipValidation

from clearway.picture.contract import Anchor, Fact, Moment
from clearway.planning.whereabouts import Certainty
from clearway.record.entry import EntryId, Happened, Release, StreamName
from clearway.record.kind import Sign
from clearway.record.parts import Text
from clearway.record.place import Place
from clearway.record.source import Source
from clearway.server.contract import Answer
from clearway.shapes import Exact, LineCoordinates, Position

_Ids = Annotated[list[EntryId], Field(max_length=50, description="ids of entries")]


class OperationSummary(Answer):
    """One operation of this server's record."""

    id: str
    title: str
    zone: str = Field(description="time zone, as Pacific/Auckland")
    first_day: date | None = Field(description="date of day 1; null where unknown")
    network: str | None = Field(description="its network")
    entries: int


class TimelineHour(Answer):
    """How many entries became known in an hour."""

    start: Moment
    entries: int = Field(description="as the room had them")
    could_be_known: int = Field(description="as they could have been known")


class OperationDetails(OperationSummary):
    """All that the page must know to open an operation."""

    seq: int = Field(description="number of the last entry; follow the stream from here")
    anchor: Anchor | None = Field(description="that entry with its hash, to be noted down elsewhere; null where there is none")
    first_known: Moment | None = Field(description="when the first entry could be known; null where there is none")
    last_known: Moment | None
    first_happened: Moment | None = Field(
        description="when the first thing happened that an entry tells of; null where none does"
    )
    last_happened: Moment | None = Field(description="when the last did; what is learnt later, or planned, does not move it")
    timeline: list[TimelineHour]


class OperationQuestion(Exact):
    """An operation to be opened."""

    id: StreamName
    title: Annotated[str, Field(min_length=1, max_length=200)]
    zone: str | None = Field(
        None, description="time zone, as Pacific/Auckland; default: that of its network where one is named, else UTC"
    )
    first_day: date | None = None
    network: Text | None = Field(None, description="the network that it plays on, by its id; default: the server's first")
    type: Text | None = Field(None, description="an occupation, a march, a street event")
    where: Text | None = Field(None, description="where it is, in words")


class EntryQuestion(Exact):
    """An entry to be written. Sent twice with the same id, it is written once.

    Every field takes what people type: "day 17 7pm", "about 300", "Concrete blocks", "Lambton Quay at Bowen Street", one text
    or several. They are read as everywhere else, and what is wrong is said in the same words.
    """

    id: EntryId | None = Field(None, description="the client's own id for it; default: a new one")
    kind: str = Field(description="one of GET /api/kinds")
    body: dict[str, Any] = Field(description="the kind's own fields, as GET /api/kinds describes them")
    happened: SkipValidation[str | Happened] = Field(
        description="'day 17 7pm', '24 Feb 6pm', 'day 23 overnight', 'about 7pm', '2022-02-18T19:05+13:00'; or A to B"
    )
    known: str | None = Field(
        None,
        description="when the room could first know it, in the same words, not in the future; default: now. "
        "The room has it from when it is written, whatever this says",
    )
    read_at: str | None = Field(
        None, description="from when words such as '7pm', 'yesterday' and 'tomorrow noon' are read; default: 'known'"
    )
    source: SkipValidation[str | Source] = Field(
        Source(), description="or 'officer at gate 3, Police': the office, the organisation"
    )
    places: SkipValidation[list[Place | str] | Place | str] = Field(
        [], description="one or up to 50; each a place, or words such as 'Lambton Quay at Bowen Street'"
    )
    place: SkipValidation[Place | str | None] = Field(None, description="instead of 'places', where there is one")
    corrects: _Ids = Field([])
    withdraws: _Ids = Field([])
    confirms: _Ids = Field([])
    disputes: _Ids = Field([])
    release: Release = "room"

    def given(self) -> dict[str, Any]:
        """The fields that were sent, as they were sent; null where it means that nothing was said counts as not sent."""
        sent = {name: getattr(self, name) for name in self.model_fields_set}
        return {
            name: value
            for name, value in sent.items()
            if value is not None or type(self).model_fields[name].default is not None
        }


class TimeRead(Answer):
    """What was typed as a time."""

    moment: Moment = Field(description="what it comes down to; the end of what it leaves open: of a day its last minute")
    start: Moment = Field(description="where what it leaves open begins")
    day: int | None = Field(description="which day of the operation that is; null where no first day is known")
    words: str = Field(description="the moment in the operation's own time, such as 'Fri 18 Feb 2022 19:05'")


class TimesBeside(Answer):
    """The moments beside one at which an entry joined the picture."""

    before: Moment | None = Field(description="the last one before it; null where there is none")
    after: Moment | None = Field(description="the first one after it; null where there is none")


Relation = Literal["corrects", "withdraws", "confirms", "disputes"]
"""How one entry is tied to another."""


class BatchAnswer(Answer):
    """What became of a batch."""

    written: int = Field(description="entries that are new in the record")
    there_already: int = Field(description="entries that it held before")
    ids: list[str] = Field(description="of all of them, in the order in which they were sent")
    notices: list[str] = Field([], description="what its writer should know, by the number of the entry in the list")


class ChangeOf(Answer):
    """One field of which two entries say different things, in words."""

    what: str = Field(description="the field, such as 'Vehicles left'")
    before: str = Field(description="what the earlier says; 'not stated' where it says nothing")
    after: str


class Tie(Answer):
    """How another entry is tied to this one."""

    relation: Relation = Field(description="an entry that would correct what another body said disputes it")
    to_this: bool = Field(description="true: the other one does it to this; false: this one does it to the other")
    fact: Fact
    changes: list[ChangeOf] = Field(
        [], description="of a correction, and of a dispute that says otherwise: what the later says otherwise, field by field"
    )


class EntryAnswer(Answer):
    """One entry with its place in the record and what is tied to it."""

    fact: Fact
    operation: str
    version: int
    hash: str = Field(description="chains it to the entry before")
    ties: list[Tie]
    said: list[str] = Field([], description="the very words of reports and notes that it rests on, where they are still kept")
    body_typed: dict[str, str] = Field({}, description="fields of its body that hold places, in such words too")
    where_typed: str = Field("", description="its places in the words that are read as these places again")
    notices: list[str] = Field(
        [],
        description="what its writer should know: that it corrects nothing of another body's; right after it was written, also "
        "what POST .../check would have asked",
    )


class EntryCheck(Answer):
    """What an entry would say if it were written now. Nothing is written."""

    says: str
    where: str
    when: str = Field(description="when it happened, as its words were read")
    speaker: str
    changes: list[ChangeOf] = Field(description="what it says otherwise than the entry that it corrects or disputes")
    notices: list[str] = Field(
        description="what its writer should know: that a correction stands as a dispute, that it has no grade"
    )
    asks: list[str] = Field(
        description="what to ask before it is written: that it lies far from everything else, or was known before it happened"
    )


class SpeakerName(Answer):
    """Somebody whose word the record holds."""

    office: str | None
    organisation: str | None
    medium: str = Field(description="how they were heard last")
    grade: str = Field(description="their last grade")
    entries: int


class PlaceName(Answer):
    """A place that the record names."""

    words: str = Field(description="read as the same place again")
    entries: int


class Names(Answer):
    """Whom and what the record names, for those who type: the most used first."""

    speakers: list[SpeakerName]
    places: list[PlaceName]


class MarkProperties(Answer):
    """What a mark on the map stands for."""

    entry: str
    kind: str
    sign: Sign
    says: str
    seq: int
    age_s: float
    certainty: Certainty = Field(description="how surely it lies there; what is somewhere on a street has a line and no point")
    where: str = Field(description="what its place was taken for, in a sentence")


class MarkPoint(Answer):
    """Where it is."""

    type: Literal["Point"]
    coordinates: Position


class MarkLines(Answer):
    """The pieces of a street."""

    type: Literal["MultiLineString"]
    coordinates: list[LineCoordinates]


class MarkFeature(Answer):
    """One place of one fact."""

    type: Literal["Feature"]
    properties: MarkProperties
    geometry: Annotated[MarkPoint | MarkLines, Field(discriminator="type")]


class MarkCollection(Answer):
    """Where the facts of a picture lie, as GeoJSON."""

    type: Literal["FeatureCollection"]
    features: list[MarkFeature]
