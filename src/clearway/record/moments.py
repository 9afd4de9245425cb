"""When something happened, as precisely as it was said and no more.

Reports say "19:05", "this morning", "about 7pm", "day 11". Each is stored as the words that were said and as the span that they
leave open, in UTC. The operation's calendar (its time zone and its first day) turns such words into spans.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from clearway.errors import BadInput
from clearway.record.clock_words import (
    ABOUT,
    JUST,
    MONTH,
    PARTS_OF_DAY,
    SHORTLY,
    WEEKDAYS,
    half_of_day,
    minutes_of,
    month_number,
    nearest_year,
)
from clearway.record.number_words import value_of

_WEEKDAY = "|".join(f"{day}|{day[:3]}" for day in WEEKDAYS)
_YEAR = r"(?:,?\s+(?P<year>20\d\d))?"
_DAYS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\bday\s+(?P<number>\d{1,4})\b",
        r"(?<![\d-])(?P<iso>\d{4}-\d{2}-\d{2})(?![\d-])",
        rf"(?:\b(?P<of>{_WEEKDAY}),?\s+)?\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{MONTH})\b\.?{_YEAR}",
        rf"(?:\b(?P<of>{_WEEKDAY}),?\s+)?\b(?P<month>{MONTH})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?![:.]\d|\s?[ap]m){_YEAR}",
        r"\b(?P<word>today|yesterday|tomorrow|tonight|last\s+night|overnight|this(?=\s+(?:morning|afternoon|evening)\b))\b",
        rf"\b(?:(?P<which>last|next|this)\s+)?(?P<weekday>{_WEEKDAY})\b",
    )
)
"""How a day is named; the first of these that is found in a text is the one that it means."""
_JOINTS = re.compile(r"^(?:on|at|of|in|the|,|by|from|until|till|since|\s)+\b|(?:\b(?:on|at|of|in|the)|,|\s)+$", re.IGNORECASE)
_TO = re.compile(
    r"\s*–\s*|(?<!quarter)\s+(?:to|until|till)\s+|(?<=[\dm])\s*-\s*(?=\d{1,2}(?:[:.]\d{2}|(?:[:.]\d{2})?\s*[ap]m)$)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\bbetween\s+(.+?)\s+and\s+", re.IGNORECASE)
_DAYS_TO = re.compile(r"^days?\s+(?P<first>\d{1,4})\s*(?:-|–|to|and)\s*(?:day\s+)?(?P<last>\d{1,4})$", re.IGNORECASE)
_DATES_TO = re.compile(rf"^(?P<first>\d{{1,2}})\s*(?:-|–|to)\s*(?P<last>\d{{1,2}}\s+(?P<month>{MONTH}\b.*))$", re.IGNORECASE)
_FROM_NOW = re.compile(
    r"^(?:(?P<ahead>in)\s+)?(?P<count>\d{1,3}|an?|half\s+an|[a-z]+)\s*(?P<unit>min(?:ute)?s?|h(?:ou)?rs?|h)(?:\s+(?P<ago>ago))?$",
    re.IGNORECASE,
)
_IN_FIGURES = re.compile(r"^\d{1,2}/\d{1,2}(?:/\d{2,4})?\b")
_HALF = re.compile(r"[ap]\.?m\.?$", re.IGNORECASE)
_CLOCK = re.compile(
    r"^(?:\d{1,2}(?:[:.]\d{2})?\s*(?:[ap]\.?m\.?)?|\d{4}\s*(?:hrs|hours|h)?|noon|midnight|(?:half|quarter)\s.+|.+o['’]clock)$"
)
_HEDGES: dict[str, tuple[timedelta, timedelta]] = {
    "just after": (timedelta(0), JUST),
    "shortly after": (timedelta(0), SHORTLY),
    "just before": (-JUST, timedelta(0)),
    "shortly before": (-SHORTLY, timedelta(0)),
    "about": (-ABOUT, ABOUT),
    "around": (-ABOUT, ABOUT),
}
"""How far words before a clock time reach."""
_LATEST_START = timedelta(days=150)
_NIGHT = (18, 27)
"""Hours of "last night", from the day before."""
_DAY_H = 24


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


class View(NamedTuple):
    """From where words such as "7pm" and "tomorrow" are read.

    Attributes:
        near: The moment that "today" means the day of.
        latest: What happened before it: a clock time alone that is later means the day before. None for no such moment.
        ahead: Whether the words look ahead: "6am", typed in the evening, means tomorrow.
    """

    near: datetime
    latest: datetime | None = None
    ahead: bool = False

    def within_reach(self) -> View:
        """The same, its moments moved to years in which days can still be counted to either side."""
        moved = (None if moment is None else min(max(moment, _EARLIEST), _LATEST) for moment in (self.near, self.latest))
        near, latest = moved
        return View(near or self.near, latest, self.ahead)


_EARLIEST, _LATEST = datetime(2, 1, 1, tzinfo=UTC), datetime(9998, 12, 31, tzinfo=UTC)


class _Said(NamedTuple):
    """A part of a text: the day that it names, None where it names none, and what is left: the hours."""

    day: date | None
    rest: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """An operation's time zone and its first day, from which days are numbered.

    >>> wellington = Calendar(ZoneInfo("Pacific/Auckland"), date(2022, 2, 8))
    >>> wellington.span("day 11 morning").start.isoformat()
    '2022-02-17T17:00:00+00:00'
    >>> wellington.moment("noon tomorrow", View(moment_of("2022-02-18T19:05+13:00"))).isoformat()
    '2022-02-18T23:00:00+00:00'
    """

    zone: ZoneInfo
    first_day: date | None = None

    def span(self, text: str, view: View | None = None) -> Span:
        """The span that a text leaves open, in the operation's own time.

        * ISO 8601 with its zone: that moment.
        * A day: ``day 11``, ``2022-02-18``, ``18 Feb``, ``Friday``, ``yesterday``; followed or preceded by a part of the day, by a
          clock time, or by two of them: that. A part or a clock time alone is of the day of the view.
        * ``about`` before a clock time: half an hour to either side.
        * Two of these joined by ``to`` or ``/``, or ``between`` one ``and`` the other: from, to.

        Args:
            text: What was typed.
            view: From where it is read; default: from now.

        Raises:
            BadInput: it cannot be read, or days are numbered and the operation has no first day.
        """
        said = " ".join(text.split())
        seen = (view or View(datetime.now(UTC))).within_reach()
        try:
            return self._span(said, seen)
        except OverflowError as error:  # it begins or ends beyond the years that a calendar has
            raise self._unread(said, seen) from error

    def _span(self, said: str, seen: View) -> Span:
        if re.match(r"^\d{4}-\d{2}-\d{2}T", said) and "/" not in said:
            moment = self._iso(said, seen)
            return Span(moment, moment)
        if (away := _away(said)) is not None:
            return Span(seen.near + away, seen.near + away, said)
        if _BETWEEN.search(said):
            return replace(self._span(_BETWEEN.sub(r"\1 to ", said), seen), said=said)
        if _IN_FIGURES.match(said):
            raise BadInput(
                f"{said!r} may mean two dates. Write the month by its name, such as {self.examples(seen.near, ahead=seen.ahead)[0]!r}."
            )
        first, slash, last = _days_to(said).partition("/")
        if slash:
            one, other = self.span(first, seen), self.span(last, seen)
            return Span(one.start, _after(one.start, other, said).end, "" if "/" in said else said)
        parts = _TO.split(said)
        if len(parts) == 2:  # noqa: PLR2004 - from, to
            return self._from_to(parts[0], parts[1], seen, said)
        part = self._cut(said, seen)
        return self._hours(part, seen, said)

    def moment(self, text: str, view: View | None = None, *, start: bool = False) -> datetime:
        """The moment that a text comes down to where one is needed: the end of the span that it leaves open, or its start.

        The end of a day is its last minute, so that it is still that day.

        Raises:
            BadInput: it cannot be read.
        """
        span = self.span(text, view)
        if start or span.start == span.end:
            return span.start
        local = span.end.astimezone(self.zone)
        return span.end - timedelta(minutes=1) if (local.hour, local.minute) == (0, 0) else span.end

    def day(self, moment: datetime) -> int | None:
        """Which day of the operation a moment falls on, the first being 1; None where no first day is known.

        >>> Calendar(ZoneInfo("Pacific/Auckland"), date(2022, 2, 8)).day(moment_of("2022-02-18T09:00+13:00"))
        11
        """
        return None if self.first_day is None else (moment.astimezone(self.zone).date() - self.first_day).days + 1

    def examples(self, near: datetime, *, ahead: bool = False) -> list[str]:
        """Times of the day before, or after, as they may be typed: each can be read, and lies on that side of the moment."""
        day = near.astimezone(self.zone) + timedelta(days=1 if ahead else -1)
        number = self.day(day)
        over = self.first_day is not None and day.date() > self.first_day + _LATEST_START
        return [
            f"{day:%-d %b %Y} 7pm" if over else f"{day:%-d %b} 7pm",
            *([f"day {number} morning"] if number is not None and number > 0 else []),
            f"{day:%Y-%m-%d} 19:05",
        ]

    def _remedy(self, seen: View) -> str:
        dated = ", ".join(map(repr, self.examples(seen.near, ahead=seen.ahead)))
        return f"Write a time such as '19:05', {dated} or '{'tomorrow noon' if seen.ahead else 'yesterday about 7pm'}'."

    def _iso(self, said: str, seen: View) -> datetime:
        try:
            moment = datetime.fromisoformat(said)
            if moment.tzinfo is not None:
                return moment.astimezone(UTC)
            zoned = moment.replace(tzinfo=self.zone).isoformat()
        except (ValueError, OverflowError) as error:
            raise self._unread(said, seen) from error
        raise BadInput(
            f"{said!r} does not say its zone. Write '{zoned}', or '{said.replace('T', ' ')}' for the operation's own time."
        )

    def _unread(self, said: str, seen: View) -> BadInput:
        return BadInput(f"{said!r} cannot be read as a time. {self._remedy(seen)}")

    def _cut(self, said: str, seen: View) -> _Said:
        """The day that a text names, and the rest of it."""
        for pattern in _DAYS:
            if found := pattern.search(said):
                rest = _trimmed(f"{_trimmed(said[: found.start()])} {_trimmed(said[found.end() :])}")
                day, part = self._named(found.groupdict(), seen, said)
                return _Said(day, part if part and not rest else rest if not part else f"{part} {rest}")
        return _Said(None, _trimmed(said))

    def _named(self, name: dict[str, str | None], seen: View, said: str) -> tuple[date, str]:
        """The day of a name, and the part of it that the name means; empty for all of it."""
        today = seen.near.astimezone(self.zone).date()
        if number := name.get("number"):
            return self._numbered(int(number), said, seen), ""
        if word := name.get("word"):
            return _day_of_word(" ".join(word.lower().split()), today)
        try:
            if iso := name.get("iso"):
                return date.fromisoformat(iso), ""
            if month := name.get("month"):
                return self._dated(int(name["day"] or 0), month_number(month), name, seen), ""
        except (ValueError, OverflowError) as error:
            raise BadInput(f"{said!r} is not a date of the calendar. {self._remedy(seen)}") from error
        return _weekday(str(name["weekday"]), (name.get("which") or "").lower(), today, ahead=seen.ahead), ""

    def _numbered(self, number: int, said: str, seen: View) -> date:
        if self.first_day is None:
            raise BadInput(
                f"{said!r} counts days, and the operation has no first day. Write the date, such as {self.examples(seen.near, ahead=seen.ahead)[0]!r}."
            )
        return self.first_day + timedelta(days=number - 1)

    def _dated(self, day: int, month: int, name: dict[str, str | None], seen: View) -> date:
        """A date; without its year it is one of the operation: from a month before its first day to eleven after it."""
        near = seen.near.astimezone(self.zone).date()
        if self.first_day is not None:
            near = min(near, self.first_day + _LATEST_START)
        found = date(int(name["year"]), month, day) if name["year"] else nearest_year(near, month, day)
        weekday = (name["of"] or "").lower()
        if weekday and not WEEKDAYS[found.weekday()].startswith(weekday[:3]):
            told = WEEKDAYS[found.weekday()].capitalize()
            raise BadInput(f"{found:%-d %b %Y} is a {told}. Correct the day or the date, such as '{found:%a %-d %b %Y}'.")
        return found

    def _hours(self, part: _Said, seen: View, said: str) -> Span:
        """The span that the hours of a day leave open; said alone they are of the day of the view."""
        day = part.day or seen.near.astimezone(self.zone).date()
        span = self._in_day(day, part.rest, seen, said)
        if part.day is None and not part.rest:
            raise self._unread(said, seen)
        if part.day is not None:
            return span
        if re.fullmatch(r"\d{1,2}", part.rest) and 0 < int(part.rest) < _DAY_H:
            raise BadInput(f"{said!r} may be a day or an hour. Write '{said}:00' for the hour, or '{said} Feb' for the day.")
        if seen.ahead and span.end < seen.near:
            return self._in_day(day + timedelta(days=1), part.rest, seen, said)
        if seen.latest is not None and span.start > seen.latest:
            return self._in_day(day - timedelta(days=1), part.rest, seen, said)
        return span

    def _from_to(self, first: str, last: str, seen: View, said: str) -> Span:
        """Two times joined by "to": a day that one of them names counts for both."""
        one, other = self._cut(first, seen), self._cut(last, seen)
        if re.fullmatch(r"\d{1,2}", other.rest) or (one.day is None and not one.rest):
            raise self._unread(said, seen)
        if (half := _HALF.search(other.rest)) and re.fullmatch(r"\d{1,2}([:.]\d{2})?", one.rest):
            one = _Said(one.day, one.rest + _half_before(one.rest, other.rest, half[0]))
        if one.day is None and re.fullmatch(r"\d{1,2}", one.rest):
            raise self._unread(said, seen)
        start = self._hours(_Said(one.day or other.day, one.rest), seen, said).start
        day = other.day or start.astimezone(self.zone).date()
        until = self._in_day(day, other.rest, seen, said)
        if until.end < start and other.day is None:
            until = self._in_day(day + timedelta(days=1), other.rest, seen, said)
        return Span(start, _after(start, until, said).end, said)

    def _in_day(self, day: date, hours: str, seen: View, said: str) -> Span:
        rest = hours.lower()
        if part := (0, _DAY_H) if not rest else _NIGHT if rest == "last night" else PARTS_OF_DAY.get(rest):
            return Span(self._at(day, part[0], seen), self._at(day, part[1], seen), said)
        before, after = next(((hedge, reach) for hedge, reach in _HEDGES.items() if rest.startswith(f"{hedge} ")), ("", None))
        clock = rest.removeprefix(before).strip().removeprefix("at ")
        is_clock = _CLOCK.match(half_of_day(clock)[0]) is not None
        minutes = minutes_of(clock) if is_clock else None
        if minutes is None:
            raise BadInput(f"{said!r} has no such hour. {self._remedy(seen)}") if is_clock else self._unread(said, seen)
        moment = self._at(day, minutes // 60, seen, minutes % 60)
        shown = moment.astimezone(self.zone)
        if (shown.hour, shown.minute) != (minutes // 60 % _DAY_H, minutes % 60):
            told = f"There is no {minutes // 60:02}:{minutes % 60:02} on {day}: clocks go forward over it."
            raise BadInput(f"{told} Write '{shown:%Y-%m-%d %H:%M}', which they show then.")
        return Span(moment + after[0], moment + after[1], said) if after else Span(moment, moment, said)

    def _at(self, day: date, hour: int, seen: View, minute: int = 0) -> datetime:
        over, hour = divmod(hour, _DAY_H)
        try:
            local = datetime.combine(day + timedelta(days=over), time(hour, minute), self.zone)
            return local.astimezone(UTC)
        except (ValueError, OverflowError) as error:
            raise BadInput(f"There is no {hour}:{minute:02} on {day}. {self._remedy(seen)}") from error


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
        raise BadInput(f"{text!r} cannot be read as a time.") from error
    if moment.tzinfo is None:
        raise BadInput(f"{text!r} does not say its zone. Add it, such as '{text.strip()}+13:00', or write a blank for the T.")
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise BadInput(f"{text!r} lies outside the calendar.") from error


def _after(start: datetime, end: Span, said: str) -> Span:
    if end.start < start:
        raise BadInput(f"{said!r} ends before it starts. Put the earlier time first.")
    return end


def _half_before(first: str, last: str, half: str) -> str:
    """The half of the day of a bare hour that another hour follows: "6 to 8pm" is all pm, "10 to 2pm" begins at 10am."""
    begins, ends = minutes_of(first + half), minutes_of(last)
    if begins is None or ends is None or begins <= ends:
        return half
    return "am" if half.lower().startswith("p") else "pm"


def _days_to(said: str) -> str:
    """Two days with a stroke between them, where a text says "days 11 to 12" or "10-12 Feb"; else the text."""
    if found := _DAYS_TO.match(said):
        return f"day {found['first']}/day {found['last']}"
    found = _DATES_TO.match(said)
    return f"{found['first']} {found['month']}/{found['last']}" if found else said


def _away(said: str) -> timedelta | None:
    """How far from now "20 min ago" and "in an hour" are; None where a text says no such thing."""
    if said.lower() == "now":
        return timedelta(0)
    found = _FROM_NOW.match(said)
    if found is None or (found["ahead"] is None) == (found["ago"] is None):
        return None
    count = {"a": 1.0, "an": 1.0, "half an": 0.5}.get(" ".join(found["count"].lower().split())) or value_of(found["count"])
    away = timedelta(**{"minutes" if found["unit"].lower().startswith("m") else "hours": count})
    return (away if found["ahead"] else -away) if count else None


def _trimmed(text: str) -> str:
    """A text without the small words at its ends that join a day with its hours."""
    return _JOINTS.sub("", text.strip()).strip()


def _day_of_word(word: str, today: date) -> tuple[date, str]:
    """The day that a word means, and the part of it."""
    if word in ("last night", "overnight"):
        return today - timedelta(days=1), word
    over = {"yesterday": -1, "tomorrow": 1}.get(word, 0)
    return today + timedelta(days=over), "tonight" if word == "tonight" else ""


def _weekday(name: str, which: str, today: date, *, ahead: bool) -> date:
    """A day of the week: the last one, today's counting; the next one where the words look ahead."""
    wanted = next(number for number, day in enumerate(WEEKDAYS) if day.startswith(name.lower()[:3]))
    back = (today.weekday() - wanted) % 7
    if which == "last":
        return today - timedelta(days=back or 7)
    if which == "next":
        return today + timedelta(days=(-back) % 7 or 7)
    return today + timedelta(days=(-back) % 7) if ahead or which == "this" else today - timedelta(days=back)
