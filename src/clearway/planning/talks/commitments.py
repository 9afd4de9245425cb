"""Promises both ways: open, kept, broken, or nobody can say; a deadline that passes changes the state by itself.

A promise that names a figure is held against what the figure was by its time. Kept: each speaker's last word by then meets it,
with all of its range. Broken: none does, neither then nor in the first words afterwards. Else nobody can say.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from clearway.picture.counts import counted_where, is_of_everybody, latest_by_voice
from clearway.picture.facts import said_until
from clearway.picture.subjects import where_key
from clearway.planning.talks.contract import Commitment
from clearway.planning.talks.figures import Bounds
from clearway.record.kinds.figures import Count
from clearway.record.kinds.pending import Promise
from clearway.record.kinds.talks import Evidence
from clearway.words import time_words, vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from clearway.planning.reading import Reading
    from clearway.planning.talks.contract import CommitmentState
    from clearway.planning.talks.lines import Lines
    from clearway.planning.talks.parties import Parties
    from clearway.record.entry import Entry

NEAR = timedelta(days=1)
"""How far from the time of a promise a figure may lie to show whether it was kept."""

_SAID: dict[str, tuple[CommitmentState, str]] = {
    "kept": ("kept", "The latest word: kept."),
    "not_kept": ("broken", "The latest word: not kept."),
    "overtaken": ("overtaken", "Something else took its place."),
}

_Found = tuple["CommitmentState", str, list["Entry"]]


def commitments_of(reading: Reading, parties: Parties, lines: Lines) -> list[Commitment]:
    """Every promise in force, and how it stands; the earliest due first, those without a time last.

    Raises:
        Unavailable: the database does not answer.
    """
    found = reading.in_force([Promise, Count, Evidence])
    counts = [said for said in found.values() if isinstance(said[0].draft.body, Count)]
    shown = [entry for said in found.values() if isinstance(said[0].draft.body, Evidence) for entry in said]
    promises = [said[0] for said in found.values() if isinstance(said[0].draft.body, Promise)]
    made = [_commitment(promise, counts, shown, reading, parties, lines) for promise in promises]
    return sorted(made, key=lambda one: (one.due is None, one.due or one.line.happened, one.line.id))


def _commitment(
    entry: Entry,
    counts: Sequence[Sequence[Entry]],
    shown: Sequence[Entry],
    reading: Reading,
    parties: Parties,
    lines: Lines,
) -> Commitment:
    body = entry.draft.body
    assert isinstance(body, Promise)  # noqa: S101 - only promises are asked
    state, why, decided_by = _state(entry, body, counts, reading)
    tied = [one for one in shown if entry.id in (*one.draft.confirms, *one.draft.disputes)]
    return Commitment(
        line=lines.of(entry),
        by=parties.name(body.by),
        to=parties.name(body.to) if body.to else None,
        what=body.what,
        due=body.due,
        state=state,
        why=why,
        evidence=lines.all([*decided_by, *tied]),
    )


def _state(entry: Entry, body: Promise, counts: Sequence[Sequence[Entry]], reading: Reading) -> _Found:
    """How a promise stands; what somebody entered and the figures contradict is contested."""
    by_figure = _by_figure(entry, body, counts, reading) if body.counted else None
    if body.outcome != "open":
        state, why = _SAID[body.outcome]
        if by_figure and {state, by_figure[0]} == {"kept", "broken"}:
            return "contested", f"{why} {by_figure[1]}", by_figure[2]
        return state, why, by_figure[2] if by_figure else []
    if body.due is None:
        return "open", "No time was said by which it is due.", []
    if reading.when.at <= body.due:
        return "open", f"Due by {time_words(body.due, reading.zone)}.", []
    return by_figure or ("outcome_due", "Its time has passed. Enter what came of it.", [])


def _by_figure(entry: Entry, body: Promise, counts: Sequence[Sequence[Entry]], reading: Reading) -> _Found | None:
    """What the figures say of a promise whose time has passed."""
    due, bounds = body.due, Bounds(body.at_most, body.at_least)
    if due is None or due >= reading.when.at or bounds == Bounds():
        return None
    what = f"{vocabulary(str(body.counted)).capitalize()}, {bounds} by {time_words(due, reading.zone)}"
    about = [said for said in counts if is_of_everybody(said[0]) and counted_where(said[0])[0] == body.counted]
    named = set(where_key(entry.draft))
    there = [said for said in about if named & set(where_key(said[0].draft))] if named else about
    if len(there) > 1:
        return "cannot_say", f"{what}: they were counted at {len(there)} places. Correct the promise: name its place.", []
    near = [one for said in there for one in said if abs(said_until(one.draft) - due) <= NEAR]
    return _near_its_time(near, due, bounds, what)


def _near_its_time(near: Sequence[Entry], due: datetime, bounds: Bounds, what: str) -> _Found:
    """What figures of the day round its time say of a promise."""
    before = latest_by_voice([one for one in near if said_until(one.draft) <= due])
    after = latest_by_voice(reversed([one for one in near if said_until(one.draft) > due]))
    then, later = bounds.of_all(before), bounds.of_all(after)
    if before and then == "met":
        return "kept", f"{what}: yes, by the last figures before.", before
    if {bounds.of_all(said) for said in (before, after) if said} == {"failed"}:
        return "broken", f"{what}: no, by the figures next to it.", [*before, *after]
    if before and "contested" in (then, later):
        return "contested", f"{what}: speakers differ.", [*before, *after]
    why = "the figures next to it leave it open" if near else "nobody counted within a day of it. Enter what came of it"
    return "cannot_say", f"{what}: {why}.", [*before, *after]
