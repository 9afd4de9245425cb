"""How soon units could be done, as the checker of stages reckons it: by hand, and against every order and split."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

from clearway.planning.plan.stages.check.bound import Pool, least_by_kind, least_together
from rounds import rounds

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Mapping, Sequence

    Leg = Callable[[str, str], float]


def drives(chance: random.Random, names: list[str]) -> Leg:
    """Minutes from each spot to each place, some of them endless."""
    minutes = {
        (start, end): chance.choice([0, 3, 7, 12, 20, math.inf]) if chance.random() < 0.2 else chance.randint(0, 20)
        for start in (*names, "D1", "D2")
        for end in names
    }
    return lambda start, end: minutes[start, end]


def done(depot: str, tour: Sequence[str], leg: Leg, work: Mapping[str, int], earliest: Mapping[str, int]) -> float:
    """The minute at which one unit has been at all places of a tour."""
    at, minute = depot, 0.0
    for name in tour:
        minute = max(minute + leg(at, name), earliest[name]) + work[name]
        at = name
    return minute


def test_units_of_a_kind_are_never_done_sooner_than_by_the_best_split_and_order() -> None:
    endless = 0
    for chance in rounds(40):
        names = [f"B{number}" for number in range(chance.randint(1, 4))]
        work = {name: chance.randint(1, 30) for name in names}
        earliest = {name: chance.choice([0, 0, 25, 60]) for name in names}
        depots = ["D1", "D2"][: chance.randint(1, 2)]
        legs = [drives(chance, names) for _ in depots]

        best = math.inf
        for split in itertools.product(range(len(depots)), repeat=len(names)):
            tours = [[name for name, unit in zip(names, split, strict=True) if unit == one] for one in range(len(depots))]
            each = [
                min(done(depot, order, leg, work, earliest) for order in itertools.permutations(tour))
                for depot, leg, tour in zip(depots, legs, tours, strict=True)
            ]
            best = min(best, max(each))
        endless += best == math.inf
        assert least_by_kind(names, work, earliest, depots, legs) == (0 if best == math.inf else int(best))
    assert endless < 20


def test_without_places_or_without_units_nothing_is_claimed() -> None:
    assert least_by_kind([], {}, {}, ["D1"], [lambda *_: 1.0]) == 0
    assert least_by_kind(["B1"], {"B1": 5}, {"B1": 0}, [], []) == 0
    assert least_together(0, 10, [Pool([0.0], 5.0)]) == 0
    assert least_together(2, 10, []) == 10
    assert least_together(1, 10, [Pool([math.inf], 5.0)]) == 0


def test_places_that_take_one_of_each_pool_wait_for_the_slowest_pool() -> None:
    """Of one crew that goes round in 30 min and two trucks that do in 7, both on the way at the start."""
    crews, trucks = Pool([0.0], 30.0), Pool([3.0, 4.0], 7.0)
    assert [least_together(count, 10, [crews, trucks]) for count in (1, 2, 3)] == [13, 43, 73]
    assert [least_together(count, 10, [trucks]) for count in (1, 2, 3, 4)] == [13, 14, 20, 21]
    assert least_together(3, 10, [Pool([0.0, 5.0], 20.0)]) == 30
    assert least_together(2, 10, [Pool([4.5], 0.0)]) == 14
