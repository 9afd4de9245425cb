"""The log: every entry of an operation in a flat list, told apart by whether it still holds, filtered, put in order."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from clearway.picture.contract import Moment, When
from clearway.picture.facts import voice, where_words
from clearway.record.entry import Release
from clearway.record.findable import findable, holds, words_of
from clearway.record.kind import Role
from clearway.record.kinds import KINDS
from clearway.record.source import body_of, short_speaker, speaker
from clearway.shapes import Shape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from zoneinfo import ZoneInfo

    from clearway.picture.index import PictureIndex
    from clearway.record.entry import Draft, Entry

Standing = Literal["in_force", "replaced", "corrected", "withdrawn"]
Sort = Literal["happened", "known", "written", "kind", "place", "who", "grade", "release"]

STANDING_WORDS: dict[Standing, str] = {
    "in_force": "in force",
    "replaced": "a later word since",
    "corrected": "corrected",
    "withdrawn": "withdrawn",
}

_END = datetime(9998, 12, 31, tzinfo=UTC)
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
    """A line, what it is found by, and how it stands as far as the record was taken up."""

    line: LogLine
    text: str
    place: str
    who: str
    start: datetime
    end: datetime
    voice: str
    standing: Standing = "in_force"
    replaced_by: Sequence[str] = ()

    def told(self) -> LogLine:
        """The line as it stands."""
        return self.line.model_copy(update={"standing": self.standing, "replaced_by": list(self.replaced_by)})


_SORTED: dict[Sort, Callable[[_Row], tuple[object, ...]]] = {
    "happened": lambda row: (row.start, row.line.seq),
    "known": lambda row: (row.line.known, row.line.seq),
    "written": lambda row: (row.line.seq,),
    "kind": lambda row: (row.line.kind, row.start, row.line.seq),
    "place": lambda row: (row.place, row.start, row.line.seq),
    "who": lambda row: (row.line.who.casefold(), row.start, row.line.seq),
    "grade": lambda row: (row.line.grade, row.start, row.line.seq),
    "release": lambda row: (row.line.release, row.start, row.line.seq),
}


class Log:
    """The log of one operation as somebody may see it. Not safe for several threads at the same time.

    Args:
        zone: The operation's time zone.
    """

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone
        self.seq = 0
        """How far the record was taken up."""
        self._rows: list[_Row] = []
        self._bodies: dict[str, str] = {}
        self._void: dict[str, tuple[Standing, list[str]]] = {}
        self._judged = 0

    @property
    def size(self) -> int:
        """How many lines it has."""
        return len(self._rows)

    def take_up(self, entries: Iterable[Entry], releases: Iterable[Release]) -> None:
        """Take up what is new.

        What a hidden entry withdraws or corrects is void for everybody, as in the picture.

        Args:
            entries: Of the whole record, in its order.
            releases: The levels that may be seen.
        """
        seen = frozenset(releases)
        for entry in entries:
            self.seq = entry.seq
            is_shown = entry.draft.release in seen
            self._bodies[entry.id] = body_of(entry.draft.source)
            self._make_void(entry.draft, is_shown=is_shown)
            if is_shown:
                self._rows.append(self._row(entry))

    def answer(self, question: LogQuestion, index: PictureIndex, *, offset: int = 0, limit: int = _ALL) -> LogAnswer:
        """The lines that fit a question.

        Args:
            question: Which, and in which order.
            index: Of the same operation and the same entries: what is in force.
            offset: How many to pass over.
            limit: At most so many.
        """
        self._judge(index)
        fits = _fitting(question)
        found = [row for row in self._rows if fits(row)]
        found.sort(key=_SORTED[question.sort], reverse=question.descending)
        return LogAnswer.model_construct(
            entries=len(self._rows),
            total=len(found),
            offset=offset,
            lines=[row.told() for row in found[offset : offset + limit]],
            kinds=_counts(row.line.kind for row in self._rows),
            speakers=_counts(row.line.speaker for row in self._rows)[:_MOST_NAMES],
            places=_counts(row.line.where for row in self._rows)[:_MOST_NAMES],
        )

    def _make_void(self, draft: Draft, *, is_shown: bool) -> None:
        body = self._bodies[draft.id]
        told = [draft.id] if is_shown else []
        voided: list[tuple[Standing, str]] = [
            *(("corrected", one) for one in draft.corrects if self._bodies.get(one) == body),
            *(("withdrawn", one) for one in draft.withdraws),
        ]
        for standing, one in voided:
            self._void[one] = (standing, [*self._void.get(one, (standing, []))[1], *told])

    def _row(self, entry: Entry) -> _Row:
        draft = entry.draft
        source, says, where = draft.source, draft.body.says(self.zone), where_words(draft.body, draft.places)
        who = " ".join(filter(None, (source.office, source.organisation, source.name, source.document, source.publisher)))
        own = " ".join(_texts(draft.body.model_dump(mode="json")))
        line = LogLine.model_construct(
            id=entry.id,
            seq=entry.seq,
            kind=draft.kind,
            says=says,
            where=where,
            who=short_speaker(source),
            speaker=speaker(source),
            document=source.document or source.title or "",
            grade=source.grade,
            happened=When.model_construct(start=draft.happened.start, end=draft.happened.end, said=draft.happened.said),
            known=draft.known,
            had_from=entry.had_from,
            written=entry.written,
            release=draft.release,
            standing="in_force",
            replaced_by=[],
        )
        text = findable(f"{says} {own} {where} {who} {source.title or ''} {entry.id} {draft.kind.replace('_', ' ')}")
        return _Row(line, text, _often(where), _often(who), draft.happened.start, draft.happened.end, voice(source))

    def _judge(self, index: PictureIndex) -> None:
        """Say how each line stands, where something is new."""
        if self._judged == self.seq:
            return
        held = self._held(index)
        for row in self._rows:
            void = self._void.get(row.line.id)
            role = KINDS[row.line.kind].about.role
            is_replaced = role in (Role.STATE, Role.COUNT) and row.line.seq not in held
            row.standing = void[0] if void else "replaced" if is_replaced else "in_force"
            row.replaced_by = void[1] if void else ()
        self._judged = self.seq

    def _held(self, index: PictureIndex) -> set[int]:
        """Numbers of the states that hold, and of each speaker's last figures."""
        voices = {row.line.seq: row.voice for row in self._rows}
        found = index.in_force(_END, _END, knowledge="could", most=_looked_at)
        held: set[int] = set()
        for seqs in found.values():
            last: dict[str | None, int] = {}
            for seq in seqs:
                last.setdefault(voices.get(seq), seq)
            held.update(last.values())
        return held


_often = lru_cache(maxsize=4096)(findable)
"""The same few places and speakers come again and again."""


def _looked_at(kind: str) -> int:
    """How many entries of one subject may hold: of a state one, of a figure one of each speaker."""
    return _ALL if KINDS[kind].about.role is Role.COUNT else 1


def _fitting(question: LogQuestion) -> Callable[[_Row], bool]:
    words, place, who = words_of(question.words), words_of(question.place), words_of(question.who)
    kinds, releases, standings = frozenset(question.kinds), frozenset(question.releases), frozenset(question.standings)
    since, until = question.since, question.until

    def fits(row: _Row) -> bool:
        line = row.line
        return (
            (not kinds or line.kind in kinds)
            and (not releases or line.release in releases)
            and (not standings or row.standing in standings)
            and (since is None or row.end > since or row.start >= since)
            and (until is None or row.start <= until)
            and (not words or holds(row.text, words))
            and (not place or holds(row.place, place))
            and (not who or holds(row.who, who))
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
