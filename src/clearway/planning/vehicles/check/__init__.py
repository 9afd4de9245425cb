"""Whether a staircase of vehicles to move holds, by code that shares nothing with its search.

It promises that

* each step moves what it says, and what is free stays free in later steps;
* with what the first step frees, help comes within its standard to every address that it reaches so with every stretch free,
  and comes at all to every other that it reaches then;
* with what the second step frees, no single blocked street cuts off an address that none cuts off with every stretch free;
* no vehicle stands in the carriageway on the streets of a bus route or a street whose step is done;
* each step that is called proved moves no more vehicles, beside those of the step before it, than it must.

Streets are read, and drives searched, by the checker of access certificates.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from clearway.network.classes import VEHICLE_CLASSES
from clearway.network.store import network_digest
from clearway.planning.access.check.claim import ClosureClaim
from clearway.planning.access.check.network_reading import NEVER, NetworkReading, Streets
from clearway.planning.vehicles.check.claim import read_claim
from clearway.planning.vehicles.check.fewest import fewest
from clearway.planning.vehicles.check.one_blocked import OneBlocked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from clearway.network.model import Bools, Longs, Network
    from clearway.planning.vehicles.check.claim import Claim, HelpClaim, NeedClaim, Standing, StepClaim

_LANE = 1
"""A lane is free for help: one of the two levels of what is free of a stretch."""
_ALL = 2
"""The whole carriageway is free."""
_WISHES = ("help_in_time", "two_approaches", "bus_route", "street")
_STATION_WITHIN_M = 160.0
"""A station farther from its spot on a street than this was not put there by anybody's rule; 10 m for rounding."""
_METRES_PER_DEGREE = 111_320.0
"""Of latitude, on a sphere."""


def check_cleared(network: Network, stretches: Sequence[Standing], document: object) -> tuple[list[str], list[str]]:
    """Whether the claims of a staircase hold.

    Args:
        network: The network that it was made on.
        stretches: The tally.
        document: The staircase's JSON.

    Returns:
        Sentences about what holds, and sentences about what does not. It is good when the second list is empty.

    Raises:
        BadInput: it is no staircase, or it is damaged.
    """
    claimed = read_claim(document)
    if claimed.network != network_digest(network):
        return [], ["It was made on another network."]
    fails = list(_wrong_shape(network, stretches, claimed))
    if fails:
        return [], fails
    helped = [Help(network, one, stretches) for one in claimed.help]
    holds: list[str] = []
    before = (0,) * len(stretches)
    for number, step in enumerate(claimed.steps, start=1):
        called = f"Step {number}"
        wrong = [*_counted(step, before, stretches), *_unserved(step, helped, stretches)]
        least, unproved = _least(step, before, helped, stretches)
        wrong += unproved
        if step.proven and least is not None and least < step.vehicles:
            wrong.append(f"{step.vehicles} vehicles are called the fewest, but its needs prove {least} only")
        fails += [f"{called}: {sentence}." for sentence in wrong]
        before = step.levels
        if not wrong:
            sure = "no fewer would do" if least == step.vehicles else "that no fewer would do was not proved"
            holds.append(f"{called}: {step.vehicles} vehicles in all, and {sure}.")
    return (holds, []) if not fails else ([], fails)


def _wrong_shape(network: Network, stretches: Sequence[Standing], claimed: Claim) -> Iterator[str]:
    if claimed.stretches != len(stretches):
        yield f"It has {claimed.stretches} stretches, and the tally {len(stretches)}."
        return
    for name, said, true in (
        ("vehicles", claimed.vehicles, sum(one.total for one in stretches)),
        ("vehicles in the carriageway", claimed.across, sum(one.across for one in stretches)),
    ):
        if said != true:
            yield f"It counts {said} {name}, and the tally {true}."
    names = [one.service for one in claimed.help]
    if len(set(names)) < len(names):
        yield "A service is named twice."
    for one in claimed.help:
        if one.vehicle_class not in VEHICLE_CLASSES:
            yield f"{one.service} drives {one.vehicle_class!r}, an unknown class of vehicle."
        yield from _wrong_starts(network, one)
    yield from _wrong_steps(network, names, stretches, claimed)


def _wrong_steps(network: Network, names: Sequence[str], stretches: Sequence[Standing], claimed: Claim) -> Iterator[str]:
    for number, step in enumerate(claimed.steps, start=1):
        if step.wish not in _WISHES:
            yield f"Step {number} wishes for {step.wish!r}, which nobody can check."
        if len(step.levels) != len(stretches) or not set(step.levels) <= {0, _LANE, _ALL}:
            yield f"Step {number} does not say what is free of each stretch."
        if any(way >= network.way_count for way in step.ways):
            yield f"Step {number} names a way that the network does not have."
        for need in step.needs:
            known = need.service in names and need.address < network.address_count
            lanes = all(place < len(stretches) and level == _LANE for place, level in need.any_of)
            if not known or not lanes or (need.blocked is not None and need.blocked >= network.way_count):
                yield f"Step {number} has a need of something that is not there."


def _wrong_starts(network: Network, one: HelpClaim) -> Iterator[str]:
    spots = [(start.way, start.at_m) for start in one.starts]
    spots += [(shut.way, shut.at_m or 0.0) for shut in one.shut] + [(gate.way, gate.at_m) for gate in one.gates]
    if any(way >= network.way_count or not 0 <= at_m <= float(network.way_length_m[way]) + 1 for way, at_m in spots):
        yield f"{one.service}: a station or closure lies on no street."
        return
    for start in one.starts:
        line = network.geometry(start.way)
        scale = np.array([np.cos(np.radians(start.lat)), 1.0]) * _METRES_PER_DEGREE
        flat = (line - (start.lon, start.lat)) * scale
        along = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(flat, axis=0).T))))
        spot = np.array([np.interp(start.at_m, along, flat[:, axis]) for axis in (0, 1)])
        if float(np.hypot(*spot)) > _STATION_WITHIN_M:
            yield f"{one.service}: {start.name} does not lie on the street on which it is put."


class Help:
    """A service, its streets read anew."""

    def __init__(self, network: Network, claim: HelpClaim, stretches: Sequence[Standing]) -> None:
        self.claim = claim
        self._streets = Streets(network, claim.vehicle_class, claim.size)
        self._stretches = stretches
        self.starts = claim.starts
        self._ms: dict[frozenset[int], Longs] = {}

    def reading(self, closed: frozenset[int]) -> NetworkReading:
        """The streets with some stretches shut."""
        ways = {way for place in closed for way in self._stretches[place].ways}
        shut = [ClosureClaim(way, None, along=True, against=True) for way in sorted(ways)]
        return NetworkReading(self._streets, [*self.claim.shut, *shut], self.claim.gates)

    def ms(self, closed: frozenset[int]) -> Longs:
        """(D,) milliseconds to each address with some stretches shut."""
        if closed not in self._ms:
            self._ms[closed] = self.reading(closed).address_ms(self.starts)
        return self._ms[closed]

    def closed(self, levels: Sequence[int]) -> frozenset[int]:
        """The stretches that stop it."""
        return frozenset(place for place, one in enumerate(self._stretches) if one.lane_moves and levels[place] < _LANE)


def _moves(one: Standing, level: int) -> int:
    """How many vehicles must go until so much of a stretch is free."""
    return (0, one.lane_moves, one.across)[level]


def _counted(step: StepClaim, before: Sequence[int], stretches: Sequence[Standing]) -> Iterator[str]:
    if any(now < then for now, then in zip(step.levels, before, strict=True)):
        yield "what was free is not free any more"
    moved = [
        (one.name, _moves(one, now) - _moves(one, then))
        for one, now, then in zip(stretches, step.levels, before, strict=True)
        if _moves(one, now) != _moves(one, then)
    ]
    if sorted(moved) != sorted(step.moved):
        yield "the stretches that it names are not those that it frees"
    if step.vehicles != sum(_moves(one, level) for one, level in zip(stretches, step.levels, strict=True)):
        yield f"{step.vehicles} is not the sum of what it moves"
    if step.more != sum(count for _, count in moved):
        yield f"{step.more} is not what it moves besides the steps before"


def _unserved(step: StepClaim, helped: Sequence[Help], stretches: Sequence[Standing]) -> Iterator[str]:
    if step.wish == "help_in_time":
        yield from _late(step, helped)
    elif step.wish == "two_approaches":
        yield from _cut_off(step, helped)
    elif left := [stretches[place].name for place in _on_way(step, stretches) if step.levels[place] < _ALL]:
        yield f"vehicles still stand on {left[0]}"


def _late(step: StepClaim, helped: Sequence[Help]) -> Iterator[str]:
    in_time: list[Bools] = []
    for one in helped:
        free, now = one.ms(frozenset()), one.ms(one.closed(step.levels))
        within = free <= one.claim.within_ms
        in_time.append(within)
        late = (within & (now > one.claim.within_ms)) | ((free < NEVER) & (now >= NEVER))
        if late.any():
            yield f"{one.claim.service} does not come in time to address {int(late.argmax())} and {int(late.sum()) - 1} more"
    served = int(np.logical_and.reduce(in_time).sum()) if in_time else 0
    if in_time and (step.served, step.never) != (served, len(in_time[0]) - served):
        yield f"help could come in time to {served} addresses, not to {step.served} with {step.never} too far"


def _cut_off(step: StepClaim, helped: Sequence[Help]) -> Iterator[str]:
    twice: list[Bools] = []
    for one in helped:
        free = OneBlocked(one.reading(frozenset()), one.starts)
        closed = one.closed(step.levels)
        had = free.two_approaches()
        if had.any():
            twice.append(had)
        weak = had & ~OneBlocked(one.reading(closed), one.starts).two_approaches() if closed else np.zeros_like(had)
        if weak.any():
            yield f"one blocked street cuts {one.claim.service} off from address {int(weak.argmax())}"
    served = int(np.logical_and.reduce(twice).sum()) if twice else 0
    if step.served > served:
        yield f"{served} addresses can have two approaches, not {step.served}"


def _on_way(step: StepClaim, stretches: Sequence[Standing]) -> list[int]:
    """The stretches with vehicles in the way of a route or a street."""
    ways = set(step.ways)
    return [place for place, one in enumerate(stretches) if one.across and ways.intersection(one.ways)]


def _least(
    step: StepClaim, before: Sequence[int], helped: Sequence[Help], stretches: Sequence[Standing]
) -> tuple[int | None, list[str]]:
    """The fewest vehicles of a step, those before it being moved; None where it was not found. And what its needs lack."""
    start = sum(_moves(one, level) for one, level in zip(stretches, before, strict=True))
    if step.wish in ("bus_route", "street"):
        on_way = ((stretches[place], before[place]) for place in _on_way(step, stretches))
        return start + sum(_moves(one, _ALL) - _moves(one, level) for one, level in on_way), []
    by_name: Mapping[str, Help] = {one.claim.service: one for one in helped}
    wrong = [f"its need {number} is none" for number, need in enumerate(step.needs) if not _binds(need, by_name[need.service])]
    unmet = [
        frozenset(place for place, _ in need.any_of)
        for need in step.needs
        if not any(before[place] >= _LANE or not stretches[place].lane_moves for place, _ in need.any_of)
    ]
    more_least = fewest(unmet, {place: stretches[place].lane_moves for need in unmet for place in need})
    return (None if more_least is None else start + more_least), wrong


def _binds(need: NeedClaim, one: Help) -> bool:
    """Whether somebody is unserved as long as none of the stretches of a need is free."""
    closed = frozenset(place for place, _ in need.any_of)
    ms = int(one.ms(closed)[need.address])
    if need.within_ms is not None:
        free = int(one.ms(frozenset())[need.address])
        return need.blocked is None and need.within_ms == one.claim.within_ms and free <= need.within_ms < ms
    if need.blocked is None:
        return ms >= NEVER > int(one.ms(frozenset())[need.address])
    had = OneBlocked(one.reading(frozenset()), one.starts).two_approaches([need.address])
    return bool(had[need.address]) and bool(OneBlocked(one.reading(closed), one.starts).cut_off_by(need.blocked)[need.address])
