"""Back a record up while it is being written to, and restore it: every entry with its number, its time and its hash.

A backup is a record in one SQLite file, whatever database the record itself lies in. It is verified before it gets its name,
so a file of that name is whole. A copy of the file of an open record is not a backup: its last entries lie in the file beside
it.
"""

from __future__ import annotations

import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from clearway.errors import BadFile, Unavailable
from clearway.record.open import open_record

if TYPE_CHECKING:
    from clearway.record.rows import Head
    from clearway.record.store import Store


def back_up(store: Store, path: Path) -> Head:
    """Write a backup.

    Args:
        store: The record; others may go on writing to it.
        path: A new file.

    Returns:
        The head up to which it goes.

    Raises:
        BadFile: there is a file of that name, or it cannot be written.
        Unavailable: the record does not answer, or is not sound; no backup is written.
    """
    if path.exists():
        raise BadFile(path, "there is a file of that name already", "Give the name of a new file.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        folder = tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise BadFile(path, f"cannot be written ({error.strerror})", "Choose a folder that you may write to.") from error
    with folder as name:
        part = Path(name) / path.name
        with closing(open_record(str(part))) as copy:
            head = _verified(store, copy, "Nothing was backed up")
        try:
            part.replace(path)
        except OSError as error:
            raise BadFile(path, f"cannot be written ({error.strerror})", "Choose another name.") from error
    return head


def restore(backup: Store, target: Store) -> Head:
    """Copy a backup into a record that holds no entry.

    Returns:
        The head up to which it goes.

    Raises:
        Conflict: the record holds entries.
        Unavailable: a database does not answer, or the backup is not sound.
    """
    if problems := backup.verify():
        raise Unavailable(f"The backup is not sound: {problems[0]} Nothing was restored. Use another backup.")
    return _verified(backup, target, "What was restored is not to be used")


def _verified(source: Store, copy: Store, otherwise: str) -> Head:
    head = source.copy_to(copy)
    if problems := copy.verify(expected=head):
        raise Unavailable(f"The record is not sound: {problems[0]} {otherwise}. Run 'clearway record verify' on it.")
    return head
