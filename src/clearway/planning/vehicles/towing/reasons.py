"""Why nobody tows a vehicle: the first reason that holds, in words."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from clearway.planning.access.planner.vehicles import NO_SIZE, size_words, too_tight
from clearway.planning.street_names import StreetNames
from clearway.planning.vehicles.towing.contract import NotTowed
from clearway.planning.vehicles.towing.streets import VEHICLE_CLASS, Spot, TowStreets
from clearway.words import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clearway.planning.vehicles.towing.contract import TowTruck, Why
    from clearway.planning.vehicles.towing.ground import Ground
    from clearway.planning.vehicles.towing.problem import Job, Schedule

_NAMED = 3
"""Places that one sentence names."""


def not_towed(ground: Ground, schedule: Schedule) -> Iterator[NotTowed]:
    """What is left, alike ones together."""
    jobs = ground.problem.jobs
    reasons = _Reasons(ground, schedule)
    groups = Counter((jobs[one].step, jobs[one].stretch, jobs[one].vehicle, jobs[one].heavy) for one in schedule.left)
    examples = {(jobs[one].step, jobs[one].stretch, jobs[one].vehicle, jobs[one].heavy): jobs[one] for one in schedule.left}
    for group, number in sorted(groups.items()):
        why, says = reasons.of(examples[group])
        step, stretch, vehicle, _ = group
        yield NotTowed(stretch=stretch, vehicle=vehicle, step=step, number=number, why=why, says=says)


class _Reasons:
    def __init__(self, ground: Ground, schedule: Schedule) -> None:
        self._ground = ground
        self._names = StreetNames(ground.network)
        self._stored = Counter(one.storage_to for one in schedule.trips)
        self._gone = Counter(ground.problem.jobs[one.job].stretch for one in schedule.trips)

    def of(self, job: Job) -> tuple[Why, str]:
        problem, stretch = self._ground.problem, self._ground.wanted.stretches[job.stretch].name
        kind = "heavy" if job.heavy else "light or heavy"
        trucks = [one for one in problem.trucks if one.heavy or not job.heavy]
        if not trucks:
            return "no_truck", f"No operator with a {kind} truck is willing."
        able = [one for one in trucks if problem.able(one, job)]
        if not able:
            return self._way(job, stretch)
        if all(yard.capacity is not None and self._stored[place] >= yard.capacity for place, yard in enumerate(problem.yards)):
            return "yard_full", "Every storage place is full."
        if problem.escorts == 0 and all(one.escort for one in able):
            return "no_escort", "The operators want an escort, and there is none."
        if after := problem.legs[able[0].size, job.stretch].after:
            fronts = listed([self._ground.wanted.stretches[one].name for one in after])
            if not all(self._gone[one] >= problem.lane_moves[one] for one in after):
                return "behind", f"Trucks come to {stretch} only past {fronts}, and too few vehicles go from there."
        return "no_window", self._no_time(job, kind)

    def _no_time(self, job: Job, kind: str) -> str:
        if all(one.operator in self._withdrawn for one in self._able(job)):
            return f"Whoever has a {kind} truck has withdrawn before there was time for it."
        return "Within a fortnight no truck has the time for it while a storage place with room is open."

    def _able(self, job: Job) -> list[TowTruck]:
        """The trucks that can move a vehicle and drive to it, with their operators."""
        problem = self._ground.problem
        pairs = zip(self._ground.trucks, problem.trucks, strict=True)
        return [told for told, one in pairs if problem.able(one, job)]

    @property
    def _withdrawn(self) -> set[str]:
        return {one.id for one in self._ground.question.means.operators if one.withdrew is not None}

    def _way(self, job: Job, stretch: str) -> tuple[Why, str]:
        """Whether size, barriers or the streets themselves keep every truck out."""
        ground = self._ground
        sizes = {one.size for one in ground.problem.trucks if one.heavy or not job.heavy}
        if job.stretch in self._reached_if_small:
            size = ground.sizes[min(sizes)]
            tight = too_tight(ground.network, VEHICLE_CLASS, size)
            places = list(dict.fromkeys(one.words(self._names) for one in tight))
            rest = f" and {len(places) - _NAMED:,} more" if len(places) > _NAMED else ""
            shown = size_words(size or NO_SIZE)
            return (
                "too_large",
                f"A truck {shown} does not come to {stretch}: too low or narrow are {listed(places[:_NAMED])}{rest}.",
            )
        if job.stretch in self._reached_if_open:
            return "no_way", f"The barriers let no tow truck (class {VEHICLE_CLASS!r}) to {stretch} and out again."
        return "no_way", f"No street leads a tow truck from a storage place to {stretch} and back."

    @property
    def _reached_if_small(self) -> set[int]:
        return self._reached(NO_SIZE, with_barriers=True)

    @property
    def _reached_if_open(self) -> set[int]:
        return self._reached(NO_SIZE, with_barriers=False)

    def _reached(self, size: tuple[float, ...], *, with_barriers: bool) -> set[int]:
        ground = self._ground
        stretches = ground.wanted.stretches
        streets = TowStreets(
            ground.network,
            [Spot(one.way, one.at_m) for one in ground.storage],
            [one.ways for one in stretches],
            frozenset(place for place, one in enumerate(stretches) if one.lane_moves),
            size,
            ground.closures if with_barriers else (),
        )
        return {place for place, one in enumerate(streets.reached()) if one is not None}
