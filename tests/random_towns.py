"""Small random towns, and an independent answer to every question a search answers: plain Python, one step at a time."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import hypothesis.strategies as st

from clearway.network.build import NetworkDraft
from clearway.network.classes import class_mask
from clearway.network.closures import Closure, gate_ms, shut_arcs
from clearway.network.model import NEVER_MS
from clearway.network.search.graph import RoutingGraph, routing_graph
from clearway.network.search.origins import Origins, origins_at
from clearway.network.search.search import Tree, shortest_tree
from clearway.network.search.targets import Targets, address_targets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clearway.network.model import Network

EMERGENCY = class_mask(["emergency"])
TURNOUT_MS = (0, 4_000, 15_000)
"""Before the vehicles of a town's first, second and third station leave."""
SHARES = st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0])


class Obstacle(NamedTuple):
    way: int
    at_m: float
    along: bool
    against: bool


@dataclass(frozen=True)
class Town:
    """A network, stations as (way, metres from its tail), and closures; all for the class "emergency"."""

    network: Network
    stations: list[tuple[int, float]]
    closures: list[Closure]

    def graph(self) -> RoutingGraph:
        return routing_graph(self.network, "emergency")

    def origins(self, graph: RoutingGraph) -> Origins:
        spots, waits = [(way, at_m, 0.0) for way, at_m in self.stations], TURNOUT_MS[: len(self.stations)]
        return origins_at(graph, spots, start_ms=waits, closures=self.closures)

    def searched(self) -> tuple[RoutingGraph, Tree, Targets]:
        graph = self.graph()
        shut = shut_arcs(self.network, self.closures, "emergency")
        tree = shortest_tree(graph, self.origins(graph), shut, gate_ms(self.network, self.closures, "emergency"))
        return graph, tree, address_targets(graph, self.closures)


class ByHand:
    """Dijkstra's method over (junction, the arcs last driven), straight from the network's own definition."""

    def __init__(self, town: Town, *, cars: tuple[tuple[int, float], ...] = (), shut: frozenset[int] = frozenset()) -> None:
        self.town, self.network, self.shut = town, town.network, shut
        self.speed = self.network.arc_speed_kmh[0].tolist()
        self.permitted = [bool(mask & EMERGENCY) for mask in self.network.arc_permit]
        self.obstacles = [Obstacle(way, at_m, along=True, against=True) for way, at_m in cars]
        for way, at_m, blocks in zip(
            self.network.stop_way.tolist(), self.network.stop_offset_m.tolist(), self.network.stop_blocks.tolist(), strict=True
        ):
            if blocks & EMERGENCY:
                self.obstacles.append(Obstacle(way, at_m, along=True, against=True))
        self.gates = [closure for closure in town.closures if closure.delay_s and not closure.shuts & EMERGENCY]
        for closure in town.closures:
            if not closure.shuts & EMERGENCY:
                continue
            if closure.at_m is not None:
                self.obstacles.append(Obstacle(closure.way, closure.at_m, closure.along, closure.against))
                continue
            for arc, held in ((2 * closure.way, closure.along), (2 * closure.way + 1, closure.against)):
                self.permitted[arc] = self.permitted[arc] and not held
        starts, network = network_turns(self.network), self.network
        self.forbidden = [arcs for arcs, classes in starts if classes & EMERGENCY and follows(network, arcs)]
        self.memory = max([len(arcs) for arcs in self.forbidden], default=2) - 1
        self.ms = self._search()

    def clear(self, arc: int, from_m: float, to_m: float) -> bool:
        """Whether a stretch of an arc can be driven; what stands exactly at a stretch's own point does not part it."""
        low, high = min(from_m, to_m), max(from_m, to_m)
        return self.permitted[arc] and not any(
            found.way == arc >> 1 and low < found.at_m < high and (found.against if arc & 1 else found.along)
            for found in self.obstacles
        )

    def whole(self, arc: int) -> bool:
        return arc not in self.shut and self.clear(arc, -1.0, 1e9)

    def stretch(self, arc: int, metres: float) -> int:
        return max(round(metres * 3600 / float(self.speed[arc])), 0)

    def waits(self, arc: int, from_m: float, to_m: float) -> int:
        """Milliseconds at the gates of a stretch of an arc, by the same rule as obstacles."""
        low, high = min(from_m, to_m), max(from_m, to_m)
        return sum(
            int(gate.delay_s * 1000)
            for gate in self.gates
            if gate.way == arc >> 1 and low < (gate.at_m or 0.0) < high and (gate.against if arc & 1 else gate.along)
        )

    def may_follow(self, driven: tuple[int, ...]) -> bool:
        return not any(driven[-len(arcs) :] == arcs for arcs in self.forbidden)

    def seeds(self) -> Iterator[tuple[int, int, tuple[int, ...]]]:
        for (way, at_m), start in zip(self.town.stations, TURNOUT_MS, strict=False):
            length = float(self.network.way_length_m[way])
            for arc, metres, end_m, junctions in (
                (2 * way, length - at_m, 1e9, self.network.way_head),
                (2 * way + 1, at_m, -1.0, self.network.way_tail),
            ):
                if self.clear(arc, at_m, end_m):
                    yield start + self.stretch(arc, metres) + self.waits(arc, at_m, end_m), int(junctions[way]), (arc,)

    def _search(self) -> dict[tuple[int, tuple[int, ...]], int]:
        found: dict[tuple[int, tuple[int, ...]], int] = {}
        heap = list(self.seeds())
        heapq.heapify(heap)
        arc_ms = self.network.travel_ms("emergency").tolist()
        while heap:
            ms, junction, driven = heapq.heappop(heap)
            if (junction, driven) in found:
                continue
            found[junction, driven] = ms
            for arc in range(self.network.arc_count):
                after = (*driven, arc)
                if self.network.arc_tail[arc] == junction and self.whole(arc) and self.may_follow(after):
                    heapq.heappush(
                        heap,
                        (ms + arc_ms[arc] + self.waits(arc, -1.0, 1e9), int(self.network.arc_head[arc]), after[-self.memory :]),
                    )
        return found

    def junction_ms(self) -> list[int]:
        """Milliseconds to each junction, whatever was driven before."""
        best = [NEVER_MS] * self.network.junction_count
        for (junction, _), ms in self.ms.items():
            best[junction] = min(best[junction], ms)
        return best

    def address_ms(self) -> list[int]:
        """Milliseconds to each address."""
        return [min(self._ways_to(address), default=NEVER_MS) for address in range(self.network.address_count)]

    def _ways_to(self, address: int) -> Iterator[int]:
        way, at_m = int(self.network.address_way[address]), float(self.network.address_offset_m[address])
        length = float(self.network.way_length_m[way])
        for (station_way, from_m), start in zip(self.town.stations, TURNOUT_MS, strict=False):
            arc = 2 * way + (at_m < from_m)
            if station_way == way and (from_m == at_m or self.clear(arc, from_m, at_m)):
                yield start + self.stretch(arc, abs(at_m - from_m)) + self.waits(arc, from_m, at_m)
        for arc, end_m in ((2 * way, -1.0), (2 * way + 1, 1e9)):
            if self.clear(arc, end_m, at_m):
                metres = at_m if arc == 2 * way else length - at_m
                tail = self.network.arc_tail[arc]
                yield from (
                    ms + self.stretch(arc, metres) + self.waits(arc, end_m, at_m)
                    for (junction, driven), ms in self.ms.items()
                    if junction == tail and self.may_follow((*driven, arc))
                )


def network_turns(network: Network) -> list[tuple[tuple[int, ...], int]]:
    starts = network.turn_start.tolist()
    return [
        (tuple(network.turn_arcs[first:end].tolist()), int(classes))
        for first, end, classes in zip(starts, starts[1:], network.turn_classes, strict=False)
    ]


def follows(network: Network, arcs: tuple[int, ...]) -> bool:
    return all(network.arc_head[arc] == network.arc_tail[after] for arc, after in pairwise(arcs))


@st.composite
def random_towns(draw: st.DrawFn) -> Town:
    """Up to six junctions on a coarse grid, so that many ways are equally long; loops and parallel ways included.

    Most are joined, have a station and closures that bite; some are empty, in pieces, or without a station.
    """
    draft = NetworkDraft("town")
    count = draw(st.integers(1, 6))
    spots = [(174.77 + 0.001 * (index % 3), -41.28 + 0.001 * (index // 3)) for index in range(count)]
    junctions = [draft.junction(*spot) for spot in spots]
    odd = draw(st.integers(0, 4)) == 0
    joined = [] if odd else [(draw(st.sampled_from(junctions[:head])), head) for head in junctions[1:]]
    ends = joined + draw(st.lists(st.tuples(st.sampled_from(junctions), st.sampled_from(junctions)), min_size=0, max_size=6))
    for tail, head in ends:
        middle = [(spots[tail][0] + 0.0003, spots[tail][1] + 0.0003)] if tail == head else []
        permit = draw(st.sampled_from([(127, 127)] * 6 + [(127, 16), (16, 127), (16, 16)]))
        speed = draw(st.sampled_from([30.0, 50.0]))
        draft.way(tail, head, points=[spots[tail], *middle, spots[head]], permit=permit, speed_kmh=speed)
    if not ends:
        return Town(draft.finish(), [], [])
    length = draft.finish().way_length_m.tolist()
    ways = st.integers(0, len(ends) - 1)
    places = st.tuples(ways, SHARES).map(lambda spot: (spot[0], spot[1] * length[spot[0]]))
    for way, at_m in draw(st.lists(places, max_size=3)):
        draft.stop(way, at_m, blocks=draw(st.sampled_from([EMERGENCY, 127, 16])))
    for way, at_m in draw(st.lists(places, min_size=1, max_size=8)):
        draft.address(way, at_m)
    network = draft.finish()
    for _ in range(draw(st.integers(0, 4))):
        if arcs := draw(random_walks(network)):
            draft.turn(arcs, classes=draw(st.sampled_from([127, 127, 16])))
    stations = draw(st.lists(places, min_size=0 if odd else 1, max_size=3))
    return Town(draft.finish(), stations, draw(random_closures(places, least=0 if odd else 1)))


@st.composite
def random_walks(draw: st.DrawFn, network: Network) -> list[int]:
    """Two to four arcs that follow one another; fewer where the town has no way on."""
    arcs = [draw(st.integers(0, network.arc_count - 1))]
    for _ in range(draw(st.integers(1, 3))):
        onward = [arc for arc in range(network.arc_count) if network.arc_tail[arc] == network.arc_head[arcs[-1]]]
        arcs.append(draw(st.sampled_from(onward)))
    return arcs


def random_closures(places: st.SearchStrategy[tuple[int, float]], *, least: int = 0) -> st.SearchStrategy[list[Closure]]:
    """Streets shut, points of them, and gates; most bind emergency vehicles, in both directions."""
    masks, sides = (
        st.sampled_from([127, 127, EMERGENCY, 16]),
        st.sampled_from([(True, True)] * 4 + [(True, False), (False, True), (False, False)]),
    )
    whole = st.builds(lambda place, shuts, side: Closure(place[0], shuts, along=side[0], against=side[1]), places, masks, sides)
    points = st.builds(
        lambda place, shuts, side: Closure(place[0], shuts, at_m=place[1], along=side[0], against=side[1]), places, masks, sides
    )
    gates = st.builds(
        lambda place, side, delay_s: Closure(place[0], 16, at_m=place[1], along=side[0], against=side[1], delay_s=delay_s),
        places,
        sides,
        st.sampled_from([7.0, 90.0]),
    )
    return st.lists(whole | whole | points | gates, min_size=least, max_size=4)
