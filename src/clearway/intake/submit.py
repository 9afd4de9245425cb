"""Write what was read: the report itself, once, and the drafts that a person accepts."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from clearway.errors import NotFound
from clearway.record.entry import Draft, Happened
from clearway.record.kinds.intake import Report as StoredReport
from clearway.record.source import Source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.intake.reader import Reading
    from clearway.record.entry import Entry
    from clearway.record.store import Store


def keep(store: Store, stream: str, reading: Reading, proposed: int) -> Entry:
    """Store a report in the record; the same report is stored once.

    Args:
        store: The record.
        stream: The operation's name.
        reading: The report as it was read.
        proposed: How many drafts it gave.

    Raises:
        Unavailable: the database does not answer.
    """
    report = reading.report
    assert report.published is not None  # noqa: S101 - a reading sets it
    with contextlib.suppress(NotFound):
        return store.entry(report.id)
    source = Source(organisation=report.publisher, medium=report.medium, document=report.name, published=report.published)
    draft = Draft(
        id=report.id,
        body=StoredReport(title=(report.title or report.name)[:300], text=report.text, proposed=proposed),
        happened=Happened(start=report.published, end=report.published),
        known=report.published,
        source=source,
    )
    (entry,) = store.append(stream, [draft])
    return entry


def enter(store: Store, stream: str, drafts: Sequence[Draft]) -> list[Entry]:
    """Enter drafts; those already in the record stay as they are.

    Raises:
        Conflict: an id is already in use.
        Unavailable: the database does not answer.
    """
    return store.append(stream, list(drafts)) if drafts else []
