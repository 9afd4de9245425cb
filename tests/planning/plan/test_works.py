"""Other works and events: under which names a file says them, and that they stand in the way of streets that people hold."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from clearway.errors import BadFile
from clearway.planning.plan.works import Work, conflicts, works_of
from plan_rings import DAYS

if TYPE_CHECKING:
    from clearway.planning.gazetteer import Gazetteer
    from plan_rings import Plans

ZONE = ZoneInfo("Pacific/Auckland")
SIX = DAYS.moment("day 14 6am")


def of(*spot: float, **said: object) -> list[Work]:
    where = {"type": "Point", "coordinates": list(spot or (10.0, 0.0))}
    feature = {"type": "Feature", "properties": said, "geometry": where}
    return works_of({"type": "FeatureCollection", "features": [feature]}, "works.geojson")


@pytest.mark.parametrize(("start", "end"), [("Start_Date", "End_Date"), ("from", "to"), ("starts", "ends"), ("start", "end")])
@pytest.mark.parametrize("name", ["Event_Name", "name", "title", "label"])
def test_a_work_is_read_under_each_of_its_names(name: str, start: str, end: str) -> None:
    (work,) = of(**{name: "Dig", start: "2022-02-21T06:00+13:00", end: "2022-02-21T07:00+13:00"})
    assert (work.name, work.starts, work.is_clock_said) == ("Dig", SIX, True)
    assert work.ends is not None
    assert (work.ends - SIX).total_seconds() == 3600


def test_milliseconds_are_utc_and_may_be_the_local_clock() -> None:
    moment = datetime(2022, 2, 21, 6, tzinfo=UTC)
    (work,) = of(starts=moment.timestamp() * 1000)
    assert (work.starts, work.is_clock_said) == (moment, False)
    assert work.readings(ZONE) == [(SIX.astimezone(UTC), None), (moment, None)]


@pytest.mark.parametrize("wrong", ["2022-02-21T06:00", "yesterday", True, 1e30, [1]])
def test_a_time_that_cannot_be_read_is_refused(wrong: object) -> None:
    with pytest.raises(BadFile, match="a shape or a time that cannot be read"):
        of(starts=wrong)


def test_works_stand_in_the_way_of_a_street_that_people_hold_though_no_barrier_is_near(plans: Plans, grid: Gazetteer) -> None:
    lon, lat = (float(axis) for axis in grid.network.geometry(0)[0])
    works = of(lon, lat, name="Dig", starts="2022-02-21T06:00+13:00", ends="2022-02-21T07:00+13:00")
    bare = plans(barriers=[], starts="day 14 5am", ends="day 14 8am").model_copy(update={"site": (), "occupied": ()})
    assert conflicts(bare, works, grid, ZONE) == []
    line = tuple((float(east), float(north)) for east, north in grid.network.geometry(0))
    (told,) = conflicts(bare.model_copy(update={"occupied": (line,)}), works, grid, ZONE)
    assert told.startswith("Dig (")
    assert told.endswith(" is 0 m away at the same time.")
