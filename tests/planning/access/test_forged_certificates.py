"""Access certificates in which one thing is spoiled: the checker refuses each, and says why. And every true one is accepted.

A path that the streets do not allow is forged the other way round: the certificate stays, and the network gets the rule.
"""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from clearway.network.classes import SIZES
from clearway.network.store import network_digest
from clearway.planning.access.check import check_access
from forgeries import Claims, forgery
from random_access import EMERGENCY, Served, certified

if TYPE_CHECKING:
    import random

    from clearway.network.model import Network

    Certificate = dict[str, Any]

pytestmark = pytest.mark.slow
SIDES = ("before", "after")


@pytest.fixture(scope="module")
def claims() -> Claims:
    return Claims([(served, served.certificate) for served in certified(150)], problems)


def problems(served: Served, document: Certificate) -> list[str]:
    return check_access(document.pop("presented on", served.network), document)[1]


def test_every_true_certificate_is_accepted(claims: Claims) -> None:
    for number, (served, document) in enumerate(claims.true):
        holds, fails = check_access(served.network, document)
        rows = zip(document["after"]["addresses"]["ms"], document["trip"]["after"], strict=True)
        whole = sum(there is not None and on is not None for there, on in rows)
        assert f"is possible from {whole} addresses" in " ".join(holds), number
        assert fails == [], number


# may the class drive there, and does something stand in the way


@forgery("runs where the class may not drive", among_others=True)
def test_a_path_against_a_one_way_street_is_refused(served: Served, document: Certificate, chance: random.Random) -> bool:
    found = driven_after_another(document, chance)
    if found is None:
        return False
    permit = served.network.arc_permit.copy()
    permit[found[2]] &= ~np.uint8(EMERGENCY)
    presented(document, replace(served.network, arc_permit=permit))
    return True


@forgery("runs through an obstacle", among_others=True)
def test_a_path_through_an_obstacle_is_refused(served: Served, document: Certificate, chance: random.Random) -> bool:
    found = driven_after_another(document, chance)
    if found is None:
        return False
    presented(document, with_stop(served.network, found[2] >> 1, 40.0))
    return True


@forgery("cannot be driven to: another street, or something stands in the way", among_others=True)
def test_a_last_stretch_through_an_obstacle_is_refused(served: Served, document: Certificate, chance: random.Random) -> bool:
    side, address = chosen_address(document, chance)
    if address is None or document[side]["addresses"]["from"][address] < 0:
        return False
    at_m, arc = float(served.network.address_offset_m[address]), document[side]["addresses"]["arc"][address]
    presented(document, with_stop(served.network, arc >> 1, at_m + (3.0 if arc & 1 else -3.0)))
    return True


@forgery("cannot be driven to: another street, or something stands in the way")
def test_a_last_stretch_on_another_street_is_refused(served: Served, document: Certificate, chance: random.Random) -> bool:
    side, address = chosen_address(document, chance)
    if address is None or document[side]["addresses"]["from"][address] >= 0:
        return False
    document[side]["addresses"]["arc"][address] ^= 1
    return bool(served.network.address_offset_m[address] != 0)


@forgery("runs through a closure", among_others=True)
def test_a_path_through_a_closure_is_refused(served: Served, document: Certificate, chance: random.Random) -> bool:
    found = driven_after_another(document, chance, side="after")
    if found is None:
        return False
    along = found[2] % 2 == 0
    closure = {"way": found[2] >> 1, "at_m": chance.choice([None, 20.0]), "along": along, "against": not along, "label": "x"}
    document["closures"].append(closure)
    return True


@forgery("makes a turn that is forbidden", among_others=True)
def test_a_path_that_makes_a_forbidden_turn_is_refused(served: Served, document: Certificate, chance: random.Random) -> bool:
    found = driven_after_another(document, chance)
    if found is None:
        return False
    side, row, arc = found
    steps = document[side]["steps"]
    arcs, at = [arc], steps["from"][row]
    while at >= 0 and len(arcs) < chance.choice([2, 3]):
        arcs.insert(0, steps["arc"][at])
        at = steps["from"][at]
    presented(document, with_turn(served.network, arcs))
    return True


@forgery("makes a turn that is forbidden", among_others=True)
def test_a_forbidden_turn_into_the_last_stretch_is_refused(
    served: Served, document: Certificate, chance: random.Random
) -> bool:
    side, address = chosen_address(document, chance)
    if address is None or (before := document[side]["addresses"]["from"][address]) < 0:
        return False
    arcs = [document[side]["steps"]["arc"][before], document[side]["addresses"]["arc"][address]]
    presented(document, with_turn(served.network, arcs))
    return True


# the size of the vehicle, and the hour


@forgery("runs where the class may not drive", among_others=True)
def test_a_path_along_a_street_too_narrow_for_the_vehicle_is_refused(
    served: Served, document: Certificate, chance: random.Random
) -> bool:
    found = driven_after_another(document, chance)
    if found is None:
        return False
    size = chance.choice([name for name, figure in document["vehicle"].items() if figure])
    presented(document, with_limit(served.network, SIZES.index(size), document["vehicle"][size] - 0.01, arc=found[2]))
    return True


@forgery("runs through an obstacle", among_others=True)
def test_a_path_past_an_obstacle_too_low_for_the_vehicle_is_refused(
    served: Served, document: Certificate, chance: random.Random
) -> bool:
    found = driven_after_another(document, chance)
    if found is None:
        return False
    lowered = with_stop(served.network, found[2] >> 1, 40.0, blocks=0)
    presented(document, with_limit(lowered, SIZES.index("height_m"), 3.0, stop=len(lowered.stop_way) - 1))
    return True


@forgery("runs where the class may not drive", among_others=True)
def test_a_vehicle_that_is_larger_than_the_one_that_was_timed_is_refused(
    served: Served, document: Certificate, chance: random.Random
) -> bool:
    found = driven_after_another(document, chance)
    if found is None:
        return False
    size = chance.choice([name for name, figure in document["vehicle"].items() if figure])
    presented(document, with_limit(served.network, SIZES.index(size), document["vehicle"][size], arc=found[2]))
    assert problems(served, dict(document)) == []
    document["vehicle"][size] += 0.01
    return True


@forgery("is not the size of a vehicle")
def test_a_vehicle_without_one_of_its_sizes_is_refused(served: Served, document: Certificate, chance: random.Random) -> bool:
    size = chance.choice(SIZES)
    if chance.random() < 0.5:
        del document["vehicle"][size]
    else:
        document["vehicle"][size] = chance.choice([0, -1.0])
    return True


@forgery("runs where the class may not drive", among_others=True)
def test_a_path_along_a_street_that_is_shut_at_that_hour_is_refused(
    served: Served, document: Certificate, chance: random.Random
) -> bool:
    found = driven_after_another(document, chance)
    if found is None:
        return False
    way = found[2] >> 1
    open_, shut = served.network.arc_permit[2 * way : 2 * way + 2].tolist(), [16, 16]
    timed = {"ways": [[way, ["Mo-Su 08:00-18:00"], [open_, shut]]], "stops": [], "turns": []}
    presented(document, replace(served.network, report={"timed": timed}))
    document |= {"hours": True, "at": "2022-02-10T07:59:00"}
    holds, fails = check_access(document["presented on"], document)
    assert (holds[-1], fails) == ("Streets, barriers and turns with hours were taken as at 2022-02-10T07:59:00.", [])
    document["at"] = "2022-02-10T08:00:00"
    return True


# several services in one certificate


@forgery("^ambulance: ")
def test_a_service_whose_own_certificate_is_refused_is_named(
    served: Served, document: Certificate, chance: random.Random
) -> bool:
    spoiled = copy.deepcopy(document)
    spoiled["stations"] = []
    as_services(document, fire=copy.deepcopy(document), ambulance=spoiled)
    return True


@forgery("names a service twice")
def test_a_certificate_that_names_a_service_twice_is_refused(
    served: Served, document: Certificate, chance: random.Random
) -> bool:
    as_services(document, fire=copy.deepcopy(document))
    document["services"] *= 2
    return True


@forgery("names no service")
def test_a_certificate_of_services_that_names_none_is_refused(
    served: Served, document: Certificate, chance: random.Random
) -> bool:
    as_services(document, fire=copy.deepcopy(document))
    document["services"] = chance.choice([[], None, ["fire"], [*document["services"], "ambulance"]])
    return True


@forgery(r"damaged \(service 'fire'\)")
def test_a_service_whose_part_is_no_certificate_is_refused(
    served: Served, document: Certificate, chance: random.Random
) -> bool:
    as_services(document, fire={"format": chance.choice(["clearway-access-2", "clearway-cordon-1", None])})
    return True


# do the milliseconds add up


@forgery("does not add up")
def test_a_step_that_takes_a_millisecond_more_or_less_is_refused(
    served: Served, document: Certificate, chance: random.Random
) -> bool:
    steps = document[chance.choice(SIDES)]["steps"]
    if steps["ms"]:
        steps["ms"][chance.randrange(len(steps["ms"]))] += chance.choice([-1, 1])
    return bool(steps["ms"])


@forgery("does not add up")
def test_an_address_that_is_reached_a_millisecond_sooner_or_later_is_refused(
    served: Served, document: Certificate, chance: random.Random
) -> bool:
    side, address = chosen_address(document, chance)
    if address is None:
        return False
    document[side]["addresses"]["ms"][address] += chance.choice([-1, 1]) or 1
    return bool(document[side]["addresses"]["ms"][address] >= 0)


@forgery("does not add up", least=3)
def test_a_gate_that_takes_no_time_is_refused(served: Served, document: Certificate, chance: random.Random) -> bool:
    ways = {arc >> 1 for arc in [*document["after"]["steps"]["arc"]] if arc is not None}
    gates = [gate for gate in document["gates"] if gate["way"] in ways and gate["along"] and gate["against"]]
    seeded = {station["way"] for station in document["stations"]}
    for gate in gates:
        gate["ms"] = 0
    return bool(gates) and not seeded & {gate["way"] for gate in gates}


@forgery("does not add up")
def test_vehicles_that_leave_sooner_than_they_can_are_refused(
    served: Served, document: Certificate, chance: random.Random
) -> bool:
    document["stations"][0]["turnout_ms"] += 1
    return any(-1 in document[side][part]["from"] for side in SIDES for part in ("steps", "addresses"))


# does each step follow another


@forgery("does not begin where the step before it ends", among_others=True)
def test_a_path_with_a_gap_is_refused(served: Served, document: Certificate, chance: random.Random) -> bool:
    found = driven_after_another(document, chance)
    if found is None:
        return False
    side, row, arc = found
    steps, network = document[side]["steps"], served.network
    others = [at for at in range(row) if network.arc_head[steps["arc"][at]] != network.arc_tail[arc]]
    if others:
        steps["from"][row] = chance.choice(others)
    return bool(others)


@forgery("follows a step or a station that does not come before it", among_others=True)
def test_a_path_that_begins_nowhere_is_refused(served: Served, document: Certificate, chance: random.Random) -> bool:
    side = chance.choice(SIDES)
    part = document[side][chance.choice(["steps", "addresses"])]
    rows = [row for row, before in enumerate(part["from"]) if before is not None]
    if rows:
        row, last = chance.choice(rows), len(document[side]["steps"]["from"])
        part["from"][row] = chance.choice([last, last + 5, -1 - len(document["stations"])])
    return bool(rows)


@forgery("follows a step or a station that does not come before it", among_others=True)
def test_a_path_that_goes_round_in_a_circle_is_refused(served: Served, document: Certificate, chance: random.Random) -> bool:
    steps = document[chance.choice(SIDES)]["steps"]
    if steps["from"]:
        row = chance.randrange(len(steps["from"]))
        steps["from"][row] = row
    return bool(steps["from"])


# no address is reached sooner, and none called unreached can be reached


@forgery("can be reached in .* ms, sooner than", least=3, among_others=True)
def test_a_detour_that_no_closure_calls_for_is_refused(served: Served, document: Certificate, chance: random.Random) -> bool:
    before, after = (document[side]["addresses"]["ms"] for side in SIDES)
    longer = any(then is not None and now is not None and now > then for then, now in zip(before, after, strict=True))
    document["closures"], document["gates"] = [], document["gates"]
    if not longer or document["gates"] or set(document["before"]["unreached"]) != set(document["after"]["unreached"]):
        return False
    document["after"]["unreached"] = {address: [] for address in document["after"]["unreached"]}
    return True


@forgery("is listed as unreached but can be reached in", among_others=True)
def test_an_address_called_unreached_that_can_be_reached_is_refused(
    served: Served, document: Certificate, chance: random.Random
) -> bool:
    side, address = chosen_address(document, chance)
    if address is None:
        return False
    for column in document[side]["addresses"].values():
        column[address] = None
    document[side]["unreached"][str(address)] = []
    return True


@forgery("has a path but is listed as unreached")
def test_an_address_listed_as_unreached_with_a_path_is_refused(
    served: Served, document: Certificate, chance: random.Random
) -> bool:
    side, address = chosen_address(document, chance)
    document[side]["unreached"][str(address)] = []
    return address is not None


@forgery("has no path but is not listed as unreached")
def test_an_address_left_out_is_refused(served: Served, document: Certificate, chance: random.Random) -> bool:
    side, address = chosen_address(document, chance)
    if address is not None:
        for column in document[side]["addresses"].values():
            column[address] = None
    return address is not None


# the closures named do cut it off, alone


@forgery("cut off, but it can be reached and no closure is named for it")
def test_an_address_cut_off_by_nothing_is_refused(served: Served, document: Certificate, chance: random.Random) -> bool:
    named = [address for address, closures in document["after"]["unreached"].items() if closures]
    if named:
        document["after"]["unreached"][chance.choice(named)] = []
    return bool(named)


@forgery("cut off, but it can be reached although the closures named for it are in force")
def test_an_address_cut_off_by_closures_that_do_not_is_refused(
    served: Served, document: Certificate, chance: random.Random
) -> bool:
    named = [address for address, closures in document["after"]["unreached"].items() if closures]
    if not named or served.network.stop_way[0] < 0:
        return False
    document["closures"].append({"way": 0, "at_m": 0.0, "along": False, "against": False, "label": "nothing"})
    document["after"]["unreached"][chance.choice(named)] = [len(document["closures"]) - 1]
    return True


# the stations


@forgery("It names no station", among_others=True)
def test_a_certificate_without_a_station_is_refused(served: Served, document: Certificate, chance: random.Random) -> bool:
    document["stations"] = []
    return True


@forgery("It names no hospital", among_others=True)
def test_trips_without_a_hospital_are_refused(served: Served, document: Certificate, chance: random.Random) -> bool:
    document["trip"]["hospitals"] = []
    return True


@forgery("m from where the certificate starts its vehicles")
def test_vehicles_that_start_far_from_their_station_are_refused(
    served: Served, document: Certificate, chance: random.Random
) -> bool:
    place = chance.choice([*document["stations"], *document["trip"]["hospitals"]])
    place[chance.choice(["lon", "lat"])] += chance.choice([-0.002, 0.002])
    return True


@forgery("which the class may not drive", among_others=True)
def test_a_station_on_a_street_that_its_vehicles_may_not_drive_is_refused(
    served: Served, document: Certificate, chance: random.Random
) -> bool:
    way = chance.choice(document["stations"])["way"]
    permit = served.network.arc_permit.copy()
    permit[[2 * way, 2 * way + 1]] = 16
    presented(document, replace(served.network, arc_permit=permit))
    return True


@forgery("stands beyond the end of way", among_others=True)
def test_a_station_beyond_the_end_of_its_street_is_refused(
    served: Served, document: Certificate, chance: random.Random
) -> bool:
    station = chance.choice(document["stations"])
    station["at_m"] = chance.choice([-1.0, float(served.network.way_length_m[station["way"]]) + 1])
    return True


# the drive to hospital, and where it was made


@forgery(r"In the trips (before|after), .* from address \d+, not ")
def test_a_drive_to_hospital_that_takes_another_time_is_refused(
    served: Served, document: Certificate, chance: random.Random
) -> bool:
    drives = document["trip"][chance.choice(SIDES)]
    address = chance.randrange(len(drives))
    drives[address] = chance.choice([0, None]) if drives[address] is None else chance.choice([drives[address] + 1, None])
    return (
        bool(drives[address] is None) != bool(served.certificate["trip"]["after"][address] is None)
        or drives[address] is not None
    )


@forgery("It was made on another network")
def test_a_certificate_of_another_network_is_refused(served: Served, document: Certificate, chance: random.Random) -> bool:
    document["presented on"] = with_stop(served.network, 0, 1.0)
    return True


# what forgers know


def presented(document: Certificate, network: Network) -> None:
    """Let a certificate say that it was made on another network than it was, and be checked on that."""
    document["presented on"] = network
    document["network"]["digest"] = network_digest(network)


def as_services(document: Certificate, **services: Certificate) -> None:
    """Make a certificate one of several services."""
    document.clear()
    document |= {"format": "clearway-access-2", "services": [{"service": name, **one} for name, one in services.items()]}


def with_limit(network: Network, size: int, most: float, *, arc: int = -1, stop: int = -1) -> Network:
    """A network with a sign of one size at a street or an obstacle."""
    columns: dict[str, float] = {
        "limit_size": size,
        "limit_most": most,
        "limit_classes": EMERGENCY,
        "limit_arc": arc,
        "limit_stop": stop,
    }
    longer: dict[str, Any] = {}
    for name, one in columns.items():
        held = getattr(network, name)
        longer[name] = np.append(held, one).astype(held.dtype)
    return replace(network, **longer)


def with_stop(network: Network, way: int, at_m: float, *, blocks: int = EMERGENCY) -> Network:
    return replace(
        network,
        stop_way=np.append(network.stop_way, np.int32(way)).astype(network.stop_way.dtype),
        stop_offset_m=np.append(network.stop_offset_m, at_m),
        stop_blocks=np.append(network.stop_blocks, np.uint8(blocks)).astype(network.stop_blocks.dtype),
        stop_kind=np.append(network.stop_kind, network.stop_kind[:1]),
    )


def with_turn(network: Network, arcs: list[int]) -> Network:
    return replace(
        network,
        turn_start=np.append(network.turn_start, network.turn_start[-1] + len(arcs)),
        turn_arcs=np.append(network.turn_arcs, arcs).astype(network.turn_arcs.dtype),
        turn_classes=np.append(network.turn_classes, np.uint8(EMERGENCY)).astype(network.turn_classes.dtype),
        turn_source=np.append(network.turn_source, 0),
    )


def driven_after_another(document: Certificate, chance: random.Random, side: str | None = None) -> tuple[str, int, int] | None:
    """Side, number and arc of a step that follows another."""
    side = side or chance.choice(SIDES)
    steps = document[side]["steps"]
    found = [row for row, before in enumerate(steps["from"]) if before >= 0]
    return (side, row := chance.choice(found), steps["arc"][row]) if found else None


def chosen_address(document: Certificate, chance: random.Random) -> tuple[str, int | None]:
    """A side, and an address that is reached on it."""
    side = chance.choice(SIDES)
    reached = [address for address, ms in enumerate(document[side]["addresses"]["ms"]) if ms is not None]
    return side, chance.choice(reached) if reached else None
