"""Times, resolved by hand for a report published on Friday 18 February 2022 at 20:00 in Wellington, day 11."""

from __future__ import annotations

import pytest

from clearway.intake.passages import Passages
from clearway.intake.time_forms import Clockwork
from clearway.intake.times import TimeMention, times
from intake.reports import CALENDAR, PUBLISHED, local

CLOCKWORK = Clockwork(CALENDAR, PUBLISHED)


def found(text: str) -> list[TimeMention]:
    cut = Passages(text)
    return [one for sentence in cut.sentences for one in times(cut, sentence, CLOCKWORK)]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Police came at 5.30pm.", "18 17:30", "18 17:30"),
        ("Police came just after 7pm.", "18 19:00", "18 19:15"),
        ("It was just before 9.30am.", "18 09:15", "18 09:30"),
        ("Around 3.30am police moved in.", "18 03:00", "18 04:00"),
        ("It began at 19:05.", "18 19:05", "18 19:05"),
        ("It began at 1905 hours.", "18 19:05", "18 19:05"),
        ("They met at noon.", "18 12:00", "18 12:00"),
        ("They left this morning.", "18 06:00", "18 12:00"),
        ("They left early this morning.", "18 03:00", "18 08:00"),
        ("It burned last night.", "17 18:00", "18 03:00"),
        ("It has been shut since last Tuesday.", "15 00:00", "18 20:00"),
        ("It began at half past one this morning.", "18 01:30", "18 01:30"),
        ("He was freed at 9.20 last night.", "17 21:20", "17 21:20"),
        ("It was full since late on Sunday.", "13 18:00", "18 20:00"),
        ("It is to stay shut on Monday.", "21 00:00", "22 00:00"),
        ("There are 300, down from 800 at the weekend.", "12 00:00", "14 00:00"),
        ("It happened on Feb. 8.", "08 00:00", "09 00:00"),
        ("They voted on May 15 to pay.", "15 00:00", "16 00:00"),
        ("It will end by the end of the month.", "28 00:00", "01 00:00"),
        ("Police will lift it at 5am on Tuesday.", "22 05:00", "22 05:00"),
        ("The ramp is closed from 3 p.m. to 11 p.m. today.", "18 15:00", "18 23:00"),
        ("It rained overnight.", "17 20:00", "18 08:00"),
        ("He said so yesterday.", "17 00:00", "18 00:00"),
        ("They came on Monday.", "14 00:00", "15 00:00"),
        ("They came on Tuesday night.", "15 18:00", "16 00:00"),
        ("They will leave on Monday.", "21 00:00", "22 00:00"),
        ("They came last Friday.", "11 00:00", "12 00:00"),
        ("It happened on day 9.", "16 00:00", "17 00:00"),
        ("It is now in its 11th day.", "18 00:00", "18 20:00"),
        ("It was the evening of the ninth day.", "16 17:00", "16 22:00"),
        ("Over the past 24 hours it grew.", "17 20:00", "18 20:00"),
        ("It drew many in the 12 hours since it opened.", "18 08:00", "18 20:00"),
        ("It happened two hours ago.", "18 17:30", "18 18:30"),
        ("It happened three days ago.", "15 00:00", "16 00:00"),
        ("More are expected over the weekend.", "19 00:00", "21 00:00"),
        ("There were more at the weekend.", "12 00:00", "14 00:00"),
        ("It was signed last week.", "07 00:00", "14 00:00"),
        ("The term starts on February 28.", "28 00:00", "01 00:00"),
        ("It was on 3 February 2022.", "03 00:00", "04 00:00"),
        ("It will peak in mid to late March.", "11 00:00", "01 00:00"),
        ("It was shut between 5pm and 6pm.", "18 17:00", "18 18:00"),
        ("It was shut at 9.15am on Wednesday.", "16 09:15", "16 09:15"),
        ("On 2022-02-12 it was quiet.", "12 00:00", "13 00:00"),
    ],
)
def test_words_become_the_span_that_they_leave_open(text: str, first: str, last: str) -> None:
    (one,) = found(text)
    assert (local(one.span.start), local(one.span.end)) == (first, last)
    assert one.span.said in " ".join(text.split())


def test_a_bare_clock_time_that_is_still_to_come_was_yesterdays_unless_the_words_look_ahead() -> None:
    (past,) = found("They were seen at 11pm.")
    assert local(past.span.start) == "17 23:00"
    (ahead,) = found("The gates should be ready by 11pm.")
    assert local(ahead.span.start) == "18 23:00"
    assert ahead.ahead


@pytest.mark.parametrize(
    "text", ["It will not happen overnight.", "You can march.", "On 31 February it was.", "It may rain.", "99:99 is no time."]
)
def test_words_that_only_look_like_times(text: str) -> None:
    assert found(text) == []


def test_a_numbered_day_without_a_first_day_is_the_day_of_the_report() -> None:
    cut = Passages("It was day 9.")
    bare = Clockwork(type(CALENDAR)(CALENDAR.zone), PUBLISHED)
    (one,) = times(cut, cut.sentences[0], bare)
    assert local(one.span.start) == "18 00:00"


def test_an_hour_of_the_night_is_not_of_the_morning_on_which_it_was_told() -> None:
    night, _ = found("It was open from 9pm, police said this morning.")
    assert local(night.span.start) == "17 21:00"


def test_an_entry_of_a_running_report_is_of_the_day_of_publication_whatever_the_one_before_tells() -> None:
    cut = Passages("7.40pm: Tents went up on Monday night.\n6.15pm: The grounds were cleared by 5pm.\n")
    clockwork = Clockwork(CALENDAR, PUBLISHED)
    told = [[local(one.span.start) for one in times(cut, sentence, clockwork)] for sentence in cut.sentences]
    assert told == [["18 19:40", "14 18:00"], ["18 18:15", "18 17:00"]]


def test_summer_time_ends_between_two_days() -> None:
    """Clocks went back on 3 April 2022: midnight is 24 hours of the clock later, 25 of time."""
    clockwork = Clockwork(CALENDAR, PUBLISHED.replace(month=4, day=3, hour=20))
    cut = Passages("It was so yesterday.")
    (one,) = times(cut, cut.sentences[0], clockwork)
    assert (one.span.end - one.span.start).total_seconds() == 25 * 3600


def test_the_clock_time_that_begins_a_line_of_a_log() -> None:
    first, second = found("0615 Control: cordon in place.\n[07:20] Unit 7: 3 vehicles gone.\n")
    assert (local(first.span.start), local(second.span.start)) == ("18 06:15", "18 07:20")
