"""Hours as OpenStreetMap writes them: weekdays, times of day (over midnight too), months and ``24/7``.

    Mo-Fr 07:00-09:30,16:00-18:00; Sa 22:00-06:00        Nov-Apr        Jun-Aug 10:00-18:00        24/7

Everything else (public holidays, dates, sunset, weights, ``AND``) is not understood. The hours are those of the place, so a
moment is a time of day there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_TIME = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")
_MINUTES_A_DAY = 1440
"""24 hours of 60 minutes."""


class NotUnderstood(Exception):
    """A condition in words that we do not read."""


class _Span(NamedTuple):
    months: frozenset[int]
    days: frozenset[int]
    minutes: tuple[tuple[int, int], ...]

    def holds(self, moment: datetime) -> bool:
        """Whether the moment lies in it; the hours after midnight belong to the day before."""
        now = 60 * moment.hour + moment.minute
        if moment.month - 1 not in self.months:
            return False
        today, yesterday = moment.weekday(), (moment.weekday() - 1) % len(_DAYS)
        return any(
            (today in self.days and start <= now < end) or (yesterday in self.days and now < end - _MINUTES_A_DAY)
            for start, end in self.minutes
        )


def holds(condition: str, moment: datetime) -> bool:
    """Whether a condition holds at a moment.

    >>> from datetime import datetime
    >>> holds("Fr,Sa 22:00-04:00", datetime(2026, 12, 6, 3)), holds("Mo-Fr", datetime(2026, 12, 6))
    (True, False)
    >>> holds("24/7", datetime(2026, 1, 1))
    True

    Raises:
        NotUnderstood: it is made of anything but weekdays, hours and months.
    """
    return any(span.holds(moment) for span in _spans(condition))


def understood(condition: str) -> bool:
    """Whether a condition is one that :func:`holds` reads.

    >>> understood("Mo-Fr 07:00-09:00"), understood("PH"), understood("")
    (True, False, False)
    """
    try:
        _spans(condition)
    except NotUnderstood:
        return False
    return True


def _spans(condition: str) -> list[_Span]:
    return [_span(part.split()) for part in condition.split(";")]


def _span(words: list[str]) -> _Span:
    months, days = frozenset(range(len(_MONTHS))), frozenset(range(len(_DAYS)))
    minutes: tuple[tuple[int, int], ...] = ((0, _MINUTES_A_DAY),)
    if not words:
        raise NotUnderstood
    if words == ["24/7"]:
        return _Span(months, days, minutes)
    rest = _joined(words)
    if rest and rest[0][:3] in _MONTHS:
        months = frozenset(_range(rest.pop(0), _MONTHS))
    if rest and rest[0][:2] in _DAYS:
        days = frozenset(_range(rest.pop(0), _DAYS))
    if rest:
        minutes = tuple(_minutes(part) for part in rest.pop(0).split(","))
    if rest:
        raise NotUnderstood(" ".join(words))
    return _Span(months, days, minutes)


def _joined(words: list[str]) -> list[str]:
    """The words, with those after a comma in one: ``07:00-09:00, 16:00-18:00``."""
    return " ".join(words).replace(", ", ",").split(" ")


def _range(text: str, names: tuple[str, ...]) -> Iterator[int]:
    for part in text.split(","):
        first, dash, last = part.partition("-")
        if first not in names or (dash and last not in names):
            raise NotUnderstood(text)
        start, end = names.index(first), names.index(last or first)
        yield from (step % len(names) for step in range(start, (end if end >= start else end + len(names)) + 1))


def _minutes(text: str) -> tuple[int, int]:
    match = _TIME.fullmatch(text)
    if not match:
        raise NotUnderstood(text)
    start, end = 60 * int(match[1]) + int(match[2]), 60 * int(match[3]) + int(match[4])
    if start > _MINUTES_A_DAY or end > 2 * _MINUTES_A_DAY:
        raise NotUnderstood(text)
    return start, end if end > start else end + _MINUTES_A_DAY
