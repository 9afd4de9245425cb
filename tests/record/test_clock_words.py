"""Clock times and dates in words, each with what it must not be taken for."""

from __future__ import annotations

from datetime import date

import pytest

from clearway.record.clock_words import half_of_day, minutes_of, month_number, nearest_year


@pytest.mark.parametrize(
    ("said", "clock"),
    [
        ("quarter past six", "6:15"), ("quarter to six", "5:45"), ("half past twelve", "12:30"),
        ("half past twelve am", "0:30"),
        ("quarter to twelve pm", "11:45"), ("quarter to one", "0:45"), ("quarter to twelve am", "23:45"), ("six", "6:00"),
        ("12", "12:00"), ("twelve am", "0:00"), ("12am", "0:00"), ("12pm", "12:00"), ("7 a.m.", "7:00"), ("7 p.m.", "19:00"),
        ("00:00", "0:00"), ("23:59", "23:59"), ("12:59pm", "12:59"), ("1:00pm", "13:00"), ("19.05", "19:05"),
        ("1905 hours", "19:05"),
        ("7 o\u2019clock", "7:00"), ("7 o'clock pm", "19:00"), ("noon", "12:00"), ("midday", "12:00"), ("midnight", "23:59"),
        ("two at night", "2:00"), ("5 at night", "5:00"), ("half past five at night", "5:30"), ("6 at night", "18:00"),
        ("12 at night", "0:00"), ("11 at night", "23:00"), ("9 in the evening", "21:00"), ("12 in the morning", "0:00"),
        ("12 in the afternoon", "12:00"), ("Half Past Two PM", "14:30"), (" 7pm ", "19:00"),
    ],
)  # fmt: skip
def test_a_clock_time_is_read_to_the_minute(said: str, clock: str) -> None:
    minutes = minutes_of(said)
    assert minutes is not None
    assert f"{minutes // 60}:{minutes % 60:02}" == clock


@pytest.mark.parametrize(
    "said", ["24:00", "25:00", "1:60", "13pm", "0am", "0:30am", "thirteen", "half past thirteen", "0 o'clock",
    "quarter past midnight",
             "noon pm", "soon", ""],
)  # fmt: skip
def test_what_no_clock_shows_is_no_time(said: str) -> None:
    assert minutes_of(said) is None


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        ("half past two in the  evening", ("half past two", "pm")), ("2 IN THE MORNING", ("2", "am")), ("7", ("7", "")),
        ("5:59 at night", ("5:59", "am")), ("6 at night", ("6", "pm")), ("soon at night", ("soon", "pm")),
        ("in the morning", ("in the morning", "")),
    ],
)  # fmt: skip
def test_words_behind_a_clock_time_say_its_half_of_the_day(said: str, parts: tuple[str, str]) -> None:
    assert half_of_day(said) == parts


def test_a_day_without_a_year_is_the_nearest_one_or_the_next_and_today_counts() -> None:
    def year(to: date, month: int, day: int) -> tuple[int, int]:
        return nearest_year(to, month, day).year, nearest_year(to, month, day, ahead=True).year

    assert year(date(2022, 7, 2), 1, 1) == (2022, 2023)
    assert year(date(2022, 7, 3), 1, 1) == (2023, 2023)
    assert year(date(2022, 6, 30), 12, 31) == (2021, 2022)
    assert year(date(2022, 1, 3), 1, 3) == (2022, 2022)
    assert year(date(2022, 1, 4), 1, 3) == (2022, 2023)


def test_months_have_their_numbers_by_their_first_three_letters() -> None:
    names = ["Jan", "feb", "MARCH", "apr", "May", "june", "jul", "august", "Sept", "october", "Nov", "december"]
    assert [month_number(name) for name in names] == list(range(1, 13))
