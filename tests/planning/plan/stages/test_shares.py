"""Places shared out among trucks: the best of all orders where the trucks decide, and a bound that holds."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from clearway.planning.cordon.planner.steps import Steps
from clearway.planning.plan.stages import shares
from clearway.planning.plan.stages.dominance import Rules
from clearway.planning.plan.stages.ground import Ground, sites_of
from clearway.planning.plan.stages.left_over import left_over, numbers_of
from clearway.planning.plan.stages.loads import least_by_trucks, loads_of, split_by_trucks
from clearway.planning.plan.stages.problem import Choice
from clearway.planning.plan.stages.search import Search
from clearway.planning.plan.stages.shares import listed, shared_out
from clearway.planning.plan.stages.subsets import subsets_of
from late import LateAfter
from random_stages import EAST, WEST, barriers, drawn, means
from rounds import rounds

if TYPE_CHECKING:
    import random

    from clearway.planning.gazetteer import Gazetteer
    from clearway.planning.plan.stages.problem import Scene
    from clearway.planning.plan.stages.shares import Shared
    from plan_rings import Plans


def every_order(scene: Scene) -> int:
    """Minutes of the best schedule by depth first search over the rules, without the arrays."""
    search = Search(scene, None, 0, (0.0, 1.0))
    assert search.all()
    return search.best_minutes


INNER = {"id": "INNER", "place": "Col 2 at Row 2, north side", "structure": "concrete_block"}
"""Within the ring: who works there must be out before it is shut."""


def scene_of(
    plans: Plans,
    gazetteer: Gazetteer,
    numbers: list[int],
    more: tuple[dict[str, str], ...] = (),
    **told: Any,  # noqa: ANN401 - any JSON
) -> Scene:
    plan, given = plans(barriers=[*barriers(numbers), *more]), means([WEST, EAST], **told)
    return Ground(plan, sites_of(plan, "set_up", gazetteer), gazetteer, given).scene(given)


def random_scene(plans: Plans, gazetteer: Gazetteer, draw: random.Random, most: int = 4) -> Scene:
    numbers = sorted(draw.sample(range(1, 9), draw.randint(2, most)))
    told = drawn(draw, [WEST, EAST]) | {"pieces": {f"B{at}": draw.randint(1, 6) for at in numbers}}
    return scene_of(plans, gazetteer, numbers, (INNER,) if draw.random() < 1 / 2 else (), **told)


def rules_of(scene: Scene) -> Rules:
    numbers, subsets = numbers_of(scene), subsets_of(scene)
    structure = np.array([scene.structures.index(job.structure) for job in scene.jobs], np.int32)
    return Rules(numbers, subsets, left_over(numbers, subsets), loads_of(numbers, subsets), structure, len(scene.structures))


def shared(scene: Scene, minutes: int, bound: int, steps: Steps | None = None) -> Shared:
    stock = np.array(scene.stock, np.int32).reshape(len(scene.depots), -1)
    return shared_out(rules_of(scene), stock, (minutes, bound), steps or Steps())


def followed(scene: Scene, found: Shared) -> int:
    """The minutes of its choices by the rules that a schedule grows by."""
    state = scene.start()
    for job, crew, truck, by_depot, forklift in found.choices.tolist():
        grown = scene.append(state, Choice(job, crew, truck, by_depot=bool(by_depot), forklift=forklift))
        assert grown is not None
        state = grown[0]
    return state.ends


def test_small_set_ups_are_done_as_soon_as_the_best_of_all_orders(plans: Plans, grid: Gazetteer) -> None:
    above = 0
    for draw in rounds(14):
        scene = random_scene(plans, grid, draw)
        best, bound = every_order(scene), least_by_trucks(numbers_of(scene), subsets_of(scene))
        found = shared(scene, best + draw.randint(1, 40), bound)
        assert (found.minutes, found.bound) == (best, best)
        assert followed(scene, found) == best
        above += best > bound
    assert above


def test_that_nothing_beats_the_best_is_proved_without_a_schedule(plans: Plans, grid: Gazetteer) -> None:
    for draw in rounds(4):
        scene = random_scene(plans, grid, draw)
        best = every_order(scene)
        found = shared(scene, best, min(best, least_by_trucks(numbers_of(scene), subsets_of(scene))))
        assert (found.choices.tolist(), found.minutes, found.bound) == ([], best, best)


def test_shares_that_are_given_up_prove_nothing(plans: Plans, grid: Gazetteer, monkeypatch: pytest.MonkeyPatch) -> None:
    """With one or two looks at each share few schedules are found; what is said of the bound stays true."""
    missed = 0
    for draw in rounds(8):
        scene = random_scene(plans, grid, draw)
        best, bound = every_order(scene), least_by_trucks(numbers_of(scene), subsets_of(scene))
        for looks in ((1,), (2,), (1, 3)):
            monkeypatch.setattr(shares, "_LOOKS", looks)
            found = shared(scene, best + 5, bound)
            assert found.bound <= best <= found.minutes
            missed += found.bound < best
    assert missed


def test_shares_left_out_for_want_of_room_prove_nothing(plans: Plans, grid: Gazetteer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shares, "_MOST", 1)
    monkeypatch.setattr(shares, "_FEW", 1)
    missed = 0
    for draw in rounds(8):
        scene = random_scene(plans, grid, draw)
        best, bound = every_order(scene), least_by_trucks(numbers_of(scene), subsets_of(scene))
        found = shared(scene, best + 5, bound)
        assert found.bound <= best <= found.minutes
        missed += found.bound < best
    assert missed


def test_a_bound_holds_whenever_the_time_is_over(plans: Plans, grid: Gazetteer) -> None:
    for draw in rounds(3):
        scene = random_scene(plans, grid, draw)
        best, bound = every_order(scene), least_by_trucks(numbers_of(scene), subsets_of(scene))
        for looks in range(-1, 9):
            found = shared(scene, best + 9, bound, LateAfter(looks))
            assert bound <= found.bound <= best <= found.minutes
            assert (found.minutes == best + 9) == (not len(found.choices))


def test_whoever_listens_can_end_the_search_while_shares_are_tried(plans: Plans, grid: Gazetteer) -> None:
    class Enough(Exception):
        """Somebody cancelled."""

    def tell(_doing: str, _share: float) -> None:
        raise Enough

    scene = scene_of(plans, grid, [1, 4, 6], pieces={"B1": 1, "B4": 2, "B6": 5})
    bound = least_by_trucks(numbers_of(scene), subsets_of(scene))
    with pytest.raises(Enough):
        shared(scene, 10**4, bound, Steps(tell))


def test_where_other_units_decide_or_shares_are_many_what_is_known_stands(
    plans: Plans, grid: Gazetteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = scene_of(plans, grid, [1, 4, 6], pieces={"B1": 1, "B4": 2, "B6": 5})
    bound = least_by_trucks(numbers_of(scene), subsets_of(scene))
    assert shared(scene, 10**4, bound)[1:] == (every_order(scene), every_order(scene))
    assert shared(scene, 10**4, bound + 1)[1:] == (10**4, bound + 1)
    monkeypatch.setattr(shares, "_WORTH", 0)
    assert shared(scene, 10**4, bound)[1:] == (10**4, bound)


@pytest.mark.parametrize("kit", [6, 5])
def test_a_depot_gives_no_more_pieces_than_it_has(plans: Plans, grid: Gazetteer, kit: int) -> None:
    depots = [
        {"id": "D1", "place": WEST, "kit": [{"structure": "concrete_block", "number": kit}]},
        {"id": "D2", "place": EAST, "kit": [{"structure": "concrete_block", "number": 20}]},
    ]
    trucks = [{"id": "truck 1", "depot": "D1"}, {"id": "truck 2", "depot": "D2"}]
    scene = scene_of(plans, grid, [5, 6, 7], depots=depots, trucks=trucks, pieces={"B5": 3, "B6": 3, "B7": 3})
    found = shared(scene, 10**3, least_by_trucks(numbers_of(scene), subsets_of(scene)))
    assert sum(3 for row in found.choices.tolist() if row[2] == scene.by_kind[1][0]) <= kit
    assert followed(scene, found) == found.minutes == every_order(scene)


def test_every_share_is_listed_once_that_leaves_each_truck_done_in_time() -> None:
    for draw in rounds(60):
        places, trucks = draw.randint(1, 5), draw.randint(1, 4)
        sets, whole = 1 << places, draw.randrange(1, 1 << places)
        tours: list[list[int]] = []
        alike = [False]
        for at in range(trucks):
            alike += [bool(at) and draw.random() < 1 / 2] if at else []
            tours.append(tours[-1] if alike[at] else [0] + [draw.randint(1, 30) for _ in range(sets - 1)])
        best = [[least(tours[: at + 1], some, places) for some in range(sets)] for at in range(trucks)]
        target = draw.randint(0, 35)
        out = np.empty((5000, trucks), np.int64)
        count = listed(np.array(tours), np.array(best), np.array(alike), whole, target, out)
        found = [tuple(row) for row in out[:count].tolist()]
        due = {
            canonical(split, alike)
            for split in splits(whole, trucks, places)
            if all(own[part] <= target for own, part in zip(tours, split, strict=True))
        }
        assert len(set(found)) == len(found) == len(due)
        assert {canonical(split, alike) for split in found} == due
        few = np.empty((max(count - 1, 1), trucks), np.int64)
        assert listed(np.array(tours), np.array(best), np.array(alike), whole, target, few) == min(count, len(few))


def splits(whole: int, trucks: int, places: int) -> list[tuple[int, ...]]:
    """Every way to share out a set."""
    own = [at for at in range(places) if whole >> at & 1]
    return [
        tuple(sum(1 << at for at, truck in zip(own, chosen, strict=True) if truck == one) for one in range(trucks))
        for chosen in itertools.product(range(trucks), repeat=len(own))
    ]


def least(tours: list[list[int]], some: int, places: int) -> int:
    return min(max(own[part] for own, part in zip(tours, split, strict=True)) for split in splits(some, len(tours), places))


def canonical(split: tuple[int, ...], alike: list[bool]) -> tuple[int, ...]:
    """The shares of trucks that are alike, in order."""
    groups: list[list[int]] = []
    for part, same in zip(split, alike, strict=True):
        if same:
            groups[-1].append(part)
        else:
            groups.append([part])
    return tuple(itertools.chain(*(sorted(own) for own in groups)))


def test_each_split_is_the_best_of_all_ways_to_share_a_set_out(plans: Plans, grid: Gazetteer) -> None:
    for draw in rounds(4):
        scene = random_scene(plans, grid, draw)
        found = split_by_trucks(numbers_of(scene), subsets_of(scene))
        assert found is not None
        tours, places = found.tours.tolist(), len(scene.jobs)
        for trucks in range(1, len(tours) + 1):
            due = [least(tours[:trucks], some, places) for some in range(1 << places)]
            assert found.best[trucks - 1].tolist() == due
