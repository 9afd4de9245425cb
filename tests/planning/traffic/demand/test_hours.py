from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from clearway.assignment.costs import BadTraffic
from clearway.errors import BadFile
from clearway.planning.traffic.demand.hours import hour_share, hour_trips

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("day", ["weekday", "weekend"])
def test_the_hours_of_a_day_make_a_day_and_what_goes_out_comes_home(day: str) -> None:
    hours = [hour_share(day, hour) for hour in range(24)]
    assert sum(hour.share for hour in hours) == pytest.approx(1)
    out, home = (
        sum(hour.share * part for hour, part in pairs)
        for pairs in zip(*(((hour, hour.from_home), (hour, hour.to_home)) for hour in hours), strict=True)
    )
    assert out == pytest.approx(home, abs=0.03)


def test_the_morning_goes_out_and_the_evening_home() -> None:
    morning, evening = hour_share("weekday", 8), hour_share("weekday", 17)
    assert morning.from_home > 5 * morning.to_home
    assert evening.to_home > 2 * evening.from_home
    assert morning.share == max(hour_share("weekday", hour).share for hour in range(12))


def test_an_hour_mixes_the_ways_as_its_shares_say() -> None:
    hour = hour_share("weekday", 8)
    there, between = np.array([[0.0, 100.0], [0.0, 0.0]]), np.array([[0.0, 50.0], [50.0, 0.0]])
    trips = hour_trips(there, between, hour)
    assert trips[0, 1] == pytest.approx(hour.share * (100 * hour.from_home + 50 * hour.between))
    assert trips[1, 0] == pytest.approx(hour.share * (100 * hour.to_home + 50 * hour.between))


@pytest.mark.parametrize(
    ("day", "hour", "says"), [("holiday", 8, "Choose weekday or weekend"), ("weekday", 24, "numbered 0 to 23")]
)
def test_days_and_hours_that_are_none_are_refused(day: str, hour: int, says: str) -> None:
    with pytest.raises(BadTraffic, match=says):
        hour_share(day, hour)


def test_a_table_of_ones_own_is_read_and_its_faults_are_named(tmp_path: Path) -> None:
    path = tmp_path / "hours.csv"
    path.write_text("# ours\nday,hour,share,from_home,to_home\nweekday,8,30,0.5,0.5\nweekday,9,10,0.5,0.5\n")
    assert hour_share("weekday", 8, table=path).share == pytest.approx(0.75)
    path.write_text("day,hour,share,from_home,to_home\nweekday,8,30,0.9,0.5\n")
    with pytest.raises(BadTraffic, match="shares below 0 or above the total"):
        hour_share("weekday", 8, table=path)
    path.write_text("day,hour,share\nweekday,8,30\n")
    with pytest.raises(BadFile, match="has no column 'from_home'"):
        hour_share("weekday", 8, table=path)
    path.write_text("day,hour,share,from_home,to_home\nweekday,8,many,0.9,0.5\n")
    with pytest.raises(BadFile, match="'many', which is not a number"):
        hour_share("weekday", 8, table=path)
    with pytest.raises(BadFile, match="cannot be read"):
        hour_share("weekday", 8, table=tmp_path / "missing.csv")
