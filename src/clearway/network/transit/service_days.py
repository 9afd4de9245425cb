"""On which days a feed's services run."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from clearway.network.transit.feed_file import rows

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ADDED, _REMOVED = "1", "2"
_MOST_DAYS = 1500
"""Four years: a calendar that claims to run longer is searched no further for its busiest day."""

_MOST_SERVICE_DAYS = 20_000_000
"""Of all services together: five times those of a whole country's feed."""


def service_days(feed: zipfile.ZipFile) -> dict[date, set[str]]:
    """The services of each day; empty where the feed has no calendar.

    Raises:
        KeyError, ValueError: a calendar cannot be read.
    """
    running: dict[date, set[str]] = defaultdict(set)
    calendar = list(rows(feed, "calendar.txt", optional=True))
    if sum(map(_day_count, calendar)) > _MOST_SERVICE_DAYS:
        raise ValueError(f"its calendar has more than {_MOST_SERVICE_DAYS:,} days of service")
    for row in calendar:
        for day in _days(row):
            running[day].add(row["service_id"])
    for row in rows(feed, "calendar_dates.txt", optional=True):
        services = running[_date(row["date"])]
        if row["exception_type"] == _ADDED:
            services.add(row["service_id"])
        elif row["exception_type"] == _REMOVED:
            services.discard(row["service_id"])
    return running


def busiest(running: dict[date, set[str]], trips: Counter[str]) -> tuple[date | None, set[str]]:
    """The day with most trips, and its services; every service where the feed has no calendar.

    Args:
        running: The services of each day.
        trips: How many trips each service has.
    """
    if not running:
        return None, set(trips)
    day = max(sorted(running), key=lambda day: sum(trips[service] for service in running[day]))
    return day, running[day]


def _days(row: dict[str, str]) -> Iterator[date]:
    first = _date(row["start_date"])
    for step in range(_span_days(row)):
        day = first + timedelta(days=step)
        if row[_WEEKDAYS[day.weekday()]] == "1":
            yield day


def _day_count(row: dict[str, str]) -> int:
    """How many days :func:`_days` gives, without going through them."""
    weekmask = [row[weekday] == "1" for weekday in _WEEKDAYS]
    first = np.datetime64(_date(row["start_date"]))
    return int(np.busday_count(first, first + _span_days(row), weekmask)) if any(weekmask) else 0


def _span_days(row: dict[str, str]) -> int:
    """Days from the first of a calendar to its last, no more than matter."""
    return max(0, min((_date(row["end_date"]) - _date(row["start_date"])).days + 1, _MOST_DAYS))


def _date(text: str) -> date:
    return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
