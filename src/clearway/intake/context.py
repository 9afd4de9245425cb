"""What a record knows that helps to read a report: its calendar, its places, how it calls organisations, what is in force."""

from __future__ import annotations

import contextlib
from itertools import islice
from typing import TYPE_CHECKING

from clearway.errors import BadFile, NotFound
from clearway.intake.compare import Known
from clearway.intake.places import PlaceNames
from clearway.intake.reader import Context
from clearway.picture.index import PictureIndex
from clearway.record.entry import now
from clearway.record.kinds.intake import Report as StoredReport
from clearway.record.kinds.operation import Operation
from clearway.record.operations import calendar_of, operation_of
from clearway.record.place import NamedPlace

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import datetime

    from clearway.intake.passages import Passages
    from clearway.network.model import Network
    from clearway.picture.subjects import Subject
    from clearway.record.entry import Entry
    from clearway.record.moments import Calendar
    from clearway.record.store import Store

LOOKED_AT = 5000
"""The most entries of a record from which names of organisations and places are learnt."""

_LATEST = 12


def context_of(store: Store | None, stream: str | None, network: Network | None, calendar: Calendar | None = None) -> Context:
    """What a reader needs to know.

    Args:
        store: The record; None where there is none.
        stream: The operation's name.
        network: Its streets and places; None where there is none.
        calendar: For reading times; by default the operation's.

    Raises:
        Unavailable: the database does not answer.
    """
    organisations: dict[str, None] = {}
    known: dict[str, NamedPlace] = {}
    site: NamedPlace | None = None
    entries = islice(store.entries(stream), LOOKED_AT) if store is not None and stream is not None else ()
    for entry in entries:
        source = entry.draft.source
        if source.organisation:
            organisations.setdefault(source.organisation)
        for place in entry.draft.places:
            if isinstance(place, NamedPlace) and place.at is not None:
                known.setdefault(place.name, place)
        if isinstance(entry.draft.body, Operation):
            site = next((place for place in entry.draft.places if isinstance(place, NamedPlace)), site)
    read_by = calendar or calendar_of(operation_of(store, stream) if store is not None and stream is not None else None)
    return Context(read_by, PlaceNames(network, known), tuple(organisations), site)


def known_of(
    store: Store,
    stream: str,
    current: Mapping[Subject, Sequence[int]],
    calendar: Calendar,
    passages: Callable[[str, str], Passages],
    *,
    but: Collection[str] = (),
) -> Known:
    """What to compare drafts with: everything in force, and the reports that came in before.

    Args:
        store: The record.
        stream: The operation's name.
        current: The numbers of its entries in force about each subject; see :func:`in_force_at`.
        calendar: The operation's.
        passages: Cuts a report, by its title and its text, into sentences; one that it refuses is passed over, as one whose text was deleted is.
        but: Ids of reports to leave out: those that are being read.

    Raises:
        Unavailable: the database does not answer.
    """
    reports = list(store.entries(stream, kind="report"))
    replaced = {one for entry in reports for one in entry.draft.corrects}
    earlier = [entry for entry in reports if entry.id not in but and entry.id not in replaced]
    rested: dict[str, list[Entry]] = {}
    forced: dict[Subject, list[Entry]] = {}

    def in_force(subject: Subject) -> list[Entry]:
        if subject not in forced:
            seqs = current.get(subject, [])
            forced[subject] = sorted(store.numbered(seqs), key=lambda entry: seqs.index(entry.seq))
        return forced[subject]

    def from_report(report: str) -> list[Entry]:
        if report not in rested:
            entries = store.entries(stream, words=(report,))
            rested[report] = [entry for entry in entries if any(words.report == report for words in entry.draft.source.words)]
        return rested[report]

    known = Known(calendar.zone, in_force, from_report)
    for entry in earlier:
        body = entry.draft.body
        if isinstance(body, StoredReport):
            with contextlib.suppress(BadFile, NotFound):
                known.remember(entry.id, body.title, passages(body.title, store.report_text(entry)))
    return known


def in_force_at(index: PictureIndex, moment: datetime) -> Mapping[Subject, Sequence[int]]:
    """The numbers of the latest entries in force about each subject.

    Args:
        index: An operation's, brought up to date.
        moment: About which moment.
    """
    return index.in_force(moment, now(), most=lambda _: _LATEST)


def fresh_index(store: Store, stream: str) -> PictureIndex:
    """An index of an operation's entries.

    Raises:
        Unavailable: the database does not answer.
    """
    index = PictureIndex()
    index.add(store.entries(stream))
    return index
