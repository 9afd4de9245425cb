"""The picture in full: what is in force about every subject, and what follows from it.

Figures are shown as they were said, by whom, with their age. Nothing is averaged in silence: where speakers exclude each other,
that is shown as a clash; the estimate stands beside what was said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.errors import BadInput
from clearway.picture.contested import contested
from clearway.picture.contract import PictureAnswer
from clearway.picture.counts import count_of, weight
from clearway.picture.facts import Facts, newest_first
from clearway.picture.pending import conditional, promised, requested
from clearway.picture.subjects import LISTED
from clearway.record.operations import calendar_of, operation_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from clearway.picture.index import PictureIndex
    from clearway.picture.subjects import Subject
    from clearway.record.entry import Entry
    from clearway.record.kinds.operation import Operation
    from clearway.record.moments import Calendar
    from clearway.record.store import Store

MOST = {"count": 24, "flow": 24, "meeting_request": 20, "resource_request": 20, "report": 0, "dropped_draft": 0}
"""How many entries of one subject are looked at, the latest, by kind; none of reports, which are no beliefs."""

MOST_OTHERS = 5
"""How many of a kind that is not named there: enough to see whether speakers differ."""

MOST_LISTED = 100
"""How many entries of a kind that is listed are shown, the latest."""

_SHOWN_ELSEWHERE = LISTED | {"condition", "count", "flow", "meeting_request", "operation", "promise", "resource_request"}
_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_REQUESTS = ("meeting_request", "resource_request")


def picture_of(
    store: Store,
    index: PictureIndex,
    stream: str,
    at: datetime,
    known_at: datetime,
    *,
    calendar: Calendar | None = None,
    visible: Callable[[Entry], bool] = lambda _: True,
    bands: bool = True,
) -> PictureAnswer:
    """The picture of an operation; what is new in the record is taken up first.

    Args:
        store: The record.
        index: Of the same operation; brought up to date.
        stream: The operation's name.
        at: About which moment.
        known_at: As far as it was known then.
        calendar: The operation's; as its record says where absent.
        visible: Whether whoever asks may see an entry.
        bands: Whether estimates are told over time too, not at the moment looked at alone; that takes most of the time.

    Raises:
        BadInput: a moment lies centuries away.
        Unavailable: the database does not answer.
    """
    for moment in (at, known_at):
        if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
            raise BadInput(f"No picture reaches to the year {moment.year}. Choose a moment from {_FIRST_YEAR} to {_LAST_YEAR}.")
    index.add(store.entries(stream, after=index.seq))
    found = index.in_force(at, known_at, most=shown)
    entries = {entry.seq: entry for entry in store.numbered([seq for seqs in found.values() for seq in seqs])}
    told = {subject: [entries[seq] for seq in seqs if visible(entries[seq])] for subject, seqs in sorted(found.items())}
    told = {subject: some for subject, some in told.items() if some}
    operation = operation_of(store, stream)  # its name and calendar are no belief: they hold whenever the room learnt of them
    return drawn(stream, told, at, known_at, operation=operation, calendar=calendar, count=index.count, bands=bands)


def drawn(
    stream: str,
    told: Mapping[Subject, Sequence[Entry]],
    at: datetime,
    known_at: datetime,
    *,
    operation: Operation | None = None,
    calendar: Calendar | None = None,
    count: int,
    bands: bool = True,
) -> PictureAnswer:
    """The picture that entries in force make.

    Args:
        stream: The operation's name.
        told: Entries in force by subject, latest first.
        at: About which moment.
        known_at: As far as it was known then.
        operation: What the record says of the operation itself.
        calendar: The operation's; as ``operation`` says where absent.
        count: How many entries the record holds of it.
        bands: Whether estimates are told over time too.
    """
    calendar = calendar or calendar_of(operation)
    facts = Facts((entry for entries in told.values() for entry in entries), at, calendar.zone)

    def of_kind(*kinds: str) -> list[Sequence[Entry]]:
        return [entries for subject, entries in told.items() if subject.kind in kinds]

    counts = of_kind("count")
    flows = [entry for entries in of_kind("flow") for entry in entries]
    states = [entries for subject, entries in told.items() if subject.kind not in _SHOWN_ELSEWHERE]
    events = sorted((entry for entries in of_kind(*LISTED) for entry in entries), key=newest_first, reverse=True)
    return PictureAnswer(
        at=at,
        known_at=known_at,
        title=operation.title if operation else stream,
        zone=str(calendar.zone),
        first_day=calendar.first_day,
        day=calendar.day(at),
        entries=count,
        counts=sorted(
            (
                count_of(subject, entries, flows, facts, bands=bands)
                for subject, entries in told.items()
                if subject.kind == "count"
            ),
            key=weight,
        ),
        states=[facts.of(entries[0]) for entries in states],
        flows=[facts.of(entry) for entry in sorted(flows, key=newest_first, reverse=True)],
        events=[facts.of(entry) for entry in events],
        promises=[promised(entries, facts) for entries in of_kind("promise")],
        requests=[requested(entries, facts) for entries in of_kind(*_REQUESTS)],
        conditions=[conditional(entries, counts, facts) for entries in of_kind("condition")],
        contested=contested(counts, states, events, facts),
    )


def shown(kind: str) -> int:
    """How many entries of one subject of a kind a picture looks at."""
    return MOST.get(kind, MOST_LISTED if kind in LISTED else MOST_OTHERS)
