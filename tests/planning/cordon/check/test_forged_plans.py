"""Plans in which one thing is spoiled: the checker refuses each, and says why. And every true plan is accepted."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from clearway.planning.cordon.check import check_cordon
from cordon_proofs import (
    arms_shared,
    chosen_path,
    corner_step,
    ends,
    has_paths,
    held,
    hops_of,
    in_site,
    is_outside,
    near_site,
    permitted,
    touches,
    walled,
    with_detour,
)
from forgeries import Claims, forgery
from random_cordons import Case, planned

if TYPE_CHECKING:
    import random

    Plan = dict[str, Any]
    Hop = tuple[int, int]  # a way, and the number of a spot along it
    Place = tuple[str, int, int]  # ("corner", junction, 0) or ("part", way, number)

pytestmark = pytest.mark.slow
UNITS = 1024


@pytest.fixture(scope="module")
def claims() -> Claims:
    return Claims([(case, case.plan.as_json()) for case in planned(120)], problems)


def problems(case: Case, document: Plan) -> list[str]:
    return check_cordon(case.network, document)[1]


def test_every_true_plan_is_accepted(claims: Claims) -> None:
    for number, (case, document) in enumerate(claims.true):
        holds, fails = check_cordon(case.network, document)
        assert (len(holds), fails) == (3 + bool(case.question.keep_open), []), number


def test_each_barrier_taken_away_in_turn_opens_the_site(claims: Claims) -> None:
    tried = 0
    for case, document in claims.true:
        if case.question.pins or case.question.address_cost or case.question.keep_open:
            continue  # a barrier may stand for another reason than to keep out who comes from outside
        for index, barrier in enumerate(document["barriers"]):
            for arm in range(len(barrier["way_indexes"])):
                parts = {name: [one for at, one in enumerate(barrier[name]) if at != arm] for name in ("way_indexes", "at_m")}
                others = [*document["barriers"][:index], barrier | parts, *document["barriers"][index + 1 :]]
                assert any("A way in is left" in said for said in problems(case, document | {"barriers": others}))
                tried += 1
    assert tried > 80


# the seal


@forgery("A way in is left", among_others=True)
def test_a_plan_without_one_of_its_barriers_is_refused(case: Case, plan: Plan, chance: random.Random) -> bool:
    gone = plan["barriers"].pop(chance.randrange(len(plan["barriers"])))
    plan["barrier_cost"] -= gone["cost"]
    return not case.question.pins


@forgery("stands inside the site", among_others=True)
def test_a_barrier_inside_the_site_is_refused(case: Case, plan: Plan, chance: random.Random) -> bool:
    inside = [(way, at_m) for way in map(int, plan["certificate"]["spots"]) for at_m in in_site(case, way)]
    if inside:
        way, at_m = chance.choice(inside)
        barrier = chance.choice(plan["barriers"])
        barrier["way_indexes"], barrier["at_m"] = [way], [at_m]
    return bool(inside)


@forgery("damaged or was made on another network")
def test_a_barrier_on_a_street_that_is_not_in_the_network_is_refused(case: Case, plan: Plan, chance: random.Random) -> bool:
    chance.choice(plan["barriers"])["way_indexes"][0] = chance.choice([-1, case.network.way_count])
    return True


# the cost


@forgery(r"Barrier \d+ costs .* in the plan but .* in the table")
def test_a_barrier_that_is_cheaper_than_the_table_is_refused(case: Case, plan: Plan, chance: random.Random) -> bool:
    barrier = chance.choice(plan["barriers"])
    barrier["cost"] -= 0.01
    plan["barrier_cost"] -= 0.01
    plan["cost"] -= 0.01
    plan["bound"] -= 0.01
    return True


@forgery(r"Barrier \d+ costs .* in the plan but .* in the table")
def test_a_barrier_that_is_dearer_than_the_table_is_refused(case: Case, plan: Plan, chance: random.Random) -> bool:
    barrier = chance.choice(plan["barriers"])
    for holder, name in ((barrier, "cost"), (plan, "barrier_cost"), (plan, "cost")):
        holder[name] += 0.01
    plan["optimal"] = False
    return True


@forgery("stands where no barrier may stand", among_others=True)
def test_barriers_of_two_places_called_one_are_refused(case: Case, plan: Plan, chance: random.Random) -> bool:
    if len(plan["barriers"]) < 2:
        return False
    one, other = chance.sample(plan["barriers"], 2)
    for name in ("way_indexes", "at_m"):
        one[name] = [*one[name], *other[name]]
    one["cost"] += other["cost"]
    plan["barriers"].remove(other)
    return True


@forgery(r"The barriers cost .* together; the plan says")
def test_a_sum_of_barriers_that_is_wrong_is_refused(case: Case, plan: Plan, chance: random.Random) -> bool:
    wrong = chance.choice([-0.01, 0.01, 1])
    plan["barrier_cost"] += wrong
    plan["cost"] += wrong
    plan["bound"] -= 2
    plan["optimal"] = False
    return True


@forgery(r"Barriers and addresses cost .* together; the plan says")
def test_a_sum_of_barriers_and_addresses_that_is_wrong_is_refused(case: Case, plan: Plan, chance: random.Random) -> bool:
    plan["cost"] -= 0.01
    plan["bound"] -= 0.01
    return int(plan["enclosed"]["addresses"]) < 500


@forgery("The barriers enclose .* addresses; the plan says")
def test_addresses_that_the_barriers_enclose_and_the_plan_does_not_count_are_refused(
    case: Case, plan: Plan, chance: random.Random
) -> bool:
    if not plan["enclosed"]["addresses"]:
        return False
    plan["enclosed"]["addresses"] -= 1
    for name in ("cost", "bound"):
        plan[name] -= plan["question"]["address_cost"]
    return True


# the proof


@forgery("The plan claims a bound of")
def test_a_bound_above_what_the_paths_prove_is_refused(case: Case, plan: Plan, chance: random.Random) -> bool:
    plan["bound"] += chance.choice([0.02, 1, 10])
    return has_paths(plan)


@forgery("The plan claims to be the cheapest; the flow does not prove it")
def test_a_plan_that_calls_itself_the_cheapest_without_enough_paths_is_refused(
    case: Case, plan: Plan, chance: random.Random
) -> bool:
    if not has_paths(plan):
        return False
    gone = plan["certificate"]["paths"].pop(chance.randrange(len(plan["certificate"]["paths"])))
    plan["bound"] -= gone["amount"] / (100 * UNITS) + 0.02
    return int(gone["amount"]) > 2 * UNITS


@forgery("more passes .* than")
def test_a_path_that_carries_a_unit_more_than_is_paid_for_is_refused(case: Case, plan: Plan, chance: random.Random) -> bool:
    if not has_paths(plan) or not plan["optimal"]:
        return False
    chance.choice(plan["certificate"]["paths"])["amount"] += 1
    return True


def test_more_passes_than_a_place_of_each_kind_costs(claims: Claims) -> None:
    """Of all paths made larger by a little some are refused for a barrier, a pair, a corner, and addresses."""
    wanted = ("a barrier there", "two carriageways", "the corner", "enclosing")
    said = Counter[str]()
    for case, document in claims.true:
        for path in document["certificate"]["paths"] or ():
            path["amount"] += UNITS
            said.update(word for sentence in problems(case, document) for word in wanted if word in sentence)
            path["amount"] -= UNITS
        if all(said[word] for word in wanted):
            return
    pytest.fail(f"not all of them seen: {said}")


@forgery("does not carry a whole amount above 0")
def test_a_path_that_carries_no_whole_amount_is_refused(case: Case, plan: Plan, chance: random.Random) -> bool:
    if has_paths(plan):
        chance.choice(plan["certificate"]["paths"])["amount"] = chance.choice([0, -UNITS, 0.5, "1"])
    return has_paths(plan)


@forgery("the spots on way .* are out of order")
def test_spots_that_are_out_of_order_along_their_street_are_refused(case: Case, plan: Plan, chance: random.Random) -> bool:
    if not has_paths(plan):
        return False
    way = chance.choice(
        sorted(set(plan["certificate"]["spots"]) - {str(way) for b in plan["barriers"] for way in b["way_indexes"]})
    )
    offsets = plan["certificate"]["spots"][way]
    if len(offsets) == 2 and chance.random() < 0.3:
        offsets.pop()
    elif chance.random() < 0.5:
        offsets[0], offsets[-1] = offsets[-1], offsets[0]
    else:
        offsets[-1] = float(case.network.way_length_m[int(way)]) + 5
    return True


@forgery("a path does not start outside")
def test_a_path_that_starts_within_is_refused(case: Case, plan: Plan, chance: random.Random) -> bool:
    hops = chosen_path(plan, chance, at_least=3)
    if hops is None:
        return False
    plan["certificate"]["paths"][0]["steps"] = [["spot", *hop] for hop in hops[1:]]
    return not is_outside(case, plan, *hops[1])


@forgery("a path starts on a street that need not stay open")
def test_a_path_that_starts_on_a_street_that_no_wish_keeps_open_is_refused(
    case: Case, plan: Plan, chance: random.Random
) -> bool:
    hops = chosen_path(plan, chance, at_least=2)
    if hops is None:
        return False
    way, spot = hops[-1]
    plan["certificate"]["paths"][0]["steps"] = [["held", "part", way, max(spot - 1, 0)], ["spot", way, spot]]
    return way not in case.question.keep_open


@forgery("a path jumps to")
def test_a_path_that_jumps_from_street_to_street_is_refused(case: Case, plan: Plan, chance: random.Random) -> bool:
    hops = chosen_path(plan, chance, at_least=4)
    if hops is None:
        return False
    gone = chance.randrange(2, len(hops) - 1)
    steps = plan["certificate"]["paths"][0]["steps"]
    del steps[gone]
    return not set(ends(case, plan, *hops[gone - 1])) & set(ends(case, plan, *hops[gone + 1]))


@forgery("a path ends outside the site")
def test_a_path_that_ends_before_the_site_is_refused(case: Case, plan: Plan, chance: random.Random) -> bool:
    hops = chosen_path(plan, chance, at_least=3)
    if hops is None:
        return False
    plan["certificate"]["paths"][0]["steps"].pop()
    return True


@forgery("a path runs against the signs of")
def test_a_path_against_the_signs_is_refused(case: Case, plan: Plan, chance: random.Random) -> bool:
    def one_way(hop: Hop) -> bool:
        return sum(permitted(case, hop[0])) == 1

    return case.question.trust_signs and with_detour(case, plan, chance, one_way)


@forgery("a path runs through a lasting obstacle")
def test_a_path_through_an_obstacle_is_refused(case: Case, plan: Plan, chance: random.Random) -> bool:
    return with_detour(case, plan, chance, lambda hop: all(permitted(case, hop[0])) and walled(case, plan, hop))


@forgery("a path runs through a barrier that a wish pins", least=3)
def test_a_path_through_a_pinned_barrier_is_refused(case: Case, plan: Plan, chance: random.Random) -> bool:
    pinned = {tuple(step[1:]) for step in plan["certificate"]["standing"]}
    return with_detour(case, plan, chance, lambda hop: hop in pinned and all(permitted(case, hop[0])))


@forgery("a path steps to a point that can be driven round")
def test_a_step_to_a_point_that_can_be_driven_round_is_refused(case: Case, plan: Plan, chance: random.Random) -> bool:
    hops = chosen_path(plan, chance, at_least=3)
    if hops is None:
        return False
    plan["certificate"]["paths"][0]["steps"] = [["spot", *hops[0]], ["leads", "site"]]
    return not near_site(case, plan, *hops[0])


@forgery("a path has a step of no known kind")
def test_a_step_of_no_known_kind_is_refused(case: Case, plan: Plan, chance: random.Random) -> bool:
    hops = chosen_path(plan, chance, at_least=3)
    if hops:
        plan["certificate"]["paths"][0]["steps"].insert(1, ["tunnel", *hops[0]])
    return hops is not None


@forgery("a path uses a corner that there is not")
def test_a_step_at_a_corner_that_there_is_not_is_refused(case: Case, plan: Plan, chance: random.Random) -> bool:
    ends_of_data = [int(at) for at in case.network.junction_edge.nonzero()[0]]
    found = corner_step(plan, chance)
    if found and chance.random() < 0.5:
        found[1] = chance.choice(ends_of_data)
    elif found:
        found[2] = -1
    return found is not None


@forgery("at the expense of a corner that does not pay for it")
def test_a_street_passed_at_the_expense_of_another_corner_is_refused(case: Case, plan: Plan, chance: random.Random) -> bool:
    steps = [step for path in plan["certificate"]["paths"] or () for step in path["steps"] if step[0] == "corner"]
    found = corner_step(plan, chance)
    others = [step[1] for step in steps if found and not arms_shared(case, plan, step[1], found)]
    if found and others:
        found[1] = chance.choice(others)
    return bool(others)


@forgery("at the expense of a corner that does not pay for it")
def test_a_street_that_makes_its_corner_pay_less_than_the_path_says_is_refused(
    case: Case, plan: Plan, chance: random.Random
) -> bool:
    found = corner_step(plan, chance)
    if found:
        found[2] += 10_000
    return found is not None


@forgery("it leaves out a short link that it does not list", least=2)
def test_a_short_link_that_is_left_out_and_not_listed_is_refused(case: Case, plan: Plan, chance: random.Random) -> bool:
    passed = {hop[0] for path in plan["certificate"]["paths"] or () for hop in hops_of(path)}
    listed = set(plan["certificate"]["excluded"])
    plan["certificate"]["excluded"] = sorted(listed - passed)
    return bool(listed & passed)


# the wishes


@forgery("it leaves out places that no wish rules out")
def test_a_place_left_out_of_the_proof_without_a_wish_is_refused(case: Case, plan: Plan, chance: random.Random) -> bool:
    closed = {hop for barrier in plan["barriers"] for hop in zip(barrier["way_indexes"], barrier["at_m"], strict=True)}
    ways = [way for way in plan["certificate"]["spots"] if int(way) not in {way for way, _ in closed}]
    if not has_paths(plan) or len(ways) < 4 or len(case.question.never) or case.question.pins:
        return False
    plan["certificate"]["barred"].append(["spot", int(chance.choice(ways)), 0])
    return plan["certificate"]["barred"][-1][1] not in (*case.question.never_ways, *case.question.keep_open)


@forgery("a barrier that a wish pins is missing")
def test_a_pinned_barrier_that_the_plan_does_not_have_is_refused(case: Case, plan: Plan, chance: random.Random) -> bool:
    closed = {way for barrier in plan["barriers"] for way in barrier["way_indexes"]}
    others = [int(way) for way in plan["certificate"]["spots"] if int(way) not in closed]
    if has_paths(plan) and others:
        plan["certificate"]["standing"].append(["spot", chance.choice(others), 0])
    return has_paths(plan) and bool(others)


@forgery("a barrier stands where a wish rules it out", among_others=True)
def test_a_barrier_where_a_wish_rules_it_out_is_refused(case: Case, plan: Plan, chance: random.Random) -> bool:
    wish = chance.choice(["never_ways", "keep_open"])
    plan["question"][wish] = [*plan["question"][wish], plan["barriers"][0]["way_indexes"][0]]
    return has_paths(plan) and not any(step[0] == "held" for path in plan["certificate"]["paths"] for step in path["steps"])


@forgery("the pinned barriers cost something else")
def test_pinned_barriers_that_are_said_to_cost_more_are_refused(case: Case, plan: Plan, chance: random.Random) -> bool:
    plan["certificate"]["standing_price"] += chance.choice([1, UNITS, 100 * UNITS])
    return has_paths(plan)


@forgery("it counts barriers that no wish asks for")
def test_barriers_called_pinned_that_no_wish_asks_for_are_refused(case: Case, plan: Plan, chance: random.Random) -> bool:
    plan["question"]["pins"] = []
    return has_paths(plan) and bool(plan["certificate"]["standing"])


@forgery("it counts addresses as always enclosed that are not on the site")
def test_addresses_off_the_site_counted_as_always_enclosed_are_refused(case: Case, plan: Plan, chance: random.Random) -> bool:
    enclosed = plan["certificate"]["enclosed_for_good"]
    outside = [way for way in map(int, plan["certificate"]["spots"]) if not in_site(case, way) and way not in held(case)]
    if not outside or not has_paths(plan):
        return False
    enclosed.append([chance.choice(outside), 0])
    return not near_site(case, plan, enclosed[-1][0], 0) and case.question.site is not None


# the exact solver's word


@forgery("without barrier .* the site is sealed as well", least=3, among_others=True)
def test_a_plan_that_the_solver_calls_the_cheapest_with_a_barrier_in_vain_is_refused(
    case: Case, plan: Plan, chance: random.Random
) -> bool:
    asked, closed = case.question, {way for barrier in plan["barriers"] for way in barrier["way_indexes"]}
    if asked.pins or asked.keep_open or asked.at_most:
        return False
    free = [way for way in plan["certificate"]["spots"] if int(way) not in closed]
    dead = [way for way in free if not touches(case, int(way)) and not case.network.way_level[int(way)]]
    if not dead:
        return False
    way = chance.choice(dead)
    barrier = {"number": 99, "place": "street", "way_indexes": [int(way)], "at_m": [plan["certificate"]["spots"][way][0]]}
    plan["barriers"].append(barrier | {"cost": 0})
    plan["certificate"]["paths"] = None
    return True


# what forgers know of a town: read off the network and the plan, with nothing of the checker
