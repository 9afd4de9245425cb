"""Other cordons where a flow alone does not prove which is cheapest, and what is found of them when the time is short."""

from __future__ import annotations

import random
from contextlib import suppress
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest

from clearway.errors import Infeasible
from clearway.network.classes import class_mask
from clearway.planning.cordon.planner.alternatives import other_cordons
from clearway.planning.cordon.planner.cut import cheapest_cut
from clearway.planning.cordon.planner.plan import plan_cordon
from clearway.planning.cordon.planner.question import CordonQuestion
from clearway.planning.cordon.planner.steps import Steps
from drawn_towns import Town, square
from late import LateAfter

if TYPE_CHECKING:
    from types import ModuleType

    from clearway.network.model import Network

CLASSES = ["service", "residential", "tertiary", "secondary", "primary"]
SITE = square(100, 60, 25)
HARD = (1468, 502, 1567)
"""Towns in which several carriageways can be shut together or apart, so that a proof is needed."""


def quays(seed: int) -> Network:
    """Two streets of two carriageways each, four that cross them, and a way out at every end."""
    draw, town = random.Random(seed), Town()  # noqa: S311 - the same each time
    both, foot = town.draft.usual_permit("residential"), class_mask(["foot"])
    xs, ys = (0, 100, 200, 300), (0, draw.choice([15, 20, 30]), 100, draw.choice([115, 120, 130]))

    def row(number: int, start: tuple[int, int], end: tuple[int, int]) -> None:
        permit = (foot, both) if number % 2 else (both, foot)
        town.street(start, end, street_class=CLASSES[2 + number // 2], name=f"Row {number // 2}", permit=permit)

    for column, x in enumerate(xs):
        for number, y in enumerate(ys):
            if x < 300 and draw.random() < 0.95:
                row(number, (x, y), (x + 100, y))
            if number < 3 and draw.random() < 0.9:
                town.street((x, y), (x, ys[number + 1]), street_class=draw.choice(CLASSES), name=f"Col {column}")
    for x in xs:
        for y, side in ((0, -110), (ys[3], 110)):
            town.corner(x, y + side, edge=True)
            town.street((x, y), (x, y + side), street_class=draw.choice(CLASSES))
    for number, y in enumerate(ys):
        for x, out in ((0, -110), (300, 410)):
            town.corner(out, y, edge=True)
            row(number, *sorted([(x, y), (out, y)]))
    return town.network()


def asked(**more: Any) -> CordonQuestion:  # noqa: ANN401 - any field
    return CordonQuestion(site=SITE, radius_m=5000, frontier=False, **more)


@pytest.mark.parametrize("seed", HARD)
def test_the_first_alternative_is_the_cheapest_cordon_that_leaves_three_streets_of_the_best(seed: int) -> None:
    network = quays(seed)
    plan = plan_cordon(network, asked(alternatives=1))
    ways = sorted({way for barrier in plan.barriers for way in barrier.way_indexes})
    costs = []
    for left in combinations(ways, 3):
        with suppress(Infeasible):
            costs.append(plan_cordon(network, asked(never_ways=left)).cost)
    assert [one.cost for one in plan.alternatives] == [pytest.approx(min(costs))]


def test_a_search_for_others_that_was_stopped_has_the_first_of_them(kit: ModuleType) -> None:
    parts = kit.parts_of(quays(HARD[0]), asked())
    best = cheapest_cut(parts.model)
    assert best is not None

    def found(steps: Steps) -> tuple[list[int], bool]:
        cuts, ended = other_cordons(parts.window, parts.places, parts.model, best, count=2, address_weight=0, steps=steps)
        return [cut.value for cut in cuts], ended

    (whole, ended), counts = found(Steps()), set()
    assert (len(whole), ended) == (2, True)
    for count in (0, 5, 10, 20, 30, 40, 50, 60, 80, 100):
        values, ended = found(LateAfter(count))
        assert values == whole[: len(values)]
        assert ended == (len(values) == len(whole))
        counts.add(len(values))
    assert counts == {0, 1, 2}
