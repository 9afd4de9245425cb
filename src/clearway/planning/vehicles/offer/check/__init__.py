"""Whether an answer of ``clearway vehicles offer`` holds, by code that shares nothing with what made it.

It promises that

* each drive takes as long as the network says, past what it lists as shut to those who leave, and so does each drive back;
* each way that is told is such a drive, through the gates that it names, and who may come back has a way back;
* no place gets more than it has room for, and no stretch sends more than stand there;
* nobody could send as many, or more, with less driving: the prices prove it;
* all who are sent come through every gate and the entrance on their way, one after another, as the rates say.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from clearway.network.store import network_digest
from clearway.planning.vehicles.offer.check.claim import read_claim
from clearway.planning.vehicles.offer.check.queued import queued, wrong_gates, wrong_rates
from clearway.planning.vehicles.offer.check.roads import Roads

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clearway.network.model import Network
    from clearway.planning.vehicles.offer.check.claim import Claim

_UNSENT_S = 1_000_000
"""What a vehicle without a place counts, as the format says."""
_ROUNDING = 0.01
"""Seconds: prices are floats."""
_SHOWN = 20
"""Sentences that a reader still reads."""


def check_offered(network: Network, document: object) -> tuple[list[str], list[str]]:
    """Sentences about what holds, and about what does not; it is good when the second list is empty.

    Args:
        network: The network that it was made on.
        document: The answer's JSON.

    Raises:
        BadInput: it is no such answer, or damaged.
    """
    claim = read_claim(document)
    if claim.network != network_digest(network):
        return [], ["It was made on another network. Check it on the network that it was made on."]
    if max(_ways(claim), default=0) >= network.way_count:
        return [], ["It names a way that the network does not have."]
    fails = [*_wrong_drives(network, claim), *_wrong_sends(claim), *_wrong_sums(claim), *_wrong_prices(claim)]
    fails = fails or [*_wrong_queues(network, claim)]
    if fails:
        return [], [f"{one[:1].upper()}{one[1:]}." for one in fails[:_SHOWN]]
    return [f"{claim.sent} vehicles fit, and as many cannot be sent with less driving."], []


def _ways(claim: Claim) -> Iterator[int]:
    """Every way that it names."""
    shut = (claim.out.closures, claim.out.gates, claim.back.closures, claim.back.gates)
    yield from (one.way for part in (claim.places, claim.leavers, *shut) for one in part)
    yield from (at.way for one in claim.gates for at in one.points)
    yield from (way for one in claim.leavers for way in one.ways)
    yield from (arc >> 1 for one in claim.sends for arc in one.arcs)


def _wrong_drives(network: Network, claim: Claim) -> Iterator[str]:
    roads = Roads(network, claim)
    for number, one in enumerate(claim.leavers):
        if one.way not in one.ways:
            yield f"drives from {one.stretch} begin elsewhere"
        for place, true in enumerate(roads.out_s(one)):
            if (said := claim.drives[number, place][0]) != true:
                yield f"from {one.stretch} to {claim.places[place].name} it takes {true} s, not {said}"
    for number, to in enumerate(claim.places):
        for stretch, true in enumerate(roads.back_s(to)):
            if (said := claim.drives[stretch, number][1]) != true:
                yield f"from {to.name} back to {claim.leavers[stretch].stretch} it takes {true} s, not {said}"
    for send in claim.sends:
        yield from roads.wrong_way(send)


def _wrong_sends(claim: Claim) -> Iterator[str]:
    for number, one in enumerate(claim.leavers):
        for tall, there in ((True, one.tall), (False, one.vehicles - one.tall)):
            gone = sum(send.vehicles for send in claim.sends if send.stretch == number and send.tall is tall)
            if gone > there:
                yield f"{one.stretch} sends {gone} vehicles and has {there}"
    for number, place in enumerate(claim.places):
        comes = sum(send.vehicles for send in claim.sends if send.place == number)
        if comes > place.room:
            yield f"{place.name} gets {comes} vehicles and has room for {place.room}"
    for send in claim.sends:
        if send.tall and not claim.places[send.place].tall:
            yield f"tall vehicles do not get into {claim.places[send.place].name}"
        seconds, back_s = claim.drives[send.stretch, send.place]
        if seconds != send.drive_s:
            yield f"a drive from {claim.leavers[send.stretch].stretch} takes another time than its send says"
        if send.comes_back is not (False if back_s is None else claim.places[send.place].come_back):
            yield f"whether one may come back from {claim.places[send.place].name} is not as the offer and the gates say"


def _wrong_sums(claim: Claim) -> Iterator[str]:
    vehicles, sent = sum(one.vehicles for one in claim.leavers), sum(one.vehicles for one in claim.sends)
    if (claim.vehicles, claim.sent, claim.left) != (vehicles, sent, vehicles - sent):
        yield f"it counts {claim.vehicles} vehicles, {claim.sent} sent; there are {vehicles}, {sent} sent"
    total = sum(one.vehicles * one.drive_s for one in claim.sends)
    if claim.total_s != total:
        yield f"all drives together take {total} s, not {claim.total_s}"


def _wrong_prices(claim: Claim) -> Iterator[str]:
    """What proves that nothing is cheaper: prices that no pair exceeds, and that come to the cost."""
    if any(one.price > _ROUNDING for one in claim.places):
        yield "a space has a price above 0"
    worth = sum(one.room * one.price for one in claim.places)
    for number, one in enumerate(claim.leavers):
        worth += (one.vehicles - one.tall) * one.price + one.tall * one.tall_price
        if max(one.price, one.tall_price) > _UNSENT_S + _ROUNDING:
            yield f"a vehicle of {one.stretch} has a price above that of leaving it"
        for place, to in enumerate(claim.places):
            seconds = claim.drives[number, place][0]
            if seconds is None:
                continue
            if one.price + to.price > seconds + _ROUNDING:
                yield f"the prices of {one.stretch} and {to.name} exceed the drive"
            if to.tall and one.tall_price + to.price > seconds + _ROUNDING:
                yield f"the prices of tall vehicles of {one.stretch} and {to.name} exceed the drive"
    cost = claim.total_s + claim.left * _UNSENT_S
    if not math.isclose(worth, cost, rel_tol=1e-9, abs_tol=1.0):
        yield f"the prices come to {worth:.0f} s and the drives to {cost} s: another sending may take less"


def _wrong_queues(network: Network, claim: Claim) -> Iterator[str]:
    """All who are sent pass what stands on their way, one after another, and are told of when."""
    yield from wrong_rates(claim)
    yield from wrong_gates(network, claim)
    true = {(one.place, one.at): one for one in queued(network, claim)}
    told = {(one.place, one.at): one for one in claim.queues}
    if len(told) != len(claim.queues):
        yield "one queue stands there twice"
    for key in dict.fromkeys((*true, *told)):
        mine, theirs = true.get(key), told.get(key)
        if mine is None or theirs is None:
            yield f"{mine.vehicles if mine else 0} vehicles pass {key[1]}, not {theirs.vehicles if theirs else 0}"
        elif (mine.vehicles, mine.late) != (theirs.vehicles, theirs.late):
            said = f"{theirs.vehicles} and {theirs.late}"
            yield f"{mine.vehicles} vehicles pass {key[1]} and {mine.late} come too late, not {said}"
        elif (mine.longest, mine.last_s) != (theirs.longest, theirs.last_s):
            yield (
                f"at {key[1]} {mine.longest} stand in line and the last is through after {mine.last_s} s, not {theirs.longest} "
                f"and {theirs.last_s} s"
            )
    if claim.late != sum(one.late for one in claim.queues):
        yield "it counts another number of vehicles that come too late"
    if claim.empty_s != max((one.last_s for one in claim.queues if one.place is not None and one.vehicles), default=None):
        yield "the last has not parked when it says"
