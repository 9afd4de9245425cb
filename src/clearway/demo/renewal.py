"""The demonstration's record after an update: what an older program wrote differs from what this one holds.

A record is never changed, so the old one is kept as it is under another name, and a new one takes the demonstration as it is
now and everything that people wrote into the old.
"""

from __future__ import annotations

import re
from contextlib import closing
from typing import TYPE_CHECKING

from clearway.errors import BadFile, ClearwayError
from clearway.record.open import open_record
from clearway.words import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from clearway.record.entry import Draft, Entry
    from clearway.record.store import Store

_OWN_FILES = ("", "-wal", "-shm")
"""A database and what it keeps beside it."""

_BUNDLED = re.compile(r"operation|d\d\d-[a-z0-9-]+")
"""Ids of the demonstration's entries, in every version so far."""


def is_older(entries: Iterable[Entry], bundled: Mapping[str, Draft]) -> bool:
    """Whether some entries of the demonstration are none of this version's, or say something else.

    Args:
        entries: Of the demonstration's operation.
        bundled: This version's entries by id.
    """
    return any(_is_bundled(entry.draft) and not _is_same(entry.draft, bundled.get(entry.id)) for entry in entries)


def renewed(record: Path, stream: str, fill: Callable[[Store], None], say: Callable[[str], None]) -> None:
    """Set an older record aside, and make a new one of this version with what people wrote into the old.

    Args:
        record: The file of the record; nobody has it open.
        stream: The demonstration's operation.
        fill: Writes this version's entries.
        say: Given a sentence on what was done.

    Raises:
        BadFile: a file cannot be renamed.
    """
    kept = _free_name(record)
    try:
        for ending in _OWN_FILES:
            if (file := record.with_name(record.name + ending)).exists():
                file.rename(kept.with_name(kept.name + ending))
    except OSError as error:
        raise BadFile(record, f"cannot be renamed ({error.strerror})", "Give another folder with --data.") from error
    with closing(open_record(str(kept))) as old, closing(open_record(str(record))) as new:
        fill(new)
        own = [entry for entry in old.entries() if entry.stream != stream or not _is_bundled(entry.draft)]
        left_out = [entry.id for entry in own if not _carried(entry, old, new)]
    said = f" It has {counted(len(own) - len(left_out), 'entry', 'entries')} that you wrote." if own else ""
    missing = (
        f" {counted(len(left_out), 'entry', 'entries')} of yours could not be carried over: {', '.join(left_out[:3])}."
        if left_out
        else ""
    )
    say(
        f"{record.name} was made by an older version and stays as it was: {kept.name}. "
        f"{record.name} now holds the demonstration of this version.{said}{missing}"
    )


def _is_bundled(draft: Draft) -> bool:
    """Whether an entry came with the program; the oldest versions did not say how an entry came in."""
    return draft.entered in (None, "imported") and _BUNDLED.fullmatch(draft.id) is not None


def _is_same(draft: Draft, other: Draft | None) -> bool:
    return other is not None and draft == other.model_copy(update={"entered": draft.entered})


def _free_name(record: Path) -> Path:
    names = (record.with_name(f"{record.stem}-older-{number}{record.suffix}") for number in range(1, 10_000))
    return next(name for name in names if not name.exists())


def _carried(entry: Entry, old: Store, new: Store) -> bool:
    """Write an entry that somebody made into the new record; False where what it is tied to is not in it."""
    try:
        mark = entry.draft.text_mark
        texts = [old.report_text(entry)] if mark is not None and mark not in old.deleted_texts() else []
        new.append(entry.stream, [entry.draft], texts=texts)
    except ClearwayError:
        return False
    return True
