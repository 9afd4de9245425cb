"""The best detour for a bus whose path is shut.

**Best** is what costs least: the seconds driven; ``MISSED_STOP_S`` for each stop of its own that it leaves out; and
``OWN_STREETS`` of the seconds of open path that it leaves out, so that a bus stays where it is known to drive. It may leave its
path anywhere before what is shut and join it again anywhere after; between, it drives what
:mod:`clearway.network.transit.bus_graph` allows. Exact: one search from all places to leave at, each with what is left out up
to what is shut, decides for all places to join at. Where there is no detour, the trip is cut short: of its two ends the one
with more stops is served.

Times are those of the streets alone, without traffic and without calls.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from clearway.network.model import MS_PER_KMH_M, NEVER_MS
from clearway.network.search.search import NO_EDGE
from clearway.network.transit.shape_matching import OFF

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.model import Bools, Floats, Ints, Longs
    from clearway.network.search.arc_search import ArcSearch, ArcTree
    from clearway.network.transit.bus_graph import BusGraph
    from clearway.network.transit.bus_network import BusLineOnStreets

MISSED_STOP_S = 180.0
"""A stop left out weighs as much as three minutes on the way: riders walk about as long to the next one."""
OWN_STREETS = 0.5
"""Of the seconds of its own open path that a bus leaves out: it leaves early only where that saves more than half of them."""
_OFF_KMH = 20.0
"""Where the path is on no street of the network: the usual speed of a bus in a city, with and without closures."""
_MS_PER_S = 1000
"""Costs are whole milliseconds, as the times of arcs."""
_NEVER = float("inf")
State = Literal["detour", "cut_short", "stopped"]


class Round(NamedTuple):
    """A detour.

    Attributes:
        leaves: The piece before which the path is left.
        joins: The piece with which it is joined again.
        arcs: What is driven between.
    """

    leaves: int
    joins: int
    arcs: tuple[int, ...]


@dataclass(frozen=True)
class Drive:
    """What a trip drives instead of its path.

    Attributes:
        first: The first piece driven.
        end: The piece after the last one driven.
        whole: How many pieces the path has.
        rounds: Detours between them.
        served: For each stop whether it is served; a stop that is not on the path counts as served, since nothing is known.
        extra_ms: Milliseconds more than the same part of the path takes.
        extra_m: Metres more.
    """

    first: int
    end: int
    whole: int
    rounds: tuple[Round, ...]
    served: tuple[bool, ...]
    extra_ms: int
    extra_m: float

    @property
    def state(self) -> State:
        """What becomes of the trip."""
        if self.first >= self.end:
            return "stopped"
        return "detour" if self.first == 0 and self.end == self.whole else "cut_short"

    def left_out(self, piece: int) -> frozenset[int]:
        """The pieces that are left out together with one: before the first one driven, after the last, or by one detour."""
        if piece < self.first:
            return frozenset(range(self.first))
        if piece >= self.end:
            return frozenset(range(self.end, self.whole))
        return frozenset(
            left for one in self.rounds if one.leaves <= piece < one.joins for left in range(one.leaves, one.joins)
        )


class Course:
    """A path as the search sees it. n pieces."""

    def __init__(self, graph: BusGraph, line: BusLineOnStreets) -> None:
        path = line.path
        self.graph, self.line = graph, line
        self.arcs: Longs = path.arcs
        self.count = len(self.arcs)
        self.ms: Ints = _piece_ms(graph, line)
        self.node: Ints = _nodes(graph, self.arcs)
        on = np.array([place.piece for place in line.places], np.int64)
        self.stops: Longs = np.bincount(on[on >= 0], minlength=self.count)

    def lost_ms(self, blocked: Bools) -> Longs:
        """(n + 1,) what leaving out all pieces before a place costs, milliseconds: those that are open, and all stops."""
        open_ms = np.where(blocked, 0, np.rint(OWN_STREETS * self.ms)).astype(np.int64)
        each = open_ms + round(MISSED_STOP_S * _MS_PER_S) * self.stops
        before: Longs = np.concatenate(([0], np.cumsum(each)))
        return before

    def goes_on(self, node: int, piece: int) -> bool:
        """Whether a bus that joined with a piece, and stands at one of its arc's nodes, may follow the path from there."""
        for after in range(piece + 1, self.count):
            if node == self.node[after - 1] or self.arcs[after] == OFF:
                return True
            moved = self.graph.move(node, int(self.arcs[after]))
            if moved is None:
                return self.graph.move(int(self.node[after - 1]), int(self.arcs[after])) is None  # the path breaks a rule there
            node = moved
        return True


def _piece_ms(graph: BusGraph, line: BusLineOnStreets) -> Ints:
    path = line.path
    off = path.arcs == OFF
    arcs = np.where(off, 0, path.arcs)
    whole = np.repeat(path.network.way_length_m, 2)[arcs] if len(arcs) else np.ones(0)
    ms = np.where(off, path.length_m * MS_PER_KMH_M / _OFF_KMH, graph.node_ms[arcs] * path.length_m / whole)
    return np.rint(ms).astype(np.int32)


def _nodes(graph: BusGraph, arcs: Longs) -> Ints:
    """(n,) the node after each piece, -1 where it is on no street."""
    nodes = np.full(len(arcs), -1, np.int32)
    node = -1
    for index, arc in enumerate(arcs.tolist()):
        if arc == OFF:
            node = -1
            continue
        moved = graph.move(node, arc) if node >= 0 else None
        node = int(graph.first_node[arc]) if moved is None else moved
        nodes[index] = node
    return nodes


def rerouted(course: Course, shut: frozenset[int], search: ArcSearch) -> Drive:
    """What a trip drives when some pieces of its path are shut.

    Args:
        course: Its path.
        shut: Pieces.
        search: With everything shut that is in force.
    """
    blocked = np.zeros(course.count, np.bool_)
    blocked[list(shut)] = True
    blocks = _blocks(blocked)
    whole = _Run(course, blocked, blocks, search, 0)
    if whole.cost[course.count] < _NEVER:
        return whole.drive(course.count)
    options = [run.drive(run.furthest) for run in (whole, *(_Run(course, blocked, blocks, search, q) for _, q in blocks))]
    return max(options, key=lambda drive: (sum(drive.served), -drive.extra_ms, -drive.first))


def _blocks(blocked: Bools) -> list[tuple[int, int]]:
    """The runs of shut pieces: first, and the one after the last."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], blocked, [False])).astype(np.int8)))
    return [(int(first), int(end)) for first, end in edges.reshape(-1, 2)]


class _Run:
    """The cheapest way to be at each place of a path, when it is begun with one piece.

    ``cost[k]`` is what it takes to have driven up to piece k on the path, infinite where that cannot be.
    """

    def __init__(
        self, course: Course, blocked: Bools, blocks: Sequence[tuple[int, int]], search: ArcSearch, first: int
    ) -> None:
        self.course, self.blocked, self.search, self.first = course, blocked, search, first
        self.cost: Floats = np.full(course.count + 1, _NEVER)
        self.cost[first] = 0.0
        self._lost_ms = course.lost_ms(blocked)
        self._joined: dict[int, tuple[ArcTree, int, dict[int, int]]] = {}
        self._follow(first)
        for begins, ends in blocks:
            if begins >= first:
                self._round(begins, ends)

    @property
    def furthest(self) -> int:
        """The last place that is reached, before which the trip ends."""
        return int(np.flatnonzero(self.cost < _NEVER)[-1])

    def _follow(self, start: int) -> None:
        """Along the path from a place on."""
        for piece in range(start, self.course.count):
            along = self.cost[piece] + self.course.ms[piece]
            if not self.blocked[piece] and along <= self.cost[piece + 1]:
                self.cost[piece + 1] = along
                self._joined.pop(piece + 1, None)

    def _round(self, begins: int, ends: int) -> None:
        """Round one run of shut pieces, whatever was left before it and is joined after it."""
        course, lost_ms = self.course, self._lost_ms
        seeds: dict[int, int] = {}
        left_at: dict[int, int] = {}
        for place in range(self.first + 1, begins + 1):
            node = int(course.node[place - 1])
            if node < 0 or self.blocked[place - 1] or self.cost[place] == _NEVER:
                continue
            ms = int(self.cost[place]) + int(lost_ms[begins] - lost_ms[place])
            if ms <= seeds.get(node, NEVER_MS):
                seeds[node], left_at[node] = ms, place
        if not seeds:
            return
        tree = self.search.forward(seeds)
        for piece in range(ends, course.count):
            if self.blocked[piece] or course.arcs[piece] == OFF:
                continue
            node = self._joins(tree, piece)
            if node < 0:
                continue
            ms = int(tree.ms[node]) - int(course.graph.node_ms[node]) + int(course.ms[piece])
            ms += int(lost_ms[piece] - lost_ms[begins])
            if ms < self.cost[piece + 1]:
                self.cost[piece + 1] = ms
                self._joined[piece + 1] = (tree, node, left_at)
        self._follow(ends)

    def _joins(self, tree: ArcTree, piece: int) -> int:
        """The node with which a piece is soonest joined so that the path can be followed; -1 where none is."""
        nodes = self.course.graph.nodes_of(int(self.course.arcs[piece]))
        nodes = nodes[(tree.ms[nodes] < NEVER_MS) & (tree.edge[nodes] != NO_EDGE)]
        for node in nodes[np.argsort(tree.ms[nodes], kind="stable")].tolist():
            if self.course.goes_on(node, piece):
                return int(node)
        return -1

    def drive(self, end: int) -> Drive:
        """What is driven up to a place."""
        rounds, place = [], end
        while place > self.first:
            if place not in self._joined:
                place -= 1
                continue
            tree, node, left_at = self._joined[place]
            root, arcs = tree.way(node)
            rounds.append(self._trimmed(left_at[root], place - 1, arcs))
            place = left_at[root]
        return driven(self.course, self.first, end, rounds[::-1])

    def _trimmed(self, leaves: int, joins: int, arcs: list[int]) -> Round:
        """A detour without the path's own pieces at its ends."""
        own = self.course.arcs
        while arcs and leaves < joins and not self.blocked[leaves] and arcs[0] == own[leaves]:
            arcs, leaves = arcs[1:], leaves + 1
        while arcs and joins > leaves and not self.blocked[joins - 1] and arcs[-1] == own[joins - 1]:
            arcs, joins = arcs[:-1], joins - 1
        return Round(leaves, joins, tuple(arcs))


def driven(course: Course, first: int, end: int, rounds: Sequence[Round]) -> Drive:
    """A drive with what it serves and how much longer it takes.

    Args:
        course: The path.
        first: The first piece driven.
        end: The piece after the last.
        rounds: Detours, in order.
    """
    graph, line = course.graph, course.line
    on_path = np.zeros(course.count, np.bool_)
    on_path[first:end] = True
    for leaves, joins, _ in rounds:
        on_path[leaves:joins] = False
    round_arcs = np.array([arc for one in rounds for arc in one.arcs], np.int64)
    away = np.array([piece for one in rounds for piece in range(one.leaves, one.joins)], np.int64)
    length_m = course.line.path.length_m
    return Drive(
        first,
        end,
        course.count,
        tuple(rounds),
        tuple(_served(course, on_path, rounds, place.piece) for place in line.places),
        int(graph.node_ms[round_arcs].sum()) - int(course.ms[away].sum()),
        float(graph.network.way_length_m[round_arcs >> 1].sum() - length_m[away].sum()),
    )


def _served(course: Course, on_path: Bools, rounds: Sequence[Round], piece: int) -> bool:
    """Whether a stop at a piece is passed, on the path or by a detour that drives the same arc."""
    if piece < 0 or on_path[piece]:
        return True
    arc = int(course.arcs[piece])
    return any(one.leaves <= piece < one.joins and arc in one.arcs for one in rounds)
