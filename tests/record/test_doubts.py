"""Times that nobody may have meant are asked about; what cannot be is refused."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from clearway.errors import BadInput
from clearway.record.doubts import (
    apart_words,
    busiest_span,
    doubts,
    far_words,
    happened_at,
    misdated,
    refuse_disorder,
    span_of,
    ungraded,
)
from clearway.record.moments import calendar, moment_of
from clearway.record.open import open_record
from clearway.record.parse import draft_of

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from clearway.record.entry import Draft

CALENDAR = calendar("Pacific/Auckland", "2022-02-08")
NOW = moment_of("2026-11-29T00:00Z")
SPAN = (moment_of("2022-02-08T00:00+13:00"), moment_of("2022-02-21T20:45+13:00"))
LAST = "Mon 21 Feb 2022 20:45"


def entry(happened: str, *, kind: str = "remark", **fields: Any) -> Draft:  # noqa: ANN401 - any JSON
    body = {"text": "Seen"} if kind == "remark" else {}
    return draft_of({"kind": kind, "body": body, "happened": happened} | fields, CALENDAR, now=NOW)


def asked(draft: Draft) -> list[str]:
    return doubts(draft, SPAN, CALENDAR.zone)


def test_a_day_of_the_operation_is_not_asked_about() -> None:
    assert asked(entry("day 11 7pm")) == []
    assert asked(entry("2022-02-28 20:44")) == []


def test_a_day_far_from_all_others_is_and_says_how_far() -> None:
    assert asked(entry("2022-02-28 20:46")) == [f"Mon 28 Feb 2022 20:46 is 7 days after the operation's last entry ({LAST})."]
    assert asked(entry("2026-11-29 09:00")) == [f"Sun 29 Nov 2026 09:00 is 4 years after the operation's last entry ({LAST})."]
    assert asked(entry("1 March 2021")) == [
        "Tue 02 Mar 2021 00:00 is 11 months before the operation's first entry (Tue 08 Feb 2022 00:00)."
    ]


def test_a_long_span_that_touches_the_operation_is_near_it() -> None:
    assert asked(entry("2021-12-01 to 2022-02-10")) == []


def test_nothing_is_far_from_nothing() -> None:
    assert doubts(entry("2026-11-29 09:00"), None, CALENDAR.zone) == []
    assert far_words(None, SPAN, CALENDAR.zone) == far_words(NOW, None, CALENDAR.zone) == ""


def test_where_nothing_is_written_yet_the_fullest_run_of_days_is_the_operation() -> None:
    days = [entry(f"day {day}") for day in (9, 3, 16)]  # each within a week of the next
    assert busiest_span([entry("2026-11-29 09:00"), *days, entry("2026-11-30 09:00")]) == (
        happened_at(days[1]), happened_at(days[2])
    )  # fmt: skip
    assert busiest_span([]) is None


def test_what_was_known_before_it_happened_is_asked_about() -> None:
    known = {"known": "2022-02-13T19:05+13:00"}
    said = "It begins Fri 18 Feb 2022 19:05, 5 days after the room learnt of it (Sun 13 Feb 2022 19:05). "
    remedy = "Nobody knows of something before it happens: correct the one or the other."
    assert asked(entry("2022-02-18T19:05+13:00", **known)) == [said + remedy]
    shut = entry("2022-02-14T19:05+13:00", kind="road_state", body={"state": "shut"}, **known)
    (told,) = asked(shut)
    assert told.startswith("It begins Mon 14 Feb 2022 19:05, 24 h after the room learnt of it (Sun 13 Feb 2022 19:05)")
    assert told.endswith(": until then it counts as announced.")
    assert asked(entry("2022-02-13T19:07+13:00", **known)) == []


def test_a_promise_due_before_it_was_made_and_a_paper_printed_after_it_was_read_are_asked_about() -> None:
    promise = entry(
        "day 11 7pm", kind="promise", body={"by": "Council", "what": "open the street", "due": "2022-02-18T18:00+13:00"}
    )
    assert asked(promise) == ["It was due Fri 18 Feb 2022 18:00, before it was said (Fri 18 Feb 2022 19:00)."]
    printed = entry("day 11 7pm", known="2022-02-18T19:00+13:00", source={"published": "2022-02-19T19:00+13:00"})
    assert asked(printed) == ["It was published Sat 19 Feb 2022 19:00, after the room learnt of it (Fri 18 Feb 2022 19:00)."]


def test_what_ends_before_it_starts_is_refused() -> None:
    body = {"state": "shut", "starts": "2022-02-18T18:00+13:00", "ends": "2022-02-18T17:00+13:00"}
    with pytest.raises(BadInput, match="it ends before it starts"):
        refuse_disorder(entry("day 11 7pm", kind="road_state", body=body).body)
    refuse_disorder(entry("day 11 7pm", kind="road_state", body=body | {"ends": body["starts"]}).body)


def test_nobody_has_no_grade() -> None:
    graded = {"reliability": "B", "credibility": 2}
    nobody, somebody = entry("day 11", source=graded), entry("day 11", source=graded | {"office": "Officer at gate 3"})
    assert (nobody.source.grade, somebody.source.grade) == ("not graded", "B2")
    assert (nobody.source.weight, somebody.source.weight) == (("F", 6), ("B", 2))
    assert ungraded(nobody) == [
        "Nobody is named as its source, so it has no grade. Say who says so, by office or organisation, and grade that."
    ]
    assert ungraded(somebody) == ungraded(entry("day 11")) == []


def test_what_was_withdrawn_or_corrected_does_not_stretch_the_operation(tmp_path: Path) -> None:
    store = open_record(str(tmp_path / "room.record"))
    wrong = entry("2026-11-28 09:00", id="wrong")
    store.append("square", [entry("day 9 noon", id="first"), wrong])
    assert span_of(store.entries("square")) == (moment_of("2022-02-16T12:00+13:00"), moment_of("2026-11-28T09:00+13:00"))
    store.append("square", [entry("2026-11-29 10:00", withdraws=["wrong"])])
    assert span_of(store.entries("square")) == (moment_of("2022-02-16T12:00+13:00"),) * 2
    store.close()


def test_a_report_that_came_in_and_a_withdrawal_have_not_happened() -> None:
    assert happened_at(entry("day 9", kind="operation", body={"title": "A square"})) is None
    assert happened_at(entry("day 9", withdraws=["another"])) is None
    assert happened_at(entry("2027-01-01")) == NOW - timedelta(0)


@pytest.mark.parametrize(
    ("away", "said"),
    [
        (timedelta(seconds=59), "0 minutes"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(minutes=59, seconds=59), "59 minutes"),
        (timedelta(minutes=60), "1 h"),
        (timedelta(minutes=119), "1 h"),
        (timedelta(days=2, seconds=-1), "47 h"),
        (timedelta(days=2), "2 days"),
        (timedelta(days=61, seconds=-1), "60 days"),
        (timedelta(days=61), "2 months"),
        (timedelta(days=730), "23 months"),
        (timedelta(days=730.5), "2 years"),
        (timedelta(days=1095), "2 years"),
        (timedelta(days=1096), "3 years"),
    ],
)
def test_a_distance_in_time_is_said_in_the_largest_unit_of_which_there_are_two(away: timedelta, said: str) -> None:
    assert apart_words(away) == said


@pytest.mark.parametrize(("end", "side"), [(SPAN[1], 1), (SPAN[0], -1)])
def test_far_is_more_than_a_week(end: datetime, side: int) -> None:
    week, more = timedelta(days=7), timedelta(seconds=1)
    assert far_words(end + side * week, SPAN, CALENDAR.zone) == ""
    assert f"7 days {'after' if side > 0 else 'before'} the" in far_words(end + side * (week + more), SPAN, CALENDAR.zone)


def test_days_a_week_apart_are_one_run_and_of_two_runs_as_full_the_first_counts() -> None:
    apart = [entry("2022-03-01 noon"), entry("2022-03-08 noon")]
    assert busiest_span(apart) == (happened_at(apart[0]), happened_at(apart[1]))
    far = [entry("2022-03-01 noon"), entry("2022-03-08 12:01")]
    assert busiest_span(far) == (happened_at(far[0]),) * 2
    assert busiest_span([entry("day 9", withdraws=["another"])]) is None


@pytest.mark.parametrize(("seconds", "asked_about"), [(120, False), (121, True)])
def test_two_minutes_are_one_moment_and_more_are_asked_about(seconds: int, *, asked_about: bool) -> None:
    moment = moment_of("2022-02-18T19:00+13:00")
    later = (moment + timedelta(seconds=seconds)).isoformat()
    earlier = (moment - timedelta(seconds=seconds)).isoformat()
    begins = entry(later, known=moment.isoformat())
    promise = entry(moment.isoformat(), kind="promise", body={"by": "Council", "what": "open the street", "due": earlier})
    printed = entry(moment.isoformat(), known=moment.isoformat(), source={"published": later})
    for draft in (begins, promise, printed):
        assert (len(asked(draft)) == 1) is asked_about


def test_a_line_of_a_file_is_asked_about_its_time_alone() -> None:
    late = entry("day 11 7pm", known="2022-02-18T19:00+13:00", source={"published": "2022-02-19T19:00+13:00"})
    assert (misdated(late, SPAN, CALENDAR.zone), len(asked(late))) == ([], 1)
    assert len(misdated(entry("2026-11-29 09:00"), SPAN, CALENDAR.zone)) == 1


def test_a_source_that_cannot_be_judged_needs_no_name() -> None:
    assert ungraded(entry("day 11", source={"reliability": "F", "credibility": 6})) == []


def test_only_its_own_bodys_correction_and_a_withdrawal_that_names_it_take_an_entry_out_of_the_span(tmp_path: Path) -> None:
    def shut(happened: str, by: str, **fields: Any) -> Draft:  # noqa: ANN401 - any JSON
        source = {"organisation": by}
        return entry(happened, kind="road_state", body={"state": "shut"}, place="Hill Street", source=source, **fields)

    with closing(open_record(str(tmp_path / "room.record"))) as store:
        store.append("square", [shut("day 9 noon", "Police", id="first"), shut("day 20 noon", "Police", id="last")])
        first, last = (happened_at(one.draft) for one in store.entries("square"))
        store.append("square", [shut("day 10 noon", "Council", corrects=["last"])])
        assert span_of(store.entries("square")) == (first, last), "another body's word stands beside it"
        store.append("square", [shut("day 11 noon", "Police", corrects=["last"])])
        later = moment_of("2022-02-18T12:00+13:00")
        assert span_of(store.entries("square")) == (first, later)
        assert span_of([one for one in store.entries("square") if one.id != "last"]) == (first, later)
    assert span_of([]) is None
