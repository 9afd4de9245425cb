"""Somebody changes the tables or the file behind the program's back: ``verify`` finds it, or a sentence says so."""

from __future__ import annotations

import random
from contextlib import closing
from typing import TYPE_CHECKING

from clearway.errors import ClearwayError
from clearway.record.open import open_record
from faults.trial import Outcome, Record, Trial, fill

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ENTRIES = 30
_PAGE_BYTES = 4096
_POINTERS_BYTES = 100
"""A page that is cut there still says where its rows are."""
_VALUES = {
    "stream": ("'other'", "''"),
    "version": ("version + 50", "0", "-1"),
    "id": ("'other'", "''"),
    "kind": ("'count'", "''"),
    "written": ("'2022-02-18T06:31:00.000000Z'", "'x'", "''"),
    "content": ("replace(content, 'Text', 'Test')", "'{}'", "'x'", "'null'"),
    "hash": (f"'{'0' * 64}'", "'x'", "''"),
}


def _statements(chance: random.Random) -> Iterator[tuple[str, ...]]:
    """Ways to change the tables, without end: each column of an entry and of the head, rows removed or changing places."""
    swap = "UPDATE entries SET seq = {to}, version = {to} WHERE seq = {at}"
    while True:
        one, two = chance.sample(range(1, ENTRIES + 1), 2)
        for column, values in _VALUES.items():
            for value in values:
                yield (f"UPDATE entries SET {column} = {value} WHERE seq = {one}",)  # noqa: S608 - our own words
        yield (f"DELETE FROM entries WHERE seq = {one}",)  # noqa: S608 - the same
        yield (f"DELETE FROM entries WHERE seq >= {one}",)  # noqa: S608 - the same
        yield tuple(swap.format(at=at, to=to) for at, to in ((one, 900), (two, one), (900, two)))
        yield ("DELETE FROM head",)
        yield ("UPDATE head SET seq = seq - 1",)
        yield ("UPDATE head SET seq = -1",)
        yield ("UPDATE head SET hash = 'x'",)
        yield ("DROP TABLE head",)
        yield ("DROP TABLE entries",)


def _tables(new: Callable[[], Record], rounds: int) -> Outcome:
    outcome, chance = Outcome(), random.Random(7)  # noqa: S311 - the same each time
    for statements, _ in zip(_statements(chance), range(rounds), strict=False):
        record = new()
        with closing(open_record(record.address)) as store:
            outcome.acknowledged += len(fill(store, "n", ENTRIES))
        record.tamper(*statements)
        outcome.tried += 1
        _found(outcome, record, "; ".join(statements))
    return outcome


def _found(outcome: Outcome, record: Record, what: str, before: list[str] | None = None) -> None:
    """See whether a change is found; or, where it may have hit nothing, that all is as before."""
    try:
        with closing(open_record(record.address)) as store:
            problems = store.verify()
            if not problems and (before is None or [entry.hash for entry in store.entries()] != before):
                outcome.wrong.append(f"not found: {what}")
            outcome.said = problems[0] if problems else outcome.said
    except ClearwayError as error:
        outcome.said = str(error)
    except Exception as error:  # noqa: BLE001 - the finding
        outcome.wrong.append(f"{type(error).__name__} instead of a sentence: {what}")


def _file(new: Callable[[], Record], rounds: int) -> Outcome:
    """The file is cut a little after the start of each page, or at any length, or one byte of it is changed."""
    outcome, chance = Outcome(), random.Random(11)  # noqa: S311 - the same each time
    whole = new()
    with closing(open_record(whole.address)) as store:
        outcome.acknowledged = len(fill(store, "n", 3 * ENTRIES))
        before = [entry.hash for entry in store.entries()]
    data = whole.path.read_bytes()
    pages = range(_PAGE_BYTES + _POINTERS_BYTES, len(data), _PAGE_BYTES)
    for number in range(rounds):
        record, at = new(), pages[number] if number < len(pages) else chance.randrange(1, len(data))
        cut = number < len(pages) or number % 2 == 0
        record.path.write_bytes(data[:at] if cut else data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :])
        outcome.tried += 1
        _found(outcome, record, f"{'cut' if cut else 'changed'} at byte {at}", before)
    return outcome


TRIALS = [
    Trial("tables changed behind its back", _tables, (26, 500)),
    Trial("file cut short, or a byte changed", _file, (40, 2000), "sqlite"),
]
