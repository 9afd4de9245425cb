"""Which junctions are one corner, whichever way they lie, and what a corner keeps of its arms."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from clearway.planning.cordon.check import check_cordon
from clearway.planning.cordon.planner.barrier_costs import BarrierCosts
from clearway.planning.cordon.planner.plan import plan_cordon
from clearway.planning.cordon.planner.question import CordonQuestion
from drawn_towns import Town, square

if TYPE_CHECKING:
    from types import ModuleType


@pytest.mark.parametrize(("east", "north"), [(24, 0), (-24, 0), (0, 24), (0, -24)])
@pytest.mark.parametrize(("count", "corners"), [(3, 1), (4, 4)])
def test_junctions_are_one_corner_only_where_a_crew_overlooks_them_all(
    kit: ModuleType, east: int, north: int, count: int, corners: int
) -> None:
    """Side streets leave a street every 24 m: over three of them 48 m, over four 72 m."""
    town = Town()
    at = [(east * index, north * index) for index in range(count)]
    for number, (x, y) in enumerate(at):
        for side in (1, -1):  # across the street that they lie on
            town.street((x, y), (x + side * north * 4, y + side * east * 4), name=f"Side {number}")
    for one, other in pairwise(at):
        town.street(one, other, name="Main Street")
    town.corner(east * 30, north * 30, edge=True)
    town.street(at[-1], (east * 30, north * 30), name="Main Street")
    question = CordonQuestion(site=square(east * -4, north * -4, 5), radius_m=5000)
    town.street((east * -4, north * -4), at[0], name="Main Street")
    parts = kit.parts_of(town.network(), question)
    of_junction = dict(zip(parts.window.junctions.tolist(), parts.places.corners.of_junction.tolist(), strict=True))
    found = {of_junction[town.at[spot]] for spot in at}
    assert (len(found), min(found) >= 0) == (corners, True)


@pytest.mark.parametrize(("share", "cost"), [(1.0, 15.0), (0.6, 11.0), (0.0, 5.0)])
def test_arms_of_a_corner_pay_their_share_and_the_dearest_in_full(share: float, cost: float) -> None:
    """A street from the site comes to a crossing before there is room for a barrier; three alike lead on from it."""
    town = Town()
    town.street((0, 0), (0, 20), name="Lane")
    for end in ((200, 20), (0, 220), (-200, 20)):
        town.corner(*end, edge=True)
        town.street((0, 20), end, name=f"To {end}")
    network = town.network()
    asked = CordonQuestion(site=square(0, 0, 18), radius_m=5000, costs=BarrierCosts(junction_share=share), frontier=False)
    plan = plan_cordon(network, asked)
    assert plan.barrier_cost == pytest.approx(cost + (0.02 if share == 0 else 0), abs=1e-9)
    assert check_cordon(network, plan.as_json())[1] == []
