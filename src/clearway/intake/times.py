"""Times as reports say them: "just after 7pm", "last night", "Friday", "day 14", "over the past 24 hours", "mid to late March".

Each is resolved against the moment of publication in the operation's zone; what the words leave open stays open. Reports
speak of the past unless the words before a time look ahead ("will", "due", "by").
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from clearway.intake.passages import LOGGED, Stretch
from clearway.intake.time_forms import FEW, FORMS, LOOK, WEEKDAY, Clockwork
from clearway.record.clock_words import (
    ABOUT,
    MONTHS,
    minutes_of,
)
from clearway.record.moments import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.intake.passages import Passages, Sentence

_AHEAD = re.compile(
    r"\b(?:will|would|shall|due|expect\w*|antici\w+|likely|plan(?:s|ned|ning)?|going\s+to|set\s+to|prepar\w+|should|ready|deadline|"
    r"upcoming|ahead|needed|intend\w*|brace|forecast\w*|scheduled|agreed\s+to|could|(?-i:may)|might|[a-z]+['’]ll|"
    r"to\s+(?:stay|remain|be|start|open|reopen|resume|close|continue|begin|run|return|appear|meet|march|gather))\b",
    re.IGNORECASE,
)
_AHEAD_NOW = re.compile(
    r"\b(?:until|till|before|by|from|next|coming|this\s+coming|opens?|closes?|starts?|begins?|re-?opens?|resumes?|leaves|returns?|close)\s+(?:\d[\d:.]*\s*(?:[ap]\.?m\.?\s+)?|noon\s+|midnight\s+|at\s+least\s+|about\s+|on\s+|at\s+|around\s+|early\s+|late\s+|the\s+)*$",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"\b(?:had|was|were|did|has\s+been|have\s+been|been|fell|rose|went|came|saw|left|said\s+\w+\s+had)\b|\b(?:down|up|drop\w*)\s+(?:\w+\s+)?from\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[,;:\"“”]|\b(?:and|but|because|after|as)\b")
_MAYBE = re.compile(
    rf"\d|{WEEKDAY}|{'|'.join(MONTHS)}|night|noon|morning|evening|afternoon|dawn|today|tomorrow|yesterday|day|week|month|year|hour|minute|clock|past|after",
    re.IGNORECASE,
)
"""What a sentence without any time has none of."""
_SINCE = re.compile(r"\bsince\s+(?:about\s+|the\s+)?$", re.IGNORECASE)
_SINCE_REACH = 12
_DAY = timedelta(hours=20)
_HOURS = 12


@dataclass(frozen=True, slots=True)
class TimeMention(Stretch):
    """A time in a text.

    Attributes:
        span: What it leaves open, UTC, with the words.
        day: Whether it names a day, or a longer time.
        clock: Whether it names an hour.
        ahead: Whether it lies in the future of the report.
        spread: Whether it means all of the span, as "over the past 24 hours" does, not some moment in it.
    """

    span: Span
    day: bool = False
    clock: bool = False
    ahead: bool = False
    spread: bool = False


_BLOG = re.compile(r"\s*[-•*]?\s*(?:updated?\s+)?(?P<clock>\d{1,2}(?:[:.]\d{2})?\s?[ap]\.?m\.?)\s*(?:[:–—-]|\n)", re.IGNORECASE)


def times(passages: Passages, sentence: Sentence, clockwork: Clockwork, context: date | None = None) -> list[TimeMention]:
    """The times of a sentence in order.

    Args:
        passages: The text.
        sentence: One of its sentences.
        clockwork: What they are resolved against.
        context: The day that a bare clock time means, by default the day of publication.
    """
    if _MAYBE.search(sentence.text) is None:
        return []
    found = _stamp(passages, sentence, clockwork)
    for pattern, rule in FORMS:
        for one in pattern.finditer(passages.text, sentence.start, sentence.end):
            here = Stretch(one.start(), one.end())
            if any(here.meets(other) for other in found):
                continue
            ahead = _looks_ahead(passages.text[sentence.start : one.start()], one[0])
            try:
                given = rule(one, clockwork, ahead)
            except (ValueError, OverflowError):
                continue  # the 31st of February, the year 99999
            if given is not None:
                span, day, clock, spread = given
                since = (
                    _SINCE.search(passages.text, max(sentence.start, one.start() - _SINCE_REACH), one.start()) if day else None
                )
                if since is not None and span.start < clockwork.published:
                    span, spread = Span(span.start, clockwork.published), True
                said = " ".join(one[0].split())[:200]
                later = span.start > clockwork.published if day else ahead  # of a bare clock time only the words can tell
                found.append(TimeMention(one.start(), one.end(), replace(span, said=said), day, clock, later, spread))
    return _joined(passages.text, sorted(found, key=lambda one: one.start), clockwork, context)


def _looks_ahead(before: str, said: str) -> bool:
    """Whether the words before a time look ahead: a verb of its clause does, or "until", "by", "next" where nothing past is mentioned."""
    clause = _CLAUSE.split(before[-LOOK:])[-1]
    words = f"{clause} {re.match(r'(?:until|till|before|by|from|next|coming|beginning)?', said, re.IGNORECASE)[0]} "  # type: ignore[index]
    if _AHEAD.search(clause):
        return True
    if _AHEAD_NOW.search(words) is None:
        return False
    return _AHEAD.search(before) is not None or _TOLD.search(clause if len(clause.split()) > FEW else before) is None


def _stamp(passages: Passages, sentence: Sentence, clockwork: Clockwork) -> list[TimeMention]:
    """The clock time that a line of a log begins with: "0615 Control: ..."."""
    if passages.paragraphs[sentence.paragraph].start != sentence.start:
        return []
    if (blog := stamped(passages, sentence)) and (minutes := minutes_of(blog["clock"])) is not None:
        at = clockwork.at(clockwork.today, minutes)
        return [TimeMention(blog.start("clock"), blog.end("clock"), Span(at, at, blog["clock"]), day=True, clock=True)]
    stamp = LOGGED.match(passages.text, sentence.start, sentence.end) if passages.is_log else None
    if stamp is None:
        return []
    at = clockwork.at(clockwork.today, int(stamp["hour"]) * 60 + int(stamp["minute"]))
    where = Stretch(stamp.start("hour"), stamp.end("minute"))
    said = passages.text[where.start : where.end]
    return [TimeMention(where.start, where.end, Span(at, at, said), day=True, clock=True)]


def stamped(passages: Passages, sentence: Sentence) -> re.Match[str] | None:
    """The clock time that a paragraph of a running report begins with: "9.05pm: ..."; it is of the day of publication."""
    return _BLOG.match(passages.text, passages.paragraphs[sentence.paragraph].start, sentence.end)


def day_of(mention: TimeMention, clockwork: Clockwork) -> date | None:
    """The one local day that a mention lies in, None where it spans more."""
    zone = clockwork.calendar.zone
    first = mention.span.start.astimezone(zone).date()
    last = (mention.span.end - timedelta(seconds=1)).astimezone(zone).date()
    return first if last <= first + timedelta(days=1) and mention.span.end - mention.span.start <= timedelta(days=1) else None


def _joined(text: str, found: Sequence[TimeMention], clockwork: Clockwork, context: date | None) -> list[TimeMention]:
    """A clock time and the day beside it as one; a clock time alone on the day that the text is at."""
    joined: list[TimeMention] = []
    for mention in found:
        if joined and _belong(text, joined[-1], mention):
            joined[-1] = _on_day(joined[-1], mention, clockwork, text)
        else:
            joined.append(mention)
    days = [mention for mention in joined if mention.day]
    return [
        _placed(text, mention, days, clockwork, context) if mention.clock and not mention.day else mention for mention in joined
    ]


def _belong(text: str, one: TimeMention, other: TimeMention) -> bool:
    gap = text[one.end : other.start]
    both = (one.clock and not one.day and other.day and not other.clock) or (
        one.day and not one.clock and other.clock and not other.day
    )
    return both and re.fullmatch(r"\s*(?:,|on|at|the|of|in)?\s*(?:on|at|the|just)?\s*", gap) is not None


def _on_day(one: TimeMention, other: TimeMention, clockwork: Clockwork, text: str) -> TimeMention:
    clock, day = (one, other) if one.clock else (other, one)
    on = day_of(day, clockwork) or clockwork.today
    moved = _moved(clock.span, on, clockwork)
    half = _moved(clock.span, on, clockwork, timedelta(hours=_HOURS))
    if not re.search(r"[ap]\.?m", clock.span.said.lower()) and moved.start < day.span.start <= half.start <= day.span.end:
        moved = half  # "at 9.20 last night"
    said = " ".join(text[one.start : other.end].split())[:200]
    return TimeMention(one.start, other.end, replace(moved, said=said), True, True, moved.start > clockwork.published)  # noqa: FBT003


def _placed(
    text: str, mention: TimeMention, days: Sequence[TimeMention], clockwork: Clockwork, context: date | None
) -> TimeMention:
    """A bare clock time: on the day that the sentence names, else on the day of the text around it, never in the future of it."""
    near = min(days, key=lambda day: abs(day.start - mention.start), default=None)
    between = text[min(near.end, mention.end) : max(near.start, mention.start)] if near is not None else ""
    if near is not None and near.ahead and (not mention.ahead or re.search(r"\b(?:and|but)\b", between)):
        near = None  # "was closed at 6am and would not reopen before Monday"
    if near is not None and near.span.end - near.span.start < _DAY and not _within(mention, near, clockwork):
        near = None  # "was open from 9pm, police said this morning"
    on = (day_of(near, clockwork) if near else None) or context or clockwork.today
    span = _moved(mention.span, on, clockwork)
    if on == clockwork.today and span.start > clockwork.published + ABOUT and not mention.ahead and near is None:
        span = _moved(mention.span, on - timedelta(days=1), clockwork)
    return replace(mention, span=span, ahead=span.start > clockwork.published)


def _within(mention: TimeMention, day: TimeMention, clockwork: Clockwork) -> bool:
    """Whether a clock time can lie in a part of a day."""
    on = day.span.start.astimezone(clockwork.calendar.zone).date()
    return any(
        day.span.start - ABOUT <= _moved(mention.span, at, clockwork).start <= day.span.end + ABOUT
        for at in (on, on + timedelta(days=1))
    )


def _moved(span: Span, day: date, clockwork: Clockwork, over: timedelta = timedelta(0)) -> Span:
    by = day - span.start.astimezone(clockwork.calendar.zone).date()
    zone = clockwork.calendar.zone

    def shifted(moment: datetime) -> datetime:
        local = moment.astimezone(zone) + over
        return datetime.combine(local.date() + by, local.time(), zone).astimezone(UTC)

    return replace(span, start=shifted(span.start), end=shifted(span.end))
