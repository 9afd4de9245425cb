"""When something happened, as precisely as it was said and no more.

Reports say "19:05", "this morning", "about 7pm", "day 11". Each is stored as the words that were said and as the span that they
leave open, in UTC. The operation's calendar (its time zone and its first day) turns such words into spans.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from clearway.errors import BadInput

PARTS_OF_DAY: dict[str, tuple[int, int]] = {
    "night": (0, 6),
    "morning": (6, 12),
    "midday": (11, 14),
    "afternoon": (12, 18),
    "evening": (17, 22),
    "tonight": (18, 24),
}
"""Hours that a part of a day spans, local time: from, to."""

ABOUT = timedelta(minutes=30)
"""How far "about 19:00" reaches to either side."""

_REMEDY = "Write a time as 2022-02-18T19:05+13:00, a span as A/B, or words such as '2022-02-18 morning', 'day 11 about 7pm'."
_CLOCK = re.compile(r"^(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?\s*(?P<half>am|pm)?$", re.IGNORECASE)
_DAY = re.compile(r"^day\s+(?P<number>\d{1,4})\b\s*(?P<rest>.*)$", re.IGNORECASE)
_DATE = re.compile(r"^(?P<date>\d{4}-\d{2}-\d{2})(?:\s+(?P<rest>.*))?$")
_HALF_DAY = 12


@dataclass(frozen=True, slots=True)
class Span:
    """A moment, or the span of time in which something happened.

    Attributes:
        start: UTC.
        end: UTC; the same as ``start`` for a moment, never before it.
        said: The words it was given by; empty where it was given as times.
    """

    start: datetime
    end: datetime
    said: str = ""


@dataclass(frozen=True, slots=True)
class Calendar:
    """An operation's time zone and its first day, from which days are numbered.

    >>> wellington = Calendar(ZoneInfo("Pacific/Auckland"), date(2022, 2, 8))
    >>> wellington.span("day 11 morning").start.isoformat()
    '2022-02-17T17:00:00+00:00'
    """

    zone: ZoneInfo
    first_day: date | None = None

    def span(self, text: str) -> Span:
        """The span that a text leaves open.

        * ISO 8601 with its zone: that moment; two of them joined by ``/``: from, to.
        * A date, or ``day N``: that day, local time; followed by a part of the day, or by a clock time: that.
        * ``about`` before a clock time: half an hour to either side.

        Raises:
            BadInput: it cannot be read, or days are numbered and the operation has no first day.
        """
        said = " ".join(text.split())
        if "/" in said:
            first, _, last = said.partition("/")
            return _between(self.span(first).start, self.span(last).end, said)
        if "T" in said:
            moment = _iso(said)
            return Span(moment, moment)
        day, rest = self._day(said)
        return self._in_day(day, rest.strip().lower(), said)

    def day(self, moment: datetime) -> int | None:
        """Which day of the operation a moment falls on, the first being 1; None where no first day is known.

        >>> Calendar(ZoneInfo("Pacific/Auckland"), date(2022, 2, 8)).day(moment_of("2022-02-18T09:00+13:00"))
        11
        """
        return None if self.first_day is None else (moment.astimezone(self.zone).date() - self.first_day).days + 1

    def _day(self, said: str) -> tuple[date, str]:
        if found := _DAY.match(said):
            if self.first_day is None:
                raise BadInput(f"{said!r} counts days, and no first day is set. Set it (--first-day), or write the date.")
            return self.first_day + timedelta(days=int(found["number"]) - 1), found["rest"]
        if found := _DATE.match(said):
            try:
                return date.fromisoformat(found["date"]), found["rest"] or ""
            except ValueError as error:
                raise BadInput(f"{said!r} is not a date of the calendar. {_REMEDY}") from error
        raise BadInput(f"{said!r} cannot be read as a time. {_REMEDY}")

    def _in_day(self, day: date, rest: str, said: str) -> Span:
        if not rest:
            return Span(self._at(day, 0), self._at(day, 24), said)
        if rest in PARTS_OF_DAY:
            first, last = PARTS_OF_DAY[rest]
            return Span(self._at(day, first), self._at(day, last), said)
        about = rest.startswith("about ")
        clock = _CLOCK.match(rest.removeprefix("about ").removeprefix("at ").strip())
        if clock is None:
            raise BadInput(f"{said!r} cannot be read as a time. {_REMEDY}")
        moment = self._at(day, _hour(clock, said), int(clock["minute"] or 0))
        return Span(moment - ABOUT, moment + ABOUT, said) if about else Span(moment, moment, said)

    def _at(self, day: date, hour: int, minute: int = 0) -> datetime:
        over, hour = divmod(hour, 24)
        try:
            local = datetime.combine(day + timedelta(days=over), time(hour, minute), self.zone)
        except (ValueError, OverflowError) as error:
            raise BadInput(f"There is no {hour}:{minute:02} on {day}. {_REMEDY}") from error
        return local.astimezone(UTC)


def calendar(zone: str = "UTC", first_day: str | None = None) -> Calendar:
    """A calendar by the name of its zone and an ISO date.

    Raises:
        BadInput: the zone or the date is unknown.
    """
    try:
        known = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise BadInput(f"The time zone {zone!r} is not known. Give one such as Pacific/Auckland.") from error
    try:
        return Calendar(known, date.fromisoformat(first_day) if first_day else None)
    except ValueError as error:
        raise BadInput(f"The first day {first_day!r} is not a date. Write it as 2022-02-08.") from error


def moment_of(text: str) -> datetime:
    """A moment written in ISO 8601 with its zone, in UTC.

    >>> moment_of("2022-02-18T19:05+13:00").isoformat()
    '2022-02-18T06:05:00+00:00'

    Raises:
        BadInput: it is no time, or lacks a zone.
    """
    return _iso(text)


def written(moment: datetime) -> str:
    """A moment as the record writes it: UTC, microseconds, so that the order of texts is the order of times.

    >>> written(moment_of("2022-02-18T19:05+13:00"))
    '2022-02-18T06:05:00.000000Z'
    """
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _iso(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise BadInput(f"{text!r} cannot be read as a time. {_REMEDY}") from error
    if moment.tzinfo is None:
        raise BadInput(f"{text!r} does not say its zone. {_REMEDY}")
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise BadInput(f"{text!r} lies outside the calendar. {_REMEDY}") from error


def _between(start: datetime, end: datetime, said: str) -> Span:
    if end < start:
        raise BadInput(f"{said!r} ends before it starts. Put the earlier time first.")
    return Span(start, end)


def _hour(clock: re.Match[str], said: str) -> int:
    hour, half = int(clock["hour"]), (clock["half"] or "").lower()
    if half and not 1 <= hour <= _HALF_DAY:
        raise BadInput(f"{said!r} has no such hour. {_REMEDY}")
    if half:
        return hour % _HALF_DAY + (_HALF_DAY if half == "pm" else 0)
    if hour >= 24 or int(clock["minute"] or 0) >= 60:  # noqa: PLR2004 - a day and an hour
        raise BadInput(f"{said!r} has no such hour. {_REMEDY}")
    return hour
