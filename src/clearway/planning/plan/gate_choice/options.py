"""What each barrier of a plan may be: shut, a swing gate or a staffed gate; and how long each takes whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from clearway.errors import BadInput
from clearway.planning.plan.passages import passing
from clearway.record.classes import HELP
from clearway.words import listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from clearway.planning.plan.gate_choice.contract import GateWishes
    from clearway.record.kinds.plans import Opening, PlannedBarrier, TrafficPlan

Assignment = tuple[int, ...]
"""For each barrier the index of one of its options."""


class Option(NamedTuple):
    """One way of opening a barrier.

    Attributes:
        barrier: As the plan has it if this is chosen.
        staff: How many people that takes.
    """

    barrier: PlannedBarrier
    staff: int

    @property
    def opens(self) -> Opening:
        """Who opens it."""
        return self.barrier.opens


def options_of(
    plan: TrafficPlan, barriers: Sequence[PlannedBarrier], wishes: GateWishes, bus_streets: Sequence[bool], at: datetime | None
) -> tuple[tuple[Option, ...], ...]:
    """The options of each barrier, the one that opens for most people first.

    A barrier that a rule names must be a gate, and so must one that shuts a street of buses which a rule lets in.

    Args:
        plan: The plan.
        barriers: Those of its barriers that stand.
        wishes: What the user asks for.
        bus_streets: Whether buses drive where a barrier stands.
        at: When; None counts every rule.

    Raises:
        BadInput: a wish names no barrier of the plan, or wishes or rules contradict each other.
    """
    ids = {one.id for one in barriers}
    if unknown := [name for name in (*wishes.keep, *wishes.never) if name not in ids]:
        raise BadInput(f"The plan has no barrier {listed(unknown)} at that time. It has {listed(sorted(ids))}.")
    if both := [name for name in wishes.keep if name in wishes.never]:
        raise BadInput(f"{listed(both)} cannot be a gate and stay shut. Name it once.")
    named = {name for rule in plan.passages for name in rule.gates}
    if ruled := [name for name in wishes.never if name in named]:
        raise BadInput(f"A rule names {listed(ruled)} as a gate, so it cannot stay shut. Change the rule first.")
    found = []
    for barrier, buses in zip(barriers, bus_streets, strict=True):
        options = list(_options(barrier, wishes))
        must = barrier.id in named or barrier.id in wishes.keep
        if buses and any(enters(plan, one.barrier, "buses", at) for one in options) and barrier.id not in wishes.never:
            options = [one for one in options if enters(plan, one.barrier, "buses", at)]
        elif must:
            options = [one for one in options if one.barrier.is_gate]
        found.append(tuple(options))
    return tuple(found)


def enters(plan: TrafficPlan, barrier: PlannedBarrier, who: str, at: datetime | None) -> bool:
    """Whether somebody is let in at a barrier."""
    return passing(plan, barrier, who, at).enter is True


def delay_s(plan: TrafficPlan, option: Option, who: str, at: datetime | None) -> float | None:
    """Seconds until somebody is through a barrier; None: never.

    Help passes what a machine moves where the plan says how soon.
    """
    if option.barrier.is_gate:
        return option.barrier.opening_seconds if enters(plan, option.barrier, who, at) else None
    return option.barrier.opening_seconds if who == HELP else None


def _options(barrier: PlannedBarrier, wishes: GateWishes) -> Iterator[Option]:
    known = barrier.opening_seconds
    if barrier.id not in wishes.never:
        seconds = known if barrier.opens == "staffed" and known is not None else wishes.staffed_seconds
        yield Option(barrier.model_copy(update={"opens": "staffed", "opening_seconds": seconds}), wishes.staff)
        swing = known if barrier.opens == "swing" and known is not None else wishes.swing_seconds
        if swing is None and barrier.opens == "swing":
            swing = wishes.staffed_seconds
        if swing is not None:
            yield Option(barrier.model_copy(update={"opens": "swing", "opening_seconds": swing}), 0)
    forklift = None if barrier.is_gate else known
    yield Option(barrier.model_copy(update={"opens": "machine", "opening_seconds": forklift}), 0)
