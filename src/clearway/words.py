"""Words and times as people write them, for every room above: vocabulary, lists, numbers with their noun, ages, moments."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import time, timedelta
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

_MINUTE_S, _HOUR_S, _DAY_S = 60, 3600, 86_400
_SHORTEST_DAY = timedelta(hours=23)
"""The day on which clocks go forward."""


class Span(Protocol):
    """From a moment to another, or the same one, with the words that it was given by."""

    @property
    def start(self) -> datetime:
        """Its first moment."""

    @property
    def end(self) -> datetime:
        """Its last moment."""

    @property
    def said(self) -> str:
        """The words, empty where it was given by moments."""


def vocabulary(name: str) -> str:
    """A word of a vocabulary as people write it.

    >>> vocabulary("concrete_block")
    'concrete block'
    """
    return name.replace("_", " ")


def joined(*parts: object, by: str = "; ") -> str:
    """Those parts that say something, each without its full stop.

    >>> joined("Road shut.", None, "buses still pass")
    'Road shut; buses still pass'
    """
    return by.join(str(part).rstrip(".") for part in parts if part)


def listed(names: Sequence[str]) -> str:
    """Names in a sentence.

    >>> listed(["residents", "workers", "deliveries"]), listed(["residents"])
    ('residents, workers and deliveries', 'residents')
    """
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def in_runs(names: Sequence[str]) -> list[str]:
    """Names with three or more in a row told by the first and the last of them.

    A row has the same letters before numbers that follow each other without zeros in front.

    >>> in_runs(["G1", "G2", "G3", "G5", "H6", "H7"])
    ['G1 to G3', 'G5', 'H6', 'H7']
    """
    runs: list[list[str]] = []
    for name in names:
        if runs and name == _after(runs[-1][-1]):
            runs[-1].append(name)
        else:
            runs.append([name])
    return [told for run in runs for told in ([f"{run[0]} to {run[-1]}"] if len(run) > _PAIR else run)]


_PAIR = 2


def _after(name: str) -> str | None:
    """The name with the number after its own; None where it has none."""
    found = re.fullmatch(r"(.*?)(0|[1-9][0-9]*)", name)
    return f"{found[1]}{int(found[2]) + 1}" if found and not found[1][-1:].isdecimal() else None


def counted(count: float, one: str, many: str = "") -> str:
    """A number with its noun.

    >>> counted(1, "promise"), counted(0, "entry", "entries"), counted(2.5, "point")
    ('1 promise', '0 entries', '2.5 points')
    >>> counted(1200, "address"), counted(3, "way")
    ('1,200 addresses', '3 ways')
    """
    number = f"{count:,}" if isinstance(count, int) else f"{count:,g}"
    return f"{number} {one if count == 1 else many or one + ('es' if one.endswith('s') else 's')}"


def age_words(seconds: float) -> str:
    """An age as people say it.

    >>> age_words(150), age_words(7200), age_words(200_000), age_words(5)
    ('2 min', '2 h', '2 days', 'less than a minute')
    """
    if seconds >= 2 * _DAY_S:
        return f"{seconds // _DAY_S:.0f} days"
    if seconds >= _HOUR_S:
        return f"{seconds // _HOUR_S:.0f} h"
    return f"{seconds // _MINUTE_S:.0f} min" if seconds >= _MINUTE_S else "less than a minute"


def time_words(moment: datetime, zone: ZoneInfo) -> str:
    """A moment in an operation's own time, with its day: ``Fri 18 Feb 2022 19:05``; as given where no calendar reaches.

    >>> from datetime import UTC, datetime
    >>> from zoneinfo import ZoneInfo
    >>> time_words(datetime(9999, 12, 31, 23, 59, tzinfo=UTC), ZoneInfo("Pacific/Auckland"))
    'Fri 31 Dec 9999 23:59'
    """
    with suppress(OverflowError):
        moment = moment.astimezone(zone)
    return f"{moment:%a %d %b %Y %H:%M}"


def when_words(when: Span, zone: ZoneInfo, *, year: bool = True) -> str:
    """When something happened, as precisely as it was said: a moment, hours, the day alone, or days.

    Args:
        when: From when to when.
        zone: The operation's.
        year: Whether days are given with their year.
    """
    start, end = when.start, when.end
    with suppress(OverflowError):
        start, end = start.astimezone(zone), end.astimezone(zone)
    last = end - timedelta(microseconds=1) if start < end else end

    def day(moment: datetime) -> str:
        return f"{moment:%a %d %b %Y}" if year else day_words(moment)

    if start == end:
        return f"{day(start)} {start:%H:%M}"
    if start.date() != last.date():
        whole = start.time() == end.time() == time()
        return f"{day(start)} to {day(last)}" if whole else f"{day(start)} {start:%H:%M} to {day(end)} {end:%H:%M}"
    if end - start >= _SHORTEST_DAY:
        return day(start)
    if "about" in when.said:
        return f"{day(start)} about {start + (end - start) / 2:%H:%M}"
    return f"{day(start)} {start:%H:%M} to {end:%H:%M}"


def day_words(moment: datetime) -> str:
    """A day: ``Fri 18 Feb``."""
    return f"{moment:%a} {moment.day} {moment:%b}"
