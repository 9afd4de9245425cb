"""Trips brought nearer to a bound: jobs balanced among trucks, one step never at the cost of another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clearway.planning.vehicles.towing.balancing import Balancing
from clearway.planning.vehicles.towing.clock import ALWAYS
from clearway.planning.vehicles.towing.nearing import Nearing, depths, ended_s
from clearway.planning.vehicles.towing.problem import Bound, Job, Leg, Problem, Trip, Truck, Yard

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.planning.vehicles.towing.contract import Window


def town(
    lasts: Sequence[int],
    trucks: int,
    *,
    steps: Sequence[int] | None = None,
    heavy: Sequence[int] = (),
    windows: tuple[Window, ...] = ALWAYS,
) -> Problem:
    """Jobs that last so many seconds, no drive takes any; the first truck is heavy."""
    return Problem(
        jobs=tuple(Job(0, "car", at in heavy, (steps or [0] * len(lasts))[at], lasts[at], 0) for at in range(len(lasts))),
        trucks=tuple(Truck(heavy=at == 0, size=0, storage=0, windows=windows) for at in range(trucks)),
        yards=(Yard(ALWAYS),),
        legs={(0, 0): Leg((0,), (0,), 0)},
        lane_moves=(0,),
    )


def trips_by(problem: Problem, by: Sequence[int]) -> list[Trip]:
    """Each job by a truck, one after the other."""
    free, found = [0] * len(problem.trucks), []
    for job, truck in enumerate(by):
        start, end = free[truck], free[truck] + problem.jobs[job].hook_s
        found.append(Trip(job, truck, 0, 0, start, start, end, end, end))
        free[truck] = end
    return found


def trucks_of(nearing: Nearing) -> dict[int, int]:
    return {one.job: one.truck for one in nearing.trips}


def test_when_the_last_of_some_trips_is_done() -> None:
    problem = town([30, 20, 5], 2)
    assert ended_s(trips_by(problem, [0, 1, 1])) == 30
    assert ended_s([]) == 0


@pytest.mark.parametrize(
    ("after", "found"),
    [
        ({0: (), 1: (), 2: ()}, {0: 0, 1: 0, 2: 0}),
        ({0: (), 1: (0,), 2: ()}, {0: 0, 1: 1, 2: 0}),
        ({0: (1,), 1: (2,), 2: ()}, {0: 2, 1: 1, 2: 0}),
        ({0: (2,), 1: (0,), 2: ()}, {0: 1, 1: 2, 2: 0}),
        ({0: (), 1: (0,), 2: (0, 1)}, {0: 0, 1: 1, 2: 2}),
        ({0: (), 1: (1,), 2: (9,)}, {0: 0, 1: 0, 2: 1}),  # itself does not count, and what nobody is fetched from does
    ],
)
def test_how_many_stretches_lie_before_each(after: dict[int, tuple[int, ...]], found: dict[int, int]) -> None:
    legs = {(0, stretch): Leg((1,), (1,), 2, fronts) for stretch, fronts in after.items()}
    assert depths(Problem((), (), (), legs)) == found
    jobs = (Job(7, "car", heavy=False, step=0, hook_s=1, yard_s=1),)
    assert depths(Problem(jobs, (), (), legs)) == found | {7: 0}


def test_trucks_of_two_sizes_see_what_lies_before_a_stretch_for_either() -> None:
    legs = {(0, 1): Leg((1,), (1,), 2, (0,)), (1, 1): Leg((1,), (1,), 2), (1, 0): Leg((1,), (1,), 2)}
    assert depths(Problem((), (), (), legs)) == {0: 0, 1: 1}


def test_jobs_of_one_truck_are_balanced_until_the_bound_is_reached() -> None:
    problem = town([500, 400, 300, 200, 100, 300], 3)
    nearing = Nearing(problem, 0, trips_by(problem, [0] * 6), [])
    nearing.balanced(600, lambda: True)
    assert ended_s(nearing.trips) == 600
    assert sorted(one.job for one in nearing.trips) == list(range(6))
    loads = [sum(problem.jobs[job].hook_s for job, by in trucks_of(nearing).items() if by == truck) for truck in range(3)]
    assert loads == [600, 600, 600]


def test_without_time_nothing_is_balanced_and_nothing_to_do_is_as_good_as_can_be() -> None:
    problem = town([500, 400], 2)
    start = trips_by(problem, [0, 0])
    nearing = Nearing(problem, 0, start, [])
    nearing.balanced(500, lambda: False)
    assert nearing.trips == start
    empty = Nearing(problem, 0, [], [])
    empty.balanced(0, lambda: True)
    assert empty.trips == []
    assert empty.priced(Bound(0), lambda: True, lambda: True) == Bound(0)


@pytest.mark.parametrize(("least_s", "is_left"), [(9_999, False), (10_000, True)])
def test_a_step_within_a_ten_thousandth_of_its_bound_is_as_good_as_it(least_s: int, is_left: bool) -> None:  # noqa: FBT001 - a case
    """One second above the bound of 10,000 s is no matter, two above 9,999 s are."""
    problem = town([9_999, 2], 2)
    start = trips_by(problem, [0, 0])
    nearing = Nearing(problem, 0, start, [])
    nearing.balanced(least_s, lambda: True)
    assert (nearing.trips == start) == is_left


def test_no_step_is_held_up_so_that_a_later_one_ends_sooner() -> None:
    """The heavy truck could begin at once with what only it moves: then the cars of the first step would take 400 s."""
    problem = town([200, 200, 1000], 2, steps=[0, 0, 1], heavy=[2])
    start = trips_by(problem, [0, 1, 0])
    nearing = Nearing(problem, 1, start, [200])
    nearing.balanced(1000, lambda: True)
    assert nearing.trips == start
    free = Nearing(problem, 1, start, [400])
    free.balanced(1000, lambda: True)
    assert trucks_of(free) == {0: 1, 1: 1, 2: 0}
    assert ended_s(free.trips) == 1000


def test_prices_raise_the_bound_to_what_the_step_before_leaves() -> None:
    problem = town([200, 200, 1000], 2, steps=[0, 0, 1], heavy=[2])
    start = trips_by(problem, [0, 1, 0])
    nearing = Nearing(problem, 1, start, [200])
    bound = nearing.priced(Bound(200), lambda: True, lambda: True)
    assert (bound.at_least_s, nearing.trips) == (1200, start)
    assert {(one.vehicle, one.step) for one in bound.prices} == {("car", 0), ("car", 1)}
    plain = Nearing(problem, 1, start, [200]).priced(Bound(200), lambda: False, lambda: True)
    assert plain == Bound(1000), "without time the rules of a count prove what they prove"
    known = Nearing(problem, 1, start, [200]).priced(Bound(1100), lambda: False, lambda: True)
    assert known == Bound(1100), "and the bound of the step before holds"


def test_a_program_of_parts_of_trucks_brings_trips_to_its_bound() -> None:
    problem = town([600, 500, 400, 300, 200, 100, 100, 200], 3)
    nearing = Nearing(problem, 0, trips_by(problem, [0] * 8), [])
    bound = nearing.priced(Bound(0), lambda: True, lambda: True)
    assert (bound.at_least_s, ended_s(nearing.trips)) == (800, 800)
    lazy = Nearing(problem, 0, trips_by(problem, [0] * 8), [])
    assert lazy.priced(Bound(0), lambda: True, lambda: False).at_least_s == 800
    assert ended_s(lazy.trips) == 2400, "without time to come near it nothing is tried"


@pytest.mark.parametrize(
    ("ends_s", "end_s", "found"), [([], 1000, [0, 0]), ([], 999, None), ([300], 1000, [0, 0]), ([299], 1000, None)]
)
def test_all_is_done_by_a_time_or_it_is_not(ends_s: list[int], end_s: int, found: list[int] | None) -> None:
    """A job of 300 s for the first step and one of 700 s for the last, by one truck."""
    problem = town([300, 700], 1, steps=[0, len(ends_s)])
    assert Balancing(problem, [0, 1], len(ends_s), ends_s).reached([0, 0], end_s, lambda: True) == found


def test_a_job_goes_to_a_truck_that_can_do_it_within_its_hours() -> None:
    late = town([300, 700, 400], 2, heavy=[0], windows=((100, 1200),))
    for end_s, reached in ((900, True), (799, False)):
        found = Balancing(late, [0, 1, 2], 0, []).reached([0, 0, 0], end_s, lambda: True)
        assert (found is not None) == reached
        if found is not None:
            assert found in ([0, 1, 0], [0, 0, 1])
    short = town([300, 700, 400], 2, heavy=[0], windows=((100, 300), (500, 900)))
    assert Balancing(short, [0, 1, 2], 0, []).reached([0, 0, 0], 5000, lambda: True) is None


def test_a_search_that_is_close_turns_once_and_others_as_long_as_there_is_time() -> None:
    problem = town([500, 499, 498], 2)
    asked = []

    def goes_on() -> bool:
        asked.append(1)
        return len(asked) < 3

    balancing = Balancing(problem, [0, 1, 2], 0, [])
    assert balancing.reached([0, 0, 0], 900, goes_on, is_close=True) is None
    assert len(asked) == 1
    hard = Balancing(town([500] * 101, 2), range(101), 0, [])
    asked.clear()
    assert hard.reached([0] * 101, 25_100, goes_on) is None
    assert len(asked) == 3
