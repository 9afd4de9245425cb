"""What closures and the traffic they cause do to the minutes of bus routes.

A bus drives its line as the traffic lets it: bus lanes are not known, so it bears all the delay; stops are not counted. Where
its line is shut it takes the quickest way round that a bus may drive. It leaves its line at most ``NEAR_M`` before the
closure, and joins it again at the first place that can be reached, or up to ``NEAR_M`` farther on where that is quicker. What
lies where no bus comes any more is cut off the line's end, or its start, whichever part is shorter.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from clearway.network.closures import shut_arcs
from clearway.network.model import NEVER_MS
from clearway.network.search.graph import routing_graph
from clearway.network.search.origins import Origins, origin_after
from clearway.network.search.search import shortest_tree
from clearway.planning.street_names import StreetNames
from clearway.planning.traffic.impact.arc_traffic import congested
from clearway.planning.traffic.impact.contract import BusImpact

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clearway.network.closures import Closure
    from clearway.network.model import Bools, Floats, Ints, Longs, Network
    from clearway.network.search.graph import RoutingGraph
    from clearway.network.search.search import Tree
    from clearway.network.transit.bus_lines import BusLine

NEAR_M = 500.0
"""How far from a closure a bus may leave its line, or join it again, when something nearer would do; metres."""

OWN_STREETS = 0.5
"""A bus stays on its line unless leaving it earlier saves more than half of the minutes there."""

NOTICED_MINUTES = 0.1
"""A route that no closure touches is listed when it gains or loses this much, minutes."""

OWN_LINE, WAY_ROUND, CUT_SHORT, STOPPED = "own line", "way round", "cut short", "stopped"
_MS_PER_MINUTE = 60_000.0
"""Times of arcs are in milliseconds, answers in minutes."""


@dataclass(slots=True)
class _Drive:
    """What is left of a line: the first and the end position driven, the way rounds between, milliseconds in all."""

    first: int = 0
    end: int = 0
    ms: float = 0.0
    rounds: list[tuple[int, int, list[int]]] = field(default_factory=list)


class BusModel:
    """Drives the bus lines of one network under closures and traffic. Safe for several threads.

    Args:
        network: The network.
        lines: Its bus lines.
    """

    def __init__(self, network: Network, lines: Sequence[BusLine]) -> None:
        self._network, self._lines = network, tuple(lines)
        self._graph = routing_graph(network, "bus")
        self._names = StreetNames(network)

    def impacts(self, closures: Iterable[Closure], before_delay_s: Floats, after_delay_s: Floats) -> tuple[BusImpact, ...]:
        """Every line that meets a closure or that the traffic changes by ``NOTICED_MINUTES``, worst first.

        Args:
            closures: What is shut; those that let buses pass are passed over.
            before_delay_s: (A,) what the traffic adds to each arc without the closures, seconds.
            after_delay_s: (A,) the same with them.
        """
        shut = shut_arcs(self._network, closures, "bus")
        before = self._graph.arc_ms + 1000 * np.maximum(before_delay_s, 0)
        after = _Streets(congested(self._graph, after_delay_s), shut, self._graph.arc_ms + 1000 * np.maximum(after_delay_s, 0))
        found = [self._impact(line, before, after) for line in self._lines]
        return tuple(sorted(filter(_noticed, found), key=_worst_first))

    def _impact(self, line: BusLine, before_ms: Floats, after: _Streets) -> BusImpact:
        driven = after.driven(line.arcs)
        part = line.arcs[driven.first : driven.end]
        before_part = float(before_ms[part].sum())
        away = np.zeros(len(line.arcs), np.bool_)
        away[: driven.first] = away[driven.end :] = True
        for leaves, joins, _ in driven.rounds:
            away[leaves:joins] = True
        round_arcs = [arc for _, _, arcs in driven.rounds for arc in arcs]
        stopped = bool(away.all())
        return BusImpact(
            route=line.route,
            towards=line.towards,
            trips_per_day=line.trips_per_day,
            state=STOPPED if stopped else _state(line, driven),
            minutes_free=float(self._graph.arc_ms[line.arcs].sum()) / _MS_PER_MINUTE,
            minutes_before=float(before_ms[line.arcs].sum()) / _MS_PER_MINUTE,
            minutes_after=None if stopped else driven.ms / _MS_PER_MINUTE,
            extra_minutes=None if stopped else (driven.ms - before_part) / _MS_PER_MINUTE,
            away_from_line_m=float(self._network.way_length_m[line.arcs[away] >> 1].sum()),
            blocked_at=self._called(line.arcs[after.shut[line.arcs]].tolist()),
            way_round=self._called([arc for arc in round_arcs if arc not in set(line.arcs[~away].tolist())]),
            way_round_indexes=tuple(dict.fromkeys(arc >> 1 for arc in round_arcs)),
        )

    def _called(self, arcs: Iterable[int]) -> tuple[str, ...]:
        """The streets of some arcs by name, each once."""
        named = (self._network.street(arc >> 1) and self._names.street(arc >> 1) for arc in arcs)
        return tuple(dict.fromkeys(name for name in named if name))


class _Streets:
    """The streets of one hour as a bus finds them."""

    def __init__(self, graph: RoutingGraph, shut: Bools, arc_ms: Floats) -> None:
        self._graph, self.shut, self._arc_ms = graph, shut, arc_ms

    def driven(self, arcs: Longs) -> _Drive:
        """How much of a line can be driven, and how."""
        blocked = np.flatnonzero(self.shut[arcs]).tolist()
        along_m = np.concatenate(([0.0], np.cumsum(self._graph.network.way_length_m[arcs >> 1])))
        drive, at = _Drive(), 0
        while (block := next((index for index in blocked if index >= at), None)) is not None:
            step = self._round(arcs, along_m, (drive.first, at, block))
            if step is not None:
                leaves, joins, ms, way = step
                drive.ms += self._ms(arcs[at:leaves]) + ms
                drive.rounds.append((leaves, joins, way))
                at = joins
            elif along_m[block] - along_m[drive.first] < along_m[-1] - along_m[block + 1]:
                drive, at = _Drive(first=block + 1), block + 1  # nobody comes on from here: the line begins beyond
            else:
                drive.ms += self._ms(arcs[at:block])
                drive.end = block
                return drive
        drive.ms += self._ms(arcs[at:])
        drive.end = len(arcs)
        return drive

    def _ms(self, arcs: Longs) -> float:
        return float(self._arc_ms[arcs].sum())

    def _round(self, arcs: Longs, along_m: Floats, at: tuple[int, int, int]) -> tuple[int, int, float, list[int]] | None:
        """The way round a block: where it leaves the line, where it joins it, milliseconds and arcs; None where none leads."""
        first, now, block = at
        earliest = max(now, int(np.searchsorted(along_m, along_m[block] - NEAR_M)))
        tree = self._tree(arcs, earliest, first)
        ms, nodes = self._arrivals(tree, arcs, block + 1)
        reached = np.flatnonzero(ms < NEVER_MS)
        if not len(reached):
            return None
        soonest = block + 1 + int(reached[0])
        still_open = np.append(np.flatnonzero(self.shut[arcs[soonest:]]), len(arcs) - soonest)[0]
        places = np.arange(soonest, soonest + int(still_open) + 1)
        places = places[(along_m[places] <= along_m[soonest] + NEAR_M) & (ms[places - block - 1] < NEVER_MS)]
        own_ms = np.concatenate(([0.0], np.cumsum(OWN_STREETS * self._arc_ms[arcs[soonest : places[-1]]])))[places - soonest]
        joins = int(places[(ms[places - block - 1] - own_ms).argmin()])
        way = tree.path(int(nodes[joins - block - 1]))[1:]
        return self._trimmed(arcs, (earliest, block, joins), way)

    def _trimmed(self, arcs: Longs, ends: tuple[int, int, int], way: list[int]) -> tuple[int, int, float, list[int]]:
        """The way round without the stretches at its start and its end that are the line itself."""
        leaves, block, joins = ends
        while way and leaves < block and way[0] == arcs[leaves]:
            way, leaves = way[1:], leaves + 1
        while way and joins > block + 1 and way[-1] == arcs[joins - 1]:
            way, joins = way[:-1], joins - 1
        return leaves, joins, self._ms(np.array(way, np.int64)), way

    def _tree(self, arcs: Longs, at: int, first: int) -> Tree:
        graph = self._inclined_to(arcs)
        if at > first:
            return shortest_tree(graph, origin_after(graph, int(arcs[at - 1])), self.shut)
        arc, none, zero = int(arcs[at]), np.zeros(1), np.zeros(1, np.int32)
        node = graph.junction_node[graph.network.arc_tail[arc]]
        return shortest_tree(
            graph, Origins(graph, zero + (arc >> 1), none, none, zero, zero, zero + node, zero, zero + arc), self.shut
        )

    def _inclined_to(self, arcs: Longs) -> RoutingGraph:
        """The graph on which a line's own streets look a little quicker than they are."""
        own = self._graph.edges_of(arcs)
        edge_ms = self._graph.edge_ms.copy()
        edge_ms[own] = np.maximum(edge_ms[own] * OWN_STREETS, 1)
        return replace(self._graph, edge_ms=edge_ms)

    def _arrivals(self, tree: Tree, arcs: Longs, start: int) -> tuple[Ints, Ints]:
        """Milliseconds to the start of every arc from a position on, and to the end of the last; and the nodes."""
        network, (first, copies) = self._graph.network, self._graph.junction_copies
        junctions = np.append(network.arc_tail[arcs[start:]], network.arc_head[arcs[-1]])
        nodes = [copies[first[junction] : first[junction + 1]] for junction in junctions.tolist()]
        best = np.array([int(choice[tree.ms[choice].argmin()]) for choice in nodes], np.int32)
        return tree.ms[best], best


def _state(line: BusLine, driven: _Drive) -> str:
    if driven.first > 0 or driven.end < len(line.arcs):
        return CUT_SHORT
    return WAY_ROUND if driven.rounds else OWN_LINE


def _noticed(impact: BusImpact) -> bool:
    return impact.state != OWN_LINE or abs(impact.extra_minutes or 0.0) >= NOTICED_MINUTES


def _worst_first(impact: BusImpact) -> tuple[float, str, str]:
    extra = np.inf if impact.extra_minutes is None else impact.extra_minutes
    return -extra, impact.route, impact.towards
