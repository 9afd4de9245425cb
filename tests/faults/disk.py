"""The disk has no more room: the entry is refused with a sentence, what was saved stays, and it goes on once there is room."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
from contextlib import closing
from typing import TYPE_CHECKING

from clearway.errors import Unavailable
from clearway.record.open import open_record
from faults.trial import Outcome, Record, Trial
from record_drafts import STREAM, draft

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from clearway.record.store import Store

_STEP_BYTES = 50_000


def _until_full(store: Store, prefix: str) -> tuple[set[str], str]:
    """Append until it is refused; what was saved, and what was said."""
    saved: set[str] = set()
    while True:
        batch = [draft(f"{prefix}{len(saved)}-{part}", body={"text": "x" * 1500}) for part in range(5)]
        try:
            saved |= {entry.id for entry in store.append(STREAM, batch)}
        except Unavailable as error:
            return saved, str(error)


def _no_larger(new: Callable[[], Record], rounds: int) -> Outcome:
    """Files may grow no larger than a limit of the process."""
    outcome = Outcome()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    for number in range(rounds):
        record = new()
        with closing(open_record(record.address)) as store:
            resource.setrlimit(resource.RLIMIT_FSIZE, (250_000 + number * _STEP_BYTES, before[1]))
            try:
                saved, outcome.said = _until_full(store, "a")
            finally:
                resource.setrlimit(resource.RLIMIT_FSIZE, before)
            saved.add(store.append(STREAM, [draft("afterwards")])[0].id)
        outcome.tried += 1
        outcome.acknowledged += len(saved)
        outcome.holds("afterwards", record, saved)
    return outcome


def _full(new: Callable[[], Record], rounds: int) -> Outcome:
    """A small disk of its own is full; with no right to make one, nothing is tried."""
    outcome, folder = Outcome(), new().folder
    mount = shutil.which("mount")
    for number in range(rounds if mount and os.geteuid() == 0 else 0):
        disk = folder / f"disk{number}"
        disk.mkdir()
        size = f"size={600 + 13 * number}k"
        if subprocess.run([str(mount), "-t", "tmpfs", "-o", size, "none", str(disk)], check=False).returncode:  # noqa: S603
            break
        try:
            _on_disk(outcome, Record(str(disk / "room.record"), disk), disk / "ballast")
        finally:
            subprocess.run([str(shutil.which("umount")), str(disk)], check=True)  # noqa: S603
    return outcome


def _on_disk(outcome: Outcome, record: Record, ballast: Path) -> None:
    ballast.write_bytes(bytes(200_000))
    with closing(open_record(record.address)) as store:
        saved, outcome.said = _until_full(store, "a")
        ballast.unlink()
        saved.add(store.append(STREAM, [draft("afterwards")])[0].id)
    outcome.tried += 1
    outcome.acknowledged += len(saved)
    outcome.holds("afterwards", record, saved)


TRIALS = [
    Trial("files may grow no larger", _no_larger, (5, 60), "sqlite"),
    Trial("disk full (needs the right to mount one)", _full, (3, 60), "sqlite", needs_rights=True),
]
