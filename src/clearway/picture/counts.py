"""Figures: what was said, each speaker's last word, who excludes whom, and the estimate beside them."""

from __future__ import annotations

import math
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from clearway.picture.contract import Band, Clash, CountOf
from clearway.picture.corrections import correction_words
from clearway.picture.estimate import CREDIBILITY_TRUST, RELIABILITY_TRUST, Moved, Said, estimate
from clearway.picture.facts import organisation, said_until
from clearway.picture.pushes import drifts
from clearway.picture.subjects import where_key
from clearway.record.kinds.figures import Count, Flow, figure_kind
from clearway.record.parts import amount_words
from clearway.record.place import Area, area_m2
from clearway.record.place_words import place_words
from clearway.record.source import speaker, voice

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from clearway.picture.contract import PushOf
    from clearway.picture.estimate import Pushed
    from clearway.picture.facts import Facts
    from clearway.picture.subjects import Subject
    from clearway.record.entry import Entry
    from clearway.record.parts import Amount

FORECAST = timedelta(hours=48)
"""How far the estimate looks ahead of the moment looked at."""

KNOWN_FOR = timedelta(days=7)
"""How long after the last word a population is estimated: the band's high end is then four to thirty times its low one."""

DENSITY: dict[str, float] = {"people": 5.0, "vehicles": 0.08, "tents": 0.25}
"""The most to a square metre: people in a crowd (more than five is unsafe: Still, Introduction to Crowd Science, 2014),
vehicles in parking bays of 12.5, tents of 4."""
_MOST = {"people": 1_000_000.0}
_MOST_OTHERS = 100_000.0
"""More than ever stood at one place; it bounds a band where no area is known."""

_BEFORE_SHOWN = 5
"""So many earlier words of a tally stand in its history."""

_BEFORE, _AFTER = 48, 12
_DAY_S = 86_400
_FIRST = ("people", "vehicles", "tents", "groups")
_SPREAD_OUT = timedelta(hours=12)


def count_of(
    subject: Subject,
    statements: Sequence[Entry],
    flows: Sequence[Entry],
    facts: Facts,
    *,
    whole: str | None = None,
    before: Mapping[str, Entry] = MappingProxyType({}),
    pushes: Sequence[PushOf] = (),
    bands: bool = True,
) -> CountOf:
    """One figure.

    Args:
        subject: What is counted.
        statements: Its statements in force, latest first; at least one.
        flows: Every flow in force; those of the same thing at the same place are taken.
        facts: Of the picture.
        whole: The key of the figure of everybody there, where this one is a part.
        before: What was corrected, by id.
        pushes: What moves its forecast.
        bands: Whether the estimate is given over time too, not at the moment looked at alone.
    """
    body = _count(statements[0])
    moved = [flow for flow in flows if _flows_into(flow, statements[0])]
    latest = latest_by_voice(statements)
    kind = figure_kind(body.what)
    runs = _runs(statements)
    now, band = None, list[Band]()
    if kind == "population":
        pushed = drifts(pushes, facts.at)
        now, band = _estimated(runs, moved, pushed, facts.at, _ceiling(statements), bands=bands)
    last = max(said_until(entry.draft) for entry in statements)
    return CountOf(
        key=subject.key,
        what=body.what,
        group=body.group,
        where=place_words(statements[0].draft.places),
        places=facts.of(statements[0]).places,
        latest=[facts.of(entry) for entry in latest],
        clashes=[Clash(first=first.id, second=second.id) for first, second in clashing(statements)],
        statements=[facts.of(entry) for entry in reversed(statements)],
        flows=[facts.of(entry) for entry in sorted(moved, key=lambda entry: (entry.draft.happened.end, entry.id))],
        kind=kind,
        history=_history(statements, facts) if kind == "tally" else "",
        corrected=[words for entry in latest if (words := correction_words(entry, before, facts))],
        part_of=whole if body.group is not None else None,
        stale_since=_stale_since(runs) if kind == "population" else None,
        not_known_since=last if kind == "population" and facts.at - last > KNOWN_FOR else None,
        pushes=list(pushes),
        estimate=now,
        estimate_rests_on=len({organisation(entry.draft.source) for entry in statements}),
        band=band,
    )


def within_whole(part: CountOf, whole: CountOf) -> CountOf:
    """A part whose estimate is nowhere above that of its whole: where one is in the other, so are the ends of their bands.

    Args:
        part: A figure.
        whole: The figure of everybody at the same place; where it has no estimate at a moment, it bounds nothing then.
    """
    known = [*whole.band, *([whole.estimate] if whole.estimate else [])]
    if not known:
        return part
    known.sort(key=lambda band: band.at)
    at = np.array([band.at.timestamp() for band in known])
    ends = {name: np.array([getattr(band, name) for band in known]) for name in ("low", "likely", "high")}

    def bounded(band: Band) -> Band:
        moment = band.at.timestamp()
        if not at[0] <= moment <= at[-1]:
            return band
        most = {name: float(np.interp(moment, at, values)) for name, values in ends.items()}
        return band.model_copy(update={name: min(getattr(band, name), value) for name, value in most.items()})

    estimate = bounded(part.estimate) if part.estimate else None
    return part.model_copy(update={"estimate": estimate, "band": [bounded(band) for band in part.band]})


def counted_where(entry: Entry) -> tuple[str, object]:
    """What is counted, and where."""
    return _count(entry).what, tuple(where_key(entry.draft))


def is_of_everybody(entry: Entry) -> bool:
    """Whether it is a figure of everybody, not of a part."""
    return _count(entry).group is None


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


def clashing(statements: Sequence[Entry]) -> list[tuple[Entry, Entry]]:
    """Pairs of statements of one figure that exclude each other.

    Numbers change, so the last words of two speakers are compared where neither is more than a day older than the other. A
    tally grows and never falls: a later and higher one excludes nothing, and each is also compared with every earlier and
    higher one on a period within its own, whoever said it.

    Args:
        statements: In force, latest first.
    """
    latest = latest_by_voice(statements)
    pairs = [(first, second) for at, first in enumerate(latest) for second in latest[at + 1 :]]
    found = [pair for pair in pairs if amount_of(pair[0]).is_apart(amount_of(pair[1])) and within_a_day(*pair)]
    if statements and figure_kind(_count(statements[0]).what) == "tally":
        found = [pair for pair in found if not _has_grown(*sorted(pair, key=lambda entry: entry.draft.happened.end))]
        found += [
            (now, before)
            for now in statements
            for before in statements
            if _has_fallen(before, now) and (now, before) not in found and (before, now) not in found
        ]
    return found


def _has_grown(before: Entry, now: Entry) -> bool:
    """Whether a total is higher than one of a period that ended before its own."""
    low, high = amount_of(now).low, amount_of(before).high
    return before.draft.happened.end < now.draft.happened.end and low is not None and high is not None and low > high


def _has_fallen(before: Entry, now: Entry) -> bool:
    """Whether a total is lower than one of a period within its own; a total at a moment is of all that was before."""
    low, high = amount_of(before).low, amount_of(now).high
    earlier, later = before.draft.happened, now.draft.happened
    covers = earlier.end < later.end and (later.start == later.end or later.start <= earlier.start < earlier.end)
    return covers and low is not None and high is not None and low > high


def amount_of(entry: Entry) -> Amount:
    """The figure of a statement."""
    return _count(entry).amount


def within_a_day(first: Entry, second: Entry) -> bool:
    """Whether the spans of two entries overlap or lie no more than a day apart."""
    one, other = first.draft.happened, second.draft.happened
    return max((one.start - other.end).total_seconds(), (other.start - one.end).total_seconds()) <= _DAY_S


def _flows_into(flow: Entry, count: Entry) -> bool:
    body, counted = flow.draft.body, _count(count)
    same = isinstance(body, Flow) and body.what == counted.what and counted.group is None
    return same and where_key(flow.draft) == where_key(count.draft)


def _runs(statements: Iterable[Entry]) -> list[list[Entry]]:
    """Statements by measurement, each with its repeats: a body that says its rounded figure again has not counted again.

    Args:
        statements: In any order.
    """
    runs: list[list[Entry]] = []
    newest: dict[str, list[Entry]] = {}
    for entry in sorted(statements, key=lambda one: (said_until(one.draft), one.draft.known, one.id)):
        body = organisation(entry.draft.source)
        run = newest.get(body)
        if body and run and _is_repeat(amount_of(run[-1]), amount_of(entry)):
            run.append(entry)
        else:
            newest[body] = [entry]
            runs.append(newest[body])
    return runs


def _is_repeat(before: Amount, now: Amount) -> bool:
    """Whether a figure is the one before, said again; an exact number that comes out the same was counted again."""
    is_rounded = now.about or now.low != now.high or (now.low or 0) % 10 == 0
    return is_rounded and (before.low, before.high) == (now.low, now.high)


def _stale_since(runs: Sequence[Sequence[Entry]]) -> datetime | None:
    """When the newest measurement was made; None where nothing was said again since."""
    measured = max(said_until(run[0].draft) for run in runs)
    said = max(said_until(run[-1].draft) for run in runs)
    return measured if said > measured else None


def _history(statements: Sequence[Entry], facts: Facts) -> str:
    """The last word of a tally and those before it, with their times, and with the day where it is not the one looked at.

    ``41 (16:00), before: 37 (12:30)``.
    """
    ordered = sorted(statements, key=lambda one: (said_until(one.draft), one.draft.known, one.id), reverse=True)
    bodies = {organisation(entry.draft.source) for entry in statements}
    zone, today = facts.zone, facts.at.astimezone(facts.zone).date()

    def told(entry: Entry) -> str:
        moment = said_until(entry.draft).astimezone(zone)
        when = f"{moment:%H:%M}" if moment.date() == today else f"{moment:%a} {moment.day} {moment:%b %H:%M}"
        by = f", {speaker(entry.draft.source)}" if len(bodies) > 1 else ""
        return f"{amount_words(amount_of(entry))} ({when}{by})"

    before = ", ".join(map(told, ordered[1 : _BEFORE_SHOWN + 1]))
    return told(ordered[0]) + (f", before: {before}" if before else "")


def _ceiling(statements: Sequence[Entry]) -> float:
    """How many fit there at most, by the area where that is known; never fewer than somebody said."""
    what = _count(statements[0]).what
    areas = [area_m2(place.ring) for place in statements[0].draft.places if isinstance(place, Area)]
    most = sum(areas) * DENSITY[what] if areas and what in DENSITY else _MOST.get(what, _MOST_OTHERS)
    return max([most, *(bound for entry in statements for bound in (amount_of(entry).low, amount_of(entry).high) if bound)])


def _estimated(
    runs: Sequence[Sequence[Entry]],
    moved: Sequence[Entry],
    pushed: Sequence[Pushed],
    at: datetime,
    ceiling: float,
    *,
    bands: bool,
) -> tuple[Band | None, list[Band]]:
    """The estimate at a moment, and from the first statement to the end of the forecast.

    Of a measurement that was said again, each moment has the last word until then: it holds longer, and is no surer. There
    is no estimate where bounds on one side are all that was said, nor long after the last word.
    """
    statements = [entry for run in runs for entry in run]
    amounts = [amount_of(entry) for entry in statements]
    if all(amount.low is None for amount in amounts) or all(amount.high is None for amount in amounts):
        return None, []
    first = min(entry.draft.happened.start for entry in statements)
    last = max(said_until(entry.draft) for entry in statements)
    behind = [first + (at - first) * step / _BEFORE for step in range(_BEFORE)] if bands else []
    ahead = [at + FORECAST * step / _AFTER for step in range(1, _AFTER + 1)] if bands else []
    by_words: dict[tuple[Entry, ...], list[datetime]] = {}
    for moment in [*behind, at, *ahead]:
        if moment - last <= KNOWN_FOR:
            by_words.setdefault(tuple(_word_at(run, moment) for run in runs), []).append(moment)
    flows = [_moved(entry, at) for entry in moved]
    every: dict[datetime, Band] = {}
    for words, moments in by_words.items():
        said = [part for entry in words for part in _said(entry, at)]
        found = estimate(said, flows, [_days(moment, at) for moment in moments], pushed=pushed)
        assert found is not None  # noqa: S101 - there are words
        ends = (np.minimum(part, ceiling).tolist() for part in (found.low, found.likely, found.high))
        every |= {
            moment: Band(at=moment, low=low, likely=likely, high=high)
            for moment, low, likely, high in zip(moments, *ends, strict=True)
        }
    return every.get(at), sorted(every.values(), key=lambda band: band.at) if bands else []


def _word_at(run: Sequence[Entry], moment: datetime) -> Entry:
    """The last of a measurement's words by a moment; before them all, the first."""
    return next((entry for entry in reversed(run) if said_until(entry.draft) <= moment), run[0])


def _said(entry: Entry, at: datetime) -> list[Said]:
    """A statement for the estimate; a range over a long span holds at its beginning, in its middle and at its end."""
    amount, source, happened = amount_of(entry), entry.draft.source, entry.draft.happened
    start, end = _days(happened.start, at), _days(min(said_until(entry.draft), max(at, happened.start)), at)
    is_range = amount.low != amount.high
    lasts = is_range and happened.end - happened.start > _SPREAD_OUT
    return [
        Said(
            day=day,
            low=amount.low or 0.0,
            high=math.inf if amount.high is None else amount.high,
            speaker=voice(source),
            reliability=source.weight[0],
            credibility=source.weight[1],
            about=amount.about,
            within_days=0.0 if lasts else end - start,
        )
        for day in ((start, (start + end) / 2, end) if lasts else ((start + end) / 2,))
    ]


def _moved(entry: Entry, at: datetime) -> Moved:
    body = entry.draft.body
    assert isinstance(body, Flow)  # noqa: S101 - only flows are asked
    low, high = (body.amount.low, body.amount.high) if body.amount else (None, None)
    by = _days(min(entry.draft.happened.end, at), at)
    reliability, credibility = entry.draft.source.weight
    trust = RELIABILITY_TRUST[reliability] * CREDIBILITY_TRUST[credibility]
    is_sign = high is None and (low or 0.0) <= 1
    is_more = body.direction in ("arrived", "grew")
    return Moved(by, low or 0.0, math.inf if high is None else high, is_more, trust, is_sign)


def _days(moment: datetime, at: datetime) -> float:
    return (moment - at).total_seconds() / _DAY_S


def _count(entry: Entry) -> Count:
    body = entry.draft.body
    assert isinstance(body, Count)  # noqa: S101 - only counts are asked
    return body
