"""Times as people type them, read on Monday 21 February 2022 at 20:00 in Wellington: as they are, looking back, and ahead."""

from __future__ import annotations

import pytest

from clearway.errors import BadInput
from clearway.record.moments import View, calendar, moment_of

WELLINGTON = calendar("Pacific/Auckland", "2022-02-08")
NOW = moment_of("2022-02-21T20:00+13:00")
VIEWS = (View(NOW), View(NOW, latest=NOW), View(NOW, ahead=True))


def spans(said: str) -> list[str]:
    """From when until when, in each of the views; one that is as it is in the first is left out."""
    found = []
    for view in VIEWS:
        span = WELLINGTON.span(said, view)
        ends = [moment.astimezone(WELLINGTON.zone).strftime("%d %H:%M") for moment in (span.start, span.end)]
        found.append(ends[0] if ends[0] == ends[1] else " - ".join(ends))
    return found


@pytest.mark.parametrize(
    ("said", "plain", "back", "ahead"),
    [
        ("now", "21 20:00", "", ""), ("in an hour", "21 21:00", "", ""), ("half an hour ago", "21 19:30", "", ""),
        ("20 min ago", "21 19:40", "", ""), ("in 2 hours", "21 22:00", "", ""), ("in three hours", "21 23:00", "", ""),
        ("just after 7pm", "21 19:00 - 21 19:15", "", "22 19:00 - 22 19:15"),
        ("shortly after 7pm", "21 19:00 - 21 19:30", "", "22 19:00 - 22 19:30"),
        ("just before 7pm", "21 18:45 - 21 19:00", "", "22 18:45 - 22 19:00"),
        ("shortly before 7pm", "21 18:30 - 21 19:00", "", "22 18:30 - 22 19:00"),
        ("around 7pm", "21 18:30 - 21 19:30", "", "22 18:30 - 22 19:30"),
        ("at 7pm", "21 19:00", "", "22 19:00"), ("9pm", "21 21:00", "20 21:00", ""), ("20:00", "21 20:00", "", ""),
        ("20:01", "21 20:01", "20 20:01", ""), ("19:59", "21 19:59", "", "22 19:59"), ("midnight", "21 23:59", "20 23:59", ""),
        ("tonight", "21 18:00 - 22 00:00", "", ""), ("last night", "20 18:00 - 21 03:00", "", ""),
        ("overnight", "20 20:00 - 21 08:00", "", ""), ("this morning", "21 06:00 - 21 12:00", "", ""),
        ("yesterday", "20 00:00 - 21 00:00", "", ""), ("tomorrow", "22 00:00 - 23 00:00", "", ""),
        ("noon tomorrow", "22 12:00", "", ""), ("days 11 to 12", "18 00:00 - 20 00:00", "", ""),
        ("day 11-12", "18 00:00 - 20 00:00", "", ""), ("days 11 and 12", "18 00:00 - 20 00:00", "", ""),
        ("10-12 Feb", "10 00:00 - 13 00:00", "", ""), ("10 to 12 Feb 2022", "10 00:00 - 13 00:00", "", ""),
        ("day 3/day 5", "10 00:00 - 13 00:00", "", ""), ("6 to 8pm", "21 18:00 - 21 20:00", "", "22 18:00 - 22 20:00"),
        ("6-8pm", "21 18:00 - 21 20:00", "", "22 18:00 - 22 20:00"),
        ("6 to 7pm", "21 18:00 - 21 19:00", "", "22 18:00 - 22 19:00"),
        ("22:00 to 02:00", "21 22:00 - 22 02:00", "20 22:00 - 21 02:00", ""),
        ("day 11 22:00 to 02:00", "18 22:00 - 19 02:00", "", ""), ("day 11 from 6pm till 7pm", "18 18:00 - 18 19:00", "", ""),
        ("from 6pm to 7pm today", "21 18:00 - 21 19:00", "", ""), ("18 February 2022 19:05", "18 19:05", "", ""),
        ("Feb 18 7pm", "18 19:00", "", ""), ("Feb 18, 2022", "18 00:00 - 19 00:00", "", ""),
        ("Fri 18 Feb noon", "18 12:00", "", ""),
        ("18th of February", "18 00:00 - 19 00:00", "", ""), ("day 0", "07 00:00 - 08 00:00", "", ""),
        ("early morning", "21 03:00 - 21 08:00", "", "22 03:00 - 22 08:00"),
        ("lunchtime", "21 11:00 - 21 14:00", "", "22 11:00 - 22 14:00"), ("quarter to seven", "21 06:45", "", "22 06:45"),
        ("day 12 quarter to seven", "19 06:45", "", ""), ("Monday morning", "21 06:00 - 21 12:00", "", ""),
        ("2022-02-18 2 at night", "18 02:00", "", ""), ("2022-02-18 23", "18 23:00", "", ""),
    ],
)  # fmt: skip
def test_words_mean_their_span_and_an_hour_alone_lies_where_the_writer_looks(
    said: str, plain: str, back: str, ahead: str
) -> None:
    assert spans(said) == [plain, back or plain, ahead or plain]
    assert WELLINGTON.span(said).said == ("" if "/" in said else said)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("an hour", "cannot be read as a time"), ("in 20 min ago", "cannot be read as a time"),
        ("6 to 8", "cannot be read as a time"),
        ("to 8pm", "cannot be read as a time"),
        ("7", "'7' may be a day or an hour. Write '7:00' for the hour, or '7 Feb' for the day."),
        ("1", "may be a day or an hour"), ("23", "may be a day or an hour"), ("24", "has no such hour"),
        ("Mon 18 Feb", "18 Feb 2022 is a Friday. Correct the day or the date, such as 'Fri 18 Feb 2022'."),
        ("3/4", "'3/4' may mean two dates. Write the month by its name, such as '20 Feb 7pm'."), ("31 Feb", "is not a date"),
        ("day 12 to day 11", "ends before it starts"), ("12-10 Feb", "ends before it starts"),
        ("2022-02-18T19:05", "Write '2022-02-18T19:05:00+13:00', or '2022-02-18 19:05' for the operation's own time."),
    ],
)  # fmt: skip
def test_what_may_mean_two_things_or_none_is_asked_for(said: str, sentence: str) -> None:
    with pytest.raises(BadInput) as refused:
        WELLINGTON.span(said, VIEWS[0])
    assert sentence in str(refused.value)


def test_a_message_recommends_times_on_the_side_where_the_writer_looks() -> None:
    for view, times in (
        (VIEWS[0], "'19:05', '20 Feb 7pm', 'day 13 morning', '2022-02-20 19:05' or 'yesterday about 7pm'"),
        (VIEWS[2], "'19:05', '22 Feb 7pm', 'day 15 morning', '2022-02-22 19:05' or 'tomorrow noon'"),
    ):
        with pytest.raises(BadInput) as refused:
            WELLINGTON.span("soon", view)
        assert str(refused.value) == f"'soon' cannot be read as a time. Write a time such as {times}."
    before = moment_of("2022-02-08T12:00+13:00")
    assert WELLINGTON.examples(before) == ["7 Feb 7pm", "2022-02-07 19:05"], "days are numbered from 1"
    assert WELLINGTON.examples(moment_of("2022-02-09T12:00+13:00"))[1] == "day 1 morning"


def test_where_one_moment_is_needed_it_is_the_last_minute_of_a_day_or_its_start() -> None:
    def moment(said: str, *, start: bool = False) -> str:
        return WELLINGTON.moment(said, VIEWS[0], start=start).astimezone(WELLINGTON.zone).strftime("%d %H:%M")

    assert [moment(said) for said in ("day 11", "day 11 evening", "day 11 7pm")] == ["18 23:59", "18 22:00", "18 19:00"]
    assert [moment(said, start=True) for said in ("day 11", "day 11 evening")] == ["18 00:00", "18 17:00"]
    assert moment("2022-02-18 00:00") == "18 00:00", "a moment is itself"


def test_a_date_without_a_year_is_one_of_the_operation() -> None:
    """From a month before its first day to eleven after it, whenever it is read."""
    late = View(moment_of("2023-03-01T12:00+13:00"))
    assert WELLINGTON.span("10 Jul", VIEWS[0]).start == moment_of("2022-07-10T00:00+12:00")
    assert WELLINGTON.span("20 Feb", late).start == moment_of("2022-02-20T00:00+13:00")
    assert WELLINGTON.span("8 Jan", late).start == moment_of("2022-01-08T00:00+13:00")
    assert WELLINGTON.span("1 Jan", VIEWS[0]).start == moment_of("2022-01-01T00:00+13:00")
    assert WELLINGTON.span("1 Jan", late).start == moment_of("2023-01-01T00:00+13:00")
    assert calendar("UTC").span("20 Feb", late).start == moment_of("2023-02-20T00:00Z"), "of no operation: the nearest"


def test_days_are_counted_from_the_first_by_the_local_clock() -> None:
    for moment, day in (("2022-02-07T10:59Z", 0), ("2022-02-07T11:00Z", 1), ("2022-02-21T20:00+13:00", 14)):
        assert WELLINGTON.day(moment_of(moment)) == day
    assert calendar("UTC").day(NOW) is None


@pytest.mark.parametrize("text", ["soon", "2022-02-18", "2022-02-18T19:05", "0001-01-01T00:00+13:00", ""])
def test_a_moment_in_a_file_has_its_zone_and_lies_within_the_calendar(text: str) -> None:
    with pytest.raises(BadInput):
        moment_of(text)
