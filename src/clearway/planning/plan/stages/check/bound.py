"""How soon units could be done, reckoned by the checker in its own way: tours by sets, then every split, or every cover."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

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


class Truck(NamedTuple):
    """A truck's minutes, with nothing shut. n places.

    Attributes:
        out: To each place from its depot, loading included.
        home: From each place to its depot.
        between: From place to place, row by row.
        work: At each place, with the further loads that it takes.
        carries: Pieces.
    """

    out: Sequence[float]
    home: Sequence[float]
    between: Sequence[Sequence[float]]
    work: Sequence[float]
    carries: int


def least_by_loads(pieces: Sequence[int], earliest: Sequence[int], trucks: Sequence[Truck]) -> int:
    """Minutes that trucks need at least to bring every place its pieces, one load after another.

    Each truck's shortest tour through each set of places is reckoned place by place with what is left on it. All places are
    served by a minute only if some sets, one for each truck, that can be by then are together all of them; such sets are
    counted by inclusion and exclusion (A. Björklund and others, Set partitioning via inclusion-exclusion, SIAM Journal on
    Computing 39, 2009).

    Args:
        pieces: Of each place.
        earliest: Minute before which work at each cannot begin.
        trucks: Each of them.

    Returns:
        The minutes; 0 where there are no places or trucks, or where no truck comes to one of them.
    """
    if not pieces or not trucks:
        return 0
    tours: dict[Truck, np.ndarray[tuple[int, ...], np.dtype[np.float64]]] = {}
    for truck in trucks:
        if truck not in tours:
            tours[truck] = _tours(pieces, earliest, truck)
    count = len(pieces)
    sign = np.array([(-1) ** (count - some.bit_count()) for some in range(1 << count)], object)
    moments = np.unique(np.concatenate([own[np.isfinite(own)] for own in tours.values()]))

    def are_served(minute: float) -> bool:
        """Whether some sets that can be by a minute are together all places."""
        ways = sign
        within = {truck: _within(own <= minute, count) for truck, own in tours.items()}
        for truck in trucks:
            ways = ways * within[truck]
        return bool(ways.sum() > 0)

    if not are_served(float(moments[-1])):
        return 0
    low, high = 0, len(moments) - 1
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if are_served(float(moments[middle])) else (middle + 1, high)
    return int(moments[low])


def _tours(pieces: Sequence[int], earliest: Sequence[int], truck: Truck) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """(sets,) minutes of a truck's shortest tour through each set of places."""
    count, carries = len(pieces), truck.carries
    ends = np.full((1 << count, count, carries), math.inf)
    shortest = np.full(1 << count, math.inf)
    shortest[0] = 0.0
    sizes = np.array([some.bit_count() for some in range(1 << count)])
    for size in range(1, count + 1):
        some = np.flatnonzero(sizes == size)
        for last in range(count):
            those = some[some >> last & 1 == 1]
            before, rest = those ^ (1 << last), -pieces[last] % carries
            loaded = np.full(len(those), truck.out[last] if size == 1 else math.inf)
            goes_on = np.full((len(those), carries), math.inf)
            for other in range(count) if size > 1 else ():
                came = ends[before, other]
                loaded = np.minimum(loaded, came.min(axis=1) + truck.home[other] + truck.out[last])
                goes_on = np.minimum(goes_on, came + truck.between[other][last])
            minutes = np.full((len(those), carries), math.inf)
            minutes[:, rest] = loaded
            if pieces[last] < carries:
                as_it_is = goes_on[:, pieces[last] :]
                minutes[:, : as_it_is.shape[1]] = np.minimum(minutes[:, : as_it_is.shape[1]], as_it_is)
            ends[those, last] = np.maximum(minutes, earliest[last]) + truck.work[last]
        shortest[some] = ends[some].min(axis=(1, 2))
    return shortest


def _within(
    can_be: np.ndarray[tuple[int, ...], np.dtype[np.bool_]], count: int
) -> np.ndarray[tuple[int, ...], np.dtype[np.object_]]:
    """(sets,) how many of the sets that can be lie within each, as numbers without a limit."""
    inside = can_be.astype(np.int64)
    for at in range(count):
        halves = inside.reshape(-1, 2, 1 << at)
        halves[:, 1] += halves[:, 0]
    return inside.astype(object)


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
