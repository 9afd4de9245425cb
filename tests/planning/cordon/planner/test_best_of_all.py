"""Cordons against every set of barriers there is, on small random towns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clearway.errors import Infeasible
from clearway.planning.cordon.check import check_cordon
from clearway.planning.cordon.planner.barrier_costs import BarrierCosts
from clearway.planning.cordon.planner.frontier import frontier_cuts
from clearway.planning.cordon.planner.places import UNITS
from clearway.planning.cordon.planner.plan import plan_cordon
from clearway.planning.cordon.planner.question import CordonQuestion
from clearway.shapes import Spot
from rounds import examples, first_few

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType


from cordon_questions import grid_town, question

QUICK = settings(max_examples=examples(60), suppress_health_check=list(HealthCheck))
FEW = settings(max_examples=examples(20), suppress_health_check=list(HealthCheck))


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


@pytest.mark.parametrize(
    "judged",
    [
        test_the_cost_is_that_of_the_best_of_all_sets_of_barriers,
        test_with_a_cost_for_addresses_the_whole_objective_is_the_best_of_all,
        test_the_frontier_is_the_lower_hull_of_all_sets_of_barriers,
        test_at_most_so_many_places_is_kept_at_the_least_cost,
        test_a_pin_is_kept_at_the_least_cost,
        test_a_ban_is_kept_at_the_least_cost,
    ],
)
def test_the_same_holds_of_a_few_towns_that_are_looked_at_each_time(judged: Callable[..., None], kit: ModuleType) -> None:
    first_few(judged, kit=kit)
