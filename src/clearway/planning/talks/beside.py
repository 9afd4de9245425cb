"""What stands side by side: what a party says of a figure beside what others counted, and joint letters beside one another."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from clearway.picture.subjects import where_key
from clearway.planning.talks.contract import JointDocument, SideBySide
from clearway.record.kinds.figures import Count, Flow
from clearway.record.kinds.talks import Statement
from clearway.record.parts import amount_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from zoneinfo import ZoneInfo

    from clearway.planning.talks.lines import Lines
    from clearway.planning.talks.parties import Parties
    from clearway.record.entry import Entry

_MOVED = re.compile(
    r"\b(?:moved|moving|left|leaving|gone|progress|cleared|removed|arrived|grew|grown|shrunk|shrinking|growing|empty)\b",
    re.IGNORECASE,
)
_COUNTED = {
    what: re.compile(rf"\b{what}\b", re.IGNORECASE) for what in ("vehicles", "tents", "people", "officers", "trucks", "cars")
}
_A_MOMENT = timedelta(microseconds=1)


class _Figure(NamedTuple):
    """A count or a flow, of which days, where, and whose word."""

    entry: Entry
    what: str
    days: tuple[date, date]
    places: set[str]
    who: str

    def is_of(self, days: tuple[date, date], places: set[str]) -> bool:
        """Whether it is of one of some days, at the same place where both name one."""
        is_near = days[0] <= self.days[1] and self.days[0] <= days[1]
        return is_near and (not places or not self.places or bool(places & self.places))


def beside(entries: Sequence[Entry], parties: Parties, lines: Lines) -> list[SideBySide]:
    """Statements of groups on how a figure moves, each with the figures of others about the same day and place.

    Args:
        entries: In force.
        parties: Who is who.
        lines: To cite them.
    """
    zone = lines.zone
    figures = [
        _Figure(entry, body.what, _days(entry, zone), set(where_key(entry.draft)), parties.who_speaks(entry.draft.source))
        for entry in entries
        if isinstance(body := entry.draft.body, Count | Flow)
    ]
    found = []
    for entry in entries:
        body, who = entry.draft.body, parties.who_speaks(entry.draft.source)
        if not isinstance(body, Statement) or parties.of(who).sort != "group" or not _MOVED.search(body.summary):
            continue
        what = [name for name, pattern in _COUNTED.items() if pattern.search(body.summary)]
        if not what:
            continue
        days, here = _days(entry, zone), set(where_key(entry.draft))
        others = [one.entry for one in figures if one.what in what and one.who != who and one.is_of(days, here)]
        if others:
            refuting = [one.id for one in entries if entry.id in one.draft.disputes and one.draft.kind == "evidence"]
            found.append(SideBySide(claim=lines.of(entry), others=lines.all(others), refuted_by=refuting))
    return found


def documents(entries: Sequence[Entry], lines: Lines) -> list[JointDocument]:
    """Letters and statements of several groups, one for each group of groups that was counted; their numbers are no clash."""
    found = []
    for entry in entries:
        body = entry.draft.body
        if isinstance(body, Count) and body.what == "groups" and body.group:
            says = f"{amount_words(body.amount)} groups {body.group}"
            found.append(JointDocument(says=says, groups=amount_words(body.amount), lines=[lines.of(entry)]))
    return found


def _days(entry: Entry, zone: ZoneInfo) -> tuple[date, date]:
    """The first and the last day that an entry is of, in an operation's own time."""
    span = entry.draft.happened
    return span.start.astimezone(zone).date(), max(span.start, span.end - _A_MOMENT).astimezone(zone).date()
