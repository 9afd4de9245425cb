"""How soon jobs can be done at the very least, worked out again from what an answer says of them.

See ``docs/why/towing.md`` for why each rule holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.model import Longs

_FORTNIGHT_S = 1_209_600
"""14 days of 86,400 seconds: later nothing is planned, as the format says."""


class Work(NamedTuple):
    """A job: seconds that it takes at least, of which these at the storage place, these with an escort."""

    seconds: int
    yard_s: int
    escorted_s: int


def soonest(
    jobs: Sequence[Work],
    trucks: Sequence[Sequence[tuple[int, int]]],
    open_: Sequence[tuple[int, int]],
    escorts: int | None,
) -> int:
    """The first second at which nothing rules out that all jobs are done.

    Args:
        jobs: Of one group.
        trucks: The windows of each truck that may do them.
        open_: When some storage place is open.
        escorts: How many there are; None where not every truck wants one.
    """
    if not jobs:
        return 0
    lasts = np.sort(np.array([one.seconds for one in jobs], np.int64))
    lead = max(one.seconds - one.yard_s for one in jobs)
    spans = np.array([span for windows in trucks for span in usable(windows, open_, lead)], np.int64).reshape(-1, 2)
    escorted = sum(one.escorted_s for one in jobs)
    low, high = 0, _FORTNIGHT_S
    while low < high:
        middle = (low + high) // 2
        impossible = _ruled_out(lasts, spans, middle) or (escorts is not None and escorted > escorts * middle)
        low, high = (middle + 1, high) if impossible else (low, middle)
    return low


class Priced(NamedTuple):
    """Jobs of one step that are alike: seconds by each crew (None: it cannot do them), how many, and the price of each."""

    step: int
    seconds: tuple[int | None, ...]
    number: int
    price: int


def ruled_out(jobs: Sequence[Priced], crews: Sequence[tuple[int, Sequence[tuple[int, int]]]], ends_s: Sequence[int]) -> bool:
    """Whether jobs are worth more than trucks can do of them in time: then no schedule has them done by those ends.

    Args:
        jobs: All that are to be done.
        crews: How many trucks are alike, and when each of them can be at work (:func:`usable`).
        ends_s: By when all of each step, and of those before it, are done; rising.
    """
    held = 0
    for crew, (trucks, windows) in enumerate(crews):
        room = [sum(max(min(end, last) - first, 0) for first, end in windows) for last in ends_s]
        worth = np.zeros(room[-1] + 1, np.int64)
        for job in sorted(jobs, key=lambda one: one.step):
            seconds, fit = job.seconds[crew], room[job.step]
            if seconds is None or not job.price:
                continue
            for _ in range(min(job.number, fit // max(seconds, 1))):
                # what lies beyond this step's room is worth what its room is
                worth[seconds : fit + 1] = np.maximum(worth[seconds : fit + 1], worth[: fit + 1 - seconds] + job.price)
            worth[fit:] = worth[fit]
        held += trucks * int(worth[-1])
    return sum(job.number * job.price for job in jobs) > held


def usable(windows: Sequence[tuple[int, int]], open_: Sequence[tuple[int, int]], lead: int) -> list[tuple[int, int]]:
    """When a truck works and its tow could end at an open storage place, spans that meet made one."""
    spans = sorted((max(a, c - lead), min(b, d)) for a, b in windows for c, d in open_ if max(a, c - lead) < min(b, d))
    merged: list[list[int]] = []
    for first, end in spans:
        if merged and first <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], end)
        else:
            merged.append([first, end])
    return [(first, end) for first, end in merged]


def _ruled_out(lasts: Longs, spans: Longs, end_s: int) -> bool:
    """Whether jobs (rising) cannot all lie in the spans before a moment."""
    room = np.minimum(spans[:, 1], end_s) - spans[:, 0]
    room = room[room > 0]
    if not len(room) or lasts[-1] > room.max() or lasts.sum() > room.sum():
        return True
    if lasts[0] > 0 and (room // lasts[0]).sum() < len(lasts):
        return True
    falling = lasts[::-1]
    together = np.concatenate(([0], np.cumsum(falling)))
    for more in range(1, (len(lasts) - 1) // len(room) + 1):
        last = more * len(room)
        if together[last + 1] - together[last - more] > room.max():
            return True
    return False
