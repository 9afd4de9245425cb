"""Entries for the tests of records, and a process that is killed while it writes some."""

from __future__ import annotations

import os
import select
import signal
import threading
from typing import TYPE_CHECKING

from clearway.record.entry import Draft, now
from clearway.record.moments import calendar, moment_of
from clearway.record.open import open_record
from clearway.record.parse import draft_of
from clearway.record.texts import text_mark
from patience import LAST_RESORT_S

if TYPE_CHECKING:
    from datetime import datetime


STREAM = "wellington-2022"
TOLD = "About 450 vehicles stand in the streets round Māngere, police said."
CALENDAR = calendar("Pacific/Auckland", "2022-02-08")
KILLS = 200
BATCH = 3


def draft(entry_id: str, **fields: object) -> Draft:
    said = {"id": entry_id, "kind": "remark", "body": {"text": f"Text of {entry_id}"}, "happened": "2022-02-18T19:05+13:00"}
    return draft_of(said | {"known": "2022-02-18T19:20+13:00"} | fields, CALENDAR, now=now())


def unsaid(entry_id: str, moment: str, **fields: object) -> Draft:
    """A draft that does not say when it became known."""
    said = {"id": entry_id, "kind": "remark", "body": {"text": "Text"}, "happened": "2022-02-18T19:05+13:00"}
    return draft_of(said | fields, CALENDAR, now=moment_of(moment))


def report(entry_id: str, text: str) -> Draft:
    return draft(entry_id, kind="report", body={"title": "Evening bulletin", "text_sha256": text_mark(text)})


def ticking() -> datetime:
    return moment_of("2022-02-18T06:30:00Z")


def killed_while_writing(address: str, round_number: int, seconds: float) -> set[str]:
    """Ids that a process acknowledged, batch by batch, before it was killed a little after its first batch."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            store = open_record(address)
            for number in range(10_000):
                batch = [draft(f"k{round_number}-{number}-{part}") for part in range(BATCH)]
                store.append(STREAM, batch)
                os.write(writing, f"k{round_number}-{number}\n".encode())
        finally:
            os._exit(1)
    os.close(writing)
    ready, _, _ = select.select([reading], [], [], LAST_RESORT_S)
    assert ready
    threading.Event().wait(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    said = b""
    while part := os.read(reading, 65536):
        said += part
    os.close(reading)
    return {f"{line}-{part}" for line in said.decode().split() for part in range(BATCH)}
