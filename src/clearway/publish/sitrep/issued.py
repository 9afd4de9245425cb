"""Reports that were issued: what the record holds of the last one, and the entry about the next."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from clearway.errors import BadInput
from clearway.record.entry import Draft, Happened
from clearway.record.kinds.issued import SitrepIssued
from clearway.record.moments import moment_of
from clearway.record.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from clearway.publish.sitrep.shape import Head, Sitrep
    from clearway.record.entry import Entry, Release
    from clearway.record.kinds.issued import Form
    from clearway.record.store import Store

_WITHDRAWS = '"withdraws":'
"""What an entry that withdraws another holds as it is written, and no other."""


def issued_reports(store: Store, stream: str, release: Release) -> list[SitrepIssued]:
    """The reports of one release level that were issued, in the order of the record; those withdrawn later left out.

    Each release level has numbers of its own: one series says nothing of another.

    Raises:
        Unavailable: the database does not answer.
    """
    entries = list(store.entries(stream, kind="sitrep_issued"))
    over = _taken_back(entries, store.entries(stream, words=(_WITHDRAWS,))) if entries else set[str]()
    own = [entry.draft for entry in entries if entry.draft.release == release and entry.id not in over]
    return [draft.body for draft in own if isinstance(draft.body, SitrepIssued)]


def _taken_back(reports: Iterable[Entry], withdrawing: Iterable[Entry]) -> set[str]:
    """Ids of what was corrected or withdrawn, by entries that were not withdrawn themselves."""
    over: set[str] = set()
    for _, entry in sorted({entry.seq: entry for entry in (*reports, *withdrawing)}.items(), reverse=True):
        if entry.id not in over:
            over.update(entry.draft.withdraws, entry.draft.corrects)
    return over


def last_issued(store: Store, stream: str, at: datetime, release: Release) -> SitrepIssued | None:
    """The issued report about the last moment before another; None where there is none."""
    before = [one for one in issued_reports(store, stream, release) if one.at < at]
    return max(before, key=lambda one: (one.at, one.number), default=None)


def next_number(store: Store, stream: str, release: Release) -> int:
    """The number after the highest that was issued."""
    return max((one.number for one in issued_reports(store, stream, release)), default=0) + 1


def refuse_twice(store: Store, stream: str, head: Head) -> None:
    """Refuse a number that was issued before.

    Raises:
        BadInput: there is a report of that number.
    """
    if any(one.number == head.number for one in issued_reports(store, stream, head.release)):
        following = next_number(store, stream, head.release)
        raise BadInput(f"Report {head.number} was issued before. Give another number; the next is {following}.")


def issue_draft(report: Sitrep, printed: bytes, *, at: datetime, head: Head, form: Form, now: datetime) -> Draft:
    """The entry that says that a report was issued.

    Args:
        report: What was printed.
        printed: As it was printed.
        at: The moment that it is about.
        head: What people say of it, with its number; whoever may have it may see that there is one.
        form: In which form.
        now: This moment.
    """
    digest = hashlib.sha256(printed).hexdigest()
    body = SitrepIssued(
        number=head.number or 1,
        at=at,
        since=moment_of(report.since),
        sha256=digest,
        form=form,
        author=head.author or None,
        approver=head.approver or None,
        distribution=head.distribution,
        next_due=head.next_due,
    )
    source = Source(office=head.author or None, medium="document", document=f"Situation report {body.number}")
    fields = {"id": f"sitrep-{body.number}-{digest[:16]}", "body": body, "happened": Happened(start=now, end=now)}
    return Draft.of_now(fields | {"source": source, "release": head.release}, now)
