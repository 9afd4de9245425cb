"""Certificates of handover points in which one thing is spoiled: the checker refuses each, and says why."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from clearway.errors import BadInput
from clearway.network.classes import class_mask
from clearway.network.closures import Closure
from clearway.network.store import network_digest
from clearway.planning.plan.handover.check import check_handover
from forgeries import Claims, forgery

if TYPE_CHECKING:
    import random

    from clearway.network.model import Network
    from handover_rooms import Room

    Document = dict[str, Any]

LEAST = 3


@pytest.fixture(scope="module")
def claims(room: Room) -> Claims:
    """The ring as it is, with few points, with one, with a slow stretcher, with a street shut outside."""
    shut = Closure(44, class_mask(["emergency"]), label="works")
    found = [
        room.find(),
        room.find(points=2),
        room.find(points=1),
        room.find(walk_kmh=2.2, max_walk_seconds=300),
        room.find(shut),
    ]
    return Claims([(room.grid.network, one.certificate) for one in found], problems)


def problems(network: Network, document: Document) -> list[str]:
    inside = document.pop("inside", None)
    return list(
        check_handover(document.pop("presented on", network), document, inside=inside, also_shut=document.pop("shut", ()))
    )


def test_every_true_certificate_is_accepted(claims: Claims) -> None:
    for number, (network, document) in enumerate(claims.true):
        inside = [one["address"] for one in document["places"] if one["address"] is not None]
        assert check_handover(network, document, inside=inside) == (), number


def changed(network: Network, document: Document, **arrays: Any) -> None:  # noqa: ANN401 - any columns
    """The same certificate on a network whose rules are others."""
    document["presented on"] = replace(network, **arrays)
    document["network"]["digest"] = network_digest(document["presented on"])


@forgery("was made on another network", least=LEAST)
def test_one_of_another_network(network: Network, document: Document, chance: random.Random) -> bool:
    document["network"]["digest"] = "0" * 64
    return True


@forgery("has fewer than two drives", among_others=True, least=LEAST)
def test_a_point_with_one_drive(network: Network, document: Document, chance: random.Random) -> bool:
    side = chance.choice(["in", "out"])
    drives = document["points"][0][side]
    document["points"][0][side] = [drives[0]]
    return True


@forgery("has fewer than two drives|take way", among_others=False, least=LEAST)
def test_the_same_drive_twice(network: Network, document: Document, chance: random.Random) -> bool:
    side = chance.choice(["in", "out"])
    drives = document["points"][0][side]
    document["points"][0][side] = [drives[0], drives[0]]
    return True


@forgery("does not (begin|end) at", least=LEAST)
def test_a_drive_from_somewhere_else(network: Network, document: Document, chance: random.Random) -> bool:
    side = chance.choice(["in", "out"])
    drive = document["points"][0][side][0]
    drive["arcs"] = drive["arcs"][1:] if side == "in" else drive["arcs"][:-1]
    return len(drive["arcs"]) > 0


@forgery("does not lead to|does not set out from", least=LEAST)
def test_a_drive_that_stops_short_of_the_corner(network: Network, document: Document, chance: random.Random) -> bool:
    side = chance.choice(["in", "out"])
    drive = document["points"][0][side][0]
    drive["arcs"] = drive["arcs"][:-1] if side == "in" else drive["arcs"][1:]
    return len(drive["arcs"]) > 0


@forgery("has a gap", least=LEAST)
def test_a_drive_with_a_gap(network: Network, document: Document, chance: random.Random) -> bool:
    drive = document["points"][0][chance.choice(["in", "out"])][0]
    if len(drive["arcs"]) < 3:
        return False
    del drive["arcs"][1]
    return True


@forgery("goes where the class may not drive", least=LEAST)
def test_a_drive_against_a_one_way(network: Network, document: Document, chance: random.Random) -> bool:
    permit = network.arc_permit.copy()
    permit[document["points"][0]["in"][0]["arcs"][-1]] &= ~np.uint8(1)
    changed(network, document, arc_permit=permit)
    return True


@forgery("goes through an obstacle or a closure|Since then shut", least=LEAST)
def test_a_drive_through_a_closure(network: Network, document: Document, chance: random.Random) -> bool:
    way = document["points"][0]["in"][0]["arcs"][-1] >> 1
    if len(document["points"][0]["in"][0]["arcs"]) < 2:
        return False
    document["shut"] = [(way, None, "shut")]
    return True


@forgery("cannot leave .*: something stands in the street|goes through an obstacle", least=LEAST)
def test_a_station_whose_own_street_is_shut(network: Network, document: Document, chance: random.Random) -> bool:
    return its_street_shut(document, "stations")


@forgery("cannot come to .*: something stands in the street|goes through an obstacle", least=LEAST)
def test_a_hospital_whose_own_street_is_shut(network: Network, document: Document, chance: random.Random) -> bool:
    return its_street_shut(document, "hospitals")


def its_street_shut(document: Document, places: str) -> bool:
    """Shut the street of the first station or hospital."""
    way = document[places][0]["way"]
    document["closures"].append({"way": way, "at_m": None, "along": True, "against": True, "label": ""})
    return True


@forgery("makes a forbidden turn", least=LEAST)
def test_a_drive_round_a_forbidden_turn(network: Network, document: Document, chance: random.Random) -> bool:
    arcs = document["points"][0]["in"][0]["arcs"]
    if len(arcs) < 2:
        return False
    changed(
        network, document,
        turn_start=np.array([0, 2], np.int64), turn_arcs=np.array(arcs[-2:], np.int32),
        turn_classes=np.array([1], np.uint8), turn_source=np.array([0], np.int64),
    )  # fmt: skip
    return True


@forgery("does not add up", least=LEAST)
def test_milliseconds_of_a_drive(network: Network, document: Document, chance: random.Random) -> bool:
    document["points"][0][chance.choice(["in", "out"])][0]["ms"] += chance.choice([-1, 1])
    return True


@forgery("does not add up", least=LEAST)
def test_a_turnout_that_was_left_out(network: Network, document: Document, chance: random.Random) -> bool:
    document["stations"][0]["turnout_ms"] = 0
    return True


@forgery("does not begin there", least=LEAST)
def test_a_walk_that_begins_somewhere_else(network: Network, document: Document, chance: random.Random) -> bool:
    walk = next((one for one in document["places"] if len(one["arcs"]) > 1), None)
    if walk is None:
        return False
    walk["arcs"] = walk["arcs"][1:]
    return True


@forgery(r"does not end at its point\.?$", least=LEAST)
def test_a_walk_that_ends_somewhere_else(network: Network, document: Document, chance: random.Random) -> bool:
    walk = next((one for one in document["places"] if len(one["arcs"]) > 1), None)
    if walk is None:
        return False
    walk["arcs"] = walk["arcs"][:-1]
    return True


@forgery("The walk from place .* has a gap", least=2)
def test_a_walk_with_a_gap(network: Network, document: Document, chance: random.Random) -> bool:
    walk = next((one for one in document["places"] if len(one["arcs"]) > 2), None)
    if walk is None:
        return False
    del walk["arcs"][1]
    return True


@forgery("goes where nobody may walk|could be shorter|is missing", among_others=True, least=LEAST)
def test_a_walk_over_steps(network: Network, document: Document, chance: random.Random) -> bool:
    way = next((one["arcs"][-1] >> 1 for one in document["places"] if len(one["arcs"]) > 1), None)
    if way is None:
        return False
    classes = (*network.street_classes, "steps")
    of_way = network.way_class.copy()
    of_way[way] = len(classes) - 1
    changed(network, document, street_classes=classes, way_class=of_way)
    return True


@forgery("goes where nobody may walk", among_others=True, least=LEAST)
def test_a_walk_along_a_street_that_is_not_for_people_on_foot(
    network: Network, document: Document, chance: random.Random
) -> bool:
    farther_on = {arc for one in document["places"] for arc in one["arcs"][2:]}
    walks = [one for one in document["places"] if len(one["arcs"]) > 1 and one["arcs"][1] not in farther_on]
    if not walks:
        return False
    walk = chance.choice(walks)
    permit = network.arc_permit.copy()
    permit[walk["arcs"][1]] &= ~np.uint8(class_mask(["foot"]))
    changed(network, document, arc_permit=permit)
    return True


@forgery("does not add up", least=LEAST)
def test_seconds_of_a_walk(network: Network, document: Document, chance: random.Random) -> bool:
    chance.choice(document["places"])["ms"] += 1
    return True


@forgery("does not add up", least=LEAST)
def test_bearers_that_are_quicker_than_said(network: Network, document: Document, chance: random.Random) -> bool:
    document["walk_kmh"] = 5.0
    return True


@forgery("could be shorter", least=LEAST)
def test_a_walk_that_goes_on_for_a_street_and_back(network: Network, document: Document, chance: random.Random) -> bool:
    walk = chance.choice(document["places"])
    back = walk["arcs"][-1] ^ 1
    walk["arcs"] += [back, back ^ 1]
    walk["ms"] += 2 * round(float(network.way_length_m[back >> 1]) * 3600 / float(np.float32(document["walk_kmh"])))
    return True


@forgery("is missing: somebody can walk to a point", least=LEAST)
def test_a_place_that_is_said_to_have_no_walk(network: Network, document: Document, chance: random.Random) -> bool:
    chance.choice(document["places"]).update(point=None, arcs=[], ms=None)
    return True


@forgery("is inside and has no place", least=LEAST)
def test_an_address_that_was_left_out(network: Network, document: Document, chance: random.Random) -> bool:
    gone = next(one for one in document["places"] if one["address"] is not None)
    document["inside"] = [one["address"] for one in document["places"] if one["address"] is not None]
    document["places"].remove(gone)
    return True


@forgery("is there twice", least=LEAST)
def test_an_address_that_is_there_twice(network: Network, document: Document, chance: random.Random) -> bool:
    document["places"].append(next(one for one in document["places"] if one["address"] is not None))
    return True


@forgery("does not lie where", least=LEAST)
def test_an_address_that_is_somewhere_else(network: Network, document: Document, chance: random.Random) -> bool:
    one, other = [place for place in document["places"] if place["address"] is not None][:2]
    one["address"], other["address"] = other["address"], one["address"]
    return True


def test_what_is_no_certificate_or_a_damaged_one_is_refused_in_a_sentence(room: Room, claims: Claims) -> None:
    with pytest.raises(BadInput, match=r"This is not a certificate of handover points\. Make one with"):
        check_handover(room.grid.network, {"format": "other"})
    damaged = {name: value for name, value in claims.true[0][1].items() if name != "points"}
    with pytest.raises(BadInput, match="is damaged"):
        check_handover(room.grid.network, damaged)
    assert check_handover(room.grid.network, claims.true[0][1] | {"points": []})[0] == "It names no point."
