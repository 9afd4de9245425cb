"""Whole trucks out of parts of trucks, crews and jobs that are alike, and what parts of trucks do, all by hand."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clearway.planning.vehicles.towing.clock import ALWAYS
from clearway.planning.vehicles.towing.knapsack import Item, Knapsack
from clearway.planning.vehicles.towing.prices import Prices, Share
from clearway.planning.vehicles.towing.problem import Bound, Job, Leg, Problem, Truck, Yard
from clearway.planning.vehicles.towing.rounding import rounded

if TYPE_CHECKING:
    from collections.abc import Sequence

LIGHT, HEAVY = (Truck(heavy=heavy, size=0, storage=0, windows=ALWAYS) for heavy in (False, True))


class Dice(random.Random):
    """Falls as it is told."""

    def __init__(self, *falls: float) -> None:
        super().__init__()
        self._falls = iter(falls)

    def random(self) -> float:
        return next(self._falls)


def town(lasts: Sequence[int], trucks: Sequence[Truck], *, heavy: Sequence[int] = (), steps: Sequence[int] = ()) -> Problem:
    """Jobs that last so many seconds: 20 of them on the way, a tenth of the rest at the storage place."""
    jobs = tuple(
        Job(0, "car", at in heavy, steps[at] if steps else 0, one - 20 - (one - 20) // 10, (one - 20) // 10)
        for at, one in enumerate(lasts)
    )
    return Problem(jobs, tuple(trucks), (Yard(ALWAYS),), {(0, 0): Leg((10,), (10,), 20)}, (0,))


def prices_of(problem: Problem) -> Prices:
    ends_s = [10_000 + step for step in range(1 + max(one.step for one in problem.jobs))]
    return Prices(problem, len(ends_s) - 1, range(len(problem.jobs)), ends_s, Bound(0))


def shared(problem: Problem, shares: Sequence[Share], chance: random.Random | None = None) -> dict[int, int]:
    return dict(sorted(rounded(problem, prices_of(problem), shares, chance).items()))


FOUR = (320, 320, 520, 520)
"""Seconds of two jobs of one kind and two of another: kinds 0 and 1."""


def test_jobs_are_alike_that_last_as_long_for_one_step_and_trucks_that_can_do_as_much_at_the_same_hours() -> None:
    late = Truck(heavy=False, size=0, storage=0, windows=((5, 9_999),))
    problem = town([520, 320, 320, 320, 320], [LIGHT, HEAVY, late, LIGHT], heavy=[4], steps=[0, 0, 0, 1, 0])
    found = prices_of(problem)
    assert found.jobs_of == [[4], [1, 2], [0], [3]], "what a truck cannot do comes first, then by seconds, step after step"
    assert found.trucks_of == [[0, 3], [1], [2]]


def test_each_truck_takes_one_share() -> None:
    problem = town(FOUR, [LIGHT, LIGHT])
    assert shared(problem, [Share(0, 2.0, {0: 1, 1: 1})]) == {0: 0, 1: 1, 2: 0, 3: 1}
    assert shared(problem, [Share(0, 1.0, {0: 2}), Share(0, 1.0, {1: 2})]) == {0: 0, 1: 0, 2: 1, 3: 1}


def test_a_part_of_a_truck_is_a_whole_one() -> None:
    """Three halves are two trucks, so that none is left for the other share."""
    problem = town([320] * 6, [LIGHT, LIGHT])
    assert shared(problem, [Share(0, 1.5, {0: 3}), Share(0, 0.5, {0: 1})]) == {0: 0, 1: 0, 2: 0, 3: 1, 4: 1, 5: 1}
    assert shared(problem, [Share(0, 0.01, {0: 6})]) == dict.fromkeys(range(6), 0)


def test_the_share_of_which_most_is_left_is_taken_first() -> None:
    problem = town([*[320] * 2, *[520] * 3], [LIGHT, LIGHT])
    five = [Share(0, 1.0, {0: 5}), Share(0, 1.0, {1: 3})]
    assert shared(problem, five) == {0: 1, 1: 1, 2: 0, 3: 0, 4: 0}, "of five there are but two"
    again = [Share(0, 1.0, {0: 1, 1: 3}), Share(0, 1.0, {1: 3}), Share(0, 1.0, {0: 1})]
    assert shared(problem, again) == {0: 0, 1: 1, 2: 0, 3: 0, 4: 0}, "of three there are none any more"


def test_dice_let_a_truck_take_another_share() -> None:
    problem = town(FOUR, [LIGHT, LIGHT])
    shares = [Share(0, 1.0, {0: 2}), Share(0, 1.0, {1: 2})]
    assert shared(problem, shares, Dice(0.9, 0.1, 1.0)) == {0: 0, 1: 0, 2: 1, 3: 1}
    assert shared(problem, shares, Dice(0.1, 0.9, 1.0)) == {0: 1, 1: 1, 2: 0, 3: 0}
    uneven = [Share(0, 1.0, {0: 1}), Share(0, 1.0, {0: 1, 1: 2})]
    assert shared(problem, uneven, Dice(0.8, 0.3, 1.0)) == {0: 0, 1: 1, 2: 0, 3: 0}, (
        "three jobs by 0.3 are more than one by 0.8"
    )
    assert shared(problem, uneven, Dice(0.9, 0.2, 1.0)) == {0: 0, 1: 1, 2: 1, 3: 1}


def test_the_smaller_crew_chooses_first() -> None:
    problem = town([320, 520], [LIGHT, LIGHT, HEAVY])
    both = [Share(0, 2.0, {0: 1}), Share(1, 1.0, {0: 1})]
    assert shared(problem, both) == {0: 2, 1: 0}
    few = town([320, 520], [LIGHT, HEAVY, HEAVY])
    assert shared(few, [both[0], Share(1, 1.0, {0: 1, 1: 1})]) == {0: 0, 1: 1}


def test_what_nobody_took_goes_to_whoever_has_least_to_do_the_longest_first() -> None:
    problem = town([400, 900, 500, 300], [LIGHT, LIGHT])
    assert shared(problem, []) == {0: 1, 1: 0, 2: 1, 3: 0}
    kinds = prices_of(problem).jobs_of
    assert kinds == [[3], [0], [2], [1]]
    assert shared(problem, [Share(0, 1.0, {3: 1})]) == {0: 1, 1: 0, 2: 1, 3: 0}


def test_time_at_the_storage_place_is_time_at_work() -> None:
    problem = town([600, 500, 400], [LIGHT, LIGHT])
    slow = replace(problem.jobs[0], hook_s=80, yard_s=500)
    assert shared(replace(problem, jobs=(slow, *problem.jobs[1:])), []) == {0: 0, 1: 1, 2: 1}


@pytest.mark.parametrize(("heavy", "found"), [([], {0: 0, 1: 1}), ([0, 1], {0: 1, 1: 1})])
def test_what_nobody_took_goes_to_a_truck_that_can_do_it(heavy: list[int], found: dict[int, int]) -> None:
    assert shared(town([500, 300], [LIGHT, HEAVY], heavy=heavy), []) == found


def test_what_parts_of_trucks_do_is_all_that_can_be_done_by_a_time() -> None:
    """Three jobs of 320 s by two trucks: by 480 s each does one and a half, by 320 s each does one and one is left."""
    problem = town([320] * 3, [LIGHT, LIGHT])
    prices = Prices(problem, 0, range(3), [960], Bound(0))
    prices.raised(lambda: True)
    assert prices.bound.at_least_s == 640
    for end_s, done in ((640, 3.0), (639, 2.0), (320, 2.0), (319, 0.0)):
        found = prices.shares(end_s)
        assert sum(one.trucks * one.counts.get(0, 0) for one in found) == pytest.approx(done)
        assert sum(one.trucks for one in found) <= 2 + 1e-9
        assert [one.trucks for one in found] == sorted((one.trucks for one in found), reverse=True)
        assert all(one.counts.get(0, 0) * 320 <= end_s for one in found)


def test_of_many_alike_a_knapsack_takes_as_many_as_fit() -> None:
    items = [Item(0, 0, 1, 3, 5), Item(0, 0, 2, 6, 10), Item(1, 0, 3, 6, 11)]
    sack = Knapsack(items, [12])
    assert sack.worth.tolist() == [0, 0, 0, 5, 5, 5, 11, 11, 11, 16, 16, 16, 21]
    assert (sack.emptied(12), sack.emptied(9), sack.emptied(6), sack.emptied(5), sack.emptied(2)) == (
        {0: 2, 1: 3}, {0: 1, 1: 3}, {1: 3}, {0: 1}, {},
    )  # fmt: skip
    assert Knapsack(items[:2], [9]).emptied(9) == {0: 3}


def test_jobs_of_a_later_step_fill_what_the_first_leaves() -> None:
    """Four cells by the end of the first step, and ten by the end of the second."""
    items = [Item(0, 0, 1, 3, 5), Item(1, 0, 1, 2, 4), Item(2, 1, 1, 7, 9), Item(3, 1, 1, 6, 8)]
    sack = Knapsack(items, [4, 10])
    assert sack.worth.tolist() == [0, 0, 4, 5, 5, 5, 8, 9, 12, 13, 14]
    assert sack.emptied(10) == {0: 1, 2: 1}
    assert sack.emptied(9) == {0: 1, 3: 1} or sack.emptied(9) == {1: 1, 2: 1}
    assert Knapsack([], [0, 5]).worth.tolist() == [0] * 6
    large = [Item(0, 0, 1, 5, 99), Item(1, 0, 1, 4, 1)]
    assert Knapsack(large, [4]).worth.tolist() == [0, 0, 0, 0, 1], "what fills more than its limit is left out"
