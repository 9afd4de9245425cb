"""The picture at random moments over a record of a million entries: which entries are in force about every subject.

There is no peer: the aim is an answer in under 100 ms whatever the moment. Reading the entries that are shown comes on top.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.measure import Figure, seconds, timed
from clearway.picture.index import PictureIndex
from clearway.picture.view import shown
from clearway.record.entry import Draft, Entry, Happened
from clearway.record.kinds.ground import Count, Incident
from clearway.record.parts import Amount

if TYPE_CHECKING:
    from collections.abc import Iterator

ENTRIES = 1_000_000
_FIGURES = 300
_DAYS = 23
_START = datetime(2022, 2, 8, tzinfo=UTC)


def figures() -> Iterator[Figure]:
    """Measure filling, adding one, and asking."""
    rng = np.random.default_rng(2022)
    index = PictureIndex()
    filled = timed(lambda: index.add(_entry(number, rng) for number in range(ENTRIES)))
    yield Figure(
        f"index {ENTRIES:,} entries", filled, note="once for each start of the program; the making of entries included"
    )
    more = iter(range(ENTRIES, 2 * ENTRIES))
    yield Figure("add one entry", seconds(lambda: index.add([_entry(next(more), rng)])))
    moments = [_START + timedelta(days=float(day)) for day in rng.uniform(1, _DAYS, 32)]
    at, known_at = iter(moments * 8), iter(moments[::-1] * 8)
    yield Figure("in force at a random moment, as known at another", seconds(lambda: index.in_force(next(at), next(known_at))))
    last = _START + timedelta(days=_DAYS)
    yield Figure("in force at the end, as many as are shown", seconds(partial(index.in_force, last, last, most=shown)))


def _entry(number: int, rng: np.random.Generator) -> Entry:
    """An entry without the checks, which are not what is measured."""
    happened = _START + timedelta(days=float(rng.uniform(0, _DAYS)))
    count = Count.model_construct(
        kind="count", what=f"figure_{number % _FIGURES}", amount=Amount.model_construct(low=number), group=None
    )
    body = count if number % 3 else Incident.model_construct(kind="incident", nature="noise", summary="horns")
    draft = Draft.model_construct(
        id=f"n{number}",
        body=body,
        happened=Happened.model_construct(start=happened, end=happened, said=""),
        known=happened + timedelta(minutes=float(rng.uniform(0, 600))),
        places=(),
        withdraws=(),
        corrects=(),
    )
    return Entry.model_construct(seq=number + 1, draft=draft)
