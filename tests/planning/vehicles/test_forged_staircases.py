"""A true staircase in which one thing is spoiled is refused, for that reason: one forgery for each sentence of the checker."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from clearway.errors import BadInput
from clearway.planning.vehicles.check import check_cleared
from clearway.planning.vehicles.check.claim import read_claim
from clearway.planning.vehicles.check.fewest import fewest
from forgeries import Claims, forgery
from rounds import rounds

if TYPE_CHECKING:
    import random

    from forgeries import Document
    from random_vehicles import Parked

LANE, ALL = 1, 2
NOTHING_WON = {"frees": "lane", "later": 0, "lost": 0, "seconds": 0, "most_seconds": 0, "first": None}


@pytest.fixture(scope="module")
def claims(towns: list[Parked]) -> Claims:
    """The staircases of random towns."""

    def problems(town: Parked, document: Document) -> list[str]:
        return check_cleared(town.network, town.stretches, document)[1]

    return Claims([(town, json.loads(json.dumps(town.found.as_json()))) for town in towns], problems)


def recounted(town: Parked, document: Document) -> None:
    """Make every figure of a document follow from what it frees, so that nothing but the claim itself is wrong."""
    before = [0] * len(town.stretches)
    spent = 0
    for step in document["steps"]:
        now_and_then = zip(town.stretches, step["levels"], before, strict=True)
        moved = [(one, one.moves(now) - one.moves(then)) for one, now, then in now_and_then]
        like = step["moved"][0] if step["moved"] else NOTHING_WON
        step["moved"] = [like | {"stretch": one.name, "move": count} for one, count in moved if count]
        step["more"] = sum(count for _, count in moved)
        spent += step["more"]
        step["vehicles"] = spent
        before = step["levels"]


def lowered(town: Parked, document: Document, wish: str, level: int, to: int) -> bool:
    """Leave one stretch as it is that a step frees, and say that this was not proved."""
    for number, step in enumerate(document["steps"]):
        before = document["steps"][number - 1]["levels"] if number else [0] * len(town.stretches)
        if step["wish"] != wish:
            continue
        for place, one in enumerate(town.stretches):
            newly = step["levels"][place] >= level > before[place] and one.moves(level) > one.moves(max(to, before[place]))
            if newly and (wish != "bus_route" or set(one.ways) & set(step["ways"])):
                for later in document["steps"][number:]:
                    later["levels"][place] = max(to, before[place])
                    later["proven"] = False
                recounted(town, document)
                return True
    return False


@forgery("does not come in time to address", among_others=True)
def test_who_is_left_without_help_is_found(town: Parked, document: Document, chance: random.Random) -> bool:
    return lowered(town, document, "help_in_time", LANE, 0)


@forgery("one blocked street cuts", least=2, among_others=True)
def test_who_is_left_with_one_approach_is_found(town: Parked, document: Document, chance: random.Random) -> bool:
    return lowered(town, document, "two_approaches", LANE, 0)


@forgery("vehicles still stand on", among_others=True)
def test_a_route_with_vehicles_in_its_way_is_refused(town: Parked, document: Document, chance: random.Random) -> bool:
    return lowered(town, document, "bus_route", ALL, LANE)


@forgery("what was free is not free any more", among_others=True)
def test_a_stretch_that_is_free_and_later_is_not_is_refused(town: Parked, document: Document, chance: random.Random) -> bool:
    for step, then in zip(document["steps"][1:], document["steps"], strict=False):
        for place, level in enumerate(then["levels"]):
            if level and town.stretches[place].moves(level):
                step["levels"][place] = 0
                return True
    return False


@forgery("is not the sum of what it moves", among_others=True)
def test_a_wrong_sum_of_vehicles_is_refused(town: Parked, document: Document, chance: random.Random) -> bool:
    step = chance.choice(document["steps"])
    step["vehicles"] += 1
    step["proven"] = False
    return True


@forgery("is not what it moves besides the steps before")
def test_a_wrong_number_of_more_vehicles_is_refused(town: Parked, document: Document, chance: random.Random) -> bool:
    chance.choice(document["steps"])["more"] += 1
    return True


@forgery("the stretches that it names are not those that it frees")
def test_a_stretch_that_is_not_named_is_refused(town: Parked, document: Document, chance: random.Random) -> bool:
    moved = next((step["moved"] for step in document["steps"] if step["moved"]), None)
    if moved:
        moved.pop(chance.randrange(len(moved)))
    return bool(moved)


@forgery("help could come in time to")
def test_too_many_addresses_in_time_are_refused(town: Parked, document: Document, chance: random.Random) -> bool:
    document["steps"][0]["served"] += 1
    return True


@forgery("addresses can have two approaches")
def test_too_many_addresses_with_two_approaches_are_refused(town: Parked, document: Document, chance: random.Random) -> bool:
    step = next((step for step in document["steps"] if step["wish"] == "two_approaches"), None)
    if step:
        step["served"] += 1
    return bool(step)


@forgery("are called the fewest, but its needs prove", among_others=True)
def test_more_vehicles_than_needed_are_not_called_the_fewest(town: Parked, document: Document, chance: random.Random) -> bool:
    for place, one in enumerate(town.stretches):
        if document["steps"][0]["levels"][place] == 0 and one.lane_moves:
            for step in document["steps"]:
                step["levels"][place] = max(LANE, step["levels"][place])
            recounted(town, document)
            return True
    return False


@forgery("are called the fewest, but its needs prove")
def test_a_proof_without_one_of_its_needs_is_refused(town: Parked, document: Document, chance: random.Random) -> bool:
    step = document["steps"][0]
    if not step["more"]:
        return False
    alone = [need for need in step["needs"] if len(need["any_of"]) == 1 and need["any_of"][0][1] == LANE]
    places = {need["any_of"][0][0] for need in alone}
    place = next((place for place in sorted(places) if town.stretches[place].lane_moves), None)
    step["needs"] = [need for need in step["needs"] if place not in [at for at, _ in need["any_of"]]]
    return place is not None


@forgery("its need .* is none", among_others=True)
def test_a_need_of_somebody_who_is_served_is_refused(town: Parked, document: Document, chance: random.Random) -> bool:
    """One that asks for a stretch with which nobody is unserved: a claim that more vehicles must go than need to."""
    needs = document["steps"][0]["needs"]
    levels = document["steps"][0]["levels"]
    idle = [place for place, one in enumerate(town.stretches) if one.lane_moves and not levels[place]]
    if not needs or not idle:
        return False
    needs.append(needs[0] | {"any_of": [[idle[0], LANE]]})
    return True


@forgery("a need of something that is not there", among_others=True)
def test_a_need_of_an_unknown_address_or_stretch_is_refused(town: Parked, document: Document, chance: random.Random) -> bool:
    needs = document["steps"][0]["needs"]
    if needs:
        needs[0] |= chance.choice(
            [
                {"address": town.network.address_count},
                {"service": "nobody"},
                {"any_of": [[len(town.stretches), LANE]]},
                {"any_of": [[0, ALL]]},
                {"blocked": town.network.way_count},
            ]
        )
    return bool(needs)


@forgery("does not lie on the street on which it is put")
def test_a_station_that_is_moved_is_refused(town: Parked, document: Document, chance: random.Random) -> bool:
    document["help"][0]["starts"][0]["lat"] += 0.01
    return True


@forgery("lies on no street")
def test_a_station_beyond_its_street_is_refused(town: Parked, document: Document, chance: random.Random) -> bool:
    document["help"][0]["starts"][0]["at_m"] = 1e6
    return True


@forgery("It was made on another network")
def test_another_network_is_refused(town: Parked, document: Document, chance: random.Random) -> bool:
    document["network"] = "0" * 64
    return True


@forgery("It counts .* and the tally")
def test_another_tally_is_refused(town: Parked, document: Document, chance: random.Random) -> bool:
    document[chance.choice(["vehicles", "across"])] += 1
    return True


@forgery("does not say what is free of each stretch")
def test_a_level_that_there_is_not_is_refused(town: Parked, document: Document, chance: random.Random) -> bool:
    document["steps"][0]["levels"][0] = 3
    return True


@pytest.mark.parametrize("most", [2, 4])
def test_the_least_that_hits_every_set_is_that_of_all_choices(most: int) -> None:
    """Pairs that share elements are where a bound is easily too high."""
    for chance in rounds(100):
        weight = {element: chance.randint(0, 9) for element in range(9)}
        sets = [frozenset(chance.sample(range(9), chance.randint(2, most))) for _ in range(chance.randint(0, 14))]
        choices = (
            sum(weight[element] for element in range(9) if bits >> element & 1)
            for bits in range(1 << 9)
            if all(any(bits >> element & 1 for element in one) for one in sets)
        )
        assert fewest(sets, weight) == min(choices)


@pytest.mark.parametrize("document", [None, 5, "steps", ["steps"], {}, {"format": "steps"}])
def test_what_is_no_staircase_is_refused_in_a_sentence_that_says_where_to_get_one(document: object) -> None:
    with pytest.raises(BadInput) as refused:
        read_claim(document)
    assert str(refused.value) == (
        "This is not an answer of 'clearway vehicles clear'. Give the JSON that 'clearway vehicles clear --json' prints."
    )


DAMAGE = [
    *((("steps", 0, name), wrong) for name in ("more", "vehicles", "served", "never") for wrong in (-1, True, 1.0, "1", None)),
    *((("steps", 0, "levels", 0), wrong) for wrong in (-1, True, None)),
    *((("help", 0, "starts", 0, name), wrong) for name in ("lon", "lat", "at_m") for wrong in (True, float("nan"), "1")),
    (("help", 0, "within_ms"), -1), (("help", 0, "starts", 0, "turnout_ms"), 1.5),
    (("stretches",), -1), (("vehicles",), None), (("across",), True), (("steps",), 3),
]  # fmt: skip


@pytest.mark.parametrize(("where", "wrong"), DAMAGE, ids=str)
def test_a_figure_that_is_not_of_its_kind_is_refused(claims: Claims, where: tuple[str | int, ...], wrong: object) -> None:
    document = json.loads(json.dumps(claims.true[0][1]))
    read_claim(document)
    held = document
    for name in where[:-1]:
        held = held[name]
    held[where[-1]] = wrong
    with pytest.raises(BadInput, match=r"The answer is damaged .* Give the JSON that"):
        read_claim(document)


def test_zero_is_a_whole_number_and_a_proof_is_true_and_nothing_else(claims: Claims) -> None:
    document = json.loads(json.dumps(claims.true[0][1]))
    document["steps"][0] |= {"served": 0, "never": 0, "proven": 1}
    step = read_claim(document).steps[0]
    assert (step.served, step.never, step.proven) == (0, 0, False)
