"""The search place by place: as good as every order tried, by the rules that a schedule grows by, and a bound that holds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from clearway.planning.cordon.planner.steps import Steps
from clearway.planning.plan.document import plan_of
from clearway.planning.plan.stages import layers
from clearway.planning.plan.stages.dominance import COLUMNS, UNITS, Rules, undominated
from clearway.planning.plan.stages.drives import FAR
from clearway.planning.plan.stages.ground import Ground, sites_of
from clearway.planning.plan.stages.layers import Layers, Settled, as_begun, bounded, can_settle, of_kind, settled
from clearway.planning.plan.stages.left_over import left_over, numbers_of
from clearway.planning.plan.stages.loads import loads_of
from clearway.planning.plan.stages.search import BY_SEARCH, Search, soonest
from clearway.planning.plan.stages.shadows import without_shadows
from clearway.planning.plan.stages.subsets import NEVER, subsets_of
from drawn_towns import place
from late import LateAfter
from plan_rings import DAYS, NOW
from random_stages import EAST, WEST, barriers, drawn, means, one_way_town
from rounds import rounds

if TYPE_CHECKING:
    from clearway.planning.gazetteer import Gazetteer
    from clearway.planning.plan.stages.means import Means
    from clearway.planning.plan.stages.problem import Scene
    from clearway.record.kinds.plans import TrafficPlan
    from plan_rings import Plans

INNER = {"id": "INNER", "place": "Col 2 at Row 2, north side", "structure": "concrete_block"}


def scene_of(plan: TrafficPlan, given: Means, gazetteer: Gazetteer) -> Scene:
    return Ground(plan, sites_of(plan, "set_up", gazetteer), gazetteer, given).scene(given)


def every_order(scene: Scene) -> int:
    """Minutes of the best schedule by depth first search over the rules, without the arrays."""
    search = Search(scene, None, 0, (0.0, 1.0))
    assert search.all()
    return search.best_minutes


@pytest.fixture
def few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Schedules are looked at a few at a time, as they are where there are many."""
    monkeypatch.setattr(layers, "_CHUNK", 3)


@pytest.mark.usefixtures("few_at_a_time")
def test_small_stages_are_done_as_soon_as_the_best_of_all_orders(plans: Plans, grid: Gazetteer) -> None:
    waited = 0
    for draw in rounds(12):
        chosen = barriers(sorted(draw.sample(range(1, 9), draw.randint(2, 4))))
        if draw.random() < 1 / 2:
            chosen.append(INNER)
        plan = plans(barriers=chosen)
        told = drawn(draw, [WEST, EAST])
        told["pieces"] = {one.id: draw.randint(0, 6) for one in plan.barriers}
        scene = scene_of(plan, means([WEST, EAST], **told), grid)
        assert can_settle(scene)
        best, found = every_order(scene), settled(scene, Settled((), FAR, 0), (0, 1, 2), Steps())
        assert (found.minutes, found.bound) == (best, best)
        assert max(one.ends for one in found.begun) == best
        waited += soonest(scene, Steps()).bound_by == BY_SEARCH
    assert waited


@pytest.mark.usefixtures("few_at_a_time")
def test_a_bound_never_passes_the_best_of_all_orders_when_the_time_is_short(plans: Plans, grid: Gazetteer) -> None:
    for draw in rounds(3):
        plan = plans(barriers=barriers(sorted(draw.sample(range(1, 9), 4))))
        told = drawn(draw, [WEST, EAST]) | {"pieces": {one.id: draw.randint(1, 6) for one in plan.barriers}}
        scene = scene_of(plan, means([WEST, EAST], **told), grid)
        best = every_order(scene)
        for looks in range(12):
            found = settled(scene, Settled((), FAR, 0), (1, 2, 0), LateAfter(looks))
            assert found.bound <= best <= found.minutes
            assert (found.minutes == FAR) == (not found.begun)


def test_what_the_search_found_is_told_as_a_schedule_by_the_rules_with_each_unit_by_its_name(
    plans: Plans, grid: Gazetteer
) -> None:
    """Two units of each kind that are alike, and units that differ."""
    for draw in rounds(4):
        plan = plans(barriers=barriers(sorted(draw.sample(range(1, 9), 4))))
        pieces = {one.id: draw.randint(1, 6) for one in plan.barriers}
        for told in (units(2), drawn(draw, [WEST, EAST])):
            scene = scene_of(plan, means([WEST, EAST], **(told | {"pieces": pieces})), grid)
            planned = without_shadows(scene, subsets_of(scene))
            found = Layers(planned.scene, subsets_of(scene), Steps()).run(NEVER, FAR)
            begun = list(as_begun(scene, planned, found.choices))
            assert max(one.ends for one in begun) == found.minutes
            assert [one.choice.job for one in begun] == [choice[0] for choice in found.choices]
            for one in begun:
                kinds = [scene.units[unit].kind for unit in one.choice.units]
                assert kinds == [kind for kind, need in enumerate(scene.jobs[one.choice.job].needs) if need]


@pytest.mark.usefixtures("few_at_a_time")
def test_schedules_that_are_looked_at_a_few_at_a_time_lose_none(plans: Plans, grid: Gazetteer) -> None:
    for draw in rounds(6):
        plan = plans(barriers=barriers(sorted(draw.sample(range(1, 9), 4))))
        told = drawn(draw, [WEST, EAST]) | {"pieces": {one.id: draw.randint(1, 6) for one in plan.barriers}}
        scene = scene_of(plan, means([WEST, EAST], **told), grid)
        best, every = every_order(scene), Layers(scene, subsets_of(scene), Steps())
        assert every.run(NEVER, FAR)[1:] == (best, True)
        done = np.sort(np.array([draw.randrange(3) for _ in range(9)]))
        rows = np.zeros((9, UNITS + COLUMNS * len(scene.units) + len(scene.stock) + len(scene.jobs)), np.int32)
        kept = every.undominated(np.arange(9), done, rows, np.arange(9))  # of equal ones the first of each set
        assert kept is not None
        assert kept.tolist() == [int(np.flatnonzero(done == one)[0]) for one in np.unique(done)]


def test_a_search_that_left_schedules_out_for_want_of_room_proves_nothing(plans: Plans, grid: Gazetteer) -> None:
    worse, empty = 0, 0
    for draw in rounds(6):
        plan = plans(barriers=barriers(sorted(draw.sample(range(1, 9), 4))))
        told = drawn(draw, [WEST, EAST]) | {"pieces": {one.id: draw.randint(1, 6) for one in plan.barriers}}
        scene = scene_of(plan, means([WEST, EAST], **told), grid)
        best, layers = every_order(scene), Layers(scene, subsets_of(scene), Steps())
        for width in (1, 2, 8):
            found, beaten = layers.run(width, FAR), layers.run(width, best + 1)
            assert best <= found.minutes
            assert not found.is_whole or found.minutes == best
            assert not beaten.is_whole or beaten.minutes == best
            worse += found.minutes > best
            empty += not beaten.choices
            narrow = settled(scene, Settled((), FAR, 0), (2, 1, 0), Steps(), width)
            assert narrow.bound <= best <= narrow.minutes
        order = draw.sample(range(4), 4)
        assert not layers.run(NEVER, FAR, order).is_whole  # the best of one order is not the best of all
    assert worse
    assert empty


def test_a_whole_search_raises_the_bound_to_the_best_schedule_whoever_found_that(plans: Plans, grid: Gazetteer) -> None:
    scene = scene_of(plans(barriers=barriers([1, 4, 6])), means([WEST, EAST], **units(2)), grid)
    best = every_order(scene)
    assert settled(scene, Settled((), best, best - 9), (), Steps()) == Settled((), best, best)
    assert settled(scene, Settled((), best + 1, 0), (), Steps())[1:] == (best, best)
    whole = Layers(scene, subsets_of(scene), Steps()).run(NEVER, best)
    assert (whole.choices, whole.minutes, whole.is_whole) == ([], best, True)


@pytest.mark.parametrize("kind", [0, 1, 2])
def test_the_units_of_one_kind_alone_bound_the_time_by_their_best_order(plans: Plans, grid: Gazetteer, kind: int) -> None:
    for draw in rounds(3):
        plan = plans(barriers=barriers(sorted(draw.sample(range(1, 9), 4))))
        told = drawn(draw, [WEST, EAST]) | {"pieces": {one.id: draw.randint(1, 6) for one in plan.barriers}}
        scene = scene_of(plan, means([WEST, EAST], **told), grid)
        layers = Layers(of_kind(scene, kind), subsets_of(scene), Steps())
        least = layers.run(NEVER, FAR).minutes
        assert least <= every_order(scene)
        found, order = bounded(layers, Settled((), FAR, least - 3), (NEVER,))
        assert found.bound == least
        assert sorted(choice[0] for choice in order) == [0, 1, 2, 3]
        for width in (1, 2):  # what is cut off bounds nothing
            assert bounded(layers, Settled((), FAR, least - 3), (width,))[0].bound <= least


def test_a_street_that_leads_in_is_never_left_open_behind_one_that_leads_out() -> None:
    gazetteer, sets = one_way_town()
    plan = plan_of({"plan": "tmp", "title": "Loop", "barriers": sets}, DAYS, NOW)
    scene = scene_of(plan, means([list(place(600.0, -20.0))]), gazetteer)
    assert subsets_of(scene).safe.tolist() == [True, True, False, True]
    found = settled(scene, Settled((), FAR, 0), (0, 1, 2), Steps())
    assert [one.choice.job for one in found.begun] == [0, 1]


@pytest.mark.parametrize("pieces", [(3, 0), (0, 3), (0, 0), (3, 3)])
def test_a_place_that_needs_no_truck_may_come_last_or_first(pieces: tuple[int, int]) -> None:
    """The street that leads in has to be shut first."""
    gazetteer, sets = one_way_town()
    plan = plan_of({"plan": "tmp", "title": "Loop", "barriers": sets}, DAYS, NOW)
    given = means([list(place(600.0, -20.0))], pieces=dict(zip(("IN", "OUT"), pieces, strict=True)))
    scene = scene_of(plan, given, gazetteer)
    assert [job.needs[1] for job in scene.jobs] == [number > 0 for number in pieces]
    found = Layers(scene, subsets_of(scene), Steps()).run(NEVER, FAR)
    assert [choice[0] for choice in found.choices] == [0, 1]
    assert (found.minutes, found.is_whole) == (every_order(scene), True)


def test_for_each_set_of_places_drives_and_ways_out_are_those_of_the_streets(plans: Plans, grid: Gazetteer) -> None:
    plan = plans(barriers=[*barriers([1, 2, 6]), INNER])
    scene = scene_of(plan, means([WEST, EAST], **units(2)), grid)
    subsets = subsets_of(scene)
    points = [scene.stands[job.barrier] for job in scene.jobs] + list(scene.depots)
    for done in range(1 << len(scene.jobs)):
        opened = scene.open_to_traffic(done)
        for at, drives in enumerate(scene.drives):
            table = drives.minutes(opened)
            due = [[min(table[start][end], NEVER) for end in points] for start in points]
            assert subsets.minutes[done, at].tolist() == due
        assert subsets.safe[done] == all(flow.is_safe(opened) for flow in scene.traffic)
        assert subsets.gets_out[done].tolist() == [scene.crews.gets_out(point, opened) for point in points]


def units(count: int, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    """So many of each, at the first depot."""
    return {
        f"{kind}s": [{"id": f"{kind} {at}", "depot": "D1"} | more for at in range(1, count + 1)]
        for kind in ("crew", "truck", "forklift")
    }


def test_eight_places_with_three_of_each_are_proved(plans: Plans, grid: Gazetteer) -> None:
    """Two rounds of three and one of two, each with a drive to the depot and loading in between."""
    plan = plans(barriers=barriers(list(range(1, 9))))
    scene = scene_of(plan, means([WEST], **units(3), pieces={f"B{at}": 3 for at in range(1, 9)}), grid)
    found = soonest(scene, Steps())
    assert found.minutes == found.bound
    assert found.minutes == max(one.ends for one in found.begun)


def test_stages_with_many_units_or_that_remove_are_left_to_the_other_search(plans: Plans, grid: Gazetteer) -> None:
    plan = plans(barriers=barriers([1, 2]))
    assert not can_settle(scene_of(plan, means([WEST], **units(7)), grid))
    crews = [{"id": f"crew {at}", "depot": "D1"} for at in range(6)]
    alike = scene_of(plan, means([WEST], **units(6) | {"crews": crews}), grid)
    slower = [crew | {"speed_kmh": at + 9} for at, crew in enumerate(crews)]
    unlike = scene_of(plan, means([WEST], **units(6) | {"crews": slower}), grid)
    assert can_settle(alike)
    assert can_settle(unlike)
    for scene in (alike, unlike):  # fifteen places: the tables of six speeds do not fit
        scene.jobs = [scene.jobs[0]] * 15
    assert can_settle(alike)
    assert not can_settle(replace(unlike, depots=[unlike.depots[0]] * 6))
    given = means([WEST])
    gone = Ground(plan, sites_of(plan, "remove", grid), grid, given).scene(given)
    assert not can_settle(gone)


@pytest.mark.parametrize("kit", [6, 5])
def test_a_depot_gives_no_more_pieces_than_it_has(plans: Plans, grid: Gazetteer, kit: int) -> None:
    """The truck of the far depot must bring what the near one lacks."""
    depots = [
        {"id": "D1", "place": WEST, "kit": [{"structure": "concrete_block", "number": kit}]},
        {"id": "D2", "place": EAST, "kit": [{"structure": "concrete_block", "number": 20}]},
    ]
    trucks = [{"id": "truck 1", "depot": "D1"}, {"id": "truck 2", "depot": "D2"}]
    plan = plans(barriers=barriers([5, 6, 7]))
    given = means([WEST, EAST], depots=depots, trucks=trucks, pieces={"B5": 3, "B6": 3, "B7": 3})
    scene = scene_of(plan, given, grid)
    found = settled(scene, Settled((), FAR, 0), (0, 1, 2), Steps())
    assert sum(3 for one in found.begun if one.choice.truck == 1) <= kit
    assert found.minutes == every_order(scene)


@pytest.mark.parametrize(("pieces", "totals"), [(3, [[42, 39], [37, 34]]), (2, [[26, 23], [26, 23]])])
def test_what_is_left_for_a_truck_by_hand(plans: Plans, grid: Gazetteer, pieces: int, totals: list[list[int]]) -> None:
    """Two places, 2 and 3 min from the depot and 2 from each other; loading takes 3. By first places and by last ones.

    Of three pieces each none is left on the truck: 16 + 3 home + 3 + 2 loaded + 16 + 2 home. Of two each the rest serves the
    other place, where the drive of 2 stands for the way home of 3: 11 + 3 - 1 + 11 + 2.
    """
    given = means(
        [[10.0, 0.0017986]],
        crews=[{"id": "crew 1", "depot": "D1", "speed_kmh": 6}],
        trucks=[{"id": "truck 1", "depot": "D1", "speed_kmh": 6, "carries": 4}],
        forklifts=[{"id": "forklift 1", "depot": "D1", "speed_kmh": 6}],
        pieces={"B6": pieces, "B7": pieces},
        place_minutes=1,
        load_minutes=3,
        rates=[{"structure": "concrete_block", "minutes_each": 5}],
    )
    scene = scene_of(plans(barriers=barriers([6, 7])), given, grid)
    left = left_over(numbers_of(scene), subsets_of(scene))
    assert left.total[1, 0].tolist() == totals
    assert left.total[:, -1].tolist() == [[[0, 0], [0, 0]]] * 3
    assert left.work[0] == 5 * pieces + 1


@pytest.mark.parametrize(("column", "worse"), [(0, 1), (1, 1), (5, 1), (6, 1), (7, 1), (9, -1), (11, -1)], ids=str)
def test_a_schedule_is_left_out_only_for_one_that_is_no_worse_in_anything(
    plans: Plans, grid: Gazetteer, column: int, worse: int
) -> None:
    """A row: last, ends, of crew, truck and forklift the point, the free minute, the pieces; the kit; the next two begin."""
    rules = _two_places(plans, grid)
    row = [20, 30, 0, 0, 0, 30, 30, 30, 0, 2, 0, 50, 0, NEVER]
    other = list(row)
    other[column] += worse
    assert _kept(rules, row, row) == [0]
    assert _kept(rules, other, row) == [0, 1]
    assert _kept(rules, row, other) == [0]


@pytest.mark.parametrize(
    ("change", "matters"),
    [
        ({5: 31, 12: 32}, False),  # a crew that is there before the next place can begin, 1 min away
        ({5: 32, 12: 32}, True),
        ({6: 32, 12: 44}, False),  # a truck that can be loaded by then: 1 min home, 10 to load, 1 min there
        ({6: 33, 12: 44}, True),
        ({9: 0}, True),  # pieces that would do for the next place
        ({9: 0, 12: 45}, False),  # but it can fetch others by then
    ],
    ids=str,
)
def test_who_comes_before_the_next_place_can_begin_is_late_for_nothing(
    plans: Plans,
    grid: Gazetteer,
    change: dict[int, int],
    matters: bool,  # noqa: FBT001 - cases
) -> None:
    rules = _two_places(plans, grid)
    row = [20, 40, 0, 0, 0, 30, 30, 30, 0, 2, 0, 50, change.get(12, 0), NEVER]
    other = [change.get(at, one) for at, one in enumerate(row)]
    assert _kept(rules, other, row) == ([0, 1] if matters else [0])


def test_pieces_that_do_for_no_place_are_worth_nothing(plans: Plans, grid: Gazetteer) -> None:
    row = [20, 30, 0, 0, 0, 30, 30, 30, 0, 1, 0, 50, 0, NEVER]
    empty = [20, 30, 0, 0, 0, 30, 30, 30, 0, 0, 0, 50, 0, NEVER]
    assert _kept(_two_places(plans, grid), empty, row) == [0]


def _two_places(plans: Plans, grid: Gazetteer) -> Rules:
    given = means([WEST], pieces={"B6": 2, "B7": 2}, trucks=[{"id": "truck 1", "depot": "D1", "carries": 4}])
    scene = scene_of(plans(barriers=barriers([6, 7])), given, grid)
    numbers, subsets = numbers_of(scene), subsets_of(scene)
    return Rules(numbers, subsets, left_over(numbers, subsets), loads_of(numbers, subsets), np.zeros(2, np.int32), 1)


def _kept(rules: Rules, first: list[int], second: list[int]) -> list[int]:
    rows = np.array([first, second], np.int32)
    found: list[int] = undominated(rules, np.arange(2), np.ones(2, np.int64), rows, rows[:, 1].astype(np.int64), 9).tolist()
    return found
