"""What a writer is asked before an entry is written: times that nobody may have meant. What cannot be is refused, not asked.

One draft without a year once stretched an operation of three weeks over four years. So whoever writes is told how far a time
lies from everything else; they may still mean it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from clearway.errors import BadInput
from clearway.record.corrections import does_correct
from clearway.record.entry import SAME_MOMENT
from clearway.record.kind import Role
from clearway.record.source import is_named
from clearway.words import counted, time_words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

    from clearway.record.entry import Draft, Entry
    from clearway.record.kind import Kind

Span = tuple[datetime, datetime]

FAR = timedelta(days=7)
"""What lies further than this from everything that happened is asked about."""

_DAYS_IN_YEAR, _DAYS_IN_MONTH = 365.25, 30.44
_TWO_MONTHS = 61


def happened_at(draft: Draft) -> datetime | None:
    """When something happened of which a draft tells: where its span ends, or where it was known before that.

    None for what is about the record itself, such as a report that came in, or that an entry is withdrawn.
    """
    if not draft.body.about.is_typed or draft.withdraws:
        return None
    return min(draft.happened.end, draft.known)


def span_of(entries: Iterable[Entry]) -> Span | None:
    """Between which moments all happened that entries tell of and that still counts; None where nothing did."""
    kept: dict[str, Entry] = {}
    for entry in entries:
        for named in (*entry.draft.withdraws, *entry.draft.corrects):
            other = kept.get(named)
            if other is not None and (named in entry.draft.withdraws or does_correct(entry.draft, other.draft)):
                del kept[named]
        kept[entry.id] = entry
    moments = [moment for entry in kept.values() if (moment := happened_at(entry.draft)) is not None]
    return (min(moments), max(moments)) if moments else None


def busiest_span(drafts: Iterable[Draft]) -> Span | None:
    """Between which moments most of some drafts happened: the fullest run of them without a gap that is far; None for no run.

    Args:
        drafts: Written together, where the record holds nothing yet: one wrong date among them is then told from the others.
    """
    runs: list[list[datetime]] = []
    for moment in sorted(moment for draft in drafts if (moment := happened_at(draft)) is not None):
        if runs and moment - runs[-1][-1] <= FAR:
            runs[-1].append(moment)
        else:
            runs.append([moment])
    fullest = max(runs, key=len, default=None)
    return (fullest[0], fullest[-1]) if fullest else None


def doubts(draft: Draft, span: Span | None, zone: ZoneInfo) -> list[str]:
    """What is to be asked before a draft is written, a sentence or two for each; empty for nearly all.

    Args:
        draft: To be written.
        span: Between which moments everything else happened; None where nothing did.
        zone: The operation's; times are given in it.
    """
    return [*misdated(draft, span, zone), *_out_of_order(draft, zone)]


def misdated(draft: Draft, span: Span | None, zone: ZoneInfo) -> list[str]:
    """What is to be asked of a line of a file: only whether its time is meant; takes what ``doubts`` takes.

    A file may hold what was printed later than it was known, and promises that were overdue when somebody wrote them down.
    """
    return [*filter(None, (_before_it_happened(draft, zone), far_from(draft, span, zone)))]


def far_from(draft: Draft, span: Span | None, zone: ZoneInfo) -> str:
    """How far a draft lies from all that happened; empty where that is not far.

    Args:
        draft: To be written.
        span: Between which moments everything else happened; None where nothing did.
        zone: The operation's.
    """
    return far_words(_nearest(draft, span), span, zone)


def far_words(moment: datetime | None, span: Span | None, zone: ZoneInfo) -> str:
    """How far a moment lies from all that happened; empty where that is not far.

    >>> from datetime import UTC
    >>> from zoneinfo import ZoneInfo
    >>> week = datetime(2022, 2, 14, tzinfo=UTC), datetime(2022, 2, 21, tzinfo=UTC)
    >>> far_words(datetime(2026, 11, 29, tzinfo=UTC), week, ZoneInfo("UTC"))
    "Sun 29 Nov 2026 00:00 is 4 years after the operation's last entry (Mon 21 Feb 2022 00:00)."
    >>> far_words(datetime(2022, 2, 22, tzinfo=UTC), week, ZoneInfo("UTC"))
    ''
    """
    if moment is None or span is None:
        return ""
    first, last = span
    away, side, end = (moment - last, "after", "last") if moment > last else (first - moment, "before", "first")
    if away <= FAR:
        return ""
    other = time_words(last if moment > last else first, zone)
    return f"{time_words(moment, zone)} is {apart_words(away)} {side} the operation's {end} entry ({other})."


def apart_words(away: timedelta) -> str:
    """A distance in time as people say it.

    >>> [apart_words(timedelta(days=days)) for days in (1.5, 9, 100, 400, 1750)]
    ['36 h', '9 days', '3 months', '13 months', '4 years']
    """
    days = away.total_seconds() / 86_400
    if days >= 2 * _DAYS_IN_YEAR:
        return counted(int(days / _DAYS_IN_YEAR), "year")
    if days >= _TWO_MONTHS:
        return counted(int(days / _DAYS_IN_MONTH), "month")
    if days >= 2:  # noqa: PLR2004 - below it, hours
        return counted(int(days), "day")
    minutes = int(away.total_seconds() / 60)
    return f"{minutes // 60} h" if minutes >= 60 else counted(minutes, "minute")  # noqa: PLR2004


def ungraded(draft: Draft) -> list[str]:
    """What a writer is told who grades an entry that nobody is said to have said."""
    if is_named(draft.source) or draft.source.reliability == "F":
        return []
    return ["Nobody is named as its source, so it has no grade. Say who says so, by office or organisation, and grade that."]


def refuse_disorder(body: Kind) -> None:
    """Refuse what ends before it starts.

    Raises:
        BadInput: it does.
    """
    starts, ends = getattr(body, "starts", None), body.holds_until
    if isinstance(starts, datetime) and ends is not None and ends < starts:
        raise BadInput("The entry cannot be used: ends: it ends before it starts. Put the earlier time into 'starts'.")


def _nearest(draft: Draft, span: Span | None) -> datetime | None:
    """The moment of a draft that lies nearest to everything else; None for what is about the record itself."""
    if span is None or happened_at(draft) is None:
        return None
    start, end = draft.happened.start, draft.happened.end
    return start if start > span[1] else end if end < span[0] else None


def _before_it_happened(draft: Draft, zone: ZoneInfo) -> str:
    ahead = draft.happened.start - draft.known
    if ahead <= SAME_MOMENT:
        return ""
    said = f"It begins {time_words(draft.happened.start, zone)}, {apart_words(ahead)} after the room learnt of it"
    known = time_words(draft.known, zone)
    if draft.body.about.role is Role.STATE:
        return f"{said} ({known}): until then it counts as announced."
    return f"{said} ({known}). Nobody knows of something before it happens: correct the one or the other."


def _out_of_order(draft: Draft, zone: ZoneInfo) -> Iterable[str]:
    due = getattr(draft.body, "due", None)
    if isinstance(due, datetime) and due < draft.happened.start - SAME_MOMENT:
        yield f"It was due {time_words(due, zone)}, before it was said ({time_words(draft.happened.start, zone)})."
    published = draft.source.published
    if published is not None and published - draft.known > SAME_MOMENT:
        yield f"It was published {time_words(published, zone)}, after the room learnt of it ({time_words(draft.known, zone)})."
