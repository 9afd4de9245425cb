"""The log of contacts: who spoke with whom, when next, and whether there are minutes of a meeting with an outside authority."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from clearway.picture.facts import said_until
from clearway.planning.talks.contract import ContactOf
from clearway.planning.talks.parties import is_group
from clearway.record.kinds.talks import Contact, Minutes
from clearway.record.place_words import place_words
from clearway.words import listed

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from clearway.planning.reading import Reading
    from clearway.planning.talks.lines import Lines
    from clearway.planning.talks.parties import Parties
    from clearway.record.entry import Entry

_BOTH_SIDES = 2
"""A talk has two sides."""


def contacts_of(reading: Reading, parties: Parties, lines: Lines) -> list[ContactOf]:
    """Every contact, the newest first.

    Raises:
        Unavailable: the database does not answer.
    """
    entries = reading.latest([Contact, Minutes])
    held = [entry for entry in entries if isinstance(entry.draft.body, Contact)]
    minutes = {body.of: entry for entry in entries if isinstance(body := entry.draft.body, Minutes)}
    return [_contact(entry, held, minutes.get(entry.id), reading, parties, lines) for entry in reversed(held)]


def _contact(
    entry: Entry, held: list[Entry], minutes: Entry | None, reading: Reading, parties: Parties, lines: Lines
) -> ContactOf:
    body = entry.draft.body
    assert isinstance(body, Contact)  # noqa: S101 - only contacts are asked
    who = [parties.name(name) for name in body.who]
    outside = outside_authorities(body, parties) if body.with_authority is None else []
    with_authority = bool(outside) if body.with_authority is None else body.with_authority
    return ContactOf(
        line=lines.of(entry),
        who=who,
        way=body.way,
        where=place_words(entry.draft.places),
        by=body.by,
        with_authority=with_authority,
        is_assumed=body.with_authority is None,
        next_due=body.next_due,
        next_by=body.next_by,
        is_overdue=body.next_due is not None and body.next_due < reading.when.at and not _again(entry, held, who, parties),
        minutes=lines.of(minutes) if minutes else None,
        minutes_due=midnight_after(entry, reading.zone) if with_authority else None,
    )


def outside_authorities(body: Contact, parties: Parties) -> list[str]:
    """Who of those that met is an outside authority, by their own entries or by their names alone.

    Where nobody said whose contact it was, one authority by name that talks with groups is taken for ours.
    """
    offices = [parties.of(name) for name in body.who]
    authorities = [known.name for known in offices if known.sort == "authority"]
    if body.by:
        return [name for name in authorities if name != parties.name(body.by)]
    with_groups = any(is_group(known.name) if known.is_assumed else known.sort == "group" for known in offices)
    entered = any(known.sort == "authority" and not known.is_assumed for known in offices)
    return authorities if entered or not with_groups or len(authorities) >= _BOTH_SIDES else []


def owed_by(contact: ContactOf, parties: Parties) -> str:
    """Which office owes the minutes: the one that is entered, else the only one there that is no authority."""
    ours = [name for name in contact.who if parties.of(name).sort != "authority"]
    return contact.by or (ours[0] if len(ours) == 1 else f"office not said, one of {listed(contact.who)}")


def midnight_after(entry: Entry, zone: ZoneInfo) -> datetime:
    """The end of the last day that an entry is of, in an operation's own time."""
    span = entry.draft.happened
    following = max(span.start, span.end - timedelta(microseconds=1)).astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(following, time(), tzinfo=zone)


def _again(entry: Entry, held: list[Entry], who: list[str], parties: Parties) -> bool:
    """Whether the same parties spoke again since."""
    return any(said_until(one.draft) > said_until(entry.draft) and _meets(one, set(who), parties) for one in held)


def _meets(entry: Entry, who: set[str], parties: Parties) -> bool:
    """Whether a later contact is one with the same parties: with two of them, or with the only one."""
    body = entry.draft.body
    common = who & {parties.name(name) for name in body.who} if isinstance(body, Contact) else set[str]()
    return len(common) >= min(len(who), _BOTH_SIDES)
