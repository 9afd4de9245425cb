"""Drives of crews by hand: through a gate, and against one-way signs near a street that is being shut; tours of the bound."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import pytest

from clearway.network.classes import MOTOR_CLASSES, class_mask
from clearway.planning.gazetteer import Gazetteer
from clearway.planning.plan.document import plan_of
from clearway.planning.plan.stages.answer import used_inputs
from clearway.planning.plan.stages.bound import earliest, least_minutes, least_work, legs_of
from clearway.planning.plan.stages.check.streets import CheckedStreets
from clearway.planning.plan.stages.drives import FAR, points_of, worked_on
from clearway.planning.plan.stages.ground import Ground, sites_of
from clearway.planning.plan.stages.problem import Choice
from clearway.planning.plan.stages.search import greedy
from drawn_towns import Town, place
from plan_rings import DAYS, NOW
from random_stages import EAST, WEST, barriers, drawn, means
from rounds import rounds

if TYPE_CHECKING:
    from clearway.planning.plan.stages.problem import Scene
    from plan_rings import Plans


@pytest.mark.parametrize(("opening", "through"), [(None, 4), (12, 4), (13, 5)])
def test_a_gate_costs_crews_the_seconds_that_it_takes_to_open(opening: float | None, through: int) -> None:
    """At 6 km/h it is 227.7 s to half a metre before the barrier at 380 m: 12 s more are still 4 min, 13 s are 5."""
    town = Town()
    for at in range(-1000, 600, 100):
        town.street((at, 0), (at + 100, 0), name="Long Street")
    gate = {"id": "GATE", "place": {"type": "point", "at": list(place(205, 0))}, "opens": "staffed"}
    end = {"id": "END", "place": {"type": "point", "at": list(place(380, 0))}, "structure": "fence"}
    plan = plan_of({"plan": "tmp", "title": "Gate", "barriers": [gate | {"opening_seconds": opening}, end]}, DAYS, NOW)
    crew = {"id": "crew 1", "depot": "D1", "speed_kmh": 6}
    given = means([list(place(0, 0))], crews=[crew])
    gazetteer = Gazetteer(town.network())
    ground = Ground(plan, sites_of(plan, "set_up", gazetteer), gazetteer, given)
    drives, depot, before_end = ground.scene(given).drives[0], ground.points.depots[0], ground.points.cuts[1][0][0]
    shut, opened, gone = (drives.minutes(free, gates)[depot][before_end] for free, gates in ((0, 0), (0, 1), (1, 0)))
    assert (shut, opened, gone) == (FAR, through, 4)
    assert ground.gates == 1


def test_crews_drive_against_the_signs_within_two_hundred_metres_of_a_street_that_is_shut_and_no_farther() -> None:
    town = Town()
    all_ = town.draft.usual_permit("residential")
    for start, end in ((0, 100), (100, 290), (290, 500)):
        town.street((start, 0), (end, 0), permit=(all_, 0), name="One Way")
    network = town.network()
    streets = worked_on(network, points_of(network, [[(0, 50.0)]], [place(0, 0)], "general"))
    motor = class_mask(MOTOR_CLASSES)
    assert [bool(permit & motor) for permit in streets.arc_permit.tolist()] == [True, True, True, True, True, False]
    assert streets.arc_permit[1::2].tolist()[1] == all_ & motor
    assert network.arc_permit[1] == 0, "the network itself stays as it is"


@pytest.mark.parametrize("edge", [True, False])
def test_a_street_that_ends_at_the_edge_of_the_data_leads_out_and_a_dead_end_does_not(edge: bool) -> None:  # noqa: FBT001 - cases
    """A block of two-way streets, and a one-way street away from it that is shut at its beginning."""
    town = Town()
    all_ = town.draft.usual_permit("residential")
    corners = [(0.0, 0.0), (600.0, 0.0), (600.0, -300.0), (0.0, -300.0), (0.0, 0.0)]
    for start, end in itertools.pairwise(corners):
        town.street(start, end)
    town.corner(0.0, 400.0, edge=edge)
    for start, end in (((0.0, 0.0), (0.0, 100.0)), ((0.0, 100.0), (0.0, 400.0))):
        town.street(start, end, permit=(all_, 0), name="Off")
    off = {"id": "OFF", "place": {"type": "point", "at": list(place(0, 50))}, "structure": "fence"}
    gazetteer = Gazetteer(town.network())
    plan = plan_of({"plan": "tmp", "title": "Off", "barriers": [off]}, DAYS, NOW)
    given = means([list(place(300, 0))])
    ground = Ground(plan, sites_of(plan, "set_up", gazetteer), gazetteer, given)
    ((near, far),) = ground.points.cuts[0]
    assert (ground.crews.gets_out(near, 0), ground.crews.gets_out(far, 0)) == (True, edge)
    assert ground.stands == [near], "whoever leaves over the edge has no drive back"
    streets = CheckedStreets(
        gazetteer.network, {"OFF": ground.sites[0].cuts}, {"D1": place(300, 0)}, {"OFF": ground.where(far)}, ()
    )
    assert streets.gets_out("OFF", "service", frozenset({"OFF"})) is edge
    assert any("edge of the data" in one.input for one in used_inputs(ground, ground.scene(given), given)) is edge


def test_crews_drive_near_a_barrier_where_a_car_fits_though_none_is_allowed() -> None:
    """A shopping street of three pieces, shut in the first: the last lies too far away."""
    town = Town()
    for start, end in ((0, 100), (100, 290), (290, 500)):
        town.street((start, 0), (end, 0), street_class="pedestrian", permit=(class_mask(["foot"]),) * 2)
    town.street((0, 0), (0, -100), street_class="footway")
    network = town.network()
    streets = worked_on(network, points_of(network, [[(0, 50.0)]], [place(0, 0)], "foot"))
    motor = class_mask(MOTOR_CLASSES)
    assert not any(permit & motor for permit in network.arc_permit.tolist())
    assert [bool(permit & motor) for permit in streets.arc_permit[0::2].tolist()] == [True, True, False, False]


@pytest.mark.parametrize(("shut", "minutes"), [((3, 50.0), 4), ((4, 50.0), 1)])
def test_the_checkers_crews_drive_on_a_path_only_where_a_barrier_is_set_on_it(shut: tuple[int, float], minutes: int) -> None:
    """At 100 m a minute 350 m round a path to a barrier beyond it, or 50 m along the path to one that stands on it."""
    town = Town()
    for start, end in itertools.pairwise(((0.0, 0.0), (0.0, 100.0), (100.0, 100.0), (100.0, 0.0))):
        town.street(start, end)
    town.street((100, 0), (200, 0))
    town.street((0, 0), (100, 0), street_class="footway")
    way, at_m = shut
    stand = place(149.5, 0) if way == 3 else place(49.5, 0)
    streets = CheckedStreets(town.network(), {"B": [(way, at_m)]}, {"D1": place(0, 0)}, {"B": stand}, ())
    assert streets.minutes("D1", "B", ("service", 6.0), frozenset(), {}) == minutes


def scene_of(plans: Plans, grid: Gazetteer, pieces: dict[str, int], **units: Any) -> Scene:  # noqa: ANN401 - any JSON
    plan = plans(barriers=barriers([int(name[1:]) for name in pieces]))
    given = means([WEST], pieces=pieces, **units)
    return Ground(plan, sites_of(plan, "set_up", grid), grid, given).scene(given)


def test_a_place_without_pieces_takes_a_crew_alone_and_of_units_that_are_alike_the_first(plans: Plans, grid: Gazetteer) -> None:
    trucks = [{"id": "truck 1", "depot": "D1", "carries": 2}, {"id": "truck 2", "depot": "D1", "carries": 3}]
    crews = [{"id": f"crew {at}", "depot": "D1"} for at in (1, 2)]
    scene = scene_of(plans, grid, {"B1": 0, "B2": 2}, crews=crews, trucks=trucks)
    assert list(scene.choices(scene.start(), 0)) == [Choice(0, 0)]
    assert list(scene.choices(scene.start(), 1)) == [Choice(1, 0, truck, by_depot=True, forklift=4) for truck in (2, 3)]
    partly = scene.start()._replace(left=(0, 0, 2, 2, 0))
    assert [(one.truck, one.by_depot) for one in scene.choices(partly, 1)] == [(2, False), (3, False), (3, True)]


def test_a_dispatcher_sends_whoever_can_begin_soonest(plans: Plans, grid: Gazetteer) -> None:
    crews = [{"id": f"crew {kmh}", "depot": "D1", "speed_kmh": kmh} for kmh in (3, 6, 4)]
    scene = scene_of(plans, grid, {"B6": 1}, crews=crews, load_minutes=0)
    found = greedy(scene)
    assert ([one.choice.crew for one in found.begun], found.minutes) == ([1], found.begun[0].ends)


def test_the_tours_of_a_bound_take_just_as_long_as_it_says(plans: Plans, grid: Gazetteer) -> None:
    shared = 0
    for draw in rounds(12):
        plan = plans(barriers=barriers(sorted(draw.sample(range(1, 9), draw.randint(2, 5)))))
        told = drawn(draw, [WEST, EAST])
        told["pieces"] = {one.id: draw.randint(0, 6) for one in plan.barriers}
        given = means([WEST, EAST], **told)
        scene = Ground(plan, sites_of(plan, "set_up", grid), grid, given).scene(given)
        for kind, units in enumerate(scene.by_kind):
            bound, jobs = least_minutes(scene, kind), [at for at, job in enumerate(scene.jobs) if job.needs[kind]]
            assert sorted(job for tour in bound.tours for job in tour) == jobs
            ends = [0]
            for unit, tour in zip(units, bound.tours, strict=False):
                legs, before, minute = legs_of(scene, unit, jobs), len(jobs), 0
                for job in tour:
                    comes = minute + int(legs[before, jobs.index(job)])
                    minute = max(comes, earliest(scene, job)) + least_work(scene, job)
                    before = jobs.index(job)
                ends.append(minute)
            assert max(ends) == bound.minutes
            shared += sum(map(bool, bound.tours)) > 1
    assert shared


@pytest.mark.parametrize(("pieces", "left"), [(1, 1), (2, 0), (3, 1), (4, 0), (5, 1)])
def test_a_truck_has_left_what_its_loads_hold_beyond_the_pieces_of_a_place(
    plans: Plans, grid: Gazetteer, pieces: int, left: int
) -> None:
    trucks = [{"id": "truck 1", "depot": "D1", "carries": 2}]
    scene = scene_of(plans, grid, {"B1": pieces, "B2": 1}, trucks=trucks, crews=[{"id": "crew 1", "depot": "D1"}])
    (choice,) = scene.choices(scene.start(), 0)
    grown = scene.append(scene.start(), choice)
    assert grown is not None
    after, begun = grown
    assert (after.left[choice.truck], begun.loads) == (left, -(-pieces // 2))
