"""Who shuts a hole soonest: the nearest crew, and the minutes until the barrier stands again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.planning.plan.contract import Repair
from clearway.planning.plan.stages.drives import FAR
from clearway.planning.plan.stages.ground import Ground, Site, job_of, sites_of
from clearway.planning.plan.stages.means import Depot
from clearway.planning.plan.stages.problem import KINDS, TRUCK
from clearway.record.kinds.services import Deployment
from clearway.record.place_words import words_of_place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from clearway.planning.gazetteer import Gazetteer
    from clearway.planning.plan.contract import PlanStatus
    from clearway.planning.plan.stages.means import Means
    from clearway.record.entry import Entry
    from clearway.record.kinds.plans import TrafficPlan
    from clearway.record.place import Place


def with_repairs(
    status: PlanStatus, plan: TrafficPlan, means: Means, gazetteer: Gazetteer, reports: Iterable[Entry] = ()
) -> PlanStatus:
    """How a plan stands, with who shuts each hole and when.

    A unit comes from where it works: where the record deploys the organisation or task that bears its id, else from the post of
    the plan whose task does; else it is taken to wait at its depot. A truck drives by way of its depot, to load. A barrier
    that stands elsewhere, with the ring closed all the same, is no hole.

    Args:
        status: How it stands.
        plan: The plan.
        means: Who there is.
        gazetteer: Finds places on the network.
        reports: The entries in force at the moment.

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
    places = _places(plan, means, gazetteer, reports, status.at)
    extra = tuple(Depot(id=f"where {name} works", place=spot) for name, (spot, _) in places.items())
    more = means.model_copy(update={"pieces": _known(means, names), "depots": (*means.depots, *extra)})
    ground = Ground(now, sites, gazetteer, more, may_be_inside=[one.id for one in extra])
    found = tuple(_repair(ground, at, more, {name: words for name, (_, words) in places.items()})
                  for at, site in enumerate(sites) if site.does)  # fmt: skip
    return status.model_copy(update={"repairs": found})


def _known(means: Means, names: set[str]) -> dict[str, int]:
    return {name: pieces for name, pieces in means.pieces.items() if name in names}


def _places(
    plan: TrafficPlan, means: Means, gazetteer: Gazetteer, reports: Iterable[Entry], at: datetime
) -> dict[str, tuple[tuple[float, float], str]]:
    """Where units work that the record or the plan names, by id: longitude and latitude, and the place in words."""
    said: dict[str, Place] = {}
    for post in plan.posts:
        if post.task and (post.starts is None or post.starts <= at) and (post.ends is None or at < post.ends):
            said[post.task.casefold()] = post.place
    for entry in sorted(reports, key=lambda one: (one.draft.happened.end, one.seq)):
        body = entry.draft.body
        if not isinstance(body, Deployment) or (body.ends is not None and body.ends <= at):
            continue
        for name in (body.organisation, body.task):
            if entry.draft.places:
                said[name.casefold()] = entry.draft.places[0]
    found: dict[str, tuple[tuple[float, float], str]] = {}
    for unit in means.units():
        place = said.get(unit.id.casefold())
        spot = gazetteer.of(place).spot if place is not None else None
        if place is not None and spot is not None:
            found[unit.id] = spot, words_of_place(place)
    return found


def _repair(ground: Ground, barrier: int, means: Means, places: Mapping[str, str]) -> Repair:
    scene, site = ground.scene(means), ground.sites[barrier]
    job = job_of(barrier, site, ground.pieces[barrier], means)
    open_ = scene.all_barriers & ~scene.standing
    units, depots = list(means.units()), [one.id for one in means.depots]

    def drive(unit: int, kind: int) -> int:
        """Minutes until a unit is there."""
        spec, stand = scene.units[unit], scene.stands[barrier]
        table = scene.drives[spec.drives].minutes(open_, scene.gates & scene.standing)
        home = scene.depots[spec.depot]
        works = units[unit].id in places
        start = scene.depots[depots.index(f"where {units[unit].id} works")] if works else home
        if kind == TRUCK:
            return min(table[start][home] + scene.load_minutes + table[home][stand], FAR)
        return table[start][stand]

    arrives = [min((drive(unit, kind), unit) for unit in scene.by_kind[kind]) for kind in range(len(KINDS)) if job.needs[kind]]
    there = max(minutes for minutes, _ in arrives)
    name = site.planned.id
    if there >= FAR:
        says = f"Nobody can come to {name} to shut it: no way leads there."
        return Repair(barrier=name, crew="", depot="", drive=None, minutes=None, says=says)
    crew = units[arrives[0][1]]
    comes_from = places.get(crew.id, crew.depot)
    guessed = " (assumed)" if crew.assumed and crew.id not in places else ""
    return Repair(
        barrier=name,
        crew=crew.id,
        depot=comes_from,
        drive=there,
        minutes=there + job.minutes,
        says=f"{name}: the nearest crew is {crew.id} from {comes_from}{guessed}, {arrives[0][0]} min away. Everybody is there "
        f"after {there} min, and the hole is shut after {there + job.minutes} min, with {job.pieces} pieces.",
    )
