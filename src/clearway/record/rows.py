"""Rows of the database read as entries and as where a record ends, what is appended, what is wrong with what was changed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from pydantic import ValidationError

from clearway.errors import BadInput, NotFound, Unavailable
from clearway.record.database import damaged
from clearway.record.entry import FIRST_HASH, Draft, Entry, chained
from clearway.record.moments import moment_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from clearway.record.database import Row
    from clearway.record.plates import Sealed


@dataclass(frozen=True, slots=True)
class Head:
    """Where a record ends: note it down, and a later ``verify`` tells whether anything before it was touched."""

    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Appended:
    """What became of drafts.

    Attributes:
        entries: They as they are in the record, in their order.
        new: How many of them this append wrote; the others were there already.
    """

    entries: list[Entry]
    new: int


class Beside(NamedTuple):
    """What lies beside the entries that are written: texts of reports, and plates of vehicles."""

    texts: Collection[str]
    plates: Sequence[Sealed]


class End(NamedTuple):
    """Where a record and one stream of it end."""

    head: Head
    version: int
    written: datetime | None


def head_of(rows: Sequence[Row]) -> Head:
    """The head that the rows of its table say.

    Raises:
        Damaged: they do not say it.
    """
    if len(rows) != 1:
        raise damaged(f"it says {len(rows)} times where it ends, not once")
    seq, mark = rows[0][:2]
    if not isinstance(seq, int) or seq < 0 or not isinstance(mark, str) or len(mark) != len(FIRST_HASH):
        raise damaged("what it says of where it ends cannot be read")
    return Head(seq, mark)


def continued(head: Head, seen: Head, mark: str | None) -> Head:
    """A head, which must be that of the record that was seen before.

    Args:
        head: Where the record ends.
        seen: Where it ended before.
        mark: The hash of its entry of that number; None where there is none.

    Raises:
        Unavailable: it belongs to another record, or to an older copy.
    """
    if seen.seq and (head.seq < seen.seq or mark != seen.hash):
        raise Unavailable(
            f"The record is not the one of before: entry {seen.seq} is missing in it, or differs. Nothing was saved. "
            "End the program, put the right record in its place, and start again."
        )
    return head


def last_written(text: object) -> datetime:
    """When the last entry was written.

    Raises:
        Damaged: it does not say so.
    """
    try:
        return moment_of(str(text))
    except BadInput as error:
        raise damaged("the time at which its last entry was written cannot be read") from error


def conditions_of(stream: str | None, kind: str | None, words: Sequence[str]) -> list[tuple[str, object]]:
    """What entries must be like, as conditions of SQL and their values."""
    asked: list[tuple[str, object]] = [("stream = ?", stream)] if stream is not None else []
    asked += [("kind = ?", kind)] if kind is not None else []
    escaped = (word.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") for word in words)
    return [*asked, *(("lower(content) LIKE ? ESCAPE '\\'", f"%{word}%") for word in escaped)]


def entry_of(row: Row) -> Entry:
    """An entry from its row.

    Raises:
        Damaged: the row cannot be read.
    """
    seq, stream, version, moment, content, mark, _, _ = row
    try:
        draft = Draft.model_validate_json(content)
        return Entry(seq=seq, stream=stream, version=version, written=moment_of(moment), draft=draft, hash=mark)
    except (ValidationError, BadInput, TypeError, AttributeError) as error:
        raise damaged(f"its entry {seq} cannot be read") from error


def _names_fit(content: str, entry_id: str, kind: str) -> bool:
    """Whether the columns that entries are found by say what the entry itself says."""
    try:
        said = json.loads(content)
        return bool(said["id"] == entry_id and said["body"]["kind"] == kind)
    except (ValueError, KeyError, TypeError):
        return False


def mark_of_text(content: str) -> str | None:
    """The SHA-256 of the text of a report, by its content; None where it holds its text itself."""
    try:
        return Draft.model_validate_json(content).text_mark
    except (ValidationError, TypeError):  # it was changed, and that is said
        return None


def plate_in(content: str) -> str | None:
    """The mark of a vehicle whose plate lies beside the entries, by the entry's content; None where there is none."""
    try:
        plate = Draft.model_validate_json(content).plate
    except (ValidationError, TypeError):  # it was changed, and that is said
        return None
    return plate and plate[0]


def problems_of(row: Row, before: str, versions: dict[str, int]) -> list[str]:
    """What is wrong with a row, a sentence each.

    Args:
        row: As the database holds it.
        before: The hash of the entry before it.
        versions: The version of the last entry of each stream before it.
    """
    seq, stream, version, moment, content, mark, entry_id, kind = row
    problems = []
    if version != versions.get(stream, 0) + 1:
        problems.append(f"Entry {seq} is out of order in {stream!r}.")
    try:
        expected = chained(before, seq, stream, version, moment_of(moment), content)
    except (BadInput, TypeError, AttributeError):  # a column holds something else than a text
        expected = ""
    if mark != expected or not _names_fit(content, entry_id, kind):
        problems.append(f"Entry {seq} was changed, or stands in another's place.")
    return problems


def no_entry(entry_id: str) -> NotFound:
    """That a record holds no entry of an id."""
    return NotFound(f"The record holds no entry {entry_id!r}. 'clearway record export' lists what it holds.")
