"""Appending to the record, each commit on disk, beside a plain loop of inserts into the same database.

Ours checks the id, numbers and chains every entry; the plain loop writes the same text into a table with a key.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

from benchmarks.measure import Figure, seconds
from clearway.record.entry import now
from clearway.record.moments import calendar
from clearway.record.open import open_record
from clearway.record.parse import draft_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clearway.record.entry import Draft
    from clearway.record.store import Store

SINGLE, BATCH = 200, 5000
_SERVER = os.environ.get("CLEARWAY_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")
_NAME = f"clearway_bench_{os.getpid()}"
_CALENDAR = calendar()


def figures() -> Iterator[Figure]:
    """Measure SQLite, and PostgreSQL where it answers."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "room.record"
        with closing(open_record(str(path))) as store, closing(_plain_sqlite(Path(folder) / "plain.db")) as plain:
            yield from _both("SQLite", store, partial(_insert_sqlite, plain), partial(_insert_many_sqlite, plain))
    try:
        server = psycopg.connect(_SERVER, autocommit=True, connect_timeout=5)
    except psycopg.Error:
        yield Figure("PostgreSQL does not answer: not measured", 0.0)
        return
    with server:
        server.execute(f"CREATE DATABASE {_NAME}".encode())
        address = f"{_SERVER.rpartition('/')[0]}/{_NAME}"
        with closing(open_record(address)) as store, psycopg.connect(address, autocommit=True) as plain_postgres:
            plain_postgres.execute("CREATE TABLE plain (id TEXT PRIMARY KEY, content TEXT NOT NULL)")
            yield from _both(
                "PostgreSQL", store, partial(_insert_postgres, plain_postgres), partial(_insert_many_postgres, plain_postgres)
            )
        server.execute(f"DROP DATABASE {_NAME} WITH (FORCE)".encode())


def _both(
    name: str, store: Store, insert: Callable[[Draft], None], insert_many: Callable[[list[Draft]], None]
) -> Iterator[Figure]:
    fresh = _Drafts()

    def singly() -> None:
        for draft in fresh.take(SINGLE):
            store.append("bench", [draft])

    def plainly() -> None:
        for draft in fresh.take(SINGLE):
            insert(draft)

    peer = {"plain insert loop": seconds(plainly)}
    yield Figure(
        f"{SINGLE} appends, one commit each, {name}", seconds(singly), peer, note="drafts are made in the time of both"
    )
    many = {"plain insert, one commit": seconds(lambda: insert_many(fresh.take(BATCH)))}
    yield Figure(f"{BATCH:,} entries in one append, {name}", seconds(lambda: store.append("bench", fresh.take(BATCH))), many)
    yield Figure(f"verify {store.head().seq:,} entries, {name}", seconds(store.verify))


class _Drafts:
    def __init__(self) -> None:
        self._made = 0

    def take(self, count: int) -> list[Draft]:
        self._made += count
        return [self._draft(number) for number in range(self._made - count, self._made)]

    def _draft(self, number: int) -> Draft:
        body = {"what": "people", "amount": {"low": number % 3000, "high": number % 3000 + 10}}
        source = {"office": "Police", "reliability": "B", "credibility": 2}
        said = {"id": f"n{number}", "kind": "count", "body": body, "source": source, "happened": "2022-02-18T19:05+13:00"}
        return draft_of(said, _CALENDAR, now=now())


def _plain_sqlite(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE plain (id TEXT PRIMARY KEY, content TEXT NOT NULL)")
    return connection


def _insert_sqlite(connection: sqlite3.Connection, draft: Draft) -> None:
    connection.execute("INSERT INTO plain VALUES (?, ?)", (draft.id, draft.content()))


def _insert_many_sqlite(connection: sqlite3.Connection, drafts: list[Draft]) -> None:
    connection.execute("BEGIN")
    connection.executemany("INSERT INTO plain VALUES (?, ?)", [(draft.id, draft.content()) for draft in drafts])
    connection.execute("COMMIT")


def _insert_postgres(connection: psycopg.Connection, draft: Draft) -> None:
    connection.execute("INSERT INTO plain VALUES (%s, %s)", (draft.id, draft.content()))


def _insert_many_postgres(connection: psycopg.Connection, drafts: list[Draft]) -> None:
    with connection.transaction(), connection.cursor() as cursor:
        cursor.executemany("INSERT INTO plain VALUES (%s, %s)", [(draft.id, draft.content()) for draft in drafts])
