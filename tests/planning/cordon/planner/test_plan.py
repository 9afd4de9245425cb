from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from clearway.errors import BadGeometry, BadInput, Infeasible
from clearway.network.classes import class_mask
from clearway.network.closures import shut_arcs
from clearway.planning.cordon.check import check_cordon
from clearway.planning.cordon.planner.barrier_costs import BarrierCosts
from clearway.planning.cordon.planner.plan import plan_cordon
from clearway.planning.cordon.planner.question import CordonQuestion
from cordon_questions import parliament

if TYPE_CHECKING:
    from types import ModuleType

    from clearway.network.model import Network
    from clearway.planning.cordon.planner.contract import Barrier

BEFORE = Path(__file__).parents[3] / "data" / "before"


def crossroads(kit: ModuleType, **east: Any) -> Any:  # noqa: ANN401 - a Town of the kit
    """A site at a crossroads with four arms that lead out of town."""
    town = kit.Town()
    for name, end in (("North", (0, 110)), ("South", (0, -110)), ("West", (-110, 0))):
        town.corner(*end, edge=True)
        town.street((0, 0), end, name=f"{name} Street")
    town.corner(110, 0, edge=True)
    town.street((0, 0), (110, 0), name="East Street", **east)
    return town


def test_four_arms_of_a_crossroads_are_closed_each(kit: ModuleType) -> None:
    plan = plan_cordon(crossroads(kit).network(), CordonQuestion(site=kit.square(0, 0, 15)))
    assert [barrier.street for barrier in plan.barriers] == ["North Street", "East Street", "South Street", "West Street"]
    assert (plan.cost, plan.bound, plan.optimal) == (20.0, 20.0, True)


def test_any_arms_of_a_junction_are_one_place_where_that_is_cheaper(kit: ModuleType) -> None:
    town = kit.Town()
    town.street((0, 0), (100, 0), name="Lane", street_class="primary")
    for name, end in (("North", (100, 100)), ("South", (100, -100)), ("East", (200, 0))):
        town.corner(*end, edge=True)
        town.street((100, 0), end, name=f"{name} Street")
    plan = plan_cordon(town.network(), CordonQuestion(site=kit.square(0, 0, 70), radius_m=5000))
    assert [(barrier.place, barrier.cost) for barrier in plan.barriers] == [("junction", 5 + 0.6 * 10)]
    town = kit.Town()
    for y in (0, 40):
        town.street((0, y), (100, 20), name="Lane", street_class="primary")
    for name, end in (("North", (100, 100)), ("South", (100, -100)), ("East", (200, 20))):
        town.corner(*end, edge=True)
        town.street((100, 20), end, name=f"{name} Street", street_class="tertiary")
    question = CordonQuestion(site=kit.square(0, 20, 60), radius_m=5000)
    (barrier,) = plan_cordon(town.network(), question).barriers
    assert (barrier.place, barrier.cost, len(barrier.way_indexes)) == ("junction", 7 + 0.6 * 14, 3)
    assert barrier.side == "on North Street (north), South Street (south) and East Street (east)"
    plan = plan_cordon(town.network(), question.model_copy(update={"costs": BarrierCosts(junction_share=0.25)}))
    assert plan.cost == 7 + 0.25 * 14


def test_one_carriageway_occupied_costs_no_more_than_both(kit: ModuleType) -> None:
    town = kit.Town()
    both, none = town.draft.usual_permit("secondary"), class_mask(["foot"])
    held = []
    for y, permit in ((0, (both, none)), (20, (none, both))):
        for start, end in (((-110, y), (0, y)), ((0, y), (110, y)), ((110, y), (220, y))):
            town.corner(-110, y, edge=True)
            town.corner(220, y, edge=True)
            way = town.street(start, end, name="The Quay", permit=permit, street_class="secondary")
            held += [way] if start[0] == 0 else []
    for x in (0, 110):
        town.street((x, 0), (x, 20), name=f"Cross Street {x}")
        for near, far in ((0, -110), (20, 130)):
            town.corner(x, far, edge=True)
            town.street((x, near), (x, far), name=f"Cross Street {x}")
    network = town.network()
    one, two = (
        plan_cordon(network, CordonQuestion(stretches=tuple(stretches), radius_m=5000)) for stretches in (held[:1], held)
    )
    assert one.cost <= two.cost
    assert two.cost == 2 * (9 + 0.15 * 9 + 0.6 * 5 + 0.6 * 5)  # at each end: two carriageways and two side streets
    for plan in (one, two):
        assert plan.optimal
        assert check_cordon(network, plan.as_json())[1] == []


def test_plans_of_the_first_price_rule_are_accepted_and_their_faults_are_found(wellington: Network) -> None:
    plans = json.loads(gzip.decompress((BEFORE / "cordons-rule-1.json.gz").read_bytes()))
    assert len(plans) == 3
    for plan in plans:
        assert "price_rule" not in plan["certificate"]
        assert check_cordon(wellington, plan)[1] == []
        paths = plan["certificate"]["paths"]
        assert check_cordon(wellington, plan | {"certificate": plan["certificate"] | {"paths": paths[1:]}})[1]


def test_a_price_rule_that_is_not_known_is_refused(wellington: Network) -> None:
    plan = json.loads(gzip.decompress((BEFORE / "cordons-rule-1.json.gz").read_bytes()))[0]
    newer = plan | {"certificate": plan["certificate"] | {"price_rule": 99}}
    with pytest.raises(BadInput, match="prices corners by rule 99"):
        check_cordon(wellington, newer)


def test_the_junction_where_an_occupied_stretch_ends_is_closed_as_one_place_on_its_other_arms(kit: ModuleType) -> None:
    town = kit.Town()
    stretch = town.street((0, 0), (100, 0), name="Held Street")
    for name, end in (("North", (100, 100)), ("South", (100, -100))):
        town.corner(*end, edge=True)
        town.street((100, 0), end, name=f"{name} Street")
    network = town.network()
    plan = plan_cordon(network, CordonQuestion(stretches=(stretch,), radius_m=5000))
    assert [(barrier.place, barrier.cost, len(barrier.way_indexes)) for barrier in plan.barriers] == [("junction", 8.0, 2)]
    assert check_cordon(network, plan.as_json())[1] == []


def test_two_carriageways_at_one_spot_are_one_place(kit: ModuleType) -> None:
    town = kit.Town()
    both, none = town.draft.usual_permit("secondary"), class_mask(["foot"])
    for y, name, permit in ((0, "The Quay", (both, none)), (18, "The Quay-EAST", (none, both))):
        town.corner(110, y, edge=True)
        town.street((0, y), (110, y), name=name, permit=permit, street_class="secondary", lanes=2)
    town.street((0, 0), (0, 18))
    plan = plan_cordon(town.network(), CordonQuestion(site=kit.square(0, 9, 15), radius_m=5000))
    assert [(barrier.street, barrier.cost, len(barrier.way_indexes)) for barrier in plan.barriers] == [("The Quay", 10.35, 2)]


def test_a_motorway_over_the_site_is_no_part_of_it(kit: ModuleType) -> None:
    town = crossroads(kit)
    town.corner(-100, 50, edge=True)
    town.corner(100, -50, edge=True)
    town.street((-100, 50), (100, -50), name="Flyover", street_class="motorway", level=1)
    plan = plan_cordon(town.network(), CordonQuestion(site=kit.square(0, 0, 15)))
    assert "Flyover" not in {barrier.street for barrier in plan.barriers}


def test_a_motorway_into_the_site_cannot_be_cut_unless_allowed(kit: ModuleType) -> None:
    network = crossroads(kit, street_class="motorway").network()
    with pytest.raises(Infeasible, match="East Street leads into the site and may not be closed"):
        plan_cordon(network, CordonQuestion(site=kit.square(0, 0, 15)))
    assert plan_cordon(network, CordonQuestion(site=kit.square(0, 0, 15), allow_motorway=True)).cost == 55.0


def test_a_fixed_bollard_is_a_wall_and_a_gate_is_not(kit: ModuleType) -> None:
    for kind, places in (("bollard", 3), ("gate", 4)):
        town = crossroads(kit)
        town.draft.stop(3, 60, blocks=class_mask(["resident", "service", "bus", "general"]), kind=kind)
        assert len(plan_cordon(town.network(), CordonQuestion(site=kit.square(0, 0, 15))).barriers) == places


def test_signs_are_heeded_only_where_trusted(kit: ModuleType) -> None:
    town = kit.Town()
    permit = (town.draft.usual_permit("residential"), class_mask(["foot"]))
    town.corner(110, 0, edge=True)
    town.street((0, 0), (110, 0), permit=permit, name="Way Out")
    network = town.network()
    assert plan_cordon(network, CordonQuestion(site=kit.square(0, 0, 15))).cost == 5.0
    trusting = plan_cordon(network, CordonQuestion(site=kit.square(0, 0, 15), trust_signs=True))
    assert (trusting.barriers, trusting.enclosed.names) == ((), ("Way Out",))  # the site is enclosed though nobody came in


def test_a_street_that_enters_the_site_cannot_stay_open(kit: ModuleType) -> None:
    with pytest.raises(Infeasible, match="North Street cannot stay open: it enters the site by"):
        plan_cordon(crossroads(kit).network(), CordonQuestion(site=kit.square(0, 0, 15), keep_open=(0,)))


def test_a_street_that_runs_through_the_site_cannot_stay_open(kit: ModuleType) -> None:
    town = kit.Town()
    for x in (-400, 400):
        town.corner(x, 0, edge=True)
    town.street((-400, 0), (400, 0), name="Long Street")
    with pytest.raises(Infeasible, match="Long Street cannot stay open: it runs through the site"):
        plan_cordon(town.network(), CordonQuestion(site=kit.square(0, 0, 15), keep_open=(0,)))


def test_a_street_kept_open_stays_outside(kit: ModuleType) -> None:
    town = kit.Town()
    town.street((0, 0), (100, 0), name="Dear Street", street_class="primary")
    town.street((100, 0), (200, 0), name="Bus Street")
    town.corner(300, 0, edge=True)
    town.street((200, 0), (300, 0), name="Cheap Lane", street_class="service")
    network, asked = town.network(), CordonQuestion(site=kit.square(0, 0, 15), radius_m=5000)
    assert [barrier.street for barrier in plan_cordon(network, asked).barriers] == ["Cheap Lane"]
    plan = plan_cordon(network, asked.model_copy(update={"keep_open": (1,)}))
    assert [barrier.street for barrier in plan.barriers] == ["Dear Street"]
    assert check_cordon(network, plan.as_json())[1] == []


def test_nested_cordons_shrink_along_the_frontier(kit: ModuleType) -> None:
    town = kit.Town()
    classes = ["primary", "secondary", "tertiary", "residential", "service"]
    town.corner(500, 0, edge=True)
    for index, street_class in enumerate(classes):
        town.street((100 * index, 0), (100 * index + 100, 0), street_class=street_class, name=f"Block {index}")
    plan = plan_cordon(town.network(), CordonQuestion(site=kit.square(0, 0, 15), radius_m=5000))
    costs = [point.barrier_cost for point in plan.frontier]
    assert costs[0] == 3.0
    assert costs == sorted(costs)
    for wide, narrow in zip(plan.frontier, plan.frontier[1:], strict=False):
        assert set(narrow.enclosed.way_indexes) < set(wide.enclosed.way_indexes)


@pytest.mark.slow
@pytest.mark.parametrize("way", [150, 1400, 2026, 2900, 4100])
def test_each_corner_of_the_frontier_is_the_plan_at_its_own_address_cost(
    wellington: Network, way: int, kit: ModuleType
) -> None:
    lon, lat = wellington.geometry(way).mean(axis=0)
    question = CordonQuestion(site=kit.square((lon - kit.LON) / kit.METRE_LON, (lat - kit.LAT) / kit.METRE_LAT, 90))
    plan = plan_cordon(wellington, question)
    assert check_cordon(wellington, plan.as_json())[1] == []
    corner = plan.frontier[0]
    assert (corner.barrier_cost, corner.enclosed.addresses) == (plan.barrier_cost, plan.enclosed.addresses)
    for corner in plan.frontier:
        again = plan_cordon(wellington, question.model_copy(update={"address_cost": corner.address_cost, "frontier": False}))
        assert (again.barrier_cost, again.enclosed.addresses) == (corner.barrier_cost, corner.enclosed.addresses)


@pytest.mark.slow
def test_alternatives_give_up_three_streets_and_their_blocks(wellington: Network, open_data: Path) -> None:
    plan = plan_cordon(wellington, parliament(open_data, alternatives=3))
    sets = [
        {way for barrier in barriers for way in ways_of(barrier)}
        for barriers in (plan.barriers, *(a.barriers for a in plan.alternatives))
    ]
    assert len(plan.alternatives) == 3
    assert [a.cost for a in plan.alternatives] == sorted(a.cost for a in plan.alternatives)
    for number, other in enumerate(sets[1:], start=1):
        for earlier in sets[:number]:
            for gone in (other - earlier, earlier - other):
                assert len({wellington.street(way) or way for way in gone}) >= 2
                assert len(gone) >= 3


def ways_of(barrier: Barrier) -> set[int]:
    return set(barrier.way_indexes)


@pytest.mark.slow
def test_parliament_is_sealed_with_proof_and_fire_engines_pass(wellington: Network, open_data: Path) -> None:
    plan = plan_cordon(wellington, parliament(open_data))
    assert plan.optimal
    assert 4 <= len(plan.barriers) <= 10
    assert len(check_cordon(wellington, plan.as_json())[0]) == 3
    closures = plan.closures()
    assert shut_arcs(wellington, closures, "general").sum() == 2 * sum(len(barrier.way_indexes) for barrier in plan.barriers)
    assert not shut_arcs(wellington, closures, "emergency").any()
    assert {barrier.kind for barrier in plan.barriers} == {"gate"}


@pytest.mark.slow
def test_the_checker_refuses_a_plan_that_was_tampered_with(wellington: Network, open_data: Path) -> None:
    whole = plan_cordon(wellington, parliament(open_data)).as_json()
    barriers, certificate = whole["barriers"], whole["certificate"]
    missing = whole | {"barriers": barriers[1:], "barrier_cost": whole["barrier_cost"] - barriers[0]["cost"]}
    assert "A way in is left" in check_cordon(wellington, missing | {"cost": missing["barrier_cost"]})[1][0]
    cheaper = whole | {"barriers": [barriers[0] | {"cost": 1.0}, *barriers[1:]]}
    assert any("in the table" in flaw for flaw in check_cordon(wellington, cheaper)[1])
    paths = [certificate["paths"][0] | {"amount": certificate["paths"][0]["amount"] + 50_000}, *certificate["paths"][1:]]
    assert any(
        f.startswith("The proof fails: more passes")
        for f in check_cordon(wellington, whole | {"certificate": certificate | {"paths": paths}})[1]
    )
    fewer = whole | {"certificate": certificate | {"paths": certificate["paths"][1:]}}
    assert any("the flow proves" in flaw for flaw in check_cordon(wellington, fewer)[1])
    first = certificate["paths"][0]
    jumping = whole | {
        "certificate": certificate | {"paths": [first | {"steps": first["steps"][2:]}, *certificate["paths"][1:]]}
    }
    assert check_cordon(wellington, jumping)[1]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"site": None}, "There is no site"),
        ({"shut": ()}, "No vehicle class"),
        ({"stretches": (99_999,)}, "Unknown stretch"),
    ],
)
def test_a_question_that_this_network_cannot_answer_gets_one_sentence(
    kit: ModuleType, changes: dict[str, Any], sentence: str
) -> None:
    asked = CordonQuestion(**({"site": kit.square(0, 0, 15)} | changes))
    with pytest.raises(BadInput, match=sentence):
        plan_cordon(crossroads(kit).network(), asked)


def test_bad_outlines_are_named(kit: ModuleType) -> None:
    network = crossroads(kit).network()
    good = kit.square(0, 0, 15)["coordinates"][0]
    cases = {
        "open": good[:-1],
        "crosses": [good[0], good[2], good[1], good[3], good[0]],
        "swapped": [[lat, lon] for lon, lat in good],
        "outside the network": [[lon + 0.5, lat] for lon, lat in good],
        "larger than the network": kit.square(0, 0, 5000)["coordinates"][0],
        "not a place on earth": [[lon + 360, lat] for lon, lat in good],
        "is not a place on earth": [[lon, lat + 180] for lon, lat in good],
        "touches no street": kit.square(60, 60, 15)["coordinates"][0],
    }
    for sentence, ring in cases.items():
        with pytest.raises(BadGeometry, match=sentence):
            plan_cordon(network, CordonQuestion(site={"type": "Polygon", "coordinates": [ring]}))


def test_a_site_of_just_the_size_of_the_network_is_too_large(kit: ModuleType) -> None:
    network = crossroads(kit).network()
    west, south, east, north = network.coverage
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    with pytest.raises(BadGeometry, match="The site is larger than the network, so nothing is left outside"):
        plan_cordon(network, CordonQuestion(site={"type": "Polygon", "coordinates": [ring]}))


def test_where_nothing_is_outside_there_is_no_plan(kit: ModuleType) -> None:
    closed, lane = kit.Town(), kit.Town()
    for town in (closed, lane):
        for start, end in (((0, 0), (200, 0)), ((200, 0), (200, 200)), ((0, 0), (200, 200))):
            town.street(start, end)
    asked = CordonQuestion(site=kit.square(100, 0, 15))
    with pytest.raises(BadGeometry, match="Nothing counts as outside: every street lies within 800 m of the site"):
        plan_cordon(closed.network(), asked)
    assert plan_cordon(closed.network(), asked.model_copy(update={"radius_m": 100})).barriers
    lane.corner(300, 0, edge=True)
    lane.street((200, 0), (300, 0))
    assert plan_cordon(lane.network(), asked).barriers


def test_the_edge_of_the_data_is_no_wall_and_is_said(kit: ModuleType) -> None:
    plan = plan_cordon(crossroads(kit).network(), CordonQuestion(site=kit.square(0, 100, 20)))
    assert "touches the edge of the data" in plan.warnings[0]
    assert "The data end at the site: a street beyond them may lead in." in plan.checks[0]
    near = plan_cordon(crossroads(kit).network(), CordonQuestion(site=kit.square(0, 0, 15)))
    assert "It counts as outside, not as a wall" in near.warnings[0]


def test_each_cordon_of_a_row_of_blocks_is_the_plan_at_the_address_cost_that_it_names(kit: ModuleType) -> None:
    """At 3, 4, 6 and 9 points barriers stand a block nearer to the site each, with five addresses fewer inside."""
    town = kit.Town()
    town.corner(500, 0, edge=True)
    for index, street_class in enumerate(["primary", "secondary", "tertiary", "residential", "service"]):
        town.street((100 * index, 0), (100 * index + 100, 0), street_class=street_class, name=f"Block {index}")
    costs = BarrierCosts(by_class={"residential": 4, "tertiary": 6})
    network, asked = town.network(), CordonQuestion(site=kit.square(0, 0, 15), radius_m=5000, costs=costs)
    plan = plan_cordon(network, asked)
    assert [(point.barrier_cost, point.addresses) for point in plan.frontier] == [(3, 20), (4, 15), (6, 10), (9, 5)]
    # an address less is worth 0.2, 0.4 and 0.6 points at the turns: amid two of them, and a point beyond the last
    assert [round(point.address_cost, 6) for point in plan.frontier] == [0.0, 0.3, 0.5, 1.6]
    for point in plan.frontier:
        again = plan_cordon(network, asked.model_copy(update={"address_cost": point.address_cost, "frontier": False}))
        assert (again.barrier_cost, again.enclosed.addresses) == (point.barrier_cost, point.addresses)
        assert again.cost == pytest.approx(point.barrier_cost + point.address_cost * point.addresses)


def arms_in_two_rings(kit: ModuleType) -> Network:
    """Three arms of two blocks: barriers cost 5 on the inner ones and 12 on the outer ones."""
    town = kit.Town()
    for name, (x, y) in (("North", (0, 1)), ("East", (1, 0)), ("West", (-1, 0))):
        town.corner(200 * x, 200 * y, edge=True)
        town.street((0, 0), (100 * x, 100 * y), name=f"{name} Street")
        town.street((100 * x, 100 * y), (200 * x, 200 * y), name=f"{name} Road", street_class="primary")
        town.street((100 * x, 100 * y), (100 * x + 40 * (y or 0.5), 100 * y + 40 * (x or 0.5)), name=f"{name} Close")
    network: Network = town.network()
    return network


def test_another_cordon_stands_on_three_other_streets_and_is_the_cheapest_that_does(kit: ModuleType) -> None:
    network = arms_in_two_rings(kit)
    asked = CordonQuestion(site=kit.square(0, 0, 15), radius_m=5000, alternatives=3)
    plan = plan_cordon(network, asked)
    assert (plan.barrier_cost, {barrier.street for barrier in plan.barriers}) == (
        15.0, {"North Street", "East Street", "West Street"},
    )  # fmt: skip
    (other,) = plan.alternatives
    assert (other.barrier_cost, {barrier.street for barrier in other.barriers}) == (
        36.0, {"North Road", "East Road", "West Road"},
    )  # fmt: skip
    assert other.enclosed.addresses > plan.enclosed.addresses
    assert plan_cordon(network, asked.model_copy(update={"alternatives": 0})).alternatives == ()
