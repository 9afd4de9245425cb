"""Places and operators as CSV: the fields of their kinds as columns, in the words that people type; all lines or none."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Literal

from clearway.errors import BadInput
from clearway.planning.entry_tables import cell, drafts_of_lines, said_in, several, yes_or_no
from clearway.record.kinds import KINDS
from clearway.record.parse import draft_of
from clearway.record.place_words import place_words
from clearway.record.source import speaker
from clearway.tables import CsvWriter

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from typing import IO

    from clearway.record.entry import Draft, Entry
    from clearway.record.kind import Kind
    from clearway.record.moments import Calendar

Table = Literal["parking", "storage", "operators"]
KIND_OF: dict[Table, str] = {"parking": "parking_place", "storage": "storage_place", "operators": "tow_operator"}
BESIDE = ("said_by", "said_at", "entry")
"""Columns that are written beside, and passed over where a file is read."""
_NUMBERS = ("height_m", "tow_fee", "release_fee", "day_fee")
_SUBJECT: dict[Table, str] = {"parking": "name", "storage": "name", "operators": "operator"}


def columns_of(table: Table) -> list[str]:
    """The columns of a table: the fields of its kind, and where it lies."""
    names = [name for name in KINDS[KIND_OF[table]].model_fields if name != "kind"]
    return [*names, *([] if table == "operators" else ["place"])]


def drafts_of(
    text: str, table: Table, *, stream: str, source: str, at: datetime | None, calendar: Calendar, now: datetime, name: str
) -> list[Draft]:
    """The lines of a file as entries; the same file gives the same entries.

    Args:
        text: The CSV file.
        table: Which.
        stream: The operation's name.
        source: Who says so: the office, behind a comma its organisation.
        at: When it was so; default: now.
        calendar: The operation's.
        now: This moment.
        name: What the file is called in a message.

    Raises:
        BadFile: it lacks a column, or has no line.
        BadInput: lines cannot be right; the sentence names each with its number.
    """
    subject = _SUBJECT[table]
    return drafts_of_lines(
        text,
        name,
        (subject,),
        lambda row: _draft(row, table, stream=stream, source=source, at=at or now, calendar=calendar, now=now),
        lambda draft: _folded(draft.body, subject),
    )


def write_table(entries: Iterable[Entry], table: Table, file: IO[str]) -> None:
    """Write entries as a file that :func:`drafts_of` reads; who said each and when stands beside it.

    Args:
        entries: Of the table's kind, in force.
        table: Which.
        file: To write to.
    """
    rows, columns = CsvWriter(file), columns_of(table)
    rows.writerow([*columns, *BESIDE])
    for entry in entries:
        body = entry.draft.body
        cells = [place_words(entry.draft.places) if one == "place" else cell(getattr(body, one)) for one in columns]
        rows.writerow([*cells, speaker(entry.draft.source), entry.draft.happened.end.isoformat(), entry.id])


def _draft(
    row: dict[str, str], table: Table, *, stream: str, source: str, at: datetime, calendar: Calendar, now: datetime
) -> Draft:
    columns = columns_of(table)
    said = said_in(row, columns, BESIDE)
    where = said.pop("place", None)
    body: dict[str, Any] = dict(said) | {"kind": KIND_OF[table]}
    if "assumed" in said:
        body["assumed"] = several(said["assumed"])
    for one in ("free", "come_back", "secure", "escort"):
        if one in said:
            body[one] = yes_or_no(one, said[one])
    for one in _NUMBERS:
        if one in said:
            body[one] = _number(one, said[one])
    mark = hashlib.sha256(f"{stream}\n{sorted(said.items())}\n{where}\n{at}\n{source}".encode()).hexdigest()
    document = {"id": f"{table}-{mark[:24]}", "body": body, "happened": at.isoformat(), "source": source}
    return draft_of(document | ({"place": where} if where else {}), calendar, now=now)


def _number(column: str, text: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise BadInput(f"{column} is {text!r}. Give a number, as 2.1.") from error


def newest(entries: Sequence[Entry], table: Table) -> list[Entry]:
    """Of each place or operator the newest entry, by name."""
    found: dict[str, Entry] = {}
    for entry in sorted(entries, key=lambda one: (one.draft.happened.end, one.seq)):
        found[_folded(entry.draft.body, _SUBJECT[table])] = entry
    return [found[name] for name in sorted(found)]


def _folded(body: Kind, subject: str) -> str:
    return " ".join(str(getattr(body, subject)).casefold().split())
