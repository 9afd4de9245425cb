"""What the server answers about the log of one operation."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from clearway.picture.log import Log
from clearway.record.operations import calendar_of, operation_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

    from clearway.picture.log import LogAnswer, LogQuestion
    from clearway.record.moments import Calendar
    from clearway.server.operations import ServedOperation


class LogDesk:
    """The log of one operation, as the people who are answered may see it. Safe for several threads.

    Args:
        operation: The operation.
    """

    def __init__(self, operation: ServedOperation) -> None:
        self.name = operation.name
        self._operation = operation
        self._log: Log | None = None
        self._turn = threading.Lock()

    def calendar(self) -> Calendar:
        """The operation's, to read times by."""
        return calendar_of(operation_of(self._operation.store, self.name))

    def lines(self, question: LogQuestion, *, offset: int = 0, limit: int | None = None) -> LogAnswer:
        """The lines that fit a question."""
        with self._current(self.calendar().zone) as log, self._operation.index() as index:
            return log.answer(question, index, offset=offset, limit=log.size if limit is None else limit)

    @contextmanager
    def _current(self, zone: ZoneInfo) -> Iterator[Log]:
        """The log, brought up to date; nobody else uses it meanwhile."""
        with self._turn:
            if self._log is None or self._log.zone != zone:
                self._log = Log(zone)
            record, seen = self._operation.record, self._operation.releases
            self._log.take_up(record.store.entries(self.name, after=self._log.seq), seen)
            yield self._log
