"""Access certificates whose paths are spoiled: streets, obstacles, turns, sizes and hours, gaps and circles.

A path that the streets do not allow is forged the other way round: the certificate stays, and the network gets the rule.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from clearway.network.classes import SIZES
from clearway.planning.access.check import check_access
from forged_access import SIDES, chosen_address, driven_after_another, presented, problems, with_limit, with_stop, with_turn
from forgeries import forgery
from random_access import EMERGENCY

if TYPE_CHECKING:
    import random

    from forged_access import Certificate
    from random_access import Served

pytestmark = pytest.mark.slow


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
