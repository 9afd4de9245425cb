"""The store of entries in a SQL database: appended and never changed.

All appends to a record go one after the other, so that the numbers have no gap and every entry is chained to the one before. An
append is one transaction: whatever was acknowledged is there after any crash, and nothing is half there.

One long module: everything that reads or writes the tables of entries holds the same lock and is read side by side.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from clearway.errors import BadInput, Conflict, NotFound, Unavailable, UnknownName
from clearway.record.corrections import refuse_later
from clearway.record.database import Damaged, OutcomeUnknown, damaged
from clearway.record.entry import FIRST_HASH, Draft, Entry, chained, now, refuse_future
from clearway.record.kinds.intake import Report
from clearway.record.migrations import MIGRATIONS, READABLE_FROM
from clearway.record.moments import written
from clearway.record.plates import Plates
from clearway.record.rows import (
    Appended,
    Beside,
    End,
    Head,
    conditions_of,
    continued,
    entry_of,
    head_of,
    last_written,
    mark_of_text,
    no_entry,
    plate_in,
    problems_of,
)
from clearway.record.texts import Texts, text_mark
from clearway.words import age_words

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from datetime import datetime

    from clearway.record.database import Database, Row
    from clearway.record.plates import Sealed

PAGE = 2000
WAIT_S = 30.0
"""How long a writer waits for the other writers of this program."""
_COLUMNS = "seq, stream, version, written, content, hash, id, kind"
_AT_ONCE = 500
"""Rows of one statement: a database has a limit, and more are no quicker."""
_IDS_SHOWN = 5
_INSERT = "INSERT INTO entries (seq, stream, version, id, kind, written, content, hash) VALUES"


class Store:
    """Entries in a SQL database. Safe for several threads and several processes.

    Args:
        database: A database; its schema is brought up to date.
        clock: Gives the time at which entries are written; none gets an earlier one than the entry before it.
        at_once: Whether to use the database now; else when it is asked for something, so that it may come later.

    Raises:
        BadInput: the record was made by a newer program.
        Unavailable: the database does not answer.
    """

    def __init__(self, database: Database, *, clock: Callable[[], datetime] = now, at_once: bool = True) -> None:
        self._database = database
        self._clock = clock
        self._texts = Texts(database, self._all)
        self.plates = Plates(database, self._all, self._transaction)
        self._turn = threading.Lock()
        self._is_current = False
        self._seen = Head(0, FIRST_HASH)
        if at_once:
            self._bring_up_to_date()

    @property
    def is_whole(self) -> bool:
        """Whether every entry may be seen."""
        return True

    def append(
        self,
        stream: str,
        drafts: Sequence[Draft],
        *,
        expected_version: int | None = None,
        texts: Collection[str] = (),
        plates: Sequence[Sealed] = (),
    ) -> list[Entry]:
        """Append drafts to a stream, all or none, and return them as they are in the record.

        A draft whose id is there already with the same content is not written again: its entry is returned. What does not say
        that it is imported is entered live: the room has it from now on, whatever it says of when it was known.

        Args:
            stream: The operation's name.
            drafts: At least one.
            expected_version: The stream's version that the caller has seen; None appends whatever it is.
            texts: The texts whose SHA-256 the drafts hold; one that is not given counts as deleted.
            plates: The plates whose marks the drafts hold, where they are new.

        Raises:
            BadInput: two drafts have the same id, one corrects or withdraws a later one, or one is known from a time that has
                not come.
            Conflict: the stream has moved on, or an id is used for something else.
            UnknownName: a draft is tied to an entry that the stream does not hold.
            Unavailable: the database does not answer.
        """
        return self.appended(stream, drafts, expected_version=expected_version, texts=texts, plates=plates).entries

    def appended(
        self,
        stream: str,
        drafts: Sequence[Draft],
        *,
        expected_version: int | None = None,
        texts: Collection[str] = (),
        plates: Sequence[Sealed] = (),
    ) -> Appended:
        """Append drafts, as :meth:`append` does, and say how many of them are new."""
        ids = [draft.id for draft in drafts]
        if len(set(ids)) < len(ids):
            raise BadInput("Two of the entries have the same id. Give each its own.")
        refuse_later(drafts)
        fresh: set[str] = set()
        beside = Beside(texts, plates)
        try:
            entries = self._append(stream, drafts, beside, expected_version, fresh)
        except OutcomeUnknown as error:
            entries = self._found_out(stream, drafts, beside, expected_version, fresh, error)
        return Appended(entries, len(fresh))

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
        asked = conditions_of(stream, kind, words)
        while left is None or left > 0:
            rows = self._page(asked, after, PAGE if left is None else min(left, PAGE))
            yield from map(entry_of, rows)
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
        return entry_of(rows[0])

    def numbered(self, seqs: Sequence[int]) -> list[Entry]:
        """The entries of some numbers, in no order; numbers that there are not are passed over."""
        return list(self._of("seq", list(seqs)))

    def report_text(self, entry: Entry) -> str:
        """The text of a report.

        Raises:
            NotFound: it was deleted, or is lost, or is not the one that came in.
        """
        body = entry.draft.body
        if not isinstance(body, Report):
            raise NotFound(f"The entry {entry.id!r} is not a report.")
        if body.text_sha256 is None:
            return body.text or ""
        text, deleted = self._texts.held([body.text_sha256]).get(body.text_sha256, (None, None))
        if deleted is not None:
            raise NotFound(f"The text of this report was deleted on {deleted:%Y-%m-%d}. What was entered from it stays.")
        if text is None or text_mark(text) != body.text_sha256:
            raise NotFound("The text of this report is missing, or was changed. Run 'clearway record verify'.")
        return text

    def deleted_texts(self) -> dict[str, datetime]:
        """When each of the texts that were deleted was deleted, by its SHA-256."""
        return self._texts.deleted()

    def delete_texts(self, stream: str, before: datetime) -> int:
        """Delete the texts of the reports that came in before a moment, and return how many; their entries stay.

        A text that came in again later stays. Reports of earlier programs hold their text in the entry, which stays too.

        Raises:
            Unavailable: the database does not answer.
        """
        with self._transaction():
            reports = [entry for entry in self.entries(kind="report") if entry.draft.text_mark is not None]
            kept = {entry.draft.text_mark for entry in reports if entry.stream != stream or entry.written >= before}
            gone = dict.fromkeys(mark for entry in reports if (mark := entry.draft.text_mark) and mark not in kept)
            count = self._texts.delete(list(gone), self._clock())
        self._database.sweep("texts")
        return count

    def version(self, stream: str) -> int:
        """The number of entries of a stream."""
        ((found,),) = self._all("SELECT COALESCE(MAX(version), 0) FROM entries WHERE stream = ?", (stream,))
        return int(found)

    def streams(self) -> dict[str, int]:
        """Every stream and its version."""
        return {str(name): int(count) for name, count in self._all("SELECT stream, MAX(version) FROM entries GROUP BY stream")}

    def head(self) -> Head:
        """Where the record ends.

        Raises:
            Unavailable: the database does not answer, is damaged, or holds another record than before.
        """
        seen = self._seen
        rows = self._all("SELECT seq, hash, (SELECT hash FROM entries WHERE seq = ?) FROM head", (seen.seq,))
        head = continued(head_of(rows), seen, rows[0][2])
        self._seen = head
        return head

    def notices(self) -> list[str]:
        """What the people who run the record should know although nothing is wrong with it, a sentence each."""
        notices, moment = list[str](), self._clock()
        if self._database.read_only:
            notices.append("The record can only be read here: its file or its folder may not be written to.")
        rows = self._all("SELECT written FROM entries WHERE seq = (SELECT MAX(seq) FROM entries)")
        if rows and (ahead := (last_written(rows[0][0]) - moment).total_seconds()) > 0:
            notices.append(
                f"The clock of this machine is {age_words(ahead)} behind the last entry, written {rows[0][0]}. "
                "Until it has caught up, entries are written with that time. Set the clock."
            )
        return notices + self.plates.notices(moment)

    def steps_back(self) -> list[str]:
        """Where entries are numbered later and written earlier, because a clock was set back; a sentence each."""
        steps = self._all(
            "SELECT later.seq, later.written, earlier.written FROM entries AS later"
            " JOIN entries AS earlier ON earlier.seq = later.seq - 1 WHERE later.written < earlier.written ORDER BY later.seq"
        )
        return [
            f"Entry {seq} was written at {at}, and the one before it at {before}: the clock was set back between them."
            for seq, at, before in steps
        ]

    def verify(self, *, expected: Head | None = None) -> list[str]:
        """What is wrong with the record; empty where nothing is.

        Args:
            expected: A head that was noted down before: the record must still hold it.
        """
        problems: list[str] = []
        before, last, versions = FIRST_HASH, 0, dict[str, int]()
        marks, plates = dict[str, int](), dict[str, int]()
        for row in self._rows():
            seq, stream = int(row[0]), row[1]
            if seq != last + 1:
                problems.append(
                    f"Entry {last + 1} is missing" + (f" and those up to {seq - 1}" if seq > last + 2 else "") + "."
                )
            problems += problems_of(row, before, versions)
            if row[7] == "report" and (mark := mark_of_text(row[4])) is not None:
                marks[mark] = seq
            if row[7] == "vehicle_moved" and (mark := plate_in(row[4])) is not None:
                plates[mark] = seq
            if expected is not None and seq == expected.seq and str(row[5]) != expected.hash:
                problems.append(f"Entry {seq} is not the one whose hash was noted down.")
            versions[stream] = row[2] if isinstance(row[2], int) else versions.get(stream, 0) + 1
            before, last = str(row[5]), seq
        problems += self._head_problems(last, before)
        if expected is not None and expected.seq > last:
            problems.append(f"Entry {expected.seq}, whose hash was noted down, is missing.")
        return problems + self._texts.problems(marks) + self.plates.problems(plates)

    def span(self) -> tuple[datetime, datetime] | None:
        """When the first entry was written and when the last; None where there is none."""
        rows = self._all("SELECT written FROM entries WHERE seq IN (1, (SELECT MAX(seq) FROM entries)) ORDER BY seq")
        return (last_written(rows[0][0]), last_written(rows[-1][0])) if rows else None

    def copy_to(self, empty: Store) -> Head:
        """Copy every entry up to the present head, and every text and plate, into a record that holds none; all or nothing.

        Others may go on writing to this record meanwhile.

        Args:
            empty: The other record.

        Returns:
            The head that both have now.

        Raises:
            Conflict: the other one holds entries.
            Unavailable: a database does not answer.
        """
        head, after = self.head(), 0
        with empty._transaction():
            if empty.head().seq:
                raise Conflict("The record to be written holds entries already. Give a new file, or an empty database.")
            while rows := self._page((("seq <= ?", head.seq),), after, _AT_ONCE):
                moved = [(seq, stream, version, id_, kind, at, content, mark)
                         for seq, stream, version, at, content, mark, id_, kind in rows]  # fmt: skip
                empty._database.insert(_INSERT, moved)
                after = int(rows[-1][0])
            empty._database.run("UPDATE head SET seq = ?, hash = ?", (head.seq, head.hash))
            self._texts.copy_to(empty._texts)
            self.plates.copy_to(empty.plates)
        return head

    def close(self) -> None:
        """Let the database go."""
        self._database.close()

    def _bring_up_to_date(self) -> None:
        done = self._database.schema_version()
        if done > len(MIGRATIONS):
            raise BadInput(
                f"The record has schema {done}, this program knows up to {len(MIGRATIONS)}. Use the newer program that made it."
            )
        if done < len(MIGRATIONS) and not (self._database.read_only and done >= READABLE_FROM):
            with self._writing():
                self._migrate()
        self._is_current = True

    def _migrate(self) -> None:
        done = self._database.schema_version()  # once more: another program may have done it meanwhile
        for number, steps in enumerate(MIGRATIONS[done:], start=done + 1):
            for step in steps:
                self._database.define(step)
            self._database.set_schema_version(number)

    def _append(
        self, stream: str, drafts: Sequence[Draft], beside: Beside, expected_version: int | None, fresh_ids: set[str]
    ) -> list[Entry]:
        """Append in one transaction; ``fresh_ids`` gets the ids of those that are new."""
        with self._transaction():
            known = self._known(drafts)
            fresh = [draft for draft in drafts if draft.id not in known]
            end = self._end(stream)
            if fresh and expected_version is not None and end.version != expected_version:
                raise Conflict(
                    f"The record of {stream!r} has {end.version} entries, not {expected_version}: somebody wrote in between. "
                    "Look at what is new and send yours again."
                )
            self._refuse_unknown_ties(stream, fresh, {draft.id for draft in drafts})
            added = {entry.id: entry for entry in self._written(stream, end, fresh)}
            self._texts.put({text_mark(text): text for text in beside.texts}, list(added.values()))
            self.plates.put(beside.plates, list(added.values()))
            fresh_ids.update(added)
        if added:
            last = max(added.values(), key=lambda entry: entry.seq)
            self._seen = Head(last.seq, last.hash)
        return [added.get(draft.id) or known[draft.id] for draft in drafts]

    def _found_out(
        self,
        stream: str,
        drafts: Sequence[Draft],
        beside: Beside,
        expected_version: int | None,
        fresh: set[str],
        error: OutcomeUnknown,
    ) -> list[Entry]:
        """Append again after a commit whose outcome is unknown: what was written is found by its id, else it is written now.

        Raises:
            OutcomeUnknown: the database is still away.
        """
        try:
            return self._append(stream, drafts, beside, expected_version, fresh)
        except Unavailable:
            ids = ", ".join(sorted(fresh)[:_IDS_SHOWN])
            raise OutcomeUnknown(
                f"The database went away while it was saving, so it is not known whether entry {ids} was saved. "
                "Send it again with the same id: it is not written twice."
            ) from error

    def _end(self, stream: str) -> End:
        """Where the record and a stream end, in one question."""
        seen = self._seen
        rows = self._all(
            "SELECT seq, hash, (SELECT hash FROM entries WHERE seq = ?), (SELECT written FROM entries WHERE seq = head.seq),"
            " (SELECT COALESCE(MAX(version), 0) FROM entries WHERE stream = ?) FROM head",
            (seen.seq, stream),
        )
        head = continued(head_of(rows), seen, rows[0][2])
        return End(head, int(rows[0][4]), last_written(rows[0][3]) if head.seq else None)

    def _written(self, stream: str, end: End, drafts: Sequence[Draft]) -> list[Entry]:
        if not drafts:
            return []
        moment = self._clock() if end.written is None else max(self._clock(), end.written)
        before, entries, rows = end.head.hash, list[Entry](), list[tuple[object, ...]]()
        for step, given in enumerate(drafts, start=1):
            refuse_future(given, moment)
            draft = given if given.entered else given.model_copy(update={"entered": "live"})
            seq, version = end.head.seq + step, end.version + step
            content = draft.content()
            mark = chained(before, seq, stream, version, moment, content)
            entries.append(Entry(seq=seq, stream=stream, version=version, written=moment, draft=draft, hash=mark))
            rows.append((seq, stream, version, draft.id, draft.kind, written(moment), content, mark))
            before = mark
        for first in range(0, len(rows), _AT_ONCE):
            self._database.insert(_INSERT, rows[first : first + _AT_ONCE])
        self._database.run("UPDATE head SET seq = ?, hash = ?", (end.head.seq + len(rows), before))
        return entries

    def _known(self, drafts: Sequence[Draft]) -> dict[str, Entry]:
        """Entries that are there already under the drafts' ids.

        Raises:
            Conflict: one of them says something else.
        """
        known: dict[str, Entry] = {}
        wanted = {draft.id: draft for draft in drafts}
        for entry in self._of("id", list(wanted)):
            if not wanted[entry.id].says_the_same_as(entry.draft):
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
        for first in range(0, len(values), _AT_ONCE):
            part = values[first : first + _AT_ONCE]
            marks = ", ".join("?" * len(part))
            yield from map(entry_of, self._all(f"SELECT {_COLUMNS} FROM entries WHERE {column} IN ({marks})", part))  # noqa: S608 - our own words

    def _page(self, asked: Sequence[tuple[str, object]], after: int, limit: int) -> list[Row]:
        where = " AND ".join(["seq > ?", *(condition for condition, _ in asked)])
        values = [after, *(value for _, value in asked), limit]
        rows = self._all(f"SELECT {_COLUMNS} FROM entries WHERE {where} ORDER BY seq LIMIT ?", values)  # noqa: S608 - our own words
        if any(row[0] <= before for row, before in zip(rows, (after, *(row[0] for row in rows)), strict=False)):
            raise damaged("its entries are not in order, as its index says")
        return rows

    def _rows(self) -> Iterator[Row]:
        after = 0
        while rows := self._page((), after, PAGE):
            yield from rows
            after = int(rows[-1][0])

    def _head_problems(self, last: int, mark: str) -> list[str]:
        """What is wrong with where the record says it ends.

        Args:
            last: The number of its last entry.
            mark: The hash of that.
        """
        try:
            head = head_of(self._all("SELECT seq, hash FROM head"))
        except Damaged as error:
            return [str(error)]
        if (head.seq, head.hash) == (last, mark):
            return []
        if head.seq <= last:
            return [f"The record ends with an entry {last} that is not the one that was written last."]
        return [f"The record ends at entry {last}; it was written up to entry {head.seq}, so entries are missing."]

    def _all(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        if not self._is_current:
            self._bring_up_to_date()
        return self._database.rows(sql, values)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        if not self._is_current:
            self._bring_up_to_date()
        with self._writing():
            yield

    @contextmanager
    def _writing(self) -> Iterator[None]:
        if not self._turn.acquire(timeout=WAIT_S):
            raise Unavailable("Others have been writing to the record for long. Nothing was saved. Try again in a moment.")
        try:
            with self._database.transaction():
                yield
        finally:
            self._turn.release()
