"""When a text says that it was published: the dateline of an agency, the line below a headline, "Updated 3.40pm".

Papers, agencies and press offices write the day of a text in its head, or at its foot, and seldom elsewhere. A date within a
sentence tells of what happened and is no dateline. A year that is left out is the one nearest to the operation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import islice
from typing import TYPE_CHECKING, Literal, NamedTuple

from clearway.record.clock_words import MONTH, WEEKDAYS, minutes_of, month_number, nearest_year
from clearway.record.entry import SAME_MOMENT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

    from clearway.intake.report import Report
    from clearway.record.moments import Calendar

_HEAD_LINES, _FOOT_LINES, _HEAD, _FOOT = 25, 6, 4000, 800
_MOST_LINE = 400
"""A dateline stands in the first so many characters of its line."""
_MOST_BEFORE = 60
"""So many characters of a place and names may stand before a date that begins a text."""
_MOST_LABEL = 24

_WEEKDAY = "|".join(f"{day}|{day[:3]}|{day[:4]}" for day in WEEKDAYS)
_DATE = re.compile(
    rf"(?:\b(?P<weekday>{_WEEKDAY})\b\.?,?\s+(?:the\s+)?)?(?:"
    r"(?<![\d/.-])(?P<iso>(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2})(?![\d/-])"
    r"|(?<![\d/.-])(?P<figures>\d{1,2}[/.-]\d{1,2}[/.-](?:(?:19|20)\d\d|\d\d))(?![\d/-])"
    rf"|(?<!\d)(?P<group>\d{{6}})(?P<zulu>[A-Z])\s?(?P<gmonth>{MONTH})\s?(?P<gyear>(?:20)?\d\d)\b"
    rf"|(?<![\d.:])(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+(?P<month>{MONTH})\b\.?(?:,?[\s-]+(?P<year>(?:19|20)\d\d|['’]\d\d)\b)?"
    rf"|\b(?P<month2>{MONTH})\b\.?\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:]|\.\d|\s?[ap]\.?m)(?:,?\s+(?P<year2>(?:19|20)\d\d)\b)?"
    r"|\bday\s+(?P<number>\d{1,3})\b"
    r")",
    re.IGNORECASE,
)
_ZONES = {
    "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "BST": 60, "CET": 60, "CEST": 120, "EET": 120, "EEST": 180, "SAST": 120, "JST": 540,
    "EST": -300, "EDT": -240, "CST": -360, "CDT": -300, "MST": -420, "MDT": -360, "PST": -480, "PDT": -420,
    "AEST": 600, "AEDT": 660, "ACST": 570, "ACDT": 630, "AWST": 480, "NZST": 720, "NZDT": 780,
}  # fmt: skip
"""Minutes ahead of UTC; words that mean two zones are left out."""
_TIME = re.compile(
    r"(?:(?P<clock>\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?(?:\s?[ap]\.?m\b\.?)?|\d{1,2}\s?[ap]\.?m\b\.?|\d{4}\s?(?:hrs|hours|h)\b|noon|midnight))"
    rf"(?:\s?\(?(?P<zone>{'|'.join(sorted(_ZONES, key=len, reverse=True))})\b\)?)?(?:\s?(?P<ahead>[+-]\d{{2}}:?\d{{2}})(?!\d))?",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"^[\s,|•·\-–—/()]*(?:at|on|T|@|published|updated)?[\s,|:]*$", re.IGNORECASE)
"""What may stand between a date and its hour."""
_LABEL = re.compile(
    r"^\W*(?:(?P<updated>(?:last\s+)?(?:updated?|modified|amended|edited|revised))|(?P<published>(?:first\s+|date\s+|originally\s+)?"
    r"(?:published|posted|issued|released|release\s+date|publication\s+date|dated?|sent|filed|created|received|time|as\s+(?:of|at)|"
    r"(?:press|media|news)\s+(?:release|statement))))\b(?:\s+(?:on|at|by|date|time))?\s*[:\-–—|]?\s*",
    re.IGNORECASE,
)
_EMBARGO = re.compile(r"\b(?:embargo\w*|not\s+for\s+(?:release|publication)|strictly)\b", re.IGNORECASE)
_AGENCY_END = re.compile(r"^[\s,.]*(?:\([^()]{2,60}\)|/[A-Za-z .-]{2,40}/)?[\s,.]*(?:[—–:\]|]|--?(?:\s|$)|-\s)")
"""What stands between the date of an agency's dateline and its text: "(Reuters) -"."""
_OPENS = re.compile(r"^[\s\[(*•>|/-]*$")
_SMALL = frozenset(
    "am at and by edition est for from in issue local log media min minutes new news no of on page press read release report "
    "situation statement the time update updated published posted".split()
)
"""Small words that a line of date and names may hold."""
_OF = re.compile(
    r"\b(?:on|of|for|since|until|till|from|by|before|after|the|to|between|and|in|this|last|next)\s+$", re.IGNORECASE
)
"""Before a date that a sentence tells of."""
_MONTH_FIRST = (
    "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Phoenix", "America/Anchorage",
    "America/Detroit", "America/Boise", "America/Indiana", "America/Kentucky", "America/North_Dakota", "America/Juneau",
    "Pacific/Honolulu", "US/",
)  # fmt: skip
"""Zones of the country that writes the month before the day."""
_MOST_MONTH = 12

Sort = Literal["published", "agency", "line", "updated"]
_RANK: dict[Sort, int] = {"published": 0, "agency": 1, "line": 2, "updated": 3}


@dataclass(frozen=True, slots=True)
class Dateline:
    """When a text says that it was published.

    Attributes:
        moment: UTC; where it names no hour, the end of the day.
        said: The words.
    """

    moment: datetime
    said: str


class _Found(NamedTuple):
    """A date of a line, or an hour alone."""

    sort: Sort
    day: date | None
    minutes: int | None
    zone: timezone | None
    said: str


def dated(report: Report, calendar: Calendar, *, near: datetime, now: datetime) -> Report:
    """A report with its dateline as its publication, where nothing else says when that was; itself where it has none.

    Args:
        report: As it came in.
        calendar: The operation's.
        near: Years that are left out are those nearest to it: when the operation was.
        now: This moment; nothing was published later.
    """
    if report.published is not None:
        return report
    found = dateline(report.text, calendar, near=near, now=now)
    return replace(report, published=found.moment) if found else report


def near_to(span: tuple[datetime, datetime] | None, calendar: Calendar, now: datetime) -> datetime:
    """The moment that years which are left out are nearest to: the last that happened, else the first day, else now."""
    if span is not None:
        return span[1]
    return datetime.combine(calendar.first_day, time(12), calendar.zone) if calendar.first_day else now


def dateline(text: str, calendar: Calendar, *, near: datetime, now: datetime) -> Dateline | None:
    """When a text says that it was published, in its head or at its foot; None where it does not.

    >>> from clearway.record.moments import calendar, moment_of
    >>> wellington, then = calendar("Pacific/Auckland"), moment_of("2022-02-21T12:00+13:00")
    >>> found = dateline("WELLINGTON, Feb. 16 (Agency) — Police said", wellington, near=then, now=moment_of("2026-11-29T00:00Z"))
    >>> found.moment.isoformat(), found.said
    ('2022-02-16T10:59:00+00:00', 'Feb. 16')
    """
    found = [one for line in _lines(text) if (one := _in_line(line, calendar, near))]
    days = sorted((one for one in found if one.day is not None), key=lambda one: _RANK[one.sort])
    for best in days:
        assert best.day is not None  # noqa: S101 - only those with a day are listed
        moments = [_moment(one._replace(day=one.day or best.day), calendar) for one in found if _is_of(one, best)]
        moment = max(filter(None, moments), default=None)
        if moment is None:
            continue
        if best.minutes is None and moment - timedelta(days=1) < now < moment:
            moment = now  # today, at an hour that it does not say
        if moment - now <= SAME_MOMENT:
            return Dateline(moment, best.said)
    return None


def _is_of(one: _Found, best: _Found) -> bool:
    """Whether a find says more of the moment of the best: itself, or an update with its hour on the same day."""
    return one is best or (one.sort == "updated" and one.minutes is not None and one.day in (None, best.day))


def _lines(text: str) -> Iterator[str]:
    """The lines of the head and of the foot that say something, each as far as a dateline reaches."""
    whole = [line.strip() for line in text[:_HEAD].splitlines()]
    yield from islice((line[:_MOST_LINE] for line in whole if line), _HEAD_LINES)
    if len(text) > _HEAD:
        foot = [line.strip() for line in text[-_FOOT:].splitlines() if line.strip()]
        yield from (line[:_MOST_LINE] for line in foot[-_FOOT_LINES:])


def _in_line(line: str, calendar: Calendar, near: datetime) -> _Found | None:
    """The date that a line gives as that of the text."""
    if _EMBARGO.search(line):
        return None
    label = _LABEL.match(line)
    for one in _DATE.finditer(line):
        day, clock = _day(one, calendar, near), _clock_beside(line, one)
        if day is None:
            continue
        start, end = min(one.start(), clock.start() if clock else one.start()), max(one.end(), clock.end() if clock else 0)
        sort = _sort(line, label, start, end)
        if sort is not None:
            minutes, zone = _hour(clock, one)
            return _Found(sort, day, minutes, zone, " ".join(line[start:end].split()))
    if label and label["updated"] and (clock := _TIME.search(line, label.end())) and clock.start() - label.end() <= _MOST_LABEL:
        minutes, zone = _hour(clock, None)
        return _Found("updated", None, minutes, zone, clock[0])
    return None


def _sort(line: str, label: re.Match[str] | None, start: int, end: int) -> Sort | None:
    """In what kind of line a date stands; None where it stands in a sentence."""
    before, after = line[:start], line[end:]
    if label and start - label.end() <= _MOST_LABEL and label.end() <= start + 1:
        between = line[label.end() : start]
        if not re.search(r"[a-z]{4,}", between) or label["updated"]:
            return "updated" if label["updated"] else "published"
    if _OPENS.match(before) and _AGENCY_END.match(after):
        return "agency"
    if (
        len(before) <= _MOST_BEFORE
        and _are_names(before)
        and before.rstrip()[-1:] in (",", "—", "–", "-", "(", "|", ".", ":", "")
        and _AGENCY_END.match(after)
    ):
        return "agency"
    if (
        not _OF.search(before)
        and _are_names(f"{before} {after}")
        and len(line) < _MOST_LINE
        and not after.rstrip().endswith(".")
    ):
        return "line"
    return None


def _are_names(words: str) -> bool:
    """Whether words are a place, an agency or somebody's name, and no sentence."""
    plain = re.findall(r"[^\W\d_]+", words)
    small = [word for word in plain if word[:1].islower()]
    return all(word in _SMALL for word in small) and len(small) <= 4 and len(plain) <= 14  # noqa: PLR2004 - a line of names


def _clock_beside(line: str, one: re.Match[str]) -> re.Match[str] | None:
    """The hour that stands beside a date, behind it or before."""
    if one["group"]:
        return None
    behind = _TIME.search(line, one.end())
    if behind and _BESIDE.match(line[one.end() : behind.start()]):
        return behind
    before = [clock for clock in _TIME.finditer(line, 0, one.start()) if _BESIDE.match(line[clock.end() : one.start()])]
    return before[-1] if before else None


def _hour(clock: re.Match[str] | None, one: re.Match[str] | None) -> tuple[int | None, timezone | None]:
    """Minutes into the day, and the zone that they are of where it is said."""
    if one is not None and one["group"]:
        minutes = minutes_of(f"{one['group'][2:4]}:{one['group'][4:]}")
        return minutes, UTC if one["zulu"].upper() == "Z" else None
    if clock is None:
        return None, None
    said = re.sub(r"^(\d{1,2}[:.]\d{2})[:.]\d{2}(?:[.,]\d+)?", r"\1", clock["clock"])
    zone = timezone(timedelta(minutes=_ZONES[clock["zone"].upper()])) if clock["zone"] else None
    if ahead := clock["ahead"]:
        sign = -1 if ahead[0] == "-" else 1
        zone = timezone(sign * timedelta(hours=int(ahead[1:3]), minutes=int(ahead[-2:])))
    return minutes_of(said), zone


def _day(one: re.Match[str], calendar: Calendar, near: datetime) -> date | None:  # noqa: PLR0911 - one for each way
    """The day that a date means; None where no calendar has it."""
    try:
        if one["iso"]:
            year, month, day = (int(part) for part in re.split(r"[-/.]", one["iso"]))
            return date(year, month, day)
        if one["figures"]:
            return _in_figures(one["figures"], calendar.zone)
        if one["group"]:
            return date(_year(one["gyear"]), month_number(one["gmonth"]), int(one["group"][:2]))
        if one["number"]:
            first = calendar.first_day
            return first + timedelta(days=int(one["number"]) - 1) if first else None
        month, day = month_number(one["month"] or one["month2"]), int(one["day"] or one["day2"])
        if year_said := one["year"] or one["year2"]:
            return date(_year(year_said), month, day)
        return _nearest(near.astimezone(calendar.zone).date(), month, day, one["weekday"])
    except (ValueError, OverflowError):
        return None


def _in_figures(said: str, zone: ZoneInfo) -> date:
    """A date in figures: the day first, where only the country of the zone does not write it otherwise."""
    first, second, year = (int(part) for part in re.split(r"[/.-]", said))
    month_first = second > _MOST_MONTH or (first <= _MOST_MONTH and str(zone).startswith(_MONTH_FIRST))
    month, day = (first, second) if month_first else (second, first)
    return date(_year(str(year)), month, day)


def _year(said: str) -> int:
    plain = said.lstrip("'’")
    return int(plain) if len(plain) > 2 else 2000 + int(plain)  # noqa: PLR2004 - two figures


def _nearest(near: date, month: int, day: int, weekday: str | None) -> date:
    """The date nearest to a day; one of that weekday where it is said."""
    if weekday:
        wanted = next(number for number, name in enumerate(WEEKDAYS) if name.startswith(weekday.lower()[:3]))
        years = (near.year + over for over in (0, -1, 1, -2, 2, -3, 3, -4, 4, -5, 5, -6, 6))
        for year in years:
            try:
                found = date(year, month, day)
            except ValueError:
                continue
            if found.weekday() == wanted:
                return found
    return nearest_year(near, month, day)


def _moment(found: _Found, calendar: Calendar) -> datetime | None:
    """The moment of a find: the end of the day where it names no hour; None where the calendar has no such."""
    if found.day is None:
        return None
    minutes = 24 * 60 - 1 if found.minutes is None else found.minutes
    try:
        local = datetime.combine(found.day, time(minutes // 60, minutes % 60), found.zone or calendar.zone)
        return local.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
