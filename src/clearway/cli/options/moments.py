"""What the commands share that look at a record about a moment, as it was known at another."""

from __future__ import annotations

from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import click

from clearway.cli.progress import Progress
from clearway.cli.record import CHOSEN, FIRST_DAY, RECORD, ZONE, existing_record
from clearway.record.entry import now
from clearway.record.operations import calendar_of, chosen_operation, operation_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from clearway.record.moments import Calendar
    from clearway.record.store import Store

_AT = click.option("--at", metavar="TIME", help="About which moment: '2022-02-18T19:00+13:00', 'day 11'; now where absent.")
_KNOWN_AT = click.option("--known-at", metavar="TIME", help="As far as it was known then; the same moment where absent.")


@dataclass(frozen=True, slots=True)
class Question:
    """What was typed: which record, which operation, whose calendar, which moments."""

    address: str
    stream: str | None
    zone: str | None
    first_day: str | None
    at: str | None
    known_at: str | None


@dataclass(frozen=True, slots=True)
class Looking:
    """An open record and the moments that are looked at."""

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


def looking_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options of a question, given to the command as ``question``."""

    def asked(**given: Any) -> None:  # noqa: ANN401 - click's own
        names = ("address", "stream", "zone", "first_day", "at", "known_at")
        command(question=Question(**{name: given.pop(name) for name in names}), **given)

    asked.__doc__, asked.__name__ = command.__doc__, command.__name__
    asked.__click_params__ = getattr(command, "__click_params__", [])  # type: ignore[attr-defined] # as click's decorators do
    for option in (_KNOWN_AT, _AT, FIRST_DAY, ZONE, CHOSEN, RECORD):
        asked = option(asked)
    return asked


@contextmanager
def looking(question: Question) -> Iterator[Looking]:
    """Open the record that a question names, to read it.

    Raises:
        BadFile: there is no such record.
        BadInput: a time, a zone or a day cannot be read.
        NotFound: the record holds no such operation.
        Unavailable: the database does not answer.
    """
    with closing(existing_record(question.address)) as store, Progress() as progress:
        progress.tell("Reading the record")
        stream = chosen_operation(store, question.stream)
        known = calendar_of(operation_of(store, stream), question.zone, question.first_day)
        at = _moment(known, question.at) or now()
        yield Looking(store, stream, known, at, _moment(known, question.known_at) or at, progress)


def _moment(known: Calendar, text: str | None) -> datetime | None:
    if not text:
        return None
    span = known.span(text)
    return max(span.start, span.end - timedelta(microseconds=1))
