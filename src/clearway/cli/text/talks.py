"""Talks in words: what is late, then deadlocks, terms, promises, requests, common ground, contacts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.cli.text.table import aligned
from clearway.words import age_words, listed, time_words, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

    from clearway.planning.talks.contract import CitedEntry, Deadlock, RequestOf, TalksAnswer

_CONTACTS_SHOWN = 10


def talks_lines(talks: TalksAnswer, zone: ZoneInfo) -> Iterator[str]:
    """Where the talks stand."""
    yield f"{talks.title}: talks at {time_words(talks.at, zone)}, as known at {time_words(talks.known_at, zone)}."
    yield from (f"Late, {alarm.office}: {alarm.says} [{alarm.entry}]" for alarm in talks.alarms)
    for deadlock in talks.deadlocks:
        yield from _deadlock(deadlock)
    if not talks.deadlocks:
        yield "No deadlock is in the record: nobody is reported to wait for somebody who waits for them."
    if not talks.all_deadlocks:
        yield "There are more deadlocks than are listed."
    for term in talks.terms:
        since = f" since {time_words(term.since, zone)}" if term.since else ""
        yield f"Term {vocabulary(term.state)}{since}: {cited(term.line)} {term.why}"
    for promise in talks.commitments:
        to = f" to {promise.to}" if promise.to else ""
        yield f"Promise by {promise.by}{to}, {vocabulary(promise.state)}: {cited(promise.line)} {promise.why}"
    yield from open_lines(talks, zone)
    yield from _common_ground(talks)
    yield from _beside(talks)
    yield from _partners(talks, zone)
    for party in talks.parties:
        yield from (f"Advice of {party.name}: {cited(line)}" for line in party.advice)
        if party.speaks_for:
            yield f"{party.name} speaks for {party.speaks_for}, as claimed by {party.claimed_by}."
        yield from (f"{party.name} split off {name}." for name in filter(None, [party.split_from]))
    for contact in talks.contacts[:_CONTACTS_SHOWN]:
        due = f" Next by {time_words(contact.next_due, zone)}." if contact.next_due else ""
        yield f"Contact: {cited(contact.line)}{due}"
    if len(talks.contacts) > _CONTACTS_SHOWN:
        yield f"... and {len(talks.contacts) - _CONTACTS_SHOWN} earlier contacts; --json lists them."


def _partners(talks: TalksAnswer, zone: ZoneInfo) -> Iterator[str]:
    """Partners and outside authorities as a table; what they advised, and whether it was heeded, is listed below it."""
    found = [party for party in talks.parties if party.sort != "group"]
    if not found:
        return
    yield "Partners and authorities; * its sort was taken from its name:"
    rows = [
        (
            f"{party.name}{'*' if party.is_assumed else ''}",
            party.spokesperson or "not said",
            party.task or "not said",
            party.may_decide or "not said",
            time_words(party.last_contact.happened, zone) if party.last_contact else "none",
            str(len(party.advice)),
        )
        for party in found
    ]
    yield from aligned(("name", "office", "role", "may decide", "last contact", "advice"), rows, words=5)


def _common_ground(talks: TalksAnswer) -> Iterator[str]:
    for row in talks.common_ground:
        yield f"{row.title}: {'; '.join(f'{cell.party}: {vocabulary(cell.position)}' for cell in row.cells)}."
        yield from (f"  Agree: {pair.first} and {pair.second}, {pair.why}." for pair in row.agree)
        yield from (f"  In the way: {pair.first} and {pair.second}, {pair.why}." for pair in row.block)


def _beside(talks: TalksAnswer) -> Iterator[str]:
    for one in talks.beside:
        yield f"Said: {cited(one.claim)} Beside it, {'refuted' if one.refuted_by else 'not refuted'}:"
        yield from (f"  {cited(other)}" for other in one.others)
    yield from (f"Document: {one.says} {listed([line.id for line in one.lines])}." for one in talks.documents)


def open_lines(talks: TalksAnswer, zone: ZoneInfo) -> Iterator[str]:
    """Every request, unanswered ones first."""
    if not talks.requests:
        yield "Nothing was asked or offered that waits for an answer."
    for asked in talks.requests:
        yield from request_lines(asked, zone)


def request_lines(asked: RequestOf, zone: ZoneInfo) -> Iterator[str]:
    """One request: how long it has waited, or how it was answered."""
    owed = f"owed by: {asked.owed_by or 'not said'}"
    if asked.answer is None:
        late = " Overdue." if asked.is_overdue else ""
        yield f"Unanswered for {age_words(asked.age_s)}, {owed}: {cited(asked.line)}{late}"
    else:
        when = time_words(asked.answer.happened, zone)
        yield f"{vocabulary(asked.state).capitalize()} {when} by entry {asked.answer.id}, {owed}: {cited(asked.answer)}"
    yield from (f"  Elsewhere: {cited(line)}" for line in asked.elsewhere)


def _deadlock(deadlock: Deadlock) -> Iterator[str]:
    yield f"Deadlock: {deadlock.says} [{', '.join(deadlock.entries)}]"
    for step in deadlock.openings:
        yield f"  {'Smallest step' if step.is_smallest else 'Or'}: {step.says}"
    yield from (f"  An offer to mediate waits for an answer: {cited(line)}" for line in deadlock.offers)


def cited(line: CitedEntry) -> str:
    """An entry with its speaker, grade, age and id."""
    return f"{line.says.rstrip('.')} [{line.speaker}; {line.grade}; {age_words(line.age_s)} ago; {line.id}]."
