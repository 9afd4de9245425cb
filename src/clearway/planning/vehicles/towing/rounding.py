"""A truck for each job out of what a linear program lets parts of trucks do.

At a time that prices cannot rule out, the program (:mod:`.prices`) has all jobs done by parts of trucks. Each truck takes over
one of its patterns, as far as the jobs of it are left; what nobody took goes to whoever has least to do. That is close to a
schedule which ends by then, and :mod:`.balancing` evens out the rest.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping, Sequence

    from clearway.planning.vehicles.towing.prices import Prices, Share
    from clearway.planning.vehicles.towing.problem import Problem


def rounded(problem: Problem, prices: Prices, shares: Sequence[Share], chance: random.Random | None) -> dict[int, int]:
    """The truck of each job.

    Args:
        problem: Their problem.
        prices: Those of a step.
        shares: What parts of trucks do, those that do most first.
        chance: Lets trucks take over other patterns than those with most to do.
    """
    left, truck_of, busy_s = [list(jobs) for jobs in prices.jobs_of], dict[int, int](), [0] * len(problem.trucks)

    def take(truck: int, job: int) -> None:
        one = problem.jobs[job]
        truck_of[job] = truck
        busy_s[truck] += problem.legs[problem.trucks[truck].size, one.stretch].least_s + one.hook_s + one.yard_s

    def is_left(counts: Mapping[int, int]) -> float:
        jobs = sum(min(number, len(left[kind])) for kind, number in counts.items())
        return jobs * (chance.random() if chance else 1.0)

    for crew, trucks in sorted(enumerate(prices.trucks_of), key=lambda one: len(one[1])):
        patterns = [one.counts for one in shares if one.crew == crew for _ in range(ceil(one.trucks))]
        for truck in trucks[: len(patterns)]:
            place, _ = max(enumerate(map(is_left, patterns)), key=lambda one: one[1])
            for kind, number in patterns.pop(place).items():
                for job in left[kind][:number]:
                    take(truck, job)
                del left[kind][:number]
    for job in sorted((one for jobs in left for one in jobs), key=lambda one: -(problem.least_s(problem.jobs[one]) or 0)):
        able = [place for place, truck in enumerate(problem.trucks) if problem.able(truck, problem.jobs[job])]
        take(min(able, key=lambda truck: busy_s[truck]), job)
    return truck_of
