"""The record's file is gone, replaced or cut while it is open: nothing is called saved or shown, and what comes next works."""

from __future__ import annotations

import os
import shutil
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

from clearway.record.open import open_record
from faults.trial import Outcome, Record, Trial, fill
from record_drafts import STREAM, draft

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from clearway.record.store import Store

    Harm = Callable[[Path, Path], None]
    """Does harm to a record's file; the other is a sound record of another room."""

_COUNTS = (3, 60, 200, 400)
"""Entries before: all of them beside the record, then more and more of them in it."""


def _beside(path: Path, side: str) -> Path:
    return path.with_name(path.name + side)


def _write_over(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def _move_away(path: Path) -> None:
    path.rename(path.with_name("away"))


def _directory(path: Path) -> None:
    _move_away(path)
    path.mkdir()


def _retarget(path: Path, other: Path) -> None:
    path.unlink()
    path.symlink_to(other)


def _replace_beside(path: Path, side: str) -> None:
    data = _beside(path, side).read_bytes()
    _beside(path, side).unlink()
    _beside(path, side).write_bytes(data)


def _rename_folder(path: Path, *, back: bool = False) -> None:
    folder, away = path.parent, path.parent.with_name(path.parent.name + "-away")
    (away if back else folder).rename(folder if back else away)


def _replace(path: Path, other: Path) -> None:
    _move_away(path)
    shutil.copyfile(other, path)


def _move_back(path: Path) -> None:
    if path.is_dir():
        path.rmdir()
    path.with_name("away").replace(path)


def _cut(path: Path, share: float) -> None:
    os.truncate(path, int(path.stat().st_size * share))


UNDONE: dict[str, tuple[Harm, Callable[[Path], None]]] = {
    "moved away": (lambda path, _: _move_away(path), _move_back),
    "replaced by a folder": (lambda path, _: _directory(path), _move_back),
    "replaced by another record": (_replace, _move_back),
    "in a folder that is renamed": (lambda path, _: _rename_folder(path), partial(_rename_folder, back=True)),
    "behind a link led elsewhere": (_retarget, lambda path: _retarget(path, path.with_name("real.record"))),
}
"""Harm that is undone by putting the same file back: then it goes on without a restart."""

RESTARTED: dict[str, Harm] = {
    "-wal deleted": lambda path, _: _beside(path, "-wal").unlink(),
    "-shm deleted": lambda path, _: _beside(path, "-shm").unlink(),
    "-wal replaced": lambda path, _: _replace_beside(path, "-wal"),
}
"""Harm after which a restart brings everything back."""

FOREVER: dict[str, Harm] = {
    "deleted": lambda path, _: path.unlink(),
    "cut to nothing": lambda path, _: _cut(path, 0),
    "cut in half": lambda path, _: _cut(path, 0.5),
    "-wal cut to nothing": lambda path, _: os.truncate(_beside(path, "-wal"), 0),
    "-wal cut in half": lambda path, _: _cut(_beside(path, "-wal"), 0.5),
    "written over with another record": lambda path, other: _write_over(path, other.read_bytes()),
    "written over with an older copy": lambda path, _: _write_over(
        path, path.with_name("older").read_bytes().ljust(path.stat().st_size, b"\0")
    ),
    "written over with something else": lambda path, _: _write_over(path, b"no record " * 40_000),
}
"""Harm that only a copy undoes."""


def _open(record: Record, name: str) -> Store:
    """A record with a copy beside it of how it was at first; behind a link where that is what is led elsewhere."""
    if "link" in name:
        record.path.symlink_to(record.path.with_name("real.record"))
        open_record(str(record.path.with_name("real.record"))).close()
    with closing(open_record(record.address)) as store:
        fill(store, "first", 2)
    shutil.copyfile(record.path, record.path.with_name("older"))
    return open_record(record.address)


def _harmed(name: str, harm: Harm, new: Callable[[], Record], rounds: int) -> Outcome:
    outcome, other = Outcome(), new()
    with closing(open_record(other.address)) as store:
        fill(store, "other", 30)
    for number in range(rounds):
        record = new()
        with closing(_open(record, name)) as store:
            counts = _COUNTS[2:] if "older" in name else _COUNTS  # before that, the older copy is the file as it is
            acknowledged = fill(store, "n", counts[number % len(counts)])
            harm(record.path, other.path)
            outcome.tried += 1
            outcome.acknowledged += len(acknowledged)
            outcome.refused("write", partial(store.append, STREAM, [draft("lost")]))
            outcome.refused("head", store.head)
            outcome.refused("read", partial(_read, store))
            if name in UNDONE:
                UNDONE[name][1](record.path)
                acknowledged.add(store.append(STREAM, [draft("afterwards")])[0].id)
        if name in UNDONE or name in RESTARTED:
            outcome.holds("afterwards", record, acknowledged)
        elif name.startswith(("cut", "written", "deleted")):
            _go_on_with_a_copy(outcome, record)
    return outcome


def _read(store: Store) -> int:
    return len(list(store.entries()))


def _go_on_with_a_copy(outcome: Outcome, record: Record) -> None:
    """What the sentence says: put a copy in its place, without the files beside it."""
    for side in ("-wal", "-shm"):
        _beside(record.path, side).unlink(missing_ok=True)
    shutil.copyfile(record.path.with_name("older"), record.path)
    outcome.holds("with a copy", record, {"first0", "first1"})


def _killed_after(new: Callable[[], Record], rounds: int) -> Outcome:
    """Another record takes its place, the program is killed before it can tidy up: the two are never mixed."""
    outcome, other = Outcome(), new()
    with closing(open_record(other.address)) as store:
        theirs = fill(store, "other", 30)
    for number in range(rounds):
        record = new()
        child = os.fork()
        if child == 0:
            store = open_record(record.address)
            fill(store, "n", _COUNTS[number % len(_COUNTS)])
            record.path.unlink()
            shutil.copyfile(other.path, record.path)
            os._exit(9)
        os.waitpid(child, 0)
        outcome.tried += 1
        outcome.acknowledged += len(theirs)
        outcome.refused("start", partial(open_record, record.address))
        _beside(record.path, "-wal").rename(record.path.with_name("left"))
        outcome.holds("once -wal was moved away", record, theirs)
    return outcome


TRIALS = [
    *(Trial(f"file {name}", partial(_harmed, name, harm), (2, 16), "sqlite") for name, (harm, _) in UNDONE.items()),
    *(Trial(f"file {name}", partial(_harmed, name, harm), (2, 16), "sqlite") for name, harm in (RESTARTED | FOREVER).items()),
    Trial("file replaced, then kill -9", _killed_after, (4, 16), "sqlite"),
]
