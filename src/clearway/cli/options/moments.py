"""What the commands share that look at a record about a moment, as it was known at another."""

from __future__ import annotations

from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, get_args

import click

from clearway.cli.options.record import CalendarOptions, OneOperation, RecordOptions
from clearway.cli.options.typed import option, option_class
from clearway.cli.progress import Progress
from clearway.picture.view import Moments
from clearway.record.entry import Knowledge, now
from clearway.record.operations import chosen_operation

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from clearway.record.moments import Calendar
    from clearway.record.store import Store


@option_class
class Question(CalendarOptions, OneOperation, RecordOptions):
    """Which record, which operation, whose calendar, which moments, and what "known" means."""

    at: str | None = option("--at", metavar="TIME", help="Moment to show: '2022-02-18T19:00+13:00', 'day 11'.  [default: now]")
    known_at: str | None = option(
        "--known-at", metavar="TIME", help="Show what was known at this time.  [default: the same moment]"
    )
    knowledge: Knowledge = option(
        "--knowledge", type=click.Choice(get_args(Knowledge)), default="had", show_default=True,
        help="had: as the room had it. could: as it could have been known, with what was learnt late.",
    )  # fmt: skip
    without: tuple[str, ...] = option(
        "--without", metavar="ID", help="Entry whose push on the forecasts is left out. May be repeated."
    )


@dataclass(frozen=True, slots=True)
class Seen:
    """An open record, and the moments of a question.

    Attributes:
        store: The record.
        stream: The operation's name.
        calendar: The operation's, to read times by.
        typed: The same where a zone or a first day was typed; None leaves it to what was known at the moment.
        when: About which moment, as known when.
        progress: What is being done.
    """

    store: Store
    stream: str
    calendar: Calendar
    typed: Calendar | None
    when: Moments
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
        typed = calendar if question.zone or question.first_day else None
        when = Moments(at, _moment(calendar, question.known_at) or at, question.knowledge, frozenset(question.without))
        yield Seen(store, stream, calendar, typed, when, progress)


def _moment(calendar: Calendar, text: str | None) -> datetime | None:
    if not text:
        return None
    span = calendar.span(text)
    return max(span.start, span.end - timedelta(microseconds=1))
