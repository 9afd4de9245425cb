"""Dead ends that a barrier makes: how far vehicles must back out of them where there is no place to turn.

From the barrier back along the street, up to the first junction where another street can be used to turn, or to a turning
circle that is wide enough for the vehicle, where its size is recorded.
A barrier that vehicles do not come up to makes no dead end for them, and neither does one on a street that led nowhere before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from clearway.network.geometry import flat_scale, nearest_on_line
from clearway.network.model import ACROSS_M, NEVER_MS
from clearway.network.search.graph import grouped

if TYPE_CHECKING:
    from clearway.network.closures import Closure
    from clearway.planning.access.planner.timing import Timing
    from clearway.planning.street_names import StreetNames

TURNING_PLACE = "turning_place"
"""The kind of place."""
LONGEST_M = 45.72
"""150 feet: a dead end that is longer needs a place to turn (International Fire Code 2021, 503.2.5)."""
_ON_STREET_M = 20.0
"""A turning circle is drawn on its street, or amid its loop."""


class DeadEnd(NamedTuple):
    """A street that ends at a barrier with no place to turn before it.

    Attributes:
        closure: The barrier.
        length_m: Metres from it to where vehicles can turn.
        too_small_m: Metres across of the largest turning place on the way back that is too small; None where none is.
    """

    closure: Closure
    length_m: float
    too_small_m: float | None = None

    def words(self, names: StreetNames) -> str:
        """That the barrier makes a dead end."""
        label = self.closure.label or "A closure"
        where = "" if names.street(self.closure.way) in label else f" on {names.between(self.closure.way)}"
        small = "" if self.too_small_m is None else f": the turning place there is {self.too_small_m:g} m across, too small"
        return f"{label}{where} leaves a dead end of {self.length_m:.0f} m without a place to turn{small}."


def dead_ends(
    before: Timing, after: Timing, turning_m: float | None = None, longest_m: float = LONGEST_M
) -> tuple[list[DeadEnd], int]:
    """The dead ends that closures make, the longest first, one for each closure.

    Args:
        before: How vehicles reach every address without closures.
        after: Under them.
        turning_m: Metres across that the vehicle needs to turn; None: any turning place will do.
        longest_m: A dead end up to this is no matter, metres.

    Returns:
        The dead ends, and how many closures are none because of a turning place whose size nobody recorded.
    """
    if not after.closures:
        return [], 0
    was, now = _Streets(before, turning_m), _Streets(after, turning_m)
    found, unsure = [], 0
    for closure in after.closures:
        if closure.along and closure.against:
            backs = [
                back
                for side in (0, 1)
                if (back := now.back_from(closure, side)) is not None and was.back_from(closure, 1 - side) is not None
            ]
            longest = max(backs, key=lambda back: back.metres, default=None)
            if longest is not None and longest.metres > longest_m:
                found.append(DeadEnd(closure, longest.metres, longest.too_small_m))
            elif turning_m is not None:
                unsure += any(not back.recorded for back in backs)
    return sorted(found, key=lambda one: -one.length_m), unsure


def dead_end_notes(ends: list[DeadEnd], names: StreetNames, most: int = 3) -> list[str]:
    """Sentences about the longest dead ends; the others are counted."""
    notes = [one.words(names) for one in ends[:most]]
    return notes + (
        [f"{len(ends) - most:,} further closures leave dead ends without a place to turn."] if len(ends) > most else []
    )


class _Back(NamedTuple):
    """How far it is back to where a vehicle can turn.

    Attributes:
        metres: From the closure.
        too_small_m: Metres across of the largest turning place before that; None where there is none.
        recorded: False where it turns in a place whose size nobody recorded.
    """

    metres: float
    too_small_m: float | None = None
    recorded: bool = True


class _Streets:
    """The streets that vehicles use under some closures."""

    def __init__(self, timing: Timing, turning_m: float | None) -> None:
        self._turning_m = turning_m
        self._across_m: dict[int, float] = dict(timing.graph.network.report.get(ACROSS_M, ()))
        self._network = network = timing.graph.network
        obstacles = timing.targets.obstacles
        self._drivable = obstacles.usable[0::2] | obstacles.usable[1::2]
        self._first, self._ends = grouped(np.concatenate((network.way_tail, network.way_head)), network.junction_count)
        here = network.place_kinds.index(TURNING_PLACE) if TURNING_PLACE in network.place_kinds else -1
        self._places = np.flatnonzero(network.place_kind.astype(np.int64) == here)
        self._parted = frozenset((obstacles.arc // 2).tolist())
        self._reached = np.zeros(network.junction_count, np.bool_)
        self._reached[timing.graph.node_junction[timing.tree.ms < NEVER_MS]] = True

    def back_from(self, closure: Closure, side: int) -> _Back | None:
        """How far it is from a closure to where vehicles can turn that come to it from a way's tail (0) or head (1).

        None where they do not come, where the street leads nowhere else, or where the data end before that.
        """
        network, way = self._network, closure.way
        length = float(network.way_length_m[way])
        metres, junction = 0.0, int((network.way_tail, network.way_head)[side][way])
        too_small_m: float | None = None
        if not self._reached[junction]:
            return None
        if closure.at_m is not None:
            metres = length - closure.at_m if side else closure.at_m
            on_the_way = [
                (abs(at_m - closure.at_m), place) for at_m, place in self._turning(way) if (at_m > closure.at_m) == bool(side)
            ]
            back, too_small_m = self._turns_in(on_the_way, 0.0, too_small_m)
            if back is not None:
                return back
        seen = {way}
        while not network.junction_edge[junction]:
            onward = [arm for arm in self._arms(junction) if arm not in seen]
            if len(onward) > 1:
                return _Back(metres, too_small_m)
            if not onward or onward[0] in self._parted:
                return None
            way = onward[0]
            seen.add(way)
            length, from_tail = float(network.way_length_m[way]), int(network.way_tail[way]) == junction
            on_the_way = [(at_m if from_tail else length - at_m, place) for at_m, place in self._turning(way)]
            back, too_small_m = self._turns_in(on_the_way, metres, too_small_m)
            if back is not None:
                return back
            metres += length
            junction = int(network.way_head[way] if from_tail else network.way_tail[way])
        return None

    def _turns_in(
        self, on_the_way: list[tuple[float, int]], metres: float, too_small_m: float | None
    ) -> tuple[_Back | None, float | None]:
        """The first turning place on a way that is wide enough, and the largest so far that is not."""
        for onward_m, place in sorted(on_the_way):
            across_m = self._across_m.get(place)
            if self._turning_m is None or across_m is None or across_m >= self._turning_m:
                return _Back(metres + onward_m, too_small_m, across_m is not None), too_small_m
            too_small_m = max(across_m, too_small_m or 0.0)
        return None, too_small_m

    def _arms(self, junction: int) -> list[int]:
        """The ways that vehicles may drive at a junction; one that begins and ends there is there twice."""
        ends = self._ends[self._first[junction] : self._first[junction + 1]]
        ways = ends % self._network.way_count
        found: list[int] = ways[self._drivable[ways]].tolist()
        return found

    def _turning(self, way: int) -> list[tuple[float, int]]:
        """Where turning places lie on a way, metres from its tail, and which they are."""
        network, places = self._network, self._places
        if not len(places):
            return []
        line = network.geometry(way)
        across, along = flat_scale(float(line[0, 1]))
        away = np.hypot((network.place_lon[places] - line[0, 0]) * across, (network.place_lat[places] - line[0, 1]) * along)
        near = places[away <= float(network.way_length_m[way]) + _ON_STREET_M].tolist()
        found = [
            (nearest_on_line(line, float(network.place_lon[place]), float(network.place_lat[place])), place) for place in near
        ]
        return [(at_m, place) for (distance, at_m, _), place in found if distance <= _ON_STREET_M]
