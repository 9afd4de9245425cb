"""Expectations held against figures: what counts came after a decision, and what they say of it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from clearway.picture.counts import amount_of, is_of_everybody, latest_by_voice
from clearway.picture.facts import said_until
from clearway.picture.subjects import where_key
from clearway.planning.talks.figures import Bounds
from clearway.record.kinds.figures import Count, Flow
from clearway.words import age_words, vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from clearway.planning.decide.contract import Came
    from clearway.planning.reading import Reading
    from clearway.planning.talks.figures import Verdict
    from clearway.record.entry import Entry

NEAR = timedelta(days=1)
"""How far from its time a figure may lie to show whether an expectation was kept."""
_FEWER = re.compile(r"\b(?:fewer|less)\s+(?P<figure>[a-z]+)\b", re.IGNORECASE)
_NO_MORE = re.compile(r"\bno (?:more|new|further)\s+(?P<figure>[a-z]+)\b", re.IGNORECASE)
_MORE = re.compile(r"\bmore\s+(?P<figure>[a-z]+)\b", re.IGNORECASE)


class Wanted(NamedTuple):
    """What a figure is expected to be.

    Attributes:
        figure: What is counted.
        bounds: What it is held to.
        direction: More or fewer than before the decision; "no_more": not more.
    """

    figure: str
    bounds: Bounds = Bounds()
    direction: str | None = None


class Found(NamedTuple):
    """How an expectation stands, why, and by which entries; the last word on its figure."""

    came: Came
    why: str
    entries: Sequence[Entry] = ()
    last: Entry | None = None


def wanted_in(text: str, counted: frozenset[str]) -> Wanted | None:
    """What words expect of a figure; None where they name none that anybody counts.

    >>> wanted_in("fewer vehicles", frozenset(["vehicles"])).direction
    'fewer'
    >>> wanted_in("no more vehicles arrive", frozenset(["vehicles"])).direction
    'no_more'
    """
    for direction, pattern in (("no_more", _NO_MORE), ("fewer", _FEWER), ("more", _MORE)):
        found = pattern.search(text)
        if found and found["figure"].lower() in counted:
            return Wanted(found["figure"].lower(), direction=direction)
    return None


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
    at, made = reading.when.at, said_until(entry.draft)
    figures = _figures(wanted.figure, entry, reading)
    last = max(figures, key=lambda one: said_until(one.draft), default=None)
    if by_when is not None and at <= by_when:
        return Found("not_due", "Its time has not come.", last=last)
    until = by_when or at
    since = [one for one in figures if made < said_until(one.draft) <= until]
    near = [one for one in since if by_when is None or until - said_until(one.draft) <= NEAR]
    before = [one for one in figures if said_until(one.draft) <= made]
    verdict, deciding = _verdict(wanted, latest_by_voice(near), latest_by_voice(before), _flows(wanted, entry, until, reading))
    what = vocabulary(wanted.figure)
    if deciding:
        return Found(_CAME[verdict], f"{what.capitalize()}: {_WORDS[verdict]}.", deciding, last)
    if last is None:
        return Found("unknown", f"Nobody has counted {what}{' there' if entry.draft.places else ''}.")
    age = age_words((at - said_until(last.draft)).total_seconds())
    if since:
        return Found("unknown", f"No figure of {what} is of the day before its time; the last is {age} old.", last=last)
    return Found("unknown", f"Nobody has counted {what} since; the last figure is {age} old.", last=last)


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
    if not now or not before:
        return "cannot_say", []
    lows = [amount.low for amount in map(amount_of, before)]
    highs = [amount.high for amount in map(amount_of, before)]
    low = 0.0 if None in lows else min(one for one in lows if one is not None)
    high = float("inf") if None in highs else max(one for one in highs if one is not None)
    verdicts = {_moved(wanted.direction, entry, low, high) for entry in now}
    if {"met", "failed"} <= verdicts:
        return "contested", now
    return (verdicts.pop() if len(verdicts) == 1 else "cannot_say"), now


def _moved(direction: str, entry: Entry, low: float, high: float) -> Verdict:
    """Whether a figure lies wholly on the side of an earlier range that was expected."""
    amount = amount_of(entry)
    least = 0.0 if amount.low is None else amount.low
    most = float("inf") if amount.high is None else amount.high
    if direction == "more":
        return "met" if least > high else "failed" if most <= low else "cannot_say"
    if direction == "fewer":
        return "met" if most < low else "failed" if least >= high else "cannot_say"
    return "met" if most <= low else "failed" if least > high else "cannot_say"


def _figures(what: str, entry: Entry, reading: Reading) -> list[Entry]:
    """The counts of everybody of a figure, latest first; at the place of the entry where that names one."""
    here = set(where_key(entry.draft))
    found = [
        one
        for said in reading.in_force([Count]).values()
        for one in said
        if isinstance(body := one.draft.body, Count) and body.what == what and is_of_everybody(one)
    ]
    there = [one for one in found if here & set(where_key(one.draft))]
    return sorted(there if here else found, key=lambda one: said_until(one.draft), reverse=True)


def _flows(wanted: Wanted, entry: Entry, until: datetime, reading: Reading) -> list[Entry]:
    """What was said to come of a figure since an entry."""
    return [
        one
        for said in reading.in_force([Flow]).values()
        for one in said
        if isinstance(body := one.draft.body, Flow)
        and body.what == wanted.figure
        and body.direction in ("arrived", "grew")
        and said_until(entry.draft) < one.draft.happened.start
        and said_until(one.draft) <= until
    ]
