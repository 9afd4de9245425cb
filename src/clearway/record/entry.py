"""An entry: one fact out of a report, with its source; never changed once it is written.

A **draft** is an entry before the record has numbered it. Its ``id`` is the client's own: sent twice, it is written once. An
entry ties itself to earlier ones: it *corrects* or *withdraws* them, *confirms* or *disputes* them; they stay readable.
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal, Self, get_args
from zoneinfo import ZoneInfo

from pydantic import Field, PrivateAttr, StringConstraints, model_validator

from clearway.errors import BadInput
from clearway.record.kinds import Body
from clearway.record.kinds.intake import Report
from clearway.record.kinds.talks import Remark
from clearway.record.kinds.vehicles import VehicleMoved
from clearway.record.moments import Span, written
from clearway.record.parts import Part, PastTime, StartTime, Time
from clearway.record.place import Place
from clearway.record.source import Source
from clearway.words import time_words

_UTC = ZoneInfo("UTC")

EntryId = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z][0-9A-Za-z._:-]{0,63}$")]
"""The client's own name for an entry: letters, digits, ``. _ : -``."""

StreamName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
"""An operation's name: lower case, digits and hyphens."""

Release = Literal["room", "partners", "public"]
"""Who may see an entry: the room alone, partner organisations too, everybody."""

RELEASES: frozenset[Release] = frozenset(get_args(Release))
"""Every release level."""


def may_have(release: Release) -> frozenset[Release]:
    """The levels of the entries that readers of one level may have.

    >>> sorted(may_have("partners"))
    ['partners', 'public']
    """
    levels = get_args(Release)
    return frozenset(levels[levels.index(release) :])


Entered = Literal["live", "imported"]
"""How an entry came into the record: written by the room as it learnt of it, or imported with the times of its file."""

Came = Literal["live", "late", "imported"]
"""The same as it is shown: what was entered live is late where it could have been known before."""

Knowledge = Literal["had", "could"]
"""What "known" means in a question: as the room had it, or as it could have been known."""

KNOWLEDGE_WORDS: dict[Knowledge, str] = {"had": "as the room had it", "could": "as it could have been known"}

SAME_MOMENT = timedelta(minutes=2)
"""``known`` and ``written`` no further apart are one moment: people type times to the minute and then have to send them, and
clocks that the network does not set differ by as much."""

FIRST_HASH = "0" * 64
"""What the first entry of a record is chained to."""


class Happened(Part):
    """When it happened: a moment, or the span that the words leave open."""

    start: StartTime
    end: Time
    said: str = Field("", max_length=200, description="the words it was given by")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.end < self.start:
            raise ValueError("it ends before it starts")
        return self

    @classmethod
    def of(cls, span: Span) -> Happened:
        """The same span as a part of an entry."""
        return cls(start=span.start, end=span.end, said=span.said)


class Draft(Part):
    """An entry that the record has not numbered yet."""

    id: EntryId
    body: Body
    happened: Happened
    known: PastTime = Field(description="when the room could first know it")
    source: Source = Source()
    places: tuple[Place, ...] = Field((), max_length=50)
    corrects: tuple[EntryId, ...] = Field((), max_length=50)
    withdraws: tuple[EntryId, ...] = Field((), max_length=50)
    confirms: tuple[EntryId, ...] = Field((), max_length=50)
    disputes: tuple[EntryId, ...] = Field((), max_length=50)
    release: Release = "room"
    entered: Entered | None = Field(None, description="how it came into the record; set by the record, absent in older ones")
    _known_is_now: bool = PrivateAttr(default=False)

    @classmethod
    def of_now(cls, fields: dict[str, Any], moment: datetime) -> Self:
        """A draft of which nobody said when the room could first know it: now. Sent again later, it is the same."""
        draft = cls.model_validate(fields | {"known": moment})
        draft._known_is_now = True  # noqa: SLF001 - its own
        return draft

    def says_the_same_as(self, other: Draft) -> bool:
        """Whether another draft says what was said in this one, however the two came into the record.

        What was not said in this one does not count.
        """
        mine = {"entered": other.entered} | ({"known": other.known} if self._known_is_now else {})
        return self.model_copy(update=mine).content() == other.content()

    def __eq__(self, other: object) -> bool:
        """Whether they have the same fields; who gave ``known`` is not one."""
        return isinstance(other, Draft) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        """By its id."""
        return hash(self.id)

    @model_validator(mode="after")
    def _ties(self) -> Self:
        tied = self.tied
        if self.id in tied:
            raise ValueError("an entry cannot be tied to itself")
        if self.corrects and isinstance(self.body, Remark):
            raise ValueError("a remark corrects nothing: enter the right fact with 'corrects', or 'withdraws' the wrong one")
        if why := self.body.unfit(self.places, self.release):
            raise ValueError(why)
        earliest = self.body.not_before
        if earliest is not None and self.happened.end < earliest:
            raise ValueError(
                f"a {self.kind} cannot be older than the picture that it rests on, of {time_words(earliest, _UTC)} UTC: "
                "correct 'happened', or name an earlier picture"
            )
        return self

    @property
    def kind(self) -> str:
        """The name of its kind."""
        return self.body.kind

    @property
    def tied(self) -> tuple[str, ...]:
        """The entries that it names."""
        return (*self.corrects, *self.withdraws, *self.confirms, *self.disputes)

    @property
    def text_mark(self) -> str | None:
        """The SHA-256 of the text that lies beside the record; None for all but reports."""
        return self.body.text_sha256 if isinstance(self.body, Report) else None

    @property
    def plate(self) -> tuple[str, datetime] | None:
        """The keyed hash of a plate that lies beside the record, and when it is to be deleted; None for most kinds."""
        return (self.body.vehicle, self.body.delete_by) if isinstance(self.body, VehicleMoved) else None

    def content(self) -> str:
        """The draft as canonical JSON: sorted names, no spaces, what is empty left out."""
        return canonical(lean(self.model_dump(mode="json")))


class Entry(Part):
    """A draft once it is in the record.

    ``seq`` numbers the whole record from 1 without a gap, ``version`` the entries of one stream; ``hash`` chains it to the
    entry before it.
    """

    seq: int = Field(ge=1)
    stream: StreamName
    version: int = Field(ge=1)
    written: Time
    draft: Draft
    hash: str = Field(pattern=r"^[0-9a-f]{64}$")

    @property
    def id(self) -> str:
        """The client's own name for it."""
        return self.draft.id

    @property
    def had_from(self) -> datetime:
        """From when the room had it: since it was written, if it was entered live; else since it could be known."""
        return self.written if self.draft.entered == "live" else self.draft.known

    @property
    def came(self) -> Came | None:
        """How it came into the record; None in records of before, which do not say."""
        late = self.draft.entered == "live" and self.written - self.draft.known > SAME_MOMENT
        return "late" if late else self.draft.entered

    def counts_from(self, knowledge: Knowledge) -> datetime:
        """From when it belongs to what was known."""
        return self.had_from if knowledge == "had" else self.draft.known

    def as_json(self) -> dict[str, Any]:
        """The entry as JSON: the draft's fields beside the record's own."""
        return {
            "seq": self.seq,
            "stream": self.stream,
            "version": self.version,
            "written": written(self.written),
            "hash": self.hash,
            **json.loads(self.draft.content()),
        }


def chained(before: str, seq: int, stream: str, version: int, moment: datetime, content: str) -> str:
    """SHA-256 over the hash before and everything that an entry says.

    Args:
        before: The hash of the entry before, ``FIRST_HASH`` for the first.
        seq: Its number in the record.
        stream: Its stream.
        version: Its number in the stream.
        moment: When it was written.
        content: The draft as canonical JSON.
    """
    parts = (before, str(seq), stream, str(version), written(moment), content)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def refuse_future(draft: Draft, moment: datetime) -> None:
    """Refuse what nobody can know yet.

    Args:
        draft: To be written.
        moment: When it is written.

    Raises:
        BadInput: it is known from a time that has not come.
    """
    if draft.known - moment > SAME_MOMENT:
        raise BadInput(
            f"Entry {draft.id!r} says that it was known at {draft.known:%Y-%m-%d %H:%M} UTC, and it is only "
            f"{moment:%Y-%m-%d %H:%M} UTC. Give in 'known' when the room learnt of it, or leave it out to say now."
        )


def canonical(value: object) -> str:
    """JSON with sorted names and no spaces: equal values give equal texts.

    >>> canonical({"b": 1, "a": "ā"})
    '{"a":"ā","b":1}'
    """
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def lean(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """JSON without what is empty: null, no text, no list, no fields.

    >>> lean({"a": None, "b": {"c": ""}, "d": 0, "e": [""]})
    {'d': 0, 'e': ['']}
    """
    if isinstance(value, dict):
        return {name: kept for name, part in value.items() if (kept := lean(part)) not in (None, "", [], {})}
    return [lean(part) for part in value] if isinstance(value, list) else value


def now() -> datetime:
    """This moment, UTC."""
    return datetime.now(UTC)
