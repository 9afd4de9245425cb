"""A room in a process of its own, as ``clearway serve`` opens one: ``python room_process.py FOLDER SECONDS``.

The town's streets and an operation called ``square`` whose reports may each take so many seconds. It prints its address, and
ends with its standard input.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import httpx

from clearway.intake.bounded import Readers
from clearway.intake.inbox import Inbox
from clearway.record.open import open_record
from clearway.server.operations import ServedRecord
from patience import LAST_RESORT_S
from serving import served_town, serving, town_record

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def room(folder: Path, *, seconds: int, ends: Literal["with its work", "at once"] = "with its work") -> Iterator[httpx.Client]:
    """A client of such a room; its ``inbox`` is watched.

    Args:
        folder: Where its record lies.
        seconds: The longest that one report may take.
        ends: Whether it first does what was asked of it.
    """
    (folder / "inbox").mkdir(exist_ok=True)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    process = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, __file__, str(folder), str(seconds)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        with httpx.Client(base_url=address, timeout=LAST_RESORT_S) as client:
            yield client
    finally:
        if ends == "at once":
            process.kill()
        process.communicate()


def main() -> None:
    """Serve until nobody reads any more."""
    folder, seconds = Path(sys.argv[1]), int(sys.argv[2])
    town_record(folder / "room.record").close()  # made by a clock of its own
    with closing(open_record(str(folder / "room.record"))) as store:
        record = ServedRecord(store, Inbox(folder / "inbox"), readers=Readers(seconds=seconds))
        with serving(served_town(), record=record) as client:
            print(client.base_url, flush=True)  # noqa: T201 - to the process that started this one
            sys.stdin.read()


if __name__ == "__main__":
    main()
