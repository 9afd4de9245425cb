"""Words for days and hours that both typed times and the times of reports are made of."""

from __future__ import annotations

import re
from datetime import date, timedelta

from clearway.record.number_words import value_of

PARTS_OF_DAY: dict[str, tuple[int, int]] = {
    "night": (0, 6),
    "early morning": (3, 8),
    "morning": (6, 12),
    "midday": (11, 14),
    "lunchtime": (11, 14),
    "afternoon": (12, 18),
    "evening": (17, 22),
    "tonight": (18, 24),
    "overnight": (20, 32),
}
"""Hours that a part of a day spans, local time: from, to; above 24 on the day after."""

ABOUT = timedelta(minutes=30)
"""How far "about 19:00" reaches to either side."""

JUST, SHORTLY = timedelta(minutes=15), timedelta(minutes=30)
"""How far "just after" and "shortly after" reach."""

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = tuple("january february march april may june july august september october november december".split())
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)"
)
"""A month's name in a pattern."""

_HOURS = 12
_FIRST_OF_NIGHT = 6
"""An hour "at night" from this one on is one before midnight."""
_HALF_IN_WORDS = re.compile(r"\s+(?:in\s+the\s+(?P<half>morning|afternoon|evening)|at\s+(?P<night>night))$")
_MIDNIGHT, _NOON = 24 * 60 - 1, 12 * 60


def month_number(name: str) -> int:
    """The number of a month, by its name or the first three letters of it.

    >>> month_number("Sept"), month_number("february")
    (9, 2)
    """
    return next(number for number, month in enumerate(MONTHS, start=1) if month.startswith(name.lower()[:3]))


def nearest_year(to: date, month: int, day: int, *, ahead: bool = False) -> date:
    """The date of that day and month that is nearest; the next one where the words look ahead.

    >>> nearest_year(date(2022, 1, 3), 12, 31), nearest_year(date(2022, 1, 3), 12, 31, ahead=True)
    (datetime.date(2021, 12, 31), datetime.date(2022, 12, 31))

    Raises:
        ValueError: there is no such day in that month.
    """
    dates = [date(to.year + over, month, day) for over in (-1, 0, 1)]
    if ahead:
        return min((one for one in dates if one >= to), default=dates[1])
    return min(dates, key=lambda one: abs((one - to).days))


def half_of_day(clock: str) -> tuple[str, str]:
    """A clock time without the words for its half of the day, and that half: am, pm, or empty where none is said.

    >>> half_of_day("half past two in the afternoon"), half_of_day("2 at night"), half_of_day("7pm")
    (('half past two', 'pm'), ('2', 'am'), ('7pm', ''))
    """
    found = _HALF_IN_WORDS.search(clock.lower())
    if found is None:
        return clock, ""
    rest = clock[: found.start()]
    if found["half"]:
        return rest, "am" if found["half"] == "morning" else "pm"
    minutes = minutes_of(rest)
    return rest, "am" if minutes is not None and minutes % (_HOURS * 60) < _FIRST_OF_NIGHT * 60 else "pm"


def minutes_of(said: str) -> int | None:
    """Minutes into the day of a clock time; None where it is not one. Midnight is the last minute of its day.

    >>> [minutes_of(said) for said in ("7pm", "19:05", "1905 hrs", "half past six", "noon", "7 o'clock", "25:00", "soon")]
    [1140, 1145, 1145, 390, 720, 420, None, None]
    >>> [minutes_of(said) for said in ("half past two pm", "quarter to one in the afternoon", "two in the morning", "9 at night")]
    [870, 765, 120, 1260]
    """
    said, half = half_of_day(said.strip())
    words = re.fullmatch(
        r"(?:(half|quarter)\s+(past|to)\s+)?([a-z]+|\d{1,2})(?:\s*o['’]clock)?(?:\s*([ap])\.?m\.?)?", said.lower()
    )
    hour = 0 if words is None or words[3] in ("noon", "midday", "midnight") else int(value_of(words[3]))
    if words and 0 < hour <= _HOURS:
        part = {"half": 30, "quarter": 15}.get(words[1] or "", 0)
        half = f"{words[4]}m" if words[4] else half
        hour = hour % _HOURS + (_HOURS if half == "pm" else 0) if half else hour
        return (hour * 60 + (part if words[2] != "to" else -part)) % (24 * 60)
    plain = said.lower().replace(" ", "").replace("’", "'") + half
    if plain in ("noon", "midday", "midnight"):
        return _MIDNIGHT if plain == "midnight" else _NOON
    return None if "o'clock" in plain else _digital(plain)


def _digital(plain: str) -> int | None:
    digits = re.match(r"(\d{1,2})[:.]?(\d{2})?", plain)
    if digits is None:
        return None
    hour, minute = int(digits[1]), int(digits[2] or 0)
    half = re.search(r"([ap])\.?m", plain)
    if hour > (12 if half else 23) or minute > 59 or (half and hour == 0):  # noqa: PLR2004 - a clock's
        return None
    return (hour % 12 + (12 if half[1] == "p" else 0) if half else hour) * 60 + minute
