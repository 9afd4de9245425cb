"""A folder that is watched: a mail folder (Maildir or mbox), or any folder into which files are put."""

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
    """A file or mail that arrived.

    Attributes:
        key: Identifies it among all that arrived, also among files of the same name.
        name: What to call it.
        data: Its content, at most one byte more than a report may have.
    """

    key: str
    name: str
    data: bytes


class Inbox:
    """A folder that is checked now and then; nothing is given twice.

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

    def arrived(self) -> Iterator[Arrived]:
        """What is new since the last check; what cannot be opened now is tried again next time."""
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
            arrived = list(_messages(file, key)) if file.suffix == ".mbox" else [Arrived(key, file.name, _start_of(file))]
        except OSError:
            return
        self._seen.add(key)
        for item in arrived:
            if item.key == key or item.key not in self._seen:
                self._seen.add(item.key)
                yield item


def _start_of(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(MOST_BYTES + 1)


def _messages(file: Path, key: str) -> Iterator[Arrived]:
    """The mails of an mbox; a mail keeps its key when others come after it."""
    box = mailbox.mbox(file, create=False)
    try:
        for number, message in enumerate(box):
            mail_id = message.get("message-id") or f"{key} {number}"
            yield Arrived(f"{file.name} {mail_id}", f"{file.name}, mail {number + 1}", message.as_bytes())
    finally:
        box.close()
