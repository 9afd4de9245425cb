"""Which trips are cut by which closures, piece by piece of their paths, at the time when each bus comes there."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from clearway.network.transit.shape_matching import OFF

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.closures import Closure
    from clearway.network.transit.bus_network import BusLineOnStreets
    from clearway.network.transit.timetable import Timetable, Trip


class Crossing(NamedTuple):
    """Where a path meets a closure.

    Attributes:
        piece: Of the path.
        closure: Index of the closure.
        from_m: Metres from the path's beginning to where it is met.
        to_m: To where it is left.
    """

    piece: int
    closure: int
    from_m: float
    to_m: float


@dataclass(frozen=True)
class Cut:
    """Trips of one line that find the same pieces shut.

    Attributes:
        line: Index of the line.
        trips: Indexes of the trips in the line's pattern.
        pieces: Pieces of the path that are shut to them.
        cut_by: Closures that shut those.
        in_force: Closures in force when they come there, those elsewhere too.
    """

    line: int
    trips: tuple[int, ...]
    pieces: frozenset[int]
    cut_by: frozenset[int]
    in_force: frozenset[int]


def cuts(timetable: Timetable, lines: Sequence[BusLineOnStreets], closures: Sequence[Closure]) -> list[Cut]:
    """Every trip that meets a closure in force, those alike together, line by line.

    Args:
        timetable: Of the lines.
        lines: The lines.
        closures: What is shut to buses; others must have been left out.
    """
    by_way: dict[int, list[int]] = defaultdict(list)
    for index, closure in enumerate(closures):
        by_way[closure.way].append(index)
    always = frozenset(index for index, one in enumerate(closures) if _always(one) or timetable.runs_on is None)
    found = []
    for number, line in enumerate(lines):
        met = crossings_of(line, by_way, closures)
        if met:
            found += _cuts_of(number, line, met, _Clock(timetable, closures, always))
    return found


def _always(closure: Closure) -> bool:
    return closure.starts is None and closure.ends is None and not closure.hours


def crossings_of(line: BusLineOnStreets, by_way: dict[int, list[int]], closures: Sequence[Closure]) -> list[Crossing]:
    """Where a line's path meets closures, in the order of the path.

    Args:
        line: The line.
        by_way: The indexes of the closures on each way.
        closures: The closures.
    """
    path, found = line.path, []
    for index, (arc, from_m, to_m) in enumerate(path.pieces):
        if arc == OFF:
            continue
        begins = float(path.start_m[index])
        for number in by_way.get(arc >> 1, ()):
            closure = closures[number]
            if not (closure.against if arc & 1 else closure.along):
                continue
            if closure.at_m is None:
                found.append(Crossing(index, number, begins, begins + to_m - from_m))
                continue
            at_m = float(path.network.way_length_m[arc >> 1]) - closure.at_m if arc & 1 else closure.at_m
            if from_m <= at_m <= to_m:
                found.append(Crossing(index, number, begins + at_m - from_m, begins + at_m - from_m))
    return found


class _Clock:
    """When each closure is in force, by the timetable's own time."""

    def __init__(self, timetable: Timetable, closures: Sequence[Closure], always: frozenset[int]) -> None:
        self._timetable, self._closures, self.always = timetable, closures, always
        self.timed = [index for index in range(len(closures)) if index not in always]

    def holds(self, closure: int, seconds: float) -> bool:
        """Whether a closure is in force at a time of the timetable."""
        return closure in self.always or self._closures[closure].holds("bus", self._timetable.moment(seconds))


def _cuts_of(number: int, line: BusLineOnStreets, met: list[Crossing], clock: _Clock) -> list[Cut]:
    alike: dict[tuple[frozenset[Crossing], frozenset[int]], list[int]] = defaultdict(list)
    timed = clock.timed and (any(crossing.closure not in clock.always for crossing in met) or clock.timed)
    for index, trip in enumerate(line.pattern.trips):
        if not timed:
            alike[frozenset(met), clock.always].append(index)
            continue
        ends = [(passing_s(line, trip, crossing.from_m), passing_s(line, trip, crossing.to_m)) for crossing in met]
        held = [
            crossing
            for crossing, (comes, goes) in zip(met, ends, strict=True)
            if any(clock.holds(crossing.closure, seconds) for seconds in (comes, (comes + goes) / 2, goes))
        ]
        if held:
            then = {seconds for crossing, times in zip(met, ends, strict=True) if crossing in held for seconds in times}
            elsewhere = {one for one in clock.timed if any(clock.holds(one, seconds) for seconds in then)}
            in_force = clock.always | elsewhere | {crossing.closure for crossing in held}
            alike[frozenset(held), frozenset(in_force)].append(index)
    return [
        Cut(
            number,
            tuple(trips),
            frozenset(crossing.piece for crossing in held),
            frozenset(crossing.closure for crossing in held),
            in_force,
        )
        for (held, in_force), trips in alike.items()
    ]


def passing_s(line: BusLineOnStreets, trip: Trip, at_m: float) -> float:
    """When a bus is at a metre of its path, between the times of its stops: seconds of the timetable."""
    placed = [(place.at_m, seconds) for place, seconds in zip(line.places, trip.times_s, strict=True) if place.on_path]
    if not placed:
        return trip.times_s[0]
    metres, seconds = zip(*placed, strict=True)
    return float(np.interp(at_m, metres, seconds))
