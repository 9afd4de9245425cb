"""Windows of time of trucks and storage places, minute by minute and at their edges."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from clearway.network.hours import holds
from clearway.planning.vehicles.towing.bound import usable as to_work
from clearway.planning.vehicles.towing.check.bound import Work, soonest, usable
from clearway.planning.vehicles.towing.clock import ALWAYS, HORIZON_S, openings, within, without
from clearway.planning.vehicles.towing.problem import Yard

STARTS = datetime.fromisoformat("2022-02-17T08:00:00+13:00")
HOUR, DAY = 3600, 86_400


@pytest.mark.parametrize(
    ("hours", "first"),
    [
        ("24/7", [(0, HORIZON_S)]),
        ("07:00-19:00", [(0, 11 * HOUR), (23 * HOUR, 35 * HOUR)]),
        ("08:00-19:00", [(0, 11 * HOUR), (DAY, DAY + 11 * HOUR)]),
        ("08:01-19:00", [(60, 11 * HOUR), (DAY + 60, DAY + 11 * HOUR)]),
        ("06:00-08:00", [(22 * HOUR, DAY), (22 * HOUR + DAY, 2 * DAY)]),
        ("22:00-06:00", [(14 * HOUR, 22 * HOUR), (14 * HOUR + DAY, 22 * HOUR + DAY)]),
        ("00:00-24:00", [(0, HORIZON_S)]),
        ("08:00-12:30,13:00-17:00", [(0, 16_200), (5 * HOUR, 9 * HOUR)]),
    ],
)
def test_hours_are_windows_in_seconds_after_the_start(hours: str, first: list[tuple[int, int]]) -> None:
    assert list(openings(hours, STARTS))[: len(first)] == first


@pytest.mark.parametrize("hours", ["07:00-19:00", "Mo-Fr 22:00-06:00; Sa 09:15-12:00", "24/7", "Su 00:00-24:00"])
@pytest.mark.parametrize("starts", [STARTS, STARTS.replace(hour=0), STARTS.replace(hour=23, minute=59)])
def test_windows_hold_whenever_the_hours_hold_for_a_fortnight_and_no_longer(hours: str, starts: datetime) -> None:
    found = openings(hours, starts)
    edges = {edge + beside for window in found for edge in window for beside in (-60, 0)}
    for second in sorted({*edges, *range(0, HORIZON_S, 5 * HOUR)}):
        if 0 <= second < HORIZON_S:
            inside = any(first <= second < end for first, end in found)
            assert inside == holds(hours, starts + timedelta(seconds=second)), second
    assert all(0 <= first < end <= HORIZON_S for first, end in found)
    assert all(end < after for (_, end), (after, _) in pairwise(found)), "windows that meet are one"


def test_what_lies_in_windows_of_both_is_a_window_and_where_they_only_meet_there_is_none() -> None:
    assert within([(0, 10), (20, 30)], [(5, 25)]) == ((5, 10), (20, 25))
    assert within([(20, 30), (0, 10)], [(0, 40)]) == ((0, 10), (20, 30))
    assert within([(0, 10)], [(10, 20)]) == ()
    assert within([(0, 10)], [(9, 20)]) == ((9, 10),)
    assert within([], [(0, 9)]) == within([(0, 9)], []) == ()


@pytest.mark.parametrize(
    ("lost", "left"),
    [
        ((100, 200), ((0, 100), (200, HORIZON_S))),
        ((0, 200), ((200, HORIZON_S),)),
        ((100, HORIZON_S), ((0, 100),)),
        ((0, HORIZON_S), ()),
        ((100, 100), ((0, 100), (100, HORIZON_S))),
    ],
)
def test_a_span_that_is_lost_is_in_no_window(lost: tuple[int, int], left: tuple[tuple[int, int], ...]) -> None:
    assert without(ALWAYS, lost) == left


WINDOWS = [
    ([(0, 1000)], [(500, 2000)], 100, [(400, 1000)]),
    ([(0, 1000)], [(500, 800)], 600, [(0, 800)]),
    ([(0, 1000)], [(1100, 2000)], 100, []),
    ([(0, 1000)], [(1099, 2000)], 100, [(999, 1000)]),
    ([(0, 9000)], [(0, 2000), (2100, 3000)], 100, [(0, 3000)]),
    ([(0, 9000)], [(0, 2000), (2101, 3000)], 100, [(0, 2000), (2001, 3000)]),
    ([(0, 9000)], [(0, 5000), (1000, 3000)], 0, [(0, 5000)]),
    ([(0, 900), (1000, 9000)], [(0, 5000)], 0, [(0, 900), (1000, 5000)]),
    ([], [(0, 5000)], 0, []),
]


@pytest.mark.parametrize(("windows", "open_", "lead_s", "left"), WINDOWS)
def test_a_truck_can_be_at_work_where_its_tow_can_end_at_an_open_storage_place(
    windows: list[tuple[int, int]], open_: list[tuple[int, int]], lead_s: int, left: list[tuple[int, int]]
) -> None:
    assert usable(windows, open_, lead_s) == left
    assert to_work(windows, [Yard(tuple(open_))], lead_s) == left


ALL_DAY = [(0, HORIZON_S)]


@pytest.mark.parametrize(
    ("lasts", "trucks", "open_", "escorts", "least"),
    [
        ([], [ALL_DAY], ALL_DAY, None, 0),
        ([100], [ALL_DAY], ALL_DAY, None, 100),
        ([100, 300], [ALL_DAY, ALL_DAY], ALL_DAY, None, 300),  # the longest
        ([100, 300], [ALL_DAY], ALL_DAY, None, 400),  # all together
        ([100, 300], [[(50, HORIZON_S)]], ALL_DAY, None, 450),
        ([100], [[(0, 99), (200, 300)]], ALL_DAY, None, 300),
        ([100], [[(0, 100), (200, 300)]], ALL_DAY, None, 100),
        ([100, 100], [[(0, 199), (300, 400)]], ALL_DAY, None, 400),  # one in each window
        ([90, 90, 90], [ALL_DAY, ALL_DAY], ALL_DAY, None, 180),  # two on one truck
        ([90, 80, 70], [ALL_DAY, ALL_DAY], ALL_DAY, None, 150),  # the two shorter ones on one
        ([90, 80, 70, 60, 50], [ALL_DAY, ALL_DAY], ALL_DAY, None, 180),  # the three shortest of five on one
        ([70, 70, 31], [ALL_DAY, ALL_DAY, [(100, HORIZON_S)]], ALL_DAY, None, 101),  # a window that begins at the end has none
        ([0, 0, 50], [ALL_DAY], ALL_DAY, None, 50),  # minutes given so small that they are no second
        ([100], [ALL_DAY], [(400, 900)], None, 420),  # 80 s before the storage place opens it starts
        ([100, 100], [ALL_DAY, ALL_DAY], ALL_DAY, 1, 140),  # 70 s with the escort each
        ([100, 100], [ALL_DAY, ALL_DAY], ALL_DAY, 2, 100),
        ([100], [[(0, 99)]], ALL_DAY, None, HORIZON_S),  # never
    ],
)
def test_the_least_time_by_hand(
    lasts: list[int],
    trucks: list[list[tuple[int, int]]],
    open_: list[tuple[int, int]],
    escorts: int | None,
    least: int,
) -> None:
    assert soonest([Work(one, 20, 70) for one in lasts], trucks, open_, escorts) == least
