"""A plan's barriers as closures for the engines that drive: who passes each, and how long that takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from clearway.errors import ClearwayError
from clearway.network.classes import MOTOR_CLASSES, class_mask
from clearway.network.closures import Closure
from clearway.planning.cordon.planner.question import CordonQuestion
from clearway.planning.cordon.seal.contract import GivenBarrier
from clearway.planning.cordon.seal.placing import Placer
from clearway.planning.cordon.seal.understood import placed_barrier
from clearway.planning.plan.passages import in_force, passing
from clearway.planning.plan.ring import given_barriers, ring_question

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from clearway.network.classes import VehicleClassName
    from clearway.planning.gazetteer import Gazetteer
    from clearway.record.kinds.plans import PlannedBarrier, TrafficPlan

WHO_DRIVES: Mapping[VehicleClassName, str] = {
    "emergency": "emergency services",
    "resident": "residents",
    "service": "service vehicles",
    "bus": "buses",
    "general": "everybody",
}
"""The people whose rules decide whether a vehicle class passes a gate."""


class PlacedBarriers(NamedTuple):
    """Where the barriers of a plan stand that are in force at a moment.

    Attributes:
        barriers: Those that stand on the network, in the order of the plan.
        cuts: Where each stands: ways, and metres from their tails.
        unplaced: Why a barrier stands nowhere on the network, by its id.
    """

    barriers: tuple[PlannedBarrier, ...]
    cuts: tuple[tuple[tuple[int, float], ...], ...]
    unplaced: Mapping[str, str]


class PlanClosures(NamedTuple):
    """The closures of a plan at a moment.

    Attributes:
        closures: Each labelled with its barrier's id.
        unplaced: Why a barrier stands nowhere on the network, by its id.
    """

    closures: tuple[Closure, ...]
    unplaced: Mapping[str, str]

    def unplaced_sentences(self) -> tuple[str, ...]:
        """That barriers stand nowhere on the network, a sentence each."""
        return tuple(f"Barrier {barrier} of the plan stands nowhere here: {why}" for barrier, why in self.unplaced.items())


def plan_closures(plan: TrafficPlan, gazetteer: Gazetteer, at: datetime | None) -> PlanClosures:
    """What a plan shuts at a moment.

    A barrier that only a machine moves shuts out every vehicle; help too, unless the plan says how long it takes to open. A
    gate lets through those whom a rule in force lets in, after its opening seconds. Nobody passes where rules contradict each
    other.

    Args:
        plan: The plan.
        gazetteer: Finds places on the network.
        at: When; None counts every barrier and every rule.
    """
    placed = barriers_placed(plan, gazetteer, at)
    closures: list[Closure] = []
    for barrier, cuts in zip(placed.barriers, placed.cuts, strict=True):
        shuts = class_mask(name for name in MOTOR_CLASSES if not _passes(plan, barrier, name, at))
        closures += [
            Closure(way=way, shuts=shuts, at_m=at_m, label=barrier.id, delay_s=barrier.opening_seconds or 0.0)
            for way, at_m in cuts
        ]
    return PlanClosures(tuple(closures), placed.unplaced)


def barriers_placed(plan: TrafficPlan, gazetteer: Gazetteer, at: datetime | None) -> PlacedBarriers:
    """Where the barriers of a plan stand that are in force at a moment; None: all of them."""
    question = ring_question(plan, gazetteer)
    placer = Placer(gazetteer.network, question.cordon() if question else CordonQuestion())
    standing = [one for one in plan.barriers if in_force(one, at)]
    given = given_barriers(((one.id, one.place) for one in standing), gazetteer, has_site=question is not None)
    placed: list[tuple[PlannedBarrier, tuple[tuple[int, float], ...]]] = []
    unplaced: dict[str, str] = {}
    for barrier in standing:
        one = given[barrier.id]
        if not isinstance(one, GivenBarrier):
            unplaced[barrier.id] = one
            continue
        try:
            placed.append((barrier, placed_barrier(placer, one).cuts))
        except ClearwayError as error:
            unplaced[barrier.id] = str(error)
    return PlacedBarriers(tuple(one for one, _ in placed), tuple(cuts for _, cuts in placed), unplaced)


def _passes(plan: TrafficPlan, barrier: PlannedBarrier, name: VehicleClassName, at: datetime | None) -> bool:
    if not barrier.is_gate:
        return name == "emergency" and barrier.opening_seconds is not None
    return passing(plan, barrier, WHO_DRIVES[name], at).enter is True
