"""The log of an operation of 30,000 entries: taken up once, then asked, filtered and put in order.

There is no peer: the aim is an answer in well under a second, the first one too, as the record is read before the server opens.
The entries are those of the demonstration, many times over.
"""

from __future__ import annotations

import tempfile
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measure import Figure, seconds, timed
from clearway.demo.prepare import demo_record
from clearway.picture.index import PictureIndex
from clearway.picture.log import Log, LogQuestion
from clearway.record.entry import RELEASES
from clearway.record.operations import calendar_of, operation_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clearway.record.entry import Draft
    from clearway.record.store import Store

ENTRIES = 30_000
_LINES = 100
_ASKED = {
    "all, the last first": LogQuestion(),
    "by a word": LogQuestion(words="bowen horn"),
    "by a place, in force": LogQuestion(place="Molesworth St", standings=["in_force"]),
    "by who said it, in their order": LogQuestion(who="Police", sort="who"),
}


def figures() -> Iterator[Figure]:
    """Measure reading, taking up, the first question and others."""
    with tempfile.TemporaryDirectory() as folder, closing(demo_record(Path(folder))) as store:
        yield from _measured(store)


def _measured(store: Store) -> Iterator[Figure]:
    stream = _filled(store)
    zone = calendar_of(operation_of(store, stream)).zone
    index, log = PictureIndex(), Log(zone)
    yield Figure(f"read {ENTRIES:,} entries", timed(lambda: list(store.entries(stream))))
    yield Figure("read and index them, for the picture alone", timed(lambda: index.add(store.entries(stream))))
    taken = timed(lambda: log.take_up(store.entries(stream), RELEASES))
    yield Figure("read and take them up, for picture and log", taken, note="once for each start of the server")
    first = timed(lambda: log.answer(LogQuestion(), limit=_LINES))
    yield Figure(f"the first question, {_LINES} lines", first, note="how each entry stands is worked out")
    for words, question in _ASKED.items():
        yield Figure(words, seconds(partial(log.answer, question, limit=_LINES)))


def _filled(store: Store) -> str:
    """Add copies of its entries to the demonstration's operation; its name."""
    (stream,) = store.streams()
    entries = [entry.draft for entry in store.entries(stream)]
    for copy in range(1, ENTRIES // len(entries) + 1):
        store.append(stream, [_copied(draft, copy) for draft in entries])
    return stream


def _copied(draft: Draft, copy: int) -> Draft:
    def renamed(ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(f"{one}-{copy}" for one in ids)

    ties = {name: renamed(getattr(draft, name)) for name in ("withdraws", "corrects", "confirms", "disputes")}
    return draft.model_copy(update={"id": f"{draft.id}-{copy}", **ties})
