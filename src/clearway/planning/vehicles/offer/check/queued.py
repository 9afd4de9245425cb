"""The drive out as an offer's checker follows it: vehicle by vehicle, whoever comes next."""

from __future__ import annotations

from bisect import bisect_right, insort
from typing import TYPE_CHECKING, NamedTuple

from clearway.planning.vehicles.offer.check.claim import QueueClaim, SendClaim
from clearway.planning.vehicles.offer.check.roads import pure_ms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clearway.network.model import Network
    from clearway.planning.vehicles.offer.check.claim import Claim, LeavingClaim


_Key = tuple[int | None, str]
"""A place by its number, or a gate by its name."""


class _Stop(NamedTuple):
    """A gate or an entrance on a drive: which, and milliseconds driven before it."""

    key: _Key
    ms: int


class _Vehicle(NamedTuple):
    """When one comes to a stop, its number in its line, whose line that is, and which of its stops."""

    at_ms: int
    number: int
    line: tuple[int, int, bool]
    step: int
    send: SendClaim


class _Rule(NamedTuple):
    """How one is served: milliseconds until the next is, until one is through, and until nobody is."""

    each_ms: int
    through_ms: int
    shuts_ms: int | None


def wrong_rates(claim: Claim) -> Iterator[str]:
    """Queues with another rate than their gate or place, and gates of one name."""
    gates = {one.label: one.per_minute for one in claim.gates}
    if len(gates) != len(claim.gates):
        yield "two gates have one name"
    for one in claim.queues:
        rate = gates.get(one.at) if one.place is None else claim.places[one.place].per_minute
        if one.place is None and one.at not in gates:
            yield f"{one.at} is not a gate"
        elif one.place is not None and one.at != claim.places[one.place].name:
            yield f"{one.at} is not the entrance of {claim.places[one.place].name}"
        elif one.per_minute != rate:
            yield f"{one.per_minute} vehicles a minute do not pass {one.at}"


def wrong_gates(network: Network, claim: Claim) -> Iterator[str]:
    """Drives that are told to lead through other gates than stand on them."""
    rated = {one.label for one in claim.gates if one.per_minute is not None}
    for send in claim.sends:
        true = dict.fromkeys(one.key[1] for one in _stops(network, claim, send) if one.key[0] is None and one.key[1] in rated)
        if list(true) != list(send.gates):
            names = f"the way from {claim.leavers[send.stretch].stretch} to {claim.places[send.place].name}"
            yield f"{names} leads through {list(true) or 'no gate'}, not {list(send.gates) or 'none'}"


def queued(network: Network, claim: Claim) -> Iterator[QueueClaim]:
    """What truly happens at each gate and entrance, of those that somebody comes to."""
    rules: dict[_Key, _Rule] = {
        **{(None, one.label): _rule(one.per_minute, one.wait_ms, one.shuts_s) for one in claim.gates},
        **{(at, one.name): _rule(one.per_minute, 0, one.shuts_s) for at, one in enumerate(claim.places)},
    }
    rates: dict[_Key, float | None] = {(None, one.label): one.per_minute for one in claim.gates}
    rates |= {(at, one.name): one.per_minute for at, one in enumerate(claim.places)}
    ways = {send: list(_stops(network, claim, send)) for send in claim.sends}
    coming = sorted(
        _Vehicle(ways[send][0].ms, number, (send.stretch, send.place, send.tall), 0, send)
        for send in claim.sends
        for number in range(send.vehicles)
    )
    free: dict[_Key, int] = {}
    gone: dict[_Key, list[int]] = {}
    late: dict[_Key, int] = {}
    longest: dict[_Key, int] = {}
    while coming:
        one = coming.pop(0)
        stops = ways[one.send]
        key = stops[one.step].key
        rule = rules[key]
        begins = max(one.at_ms, free.get(key, 0))
        through = begins + rule.through_ms
        if rule.shuts_ms is not None and through > rule.shuts_ms:
            late[key] = late.get(key, 0) + 1
        else:
            free[key] = begins + rule.each_ms
            gone.setdefault(key, []).append(through)
            if one.step + 1 < len(stops):
                there_ms = through + stops[one.step + 1].ms - stops[one.step].ms
                insort(coming, one._replace(at_ms=there_ms, step=one.step + 1))
        left = gone.get(key, [])
        standing = len(left) - bisect_right(left, one.at_ms) + late.get(key, 0)
        longest[key] = max(longest.get(key, 0), standing)
    for key, most in longest.items():
        last_ms = max(gone.get(key, ()), default=0)
        yield QueueClaim(key[1], key[0], rates[key], len(gone.get(key, ())), most, late.get(key, 0), -(-last_ms // 1000))


def _rule(per_minute: float | None, wait_ms: int, shuts_s: int | None) -> _Rule:
    each_ms = 0 if per_minute is None else round(60_000 / per_minute)
    return _Rule(each_ms, max(each_ms, wait_ms), None if shuts_s is None else 1000 * shuts_s)


def _stops(network: Network, claim: Claim, send: SendClaim) -> Iterator[_Stop]:
    """The gates of a drive in their order, and the entrance; a gate that is passed twice running is passed once."""
    place = claim.places[send.place]
    driven, before = 0, None
    for number, arc in enumerate(send.arcs):
        length = float(network.way_length_m[arc >> 1])
        starts, ends = (length, 0.0) if arc % 2 else (0.0, length)
        if number == 0:
            starts = claim.leavers[send.stretch].at_m
        if number == len(send.arcs) - 1:
            ends = place.at_m
        for metres, gate in sorted(_on(claim, arc, starts, ends), key=lambda one: one[0]):
            if gate.label != before:
                yield _Stop((None, gate.label), driven + pure_ms(network, claim, arc, metres))
            before = gate.label
        whole = 0 < number < len(send.arcs) - 1
        driven += max(pure_ms(network, claim, arc, abs(ends - starts)), 1 if whole else 0)
    yield _Stop((send.place, place.name), driven)


def _on(claim: Claim, arc: int, starts: float, ends: float) -> Iterator[tuple[float, LeavingClaim]]:
    """The gates of an arc between two spots, with metres from the first of them."""
    for gate in claim.gates:
        for at in gate.points:
            held = at.against if arc % 2 else at.along
            if at.way == arc >> 1 and held and min(starts, ends) < at.at_m < max(starts, ends):
                yield abs(at.at_m - starts), gate
