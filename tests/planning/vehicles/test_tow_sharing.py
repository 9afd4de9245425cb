"""Jobs of a step shared anew among trucks, against every way to share them; no drive takes any time here."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

from clearway.planning.vehicles.towing.clock import ALWAYS, HORIZON_S
from clearway.planning.vehicles.towing.problem import Job, Leg, Problem, Trip, Truck, Yard
from clearway.planning.vehicles.towing.sharing import Sharing
from rounds import rounds

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clearway.planning.vehicles.towing.contract import Window


def town(
    lasts: Sequence[int],
    trucks: int,
    *,
    heavy: Sequence[int] = (),
    first: int = 0,
    windows: dict[int, tuple[Window, ...]] | None = None,
) -> Problem:
    """Jobs that last so many seconds; the first trucks of all are heavy, the first jobs of all are of a step before."""
    return Problem(
        jobs=tuple(Job(0, "car", at in heavy, int(at >= first), seconds, 0) for at, seconds in enumerate(lasts)),
        trucks=tuple(Truck(heavy=at == 0, size=0, storage=0, windows=(windows or {}).get(at, ALWAYS)) for at in range(trucks)),
        yards=(Yard(ALWAYS),),
        legs={(0, 0): Leg((0,), (0,), 0)},
        lane_moves=(0,),
    )


def trips_by(problem: Problem, by: Sequence[int], free_s: Sequence[int] | None = None) -> list[Trip]:
    """Each job by a truck, one after the other, from when each truck is free."""
    free, found = list(free_s or [0] * len(problem.trucks)), []
    for job, truck in enumerate(by):
        start, end = free[truck], free[truck] + problem.jobs[job].hook_s
        found.append(Trip(job, truck, 0, 0, start, start, end, end, end))
        free[truck] = end
    return found


def ends_s(trips: Sequence[Trip], trucks: int) -> list[int]:
    return [max((one.done_s for one in trips if one.truck == truck), default=0) for truck in range(trucks)]


def while_end_is(end_s: int) -> Callable[[int], bool]:
    return lambda now_s: now_s == end_s


def jobs_by(trips: Sequence[Trip], trucks: int) -> list[set[int]]:
    return [{one.job for one in trips if one.truck == truck} for truck in range(trucks)]


@pytest.mark.parametrize(
    ("lasts", "ends"),
    [
        ([1000, 1001, 999, 1000], [2000, 2000]),
        ([5, 3, 3], [5, 6]),  # 6 is as near to a half of 11 as 5 is
        ([700, 100], [700, 100]),
        ([2, 1, 1, 1, 1], [3, 3]),
        ([1, 1], [1, 1]),
    ],
)
def test_two_trucks_share_jobs_of_one_as_evenly_as_can_be(lasts: list[int], ends: list[int]) -> None:
    problem = town(lasts, 2)
    start = trips_by(problem, [0] * len(lasts))
    found = Sharing(problem, 1, (), while_end_is(sum(lasts))).shared(start)
    assert sorted(ends_s(found, 2)) == sorted(ends)
    assert sorted(one.job for one in found) == list(range(len(lasts)))


def test_one_second_sooner_is_sooner() -> None:
    problem = town([3, 2, 2], 2)
    found = Sharing(problem, 1, (), while_end_is(5)).shared(trips_by(problem, [0, 0, 1]))
    assert sorted(ends_s(found, 2)) == [3, 4]


def test_trips_are_shared_only_as_long_as_it_is_worth_looking() -> None:
    problem = town([10, 20, 30], 2)
    start = trips_by(problem, [0, 0, 0])
    assert Sharing(problem, 1, (), lambda _: False).shared(start) == start
    assert Sharing(problem, 1, (), lambda _: True).shared([]) == []
    asked: list[int] = []

    def goes_on(end_s: int) -> bool:
        asked.append(end_s)
        return False

    Sharing(problem, 1, (), goes_on).shared(start)
    assert set(asked) == {60}


def test_the_truck_that_ends_last_shares_with_the_one_that_has_least_to_do() -> None:
    """The third is held up by 1,000 seconds of a step before, and has still less to do than the second."""
    problem = town([1000, *[1000] * 6], 3, first=1)
    fixed = trips_by(problem, [2])[:1]
    start = trips_by(problem, [2, 0, 0, 0, 0, 1, 1])[1:]
    found = Sharing(problem, 1, fixed, while_end_is(4000)).shared(start)
    assert jobs_by(found, 3)[1] == {5, 6}
    assert ends_s(found, 3) in ([3000, 2000, 2000], [2000, 2000, 3000])
    assert min(one.start_s for one in found if one.truck == 2) == 1000


def test_what_a_truck_has_done_for_a_step_before_is_not_shared() -> None:
    problem = town([9000, 100, 100], 2, first=1)
    fixed = trips_by(problem, [1])[:1]
    found = Sharing(problem, 1, fixed, lambda _: True).shared(trips_by(problem, [1, 0, 0])[1:])
    assert jobs_by(found, 2) == [{1, 2}, set()]


@pytest.mark.parametrize(("until_s", "jobs"), [(1999, 1), (2000, 2)])
def test_no_truck_takes_more_than_its_hours_hold(until_s: int, jobs: int) -> None:
    problem = town([1000] * 4, 2, windows={1: ((0, until_s),)})
    found = Sharing(problem, 1, (), while_end_is(4000)).shared(trips_by(problem, [0] * 4))
    assert [len(one) for one in jobs_by(found, 2)] == [4 - jobs, jobs]


def test_what_only_one_of_two_can_move_stays_with_it() -> None:
    problem = town([500, 400, 300, 200], 2, heavy=[0, 3])
    found = Sharing(problem, 1, (), while_end_is(1400)).shared(trips_by(problem, [0] * 4))
    assert jobs_by(found, 2) == [{0, 3}, {1, 2}]
    given = Sharing(problem, 1, (), while_end_is(700)).shared(trips_by(problem, [0, 1, 1, 0]))
    assert jobs_by(given, 2) == [{0, 3}, {1, 2}], "700 s each is as even as can be"


def best_s(problem: Problem, fixed_s: Sequence[int]) -> int:
    """The soonest end over every way to share the jobs of the last step."""
    own = [job for job in problem.jobs if job.step]
    found = HORIZON_S
    for by in itertools.product(range(len(problem.trucks)), repeat=len(own)):
        if all(problem.able(problem.trucks[truck], job) for truck, job in zip(by, own, strict=True)):
            ends = [
                fixed_s[truck] + sum(job.hook_s for at, job in zip(by, own, strict=True) if at == truck)
                for truck in range(len(problem.trucks))
                if truck in by
            ]
            found = min(found, max(ends))
    return found


def test_the_first_two_trucks_that_share_do_it_as_well_as_every_way_to_share() -> None:
    """Whatever a truck has done before, and whichever jobs only one of them can do."""
    tried = 0
    for chance in rounds(150):
        count = chance.randint(1, 6)
        lasts = [chance.randint(0, 40), chance.randint(0, 40), *(chance.randint(1, 30) for _ in range(count))]
        problem = town(lasts, 2, first=2, heavy=[at for at in range(2, count + 2) if chance.random() < 0.3])
        fixed = trips_by(problem, [0, 1])[:2]
        by = [0 if job.heavy else chance.randrange(2) for job in problem.jobs[2:]]
        start = trips_by(problem, [0, 1, *by])[2:]
        end_s, best = max(ends_s(start, 2)), best_s(problem, lasts[:2])
        found = Sharing(problem, 1, fixed, while_end_is(end_s)).shared(start)
        assert sorted(one.job for one in found) == list(range(2, count + 2))
        assert all(problem.able(problem.trucks[one.truck], problem.jobs[one.job]) for one in found)
        assert max(ends_s(found, 2)) == best, (lasts, by)
        tried += best < end_s
    assert tried


def test_three_trucks_that_exchange_jobs_share_them_as_well_as_every_way_to_share() -> None:
    for chance in rounds(25):
        lasts = [chance.randint(20, 90) for _ in range(7)]
        problem = town(lasts, 3, heavy=[at for at in range(7) if chance.random() < 0.2])
        start = trips_by(problem, [0] * 7)
        best = best_s(problem, [0] * 3)
        found = Sharing(problem, 1, (), lambda end_s, best=best: end_s > best).shared(start)  # type: ignore[misc]
        assert sorted(one.job for one in found) == list(range(7))
        assert max(ends_s(found, 3)) == best
        for truck in range(3):
            line = [one for one in found if one.truck == truck]
            assert all(first.done_s <= after.start_s for first, after in itertools.pairwise(line))
