# ruff: noqa: T201 - it talks to a person
"""How hard the random towns of the tests are: what they are made of, and how often what is tested makes a difference.

python tests/measure_towns.py            # a minute
CLEARWAY_SEED=7 CLEARWAY_ROUNDS=10 python tests/measure_towns.py
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings

from clearway.shapes import Spot
from random_access import certified
from random_cordons import Case, answered, planned
from random_towns import ByHand, Town, random_towns

if TYPE_CHECKING:
    from collections.abc import Callable

    Shares = dict[str, float]

WISHES = ("pins", "never", "never_ways", "keep_open", "at_most")


def cordons(count: int) -> Shares:
    """Shares of random cordons that have something."""
    found = Counter[str]()
    cases = list(planned(count))
    for case in cases:
        found.update(name for name, has in CORDON.items() if has(case))
    return {name: found[name] / len(cases) for name in CORDON}


def wish_binds(case: Case) -> bool:
    """Whether without its wishes the plan would be another."""
    if not any(getattr(case.question, wish) for wish in WISHES):
        return False
    free = answered(case.network, case.question.model_copy(update={wish: None if wish == "at_most" else () for wish in WISHES}))
    return free is None or [one.spots for one in free.plan.barriers] != [one.spots for one in case.plan.barriers]


def tied(case: Case) -> bool:
    """Whether without the first barrier's place another cordon costs the same."""
    first = case.plan.barriers[0]
    never = (*case.question.never, Spot(lon=first.lon, lat=first.lat))
    other = answered(case.network, case.question.model_copy(update={"never": never}))
    return other is not None and abs(other.plan.cost - case.plan.cost) < 1e-6


CORDON: dict[str, Callable[[Case], bool]] = {
    "two or more barriers": lambda case: case.plan.barrier_count > 1,
    "three or more barriers": lambda case: case.plan.barrier_count > 2,
    "a place of several barriers": lambda case: any(len(one.way_indexes) > 1 for one in case.plan.barriers),
    "barriers at a corner": lambda case: any(one.place == "junction" for one in case.plan.barriers),
    "a corner of several junctions": lambda case: bool(case.plan.certificate["corners"]),
    "two carriageways abreast": lambda case: bool(case.plan.certificate["pairs"]),
    "the exact program is needed": lambda case: case.plan.certificate["paths"] is None,
    "another cordon costs the same": tied,
    "a wish that changes the plan": wish_binds,
    "signs that bind": lambda case: case.question.trust_signs,
    "an obstacle": lambda case: len(case.network.stop_way) > 0,
    "a bridge": lambda case: bool(case.network.way_level.any()),
    "outside begins at the radius": lambda case: case.question.radius_m < 1000,
    "addresses count": lambda case: case.question.address_cost > 0,
}


def accesses(count: int) -> Shares:
    """Shares of random certificates of access that have something."""
    found = Counter[str]()
    towns = list(certified(count))
    for served in towns:
        before, after = (served.certificate[side] for side in ("before", "after"))
        found["a closure that changes a time"] += before["addresses"]["ms"] != after["addresses"]["ms"]
        found["an address cut off"] += any(after["unreached"].values())
        found["a gate that takes time"] += bool(served.certificate["gates"])
        found["a forbidden turn"] += len(served.network.turn_classes) > 0
    return {name: many / len(towns) for name, many in found.items()}


def searches(count: int) -> Shares:
    """Shares of the random towns of the search that have something."""
    found = Counter[str]()

    @settings(max_examples=count, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(town=random_towns())
    def look(town: Town) -> None:
        found["towns"] += 1
        with_closures, without = ByHand(town).address_ms(), ByHand(replace(town, closures=[])).address_ms()
        found["a closure that changes a time"] += with_closures != without
        found["an address that is reached"] += any(ms < 2**31 - 1 for ms in without)
        found["a forbidden turn"] += len(town.network.turn_classes) > 0
        found["an obstacle"] += len(town.network.stop_way) > 0

    look()
    return {name: many / found["towns"] for name, many in found.items() if name != "towns"}


def main() -> None:
    """Print the shares."""
    for title, shares in (("cordons", cordons(300)), ("access", accesses(300)), ("search", searches(300))):
        print(title)
        for name, share in shares.items():
            print(f"  {share:>4.0%}  {name}")


if __name__ == "__main__":
    main()
