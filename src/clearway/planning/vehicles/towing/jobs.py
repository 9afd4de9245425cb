"""Which vehicles are to be towed, for which wish: of a tally, of a staircase, or of a number on some streets."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from clearway.errors import BadInput
from clearway.planning.street_names import StreetNames
from clearway.planning.vehicles.tally import LENGTH_M, MOST_ABREAST, Stretch
from clearway.planning.vehicles.towing.means import HEAVY
from clearway.planning.vehicles.towing.problem import Job
from clearway.words import counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clearway.network.model import Network
    from clearway.planning.vehicles.contract import Cleared, Step
    from clearway.planning.vehicles.towing.means import TowMeans
    from clearway.planning.vehicles.towing.problem import Leg

MOST_JOBS = 2000
"""Two thousand tows are weeks of work: no schedule of them is kept."""
REST = "the other vehicles in the carriageway"


@dataclass(frozen=True)
class Wanted:
    """Vehicles to be towed.

    Attributes:
        stretches: Where they stand.
        steps: The wishes in their order.
        jobs: A job for each vehicle.
        assumed: What nobody said, in sentences.
        notes: What else there is to say of it.
    """

    stretches: tuple[Stretch, ...]
    steps: tuple[str, ...]
    jobs: tuple[Job, ...]
    assumed: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def wanted_of(stretches: Sequence[Stretch], means: TowMeans, staircase: Cleared | None = None) -> Wanted:
    """A job for each vehicle in the carriageway, those of a staircase step by step, the others last.

    Where only some of a stretch's vehicles stand in the carriageway, those are taken to be the ones that take longest.

    Args:
        stretches: The tally.
        means: Say how long each takes.
        staircase: What moving wins, and in which order; None: one step, all of them.

    Raises:
        BadInput: the staircase is of another tally, nothing stands in the carriageway, or there are too many.
    """
    if not any(one.across for one in stretches):
        raise BadInput("No vehicle of the tally stands in the carriageway. There is nothing to tow.")
    if (count := sum(one.across for one in stretches)) > MOST_JOBS:
        raise BadInput(f"{count:,} vehicles are too many for one schedule. Give {MOST_JOBS:,} at most.")
    left = [_in_carriageway(one, means) for one in stretches]
    steps, jobs = list[str](), list[Job]()
    for step in staircase.steps if staircase else ():
        taken = _moves(step, stretches)
        if any(count > len(left[place]) for place, count in taken.items()):
            raise BadInput("The staircase moves more vehicles than the tally has. Give the tally that it was made of.")
        jobs += [_job(place, left[place].pop(0), len(steps), means) for place, count in taken.items() for _ in range(count)]
        steps.append(_called(step))
    if any(left):
        jobs += [_job(place, kind, len(steps), means) for place, kinds in enumerate(left) for kind in kinds]
        steps.append(REST if steps else "every vehicle in the carriageway is away")
    partly = [one.name for one in stretches if 0 < one.across < one.total]
    assumed = [sentence for one in stretches for sentence in one.assumed]
    if staircase:
        assumed.append("Which vehicles of a stretch must go first nobody said: those that take longest are assumed to.")
    if partly:
        many = counted(len(partly), "stretch", "stretches")
        assumed.append(f"Of {many} only some vehicles stand in the carriageway: those that take longest are assumed to.")
    return Wanted(tuple(stretches), tuple(steps), tuple(jobs), tuple(assumed))


def spread(network: Network, ways: Sequence[int], vehicles: int) -> list[Stretch]:
    """A number of cars spread over streets by their length, all of them in the carriageway.

    Raises:
        BadInput: there are none, or more than fit.
    """
    by_street: dict[str, list[int]] = {}
    names = StreetNames(network)
    for way in sorted(set(ways)):
        by_street.setdefault(network.street(way) or names.between(way), []).append(way)
    length = np.array([float(network.way_length_m[own].sum()) for own in by_street.values()])
    if vehicles < 1:
        raise BadInput("There is nothing to tow. Give 1 vehicle or more.")
    if vehicles * LENGTH_M["car"] > length.sum() * MOST_ABREAST:
        raise BadInput(
            f"{vehicles:,} cars do not fit on the occupied streets, which are {length.sum():.0f} m long. Count again."
        )
    share = vehicles * length / length.sum()
    count = np.floor(share).astype(int)
    count[np.argsort(count - share, kind="stable")[: vehicles - int(count.sum())]] += 1
    said = (
        f"{counted(vehicles, 'car')} are spread over the occupied streets of the cordon by their length, all of them in the "
        "carriageway; no lane is left, and half of them must go for one."
    )
    return [
        Stretch(name, tuple(own), {"car": number}, number, 0, -(-number // 2), (said,) if not place else (), is_assumed=True)
        for place, ((name, own), number) in enumerate(zip(by_street.items(), count.tolist(), strict=True))
        if number
    ]


def with_those_in_front(wanted: Wanted, legs: Mapping[tuple[int, int], Leg], *, heavy: bool = True) -> Wanted:
    """Vehicles that block the way to others are fetched as early as those, and it says so.

    Where no truck moves heavy ones, others go in their place: a lane is free once enough are gone.

    Args:
        wanted: Jobs with the steps as they were asked for.
        legs: Which stretches lie on the way to which.
        heavy: Whether some truck moves heavy vehicles.
    """
    jobs, earlier = list(wanted.jobs), dict[tuple[int, int], set[int]]()
    after: dict[int, set[int]] = {}
    for (_, stretch), leg in legs.items():
        after.setdefault(stretch, set()).update(leg.after)
    changed = True
    while changed:
        changed = False
        for behind, fronts in after.items():
            first = min((one.step for one in jobs if one.stretch == behind), default=None)
            for front in sorted(fronts):
                here = ((at, job) for at, job in enumerate(jobs) if job.stretch == front)
                mine = sorted((job.step, at) for at, job in here if heavy or not job.heavy)
                late = [] if first is None else [at for step, at in mine[: wanted.stretches[front].lane_moves] if step > first]
                for at in late:
                    jobs[at] = replace(jobs[at], step=first or 0)
                if late:
                    earlier.setdefault((front, behind), set()).update(late)
                    changed = True
    notes = (
        f"{counted(len(own), 'vehicle')} of {wanted.stretches[front].name} must go first: "
        f"trucks come to {wanted.stretches[behind].name} past them."
        for (front, behind), own in earlier.items()
    )
    return replace(wanted, jobs=tuple(jobs), notes=(*wanted.notes, *notes))


def _in_carriageway(one: Stretch, means: TowMeans) -> list[str]:
    kinds = [kind for kind, count in one.vehicles.items() for _ in range(count)]
    return sorted(kinds, key=lambda kind: -means.hook_s(kind) - means.yard_s(kind))[: one.across]


def _job(stretch: int, vehicle: str, step: int, means: TowMeans) -> Job:
    return Job(stretch, vehicle, vehicle in HEAVY, step, means.hook_s(vehicle), means.yard_s(vehicle))


def _moves(step: Step, stretches: Sequence[Stretch]) -> dict[int, int]:
    places = {one.name: place for place, one in enumerate(stretches)}
    if unknown := [one.stretch for one in step.moved if one.stretch not in places]:
        raise BadInput(f"The staircase names {unknown[0]}, which the tally does not. Give the tally that it was made of.")
    return {places[one.stretch]: one.move for one in step.moved}


def _called(step: Step) -> str:
    match step.wish:
        case "help_in_time":
            return "help comes within its standard"
        case "two_approaches":
            return "two approaches to each address that can have them"
        case "bus_route":
            return f"route {step.of} runs"
        case "street":
            return f"{step.of} is free"
