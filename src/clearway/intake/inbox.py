"""A folder that is watched: a mail folder (Maildir or mbox), or any folder into which files are put.

Only regular files of the folder itself are read. A link is not followed, since it could lead anywhere; a pipe or a device could keep
whoever opens it waiting for ever; a file that is still being written is waited for. What is not read is listed with the reason.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import threading
import time
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from clearway.errors import BadFile
from clearway.intake.files import MOST_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SETTLED_S = 2.0
"""A file that was changed less than this ago may still be written to: it is read when the next check finds it as it was."""

_MAILDIR = ("cur", "new", "tmp")
_DELIVERED = ("cur", "new")
_MESSAGE_ID = re.compile(rb"^Message-ID:\s*(\S{1,998})", re.IGNORECASE | re.MULTILINE)
_HEAD = 64 * 2**10
_LINE = 2**20
_OPENING = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class Arrived(NamedTuple):
    """A file or mail that arrived.

    Attributes:
        key: Identifies it among all that arrived, also among files of the same name.
        name: What to call it.
        data: Its content, at most one byte more than a report may have.
        file: The file it is in.
    """

    key: str
    name: str
    data: bytes
    file: str


class Refused(NamedTuple):
    """What lies in the folder and was not read.

    Attributes:
        name: What it is called.
        why: The reason, and what to do.
    """

    name: str
    why: str


class Inbox:
    """A folder that is checked now and then; nothing is given twice. Safe for several threads, of which one checks.

    Args:
        folder: The folder; a Maildir is recognised by its ``new`` and ``cur``, an mbox by its suffix.

    Raises:
        BadFile: there is no such folder.
    """

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            raise BadFile(folder, "is not a folder", "Make it, or name another with --inbox.")
        self.folder = folder
        self._seen: set[str] = set()
        self._last: dict[str, str] = {}  # the state in which a file was found
        self._refused: dict[str, dict[str, Refused]] = {}  # by file, by name
        self._lock = threading.Lock()

    def arrived(self) -> Iterator[Arrived]:
        """What is new since the last check.

        It counts as given once the next is asked for: what its taker could not deal with is given again.
        """
        found: set[str] = set()
        for folder in self._folders():
            for file in self._listed(folder):
                found.add(str(file))
                yield from self._new_in(file, settled=folder != self.folder)
        with self._lock:
            self._refused = {file: why for file, why in self._refused.items() if file in found or file == str(self.folder)}
            self._last = {file: state for file, state in self._last.items() if file in found}

    def refuse(self, arrived: Arrived, why: str) -> None:
        """Note that something cannot be read; it is listed for as long as its file lies there unchanged."""
        self._note(arrived.file, arrived.name, why)

    def refused(self) -> list[Refused]:
        """What lies in the folder and was not read, by name."""
        with self._lock:
            return sorted(one for of_file in self._refused.values() for one in of_file.values())

    def _folders(self) -> list[Path]:
        """The folder, and where a Maildir has its mails."""
        parts = (self.folder / part for part in _DELIVERED)
        return [self.folder, *(part for part in parts if part.is_dir() and not part.is_symlink())]

    def _listed(self, folder: Path) -> list[Path]:
        try:
            files = sorted(file for file in folder.iterdir() if not file.name.startswith("."))
        except OSError as error:
            self._note(str(folder), _shown(folder), f"The folder cannot be looked into ({error.strerror}). Make it readable.")
            return []
        self._forget(str(folder))
        return [file for file in files if folder != self.folder or file.name not in _MAILDIR or file.is_symlink()]

    def _new_in(self, file: Path, *, settled: bool) -> Iterator[Arrived]:
        """What is new in one file; nothing where it is no file, or is still being written."""
        try:
            found = file.lstat()
            if (problem := _not_read(found.st_mode)) is not None:
                self._note(str(file), _shown(file), problem)
                return
            state = f"{found.st_size} {found.st_mtime_ns}"
            key = f"{file.name} {state}"
            if key in self._seen or not (settled or self._is_settled(file, state, found.st_mtime)):
                return
            self._forget(str(file))
            with os.fdopen(os.open(file, _OPENING), "rb") as opened:
                if not stat.S_ISREG(os.fstat(opened.fileno()).st_mode):  # another took its place
                    return
                yield from self._given(opened, file, key)
            self._seen.add(key)
        except FileNotFoundError:
            return
        except OSError as error:
            self._note(str(file), _shown(file), f"It cannot be opened ({error.strerror}). Make it readable.")

    def _is_settled(self, file: Path, state: str, changed: float) -> bool:
        before, self._last[str(file)] = self._last.get(str(file)), state
        return before == state or time.time() - changed > SETTLED_S

    def _given(self, opened: BinaryIO, file: Path, key: str) -> Iterator[Arrived]:
        if file.suffix != ".mbox":
            yield Arrived(key, _shown(file), opened.read(MOST_BYTES + 1), str(file))
            return
        for number, message in enumerate(_messages(opened), start=1):
            mail_id = _MESSAGE_ID.search(message, 0, _HEAD)
            mail_key = f"{file.name} {mail_id[1].decode('latin-1') if mail_id else hashlib.sha256(message).hexdigest()}"
            if mail_key not in self._seen:
                yield Arrived(mail_key, f"{_shown(file)}, mail {number}", message, str(file))
                self._seen.add(mail_key)

    def _note(self, file: str, name: str, why: str) -> None:
        with self._lock:
            self._refused.setdefault(file, {})[name] = Refused(name, why)

    def _forget(self, file: str) -> None:
        with self._lock:
            self._refused.pop(file, None)


def _not_read(mode: int) -> str | None:
    """Why something of the folder is not read; None for a regular file."""
    if stat.S_ISREG(mode):
        return None
    if stat.S_ISLNK(mode):
        return "It is a link, and links are not followed. Put the file itself into the folder."
    if stat.S_ISDIR(mode):
        return "It is a folder. Put its files into the watched folder itself."
    return "It is a pipe or a device. Put a file into the folder."


def _shown(file: Path) -> str:
    """A file's name as it can be shown: bytes that are not UTF-8 are replaced."""
    return os.fsencode(file.name).decode("utf-8", errors="replace")


def _messages(opened: BinaryIO) -> Iterator[bytes]:
    """The mails of an mbox, each at most one byte longer than a report may be."""
    message: list[bytes] | None = None
    size, after_blank = 0, True
    while line := opened.readline(_LINE):
        if after_blank and line.startswith(b"From "):
            if message:
                yield b"".join(message)
            message, size = [], 0
        elif message is not None and size <= MOST_BYTES:
            message.append(line[: MOST_BYTES + 1 - size])
            size += len(message[-1])
        after_blank = line in (b"\n", b"\r\n")
    if message:
        yield b"".join(message)
