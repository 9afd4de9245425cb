"""Which input decides the time: each made better by one unit, and the stage planned again."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from clearway.planning.cordon.planner.steps import Steps
from clearway.planning.plan.stages.contract import Change
from clearway.planning.plan.stages.drives import FAR
from clearway.planning.plan.stages.means import CARRIES, LOAD_MINUTES, MOST_UNITS, PLACE_MINUTES, Rate, pace_of
from clearway.planning.plan.stages.search import soonest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clearway.planning.plan.stages.ground import Ground
    from clearway.planning.plan.stages.means import Means, Truck, Unit
    from clearway.planning.plan.stages.search import Found

_LEAST_S = 0.5
"""Seconds for each change where the time is nearly over: enough for the tours of the bound."""
_SHARE = 0.8
"""Of the time that is left, for all changes together; the rest is for the checker."""


class _Varied(NamedTuple):
    name: str
    change: str
    means: Means


def what_decides(ground: Ground, means: Means, found: Found, steps: Steps, share: float) -> tuple[Change, ...]:
    """What one unit more, or less, of each input would change, the largest saving first."""
    varied = list(_varied(ground, means))
    each_s = max(steps.left_s * _SHARE / max(len(varied), 1), _LEAST_S)
    changes: list[Change] = []
    for at, one in enumerate(varied):
        steps.at(f"What would help: {one.change}", share + (0.95 - share) * at / len(varied))
        other = soonest(ground.scene(one.means), Steps(lambda *_: steps.check(), each_s))
        if other.minutes < FAR:
            minutes = min(other.minutes, found.minutes)  # what was planned without it can be done with it as well
            proven = found.minutes == found.bound and minutes == other.bound
            saves = found.minutes - minutes
            changes.append(Change(input=one.name, change=one.change, minutes=minutes, saves=saves, proven=proven))
    return tuple(sorted(changes, key=lambda one: -one.saves))


def _varied(ground: Ground, means: Means) -> Iterator[_Varied]:
    """Every input made better by one unit, where that means anything."""
    scene = ground.scene(means)
    needs = [any(job.needs[kind] for job in scene.jobs) for kind in range(3)]
    for name, needed in zip(("crew", "truck", "forklift"), needs, strict=True):
        units: tuple[Unit, ...] = getattr(means, f"{name}s")
        if needed and len(units) < MOST_UNITS:
            more = units[0].model_copy(update={"id": f"{name} more"})
            yield _Varied(f"{name}s", f"one {name} more", means.model_copy(update={f"{name}s": (*units, more)}))
    for structure in scene.structures:
        if not any(job.structure == structure and job.pieces for job in scene.jobs):
            continue
        pace, _, _ = pace_of(means, structure)
        if pace.minutes_each > 1:
            told = next((one for one in means.rates if one.structure == structure), Rate(structure=structure))
            quicker = told.model_copy(update={"minutes_each": pace.minutes_each - 1})
            rates = (*(one for one in means.rates if one.structure != structure), quicker)
            called = structure.replace("_", " ")
            yield _Varied(
                f"minutes for a piece of {called}",
                f"one minute less for each piece of {called}",
                means.model_copy(update={"rates": rates}),
            )
    place = PLACE_MINUTES if means.place_minutes is None else means.place_minutes
    if place >= 1:
        yield _Varied(
            "minutes at a place", "one minute less at each place", means.model_copy(update={"place_minutes": place - 1})
        )
    if needs[1]:
        load = LOAD_MINUTES if means.load_minutes is None else means.load_minutes
        if load >= 1:
            yield _Varied(
                "minutes to load a truck",
                "one minute less to load a truck",
                means.model_copy(update={"load_minutes": load - 1}),
            )
        trucks: tuple[Truck, ...] = tuple(
            one.model_copy(update={"carries": (one.carries or CARRIES) + 1}) for one in means.trucks
        )
        yield _Varied("what a truck carries", "one piece more on each truck", means.model_copy(update={"trucks": trucks}))
