"""Number plates of vehicles that are moved: encrypted, in a table of their own, each until its date of deletion.

An entry names a vehicle by a keyed hash of its plate (HMAC-SHA-256, RFC 2104). The key is random, another one for each vehicle,
and lies encrypted with the plate (AES-256-GCM, NIST SP 800-38D), under a key of the room that lies in a file and in no
database. When the plate is deleted its key goes with it: then nobody can find the plate by hashing every plate that there is.

A row without what was sealed is one whose plate was deleted, with the moment; it stays, so that deleted is not taken for lost.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from clearway.errors import BadFile, BadInput
from clearway.record.migrations import PLATES_SINCE
from clearway.record.moments import moment_of, written
from clearway.words import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime
    from pathlib import Path

    from clearway.record.database import Database, Row
    from clearway.record.entry import Entry

    Ask = Callable[[str, Sequence[object]], list[Row]]

KEY_BYTES = 32
_NONCE_BYTES = 12
_LONGEST = 12
"""Letters and digits; no country's plates have more than ten."""
_ASKED_AT_ONCE = 200


class Sealed(NamedTuple):
    """A plate as it is stored.

    Attributes:
        mark: Its keyed hash, by which entries name the vehicle: 64 hexadecimal digits.
        sealed: Plate and key of the hash, encrypted; Base64.
    """

    mark: str
    sealed: str


def plain_plate(typed: str) -> str:
    """A plate as it is compared: capital letters and digits, without spaces and hyphens.

    >>> plain_plate("abc-12 3")
    'ABC123'

    Raises:
        BadInput: it is no plate; the message does not repeat it.
    """
    plain = unicodedata.normalize("NFKC", typed).upper()
    plain = "".join(sign for sign in plain if not sign.isspace() and sign not in "-\u2010\u2011\u2012\u2013.")
    if not plain.isalnum() or not 1 <= len(plain.encode()) <= _LONGEST:
        raise BadInput(f"That is not a number plate. Give its letters and digits, {_LONGEST} at most.")
    return plain


def room_key(path: Path, *, make: bool = False) -> bytes:
    """The room's key, under which plates are encrypted.

    Args:
        path: A file of 64 hexadecimal digits, which its owner alone may read.
        make: Whether to make one where there is none.

    Raises:
        BadFile: there is none, or it is no key.
    """
    if make:
        _make_key(path)
    try:
        key = bytes.fromhex(path.read_text("ascii"))
    except (OSError, ValueError) as error:
        raise BadFile(
            path, "is not a key for number plates", "Give the file that was made with the record's first plate."
        ) from error
    if len(key) != KEY_BYTES:
        raise BadFile(path, "is not a key for number plates", "Give the file that was made with the record's first plate.")
    return key


def _make_key(path: Path) -> None:
    """Make a key in a new file that its owner alone may read; one that is there stays."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(f"{secrets.token_bytes(KEY_BYTES).hex()}\n")
    except OSError as error:
        if not path.exists():
            raise BadFile(path, f"cannot be written ({error.strerror})", "Name another file with --plate-key.") from error


def seal(plate: str, key: bytes) -> Sealed:
    """A plate, encrypted, under a mark that no other vehicle has.

    Args:
        plate: As :func:`plain_plate` gives it.
        key: The room's.
    """
    own = secrets.token_bytes(KEY_BYTES)
    mark = _mark(own, plate)
    nonce = secrets.token_bytes(_NONCE_BYTES)
    padded = plate.encode().ljust(_LONGEST, b"\0")  # the length says nothing
    return Sealed(mark, base64.b64encode(nonce + AESGCM(key).encrypt(nonce, own + padded, mark.encode())).decode())


def unseal(sealed: Sealed, key: bytes) -> str:
    """The plate.

    Raises:
        BadInput: it was sealed under another key, or was changed.
    """
    raw = base64.b64decode(sealed.sealed)
    try:
        opened = AESGCM(key).decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], sealed.mark.encode())
    except InvalidTag as error:
        raise BadInput(
            "A number plate of this record cannot be read with this key. Give the key file that was made with its first plate."
        ) from error
    return opened[KEY_BYTES:].rstrip(b"\0").decode()


def _mark(own: bytes, plate: str) -> str:
    return hmac.new(own, plate.encode(), hashlib.sha256).hexdigest()


class Plates:
    """The plates of one record.

    Args:
        database: The record's database.
        ask: Asks it for rows.
        writing: A transaction of the record.
    """

    def __init__(self, database: Database, ask: Ask, writing: Callable[[], AbstractContextManager[None]]) -> None:
        self._database = database
        self._ask = ask
        self._writing = writing
        self._is_swept = True

    def put(self, sealed: Sequence[Sealed], entries: Sequence[Entry]) -> None:
        """Store the plates of entries that are being written, within their transaction; the newest entry sets the date.

        Args:
            sealed: Plates that are new.
            entries: The entries; one that was imported without its plate counts as one whose plate was deleted.

        Raises:
            BadInput: the date of deletion has passed, or an entry that is entered live names a vehicle without a plate.
        """
        vehicles = [(entry, *named) for entry in entries if (named := entry.draft.plate) is not None]
        if not vehicles:
            return
        given, held = dict(sealed), self._known([mark for _, mark, _ in vehicles])
        for entry, mark, delete_by in vehicles:
            is_live = entry.draft.entered == "live"
            if is_live and delete_by <= entry.written:
                raise BadInput("The plate's date of deletion has passed. Give a date in the future.")
            if mark in held:
                self._database.run("UPDATE plates SET delete_by = ? WHERE mark = ?", (written(delete_by), mark))
            elif mark in given or not is_live:
                gone = None if mark in given else written(entry.written)
                row = (mark, entry.stream, given.get(mark), written(delete_by), gone)
                self._database.insert("INSERT INTO plates (mark, stream, sealed, delete_by, deleted) VALUES", [row])
                held.add(mark)
            else:
                raise BadInput("The entry names a vehicle whose plate nobody gave. Enter it by 'clearway vehicles moved'.")

    def held(self, stream: str) -> list[Sealed]:
        """The plates of an operation that were not deleted."""
        rows = self._rows("SELECT mark, sealed FROM plates WHERE stream = ? AND sealed IS NOT NULL ORDER BY mark", (stream,))
        return [Sealed(str(mark), str(sealed)) for mark, sealed in rows]

    def mark_of(self, stream: str, plate: str, key: bytes) -> str | None:
        """The mark of the vehicle of an operation that has a plate; None where there is none, or its plate was deleted.

        Raises:
            BadInput: the key is another one.
        """
        found = None
        for one in self.held(stream):  # every one, so that the time tells nothing
            if hmac.compare_digest(unseal(one, key).encode(), plate.encode()):
                found = one.mark
        return found

    def due(self, moment: datetime) -> list[str]:
        """The marks of the plates whose date of deletion has come."""
        asked = "SELECT mark FROM plates WHERE sealed IS NOT NULL AND delete_by <= ? ORDER BY mark"
        return [str(mark) for (mark,) in self._rows(asked, (written(moment),))]

    def forget(self, marks: Sequence[str], moment: datetime) -> int:
        """Delete plates with their keys, so that nothing of them remains in the database; how many were there.

        Raises:
            Unavailable: the database does not answer.
        """
        if not marks and self._is_swept:
            return 0
        with self._writing():
            gone = [mark for mark in dict.fromkeys(marks) if mark in self._known([mark], "AND sealed IS NOT NULL")]
            for mark in gone:
                self._database.run("UPDATE plates SET sealed = NULL, deleted = ? WHERE mark = ?", (written(moment), mark))
        self._is_swept = False  # where this fails, the next turn does it
        self._database.sweep("plates")
        self._is_swept = True
        return len(gone)

    def deleted(self) -> dict[str, datetime]:
        """When each of the plates that were deleted was deleted, by mark."""
        rows = self._rows("SELECT mark, deleted FROM plates WHERE sealed IS NULL", ())
        return {str(mark): moment_of(deleted) for mark, deleted in rows}

    def copy_to(self, other: Plates) -> None:
        """Copy every plate as it is stored, and that plates were deleted, within a transaction of a record that has none."""
        rows = [
            tuple(row) for row in self._rows("SELECT mark, stream, sealed, delete_by, deleted FROM plates ORDER BY mark", ())
        ]
        if rows:
            other._database.insert("INSERT INTO plates (mark, stream, sealed, delete_by, deleted) VALUES", rows)

    def notices(self, moment: datetime) -> list[str]:
        """That plates are kept beyond their date."""
        late = len(self.due(moment))
        if not late:
            return []
        are = "is" if late == 1 else "are"
        return [
            f"{counted(late, 'number plate')} {are} stored beyond the date of deletion. Run 'clearway vehicles forget-plates'."
        ]

    def problems(self, entries: Mapping[str, int]) -> list[str]:
        """What is wrong with the plates of entries.

        Args:
            entries: The number of an entry by the mark that it holds.
        """
        known = self._known(list(entries))
        return [
            f"The number plate of the vehicle in entry {seq} is missing." for mark, seq in entries.items() if mark not in known
        ]

    def _known(self, marks: Sequence[str], also: str = "") -> set[str]:
        found: set[str] = set()
        for first in range(0, len(marks), _ASKED_AT_ONCE):
            part = marks[first : first + _ASKED_AT_ONCE]
            places = ", ".join("?" * len(part))
            found |= {str(mark) for (mark,) in self._rows(f"SELECT mark FROM plates WHERE mark IN ({places}) {also}", part)}  # noqa: S608 - our own words
        return found

    def _rows(self, sql: str, values: Sequence[object]) -> list[Row]:
        """Rows of the table of plates; none of an older record that can only be read."""
        return self._ask(sql, values) if self._database.schema_version() >= PLATES_SINCE else []
