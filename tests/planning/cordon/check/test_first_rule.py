"""Plans by the first price rule, written by hand as earlier versions made them: a junction is closed on all arms or none.

    outside -- Bay Road (5) --+-- Dear Street (12) -- site
                              |
           outside -- Cove Lane (3)

What such a plan encloses is its own word; all else is looked at.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest

from clearway.network.classes import class_mask
from clearway.planning.cordon.check import check_cordon
from clearway.planning.cordon.check.network_reading import NetworkReading
from clearway.planning.cordon.check.prices import price_problems
from clearway.planning.cordon.planner.question import CordonQuestion
from drawn_towns import Town, place, square

if TYPE_CHECKING:
    from collections.abc import Callable

    from clearway.network.model import Network

    Plan = dict[str, Any]
    Spoil = Callable[[Plan], object]

DEAR, BAY, COVE = range(3)
JUNCTION = 1
MOTOR, FOOT = class_mask(["resident", "service", "bus", "general"]), class_mask(["foot"])


def units(points: float) -> int:
    """What may pass a place of some price."""
    return round(points * 100) * 1024 + 1


def town() -> Town:
    drawn = Town()
    drawn.corner(0, 0)
    drawn.corner(100, 0)
    drawn.corner(200, 0, edge=True)
    drawn.corner(100, -100, edge=True)
    drawn.street((0, 0), (100, 0), street_class="primary", name="Dear Street")
    drawn.street((100, 0), (200, 0), name="Bay Road")
    drawn.street((100, 0), (100, -100), street_class="service", name="Cove Lane")
    for number in range(3):
        drawn.draft.address(DEAR, 30.0 + number)
    return drawn


@pytest.fixture(scope="module")
def network() -> Network:
    return town().network()


def written(*barriers: dict[str, Any], paths: list[tuple[int, list[list[Any]]]], **certificate: Any) -> Plan:  # noqa: ANN401
    question = CordonQuestion(site=square(0, 0, 15), radius_m=5000).model_dump(mode="json")
    cost = sum(barrier["cost"] for barrier in barriers)
    return {
        "format": "clearway-cordon-1", "question": question, "optimal": True, "enclosed": {"addresses": 0},
        "barriers": [{"number": number, "place": "street"} | barrier for number, barrier in enumerate(barriers, 1)],
        "barrier_cost": cost, "cost": cost, "bound": cost,
        "certificate": {
            "address_weight": 0, "standing_price": 0, "enclosed_for_good": [], "crossings": [], "barred": [], "standing": [],
            "pairs": [], "spots": {str(way): [8.0, 92.0] for way in (DEAR, BAY, COVE)},
            "paths": [{"amount": amount, "steps": steps} for amount, steps in paths],
        } | certificate,
    }  # fmt: skip


def in_by(way: int) -> list[list[Any]]:
    """A path from the end of the data over the junction into the site."""
    return [["spot", way, 1], ["spot", way, 0], ["junction", JUNCTION], ["spot", DEAR, 1]]


@pytest.fixture
def two() -> Plan:
    """A barrier on each of the two streets that lead in."""
    barriers = ({"way_indexes": [BAY], "at_m": [8.0], "cost": 5.0}, {"way_indexes": [COVE], "at_m": [8.0], "cost": 3.0})
    return written(*barriers, paths=[(units(5), in_by(BAY)), (units(3), in_by(COVE))])


def at_the_junction(plan: Plan) -> None:
    """All of its arms closed instead, since no barrier may stand along any of the streets."""
    plan["question"]["never_ways"] = [DEAR, BAY, COVE]
    plan["certificate"]["barred"] = [["spot", way, spot] for way in (DEAR, BAY, COVE) for spot in (0, 1)]
    arms = {"place": "junction", "way_indexes": [DEAR, BAY, COVE], "at_m": [92.0, 8.0, 8.0], "cost": 12 + 0.6 * 8}
    plan["barriers"] = [{"number": 1} | arms]
    plan["certificate"]["paths"] = [{"amount": units(16.8), "steps": in_by(BAY)}]
    for name in ("barrier_cost", "cost", "bound"):
        plan[name] = 16.8


def test_a_true_plan_is_accepted_and_what_it_encloses_is_said_to_be_its_word(network: Network, two: Plan) -> None:
    holds, fails = check_cordon(network, two)
    assert (holds[1:], fails) == (["The cost adds up.", "Nothing is cheaper: 2 paths into the site prove 8 points."], [])
    two["enclosed"]["addresses"] = 3
    assert check_cordon(network, two)[0][1] == "The cost adds up; that 3 addresses are enclosed was not counted anew."


def test_a_junction_closed_on_all_arms_costs_the_dearest_and_a_share_of_the_others(network: Network, two: Plan) -> None:
    at_the_junction(two)
    assert check_cordon(network, two)[1] == []
    two["certificate"]["paths"][0]["amount"] += 1
    assert check_cordon(network, two)[1] == ["The proof fails: more passes junction 1 than a barrier there costs."]


def more(path: int) -> Spoil:
    def spoil(plan: Plan) -> None:
        plan["certificate"]["paths"][path]["amount"] += 1

    return spoil


def certificate(**values: Any) -> Spoil:  # noqa: ANN401 - any JSON
    return lambda plan: plan["certificate"].update(values)


def moved(at_m: float) -> Spoil:
    return lambda plan: plan["barriers"][0].update(at_m=[at_m])


def both_in_one_place(plan: Plan) -> None:
    one, other = plan["barriers"]
    plan["barriers"] = [one | {"way_indexes": [BAY, COVE], "at_m": [8.0, 8.0], "cost": 8.0}]
    assert other["cost"] == 3


def steps(path: int, *new: list[Any]) -> Spoil:
    def spoil(plan: Plan) -> None:
        plan["certificate"]["paths"][path]["steps"] = list(new)

    return spoil


FORGED: list[tuple[Spoil, str]] = [
    (lambda plan: plan["barriers"].pop(), "A way in is left: Dear Street"),
    (lambda plan: plan["barriers"][0].update(cost=4.99), "Barrier 1 costs 4.99 in the plan but 5 in the table."),
    (moved(50.0), "Barrier 1 stands where no barrier may stand."),
    (moved(8.02), "Barrier 1 stands where no barrier may stand."),
    (both_in_one_place, "Barrier 1 costs 8 in the plan but 5.45 in the table."),
    (lambda plan: plan.update(barrier_cost=7.99, cost=7.99), "The barriers cost 8 together; the plan says 7.99."),
    (lambda plan: plan.update(cost=8.01), "Barriers and addresses cost 8 together; the plan says 8.01."),
    (lambda plan: plan.update(bound=8.02), "The plan claims a bound of 8.02 points; the flow proves 8.00002."),
    (lambda plan: plan["certificate"]["paths"].pop(), "The plan claims a bound of 8 points; the flow proves 5.00001."),
    (more(0), "more passes Bay Road than a barrier there costs"),
    (more(1), "more passes Cove Lane than a barrier there costs"),
    (steps(0, ["spot", BAY, 0], ["junction", JUNCTION], ["spot", DEAR, 1]), "a path does not start outside"),
    (steps(0, ["spot", BAY, 1], ["spot", BAY, 0]), "a path ends outside the site"),
    (steps(0, ["spot", BAY, 1], ["spot", DEAR, 1]), "a path jumps to Dear Street"),
    (steps(0, ["junction", JUNCTION], ["spot", DEAR, 1]), "a path does not start outside"),
    (steps(0, ["spot", BAY, 1], ["leads", "corner", JUNCTION], ["spot", DEAR, 0]), "a point that can be driven round"),
    (
        steps(0, ["spot", BAY, 1], ["spot", BAY, 0], ["leads", "corner", 2], ["spot", BAY, 1]),
        "a point that can be driven round",
    ),
    (certificate(spots={"0": [8.0, 92.0], "1": [8.0], "2": [8.0, 92.0]}), "the spots on way 1 are out of order"),
    (
        certificate(spots={"0": [8.0, 92.0], "1": [8.0, 92.0, 50.0], "2": [8.0, 92.0]}),
        "the spots on way 1 are out of order",
    ),
    (certificate(barred=[["spot", BAY, 0]]), "it leaves out places that no wish rules out"),
    (certificate(barred=[["junction", JUNCTION]]), "it leaves out places that no wish rules out"),
    (certificate(standing=[["spot", BAY, 0]]), "a path runs through a barrier that a wish pins"),
    (certificate(standing=[["junction", JUNCTION]]), "a path runs through a barrier that a wish pins"),
    (certificate(standing_price=1), "it counts barriers that no wish asks for"),
    (certificate(enclosed_for_good=[[BAY, 0]]), "it counts addresses as always enclosed that are not on the site"),
    (
        certificate(pairs=[[["spot", BAY, 1], ["spot", COVE, 1]]]),
        "more passes the two carriageways of Bay Road than closing both",
    ),
]


@pytest.mark.parametrize(("spoil", "reason"), FORGED, ids=[f"{at}: {one[1][:60]}" for at, one in enumerate(FORGED)])
def test_a_plan_with_one_thing_spoiled_is_refused_for_it(network: Network, two: Plan, spoil: Spoil, reason: str) -> None:
    spoil(two)
    assert reason in " ".join(check_cordon(network, two)[1])


ALLOWED: list[Spoil] = [
    moved(8.01),
    moved(4.0),
    lambda plan: plan["question"].update(never_ways=[BAY]) or certificate(barred=[["spot", BAY, 1]])(plan),
    lambda plan: plan["question"].update(never=[{}]) or certificate(barred=[["spot", COVE, 1]])(plan),
    certificate(pairs=[[["spot", DEAR, 0], ["spot", COVE, 1]]]),
    certificate(enclosed_for_good=[[DEAR, 0]], address_weight=1),
    lambda plan: plan["certificate"]["paths"].pop() and plan.update(bound=5.0, optimal=False),
]


@pytest.mark.parametrize("spoil", ALLOWED)
def test_what_claims_no_more_than_is_proven_is_accepted(network: Network, two: Plan, spoil: Spoil) -> None:
    spoil(two)
    assert check_cordon(network, two)[1] == []


@pytest.mark.parametrize(("price", "fails"), [(units(8), 0), (units(8) + 1, 0), (units(8) + 2, 1)])
def test_pinned_barriers_cost_no_more_than_all(network: Network, two: Plan, price: int, fails: int) -> None:
    two["question"]["pins"] = [{}]
    two["certificate"] |= {"standing": [["spot", BAY, 0], ["spot", COVE, 0]], "standing_price": price, "paths": []}
    assert check_cordon(network, two)[1] == ["The proof fails: the pinned barriers cost more than all barriers."] * fails


def test_two_carriageways_pay_a_share_together(network: Network, two: Plan) -> None:
    """Both barriers as one place: 5 + 15 % of 3 points."""
    two["certificate"]["pairs"] = [[["spot", BAY, 0], ["spot", COVE, 0]]]
    both_in_one_place(two)
    two["barriers"][0]["cost"] = 5.45
    for name in ("barrier_cost", "cost", "bound"):
        two[name] = 5.45
    one, other = two["certificate"]["paths"]
    one["amount"], other["amount"] = units(5.45) - units(3), units(3)
    assert check_cordon(network, two)[1] == []
    one["amount"] += 1
    assert "more passes the two carriageways of Bay Road" in check_cordon(network, two)[1][0]
    two["certificate"]["barred"] = [["spot", BAY, 0]]
    two["question"]["never_ways"] = [BAY]
    assert check_cordon(network, two)[1] == []


def test_a_junction_of_two_streets_or_at_the_site_is_closed_by_nobody(two: Plan) -> None:
    """Without Cove Lane Dear Street and Bay Road meet in a bend; the path over it pays for the streets alone."""
    drawn = Town()
    for x, edge in ((0, False), (100, False), (200, True)):
        drawn.corner(x, 0, edge=edge)
    drawn.street((0, 0), (100, 0), street_class="primary", name="Dear Street")
    drawn.street((100, 0), (200, 0), name="Bay Road")
    two["barriers"].pop()
    two["certificate"]["paths"].pop()
    two["certificate"]["spots"].pop(str(COVE))
    for name in ("barrier_cost", "cost", "bound"):
        two[name] = 5.0
    assert check_cordon(drawn.network(), two)[1] == []
    two["question"]["never_ways"] = [BAY, DEAR]
    two["certificate"]["barred"] = [["spot", BAY, 0], ["spot", BAY, 1], ["spot", DEAR, 1]]
    two["certificate"]["paths"][0]["amount"] *= 100
    assert check_cordon(drawn.network(), two)[1] == [], "no place bounds what passes"


def test_a_path_against_the_signs_or_through_an_obstacle_is_refused(two: Plan) -> None:
    drawn = town()
    drawn.draft._ways[BAY].permit = (MOTOR, FOOT)  # noqa: SLF001 - the town with one street signed out of the site
    assert check_cordon(drawn.network(), two)[1] == []
    two["question"]["trust_signs"] = True
    assert "a path runs against the signs of Bay Road" in " ".join(check_cordon(drawn.network(), two)[1])
    two["question"]["trust_signs"] = False
    for at_m in (92.0, 8.01, 50.0, 97.0):
        walled = town()
        walled.draft.stop(BAY, at_m, blocks=MOTOR)
        assert "a path runs through a lasting obstacle" in " ".join(check_cordon(walled.network(), two)[1]), at_m
    for at_m in (8.03, 99.0):
        walled = town()
        walled.draft.stop(BAY, at_m, blocks=FOOT)
        assert check_cordon(walled.network(), two)[1] == []


def test_an_obstacle_where_a_path_comes_onto_its_last_street_is_seen(two: Plan) -> None:
    walled = town()
    walled.draft.stop(DEAR, 92.0, blocks=MOTOR)
    assert "a path runs through a lasting obstacle" in " ".join(check_cordon(walled.network(), two)[1])


def test_a_path_that_begins_at_a_junction_that_stays_open_is_not_stopped_by_closing_it(network: Network, two: Plan) -> None:
    two["question"] |= {"keep_open": [BAY], "never_ways": [DEAR]}
    two["certificate"]["barred"] = [["spot", way, spot] for way in (DEAR, BAY) for spot in (0, 1)]
    two["certificate"]["paths"] = [{"amount": units(100), "steps": [["held", "corner", JUNCTION], ["spot", DEAR, 1]]}]
    assert not any("The proof fails" in said for said in check_cordon(network, two)[1])


def test_a_junction_outside_is_closed_by_nobody(two: Plan) -> None:
    """It is where the data end; what passes it from farther out is not bounded by its price."""
    drawn = Town()
    for x, y, edge in ((0, 0, False), (100, 0, True), (200, 0, True), (100, -100, True)):
        drawn.corner(x, y, edge=edge)
    drawn.street((0, 0), (100, 0), street_class="primary", name="Dear Street")
    drawn.street((100, 0), (200, 0), name="Bay Road")
    drawn.street((100, 0), (100, -100), street_class="service", name="Cove Lane")
    at_the_junction(two)
    two["certificate"]["paths"][0]["amount"] *= 2
    assert not any("The proof fails" in said for said in check_cordon(drawn.network(), two)[1])


def test_a_path_that_begins_between_two_places_outside_leads_on_to_its_second_step(network: Network, two: Plan) -> None:
    """Bay Road's middle lies 135 m from the site: by a radius of 120 m both it and its far end are outside."""
    two["question"]["radius_m"] = 120
    assert check_cordon(network, two)[1] == []
    two["certificate"]["paths"][0]["steps"][0] = ["spot", BAY, 0]
    assert "a path jumps to Dear Street" in check_cordon(network, two)[1][0]


@pytest.mark.parametrize(("more", "fails"), [(0, 0), (1, 1)])
def test_addresses_within_a_crossing_are_counted_together(two: Plan, more: int, fails: int) -> None:
    """Two on the link between the two junctions of the crossing, each worth a point, and a path from them to the site."""
    drawn = Town()
    for x, y, edge in ((0, 0, False), (100, 0, False), (200, 0, True), (100, -110, True), (100, -10, False)):
        drawn.corner(x, y, edge=edge)
    drawn.street((0, 0), (100, 0), street_class="primary", name="Dear Street")
    drawn.street((100, 0), (200, 0), name="Bay Road")
    drawn.street((100, -10), (100, -110), street_class="service", name="Cove Lane")
    link = drawn.street((100, 0), (100, -10))
    for at_m in (3.0, 7.0):
        drawn.draft.address(link, at_m)
    drawn.draft.address(DEAR, 50.0)
    certificate = two["certificate"]
    certificate |= {"crossings": [[JUNCTION, 4]], "address_weight": 1024 * 100}
    certificate["spots"][str(link)] = [3.0, 7.0]
    certificate["paths"] = [{"amount": 2 * 1024 * 100 + more, "steps": [["addresses", link, 0], ["spot", DEAR, 1]]}]
    two |= {"optimal": False, "bound": 0}
    said = ["The proof fails: more passes addresses of crossing 0 than a barrier there costs."]
    assert check_cordon(drawn.network(), two)[1] == said * fails


def test_where_the_site_comes_near_to_the_end_of_a_street_nothing_is_closed_there(two: Plan) -> None:
    """Up to 4 m between the site and the junction: no barrier fits, and the junction is not closed as one place."""
    for reach, room in ((95.5, True), (96.5, False)):
        plan = copy.deepcopy(two)
        at_the_junction(plan)
        corners = ((-15, -15), (reach, -15), (reach, 15), (-15, 15), (-15, -15))
        plan["question"]["site"] = {"type": "Polygon", "coordinates": [[list(place(*corner)) for corner in corners]]}
        plan["certificate"]["paths"][0]["amount"] *= 2
        said = " ".join(check_cordon(town().network(), plan)[1])
        assert ("more passes junction 1" in said) is room


@pytest.mark.parametrize(
    ("metres", "at_m", "price"),
    [(12, 4.0, 3.0), (12, 4.05, None), (12, 8.0, 3.0), (60, 8.0, 3.0), (60, 8.05, None), (60, 52.0, 3.0), (60, 51.9, None)],
)
def test_on_a_street_whose_spots_are_not_written_a_barrier_stands_eight_metres_from_its_end_or_a_third_of_it(
    two: Plan, metres: float, at_m: float, price: float | None
) -> None:
    drawn = Town()
    drawn.corner(0, 0)
    drawn.street((0, 0), (200, 0))
    drawn.street((200, 0), (200, metres), street_class="service")
    plan = two | {"barriers": [{"number": 1, "place": "street", "way_indexes": [1], "at_m": [at_m], "cost": 3.0}]}
    plan |= {"barrier_cost": 3.0, "cost": 3.0, "certificate": {"spots": {}}}
    said = price_problems(NetworkReading(drawn.network(), two["question"]), plan)
    assert said == ([] if price else ["Barrier 1 stands where no barrier may stand."])


def test_a_crossing_is_closed_on_its_outer_arms_and_not_on_the_link_inside(two: Plan) -> None:
    drawn = Town()
    for x, y, edge in ((0, 0, False), (100, 0, False), (200, 0, True), (100, -110, True), (100, -10, False)):
        drawn.corner(x, y, edge=edge)
    drawn.street((0, 0), (100, 0), street_class="primary", name="Dear Street")
    drawn.street((100, 0), (200, 0), name="Bay Road")
    drawn.street((100, -10), (100, -110), street_class="service", name="Cove Lane")
    drawn.street((100, 0), (100, -10))
    at_the_junction(two)
    two["certificate"]["crossings"] = [[JUNCTION, 4]]
    two["certificate"]["paths"] = [{"amount": units(16.8), "steps": in_by(COVE)}]
    assert check_cordon(drawn.network(), two)[1] == []
    two["certificate"]["paths"][0]["amount"] += 1
    assert check_cordon(drawn.network(), two)[1] == ["The proof fails: more passes crossing 0 than a barrier there costs."]


def test_a_loop_at_a_junction_is_closed_at_both_its_ends(two: Plan) -> None:
    drawn = town()
    points = [place(*point) for point in ((100, 0), (130, 50), (70, 50), (100, 0))]
    loop = drawn.draft.way(JUNCTION, JUNCTION, points=points, name="Loop")
    at_the_junction(two)
    two["question"]["never_ways"].append(loop)
    two["certificate"]["spots"][str(loop)] = [8.0, 168.0]
    two["barriers"][0] |= {"way_indexes": [DEAR, BAY, COVE, loop, loop], "at_m": [92.0, 8.0, 8.0, 8.0, 168.0], "cost": 22.8}
    for name in ("barrier_cost", "cost", "bound"):
        two[name] = 22.8
    two["certificate"]["paths"][0]["amount"] = units(22.8)
    assert check_cordon(drawn.network(), two)[1] == []
    two["certificate"]["paths"][0]["amount"] += 1
    assert check_cordon(drawn.network(), two)[1] == ["The proof fails: more passes junction 1 than a barrier there costs."]
