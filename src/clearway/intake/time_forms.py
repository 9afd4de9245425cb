"""The forms in which reports write a time, and what each means: "just after 7pm", "last night", "day 14", "mid to late March"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from clearway.record.clock_words import (
    ABOUT,
    JUST,
    MONTH,
    MONTHS,
    PARTS_OF_DAY,
    SHORTLY,
    WEEKDAYS,
    minutes_of,
    month_number,
    nearest_year,
)
from clearway.record.moments import Calendar, Span
from clearway.record.number_words import value_of

if TYPE_CHECKING:
    from collections.abc import Callable


_NUMBER = (
    r"\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|twenty(?:-\w+)?|thirty|"
    r"forty-eight|several|few|couple\s+of"
)
WEEKDAY = "|".join(WEEKDAYS)
_PART = r"(?:early\s+)?(?:morning|afternoon|evening|night|midday|lunchtime)"
_ORDINAL = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth "
    "seventeenth eighteenth nineteenth twentieth".split()
)  # fmt: skip
_ORDINAL_OF = {word: number for number, word in enumerate(_ORDINAL, start=1)}
_NTH = rf"(?:\d+(?:st|nd|rd|th)|(?:twenty|thirty)-(?:{'|'.join(_ORDINAL[:9])})|{'|'.join(_ORDINAL)})"
_HOUR = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_OF_DAY = (
    r"(?:this|yesterday|tomorrow)\s+(?:morning|afternoon|evening)|last\s+night|tonight|in\s+the\s+(?:morning|afternoon|evening)"
)
_CLOCK = (
    r"(?:\d{1,2}(?:[:.]\d{2})?\s?(?:am|pm|a\.m\.?|p\.m\.?)|(?:[01]?\d|2[0-3]):[0-5]\d|[0-2]\d[0-5]\d\s?(?:hrs|hours|h)\b|(?<=\bas\sat\s)[0-2]\d[0-5]\d(?!\d)|(?<=\bfrom\s)(?:[01]\d|2[1-3])[0-5]\d(?!\d|\s+to\b|\s+[a-z]+s\b)|noon|midday|midnight|(?:\d{1,2}|[a-z]+)\s+o['’]clock"
    rf"|(?:half\s+past|quarter\s+(?:past|to))\s+(?:{_HOUR}|\d{{1,2}})\b"
    rf"|(?<=\b(?:at|by)\s)(?:{_HOUR}|\d{{1,2}}(?:[.:][0-5]\d)?)(?=\s+(?:{_OF_DAY}))|(?<=\bafter\s)(?:{_HOUR})(?=[.,;]|\s+and\b|\s*$)"
    rf"|(?:{_HOUR}|\d{{1,2}})(?=\s+in\s+the\s+(?:morning|afternoon|evening)))"
)
_BEFORE_CLOCK = r"just\s+after|shortly\s+after|soon\s+after|just\s+before|shortly\s+before|at\s+about|at\s+around|about|around|approximately|nearly|after|before|by|until|till|from|since|beginning\s+at|at"
LOOK = 120
_NEAR_S = {
    "minute": 60,
    "hour": 3600,
    "day": 86_400,
    "week": 604_800,
    "fortnight": 1_209_600,
    "month": 2_629_800,
    "year": 31_557_600,
}
_NIGHT_FROM, _NIGHT_TO = 18, 27
_WEEKEND = 5
_MIDWEEK = 2
_MOST_MONTHS = 12
FEW = 3


@dataclass(frozen=True, slots=True)
class Clockwork:
    """What times are resolved against.

    Attributes:
        calendar: The operation's zone and first day.
        published: When the report was published.
    """

    calendar: Calendar
    published: datetime

    @property
    def today(self) -> date:
        """The day of publication, local."""
        return self.published.astimezone(self.calendar.zone).date()

    def at(self, day: date, minutes: float) -> datetime:
        """A moment so many minutes into a local day."""
        over, left = divmod(int(minutes), 1440)
        local = datetime.combine(day + timedelta(days=over), time(left // 60, left % 60), self.calendar.zone)
        return local.astimezone(UTC)

    def hours(self, day: date, first: float, last: float, said: str = "") -> Span:
        """A part of a local day."""
        return Span(self.at(day, first * 60), self.at(day, last * 60), said)

    def past(self, span: Span) -> Span:
        """A span as far as it lies before the publication, where it begins before it."""
        return Span(span.start, min(span.end, self.published), span.said) if span.start < self.published < span.end else span


Found = tuple[Span, bool, bool, bool]  # span, day, clock, spread
_Rule = tuple[re.Pattern[str], "Callable[[re.Match[str], Clockwork, bool], Found | None]"]


def _clock(one: re.Match[str], clockwork: Clockwork, ahead: bool) -> Found | None:  # noqa: FBT001 - all rules alike
    at = minutes_of(one["clock"])
    if at is None:
        return None
    before = " ".join((one["before"] or "").lower().split())
    if one["clock"].lower() == "midnight" and before.endswith("after"):
        at = 0  # just after midnight the day has begun; by midnight it ends
    moment = clockwork.at(clockwork.today, at)
    if before == "since" and moment < clockwork.published:
        return Span(moment, clockwork.published), False, True, True
    reach = {
        "just after": (timedelta(0), JUST), "shortly after": (timedelta(0), SHORTLY), "soon after": (timedelta(0), SHORTLY),
        "just before": (-JUST, timedelta(0)), "shortly before": (-SHORTLY, timedelta(0)), "nearly": (-JUST, timedelta(0)),
    }.get(before)  # fmt: skip
    if before.endswith(("about", "around", "approximately")):
        reach = (-ABOUT, ABOUT)
    low, high = reach or (timedelta(0), timedelta(0))
    del ahead
    return Span(moment + low, moment + high), False, True, False


def _clocks(one: re.Match[str], clockwork: Clockwork, _: bool) -> Found | None:  # noqa: FBT001
    last = minutes_of(one["last"])
    half = re.search(r"[ap]\.?m", one["last"].lower())
    first = minutes_of(one["first"] if half is None or re.search(r"[ap]\.?m", one["first"].lower()) else one["first"] + half[0])
    if first is None or last is None:
        return None
    if last < first:
        last += 1440
    return Span(clockwork.at(clockwork.today, first), clockwork.at(clockwork.today, last)), False, True, True


def _part(clockwork: Clockwork, day: date, part: str | None) -> tuple[Span, bool]:
    """A part of a local day; all of it where none is named."""
    plain = " ".join((part or "").lower().split())
    early, name = plain.startswith("early"), plain.removeprefix("early").strip()
    if not name:
        return clockwork.hours(day, 0, 24), False
    if name == "night":
        return clockwork.hours(day, _NIGHT_FROM, 24), False
    first, last = PARTS_OF_DAY[name]
    if early:
        first, last = PARTS_OF_DAY.get(f"early {name}", (first, (first + last) / 2))  # type: ignore[assignment]
    return clockwork.hours(day, first, last), False


def _day_word(one: re.Match[str], clockwork: Clockwork, ahead: bool) -> Found | None:  # noqa: FBT001, PLR0911 - one for each word
    words, today = " ".join(one[0].lower().replace("-", " ").split()), clockwork.today
    yesterday = today - timedelta(days=1)
    if words == "last night":
        return clockwork.past(clockwork.hours(yesterday, _NIGHT_FROM, _NIGHT_TO)), True, False, False
    if words == "overnight" and ahead:
        return None  # "it will not happen overnight" says no time
    if words == "overnight":
        return clockwork.past(clockwork.hours(yesterday, *PARTS_OF_DAY["overnight"])), True, False, True
    if words in ("tonight", "later tonight"):
        return clockwork.hours(today, *PARTS_OF_DAY["tonight"]), True, False, False
    if words in ("pre dawn", "before dawn", "at dawn"):
        return clockwork.hours(today, 3, 6), True, False, False
    if words.startswith(("early ", "late ")) and words.endswith(("yesterday", "tomorrow")):
        day = yesterday if words.endswith("yesterday") else today + timedelta(days=1)
        return clockwork.hours(day, *((0, 8) if words.startswith("early") else (_NIGHT_FROM, 24))), True, False, False
    day = {"yesterday": yesterday, "tomorrow": today + timedelta(days=1)}.get(words.split()[0], today)
    part = re.search(_PART, words.replace("early this", "early").replace("early yesterday", "early"))
    span, _none = _part(clockwork, day, part[0] if part else None)
    return (clockwork.past(span) if day == today else span), True, False, False


def _weekday(one: re.Match[str], clockwork: Clockwork, ahead: bool) -> Found:  # noqa: FBT001
    wanted, today = WEEKDAYS.index(one["weekday"].lower()), clockwork.today
    which = (one["which"] or "").lower().split()
    back = (today.weekday() - wanted) % 7
    if "last" in which:
        day = today - timedelta(days=back or 7)
    elif {"next", "coming"} & set(which) or (ahead and back):
        day = today + timedelta(days=(-back) % 7 or 7)
    else:
        day = today - timedelta(days=back)
    span, _none = _part(clockwork, day, one["part"])
    if one["early"] and not one["part"]:
        span = clockwork.hours(day, *((0, 8) if one["early"].lower() == "early" else (_NIGHT_FROM, 24)))
    return (clockwork.past(span) if day == today and not ahead else span), True, False, False


def _numbered_day(one: re.Match[str], clockwork: Clockwork, _: bool) -> Found | None:  # noqa: FBT001
    first = clockwork.calendar.first_day
    given = (one["number"] or one["nth"]).lower()
    number = int(given) if given.isdigit() else _ordinal(given)
    day = first + timedelta(days=number - 1) if first else clockwork.today  # a report numbers the day that it is about
    span, _none = _part(clockwork, day, one["part"])
    return clockwork.past(span), True, False, False


def _ordinal(given: str) -> int:
    digits = re.match(r"\d+", given)
    if digits:
        return int(digits[0])
    tens, _, ones = given.partition("-")
    return int(value_of(tens)) + _ORDINAL_OF[ones] if ones else _ORDINAL_OF[given]


def _date(one: re.Match[str], clockwork: Clockwork, ahead: bool) -> Found:  # noqa: FBT001
    month = month_number(one["month"] or one["month2"])
    number = int(re.match(r"\d+", one["day"] or one["day2"])[0])  # type: ignore[index]
    year = one["year"] or one["year2"]
    day = date(int(year), month, number) if year else nearest_year(clockwork.today, month, number, ahead=ahead)
    span, _none = _part(clockwork, day, None)
    return (clockwork.past(span) if day == clockwork.today else span), True, False, False


def _iso(one: re.Match[str], clockwork: Clockwork, _: bool) -> Found:  # noqa: FBT001
    if one["iso"]:
        day = date.fromisoformat(one["iso"])
    else:
        first, second, year = int(one["d"]), int(one["m"]), int(one["y"])
        day = date(year + 2000 if year < 100 else year, *((second, first) if second <= _MOST_MONTHS else (first, second)))  # noqa: PLR2004
    return clockwork.hours(day, 0, 24), True, False, False


def _inmonth_number(one: re.Match[str], clockwork: Clockwork, ahead: bool) -> Found:  # noqa: FBT001
    today, month = clockwork.today, month_number(one["month"])
    years = [int(one["year"])] if one["year"] else [today.year - 1, today.year, today.year + 1]
    starts = [date(year, month, 1) for year in years]
    if ahead and not one["year"]:
        starts = [start for start in starts if (start.year, start.month) >= (today.year, today.month)] or starts
    start = min(starts, key=lambda day: abs((day - today).days))
    length = ((start.replace(day=28) + timedelta(days=4)).replace(day=1) - start).days
    words = (one["part"] or "").lower()
    first = 0 if "early" in words else length // 3 if "mid" in words else 2 * length // 3 if "late" in words else 0
    last = length if not words or "late" in words else 2 * length // 3 if "mid" in words else length // 3
    return (
        Span(clockwork.at(start + timedelta(days=first), 0), clockwork.at(start + timedelta(days=last), 0)),
        True,
        False,
        True,
    )


def _in_year(one: re.Match[str], clockwork: Clockwork, _: bool) -> Found:  # noqa: FBT001
    year = int(one["year"])
    return Span(clockwork.at(date(year, 1, 1), 0), clockwork.at(date(year + 1, 1, 1), 0)), True, False, True


def _lasting(one: re.Match[str], clockwork: Clockwork, _: bool) -> Found:  # noqa: FBT001
    seconds = _count(one["number"]) * _NEAR_S[one["unit"].lower().rstrip("s")]
    span = timedelta(seconds=seconds)
    if one["way"] and re.match(r"(?:in|within|over|for)\s+the\s+(?:next|coming)|within", one["way"], re.IGNORECASE):
        return Span(clockwork.published, clockwork.published + span), True, False, True
    return Span(clockwork.published - span, clockwork.published), True, False, True


def _ago(one: re.Match[str], clockwork: Clockwork, _: bool) -> Found:  # noqa: FBT001
    seconds = _count(one["number"]) * _NEAR_S[one["unit"].lower().rstrip("s")]
    moment = clockwork.published - timedelta(seconds=seconds)
    if seconds < _NEAR_S["day"]:
        within = timedelta(seconds=max(seconds / 4, 300))
        return Span(moment - within, min(moment + within, clockwork.published)), False, True, False
    return clockwork.hours(moment.astimezone(clockwork.calendar.zone).date(), 0, 24), True, False, False


def _count(said: str | None) -> float:
    plain = " ".join((said or "a").lower().split())
    return {"a": 1.0, "an": 1.0, "several": 5.0, "few": float(FEW), "couple of": 2.0}.get(plain) or value_of(plain)


def _week(one: re.Match[str], clockwork: Clockwork, ahead: bool) -> Found:  # noqa: FBT001
    words, today = " ".join(one[0].lower().split()), clockwork.today
    monday = today - timedelta(days=today.weekday())
    if "weekend" in words:
        saturday = monday + timedelta(days=_WEEKEND)
        spoken = one.string[max(0, one.start() - 6) : one.start()].lower().endswith((" at ", "since ")) and not ahead
        back = (
            "last" in words or "past" in words or spoken or (today.weekday() < _MIDWEEK and not ahead and "coming" not in words)
        )
        start = saturday - timedelta(days=7) if back else saturday + timedelta(days=7) if "next" in words else saturday
        return clockwork.past(Span(clockwork.at(start, 0), clockwork.at(start, 2880))), True, False, True
    start = monday + timedelta(days=-7 if "last" in words else 7 if "next" in words else 0)
    span = Span(clockwork.at(start, 0), clockwork.at(start, 7 * 1440))
    return (span if "next" in words or ahead else clockwork.past(span)), True, False, True


def _period(one: re.Match[str], clockwork: Clockwork, _: bool) -> Found:  # noqa: FBT001
    """A month or a year by its place: "last month", "this year", "the end of the week"."""
    today, which = clockwork.today, (one["which"] or "").lower()
    over = {"last": -1, "next": 1}.get(which, 0)
    unit = (one["unit"] or one["unit2"] or one["unit3"]).lower()
    if unit == "year":
        first, last = date(today.year + over, 1, 1), date(today.year + over + 1, 1, 1)
    elif unit == "month":
        first = _month_on(today, over)
        last = _month_on(first, 1)
    else:
        first = today - timedelta(days=today.weekday() if unit == "week" else 0)
        last = first + timedelta(days=7 if unit == "week" else 1)
    if one["end"]:
        first = last - timedelta(days=1)
    span = Span(clockwork.at(first, 0), clockwork.at(last, 0))
    return (span if one["end"] or which == "this" else clockwork.past(span)), True, False, True


def _month_on(day: date, over: int) -> date:
    """The first day of a month so many months on."""
    year, month = divmod(day.year * 12 + day.month - 1 + over, 12)
    return date(year, month + 1, 1)


def _recent(one: re.Match[str], clockwork: Clockwork, _: bool) -> Found:  # noqa: FBT001
    if "other" in one[0].lower():
        return Span(clockwork.at(clockwork.today - timedelta(days=5), 0), clockwork.at(clockwork.today, 0)), True, False, False
    return Span(clockwork.at(clockwork.today - timedelta(days=4), 0), clockwork.published), True, False, True


_LASTED = re.compile(r"\b(?:have|has|had|been|['’]ve|['’]s)\b|[a-z]['’](?:ve|s)\b", re.IGNORECASE)
_UNITS = r"(?P<unit>minutes?|hours?|days?|weeks?|fortnights?|months?|years?)"
FORMS: tuple[_Rule, ...] = (
    (re.compile(r"\b(?:(?P<iso>\d{4}-\d{2}-\d{2})|(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{4}|\d{2}))(?!\d)"), _iso),
    (
        re.compile(
            rf"\b(?:(?:{WEEKDAY}),?\s+)?(?:(?:the\s+)?(?P<day>\d{{1,2}}(?:st|nd|rd|th)?)\s+(?:of\s+)?(?P<month>{MONTH})\b\.?(?:,?\s+(?P<year>(?:19|20)\d\d))?"
            rf"|(?P<month2>{MONTH})\.?\s+(?P<day2>\d{{1,2}}(?:st|nd|rd|th)?)(?!\d|:|\.\d|\s?[ap]m)(?:,?\s+(?P<year2>(?:19|20)\d\d))?)\b",
            re.IGNORECASE,
        ),
        _date,
    ),
    (
        re.compile(
            rf"\b(?:(?:the\s+)?(?P<part>{_PART})\s+of\s+)?(?:(?:the|its|their)\s+)?(?:day\s+(?P<number>\d{{1,3}})|(?P<nth>{_NTH})\s+day)\b"
            rf"(?!\s+of\s+(?:{MONTH}))",
            re.IGNORECASE,
        ),
        _numbered_day,
    ),
    (
        re.compile(
            rf"\b(?P<way>(?:over|in|during|for|within|throughout)\s+the\s+(?:past|last|next|coming|previous)|in\s+the|within|for(?:\s+the)?(?:\s+past|\s+last)?|"
            rf"the\s+(?:past|last|next|coming))\s+(?P<number>{_NUMBER})[\s-]+{_UNITS}\b(?P<since>\s+since)?",
            re.IGNORECASE,
        ),
        lambda one, clockwork, ahead: None if _is_no_span(one) else _lasting(one, clockwork, ahead),
    ),
    (re.compile(rf"\b(?P<number>{_NUMBER})\s+{_UNITS}\s+(?:ago|earlier)\b", re.IGNORECASE), _ago),
    (
        re.compile(
            r"\b(?:(?:over|in|during)\s+)?(?:the\s+)?(?:(?:past|last|recent)\s+(?:few\s+)?days|other\s+day)\b", re.IGNORECASE
        ),
        _recent,
    ),
    (
        re.compile(
            rf"\b(?:last\s+night|overnight|later\s+tonight|tonight|pre-?dawn|(?:before|at)\s+dawn|(?:earlier\s+|later\s+)?today|"
            rf"(?:early\s+|earlier\s+|later\s+)?(?:this|yesterday|tomorrow)\s+{_PART}|(?:early\s+|late\s+)?(?:yesterday|tomorrow))\b",
            re.IGNORECASE,
        ),
        _day_word,
    ),
    (
        re.compile(
            rf"\b(?:(?P<which>last|next|this\s+coming|coming|this)\s+)?(?:(?P<early>early|late)\s+(?:on\s+)?)?(?P<weekday>{WEEKDAY})(?:['’]s)?(?:\s+(?P<part>{_PART})\b)?",
            re.IGNORECASE,
        ),
        _weekday,
    ),
    (
        re.compile(
            r"\b(?:last|next|this|the\s+coming|the\s+past|the|coming)\s+weekend\b|\b(?:last|next|this)\s+week\b(?!-)",
            re.IGNORECASE,
        ),
        _week,
    ),
    (
        re.compile(
            r"\b(?:(?P<part>(?:early|mid|late)(?:[\s-]*(?:to|or)[\s-]*(?:early|mid|late))?)[\s-]+(?:in\s+)?|in\s+|of\s+|until\s+|by\s+)(?P<month>(?-i:[A-Z])[a-z]+)\b(?:\s+(?P<year>(?:19|20)\d\d))?",
            re.IGNORECASE,
        ),
        lambda one, clockwork, ahead: _inmonth_number(one, clockwork, ahead) if one["month"].lower() in MONTHS else None,
    ),
    (
        re.compile(
            r"(?<![\w.:])(?:between\s+|from\s+)?(?P<first>\d{1,2}(?:[:.]\d{2})?(?:\s?(?:[ap]m\b|[ap]\.m\.))?|noon|midday)\s*(?:[-–]|\s?(?:and|to|until|till)\s)\s*(?P<last>\d{1,2}(?:[:.]\d{2})?\s?(?:[ap]m\b|[ap]\.m\.)|\d{1,2}:\d{2}\b|noon\b|midnight\b)",
            re.IGNORECASE,
        ),
        _clocks,
    ),
    (
        re.compile(
            r"\b(?:(?:by\s+|at\s+|until\s+)?(?P<end>the\s+end)\s+of\s+(?:the|this)\s+(?P<unit>day|week|month|year)|(?P<which>last|this|next)\s+(?P<unit2>month|year)(?!['’]s)|earlier\s+this\s+(?P<unit3>month|year))\b",
            re.IGNORECASE,
        ),
        _period,
    ),
    (re.compile(r"\bin\s+(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE), _in_year),
    (re.compile(rf"(?<![\w.:$])(?:(?P<before>{_BEFORE_CLOCK})\s+)?(?P<clock>{_CLOCK})(?!\w)", re.IGNORECASE), _clock),
)


def _is_no_span(one: re.Match[str]) -> bool:
    """Such as "in the two weeks": it alone leaves open which; "in five minutes" is no time of anything."""
    way = " ".join(one["way"].lower().split())
    unit = one["unit"].lower()
    if way in ("for", "within") and unit.startswith(("minute", "hour")):
        return True  # "shut for two hours" says how long, not when
    if way == "for" and (unit.startswith("year") or not _LASTED.search(one.string[max(0, one.start() - LOOK) : one.start()])):
        return True  # "offered a site for a week", "have lived here for 30 years"
    return way == "in the" and not one["since"]
