"""Figures: what was said, each speaker's last word, who excludes whom, and the estimate beside them."""

from __future__ import annotations

import math
from datetime import timedelta
from typing import TYPE_CHECKING

from clearway.picture.contract import Band, Clash, CountOf
from clearway.picture.estimate import CREDIBILITY_TRUST, RELIABILITY_TRUST, Moved, Said, estimate
from clearway.picture.facts import organisation, voice
from clearway.picture.subjects import where_key
from clearway.record.kinds.figures import Count, Flow
from clearway.record.place import place_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from clearway.picture.facts import Facts
    from clearway.picture.subjects import Subject
    from clearway.record.entry import Entry
    from clearway.record.parts import Amount

FORECAST = timedelta(hours=48)
"""How far the estimate looks ahead of the moment looked at."""

_BEFORE, _AFTER = 48, 12
_DAY_S = 86_400
_FIRST = ("people", "vehicles", "tents", "groups")
_SPREAD_OUT = timedelta(hours=12)


def count_of(
    subject: Subject, statements: Sequence[Entry], flows: Sequence[Entry], facts: Facts, *, bands: bool = True
) -> CountOf:
    """One figure.

    Args:
        subject: What is counted.
        statements: Its statements in force, latest first; at least one.
        flows: Every flow in force; those of the same thing at the same place are taken.
        facts: Of the picture.
        bands: Whether the estimate is given over time too, not at the moment looked at alone.
    """
    body = _count(statements[0])
    moved = [flow for flow in flows if _flows_into(flow, statements[0])]
    latest = latest_by_voice(statements)
    now, band = _estimated(statements, moved, facts.at, bands=bands)
    return CountOf(
        key=subject.key,
        what=body.what,
        group=body.group,
        where=place_words(statements[0].draft.places),
        places=facts.of(statements[0]).places,
        latest=[facts.of(entry) for entry in latest],
        clashes=[Clash(first=first.id, second=second.id) for first, second in clashing(latest)],
        statements=[facts.of(entry) for entry in reversed(statements)],
        flows=[facts.of(entry) for entry in sorted(moved, key=lambda entry: (entry.draft.happened.end, entry.id))],
        estimate=now,
        estimate_rests_on=len({organisation(entry.draft.source) for entry in statements}),
        band=band,
    )


def weight(count: CountOf) -> tuple[object, ...]:
    """By which figures stand in order: of everybody before parts, people and vehicles first, then by how much was said."""
    rank = _FIRST.index(count.what) if count.what in _FIRST else len(_FIRST)
    return count.group is not None, rank, -len(count.statements), count.key


def latest_by_voice(statements: Iterable[Entry]) -> list[Entry]:
    """Each speaker's last word, latest first, of statements that are latest first."""
    voices: dict[str, Entry] = {}
    for entry in statements:
        voices.setdefault(voice(entry.draft.source), entry)
    return list(voices.values())


def clashing(entries: Sequence[Entry]) -> list[tuple[Entry, Entry]]:
    """Pairs of statements of different speakers whose ranges exclude each other at times that overlap or nearly do.

    Two figures are compared where neither is more than a day older than the other: numbers change.
    """
    pairs = [(first, second) for at, first in enumerate(entries) for second in entries[at + 1 :]]
    return [pair for pair in pairs if _apart(*map(amount_of, pair)) and within_a_day(*pair)]


def amount_of(entry: Entry) -> Amount:
    """The figure of a statement."""
    return _count(entry).amount


def within_a_day(first: Entry, second: Entry) -> bool:
    """Whether the spans of two entries overlap or lie no more than a day apart."""
    one, other = first.draft.happened, second.draft.happened
    return max((one.start - other.end).total_seconds(), (other.start - one.end).total_seconds()) <= _DAY_S


def _apart(first: Amount, second: Amount) -> bool:
    def above(one: Amount, other: Amount) -> bool:
        return one.low is not None and other.high is not None and one.low > other.high

    return above(first, second) or above(second, first)


def _flows_into(flow: Entry, count: Entry) -> bool:
    body, counted = flow.draft.body, _count(count)
    same = isinstance(body, Flow) and body.what == counted.what and counted.group is None
    return same and where_key(flow.draft) == where_key(count.draft)


def _estimated(
    statements: Sequence[Entry], moved: Sequence[Entry], at: datetime, *, bands: bool
) -> tuple[Band | None, list[Band]]:
    """The estimate at a moment, and from the first statement to the end of the forecast."""
    first = min(entry.draft.happened.start for entry in statements)
    behind = [first + (at - first) * step / _BEFORE for step in range(_BEFORE)] if bands else []
    ahead = [at + FORECAST * step / _AFTER for step in range(1, _AFTER + 1)] if bands else []
    moments = [*behind, at, *ahead]
    said = [part for entry in statements for part in _said(entry, at)]
    found = estimate(said, [_moved(entry, at) for entry in moved], [_days(moment, at) for moment in moments])
    if found is None:
        return None, []
    rows = zip(moments, found.low.tolist(), found.likely.tolist(), found.high.tolist(), strict=True)
    every = [Band(at=moment, low=low, likely=likely, high=high) for moment, low, likely, high in rows]
    return every[len(behind)], every if bands else []


def _said(entry: Entry, at: datetime) -> list[Said]:
    """A statement for the estimate; a range over a long span holds at its beginning, in its middle and at its end."""
    amount, source, happened = amount_of(entry), entry.draft.source, entry.draft.happened
    start, end = _days(happened.start, at), _days(min(happened.end, max(at, happened.start)), at)
    is_range = amount.low != amount.high
    lasts = is_range and happened.end - happened.start > _SPREAD_OUT
    return [
        Said(
            day=day,
            low=amount.low or 0.0,
            high=math.inf if amount.high is None else amount.high,
            speaker=voice(source),
            reliability=source.reliability,
            credibility=source.credibility,
            about=amount.about,
            within_days=0.0 if lasts else end - start,
        )
        for day in ((start, (start + end) / 2, end) if lasts else ((start + end) / 2,))
    ]


def _moved(entry: Entry, at: datetime) -> Moved:
    body = entry.draft.body
    assert isinstance(body, Flow)  # noqa: S101 - only flows are asked
    high = math.inf if body.amount.high is None else body.amount.high
    by = _days(min(entry.draft.happened.end, at), at)
    source = entry.draft.source
    trust = RELIABILITY_TRUST[source.reliability] * CREDIBILITY_TRUST[source.credibility]
    return Moved(day=by, low=body.amount.low or 0.0, high=high, arrived=body.direction == "arrived", trust=trust)


def _days(moment: datetime, at: datetime) -> float:
    return (moment - at).total_seconds() / _DAY_S


def _count(entry: Entry) -> Count:
    body = entry.draft.body
    assert isinstance(body, Count)  # noqa: S101 - only counts are asked
    return body
