"""A folder that is watched: a mail folder (Maildir or mbox), or any folder into which files are laid."""

from __future__ import annotations

import mailbox
from typing import TYPE_CHECKING, NamedTuple

from clearway.errors import BadFile
from clearway.intake.files import MOST_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MAILDIR = ("new", "cur")


class Arrived(NamedTuple):
    """What lies in a folder.

    Attributes:
        key: Tells it from everything else that lay there, also from an earlier file of the same name.
        name: What to call it.
        data: What it holds, at most one byte more than a report may have.
    """

    key: str
    name: str
    data: bytes


class Inbox:
    """A folder to look into now and then; what was seen is not given again.

    Args:
        folder: The folder; a Maildir is known by its ``new`` and ``cur``, an mbox by its name's end.

    Raises:
        BadFile: there is no such folder.
    """

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            raise BadFile(folder, "is no folder", "Make it, or name another with --inbox")
        self.folder = folder
        self._seen: set[str] = set()

    def arrived(self) -> Iterator[Arrived]:
        """What is new since the last look; what cannot be opened just now is tried again the next time."""
        folders = [self.folder, *(self.folder / part for part in _MAILDIR if (self.folder / part).is_dir())]
        for folder in folders:
            for file in sorted(folder.iterdir()):
                if file.is_file() and not file.name.startswith("."):
                    yield from self._of(file)

    def _of(self, file: Path) -> Iterator[Arrived]:
        try:
            state = file.stat()
            key = f"{file.name} {state.st_size} {state.st_mtime_ns}"
            if key in self._seen:
                return
            found = list(_messages(file, key)) if file.suffix == ".mbox" else [Arrived(key, file.name, _start_of(file))]
        except OSError:
            return
        self._seen.add(key)
        for one in found:
            if one.key == key or one.key not in self._seen:
                self._seen.add(one.key)
                yield one


def _start_of(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(MOST_BYTES + 1)


def _messages(file: Path, key: str) -> Iterator[Arrived]:
    """The mails of an mbox; one that was given keeps its key when others come after it."""
    box = mailbox.mbox(file, create=False)
    try:
        for number, message in enumerate(box):
            told = message.get("message-id") or f"{key} {number}"
            yield Arrived(f"{file.name} {told}", f"{file.name}, mail {number + 1}", message.as_bytes())
    finally:
        box.close()
