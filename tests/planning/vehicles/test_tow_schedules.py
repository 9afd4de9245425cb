"""Schedules of tow trucks against every schedule there is, and the bound against each of its rules."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clearway.planning.vehicles.towing.bound import at_least_s
from clearway.planning.vehicles.towing.check.bound import Priced, Work, ruled_out, soonest
from clearway.planning.vehicles.towing.clock import ALWAYS
from clearway.planning.vehicles.towing.knapsack import Item, Knapsack
from clearway.planning.vehicles.towing.prices import Prices
from clearway.planning.vehicles.towing.problem import Bound, Job, Leg, Problem, Truck, Yard
from clearway.planning.vehicles.towing.rounding import rounded
from clearway.planning.vehicles.towing.schedule import counted_clock, nearest_first, scheduled
from rounds import rounds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.planning.vehicles.towing.problem import Schedule

HOOK, YARD = 600, 300


def problem(
    drives: Sequence[int],
    trucks: Sequence[Truck] = (Truck(heavy=False, size=0, storage=0, windows=ALWAYS),),
    *,
    steps: Sequence[int] | None = None,
    heavy: Sequence[int] = (),
    yards: Sequence[Yard] = (Yard(ALWAYS),),
    after: dict[int, tuple[int, ...]] | None = None,
    lane_moves: Sequence[int] | None = None,
    escorts: int | None = None,
) -> Problem:
    """A car on each of some stretches; drives are seconds there, and the same back."""
    jobs = tuple(
        Job(place, "truck" if place in heavy else "car", place in heavy, (steps or [0] * len(drives))[place], HOOK, YARD)
        for place in range(len(drives))
    )
    legs = {
        (0, place): Leg((drive,) * len(yards), (drive,) * len(yards), 2 * drive, (after or {}).get(place, ()))
        for place, drive in enumerate(drives)
    }
    return Problem(jobs, tuple(trucks), tuple(yards), legs, tuple(lane_moves or [0] * len(drives)), escorts, 300)


def light(count: int, windows: tuple[tuple[int, int], ...] = ALWAYS, *, escort: bool = False) -> list[Truck]:
    return [Truck(heavy=False, size=0, storage=0, windows=windows, escort=escort)] * count


def test_one_truck_fetches_one_car_after_another() -> None:
    found = scheduled(problem([100, 200]))
    assert [(one.start_s, one.arrive_s, one.hooked_s, one.at_yard_s, one.done_s) for one in found.trips] == [
        (0, 200, 800, 1000, 1300),
        (1300, 1400, 2000, 2100, 2400),
    ]


def test_what_blocks_most_goes_first_even_where_it_is_far() -> None:
    found = scheduled(problem([100, 500], steps=[1, 0]))
    assert [one.job for one in found.trips] == [1, 0]


def test_a_heavy_vehicle_waits_for_the_heavy_truck() -> None:
    trucks = [*light(1), Truck(heavy=True, size=0, storage=0, windows=ALWAYS)]
    found = scheduled(problem([100, 100, 100], trucks, heavy=[0, 1]))
    assert {one.job: one.truck for one in found.trips} == {0: 1, 1: 1, 2: 0}


def test_nothing_is_brought_to_a_yard_that_is_shut_and_no_truck_works_overnight() -> None:
    trucks = light(1, ((0, 5000), (50_000, 90_000)))
    found = scheduled(problem([100] * 4, trucks, yards=[Yard(((2000, 99_999),))]))
    assert [(one.start_s, one.done_s) for one in found.trips] == [(1200, 2300), (2300, 3400), (3400, 4500), (50_000, 51_100)]


def test_no_more_is_brought_than_fits() -> None:
    found = scheduled(problem([100] * 3, light(2), yards=[Yard(ALWAYS, 2)]))
    assert (len(found.trips), found.left) == (2, (2,))


def test_who_stands_behind_others_is_fetched_after_them() -> None:
    found = scheduled(problem([100, 100], light(2), after={1: (0,)}, lane_moves=[1, 0]))
    first, second = sorted(found.trips, key=lambda one: one.start_s)
    assert (first.job, second.job) == (0, 1)
    assert second.start_s == first.hooked_s


def test_who_stands_behind_others_is_fetched_once_a_later_step_has_freed_a_lane() -> None:
    """A lorry in front, which nobody tows, and who stands behind it are of the first step, a car beside it of the second."""
    two = problem([100, 200], steps=[0, 0], heavy=[0], after={1: (0,)}, lane_moves=[1, 0])
    town = replace(two, jobs=(*two.jobs, Job(0, "car", heavy=False, step=1, hook_s=HOOK, yard_s=YARD)))
    found = scheduled(town)
    assert found.left == (0,)
    assert [one.job for one in sorted(found.trips, key=lambda one: one.start_s)] == [2, 1]
    assert [one.at_least_s for one in found.bounds] == [1300, 2400]


def test_an_escort_is_with_one_truck_at_a_time_and_comes_before_it() -> None:
    found = scheduled(problem([100] * 3, light(3, escort=True), escorts=1))
    spans = sorted((one.arrive_s - 300, one.hooked_s) for one in found.trips)
    assert spans == [(0, 900), (900, 1800), (1800, 2700)]


def test_an_escort_that_is_needed_later_is_free_until_then() -> None:
    heavy = Truck(heavy=True, size=0, storage=0, windows=((5000, 99_999),), escort=True)
    found = scheduled(problem([100, 100], [*light(1, escort=True), heavy], heavy=[0], escorts=1))
    assert {one.job: one.start_s for one in found.trips} == {0: 5000, 1: 200}


def test_without_any_escort_a_truck_that_wants_one_does_nothing() -> None:
    assert scheduled(problem([100], light(1, escort=True), escorts=0)).trips == ()


def durations(town: Problem) -> list[int]:
    return [town.legs[0, one.stretch].least_s + one.hook_s + one.yard_s for one in town.jobs]


def best(town: Problem) -> list[int]:
    """The soonest end of each step in their order, over every way to share the jobs among the trucks."""
    lasts, steps = durations(town), sorted({one.step for one in town.jobs})
    found = None
    for share in itertools.product(range(len(town.trucks)), repeat=len(town.jobs)):
        if any(job.heavy and not town.trucks[truck].heavy for job, truck in zip(town.jobs, share, strict=True)):
            continue
        mine = [(job.step, truck, seconds) for job, truck, seconds in zip(town.jobs, share, lasts, strict=True)]
        ends = [
            max(sum(seconds for at, by, seconds in mine if by == truck and at <= step) for truck in range(len(town.trucks)))
            for step in steps
        ]
        found = ends if found is None else min(found, ends)
    assert found is not None
    return found


def ends(town: Problem, found: Schedule) -> list[int]:
    return [found.end_s(town.jobs, step) for step in sorted({one.step for one in town.jobs})]


def test_six_cars_and_two_trucks_agree_with_every_way_to_share_them() -> None:
    for chance in rounds(30):
        steps = sorted(chance.choice([0, 0, 1]) for _ in range(6))
        steps = [one - steps[0] for one in steps]
        heavy = [place for place in range(6) if chance.random() < 0.25]
        trucks = [Truck(heavy=number == 0, size=0, storage=0, windows=ALWAYS) for number in range(2)]
        town = problem([chance.randint(60, 900) for _ in range(6)], trucks, steps=steps, heavy=heavy)
        found = scheduled(town, limit_s=5.0)
        assert ends(town, found) == best(town)


def test_no_schedule_is_sooner_than_the_bound() -> None:
    for chance in rounds(40):
        count = chance.randint(1, 7)
        town = problem([chance.randint(60, 900) for _ in range(count)], light(chance.choice([1, 2, 3])))
        assert at_least_s(town, town.jobs) <= best(town)[-1]


def test_the_checkers_bound_is_the_planners() -> None:
    for chance in rounds(40):
        count = chance.randint(1, 30)
        windows = (
            (chance.randint(0, 3000), chance.choice([5000, 20_000, 200_000])),
            (210_000, chance.randint(220_000, 300_000)),
        )
        yard = Yard(((chance.randint(0, 9000), 30_000), (30_000 + chance.choice([1, 500, 1500, 15_000]), 300_000)))
        trucks = light(chance.randint(1, 4), windows, escort=chance.random() < 0.5)
        town = problem(
            [chance.randint(60, 900) for _ in range(count)], trucks, yards=[yard], escorts=chance.choice([None, 1, 2])
        )
        work = [Work(lasts, YARD, HOOK + 300) for lasts in durations(town)]
        escorts = town.escorts if trucks[0].escort else None
        assert soonest(work, [one.windows for one in trucks], yard.windows, escorts) == at_least_s(town, town.jobs)


@pytest.mark.parametrize(
    ("drives", "trucks", "least"),
    [
        ([50] * 5, light(2), 3 * 1000),  # five jobs of 1000 s: one truck has three
        ([50, 50, 50, 550], light(4), 2000),  # the longest job
        ([50] * 4, light(2), 2000),  # all together on two trucks
        ([50] * 2, light(1, ((0, 1500), (5000, 6500))), 6000),  # one in each window
        ([50] * 3, light(3, escort=True), 2700),  # one escort, 900 s with each
    ],
)
def test_each_rule_of_the_bound(drives: Sequence[int], trucks: Sequence[Truck], least: int) -> None:
    town = problem(drives, trucks, escorts=1)
    assert at_least_s(town, town.jobs) == least


def test_two_hundred_cars_and_twenty_trucks_come_within_two_percent_and_before_the_plain_rule() -> None:
    chance = random.Random(4)  # noqa: S311 - the same each time
    town = problem([chance.randint(200, 900) for _ in range(200)], light(20))
    found, rule, least = scheduled(town, limit_s=4.0), nearest_first(town), at_least_s(town, town.jobs)
    assert least <= ends(town, found)[-1] <= 1.02 * least
    assert ends(town, rule)[-1] > ends(town, found)[-1]
    assert sorted(one.job for one in rule.trips) == list(range(200))


def mixed(chance: random.Random, count: int, steps: int) -> Problem:
    """A heavy truck and one or two light ones; some vehicles are heavy."""
    trucks = [Truck(heavy=True, size=0, storage=0, windows=ALWAYS), *light(chance.choice([1, 2]))]
    heavy = [place for place in range(count) if chance.random() < 0.3]
    own = sorted(chance.randrange(steps) for _ in range(count))
    return problem([chance.randint(60, 900) for _ in range(count)], trucks, steps=own, heavy=heavy)


def as_a_checker_counts(town: Problem, bound: Bound, step: int) -> list[Priced]:
    """The jobs of a step and of those before, at the prices of a bound."""
    price = {(one.stretch, one.step): one.price for one in bound.prices}
    return [
        Priced(job.step, (lasts, None if job.heavy else lasts), 1, price.get((job.stretch, job.step), 0))
        for job, lasts in zip(town.jobs, durations(town), strict=True)
        if job.step <= step
    ]


def crews_of(town: Problem) -> list[tuple[int, list[tuple[int, int]]]]:
    return [(1, list(ALWAYS)), (len(town.trucks) - 1, list(ALWAYS))]


def test_a_heavy_truck_that_helps_with_the_first_step_is_late_for_the_second() -> None:
    trucks = [Truck(heavy=True, size=0, storage=0, windows=ALWAYS), *light(1)]
    town = problem([50, 50, 550], trucks, steps=[0, 0, 1], heavy=[2])
    found = scheduled(town)
    assert ends(town, found) == [1000, 3000]
    assert at_least_s(town, town.jobs) == 2000
    assert [one.at_least_s for one in found.bounds] == [1000, 3000]
    assert found.bounds[1].prices


def test_several_steps_agree_with_every_way_to_share_them_and_their_bounds_are_no_later() -> None:
    for chance in rounds(15):
        town = mixed(chance, 7, 3)
        found, soonest_s = scheduled(town, limit_s=5.0), best(town)
        steps = sorted({one.step for one in town.jobs})
        assert ends(town, found) == soonest_s
        assert all(found.bounds[step].at_least_s <= end for step, end in zip(steps, soonest_s, strict=True))


def test_prices_hold_for_a_checker_that_fills_the_knapsacks_anew_and_not_for_a_second_more() -> None:
    priced = 0
    for chance in rounds(10):
        town = mixed(chance, 8, 3)
        found = scheduled(town, limit_s=5.0)
        until = [found.end_s(town.jobs, step) for step in range(3)]
        for step, bound in enumerate(found.bounds):
            if not bound.prices:
                continue
            priced += 1
            jobs, before = as_a_checker_counts(town, bound, step), until[:step]
            last = bound.at_least_s - 1
            assert ruled_out(jobs, crews_of(town), [*(min(one, last) for one in before), last])
            assert not ruled_out(jobs, crews_of(town), until[: step + 1])
    assert priced


def test_a_bound_is_what_its_prices_prove_and_not_the_end_of_the_step_before() -> None:
    """A plain rule ends steps late: then prices that prove less than such an end prove nothing."""
    for seed in (30, 45, 170, 272):
        chance, bound = random.Random(seed), Bound(0)  # noqa: S311 - the same towns each time
        town = mixed(chance, chance.randint(5, 9), 3)
        until = [nearest_first(town).end_s(town.jobs, step) for step in range(1 + town.jobs[-1].step)]
        for step in range(len(until)):
            jobs = [place for place, one in enumerate(town.jobs) if one.step <= step]
            bound = Prices(town, step, jobs, until[: step + 1], bound).raised(lambda: True)
            if any(one.step == step for one in bound.prices):
                last = bound.at_least_s - 1
                ends_s = [*(min(one, last) for one in until[:step]), last]
                assert ruled_out(as_a_checker_counts(town, bound, step), crews_of(town), ends_s)


def test_no_prices_rule_out_what_a_schedule_does() -> None:
    for chance in rounds(25):
        town = mixed(chance, 9, 3)
        found = nearest_first(town)
        until = [found.end_s(town.jobs, step) for step in range(1 + town.jobs[-1].step)]
        jobs = [one._replace(price=chance.randint(0, 2000)) for one in as_a_checker_counts(town, Bound(0), 2)]
        assert not ruled_out(jobs, crews_of(town), until)


def test_a_bound_keeps_to_the_windows_of_trucks_and_to_long_times() -> None:
    trucks = [
        Truck(heavy=True, size=0, storage=0, windows=((0, 1000), (9000, 100_000))),
        *light(1, ((0, 1000), (9000, 100_000))),
    ]
    town = problem([50, 50, 550], trucks, steps=[0, 0, 1], heavy=[2])
    found = scheduled(town)
    assert [one.at_least_s for one in found.bounds] == ends(town, found) == [1000, 11_000]
    slow = problem([20_000] * 6, light(2), steps=[0, 0, 0, 1, 1, 1])
    assert Prices(slow, 1, range(6), [2 * 40_900, 3 * 40_900], Bound(0)).raised(lambda: True).at_least_s == 3 * 40_900


def test_a_storage_place_that_shuts_for_less_than_a_way_there_parts_no_window() -> None:
    """A truck that drives in while it is shut comes when it is open again: to both bounds it is one window."""
    town = problem([50] * 6, light(1), yards=[Yard(((0, 2500), (3000, 90_000)))])
    work = [Work(lasts, YARD, HOOK) for lasts in durations(town)]
    assert at_least_s(town, town.jobs) == soonest(work, [ALWAYS], town.yards[0].windows, None) == 6000


def test_a_knapsack_holds_the_most_of_every_choice_that_keeps_to_the_limit_of_each_step() -> None:
    for chance in rounds(40):
        items = sorted(
            (Item(kind, chance.randrange(3), 1, chance.randint(1, 6), chance.randint(0, 9)) for kind in range(6)),
            key=lambda one: one.step,
        )
        limits = sorted(chance.randint(0, 12) for _ in range(3))
        found = Knapsack(items, limits)
        for cells in range(limits[1], limits[2] + 1):
            until = [limits[0], limits[1], cells]
            held = [
                chosen
                for number in range(7)
                for chosen in itertools.combinations(items, number)
                if all(sum(one.cells for one in chosen if one.step <= step) <= end for step, end in enumerate(until))
            ]
            most = max(sum(one.price for one in chosen) for chosen in held)
            taken = [one for one in items if one.kind in found.emptied(cells)]
            assert found.worth[cells] == most == sum(one.price for one in taken)
            assert tuple(taken) in held


def test_every_job_has_a_truck_that_can_do_it_whatever_the_program_leaves_open() -> None:
    for chance in rounds(20):
        town = mixed(chance, 12, 3)
        until = [nearest_first(town).end_s(town.jobs, step) for step in range(1 + town.jobs[-1].step)]
        prices = Prices(town, len(until) - 1, range(12), until, Bound(0))
        prices.raised(lambda: True)
        for end_s in (prices.bound.at_least_s, until[-1], until[-1] // 2):
            truck_of = rounded(town, prices, prices.shares(end_s), chance)
            assert sorted(truck_of) == list(range(12))
            assert all(town.able(town.trucks[truck], town.jobs[job]) for job, truck in truck_of.items())


def test_four_steps_of_a_hundred_vehicles_come_within_two_percent_of_what_prices_prove() -> None:
    for seed in (1, 2):
        chance = random.Random(seed)  # noqa: S311 - the same each time
        heavy = [place for place in range(100) if chance.random() < 1 / 12]
        trucks = [*[Truck(heavy=True, size=0, storage=0, windows=ALWAYS)] * 2, *light(8)]
        drives = [chance.choice([100, 150, 210, 300]) for _ in range(100)]
        town = problem(drives, trucks, steps=[place // 25 for place in range(100)], heavy=heavy)
        found = scheduled(town, clock=counted_clock(town))
        worst = max(end / bound.at_least_s for end, bound in zip(ends(town, found), found.bounds, strict=True))
        assert worst <= 1.02
