"""Expectations held against figures: what counts came after a decision, and what they say of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from clearway.errors import BadInput
from clearway.picture.counts import amount_of, is_of_everybody, latest_by_voice
from clearway.picture.facts import said_until
from clearway.picture.subjects import place_key, where_key
from clearway.planning.talks.figures import Bounds
from clearway.record.kinds.figures import Count, Flow
from clearway.record.parts import Amount
from clearway.record.place_text import place_of_text
from clearway.words import age_words, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from clearway.planning.decide.contract import Came
    from clearway.planning.decide.expected_words import Direction, Wanted
    from clearway.planning.reading import Reading
    from clearway.planning.talks.figures import Verdict
    from clearway.record.entry import Entry

NEAR = timedelta(days=1)
"""How far from its time a figure may lie to show whether an expectation was kept."""


class Found(NamedTuple):
    """How an expectation stands, why, and by which entries; the last word on its figure."""

    came: Came
    why: str
    entries: Sequence[Entry] = ()
    last: Entry | None = None


def counted_names(reading: Reading) -> frozenset[str]:
    """Every figure that anybody counted, or said to come or go."""
    bodies = [said[0].draft.body for said in reading.in_force([Count, Flow]).values()]
    return frozenset(body.what for body in bodies if isinstance(body, Count | Flow))


def held_against(wanted: Wanted, entry: Entry, by_when: datetime | None, reading: Reading) -> Found:
    """How a figure stands against what was expected of it when an entry was written.

    Only figures about moments after it show anything. With a time, the nearest before that time decide, none older than a day.

    Args:
        wanted: What is expected.
        entry: The decision, or what else expects it.
        by_when: Its time; None: at the moment that is looked at.
        reading: The record.
    """
    at, made, until = reading.when.at, said_until(entry.draft), by_when or reading.when.at
    there = figures_there(reading.in_force([Count]).values(), wanted, entry)
    figures = there[0] if len(there) == 1 else []
    last = max(figures, key=lambda one: said_until(one.draft), default=None)
    if by_when is not None and at <= by_when:
        return Found("not_due", "Its time has not come.", last=last)
    what, flows = vocabulary(wanted.figure), _flows(wanted, entry, until, reading)
    if len(there) > 1 and not flows:
        says = f"{what.capitalize()} were counted at {len(there)} places. Correct the entry: name its place."
        return Found("unknown", says)
    since = [one for one in figures if made < said_until(one.draft) <= until]
    near = [one for one in since if by_when is None or until - said_until(one.draft) <= NEAR]
    before = [one for one in figures if said_until(one.draft) <= made]
    verdict, deciding = _verdict(wanted, latest_by_voice(near), latest_by_voice(before), flows)
    if deciding:
        return Found(_CAME[verdict], f"{what.capitalize()}: {_WORDS[verdict]}.", deciding, last)
    where = f" at {wanted.where}" if wanted.where else " there" if entry.draft.places else ""
    return Found("unknown", _not_counted(what, where, last, near, since, at), last=last)


def _not_counted(what: str, where: str, last: Entry | None, near: Sequence[Entry], since: Sequence[Entry], at: datetime) -> str:
    """Why no figure says what came."""
    if last is None:
        return f"Nobody has counted {what}{where}."
    if near:
        return f"Nobody had counted {what}{where} before it, so nobody can say."
    age = age_words((at - said_until(last.draft)).total_seconds())
    if since:
        return f"No figure of {what} is of the day before its time; the last is {age} old."
    return f"Nobody has counted {what} since; the last figure is {age} old."


_CAME: dict[Verdict, Came] = {"met": "kept", "failed": "missed", "contested": "contested", "cannot_say": "unknown"}
_WORDS: dict[Verdict, str] = {
    "met": "as expected, by every speaker",
    "failed": "not as expected, by every speaker",
    "contested": "speakers differ",
    "cannot_say": "the range lies on both sides",
}


def _verdict(
    wanted: Wanted, now: Sequence[Entry], before: Sequence[Entry], flows: Sequence[Entry]
) -> tuple[Verdict, Sequence[Entry]]:
    """What the figures say, and which of them; none where nobody counted."""
    if wanted.direction is None:
        return wanted.bounds.of_all(now), now
    if wanted.direction == "no_more" and flows:
        return "failed", flows
    bounds = directed(wanted.direction, before)
    return (bounds.of_all(now), now) if now and bounds else ("cannot_say", [])


def directed(direction: Direction, before: Sequence[Entry]) -> Bounds | None:
    """What a figure must be to be more, fewer or not more than what each speaker said before; None where nobody did."""
    amounts = [amount_of(entry) for entry in before]
    if not amounts:
        return None
    lows, highs = [one.low for one in amounts], [one.high for one in amounts]
    low = 0.0 if None in lows else min(one for one in lows if one is not None)
    high = None if None in highs else max(one for one in highs if one is not None)
    earlier = Amount(low=low, high=high, about=any(one.about for one in amounts))
    match direction:
        case "more":
            return Bounds(above=earlier)
        case "fewer":
            return Bounds(below=earlier)
        case "no_more":
            return Bounds(not_above=earlier)


def figures_there(counts: Iterable[Sequence[Entry]], wanted: Wanted, entry: Entry) -> list[list[Entry]]:
    """The counts of everybody of a figure, a list for each place, latest first.

    Args:
        counts: In force, by what is counted and where.
        wanted: Its place where the words name one.
        entry: Its places where they do not.
    """
    here = places_of(wanted, entry)
    found: dict[tuple[str, ...], list[Entry]] = {}
    for one in (one for said in counts for one in said):
        body, where = one.draft.body, where_key(one.draft)
        if isinstance(body, Count) and body.what == wanted.figure and is_of_everybody(one) and (not here or here & set(where)):
            found.setdefault(tuple(where), []).append(one)
    return [sorted(said, key=lambda one: said_until(one.draft), reverse=True) for said in found.values()]


def places_of(wanted: Wanted, entry: Entry) -> set[str]:
    """Keys of the places where a figure is expected, as the picture compares them; none: wherever it is counted."""
    if wanted.where is None:
        return set(where_key(entry.draft))
    try:
        return {place_key(place_of_text(wanted.where))}
    except BadInput:
        return {wanted.where}


def _flows(wanted: Wanted, entry: Entry, until: datetime, reading: Reading) -> list[Entry]:
    """What was said to come of a figure since an entry; to its place, where that and the flow name one."""
    here = places_of(wanted, entry)
    return [
        one
        for said in reading.in_force([Flow]).values()
        for one in said
        if isinstance(body := one.draft.body, Flow)
        and body.what == wanted.figure
        and body.direction in ("arrived", "grew")
        and (not here or not one.draft.places or here & set(where_key(one.draft)))
        and said_until(entry.draft) < one.draft.happened.start
        and said_until(one.draft) <= until
    ]
