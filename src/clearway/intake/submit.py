"""Write what was read: the report itself, once, and the drafts that a person accepts."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from clearway.errors import BadFile, NotFound
from clearway.record.entry import SAME_MOMENT, Draft, Happened
from clearway.record.kinds.intake import Report as StoredReport
from clearway.record.source import Source
from clearway.record.texts import text_mark

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from clearway.intake.reader import Reading
    from clearway.intake.report import Report
    from clearway.record.entry import Entry
    from clearway.record.store import Store


def refuse_future(report: Report, moment: datetime) -> None:
    """Refuse a report of a time that has not come: nobody can know yet what it says.

    Args:
        report: As it came in.
        moment: Now.

    Raises:
        BadFile: it says that it was published later than now.
    """
    if report.published is not None and report.published - moment > SAME_MOMENT:
        problem = f"says that it was published at {report.published:%Y-%m-%d %H:%M} UTC, which lies in the future"
        raise BadFile(report.name, problem, "Say when it was published: with --published, or beside it on the page")


def keep(
    store: Store, stream: str, reading: Reading, proposed: int, *, is_dated: bool = True, instead_of: str | None = None
) -> Entry:
    """Store a report in the record, its text beside it; the same report is stored once.

    Args:
        store: The record.
        stream: The operation's name.
        reading: The report as it was read.
        proposed: How many drafts it gave.
        is_dated: Whether something says when it was published.
        instead_of: The id of the same report by another date.

    Raises:
        Unavailable: the database does not answer.
    """
    with contextlib.suppress(NotFound):
        return store.entry(reading.report.id)
    draft = report_draft(reading, proposed)
    if not is_dated:
        draft = draft.model_copy(update={"source": draft.source.model_copy(update={"published": None})})
    if instead_of is not None:
        draft = draft.model_copy(update={"corrects": (instead_of,)})
    (entry,) = store.append(stream, [draft], texts=[reading.report.text])
    return entry


def report_draft(reading: Reading, proposed: int) -> Draft:
    """The entry that a report becomes.

    Args:
        reading: The report as it was read.
        proposed: How many drafts it gave.
    """
    report = reading.report
    assert report.published is not None  # noqa: S101 - a reading sets it
    source = Source(organisation=report.publisher, medium=report.medium, document=report.name, published=report.published)
    return Draft(
        id=report.id,
        body=StoredReport(title=(report.title or report.name)[:300], text_sha256=text_mark(report.text), proposed=proposed),
        happened=Happened(start=report.published, end=report.published),
        known=report.published,
        source=source,
    )


def enter(store: Store, stream: str, drafts: Sequence[Draft]) -> list[Entry]:
    """Enter drafts; those already in the record stay as they are.

    Raises:
        Conflict: an id is already in use.
        Unavailable: the database does not answer.
    """
    return store.append(stream, list(drafts)) if drafts else []
