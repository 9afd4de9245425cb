"""Powers and their limits, other works, clocks: against hours counted by hand."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearway.errors import BadFile
from clearway.planning.plan.jurisdiction import jurisdiction_text, read_jurisdiction
from clearway.planning.plan.law import legal_checks, most_hours_in_24
from clearway.planning.plan.works import conflicts, read_works
from clearway.record.kinds.plans import PlannedBarrier
from clearway.record.place import Point
from plan_rings import DAYS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from clearway.planning.gazetteer import Gazetteer
    from plan_rings import Plans

EVENT = {"row": "council_event_1965", "by": "council", "instrument": "Regulations of 1965"}


def hours(*spans: tuple[str | None, str | None], starts: str | None = None, ends: str | None = None) -> float | None:
    def moment(text: str | None) -> object:
        return DAYS.moment(text) if text else None

    barriers = [
        PlannedBarrier.model_validate({"id": f"B{n}", "place": Point(at=(0, 0)), "starts": moment(first), "ends": moment(last)})
        for n, (first, last) in enumerate(spans)
    ]
    return most_hours_in_24(barriers, moment(starts), moment(ends))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("spans", "most"),
    [
        ([("day 3 10:00", "day 3 22:00")], 12),
        ([("day 3 10:00", "day 3 22:01")], 12.0167),
        ([("day 3 22:00", "day 4 05:00")], 7),
        ([("day 3 08:00", "day 3 12:00"), ("day 3 20:00", "day 4 02:00"), ("day 4 07:00", "day 4 09:00")], 11),
        ([("day 3 08:00", "day 3 12:00"), ("day 3 10:00", "day 3 13:00")], 5),
        ([("day 3 08:00", "day 5 08:00")], 24),
        ([("day 3 08:00", None)], None),
        ([], 0),
    ],
)
def test_hours_are_the_most_in_any_24_and_two_barriers_at_once_count_once(
    spans: list[tuple[str | None, str | None]], most: float | None
) -> None:
    assert hours(*spans) == most


def test_a_barrier_without_times_has_those_of_the_plan() -> None:
    assert hours((None, None), starts="day 3 10:00", ends="day 3 13:00") == 3
    assert hours((None, "day 3 12:00"), starts="day 3 10:00", ends="day 3 13:00") == 2
    assert hours((None, None), starts="day 3 10:00") is None


def test_a_night_on_which_clocks_change_has_as_many_hours_as_pass() -> None:
    assert hours(("2022-04-02 22:00", "2022-04-03 05:00")) == 8
    assert hours(("2022-09-24 22:00", "2022-09-25 05:00")) == 6


@given(spans=st.lists(st.tuples(st.integers(0, 70), st.integers(1, 30)), min_size=1, max_size=5))
def test_hours_agree_with_a_count_of_every_hour(spans: list[tuple[int, int]]) -> None:
    start = DAYS.moment("day 3")
    said = [(start + timedelta(hours=first), start + timedelta(hours=first + lasts)) for first, lasts in spans]
    barriers = [PlannedBarrier(id=f"B{n}", place=Point(at=(0, 0)), starts=a, ends=b) for n, (a, b) in enumerate(said)]
    shut = {hour for first, lasts in spans for hour in range(first, first + lasts)}
    by_hand = max(len(shut & set(range(first, first + 24))) for first in range(-24, 110))
    assert most_hours_in_24(barriers, None, None) == by_hand


def checks(
    plans: Plans, *, now: str = "2022-01-01 00:00", powers: Sequence[dict[str, str]] = (EVENT,), **fields: object
) -> dict[str, tuple[bool, str]]:
    plan = plans(powers=list(powers), **fields)
    found = legal_checks(plan, read_jurisdiction(), DAYS.moment(now))
    return {one.name: (one.ok, one.why) for one in found}


def test_twelve_hours_in_any_24_are_within_the_limit_and_a_minute_more_is_not(plans: Plans) -> None:
    ok, why = checks(plans, starts="day 30 6:00", ends="day 30 18:00")["hours_in_24"]
    assert (ok, why) == (True, "Streets are closed 12 h in some 24 hours; the limit is 12 h.")
    assert checks(plans, starts="day 30 6:00", ends="day 30 18:01")["hours_in_24"][0] is False
    ok, why = checks(plans, starts="day 30 6:00")["hours_in_24"]
    assert (ok, why) == (False, "Streets are closed without end in some 24 hours; the limit is 12 h.")


@pytest.mark.parametrize(("starts", "ok"), [("2022-02-12 00:00", True), ("2022-02-11 23:59", False)])
def test_notice_is_counted_to_the_minute(plans: Plans, starts: str, ok: object) -> None:
    assert checks(plans, starts=starts)["notice"][0] is ok
    assert checks(plans)["notice"] == (False, "The plan does not say when it starts; public notice takes 42 days.")


def test_a_plan_names_a_power_that_the_table_has_and_unread_law_is_called_that(plans: Plans) -> None:
    assert checks(plans, powers=[])["power_named"][0] is False
    ok, why = checks(plans, powers=[EVENT | {"row": "by_royal_whim"}])["power_named"]
    assert (ok, why) == (False, "The jurisdiction file has no row by_royal_whim.")
    ok, why = checks(plans, powers=[{"row": "police_disorder", "by": "police", "instrument": "Policing Act"}])["power_named"]
    assert ok
    assert why.endswith("The text of police_disorder was not read: have it checked.")
    ok, why = checks(plans, powers=[{"by": "council", "instrument": "a by-law"}])["power_named"]
    assert (ok, why) == (True, "council: a by-law.")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("notice_days", "notise_days", "has no column 'notice_days'"),
        (",42,12,,", ",soon,12,,", "column 'notice_days' holds 'soon', which is not a number"),
        (",42,12,,", ",-1,12,,", "says notice_days -1 in row council_event_1965"),
        (",42,12,,", ",42,0,,", "says most_hours_in_24 0 in row council_event_1965"),
        ("police_disorder,", "council_works,", "names the row 'council_works' twice or not at all"),
        (",parallel\n", ",perhaps\n", "says text_read 'perhaps'"),
        (
            "police_disorder,", "police_disorder,one, two,",
            r"column in row police_disorder\. Put a value that holds a comma in quotation marks, and name each column\.$",
        ),
        ("text_read\n", "text_read,colour\n", "has a column 'colour', which means nothing here"),
    ],
)  # fmt: skip
def test_a_table_with_a_typing_error_is_refused_in_a_sentence_that_names_it(
    tmp_path: Path, before: str, after: str, said: str
) -> None:
    table = tmp_path / "law.csv"
    assert before in jurisdiction_text()
    table.write_text(jurisdiction_text().replace(before, after))
    with pytest.raises(BadFile, match=said):
        read_jurisdiction(table)


def works(tmp_path: Path, *features: dict[str, object]) -> Path:
    path = tmp_path / "works.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [{"type": "Feature"} | one for one in features]}))
    return path


def work(grid: Gazetteer, metres: float, **said: object) -> dict[str, object]:
    """A work north of the corner where B4 stands."""
    spot = grid.of(Point(at=(0, 0))).spot
    assert spot is not None
    return {"properties": said, "geometry": {"type": "Point", "coordinates": [spot[0], spot[1] + metres / 111_195]}}


@pytest.mark.parametrize(("metres", "near"), [(99, 1), (101, 0)])
def test_works_nearer_than_a_block_at_the_same_time_are_named(
    plans: Plans, grid: Gazetteer, tmp_path: Path, metres: float, near: int
) -> None:
    plan = plans(barriers=[{"id": "B", "place": "0.0, 0.0"}], starts="day 3", ends="day 5").model_copy(update={"site": ()})
    said = {"name": "Drains", "from": "2022-02-09T00:00+13:00", "to": "2022-02-11T00:00+13:00"}
    found = conflicts(plan, read_works(works(tmp_path, work(grid, metres, **said))), grid, DAYS.zone)
    assert len(found) == near
    assert all(one.startswith("Drains (Wed 09 Feb 2022 00:00 to Fri 11 Feb 2022 00:00) is 99 m away") for one in found)


@pytest.mark.parametrize(
    ("first", "last", "meets"),
    [
        ("2022-02-09T00:00+13:00", "2022-02-10T10:00+13:00", 0),
        ("2022-02-09T00:00+13:00", "2022-02-10T10:01+13:00", 1),
        ("2022-02-10T12:00+13:00", "2022-02-11T00:00+13:00", 0),
        ("2022-02-10T11:59+13:00", "2022-02-11T00:00+13:00", 1),
        ("2022-02-10T11:59+13:00", None, 1),
        (None, None, 1),
        (1644447600000, 1644451200000, 0),
        (1644447599000, 1644451200000, 1),  # from 11:59:59, by UTC
        (1644494399000, 1644498000000, 1),  # from 11:59:59, by the local clock
        (1644494400000, 1644498000000, 0),
    ],
)
def test_works_that_touch_the_plans_time_do_not_meet_it_and_what_nobody_dated_does(
    plans: Plans, grid: Gazetteer, tmp_path: Path, first: object, last: object, meets: int
) -> None:
    plan = plans(barriers=[{"id": "B", "place": "0.0, 0.0"}], starts="day 3 10:00", ends="day 3 12:00")
    found = conflicts(
        plan, read_works(works(tmp_path, work(grid, 0, name="W", Start_Date=first, End_Date=last))), grid, DAYS.zone
    )
    assert len(found) == meets


def test_a_work_of_several_pieces_is_told_once_by_the_nearest_and_what_nobody_dated_only_perhaps_meets_the_plan(
    plans: Plans, grid: Gazetteer, tmp_path: Path
) -> None:
    dated = {"name": "Fair", "from": "2022-02-10T11:00+13:00", "to": "2022-02-10T13:00+13:00"}
    pieces = [work(grid, metres, **said) for said in (dated, {"name": "Parade"}) for metres in (50, 20, 30, 500)]
    file = read_works(works(tmp_path, *pieces))
    barriers = [{"id": "B", "place": "0.0, 0.0"}]
    plan = plans(barriers=barriers, starts="day 3 10:00", ends="day 3 12:00").model_copy(update={"site": ()})
    fair = "Fair (Thu 10 Feb 2022 11:00 to Thu 10 Feb 2022 13:00) is 20 m away"
    parade = "Parade (nobody said when) is 20 m away, perhaps at the same time."
    assert conflicts(plan, file, grid, DAYS.zone) == [f"{fair} at the same time.", parade]
    for unsaid in ("starts", "ends"):
        undated = plan.model_copy(update={unsaid: None})
        assert conflicts(undated, file, grid, DAYS.zone) == [f"{fair}, perhaps at the same time.", parade]


def test_a_file_that_does_not_say_by_which_clock_is_read_by_both_and_the_sentence_says_so(
    plans: Plans, grid: Gazetteer, tmp_path: Path
) -> None:
    plan = plans(barriers=[{"id": "B", "place": "0.0, 0.0"}], starts="day 3 10:00", ends="day 3 12:00")
    fair = work(grid, 0, name="A fair", Start_Date=1644490800000, End_Date=1644498000000)
    (said,) = conflicts(plan, read_works(works(tmp_path, fair)), grid, DAYS.zone)
    assert said.startswith(
        "A fair (Thu 10 Feb 2022 11:00 to Thu 10 Feb 2022 13:00; the file does not say whether its clock is "
    )


@pytest.mark.parametrize("bad", [{"from": "someday"}, {"from": "2022-02-09"}, {"Start_Date": 10**30}])
def test_a_work_with_a_time_that_cannot_be_read_is_refused(grid: Gazetteer, tmp_path: Path, bad: dict[str, object]) -> None:
    with pytest.raises(BadFile, match="a time that cannot be read"):
        read_works(works(tmp_path, work(grid, 0, **bad)))
