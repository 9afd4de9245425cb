"""A plan with the handover points that were chosen for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.record.kinds.plans import HandoverPlace
from clearway.record.place import Point

if TYPE_CHECKING:
    from clearway.planning.plan.handover.contract import HandoverAnswer
    from clearway.record.kinds.plans import TrafficPlan


def with_handover(plan: TrafficPlan, answer: HandoverAnswer) -> TrafficPlan:
    """The plan with the points of an answer in place of its own."""
    points = tuple(
        HandoverPlace(
            id=one.id,
            place=Point(at=(one.lon, one.lat), label=one.where),
            note=(
                f"{one.patients} places inside come here, the farthest in {one.farthest_seconds:.0f} s on foot. Ambulance "
                f"{one.ambulance_seconds / 60:.1f} min, hospital {one.hospital_seconds / 60:.1f} min, on empty streets."
            ),
        )
        for one in answer.points
    )
    return plan.model_copy(update={"handover": points})
