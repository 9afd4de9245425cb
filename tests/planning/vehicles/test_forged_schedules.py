"""A true schedule of tow trucks in which one thing is spoiled is refused: one forgery for each sentence of the checker.

One long file: the schedules of random towns take seconds, and are made once for all forgeries.
"""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from clearway.errors import BadInput
from clearway.planning.vehicles.towing.check import check_towed
from clearway.planning.vehicles.towing.check.claim import read_claim
from forgeries import Claims, forgery
from random_tows import towed_out

if TYPE_CHECKING:
    import random

    from forgeries import Document
    from random_tows import TowTown

TIMES = ("start_s", "arrive_s", "hooked_s", "at_yard_s", "done_s")


@pytest.fixture(scope="module")
def claims() -> Claims:
    """The schedules of random towns."""

    def problems(town: TowTown, document: Document) -> list[str]:
        return check_towed(town.network, document, town.stretches)[1]

    return Claims([(town, json.loads(json.dumps(town.found.as_json()))) for town in towed_out(25)], problems)


def test_every_true_schedule_is_accepted(claims: Claims) -> None:
    for town, document in claims.true:
        good, wrong = check_towed(town.network, document, town.stretches)
        assert wrong == []
        assert good[0] == f"{len(document['tows'])} tows by {len(document['trucks'])} trucks can be driven as they are written."
        proven = [number for number, one in enumerate(document["steps"], start=1) if one["proven"] and one["done_s"]]
        assert good[2:] == [f"Step {number} cannot be done sooner." for number in proven]


def runs(document: Document) -> list[list[Any]]:
    """The tows of each truck in their order, of those that have some."""
    found: dict[str, list[Any]] = {}
    for tow in sorted(document["tows"], key=lambda one: one["start_s"]):
        found.setdefault(tow["truck"], []).append(tow)
    return list(found.values())


def moved(tow: Any, seconds: int) -> None:  # noqa: ANN401 - parsed JSON
    for name in TIMES:
        tow[name] += seconds


@forgery("it takes .* s, not", among_others=True)
def test_a_drive_in_less_time_than_the_streets_allow_is_refused(
    town: TowTown, document: Document, chance: random.Random
) -> bool:
    approach = chance.choice(document["approaches"])
    way = chance.choice(("in_s", "out_s"))
    places = [place for place, seconds in enumerate(approach[way]) if seconds]
    for place in places[:1]:
        approach[way][place] -= 1
    return bool(places)


@forgery("no way leads, not 5", least=2, among_others=True)
def test_a_drive_where_no_way_leads_is_refused(town: TowTown, document: Document, chance: random.Random) -> bool:
    for approach in document["approaches"]:
        for way in ("in_s", "out_s"):
            if None in approach[way]:
                approach[way][approach[way].index(None)] = 5
                return True
    return False


@forgery("it takes .* s, not None", among_others=True)
def test_a_way_that_leads_and_is_called_none_is_refused(town: TowTown, document: Document, chance: random.Random) -> bool:
    way = chance.choice(("in_s", "out_s"))
    approach = next((one for one in document["approaches"] if one[way][0] is not None), None)
    if approach:
        approach[way][0] = None
    return approach is not None


@forgery("no way leads", among_others=True)
def test_a_drive_through_a_barrier_is_refused(town: TowTown, document: Document, chance: random.Random) -> bool:
    return closed_in(town, document, chance, None)


@forgery("it takes .* s, not", among_others=True)
def test_a_drive_that_takes_no_time_at_a_gate_is_refused(town: TowTown, document: Document, chance: random.Random) -> bool:
    return closed_in(town, document, chance, 7000)


def closed_in(town: TowTown, document: Document, chance: random.Random, ms: int | None) -> bool:
    """A barrier or a gate on either side of where trucks come to a stretch."""
    approach = chance.choice(document["approaches"])
    if approach["way"] in {one["way"] for one in document["storage"]}:
        return False
    far_m = float(town.network.way_length_m[approach["way"]])
    for at_m in (approach["at_m"] / 2, (approach["at_m"] + far_m) / 2):
        document["shut"].append({"way": approach["way"], "at_m": at_m, "along": True, "against": True, "ms": ms})
    return True


@forgery("no way leads|it takes", least=1, among_others=True)
def test_a_drive_past_a_street_where_vehicles_still_stand_is_refused(
    town: TowTown, document: Document, chance: random.Random
) -> bool:
    behind = [one for one in document["approaches"] if one["after"]]
    if behind:
        chance.choice(behind)["after"] = []
    return bool(behind)


@forgery("Trucks do not come to an end of", among_others=True)
def test_a_truck_that_stops_in_the_middle_of_a_street_is_refused(
    town: TowTown, document: Document, chance: random.Random
) -> bool:
    approach = chance.choice(document["approaches"])
    approach["at_m"] = float(town.network.way_length_m[approach["way"]]) / 2
    return True


@forgery("Trucks do not come to an end of", among_others=True)
def test_a_truck_that_stops_in_another_street_is_refused(town: TowTown, document: Document, chance: random.Random) -> bool:
    one, other = document["approaches"][0], document["approaches"][-1]
    if one["stretch"] == other["stretch"]:
        return False
    one["way"], one["at_m"] = other["way"], other["at_m"]
    return True


@forgery("s at least, not", among_others=True)
def test_a_least_drive_that_is_too_long_is_refused(town: TowTown, document: Document, chance: random.Random) -> bool:
    chance.choice(document["approaches"])["least_s"] += 500
    return True


@forgery("its drives do not take as long as it says", among_others=True)
def test_a_tow_that_is_driven_faster_than_its_way_is_refused(town: TowTown, document: Document, chance: random.Random) -> bool:
    tow = chance.choice(document["tows"])
    tow[chance.choice(("arrive_s", "at_yard_s"))] -= 1
    return True


@forgery("it does not take the minutes for a", among_others=True)
def test_a_vehicle_that_is_hooked_up_or_set_down_too_fast_is_refused(
    town: TowTown, document: Document, chance: random.Random
) -> bool:
    kind = chance.choice(document["tows"])["vehicle"]
    document[chance.choice(("hook_s", "yard_s"))][kind] += 1
    return True


@forgery("at a time", among_others=True)
def test_a_truck_with_two_tows_at_a_time_is_refused(town: TowTown, document: Document, chance: random.Random) -> bool:
    run = next((run for run in runs(document) if len(run) > 1 and run[1]["start_s"] == run[0]["done_s"]), None)
    if run:
        moved(run[1], -1)
    return run is not None


@forgery("from where it is not", least=1, among_others=True)
def test_a_truck_that_starts_from_where_it_is_not_is_refused(town: TowTown, document: Document, chance: random.Random) -> bool:
    names = [one["id"] for one in document["storage"]]
    run = next((run for run in runs(document) if len(run) > 1), None)
    if run is None or len(names) < 2:
        return False
    run[1]["from_storage"] = names[1 - names.index(run[1]["from_storage"])]
    return True


@forgery("does not start at", least=1, among_others=True)
def test_a_truck_that_starts_at_another_storage_place_is_refused(
    town: TowTown, document: Document, chance: random.Random
) -> bool:
    names = [one["id"] for one in document["storage"]]
    truck = next(one for one in document["trucks"] if one["id"] == document["tows"][0]["truck"])
    truck["storage"] = names[-1] if truck["storage"] == names[0] else names[0]
    return len(names) > 1


@forgery("does not work all the time of", among_others=True)
def test_a_truck_outside_its_hours_is_refused(town: TowTown, document: Document, chance: random.Random) -> bool:
    tow = chance.choice(document["tows"])
    truck = next(one for one in document["trucks"] if one["id"] == tow["truck"])
    truck["windows"] = chance.choice([[[tow["start_s"] + 1, 999_999]], [[0, tow["done_s"] - 1]], []])
    return True


@forgery("is not open for", among_others=True)
def test_a_storage_place_outside_its_windows_is_refused(town: TowTown, document: Document, chance: random.Random) -> bool:
    tow = chance.choice(document["tows"])
    place = next(one for one in document["storage"] if one["id"] == tow["to_storage"])
    place["windows"] = chance.choice([[[tow["at_yard_s"] + 1, 999_999]], [[0, tow["done_s"] - 1]], []])
    return True


@forgery("is shut at a minute of")
def test_a_storage_place_outside_its_hours_is_refused(town: TowTown, document: Document, chance: random.Random) -> bool:
    tow = chance.choice(document["tows"])
    place = next(one for one in document["storage"] if one["id"] == tow["to_storage"])
    place["hours"] = "03:00-04:00"
    return True


def test_a_storage_place_that_is_shut_for_any_one_minute_of_a_tow_is_refused(claims: Claims) -> None:
    """Every minute that the tow touches counts, and the minutes before and after do not."""
    town, true = claims.true[0]
    tow = true["tows"][0]
    first, last = tow["at_yard_s"] // 60, (tow["done_s"] - 1) // 60
    assert first + 4 < last
    for minute in range(first - 1, last + 2):
        shut, open_ = (f"{8 + one // 60:02}:{one % 60:02}" for one in (minute, minute + 1))
        place = next(number for number, one in enumerate(true["storage"]) if one["id"] == tow["to_storage"])
        said = claims.problems(town, spoiled_at(true, ("storage", place, "hours"), f"00:00-{shut},{open_}-24:00"))
        is_named = any(f"is shut at a minute of {tow['id']}." in one for one in said)
        assert is_named is (first <= minute <= last), minute


@forgery("Nobody can tell when")
def test_hours_that_nobody_reads_or_without_a_start_are_refused(
    town: TowTown, document: Document, chance: random.Random
) -> bool:
    for place in document["storage"]:
        place["hours"] = chance.choice(["sunset", "07:00-09:00"])
    document["starts"] = document["starts"] if document["storage"][0]["hours"] == "sunset" else None
    return len({place["hours"] for place in document["storage"]}) == 1


@forgery("cannot move a", among_others=True)
def test_a_heavy_vehicle_on_a_light_truck_is_refused(town: TowTown, document: Document, chance: random.Random) -> bool:
    tow = next((one for one in document["tows"] if one["kind"] == "heavy"), None)
    if tow:
        next(one for one in document["trucks"] if one["id"] == tow["truck"])["kind"] = "light"
    return tow is not None


@forgery("cannot move a", among_others=True)
def test_a_heavy_vehicle_that_is_called_light_is_refused(town: TowTown, document: Document, chance: random.Random) -> bool:
    tow = chance.choice(document["tows"])
    tow["kind"] = "light" if tow["kind"] == "heavy" else "heavy"
    return True


@forgery("does not come to", among_others=True)
def test_a_truck_that_does_not_come_to_its_stretch_is_refused(town: TowTown, document: Document, chance: random.Random) -> bool:
    stretch = chance.choice(document["tows"])["stretch"]
    document["approaches"] = [one for one in document["approaches"] if one["stretch"] != stretch]
    return True


@forgery("vehicles and holds")
def test_more_vehicles_than_a_storage_place_holds_are_refused(town: TowTown, document: Document, chance: random.Random) -> bool:
    tow = chance.choice(document["tows"])
    place = next(one for one in document["storage"] if one["id"] == tow["to_storage"])
    place["capacity"] = sum(one["to_storage"] == place["id"] for one in document["tows"]) - 1
    return True


@forgery("has no escort, and its operator wants one", least=1)
def test_a_tow_without_the_escort_that_is_wanted_is_refused(town: TowTown, document: Document, chance: random.Random) -> bool:
    tow = next((one for one in document["tows"] if one["escort"] is not None), None)
    if tow:
        tow["escort"] = chance.choice([None, document["escorts"]])
    return tow is not None


@forgery("Escort 0 is with .* (at a time|too early)", least=1, among_others=True)
def test_an_escort_in_two_places_is_refused(town: TowTown, document: Document, chance: random.Random) -> bool:
    tows = sorted(document["tows"], key=lambda one: one["arrive_s"])
    pairs = [(one, after) for one, after in pairwise(tows) if after["arrive_s"] - document["escort_move_s"] < one["hooked_s"]]
    document["escorts"] = document["escorts"] or 1
    for one, after in pairs[:1]:
        one["escort"] = after["escort"] = 0
    return bool(pairs)


@forgery("Escort . is with .* too early", least=1, among_others=True)
def test_an_escort_that_has_no_time_to_come_is_refused(town: TowTown, document: Document, chance: random.Random) -> bool:
    tows = [one for one in document["tows"] if one["escort"] is not None]
    if tows:
        document["escort_move_s"] = 1 + min(one["arrive_s"] for one in tows)
    return bool(tows)


@forgery("is not passable yet", least=1, among_others=True)
def test_a_stretch_behind_others_that_is_fetched_from_too_early_is_refused(
    town: TowTown, document: Document, chance: random.Random
) -> bool:
    tows = [
        (tow, approach)
        for tow in document["tows"]
        for approach in document["approaches"]
        if approach["stretch"] == tow["stretch"] and approach["after"]
    ]
    for tow, approach in tows[:1]:
        gone = sorted(one["hooked_s"] for one in document["tows"] if one["stretch"] == approach["after"][0])
        moved(tow, gone[document["stretches"][approach["after"][0]]["lane_moves"] - 1] - 1 - tow["start_s"])
    return bool(tows)


@forgery("vehicles are to be towed, and", among_others=True)
def test_a_vehicle_that_is_neither_towed_nor_left_is_refused(town: TowTown, document: Document, chance: random.Random) -> bool:
    document["tows"].pop(chance.randrange(len(document["tows"])))
    return True


@forgery("for want of a truck, and there is one", among_others=True)
def test_a_vehicle_left_for_want_of_a_truck_that_there_is_is_refused(
    town: TowTown, document: Document, chance: random.Random
) -> bool:
    return left_of(document, chance, "no_truck")


@forgery("because storage is full, and it is not", among_others=True)
def test_a_vehicle_left_for_want_of_room_that_there_is_is_refused(
    town: TowTown, document: Document, chance: random.Random
) -> bool:
    return left_of(document, chance, "yard_full")


def left_of(document: Document, chance: random.Random, why: str) -> bool:
    """A vehicle that is left in place of being towed."""
    tow = document["tows"].pop(chance.randrange(len(document["tows"])))
    names = ("stretch", "vehicle", "step")
    document["not_towed"].append({name: tow[name] for name in names} | {"number": 1, "why": why, "says": ""})
    return True


@forgery("A way leads to .* and back, and the answer has none", among_others=True)
def test_a_stretch_that_is_said_to_have_no_way_and_has_one_is_refused(
    town: TowTown, document: Document, chance: random.Random
) -> bool:
    free = [one for one in document["approaches"] if not one["after"]]
    for one in free[:1]:
        document["approaches"].remove(one)
    return bool(free)


@forgery("It lists vehicles that are none", among_others=True)
def test_a_list_of_no_vehicles_is_refused(town: TowTown, document: Document, chance: random.Random) -> bool:
    document["not_towed"].append({"stretch": 0, "vehicle": "car", "step": 0, "number": 0, "why": "no_way", "says": ""})
    return True


@forgery("is done after")
def test_a_step_that_is_done_sooner_or_later_than_its_tows_is_refused(
    town: TowTown, document: Document, chance: random.Random
) -> bool:
    step = chance.choice([one for one in document["steps"] if one["done_s"]])
    step["done_s"] += chance.choice([-1, 1])
    return True


@forgery("tows and leaves")
def test_a_step_with_another_number_of_tows_is_refused(town: TowTown, document: Document, chance: random.Random) -> bool:
    chance.choice(document["steps"])[chance.choice(["vehicles", "left"])] += 1
    return True


def test_each_step_is_named_by_its_number(claims: Claims) -> None:
    town, true = next((town, one) for town, one in claims.true if all(step["done_s"] for step in one["steps"]))
    for number, step in enumerate(true["steps"]):
        for name, wrong, words in (
            ("done_s", step["done_s"] + 1, "is done after"),
            ("left", step["left"] + 1, f"has {step['vehicles']} tows and leaves {step['left']}, not"),
        ):
            said = claims.problems(town, spoiled_at(true, ("steps", number, name), wrong))
            assert any(one.startswith(f"Step {number + 1} {words}") for one in said), said


def test_a_bound_of_a_step_in_which_nothing_is_towed_is_none(claims: Claims) -> None:
    town, true = next((town, one) for town, one in claims.true if one["steps"][0]["done_s"] is None)
    assert (true["steps"][0]["at_least_s"], true["steps"][0]["gap"]) == (0, 0.0)
    (said,) = claims.problems(town, spoiled_at(true, ("steps", 0, "at_least_s"), 1))
    assert said.startswith("Step 1 ")
    assert "neither its count nor its prices rule it out" in said
    assert claims.problems(town, spoiled_at(true, ("steps", 0, "proven"), wrong=True)) == [], "nothing cannot be done sooner"


@forgery("neither its count nor its prices rule it out", among_others=True)
def test_a_bound_that_is_too_high_is_refused(town: TowTown, document: Document, chance: random.Random) -> bool:
    chance.choice(document["steps"])["at_least_s"] += 1
    return True


@forgery(r"Step [12] is called proved, and its bound is lower")
def test_a_step_that_is_called_proved_and_is_not_is_refused(town: TowTown, document: Document, chance: random.Random) -> bool:
    open_ = [one for one in document["steps"] if one["done_s"] and not one["proven"]]
    for one in open_[:1]:
        one["proven"] = True
    return bool(open_)


@forgery("must go for a lane, not", among_others=True)
def test_another_number_of_vehicles_for_a_lane_than_the_tally_has_is_refused(
    town: TowTown, document: Document, chance: random.Random
) -> bool:
    chance.choice(document["stretches"])["lane_moves"] += 1
    return True


@forgery("stand in the carriageway of .*, not", among_others=True)
def test_another_number_of_vehicles_than_the_tally_has_is_refused(
    town: TowTown, document: Document, chance: random.Random
) -> bool:
    tow = document["tows"].pop()
    document["stretches"][tow["stretch"]]["vehicles"] -= 1
    return True


@forgery("of the tally is missing", among_others=True)
def test_a_stretch_of_the_tally_that_is_missing_is_refused(town: TowTown, document: Document, chance: random.Random) -> bool:
    chance.choice(document["stretches"])["ways"].append(0)
    return True


@forgery("does not lie where it is put")
def test_a_storage_place_that_is_moved_is_refused(town: TowTown, document: Document, chance: random.Random) -> bool:
    chance.choice(document["storage"])["lat"] += 0.01
    return True


@forgery("It was made on another network")
def test_another_network_is_refused(town: TowTown, document: Document, chance: random.Random) -> bool:
    document["network"] = "0" * 64
    return True


STRANGE = [
    *(((*place, name), 10_000, "a way that the network does not have") for place, name in (
        (("approaches", 0), "way"), (("storage", 0), "way"), (("shut", 0), "way"))),
    (("stretches", 0, "ways", 0), 10_000, "a way that the network does not have"),
    *((where, 99, "a stretch or a step that is not listed") for where in (
        ("approaches", 0, "stretch"), ("tows", 0, "stretch"), ("tows", 0, "step"))),
    (("approaches", 0, "after"), [99], "a stretch or a step that is not listed"),
    (("not_towed",), [{"stretch": 99, "vehicle": "car", "step": 0, "number": 1, "why": ""}], "a stretch or a step that is not"),
    (("not_towed",), [{"stretch": 0, "vehicle": "car", "step": 99, "number": 1, "why": ""}], "a stretch or a step that is not"),
    *((where, 99, "a size that is not listed") for where in (("approaches", 0, "size"), ("trucks", 0, "size"))),
    *((where, "none", "a storage place or a truck that is not listed") for where in (
        ("tows", 0, "truck"), ("tows", 0, "to_storage"), ("tows", 0, "from_storage"), ("trucks", 0, "storage"))),
    *((("approaches", 0, name), [], "how far each storage place is from each stretch") for name in ("in_s", "out_s")),
    *(((name,), {}, "how long each type of vehicle takes") for name in ("hook_s", "yard_s")),
]  # fmt: skip


@pytest.mark.parametrize(("where", "wrong", "words"), STRANGE, ids=str)
def test_what_is_not_there_is_refused(claims: Claims, where: tuple[str | int, ...], wrong: object, words: str) -> None:
    town, true = next((town, one) for town, one in claims.true if one["shut"] and one["shut"][0]["ms"] is None)
    document = spoiled_at(true, where, wrong)
    (said,) = claims.problems(town, document)
    assert words in said


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("tows", "Two tows have one name."),
        ("trucks", "Two trucks have one name."),
        ("storage", "Two storage places have one name."),
        ("approaches", "A stretch is come to in two ways."),
    ],
)
def test_what_stands_there_twice_is_refused(claims: Claims, what: str, words: str) -> None:
    town, true = claims.true[0]
    assert words in claims.problems(town, true | {what: [*true[what], true[what][0]]})


def spoiled_at(true: Document, where: tuple[str | int, ...], wrong: object) -> Document:
    """A copy with another value at a place."""
    document = json.loads(json.dumps(true))
    held = document
    for name in where[:-1]:
        held = held[name]
    held[where[-1]] = wrong
    return document


DAMAGE: list[tuple[tuple[str | int, ...], object]] = [
    *((("tows", 0, name), wrong) for name in ("start_s", "done_s", "step") for wrong in (-1, True, 1.0, "1", None, 2**31)),
    *((("tows", 0, name), 1_209_601) for name in TIMES),
    *((("storage", 0, name), wrong) for name in ("lon", "lat", "at_m") for wrong in (True, float("nan"), "1", None)),
    (("starts",), "yesterday"), (("starts",), 5), (("sizes", 0), [1.0]), (("sizes", 0), 5), (("trucks", 0, "kind"), "large"),
    (("steps", 0, "prices"), [{"stretch": 0, "vehicle": "car", "step": 0, "price": 2**31}]),
    (("trucks", 0, "windows", 0), [1, 2, 3]), (("escorts",), -1), (("hook_s",), []), (("steps",), 3), (("tows", 0), {}),
]  # fmt: skip


@pytest.mark.parametrize(("where", "wrong"), DAMAGE, ids=str)
def test_a_figure_that_is_not_of_its_kind_is_refused(claims: Claims, where: tuple[str | int, ...], wrong: object) -> None:
    with pytest.raises(BadInput, match=r"The answer is damaged .* Give the JSON that 'clearway vehicles tow --json' prints"):
        read_claim(spoiled_at(claims.true[0][1], where, wrong))


def test_the_highest_price_that_a_number_of_the_answer_can_be_is_read(claims: Claims) -> None:
    dearest = [{"stretch": 0, "vehicle": "car", "step": 0, "price": 2**31 - 1}]
    assert read_claim(spoiled_at(claims.true[0][1], ("steps", 0, "prices"), dearest)).steps[0].prices[0].price == 2**31 - 1


@pytest.mark.parametrize("document", [None, 5, "tows", ["tows"], {}, {"steps": []}])
def test_what_is_no_schedule_is_refused_in_a_sentence_that_says_where_to_get_one(document: object) -> None:
    with pytest.raises(BadInput) as refused:
        read_claim(document)
    assert str(refused.value) == (
        "This is not an answer of 'clearway vehicles tow'. Give the JSON that 'clearway vehicles tow --json' prints."
    )
