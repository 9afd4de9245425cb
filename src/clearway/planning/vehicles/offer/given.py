"""Whether gates and vehicles of an answer are those of the plan, the closures and the tally that it was made of.

A plan and closures are read here by code that shares nothing with what made the answer: from minute to minute, what each point
lets in and out. Where on the streets a barrier stands is the plan's one reading of places; hours are the network's. So it
stands beside the check proper (:mod:`.check`), which rests on the network's definition alone.
"""

from __future__ import annotations

from collections import deque
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from clearway.network.classes import MOTOR_CLASSES, class_mask
from clearway.network.geometry import point_at
from clearway.planning.plan.closures import barriers_placed
from clearway.record.classes import class_of, is_of
from clearway.words import listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

    from clearway.network.closures import Closure
    from clearway.network.model import Network
    from clearway.planning.gazetteer import Gazetteer
    from clearway.planning.vehicles.offer.check.claim import Claim, LeavingClaim, Shut
    from clearway.planning.vehicles.tally import Stretch
    from clearway.record.kinds.plans import PlannedBarrier, PlannedPassage, TrafficPlan

_GENERAL = class_mask(["general"])
_MOTOR = class_mask(MOTOR_CLASSES)
_WHOSE = ("leaving", "protest vehicles", "everybody")
"""Whose rules decide, the first that any names, as the format says."""
_LETS = {
    "enter": "in",
    "leave": "out",
    "enter_and_leave": "in out",
    "leave_not_return": "out not-in",
    "not_pass": "not-in not-out",
}
"""What a rule says of going in and out."""
_DAY_MIN = 1440
"""24 hours of 60 minutes: as far as the format looks ahead."""
_TALL = {"camper", "truck", "bus"}
_BEYOND_M = 30.0
"""Metres beyond the farthest barrier from which one drives in."""
_M_PER_DEGREE = 111_195.0
"""Of a sphere of 6,371 km: near enough to tell what lies beyond a barrier."""

Sides = tuple[bool, bool]
"""Along a way, and against it."""


class Seen(NamedTuple):
    """A point, or with ``at_m`` None a whole way, as those who leave find it.

    Attributes:
        out: Whether they pass.
        back: Whether who left passes when driving back.
        stops: Where somebody stops them.
        wait_s: Until one is through.
        shut_s: Seconds from the start until nobody is let out any more; None: no such moment is known.
        is_street: Whether a whole way is meant, though it is left in time by who has passed its middle.
        or_else: The same point with other sides, where nobody can tell which side is out: a ring with a gap.
    """

    way: int
    at_m: float | None
    label: str
    out: Sides
    back: Sides
    stops: Sides
    wait_s: float
    shut_s: int | None
    is_street: bool = False
    or_else: tuple[Seen, ...] = ()

    @property
    def met(self) -> Sides:
        """Whether those who get out meet it."""
        return _sides(out and (held or self.shut_s is not None) for out, held in zip(self.out, self.stops, strict=True))


def seen_of_closures(network: Network, closures: Iterable[Closure], at: datetime | None) -> Iterator[Seen]:
    """Closures as those who leave find them at a moment; None: all of them count."""
    for one in closures:
        general = one.shuts & _GENERAL == 0
        staffed = one.at_m is not None and (one.shuts & _MOTOR != _MOTOR or one.lets_out is True)
        lets_out = (general or staffed) and one.lets_out is not False
        stands = one.is_in_force(at)
        if general and lets_out and one.delay_s <= 0:
            continue
        shut_s = None
        if not stands:
            shut_s = _minute(at, one.is_in_force) if at and not lets_out else None
            if shut_s is None:
                continue
        sides = one.along, one.against
        label, at_m = one.label, one.at_m
        if shut_s is not None and at_m is None:
            at_m = float(network.way_length_m[one.way]) / 2  # who has passed its middle is out in time
        if not label:
            label = network.street(one.way) or f"way {one.way}"
            label += "" if one.at_m is None else f" at {one.at_m:.0f} m"
        yield Seen(
            one.way, at_m, label,
            out=_sides(not held or lets_out or not stands for held in sides),
            back=_sides(not held or general or not stands for held in sides),
            stops=sides if stands and one.at_m is not None else (False, False),
            wait_s=one.delay_s if stands else 0.0, shut_s=shut_s, is_street=one.at_m is None,
        )  # fmt: skip


def seen_of_plan(plan: TrafficPlan, gazetteer: Gazetteer, at: datetime | None) -> Iterator[Seen]:
    """The barriers of a plan as those who leave find them at a moment; None: every barrier and every rule counts."""
    placed = barriers_placed(plan, gazetteer, None)
    cuts = [cut for own in placed.cuts for cut in own]
    reached = _reached_from_outside(plan, gazetteer.network, cuts)
    both = ((one.starts, one.ends) for one in plan.barriers), ((one.starts, one.ends) for one in plan.passages)
    times = {one for pair in ((plan.starts, plan.ends), *both[0], *both[1]) for one in pair if one is not None}
    for barrier, own in zip(placed.barriers, placed.cuts, strict=True):
        now, shut_s = _lets(plan, barrier, at), None
        if at is not None and "out" in now:
            later = (one for one in sorted(times) if one > at and "out" not in _lets(plan, barrier, one))
            shut_s = next((int((one - at).total_seconds()) for one in later), None)
        if "stands" not in now and shut_s is None:
            continue
        for cut in own:
            sure, *others = (_seen(barrier, cut, now, shut_s, one) for one in _outward(gazetteer.network, cut, cuts, reached))
            yield sure._replace(or_else=tuple(others))


def wrong_ground(claim: Claim, seen: Iterable[Seen]) -> Iterator[str]:
    """What of the gates of an answer, and of what it lists as shut, is not so by what was given.

    Args:
        claim: The answer.
        seen: What stands there.
    """
    own = {way for one in claim.leavers for way in one.ways}
    there = [_as_said(one, claim) for one in seen if not (one.is_street and one.way in own)]
    true, told = _gates(there), {one.label: _told(one) for one in claim.gates}
    if missing := sorted(true.keys() - told.keys()):
        yield f"{listed(missing)} {'is' if len(missing) == 1 else 'are'} missing among the gates."
    if more := sorted(told.keys() - true.keys()):
        yield f"{listed(more)} {'is not a gate' if len(more) == 1 else 'are not gates'} of what was given."
    for label in sorted(true.keys() & told.keys()):
        if true[label] != told[label]:
            yield f"{label} does not let those who leave through as the answer says."
    for who, shut, said in (
        ("leave", _shut((one, one.out) for one in there), claim.out),
        ("drive back", _shut((one, one.back) for one in there), claim.back),
    ):
        if sorted(shut) != sorted(_said(said)):
            yield f"What those who {who} find shut, or wait for, is not what was given."


def wrong_vehicles(claim: Claim, stretches: Sequence[Stretch]) -> Iterator[str]:
    """What of the vehicles of an answer is not as a tally has it."""
    told = {one.ways: one for one in claim.leavers}
    for one in stretches:
        leaver, tall = told.pop(one.ways, None), sum(number for kind, number in one.vehicles.items() if kind in _TALL)
        if leaver is None:
            yield f"{one.name} of the tally is missing."
        elif (leaver.vehicles, leaver.tall) != (one.total, tall):
            yield f"On {one.name} stand {one.total} vehicles, {tall} of them high, not {leaver.vehicles} and {leaver.tall}."
    yield from (f"{one.stretch} is not in the tally." for one in told.values())


def _lets(plan: TrafficPlan, barrier: PlannedBarrier, at: datetime | None) -> set[str]:
    """``stands``, ``in`` and ``out`` of a barrier at a moment; where none stands all get out and in."""
    if not (_holds(plan, at) and _holds(barrier, at)):
        return {"in", "out"}
    if barrier.opens == "machine":
        return {"stands"}
    at_gate = [one for one in plan.passages if _holds(one, at) and (not one.gates or barrier.id in one.gates)]
    rules = next((own for who in _WHOSE if (own := [one for one in at_gate if _names(one, who)])), [])
    says = {word for one in rules if barrier.opens == "staffed" or not one.proof for word in _LETS[one.may].split()}
    if {"in", "not-in"} <= says or {"out", "not-out"} <= says:
        return {"stands"}
    if not says & {"out", "not-out"} and barrier.opens == "staffed":
        says.add("out")
    return {"stands"} | says & {"in", "out"}


def _names(rule: PlannedPassage, who: str) -> bool:
    return any(is_of(class_of(who), class_of(one)) for one in rule.who)


def _holds(one: TrafficPlan | PlannedBarrier | PlannedPassage, at: datetime | None) -> bool:
    return at is None or ((one.starts is None or at >= one.starts) and (one.ends is None or at < one.ends))


def _seen(barrier: PlannedBarrier, cut: tuple[int, float], now: set[str], shut_s: int | None, outward: int | None) -> Seen:
    if "stands" not in now:
        return Seen(*cut, barrier.id, (True, True), (True, True), (False, False), 0.0, shut_s)
    lets_out, lets_in = "out" in now, "in" in now
    out = lets_out, lets_out
    back = lets_in, lets_in
    if outward is not None:
        out = back = (lets_out, lets_in) if outward == 0 else (lets_in, lets_out)
    return Seen(*cut, barrier.id, out, back, (True, True), barrier.opening_seconds or 0.0, shut_s)


def _reached_from_outside(plan: TrafficPlan, network: Network, cuts: Sequence[tuple[int, float]]) -> set[int] | None:
    """The junctions to which one drives in from beyond the barriers without passing one; None: no site says where inside is."""
    if not (plan.site or plan.occupied) or not cuts:
        return None
    spots = np.array([position for line in (*(area.ring for area in plan.site), *plan.occupied) for position in line])
    middle = (spots.min(axis=0) + spots.max(axis=0)) / 2
    metres = np.array([_M_PER_DEGREE * np.cos(np.radians(middle[1])), _M_PER_DEGREE])
    ends = np.column_stack((network.junction_lon, network.junction_lat))
    barriers = np.array([point_at(network.geometry(way), at_m) for way, at_m in cuts])
    farthest = max(float(np.hypot(*((one - middle) * metres).T).max()) for one in (barriers, spots))
    away = np.hypot(*((ends - middle) * metres).T)
    shut, mask = {way for way, _ in cuts}, class_mask(plan.keep_out)
    after: dict[int, list[int]] = {}
    for arc in np.flatnonzero(network.arc_through & mask).tolist():
        if arc >> 1 not in shut:
            tail, head = int(network.way_tail[arc >> 1]), int(network.way_head[arc >> 1])
            after.setdefault(head if arc & 1 else tail, []).append(tail if arc & 1 else head)
    reached = set(np.flatnonzero(away > farthest + _BEYOND_M).tolist())
    waiting = deque(reached)
    while waiting:
        for other in after.get(waiting.popleft(), ()):
            if other not in reached:
                reached.add(other)
                waiting.append(other)
    return reached


def _outward(
    network: Network, cut: tuple[int, float], cuts: Sequence[tuple[int, float]], reached: set[int] | None
) -> tuple[int | None, ...]:
    """Which way may lead out past a cut: 0 along its way, 1 against it; None: neither more than the other."""
    if reached is None:
        return (None,)
    way, at_m = cut
    tail, head = int(network.way_tail[way]) in reached, int(network.way_head[way]) in reached
    if tail != head:
        return (1 if tail else 0,)
    others = [other for on, other in cuts if on == way and other != at_m]
    if tail and len(others) == 1:
        between = 0 if at_m > others[0] else 1
        return (between, 1 - between, None)
    return (None, 0, 1) if tail else (None,)


def _minute(at: datetime, stands: Callable[[datetime], bool]) -> int | None:
    """Seconds until the first whole minute within a day at which something stands."""
    start = at.replace(second=0, microsecond=0)
    moments = (start + timedelta(minutes=minute) for minute in range(1, _DAY_MIN + 1))
    found = next((one for one in moments if stands(one)), None)
    return None if found is None else max(int((found - at).total_seconds()), 0)


def _sides(both: Iterable[bool]) -> Sides:
    along, against = both
    return along, against


def _as_said(seen: Seen, claim: Claim) -> Seen:
    """A point with the sides that an answer gives it, where nobody can tell them."""
    out, back = set(_said(claim.out)), set(_said(claim.back))
    fits = (
        one for one in (seen, *seen.or_else) if set(_shut([(one, one.out)])) <= out and set(_shut([(one, one.back)])) <= back
    )
    return next(fits, seen)


def _gates(there: Sequence[Seen]) -> dict[str, tuple[object, ...]]:
    """Of each gate, and of each point that will be shut: its points, whether it stops anybody, the wait, when it is shut."""
    found = dict[str, list[Seen]]()
    for one in there:
        if one.at_m is not None and (_stopped(one) or one.shut_s is not None):
            found.setdefault(one.label, []).append(one)
    return {label: _gate(own) for label, own in found.items()}


def _gate(own: Sequence[Seen]) -> tuple[object, ...]:
    met = [
        _sides(out and (held or one.shut_s is not None) for out, held in zip(one.out, one.stops, strict=True)) for one in own
    ]
    stops = any(out and held for one in own for out, held in zip(one.out, one.stops, strict=True))
    points = sorted((one.way, round(one.at_m or 0.0, 3), *sides) for one, sides in zip(own, met, strict=True))
    shut_s = min((one.shut_s for one in own if one.shut_s is not None), default=None)
    return points, stops, round(1000 * max(one.wait_s for one in own)), shut_s


def _stopped(one: Seen) -> bool:
    return any(out and held for out, held in zip(one.out, one.stops, strict=True))


def _told(gate: LeavingClaim) -> tuple[object, ...]:
    points = sorted((one.way, round(one.at_m, 3), one.along, one.against) for one in gate.points)
    return points, gate.per_minute is not None, gate.wait_ms, gate.shuts_s


def _shut(there: Iterable[tuple[Seen, Sides]]) -> Iterator[tuple[float, ...]]:
    """Way, metres (-1: all of it), along, against, and milliseconds of what opens after a while (-1: shut)."""
    for one, passes in there:
        at_m = -1.0 if one.at_m is None else round(one.at_m, 3)
        if not all(passes):
            yield one.way, at_m, not passes[0], not passes[1], -1
        waits = [ok and held for ok, held in zip(passes, one.stops, strict=True)]
        if one.wait_s > 0 and any(waits):
            yield one.way, at_m, waits[0], waits[1], round(1000 * one.wait_s)


def _said(shut: Shut) -> Iterator[tuple[float, ...]]:
    for one in shut.closures:
        yield one.way, -1.0 if one.at_m is None else round(one.at_m, 3), one.along, one.against, -1
    for gate in shut.gates:
        yield gate.way, round(gate.at_m, 3), gate.along, gate.against, gate.ms
