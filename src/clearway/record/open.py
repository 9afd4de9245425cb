"""Open a record by its address: a file, or a PostgreSQL database."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from clearway.record.entry import now
from clearway.record.sqlite import SqliteDatabase
from clearway.record.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from clearway.record.database import Database

_POSTGRES = ("postgresql://", "postgres://")


def open_record(address: str, *, clock: Callable[[], datetime] = now, at_once: bool = True) -> Store:
    """Open a record, made where it is absent.

    Args:
        address: A path, or ``postgresql://user@host:5432/name``.
        clock: Gives the time at which entries are written.
        at_once: Whether the database must be there now; else it is looked for whenever something is asked.

    Raises:
        BadFile: the file cannot be used.
        Unavailable: the database does not answer.
        BadInput: it was made by a newer program.
    """
    with ExitStack() as unless_opened:
        database = _database(address)
        unless_opened.callback(database.close)
        store = Store(database, clock=clock, at_once=at_once)
        unless_opened.pop_all()
    return store


def _database(address: str) -> Database:
    if address.startswith(_POSTGRES):
        from clearway.record.postgres import PostgresDatabase  # noqa: PLC0415 - only who uses it loads its driver

        return PostgresDatabase(address)
    return SqliteDatabase(Path(address))
