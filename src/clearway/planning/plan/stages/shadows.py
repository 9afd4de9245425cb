"""Units that need not be planned: each follows another one, and is never later.

A crew is a shadow of a forklift if both start at one depot, every place that needs one needs the other, and the crew is as
quick on each drive, whatever is shut. Wherever the forklift is due, the crew is there, so that a schedule without crews is one
with them; and none with them is shorter. A shadow of a truck comes straight where the truck goes by way of its depot.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from clearway.planning.plan.stages.problem import CREW, FORKLIFT, TRUCK, Choice, Scene

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clearway.planning.plan.stages.subsets import Subsets


class Planned(NamedTuple):
    """A stage without its shadows.

    Attributes:
        scene: With the units that are left.
        kept: (U,) of each of them its number in the whole stage.
        follows: By kind that is left out the shadow of each unit, both by their numbers in the whole stage.
    """

    scene: Scene
    kept: tuple[int, ...]
    follows: Mapping[int, Mapping[int, int]]

    def whole(self, choice: Choice) -> Choice:
        """A choice of units that are left, as one of the whole stage."""
        units = {
            kind: -1 if unit < 0 else self.kept[unit]
            for kind, unit in ((CREW, choice.crew), (TRUCK, choice.truck), (FORKLIFT, choice.forklift))
        }
        for kind, shadows in self.follows.items():
            units[kind] = next((shadows[unit] for unit in units.values() if unit in shadows), -1)
        return Choice(choice.job, units[CREW], units[TRUCK], choice.by_depot, units[FORKLIFT])


def without_shadows(scene: Scene, subsets: Subsets) -> Planned:
    """A set-up as far as it has to be planned.

    Args:
        scene: The stage.
        subsets: What holds for each set of its jobs begun.
    """
    follows: dict[int, Mapping[int, int]] = {}
    leads = set[int]()
    for kind, lead in ((CREW, TRUCK), (CREW, FORKLIFT), (FORKLIFT, TRUCK)):
        if kind not in {*follows, *leads} and (shadows := _shadows(scene, subsets, kind, lead)):
            follows[kind] = shadows
            leads.add(lead)
    kept = tuple(at for at, unit in enumerate(scene.units) if unit.kind not in follows)
    jobs = [job._replace(needs=_without(job.needs, follows)) for job in scene.jobs]
    return Planned(replace(scene, jobs=jobs, units=[scene.units[at] for at in kept]), kept, follows)


def _without(needs: tuple[bool, bool, bool], follows: Mapping[int, object]) -> tuple[bool, bool, bool]:
    crew, truck, forklift = (need and kind not in follows for kind, need in enumerate(needs))
    return crew, truck, forklift


def _shadows(scene: Scene, subsets: Subsets, kind: int, lead: int) -> dict[int, int] | None:
    """A shadow of the first kind for each unit of the second; None where one has none."""
    if not scene.by_kind[lead] or any(job.needs[kind] != job.needs[lead] for job in scene.jobs):
        return None
    found: dict[int, int] = {}
    for unit in scene.by_kind[lead]:
        one = scene.units[unit]
        for other in scene.by_kind[kind]:
            like = scene.units[other]
            if other in found.values() or like.depot != one.depot:
                continue
            if (subsets.minutes[:, like.drives] <= subsets.minutes[:, one.drives]).all():
                found[unit] = other
                break
        else:
            return None
    return found
