"""What the checker is given: a stage read from plan and means in plain numbers, and the answer word for word.

Nothing here is taken from what planned the stage: pieces and minutes are worked out again.
"""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

from clearway.planning.plan.closures import barriers_placed
from clearway.planning.plan.stages.check import check_claim
from clearway.planning.plan.stages.check.claim import Asked, Claim, Leg, Place, Row, Task, Unit
from clearway.planning.plan.stages.means import CARRIES, LOAD_MINUTES, PLACE_MINUTES, Truck, pace_of
from clearway.record.place_text import place_of_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clearway.planning.gazetteer import Gazetteer
    from clearway.planning.plan.stages.check import Verdict
    from clearway.planning.plan.stages.contract import StagePlan
    from clearway.planning.plan.stages.question import StageQuestion
    from clearway.record.kinds.plans import PlannedBarrier, TrafficPlan

_STREET_M = 7.0
"""Metres between kerbs where the map has none, as the format says."""
_NEAR_M = 5.0
"""Metres on one way within which two barriers are at one place, as the format says."""
_NOWHERE = (0.0, 0.0)
"""Where a depot without a place is taken to be: no drive from there is as quick as any that is claimed."""


def check_stage(answer: StagePlan, question: StageQuestion, gazetteer: Gazetteer) -> Verdict:
    """Follow a schedule minute by minute.

    Args:
        answer: What is claimed.
        question: What was asked.
        gazetteer: Finds places on the network.
    """
    return check_claim(_claim(answer), _asked(question, gazetteer), gazetteer.network)


def _claim(answer: StagePlan) -> Claim:
    def fields(shape: type, one: object) -> list[object]:
        return [getattr(one, name) for name in shape._fields]  # type: ignore[attr-defined]

    return Claim(
        possible=answer.possible,
        minutes=answer.minutes,
        bound=answer.bound,
        proven=answer.proven,
        bound_by=answer.bound_by,
        begins=answer.begins,
        done=answer.done,
        tasks=tuple(Task._make(fields(Task, one)) for one in answer.tasks),
        legs=tuple(Leg._make(fields(Leg, one)) for one in answer.legs),
        open=tuple(Row._make(fields(Row, one)) for one in answer.open),
        needs={one.structure: (one.needed, one.there, one.missing) for one in answer.needs},
    )


def _asked(question: StageQuestion, gazetteer: Gazetteer) -> Asked:
    means = question.means
    kit: dict[tuple[str, str], int] = defaultdict(int)
    depots: dict[str, tuple[float, float]] = {}
    for depot in means.depots:
        spot = gazetteer.of(place_of_text(depot.place)).spot if isinstance(depot.place, str) else depot.place
        depots[depot.id] = spot or _NOWHERE
        for row in depot.kit:
            kit[depot.id, row.structure] += row.number if row.owner != "missing" else 0
    return Asked(
        stage=question.stage,
        places=tuple(_places(question, gazetteer)),
        units=tuple(
            Unit(
                one.id,
                kind,
                one.depot,
                one.vehicle_class,
                one.speed_kmh,
                (one.carries or CARRIES) if isinstance(one, Truck) else 0,
            )
            for kind, some in (("crew", means.crews), ("truck", means.trucks), ("forklift", means.forklifts))
            for one in some
        ),
        depots=depots,
        kit=kit,
        load_minutes=math.ceil(LOAD_MINUTES if means.load_minutes is None else means.load_minutes),
        kept_out=tuple(question.plan.keep_out),
    )


def _places(question: StageQuestion, gazetteer: Gazetteer) -> Iterator[Place]:
    old = list(_cuts(question.plan, gazetteer))
    new = list(_cuts(question.to, gazetteer)) if question.to is not None else []
    kept = {one.id for one, cuts in old for _, others in new if _at_one_place(cuts, others)}
    for barrier, cuts in old:
        before = question.stage != "set_up" or barrier.id in question.standing
        yield _place(question, gazetteer, barrier, cuts, (before, question.stage == "set_up" or barrier.id in kept))
    for barrier, cuts in new:
        if not any(_at_one_place(cuts, others) for _, others in old):
            named = any(barrier.id == other.id for other, _ in old)
            called = barrier.model_copy(update={"id": f"{barrier.id} (new)"}) if named else barrier
            yield _place(question, gazetteer, called, cuts, (False, True))


def _place(
    question: StageQuestion,
    gazetteer: Gazetteer,
    barrier: PlannedBarrier,
    cuts: tuple[tuple[int, float], ...],
    stands: tuple[bool, bool],
) -> Place:
    means, (pace, _, _) = question.means, pace_of(question.means, barrier.structure)
    widths = (float(gazetteer.network.way_width_m[way]) for way, _ in cuts)
    by_width = sum(math.ceil((_STREET_M if math.isnan(width) else width) / pace.metres_each) for width in widths)
    pieces = means.pieces.get(barrier.id, by_width)
    fixed = PLACE_MINUTES if means.place_minutes is None else means.place_minutes
    return Place(
        id=barrier.id,
        cuts=cuts,
        before=stands[0],
        after=stands[1],
        is_gate=barrier.is_gate,
        opening_seconds=barrier.opening_seconds or 0.0,
        structure=barrier.structure,
        pieces=pieces,
        minutes=math.ceil(fixed + pieces * pace.minutes_each - 1e-9),
        needs={"crew": True, "truck": pace.brought and pieces > 0, "forklift": pace.lifted and pieces > 0},
    )


def _cuts(plan: TrafficPlan, gazetteer: Gazetteer) -> Iterator[tuple[PlannedBarrier, tuple[tuple[int, float], ...]]]:
    placed = barriers_placed(plan, gazetteer, None)
    yield from zip(placed.barriers, placed.cuts, strict=True)


def _at_one_place(one: Sequence[tuple[int, float]], other: Sequence[tuple[int, float]]) -> bool:
    return any(way == there and abs(at_m - metres) <= _NEAR_M for way, at_m in one for there, metres in other)
