"""Lists of tows without a search, by hand: who takes which, what stays for whom, and how soon a step can be at the least."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from clearway.planning.vehicles.towing.bound import at_least_s
from clearway.planning.vehicles.towing.clock import ALWAYS, HORIZON_S
from clearway.planning.vehicles.towing.problem import Job, Leg, Problem, Schedule, Truck, Yard
from clearway.planning.vehicles.towing.schedule import counted_clock, nearest_first, scheduled

if TYPE_CHECKING:
    from collections.abc import Sequence

LIGHT, HEAVY = (Truck(heavy=heavy, size=0, storage=0, windows=ALWAYS) for heavy in (False, True))


def town(
    lasts: Sequence[int],
    trucks: Sequence[Truck],
    *,
    heavy: Sequence[int] = (),
    steps: Sequence[int] | None = None,
    **more: object,
) -> Problem:
    """A job on each stretch, on the way for some seconds there and 100 back."""
    jobs = tuple(Job(at, "car", at in heavy, (steps or [0] * len(lasts))[at], 10, 20) for at in range(len(lasts)))
    legs = {(0, at): Leg((one - 130,), (100,), one - 30) for at, one in enumerate(lasts)}
    return replace(Problem(jobs, tuple(trucks), (Yard(ALWAYS),), legs, (0,) * len(lasts), None, 60), **more)  # type: ignore[arg-type]


def listed(problem: Problem) -> list[tuple[int, int, int]]:
    """Truck, job and end of each trip without any time to look for better ones, as they are made."""
    found = scheduled(problem, limit_s=0.0)
    return [(one.truck, one.job, one.done_s) for one in found.trips]


def test_the_longest_tow_goes_first_to_whoever_is_done_with_it_soonest() -> None:
    found = listed(town([300, 500, 400, 200], [LIGHT, LIGHT]))
    assert sorted(found) == [(0, 1, 500), (0, 3, 700), (1, 0, 700), (1, 2, 400)]


def test_of_trucks_that_are_done_at_once_the_one_that_can_move_least_goes_and_then_the_one_that_was_free_last() -> None:
    assert listed(town([300], [HEAVY, LIGHT])) == [(1, 0, 300)]
    late = replace(LIGHT, windows=((300, HORIZON_S),))
    assert listed(town([300, 300], [LIGHT, late])) == [(0, 0, 300), (0, 1, 600)], "of two that are as soon the one at work"
    assert listed(town([300], [LIGHT, LIGHT])) == [(0, 0, 300)]


def test_heavy_vehicles_are_listed_before_longer_ones() -> None:
    assert listed(town([900, 300], [HEAVY], heavy=[1])) == [(0, 1, 300), (0, 0, 1200)]


def test_a_heavy_truck_is_kept_for_heavy_vehicles_where_that_is_sooner_and_helps_where_it_is_not() -> None:
    """It could have the one car done by 600; but then the car of the list that nobody else has time for ends later."""
    assert listed(town([600, 500], [HEAVY, LIGHT], heavy=[0])) == [(0, 0, 600), (1, 1, 500)]
    helps = town([600, 500, 500], [HEAVY, LIGHT], heavy=[0])
    assert max(end for *_, end in listed(helps)) == 1000
    both = town([500, 500], [HEAVY, LIGHT])
    assert sorted(listed(both)) == [(0, 1, 500), (1, 0, 500)]


def test_what_is_in_front_is_listed_before_what_stands_behind_it() -> None:
    legs = {(0, 0): Leg((70,), (100,), 170), (0, 1): Leg((270,), (100,), 370, (0,))}
    behind = town([200, 400], [LIGHT, LIGHT], legs=legs, lane_moves=(1, 0))
    assert listed(behind) == [(0, 0, 200), (1, 1, 480)], "hooked up at 80 it is passable"
    assert listed(replace(behind, lane_moves=(2, 0))) == [(0, 0, 200)], "and never where two must go of one"
    assert scheduled(replace(behind, lane_moves=(2, 0)), limit_s=0.0).left == (1,)


def test_a_step_is_listed_once_the_step_before_it_is() -> None:
    both = town([300, 500, 400], [LIGHT], steps=[1, 0, 1])
    assert listed(both) == [(0, 1, 500), (0, 2, 900), (0, 0, 1200)]
    assert [one.at_least_s for one in scheduled(both, limit_s=0.0).bounds] == [500, 1200]
    apart = town([300, 500], [LIGHT], steps=[2, 0])
    assert [one.at_least_s for one in scheduled(apart, limit_s=0.0).bounds] == [500, 500, 800], "a step of nothing is none"


def test_of_nothing_there_is_nothing_and_what_nobody_can_do_is_left() -> None:
    assert scheduled(town([], [LIGHT])) == Schedule((), (), ())
    found = scheduled(town([300, 400], [LIGHT], heavy=[1]), limit_s=0.0)
    assert ([one.job for one in found.trips], found.left) == ([0], (1,))
    assert [one.at_least_s for one in found.bounds] == [300], "a bound is of what is towed"
    assert scheduled(town([300], [])).left == (0,)


def test_where_trucks_wait_for_one_another_other_orders_are_tried() -> None:
    """One escort: the longest first makes the truck that has little time wait too long."""
    short = replace(LIGHT, escort=True, windows=((0, 1000), (5000, HORIZON_S)))
    wants = replace(LIGHT, escort=True)
    legs = {(0, at): Leg((100,), (back,), 100 + back) for at, back in enumerate((600, 500, 50, 40))}
    crowd = town([730, 630, 180, 170], [short, wants], escorts=1, legs=legs)
    jobs = tuple(replace(one, hook_s=200) for one in crowd.jobs)
    crowd = replace(crowd, jobs=jobs)
    rule = max(one.done_s for one in scheduled(crowd, limit_s=0.0).trips)
    found = scheduled(crowd, limit_s=5.0, clock=counted_clock(crowd))
    assert sorted(one.job for one in found.trips) == [0, 1, 2, 3]
    assert max(one.done_s for one in found.trips) <= rule
    spans = sorted((one.arrive_s - 60, one.hooked_s) for one in found.trips)
    assert all(first[1] <= after[0] for first, after in pairwise(spans))


def test_a_counted_clock_goes_slower_with_many_jobs() -> None:
    few, many = (town([300] * count, [LIGHT]) for count in (300, 600))
    clock = counted_clock(few)
    assert [clock(), clock(), clock()] == pytest.approx([0.04, 0.08, 0.12])
    assert counted_clock(many)() == pytest.approx(0.08)
    assert counted_clock(town([300] * 10, [LIGHT]))() == pytest.approx(0.04)


def test_by_the_plain_rule_whoever_is_free_first_takes_what_is_nearest() -> None:
    found = nearest_first(town([500, 300, 400], [LIGHT, LIGHT]))
    assert [(one.truck, one.job, one.start_s) for one in found.trips] == [(0, 1, 0), (1, 2, 0), (0, 0, 300)]
    assert (found.left, found.bounds) == ((), ())
    tie = nearest_first(town([300, 300], [LIGHT]))
    assert [one.job for one in tie.trips] == [0, 1]


def test_by_the_plain_rule_a_truck_takes_what_it_can_and_what_none_can_is_left() -> None:
    found = nearest_first(town([300, 400, 500], [LIGHT, HEAVY], heavy=[0, 2], steps=[0, 0, 1]))
    assert [(one.truck, one.job) for one in found.trips] == [(0, 1), (1, 0), (1, 2)]
    none = nearest_first(town([300, 400, 500], [LIGHT], heavy=[0, 2], steps=[0, 0, 1]))
    assert ([one.job for one in none.trips], none.left) == ([1], (0, 2))
    steps = nearest_first(town([500, 300], [LIGHT], steps=[0, 1]))
    assert [(one.job, one.start_s) for one in steps.trips] == [(0, 0), (1, 500)]


def test_by_the_plain_rule_nearness_counts_from_where_the_truck_is_and_what_it_cannot_drive_to_is_last() -> None:
    legs = {
        (0, 0): Leg((50, 300), (None, 10), 60), (0, 1): Leg((70, 20), (10, 10), 30), (0, 2): Leg((100, 10), (10, 10), 20),
    }  # fmt: skip
    two = town([180] * 4, [LIGHT], legs=legs, yards=(Yard(ALWAYS), Yard(ALWAYS)))
    found = nearest_first(two)
    assert [one.job for one in found.trips] == [0, 2, 1], "from the second place the third is nearer than the second"
    assert found.left == (3,)


# ---- how soon at the least


def least(lasts: Sequence[int], *trucks: Truck, heavy: Sequence[int] = (), escorts: int | None = None) -> int:
    problem = town(lasts, trucks, heavy=heavy, escorts=escorts)
    return at_least_s(problem, problem.jobs)


def test_heavy_vehicles_are_counted_on_heavy_trucks_and_all_on_all() -> None:
    assert least([300, 300, 200], LIGHT, HEAVY, heavy=[0, 1]) == 600
    assert least([300, 200, 900], LIGHT, HEAVY, heavy=[0, 1]) == 900
    assert least([300, 300, 300, 300], LIGHT, HEAVY, heavy=[0]) == 600
    assert least([300, 300, 300], HEAVY, HEAVY, heavy=[0, 1, 2]) == 600
    assert at_least_s(town([300], [LIGHT]), []) == 0


def test_escorts_bound_a_time_only_where_each_truck_wants_one() -> None:
    wants = replace(LIGHT, escort=True)
    assert least([200] * 4, wants, wants, escorts=1) == 400, "70 s with the one escort each are 280 s"
    assert least([130] * 4, *[wants] * 4, escorts=1) == 280
    assert least([130] * 4, *[wants] * 4, escorts=2) == 140
    assert least([130] * 4, *[wants] * 4) == 130
    assert least([130] * 4, *[wants] * 3, LIGHT, escorts=1) == 130
    assert least([130] * 4, *[wants] * 4, replace(HEAVY, escort=True), heavy=[0, 1, 2], escorts=1) == 390


@pytest.mark.parametrize(
    ("lasts", "windows", "found"),
    [
        ([150], [(0, 149), (200, 350)], 350),
        ([150], [(0, 150), (200, 350)], 150),
        ([150, 150], [(0, 299), (400, 550)], 550),  # together as long as both, and one in each
        ([150, 150], [(0, 300)], 300),
        ([150, 160, 170], [(0, 310), (400, 570)], 570),
        ([150, 160, 170], [(0, 309), (400, 579)], HORIZON_S),  # even the two shorter ones are too long for one
        ([150] * 3, [(0, 200), (300, 600)], 600),
        ([200, 150, 150], [(0, 190), (300, 700)], 610),  # the rules count no further than all together
    ],
)
def test_no_window_holds_more_than_fits_into_it(lasts: list[int], windows: list[tuple[int, int]], found: int) -> None:
    assert least(lasts, replace(LIGHT, windows=tuple(windows))) == found


@pytest.mark.parametrize(
    ("lasts", "trucks", "found"),
    [
        ([400, 390, 380], 2, 770),  # two of the three on one truck, the shorter ones
        ([400, 390, 380, 370, 360], 2, 1110),  # three of five
        ([900, 390, 380], 2, 900),
        ([400, 390], 2, 400),
        ([400, 390, 380, 150], 3, 530),
        ([400] * 9, 2, 2000),
        ([400] * 7, 3, 1200),
    ],
)
def test_of_one_job_more_than_trucks_two_are_done_by_one(lasts: list[int], trucks: int, found: int) -> None:
    assert least(lasts, *[LIGHT] * trucks) == found


def test_a_tow_is_at_work_before_its_storage_place_opens() -> None:
    problem = town([150], [LIGHT], yards=(Yard(((1000, 2000),)),))
    assert at_least_s(problem, problem.jobs) == 1020, "it stands before the gate when that opens"
    two = town([150], [LIGHT], yards=(Yard(((1000, 2000),)), Yard(((500, 520),))))
    assert at_least_s(two, two.jobs) == 520
