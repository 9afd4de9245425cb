"""The reports of an operation: those that came in, their drafts, and what became of each."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from clearway.cache import Cache
from clearway.errors import ClearwayError, NotFound
from clearway.intake.context import context_of, known_of
from clearway.intake.contract import answer_of
from clearway.intake.files import reports_in
from clearway.intake.reader import read
from clearway.intake.report import Report
from clearway.intake.submit import keep, refuse_future
from clearway.record.entry import now
from clearway.record.kinds.intake import DroppedDraft
from clearway.record.kinds.intake import Report as StoredReport
from clearway.record.operations import calendar_of, operation_of
from clearway.server.desks.read.models import RefusedReport, ReportList, ReportSummary

if TYPE_CHECKING:
    from datetime import datetime

    from clearway.intake.contract import Fate, ReadingAnswer
    from clearway.intake.reader import Context, Reading
    from clearway.record.entry import Entry
    from clearway.record.moments import Calendar
    from clearway.server.operations import ServedOperation

_CACHED_READINGS = 200
_MOST_REFUSED = 20


@dataclass(slots=True)
class _Fates:
    """What became of the drafts, as far as the record was read."""

    seq: int = 0
    reports: dict[str, Entry] = field(default_factory=dict)
    fate: dict[str, Fate] = field(default_factory=dict)
    of: dict[str, set[str]] = field(default_factory=dict)  # report -> its drafts that were decided on
    drops: dict[str, tuple[str, str]] = field(default_factory=dict)  # entry of a drop -> report and draft

    def add(self, entry: Entry) -> None:
        """Take up one entry of the record."""
        draft, body = entry.draft, entry.draft.body
        self.seq = max(self.seq, entry.seq)
        if isinstance(body, StoredReport):
            self.reports[entry.id] = entry
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
        self._readings: Cache[Reading] = Cache(_CACHED_READINGS)
        self._refused: list[RefusedReport] = []
        self._context: Context | None = None

    def reports(self) -> ReportList:
        """Every report that came in, the latest published first."""
        with self._lock:
            self._catch_up()
            listed = [self._summary(entry) for entry in self._fates.reports.values()]
            listed.sort(key=lambda report: (report.published, report.id), reverse=True)
            folder = str(self._operation.inbox.folder) if self._operation.inbox else None
            return ReportList(reports=listed, inbox=folder, refused=list(self._refused))

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
        calendar = self._operation.calendar()
        moment = calendar.span(published).end if published else None
        found = reports_in(data, name, published=moment, publisher=publisher or None, zone=calendar.zone)
        for report in found:
            refuse_future(report, now())
        with self._lock:
            entries = [self._keep(replace(report, operation=self._operation.name)) for report in found]
            self._catch_up()
            return [self._summary(self._fates.reports[entry.id]) for entry in entries]

    def look_into_inbox(self) -> int:
        """Take what is new in the watched folder; what cannot be read is listed with its reason.

        Returns:
            How many reports came in.

        Raises:
            Unavailable: the database does not answer.
        """
        taken = 0
        for arrived in self._operation.inbox.arrived() if self._operation.inbox else ():
            try:
                taken += len(self.take(arrived.data, arrived.name))
            except ClearwayError as error:
                with self._lock:
                    self._refused = [*self._refused, RefusedReport(name=arrived.name, why=str(error))][-_MOST_REFUSED:]
        return taken

    def reading(self, report_id: str) -> ReadingAnswer:
        """A report with its drafts and what became of them.

        Raises:
            NotFound: the operation keeps no such report.
        """
        with self._lock:
            self._catch_up()
            entry = self._fates.reports.get(report_id)
            if entry is None:
                raise NotFound(f"The operation keeps no report {report_id!r}. GET its reports lists them.")
            reading = self._reading(entry)
            calendar = self._calendar()
            with self._operation.index() as index:
                known = known_of(self._store, self._operation.name, index, calendar, at=entry.draft.known, but={report_id})
            (compared,) = known.compare([reading])
            return answer_of(reading, compared, calendar.zone, fate=lambda draft: self._fates.fate.get(draft, "open"))

    def _keep(self, report: Report) -> Entry:
        reading = self._readings.of(report.id, lambda: self._read(report))
        return keep(self._store, self._operation.name, reading, len(reading.proposals))

    def _reading(self, entry: Entry) -> Reading:
        """A report of the record, read; cached, since to read it again gives the same."""
        body, source = entry.draft.body, entry.draft.source
        assert isinstance(body, StoredReport)  # noqa: S101 - the reports are of this kind
        issuer = source.organisation if source.medium == "press_release" else None
        published: datetime = source.published or entry.draft.known
        report = Report(
            body.text,
            source.document or body.title,
            published,
            source.organisation,
            source.medium,
            issuer,
            body.title,
            self._operation.name,
        )
        return self._readings.of(entry.id, lambda: self._read(report))

    def _read(self, report: Report) -> Reading:
        if self._context is None:
            network = self._operation.network
            self._context = context_of(self._store, self._operation.name, network.network if network else None)
        reading = read(report, self._context, at=now())
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

    def _summary(self, entry: Entry) -> ReportSummary:
        body, source = entry.draft.body, entry.draft.source
        assert isinstance(body, StoredReport)  # noqa: S101 - the reports are of this kind
        fates = [self._fates.fate.get(draft, "open") for draft in self._fates.of.get(entry.id, ())]
        return ReportSummary(
            id=entry.id,
            title=body.title,
            name=source.document or body.title,
            publisher=source.organisation,
            published=source.published or entry.draft.known,
            came_in=entry.written,
            drafts=body.proposed,
            entered=fates.count("entered"),
            dropped=fates.count("dropped"),
        )
