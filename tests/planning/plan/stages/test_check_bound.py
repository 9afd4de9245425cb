"""How soon units could be done, as the checker of stages reckons it: by hand, and against every order and split."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING

from clearway.planning.plan.stages.check.bound import Pool, Truck, least_by_kind, least_by_loads, least_together
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


def test_trucks_are_never_done_sooner_than_by_the_best_order_of_every_share() -> None:
    """By hand: each share in each order, and before each place loaded or, where what is left does, as it is."""
    by_rest, nobody = 0, 0
    for chance in rounds(40):
        count = chance.randint(1, 4)
        pieces = [chance.randint(1, 6) for _ in range(count)]
        earliest = [chance.choice([0, 0, 25, 60]) for _ in range(count)]
        trucks = [random_truck(chance, count) for _ in range(chance.randint(1, 2))]
        if chance.random() < 1 / 2:
            trucks.append(trucks[0])

        best, unloaded = math.inf, math.inf
        for split in itertools.product(range(len(trucks)), repeat=count):
            own = [[place for place in range(count) if split[place] == one] for one in range(len(trucks))]
            each = [loaded_tour(truck, mine, pieces, earliest) for truck, mine in zip(trucks, own, strict=True)]
            best = min(best, max(one for one, _ in each))
            unloaded = min(unloaded, max(one for _, one in each))
        by_rest += best < unloaded
        nobody += best == math.inf
        found = least_by_loads(pieces, earliest, trucks)
        assert found <= best  # places that two trucks serve are served
        assert found == (0 if best == math.inf else best)
    assert by_rest
    assert nobody < 20


def random_truck(chance: random.Random, count: int) -> Truck:
    """Spots on a line, so that no detour is shorter."""
    spots, depot, carries = [chance.randint(0, 20) for _ in range(count)], chance.randint(0, 20), chance.randint(2, 5)
    cut_off = chance.randrange(count) if chance.random() < 0.1 else -1
    out = [math.inf if at == cut_off else abs(depot - spot) + 10.0 for at, spot in enumerate(spots)]
    return Truck(
        out=tuple(out),
        home=tuple(float(abs(depot - spot)) for spot in spots),
        between=tuple(
            tuple(math.inf if at == cut_off else float(abs(one - two)) for at, two in enumerate(spots)) for one in spots
        ),
        work=tuple(float(chance.randint(1, 30)) for _ in range(count)),
        carries=carries,
    )


def loaded_tour(truck: Truck, mine: list[int], pieces: list[int], earliest: list[int]) -> tuple[float, float]:
    """The minute at which a truck is done with its places, and the same loaded before each."""
    best, always = (0.0 if not mine else math.inf), (0.0 if not mine else math.inf)
    for order in itertools.permutations(mine):
        for loads in itertools.product((True, False), repeat=len(mine)):
            minute, rest, before = 0.0, 0, -1
            for place, is_loaded in zip(order, loads, strict=True):
                if not is_loaded and (before < 0 or rest < pieces[place]):
                    minute = math.inf
                    break
                home = truck.home[before] if before >= 0 else 0.0
                minute += home + truck.out[place] if is_loaded else truck.between[before][place]
                minute = max(minute, earliest[place]) + truck.work[place]
                rest = (-pieces[place] % truck.carries) if is_loaded else rest - pieces[place]
                before = place
            best = min(best, minute)
            if all(loads):
                always = min(always, minute)
    return best, always


def test_without_places_or_trucks_no_load_bounds_anything() -> None:
    truck = Truck(out=(5.0,), home=(5.0,), between=((0.0,),), work=(7.0,), carries=4)
    assert least_by_loads([], [], [truck]) == 0
    assert least_by_loads([3], [0], []) == 0
    assert least_by_loads([3], [0], [truck]) == 12
    assert least_by_loads([3], [6], [truck]) == 13
