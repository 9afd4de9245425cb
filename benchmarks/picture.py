"""The picture at random moments over a record of a million entries: what is in force, and the whole answer as JSON.

There is no peer: the aim is an answer in under 100 ms whatever the moment.
"""

from __future__ import annotations

import tempfile
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.measure import Figure, seconds, timed
from clearway.picture.index import PictureIndex
from clearway.picture.view import Moments, picture_of, shown
from clearway.record.entry import Draft, Happened
from clearway.record.kinds.figures import Count
from clearway.record.kinds.incidents import Incident
from clearway.record.open import open_record
from clearway.record.parts import Amount
from clearway.record.source import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clearway.record.store import Store

ENTRIES = 1_000_000
_BATCH = 5000
_FIGURES = 20
_DAYS = 23
_START = datetime(2022, 2, 8, tzinfo=UTC)
_STREAM = "operation"


def figures() -> Iterator[Figure]:
    """Measure writing, indexing, adding one, and asking."""
    with tempfile.TemporaryDirectory() as folder, closing(open_record(str(Path(folder) / "room.record"))) as store:
        yield from _measured(store)


def _measured(store: Store) -> Iterator[Figure]:
    rng = np.random.default_rng(2022)
    index = PictureIndex()
    drafts = (_draft(number, rng) for number in range(2 * ENTRIES))

    def write(count: int) -> None:
        store.append(_STREAM, [next(drafts) for _ in range(count)])

    def write_all() -> None:
        for _ in range(ENTRIES // _BATCH):
            write(_BATCH)

    written = timed(write_all)
    yield Figure(f"write {ENTRIES:,} entries, {_BATCH:,} at a time", written, note="the making of entries included")
    indexed = timed(lambda: index.add(store.entries(_STREAM)))
    yield Figure(f"index {ENTRIES:,} entries", indexed, note="once for each start of the program; reading included")

    def one_more() -> None:
        write(1)
        index.add(store.entries(_STREAM, after=index.seq))

    yield Figure("write one entry and take it up", seconds(one_more))
    moments = [_START + timedelta(days=float(day)) for day in rng.uniform(1, _DAYS, 32)]
    at, known_at = iter(moments * 16), iter(moments[::-1] * 16)
    yield Figure("in force at a random moment, as known at another", seconds(lambda: index.in_force(next(at), next(known_at))))
    last = _START + timedelta(days=_DAYS)
    yield Figure("in force at the end, as many as are shown", seconds(partial(index.in_force, last, last, most=shown)))
    whole = seconds(
        lambda: picture_of(store, index, _STREAM, Moments(next(at), next(known_at)), bands=False).model_dump_json(), repeats=9
    )
    yield Figure(f"the whole picture at a random moment, {_FIGURES} figures with their estimates, as JSON", whole)


def _draft(number: int, rng: np.random.Generator) -> Draft:
    """An entry without the checks, which are not what is measured."""
    happened = _START + timedelta(days=float(rng.uniform(0, _DAYS)))
    low = float(rng.integers(100, 900))
    high = [low, low, low, 1.5 * low, None][number % 5]  # single figures, ranges, "at least"
    amount = Amount.model_construct(low=low, high=high, about=False, said=None)
    count = Count.model_construct(kind="count", what=f"figure_{number % _FIGURES}", amount=amount, group=None)
    body = count if number % 3 else Incident.model_construct(kind="incident", nature="noise", summary="horns")
    return Draft.model_construct(
        id=f"n{number}",
        body=body,
        happened=Happened.model_construct(start=happened, end=happened, said=""),
        known=happened + timedelta(minutes=float(rng.uniform(0, 600))),
        source=Source(office=f"Office {number % 7}", organisation="Police"),
        places=(),
        withdraws=(),
        corrects=(),
        confirms=(),
        disputes=(),
        release="room",
        entered="imported",
    )
