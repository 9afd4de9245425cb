"""Whether a schedule of tow trucks can be driven, by code that shares nothing with what made it.

It promises that

* each drive takes as long as the network says, past barriers and past stretches on which vehicles still stand;
* each truck does one tow after another, from where it is, within its hours and those of the storage place;
* a heavy vehicle is on a heavy truck, no storage place holds more than fits, and no escort is in two places;
* a stretch that lies behind others is fetched from only once enough vehicles of those are gone;
* every vehicle is towed or listed as left, and none for want of a truck, of room or of a way that there is;
* each step is done when it says, and not before it can be.
"""

from __future__ import annotations

import math
from collections import Counter
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from clearway.network.hours import holds, understood
from clearway.network.store import network_digest
from clearway.planning.vehicles.towing.check.bound import Priced, Work, ruled_out, soonest, usable
from clearway.planning.vehicles.towing.check.claim import read_claim
from clearway.planning.vehicles.towing.check.drives import wrong_drives

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clearway.network.model import Network
    from clearway.planning.vehicles.check.claim import Standing
    from clearway.planning.vehicles.towing.check.claim import ApproachClaim, Claim, StorageClaim, TowClaim, TruckClaim

_HEAVY = ("truck", "bus")
_STORAGE_WITHIN_M = 210.0
"""A storage place farther from its spot on a street than this was not put there by any rule; 10 m for rounding."""
_METRES_PER_DEGREE = 111_320.0
"""Of latitude, on a sphere."""
_SHOWN = 20
"""Sentences that a reader still reads."""


def check_towed(network: Network, document: object, stretches: Sequence[Standing] | None = None) -> tuple[list[str], list[str]]:
    """Whether a schedule holds.

    Args:
        network: The network that it was made on.
        document: The schedule's JSON.
        stretches: The tally that it was made of; None: it is held against itself alone.

    Returns:
        Sentences about what holds, and sentences about what does not. It is good when the second list is empty.

    Raises:
        BadInput: it is no such schedule, or it is damaged.
    """
    claim = read_claim(document)
    if claim.network != network_digest(network):
        return [], ["It was made on another network. Check it on the network that it was made on."]
    if fails := list(_wrong_shape(network, claim)):
        return [], fails[:_SHOWN]
    fails = [*_wrong_tally(claim, stretches), *wrong_drives(network, claim), *_wrong_tows(claim), *_wrong_trucks(claim)]
    fails += [*_wrong_storage(claim), *_wrong_escorts(claim), *_wrong_order(claim), *_wrong_steps(claim)]
    if fails:
        return [], [f"{one[:1].upper()}{one[1:]}." for one in fails[:_SHOWN]]
    return [
        f"{len(claim.tows)} tows by {len(claim.trucks)} trucks can be driven as they are written.",
        f"Each way to a stretch takes as long as the network says; ways: {len(claim.approaches)}.",
        *(
            f"Step {number} cannot be done sooner."
            for number, one in enumerate(claim.steps, start=1)
            if one.proven and one.done_s
        ),
    ], []


def _wrong_shape(network: Network, claim: Claim) -> Iterator[str]:
    ways = [way for one in claim.stretches for way in one.ways] + [one.way for one in claim.storage]
    ways += [one.way for one in claim.shut] + [one.way for one in claim.gates] + [one.way for one in claim.approaches]
    if any(way >= network.way_count for way in ways):
        yield "It names a way that the network does not have."
        return
    stored, named = [one.id for one in claim.storage], [one.id for one in claim.trucks]
    for what, ids in (("storage places", stored), ("trucks", named), ("tows", [one.id for one in claim.tows])):
        if len(set(ids)) < len(ids):
            yield f"Two {what} have one name."
    pairs = [(one.stretch, one.size) for one in claim.approaches]
    if len(set(pairs)) < len(pairs):
        yield "A stretch is come to in two ways."
    if any(size >= len(claim.sizes) for size in (*(one.size for one in claim.trucks), *(size for _, size in pairs))):
        yield "A truck has a size that is not listed."
    count, steps = len(claim.stretches), len(claim.steps)
    places = [stretch for stretch, _ in pairs] + [place for one in claim.approaches for place in one.after]
    places += [one.stretch for one in claim.tows] + [one.stretch for one in claim.left]
    if any(place >= count for place in places) or any(
        step >= steps for step in (*(one.step for one in claim.tows), *(one.step for one in claim.left))
    ):
        yield "It names a stretch or a step that is not listed."
    if any(len(one.in_s) != len(stored) or len(one.out_s) != len(stored) for one in claim.approaches):
        yield "It does not say how far each storage place is from each stretch."
    used = {one.storage for one in claim.trucks} | {name for one in claim.tows for name in (one.from_storage, one.to_storage)}
    if not used <= set(stored) or not {one.truck for one in claim.tows} <= set(named):
        yield "It names a storage place or a truck that is not listed."
    if not {one.vehicle for one in claim.tows} <= claim.hook_s.keys() & claim.yard_s.keys():
        yield "It does not say how long each type of vehicle takes."
    yield from (f"{one.id} does not lie where it is put." for one in claim.storage if _away_m(network, one) > _STORAGE_WITHIN_M)


def _away_m(network: Network, one: StorageClaim) -> float:
    scale = np.array([math.cos(math.radians(one.lat)), 1.0]) * _METRES_PER_DEGREE
    flat = (network.geometry(one.way) - (one.lon, one.lat)) * scale
    along = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(flat, axis=0).T))))
    share = one.at_m / max(float(network.way_length_m[one.way]), 1e-9) * along[-1]
    return math.hypot(*(float(np.interp(share, along, flat[:, axis])) for axis in (0, 1)))


def _wrong_tally(claim: Claim, stretches: Sequence[Standing] | None) -> Iterator[str]:
    there = Counter(one.stretch for one in claim.tows)
    for one in claim.left:
        there[one.stretch] += one.number
    for place, stretch in enumerate(claim.stretches):
        if there[place] != stretch.vehicles:
            yield f"on {stretch.name} {stretch.vehicles} vehicles are to be towed, and {there[place]} are towed or left"
    for standing in stretches or ():
        claimed = [one for one in claim.stretches if one.ways == standing.ways]
        if standing.across and not claimed:
            yield f"{standing.name} of the tally is missing"
        elif claimed and claimed[0].lane_moves != standing.lane_moves:
            yield f"on {standing.name} {standing.lane_moves} vehicles must go for a lane, not {claimed[0].lane_moves}"
        elif claimed and claimed[0].vehicles != standing.across:
            yield f"{standing.across} vehicles stand in the carriageway of {standing.name}, not {claimed[0].vehicles}"
    if stretches is not None and len(claim.stretches) != len(stretches):
        yield f"it has {len(claim.stretches)} stretches, and the tally {len(stretches)}"


def _wrong_tows(claim: Claim) -> Iterator[str]:
    trucks, places = {one.id: one for one in claim.trucks}, [one.id for one in claim.storage]
    known = {(one.stretch, one.size): one for one in claim.approaches}
    for tow in claim.tows:
        truck = trucks[tow.truck]
        approach = known.get((tow.stretch, truck.size))
        if tow.heavy != (tow.vehicle in _HEAVY) or (tow.heavy and not truck.heavy):
            yield f"{tow.id}: {truck.id} cannot move a {tow.vehicle}"
        if approach is None:
            yield f"{tow.id}: {truck.id} does not come to {claim.stretches[tow.stretch].name}"
            continue
        in_s, out_s = approach.in_s[places.index(tow.from_storage)], approach.out_s[places.index(tow.to_storage)]
        if (tow.arrive_s - tow.start_s, tow.at_yard_s - tow.hooked_s) != (in_s, out_s):
            yield f"{tow.id}: its drives do not take as long as it says"
        if tow.hooked_s - tow.arrive_s != claim.hook_s[tow.vehicle] or tow.done_s - tow.at_yard_s != claim.yard_s[tow.vehicle]:
            yield f"{tow.id}: it does not take the minutes for a {tow.vehicle}"
        yield from _too_early(tow, approach, claim)


def _too_early(tow: TowClaim, approach: ApproachClaim, claim: Claim) -> Iterator[str]:
    for front in approach.after:
        gone = sum(one.stretch == front and one.hooked_s <= tow.start_s for one in claim.tows)
        if gone < claim.stretches[front].lane_moves:
            yield f"{tow.id}: {claim.stretches[front].name} is not passable yet"


def _wrong_trucks(claim: Claim) -> Iterator[str]:
    for truck in claim.trucks:
        own = sorted((one for one in claim.tows if one.truck == truck.id), key=lambda one: one.start_s)
        if own and own[0].from_storage != truck.storage:
            yield f"{truck.id} does not start at {truck.storage}"
        for one, after in pairwise(own):
            if after.start_s < one.done_s:
                yield f"{truck.id} does {one.id} and {after.id} at a time"
            if after.from_storage != one.to_storage:
                yield f"{truck.id} starts {after.id} from where it is not"
        yield from (
            f"{truck.id} does not work all the time of {one.id}"
            for one in own
            if not any(first <= one.start_s and one.done_s <= end for first, end in truck.windows)
        )


def _wrong_storage(claim: Claim) -> Iterator[str]:
    for place in claim.storage:
        brought = [one for one in claim.tows if one.to_storage == place.id]
        if place.capacity is not None and len(brought) > place.capacity:
            yield f"{place.id} gets {len(brought)} vehicles and holds {place.capacity}"
        yield from (
            f"{place.id} is not open for {one.id}"
            for one in brought
            if not any(first <= one.at_yard_s and one.done_s <= end for first, end in place.windows)
        )
        yield from _wrong_hours(place, claim)
    full = all(
        one.capacity is not None and sum(tow.to_storage == one.id for tow in claim.tows) >= one.capacity
        for one in claim.storage
    )
    if any(one.why == "yard_full" for one in claim.left) and not full:
        yield "vehicles are left because storage is full, and it is not"


def _wrong_hours(place: StorageClaim, claim: Claim) -> Iterator[str]:
    """Hours that do not hold at the first, the last or a middle minute of a window in which something is brought."""
    if place.hours is None:
        return
    if claim.starts is None or not understood(place.hours):
        yield f"nobody can tell when {place.id} is open"
        return
    for tow in claim.tows:
        if tow.to_storage == place.id:
            minutes = range(tow.at_yard_s, tow.done_s, 60)
            if not all(holds(place.hours, claim.starts + timedelta(seconds=second)) for second in (*minutes, tow.done_s - 1)):
                yield f"{place.id} is shut at a minute of {tow.id}"


def _wrong_escorts(claim: Claim) -> Iterator[str]:
    trucks = {one.id: one for one in claim.trucks}
    if claim.escorts is None:
        return
    by_escort: dict[int, list[TowClaim]] = {}
    for tow in claim.tows:
        if trucks[tow.truck].escort and (tow.escort is None or tow.escort >= claim.escorts):
            yield f"{tow.id} has no escort, and its operator wants one"
        if tow.escort is not None:
            by_escort.setdefault(tow.escort, []).append(tow)
    for number, tows in by_escort.items():
        tows.sort(key=lambda one: one.arrive_s)
        if tows[0].arrive_s < claim.escort_move_s:
            yield f"escort {number} is with {tows[0].id} too early"
        for one, after in pairwise(tows):
            if after.arrive_s - claim.escort_move_s < one.hooked_s:
                yield f"escort {number} is with {one.id} and {after.id} at a time"


def _wrong_order(claim: Claim) -> Iterator[str]:
    heavy, light = any(one.heavy for one in claim.trucks), bool(claim.trucks)
    for one in claim.left:
        if one.why == "no_truck" and (heavy if one.vehicle in _HEAVY else light):
            yield f"a {one.vehicle} is left for want of a truck, and there is one"
        if one.number < 1:
            yield "it lists vehicles that are none"


def _wrong_steps(claim: Claim) -> Iterator[str]:
    known_s = 0  # a step ends no sooner than the one before it
    for number, step in enumerate(claim.steps):
        done = [one for one in claim.tows if one.step <= number]
        counted = sum(one.step == number for one in done), sum(one.number for one in claim.left if one.step == number)
        if counted != (step.vehicles, step.left):
            yield f"step {number + 1} has {counted[0]} tows and leaves {counted[1]}, not {step.vehicles} and {step.left}"
        end = max((one.done_s for one in done), default=None)
        if end != step.done_s:
            yield f"step {number + 1} is done after {end} s, not {step.done_s}"
        if step.at_least_s > max(known_s, _least(claim, done)) and not _proved(claim, number, done):
            yield f"step {number + 1} may end before {step.at_least_s} s: neither its count nor its prices rule it out"
        else:
            known_s = max(known_s, step.at_least_s)
        if step.proven and (end or 0) > step.at_least_s:
            yield f"step {number + 1} is called proved, and its bound is lower"


def _least(claim: Claim, tows: Sequence[TowClaim]) -> int:
    known = {(one.stretch, one.size): one.least_s for one in claim.approaches}

    def of(group: Sequence[TowClaim], trucks: Sequence[TruckClaim]) -> int:
        if not group:
            return 0
        work = []
        for one in group:
            able = {truck.size for truck in claim.trucks if truck.heavy or not one.heavy}
            drive = min((known[one.stretch, size] for size in able if (one.stretch, size) in known), default=0)
            hook, yard = claim.hook_s[one.vehicle], claim.yard_s[one.vehicle]
            work.append(Work(drive + hook + yard, yard, hook + claim.escort_move_s))
        open_ = [window for place in claim.storage for window in place.windows]
        return soonest(
            work, [one.windows for one in trucks], open_, claim.escorts if all(one.escort for one in trucks) else None
        )

    heavy = [one for one in claim.trucks if one.heavy]
    return max(of(tows, claim.trucks), of([one for one in tows if one.heavy], heavy))


def _proved(claim: Claim, number: int, tows: Sequence[TowClaim]) -> bool:
    """Whether a step's prices prove that it is not done sooner, where those before it are done as soon as they are."""
    step, known = claim.steps[number], {(one.stretch, one.size): one.least_s for one in claim.approaches}
    alike = Counter((one.heavy, one.size, one.windows) for one in claim.trucks)
    price = {(one.stretch, one.vehicle, one.step): one.price for one in step.prices}
    jobs = []
    for (stretch, vehicle, at), count in Counter((one.stretch, one.vehicle, one.step) for one in tows).items():
        lasts = claim.hook_s[vehicle] + claim.yard_s[vehicle]
        seconds = tuple(
            None if (vehicle in _HEAVY and not heavy) or (stretch, size) not in known else known[stretch, size] + lasts
            for heavy, size, _ in alike
        )
        jobs.append((Priced(at, seconds, count, price.get((stretch, vehicle, at), 0)), claim.yard_s[vehicle]))
    open_ = [window for place in claim.storage for window in place.windows]
    crews = []
    for place, ((_, _, windows), count) in enumerate(alike.items()):
        lead = max((own - yard for job, yard in jobs if (own := job.seconds[place]) is not None), default=0)
        crews.append((count, usable(windows, open_, lead)))
    last = step.at_least_s - 1
    return ruled_out([job for job, _ in jobs], crews, [min(one.done_s or 0, last) for one in claim.steps[:number]] + [last])
