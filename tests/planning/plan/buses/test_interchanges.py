"""Which missed stops are an interchange, and how many buses call at a bay within an hour."""

from __future__ import annotations

import pytest

from clearway.network.transit.timetable import Stop
from clearway.planning.plan.buses.interchanges import busiest_hour, clusters
from small_timetables import at


def stop(name: str, east: float, station: str = "") -> Stop:
    return Stop(name, f"Stop {name}", *at(east, 0.0), station, None)


@pytest.mark.parametrize(
    ("stops", "ends", "found"),
    [
        ([], ["a"], []),
        ([stop("a", 0)], ["a"], []),
        ([stop("a", 0), stop("b", 79)], ["a"], [["a", "b"]]),
        ([stop("a", 0), stop("b", 79)], ["b", "z"], [["a", "b"]]),
        ([stop("a", 0), stop("b", 79)], ["z"], []),
        ([stop("a", 0), stop("b", 81)], ["a"], []),
        ([stop("a", 0, "S"), stop("b", 500, "S")], ["a"], [["a", "b"]]),
        ([stop("a", 0, "S"), stop("b", 500, "T")], ["a"], []),
        ([stop("a", 0), stop("b", 150), stop("c", 75)], ["a"], [["a", "b", "c"]]),  # the last one joins the first two
        ([stop("a", 0), stop("b", 150), stop("c", 170), stop("d", 75)], ["c"], [["a", "b", "c", "d"]]),
        ([stop("a", 0), stop("b", 50), stop("c", 500), stop("d", 550)], ["a", "d"], [["a", "b"], ["c", "d"]]),
        ([stop("a", 0), stop("b", 50), stop("c", 500), stop("d", 550)], ["d"], [["c", "d"]]),
    ],
)  # fmt: skip
def test_an_interchange_is_two_stops_or_more_within_sight_or_of_one_station_at_one_of_which_trips_end(
    stops: list[Stop], ends: list[str], found: list[list[str]]
) -> None:
    assert clusters(stops, ends) == found


@pytest.mark.parametrize(
    ("seconds", "most"),
    [([], 0), ([5], 1), ([0, 3600], 1), ([0, 3599], 2), ([3599, 0], 2), ([0, 4000, 4000, 7599, 7600], 3)],
)
def test_the_busiest_hour_is_any_sixty_minutes(seconds: list[float], most: int) -> None:
    assert busiest_hour(seconds) == most
