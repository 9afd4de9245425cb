"""When the column of a march is where.

**Moving time** is the time of the march without its halts, seconds from its start. The head is at metre ``s`` of the route at
moving time ``s / v``; the tail, which leaves ``c / v`` after it, at ``c / v + s / w``; a share ``f`` of the column behind the
head at ``(1 - f)`` times the first and ``f`` times the second.

| symbol | meaning | unit |
|---|---|---|
| v, w | pace of head and tail | m/s |
| c | length of the column as it leaves | m |

A halt stops the whole column for some seconds at a moving time: when the head comes to a stop, or from a moment on when the
march is late. The time on the clock is the start, the moving time, and all halts before it. An event that stands has no pace:
it fills its route from its start to its end.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from clearway.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Sequence

MPS_PER_KMH = 1 / 3.6
"""Metres a second in one km/h."""
_EPS_M = 1e-6
"""Lengths as floats."""


@dataclass(frozen=True)
class Column:
    """A column on a route.

    Attributes:
        starts: When the head leaves.
        route_m: Length of the route, metres.
        pace: Of the head, m/s; 0: it stands on the whole route.
        tail_pace: Of the tail, m/s.
        length_m: As it leaves, metres.
        halts: (moving time, seconds), rising.
        stands_s: Seconds for which it stands, where it has no pace.
    """

    starts: datetime
    route_m: float
    pace: float
    tail_pace: float
    length_m: float
    halts: tuple[tuple[float, float], ...] = ()
    stands_s: float = 0.0

    def head_time(self, metres: float) -> float:
        """Moving time at which the head comes to a metre of the route."""
        return metres / self.pace if self.pace else 0.0

    def tail_time(self, metres: float) -> float:
        """Moving time at which the tail leaves a metre of the route."""
        return self.length_m / self.pace + metres / self.tail_pace if self.pace else self.stands_s

    def share_time(self, metres: float, share: float) -> float:
        """Moving time at which a share of the column, from the head, has passed a metre."""
        return (1 - share) * self.head_time(metres) + share * self.tail_time(metres)

    def comes(self, moving_s: float) -> datetime:
        """When something happens that is over before a halt of the same moving time begins."""
        return self._clock(moving_s, bisect_left(self._times, moving_s))

    def goes(self, moving_s: float) -> datetime:
        """When something happens that a halt of the same moving time still holds up."""
        return self._clock(moving_s, bisect_right(self._times, moving_s))

    def moving(self, moment: datetime) -> float:
        """The moving time at a moment: during a halt that of the halt, before the start 0."""
        left = (moment - self.starts).total_seconds()
        if left <= 0:
            return 0.0
        for at, seconds in self.halts:
            if left <= at:
                return left
            left = max(at, left - seconds)
        return left

    def head_m(self, moment: datetime) -> float:
        """Metres of the route at which the head is; the whole route once it has arrived."""
        if not self.pace:
            return self.route_m
        return min(self.moving(moment) * self.pace, self.route_m)

    def tail_m(self, moment: datetime) -> float:
        """Metres of the route at which the tail is; 0 until it leaves."""
        if not self.pace:
            return 0.0 if moment < self.over else self.route_m
        return min(max(self.moving(moment) - self.length_m / self.pace, 0.0) * self.tail_pace, self.route_m)

    @property
    def over(self) -> datetime:
        """When the tail has arrived."""
        return self.goes(self.tail_time(self.route_m))

    def held(self, moment: datetime, seconds: float) -> Column:
        """The same, late by some seconds from a moment on; before its start, it starts later."""
        if moment <= self.starts:
            return self._with(self.halts, self.starts + timedelta(seconds=seconds))
        return self.shifted(self.moving(moment), seconds)

    def shifted(self, moving_s: float, seconds: float) -> Column:
        """The same with all after a moving time later by some seconds; earlier ones move the whole march."""
        if seconds < 0:
            return self._with(self.halts, self.starts + timedelta(seconds=seconds))
        return self._with(tuple(sorted((*self.halts, (moving_s, seconds)))), self.starts)

    def seen(self, metres: float, moment: datetime, *, tail: bool) -> Column:
        """The same as it must be where head or tail was reported at a metre of the route at a moment."""
        moving_s = self.tail_time(metres) if tail else self.head_time(metres)
        return self.shifted(moving_s, (moment - self.comes(moving_s)).total_seconds())

    def _with(self, halts: tuple[tuple[float, float], ...], starts: datetime) -> Column:
        return Column(starts, self.route_m, self.pace, self.tail_pace, self.length_m, halts, self.stands_s)

    @cached_property
    def _times(self) -> list[float]:
        return [at for at, _ in self.halts]

    @cached_property
    def _sums(self) -> list[float]:
        return [0.0, *accumulate(seconds for _, seconds in self.halts)]

    def _clock(self, moving_s: float, halts: int) -> datetime:
        return self.starts + timedelta(seconds=moving_s + self._sums[halts])


def refuse_overtaking(column: Column, corners: Sequence[tuple[int, float, str]]) -> None:
    """Refuse a column that is longer than its route, whose tail passes its head, or whose head meets its own tail.

    Args:
        column: The column.
        corners: Junction, metres and name of each corner of the route, the ends too, in order.

    Raises:
        BadInput: it cannot be.
    """
    if not column.pace:
        return
    if column.length_m > column.route_m + _EPS_M:
        raise BadInput(
            f"The column is {column.length_m:,.0f} m long and its route {column.route_m:,.0f} m: the head arrives before the "
            "tail has left. Give fewer people, a wider column, or a longer route."
        )
    if column.tail_time(column.route_m) < column.head_time(column.route_m):
        gain = 1 / column.pace - 1 / column.tail_pace
        metres = column.length_m / column.pace / gain
        raise BadInput(f"The tail overtakes the head after {metres:,.0f} m. Give the tail the pace of the head, or less.")
    seen: dict[int, float] = {}
    for junction, metres, called in corners:
        if junction in seen and column.tail_time(seen[junction]) > column.head_time(metres):
            loop = metres - seen[junction]
            raise BadInput(
                f"The head comes back to {called} after {loop:,.0f} m, while the column of {column.length_m:,.0f} m still "
                "passes there. Make the loop longer, or the column shorter."
            )
        seen[junction] = metres
