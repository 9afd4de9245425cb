"""When something happened is told as precisely as it was said."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from clearway.picture.contract import When
from clearway.record.moments import moment_of
from clearway.words import when_words

AUCKLAND = ZoneInfo("Pacific/Auckland")


@pytest.mark.parametrize(
    ("start", "end", "said", "words"),
    [
        ("10T18:00", "10T18:00", "", "Fri 10 May 18:00"),
        ("10T18:00", "10T19:30", "", "Fri 10 May 18:00 to 19:30"),
        ("10T18:00", "10T19:00", "about half past six", "Fri 10 May about 18:30"),
        ("10T00:00", "11T00:00", "day 3", "Fri 10 May"),
        ("10T01:00", "11T00:00", "", "Fri 10 May"),
        ("10T01:01", "11T00:00", "", "Fri 10 May 01:01 to 00:00"),
        ("10T23:00", "11T00:01", "", "Fri 10 May 23:00 to Sat 11 May 00:01"),
        ("10T00:00", "12T00:01", "", "Fri 10 May 00:00 to Sun 12 May 00:01"),
        ("10T00:01", "12T00:00", "", "Fri 10 May 00:01 to Sun 12 May 00:00"),
        ("09T00:00", "11T00:00", "about day 2", "Thu 9 May to Fri 10 May"),
    ],
)
def test_when_something_happened_is_told_as_precisely_as_it_was_said(start: str, end: str, said: str, words: str) -> None:
    first, last = (moment_of(f"2024-05-{moment}+12:00") for moment in (start, end))
    assert when_words(When(start=first, end=last, said=said), AUCKLAND, year=False) == words


def test_days_bear_their_year_where_nothing_else_tells_it() -> None:
    start, end = moment_of("2024-05-09T00:00+12:00"), moment_of("2024-05-10T00:00+12:00")
    assert when_words(When(start=start, end=end), AUCKLAND) == "Thu 09 May 2024"
    assert when_words(When(start=start, end=start), AUCKLAND) == "Thu 09 May 2024 00:00"


def test_a_moment_that_no_calendar_reaches_is_told_as_it_is() -> None:
    last = datetime(9999, 12, 31, 23, 59, tzinfo=UTC)
    assert when_words(When(start=last, end=last), AUCKLAND) == "Fri 31 Dec 9999 23:59"
