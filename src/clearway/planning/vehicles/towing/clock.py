"""Windows of time, in whole seconds after the start."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from clearway.network.hours import holds

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from clearway.planning.vehicles.towing.contract import Window

HORIZON_S = 14 * 86_400
"""A fortnight: a tow that takes longer is no plan."""
ALWAYS: tuple[Window, ...] = ((0, HORIZON_S),)
_TIME = re.compile(r"(\d{1,2}):(\d{2})")


def openings(hours: str, starts: datetime) -> tuple[Window, ...]:
    """When hours hold, in the fortnight after a start; hours are those of the start's own zone.

    >>> from datetime import datetime, timezone
    >>> openings("07:00-19:00", datetime(2022, 2, 16, 18, tzinfo=timezone.utc))[:2]
    ((0, 3600), (46800, 90000))
    """
    midnight = starts.replace(hour=0, minute=0, second=0, microsecond=0)
    turns = sorted({0, *(60 * int(hour) % 1440 + int(minute) for hour, minute in _TIME.findall(hours))})
    edges = [midnight + timedelta(days=day, minutes=minute) for day in range(15) for minute in turns]
    found: list[tuple[float, float]] = []
    for edge, after in zip(edges, [*edges[1:], midnight + timedelta(days=15)], strict=True):
        if holds(hours, edge):
            first, end = (edge - starts).total_seconds(), (after - starts).total_seconds()
            found[-1:] = [(found[-1][0], end)] if found and found[-1][1] == first else [*found[-1:], (first, end)]
    return within([(round(first), round(end)) for first, end in found], ALWAYS)


def within(windows: Iterable[Window], others: Sequence[Window]) -> tuple[Window, ...]:
    """What lies in windows of both."""
    both = [(max(a, c), min(b, d)) for a, b in windows for c, d in others]
    return tuple(sorted((a, b) for a, b in both if a < b))


def without(windows: Iterable[Window], lost: Window) -> tuple[Window, ...]:
    """Windows less one span."""
    return within(windows, [(0, lost[0]), (lost[1], HORIZON_S)])
