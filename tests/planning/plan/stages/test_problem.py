"""How a schedule grows, by hand: a set-up, a removal and a ring that shrinks, at 100 m a minute on the grid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clearway.planning.gazetteer import Gazetteer
from clearway.planning.plan.document import plan_of
from clearway.planning.plan.stages.ground import Ground, sites_of
from clearway.planning.plan.stages.planning import plan_stage
from clearway.planning.plan.stages.problem import Choice
from clearway.planning.plan.stages.question import StageQuestion
from drawn_towns import Town, place
from plan_rings import DAYS, NOW
from random_stages import EAST, WEST, barriers, drawn, means, soonest_by_trying
from rounds import rounds

if TYPE_CHECKING:
    from clearway.planning.plan.stages.contract import StagePlan
    from clearway.planning.plan.stages.means import Means
    from clearway.planning.plan.stages.problem import Begun, Scene
    from clearway.record.kinds.plans import TrafficPlan
    from plan_rings import Plans

DEPOT = [10.0, 0.0017986]
"""B6 is 2 min from it and B7 3 min, and they are 2 min from each other, at 6 km/h."""


def by_hand(pieces: dict[str, int], *, crews: int = 1, trucks: int = 1, **more: Any) -> Means:  # noqa: ANN401 - any JSON
    """A truck carries four, to load it takes 3 min, a place 1 min, and a piece 5."""
    slow = {"depot": "D1", "speed_kmh": 6}
    told: dict[str, Any] = {
        "crews": [{"id": f"crew {at}"} | slow for at in range(1, crews + 1)],
        "trucks": [{"id": f"truck {at}", "carries": 4} | slow for at in range(1, trucks + 1)],
        "forklifts": [{"id": f"forklift {at}"} | slow for at in range(1, crews + 1)],
        "pieces": pieces, "place_minutes": 1, "load_minutes": 3,
        "rates": [{"structure": "concrete_block", "minutes_each": 5}],
    }  # fmt: skip
    return means([DEPOT], **(told | more))


def scene_of(plans: Plans, grid: Gazetteer, given: Means, numbers: list[int], stage: Any = "set_up") -> Scene:  # noqa: ANN401
    plan = plans(barriers=barriers(numbers))
    return Ground(plan, sites_of(plan, stage, grid), grid, given).scene(given)


def grown(scene: Scene, *choices: Choice) -> list[Begun]:
    state, begun = scene.start(), []
    for choice in choices:
        found = scene.append(state, choice)
        assert found is not None
        state = found[0]
        begun.append(found[1])
    return begun


def staged(plans: Plans, grid: Gazetteer, given: Means, numbers: list[int], stage: Any, **more: Any) -> StagePlan:  # noqa: ANN401
    plan = plans(barriers=barriers(numbers))
    found = plan_stage(StageQuestion(plan, stage, given, changes=False, **more), grid)
    assert found.checked, found.refused
    return found


def test_a_truck_that_carries_too_little_loads_again_before_a_place_and_during_its_work(plans: Plans, grid: Gazetteer) -> None:
    """Three for B6 leave one for B7, which needs three: home, loaded, there. Five for one place are two loads of four."""
    scene = scene_of(plans, grid, by_hand({"B6": 3, "B7": 3}), [6, 7])
    first, second = grown(scene, Choice(0, 0, 1, by_depot=True, forklift=2), Choice(1, 0, 1, by_depot=True, forklift=2))
    assert (first.starts, first.ends, first.loads) == (5, 21, 1)
    assert [(leg.unit, leg.leaves, leg.arrives, leg.loads) for leg in first.legs] == [
        (0, 0, 2, False), (1, 0, 0, True), (1, 3, 5, False), (2, 0, 2, False),
    ]  # fmt: skip
    assert [(leg.unit, leg.leaves, leg.arrives, leg.loads) for leg in second.legs] == [
        (0, 21, 23, False), (1, 21, 23, True), (1, 26, second.starts, False), (2, 21, 23, False),
    ]  # fmt: skip
    assert (second.starts, second.ends) == (29, 45)
    state = scene.start()
    assert (
        scene.append(state, Choice(0, 0, 1, by_depot=False, forklift=2)) is not None
    )  # the rule what a truck must have is that of choices
    assert [choice[:4] for choice in scene.choices(state, 0)] == [(0, 0, 1, True)]

    large = scene_of(plans, grid, by_hand({"B6": 5, "B7": 3}), [6, 7])
    one, other = grown(large, Choice(0, 0, 1, by_depot=True, forklift=2), Choice(1, 0, 1, by_depot=False, forklift=2))
    # 26 min of work, and for one more load 2 home, 3 to load, 2 back; three pieces are left for the other
    assert (one.starts, one.ends, one.loads) == (5, 5 + 26 + 7, 2)
    assert (other.starts, other.ends, other.loads) == (40, 56, 1)
    after = large.append(large.start(), Choice(0, 0, 1, by_depot=True, forklift=2))
    assert after is not None
    assert [(choice.truck, choice.by_depot) for choice in large.choices(after[0], 1)] == [(1, False), (1, True)]


def test_a_full_truck_need_not_load_and_an_empty_one_must(plans: Plans, grid: Gazetteer) -> None:
    """Four of eight pieces: the truck comes back with none; of a place without pieces nobody asks for a truck."""
    scene = scene_of(plans, grid, by_hand({"B6": 8, "B7": 0}), [6, 7])
    assert scene.jobs[1].needs == (True, False, False)
    assert [choice[:5] for choice in scene.choices(scene.start(), 1)] == [(1, 0, -1, False, -1)]
    (alone,) = grown(scene, Choice(1, 0))
    assert (alone.starts, alone.ends, alone.loads) == (3, 4, 1)
    after = scene.append(scene.start(), Choice(0, 0, 1, by_depot=True, forklift=2))
    assert after is not None
    assert after[0].left[1] == 0


def test_everybody_begins_at_their_depot_at_minute_nought_with_no_piece_on_a_truck(plans: Plans, grid: Gazetteer) -> None:
    scene = scene_of(plans, grid, by_hand({"B6": 2, "B7": 2}, crews=2), [6, 7])
    start = scene.start()
    assert (start.done, start.last, start.ends) == (0, 0, 0)
    assert (start.at, start.free, start.left) == ((scene.depots[0],) * 5, (0,) * 5, (0,) * 5)


def test_of_units_in_the_same_state_the_first_is_asked(plans: Plans, grid: Gazetteer) -> None:
    scene = scene_of(plans, grid, by_hand({"B6": 2, "B7": 2}, crews=2, trucks=2), [6, 7])
    state = scene.start()
    assert [choice[1:] for choice in scene.choices(state, 0)] == [(0, 2, True, 4)]
    after = scene.append(state, Choice(0, 1, 3, by_depot=True, forklift=5))
    assert after is not None
    assert {choice[1:] for choice in scene.choices(after[0], 1)} == {
        (crew, *truck, lift) for crew in (0, 1) for truck in ((2, True), (3, False), (3, True)) for lift in (4, 5)
    }


def test_a_removal_takes_what_a_truck_has_room_for_home_in_between(plans: Plans, grid: Gazetteer) -> None:
    """Two pieces each fit on together: 2 there, 11, 2 on, 11. Of three each the first go home: 2, 3 to unload, 3 back."""
    both = staged(plans, grid, by_hand({"B6": 2, "B7": 2}), [6, 7], "remove")
    assert [(one.starts, one.ends) for one in both.tasks] == [(2, 13), (15, 26)]
    assert [(leg.unit, leg.loads) for leg in both.legs if leg.loads] == []
    apart = staged(plans, grid, by_hand({"B6": 3, "B7": 3}), [6, 7], "remove")
    assert [(one.starts, one.ends) for one in apart.tasks] == [(2, 18), (18 + 8, 42)]
    assert [(leg.unit, leg.leaves, leg.arrives) for leg in apart.legs if leg.loads] == [("truck 1", 18, 20)]
    assert (both.minutes, apart.minutes) == (26, 42)
    assert both.proven
    assert apart.proven


@pytest.mark.parametrize("minutes", [0, 1])
def test_a_place_without_pieces_may_take_no_time_and_is_left_at_once(plans: Plans, grid: Gazetteer, minutes: int) -> None:
    """The crew is at B6 at minute 2, and 2 min later at B7, where the truck is by minute 6: 3 to load, 3 there."""
    found = staged(plans, grid, by_hand({"B6": 0, "B7": 2}, place_minutes=minutes), [6, 7], "set_up")
    assert [(one.id, one.starts, one.ends) for one in found.tasks] == [("B6", 2, 2 + minutes), ("B7", 6, 16 + minutes)]
    assert ("crew 1", "B6", "B7") in {(leg.unit, leg.start, leg.end) for leg in found.legs}


def test_two_crews_remove_two_places_at_once(plans: Plans, grid: Gazetteer) -> None:
    found = staged(plans, grid, by_hand({"B6": 2, "B7": 2}, crews=2, trucks=2), [6, 7], "remove")
    assert [(one.id, one.starts, one.ends) for one in found.tasks] == [("B6", 2, 13), ("B7", 3, 14)]


def test_who_reaches_a_place_only_through_another_waits_until_that_is_gone() -> None:
    """Two fences across a lane of 400 m, 100 and 300 m up it; the depot is at its foot. At 100 m a minute, 10 min a place."""
    town = Town()
    corners = [(0.0, 0.0), (600.0, 0.0), (600.0, -300.0), (0.0, -300.0)]
    for start, end in zip(corners, [*corners[1:], corners[0]], strict=True):
        town.street(start, end, name="Block")
    town.street((0.0, 0.0), (0.0, 400.0), name="Lane")
    sets = [
        {"id": name, "place": {"type": "point", "at": list(place(0.0, y))}, "structure": "fence"}
        for name, y in (("NEAR", 100.0), ("FAR", 300.0))
    ]
    plan = plan_of({"plan": "tmp", "title": "Lane", "barriers": sets}, DAYS, NOW)
    crews = [{"id": f"crew {at}", "depot": "D1", "speed_kmh": 6} for at in (1, 2)]
    given = means([list(place(0.0, 0.0))], crews=crews, pieces={"NEAR": 0, "FAR": 0}, place_minutes=10)
    found = plan_stage(StageQuestion(plan, "remove", given, changes=False), Gazetteer(town.network()))
    assert found.checked, found.refused
    near, far = found.tasks
    assert (near.id, near.starts, near.ends, far.id) == ("NEAR", 1, 11, "FAR")
    # crew 2 stands at the depot until minute 11, crew 1 has the shorter way
    assert (far.crew, far.starts, far.ends) == (near.crew, 11 + 2, 23)


def test_what_is_removed_waits_until_all_that_is_set_is_finished_and_its_truck_comes_empty(
    plans: Plans, grid: Gazetteer
) -> None:
    """B6 is set by minute 16; B7 goes from minute 18, though its crew could be there at 2, on the truck that brought B6."""
    old = plans(barriers=barriers([7]))
    new = plans(barriers=barriers([6]))
    given = by_hand({"B6": 2, "B7": 4}, crews=2)
    found = plan_stage(StageQuestion(old, "shrink", given, to=new, changes=False), grid)
    assert found.checked, found.refused
    assert [(one.id, one.does, one.starts, one.ends) for one in found.tasks] == [
        ("B6", "set", 5, 16), ("B7", "remove", 18, 39),
    ]  # fmt: skip


def test_a_barrier_on_both_carriageways_that_both_plans_have_stays() -> None:
    """A is in both, B goes, and C comes 200 m from either."""
    town = Town()
    all_ = town.draft.usual_permit("residential")
    for x in (0, 200, 400):
        for y, permit in ((0, (all_, 0)), (20, (0, all_))):
            town.street((x, y), (x + 200, y), name="Quay", permit=permit)
        town.street((x, -200), (x + 200, -200), name="South")
    for x in (0, 200, 400, 600):
        town.street((x, -200), (x, 0), name=f"Cross {x}")
        town.street((x, 0), (x, 20), name=f"Cross {x}")

    def plan(**at: float) -> TrafficPlan:
        sets = [
            {"id": name, "place": {"type": "point", "at": list(place(x, 10)), "label": "Quay"}, "structure": "fence"}
            for name, x in at.items()
        ]
        return plan_of({"plan": "tmp", "title": "Quay", "barriers": sets}, DAYS, NOW)

    question = StageQuestion(plan(A=100, B=500), "shrink", means([list(place(0, -200))]), to=plan(A=100, C=300), changes=False)
    found = plan_stage(question, Gazetteer(town.network()))
    assert found.checked, found.refused
    assert [(one.id, one.does) for one in found.tasks] == [("C", "set"), ("B", "remove")]


def test_the_schedule_of_a_few_places_is_the_best_of_all_that_are_tried_one_by_one(plans: Plans, grid: Gazetteer) -> None:
    for draw in rounds(4):
        plan = plans(barriers=barriers(sorted(draw.sample(range(1, 9), draw.randint(2, 3)))))
        told = drawn(draw, [WEST, EAST])
        told["pieces"] = {name: number for name, number in told["pieces"].items() if name in {one.id for one in plan.barriers}}
        question = StageQuestion(plan, "set_up", means([WEST, EAST], **told), changes=False)
        found = plan_stage(question, grid)
        assert found.proven
        assert found.checked, found.refused
        assert found.minutes == soonest_by_trying(question, found, grid)


@pytest.mark.parametrize(("kit", "fits"), [(4, True), (3, False)])
def test_a_depot_gives_what_it_has_and_not_a_piece_more(plans: Plans, grid: Gazetteer, kit: int, *, fits: bool) -> None:
    depots = [
        {"id": "D1", "place": DEPOT, "kit": [{"structure": "concrete_block", "number": kit}]},
        {"id": "D2", "place": EAST, "kit": [{"structure": "concrete_block", "number": 9}]},
    ]
    scene = scene_of(plans, grid, by_hand({"B6": 2, "B7": 2}, depots=depots), [6, 7])
    first = scene.append(scene.start(), Choice(0, 0, 1, by_depot=True, forklift=2))
    assert first is not None
    assert (scene.append(first[0], Choice(1, 0, 1, by_depot=False, forklift=2)) is not None) is fits
