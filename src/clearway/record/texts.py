"""The words of reports. They lie beside the chain of entries, which holds their SHA-256: they can be deleted, and not changed.

A row without words is one whose words were deleted, with the moment; it stays, so that deleted is not taken for lost.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from clearway.record.migrations import TEXTS_SINCE
from clearway.record.moments import moment_of, written

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from clearway.record.database import Database, Row
    from clearway.record.entry import Entry

    Ask = Callable[[str, Sequence[object]], list[Row]]

_ASKED_AT_ONCE = 200


def text_mark(text: str) -> str:
    """The SHA-256 by which an entry names a text.

    >>> text_mark("")[:8]
    'e3b0c442'
    """
    return hashlib.sha256(text.encode()).hexdigest()


class Texts:
    """The texts of one record.

    Args:
        database: The record's database.
        ask: Asks it for rows.
    """

    def __init__(self, database: Database, ask: Ask) -> None:
        self._database = database
        self._ask = ask
        self._are_there = False

    def put(self, texts: Mapping[str, str], entries: Sequence[Entry]) -> None:
        """Store the texts of entries that are being written, within their transaction.

        Args:
            texts: What there is, by SHA-256.
            entries: The entries; one that comes without its text counts as one whose text was deleted.
        """
        wanted = {mark: entry.written for entry in entries if (mark := entry.draft.text_mark) is not None}
        if not wanted:
            return
        held = self.held(list(wanted))
        rows = [
            (mark, texts.get(mark), None if mark in texts else written(moment))
            for mark, moment in wanted.items()
            if mark not in held
        ]
        if rows:
            self._database.insert("INSERT INTO texts (hash, content, deleted) VALUES", rows)
        for mark in wanted:
            if mark in texts and held.get(mark, ("", None))[0] is None:
                self._database.run("UPDATE texts SET content = ?, deleted = NULL WHERE hash = ?", (texts[mark], mark))

    def held(self, marks: Sequence[str]) -> dict[str, tuple[str | None, datetime | None]]:
        """Texts by SHA-256, each with None or None and the moment of its deletion; those that are lost are left out."""
        found: dict[str, tuple[str | None, datetime | None]] = {}
        if not self._has_table():
            return found
        for first in range(0, len(marks), _ASKED_AT_ONCE):
            part = marks[first : first + _ASKED_AT_ONCE]
            places = ", ".join("?" * len(part))
            for mark, text, deleted in self._ask(f"SELECT hash, content, deleted FROM texts WHERE hash IN ({places})", part):  # noqa: S608 - our own words
                found[str(mark)] = text, moment_of(deleted) if deleted else None
        return found

    def copy_to(self, other: Texts) -> None:
        """Copy every text, and that texts were deleted, into a record that has none, within a transaction of that one."""
        last = ""
        while (
            rows := self._ask(
                "SELECT hash, content, deleted FROM texts WHERE hash > ? ORDER BY hash LIMIT ?", (last, _ASKED_AT_ONCE)
            )
            if self._has_table()
            else []
        ):
            other._database.insert("INSERT INTO texts (hash, content, deleted) VALUES", [tuple(row) for row in rows])
            last = str(rows[-1][0])

    def deleted(self) -> dict[str, datetime]:
        """When each of the texts that were deleted was deleted, by SHA-256."""
        rows = self._ask("SELECT hash, deleted FROM texts WHERE content IS NULL", ()) if self._has_table() else []
        return {str(mark): moment_of(deleted) for mark, deleted in rows}

    def delete(self, marks: Sequence[str], moment: datetime) -> int:
        """Delete the words of texts, within a transaction; how many were there."""
        gone = [mark for mark, (text, _) in self.held(marks).items() if text is not None]
        for mark in gone:
            self._database.run("UPDATE texts SET content = NULL, deleted = ? WHERE hash = ?", (written(moment), mark))
        return len(gone)

    def _has_table(self) -> bool:
        """Whether there is a table of texts: an older record that can only be read has none."""
        self._are_there = self._are_there or self._database.schema_version() >= TEXTS_SINCE
        return self._are_there

    def problems(self, entries: Mapping[str, int]) -> list[str]:
        """What is wrong with the texts of entries.

        Args:
            entries: The number of the entry by the SHA-256 that it holds.
        """
        problems: list[str] = []
        marks = list(entries)
        for first in range(0, len(marks), _ASKED_AT_ONCE):
            part = marks[first : first + _ASKED_AT_ONCE]
            held = self.held(part)
            for mark in part:
                if held.get(mark, (None, None)) == (None, None):  # gone, and nobody deleted it
                    problems.append(f"The text of the report that is entry {entries[mark]} is missing.")
                elif (text := held[mark][0]) is not None and text_mark(text) != mark:
                    problems.append(f"The text of the report that is entry {entries[mark]} was changed.")
        return problems
