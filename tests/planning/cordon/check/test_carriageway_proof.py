"""The proof where a street has two carriageways, with prices worked out by hand: what both may bear, and one unit more.

    site == The Quay (9) ==+== The Quay (9) == outside
                           | a link, of 20 m or none
    site == The Quay (9) ==+== The Quay (9) == outside

Both carriageways at one corner cost 10.35 points, and so do both where no corner is: 9 and 15 % of 9.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clearway.network.classes import class_mask
from clearway.planning.cordon.check import check_cordon
from clearway.planning.cordon.planner.plan import plan_cordon
from clearway.planning.cordon.planner.question import CordonQuestion
from clearway.shapes import Spot
from drawn_towns import Town, place, square

if TYPE_CHECKING:
    from clearway.network.model import Network

    Plan = dict[str, Any]

MOTOR, FOOT = class_mask(["resident", "service", "bus", "general"]), class_mask(["foot"])
WEST, EAST, WEST_BACK, EAST_BACK, SOUTH = range(5)
MEETING = 2
"""The junction of the first carriageway."""
POINT = 100 * 1024
BOTH = "more passes the two carriageways of The Quay than closing both costs"
CORNER = "more passes the corner of The Quay than closing streets there costs"


def quay(gap: float, *, link: bool = False, second: str = "secondary", south: str = "", inward: bool = False) -> Town:
    """Its streets are drawn outward from the site, or inward."""
    town = Town()
    for y, permit, east in ((0.0, (MOTOR, FOOT), "secondary"), (gap, (FOOT, MOTOR), second)):
        town.corner(200, y, edge=True)
        for x, kind in ((0, "secondary"), (100, east)):
            ends = ((x, y), (x + 100, y))
            town.street(*ends[:: -1 if inward else 1], name="The Quay", street_class=kind, permit=permit)
    if south:
        town.corner(100, -100, edge=True)
        town.street((100, 0), (100, -100), name="The Quay", street_class=south)
    if link:
        town.street((100, 0), (100, gap))
    return town


def pinned(x: float, y: float) -> Spot:
    lon, lat = place(x, y)
    return Spot(lon=lon, lat=lat)


def planned(network: Network, *pins: Spot, **asked: Any) -> Plan:  # noqa: ANN401 - of the question
    question = CordonQuestion(site=square(0, 10, 15), radius_m=5000, frontier=False, pins=pins, **asked)
    return plan_cordon(network, question).as_json()


def refused(network: Network, plan: Plan, path: int, units: int = 1) -> str:
    """What is said of a path that carries more; the plan stays as it was."""
    one = plan["certificate"]["paths"][path]
    one["amount"] += units
    said = check_cordon(network, plan)[1]
    one["amount"] -= units
    return " ".join(said).removeprefix("The proof fails: ").removesuffix(".")


@pytest.mark.parametrize(
    ("link", "x", "passing"),
    [(True, None, None), (False, None, None), (True, 108, 1.35), (True, 192, 1.35), (False, 108, 1.35), (False, 192, 1.35)],
)
@pytest.mark.parametrize("inward", [False, True])
def test_two_carriageways_bear_no_more_than_closing_both_costs_less_the_one_that_is_pinned(
    link: bool, x: float | None, passing: float | None, inward: bool  # noqa: FBT001
) -> None:  # fmt: skip
    network = quay(20.0, link=link, inward=inward).network()
    plan = planned(network, *([] if x is None else [pinned(x, 0)]))
    assert (plan["cost"], plan["optimal"], check_cordon(network, plan)[1]) == (10.35, True, [])
    paths = plan["certificate"]["paths"]
    if passing:
        assert [path["amount"] for path in paths] == [round(passing * POINT)]
    for number, path in enumerate(paths):
        at_corner = any(step[0] == "corner" for step in path["steps"])
        assert refused(network, plan, number) == (CORNER if at_corner else BOTH), path


def test_where_no_barrier_may_stand_on_one_carriageway_the_other_bears_what_it_costs_alone() -> None:
    network = quay(20.0).network()
    plan = planned(network, never_ways=(EAST,))
    paths = plan["certificate"]["paths"]
    assert check_cordon(network, plan)[1] == []
    assert {step[1] for step in plan["certificate"]["barred"]} == {EAST}
    paths[:] = [{"amount": 9 * POINT + 1, "steps": [["spot", EAST_BACK, 1], ["spot", EAST_BACK, 0], ["spot", WEST_BACK, 1]]}]
    plan |= {"bound": 9.0, "optimal": False}
    assert check_cordon(network, plan)[1] == []
    assert refused(network, plan, 0) == "more passes The Quay than a barrier there costs"
    paths.append({"amount": round(1.35 * POINT) + 1, "steps": [["spot", EAST, 1], ["spot", EAST, 0], ["spot", WEST, 1]]})
    assert BOTH in check_cordon(network, plan)[1][0], "the carriageways before the site may both be closed"


def test_of_two_carriageways_of_which_none_can_be_closed_on_one_the_pair_bounds_nothing() -> None:
    """A motorway: what passes it is stopped by the other end alone."""
    network = quay(20.0, second="motorway").network()
    plan = planned(network)
    assert (plan["cost"], check_cordon(network, plan)[1]) == (10.35, [])
    pairs = plan["certificate"]["pairs"]
    assert [EAST, EAST_BACK] not in [[step[1] for step in pair] for pair in pairs]
    pairs.append([["spot", EAST, 1], ["spot", EAST_BACK, 1]])
    assert check_cordon(network, plan)[1] == []


def test_a_path_over_a_link_too_short_for_a_barrier_is_taken_only_if_the_plan_lists_the_link() -> None:
    network = quay(7.0, link=True).network()
    plan = planned(network)
    link, paths = network.way_count - 1, plan["certificate"]["paths"]
    for links, named in ((1, "1 link"), (2, "2 links")):
        told = check_cordon(network, plan | {"excluded": plan["excluded"] * links})[0][-1]
        assert told.endswith(f"points. Barriers on {named} too short for one are left out.")
    assert (plan["certificate"]["excluded"], check_cordon(network, plan)[1]) == ([link], [])
    over = [["spot", EAST, 1], ["spot", EAST, 0], ["spot", link, 0], ["spot", link, 1], ["spot", WEST_BACK, 1]]
    paths[:] = [{"amount": POINT, "steps": over}]
    plan |= {"bound": 1.0, "optimal": False}
    assert check_cordon(network, plan)[1] == []
    unlisted = ["The proof fails: it leaves out a short link that it does not list."]
    for listed in ([], [EAST]):
        plan["certificate"]["excluded"] = listed
        assert check_cordon(network, plan)[1] == unlisted
    paths[0]["steps"] = [["spot", EAST, 1], ["spot", EAST, 0], ["spot", WEST, 1]]
    assert check_cordon(network, plan)[1] == [], "no path passes it"


def test_a_street_that_a_wish_leaves_open_is_passed_at_the_expense_of_its_corner_whatever_it_would_cost() -> None:
    network = quay(20.0, link=True, second="service").network()
    plan = planned(network, never_ways=(EAST_BACK,))
    over = [["spot", EAST_BACK, 1], ["corner", MEETING, 360, [[EAST_BACK, 0], [WEST_BACK, 1]]]]
    plan["certificate"]["paths"] = [{"amount": 36 * POINT // 10 + 1, "steps": over}]
    plan |= {"bound": 3.6, "optimal": False}
    assert check_cordon(network, plan)[1] == []
    assert refused(network, plan, 0) == CORNER
    plan["question"]["never_ways"], plan["certificate"]["barred"] = [], []
    assert "at the expense of a corner that does not pay for it" in check_cordon(network, plan)[1][0]


def parted(south: str, *amounts: float) -> tuple[Network, Plan]:
    """Both pinned abreast, 9 and 3 points, for 9.45 together; the street to the south must be closed as well.

    With that street as arms of one corner, and the second carriageway alone, they cost 0.6 of 9, 0.6 of the street, once the
    larger rest of the two, and 3.
    """
    network = quay(30.0, second="service", south=south).network()
    plan = planned(network, pinned(108, 0), pinned(108, 30))
    by_corner, by_street = amounts
    rest = 360 if south == "secondary" else 200
    plan["certificate"]["paths"] = [
        {"amount": round(by_corner * POINT), "steps": [["spot", SOUTH, 1], ["corner", MEETING, rest, [[SOUTH, 0], [WEST, 1]]]]},
        {"amount": round(by_street * POINT), "steps": [["spot", SOUTH, 1], ["spot", SOUTH, 0], ["spot", WEST, 1]]},
    ]
    plan["bound"] = round(9.45 + by_corner + by_street, 2)
    plan["optimal"] = plan["bound"] >= plan["cost"]
    return network, plan


def test_a_carriageway_whose_end_is_a_bend_is_paid_whole_beside_one_at_a_corner() -> None:
    """The pinned one (5 points) is the second of the two, for 15 %: 9, 0.75, and 3 for the street to the south."""
    network = quay(30.0, second="residential", south="service").network()
    plan = planned(network, pinned(108, 30))
    assert (plan["cost"], plan["optimal"], check_cordon(network, plan)[1]) == (12.75, True, [])


@pytest.mark.parametrize(("south", "by_corner", "by_street"), [("secondary", 2.55, 5.4), ("residential", 2.0, 3.0)])
def test_pinned_carriageways_that_are_cheaper_apart_once_their_corner_closes_another_street_prove_no_more_than_that(
    south: str, by_corner: float, by_street: float
) -> None:
    """Closing the south adds 7.95: 5.4 + 5.4 + 3.6 at the corner, and 3, are 17.4 points. A cheap street saves nothing."""
    network, plan = parted(south, by_corner, by_street)
    certificate = plan["certificate"]
    assert certificate["standing_price"] == round(9.45 * POINT) + 1
    assert check_cordon(network, plan)[1] == []
    certificate["paths"][0]["amount"] += 1
    assert check_cordon(network, plan)[1] == [], "a unit for the place"
    certificate["paths"][1]["amount"] -= 1
    assert refused(network, plan, 0) == CORNER
    assert refused(network, plan, 1, 2) == "more passes The Quay than a barrier there costs"


@pytest.mark.parametrize(("south", "places"), [("secondary", [3.0, 14.4]), ("residential", [5.0, 9.45])])
def test_pinned_carriageways_are_planned_apart_where_that_is_cheaper(south: str, places: list[float]) -> None:
    network = quay(30.0, second="service", south=south).network()
    plan = planned(network, pinned(108, 0), pinned(108, 30))
    assert sorted(barrier["cost"] for barrier in plan["barriers"]) == places
    assert {EAST, EAST_BACK} <= {way for barrier in plan["barriers"] for way in barrier["way_indexes"]}
    assert (plan["cost"], plan["optimal"], check_cordon(network, plan)[1]) == (sum(places), True, [])


def test_where_both_pinned_carriageways_are_arms_of_corners_no_more_is_claimed_than_is_proven() -> None:
    network = quay(30.0, link=True, second="service", south="secondary").network()
    plan = planned(network, pinned(108, 0), pinned(108, 30))
    assert (plan["cost"], plan["optimal"], check_cordon(network, plan)[1]) == (17.4, False, [])
    assert plan["bound"] < 17.4
