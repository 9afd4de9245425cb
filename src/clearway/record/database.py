"""What a store needs of a database, so that SQL is written once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager

Row = Any
"""One row: a sequence of columns."""


class Database(Protocol):
    """One open database. Questions are written with ``?`` for each value."""

    def transaction(self) -> AbstractContextManager[None]:
        """A transaction in which no other writer comes between; undone where the block ends with an error."""
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

    def close(self) -> None:
        """Let it go."""
        ...
