"""Talks as CSV: contacts, promises, parties and advice out, with offices in the place of names; all but promises in as well.

The columns are the fields of the kind, with when it was and where. Beside them stands what the desk works out: it is passed
over where a file is read.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from clearway.errors import BadInput
from clearway.planning.entry_tables import cell, drafts_of_lines, said_in, several, yes_or_no
from clearway.planning.talks.names import Names
from clearway.planning.talks.talks import talks_of
from clearway.record.kinds.talks import Advice, Contact, Party
from clearway.record.moments import View
from clearway.record.parse import draft_of
from clearway.record.place_words import place_words
from clearway.record.source import speaker
from clearway.tables import CsvWriter

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import IO
    from zoneinfo import ZoneInfo

    from clearway.planning.reading import Reading
    from clearway.planning.talks.contract import Commitment, ContactOf, PartyOf
    from clearway.record.entry import Draft, Entry
    from clearway.record.moments import Calendar
    from clearway.tables import Row

Entered = Literal["contacts", "parties", "advice"]
Listed = Literal["contacts", "commitments", "parties", "advice"]
_KINDS: dict[Entered, type[Contact | Party | Advice]] = {"contacts": Contact, "parties": Party, "advice": Advice}
_NEEDED: dict[Entered, tuple[str, ...]] = {"contacts": ("when", "who"), "parties": ("name", "sort"), "advice": ("by", "what")}
_WHEN = ("when", "until")
_BESIDE: dict[Entered, tuple[str, ...]] = {
    "contacts": ("overdue", "minutes", "minutes_due", "said_by", "entry"),
    "parties": ("taken_for", "last_contact", "contact", "next_due", "advice", "said_by", "entry"),
    "advice": ("said_by", "entry"),
}
_COMMITMENTS = ("by", "to", "what", "due", "state", "why", "evidence", "said_by", "entry")
Cells = dict[str, Any]


def columns_of(table: Entered) -> list[str]:
    """The columns that are read: the fields of the kind, when it was, and of a contact where."""
    fields = [name for name in _KINDS[table].model_fields if name != "kind"]
    return [*fields, *_WHEN, *(["place"] if table == "contacts" else [])]


def drafts_of(
    text: str, table: Entered, *, stream: str, source: str, at: datetime | None, calendar: Calendar, now: datetime, name: str
) -> list[Draft]:
    """The lines of a file as entries; the same file gives the same entries.

    Args:
        text: The CSV file.
        table: Which.
        stream: The operation's name.
        source: Who says so: the office, behind a comma its organisation.
        at: When it was so, for lines that do not say; None: now, and a contact has to say.
        calendar: The operation's.
        now: This moment.
        name: What the file is called in a message.

    Raises:
        BadFile: it lacks a column, or has no line.
        BadInput: lines cannot be right; the sentence names each with its number.
    """

    def read(row: Row) -> Draft:
        return _draft(row, table, stream=stream, source=source, at=at, calendar=calendar, now=now)

    return drafts_of_lines(text, name, _NEEDED[table], read, _subject)


def rows_of(reading: Reading, table: Listed) -> list[Cells]:
    """The rows of a table: column to cell, in the order of the columns; no name of a person.

    Args:
        reading: The record about a moment, as far as the asker may see it.
        table: Which.

    Raises:
        BadInput: a moment lies centuries away.
        Unavailable: the database does not answer.
    """
    found, names = talks_of(reading), Names(reading.known().values())
    entries = reading.latest([Advice, Contact, Party])
    rows: Iterable[Cells]
    match table:
        case "contacts":
            by_id = {entry.id: entry for entry in entries}
            rows = (_contact(one, by_id[one.line.id], reading.zone) for one in found.contacts)
        case "parties":
            declared = {names.in_words(body.name): entry for entry in entries if isinstance(body := entry.draft.body, Party)}
            rows = (_party(one, declared.get(one.name), reading.zone) for one in found.parties)
        case "advice":
            rows = (_entered(entry, table, reading.zone) for entry in entries if isinstance(entry.draft.body, Advice))
        case _:
            rows = (_commitment(one, reading.zone) for one in found.commitments)
    return [{column: names.in_words(one) if isinstance(one, str) else one for column, one in row.items()} for row in rows]


def write_rows(rows: Iterable[Cells], table: Listed, file: IO[str]) -> None:
    """Write the rows of a table as CSV that is safe to open in a spreadsheet.

    Args:
        rows: Of ``rows_of``.
        table: Which.
        file: To write to.
    """
    writer = CsvWriter(file)
    writer.writerow(_COMMITMENTS if table == "commitments" else [*columns_of(table), *_BESIDE[table]])
    writer.writerows(row.values() for row in rows)


def _draft(
    row: Row, table: Entered, *, stream: str, source: str, at: datetime | None, calendar: Calendar, now: datetime
) -> Draft:
    said = said_in(row, columns_of(table), _BESIDE[table])
    if missing := [one for one in _NEEDED[table] if one not in said and one != "when"]:
        raise BadInput(f"{missing[0]} is empty. Fill it in{': group, authority or partner' if missing[0] == 'sort' else ''}.")
    happened, where = _happened(said, table, at, calendar, now), said.pop("place", None)
    body: dict[str, Any] = {"kind": _KINDS[table].model_fields["kind"].default} | said
    for one in ("who", "also"):
        if one in said:
            body[one] = several(said[one])
    if "with_authority" in said:
        body["with_authority"] = yes_or_no("with_authority", said["with_authority"])
    document = {"body": body, "happened": happened, "source": source} | ({"place": where} if where else {})
    draft = draft_of(document, calendar, now=now)
    span = draft.happened.model_copy(update={"said": ""})  # however it was typed, it is the same line
    if span.start > now:
        raise BadInput("It has not happened yet. Correct 'when', or leave the line out until then.")
    mark = hashlib.sha256(f"{stream}\n{draft.body!r}\n{span!r}\n{draft.places!r}\n{source}".encode()).hexdigest()
    return draft.model_copy(update={"id": f"{table}-{mark[:24]}", "happened": span})


def _happened(said: Row, table: Entered, at: datetime | None, calendar: Calendar, now: datetime) -> str | dict[str, str]:
    """When it was so; takes it out of the cells."""
    when, until = said.pop("when", None), said.pop("until", None)
    if when and until:
        view = View(now, latest=now)
        return {
            "start": calendar.moment(when, view, start=True).isoformat(),
            "end": calendar.moment(until, view).isoformat(),
        }
    if until:
        raise BadInput("It says until when and not from when. Fill in 'when'.")
    if when is None and at is None and table == "contacts":
        raise BadInput("It does not say when it was. Fill in 'when', or give --when for all such lines.")
    return when or (at or now).isoformat()


def _subject(draft: Draft) -> str:
    """What a line is about: a party by its name, anything else by all that it says."""
    return " ".join(draft.body.name.casefold().split()) if isinstance(draft.body, Party) else draft.id


def _entered(entry: Entry | None, table: Entered, zone: ZoneInfo) -> Cells:
    """What somebody entered, in the columns that are read; who said so and by which entry come last."""
    if entry is None:
        return dict.fromkeys([*columns_of(table), *_BESIDE[table]], "")
    happened, body = entry.draft.happened, entry.draft.body
    row = {one: _local(getattr(body, one), zone) for one in columns_of(table) if one in type(body).model_fields}
    row["when"] = _local(happened.start, zone)
    row["until"] = _local(happened.end, zone) if happened.end != happened.start else ""
    if table == "contacts":
        row["place"] = place_words(entry.draft.places)
    return row | dict.fromkeys(_BESIDE[table], "") | {"said_by": speaker(entry.draft.source), "entry": entry.id}


def _contact(one: ContactOf, entry: Entry, zone: ZoneInfo) -> Cells:
    return _entered(entry, "contacts", zone) | {
        "overdue": cell(one.is_overdue),
        "minutes": one.minutes.id if one.minutes else "",
        "minutes_due": _local(one.minutes_due, zone),
    }


def _party(one: PartyOf, entry: Entry | None, zone: ZoneInfo) -> Cells:
    row = _entered(entry, "parties", zone)
    if entry is None:
        row |= {"name": one.name, "also": cell(tuple(one.spellings))}
    return row | {
        "taken_for": one.sort,
        "last_contact": _local(one.last_contact.happened if one.last_contact else None, zone),
        "contact": one.last_contact.id if one.last_contact else "",
        "next_due": _local(one.next_due, zone),
        "advice": len(one.advice),
    }


def _commitment(one: Commitment, zone: ZoneInfo) -> Cells:
    said = (one.by, one.to, one.what, _local(one.due, zone), one.state, one.why, tuple(line.id for line in one.evidence))
    return dict(zip(_COMMITMENTS, (*map(cell, said), one.line.speaker, one.line.id), strict=True))


def _local(value: object, zone: ZoneInfo) -> object:
    """A cell; times are the operation's."""
    return cell(value.astimezone(zone) if isinstance(value, datetime) else value)
