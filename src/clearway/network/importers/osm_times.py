"""Tags that hold at some hours only, as they stand at one moment.

``KEY:conditional = VALUE @ (CONDITION); VALUE @ (CONDITION)``: at a moment the last value whose condition holds takes the place
of ``KEY``'s own. A condition is understood where it is made of weekdays, hours (over midnight too), months and ``24/7``:

    Mo-Fr 07:00-09:30,16:00-18:00; Sa 22:00-06:00        Nov-Apr        Jun-Aug 10:00-18:00        24/7

Everything else (public holidays, dates, sunset, weights, ``AND``) is left aside: the tag is counted as not understood, and what
is tagged without a condition holds. The hours are those of the place, so a moment is a time of day there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from clearway.network.hours import NotUnderstood, holds, understood

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

SUFFIX = ":conditional"
_RULE = re.compile(r"\s*([^@;()]*?)\s*@\s*(\([^()]*\)|[^;()]*)\s*(?:;|$)")
_OLD_KEYS = ("day_on", "day_off", "hour_on", "hour_off")


def at_moment(tags: Mapping[str, str], moment: datetime) -> dict[str, str]:
    """The tags as they hold at a moment: conditional ones that are understood become plain, the others stay as they are.

    >>> from datetime import datetime
    >>> tags = {"highway": "residential", "motor_vehicle:conditional": "no @ (Mo-Fr 07:00-09:00)"}
    >>> at_moment(tags, datetime(2026, 12, 1, 8, 0)), at_moment(tags, datetime(2026, 12, 1, 9, 0))
    ({'highway': 'residential', 'motor_vehicle': 'no'}, {'highway': 'residential'})
    """
    return held(tags, lambda condition: holds(condition, moment))


def held(tags: Mapping[str, str], test: Callable[[str], bool]) -> dict[str, str]:
    """The tags where conditions hold that a test says hold; it raises ``NotUnderstood`` for those that nobody reads."""
    found = dict(tags)
    for key, text in tags.items():
        if key.endswith(SUFFIX):
            try:
                value = _value(text, test)
            except NotUnderstood:
                continue
            del found[key]
            if value is not None:
                found[key.removesuffix(SUFFIX)] = value
    return found


def restriction_at(tags: Mapping[str, str], moment: datetime) -> dict[str, str]:
    """The same for a turn restriction, whose hours may be in the older form (``hour_on``, ``day_off``).

    >>> from datetime import datetime
    >>> tags = {"restriction": "no_left_turn", "hour_on": "07:00", "hour_off": "09:00"}
    >>> restriction_at(tags, datetime(2026, 12, 1, 8)), restriction_at(tags, datetime(2026, 12, 1, 10))
    ({'restriction': 'no_left_turn'}, {'restriction': 'none'})
    """
    return restriction_held(tags, lambda condition: holds(condition, moment))


def restriction_held(tags: Mapping[str, str], test: Callable[[str], bool]) -> dict[str, str]:
    """A turn restriction's tags where conditions hold that a test says hold."""
    found = held(tags, test)
    condition = old_condition(tags)
    if condition is None:
        return found
    try:
        in_force = test(condition)
    except NotUnderstood:
        return found
    plain = {key: value for key, value in found.items() if key not in _OLD_KEYS}
    return plain if in_force else plain | {key: "none" for key in plain if key.partition(":")[0] == "restriction"}


def conditions_of(tags: Mapping[str, str]) -> tuple[str, ...]:
    """The hours on which tags depend, each once; those that nobody reads left out.

    >>> conditions_of({"access:conditional": "no @ (Sa); yes @ (Su)", "bus:conditional": "yes @ (PH)", "hour_on": "07:00"})
    ('Sa', 'Su')
    """
    found = [match[2].strip("() ") for key, text in tags.items() if key.endswith(SUFFIX) for match in _RULE.finditer(text)]
    old = old_condition(tags) if "restriction" in {key.partition(":")[0] for key in tags} else None
    return tuple(dict.fromkeys(condition for condition in (*found, *([old] if old else [])) if understood(condition)))


def value_at(text: str, moment: datetime) -> str | None:
    """What a conditional tag says at a moment, None where no condition holds.

    >>> from datetime import datetime
    >>> value_at("none @ (20:00-06:00)", datetime(2026, 12, 1, 5, 59)), value_at("no @ (Nov-Apr)", datetime(2026, 5, 1))
    ('none', None)

    Raises:
        NotUnderstood: a part of it is no condition that we read.
    """
    return _value(text, lambda condition: holds(condition, moment))


def _value(text: str, test: Callable[[str], bool]) -> str | None:
    found, end = None, 0
    for match in _RULE.finditer(text):
        if match.start() != end or not match[1]:
            break
        end = match.end()
        if test(match[2].strip("() ")):
            found = match[1]
    if end != len(text):
        raise NotUnderstood(text)
    return found


def old_condition(tags: Mapping[str, str]) -> str | None:
    """The hours of an older form of restriction (``day_on``, ``hour_off`` ...) as a condition; None where it has none.

    >>> old_condition({"day_on": "Mo", "day_off": "Fr", "hour_on": "07:00", "hour_off": "09:30"})
    'Mo-Fr 07:00-09:30'
    """
    day_on, day_off, hour_on, hour_off = (tags.get(key, "") for key in _OLD_KEYS)
    days = f"{day_on[:2]}-{day_off[:2]}" if day_on or day_off else ""
    hours = f"{hour_on}-{hour_off}" if hour_on or hour_off else ""
    return f"{days} {hours}".strip() or None
