"""A record in one SQLite file: the default. Durable (WAL, every commit synced), several threads and processes at once."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING

from clearway.errors import BadFile, Unavailable
from clearway.record.database import damaged
from clearway.record.pool import Pool
from clearway.record.record_files import RecordFiles

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from clearway.record.database import Row

BUSY_MS = 30_000
"""How long a writer waits for another process: a long import takes seconds."""
_FAMILY = 0xFF
"""The part of an error's code that says of which kind it is."""
_OPENING = threading.Lock()
"""Held while a record is made: the system drops a process's locks on a file when the process closes it anywhere."""
_WORDS = {
    "text": "TEXT",
    "bigint": "INTEGER",
    "forbid_change": (
        "CREATE TRIGGER entries_update BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END;"
        "CREATE TRIGGER entries_delete BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'entries are never deleted'); END;"
    ),
    "forbid_rewriting": (
        "CREATE TRIGGER texts_update BEFORE UPDATE ON texts WHEN NEW.hash <> OLD.hash OR NEW.content <> OLD.content"
        " BEGIN SELECT RAISE(ABORT, 'texts are deleted, never changed'); END;"
        "CREATE TRIGGER texts_delete BEFORE DELETE ON texts BEGIN SELECT RAISE(ABORT, 'that a text was deleted stays'); END;"
    ),
    "forbid_unsealing": (
        "CREATE TRIGGER plates_update BEFORE UPDATE ON plates"
        " WHEN NEW.mark <> OLD.mark OR NEW.sealed <> OLD.sealed OR (OLD.sealed IS NULL AND NEW.sealed IS NOT NULL)"
        " BEGIN SELECT RAISE(ABORT, 'plates are deleted, never changed'); END;"
        "CREATE TRIGGER plates_delete BEFORE DELETE ON plates BEGIN SELECT RAISE(ABORT, 'that a plate was deleted stays'); END;"
    ),
}
_REMEDY = "Give the path of a record, or of a new file in a folder that you may write to."
_SENTENCES = {
    sqlite3.SQLITE_BUSY: f"is being written to by another program for more than {BUSY_MS // 1000} seconds. Nothing was saved. "
    "Try again in a moment",
    sqlite3.SQLITE_FULL: "is on a disk that is full. Nothing was saved. Free some space and try again",
    sqlite3.SQLITE_IOERR: "cannot be used on its disk. Nothing was saved. Check the disk and its space, and try again",
    sqlite3.SQLITE_READONLY: "can only be read here. Nothing was saved. To write, make the file and its folder writable, and "
    "start again",
}
"""What an error of SQLite means, by its code, and what to do next."""
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR)
"""Errors that stand for pages, tables or columns that are not what they should be."""


class SqliteDatabase:
    """One SQLite file. One that may not be written is opened to be read.

    Args:
        path: The file; made where it is absent.
        synced: Whether each commit is on disk before it is acknowledged; False only for tests that measure.

    Raises:
        BadFile: it cannot be opened, or is no SQLite file.
    """

    def __init__(self, path: Path, *, synced: bool = True) -> None:
        self._path = path
        self._synced = synced
        with _OPENING:
            try:
                self._files = RecordFiles(path)
            except OSError as error:
                raise BadFile(path, f"cannot be opened as a record ({error.strerror})", _REMEDY) from error
            self.read_only = not self._files.can_be_written
            self._how = "mode=ro" if self.read_only else "mode=rw"
            self._pool = Pool(self._connected, is_sound=lambda _: True, close=sqlite3.Connection.close)
            try:
                self._begin()
            except sqlite3.Error as error:
                self._pool.close()
                self._files.close()
                raise BadFile(path, f"cannot be opened as a record ({error})", _REMEDY) from error

    def _begin(self) -> None:
        """Read it for the first time.

        Raises:
            BadFile: it cannot be read without writing beside it.
        """
        if self._files.has_more_beside() and not self.read_only:
            with closing(self._connected("mode=ro")) as reading:
                self._files.check_beside(reading)
        try:
            self._read_first()
        except sqlite3.OperationalError as error:
            if not self.read_only:
                raise
            if self._files.has_more_beside():
                name = self._path.name
                problem = f"cannot be read in a folder that may not be written to while {name}-wal lies beside it"
                raise BadFile(self._path, problem, f"Copy both to another folder and give {name} there.") from error
            self._how = "mode=ro&immutable=1"  # nobody has it open, for nothing lies beside it
            self._read_first()
        self._files.opened(unchanging="immutable" in self._how)

    def _read_first(self) -> None:
        with self._pool.lent() as connection:
            if not self.read_only:
                connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """A transaction that locks the file to other writers from its beginning."""
        with self._as_our_errors(), self._pool.lent() as connection:
            self._files.check(connection)
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._files.check(connection)
                connection.execute("COMMIT")
            finally:
                if connection.in_transaction:  # the block, or the commit itself, went wrong
                    connection.execute("ROLLBACK")
            self._files.check(connection)

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """The rows of a question."""
        with self._as_our_errors(), self._pool.lent() as connection:
            if not connection.in_transaction:
                self._files.check(connection)
            return connection.execute(sql, tuple(values)).fetchall()

    def run(self, sql: str, values: Sequence[object] = ()) -> None:
        """A change."""
        with self._as_our_errors(), self._pool.lent() as connection:
            connection.execute(sql, tuple(values))

    def insert(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        """Insert many rows."""
        with self._as_our_errors(), self._pool.lent() as connection:
            connection.executemany(f"{sql} ({', '.join('?' * len(rows[0]))})", rows)

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

    def sweep(self, table: str) -> None:  # noqa: ARG002 - the whole file is swept
        """Let nothing remain in the files of what was deleted from a table.

        Raises:
            Unavailable: another program reads the file all the time.
        """
        with self._as_our_errors(), self._pool.lent() as connection:
            ((is_busy, *_),) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        if is_busy:
            raise Unavailable(
                f"{self._path} is being read by another program for more than {BUSY_MS // 1000} seconds: what was deleted may "
                "still lie beside it. Close that program and try again."
            )

    def close(self) -> None:
        """Let it go."""
        if self._files.is_elsewhere():  # what lies beside its old name must not be taken for a part of what has that name now
            with suppress(Unavailable, sqlite3.Error), self._pool.lent() as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._pool.close()
        self._files.close()

    def _connected(self, how: str = "") -> sqlite3.Connection:
        """A new connection.

        Raises:
            Unavailable: the file is not the one that was opened first.
        """
        self._files.check()
        address = f"{self._files.path.as_uri()}?{how or self._how}"
        connection = sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False, timeout=BUSY_MS / 1000)
        try:
            connection.execute(f"PRAGMA synchronous = {'FULL' if self._synced else 'OFF'}")
            connection.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    @contextmanager
    def _as_our_errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & _FAMILY
            if code in _DAMAGED:
                raise damaged(f"{self._path}, {error}") from error
            said = _SENTENCES.get(code, f"cannot be used now ({error}). Nothing was saved. Try again in a moment")
            raise Unavailable(f"The record {self._path} {said}.") from error


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
