"""Words and times as people write them, for every room above: vocabulary, lists, numbers with their noun, ages, moments."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

_MINUTE_S, _HOUR_S, _DAY_S = 60, 3600, 86_400


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
