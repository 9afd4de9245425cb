"""The store of entries in a SQL database: appended and never changed.

All appends to a record go one after the other, so that the numbers have no gap and every entry is chained to the one before. An
append is one transaction: whatever was acknowledged is there after any crash, and nothing is half there.
"""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clearway.errors import BadInput, Conflict, NotFound, UnknownName
from clearway.record.entry import FIRST_HASH, Draft, Entry, chained, now, refuse_future
from clearway.record.migrations import MIGRATIONS
from clearway.record.moments import moment_of, written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from clearway.record.database import Database, Row

PAGE = 2000
_COLUMNS = "seq, stream, version, written, content, hash, id, kind"
_ASKED_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Head:
    """Where a record ends: note it down, and a later ``verify`` tells whether anything before it was touched."""

    seq: int
    hash: str


class Store:
    """Entries in a SQL database. Safe for several threads and several processes.

    Args:
        database: An open database; its schema is brought up to date.
        clock: Gives the time at which entries are written.

    Raises:
        BadInput: the record was made by a newer program.
        Unavailable: the database does not answer.
    """

    def __init__(self, database: Database, *, clock: Callable[[], datetime] = now) -> None:
        self._database = database
        self._clock = clock
        self._lock = threading.RLock()
        with self._transaction():
            self._migrate()

    def append(self, stream: str, drafts: Sequence[Draft], *, expected_version: int | None = None) -> list[Entry]:
        """Append drafts to a stream, all or none, and return them as they are in the record.

        A draft whose id is there already with the same content is not written again: its entry is returned. What does not say
        that it is imported is entered live: the room has it from now on, whatever it says of when it was known.

        Args:
            stream: The operation's name.
            drafts: At least one.
            expected_version: The stream's version that the caller has seen; None appends whatever it is.

        Raises:
            BadInput: two drafts have the same id, or one is known from a time that has not come.
            Conflict: the stream has moved on, or an id is used for something else.
            UnknownName: a draft is tied to an entry that the stream does not hold.
            Unavailable: the database does not answer.
        """
        ids = [draft.id for draft in drafts]
        if len(set(ids)) < len(ids):
            raise BadInput("Two of the entries have the same id. Give each its own.")
        with self._transaction():
            known = self._known(drafts)
            fresh = [draft for draft in drafts if draft.id not in known]
            head, version = self._state(stream)
            if fresh and expected_version is not None and version != expected_version:
                raise Conflict(
                    f"The record of {stream!r} has {version} entries, not {expected_version}: somebody wrote in between. "
                    "Look at what is new and send yours again."
                )
            self._refuse_unknown_ties(stream, fresh, set(ids))
            added = {entry.id: entry for entry in self._written(stream, head, version, fresh)}
        return [added.get(entry_id) or known[entry_id] for entry_id in ids]

    def entries(
        self,
        stream: str | None = None,
        *,
        kind: str | None = None,
        words: Sequence[str] = (),
        after: int = 0,
        limit: int | None = None,
    ) -> Iterator[Entry]:
        """Entries in the order of the record, those numbered after ``after``.

        Args:
            stream: Of this one alone.
            kind: Of this kind alone.
            words: Only those that hold all these words somewhere, small or large letters alike.
            after: Those numbered higher than this.
            limit: At most so many.

        Raises:
            Unavailable: the database does not answer.
        """
        left = limit
        asked = _asked(stream, kind, words)
        while left is None or left > 0:
            rows = self._page(asked, after, PAGE if left is None else min(left, PAGE))
            yield from map(_entry, rows)
            if not rows:
                return
            after, left = int(rows[-1][0]), None if left is None else left - len(rows)

    def entry(self, entry_id: str) -> Entry:
        """One entry by its id.

        Raises:
            NotFound: there is none.
        """
        rows = self._all(f"SELECT {_COLUMNS} FROM entries WHERE id = ?", (entry_id,))  # noqa: S608 - our own columns
        if not rows:
            raise no_entry(entry_id)
        return _entry(rows[0])

    def numbered(self, seqs: Sequence[int]) -> list[Entry]:
        """The entries of some numbers, in no order; numbers that there are not are passed over."""
        return list(self._of("seq", list(seqs)))

    def version(self, stream: str) -> int:
        """The number of entries of a stream."""
        ((found,),) = self._all("SELECT COALESCE(MAX(version), 0) FROM entries WHERE stream = ?", (stream,))
        return int(found)

    def streams(self) -> dict[str, int]:
        """Every stream and its version."""
        return {str(name): int(count) for name, count in self._all("SELECT stream, MAX(version) FROM entries GROUP BY stream")}

    def head(self) -> Head:
        """Where the record ends."""
        ((seq, last),) = self._all("SELECT seq, hash FROM head")
        return Head(int(seq), str(last))

    def verify(self, *, expected: Head | None = None) -> list[str]:
        """What is wrong with the record; empty where nothing is.

        Args:
            expected: A head that was noted down before: the record must still hold it.
        """
        problems: list[str] = []
        before, last, versions = FIRST_HASH, 0, dict[str, int]()
        for row in self._rows():
            seq, stream, version = int(row[0]), str(row[1]), int(row[2])
            if seq != last + 1:
                problems.append(
                    f"Entry {last + 1} is missing" + (f" and those up to {seq - 1}" if seq > last + 2 else "") + "."
                )
            problems += _row_problems(row, before, versions)
            if expected is not None and seq == expected.seq and str(row[5]) != expected.hash:
                problems.append(f"Entry {seq} is not the one whose hash was noted down.")
            versions[stream], before, last = version, str(row[5]), seq
        head = self.head()
        if (head.seq, head.hash) != (last, before):
            problems.append(f"The record ends at entry {last}; it was written up to entry {head.seq}, so entries are missing.")
        if expected is not None and expected.seq > last:
            problems.append(f"Entry {expected.seq}, whose hash was noted down, is missing.")
        return problems

    def close(self) -> None:
        """Let the database go."""
        with self._lock:
            self._database.close()

    def _migrate(self) -> None:
        done = self._database.schema_version()
        if done > len(MIGRATIONS):
            raise BadInput(
                f"The record has schema {done}, this program knows up to {len(MIGRATIONS)}. Use the newer program that made it."
            )
        for number, steps in enumerate(MIGRATIONS[done:], start=done + 1):
            for step in steps:
                self._database.define(step)
            self._database.set_schema_version(number)

    def _state(self, stream: str) -> tuple[Head, int]:
        """Where the record ends and the version of a stream, in one question."""
        last = "SELECT COALESCE(MAX(version), 0) FROM entries WHERE stream = ?"
        ((seq, mark, version),) = self._all(f"SELECT seq, hash, ({last}) FROM head", (stream,))  # noqa: S608 - our own words
        return Head(int(seq), str(mark)), int(version)

    def _written(self, stream: str, head: Head, version: int, drafts: Sequence[Draft]) -> list[Entry]:
        if not drafts:
            return []
        moment, before, entries, rows = self._clock(), head.hash, list[Entry](), list[tuple[object, ...]]()
        for step, given in enumerate(drafts, start=1):
            refuse_future(given, moment)
            draft = given if given.entered else given.model_copy(update={"entered": "live"})
            content = draft.content()
            mark = chained(before, head.seq + step, stream, version + step, moment, content)
            entries.append(
                Entry(seq=head.seq + step, stream=stream, version=version + step, written=moment, draft=draft, hash=mark)
            )
            rows.append((head.seq + step, stream, version + step, draft.id, draft.kind, written(moment), content, mark))
            before = mark
        self._database.insert("INSERT INTO entries (seq, stream, version, id, kind, written, content, hash) VALUES", rows)
        self._database.run("UPDATE head SET seq = ?, hash = ?", (head.seq + len(rows), before))
        return entries

    def _known(self, drafts: Sequence[Draft]) -> dict[str, Entry]:
        """Entries that are there already under the drafts' ids.

        Raises:
            Conflict: one of them says something else.
        """
        known: dict[str, Entry] = {}
        wanted = {draft.id: draft for draft in drafts}
        for entry in self._of("id", list(wanted)):
            if not entry.draft.is_same(wanted[entry.id]):
                raise Conflict(f"The id {entry.id!r} is used for another entry already. Give this one an id of its own.")
            known[entry.id] = entry
        return known

    def _refuse_unknown_ties(self, stream: str, drafts: Sequence[Draft], own: set[str]) -> None:
        tied = list(dict.fromkeys(entry_id for draft in drafts for entry_id in draft.tied if entry_id not in own))
        found = {entry.id for entry in self._of("id", tied) if entry.stream == stream}
        if missing := [entry_id for entry_id in tied if entry_id not in found]:
            raise UnknownName(f"entry of {stream!r} that is to be corrected, withdrawn, confirmed or disputed", missing)

    def _of(self, column: str, values: Sequence[object]) -> Iterator[Entry]:
        """Entries with one of some values in a column."""
        for first in range(0, len(values), _ASKED_AT_ONCE):
            part = values[first : first + _ASKED_AT_ONCE]
            marks = ", ".join("?" * len(part))
            yield from map(_entry, self._all(f"SELECT {_COLUMNS} FROM entries WHERE {column} IN ({marks})", part))  # noqa: S608 - our own words

    def _page(self, asked: Sequence[tuple[str, object]], after: int, limit: int) -> list[Row]:
        where = " AND ".join(["seq > ?", *(condition for condition, _ in asked)])
        values = [after, *(value for _, value in asked), limit]
        return self._all(f"SELECT {_COLUMNS} FROM entries WHERE {where} ORDER BY seq LIMIT ?", values)  # noqa: S608 - our own words

    def _rows(self) -> Iterator[Row]:
        after = 0
        while rows := self._page((), after, PAGE):
            yield from rows
            after = int(rows[-1][0])

    def _all(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        with self._lock:
            return self._database.rows(sql, values)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._lock, self._database.transaction():
            yield


def no_entry(entry_id: str) -> NotFound:
    """That a record holds no entry of an id."""
    return NotFound(f"The record holds no entry {entry_id!r}. 'clearway record export' lists what it holds.")


def _asked(stream: str | None, kind: str | None, words: Sequence[str]) -> list[tuple[str, object]]:
    """What entries must be like, as conditions of SQL and their values."""
    asked: list[tuple[str, object]] = [("stream = ?", stream)] if stream is not None else []
    asked += [("kind = ?", kind)] if kind is not None else []
    escaped = (word.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") for word in words)
    return [*asked, *(("lower(content) LIKE ? ESCAPE '\\'", f"%{word}%") for word in escaped)]


def _entry(row: Row) -> Entry:
    seq, stream, version, moment, content, mark, _, _ = row
    draft = Draft.model_validate_json(content)
    return Entry(seq=seq, stream=stream, version=version, written=moment_of(moment), draft=draft, hash=mark)


def _names_fit(content: str, entry_id: str, kind: str) -> bool:
    """Whether the columns that entries are found by say what the entry itself says."""
    try:
        said = json.loads(content)
        return bool(said["id"] == entry_id and said["body"]["kind"] == kind)
    except (ValueError, KeyError, TypeError):
        return False


def _row_problems(row: Row, before: str, versions: dict[str, int]) -> list[str]:
    seq, stream, version, moment, content, mark, entry_id, kind = row
    problems = []
    if version != versions.get(stream, 0) + 1:
        problems.append(f"Entry {seq} is out of order in {stream!r}.")
    try:
        expected = chained(before, seq, stream, version, moment_of(moment), content)
    except BadInput:
        expected = ""
    if mark != expected or not _names_fit(content, entry_id, kind):
        problems.append(f"Entry {seq} was changed, or stands in another's place.")
    return problems
