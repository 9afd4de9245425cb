"""What the commands share that look at a record about a moment, as it was known at another."""

from __future__ import annotations

from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from clearway.cli.options.record import CalendarOptions, OneOperation, RecordOptions
from clearway.cli.options.typed import option, option_class
from clearway.cli.progress import Progress
from clearway.record.entry import now
from clearway.record.operations import chosen_operation

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from clearway.record.moments import Calendar
    from clearway.record.store import Store


@option_class
class Question(CalendarOptions, OneOperation, RecordOptions):
    """Which record, which operation, whose calendar, which moments."""

    at: str | None = option("--at", metavar="TIME", help="Moment to show: '2022-02-18T19:00+13:00', 'day 11'.  [default: now]")
    known_at: str | None = option(
        "--known-at", metavar="TIME", help="Show what was known at this time.  [default: the same moment]"
    )


@dataclass(frozen=True, slots=True)
class Seen:
    """An open record, and the moments of a question."""

    store: Store
    stream: str
    calendar: Calendar
    at: datetime
    known_at: datetime
    progress: Progress

    def moment(self, text: str | None) -> datetime | None:
        """The last moment of what a text leaves open: 'day 11' means when that day was over.

        Raises:
            BadInput: it cannot be read.
        """
        return _moment(self.calendar, text)


@contextmanager
def seen(question: Question) -> Iterator[Seen]:
    """Open the record that a question names, to read it.

    Raises:
        BadFile: there is no such record.
        BadInput: a time, a zone or a day cannot be read.
        NotFound: the record holds no such operation.
        Unavailable: the database does not answer.
    """
    with closing(question.existing()) as store, Progress() as progress:
        progress.tell("Reading the record")
        stream = chosen_operation(store, question.stream)
        calendar = question.calendar(store, stream)
        at = _moment(calendar, question.at) or now()
        yield Seen(store, stream, calendar, at, _moment(calendar, question.known_at) or at, progress)


def _moment(calendar: Calendar, text: str | None) -> datetime | None:
    if not text:
        return None
    span = calendar.span(text)
    return max(span.start, span.end - timedelta(microseconds=1))
