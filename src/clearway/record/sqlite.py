"""A record in one SQLite file: the default. Durable (WAL, every commit synced), several processes at once."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from clearway.errors import BadFile, Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from clearway.record.database import Row

BUSY_MS = 30_000
_WORDS = {
    "text": "TEXT",
    "bigint": "INTEGER",
    "forbid_change": (
        "CREATE TRIGGER entries_update BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END;"
        "CREATE TRIGGER entries_delete BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'entries are never deleted'); END;"
    ),
}
_REMEDY = "Give the path of a record, or of a new file in a folder that you may write to."


class SqliteDatabase:
    """One SQLite file.

    Args:
        path: The file; made where it is absent.
        synced: Whether each commit is on disk before it is acknowledged; False only for tests that measure.

    Raises:
        BadFile: it cannot be opened, or is no SQLite file.
    """

    def __init__(self, path: Path, *, synced: bool = True) -> None:
        self._path = path
        try:
            self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=BUSY_MS / 1000)
        except sqlite3.Error as error:
            raise BadFile(path, f"cannot be opened as a record ({error})", _REMEDY) from error
        try:
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute(f"PRAGMA synchronous = {'FULL' if synced else 'OFF'}")
        except sqlite3.Error as error:
            self._connection.close()
            raise BadFile(path, f"cannot be opened as a record ({error})", _REMEDY) from error

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """A transaction that locks the file to other writers from its beginning."""
        with self._as_our_errors():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            finally:
                if self._connection.in_transaction:  # the block, or the commit itself, went wrong
                    self._connection.execute("ROLLBACK")

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """The rows of a question."""
        with self._as_our_errors():
            return self._connection.execute(sql, tuple(values)).fetchall()

    def run(self, sql: str, values: Sequence[object] = ()) -> None:
        """A change."""
        with self._as_our_errors():
            self._connection.execute(sql, tuple(values))

    def insert(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        """Insert many rows."""
        with self._as_our_errors():
            self._connection.executemany(f"{sql} ({', '.join('?' * len(rows[0]))})", rows)

    def define(self, sql: str) -> None:
        """A step of the schema."""
        for statement in _statements(sql.format(**_WORDS)):
            self.run(statement)

    def schema_version(self) -> int:
        """How many migrations were applied."""
        ((version,),) = self.rows("PRAGMA user_version")
        return int(version)

    def set_schema_version(self, version: int) -> None:
        """Note how many migrations were applied."""
        self.run(f"PRAGMA user_version = {version:d}")

    def close(self) -> None:
        """Let it go."""
        self._connection.close()

    @contextmanager
    def _as_our_errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            raise Unavailable(f"The record {self._path} cannot be used now ({error}). Try again in a moment.") from error
        except sqlite3.DatabaseError as error:
            raise BadFile(self._path, f"is damaged, or no record ({error})", _REMEDY) from error


def _statements(sql: str) -> list[str]:
    """Statements of a text; a trigger's own semicolons do not part it."""
    statements, so_far = [], ""
    for part in sql.split(";"):
        so_far += part
        if so_far.strip() and sqlite3.complete_statement(f"{so_far};"):
            statements.append(so_far)
            so_far = ""
        else:
            so_far += ";"
    return statements
