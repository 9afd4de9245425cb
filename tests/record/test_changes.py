"""What one entry says otherwise than another, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clearway.record.changes import changes
from clearway.record.moments import calendar, moment_of
from clearway.record.parse import draft_of

if TYPE_CHECKING:
    from clearway.record.entry import Draft

CALENDAR = calendar("Pacific/Auckland", "2022-02-08")
NOW = moment_of("2022-02-21T20:00+13:00")
CARS = {"what": "cars", "direction": "left", "amount": 12}


def flow(**fields: Any) -> Draft:  # noqa: ANN401 - any JSON
    said = {"kind": "flow", "body": CARS, "happened": "day 11 14:20", "source": "Officer, Police", "place": "Hill Street"}
    return draft_of(said | fields, CALENDAR, now=NOW)


def told(before: Draft, after: Draft) -> list[str]:
    return [str(change) for change in changes(before, after, CALENDAR.zone)]


def test_a_number_is_called_by_what_it_counts() -> None:
    assert told(flow(), flow(body=CARS | {"amount": "about 14"})) == ["Cars left: 12 -> about 14"]
    count = {"kind": "count", "happened": "day 11 14:20", "source": "Officer, Police", "place": "Hill Street"}
    one, other = (draft_of(count | {"body": {"what": "people", "amount": n}}, CALENDAR, now=NOW) for n in ("300-400", 450))
    assert told(one, other) == ["People: 300 to 400 -> 450"]


def test_what_is_only_put_otherwise_is_no_change() -> None:
    assert told(flow(), flow(happened="2022-02-18 14:20", place="Hill St", id="another")) == []
    assert told(flow(body=CARS | {"amount": {"low": 12, "high": 12, "said": "a dozen"}}), flow()) == []


def test_every_field_is_set_against_the_other_also_one_that_only_one_has() -> None:
    after = flow(
        body=CARS | {"note": "under escort"}, place="Hill Street; Molesworth Street", happened="day 11 15:00", release="public",
        source={"office": "Officer", "organisation": "Council", "medium": "radio", "reliability": "B", "credibility": 2},
    )  # fmt: skip
    assert told(flow(), after) == [
        "Note: not stated -> under escort",
        "Where: Hill Street -> Hill Street; Molesworth Street",
        "When: Fri 18 Feb 2022 14:20 -> Fri 18 Feb 2022 15:00",
        "On behalf of: Police -> Council",
        "Medium: other -> radio",
        "Grade: F6 -> B2",
        "Visible to: room -> public",
    ]


def test_yes_and_no_lists_and_times_are_said_in_words() -> None:
    shut = {"kind": "road_state", "body": {"state": "shut"}, "happened": "day 11 09:00", "place": "Hill Street"}
    one = draft_of(shut, CALENDAR, now=NOW)
    other = draft_of(shut | {"body": {"state": "restricted", "ends": "day 12 18:00"}}, CALENDAR, now=NOW)
    assert told(one, other) == ["State: shut -> restricted", "Ends: not stated -> Sat 19 Feb 2022 18:00"]


def test_another_kind_says_what_is_lost_and_what_is_new() -> None:
    count = flow(kind="count", body={"what": "cars", "amount": 14})
    assert told(flow(), count) == ["What it is: flow -> count", "Cars: 12 -> 14", "Direction: left -> not stated"]


def weather(**said: Any) -> Draft:  # noqa: ANN401 - any JSON
    return draft_of({"kind": "weather", "body": {"summary": "Rain"} | said, "happened": "day 11 14:20"}, CALENDAR, now=NOW)


def test_yes_and_no_and_figures_are_said_as_people_write_them() -> None:
    one, other = weather(wind_kmh=40, forecast=False), weather(wind_kmh=62.5, forecast=True)
    assert told(one, other) == ["Wind kmh: 40 -> 62.5", "Forecast: no -> yes"]


def test_lists_are_said_one_after_the_other_and_an_empty_one_says_nothing() -> None:
    body = {"what": "wait", "by": "Police"}
    decision = {"kind": "decision", "body": body, "happened": "day 11 09:00"}
    one = draft_of(decision, CALENDAR, now=NOW)
    other = draft_of(decision | {"body": body | {"rejected": ["go in", "shut_all"]}}, CALENDAR, now=NOW)
    assert told(one, other) == ["Rejected: not stated -> go in, shut all"]


def test_a_stretch_of_time_and_who_spoke_are_said_whole() -> None:
    later = flow(happened="2022-02-18T14:20+13:00/2022-02-18T15:00+13:00", source="Inspector, Police")
    assert told(flow(), later) == [
        "When: Fri 18 Feb 2022 14:20 -> Fri 18 Feb 2022 14:20 to 15:00",
        "Who says so: Officer -> Inspector",
    ]
    assert [(change.what, change.before) for change in changes(later, flow(), CALENDAR.zone)][1] == ("Who says so", "Inspector")


def test_a_day_is_said_by_its_date() -> None:
    one, other = (
        draft_of({"kind": "operation", "body": {"title": "A square", "first_day": day}, "happened": "day 1"}, CALENDAR, now=NOW)
        for day in ("2022-02-08", "2022-02-09")
    )
    assert told(one, other) == ["First day: 2022-02-08 -> 2022-02-09"]
