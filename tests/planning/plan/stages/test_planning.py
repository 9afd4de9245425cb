"""A stage planned: the best of all schedules tried, never a trap and nobody shut in; what bad input says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clearway.errors import BadInput, Infeasible, UnknownName
from clearway.planning.cordon.planner.steps import Steps
from clearway.planning.plan.document import plan_of
from clearway.planning.plan.stages.answer import checker_words
from clearway.planning.plan.stages.ground import Ground, sites_of
from clearway.planning.plan.stages.means import means_of
from clearway.planning.plan.stages.planning import plan_stage
from clearway.planning.plan.stages.question import StageQuestion
from clearway.planning.plan.stages.search import Search
from drawn_towns import place
from plan_rings import DAYS, NOW
from random_stages import EAST, WEST, barriers, drawn, means, one_way_town, soonest_by_trying
from rounds import rounds

if TYPE_CHECKING:
    from clearway.planning.gazetteer import Gazetteer
    from clearway.planning.plan.stages.contract import StagePlan
    from clearway.planning.plan.stages.means import Means
    from clearway.record.kinds.plans import TrafficPlan
    from plan_rings import Plans


def staged(plan: TrafficPlan, given: Means, gazetteer: Gazetteer, stage: Any = "set_up", **more: Any) -> StagePlan:  # noqa: ANN401
    found = plan_stage(StageQuestion(plan, stage, given, **({"changes": False} | more)), gazetteer, Steps(limit_s=20))
    assert found.checked or not found.possible, found.refused
    return found


@pytest.mark.slow
def test_the_schedule_is_the_best_of_all_tried_one_by_one(plans: Plans, grid: Gazetteer) -> None:
    waited = 0
    for draw in rounds(10):
        plan = plans(barriers=barriers(sorted(draw.sample(range(1, 9), draw.randint(2, 4)))))
        told = drawn(draw, [WEST, EAST])
        told["pieces"] = {name: number for name, number in told["pieces"].items() if name in {one.id for one in plan.barriers}}
        given = means([WEST, EAST], **told)
        found = staged(plan, given, grid)
        assert found.proven
        tried = soonest_by_trying(StageQuestion(plan, "set_up", given), found, grid)
        search = Search(Ground(plan, sites_of(plan, "set_up", grid), grid, given).scene(given), None, 0, (0.0, 1.0))
        assert search.all()  # the one for large stages
        assert (found.minutes, search.best_minutes) == (tried, tried)
        waited += found.bound_by == "the search of all orders"
    assert waited


def test_by_hand_one_crew_sets_two_places(plans: Plans, grid: Gazetteer) -> None:
    """Eight barriers' grid at 6 km/h, 100 m a minute: the depot is 2 blocks from B6 and B7, a block apart."""
    given = means(
        [[10.0, 0.0017986]],
        crews=[{"id": "crew 1", "depot": "D1", "speed_kmh": 6}],
        trucks=[{"id": "truck 1", "depot": "D1", "speed_kmh": 6, "carries": 4}],
        forklifts=[{"id": "forklift 1", "depot": "D1", "speed_kmh": 6}],
        pieces={"B6": 2, "B7": 2},
        place_minutes=1,
        load_minutes=3,
        rates=[{"structure": "concrete_block", "minutes_each": 5}],
    )
    found = staged(plans(barriers=barriers([6, 7])), given, grid)
    first, second = found.tasks
    # loaded for 3 min, then 107.5 m: 2 min; 11 min of work; 7.5 + 100 + 7.5 m to the next: 2 min
    assert (first.starts, first.ends, second.starts, second.ends) == (5, 16, 18, 29)
    assert (found.minutes, found.bound, found.proven) == (29, 29, True)
    assert (found.bound_checked, found.summary[-1]) == (29, checker_words(29, 29))
    # the truck loads at once; who waits at its depot leaves it as late as it can
    drives = {(leg.unit, leg.end): (leg.start, leg.leaves, leg.arrives, leg.loads) for leg in found.legs}
    assert drives == {
        ("truck 1", "D1"): ("D1", 0, 0, True),
        **{(unit, first.id): ("D1", 3, 5, False) for unit in ("truck 1", "crew 1", "forklift 1")},
        **{(unit, second.id): (first.id, 16, 18, False) for unit in ("truck 1", "crew 1", "forklift 1")},
    }


def test_of_a_bound_it_says_what_the_checker_reckons_itself_and_what_rests_on_the_search() -> None:
    follows = "The independent checker follows the schedule minute by minute, and "
    assert checker_words(29, 29) == f"{follows}proves the bound by its own reckoning."
    alone = "that less than 29 min is impossible rests on the search alone."
    assert checker_words(29, 20) == f"{follows}proves by its own reckoning that less than 20 min is impossible; {alone}"
    assert checker_words(29, 0) == f"{follows}{alone}"


def test_the_street_that_leads_in_is_shut_before_the_one_that_leads_out() -> None:
    gazetteer, sets = one_way_town()
    plan = plan_of({"plan": "tmp", "title": "Loop", "barriers": sets}, DAYS, NOW)
    near_the_way_out = means([list(place(600.0, -20.0))])
    found = staged(plan, near_the_way_out, gazetteer)
    assert [task.id for task in found.tasks] == ["IN", "OUT"]
    gone = staged(plan, near_the_way_out, gazetteer, "remove")
    assert [task.id for task in gone.tasks] == ["OUT", "IN"]


def test_a_depot_that_the_ring_cuts_off_is_named(plans: Plans, grid: Gazetteer) -> None:
    with pytest.raises(Infeasible, match=r"^The ring cuts off the depot D1: .* Take a depot outside the ring\.$"):
        staged(plans(), means([[10.0022, 0.0017986]]), grid)


def test_whoever_would_be_shut_in_works_first_and_drives_out(plans: Plans, grid: Gazetteer) -> None:
    """A barrier within the ring is set from within the ring: its crew is out before the ring is shut."""
    inner = {"id": "INNER", "place": "Col 2 at Row 2, north side", "structure": "concrete_block"}
    plan = plans(barriers=[*barriers([1, 2, 3, 4, 5, 6, 7, 8], "fence"), inner])
    found = staged(plan, means([WEST], pieces={"INNER": 1} | {f"B{n}": 1 for n in range(1, 9)}), grid)
    order = [task.id for task in found.tasks]
    assert order.index("INNER") < len(order) - 1


def test_a_crew_that_is_shut_in_within_a_ring_that_stands_is_named(plans: Plans, grid: Gazetteer) -> None:
    inner = {"id": "INNER", "place": "Col 2 at Row 2, north side", "structure": "concrete_block"}
    plan = plans(barriers=[*barriers([1, 2, 3, 4, 5, 6, 7, 8], "fence"), inner])
    shut = r"whoever sets up INNER is shut in once the others stand, .* before the others\.$"
    with pytest.raises(Infeasible, match=shut):
        staged(plan, means([WEST]), grid, standing=[f"B{at}" for at in range(1, 9)])


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"crews": []}, "Nobody sets anything up: there is no crew."),
        ({"forklifts": []}, r"8 places of concrete_block cannot be done: there is no forklift\."),
        ({"trucks": []}, r"8 places of concrete_block cannot be done: there is no truck\."),
        ({"depots": [], "crews": [], "trucks": [], "forklifts": []}, "there is no depot"),
    ],
)
def test_without_anybody_or_anything_to_lift_with_it_says_what_to_add(
    plans: Plans, grid: Gazetteer, fields: dict[str, Any], says: str
) -> None:
    with pytest.raises(BadInput, match=says):
        staged(plans(barriers=barriers(list(range(1, 9)))), means([WEST], **fields), grid)


def test_a_unit_from_an_unknown_depot_and_two_of_one_name_are_refused() -> None:
    with pytest.raises(BadInput, match="Unit crew 1 starts at a depot that is not listed"):
        means([WEST], crews=[{"id": "crew 1", "depot": "D9"}])
    with pytest.raises(BadInput, match="Two units are called truck 1"):
        means([WEST], crews=[{"id": "truck 1", "depot": "D1"}])
    with pytest.raises(BadInput, match="--template"):
        means_of({"crews": 3})


def test_kit_that_nobody_has_is_counted_as_missing_and_there_is_no_schedule(plans: Plans, grid: Gazetteer) -> None:
    kit = [
        {"structure": "concrete_block", "number": 10},
        {"structure": "concrete_block", "number": 7, "owner": "borrowed", "source": "the port"},
        {"structure": "concrete_block", "number": 9, "owner": "missing", "source": "the quarry"},
    ]
    given = means([WEST], depots=[{"id": "D1", "place": WEST, "kit": kit}], pieces={f"B{n}": 3 for n in range(1, 9)})
    found = staged(plans(barriers=barriers(list(range(1, 9)))), given, grid)
    assert (found.possible, found.minutes, found.tasks) == (False, None, ())
    assert [(one.needed, one.there, one.missing) for one in found.needs] == [(24, 17, 7)]
    assert found.summary[0].endswith("7 pieces of concrete block are missing, and what is missing is not counted.")
    assert [(one.owner, one.number, one.source) for one in found.kit] == [
        ("owned", 10, ""), ("borrowed", 7, "the port"), ("missing", 9, "the quarry"),
    ]  # fmt: skip


def test_a_barrier_where_one_stands_already_is_named_and_one_that_is_up_is_not_set_again(plans: Plans, grid: Gazetteer) -> None:
    twice = [*barriers([1, 2]), {"id": "AGAIN", "place": "Col 3 at Row 4, south side"}]
    with pytest.raises(BadInput, match="Barrier AGAIN is to stand where B1 stands already"):
        staged(plans(barriers=twice), means([WEST]), grid)
    found = staged(plans(barriers=barriers([1, 2])), means([WEST]), grid, standing=["B1"])
    assert [task.id for task in found.tasks] == ["B2"]
    assert found.open[0].shut == ("B1",)
    with pytest.raises(BadInput, match="every barrier of plan 'tmp' stands already"):
        staged(plans(barriers=barriers([1])), means([WEST]), grid, standing=["B1"])
    with pytest.raises(UnknownName, match="B7"):
        staged(plans(barriers=barriers([1])), means([WEST]), grid, standing=["B7"])


def test_the_old_ring_goes_only_when_the_new_one_stands(plans: Plans, grid: Gazetteer) -> None:
    old = plans(barriers=barriers([1, 2, 3, 4]))
    new = plans(barriers=[*barriers([1, 2]), {"id": "B3", "place": "Row 2 at Col 3, east side", "structure": "concrete_block"}])
    found = staged(old, means([WEST]), grid, "shrink", to=new)
    assert {(task.id, task.does) for task in found.tasks} == {("B3 (new)", "set"), ("B3", "remove"), ("B4", "remove")}
    stands = next(task.ends for task in found.tasks if task.does == "set")
    assert all(task.starts >= stands for task in found.tasks if task.does == "remove")
    with pytest.raises(BadInput, match="Give the second one"):
        staged(old, means([WEST]), grid, "shrink")


@pytest.mark.parametrize(("gates", "side"), [(("B1", "B2"), "from the north"), (("B2",), "from the south")])
def test_who_sets_a_smaller_ring_stands_outside_it_unless_the_old_one_shuts_that_side_in(
    plans: Plans, grid: Gazetteer, gates: tuple[str, ...], side: str
) -> None:
    ring = barriers(list(range(1, 9)), "fence")
    old = plans(barriers=[one | ({"opens": "staffed"} if one["id"] in gates else {}) for one in ring])
    moved = {"id": "B1", "place": "Col 3 at Row 3, north side", "structure": "fence"}
    new = plans(barriers=[moved, *barriers(list(range(2, 9)), "fence")])
    found = staged(old, means([WEST]), grid, "shrink", to=new)
    assert [(task.id, task.side) for task in found.tasks if task.does == "set"] == [("B1 (new)", side)]


def test_who_is_to_be_turned_away_is_said_before_a_ring_is_set_and_not_when_it_goes() -> None:
    """The street out of a one-way loop is shut alone: who drives in is trapped."""
    gazetteer, sets = one_way_town()
    plan = plan_of({"plan": "tmp", "title": "Loop", "barriers": sets[1:]}, DAYS, NOW)
    for stage, is_said in (("set_up", True), ("remove", False)):
        found = staged(plan, means([list(place(600.0, -20.0))]), gazetteer, stage)
        assert found.turned
        assert any("turn traffic away farther out before" in line for line in found.summary) is is_said


def test_moments_count_from_the_start_or_back_from_the_end(plans: Plans, grid: Gazetteer) -> None:
    stages = [{"phase": "set_up", "starts": "2022-02-21T03:30+13:00", "ends": "2022-02-21T07:30+13:00"}]
    plan = plans(barriers=barriers([1, 2]), stages=stages)
    found = staged(plan, means([WEST]), grid)
    half_past_three = DAYS.moment("2022-02-21T03:30+13:00")
    assert found.begins == half_past_three
    back = staged(plan, means([WEST]), grid, done=half_past_three)
    assert back.done == half_past_three
    assert back.tasks[-1].ends_at == half_past_three
    four = DAYS.moment("2022-02-21T04:00+13:00")
    assert staged(plan, means([WEST]), grid, begins=four).begins == four
    whole = plan.model_copy(update={"stages": (), "starts": four})
    assert staged(whole, means([WEST]), grid).begins == four


def test_what_saves_most_is_said_to_decide(plans: Plans, grid: Gazetteer) -> None:
    given = means([WEST], crews=[{"id": f"crew {n}", "depot": "D1"} for n in (1, 2, 3)], trucks=[
        {"id": f"truck {n}", "depot": "D1"} for n in (1, 2, 3)])  # fmt: skip
    found = staged(plans(barriers=barriers([1, 2, 3, 4])), given, grid, changes=True)
    assert found.changes[0].input == "forklifts"
    assert found.decides.startswith(f"What decides is forklifts: one forklift more saves {found.changes[0].saves} min")
    assert next(one for one in found.changes if one.input == "crews").saves == 0
