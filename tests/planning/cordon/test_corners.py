"""Corners with any of their arms: the price by hand and by brute force, the checker, and what a crew counts."""

from __future__ import annotations

import copy
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clearway.errors import ClearwayError, Infeasible
from clearway.network.classes import class_mask
from clearway.planning.cordon.check import check_cordon
from clearway.planning.cordon.planner.barrier_costs import BarrierCosts
from clearway.planning.cordon.planner.plan import plan_cordon
from clearway.planning.cordon.planner.question import CordonQuestion
from clearway.shapes import Spot

if TYPE_CHECKING:
    import random
    from types import ModuleType

    from clearway.network.model import Network
    from clearway.planning.cordon.planner.contract import CordonPlan

MANY = settings(max_examples=60, suppress_health_check=list(HealthCheck))
CLASSES = ["service", "residential", "tertiary", "secondary", "primary"]


def crooked_town(rng: random.Random, kit: ModuleType) -> tuple[Any, list[float], list[float]]:
    """Streets of a grid with blocks between 6 and 100 m: crossings, roundabouts, two carriageways, one-way streets."""
    town = kit.Town()
    xs, ys = [0.0], [0.0]
    for line in (xs, ys):
        for _ in range(rng.choice([1, 2])):
            line.append(line[-1] + rng.choice([6, 12, 20, 24, 60, 100]))
    inner = [((x, y), (other, y)) for x, other in pairwise(xs) for y in ys]
    inner += [((x, y), (x, other)) for y, other in pairwise(ys) for x in xs]
    outer = [((x, y), (x, y + way)) for x in xs for y, way in ((ys[0], -100), (ys[-1], 100))]
    outer += [((x, y), (x + way, y)) for y in ys for x, way in ((xs[0], -100), (xs[-1], 100))]
    both, none = town.draft.usual_permit("residential"), class_mask(["foot"])
    mixed = rng.random() < 0.5
    for start, end in rng.sample(inner, min(len(inner), rng.randint(3, 9))) + rng.sample(outer, rng.randint(2, 6)):
        if (start, end) in outer:
            town.corner(*end, edge=True)
        kind: dict[str, Any] = {"street_class": rng.choice(CLASSES)}
        quay = rng.random() < 0.5 and start[1] == end[1]
        if quay:
            kind["name"] = "The Quay"
        if quay or (mixed and rng.random() < 0.6):
            along = ys.index(start[1]) % 2 == 0 if quay else rng.random() < 0.5
            kind["permit"] = (both, none) if along else (none, both)
        town.street(start, end, **kind)
    return town, xs, ys


@pytest.mark.slow
@MANY
@given(rng=st.randoms(use_true_random=False))
def test_in_crooked_towns_the_best_of_all_subsets_is_found_proven_and_costs_no_more_for_a_smaller_site(
    rng: random.Random, kit: ModuleType
) -> None:
    town, xs, ys = crooked_town(rng, kit)
    network = town.network()
    costs = BarrierCosts(junction_share=rng.choice([0.6, 0.6, 0.3, 0, 1]), carriageway_share=rng.choice([0.15, 0.15, 0, 0.8]))
    middle = (rng.choice(xs) + rng.uniform(-8, 8), rng.choice(ys) + rng.uniform(-8, 8))
    common = {"radius_m": 5000, "trust_signs": rng.random() < 0.3, "costs": costs, "frontier": False}
    before = 0.0
    # no site ends a round number of metres from a corner, where rounding decides
    for half in (3.03, 7.03, 12.03, 20.03, 35.03):
        asked = CordonQuestion(site=kit.square(*middle, half), **common)
        try:
            plan = plan_cordon(network, asked)
        except ClearwayError:
            continue
        force = kit.BruteForce(network, asked)
        assert round(plan.barrier_cost * 100) == min(force.rule.cost(seal.spots) for seal in force.seals())
        assert plan.optimal
        assert check_cordon(network, plan.as_json())[1] == []
        assert plan.barrier_cost >= before
        before = plan.barrier_cost


@pytest.mark.parametrize(("half", "cost"), [(19.99, 3.0), (20.01, 4.8)])
def test_a_barrier_fits_between_site_and_junction_from_four_metres_on(half: float, cost: float, kit: ModuleType) -> None:
    town = kit.Town()
    in_, out = town.draft.usual_permit("service"), class_mask(["foot"])
    town.street((0, 0), (0, 24), street_class="service", permit=(out, in_))
    for x, y, permit in ((100, 24, (out, in_)), (0, 124, (in_, in_))):
        town.corner(x, y, edge=True)
        town.street((0, 24), (x, y), street_class="service", permit=permit)
    network = town.network()
    asked = CordonQuestion(site=kit.square(0, 0, half), radius_m=5000, trust_signs=True, frontier=False)
    plan, force = plan_cordon(network, asked), kit.BruteForce(network, asked)
    # else both streets are closed at the junction beyond: 60 % of 3 for each, and 40 % of 3 once
    assert plan.barrier_cost == cost == min(force.rule.cost(seal.spots) for seal in force.seals()) / 100
    assert check_cordon(network, plan.as_json())[1] == []


def crossing(kit: ModuleType, gap: float = 20.0, link: str | None = "Side Street") -> Any:  # noqa: ANN401 - a Town of the kit
    """A dual carriageway across a side street: two junctions that a link of ``gap`` metres joins; ways 0 and 1 to the east."""
    town = kit.Town()
    both, none = town.draft.usual_permit("secondary"), class_mask(["foot"])
    for y, permit in ((0, (both, none)), (gap, (none, both))):
        for x in (110, -110):
            town.corner(x, y, edge=True)
            town.street((0, y), (x, y), name="The Quay", street_class="secondary", permit=permit)
    for y, far in ((0, -110), (gap, 110 + gap)):
        town.corner(0, far, edge=True)
        town.street((0, y), (0, far), name="Side Street")
    town.street((0, 0), (0, gap), name=link)
    return town


def sealed(network: Network, **asked: Any) -> CordonPlan:  # noqa: ANN401 - fields of the question
    plan = plan_cordon(network, CordonQuestion(radius_m=5000, **asked))
    assert plan.optimal
    assert check_cordon(network, plan.as_json())[1] == []
    return plan


def test_all_arms_of_a_crossing_are_one_corner_priced_by_hand(kit: ModuleType) -> None:
    town = crossing(kit)
    plan = sealed(town.network(), site=kit.square(0, 10, 14))
    # the site holds both junctions and touches every arm, so that barriers stand at the far ends of six streets
    assert (plan.barrier_count, plan.places, plan.barrier_cost) == (6, 4, 2 * (9 + 0.15 * 9) + 2 * 5)
    town = crossing(kit)
    stretch = town.draft.way(town.at[0, 20], town.draft.junction(*kit.place(-50, 70)), name="Held Lane")
    plan = sealed(town.network(), stretches=(stretch,))
    (barrier,) = plan.barriers
    # the dearest 9 in full, 60 % of the other carriageway, of the side street and of the link; all arms would cost 23.1
    assert barrier.cost == pytest.approx(9 + 0.6 * 9 + 0.6 * 5 + 0.6 * 5)
    dear_link = BarrierCosts(junction_share=0.1)
    (barrier,) = sealed(town.network(), stretches=(stretch,), costs=dear_link).barriers
    assert barrier.cost == pytest.approx(9 + 0.1 * 9 + 0.1 * 5 + 0.1 * 5)


def test_a_barrier_may_stand_on_a_short_link_where_there_is_room(kit: ModuleType) -> None:
    for gap, on_link, name in ((20.0, True, ""), (6.0, False, "Side Street"), (6.0, False, None)):
        town = crossing(kit, gap, name)
        stretch = town.draft.way(town.at[0, gap], town.draft.junction(*kit.place(-50, 50 + gap)), name="Held Lane")
        network = town.network()
        plan = sealed(network, stretches=(stretch,))
        link = next(way for way in range(network.way_count) if network.way_length_m[way] < 25)
        assert (link in plan.barriers[0].way_indexes) == on_link
        assert [(one.way, one.street, one.length_m) for one in plan.excluded] == (
            [] if on_link else [(link, name or "an unnamed street", gap)]
        )
        for excluded in plan.excluded:  # in the middle of the link
            assert (excluded.lon, excluded.lat) == pytest.approx(network.geometry(link).mean(axis=0), abs=1e-7)
        assert any("The proof leaves out barriers on 1 link" in check for check in plan.checks) != on_link


def test_a_link_that_is_left_out_is_told_to_the_decimetre(kit: ModuleType) -> None:
    town = crossing(kit, 6.06)
    stretch = town.draft.way(town.at[0, 6.06], town.draft.junction(*kit.place(-50, 56)), name="Held Lane")
    (left_out,) = sealed(town.network(), stretches=(stretch,)).excluded
    assert left_out.length_m == 6.1
    assert (left_out.lon, left_out.lat) == (round(left_out.lon, 7), round(left_out.lat, 7))


def test_a_short_link_that_the_certificate_does_not_list_is_found(kit: ModuleType) -> None:
    town = crossing(kit, 6.0)
    stretch = town.draft.way(town.at[0, 6.0], town.draft.junction(*kit.place(-50, 56)), name="Held Lane")
    network = town.network()
    document = sealed(network, stretches=(stretch,)).as_json()
    document["certificate"]["excluded"] = []
    assert check_cordon(network, document)[1] == ["The proof fails: it leaves out a short link that it does not list."]


def tampered(document: dict[str, Any], change: Any) -> dict[str, Any]:  # noqa: ANN401 - a function that changes it
    changed = copy.deepcopy(document)
    change(changed)
    return changed


def test_the_checker_refuses_what_a_corner_does_not_bear(kit: ModuleType) -> None:
    town = crossing(kit)
    stretch = town.draft.way(town.at[0, 20], town.draft.junction(*kit.place(-50, 70)), name="Held Lane")
    network = town.network()
    document = sealed(network, stretches=(stretch,)).as_json()
    paths = document["certificate"]["paths"]
    at_corner = next(index for index, path in enumerate(paths) if any(step[0] == "corner" for step in path["steps"]))
    step = next(index for index, step in enumerate(paths[at_corner]["steps"]) if step[0] == "corner")

    def more(plan: dict[str, Any]) -> None:
        plan["certificate"]["paths"][at_corner]["amount"] += 2048

    def higher(plan: dict[str, Any]) -> None:
        plan["certificate"]["paths"][at_corner]["steps"][step][2] += 5000

    def elsewhere(plan: dict[str, Any]) -> None:
        plan["certificate"]["paths"][at_corner]["steps"][step][1] = 0

    def cheaper_barrier(plan: dict[str, Any]) -> None:
        plan["barriers"][0]["cost"] -= 1

    def first_rule(plan: dict[str, Any]) -> None:
        del plan["certificate"]["price_rule"]

    for change in (more, higher, elsewhere, cheaper_barrier, first_rule):
        try:
            assert check_cordon(network, tampered(document, change))[1], change.__name__
        except ClearwayError:
            assert change is first_rule


def test_no_path_can_carry_a_point_more(kit: ModuleType) -> None:
    town = crossing(kit)
    stretch = town.draft.way(town.at[0, 20], town.draft.junction(*kit.place(-50, 70)), name="Held Lane")
    network = town.network()
    document = sealed(network, stretches=(stretch,)).as_json()
    assert len(document["certificate"]["paths"]) > 3
    for index in range(len(document["certificate"]["paths"])):
        larger = copy.deepcopy(document)
        larger["certificate"]["paths"][index]["amount"] += 100 * 1024
        (flaw,) = check_cordon(network, larger)[1]
        assert flaw.startswith("The proof fails: more passes")


def test_a_solvers_word_is_refused_where_fewer_or_cheaper_places_do(kit: ModuleType) -> None:
    town = crossing(kit)
    stretch = town.draft.way(town.at[0, 20], town.draft.junction(*kit.place(-50, 70)), name="Held Lane")
    network = town.network()
    document = sealed(network, stretches=(stretch,)).as_json()
    document["certificate"]["paths"] = None
    assert check_cordon(network, document)[1] == []
    (whole,) = document["barriers"]
    costs = [9.0 if network.street(way) == "The Quay" else 5.0 for way in whole["way_indexes"]]
    apart = [
        whole | {"number": number, "place": "street", "way_indexes": [way], "at_m": [at_m], "cost": cost}
        for number, (way, at_m, cost) in enumerate(zip(whole["way_indexes"], whole["at_m"], costs, strict=True), start=1)
    ]
    link = next(way for way in range(network.way_count) if network.way_length_m[way] < 25)
    for barrier in apart:
        barrier["cost"] = 3 + 3.6 if barrier["way_indexes"] == [link] else barrier["cost"]
    total = sum(barrier["cost"] for barrier in apart)
    dear = document | {"barriers": apart, "barrier_cost": total, "cost": total, "bound": total}
    assert any("by corners the same barriers cost" in flaw for flaw in check_cordon(network, dear)[1])


def test_a_pin_is_told_with_its_place_its_distance_and_the_reason(kit: ModuleType) -> None:
    town = crossing(kit)
    network = town.network()
    lon, lat = kit.place(60, 12)
    plan = sealed(network, site=kit.square(0, -60, 10), pins=(Spot(lon=lon, lat=lat),))
    (pin,) = plan.wishes.pinned
    assert pin.place == "The Quay"
    assert pin.moved_m > 2
    assert "where streets begin" in pin.why or "beside the street" in pin.why
    assert pin.moved_m == round(pin.moved_m, 1)
    held = [barrier for barrier in plan.barriers if barrier.number in pin.numbers]
    assert [barrier.origin for barrier in held] == ["pinned"]
    there = held[0].spots[0]
    again = sealed(network, site=kit.square(0, -60, 10), pins=(there,))
    (pin,) = again.wishes.pinned
    assert (pin.moved_m < 0.2, pin.why) == (True, "")
    assert again.barriers == plan.barriers


def test_a_pin_on_a_link_without_room_is_told_why_it_was_moved(kit: ModuleType) -> None:
    town = crossing(kit, 6.0)
    town.corner(150, 156, edge=True)  # an arm that may not be shut, so that nobody means all of the corner
    town.street((0, 6), (150, 156), name="Motorway", street_class="motorway")
    lon, lat = kit.place(0, 3)
    plan = sealed(town.network(), site=kit.square(0, -60, 10), pins=(Spot(lon=lon, lat=lat),))
    (pin,) = plan.wishes.pinned
    assert pin.why == "between the two junctions there, Side Street is shorter than the 8 m that a barrier needs"


@pytest.mark.parametrize("classes", [("residential", "residential"), ("service", "tertiary"), ("tertiary", "service")])
@pytest.mark.parametrize("south", ["residential", "tertiary"])
def test_two_pinned_carriageways_pay_for_no_other_street_of_their_corner(
    classes: tuple[str, str], south: str, kit: ModuleType
) -> None:
    town, both, none = kit.Town(), class_mask(["general"]), class_mask(["foot"])
    for y, street_class, permit in ((0, classes[0], (both, none)), (20, classes[1], (none, both))):
        town.street((0, y), (100, y), name="The Quay", street_class=street_class, permit=permit)
    town.street((100, 0), (100, 20))
    for x, y, out in ((0, 0, -110), (0, 20, 130), (100, 0, -110)):
        town.corner(x, out, edge=True)
        town.street((x, y), (x, out), street_class=south)
    town.street((0, 0), (-60, 0))
    network = town.network()
    lon, lat = kit.place(0, 9)
    asked = CordonQuestion(
        site=kit.square(-30, 0, 12), radius_m=5000, pins=(Spot(lon=lon, lat=lat),), shut=("general",), frontier=False
    )
    plan = plan_cordon(network, asked)
    assert [(barrier.origin, len(barrier.way_indexes)) for barrier in plan.barriers] == [("pinned", 2), ("added", 1)]
    document = plan.as_json()
    assert check_cordon(network, document)[1] == []
    # the street that is added pays what the corner pays once: at the corner's expense not a unit more may pass
    paths = document["certificate"]["paths"]
    by_corner = [path for path in paths if any(step[0] == "corner" for step in path["steps"])]
    others = [path for path in paths if path not in by_corner]
    by_corner[-1]["amount"] += 1
    others[-1]["amount"] -= 1
    assert "more passes the corner" in check_cordon(network, document)[1][0]


def test_a_pin_amid_a_corner_closes_all_of_its_streets(kit: ModuleType) -> None:
    town = crossing(kit)
    lon, lat = kit.place(0, 10)
    plan = sealed(town.network(), site=kit.square(0, -60, 10), pins=(Spot(lon=lon, lat=lat),))
    (pin,) = plan.wishes.pinned
    assert pin.place == "all 6 streets of the corner of The Quay and Side Street"
    assert [barrier.side for barrier in plan.barriers if barrier.number in pin.numbers] == ["across the junction"]


def test_pins_of_a_plans_spots_give_the_plan_again(kit: ModuleType) -> None:
    town = crossing(kit)
    stretch = town.draft.way(town.at[0, 20], town.draft.junction(*kit.place(-50, 70)), name="Held Lane")
    network = town.network()
    plan = sealed(network, stretches=(stretch,))
    pins = tuple(spot for barrier in plan.barriers for spot in barrier.spots)
    again = sealed(network, stretches=(stretch,), pins=pins)
    assert [list(barrier.points()) for barrier in again.barriers] == [list(barrier.points()) for barrier in plan.barriers]
    assert (again.barrier_cost, again.barrier_count) == (plan.barrier_cost, plan.barrier_count)
    assert {barrier.origin for barrier in again.barriers} == {"pinned"}


def test_places_that_are_not_enough_are_answered_with_the_ways_they_leave_open(kit: ModuleType) -> None:
    town = kit.Town()
    for name, end in (("North", (0, 150)), ("South", (0, -150)), ("West", (-150, 0)), ("East", (150, 0))):
        town.corner(*end, edge=True)
        town.street((0, 0), end, name=f"{name} Street", street_class="primary" if name == "West" else "residential")
    with pytest.raises(Infeasible) as refused:
        plan_cordon(town.network(), CordonQuestion(site=kit.square(0, 0, 30), radius_m=5000, at_most=2))
    said = str(refused.value)
    assert said.startswith("2 places cannot seal the site; 4 can. With West Street")
    assert "these ways in stay open: " in said
    assert sum(said.split("stay open:")[1].count(f"{name} Street") for name in ("North", "South", "East", "West")) == 2


def test_barriers_and_corners_are_counted_apart(kit: ModuleType) -> None:
    town = crossing(kit)
    stretch = town.draft.way(town.at[0, 20], town.draft.junction(*kit.place(-50, 70)), name="Held Lane")
    plan = sealed(town.network(), stretches=(stretch,))
    assert plan.worded() == f"{plan.barrier_count} barriers at 1 corner"
    assert plan.barrier_count == sum(len(barrier.way_indexes) for barrier in plan.barriers) > 1
    for point in plan.frontier:
        assert point.corner_count + point.mid_block_count <= point.places <= point.barrier_count
