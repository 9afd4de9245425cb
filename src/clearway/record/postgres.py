"""A record in PostgreSQL 15 or later: for a team."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import psycopg

from clearway.errors import Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clearway.record.database import Row

_LOCK = 5_832_090_127_301_114
"""Any number that nothing else in the database uses: who holds it may append."""

_CONNECT_SECONDS = 10
_WORDS = {
    "text": 'TEXT COLLATE "C"',
    "bigint": "BIGINT",
    "forbid_change": (
        "CREATE FUNCTION entries_stay() RETURNS trigger LANGUAGE plpgsql AS "
        "$$BEGIN RAISE EXCEPTION 'entries are never changed or deleted'; END$$;"
        "CREATE TRIGGER entries_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON entries"
        " FOR EACH STATEMENT EXECUTE FUNCTION entries_stay()"
    ),
}


class PostgresDatabase:
    """One PostgreSQL database, by its address: ``postgresql://user@host:5432/name``.

    Raises:
        Unavailable: it does not answer, or does not let us in.
    """

    def __init__(self, address: str) -> None:
        try:
            self._connection = psycopg.connect(address, autocommit=True, connect_timeout=_CONNECT_SECONDS)
        except psycopg.Error as error:
            raise Unavailable(
                f"The database does not answer ({_first_line(error)}). Check the address and that it runs."
            ) from error

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """A transaction that other appenders wait for."""
        with self._as_our_errors(), self._connection.transaction():
            self._connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
            yield

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """The rows of a question."""
        with self._as_our_errors():
            return list(self._connection.execute(sql.replace("?", "%s").encode(), tuple(values)).fetchall())

    def run(self, sql: str, values: Sequence[object] = ()) -> None:
        """A change."""
        with self._as_our_errors():
            self._connection.execute(sql.replace("?", "%s").encode(), tuple(values))

    def insert(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        """Insert many rows."""
        with self._as_our_errors(), self._connection.cursor() as cursor:
            cursor.executemany(f"{sql} ({', '.join(['%s'] * len(rows[0]))})".encode(), rows)

    def define(self, sql: str) -> None:
        """A step of the schema."""
        with self._as_our_errors():
            self._connection.execute(sql.format(**_WORDS).encode())

    def schema_version(self) -> int:
        """How many migrations were applied."""
        self.define("CREATE TABLE IF NOT EXISTS schema_version (version {bigint} NOT NULL)")
        rows = self.rows("SELECT version FROM schema_version")
        if not rows:
            self.run("INSERT INTO schema_version VALUES (0)")
        return int(rows[0][0]) if rows else 0

    def set_schema_version(self, version: int) -> None:
        """Note how many migrations were applied."""
        self.run("UPDATE schema_version SET version = ?", (version,))

    def close(self) -> None:
        """Let it go."""
        self._connection.close()

    @contextmanager
    def _as_our_errors(self) -> Iterator[None]:
        try:
            yield
        except psycopg.Error as error:
            raise Unavailable(f"The database cannot be used now ({_first_line(error)}). Try again in a moment.") from error


def _first_line(error: psycopg.Error) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
