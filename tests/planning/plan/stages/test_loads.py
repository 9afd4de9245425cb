"""What trucks need at least, load by load: by hand, and never more than the best of all orders."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from clearway.planning.plan.stages.ground import Ground, sites_of
from clearway.planning.plan.stages.left_over import numbers_of
from clearway.planning.plan.stages.loads import least_by_trucks, loads_of
from clearway.planning.plan.stages.search import Search
from clearway.planning.plan.stages.subsets import subsets_of
from random_stages import EAST, WEST, barriers, drawn, means
from rounds import rounds

if TYPE_CHECKING:
    from clearway.planning.gazetteer import Gazetteer
    from clearway.planning.plan.stages.problem import Scene
    from plan_rings import Plans


def scene_of(plans: Plans, gazetteer: Gazetteer, numbers: list[int], where: list[Any], **told: Any) -> Scene:  # noqa: ANN401
    plan, given = plans(barriers=barriers(numbers)), means(where, **told)
    return Ground(plan, sites_of(plan, "set_up", gazetteer), gazetteer, given).scene(given)


def two_places(plans: Plans, gazetteer: Gazetteer, pieces: tuple[int, int], trucks: int = 1) -> Scene:
    """Two places 2 and 3 min from the depot, 2 from each other. To load takes 3, a piece 5, a place 1; four are a load."""
    slow = {"depot": "D1", "speed_kmh": 6}
    return scene_of(
        plans, gazetteer, [6, 7], [[10.0, 0.0017986]],
        crews=[{"id": "crew 1"} | slow], forklifts=[{"id": "forklift 1"} | slow],
        trucks=[{"id": f"truck {at}", "carries": 4} | slow for at in range(trucks)],
        pieces=dict(zip(("B6", "B7"), pieces, strict=True)), place_minutes=1, load_minutes=3,
        rates=[{"structure": "concrete_block", "minutes_each": 5}],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("pieces", "minutes"),
    [
        ((3, 3), [48, 45]),  # 3 loaded, 2 there, 16, 2 home; 3 loaded, 3 there, 16, 3 home; or there it stays
        ((2, 2), [32, 29]),  # 3 loaded, 2 there, 11; then 2 on, 11, 3 home
        (
            (5, 1),
            [49, 46],
        ),  # 3 loaded, 2 there, 26, a load more: 2 home, 3, 2 back; the rest does for the other: 2, 6, 3
    ],
)
def test_what_is_left_for_one_truck_by_hand(plans: Plans, grid: Gazetteer, pieces: tuple[int, int], minutes: list[int]) -> None:
    scene = two_places(plans, grid, pieces)
    loads = loads_of(numbers_of(scene), subsets_of(scene))
    assert loads.least[0, loads.bags[0]].tolist() == by_hand(scene) == minutes


def by_hand(scene: Scene) -> list[int]:
    """The same by both orders, each place served from what is left on the truck where that does, or loaded."""
    table, depot, load = scene.drives[0], scene.depots[0], scene.load_minutes
    best = [10**9, 10**9]
    for order in itertools.permutations(range(len(scene.jobs))):
        for loaded in itertools.product((False, True), repeat=len(order)):
            minutes, done, on, homes, at = 0, 0, 0, list[int](), depot
            for job, goes in zip(order, loaded, strict=True):
                one = scene.jobs[job]
                stand = scene.stands[one.barrier]
                now, then = (table.minutes(scene.open_to_traffic(some)) for some in (done, done | 1 << job))
                if not goes and on < one.pieces:
                    break
                minutes += load + now[depot][stand] if goes else now[at][stand] - now[at][depot]
                on = 4 if goes else on
                further = -(-max(one.pieces - on, 0) // 4)
                minutes += further * (then[stand][depot] + load + then[depot][stand])
                done, on, at = done | 1 << job, on + 4 * further - one.pieces, stand
                homes.append(then[stand][depot])
                minutes += one.minutes + homes[-1]
            else:
                best = [min(best[0], minutes), min(best[1], minutes - max(homes))]
    return best


def test_the_split_of_places_between_trucks_is_never_above_the_best_of_all_orders(plans: Plans, grid: Gazetteer) -> None:
    reached = 0
    for draw in rounds(8):
        chosen = sorted(draw.sample(range(1, 9), 4))
        told = drawn(draw, [WEST, EAST]) | {"pieces": {f"B{at}": draw.randint(1, 6) for at in chosen}}
        scene = scene_of(plans, grid, chosen, [WEST, EAST], **told)
        search = Search(scene, None, 0, (0.0, 1.0))
        assert search.all()
        least = least_by_trucks(numbers_of(scene), subsets_of(scene))
        assert 0 < least <= search.best_minutes
        reached += least == search.best_minutes
    assert reached


def test_two_trucks_share_what_one_does_alone(plans: Plans, grid: Gazetteer) -> None:
    """One: 3 loaded, 2 there, 16, 2 home, 3 loaded, 3 there, 16. Two: the longer of 3 + 2 + 16 and 3 + 3 + 16."""
    one, two = (two_places(plans, grid, (3, 3), trucks) for trucks in (1, 2))
    assert least_by_trucks(numbers_of(one), subsets_of(one)) == 45
    assert least_by_trucks(numbers_of(two), subsets_of(two)) == 22


def test_what_trucks_carry_without_end_is_not_counted_by_pieces(plans: Plans, grid: Gazetteer) -> None:
    scene = two_places(plans, grid, (3, 3))
    numbers, subsets = numbers_of(scene), subsets_of(scene)
    for carries, counted in ((200, True), (2_000_000, False)):
        given = numbers._replace(carries=np.minimum(numbers.carries, 1) * carries)
        assert len(loads_of(given, subsets).least) == counted * len(subsets.safe)
        assert (least_by_trucks(given, subsets) > 0) == counted
    given = numbers._replace(carries=np.minimum(numbers.carries, 1) * 1000)  # a table of all that may be left is too large
    assert not len(loads_of(given, subsets).least)
    assert least_by_trucks(given, subsets) == 39  # 3 loaded, 2 there, 16, 2 on, 16
