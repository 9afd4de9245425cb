"""Who shuts a hole soonest: the nearest crew, and the minutes until the barrier stands again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.planning.plan.contract import Repair
from clearway.planning.plan.stages.drives import FAR
from clearway.planning.plan.stages.ground import Ground, Site, job_of, sites_of
from clearway.planning.plan.stages.problem import KINDS, TRUCK

if TYPE_CHECKING:
    from clearway.planning.gazetteer import Gazetteer
    from clearway.planning.plan.contract import PlanStatus
    from clearway.planning.plan.stages.means import Means
    from clearway.record.kinds.plans import TrafficPlan


def with_repairs(status: PlanStatus, plan: TrafficPlan, means: Means, gazetteer: Gazetteer) -> PlanStatus:
    """How a plan stands, with who shuts each hole and when.

    Every crew, truck and forklift is taken to wait at its depot. A barrier that stands elsewhere, with the ring closed all the
    same, is no hole.

    Args:
        status: How it stands.
        plan: The plan.
        means: Who there is.
        gazetteer: Finds places on the network.

    Raises:
        BadGeometry, BadInput, Infeasible, UnknownName: as :func:`clearway.planning.plan.stages.planning.plan_stage`.
    """
    holes = {
        one.id
        for one in status.barriers
        if one.stand in {"gone", "disputed"} or (one.stand == "moved" and status.closed is not True)
    }
    if not holes:
        return status
    names = {one.id for one in status.barriers}
    now = plan.model_copy(update={"barriers": tuple(one for one in plan.barriers if one.id in names)})
    sites = tuple(
        Site(site.planned, site.cuts, stands_before=site.planned.id not in holes, stands_after=True)
        for site in sites_of(now, "set_up", gazetteer)
    )
    ground = Ground(now, sites, gazetteer, means.model_copy(update={"pieces": _known(means, names)}))
    found = tuple(_repair(ground, at, means) for at, site in enumerate(sites) if site.does)
    return status.model_copy(update={"repairs": found})


def _known(means: Means, names: set[str]) -> dict[str, int]:
    return {name: pieces for name, pieces in means.pieces.items() if name in names}


def _repair(ground: Ground, barrier: int, means: Means) -> Repair:
    scene, site = ground.scene(means), ground.sites[barrier]
    job = job_of(barrier, site, ground.pieces[barrier], means)
    open_ = scene.all_barriers & ~scene.standing
    arrives: list[tuple[int, int]] = []
    for kind in range(len(KINDS)):
        if not job.needs[kind]:
            continue
        load = scene.load_minutes if kind == TRUCK else 0
        arrives.append(
            min(
                (
                    scene.drives[spec.drives].minutes(open_, scene.gates & scene.standing)[scene.depots[spec.depot]][
                        scene.stands[barrier]
                    ]
                    + load,
                    unit,
                )
                for unit in scene.by_kind[kind]
                for spec in [scene.units[unit]]
            )
        )
    there = max(minutes for minutes, _ in arrives)
    name, units = site.planned.id, list(means.units())
    if there >= FAR:
        says = f"Nobody can come to {name} to shut it: no way leads there."
        return Repair(barrier=name, crew="", depot="", drive=None, minutes=None, says=says)
    crew = units[arrives[0][1]]
    guessed = " (assumed)" if crew.assumed else ""
    return Repair(
        barrier=name,
        crew=crew.id,
        depot=crew.depot,
        drive=there,
        minutes=there + job.minutes,
        says=f"{name}: the nearest crew is {crew.id} from {crew.depot}{guessed}, {arrives[0][0]} min away. Everybody is there "
        f"after {there} min, and the hole is shut after {there + job.minutes} min, with {job.pieces} pieces.",
    )
