"""Sheets for meetings in words: what to know before one, and minutes to be filled in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from clearway.cli.text.talks import cited
from clearway.words import age_words, time_words, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from zoneinfo import ZoneInfo

    from clearway.planning.talks.contract import MinuteForm, NotPromised, PartyPair, Preparation

_LINES_TO_WRITE = 3
"""Under each heading, by hand."""


def preparation_lines(sheet: Preparation, zone: ZoneInfo) -> Iterator[str]:
    """The sheet to take to a meeting."""
    party = sheet.party
    assumed = ", by its name" if party.is_assumed else ""
    yield f"Meeting with {party.name} ({party.sort}{assumed})."
    yield f"Speaks for it: {party.spokesperson or 'nobody has said'}."
    if party.speaks_for:
        yield f"Speaks for {party.speaks_for}, as claimed by {party.claimed_by}."
    yield f"May decide: {party.may_decide or 'nobody has said'}."
    if party.split_from:
        yield f"It split off {party.split_from}: ask whether what that one promised holds for it."
    yield from _not_promised(sheet.must_not_promise)
    yield from (f"Wanted: {cited(one.line)}" for one in sheet.demands)
    for term in sheet.terms:
        yield f"Term {vocabulary(term.state)}: {cited(term.line)} {term.why}"
    for one in sheet.commitments:
        yield f"Promise by {one.by}, {vocabulary(one.state)}: {cited(one.line)} {one.why}"
    for asked in sheet.requests:
        answer = f"by entry {asked.answer.id}" if asked.answer else f"for {age_words(asked.age_s)}"
        yield f"{vocabulary(asked.state).capitalize()} {answer}: {cited(asked.line)}"
    yield from (f"Deadlock: {one.says}" for one in sheet.deadlocks)
    for row in sheet.common_ground:
        yield from (
            f"{row.title}: {pair.first} and {pair.second} agree, {pair.why}." for pair in row.agree if _has(pair, party.name)
        )
        yield from (
            f"{row.title}: {pair.first} and {pair.second} do not, {pair.why}." for pair in row.block if _has(pair, party.name)
        )
    yield from (f"Last spoken, {time_words(one.line.happened, zone)}: {cited(one.line)}" for one in sheet.contacts)
    if not sheet.contacts:
        yield "No contact with them is in the record."


def minute_lines(form: MinuteForm, zone: ZoneInfo) -> Iterator[str]:
    """Minutes to be filled in by hand, and the entry to send."""
    yield f"Minutes of: {cited(form.contact.line)}"
    yield f"Due by {time_words(form.due, zone)}: an outside authority took part." if form.due else "Due when they are ready."
    yield from _not_promised(form.must_not_promise)
    for number, heading in enumerate(form.headings, start=1):
        yield f"{number}. {heading}"
        yield from ["   ________________________________________"] * _LINES_TO_WRITE
    yield "Fill this in and give it to 'clearway record add':"
    yield json.dumps(form.entry, ensure_ascii=False)


def _has(pair: PartyPair, name: str) -> bool:
    return name in (pair.first, pair.second)


def _not_promised(found: Iterable[NotPromised]) -> Iterator[str]:
    for one in found:
        yield f"Do not promise: {one.what.rstrip('.')}. {one.why} [{', '.join(line.id for line in one.lines)}]"
