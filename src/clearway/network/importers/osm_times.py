"""Tags that hold at some hours only, as they stand at one moment.

``KEY:conditional = VALUE @ (CONDITION); VALUE @ (CONDITION)``: at a moment the last value whose condition holds takes the place
of ``KEY``'s own. A condition is understood where it is made of weekdays, hours (over midnight too), months and ``24/7``:

    Mo-Fr 07:00-09:30,16:00-18:00; Sa 22:00-06:00        Nov-Apr        Jun-Aug 10:00-18:00        24/7

Everything else (public holidays, dates, sunset, weights, ``AND``) is left aside: the tag is counted as not understood, and what
is tagged without a condition holds. The hours are those of the place, so a moment is a time of day there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

SUFFIX = ":conditional"
_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_RULE = re.compile(r"\s*([^@;()]*?)\s*@\s*(\([^()]*\)|[^;()]*)\s*(?:;|$)")
_TIME = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")
_MINUTES_A_DAY = 1440
"""24 hours of 60 minutes."""
_OLD_KEYS = ("day_on", "day_off", "hour_on", "hour_off")


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


def at_moment(tags: Mapping[str, str], moment: datetime) -> dict[str, str]:
    """The tags as they hold at a moment: conditional ones that are understood become plain, the others stay as they are.

    >>> from datetime import datetime
    >>> tags = {"highway": "residential", "motor_vehicle:conditional": "no @ (Mo-Fr 07:00-09:00)"}
    >>> at_moment(tags, datetime(2026, 12, 1, 8, 0)), at_moment(tags, datetime(2026, 12, 1, 9, 0))
    ({'highway': 'residential', 'motor_vehicle': 'no'}, {'highway': 'residential'})
    """
    held = dict(tags)
    for key, text in tags.items():
        if key.endswith(SUFFIX):
            try:
                value = value_at(text, moment)
            except NotUnderstood:
                continue
            del held[key]
            if value is not None:
                held[key.removesuffix(SUFFIX)] = value
    return held


def restriction_at(tags: Mapping[str, str], moment: datetime) -> dict[str, str]:
    """The same for a turn restriction, whose hours may be in the older form (``hour_on``, ``day_off``).

    >>> from datetime import datetime
    >>> tags = {"restriction": "no_left_turn", "hour_on": "07:00", "hour_off": "09:00"}
    >>> restriction_at(tags, datetime(2026, 12, 1, 8)), restriction_at(tags, datetime(2026, 12, 1, 10))
    ({'restriction': 'no_left_turn'}, {'restriction': 'none'})
    """
    held = at_moment(tags, moment)
    condition = old_condition(tags)
    if condition is None:
        return held
    try:
        in_force = holds(condition, moment)
    except NotUnderstood:
        return held
    plain = {key: value for key, value in held.items() if key not in _OLD_KEYS}
    return plain if in_force else plain | {key: "none" for key in plain if key.partition(":")[0] == "restriction"}


def value_at(text: str, moment: datetime) -> str | None:
    """What a conditional tag says at a moment, None where no condition holds.

    >>> from datetime import datetime
    >>> value_at("none @ (20:00-06:00)", datetime(2026, 12, 1, 5, 59)), value_at("no @ (Nov-Apr)", datetime(2026, 5, 1))
    ('none', None)

    Raises:
        NotUnderstood: a part of it is no condition that we read.
    """
    found, end = None, 0
    for match in _RULE.finditer(text):
        if match.start() != end or not match[1]:
            break
        end = match.end()
        if holds(match[2].strip("() "), moment):
            found = match[1]
    if end != len(text):
        raise NotUnderstood(text)
    return found


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


def old_condition(tags: Mapping[str, str]) -> str | None:
    """The hours of an older form of restriction (``day_on``, ``hour_off`` ...) as a condition; None where it has none.

    >>> old_condition({"day_on": "Mo", "day_off": "Fr", "hour_on": "07:00", "hour_off": "09:30"})
    'Mo-Fr 07:00-09:30'
    """
    day_on, day_off, hour_on, hour_off = (tags.get(key, "") for key in _OLD_KEYS)
    days = f"{day_on[:2]}-{day_off[:2]}" if day_on or day_off else ""
    hours = f"{hour_on}-{hour_off}" if hour_on or hour_off else ""
    return f"{days} {hours}".strip() or None


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
