"""The reports of an operation: those that came in, their drafts, and what became of each."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from clearway.cache import Cache
from clearway.errors import BadInput, ClearwayError, NotFound, Unavailable
from clearway.intake.context import context_of, in_force_at, known_of
from clearway.intake.contract import answer_of
from clearway.intake.datelines import dated, dateline, near_to
from clearway.intake.files import plausible
from clearway.intake.report import Report
from clearway.intake.submit import keep, refuse_future
from clearway.record.doubts import far_from, far_words
from clearway.record.entry import now
from clearway.record.kinds.intake import DroppedDraft
from clearway.record.kinds.intake import Report as StoredReport
from clearway.record.moments import written
from clearway.record.operations import calendar_of, operation_of
from clearway.server.desks.read.models import RefusedReport, ReportList, ReportSummary

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from clearway.intake.contract import Fate, ReadingAnswer
    from clearway.intake.passages import Passages
    from clearway.intake.reader import Context, Reading
    from clearway.record.entry import Entry
    from clearway.record.moments import Calendar
    from clearway.server.operations import ServedOperation

_CACHED_READINGS = 200
_CACHED_CHARACTERS = 20_000_000
_MOST_REFUSED = 200
_FAULT = (
    "It cannot be read: the program failed, and its log has the details. Save its words as text, and put that into the folder."
)
_LOG = logging.getLogger(__name__)


@dataclass(slots=True)
class _Fates:
    """What became of the drafts, as far as the record was read."""

    seq: int = 0
    reports: dict[str, Entry] = field(default_factory=dict)
    fate: dict[str, Fate] = field(default_factory=dict)
    of: dict[str, set[str]] = field(default_factory=dict)  # report -> its drafts that were decided on
    drops: dict[str, tuple[str, str]] = field(default_factory=dict)  # entry of a drop -> report and draft
    redated: dict[str, str] = field(default_factory=dict)  # report -> the same by another date

    def add(self, entry: Entry) -> None:
        """Take up one entry of the record."""
        draft, body = entry.draft, entry.draft.body
        self.seq = max(self.seq, entry.seq)
        if isinstance(body, StoredReport):
            self.reports[entry.id] = entry
            for before in draft.corrects:
                self.reports.pop(before, None)
                self.redated[before] = entry.id
        elif isinstance(body, DroppedDraft):
            self.drops[entry.id] = (body.report, body.draft)
            self._decide(body.report, body.draft, "dropped")
        elif entry.id.startswith("draft-"):
            for words in draft.source.words[:1]:
                self._decide(words.report, entry.id, "entered")
        for named in draft.withdraws:
            if named in self.drops:
                report, dropped = self.drops[named]
                self.fate.pop(dropped, None)
                self.of.get(report, set()).discard(dropped)
            elif named in self.fate:
                self.fate[named] = "dropped"

    def latest(self, report: str) -> str:
        """The id of a report as it is dated now."""
        while report in self.redated:
            report = self.redated[report]
        return report

    def _decide(self, report: str, draft: str, fate: Fate) -> None:
        self.fate[draft] = fate
        self.of.setdefault(report, set()).add(draft)


class ReportDesk:
    """The reports of one operation. Safe for several threads.

    Args:
        operation: The operation, as the people who are answered may see it.
    """

    def __init__(self, operation: ServedOperation) -> None:
        self._operation = operation
        self._store = operation.store
        self._lock = threading.RLock()
        self._fates = _Fates()
        self._readers = operation.record.readers
        self._readings: Cache[Reading] = Cache(_CACHED_READINGS)
        self._passages: Cache[Passages] = Cache(_CACHED_CHARACTERS, size=lambda passages: len(passages.text))
        self._context: Context | None = None

    def reports(self) -> ReportList:
        """Every report that came in, the latest published first."""
        with self._lock:
            self._catch_up()
            deleted = self._store.deleted_texts()
            listed = [self._summary(entry, deleted) for entry in self._fates.reports.values()]
            listed.sort(key=lambda report: (report.published, report.id), reverse=True)
        inbox = self._operation.inbox
        refused = [RefusedReport(name=one.name, why=one.why) for one in inbox.refused()[:_MOST_REFUSED]] if inbox else []
        return ReportList(reports=listed, inbox=str(inbox.folder) if inbox else None, refused=refused)

    def take(
        self, data: bytes, name: str, *, published: str | None = None, publisher: str | None = None
    ) -> list[ReportSummary]:
        """Read what came in and keep it; the same report again changes nothing.

        Args:
            data: What a file holds.
            name: What it is called.
            published: When it was published, in words that the operation's calendar reads; as it says itself where absent.
            publisher: Who published it.

        Raises:
            BadFile: it cannot be read, or was published in the future.
            BadInput: the time cannot be read.
            Unavailable: the database does not answer.
        """
        calendar, near = self._operation.calendar(), self._near()
        moment = self._moment(published, calendar) if published else None
        found = self._readers.reports_in(data, name, published=moment, publisher=publisher, zone=calendar.zone)
        found = [dated(report, calendar, near=near, now=now()) for report in found]
        for report in found:
            refuse_future(report, now())
        entries = [self._keep(replace(report, operation=self._operation.name)) for report in found]
        if moment is not None:
            entries = [self._redated(entry, moment) for entry in entries]
        with self._lock:
            self._catch_up()
            deleted = self._store.deleted_texts()
            return [self._summary(self._fates.reports[self._fates.latest(entry.id)], deleted) for entry in entries]

    def redate(self, report_id: str, published: str) -> ReadingAnswer:
        """Read a report again as of another date; its drafts are others then, what was entered stays.

        Args:
            report_id: Its id.
            published: When it was published, in words that the operation's calendar reads.

        Raises:
            BadFile: it says that it was published in the future.
            BadInput: the time cannot be read.
            NotFound: the operation keeps no such report, or its text was deleted.
            Unavailable: the database does not answer.
        """
        moment = self._moment(published, self._operation.calendar())
        return self.reading(self._redated(self._kept(report_id), moment).id)

    def _moment(self, published: str, calendar: Calendar) -> datetime:
        """The moment that somebody says a report was published."""
        try:
            moment = plausible(calendar.span(published).end)
        except BadInput:
            line = dateline(published, calendar, near=self._near(), now=now())
            if line is None:
                raise
            return line.moment
        if moment is None:
            raise BadInput(f"No report was published in the year of {published!r}. Correct the time, or leave it out.")
        return moment

    def _near(self) -> datetime:
        """When the operation was: years that a dateline leaves out are nearest to it."""
        with self._operation.index() as index:
            return near_to(index.happened_from_to(), self._operation.calendar(), now())

    def _keep(self, report: Report) -> Entry:
        reading = self._read_once(report)
        is_dated = report.published is not None
        return keep(self._store, self._operation.name, reading, len(reading.proposals), is_dated=is_dated)

    def _redated(self, entry: Entry, moment: datetime) -> Entry:
        """A report by another date, as an entry that stands in the place of the first; itself where it has that date."""
        with self._lock:
            self._catch_up()
            entry = self._fates.reports[self._fates.latest(entry.id)]
        if entry.draft.source.published == moment:
            return entry
        report = replace(self._report(entry), published=moment, version=written(moment))
        refuse_future(report, now())
        reading = self._read_once(report)
        return keep(self._store, self._operation.name, reading, len(reading.proposals), instead_of=entry.id)

    def look_into_inbox(self) -> int:
        """Take what is new in the watched folder; what cannot be read is listed with its reason.

        Returns:
            How many reports came in.

        Raises:
            Unavailable: the database does not answer.
        """
        inbox, taken = self._operation.inbox, 0
        if inbox is None:
            return taken
        for arrived in inbox.arrived():
            try:
                taken += len(self.take(arrived.data, arrived.name))
            except Unavailable:
                raise  # of the database, not of this file: the next look gives it again
            except ClearwayError as error:
                inbox.refuse(arrived, str(error))
            except Exception:  # noqa: BLE001 - the edge: one file never keeps the others waiting
                _LOG.exception("Taking in %r failed", arrived.name)
                inbox.refuse(arrived, _FAULT)
        return taken

    def reading(self, report_id: str) -> ReadingAnswer:
        """A report with its drafts and what became of them.

        Raises:
            NotFound: the operation keeps no such report, or its text was deleted.
        """
        entry = self._kept(report_id)
        reading, calendar, name = self._reading(entry), self._calendar(), self._operation.name
        with self._operation.index() as index:
            current, span = in_force_at(index, entry.draft.known), index.happened_from_to()
        known = known_of(self._store, name, current, calendar, self._cut, but={entry.id})
        (compared,) = known.compare([reading])
        line = dateline(reading.report.text, calendar, near=near_to(span, calendar, now()), now=now())
        published = entry.draft.source.published
        return answer_of(
            reading,
            compared,
            calendar.zone,
            published_known=published is not None,
            dated_by=line.said if line and line.moment == published else "",
            asks=_asks(entry, far_words(published or entry.draft.known, span, calendar.zone)),
            far=lambda draft: far_from(draft, span, calendar.zone),
            fate=lambda draft: self._fates.fate.get(draft, "open"),
        )

    def _kept(self, report_id: str) -> Entry:
        """The entry of a report, as it is dated now."""
        with self._lock:
            self._catch_up()
            entry = self._fates.reports.get(self._fates.latest(report_id))
        if entry is None:
            raise NotFound(f"The operation keeps no report {report_id!r}. GET its reports lists them.")
        return entry

    def _cut(self, name: str, text: str) -> Passages:
        return self._passages.of(text, lambda: self._readers.passages(name, text))

    def _read_once(self, report: Report) -> Reading:
        return self._readings.of(report.id, lambda: self._read(report))

    def _reading(self, entry: Entry) -> Reading:
        """A report of the record, read; cached, since to read it again gives the same."""
        report = self._report(entry)  # refused where its text was deleted, whatever is cached
        return self._readings.of(entry.id, lambda: self._read(report))

    def _report(self, entry: Entry) -> Report:
        """A report as the record keeps it."""
        body, source = entry.draft.body, entry.draft.source
        assert isinstance(body, StoredReport)  # noqa: S101 - the reports are of this kind
        issuer = source.organisation if source.medium == "press_release" else None
        published: datetime = source.published or entry.draft.known
        return Report(
            self._store.report_text(entry),
            source.document or body.title,
            published,
            source.organisation,
            source.medium,
            issuer,
            body.title,
            self._operation.name,
            written(published) if entry.draft.corrects else "",
        )

    def _read(self, report: Report) -> Reading:
        with self._lock:
            if self._context is None:
                network = self._operation.network
                self._context = context_of(self._store, self._operation.name, network.network if network else None)
            context = self._context
        reading = self._readers.read(report, context, at=now())
        if self._operation.record.model is not None:
            reading.proposals.extend(self._operation.record.model.propose(reading))
        return reading

    def _catch_up(self) -> None:
        """Take up what the record holds since the last time."""
        for entry in self._store.entries(self._operation.name, after=self._fates.seq):
            self._fates.add(entry)
            if entry.draft.kind == "operation":
                self._context = None  # a new calendar

    def _calendar(self) -> Calendar:
        return calendar_of(operation_of(self._store, self._operation.name))

    def _summary(self, entry: Entry, deleted: Mapping[str, datetime]) -> ReportSummary:
        body, source = entry.draft.body, entry.draft.source
        assert isinstance(body, StoredReport)  # noqa: S101 - the reports are of this kind
        fates = [self._fates.fate.get(draft, "open") for draft in self._fates.of.get(entry.id, ())]
        return ReportSummary(
            id=entry.id,
            title=body.title,
            name=source.document or body.title,
            publisher=source.organisation,
            published=source.published or entry.draft.known,
            published_known=source.published is not None,
            came_in=entry.written,
            drafts=body.proposed,
            entered=fates.count("entered"),
            dropped=fates.count("dropped"),
            text_deleted=deleted.get(body.text_sha256 or ""),
        )


def _asks(entry: Entry, far: str) -> str:
    """What to ask before anything of a report is entered; empty where its date is near all that happened."""
    if not far:
        return ""
    if entry.draft.source.published is None:
        return f"Nothing in it says when it was published, so it is read as of the day that it came in. {far}"
    return f"{far} Is that when it was published?"
