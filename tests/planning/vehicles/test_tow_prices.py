"""Prices that prove how soon a step can be at the least: what they rule out, what they leave open, and for whom they hold."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clearway.planning.vehicles.towing.check.bound import Priced, ruled_out
from clearway.planning.vehicles.towing.clock import ALWAYS
from clearway.planning.vehicles.towing.prices import Prices
from clearway.planning.vehicles.towing.problem import Bound, Job, Leg, Price, Problem, Truck, Yard
from rounds import rounds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.planning.vehicles.towing.contract import Window

HEAVY, LIGHT = (Truck(heavy=heavy, size=0, storage=0, windows=ALWAYS) for heavy in (True, False))


def town(lasts: Sequence[int], trucks: Sequence[Truck], *, heavy: Sequence[int] = (), steps: Sequence[int] = ()) -> Problem:
    """A job on each stretch; of what it lasts 20 seconds are on the way and 30 at the storage place."""
    jobs = tuple(Job(at, "car", at in heavy, steps[at] if steps else 0, one - 50, 30) for at, one in enumerate(lasts))
    legs = {(0, at): Leg((10,), (10,), 20) for at in range(len(lasts))}
    return Problem(jobs, tuple(trucks), (Yard(ALWAYS),), legs, (0,) * len(lasts))


NONE = Bound(0)


def prices(problem: Problem, ends_s: Sequence[int], least: Bound = NONE) -> Prices:
    return Prices(problem, len(ends_s) - 1, range(len(problem.jobs)), ends_s, least)


def holds(problem: Problem, bound: Bound, before: Sequence[int], crews: Sequence[tuple[int, Sequence[Window]]]) -> bool:
    """Whether a checker that fills knapsacks anew sees that nothing is done a second before the bound."""
    price = {one.stretch: one.price for one in bound.prices}
    jobs = []
    for job in problem.jobs:
        seconds = 20 + job.hook_s + job.yard_s
        by = tuple(seconds if truck.heavy or not job.heavy else None for truck in dict.fromkeys(problem.trucks))
        jobs.append(Priced(job.step, by, 1, price.get(job.stretch, 0)))
    last = bound.at_least_s - 1
    return ruled_out(jobs, crews, [*(min(one, last) for one in before), last])


HELPS = town([100, 100, 100, 100, 1000, 1000], [HEAVY, LIGHT], heavy=[4, 5], steps=[0, 0, 0, 0, 1, 1])
"""By 200 s two cars are fetched by each truck, and then the heavy one fetches two lorries."""


def test_a_truck_that_must_help_with_the_step_before_is_late_and_prices_say_so() -> None:
    found = prices(HELPS, [200, 3000]).raised(lambda: True)
    assert found.at_least_s == 2200
    assert holds(HELPS, found, [200], [(1, ALWAYS), (1, ALWAYS)])
    assert {(one.stretch, one.vehicle, one.step) for one in found.prices} == {
        *((stretch, "car", 0) for stretch in range(4)), (4, "car", 1), (5, "car", 1),
    }  # fmt: skip
    assert list(found.prices) == sorted(found.prices)
    assert all(one.price for one in found.prices)
    assert len({one.price for one in found.prices if not one.step}) == 1, "alike jobs are worth as much"


def test_without_time_the_greater_of_both_bounds_that_are_known_holds() -> None:
    assert prices(HELPS, [200, 3000]).raised(lambda: False) == Bound(2000)
    known = Bound(2050, (Price(0, "car", 0, 3),))
    assert prices(HELPS, [200, 3000], known).raised(lambda: False) == known
    assert prices(HELPS, [200, 3000], Bound(1999)).raised(lambda: False) == Bound(2000)
    assert prices(HELPS, [200, 3000], known).raised(lambda: True).at_least_s == 2200


def test_times_that_are_not_ruled_out_are_told_nearer_and_nearer_to_the_bound() -> None:
    told: list[int] = []
    three = town([320] * 3, [LIGHT, LIGHT])
    assert prices(three, [960]).raised(lambda: True, told.append) == Bound(640)
    assert told == [800, 720, 680, 660, 650, 645, 642, 641]
    told.clear()
    assert prices(three, [641]).raised(lambda: True, told.append) == Bound(640)
    assert told == [], "a second is less than a five hundredth"
    helps: list[int] = []
    prices(HELPS, [200, 3000]).raised(lambda: True, helps.append)
    assert helps[0] == 2500
    assert min(helps) >= 2200
    assert helps == sorted(helps, reverse=True)


def test_what_is_done_with_the_step_before_is_no_bound_of_its_own() -> None:
    """The count allows 100 s; the step before ends at 500, and nothing is looked for before that."""
    told: list[int] = []
    late = town([100, 100], [LIGHT, LIGHT], steps=[0, 1])
    assert prices(late, [500, 600]).raised(lambda: True, told.append) == Bound(100)
    assert min(told) >= 500
    assert Prices(town([], [LIGHT]), 0, [], [0], Bound(7)).raised(lambda: True) == Bound(7)


def test_time_runs_out_between_two_times() -> None:
    turns = iter([True, True, False])
    assert prices(HELPS, [200, 3000]).raised(lambda: next(turns, False)).at_least_s in range(2000, 2201)


def test_hours_are_kept_and_trucks_that_are_not_at_work_do_nothing() -> None:
    late = replace(HEAVY, windows=((0, 200), (500, 9000)))
    problem = town([100, 100, 100, 100, 150, 1000], [late, LIGHT], heavy=[4, 5], steps=[0, 0, 0, 0, 1, 1])
    assert prices(problem, [200, 4000]).raised(lambda: False) == Bound(1500), "the short lorry before the break"
    found = prices(problem, [200, 4000]).raised(lambda: True)
    assert found.at_least_s == 1650, "but then two cars of the step before are there"
    assert holds(problem, found, [200], [(1, late.windows), (1, ALWAYS)])


def test_what_a_truck_of_another_size_cannot_drive_to_it_does_not_do() -> None:
    """Two cars behind a low bridge: the high truck would be done by 1,000 s with one of them."""
    low = Truck(heavy=False, size=1, storage=0, windows=ALWAYS)
    problem = town([500, 500, 100], [LIGHT, low])
    legs = {(1, at): Leg((10,), (10,), 20) for at in range(3)} | {(0, 2): Leg((10,), (10,), 20)}
    narrow = replace(problem, legs=legs)
    found = prices(narrow, [2000])
    assert found.raised(lambda: True).at_least_s == 1000
    assert found.jobs_of == [[0, 1], [2]]
    assert found.trucks_of == [[0], [1]]


def test_times_of_many_hours_are_counted_in_cells_that_rule_out_no_more_than_is_true() -> None:
    """A knapsack has 50,000 cells: of 60,000 seconds each is two, and what is odd is rounded down."""
    long = town([30_001, 30_001, 9_001, 9_001, 9_001], [HEAVY, LIGHT], heavy=[0, 1], steps=[0, 0, 1, 1, 1])
    found = prices(long, [60_002, 80_000]).raised(lambda: True)
    assert found.at_least_s == 60_002, "the light truck fetches what is light in less"
    tight = town([100] * 4 + [50_000] * 2, [HEAVY, LIGHT], heavy=[4, 5], steps=[0] * 4 + [1] * 2)
    assert 100_180 <= prices(tight, [200, 120_000]).raised(lambda: True).at_least_s <= 100_200
    assert prices(tight, [200, 100_300]).raised(lambda: True).at_least_s <= 100_200


def test_each_share_keeps_to_the_time_of_every_step() -> None:
    found = prices(HELPS, [200, 3000])
    found.raised(lambda: True)
    shares = found.shares(2200)
    assert [one.crew for one in shares] == sorted(one.crew for one in shares)
    done = [0.0] * len(found.jobs_of)
    for one in shares:
        cars = one.counts.get(0, 0)
        assert cars <= 2
        assert 100 * cars + 1000 * one.counts.get(1, 0) <= 2200
        for kind, count in one.counts.items():
            done[kind] += one.trucks * count
    assert done == pytest.approx([4.0, 2.0])
    for crew in (0, 1):
        assert sum(one.trucks for one in shares if one.crew == crew) <= 1 + 1e-6


def test_shares_of_many_trucks_that_are_alike_are_of_jobs_that_there_are_and_fit_into_the_time() -> None:
    for chance in rounds(5):
        lasts = [chance.randint(300, 900) for _ in range(3)]
        problem = town([chance.choice(lasts) for _ in range(9)], [LIGHT] * 4)
        found = prices(problem, [4000])
        bound = found.raised(lambda: True)
        lasts = [20 + problem.jobs[jobs[0]].hook_s + 30 for jobs in found.jobs_of]
        for end_s in (bound.at_least_s, 3600):
            done = [0.0] * len(lasts)
            for one in found.shares(end_s):
                assert all(0 < own <= len(found.jobs_of[kind]) for kind, own in one.counts.items())
                assert sum(lasts[kind] * own for kind, own in one.counts.items()) <= end_s
                for kind, own in one.counts.items():
                    done[kind] += one.trucks * own
        assert all(own >= len(jobs) - 1e-6 for own, jobs in zip(done, found.jobs_of, strict=True)), "by an hour all are done"
