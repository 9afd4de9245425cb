"""Make a schedule of tow trucks, have it checked, and say what is weak about it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from clearway.errors import Infeasible
from clearway.network.store import network_digest
from clearway.planning.vehicles.contract import ShutClaim
from clearway.planning.vehicles.towing.check import check_towed
from clearway.planning.vehicles.towing.contract import Tow, TowApproach, Towed, TowPrice, TowStep, TowStretch
from clearway.planning.vehicles.towing.ground import ground_of
from clearway.planning.vehicles.towing.reasons import not_towed
from clearway.planning.vehicles.towing.schedule import LIMIT_S, counted_clock, scheduled
from clearway.planning.vehicles.towing.streets import VEHICLE_CLASS
from clearway.planning.vehicles.towing.words import assumed_of, lacking_of, notes_of, summary_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.closures import Closure
    from clearway.network.model import Network
    from clearway.planning.vehicles.towing.contract import TruckKind
    from clearway.planning.vehicles.towing.ground import Ground, TowQuestion
    from clearway.planning.vehicles.towing.jobs import Wanted
    from clearway.planning.vehicles.towing.problem import Schedule


_NO_LIMITS = "Whether trucks fit along their ways is not known: the network records no limit of size."


def towed(network: Network, question: TowQuestion, *, limit_s: float = LIMIT_S, is_same: bool = False) -> Towed:
    """A schedule of tow trucks, checked by code that shares nothing with what made it.

    Args:
        network: The streets.
        question: What is to be towed.
        limit_s: Seconds of looking for a better schedule.
        is_same: Whether the same question has the same schedule wherever it is asked: the time is then counted, not measured.

    Raises:
        BadInput: there is no storage place or no truck, or hours are given and no start.
        Infeasible: the schedule did not pass the check; it is not handed out.
    """
    ground = ground_of(network, question)
    clock = counted_clock(ground.problem) if is_same else time.monotonic
    answer = told(ground, scheduled(ground.problem, limit_s=limit_s, clock=clock))
    return verified(network, answer)


def verified(network: Network, answer: Towed) -> Towed:
    """An answer that passed the check.

    Raises:
        Infeasible: it did not.
    """
    _, fails = check_towed(network, answer.as_json())
    if fails:
        raise Infeasible(f"The schedule did not pass its check and is not handed out: {fails[0]} Report this.")
    return answer


def told(ground: Ground, schedule: Schedule) -> Towed:
    """A schedule in the words of its question, not yet checked."""
    problem, wanted, means = ground.problem, ground.wanted, ground.question.means
    trips = sorted(schedule.trips, key=lambda one: (one.start_s, one.truck))
    tows = tuple(
        Tow(
            id=f"T{number:03d}",
            stretch=problem.jobs[one.job].stretch,
            vehicle=problem.jobs[one.job].vehicle,
            kind=_kind(heavy=problem.jobs[one.job].heavy),
            step=problem.jobs[one.job].step,
            truck=ground.trucks[one.truck].id,
            from_storage=ground.storage[one.storage_from].id,
            to_storage=ground.storage[one.storage_to].id,
            start_s=one.start_s, arrive_s=one.arrive_s, hooked_s=one.hooked_s, at_yard_s=one.at_yard_s, done_s=one.done_s,
            escort=one.escort,
        )
        for number, one in enumerate(trips, start=1)
    )  # fmt: skip
    steps = tuple(step_of(ground, schedule, place) for place in range(len(wanted.steps)))
    left = tuple(not_towed(ground, schedule))
    kinds = sorted({one.vehicle for one in problem.jobs})
    answer = Towed(
        network=network_digest(ground.network),
        starts=ground.question.starts,
        sizes=tuple(None if one is None else tuple(figure or None for figure in one) for one in ground.sizes),
        shut=tuple(_shut(ground.closures, wanted)),
        escorts=means.escorts,
        escort_move_s=problem.escort_move_s,
        hook_s={kind: means.hook_s(kind) for kind in kinds},
        yard_s={kind: means.yard_s(kind) for kind in kinds},
        operators=tuple(one.id for one in means.operators),
        storage=ground.storage,
        trucks=ground.trucks,
        stretches=tuple(
            TowStretch(
                name=one.name,
                ways=one.ways,
                lane_moves=one.lane_moves,
                vehicles=sum(job.stretch == place for job in problem.jobs),
                assumed=one.is_assumed,
            )
            for place, one in enumerate(wanted.stretches)
        ),
        approaches=tuple(
            TowApproach(
                stretch=place, size=size, way=one.way, at_m=one.at_m, after=one.after,
                in_s=one.in_s, out_s=one.out_s, least_s=one.least_s,
            )
            for (size, place), one in sorted(ground.reached.items())
        ),
        tows=tows,
        not_towed=left,
        steps=steps,
        what_if=(),
        order=ground.question.order,
        lacking=(), assumed=(), notes=(), summary=(),
    )  # fmt: skip
    return answer.model_copy(
        update={
            "lacking": tuple(lacking_of(answer, means)),
            "assumed": tuple(assumed_of(answer, means, wanted.assumed)),
            "notes": (
                *(one for place in answer.storage for one in place.over_cap),
                *notes_of(answer, means, wanted.notes),
                *(() if len(ground.network.limit_size) else (_NO_LIMITS,)),
            ),
            "summary": tuple(summary_of(answer)),
        }
    )


def step_of(ground: Ground, schedule: Schedule, step: int) -> TowStep:
    """When a step is done, and how soon it could be."""
    jobs = ground.problem.jobs
    done = [jobs[one.job] for one in schedule.trips if jobs[one.job].step <= step]
    # a last step that nothing is towed for is done with the one before it
    end_s, (least_s, prices) = schedule.end_s(jobs, step), schedule.bounds[min(step, len(schedule.bounds) - 1)]
    return TowStep(
        wish=ground.wanted.steps[step],
        vehicles=sum(one.step == step for one in done),
        left=sum(jobs[one].step == step for one in schedule.left),
        done_s=end_s if done else None,
        at_least_s=least_s,
        prices=tuple(TowPrice(**one._asdict()) for one in prices),
        proven=end_s == least_s,
        gap=end_s / least_s - 1 if least_s else 0.0,
    )


def _kind(*, heavy: bool) -> TruckKind:
    return "heavy" if heavy else "light"


def _shut(closures: Sequence[Closure], wanted: Wanted) -> list[ShutClaim]:
    """What shuts trucks out or holds them up, the vehicles on the stretches aside."""
    own = {way for one in wanted.stretches for way in one.ways}
    kept = [one for one in closures if one.at_m is not None or one.way not in own]
    return [
        ShutClaim(way=one.way, at_m=one.at_m, along=one.along, against=one.against, ms=None if held else one.delay_ms)
        for one in kept
        for held in (one.holds(VEHICLE_CLASS),)
        if held or one.delays(VEHICLE_CLASS)
    ]
