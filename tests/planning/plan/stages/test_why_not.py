"""Where no order does a stage, the sentence says why, and what it names to do next does it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clearway.errors import Infeasible
from clearway.planning.cordon.planner.steps import Steps
from clearway.planning.gazetteer import Gazetteer
from clearway.planning.plan.document import plan_of
from clearway.planning.plan.stages.ground import Ground, sites_of
from clearway.planning.plan.stages.planning import plan_stage
from clearway.planning.plan.stages.question import StageQuestion
from clearway.planning.plan.stages.why_not import why_not
from drawn_towns import Town, place
from plan_rings import DAYS, NOW
from random_stages import EAST, WEST, barriers, means

if TYPE_CHECKING:
    from clearway.planning.plan.stages.contract import StagePlan
    from clearway.planning.plan.stages.means import Means
    from clearway.record.kinds.plans import TrafficPlan
    from plan_rings import Plans


def staged(plan: TrafficPlan, given: Means, gazetteer: Gazetteer) -> StagePlan:
    return plan_stage(StageQuestion(plan, "set_up", given, changes=False), gazetteer, Steps(limit_s=20))


def cross() -> tuple[Gazetteer, TrafficPlan]:
    """A cross of two-way streets with a barrier south of its middle, and a one-way street out from its north end."""
    town = Town()
    all_ = town.draft.usual_permit("residential")
    for end in ((-300.0, 0.0), (600.0, 300.0)):
        town.corner(*end, edge=True)
    for end in ((0.0, 300.0), (0.0, -300.0), (-300.0, 0.0), (300.0, 0.0)):
        town.street((0.0, 0.0), end, permit=(all_, all_), name="Main")
    town.street((0.0, 300.0), (600.0, 300.0), permit=(all_, 0), name="Away")
    return Gazetteer(town.network()), ring(B1=(0.0, -60.0))


def ring(**spots: tuple[float, float]) -> TrafficPlan:
    sets = [
        {"id": name, "place": {"type": "point", "at": list(place(*at))}, "structure": "concrete_block"}
        for name, at in spots.items()
    ]
    return plan_of({"plan": "tmp", "title": "Ring", "barriers": sets}, DAYS, NOW)


ON_THE_WAY_OUT, IN_TOWN = list(place(450.0, 300.0)), list(place(-150.0, 0.0))


def test_a_depot_from_which_the_signs_let_nobody_drive_there_is_named_and_another_depot_does() -> None:
    gazetteer, plan = cross()
    with pytest.raises(Infeasible) as refused:
        staged(plan, means([ON_THE_WAY_OUT]), gazetteer)
    assert str(refused.value).startswith(
        "No order does it: by the signs no crew drives from D1 to B1, even while all is open. Move the depot "
    )
    assert str(refused.value).endswith(
        "The data end 306 m from a barrier, and crews drive within them: import more of the city."
    )
    assert staged(plan, means([IN_TOWN]), gazetteer).possible


def test_where_only_trucks_do_not_get_there_it_says_so_and_of_two_depots_one_is_enough() -> None:
    gazetteer, plan = cross()
    depots = [IN_TOWN, ON_THE_WAY_OUT]
    with pytest.raises(Infeasible, match=r"no truck drives from D2 to B1, even"):
        staged(plan, means(depots, trucks=[{"id": "truck 1", "depot": "D2"}]), gazetteer)
    both = [{"id": "truck 1", "depot": "D2"}, {"id": "truck 2", "depot": "D1"}]
    assert staged(plan, means(depots, trucks=both), gazetteer).possible


def kit(*numbers: int) -> list[dict[str, Any]]:
    return [
        {"id": f"D{at}", "place": place, "kit": [{"structure": "concrete_block", "number": number}]}
        for at, (place, number) in enumerate(zip((WEST, EAST), numbers, strict=True), 1)
    ]


def test_pieces_at_a_depot_without_a_truck_are_named_and_one_more_beside_the_truck_does(plans: Plans, grid: Gazetteer) -> None:
    plan, pieces = plans(barriers=barriers([6, 7])), {"B6": 2, "B7": 2}
    with pytest.raises(
        Infeasible, match=r"4 pieces of concrete_block are needed, and 3 lie at a depot that has a truck\. Move "
    ):
        staged(plan, means([WEST], depots=kit(3, 5), pieces=pieces), grid)
    assert staged(plan, means([WEST], depots=kit(4, 4), pieces=pieces), grid).possible


def test_pieces_that_are_taken_away_in_the_same_stage_are_none_that_are_needed(plans: Plans, grid: Gazetteer) -> None:
    def shrunk(near: int) -> StagePlan:
        given = means([WEST], depots=kit(near, 5), pieces={"B6": 4, "B7": 2})
        asked = StageQuestion(plans(barriers=barriers([7])), "shrink", given, to=plans(barriers=barriers([6])), changes=False)
        return plan_stage(asked, grid, Steps(limit_s=20))

    with pytest.raises(Infeasible, match=r"4 pieces of concrete_block are needed, and 3 lie at a depot that has a truck\."):
        shrunk(3)
    assert shrunk(4).possible


def test_where_the_time_was_over_it_does_not_say_that_there_is_no_order(plans: Plans, grid: Gazetteer) -> None:
    plan, given = plans(barriers=barriers([6, 7])), means([WEST])
    ground = Ground(plan, sites_of(plan, "set_up", grid), grid, given)
    assert why_not(ground, ground.scene(given), late=True).startswith("No order was found in the time. Give it longer, ")


def test_a_depot_on_a_street_with_no_way_back_is_not_said_to_lie_within_the_ring() -> None:
    """Without the end of the map behind it, nobody comes back to a street that leads away."""
    town = Town()
    all_ = town.draft.usual_permit("residential")
    for start, end, permit in (
        ((0.0, 0.0), (0.0, -300.0), (all_, all_)),
        ((0.0, 0.0), (-300.0, 0.0), (all_, all_)),
        ((0.0, 0.0), (600.0, 0.0), (all_, 0)),
    ):
        town.street(start, end, permit=permit, name="Main")
    with pytest.raises(Infeasible, match=r"^By the signs nobody drives out of the depot D1 and back, .* on another street\.$"):
        staged(ring(B1=(0.0, -60.0)), means([list(place(450.0, 0.0))]), Gazetteer(town.network()))
