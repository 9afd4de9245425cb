"""Access certificates in which one thing is spoiled: the checker refuses each, and says why. And every true one is accepted."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clearway.planning.access.check import check_access
from forged_access import SIDES, as_services, chosen_address, presented, with_stop
from forgeries import forgery

if TYPE_CHECKING:
    import random

    from forged_access import Certificate
    from forgeries import Claims
    from random_access import Served

pytestmark = pytest.mark.slow


def test_every_true_certificate_is_accepted(claims: Claims) -> None:
    for number, (served, document) in enumerate(claims.true):
        holds, fails = check_access(served.network, document)
        rows = zip(document["after"]["addresses"]["ms"], document["trip"]["after"], strict=True)
        whole = sum(there is not None and on is not None for there, on in rows)
        assert f"is possible from {whole} addresses" in " ".join(holds), number
        assert fails == [], number


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
