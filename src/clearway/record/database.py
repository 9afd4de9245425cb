"""What a store needs of a database, so that SQL is written once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from clearway.errors import Unavailable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager

Row = Any
"""One row: a sequence of columns."""


class OutcomeUnknown(Unavailable):
    """The connection was lost while a transaction was being committed: it may be there or not."""

    @property
    def kind(self) -> str:
        """As programs know it: the database does not answer."""
        return Unavailable.__name__


class Damaged(Unavailable):
    """What the database holds is not a sound record."""

    @property
    def kind(self) -> str:
        """As programs know it: the record does not answer."""
        return Unavailable.__name__


def damaged(what: str) -> Damaged:
    """That a record is damaged, and what to do.

    Args:
        what: What is wrong, as the end of a sentence.
    """
    return Damaged(f"The record is damaged: {what}. Run 'clearway record verify', and go on with a copy that it accepts.")


class Database(Protocol):
    """One database, for many threads at once. Questions are written with ``?`` for each value.

    What a thread asks and changes within its transaction belongs to that transaction.
    """

    @property
    def read_only(self) -> bool:
        """Whether it is known that nothing can be written to it."""
        ...

    def transaction(self) -> AbstractContextManager[None]:
        """A transaction in which no other writer comes between; undone where the block ends with an error.

        Raises:
            OutcomeUnknown: the connection was lost as it was committed.
            Unavailable: the database does not answer, or nothing can be saved in it; nothing was.
        """
        ...

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """The rows of a question."""
        ...

    def run(self, sql: str, values: Sequence[object] = ()) -> None:
        """A change."""
        ...

    def insert(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        """Insert many rows; ``sql`` ends with VALUES."""
        ...

    def define(self, sql: str) -> None:
        """A step of the schema, its words in braces replaced."""
        ...

    def schema_version(self) -> int:
        """How many migrations were applied, 0 in an empty database."""
        ...

    def set_schema_version(self, version: int) -> None:
        """Note how many migrations were applied."""
        ...

    def sweep(self, table: str) -> None:
        """Let nothing remain in the files of what was deleted from a table; outside of a transaction."""
        ...

    def close(self) -> None:
        """Let it go."""
        ...
