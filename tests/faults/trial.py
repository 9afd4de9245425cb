"""What a trial of the record is: harm is done to it, and then nothing that was acknowledged may be lost or pretended."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

from clearway.errors import ClearwayError
from clearway.record.open import open_record
from record_drafts import STREAM, draft

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clearway.record.store import Store


@dataclass(frozen=True)
class Record:
    """A record to do harm to.

    Attributes:
        address: Where it is.
        folder: A folder of its own.
    """

    address: str
    folder: Path

    @property
    def path(self) -> Path:
        """Its file, where it is one."""
        return Path(self.address)

    def tamper(self, *statements: str) -> None:
        """Change its tables behind the program's back, their guards switched off."""
        if "://" in self.address:
            with psycopg.connect(self.address, autocommit=True) as connection:
                connection.execute("DROP TRIGGER IF EXISTS entries_stay ON entries")
                for statement in statements:
                    connection.execute(statement.encode())
            return
        with closing(sqlite3.connect(self.address)) as file, file:
            file.execute("DROP TRIGGER IF EXISTS entries_update")
            file.execute("DROP TRIGGER IF EXISTS entries_delete")
            for statement in statements:
                file.execute(statement)


@dataclass
class Outcome:
    """What became of a trial.

    Attributes:
        tried: How often harm was done.
        acknowledged: How many entries the program had called saved.
        lost: How many of those are not there although nothing said so.
        wrong: What else should not have happened, a few words each.
        said: One of the sentences that the program answered with.
    """

    tried: int = 0
    acknowledged: int = 0
    lost: int = 0
    wrong: list[str] = field(default_factory=list)
    said: str = ""

    def refused(self, what: str, ask: Callable[[], object]) -> None:
        """Ask what must be refused with one sentence."""
        try:
            ask()
        except ClearwayError as error:
            self.said = str(error)
        except Exception as error:  # noqa: BLE001 - the finding
            self.wrong.append(f"{what}: {type(error).__name__} instead of a sentence")
        else:
            self.wrong.append(f"{what}: pretended")

    def holds(self, what: str, record: Record, acknowledged: set[str]) -> None:
        """Open a record in which everything must be there."""
        try:
            with closing(open_record(record.address)) as store:
                self.lost += len(acknowledged - {entry.id for entry in store.entries()})
                self.wrong += [f"{what}: {problem}" for problem in store.verify()]
        except ClearwayError as error:
            self.wrong.append(f"{what}: {error}")


@dataclass(frozen=True)
class Trial:
    """One kind of harm.

    Attributes:
        name: What is done.
        run: Does it so many times, each time to a record of its own or the next part of one.
        rounds: How often, in the quick suite and in the long one.
        only: The database that it can be done to; None: both.
        needs_rights: Whether not everybody can do it.
    """

    name: str
    run: Callable[[Callable[[], Record], int], Outcome]
    rounds: tuple[int, int]
    only: str | None = None
    needs_rights: bool = False


def fill(store: Store, prefix: str, count: int) -> set[str]:
    """Append entries one by one; the ids of all of them."""
    return {store.append(STREAM, [draft(f"{prefix}{number}")])[0].id for number in range(count)}


@contextmanager
def records(server: str | None) -> Iterator[Callable[[], Record]]:
    """Makes one new record after the other, in files or in schemas of a PostgreSQL server, and removes them at the end."""
    with tempfile.TemporaryDirectory(prefix="faults") as folder:
        names: list[str] = []

        def new() -> Record:
            names.append(f"faults_{os.getpid()}_{len(names)}")
            own = Path(folder) / names[-1]
            own.mkdir()
            if server is None:
                return Record(str(own / "room.record"), own)
            with psycopg.connect(server, autocommit=True) as connection:
                connection.execute(f"CREATE SCHEMA {names[-1]}".encode())
            return Record(f"{server}?options=-csearch_path%3D{names[-1]}", own)

        yield new
        if server is not None:
            with psycopg.connect(server, autocommit=True) as connection:
                for name in names:
                    connection.execute(f"DROP SCHEMA {name} CASCADE".encode())
