"""What the server answers about the log of one operation."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
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

    def calendar(self) -> Calendar:
        """The operation's, to read times by."""
        return self._operation.calendar()

    def lines(self, question: LogQuestion, *, offset: int = 0, limit: int | None = None) -> LogAnswer:
        """The lines that fit a question."""
        with self._operation.log() as log:
            return log.answer(question, offset=offset, limit=log.size if limit is None else limit)
