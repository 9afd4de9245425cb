from __future__ import annotations

import gzip
import json
import math
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clearway.errors import BadGeometry, BadInput, Infeasible, TooLong
from clearway.network.classes import class_mask
from clearway.network.closures import shut_arcs
from clearway.planning.cordon.check import check_cordon
from clearway.planning.cordon.planner.barrier_costs import BarrierCosts
from clearway.planning.cordon.planner.cut import cheapest_cut
from clearway.planning.cordon.planner.frontier import frontier_cuts
from clearway.planning.cordon.planner.places import UNITS
from clearway.planning.cordon.planner.plan import CordonSearch, plan_cordon
from clearway.planning.cordon.planner.question import CordonQuestion
from clearway.planning.cordon.planner.steps import Steps
from clearway.shapes import Spot
from rounds import examples

if TYPE_CHECKING:
    from types import ModuleType

    from clearway.network.model import Network
    from clearway.planning.cordon.planner.contract import Barrier

BEFORE = Path(__file__).parents[3] / "data" / "before"
CLASSES = ["service", "residential", "tertiary", "secondary", "primary"]
QUICK = settings(max_examples=examples(60), deadline=None, suppress_health_check=list(HealthCheck))
FEW = settings(max_examples=examples(20), deadline=None, suppress_health_check=list(HealthCheck))


def crossroads(kit: ModuleType, **east: Any) -> Any:  # noqa: ANN401 - a Town of the kit
    """A site at a crossroads with four arms that lead out of town."""
    town = kit.Town()
    for name, end in (("North", (0, 110)), ("South", (0, -110)), ("West", (-110, 0))):
        town.corner(*end, edge=True)
        town.street((0, 0), end, name=f"{name} Street")
    town.corner(110, 0, edge=True)
    town.street((0, 0), (110, 0), name="East Street", **east)
    return town


def grid_town(data: st.DataObject, kit: ModuleType, *, streets: int) -> Any:  # noqa: ANN401 - a Town of the kit
    """A random town: some streets of a grid of 3 by 2 corners, ways out at its ends, and frontage as it falls."""
    town = kit.Town()
    rise = data.draw(st.sampled_from([100, 100, 20]), label="rise")
    rows = [((x, y), (x + 100, y)) for x in (0, 100) for y in (0, rise)]
    columns = [((x, 0), (x, rise)) for x in (0, 100, 200)]
    exits = [((x, y), (x, y + side)) for x in (0, 100, 200) for y, side in ((0, -110), (rise, 110))]
    way_out = data.draw(st.sampled_from(exits), label="a way out")
    others = [street for street in (*rows, *columns, *exits) if street != way_out]
    chosen = [way_out, *data.draw(st.permutations(others), label="streets")][:streets]
    for start, end in chosen:
        if (start, end) in exits:
            town.corner(*end, edge=True)
        quay = (start, end) in rows and rise == 20
        permit = None
        if quay:
            both = town.draft.usual_permit("residential")
            permit = (both, class_mask(["foot"])) if start[1] == 0 else (class_mask(["foot"]), both)
        street_class = data.draw(st.sampled_from(CLASSES))
        town.street(start, end, street_class=street_class, name="The Quay" if quay else None, permit=permit)
    town.street((0, 0), (-60, 0))
    return town


def question(kit: ModuleType, **changes: Any) -> CordonQuestion:  # noqa: ANN401 - any field
    return CordonQuestion(site=kit.square(-30, 0, 12), radius_m=5000, **changes)


@pytest.mark.slow
@QUICK
@given(data=st.data())
def test_the_cost_is_that_of_the_best_of_all_sets_of_barriers(data: st.DataObject, kit: ModuleType) -> None:
    network = grid_town(data, kit, streets=10).network()
    costs = BarrierCosts(junction_share=data.draw(st.sampled_from([0.6, 0.6, 0.25, 0, 1])))
    asked = question(kit, trust_signs=data.draw(st.booleans()), costs=costs)
    plan = plan_cordon(network, asked)
    force = kit.BruteForce(network, asked)
    assert round(plan.barrier_cost * 100) == min(force.rule.cost(seal.spots) for seal in force.seals())
    assert plan.optimal
    holds, fails = check_cordon(network, plan.as_json())
    assert (len(holds), fails) == (3, [])


@pytest.mark.slow
@FEW
@given(data=st.data())
def test_with_a_cost_for_addresses_the_whole_objective_is_the_best_of_all(data: st.DataObject, kit: ModuleType) -> None:
    network = grid_town(data, kit, streets=9).network()
    asked = question(kit, address_cost=data.draw(st.sampled_from([0.1, 0.5, 1, 3])))
    plan = plan_cordon(network, asked)
    force = kit.BruteForce(network, asked)
    weight = round(asked.address_cost * 100)
    assert round(plan.cost * 100) == min(force.rule.cost(seal.spots) + weight * seal.addresses for seal in force.seals())
    assert plan.optimal
    assert check_cordon(network, plan.as_json())[1] == []


@pytest.mark.slow
@FEW
@given(data=st.data())
def test_the_frontier_is_the_lower_hull_of_all_sets_of_barriers(data: st.DataObject, kit: ModuleType) -> None:
    network = grid_town(data, kit, streets=9).network()
    parts = kit.parts_of(network, question(kit))
    corners = [(cut.barrier_units // UNITS, cut.addresses) for cut in (one.cut for one in frontier_cuts(parts.model)[0])]
    force = kit.BruteForce(network, question(kit))
    everything = {(force.rule.cost(seal.spots), seal.addresses) for seal in force.seals()}
    assert set(corners) <= everything
    assert corners[0][0] == min(cost for cost, _ in everything)
    assert corners[-1][1] == min(lost for _, lost in everything)
    for weight in range(0, 2000, 7):
        assert min(cost + weight * lost for cost, lost in corners) == min(cost + weight * lost for cost, lost in everything)


@pytest.mark.slow
@FEW
@given(data=st.data())
def test_at_most_so_many_places_is_kept_at_the_least_cost(data: st.DataObject, kit: ModuleType) -> None:
    network = grid_town(data, kit, streets=7).network()
    most = data.draw(st.integers(1, 3))
    force = kit.BruteForce(network, question(kit))
    costs = [cost for seal in force.seals() if (cost := force.rule.cost(seal.spots, most)) is not None]
    if not costs:
        with pytest.raises(Infeasible, match="cannot seal the site"):
            plan_cordon(network, question(kit, at_most=most))
        return
    plan = plan_cordon(network, question(kit, at_most=most))
    assert len(plan.barriers) <= most
    assert round(plan.barrier_cost * 100) == min(costs)
    assert plan.optimal


@pytest.mark.slow
@QUICK
@given(data=st.data())
def test_a_smaller_site_never_costs_more(data: st.DataObject, kit: ModuleType) -> None:
    town = grid_town(data, kit, streets=11)
    network = town.network()
    inner = [
        way
        for way in range(network.way_count)
        if not network.junction_edge[[network.way_tail[way], network.way_head[way]]].any()
    ]
    order = data.draw(st.permutations(inner))
    most = data.draw(st.integers(2, 5))
    costs = []
    for count in range(1, most + 1):
        asked = CordonQuestion(stretches=tuple(sorted(order[:count])), radius_m=5000, frontier=False)
        plan = plan_cordon(network, asked)
        force = kit.BruteForce(network, asked)
        assert round(plan.barrier_cost * 100) == min(force.rule.cost(seal.spots) for seal in force.seals())
        assert check_cordon(network, plan.as_json())[1] == []
        costs.append(plan.barrier_cost)
    assert costs == sorted(costs)


@pytest.mark.slow
@FEW
@given(data=st.data())
def test_a_pin_is_kept_at_the_least_cost(data: st.DataObject, kit: ModuleType) -> None:
    network = grid_town(data, kit, streets=9).network()
    point = kit.place(data.draw(st.integers(0, 200)), data.draw(st.integers(0, 100)))
    asked = question(kit, pins=(Spot(lon=point[0], lat=point[1]),))
    parts = kit.parts_of(network, asked)
    pinned = kit.ends_of(parts, {int(parts.places.spot_of[at]) for at in parts.places.elements_of(parts.model.pinned)})
    plan = plan_cordon(network, asked)
    force = kit.BruteForce(network, asked)
    costs = [force.rule.cost(seal.spots, pinned=pinned) for seal in force.seals(standing=pinned)]
    assert round(plan.barrier_cost * 100) == min(cost for cost in costs if cost is not None)
    assert check_cordon(network, plan.as_json())[1] == []


@pytest.mark.slow
@FEW
@given(data=st.data())
def test_a_ban_is_kept_at_the_least_cost(data: st.DataObject, kit: ModuleType) -> None:
    network = grid_town(data, kit, streets=9).network()
    free = plan_cordon(network, question(kit))
    if not free.barriers:
        return
    barrier = free.barriers[0]
    asked = question(kit, never=(Spot(lon=barrier.lon, lat=barrier.lat),))
    changed, force = kit.parts_of(network, asked), kit.BruteForce(network, question(kit))
    barred = range(changed.places.spot_count)
    banned = kit.ends_of(changed, (spot for spot in barred if changed.model.price[spot] >= 1 << 50)) & force.usable
    costs = [force.rule.cost(seal.spots) for seal in force.seals(banned)]
    assert banned
    if costs:
        plan = plan_cordon(network, asked)
        assert round(plan.barrier_cost * 100) == min(costs)
        assert check_cordon(network, plan.as_json())[1] == []


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
    assert plan_cordon(network, CordonQuestion(site=kit.square(0, 0, 15), trust_signs=True)).barriers == ()


def test_a_street_that_enters_the_site_cannot_stay_open(kit: ModuleType) -> None:
    with pytest.raises(Infeasible, match="North Street cannot stay open: it enters the site by"):
        plan_cordon(crossroads(kit).network(), CordonQuestion(site=kit.square(0, 0, 15), keep_open=(0,)))


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


def parliament(open_data: Path, **changes: Any) -> CordonQuestion:  # noqa: ANN401 - any field
    features = json.loads((open_data / "wellington" / "places.geojson").read_text())["features"]
    ground = next(feature["geometry"] for feature in features if feature["properties"]["kind"] == "restricted_grounds")
    return CordonQuestion(site=ground, stretches=(2026, 5619, 2058, 2569, 2024), **changes)


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
        "touches no street": kit.square(60, 60, 15)["coordinates"][0],
    }
    for sentence, ring in cases.items():
        with pytest.raises(BadGeometry, match=sentence):
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


class Few(Steps):
    """Steps of which only so many are in time."""

    def __init__(self, count: int) -> None:
        super().__init__(limit_s=30.0)
        self._left = count

    def check(self) -> None:
        self._left -= 1
        super().check()

    @property
    def left_s(self) -> float:
        return 0.0 if self._left < 0 else super().left_s


class Enough(Exception):
    """Somebody cancelled."""


def star(reach_m: float, waist_m: float) -> dict[str, Any]:
    """A star of 8 points in the middle of Wellington."""
    ring = []
    for corner in range(16):
        reach, angle = (waist_m if corner % 2 else reach_m), math.pi * corner / 8
        ring.append([174.7772 + reach * math.cos(angle) / 83_652, -41.2785 + reach * math.sin(angle) / 111_320])
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def hard(**changes: Any) -> CordonQuestion:  # noqa: ANN401 - any field
    """A question that took minutes: a large star, all of the city as its surroundings."""
    return CordonQuestion(site=star(1000, 400), radius_m=20_000, **changes)


@pytest.mark.slow
@FEW
@given(data=st.data())
def test_a_frontier_that_was_stopped_is_the_first_part_of_the_whole(data: st.DataObject, kit: ModuleType) -> None:
    model = kit.parts_of(grid_town(data, kit, streets=10).network(), question(kit)).model
    whole, ended = frontier_cuts(model)
    assert ended
    corners = [(one.cut.barrier_units, one.cut.addresses) for one in whole]
    for count in range(1, 40):
        part, ended = frontier_cuts(model, steps=Few(count))
        found = [(one.cut.barrier_units, one.cut.addresses) for one in part]
        assert found, "the cheapest cordon is always one"
        if part[0].cut.bound_units < part[0].cut.value:  # there was no time to prove it, which the plan says
            assert (len(found), ended) == (1, False)
            assert found[0][0] >= corners[0][0] >= part[0].cut.bound_units
            continue
        assert found == corners[: len(found)]
        assert not ended or found == corners
        for one in part[1:]:  # asked again at its weight each is the answer
            again = cheapest_cut(model, address_weight=round(one.weight * 1000), scale=1000)
            assert again is not None
            assert again.value == one.cut.barrier_units * 1000 + one.cut.addresses * round(one.weight * 1000)


@pytest.mark.slow
def test_a_search_without_time_still_has_a_cordon_that_the_checker_accepts(wellington: Network) -> None:
    asked = hard(frontier=True, alternatives=2)
    plan = plan_cordon(wellington, asked, limit_s=1e-9)
    assert plan.bound < plan.cost
    assert not plan.optimal
    assert plan.checks[1] == f"No cordon costs less than {plan.bound:g} points; this one may not be the cheapest."
    assert check_cordon(wellington, plan.as_json())[1] == []
    whole = plan_cordon(wellington, hard(frontier=False))
    assert whole.optimal
    assert plan.bound <= whole.cost <= plan.cost


@pytest.mark.slow
def test_what_was_not_looked_at_is_said(wellington: Network) -> None:
    others = CordonSearch(wellington, hard(frontier=True, alternatives=2), Few(1)).others()
    stopped = f"The frontier stops at a cordon of {others.frontier[-1].worded()}: the time limit of 30 s was reached."
    assert others.notes == (
        f"{stopped} Larger cordons were not looked at.",
        "0 of 2 alternatives that differ in three streets were found; the time limit of 30 s was reached.",
    )
    assert len(others.frontier) == 1


@pytest.mark.slow
def test_few_places_that_are_not_found_in_time_are_refused_with_a_number_that_works(wellington: Network) -> None:
    with pytest.raises(TooLong, match=r"No cordon of at most 3 places was found .* nor is it ruled out\.") as refused:
        plan_cordon(wellington, hard(at_most=3, frontier=False), limit_s=1e-9)
    enough = int(str(refused.value).split("allow ")[1].split(",")[0])
    assert len(plan_cordon(wellington, hard(at_most=enough, frontier=False), limit_s=1e-9).barriers) <= enough


def test_what_is_told_is_told_in_order_and_the_share_only_grows(wellington: Network, open_data: Path) -> None:
    told: list[tuple[str, float]] = []
    asked = parliament(open_data).model_copy(update={"frontier": True, "alternatives": 2})
    plan_cordon(wellington, asked, tell=lambda doing, share: told.append((doing, share)))
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert 0 <= shares[0] < shares[-1] <= 1
    assert list(dict.fromkeys(doing for doing, _ in told)) == [
        "Pricing the places around the site",
        "Looking for the cheapest cordon",
        "Following the frontier",
        "Looking for alternative 1 of 2",
        "Looking for alternative 2 of 2",
    ]


@pytest.mark.parametrize("stage", ["Pricing", "Looking for the cheapest", "Following", "Looking for alternative"])
def test_whoever_listens_can_end_the_search_at_any_stage(wellington: Network, open_data: Path, stage: str) -> None:
    def tell(doing: str, _share: float) -> None:
        if doing.startswith(stage):
            raise Enough

    with pytest.raises(Enough):
        plan_cordon(wellington, parliament(open_data).model_copy(update={"alternatives": 1}), tell=tell)


def test_time_that_the_listener_takes_is_not_the_searchs() -> None:
    steps = Steps(lambda _doing, _share: time.sleep(0.05), limit_s=0.04)
    steps.at("Waiting", 0.0)
    assert not steps.late
    time.sleep(0.05)
    assert steps.late
    assert steps.left_s == 0
