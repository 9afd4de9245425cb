"""Closures that roll with a march: each street from before the head until after the tail, side streets held, crossings kept.

Vehicles are kept off a street of the route from a margin before the head comes until a margin after the tail has left. Every
street that meets the route is held at its mouth for as long as the corner is shut. Ambulances may use what is shut but empty:
they are kept out only while people are on a street or corner, and pass a corner through a gap that is long enough.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from clearway.network.classes import MOTOR_CLASSES, class_mask
from clearway.network.closures import Closure
from clearway.network.geometry import flat_scale, point_at
from clearway.planning.plan.handover.telling import corner_words
from clearway.planning.plan.march.assumed import CROSS_S

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clearway.network.model import Network
    from clearway.planning.plan.march.route import MarchStreets, Route
    from clearway.planning.plan.march.timing import Column
    from clearway.record.kinds.plans import PlannedMarch

HELP = class_mask(["emergency"])
OTHERS = class_mask(MOTOR_CLASSES) & ~HELP
_MOUTH_M = 8.0
"""How far into a side street it is held, at most a third of it: as a cordon's barriers stand."""


class Span(NamedTuple):
    """From when until when."""

    starts: datetime
    ends: datetime


@dataclass(frozen=True)
class Stretch:
    """A piece of the route: where, shut when, and when people are on it."""

    number: int
    way: int
    from_m: float
    to_m: float
    shut: Span
    people: Span


@dataclass(frozen=True)
class Corner:
    """A corner of the route, its ends too.

    Attributes:
        junction: Of the network.
        metres: Along the route.
        shut: To traffic.
        people: When people are on it, gaps left out.
        arms: Ways that meet the route there: the way, metres from its tail at which it is held, the side: -1 left, 1 right.
    """

    junction: int
    metres: float
    shut: Span
    people: tuple[Span, ...]
    arms: tuple[tuple[int, float, int], ...]

    @property
    def crosses(self) -> bool:
        """Whether streets on both sides meet there."""
        return {side for _, _, side in self.arms} >= {-1, 1}


class Crossing(NamedTuple):
    """A corner at which streets meet on both sides of the route.

    Attributes:
        junction: Of the network.
        metres: Along the route, where it first passes.
        people: When people are on it, at every pass; gaps left out.
    """

    junction: int
    metres: float
    people: tuple[Span, ...]


class Rolling:
    """The closures of one march.

    Args:
        streets: Of the network.
        route: Its way.
        column: Its times.
        march: Its margins and gaps.
    """

    def __init__(self, streets: MarchStreets, route: Route, column: Column, march: PlannedMarch) -> None:
        self.streets, self.route, self.column, self.march = streets, route, column, march
        self._before, self._after = (timedelta(minutes=one) for one in (march.before_minutes, march.after_minutes))

    @cached_property
    def stretches(self) -> tuple[Stretch, ...]:
        """In the order of the route."""
        found = []
        starts = self.route.start_m.tolist()
        for number, (piece, begins, ends) in enumerate(zip(self.route.pieces, starts, starts[1:], strict=False), 1):
            people = Span(self.column.comes(self.column.head_time(begins)), self.column.goes(self.column.tail_time(ends)))
            found.append(Stretch(number, piece.way, begins, ends, self._shut(people), people))
        return tuple(found)

    @cached_property
    def corners(self) -> tuple[Corner, ...]:
        """In the order of the route; one that it passes twice is there twice."""
        own = {piece.way for piece in self.route.pieces}
        found = []
        for index, (junction, metres) in enumerate(self.junctions):
            people = Span(self.column.comes(self.column.head_time(metres)), self.column.goes(self.column.tail_time(metres)))
            arms = tuple(self._arms(junction, index, own))
            found.append(Corner(junction, metres, self._shut(people), tuple(self._filled(metres, people)), arms))
        return tuple(found)

    @cached_property
    def junctions(self) -> tuple[tuple[int, float], ...]:
        """Corners of the route with their metres; its ends where they lie at a junction."""
        network, pieces = self.route.network, self.route.pieces
        first, last = pieces[0], pieces[-1]
        found = [(corner, float(metres)) for corner, metres in zip(self.route.corners, self.route.start_m[1:-1], strict=True)]
        if (start := _end(network, first.way, first.from_m)) is not None:
            found.insert(0, (start, 0.0))
        if (end := _end(network, last.way, last.to_m)) is not None:
            found.append((end, self.route.length_m))
        return tuple(found)

    def named_corners(self) -> list[tuple[int, float, str]]:
        """The same with their names."""
        return [(junction, metres, corner_words(self.streets.names, junction)) for junction, metres in self.junctions]

    def closures(self) -> list[Closure]:
        """What is shut to whom and when."""
        names = self.streets.names
        found: list[Closure] = []
        for one in self.stretches:
            label = f"{self.march.id}: {names.between(one.way)}"
            found += [
                Closure(one.way, OTHERS, starts=one.shut.starts, ends=one.shut.ends, label=label),
                Closure(one.way, HELP, starts=one.people.starts, ends=one.people.ends, label=label),
            ]
        for corner in self.corners:
            for way, at_m, _ in corner.arms:
                label = f"{self.march.id}: {names.street(way)} held at {corner_words(names, corner.junction)}"
                found.append(Closure(way, OTHERS, at_m=at_m, starts=corner.shut.starts, ends=corner.shut.ends, label=label))
                found += [
                    Closure(way, HELP, at_m=at_m, starts=span.starts, ends=span.ends, label=label) for span in corner.people
                ]
        return found

    @cached_property
    def crossings(self) -> tuple[Crossing, ...]:
        """Where an ambulance crosses, each corner once, in the order of the route."""
        passes: dict[int, list[Corner]] = {}
        for corner in self.corners:
            passes.setdefault(corner.junction, []).append(corner)
        return tuple(
            Crossing(junction, found[0].metres, tuple(_joined(span for one in found for span in one.people)))
            for junction, found in passes.items()
            if any(one.crosses for one in found)
        )

    def no_crossing(self) -> list[Span]:
        """When people are on every corner that could be crossed: none is open to an ambulance."""
        edges = sorted({moment for one in self.crossings for span in one.people for moment in span})
        shut = (Span(starts, ends) for starts, ends in pairwise(edges))
        return [span for span in shut if all(overlapping(one.people, span.starts) for one in self.crossings)]

    def _shut(self, people: Span) -> Span:
        """With the margins, to whole seconds outward."""
        starts, ends = people.starts - self._before, people.ends + self._after
        later = ends.replace(microsecond=0)
        return Span(starts.replace(microsecond=0), later if later == ends else later + timedelta(seconds=1))

    def _filled(self, metres: float, people: Span) -> Iterator[Span]:
        """The times at which people pass a corner, without gaps that are long enough to cross."""
        here = people.starts
        for first, last in self._gaps():
            opens = self.column.goes(self.column.share_time(metres, first))
            shuts = self.column.comes(self.column.share_time(metres, last))
            if (shuts - opens).total_seconds() >= CROSS_S:
                yield Span(here, opens)
                here = shuts
        if here < people.ends:
            yield Span(here, people.ends)

    def _gaps(self) -> Iterator[tuple[float, float]]:
        """Shares of the column between which each gap lies."""
        march, length = self.march, self.column.length_m
        if not self.column.pace:
            return
        section = (length - march.gaps * march.gap_m) / (march.gaps + 1)
        for number in range(1, march.gaps + 1):
            first = number * section + (number - 1) * march.gap_m
            yield first / length, (first + march.gap_m) / length

    def _arms(self, junction: int, index: int, own: set[int]) -> Iterator[tuple[int, float, int]]:
        network = self.route.network
        back, ahead = self._directions(index)
        for way in self.streets.at(junction):
            if way in own or not self.streets.drivable(way):
                continue
            length = float(network.way_length_m[way])
            mouth = min(_MOUTH_M, length / 3)
            at_tail = int(network.way_tail[way]) == junction
            at_m = mouth if at_tail else length - mouth
            yield way, at_m, _side(back, ahead, _bearing(network, way, at_tail=at_tail))

    def _directions(self, index: int) -> tuple[float, float]:
        """Bearings from a corner back along the route and ahead of it."""
        network, pieces = self.route.network, self.route.pieces
        first = _end(network, pieces[0].way, pieces[0].from_m) is not None
        before, after = (index - 1, index) if first else (index, index + 1)
        ahead = (
            _bearing(network, pieces[after].way, at_tail=pieces[after].from_m < pieces[after].to_m)
            if after < len(pieces)
            else None
        )
        back = (
            _bearing(network, pieces[before].way, at_tail=pieces[before].from_m > pieces[before].to_m) if before >= 0 else None
        )
        if ahead is None and back is not None:
            ahead = back + math.pi
        if back is None:
            back = (ahead or 0.0) + math.pi
        return back, ahead or 0.0


def overlapping(spans: Iterable[Span], moment: datetime) -> bool:
    """Whether a moment lies in one of some spans.

    >>> day = datetime(2026, 11, 30)
    >>> overlapping([Span(day, day + timedelta(hours=1))], day), overlapping([], day)
    (True, False)
    """
    return any(one.starts <= moment < one.ends for one in spans)


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    """The same times in spans that neither overlap nor touch, the earliest first."""
    rising = sorted(spans)
    while rising:
        joined = rising.pop(0)
        while rising and rising[0].starts <= joined.ends:
            joined = Span(joined.starts, max(joined.ends, rising.pop(0).ends))
        yield joined


def _end(network: Network, way: int, at_m: float) -> int | None:
    """The junction at which a route begins or ends; None part of the way along a street."""
    length = float(network.way_length_m[way])
    if at_m <= 0.0:
        return int(network.way_tail[way])
    return int(network.way_head[way]) if at_m >= length else None


def _bearing(network: Network, way: int, *, at_tail: bool) -> float:
    """The direction in which a way leaves one of its ends, radians counter-clockwise from east."""
    line = network.geometry(way)
    line = line if at_tail else line[::-1]
    length = float(network.way_length_m[way])
    step = (np.array(point_at(line, min(_MOUTH_M * 2, length))) - line[0]) * flat_scale(float(line[0][1]))
    return math.atan2(float(step[1]), float(step[0]))


def _side(back: float, ahead: float, arm: float) -> int:
    """-1 for an arm on the left of who comes from ``back`` and goes ``ahead``, 1 on the right."""
    full = 2 * math.pi
    return -1 if (arm - ahead) % full < (back - ahead) % full else 1
