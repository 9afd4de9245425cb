"""An interchange that closes: its bays placed anew at the kerbs of named streets near by.

For each bay and each kerb near by, every line of the bay is driven over that kerb as cheaply as it can be; the seconds of all
its trips, and the metres that riders walk from the old bay, are what the kerb costs. Bays and kerbs are then matched so that
the whole costs least: exactly, by the Hungarian method.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.spatial import cKDTree

from clearway.network.geometry import flat_scale, points_at
from clearway.network.kernels import on_all_cores
from clearway.network.model import NEVER_MS
from clearway.network.transit.shape_matching import OFF
from clearway.planning.plan.buses.detours import Course, Drive, Round, driven
from clearway.planning.plan.buses.temporary_stops import FROM_CORNER_M, may_stop

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clearway.network.model import Bools, Floats, Longs
    from clearway.network.search.arc_search import ArcSearch, ArcTree
    from clearway.network.transit.bus_network import BusNetwork
    from clearway.network.transit.timetable import Stop

TOGETHER_M = 80.0
"""Bays of one interchange are within sight of one another."""
NEAR_M = 400.0
"""What people are usually asked to walk to a bus stop."""
BAY_M = 30.0
"""A 12 m bus draws in and out of so much kerb."""
_SECONDS_PER_METRE = 1.0
"""A metre that the riders of a trip walk weighs as much as a second of the trip."""
_NO_WAY_S = 3600.0
"""What it counts that a trip does not come to a kerb at all: an hour."""
_MS_PER_S = 1000
"""Times of searches are in milliseconds."""


class BayMiss(NamedTuple):
    """Trips of one course that miss a bay.

    Attributes:
        change: Index of the change they are part of.
        course: Their path.
        piece: Where the bay lies on it.
        blocked: Pieces that they do not drive: shut, or left out together with the bay.
        search: With what is shut to them.
        trips: How many.
    """

    change: int
    course: Course
    piece: int
    blocked: frozenset[int]
    search: ArcSearch
    trips: int


@dataclass(frozen=True)
class PlacedBay:
    """A bay and its new kerb; ``via`` holds what the trips of each change drive over it, by index of the change."""

    stop_id: str
    arc: int
    along_m: float
    via: dict[int, Drive]


def clusters(stops: Sequence[Stop], ends: Iterable[str]) -> list[list[str]]:
    """Which missed stops are an interchange: within sight of one another or of one station, two or more, one of them an end.

    Args:
        stops: The missed stops.
        ends: Ids of stops at which trips begin or end.
    """
    at = np.array([(stop.lon, stop.lat) for stop in stops]).reshape(-1, 2)
    flat = at * flat_scale(float(at[:, 1].mean())) if len(at) else at
    group = list(range(len(stops)))
    for one in range(len(stops)):
        for other in range(one):
            same = stops[one].station and stops[one].station == stops[other].station
            if same or float(np.hypot(*(flat[one] - flat[other]))) <= TOGETHER_M:
                old, new = group[one], group[other]
                group = [new if member == old else member for member in group]
    found: dict[int, list[str]] = {}
    for stop, member in zip(stops, group, strict=True):
        found.setdefault(member, []).append(stop.stop_id)
    terminal = set(ends)
    return [ids for ids in found.values() if len(ids) > 1 and terminal & set(ids)]


def place_bays(
    buses: BusNetwork, bays: dict[str, list[BayMiss]], *, avoid: Iterable[tuple[float, float]] = ()
) -> list[PlacedBay]:
    """New kerbs for the bays of one interchange, one each as far as there are any.

    Args:
        buses: The buses.
        bays: For each stop of the interchange, who misses it.
        avoid: (longitude, latitude) of stops that stay open, whose kerbs are taken.
    """
    if not bays:
        return []
    slots, at = _slots(buses, [buses.timetable.stops[stop] for stop in bays], list(avoid))
    if not slots:
        return []
    arcs = np.array([arc for arc, _ in slots])
    ids = list(bays)
    made = iter(on_all_cores(_Ways, [miss for stop in ids for miss in bays[stop]]))
    ways = {stop: [next(made) for _ in bays[stop]] for stop in ids}
    costs = np.zeros((len(ids), len(slots)))
    for row, stop in enumerate(ids):
        place = buses.timetable.stops[stop]
        away = np.hypot(*((at - (place.lon, place.lat)) * flat_scale(place.lat)).T)
        for way in ways[stop]:
            costs[row] += way.miss.trips * (way.seconds(arcs) + away * _SECONDS_PER_METRE)
        costs[row, away > NEAR_M] += _NO_WAY_S * sum(way.miss.trips for way in ways[stop])
    rows, columns = linear_sum_assignment(costs)
    found = []
    for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
        arc, along = slots[column]
        via = {way.miss.change: drive for way in ways[ids[row]] if (drive := way.drive(arc)) is not None}
        if via:
            found.append(PlacedBay(ids[row], arc, along, via))
    return found


def busiest_hour(seconds: Iterable[float]) -> int:
    """Most calls within any sixty minutes.

    >>> busiest_hour([0, 1800, 3599, 3600, 9000])
    3
    """
    times = np.sort(np.array(list(seconds)))
    if not len(times):
        return 0
    counts = np.searchsorted(times, times + 3600, side="left") - np.arange(len(times))
    return int(counts.max())


def _slots(
    buses: BusNetwork, stops: Sequence[Stop], avoid: list[tuple[float, float]]
) -> tuple[list[tuple[int, float]], Floats]:
    """Kerbs near some stops: arc and metres from its start, and (n, 2) longitude and latitude."""
    network, graph = buses.network, buses.graph
    usable = np.zeros(network.arc_count, np.bool_)
    usable[graph.node_arc[graph.head]] = True
    scale = np.array(flat_scale(stops[0].lat))
    middle = np.column_stack((network.junction_lon, network.junction_lat)) * scale
    near = np.zeros(network.junction_count, np.bool_)
    for stop in stops:
        near |= np.hypot(*(middle - np.array((stop.lon, stop.lat)) * scale).T) <= 2 * NEAR_M
    found: list[tuple[int, float]] = []
    places = [np.zeros((0, 2))]
    for arc in np.flatnonzero(usable & (near[network.arc_tail] | near[network.arc_head])).tolist():
        if may_stop(network, arc) and network.street(arc >> 1):
            length, line = float(network.way_length_m[arc >> 1]), network.geometry(arc >> 1)
            along = np.arange(FROM_CORNER_M, length - FROM_CORNER_M + 1e-9, BAY_M)
            found += [(arc, metres) for metres in along.tolist()]
            places.append(points_at(line, length - along if arc & 1 else along))
    at, taken = np.concatenate(places), np.array(avoid).reshape(-1, 2)
    away = np.asarray(cKDTree(taken * scale).query(at * scale)[0])  # infinitely far where none is taken
    free: Bools = away > BAY_M / 2
    return [slot for slot, is_free in zip(found, free.tolist(), strict=True) if is_free], at[free]


class _Ways:
    """How the trips of one course come to any kerb and go on from there."""

    def __init__(self, miss: BayMiss) -> None:
        self.miss = miss
        course, graph = miss.course, miss.course.graph
        blocked = np.zeros(course.count, np.bool_)
        blocked[list(miss.blocked)] = True
        self._begins = self._ends = miss.piece
        while self._begins > 0 and blocked[self._begins - 1]:
            self._begins -= 1
        while self._ends < course.count and blocked[self._ends]:
            self._ends += 1
        lost = course.lost_ms(blocked)
        before = np.concatenate(([0], np.cumsum(course.ms)))
        self._left_at: dict[int, int] = {}
        self._joins_at: dict[int, int] = {}
        none = np.zeros(graph.node_count, np.int64)
        self._to = self._arrive(course, blocked, lost, before)
        self._from = self._leave(course, blocked, lost, before)
        to, away = (none if tree is None else tree.ms.astype(np.int64) for tree in (self._to, self._from))
        self._total: Longs = np.where((to < NEVER_MS) & (away < NEVER_MS), to + away, np.int64(NEVER_MS))
        self._own_ms = int(before[-1])

    def _arrive(self, course: Course, blocked: Bools, lost: Longs, before: Longs) -> ArcTree | None:
        """From the path before the bay; None where the trip begins there."""
        seeds: dict[int, int] = {}
        for place in range(self._begins, 0, -1):
            node = int(course.node[place - 1])
            if blocked[place - 1] or node < 0:
                break
            ms = int(before[place] + lost[self._begins] - lost[place])
            if ms < seeds.get(node, NEVER_MS):
                seeds[node], self._left_at[node] = ms, place
        return self.miss.search.forward(seeds) if seeds else None

    def _leave(self, course: Course, blocked: Bools, lost: Longs, before: Longs) -> ArcTree | None:
        """To the path after the bay; None where the trip ends there."""
        seeds: dict[int, int] = {}
        for piece in range(self._ends, course.count):
            if blocked[piece] or course.arcs[piece] == OFF:
                break
            ms = int(before[-1] - before[piece + 1] + lost[piece] - lost[self._ends])
            for node in course.graph.nodes_of(int(course.arcs[piece])).tolist():
                if course.goes_on(node, piece) and ms < seeds.get(node, NEVER_MS):
                    seeds[node], self._joins_at[node] = ms, piece
        return self.miss.search.backward(seeds) if seeds else None

    def seconds(self, arcs: Longs) -> Floats:
        """What a trip over the kerb of each arc takes, more than a trip of its path; ``_NO_WAY_S`` where it cannot."""
        best = np.full(self.miss.course.graph.network.arc_count, NEVER_MS, np.int64)
        np.minimum.at(best, self.miss.course.graph.node_arc, self._total)
        ways = (best[arcs] < NEVER_MS) & ~self.miss.search.shut[arcs]
        return np.where(ways, (best[arcs] - self._own_ms) / _MS_PER_S, _NO_WAY_S)

    def drive(self, arc: int) -> Drive | None:
        """What a trip drives over the kerb of an arc; None where it cannot."""
        if float(self.seconds(np.array([arc]))[0]) >= _NO_WAY_S:
            return None
        course = self.miss.course
        nodes = course.graph.nodes_of(arc)
        node = int(nodes[self._total[nodes].argmin()])
        leaves, joins, arcs = self._begins, self._ends, [arc]
        if self._to is not None:
            root, between = self._to.way(node)
            leaves, arcs = self._left_at[root] - (root == node), [*between, *arcs]  # the kerb may be the path's own before
        if self._from is not None:
            root, between = self._from.way(node)
            joins, arcs = self._joins_at[root] + (root == node), [*arcs, *between]  # or after
        return driven(course, 0, course.count, [Round(leaves, joins, tuple(arcs))])
