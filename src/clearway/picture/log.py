"""The log: every entry of an operation in a flat list, with how it stands, filtered, put in order."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from clearway.picture.contract import Moment, Standing, When
from clearway.picture.facts import where_words
from clearway.picture.index import PictureIndex
from clearway.picture.standing import Standings, Stands
from clearway.record.entry import Happened, Release
from clearway.record.findable import findable, holds, words_of
from clearway.record.source import short_speaker, speaker
from clearway.shapes import Shape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from clearway.record.entry import Entry

Sort = Literal["happened", "known", "written", "kind", "place", "who", "grade", "release"]

_MOST_NAMES = 60
"""So many speakers and places are offered to choose from, the most frequent."""
_ALL = 1 << 30


class LogLine(Shape):
    """One entry of the log."""

    id: str
    seq: int = Field(description="number of the entry in the record")
    kind: str
    says: str = Field(description="the entry in a sentence")
    where: str = Field(description="its places in words")
    who: str = Field(description="who said it, as it is shown")
    speaker: str = Field(description="the office, for whom")
    document: str = Field(description="in which it was said; empty where it is not known")
    grade: str = Field(description="of the Admiralty code, such as B2")
    happened: When
    known: Moment
    had_from: Moment = Field(description="from when the room had it")
    written: Moment
    release: Release
    standing: Standing = Field(
        description="in_force; replaced: the same thing was said anew; corrected: by the same body; withdrawn"
    )
    replaced_by: list[str] = Field(description="ids of the entries that correct or withdraw it")


class LogCount(Shape):
    """How many lines of the log have something in common."""

    name: str
    count: int


class LogAnswer(Shape):
    """A part of the log."""

    entries: int = Field(description="how many entries the operation has that the asker may see")
    total: int = Field(description="how many of them fit what was asked")
    offset: int = Field(description="number of the first line given, from 0")
    lines: list[LogLine]
    kinds: list[LogCount] = Field(description="the kinds of all entries, the most frequent first")
    speakers: list[LogCount] = Field(description="who said most of them")
    places: list[LogCount] = Field(description="where most of them are")


@dataclass(frozen=True, slots=True, kw_only=True)
class LogQuestion:
    """Which lines, and in which order.

    Attributes:
        words: All of them stand in the entry.
        kinds: Of one of these; of any where there are none.
        place: All of these words name its place.
        who: All of these words name who said it, for whom, or in what.
        since: It happened then or later, or went on after it.
        until: It happened then or earlier.
        releases: Of one of these levels; of any where there are none.
        standings: How it stands; any where there are none.
        sort: By what.
        descending: Whether the last comes first.
    """

    words: str = ""
    kinds: Sequence[str] = ()
    place: str = ""
    who: str = ""
    since: datetime | None = None
    until: datetime | None = None
    releases: Sequence[Release] = ()
    standings: Sequence[Standing] = ()
    sort: Sort = "happened"
    descending: bool = True


@dataclass(slots=True)
class _Row:
    """An entry as a line of the log, and what it is found by."""

    id: str
    seq: int
    kind: str
    says: str
    where: str
    who: str
    speaker: str
    document: str
    grade: str
    happened: Happened
    known: datetime
    had_from: datetime
    written: datetime
    release: Release
    words: str
    place_words: str
    who_words: str

    def told(self, stands: Stands) -> LogLine:
        """The line, by how the entry stands."""
        said = self.happened
        return LogLine.model_construct(
            **{name: getattr(self, name) for name in _SAME},
            happened=When.model_construct(start=said.start, end=said.end, said=said.said),
            standing=stands.standing,
            replaced_by=list(stands.by),
        )


_SAME = tuple(LogLine.model_fields.keys() - {"happened", "standing", "replaced_by"})
"""What a line says as its row has it."""

_SORTED: dict[Sort, Callable[[_Row], tuple[object, ...]]] = {
    "happened": lambda row: (row.happened.start, row.seq),
    "known": lambda row: (row.known, row.seq),
    "written": lambda row: (row.seq,),
    "kind": lambda row: (row.kind, row.happened.start, row.seq),
    "place": lambda row: (row.place_words, row.happened.start, row.seq),
    "who": lambda row: (row.who.casefold(), row.happened.start, row.seq),
    "grade": lambda row: (row.grade, row.happened.start, row.seq),
    "release": lambda row: (row.release, row.happened.start, row.seq),
}


class Log:
    """The log of one operation as somebody may see it, with the index of its entries. Not safe for several threads at once.

    Args:
        zone: The operation's time zone.
    """

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone
        self.seq = 0
        """How far the record was taken up."""
        self.index = PictureIndex()
        self._rows: list[_Row] = []
        self._standings: Standings | None = None

    @property
    def size(self) -> int:
        """How many lines it has."""
        return len(self._rows)

    @property
    def standings(self) -> Standings:
        """How its entries stand."""
        if self._standings is None:
            self._standings = Standings(self.index)
        return self._standings

    def take_up(self, entries: Iterable[Entry], releases: Iterable[Release]) -> None:
        """Take up what is new.

        What a hidden entry withdraws or corrects is void for everybody: a wrong report is shown to nobody.

        Args:
            entries: Of the whole record, in its order.
            releases: The levels that may be seen.
        """
        seen, before = frozenset(releases), self.seq
        hidden: list[Entry] = []

        def shown() -> Iterator[Entry]:
            for entry in entries:
                self.seq = entry.seq
                if entry.draft.release in seen:
                    self._rows.append(self._row(entry))
                    yield entry
                else:
                    hidden.append(entry)

        try:
            self.index.add(shown())
        finally:  # the database may go away in the middle, and what was read is not read again
            self.index.add_hidden(hidden)
            if self.seq != before:
                self._standings = None

    def answer(self, question: LogQuestion, *, offset: int = 0, limit: int = _ALL) -> LogAnswer:
        """The lines that fit a question.

        Args:
            question: Which, and in which order.
            offset: How many to pass over.
            limit: At most so many.
        """
        standings = self.standings
        fits = _fitting(question, standings)
        found = [row for row in self._rows if fits(row)]
        found.sort(key=_SORTED[question.sort], reverse=question.descending)
        return LogAnswer.model_construct(
            entries=len(self._rows),
            total=len(found),
            offset=offset,
            lines=[row.told(standings.of(row.id, row.seq, row.kind)) for row in found[offset : offset + limit]],
            kinds=_counts(row.kind for row in self._rows),
            speakers=_counts(row.speaker for row in self._rows)[:_MOST_NAMES],
            places=_counts(row.where for row in self._rows)[:_MOST_NAMES],
        )

    def _row(self, entry: Entry) -> _Row:
        draft = entry.draft
        source, says, where = draft.source, draft.body.says(self.zone), where_words(draft.body, draft.places)
        who = " ".join(filter(None, (source.office, source.organisation, source.name, source.document, source.publisher)))
        own = " ".join(_texts(draft.body.model_dump(mode="json")))
        words = findable(f"{says} {own} {source.title or ''} {entry.id} {draft.kind.replace('_', ' ')}")
        return _Row(
            id=entry.id,
            seq=entry.seq,
            kind=draft.kind,
            says=says,
            where=where,
            who=short_speaker(source),
            speaker=speaker(source),
            document=source.document or source.title or "",
            grade=source.grade,
            happened=draft.happened,
            known=draft.known,
            had_from=entry.had_from,
            written=entry.written,
            release=draft.release,
            words=f"{words}{_often(where)}{_often(who)}",
            place_words=_often(where),
            who_words=_often(who),
        )


_often = lru_cache(maxsize=4096)(findable)
"""The same few places and speakers come again and again."""


def _fitting(question: LogQuestion, how: Standings) -> Callable[[_Row], bool]:
    words, place, who = words_of(question.words), words_of(question.place), words_of(question.who)
    kinds, releases, standings = frozenset(question.kinds), frozenset(question.releases), frozenset(question.standings)
    since, until = question.since, question.until

    def fits(row: _Row) -> bool:
        return (
            (not kinds or row.kind in kinds)
            and (not releases or row.release in releases)
            and (not standings or how.of(row.id, row.seq, row.kind).standing in standings)
            and (since is None or row.happened.end > since or row.happened.start >= since)
            and (until is None or row.happened.start <= until)
            and (not words or holds(row.words, words))
            and (not place or holds(row.place_words, place))
            and (not who or holds(row.who_words, who))
        )

    return fits


def _counts(names: Iterable[str]) -> list[LogCount]:
    found = Counter(filter(None, names)).most_common()
    return [LogCount.model_construct(name=name, count=count) for name, count in found]


def _texts(value: object) -> Iterable[str]:
    """Every text in a value of JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
