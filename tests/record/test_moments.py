from __future__ import annotations

import re
from contextlib import suppress
from datetime import datetime

import pytest

from clearway.errors import BadInput
from clearway.record.moments import View, calendar, moment_of, written

WELLINGTON = calendar("Pacific/Auckland", "2022-02-08")


def told(text: str) -> tuple[str, str]:
    span = WELLINGTON.span(text)
    return span.start.strftime("%d %H:%M"), span.end.strftime("%d %H:%M")


@pytest.mark.parametrize(
    ("text", "start", "end"),  # UTC; Wellington is 13 hours ahead in February
    [
        ("2022-02-18T19:05+13:00", "18 06:05", "18 06:05"),
        ("2022-02-18T06:05Z", "18 06:05", "18 06:05"),
        ("2022-02-18T17:30+13:00/2022-02-18T18:00+13:00", "18 04:30", "18 05:00"),
        ("2022-02-18", "17 11:00", "18 11:00"),
        ("2022-02-18 morning", "17 17:00", "17 23:00"),
        ("2022-02-18 19:05", "18 06:05", "18 06:05"),
        ("2022-02-18 at 7.30pm", "18 06:30", "18 06:30"),
        ("2022-02-18 about 7pm", "18 05:30", "18 06:30"),
        ("2022-02-18 12am", "17 11:00", "17 11:00"),
        ("2022-02-18 12pm", "17 23:00", "17 23:00"),
        ("day 1", "07 11:00", "08 11:00"),
        ("Day 11", "17 11:00", "18 11:00"),
        ("day 11  about 7pm", "18 05:30", "18 06:30"),
        ("day 14 tonight", "21 05:00", "21 11:00"),
        ("2022-02-18 morning/2022-02-19 night", "17 17:00", "18 17:00"),
        ("2022-02-18 between 6 and 8pm", "18 05:00", "18 07:00"),
        ("2022-02-18 10 to 2pm", "17 21:00", "18 01:00"),
        ("2022-02-18 12 to 2pm", "17 23:00", "18 01:00"),
        ("2022-02-18 11 to 1am", "18 10:00", "18 12:00"),
        ("day 11 between noon and 2:30pm", "17 23:00", "18 01:30"),
        ("day 11 between 11pm and 1am", "18 10:00", "18 12:00"),
        ("between 18 and 20 Feb 2022", "17 11:00", "20 11:00"),
    ],
)
def test_a_time_leaves_open_what_its_words_leave_open(text: str, start: str, end: str) -> None:
    assert told(text) == (start, end)


def test_the_words_are_kept_and_a_plain_moment_needs_none() -> None:
    assert WELLINGTON.span(" day 11   morning ").said == "day 11 morning"
    moment = WELLINGTON.span("2022-02-18T19:05+13:00")
    assert (moment.said, moment.end) == ("", moment.start)


def test_daylight_saving_is_the_zones_own() -> None:
    # clocks went back on 3 April 2022: that day had 25 hours
    span = WELLINGTON.span("2022-04-03")
    assert (span.end - span.start).total_seconds() == 25 * 3600


@pytest.mark.parametrize("hour", ["02:00", "2:30am", "02:59"])
def test_an_hour_that_clocks_skip_is_refused_with_one_that_they_show(hour: str) -> None:
    # clocks go forward from 02:00 to 03:00 on 27 September 2026
    with pytest.raises(BadInput, match="clocks go forward over it") as refused:
        WELLINGTON.moment(f"2026-09-27 {hour}")
    (remedy,) = re.findall("'(.+)'", str(refused.value))
    assert WELLINGTON.moment(remedy).astimezone(WELLINGTON.zone).hour == 3
    assert WELLINGTON.moment("2026-09-27 01:59") < WELLINGTON.moment("2026-09-27 03:00")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "cannot be read as a time"),
        ("soon", "cannot be read as a time"),
        ("2022-02-18T19:05", "does not say its zone"),
        ("2022-13-45", "not a date of the calendar"),
        ("2022-02-18 25:00", "no such hour"),
        ("2022-02-18 13pm", "no such hour"),
        ("2022-02-18 teatime", "cannot be read as a time"),
        ("2022-02-20/2022-02-18", "ends before it starts"),
        ("2022-02-18 between 6 and 8", "cannot be read as a time"),
        ("2022-02-18 13 to 8pm", "no such hour"),
        ("2022-02-18T99:05Z", "cannot be read as a time"),
    ],
)
def test_what_cannot_be_read_is_said_with_an_example(text: str, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        WELLINGTON.span(text)


def test_days_are_counted_only_where_the_first_is_known() -> None:
    with pytest.raises(BadInput, match="the operation has no first day"):
        calendar("UTC").span("day 3")


def test_a_calendar_needs_a_zone_and_a_date_that_exist() -> None:
    with pytest.raises(BadInput, match="Pacific/Auckland"):
        calendar("Middle/Earth")
    with pytest.raises(BadInput, match="2022-02-08"):
        calendar("UTC", "the eighth")


def test_written_times_sort_as_times() -> None:
    moments = ["2022-02-18T19:05+13:00", "2022-02-18T06:05:00.5Z", "2022-02-18T06:06Z"]
    texts = [written(moment_of(moment)) for moment in moments]
    assert texts == sorted(texts)
    assert [moment_of(text) for text in texts] == [moment_of(moment) for moment in moments]


@pytest.mark.parametrize("near", ["0001-01-01T00:00+00:00", "9999-12-31T23:59+00:00"])
@pytest.mark.parametrize("words", ["tomorrow 7pm", "yesterday", "Friday", "7pm", "day 2", "overnight", "9999-12-31 overnight"])
def test_words_at_either_end_of_the_calendar_are_read_or_refused_and_never_a_fault(near: str, words: str) -> None:
    with suppress(BadInput):
        span = WELLINGTON.span(words, View(datetime.fromisoformat(near)))
        assert span.start <= span.end


def test_a_time_to_type_names_the_year_only_long_after_the_first_day() -> None:
    for day, example in (("2022-02-18", "17 Feb 7pm"), ("2022-07-09", "8 Jul 7pm"), ("2022-07-10", "9 Jul 2022 7pm")):
        assert WELLINGTON.examples(moment_of(f"{day}T12:00+12:00"))[0] == example
    with pytest.raises(BadInput, match=r"'3/4/22' may mean two dates. Write the month by its name, such as '20 Feb 7pm'."):
        WELLINGTON.span("3/4/22", View(moment_of("2022-02-21T20:00+13:00")))


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("Monday", 21), ("Sunday", 20), ("Tuesday", 15), ("last Monday", 14), ("last Sunday", 20), ("next Monday", 28),
        ("next Tuesday", 22), ("this Monday", 21), ("this Tuesday", 22), ("LAST Tuesday", 15),
        ("Wednesday", 16), ("Thursday", 17), ("Friday", 18), ("Saturday", 19),
    ],
)  # fmt: skip
def test_a_day_of_the_week_is_the_last_one_or_as_its_word_says(said: str, day: int) -> None:
    """Said on a Monday, 21 February 2022."""
    monday = View(moment_of("2022-02-21T20:00+13:00"))
    assert WELLINGTON.moment(f"{said} noon", monday) == moment_of(f"2022-02-{day}T12:00+13:00")


@pytest.mark.parametrize("text", ["day 11 9am to 11", "day 11 9 to 11", "9 to day 3", "day 11 9am to 14"])
def test_from_to_with_an_hour_that_may_be_a_day_is_not_guessed(text: str) -> None:
    with pytest.raises(BadInput, match="cannot be read as a time"):
        WELLINGTON.span(text)
