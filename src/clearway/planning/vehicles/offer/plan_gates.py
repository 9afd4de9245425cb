"""The gates of a traffic management plan as vehicles that leave find them: out by its rules, in only where a rule lets them in.

A rule for those who leave decides; where none names them, one for protest vehicles, then one for everybody. Where no rule says
whether they may go out, who staffs a gate lets them out; nobody opens a swing gate for them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from clearway.errors import ClearwayError
from clearway.planning.cordon.seal.contract import GivenBarrier
from clearway.planning.cordon.seal.verdict import enclosed_ground
from clearway.planning.plan.closures import barriers_placed
from clearway.planning.plan.passages import Passing, in_force, moments_of, passing
from clearway.planning.plan.ring import ring_question
from clearway.planning.vehicles.offer.leaving import BOTH, Checkpoint, Sides
from clearway.record.classes import LEAVING, PROTEST_VEHICLES
from clearway.words import listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from clearway.planning.gazetteer import Gazetteer
    from clearway.planning.plan.closures import PlacedBarriers
    from clearway.record.kinds.plans import PlannedBarrier, TrafficPlan

_NAMED = (LEAVING, PROTEST_VEHICLES, "everybody")
"""Whose rules decide, the first that any rule names."""


class PlanGates(NamedTuple):
    """The barriers of a plan as vehicles that leave find them; and what else is to be known, in sentences."""

    points: tuple[Checkpoint, ...]
    notes: tuple[str, ...]


class _Rule(NamedTuple):
    """Whether a barrier that stands lets them in, and out; and whether nobody said so."""

    enter: bool
    leave: bool
    is_assumed: bool = False


def gates_of_plans(plans: Sequence[TrafficPlan], gazetteer: Gazetteer, at: datetime | None) -> PlanGates:
    """The barriers of some plans; see :func:`plan_gates`."""
    found = [plan_gates(one, gazetteer, at) for one in plans]
    told = [f"Gates are those of plan '{one.plan}', version {one.version}." for one in plans]
    return PlanGates(tuple(at for one in found for at in one.points), (*told, *(note for one in found for note in one.notes)))


def plan_gates(plan: TrafficPlan, gazetteer: Gazetteer, at: datetime | None) -> PlanGates:
    """Every barrier and gate of a plan, by direction where its site says which side is out.

    Args:
        plan: The plan.
        gazetteer: Finds places on the network.
        at: When they leave; None counts every barrier and every rule.
    """
    placed = barriers_placed(plan, gazetteer, None)
    inside, unsure = _inside(plan, gazetteer, placed)
    later = sorted(one for one in _changes(plan) if at is not None and one > at)
    every = [cut for cuts in placed.cuts for cut in cuts]
    points: list[Checkpoint] = []
    for barrier, cuts in zip(placed.barriers, placed.cuts, strict=True):
        now = _rule(plan, barrier, at)
        shut = (one for one in later if (then := _rule(plan, barrier, one)) is not None and not then.leave)
        until = next(shut, None) if now is None or now.leave else None
        if now is None and until is None:
            continue
        opens = None if now is None or now.leave else next((one for one in later if _lets_out(plan, barrier, one)), None)
        found = (_checkpoint(barrier, cut, now, until, _outward(gazetteer, cut, every, inside)) for cut in cuts)
        points += [replace(one, opens=opens) for one in found]
    lost = [f"Barrier {name} of the plan stands nowhere here: {why}" for name, why in placed.unplaced.items()]
    return PlanGates(tuple(points), (*lost, *unsure, *_silent(plan, placed, at)))


def _checkpoint(
    barrier: PlannedBarrier, cut: tuple[int, float], now: _Rule | None, until: datetime | None, outward: int | None
) -> Checkpoint:
    way, at_m = cut
    if now is None:
        return Checkpoint(way, at_m, barrier.id, until=until)
    sides = (now.leave, now.enter) if outward == 0 else (now.enter, now.leave)
    out: Sides = (now.leave, now.leave) if outward is None else sides
    back: Sides = (now.enter, now.enter) if outward is None else sides
    return Checkpoint(
        way, at_m, barrier.id, out, back, BOTH, barrier.opening_seconds or 0.0, until, now.leave and now.is_assumed
    )  # fmt: skip


def _rule(plan: TrafficPlan, barrier: PlannedBarrier, at: datetime | None) -> _Rule | None:
    """What a barrier does at a moment; None: it does not stand."""
    is_over = at is not None and ((plan.starts and at < plan.starts) or (plan.ends and at >= plan.ends))
    if is_over or not in_force(barrier, at):
        return None
    may = leaver_passing(plan, barrier, at)
    if not barrier.is_gate or may.is_contrary:
        return _Rule(enter=False, leave=False)
    is_silent = may.leave is None and barrier.opens == "staffed"
    return _Rule(enter=may.enter is True, leave=may.leave is True or is_silent, is_assumed=is_silent)


def _lets_out(plan: TrafficPlan, barrier: PlannedBarrier, at: datetime) -> bool:
    rule = _rule(plan, barrier, at)
    return rule is None or rule.leave


def leaver_passing(plan: TrafficPlan, barrier: PlannedBarrier, at: datetime | None) -> Passing:
    """What the rules let vehicles do that leave: those of the first class of theirs that any rule names."""
    found = (passing(plan, barrier, who, at) for who in _NAMED)
    return next((one for one in found if one.rules), Passing(enter=None, leave=None, rules=()))


def _changes(plan: TrafficPlan) -> list[datetime]:
    ends = [one for one in (plan.starts, plan.ends) if one is not None]
    return [*moments_of((*plan.barriers, *plan.passages)), *ends]


def _inside(plan: TrafficPlan, gazetteer: Gazetteer, placed: PlacedBarriers) -> tuple[frozenset[int] | None, tuple[str, ...]]:
    """The junctions that the plan's barriers enclose; None where nobody can tell, as without a site."""
    try:
        question = ring_question(plan, gazetteer)
        cuts = [
            GivenBarrier(label=barrier.id, way_indexes=tuple(way for way, _ in own), at_m=tuple(at_m for _, at_m in own))
            for barrier, own in zip(placed.barriers, placed.cuts, strict=True)
            if own
        ]
        if question is None or not cuts:
            return None, ()
        ring = question.model_copy(update={"barriers": tuple(cuts)})
        return frozenset(enclosed_ground(gazetteer.network, ring).junctions.tolist()), ()
    except ClearwayError as error:
        return None, (f"Nobody can say which side of the gates of plan '{plan.plan}' is out: {error}",)


def _outward(
    gazetteer: Gazetteer, cut: tuple[int, float], every: Sequence[tuple[int, float]], inside: frozenset[int] | None
) -> int | None:
    """Which way leads out past a cut: 0 along its way, 1 against it; None: nobody can tell. Between two of a way is inside."""
    if inside is None:
        return None
    way, at_m = cut
    network = gazetteer.network
    ends = int(network.way_tail[way]) in inside, int(network.way_head[way]) in inside
    if ends[0] != ends[1]:
        return 0 if ends[0] else 1
    others = [other for on, other in every if on == way and other != at_m]
    if any(ends) or len(others) != 1:
        return None
    return 0 if at_m > others[0] else 1


def _silent(plan: TrafficPlan, placed: PlacedBarriers, at: datetime | None) -> Iterator[str]:
    """Where rules contradict each other, and swing gates that nobody opens for them."""
    standing = [one for one in placed.barriers if one.is_gate and in_force(one, at)]
    may = {one.id: leaver_passing(plan, one, at) for one in standing}
    if contrary := [name for name, one in may.items() if one.is_contrary]:
        yield f"Rules of plan '{plan.plan}' for those who leave contradict each other at {listed(contrary)}: nobody passes."
    swing = [one.id for one in standing if one.opens == "swing" and may[one.id].leave is None and not may[one.id].is_contrary]
    if swing:
        yield (
            f"No rule of plan '{plan.plan}' lets those who leave out at {listed(swing)}, and nobody stands there: it stays "
            "shut to them. Give the plan a rule for 'leaving'."
        )
