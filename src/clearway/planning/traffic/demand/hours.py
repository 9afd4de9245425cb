"""Which part of a day's trips begins in an hour, and which way they go: ``hours.csv``."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from clearway.assignment.costs import BadTraffic
from clearway.tables import bundled_table, number, read_table

if TYPE_CHECKING:
    from pathlib import Path

    from clearway.network.model import Floats

TABLE = bundled_table("clearway.planning.traffic.demand", "hours.csv")
HOURS = 24
"""Of a day."""


@dataclass(frozen=True, slots=True)
class HourShare:
    """One hour of a day.

    Attributes:
        day: "weekday" or "weekend".
        hour: 0 to 23; the trips begin between it and the next.
        share: Part of the day's trips, 0 to 1.
        from_home: Part of these that go from a home to an activity.
        to_home: Part that go the other way; what is left goes between activities.
    """

    day: str
    hour: int
    share: float
    from_home: float
    to_home: float

    @property
    def between(self) -> float:
        """Part of the hour's trips that go between activities."""
        return max(1.0 - self.from_home - self.to_home, 0.0)

    def scaled(self, factor: float) -> HourShare:
        """The same hour with more of the day's trips in it, or fewer."""
        return replace(self, share=self.share * factor)


def hour_share(day: str, hour: int, *, table: Path = TABLE) -> HourShare:
    """An hour of a kind of day.

    >>> round(hour_share("weekday", 17).share, 3)
    0.09

    Args:
        day: "weekday" or "weekend".
        hour: 0 to 23.
        table: A table like ``hours.csv``; shares of a day that do not add up to 100 are taken as they are to their sum.

    Raises:
        BadTraffic: the table has no such day or hour, or shares that cannot be.
        BadFile: the table cannot be used.
    """
    rows = [row for row in read_table(table, ("day", "hour", "share", "from_home", "to_home")) if row["day"] == day]
    if not rows:
        raise BadTraffic(f"There is no day '{day}' in {table.name}. Choose weekday or weekend.")
    total = sum(number(row, "share", table) for row in rows)
    for row in rows:
        if number(row, "hour", table) == hour:
            share, from_home, to_home = (number(row, column, table) for column in ("share", "from_home", "to_home"))
            if min(share, from_home, to_home) < 0 or from_home + to_home > 1 + 1e-9 or not total > 0:
                raise BadTraffic(
                    f"Hour {hour} of a {day} in {table.name} has shares below 0 or above the total. Correct that line."
                )
            return HourShare(day, hour, share / total, from_home, to_home)
    raise BadTraffic(f"There is no hour {hour} of a {day} in {table.name}. Hours are numbered 0 to {HOURS - 1}.")


def hour_trips(there: Floats, between: Floats, hour: HourShare) -> Floats:
    """(Z, Z) trips of one hour from those of a day.

    Args:
        there: (Z, Z) a day's trips as if each went from a home (row) to an activity (column).
        between: (Z, Z) a day's trips as if each went from an activity to another.
        hour: The hour, and which way its trips go.
    """
    mixed: Floats = hour.share * (hour.from_home * there + hour.to_home * there.T + hour.between * between)
    return mixed
