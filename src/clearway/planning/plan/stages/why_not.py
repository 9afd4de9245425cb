"""Why no order does a stage, as exactly as can be said, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.planning.plan.stages.drives import FAR
from clearway.planning.plan.stages.problem import KINDS, TRUCK
from clearway.words import counted, listed

if TYPE_CHECKING:
    from clearway.planning.plan.stages.ground import Ground
    from clearway.planning.plan.stages.problem import Scene


def why_not(ground: Ground, scene: Scene, *, late: bool) -> str:
    """Why there is no schedule, in a sentence, and what to do next.

    Args:
        ground: The stage on its streets.
        scene: The stage in numbers.
        late: Whether the time was over before all orders were tried.
    """
    if late:
        return "No order was found in the time. Give it longer, or set up fewer places in one stage."
    reason = _shut_in(ground) or _not_reached(ground, scene) or _no_pieces(scene)
    return f"No order does it: {reason or _UNKNOWN + _map_ends(ground)}"


_UNKNOWN = (
    "whichever is begun first, the others are not all reached any more, somebody would be shut in, or vehicles that come in "
    "could not drive out again. Do it in two stages, or begin from another depot."
)


def _shut_in(ground: Ground) -> str:
    every = (1 << len(ground.sites)) - 1
    shut_in = [
        site.planned.id
        for at, site in enumerate(ground.sites)
        if site.does == "set" and not ground.crews.gets_out(ground.stands[at], every & ~ground.final)
    ]
    if not shut_in:
        return ""
    return (
        f"whoever sets up {listed(shut_in)} is shut in once the others stand, or the way there is shut before. Move that "
        "barrier, or set it up in a stage of its own before the others."
    )


def _not_reached(ground: Ground, scene: Scene) -> str:
    """Places to which nobody of a kind drives from a depot, though all streets of the stage are open."""
    for kind, name in enumerate(KINDS):
        tables = {
            unit.depot: scene.drives[unit.drives].minutes(scene.all_barriers)[scene.depots[unit.depot]]
            for unit in scene.units
            if unit.kind == kind
        }
        missed = [
            ground.sites[job.barrier].planned.id
            for job in scene.jobs
            if job.needs[kind] and all(table[scene.stands[job.barrier]] >= FAR for table in tables.values())
        ]
        if missed:
            depots = listed([ground.depot_ids[depot] for depot in sorted(tables)])
            return (
                f"by the signs no {name} drives from {depots} to {listed(missed)}, even while all is open. Move the depot to a "
                f"street from which one drives there, or move the barrier.{_map_ends(ground)}"
            )
    return ""


def _no_pieces(scene: Scene) -> str:
    """A structure of which depots with a truck have too little."""
    with_truck = {unit.depot for unit in scene.units if unit.kind == TRUCK}
    rows = range(len(scene.structures))
    for row, structure in zip(rows, scene.structures, strict=True):
        needed = sum(job.pieces for job in scene.jobs if job.structure == structure and job.needs[TRUCK] and not job.removes)
        there = sum(scene.stock[depot * len(scene.structures) + row] for depot in with_truck)
        if needed > there:
            lack = f"{counted(needed, 'piece')} of {structure} are needed, and {there} lie at a depot that has a truck"
            return f"{lack}. Move kit to where a truck is, or a truck to the kit."
    return ""


def _map_ends(ground: Ground) -> str:
    ends_m = ground.map_ends_m()
    if ends_m is None:
        return ""
    return f" The data end {ends_m:.0f} m from a barrier, and crews drive within them: import more of the city."
