"""When a text says that it was published: what is a dateline, and what only tells of a day."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from clearway.intake.datelines import dated, dateline, near_to
from clearway.intake.report import Report
from clearway.record.moments import Calendar, calendar, moment_of

WELLINGTON = calendar("Pacific/Auckland", "2022-02-08")
CHICAGO = calendar("America/Chicago")
THEN, NOW = moment_of("2022-02-21T20:45+13:00"), moment_of("2026-11-29T00:00Z")


def found(text: str, where: Calendar = WELLINGTON, *, near: datetime = THEN, at: datetime = NOW) -> str | None:
    line = dateline(text, where, near=near, now=at)
    return f"{line.moment.astimezone(where.zone):%Y-%m-%dT%H:%M}" if line else None


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("WELLINGTON, Feb. 16 (Agency) — Police said that 12 cars left.", "2022-02-16T23:59"),
        ("Wednesday 23 February 2022, 9:05am\nPolice update", "2022-02-23T09:05"),
        ("Police update\n16/02/2022\nText", "2022-02-16T23:59"),
        (
            "A headline of some sort\nBy Jane Doe\nPublished: 23 Feb 2022 9.05am\nUpdated 3.40pm\nText of it.",
            "2022-02-23T15:40",
        ),
        ("Headline\n3:40 pm on 16 February 2022\nText", "2022-02-16T15:40"),
        ("OTTAWA, Feb 16, 2022 (Reuters) - The", "2022-02-16T23:59"),
        ("PARIS, 16 February. - Text", "2022-02-16T23:59"),
        ("[16/02/22, 19:05:33] Ana: cars left", "2022-02-16T19:05"),
        ("16/02/2022, 19:05 - Ana: cars left", "2022-02-16T19:05"),
        ("Date: Wed, 16 Feb 2022 09:05:11 +1300\nFrom: x", "2022-02-16T09:05"),
        ("Sent: Wednesday, 16 February 2022 9:05 am\n", "2022-02-16T09:05"),
        ("9:05 am NZDT, 16 February 2022\nText", "2022-02-16T09:05"),
        ("16 February 2022 | 9:05 GMT\nText", "2022-02-16T22:05"),
        ("2022-02-16T09:05:00+13:00\nText", "2022-02-16T09:05"),
        ("2022-02-16 09:05\nText", "2022-02-16T09:05"),
        ("160905M FEB 22\nSITREP", "2022-02-16T09:05"),
        ("Wellington, 16 February 2022 – Police said", "2022-02-16T23:59"),
        ("MEDIA RELEASE\nNew Zealand Police\nWednesday, 16 February 2022 - 9:05am\n", "2022-02-16T09:05"),
        ("Media release 16 February 2022\nfoo", "2022-02-16T23:59"),
        ("Wednesday 16 February\nfoo", "2022-02-16T23:59"),
        ("Wed, Feb. 16\nfoo", "2022-02-16T23:59"),
        ("Day 9, 7pm\nLog", "2022-02-16T19:00"),
        ("Last updated at 15:40 on 16 February 2022\nfoo", "2022-02-16T15:40"),
        ("Posted on February 16, 2022 at 9:05 AM\nfoo", "2022-02-16T09:05"),
        ("February 16, 2022 9:05 AM EST\nfoo", "2022-02-17T03:05"),
        ("16th Feb 2022\nfoo", "2022-02-16T23:59"),
        ("Wednesday the 16th of February 2022\nfoo", "2022-02-16T23:59"),
        ("Issued 0905 hrs 16 February 2022\nfoo", "2022-02-16T09:05"),
        ("16.02.2022 09:05\nfoo", "2022-02-16T09:05"),
        ("The paper\nFeb. 16, 2022, 9:05 a.m.\nfoo", "2022-02-16T09:05"),
        ("WELLINGTON (Agency) — Feb. 16, 2022 — text", "2022-02-16T23:59"),
        ("Wellington (16 Feb 2022) Text", "2022-02-16T23:59"),
        ("By Tom Hunt and Ann Lee | Feb 16 2022, 09:05\nfoo", "2022-02-16T09:05"),
        ("Published 16 Feb, 2022 09:05 AM 3 mins to read\nfoo", "2022-02-16T09:05"),
        ("Published: 16/02/2022 at 9.05am\nfoo", "2022-02-16T09:05"),
        ("16 FEBRUARY 2022\nfoo", "2022-02-16T23:59"),
        ("Wellington, Wednesday 16 February 2022, 9.05 a.m.\nfoo", "2022-02-16T09:05"),
    ],
)
def test_the_line_that_dates_a_text_is_read(text: str, moment: str) -> None:
    assert found(text) == moment


@pytest.mark.parametrize(
    "text",
    [
        "Headline\nUpdated 3.40pm\nSome text on 16 February.",
        "WELLINGTON, New Zealand (AP) — About 450 vehicles left on Feb. 16.",
        "On Wednesday 16 February 2022 police towed cars.",
        "Police towed cars on 16 February 2022.",
        "Statement on the events of 16 February 2022\nText",
        "Feb 16 march: what we know\nText",
        "Embargoed until 18 February 2022\nfoo",
        "(Wellington, 16 Feb.) Text of the news here.",
        "Published on Wednesday\nfoo",
        "23 people were hurt\n12 May Street is shut",
        "May 12 people have left. \nfoo",
        "",
    ],
)
def test_a_day_that_a_sentence_tells_of_is_no_dateline(text: str) -> None:
    assert found(text) is None


def test_the_month_stands_first_only_where_people_write_it_so() -> None:
    assert (found("03/02/2022"), found("03/02/2022", CHICAGO)) == ("2022-02-03T23:59", "2022-03-02T23:59")
    assert (found("02/16/2022"), found("16/02/2022", CHICAGO)) == ("2022-02-16T23:59", "2022-02-16T23:59")


@pytest.mark.parametrize("day", [date(2022, 2, 16), date(2024, 2, 29), date(2023, 12, 31), date(2020, 1, 1)])
def test_a_weekday_and_a_day_of_the_month_are_of_the_nearest_year_that_has_them_the_earlier_of_two(day: date) -> None:
    near = datetime(day.year, 6, 15, tzinfo=UTC)
    for number, name in enumerate(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")):
        text = f"{name} {day:%d %B}, 9:05am\nPolice update"
        fits = []
        for year in range(day.year - 6, day.year + 7):
            with suppress(ValueError):  # no 29 February
                fits.append(date(year, day.month, day.day))
        of_weekday = [one for one in fits if one.weekday() == number]
        if not of_weekday:
            continue  # a 29 February of that weekday is further away
        nearest = min(of_weekday, key=lambda one: (abs(one.year - day.year), one.year))
        assert found(text, near=near, at=moment_of("2040-01-01T00:00Z")) == f"{nearest}T09:05"


def test_a_year_left_out_is_that_of_the_operation_and_a_weekday_tells_which() -> None:
    assert found("LYON, 3 Dec. (Agency) - Text", near=moment_of("2019-01-05T00:00Z")) == "2018-12-03T23:59"
    assert found("Tuesday 16 February", near=THEN) == found("Tue 16 February", near=THEN) == "2021-02-16T23:59"
    assert found("Monday 16 February", near=THEN) == "2026-02-16T23:59"
    assert found("Saturday 29 February", near=THEN) == "2020-02-29T23:59"


def test_of_today_it_is_of_now_and_nothing_is_of_tomorrow() -> None:
    noon = moment_of("2022-02-16T12:00+13:00")
    assert found("16 February 2022\nText", at=noon) == "2022-02-16T12:00"
    assert found("17 February 2022\nText", at=noon) is None


def test_a_date_at_the_foot_of_a_long_text_counts_and_one_in_its_middle_does_not() -> None:
    words = "Cars stood round the square and people sang. \n" * 150
    assert found(f"{words}Last updated: 16/02/2022 3.40pm") == "2022-02-16T15:40"
    assert found(f"{words}Published: 16/02/2022\n{words}") is None
    few = ["A line.\n" * lines for lines in (5, 6)]
    assert [found(f"{words}Published: 16/02/2022\n{after}") for after in few] == ["2022-02-16T23:59", None]


def test_what_is_said_to_be_published_comes_before_an_agency_s_line_a_bare_one_and_an_update() -> None:
    lines = [
        "Updated: 12 February 2022",
        "13 February 2022",
        "OTTAWA, 14 February (Agency) - Text",
        "Published: 15 February 2022",
    ]
    assert [found("\n".join(lines[:count])) for count in (1, 2, 3, 4)] == [
        "2022-02-12T23:59", "2022-02-13T23:59", "2022-02-14T23:59", "2022-02-15T23:59",
    ]  # fmt: skip
    assert [found("\n".join(lines[:count][::-1])) for count in (2, 3, 4)] == [
        "2022-02-13T23:59", "2022-02-14T23:59", "2022-02-15T23:59",
    ]  # fmt: skip


def test_a_day_whose_end_no_calendar_has_is_passed_over() -> None:
    assert found("Day 1\n17 February 2022\nLog", calendar("Pacific/Honolulu", "9999-12-31")) == "2022-02-17T23:59"


def test_what_something_else_dates_keeps_its_date() -> None:
    report = Report("WELLINGTON, Feb. 16 (Agency) - Text", "a", moment_of("2022-02-18T00:00Z"))
    assert dated(report, WELLINGTON, near=THEN, now=NOW) is report
    undated = dated(Report("Text alone", "a"), WELLINGTON, near=THEN, now=NOW)
    assert undated.published is None


def test_years_are_near_the_last_that_happened_else_the_first_day_else_now() -> None:
    span = (moment_of("2022-02-08T00:00Z"), THEN)
    assert near_to(span, WELLINGTON, NOW) == THEN
    assert near_to(None, WELLINGTON, NOW) == datetime(2022, 2, 8, 12, tzinfo=ZoneInfo("Pacific/Auckland"))
    assert near_to(None, CHICAGO, NOW) == NOW
