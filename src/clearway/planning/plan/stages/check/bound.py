"""How soon one kind of unit could be done, reckoned by the checker in its own way: tours by sets, then every split."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


def least_by_kind(
    names: Sequence[str],
    minutes: Mapping[str, int],
    earliest: Mapping[str, int],
    depots: Sequence[str],
    legs: Sequence[Callable[[str, str], float]],
) -> int:
    """Minutes that units need at least for places that each need one of them.

    Args:
        names: The places.
        minutes: Of work at each.
        earliest: Minute before which work at each cannot begin.
        depots: Where each unit starts.
        legs: For each unit the minutes from a depot or place to a place, loading on the way included.
    """
    if not names or not depots:
        return 0
    best: dict[frozenset[str], float] = {frozenset(): 0.0}
    for depot, leg in zip(depots, legs, strict=True):
        ends: dict[tuple[frozenset[str], str], float] = {}
        grown = dict(best)
        for some in sorted(_subsets(names), key=len)[1:]:
            for last in some:
                before = some - {last}
                came = min(ends[before, one] + leg(one, last) for one in before) if before else leg(depot, last)
                ends[some, last] = max(came, earliest[last]) + minutes[last]
            took = min(ends[some, last] for last in some)
            for earlier, done in best.items():
                if not earlier & some:
                    both = earlier | some
                    grown[both] = min(grown.get(both, math.inf), max(done, took))
        best = grown
    least = best.get(frozenset(names), math.inf)
    return 0 if least == math.inf else int(least)


class Pool(NamedTuple):
    """Units of one kind: the minute at which each can begin its first place, and minutes from one beginning to its next."""

    first: Sequence[float]
    round: float


def least_together(count: int, work: int, pools: Sequence[Pool]) -> int:
    """Minutes that places need at least that each take one unit of every pool for as long as the shortest of them.

    Args:
        count: How many places.
        work: Minutes of the shortest.
        pools: The units.
    """
    begins: list[float] = []
    for at in range(count):
        soonest = begins[-1] if begins else 0.0
        for pool in pools:
            moments = sorted(one + turn * pool.round if turn else one for one in pool.first for turn in range(count))
            soonest = max(soonest, moments[at])
            if at >= len(pool.first):
                soonest = max(soonest, begins[at - len(pool.first)] + pool.round)
        begins.append(soonest)
    return int(begins[-1] + work) if begins and begins[-1] < math.inf else 0


def _subsets(names: Sequence[str]) -> list[frozenset[str]]:
    some = [frozenset[str]()]
    for name in names:
        some += [one | {name} for one in some]
    return some
