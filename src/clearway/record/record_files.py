"""Whether the files of a SQLite record are still those that were opened.

SQLite goes on reading and writing a file that was deleted, moved or written over while it was open, and all that is lost in the
end. So the files are looked at before anything is shown or called saved. A look costs three ``stat`` calls; the record's file
itself is read only when it was written to, which happens about once in a hundred appends.
"""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from clearway.errors import BadFile, BadInput, Unavailable
from clearway.record.entry import chained
from clearway.record.moments import moment_of

if TYPE_CHECKING:
    from pathlib import Path

PRIVATE = 0o600
"""Permissions of a new record: it is for its owner alone. SQLite gives the files beside it the same."""
_SIDES = ("-wal", "-shm")
"""The files that SQLite has beside a record: what was written last, and its index."""
_WAL_HEADER_BYTES = 32
"""Length of the header of a ``-wal`` file (SQLite file format, section 4.1); its salts change when the file is begun anew."""
_TRIES, _PAUSE_S = 20, 0.02
"""Another process may be writing the file just now, which takes milliseconds."""

_MOVE_BACK = "Move it back, or end the program, put a copy in its place, and start again"
_PUT_COPY = "End the program, put a copy in its place, delete the files {name}-wal and {name}-shm, and start again"
_LOOK_AGAIN = "End the program and start it again to see what is new"
_RESTART = "End the program the usual way and start it again: what was saved before is brought into the record as it ends"


class _Stamp(NamedTuple):
    """What changes when a file is written to."""

    size: int
    modified_ns: int
    changed_ns: int


class RecordFiles:
    """The files of one record. Safe for several threads.

    Args:
        path: The record; made, for its owner alone, where there is none.

    Raises:
        OSError: it cannot be made or looked at.
        BadFile: it is gone or was cut to nothing, and a part of it is left.
    """

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        self._real = self.path.resolve()
        there = self._real.exists() and self._real.stat().st_size > 0
        if not there and self.has_more_beside():
            problem = f"is missing or empty, and {self.path.name}-wal, a part of it, is left"
            raise BadFile(path, problem, f"Put a copy in its place and delete {self.path.name}-wal.")
        if not self.path.exists():
            self.path.touch(PRIVATE)
        found = self._real.stat()
        self._ids = {"": _id(found)}
        self._seen = {"": found.st_size}, b""
        self._stamp = _stamp(found)
        self._alone: tuple[int, str] | None = None
        self._wal: int | None = None
        self._unchanging = False
        self._lock = threading.Lock()

    @property
    def can_be_written(self) -> bool:
        """Whether the record and the files beside it can be written."""
        return os.access(self._real, os.W_OK) and os.access(self._real.parent, os.W_OK)

    def has_more_beside(self) -> bool:
        """Whether entries may lie in the file beside the record."""
        beside = self._named("-wal")
        return beside.exists() and beside.stat().st_size > 0

    def opened(self, *, unchanging: bool) -> None:
        """Note the files beside the record: they are there once it was read, for as long as it is open.

        Args:
            unchanging: Whether it is read as a file that nobody writes to.
        """
        self._unchanging = unchanging
        least, _ = self._seen
        for side in _SIDES:
            if self._named(side).exists():
                found = self._named(side).stat()
                self._ids[side], least[side] = _id(found), found.st_size
        if "-wal" in self._ids:
            self._wal = os.open(self._named("-wal"), os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0))
        self._seen = least, self._wal_header()
        self._alone = self._head_alone()

    def close(self) -> None:
        """Let them go."""
        if self._wal is not None:
            os.close(self._wal)
            self._wal = None

    def is_elsewhere(self) -> bool:
        """Whether the record's name leads to something else now, or nothing, and the files beside it are still its own."""
        try:
            for side in _SIDES:
                self._found(side)
        except Unavailable:
            return False
        try:
            self._found("")
        except Unavailable:
            return True
        return False

    def check_beside(self, connection: sqlite3.Connection) -> None:
        """Make sure that the file beside a record that was not opened yet belongs to it.

        Args:
            connection: Reads both together, and writes neither.

        Raises:
            BadFile: the two do not make one chain.
        """
        alone = self._head_alone()
        if alone is None or not alone[0]:
            return
        try:
            goes_on = _goes_on(connection, alone)
        except (sqlite3.DatabaseError, BadInput, TypeError):  # two that were mixed can hold anything
            goes_on = False
        if not goes_on:
            name = f"{self.path.name}-wal"
            problem = f"does not go with {name} beside it, which is left from another file or damaged"
            raise BadFile(self.path, problem, f"Move {name} away and start again, then run 'clearway record verify'.")

    def check(self, connection: sqlite3.Connection | None = None) -> None:
        """Make sure that they are the files that were opened.

        Args:
            connection: To look into the record by; None: look at the files from outside.

        Raises:
            Unavailable: one of them is gone, or another, or was cut or written over; the message says what to do.
        """
        least, began = self._seen  # before the look: they may grow meanwhile
        found = {side: self._found(side) for side in self._ids}
        size = found[""].st_size
        if size < least[""]:
            raise self._lost(f"was cut short, from {least['']:,} bytes to {size:,}", _PUT_COPY)
        if self._unchanging and (_stamp(found[""]) != self._stamp or self.has_more_beside()):
            raise self._lost("was written to by another program", _LOOK_AGAIN)
        if connection is None:
            return
        wal_begins = self._wal_header()
        is_shorter = "-wal" in found and found["-wal"].st_size < least["-wal"]
        wal_is_cut = is_shorter and not _is_begun_anew(wal_begins, began)
        if wal_is_cut or _stamp(found[""]) != self._stamp:
            with self._lock:
                self._judge(connection, wal_is_cut=wal_is_cut)
            self._stamp = _stamp(found[""])
        self._seen = {side: one.st_size for side, one in found.items()}, wal_begins

    def _judge(self, connection: sqlite3.Connection, *, wal_is_cut: bool) -> None:
        """Read the head in the record's file alone: it must be an earlier place in the chain, or the file is another's."""
        before, alone = self._alone, self._head_alone()
        ours = _head(connection)
        if wal_is_cut and alone != ours:
            raise self._lost(f"lost its end: {self.path.name}-wal beside it was cut short", _PUT_COPY)
        if before is not None and (alone is None or alone[0] < before[0]):
            raise self._lost("was written over with an older or another file", _PUT_COPY)
        if alone is not None and alone[0] and alone not in (before, ours) and not _holds(connection, alone):
            raise self._lost("was written over with another record", _PUT_COPY)
        self._alone = alone

    def _head_alone(self) -> tuple[int, str] | None:
        """The head in the record's file, without the file beside it; None where it has none yet.

        While entries are brought over from the file beside it, which goes on after a crash or once a full disk has room, the
        file alone makes no sense: then it is the head that was seen last.
        """
        for left in reversed(range(_TRIES)):
            try:
                with closing(sqlite3.connect(f"{self.path.as_uri()}?mode=ro&immutable=1", uri=True)) as alone:
                    return _head(alone)
            except sqlite3.Error as error:
                is_half_brought_over = error.sqlite_errorcode == sqlite3.SQLITE_CORRUPT and self.has_more_beside()
                if not left and not is_half_brought_over:
                    raise self._lost(f"can no longer be read ({error})", _PUT_COPY) from error
                time.sleep(_PAUSE_S)
        return self._alone

    def _wal_header(self) -> bytes:
        """How the file beside the record begins; nothing where it is empty, or there is none."""
        if self._wal is None:
            return b""
        if hasattr(os, "pread"):
            return os.pread(self._wal, _WAL_HEADER_BYTES, 0)
        with self._lock:  # Windows cannot read at a place without going there
            os.lseek(self._wal, 0, os.SEEK_SET)
            return os.read(self._wal, _WAL_HEADER_BYTES)

    def _found(self, side: str) -> os.stat_result:
        """What the name of a file leads to: the one that was opened.

        Raises:
            Unavailable: nothing, or another.
        """
        part = f"lost a part: {self.path.name}{side} beside it was"
        try:
            found = (self._named(side) if side else self.path).stat()
        except (FileNotFoundError, NotADirectoryError) as error:
            raise (
                self._lost(f"{part} deleted", _RESTART) if side else self._lost("was deleted or moved", _MOVE_BACK)
            ) from error
        except OSError as error:
            raise self._lost(f"cannot be reached ({error.strerror})", "See to it that it can, and try again") from error
        if _id(found) != self._ids[side]:
            raise (
                self._lost(f"{part} replaced", _RESTART)
                if side
                else self._lost("was replaced: its name leads to something else", _MOVE_BACK)
            )
        return found

    def _named(self, side: str) -> Path:
        return self._real.with_name(self._real.name + side)

    def _lost(self, what: str, remedy: str) -> Unavailable:
        said = remedy.format(name=self.path.name)
        return Unavailable(f"The record {self.path} {what} while it was open. Nothing was saved since. {said}.")


def _id(found: os.stat_result) -> tuple[int, int]:
    return found.st_dev, found.st_ino


def _stamp(found: os.stat_result) -> _Stamp:
    return _Stamp(found.st_size, found.st_mtime_ns, found.st_ctime_ns)


def _is_begun_anew(wal_begins: bytes, before: bytes) -> bool:
    """Whether a file beside a record was emptied into it and used again, by its header and the one it had before.

    SQLite empties it when texts are deleted, so that nothing of them remains, and gives it other salts when it uses it again.
    """
    return len(wal_begins) == _WAL_HEADER_BYTES and any(wal_begins) and wal_begins != before


def _head(connection: sqlite3.Connection) -> tuple[int, str] | None:
    """Where a record ends; None where it does not say so in one sound row."""
    if not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'head'").fetchall():
        return None
    rows = connection.execute("SELECT seq, hash FROM head").fetchall()
    sound = len(rows) == 1 and isinstance(rows[0][0], int) and isinstance(rows[0][1], str)
    return (rows[0][0], rows[0][1]) if sound else None


def _holds(connection: sqlite3.Connection, head: tuple[int, str]) -> bool:
    """Whether a record holds the entry that another one ends with."""
    return bool(connection.execute("SELECT hash FROM entries WHERE seq = ?", head[:1]).fetchall() == [head[1:]])


def _goes_on(connection: sqlite3.Connection, alone: tuple[int, str]) -> bool:
    """Whether a record goes on without a gap after the entry that its file alone ends with."""
    connection.execute("BEGIN")  # another program may append meanwhile
    both = _head(connection)
    if both is None or both == alone:
        return True
    if not _holds(connection, alone) or not _holds(connection, both):
        return False
    next_one = (
        "SELECT seq, stream, version, written, content, hash, (SELECT count(*) FROM entries WHERE seq > ?)"
        " FROM entries WHERE seq = ?"
    )
    rows = connection.execute(next_one, (alone[0], alone[0] + 1)).fetchall()
    if len(rows) != 1:
        return False
    seq, stream, version, moment, content, mark, count = rows[0]
    goes_on: bool = mark == chained(alone[1], seq, stream, version, moment_of(moment), content)
    return goes_on and bool(count == both[0] - alone[0])
