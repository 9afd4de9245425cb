"""Plans of one small town in which one thing is spoiled: each is refused for that reason, and the true one beside it holds.

    site == Dear Street (12) ==+== Bus Street (5) ==+== Cheap Lane (3) == outside
                               |
                             Yard (5, a dead end)

Addresses: two on Dear Street, three on Bus Street, four in the yard.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest

from clearway.planning.cordon.check import check_cordon
from clearway.planning.cordon.planner.plan import plan_cordon
from clearway.planning.cordon.planner.question import CordonQuestion
from clearway.shapes import Spot
from drawn_towns import Town, place, square

if TYPE_CHECKING:
    from collections.abc import Callable

    from clearway.network.model import Network

    Plan = dict[str, Any]
    Spoil = Callable[[Plan], object]

DEAR, BUS, CHEAP, YARD = range(4)
CORNER, FAR, OUTSIDE = 1, 2, 3
"""Junctions: where Dear Street meets Bus Street, where that meets Cheap Lane, and where the data end."""
POINT = 100 * 1024
"""Units to a point."""


def pinned(x: float, y: float = 0) -> Spot:
    lon, lat = place(x, y)
    return Spot(lon=lon, lat=lat)


ASKED: dict[str, dict[str, Any]] = {
    "plain": {},
    "with a price for addresses": {"address_cost": 1.0},
    "with a street to keep open": {"keep_open": (BUS,)},
    "with a pin": {"pins": (pinned(108),)},
    "with a street to leave": {"never_ways": (CHEAP,)},
    "with a place to leave": {"never": (pinned(292),)},
}


@pytest.fixture(scope="module")
def network() -> Network:
    town = Town()
    town.corner(0, 0)
    town.corner(100, 0)
    town.corner(200, 0)
    town.corner(300, 0, edge=True)
    town.street((0, 0), (100, 0), street_class="primary", name="Dear Street")
    town.street((100, 0), (200, 0), name="Bus Street")
    town.street((200, 0), (300, 0), street_class="service", name="Cheap Lane")
    town.street((100, 0), (100, 60), name="Yard")
    for way, count in ((DEAR, 2), (BUS, 3), (YARD, 4)):
        for number in range(count):
            town.draft.address(way, 20.0 + 10 * number)
    return town.network()


@pytest.fixture(scope="module")
def plans(network: Network) -> dict[str, Plan]:
    """A true plan for each question."""
    common: dict[str, Any] = {"site": square(0, 0, 15), "radius_m": 5000, "frontier": False}
    return {name: plan_cordon(network, CordonQuestion(**common, **asked)).as_json() for name, asked in ASKED.items()}


def said(network: Network, plan: Plan, spoil: Spoil) -> list[str]:
    spoiled = copy.deepcopy(plan)
    spoil(spoiled)
    return check_cordon(network, spoiled)[1]


@pytest.mark.parametrize(
    ("name", "cost", "proven", "paths"),
    [
        ("plain", 3, 3, 2),
        ("with a price for addresses", 11, 11, 5),
        ("with a street to keep open", 12, 12, 3),
        ("with a pin", 5, 5, 0),
        ("with a street to leave", 5, 5, 2),
        ("with a place to leave", 3, 3, 2),
    ],
)
def test_each_true_plan_holds_and_says_what_is_proven(
    network: Network, plans: dict[str, Plan], name: str, cost: float, proven: float, paths: int
) -> None:
    holds, fails = check_cordon(network, plans[name])
    assert (plans[name]["cost"], fails) == (cost, [])
    prove = "path into the site proves" if paths == 1 else "paths into the site prove"
    assert holds[-1] == f"Nothing is cheaper: {paths} {prove} {proven:g} points."


# what a spoil does


def path(plan: Plan, amount: int, *steps: list[Any]) -> None:
    plan["certificate"]["paths"].append({"amount": amount, "steps": list(steps)})


def steps(plan: Plan, kind: str) -> list[list[Any]]:
    """The steps of one kind, as they stand in the plan."""
    return [step for one in plan["certificate"]["paths"] for step in one["steps"] if step[0] == kind]


def setting(**values: Any) -> Spoil:  # noqa: ANN401 - any JSON
    """Other values in the certificate."""
    return lambda plan: plan["certificate"].update(values)


def all_less(points: float) -> Spoil:
    """A claim that is smaller in every sum, barrier by barrier."""

    def spoil(plan: Plan) -> None:
        for holder, name in ((plan["barriers"][0], "cost"), (plan, "barrier_cost"), (plan, "cost"), (plan, "bound")):
            holder[name] -= points

    return spoil


def one_address_less(plan: Plan) -> None:
    plan["enclosed"]["addresses"] -= 1
    for name in ("cost", "bound"):
        plan[name] -= plan["question"]["address_cost"]


def amount_more(kind: str, more: int, last: int = -1) -> Spoil:
    """More on the last of the paths that hold a step of some kind."""

    def spoil(plan: Plan) -> None:
        found = [one for one in plan["certificate"]["paths"] if any(step[0] == kind for step in one["steps"])]
        found[last]["amount"] += more

    return spoil


def moved_to_the_corner(units: int) -> Spoil:
    """As much in all, but more of it at the expense of the corner."""

    def spoil(plan: Plan) -> None:
        at_corner, other = plan["certificate"]["paths"]
        at_corner["amount"] += units
        other["amount"] -= units

    return spoil


def corner_says(place_: int, value: Any) -> Spoil:  # noqa: ANN401 - any JSON
    def spoil(plan: Plan) -> None:
        steps(plan, "corner")[0][place_] = value

    return spoil


def amount(value: object) -> Spoil:
    def spoil(plan: Plan) -> None:
        plan["certificate"]["paths"][0]["amount"] = value

    return spoil


def spots(way: int, *offsets: float) -> Spoil:
    def spoil(plan: Plan) -> None:
        plan["certificate"]["spots"][str(way)] = list(offsets)

    return spoil


def without_steps(at: slice) -> Spoil:
    def spoil(plan: Plan) -> None:
        del plan["certificate"]["paths"][-1]["steps"][at]

    return spoil


def inserted(at: int, *new: list[Any]) -> Spoil:
    def spoil(plan: Plan) -> None:
        plan["certificate"]["paths"][-1]["steps"][at:at] = list(new)

    return spoil


PLAIN, ADDRESSES, OPEN, PINNED, LEFT, PLACE_LEFT = ASKED
FORGED: list[tuple[str, Spoil, str]] = [
    # the cost
    (PLAIN, all_less(0.01), "Barrier 1 costs 2.99 in the plan but 3 in the table."),
    (PLAIN, lambda plan: plan.update(barrier_cost=3.01, cost=3.01), "The barriers cost 3 together; the plan says 3.01."),
    (PLAIN, lambda plan: plan.update(cost=3.01), "Barriers and addresses cost 3 together; the plan says 3.01."),
    (PLAIN, lambda plan: plan["barriers"][0].update(at_m=[50.0]), "Barrier 1 stands where no barrier may stand."),
    (ADDRESSES, one_address_less, "The barriers enclose 6 addresses; the plan says 5."),
    (PLAIN, one_address_less, "The barriers enclose 9 addresses; the plan says 8."),
    # the bound
    (PLAIN, lambda plan: plan.update(bound=3.01), "The plan claims a bound of 3.01 points; the flow proves 3.00001."),
    (ADDRESSES, lambda plan: plan.update(bound=11.01), "The plan claims a bound of 11.01 points; the flow proves 11."),
    (ADDRESSES, setting(enclosed_for_good=[]), "The plan claims a bound of 11 points; the flow proves 9."),
    (
        PLAIN,
        lambda plan: plan["certificate"].update(paths=[]) or plan.update(bound=0),
        "the cheapest; the flow does not prove it.",
    ),
    # the paths
    (PLAIN, amount(0), "a path does not carry a whole amount above 0"),
    (PLAIN, amount(-1), "a path does not carry a whole amount above 0"),
    (PLAIN, amount(0.5), "a path does not carry a whole amount above 0"),
    (PLAIN, without_steps(slice(0, 1)), "a path does not start outside"),
    (PLAIN, without_steps(slice(1, 2)), "a path jumps to Bus Street"),
    (PLAIN, without_steps(slice(2, 3)), "a path jumps to Bus Street"),
    (PLAIN, without_steps(slice(-1, None)), "a path ends outside the site"),
    (PLAIN, without_steps(slice(-2, None)), "a path ends outside the site"),
    (PLAIN, inserted(0, ["addresses", YARD, 0]), "a path jumps to Cheap Lane"),
    (PLAIN, inserted(1, ["addresses", YARD, 0]), "a path has a step of no known kind"),
    (PLAIN, inserted(1, ["held", "corner", FAR]), "a path has a step of no known kind"),
    (PLAIN, inserted(4, ["tunnel", 0, 0]), "a path has a step of no known kind"),
    (PLAIN, inserted(0, ["tunnel", 0, 0]), "a path does not start outside"),
    (PLAIN, inserted(0, ["held", "corner", FAR]), "a path starts on a street that need not stay open"),
    (PLAIN, inserted(0, ["held", "part", YARD, 0]), "a path starts on a street that need not stay open"),
    (OPEN, lambda plan: steps(plan, "held")[0].__setitem__(2, OUTSIDE), "a path starts on a street that need not stay open"),
    # places
    (PLAIN, spots(YARD, 8.0), "the spots on way 3 are out of order"),
    (PLAIN, spots(YARD, 52.0, 8.0), "the spots on way 3 are out of order"),
    (PLAIN, spots(YARD, -0.01, 52.0), "the spots on way 3 are out of order"),
    (PLAIN, spots(YARD, 8.0, 60.02), "the spots on way 3 are out of order"),
    (PLAIN, corner_says(1, OUTSIDE), "a path uses a corner that there is not"),
    (PLAIN, corner_says(1, FAR), "a path uses a corner that there is not"),
    (PLAIN, corner_says(2, -1), "a path uses a corner that there is not"),
    (PLAIN, corner_says(2, 201), "at the expense of a corner that does not pay for it"),
    (PLAIN, corner_says(3, [[BUS, 0], [DEAR, 0]]), "at the expense of a corner that does not pay for it"),
    (PLAIN, corner_says(3, [[YARD, 0], [DEAR, 1]]), "a path jumps to Yard"),
    (ADDRESSES, lambda plan: steps(plan, "leads")[0].__setitem__(2, FAR), "a path jumps to Dear Street"),
    (PLAIN, inserted(1, ["leads", "site"]), "a path steps to a point that can be driven round"),
    # what a place pays
    (PLAIN, amount_more("spot", 1), "more passes Bus Street than a barrier there costs"),
    (PLAIN, amount_more("corner", 1), "more passes Cheap Lane than a barrier there costs"),
    (LEFT, amount_more("spot", 1), "more passes Bus Street than a barrier there costs"),
    (LEFT, moved_to_the_corner(1), "more passes the corner of"),
    (OPEN, amount_more("held", 1, 1), "more passes Dear Street than a barrier there costs"),
    (OPEN, amount_more("corner", 1, 0), "more passes the corner of"),
    (OPEN, amount_more("corner", 1, 1), "more passes the corner of"),
    (ADDRESSES, amount_more("leads", 1), "more passes Yard than enclosing it costs"),
    (ADDRESSES, setting(address_weight=POINT - 1), "than enclosing it costs"),
    # the wishes
    (PLAIN, setting(barred=[["spot", YARD, 0]]), "it leaves out places that no wish rules out"),
    (PLACE_LEFT, setting(barred=[["spot", CHEAP, 1], ["spot", YARD, 1]]), "it leaves out places that no wish rules out"),
    (LEFT, lambda plan: plan["question"].update(never_ways=[]), "it leaves out places that no wish rules out"),
    (OPEN, lambda plan: plan["question"].update(keep_open=[CHEAP]), "a path starts on a street that need not stay open"),
    (OPEN, lambda plan: plan["question"].update(keep_open=[YARD]), "it leaves out places that no wish rules out"),
    (PLAIN, lambda plan: plan["question"].update(never_ways=[CHEAP]), "a barrier stands where a wish rules it out"),
    (PLAIN, setting(barred=[["spot", CHEAP, 0]]), "it leaves out places that no wish rules out"),
    (
        PLAIN,
        lambda plan: plan["question"].update(never=[{}]) or setting(barred=[["spot", CHEAP, 0]])(plan),
        "a barrier stands where a wish rules it out",
    ),
    (PINNED, setting(standing=[["spot", YARD, 0]]), "a barrier that a wish pins is missing"),
    (PINNED, setting(standing_price=5 * POINT), "the pinned barriers cost something else"),
    (PINNED, setting(standing_price=5 * POINT + 2), "the pinned barriers cost something else"),
    (PLAIN, setting(standing_price=1), "the pinned barriers cost something else"),
    (PINNED, lambda plan: plan["question"].update(pins=[]), "it counts barriers that no wish asks for"),
    (
        PINNED,
        lambda plan: path(
            plan, 1, ["spot", CHEAP, 1], ["spot", CHEAP, 0], ["spot", BUS, 1], ["spot", BUS, 0], ["spot", DEAR, 1]
        ),
        "a path runs through a barrier that a wish pins",
    ),
    (
        ADDRESSES,
        setting(enclosed_for_good=[[DEAR, 0], [BUS, 0]]),
        "it counts addresses as always enclosed that are not on the site",
    ),
]


@pytest.mark.parametrize(("name", "spoil", "reason"), FORGED, ids=[f"{at}: {one[2][:60]}" for at, one in enumerate(FORGED)])
def test_a_plan_with_one_thing_spoiled_is_refused_for_it(
    network: Network, plans: dict[str, Plan], name: str, spoil: Spoil, reason: str
) -> None:
    assert reason in " ".join(said(network, plans[name], spoil))


ALLOWED: list[tuple[str, Spoil]] = [
    (PLAIN, lambda plan: plan.update(bound=2.5)),
    (PLAIN, lambda plan: plan.update(bound=3.004)),
    (PLAIN, lambda plan: plan.update(cost=3.0000005)),
    (PLAIN, spots(YARD, 0.0, 60.0)),
    (PLAIN, spots(YARD, 8.0, 60.005)),
    (PLAIN, spots(YARD, 8.0, 8.0, 52.0)),
    (PLAIN, corner_says(2, 0)),
    (PLAIN, corner_says(2, 200)),
    (LEFT, moved_to_the_corner(0)),
    (PLACE_LEFT, setting(barred=[["spot", YARD, 1]])),
    (PLAIN, lambda plan: plan["question"].update(never_ways=[YARD]) or setting(barred=[["spot", YARD, 0]])(plan)),
    (PLAIN, amount(1)),
    (ADDRESSES, lambda plan: plan.update(optimal=False, bound=10.0)),
]


@pytest.mark.parametrize(("name", "spoil"), ALLOWED)
def test_what_claims_no_more_than_is_proven_is_accepted(
    network: Network, plans: dict[str, Plan], name: str, spoil: Spoil
) -> None:
    assert said(network, plans[name], spoil) == []


# what an arm bears at its own expense: all that it costs, or its own part where its corner closes another arm


IN = [["spot", CHEAP, 1], ["spot", CHEAP, 0], ["spot", BUS, 1], ["spot", BUS, 0], ["spot", DEAR, 1]]


@pytest.mark.parametrize(
    ("asked", "bears"),
    [
        ({"never_ways": (CHEAP,)}, 3.0),  # Dear Street's arm is passed as well
        ({"never_ways": (CHEAP, DEAR)}, 5.0),
        ({"never_ways": (CHEAP, DEAR), "pins": (pinned(100, 8),)}, 3.0),  # the yard's arm stands
        ({"never_ways": (CHEAP, DEAR), "pins": (pinned(100, 52),)}, 5.0),  # the yard's other end is no arm of the corner
    ],
)
def test_an_arm_bears_all_that_it_costs_only_where_it_is_its_corners_only_one(
    network: Network, asked: dict[str, Any], bears: float
) -> None:
    question = CordonQuestion(site=square(0, 0, 15), radius_m=5000, frontier=False, **asked)
    plan = plan_cordon(network, question).as_json()
    place_unit = 1 if bears == 5 else 0
    plan["certificate"]["paths"] = [{"amount": round(bears * POINT) + place_unit, "steps": IN}]
    plan |= {"optimal": False, "bound": 0}
    assert check_cordon(network, plan)[1] == []
    plan["certificate"]["paths"][0]["amount"] += 1
    assert "more passes Bus Street than a barrier there costs" in check_cordon(network, plan)[1][0]


def test_a_corner_pays_beyond_what_the_dearest_of_its_pinned_arms_makes_it_pay() -> None:
    """Arms of 12, 9, 5 and 3 points; the last two are pinned. Closing the second adds 5.4 and 3.6 - 2.0; in all 13.8."""
    town = Town()
    for x, y in ((200, 0), (100, 100), (100, -100)):
        town.corner(x, y, edge=True)
    town.street((0, 0), (100, 0), street_class="primary", name="West Street")
    town.street((100, 0), (200, 0), street_class="secondary", name="East Street")
    town.street((100, 0), (100, -100), name="South Street")
    town.street((100, 0), (100, 100), street_class="service", name="North Lane")
    network = town.network()
    question = CordonQuestion(site=square(0, 0, 15), radius_m=5000, frontier=False, pins=(pinned(100, -8), pinned(100, 8)))
    plan = plan_cordon(network, question).as_json()
    assert (plan["cost"], plan["optimal"], check_cordon(network, plan)[1]) == (13.8, True, [])
    paths = plan["certificate"]["paths"]
    at_corner = [one for one in paths if any(step[0] == "corner" for step in one["steps"])]
    assert sum(one["amount"] for one in at_corner) == round(1.6 * POINT)
    others = [one for one in paths if one not in at_corner]
    others[0]["amount"] -= 1
    at_corner[0]["amount"] += 1
    assert check_cordon(network, plan)[1][0].startswith("The proof fails: more passes the corner of")
    steps_ = [["spot", 1, 1], ["corner", 4, 200, [[1, 0], [0, 1]]]]
    paths[:] = [{"amount": 1, "steps": steps_}]
    assert check_cordon(network, plan)[1][0].startswith("The proof fails: more passes the corner of"), "it is paid already"


# where no flow is written, the exact program's word is taken; what shows without a flow is looked at all the same


def on_its_word(plan: Plan) -> None:
    plan["certificate"]["paths"] = None


def with_a_barrier_in_vain(plan: Plan) -> None:
    on_its_word(plan)
    plan["barriers"].append(plan["barriers"][0] | {"number": 7, "way_indexes": [YARD], "at_m": [8.0], "cost": 5.0})
    plan.update(barrier_cost=8.0, cost=8.0, bound=8.0)


def test_on_its_word_a_plan_is_accepted_unless_a_barrier_stands_in_vain(network: Network, plans: dict[str, Plan]) -> None:
    word = copy.deepcopy(plans[PLAIN])
    on_its_word(word)
    assert check_cordon(network, word)[0][-1] == (
        "That nothing is cheaper rests on the exact solver's word: there is no flow to check."
    )
    in_vain = "The plan claims to be the cheapest; without barrier 7 the site is sealed as well."
    assert said(network, plans[PLAIN], with_a_barrier_in_vain)[-1] == in_vain
    wishes: tuple[dict[str, Any], ...] = ({"pins": [{}]}, {"at_most": 3})
    for asked in wishes:  # a wish may be why it stands there

        def wished(plan: Plan, asked: dict[str, Any] = asked) -> None:
            with_a_barrier_in_vain(plan)
            plan["question"].update(asked)

        assert in_vain not in said(network, plans[PLAIN], wished)

    def not_the_cheapest(plan: Plan) -> None:
        with_a_barrier_in_vain(plan)
        plan["optimal"] = False

    assert in_vain not in said(network, plans[PLAIN], not_the_cheapest)


def test_on_its_word_the_addresses_are_counted_all_the_same(network: Network, plans: dict[str, Plan]) -> None:
    def spoil(plan: Plan) -> None:
        on_its_word(plan)
        one_address_less(plan)

    assert said(network, plans[ADDRESSES], spoil) == ["The barriers enclose 6 addresses; the plan says 5."]


@pytest.mark.parametrize(("offsets", "enclosed"), [((99.99,), 1), ((100.1,), 0), ((16.0, 99.9, 100.2, 199.9), 2), ((0.0,), 1)])
def test_an_address_is_enclosed_on_the_sites_side_of_a_barrier_amid_its_street(
    offsets: tuple[float, ...], enclosed: int
) -> None:
    """The street is 200.0001 m long, with a spot at its middle, where the barrier is pinned."""
    town = Town()
    town.corner(0, 200, edge=True)
    way = town.street((0, 0), (0, 200))
    for at_m in offsets:
        town.draft.address(way, at_m)
    network = town.network()
    asked = CordonQuestion(site=square(0, 0, 15), radius_m=5000, pins=(pinned(0, 100),), frontier=False)
    plan = plan_cordon(network, asked).as_json()
    assert (plan["barriers"][0]["at_m"], plan["enclosed"]["addresses"]) == ([100.0], enclosed)
    assert check_cordon(network, plan)[1] == []
    plan["enclosed"]["addresses"] += 1
    assert check_cordon(network, plan)[1] == [f"The barriers enclose {enclosed} addresses; the plan says {enclosed + 1}."]


def test_addresses_behind_the_site_lead_to_it_and_those_before_it_do_not() -> None:
    town = Town()
    town.corner(0, 200, edge=True)
    before, behind = town.street((0, 0), (0, 200)), town.street((0, -100), (0, 0))
    for way, at_m in ((before, 120.0), (behind, 30.0), (behind, 40.0)):
        town.draft.address(way, at_m)
    network = town.network()
    asked = CordonQuestion(site=square(0, 0, 15), radius_m=5000, address_cost=1.0, frontier=False)
    plan = plan_cordon(network, asked).as_json()
    assert (plan["cost"], check_cordon(network, plan)[1]) == (8, [])
    plan["certificate"]["enclosed_for_good"] = []
    path(plan, 2 * POINT, ["addresses", behind, 0], ["leads", "site"])
    assert check_cordon(network, plan)[1] == []
    plan["certificate"]["paths"][-1]["amount"] += 1
    assert "than enclosing it costs" in check_cordon(network, plan)[1][0]
    plan["certificate"]["paths"][-1] = {"amount": 1, "steps": [["addresses", before, 1], ["leads", "site"]]}
    assert "a path steps to a point that can be driven round" in check_cordon(network, plan)[1][0]
