"""Which vehicles of the network a class of people or vehicles drives, and what the rules of a plan let it do at a gate."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from clearway.record.classes import ON_FOOT, class_of, is_of
from clearway.record.kinds.streets import IN_AND_OUT

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from clearway.record.kinds.plans import PlannedBarrier, PlannedPassage, TrafficPlan, VehicleClass

_DRIVES: tuple[tuple[str, VehicleClass], ...] = (
    ("emergency services", "emergency"),
    ("residents", "resident"),
    ("service vehicles", "service"),
    ("deliveries", "service"),
    ("buses", "bus"),
    ("cyclists", "cycle"),
    (ON_FOOT, "foot"),
)
"""Classes that rules name, and the vehicle class of the network in which they come; all others drive cars."""


def vehicle_of(who: str) -> VehicleClass:
    """The vehicle class of the network in which a class of people comes.

    >>> vehicle_of("ambulance crews"), vehicle_of("toilet trucks"), vehicle_of("pedestrians"), vehicle_of("the press")
    ('emergency', 'service', 'foot', 'general')
    """
    named = class_of(who)
    return next((vehicle for wider, vehicle in _DRIVES if is_of(named, wider)), "general")


class Passing(NamedTuple):
    """What the rules in force let a class do at one gate.

    Attributes:
        enter: Whether it may go in; None where no rule says, or where rules contradict each other.
        leave: The same of going out.
        rules: The rules that name it, in the order of the plan.
        is_contrary: Whether two of them contradict each other.
    """

    enter: bool | None
    leave: bool | None
    rules: tuple[PlannedPassage, ...]
    is_contrary: bool = False


def passing(plan: TrafficPlan, gate: PlannedBarrier, who: str, at: datetime | None) -> Passing:
    """What the rules in force at a moment let a class do at a gate.

    Args:
        plan: The plan.
        gate: One of its barriers; through one that never opens nobody passes.
        who: A class in words. A rule for a wider class holds for it too. Where nobody stands, nobody sees what they must
            show: such a rule lets them pass a staffed gate alone.
        at: When; None counts every rule, whatever its hours.
    """
    rules = tuple(rule for rule in plan.passages if in_force(rule, at) and names(rule, who) and holds_at(rule, gate))
    if not gate.is_gate:
        return Passing(enter=False, leave=False, rules=())
    says = [IN_AND_OUT[rule.may] for rule in rules if gate.opens == "staffed" or not rule.proof]
    enter, leave = (
        ({side for side in sides if side is not None} for sides in zip(*says, strict=True)) if says else (set(), set())
    )
    contrary = len(enter) > 1 or len(leave) > 1
    return Passing(enter=_only(enter), leave=_only(leave), rules=rules, is_contrary=contrary)


def names(rule: PlannedPassage, who: str) -> bool:
    """Whether a rule names a class, or a wider one."""
    return any(is_of(class_of(who), class_of(wider)) for wider in rule.who)


def holds_at(rule: PlannedPassage, gate: PlannedBarrier) -> bool:
    """Whether a rule holds at a gate: one that names no gates holds at every one."""
    return not rule.gates or gate.id in rule.gates


def in_force(one: PlannedPassage | PlannedBarrier, at: datetime | None) -> bool:
    """Whether something holds at a moment: from its start, until before its end; always where no moment is asked about."""
    if at is None:
        return True
    return (one.starts is None or one.starts <= at) and (one.ends is None or at < one.ends)


def moments_of(parts: Iterable[PlannedPassage | PlannedBarrier]) -> list[datetime]:
    """When something begins or ends, in order, each once."""
    return sorted({moment for one in parts for moment in (one.starts, one.ends) if moment is not None})


def full_moment(plan: TrafficPlan) -> datetime | None:
    """When most barriers stand, the earliest such moment; None where the plan says no time at all."""
    moments = [*([plan.starts] if plan.starts else []), *moments_of(plan.barriers)]
    return max(
        moments, key=lambda one: (sum(in_force(barrier, one) for barrier in plan.barriers), -one.timestamp()), default=None
    )


def _only(values: set[bool]) -> bool | None:
    return next(iter(values)) if len(values) == 1 else None
