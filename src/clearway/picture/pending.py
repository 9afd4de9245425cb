"""What is pending: promises and their time, requests and how long they wait, conditions and the figures that decide them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from clearway.picture.contract import Conditional, Intended, Promised, Requested
from clearway.picture.counts import KNOWN_FOR, amount_of, counted_where, is_of_everybody, latest_by_voice
from clearway.picture.facts import said_until
from clearway.picture.proposals import proposed
from clearway.picture.subjects import where_key
from clearway.record.kinds.pending import Condition, Promise
from clearway.words import age_words, vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.picture.facts import Facts
    from clearway.record.entry import Entry
    from clearway.record.parts import Amount


def promised(entries: Sequence[Entry], facts: Facts, others: Sequence[Entry] = ()) -> Promised:
    """A promise by its latest entry; overdue once its time has passed and no outcome is entered.

    Args:
        entries: The promise's, latest first.
        facts: Of the picture.
        others: States and events in force, which may show it done.
    """
    body = entries[0].draft.body
    assert isinstance(body, Promise)  # noqa: S101 - only promises are asked
    overdue = body.outcome == "open" and body.due is not None and body.due < facts.at
    return Promised(
        **facts.fields(entries[0]),
        outcome=body.outcome,
        due=body.due,
        overdue=overdue,
        proposed=proposed(entries[0], others, facts.zone),
    )


def intended(entries: Sequence[Entry], facts: Facts) -> Intended:
    """What somebody means to do by its latest entry, and how that stands."""
    draft = entries[0].draft
    status = draft.body.status(said_until(draft), facts.at)
    return Intended(
        **facts.fields(entries[0]),
        status=status.words,
        is_past=status.is_past,
        is_over=status.is_over,
        due=getattr(draft.body, "due", None),
    )


def requested(entries: Sequence[Entry], facts: Facts) -> Requested:
    """A request, with the time it has waited since it was first made, and whether it still waits."""
    waits = entries[0].draft.body.awaits_answer
    first = min(entry.draft.happened.start for entry in entries)
    return Requested(
        **facts.fields(entries[0]), unanswered=waits, waiting_s=(facts.at - first).total_seconds() if waits else None
    )


def conditional(entries: Sequence[Entry], counted: Sequence[Sequence[Entry]], facts: Facts) -> Conditional:
    """A condition, and whether the figure that decides it meets it.

    The figure is of everybody, at the condition's own place; where that names none, at the only place where anybody counted.

    Args:
        entries: The condition's entries, latest first.
        counted: The statements of every figure.
        facts: Of the picture.
    """
    body = entries[0].draft.body
    assert isinstance(body, Condition)  # noqa: S101 - only conditions are asked
    named = set(where_key(entries[0].draft))
    about = [count for count in counted if is_of_everybody(count[0]) and counted_where(count[0])[0] == body.counted]
    there = [count for count in about if named & set(where_key(count[0].draft))] if named else about
    longest = KNOWN_FOR if body.max_age_h is None else timedelta(hours=body.max_age_h)
    said = [latest for count in there for latest in latest_by_voice(count)]
    fresh = [entry for entry in said if facts.at - said_until(entry.draft) <= longest]
    open_because = _why_open(body, len(there), longest, is_fresh=bool(fresh), is_placed=bool(named))
    deciding = [] if open_because else fresh
    met = None if body.at_most is None else _at_most([amount_of(entry) for entry in deciding], body.at_most)
    return Conditional(
        **facts.fields(entries[0]), met=met, decided_by=[entry.id for entry in deciding], open_because=open_because
    )


def _why_open(condition: Condition, places: int, longest: timedelta, *, is_fresh: bool, is_placed: bool) -> str:
    """Why no figure decides a condition that names one; empty where one does."""
    if condition.counted is None or condition.at_most is None:
        return ""
    what = vocabulary(condition.counted)
    if not places:
        return f"Nobody has counted {what}{' there' if is_placed else ''}."
    if places > 1:
        return f"{what.capitalize()} were counted at {places} places. Correct the condition: name the place that it means."
    return "" if is_fresh else f"The last figure of {what} is more than {age_words(longest.total_seconds())} old."


def _at_most(amounts: Sequence[Amount], most: float) -> bool | None:
    """Whether a figure is no more than a bound: as every speaker says, or null where they leave it open or differ."""
    if amounts and all(amount.high is not None and amount.high <= most for amount in amounts):
        return True
    if amounts and all(amount.low is not None and amount.low > most for amount in amounts):
        return False
    return None
