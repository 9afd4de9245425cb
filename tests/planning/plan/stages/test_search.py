"""The search of all orders where the faster one does not serve: on removals, whole, late, and at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.planning.cordon.planner.steps import Steps
from clearway.planning.plan.stages.drives import FAR
from clearway.planning.plan.stages.ground import Ground, sites_of
from clearway.planning.plan.stages.layers import can_settle
from clearway.planning.plan.stages.search import BY_SEARCH, greedy, soonest
from late import LateAfter
from random_stages import EAST, WEST, barriers, drawn, means
from rounds import rounds

if TYPE_CHECKING:
    import random

    from clearway.planning.gazetteer import Gazetteer
    from clearway.planning.plan.stages.problem import Scene, State
    from plan_rings import Plans


def removal(plans: Plans, grid: Gazetteer, draw: random.Random, most: int = 4) -> Scene:
    plan = plans(barriers=barriers(sorted(draw.sample(range(1, 9), draw.randint(2, most)))))
    told = drawn(draw, [WEST, EAST]) | {"pieces": {one.id: draw.randint(1, 6) for one in plan.barriers}}
    given = means([WEST, EAST], **told)
    return Ground(plan, sites_of(plan, "remove", grid), grid, given).scene(given)


def by_trying(scene: Scene) -> int:
    """Minutes of the best of all orders and choices, none of them left out."""

    def least(state: State, done: int) -> int:
        if done == (1 << len(scene.jobs)) - 1:
            return state.ends
        grown = (
            scene.append(state, choice)
            for job in range(len(scene.jobs))
            if not done >> job & 1
            for choice in scene.choices(state, job)
        )
        return min((least(one[0], one[0].done) for one in grown if one is not None), default=FAR)

    return least(scene.start(), 0)


def test_a_removal_is_done_as_soon_as_the_best_of_all_orders(plans: Plans, grid: Gazetteer) -> None:
    by = set()
    for draw in rounds(8):
        scene = removal(plans, grid, draw, most=3)
        assert not can_settle(scene)
        found = soonest(scene, Steps())
        assert found.minutes == found.bound == by_trying(scene) == max(one.ends for one in found.begun)
        assert sorted(one.choice.job for one in found.begun) == list(range(len(scene.jobs)))
        by.add(found.bound_by)
    assert BY_SEARCH in by


def test_a_search_whose_time_is_over_proves_no_more_than_it_did(plans: Plans, grid: Gazetteer) -> None:
    stopped = 0
    for draw in rounds(5):
        scene = removal(plans, grid, draw)
        whole = soonest(scene, Steps())
        if whole.bound_by != BY_SEARCH:
            continue
        for looks in (0, 3, 405, 420):
            found = soonest(scene, LateAfter(looks))
            assert found.bound <= whole.minutes <= found.minutes
            if found.bound_by != BY_SEARCH:
                assert found.bound < whole.minutes
                stopped += 1
    assert stopped


def test_a_dispatcher_takes_what_can_be_begun_soonest_and_proves_nothing(plans: Plans, grid: Gazetteer) -> None:
    for draw in rounds(4):
        scene = removal(plans, grid, draw, most=3)
        found, best = greedy(scene), soonest(scene, Steps()).minutes
        assert (found.bound, found.bound_by) == (0, "")
        assert found.minutes >= best
        state = scene.start()
        for one in found.begun:
            left = [job for job in range(len(scene.jobs)) if not state.done >> job & 1]
            grown = [scene.append(state, choice) for job in left for choice in scene.choices(state, job)]
            assert (one.starts, one.ends) == min((new[1].starts, new[1].ends) for new in grown if new)
            followed = scene.append(state, one.choice)
            assert followed is not None
            state = followed[0]
