"""Schedules by chance: each takes as long as the rules say, what breaks them is endless, the best of small stages is met."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import numpy as np

from clearway.planning.plan.document import plan_of
from clearway.planning.plan.stages.annealing import ENDLESS, Drawn, Kit, annealed, timed
from clearway.planning.plan.stages.drives import FAR
from clearway.planning.plan.stages.ground import Ground, sites_of
from clearway.planning.plan.stages.left_over import numbers_of
from clearway.planning.plan.stages.problem import TRUCK, Choice
from clearway.planning.plan.stages.subsets import subsets_of
from drawn_towns import place
from plan_rings import DAYS, NOW
from random_stages import EAST, WEST, barriers, drawn, means, one_way_town
from rounds import rounds

if TYPE_CHECKING:
    import random

    from clearway.network.model import Ints
    from clearway.planning.gazetteer import Gazetteer
    from clearway.planning.plan.stages.means import Means
    from clearway.planning.plan.stages.problem import Scene, State
    from clearway.record.kinds.plans import TrafficPlan
    from plan_rings import Plans

INNER = {"id": "INNER", "place": "Col 2 at Row 2, north side", "structure": "concrete_block"}


def scene_of(plan: TrafficPlan, given: Means, gazetteer: Gazetteer) -> Scene:
    return Ground(plan, sites_of(plan, "set_up", gazetteer), gazetteer, given).scene(given)


def small(plans: Plans, grid: Gazetteer, draw: random.Random, most: int) -> Scene:
    """Some places of the ring, often one within it, with little kit at times."""
    chosen = barriers(sorted(draw.sample(range(1, 9), draw.randint(2, most))))
    if draw.random() < 1 / 2:
        chosen.append(INNER)
    plan = plans(barriers=chosen)
    told = drawn(draw, [WEST, EAST]) | {"pieces": {one.id: draw.randint(0, 6) for one in plan.barriers}}
    kit = [{"structure": "concrete_block", "number": draw.choice([9, 99])}]
    told["depots"] = [{"id": f"D{at}", "place": where, "kit": kit} for at, where in enumerate([WEST, EAST], 1)]
    return scene_of(plan, means([WEST, EAST], **told), grid)


def kit_of(scene: Scene) -> Kit:
    structure = np.array([scene.structures.index(job.structure) for job in scene.jobs], np.int32)
    return Kit(np.array(scene.stock, np.int32).reshape(len(scene.depots), -1), structure)


def drawn_schedule(scene: Scene, draw: random.Random) -> tuple[list[int], list[list[int]], list[int]]:
    """An order of places, of each place the units, and whether its truck is loaded first."""
    order = draw.sample(range(len(scene.jobs)), len(scene.jobs))
    who = [[draw.choice(scene.by_kind[kind]) if job.needs[kind] else -1 for kind in range(3)] for job in scene.jobs]
    return order, who, [int(job.needs[TRUCK] and draw.random() < 1 / 4) for job in scene.jobs]


def by_the_rules(scene: Scene, order: list[int], who: list[list[int]], loaded: list[int]) -> State | None:
    """The schedule as it grows place by place; None where it cannot be. A truck that carries too little is loaded."""
    state = scene.start()
    for job in order:
        crew, truck, forklift = who[job]
        by_depot = truck >= 0 and bool(
            loaded[job] or state.left[truck] < min(scene.jobs[job].pieces, scene.units[truck].carries)
        )
        grown = scene.append(state, Choice(job, crew, truck, by_depot=by_depot, forklift=forklift))
        if grown is None:
            return None
        state = grown[0]
    return state


def cost_of(scene: Scene, order: list[int], who: list[list[int]], loaded: list[int]) -> tuple[float, int]:
    numbers, count, size = numbers_of(scene), len(order), len(scene.units)
    made = Drawn(np.array(order, np.int32), np.array(who, np.int32).reshape(count, 3), np.array(loaded, np.int32))
    state: tuple[Ints, Ints, Ints, Ints] = (
        np.empty(size, np.int32),
        np.empty(size, np.int32),
        np.empty(size, np.int32),
        np.empty_like(kit_of(scene).stock),
    )
    return timed(numbers, subsets_of(scene), kit_of(scene), made, state)


def test_a_schedule_takes_as_long_as_it_grows_by_the_rules_and_its_trucks_cost_a_fiftieth_of_theirs(
    plans: Plans, grid: Gazetteer
) -> None:
    kept = broken = 0
    for draw in rounds(12):
        scene = small(plans, grid, draw, most=4)
        for _ in range(8):
            order, who, loaded = drawn_schedule(scene, draw)
            cost, minutes = cost_of(scene, order, who, loaded)
            state = by_the_rules(scene, order, who, loaded)
            if state is None:
                assert minutes == ENDLESS
                assert cost == ENDLESS - 100 * at_fault(scene, order, who, loaded)
                broken += 1
                continue
            assert minutes == state.ends
            assert round(100 * (cost - minutes)) == 2 * sum(state.free[unit] for unit in scene.by_kind[TRUCK])
            kept += 1
    assert kept
    assert broken


def at_fault(scene: Scene, order: list[int], who: list[list[int]], loaded: list[int]) -> int:
    """The first place in the order that cannot be begun."""
    return next(at for at in range(len(order)) if by_the_rules(scene, order[: at + 1], who, loaded) is None)


def test_an_order_in_which_a_vehicle_would_be_trapped_is_endless_and_never_the_best() -> None:
    """The street that leads in has to be shut before the one that leads out."""
    gazetteer, sets = one_way_town()
    scene = scene_of(
        plan_of({"plan": "tmp", "title": "Loop", "barriers": sets}, DAYS, NOW), means([list(place(600.0, -20.0))]), gazetteer
    )
    who = [[scene.by_kind[kind][0] if job.needs[kind] else -1 for kind in range(3)] for job in scene.jobs]
    assert cost_of(scene, [0, 1], who, [0, 0])[1] < ENDLESS
    assert cost_of(scene, [1, 0], who, [0, 0]) == (ENDLESS, ENDLESS)
    found = annealed(numbers_of(scene), subsets_of(scene), kit_of(scene), np.random.default_rng(1), 20)
    assert found[1].tolist() == [0, 1]


def test_the_best_schedule_of_a_small_stage_is_met_and_told_as_it_is(plans: Plans, grid: Gazetteer) -> None:
    for draw in rounds(6):
        scene = small(plans, grid, draw, most=2)
        minutes, order, who, loaded = annealed(
            numbers_of(scene), subsets_of(scene), kit_of(scene), np.random.default_rng(1), 3000
        )
        best = by_trying(scene)
        if best == FAR:
            assert minutes == ENDLESS
            continue
        assert minutes == best
        jobs = order.tolist()
        told = {job: (units, load) for job, units, load in zip(jobs, who.tolist(), loaded.tolist(), strict=True)}
        state = by_the_rules(scene, jobs, [told[job][0] for job in sorted(jobs)], [told[job][1] for job in sorted(jobs)])
        assert state is not None
        assert state.ends == minutes


def by_trying(scene: Scene) -> int:
    """Minutes of the best of all orders and all units for each place."""

    def least(state: State, order: tuple[int, ...]) -> int:
        if not order:
            return state.ends
        grown = (scene.append(state, choice) for choice in scene.choices(state, order[0]))
        return min((least(one[0], order[1:]) for one in grown if one is not None), default=FAR)

    return min(least(scene.start(), order) for order in permutations(range(len(scene.jobs))))
