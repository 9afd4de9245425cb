"""A record in PostgreSQL 15 or later: for a team.

A connection that broke is thrown away and a new one made for whatever is asked next.
"""

from __future__ import annotations

import math
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import psycopg
from psycopg import conninfo, errors

from clearway.errors import Unavailable
from clearway.record.database import OutcomeUnknown, damaged
from clearway.record.pool import Pool

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from clearway.record.database import Row

T = TypeVar("T")

_LOCK = 5_832_090_127_301_114
"""Any number that nothing else in the database uses: who holds it may append."""
CHECK_S = 3.0
"""How long a database may take to answer a question about nothing."""
PATIENCE_S = 20.0
"""How long a question, or another's append, may take."""
_SILENCE = 1.25
"""How many times as long we wait for a sign of the database: its own refusal says more than our silence."""
_WIRE: dict[str, int | str | None] = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
"""Seconds, and milliseconds for the last: a dead wire is noticed within about ten seconds. An address may say otherwise."""
_SESSION = (
    "SET lock_timeout = {ms}; SET statement_timeout = {ms};"
    "SET idle_in_transaction_session_timeout = {ms};"  # who lost the wire in the middle of an append lets the others write
    "SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 3;"
    "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'"
)
_WORDS = {
    "text": 'TEXT COLLATE "C"',
    "bigint": "BIGINT",
    "forbid_change": (
        "CREATE FUNCTION entries_stay() RETURNS trigger LANGUAGE plpgsql AS "
        "$$BEGIN RAISE EXCEPTION 'entries are never changed or deleted'; END$$;"
        "CREATE TRIGGER entries_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON entries"
        " FOR EACH STATEMENT EXECUTE FUNCTION entries_stay()"
    ),
    "forbid_rewriting": (
        "CREATE OR REPLACE FUNCTION texts_stay() RETURNS trigger LANGUAGE plpgsql AS "
        "$$BEGIN RAISE EXCEPTION 'texts are deleted, never changed'; END$$;"
        "CREATE TRIGGER texts_update BEFORE UPDATE ON texts FOR EACH ROW"
        " WHEN (NEW.hash <> OLD.hash OR NEW.content <> OLD.content) EXECUTE FUNCTION texts_stay();"
        "CREATE TRIGGER texts_delete BEFORE DELETE OR TRUNCATE ON texts FOR EACH STATEMENT EXECUTE FUNCTION texts_stay()"
    ),
    "forbid_unsealing": (
        "CREATE OR REPLACE FUNCTION plates_stay() RETURNS trigger LANGUAGE plpgsql AS "
        "$$BEGIN RAISE EXCEPTION 'plates are deleted, never changed'; END$$;"
        "CREATE TRIGGER plates_update BEFORE UPDATE ON plates FOR EACH ROW WHEN (NEW.mark <> OLD.mark OR"
        " NEW.sealed <> OLD.sealed OR (OLD.sealed IS NULL AND NEW.sealed IS NOT NULL)) EXECUTE FUNCTION plates_stay();"
        "CREATE TRIGGER plates_delete BEFORE DELETE OR TRUNCATE ON plates FOR EACH STATEMENT EXECUTE FUNCTION plates_stay()"
    ),
}


class _Silent(psycopg.OperationalError):
    """Nothing came over the wire for as long as we wait."""


class _Connection(psycopg.Connection[Any]):
    """A connection that does not wait for ever: a wire may be dead without either end hearing of it."""

    patience_s: float = PATIENCE_S * _SILENCE

    def wait(self, gen: Generator[Any, Any, T], *args: Any, **options: Any) -> T:  # noqa: ANN401 - psycopg's own
        """Wait for the database, but not for ever."""
        return super().wait(_answered(gen, self.patience_s), *args, **options)


def _answered(gen: Generator[Any, Any, T], patience_s: float) -> Generator[Any, Any, T]:
    """The same generator of psycopg, ended when nothing has come for so long.

    Raises:
        _Silent: nothing has.
    """
    end = time.monotonic() + patience_s
    try:
        wish = next(gen)
        while True:
            ready = yield wish
            if ready:
                end = time.monotonic() + patience_s
            elif time.monotonic() > end:
                raise _Silent(f"no answer for {patience_s:.0f} seconds")
            wish = gen.send(ready)
    except StopIteration as stop:
        answer: T = stop.value
        return answer


class PostgresDatabase:
    """One PostgreSQL database, by its address: ``postgresql://user@host:5432/name``. It need not be there yet.

    Args:
        address: Where it is.
        patience_s: How long a question, or another's append, may take; less only in tests.
    """

    read_only = False  # it says so itself when something is written

    def __init__(self, address: str, *, patience_s: float = PATIENCE_S) -> None:
        self._address = address
        self._patience_s = patience_s
        self._pool = Pool(self._connected, is_sound=self._is_sound, close=_Connection.close)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """A transaction that other appenders wait for."""
        with self._as_our_errors(), self._pool.lent() as connection:
            try:
                connection.execute(f"BEGIN; SELECT pg_advisory_xact_lock({_LOCK})".encode())
                yield
            except BaseException:
                _undo(connection)
                raise
            self._commit(connection)

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """The rows of a question."""
        with self._as_our_errors(), self._pool.lent() as connection:
            return list(connection.execute(sql.replace("?", "%s").encode(), tuple(values)).fetchall())

    def run(self, sql: str, values: Sequence[object] = ()) -> None:
        """A change."""
        with self._as_our_errors(), self._pool.lent() as connection:
            connection.execute(sql.replace("?", "%s").encode(), tuple(values))

    def insert(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        """Insert many rows, in one statement: after those that ``executemany`` sends, no idle transaction is ended."""
        one = f"({', '.join(['%s'] * len(rows[0]))})"
        with self._as_our_errors(), self._pool.lent() as connection:
            connection.execute(f"{sql} {', '.join([one] * len(rows))}".encode(), [value for row in rows for value in row])

    def define(self, sql: str) -> None:
        """A step of the schema, which may take long in a large record."""
        with self._as_our_errors(), self._pool.lent() as connection:
            connection.patience_s = math.inf
            connection.execute("SET LOCAL statement_timeout = 0")
            connection.execute(sql.format(**_WORDS).encode())
            connection.patience_s = self._patience_s * _SILENCE

    def schema_version(self) -> int:
        """How many migrations were applied."""
        ((there,),) = self.rows("SELECT to_regclass('schema_version') IS NOT NULL")
        rows = self.rows("SELECT version FROM schema_version") if there else []
        return int(rows[0][0]) if rows else 0

    def set_schema_version(self, version: int) -> None:
        """Note how many migrations were applied."""
        self.define("CREATE TABLE IF NOT EXISTS schema_version (version {bigint} NOT NULL)")
        self.run("DELETE FROM schema_version")
        self.run("INSERT INTO schema_version VALUES (?)", (version,))

    def sweep(self, table: str) -> None:
        """Let nothing remain in the files of what was deleted from a table, however long it takes to write the rest anew."""
        with self._as_our_errors(), self._pool.lent() as connection:
            connection.patience_s = math.inf
            try:
                connection.execute("SET statement_timeout = 0")
                connection.execute(f"VACUUM FULL {table}".encode())
            finally:
                connection.close()  # its patience ends with it

    def close(self) -> None:
        """Let it go."""
        self._pool.close()

    def _connected(self) -> _Connection:
        try:
            wire = _WIRE | conninfo.conninfo_to_dict(self._address)
            connection = _Connection.connect(conninfo.make_conninfo("", **wire), autocommit=True)
        except psycopg.Error as error:
            raise Unavailable(
                f"The database does not answer ({_first_line(error)}). Check the address and that it runs."
            ) from error
        connection.patience_s = self._patience_s * _SILENCE
        connection.execute(_SESSION.format(ms=int(self._patience_s * 1000)).encode())
        return connection

    def _is_sound(self, connection: _Connection) -> bool:
        """Whether a connection that lay idle still leads to the database."""
        connection.patience_s = min(CHECK_S, self._patience_s)
        try:
            connection.execute("")
        except psycopg.Error:
            return False
        connection.patience_s = self._patience_s * _SILENCE
        return True

    @staticmethod
    def _commit(connection: _Connection) -> None:
        """Commit.

        Raises:
            OutcomeUnknown: the connection was lost meanwhile.
        """
        try:
            connection.execute("COMMIT")
        except psycopg.Error as error:
            lost = connection.closed or isinstance(error, _Silent | errors.OperationalError)
            connection.close()
            if not lost:
                raise
            raise OutcomeUnknown(
                f"The connection to the database was lost while it was saving ({_first_line(error)}). Send it again."
            ) from error

    @contextmanager
    def _as_our_errors(self) -> Iterator[None]:
        try:
            yield
        except (errors.LockNotAvailable, errors.QueryCanceled) as error:
            raise Unavailable(
                f"The database is busy: something has been going on in it for {self._patience_s:.0f} seconds. "
                "Nothing was saved. Try again in a moment."
            ) from error
        except (errors.ReadOnlySqlTransaction, errors.InsufficientPrivilege) as error:
            raise Unavailable(
                f"The record can only be read here ({_first_line(error)}). Nothing was saved. "
                "Ask the person who runs the database for the right to write."
            ) from error
        except (errors.UndefinedTable, errors.UndefinedColumn, errors.UndefinedFunction) as error:
            raise damaged(_first_line(error)) from error
        except psycopg.Error as error:
            raise Unavailable(
                f"The database cannot be used now ({_first_line(error)}). Nothing was saved. Try again in a moment."
            ) from error


def _undo(connection: _Connection) -> None:
    """Undo a transaction: by the connection where it still answers, else by ending it."""
    if connection.info.transaction_status in (psycopg.pq.TransactionStatus.INTRANS, psycopg.pq.TransactionStatus.INERROR):
        try:
            connection.execute("ROLLBACK")
        except psycopg.Error:
            connection.close()
    elif connection.info.transaction_status != psycopg.pq.TransactionStatus.IDLE:
        connection.close()


def _first_line(error: psycopg.Error) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
