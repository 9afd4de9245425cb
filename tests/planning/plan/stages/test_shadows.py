"""Units that follow others: left out of the search where they are never later, and at each place all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from clearway.planning.cordon.planner.steps import Steps
from clearway.planning.plan.document import plan_of
from clearway.planning.plan.stages.annealing import Kit, annealed
from clearway.planning.plan.stages.drives import FAR
from clearway.planning.plan.stages.ground import Ground, sites_of
from clearway.planning.plan.stages.layers import Settled, settled
from clearway.planning.plan.stages.left_over import numbers_of
from clearway.planning.plan.stages.problem import CREW, FORKLIFT, TRUCK
from clearway.planning.plan.stages.search import Search
from clearway.planning.plan.stages.shadows import without_shadows
from clearway.planning.plan.stages.subsets import subsets_of
from drawn_towns import place
from plan_rings import DAYS, NOW
from random_stages import EAST, WEST, barriers, means, one_way_town
from rounds import rounds

if TYPE_CHECKING:
    from clearway.planning.gazetteer import Gazetteer
    from clearway.planning.plan.stages.problem import Scene
    from plan_rings import Plans

    Started = tuple[str, float | None]


def scene_of(plans: Plans, gazetteer: Gazetteer, numbers: list[int], **told: Any) -> Scene:  # noqa: ANN401 - any JSON
    plan, given = plans(barriers=barriers(numbers)), means([WEST, EAST], **told)
    return Ground(plan, sites_of(plan, "set_up", gazetteer), gazetteer, given).scene(given)


def units(kind: str, *told: Started) -> dict[str, Any]:
    """Units of a kind, each with its depot and speed."""
    return {f"{kind}s": [{"id": f"{kind} {at}", "depot": depot, "speed_kmh": kmh} for at, (depot, kmh) in enumerate(told)]}


@pytest.mark.parametrize(
    ("crews", "forklifts", "left"),
    [
        ([("D1", 6)], [("D1", 6)], {TRUCK, FORKLIFT}),
        ([("D1", 6), ("D1", 3), ("D2", 6)], [("D2", 3), ("D1", 3)], {TRUCK, FORKLIFT}),
        ([("D1", 3)], [("D1", 6)], {CREW, TRUCK, FORKLIFT}),  # slower
        ([("D2", 6)], [("D1", 6)], {CREW, TRUCK, FORKLIFT}),  # from elsewhere
        ([("D1", 6)], [("D1", 6), ("D1", 6)], {CREW, TRUCK, FORKLIFT}),  # too few
        ([("D1", None)], [("D1", None)], {TRUCK}),  # both as quick as the truck
    ],
    ids=["as quick", "quicker", "slower", "from elsewhere", "too few", "as the truck"],
)
def test_who_is_never_later_than_another_is_left_out(
    plans: Plans,
    grid: Gazetteer,
    crews: list[tuple[str, float | None]],
    forklifts: list[tuple[str, float | None]],
    left: set[int],
) -> None:
    scene = scene_of(plans, grid, [1, 4, 6], **units("crew", *crews), **units("forklift", *forklifts))
    planned = without_shadows(scene, subsets_of(scene))
    assert {unit.kind for unit in planned.scene.units} == left
    assert all({kind for kind, need in enumerate(job.needs) if need} == left for job in planned.scene.jobs)


def test_a_structure_that_needs_no_forklift_keeps_its_crew_from_following_one(plans: Plans, grid: Gazetteer) -> None:
    mixed = [*barriers([1, 4]), *barriers([6], "fence")]
    plan, given = plans(barriers=mixed), means([WEST], **units("crew", ("D1", 6)), **units("forklift", ("D1", 6)))
    scene = Ground(plan, sites_of(plan, "set_up", grid), grid, given).scene(given)
    assert CREW in {unit.kind for unit in without_shadows(scene, subsets_of(scene)).scene.units}


def test_with_shadows_the_best_schedule_is_that_of_all_orders_with_a_crew_at_each_place(plans: Plans, grid: Gazetteer) -> None:
    for draw in rounds(4):
        chosen = sorted(draw.sample(range(1, 9), 4))
        depots = [draw.choice(["D1", "D2"]) for _ in range(2)]
        told = units("crew", *((one, 6) for one in depots)) | units("forklift", *((one, 3) for one in reversed(depots)))
        scene = scene_of(plans, grid, chosen, **told, pieces={f"B{at}": draw.randint(1, 6) for at in chosen})
        search = Search(scene, None, 0, (0.0, 1.0))
        assert search.all()
        found = settled(scene, Settled((), FAR, 0), (0, 1, 2), Steps())
        assert (found.minutes, found.bound) == (search.best_minutes,) * 2
        assert all(one.choice.crew in scene.by_kind[CREW] for one in found.begun)


def test_by_chance_nobody_leaves_open_a_street_that_leads_in_behind_one_that_leads_out() -> None:
    """Both orders take as long, and only one of them lets nobody in who cannot come out."""
    gazetteer, sets = one_way_town()
    plan = plan_of({"plan": "tmp", "title": "Loop", "barriers": sets}, DAYS, NOW)
    given = means([list(place(600.0, -20.0))])
    scene = Ground(plan, sites_of(plan, "set_up", gazetteer), gazetteer, given).scene(given)
    kit = Kit(np.array(scene.stock, np.int32).reshape(1, -1), np.zeros(2, np.int32))
    for seed in range(4):
        chance = np.random.default_rng(seed)
        assert annealed(numbers_of(scene), subsets_of(scene), kit, chance, 50)[1].tolist() == [0, 1]


def test_a_schedule_by_chance_keeps_the_rules_and_is_never_below_the_best(plans: Plans, grid: Gazetteer) -> None:
    met = 0
    for draw in rounds(3):
        chosen = sorted(draw.sample(range(1, 9), 4))
        depots = [{"id": f"D{at}", "place": where, "kit": [{"structure": "concrete_block", "number": kit}]}
                  for at, (where, kit) in enumerate(((WEST, 6), (EAST, 99)), 1)]  # fmt: skip
        told = units("truck", ("D1", 6), ("D2", 6)) | units("crew", ("D1", 3), ("D2", 6)) | {"depots": depots}
        scene = scene_of(plans, grid, chosen, **told, pieces={f"B{at}": draw.randint(1, 6) for at in chosen})
        search = Search(scene, None, 0, (0.0, 1.0))
        assert search.all()
        kit = Kit(np.array(scene.stock, np.int32).reshape(2, -1), np.zeros(4, np.int32))
        minutes, order, who, loaded = annealed(
            numbers_of(scene), subsets_of(scene), kit, np.random.default_rng(draw.randrange(99)), 4000
        )
        assert minutes >= search.best_minutes
        assert sorted(order.tolist()) == [0, 1, 2, 3]
        assert sum(scene.jobs[job].pieces for job, (_, truck, _) in zip(order, who, strict=True) if truck == 2) <= 6
        assert set(loaded.tolist()) <= {0, 1}
        met += minutes == search.best_minutes
    assert met
