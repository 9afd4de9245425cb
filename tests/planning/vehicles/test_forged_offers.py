"""A true answer to an offer in which one thing is spoiled is refused: one forgery for each sentence of the checker."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from clearway.errors import BadInput
from clearway.planning.vehicles.offer.check import check_offered
from clearway.planning.vehicles.offer.check.claim import read_claim
from forgeries import Claims, forgery
from random_tows import sent_away

if TYPE_CHECKING:
    import random

    from forgeries import Document
    from random_tows import OfferTown


@pytest.fixture(scope="module")
def claims() -> Claims:
    """The answers of random towns."""

    def problems(town: OfferTown, document: Document) -> list[str]:
        return check_offered(town.network, document)[1]

    return Claims([(town, json.loads(json.dumps(town.found.as_json()))) for town in sent_away(40)], problems)


def test_every_true_answer_is_accepted(claims: Claims) -> None:
    for town, document in claims.true:
        good = [f"{document['sent']} vehicles fit, and as many cannot be sent with less driving."]
        assert check_offered(town.network, document) == (good, [])


@forgery("it takes .* s, not", among_others=True)
def test_a_drive_in_less_time_than_the_streets_allow_is_refused(
    town: OfferTown, document: Document, chance: random.Random
) -> bool:
    drives = [one for one in document["drives"] if one["seconds"]]
    for drive in chance.sample(drives, min(1, len(drives))):
        drive["seconds"] -= 1
    return bool(drives)


@forgery("it takes None s, not 5", among_others=True)
def test_a_drive_where_no_way_leads_is_refused(town: OfferTown, document: Document, chance: random.Random) -> bool:
    drive = next((one for one in document["drives"] if one["seconds"] is None), None)
    if drive:
        drive["seconds"] = 5
    return drive is not None


@forgery("it takes .* s, not None", among_others=True)
def test_a_way_that_leads_and_is_called_none_is_refused(town: OfferTown, document: Document, chance: random.Random) -> bool:
    chance.choice([one for one in document["drives"] if one["seconds"] is not None])["seconds"] = None
    return True


@forgery("it takes None s, not", among_others=True)
def test_a_drive_through_a_barrier_is_refused(town: OfferTown, document: Document, chance: random.Random) -> bool:
    return closed_in(town, document, chance, None)


@forgery("takes .* s, not")
def test_a_drive_that_takes_no_time_at_a_gate_is_refused(town: OfferTown, document: Document, chance: random.Random) -> bool:
    return closed_in(town, document, chance, 7000)


def closed_in(town: OfferTown, document: Document, chance: random.Random, ms: int | None) -> bool:
    """A barrier or a gate on either side of where the drives from a stretch begin."""
    leaver = document["leavers"][chance.choice(document["sends"])["stretch"]]
    if leaver["way"] in {one["way"] for one in document["places"]}:
        return False
    far_m = float(town.network.way_length_m[leaver["way"]])
    for at_m in (leaver["at_m"] / 2, (leaver["at_m"] + far_m) / 2):
        document["shut"].append({"way": leaver["way"], "at_m": at_m, "along": True, "against": True, "ms": ms})
    return True


@forgery("Drives from .* begin elsewhere", among_others=True)
def test_drives_that_begin_in_another_street_are_refused(town: OfferTown, document: Document, chance: random.Random) -> bool:
    leaver = chance.choice(document["leavers"])
    leaver["way"] = next(way for way in range(town.network.way_count) if way not in leaver["ways"])
    return True


@forgery("takes another time than its send says", among_others=True)
def test_a_send_that_takes_another_time_than_its_drive_is_refused(
    town: OfferTown, document: Document, chance: random.Random
) -> bool:
    chance.choice(document["sends"])["drive_s"] += 1
    return True


@forgery("and has room for", among_others=True)
def test_more_vehicles_than_a_place_has_room_for_are_refused(
    town: OfferTown, document: Document, chance: random.Random
) -> bool:
    at = chance.choice(document["sends"])["place"]
    document["places"][at]["room"] = sum(one["vehicles"] for one in document["sends"] if one["place"] == at) - 1
    return True


@forgery("sends .* vehicles and has", among_others=True)
def test_a_stretch_that_sends_more_than_stand_there_is_refused(
    town: OfferTown, document: Document, chance: random.Random
) -> bool:
    send = chance.choice(document["sends"])
    leaver = document["leavers"][send["stretch"]]
    send["vehicles"] += leaver["tall"] if send["tall"] else leaver["vehicles"] - leaver["tall"]
    return True


@forgery("Tall vehicles do not get into", among_others=True)
def test_a_tall_vehicle_in_a_low_place_is_refused(town: OfferTown, document: Document, chance: random.Random) -> bool:
    send = next((one for one in document["sends"] if one["tall"]), None)
    if send:
        document["places"][send["place"]]["tall"] = False
    return send is not None


@forgery("It counts .* vehicles")
def test_a_wrong_sum_of_vehicles_is_refused(town: OfferTown, document: Document, chance: random.Random) -> bool:
    document[chance.choice(["vehicles", "sent"])] += 1
    return True


@forgery("It counts .* vehicles", among_others=True)
def test_a_wrong_number_of_vehicles_left_is_refused(town: OfferTown, document: Document, chance: random.Random) -> bool:
    document["left"] += 1
    return True


@forgery("All drives together take", among_others=True)
def test_a_wrong_sum_of_drives_is_refused(town: OfferTown, document: Document, chance: random.Random) -> bool:
    document["total_s"] += 1
    return True


@forgery("another sending may take less", among_others=True)
def test_a_sending_that_takes_longer_than_another_is_refused(
    town: OfferTown, document: Document, chance: random.Random
) -> bool:
    """Two vehicles of one kind change places, so that both drive and all is counted as it is."""
    for one in document["sends"]:
        for other in document["sends"]:
            if one["tall"] != other["tall"] or one["stretch"] == other["stretch"] or one["place"] == other["place"]:
                continue
            new = [seconds_of(document, one["stretch"], other["place"]), seconds_of(document, other["stretch"], one["place"])]
            if all(new) and (longer := sum(filter(None, new)) - one["drive_s"] - other["drive_s"]) > 1:
                one["vehicles"] -= 1
                other["vehicles"] -= 1
                for of, to, seconds in ((one, other, new[0]), (other, one, new[1])):
                    document["sends"].append(of | {"place": to["place"], "drive_s": seconds, "vehicles": 1})
                document["total_s"] += longer
                return True
    return False


def seconds_of(document: Document, stretch: int, place: int) -> int | None:
    found: int | None = next(one["seconds"] for one in document["drives"] if (one["stretch"], one["place"]) == (stretch, place))
    return found


@forgery("another sending may take less", among_others=True)
def test_a_vehicle_that_is_left_although_there_is_room_is_refused(
    town: OfferTown, document: Document, chance: random.Random
) -> bool:
    send = document["sends"][0]
    send["vehicles"] -= 1
    document["sent"] -= 1
    document["left"] += 1
    document["total_s"] -= send["drive_s"]
    return True


@forgery("another sending may take less")
def test_prices_that_do_not_come_to_the_cost_prove_nothing(town: OfferTown, document: Document, chance: random.Random) -> bool:
    leaver = next((one for one in document["leavers"] if one["vehicles"] > one["tall"]), None)
    if leaver:
        leaver["price"] -= 5
    return leaver is not None


@forgery("exceed the drive", among_others=True)
def test_prices_above_a_drive_are_refused(town: OfferTown, document: Document, chance: random.Random) -> bool:
    send = chance.choice(document["sends"])
    document["leavers"][send["stretch"]]["tall_price" if send["tall"] else "price"] += 2
    return True


@forgery("has a price above that of leaving it", among_others=True)
def test_a_price_above_that_of_leaving_a_vehicle_is_refused(town: OfferTown, document: Document, chance: random.Random) -> bool:
    chance.choice(document["leavers"])[chance.choice(["price", "tall_price"])] = 1_000_001.0
    return True


@forgery("A space has a price above 0", among_others=True)
def test_a_space_that_costs_something_is_refused(town: OfferTown, document: Document, chance: random.Random) -> bool:
    document["place_prices"][chance.randrange(len(document["place_prices"]))] = 1.0
    return True


@forgery("the last is through after", among_others=True)
def test_vehicles_that_come_through_sooner_than_the_rate_allows_are_refused(
    town: OfferTown, document: Document, chance: random.Random
) -> bool:
    queue = chance.choice(document["queues"])
    queue["last_s"] -= 1
    document["empty_s"] = max(one["last_s"] for one in document["queues"] if one["place"] is not None)
    return True


@forgery("stand in line and", among_others=True)
def test_a_line_that_is_told_shorter_than_it_is_is_refused(town: OfferTown, document: Document, chance: random.Random) -> bool:
    chance.choice(document["queues"])["longest"] -= 1
    return True


@forgery("come too late, not", among_others=True)
def test_a_gate_that_shuts_before_all_are_through_is_refused(
    town: OfferTown, document: Document, chance: random.Random
) -> bool:
    queue = next((one for one in document["queues"] if one["place"] is None and one["vehicles"] > 1), None)
    if queue:
        gate = next(one for one in document["gates"] if one["label"] == queue["at"])
        gate["shuts_s"] = queue["last_s"] - 1
    return queue is not None


@forgery("It counts another number of vehicles that come too late")
def test_a_wrong_number_of_those_who_come_too_late_is_refused(
    town: OfferTown, document: Document, chance: random.Random
) -> bool:
    document["late"] += 1
    return True


@forgery("vehicles a minute do not pass")
def test_an_entrance_with_another_rate_than_its_place_is_refused(
    town: OfferTown, document: Document, chance: random.Random
) -> bool:
    queue = chance.choice(document["queues"])
    queue["per_minute"] += 1
    return True


@forgery("vehicles pass .* come too late, not", among_others=True)
def test_a_vehicle_that_passes_no_entrance_is_refused(town: OfferTown, document: Document, chance: random.Random) -> bool:
    chance.choice(document["queues"])["vehicles"] -= 1
    return True


@forgery("vehicles pass .*, not 0", among_others=True)
def test_a_queue_that_is_left_out_is_refused(town: OfferTown, document: Document, chance: random.Random) -> bool:
    document["queues"].pop(chance.randrange(len(document["queues"])))
    return True


@forgery("0 vehicles pass .*, not 3", among_others=True)
def test_a_queue_through_which_nobody_is_sent_is_refused(town: OfferTown, document: Document, chance: random.Random) -> bool:
    gate = {"label": "a gate", "points": [], "per_minute": 60.0, "wait_ms": 0, "shuts_s": None}
    document["gates"].append(gate)
    queue = {"at": "a gate", "place": None, "per_minute": 60.0, "vehicles": 3, "longest": 0, "late": 0, "last_s": 3}
    document["queues"].append(queue)
    return True


@forgery("One queue stands there twice", among_others=True)
def test_a_queue_that_is_told_twice_is_refused(town: OfferTown, document: Document, chance: random.Random) -> bool:
    document["queues"].append(dict(document["queues"][0]))
    return True


@forgery("leads through .*, not", among_others=True)
def test_a_way_that_hides_a_gate_is_refused(town: OfferTown, document: Document, chance: random.Random) -> bool:
    """The one gate of many is not named, or the order of two is turned round."""
    send = next((one for one in document["sends"] if one["gates"]), None)
    if send:
        send["gates"] = send["gates"][1:]
    return send is not None


@forgery("leads through", among_others=True, least=3)
def test_a_second_gate_that_stops_nobody_is_refused(town: OfferTown, document: Document, chance: random.Random) -> bool:
    """A gate is left out altogether, with its queue and with the mention of it: its barrier is still there."""
    send = next((one for one in document["sends"] if len(one["gates"]) > 1), None)
    if send:
        name = send["gates"][-1]
        document["queues"] = [one for one in document["queues"] if one["place"] is not None or one["at"] != name]
        for one in document["sends"]:
            one["gates"] = [gate for gate in one["gates"] if gate != name]
    return send is not None


@forgery("cannot be driven as described", among_others=True)
def test_a_way_with_a_gap_is_refused(town: OfferTown, document: Document, chance: random.Random) -> bool:
    send = next((one for one in document["sends"] if len(one["arcs"]) > 2), None)
    if send:
        send["arcs"].pop(1)
    return send is not None


@forgery("cannot be driven as described", among_others=True)
def test_a_way_that_turns_round_is_refused(town: OfferTown, document: Document, chance: random.Random) -> bool:
    send = chance.choice(document["sends"])
    send["arcs"][-1] ^= 1
    return True


@forgery("leads along other streets than it says")
def test_streets_that_do_not_lie_on_the_way_are_refused(town: OfferTown, document: Document, chance: random.Random) -> bool:
    chance.choice(document["sends"])["streets"].append("Elsewhere Street")
    return True


@forgery("back to .* it takes", among_others=True)
def test_a_way_back_that_no_gate_opens_is_refused(town: OfferTown, document: Document, chance: random.Random) -> bool:
    drive = next((one for one in document["drives"] if one["back_seconds"] is None), None)
    if drive:
        drive["back_seconds"] = 60
    return drive is not None


@forgery("back to .* it takes", among_others=True)
def test_a_way_back_that_is_called_none_is_refused(town: OfferTown, document: Document, chance: random.Random) -> bool:
    drive = next((one for one in document["drives"] if one["back_seconds"] is not None), None)
    if drive:
        drive["back_seconds"] = None
    return drive is not None


@forgery("is not as the offer and the gates say")
def test_who_may_come_back_is_not_said_otherwise(town: OfferTown, document: Document, chance: random.Random) -> bool:
    send = chance.choice(document["sends"])
    send["comes_back"] = chance.choice([one for one in (True, False, None) if one is not send["comes_back"]])
    return True


@forgery("cannot be driven as described", among_others=True)
def test_a_one_way_gate_that_is_driven_the_wrong_way_is_refused(
    town: OfferTown, document: Document, chance: random.Random
) -> bool:
    """A point on a way that is driven, shut in the direction in which it is driven."""
    send = next((one for one in document["sends"] if len(one["arcs"]) > 2), None)
    if send:
        arc = send["arcs"][1]
        at_m = float(town.network.way_length_m[arc >> 1]) / 3
        document["shut"].append({"way": arc >> 1, "at_m": at_m, "along": arc % 2 == 0, "against": arc % 2 == 1, "ms": None})
    return send is not None


@forgery("The last has not parked when it says")
def test_another_moment_at_which_all_have_parked_is_refused(town: OfferTown, document: Document, chance: random.Random) -> bool:
    document["empty_s"] += chance.choice([-1, 1])
    return True


@forgery("It was made on another network")
def test_another_network_is_refused(town: OfferTown, document: Document, chance: random.Random) -> bool:
    document["network"] = "0" * 64
    return True


@pytest.mark.parametrize(
    "where",
    [
        ("places", 0, "way"), ("leavers", 0, "way"), ("leavers", 0, "ways", 0), ("shut", 0, "way"), ("shut_back", 0, "way"),
        ("gates", 0, "points", 0, "way"),
    ],
)  # fmt: skip
def test_a_way_that_is_not_there_is_refused(claims: Claims, where: tuple[str | int, ...]) -> None:
    town, true = next((town, one) for town, one in claims.true if one["shut"] and one["shut_back"] and one["gates"])
    said = claims.problems(town, spoiled_at(true, where, town.network.way_count))
    assert said == ["It names a way that the network does not have."]


def spoiled_at(true: Document, where: tuple[str | int, ...], wrong: object) -> Document:
    """A copy with another value at a place."""
    document = json.loads(json.dumps(true))
    held = document
    for name in where[:-1]:
        held = held[name]
    held[where[-1]] = wrong
    return document


DAMAGE: list[tuple[tuple[str | int, ...], object]] = [
    *((("sends", 0, name), wrong) for name in ("vehicles", "drive_s", "place") for wrong in (-1, True, 1.0, "1", None)),
    *((("sends", 0, name), 99) for name in ("place", "stretch")),
    *((("drives", 0, name), 99) for name in ("place", "stretch")),
    *((("places", 0, "per_minute"), wrong) for wrong in (0, -1.0, True, float("nan"), None)),
    *((("leavers", 0, name), wrong) for name in ("price", "tall_price", "at_m") for wrong in (float("inf"), "1", None)),
    (("leavers", 0, "tall"), 99), (("place_prices",), []), (("drives",), []), (("queues", 0, "per_minute"), 0),
    (("queues", 0, "last_s"), -1), (("sends", 0, "arcs"), []), (("sends", 0, "arcs", 0), -1), (("queues", 0, "place"), 99),
    (("sends", 0, "comes_back"), 1), (("drives", 0, "back_seconds"), -1), (("places", 0, "come_back"), "no"),
    (("vehicles",), 2**31), (("shut",), 5), (("sends", 0), {}), (("places",), None),
]  # fmt: skip


@pytest.mark.parametrize(("where", "wrong"), DAMAGE, ids=str)
def test_a_figure_that_is_not_of_its_kind_is_refused(claims: Claims, where: tuple[str | int, ...], wrong: object) -> None:
    with pytest.raises(BadInput, match=r"The answer is damaged .* Give the JSON that 'clearway vehicles offer --json' prints"):
        read_claim(spoiled_at(claims.true[0][1], where, wrong))


def test_a_place_that_is_none_is_not_counted_from_behind(claims: Claims) -> None:
    """All sent to place -1, with a drive of 0 s that is listed for it: once that was accepted."""
    town, true = claims.true[0]
    document = json.loads(json.dumps(true))
    document["drives"].append({"stretch": 0, "place": -1, "seconds": 0})
    with pytest.raises(BadInput, match="-1 is not a whole number"):
        check_offered(town.network, document)


@pytest.mark.parametrize("document", [None, 5, "leavers", ["leavers"], {}, {"sends": []}])
def test_what_is_no_answer_is_refused_in_a_sentence_that_says_where_to_get_one(document: object) -> None:
    with pytest.raises(BadInput) as refused:
        read_claim(document)
    assert str(refused.value) == (
        "This is not an answer of 'clearway vehicles offer'. Give the JSON that 'clearway vehicles offer --json' prints."
    )


def test_figures_at_their_bounds_are_read(claims: Claims) -> None:
    document = json.loads(json.dumps(claims.true[0][1]))
    document["leavers"][0] |= {"vehicles": 3, "tall": 3}
    document["queues"][0]["last_s"] = 0
    document["vehicles"] = 2**31 - 1
    claim = read_claim(document)
    assert (claim.leavers[0].tall, claim.queues[0].last_s, claim.vehicles) == (3, 0, 2**31 - 1)
