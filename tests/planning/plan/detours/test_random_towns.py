"""Detours and warnings on random towns, held against networkx on a graph of its own making."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pytest

from clearway.network.build import NetworkDraft
from clearway.network.classes import class_mask
from clearway.network.closures import Closure
from clearway.network.headings import Headings
from clearway.planning.plan.detours.movements import cut_movements
from clearway.planning.plan.detours.signs import signs
from clearway.planning.plan.detours.streets import ThroughStreets

if TYPE_CHECKING:
    from clearway.network.model import Network

THERE_AND_BACK_MS = 180_000

MOTOR = class_mask(["emergency", "resident", "service", "bus", "general"])
TOWNS = 60


def town(seed: int) -> tuple[Network, list[Closure]]:
    """A crooked grid with streets missing, some one-way, some turns forbidden, and some of it shut."""
    dice = np.random.default_rng(seed)
    columns, rows = int(dice.integers(3, 7)), int(dice.integers(2, 6))
    draft = NetworkDraft(f"Town {seed}")
    places = [
        [
            draft.junction(174.77 + 0.002 * x + dice.uniform(0, 5e-4), -41.28 + 0.002 * y + dice.uniform(0, 5e-4))
            for x in range(columns)
        ]
        for y in range(rows)
    ]
    across = [(row[x], row[x + 1], f"Row {y}") for y, row in enumerate(places) for x in range(columns - 1)]
    up = [(places[y][x], places[y + 1][x], f"Column {x}") for y in range(rows - 1) for x in range(columns)]
    one_way = (class_mask(["general", "foot"]), class_mask(["foot"]))
    ways = [
        draft.way(tail, head, name=name, permit=one_way if dice.random() < 0.15 else None)
        for tail, head, name in across + up
        if dice.random() < 0.9
    ]
    network = draft.finish()
    for arc in range(2 * len(ways)):
        after = [one for one in range(2 * len(ways)) if network.arc_tail[one] == network.arc_head[arc] and one != arc ^ 1]
        if after and dice.random() < 0.05:
            draft.turn([arc, int(dice.choice(after))])
    count = int(dice.integers(1, 5))
    shut = [
        Closure(int(way), MOTOR, at_m=10.0 if dice.random() < 0.5 else None) for way in dice.choice(ways, count, replace=False)
    ]
    return draft.finish(), shut


class Judge:
    """The same town in networkx: nodes are arcs just driven."""

    def __init__(self, network: Network, closures: list[Closure]) -> None:
        self.network = network
        bit = class_mask(["general"])
        speed = network.arc_speed_kmh[4]
        forbidden = {tuple(network.turn_arcs[a:b].tolist()) for a, b in pairwise(network.turn_start.tolist())}
        arcs = [arc for arc in range(network.arc_count) if network.arc_permit[arc] & bit]
        self.ms = {arc: max(round(float(network.way_length_m[arc >> 1]) * 3600 / float(speed[arc])), 1) for arc in arcs}
        shut = {2 * one.way + side for one in closures for side in (0, 1)}
        self.graphs = [nx.DiGraph(), nx.DiGraph()]
        for graph, gone in zip(self.graphs, (set[int](), shut), strict=True):
            graph.add_nodes_from(arc for arc in arcs if arc not in gone)
            graph.add_weighted_edges_from(
                (one, other, self.ms[other])
                for one in arcs
                for other in arcs
                if network.arc_head[one] == network.arc_tail[other]
                and other != one ^ 1
                and (one, other) not in forbidden
                and not {one, other} & gone
            )
        self.usual, self.closed = self.graphs
        self.before = self._largest(self.usual)
        self.after = self._without_loops(self._largest(self.closed) & self.before)
        self.lost = self.before - self.after
        dead = self._largest(self.closed) & self.before - self.after
        self.closed = self.closed.subgraph(set(self.closed) - dead)

    def _without_loops(self, after: set[int]) -> set[int]:
        """Without what one comes back from only by a loop that hung on one junction before, too: that is no way round."""
        ends = {arc: (int(self.network.arc_tail[arc]), int(self.network.arc_head[arc])) for arc in self.before}
        parts = [set(part) for part in nx.biconnected_component_edges(nx.Graph(list(ends.values())))]
        most = max(parts, key=len)
        core = {arc for arc in after if {ends[arc], ends[arc][::-1]} & most}
        kept = self._largest(self.closed.subgraph(core))
        loops = nx.Graph([ends[arc] for arc in after - core])
        loops.add_nodes_from(junction for arc in kept for junction in ends[arc])
        held = {node for arc in kept for node in nx.node_connected_component(loops, ends[arc][0])}
        held |= {node for arc in kept for node in nx.node_connected_component(loops, ends[arc][1])}
        return kept | {arc for arc in after - core if ends[arc][0] in held}

    @staticmethod
    def _largest(graph: nx.DiGraph) -> set[int]:
        return max((set(part) for part in nx.strongly_connected_components(graph)), key=len, default=set())

    def is_plain(self) -> bool:
        """Whether there is one largest part alone, so that nobody can argue which it is."""
        for graph in self.graphs:
            sizes = sorted((len(part) for part in nx.strongly_connected_components(graph)), reverse=True)
            if len(sizes) < 2 or sizes[0] < 3 or sizes[0] == sizes[1]:
                return False
        ends = [(int(self.network.arc_tail[arc]), int(self.network.arc_head[arc])) for arc in self.before]
        parts = sorted(map(len, nx.biconnected_component_edges(nx.Graph(ends))), reverse=True)
        return len(parts) < 2 or parts[0] > parts[1]

    def quickest(self, graph: nx.DiGraph, start: int, end: int) -> tuple[int, list[int]] | None:
        """Milliseconds from having driven an arc to having driven another, and the arcs between."""
        try:
            ms, path = nx.single_source_dijkstra(graph, start, end)
        except nx.NetworkXNoPath:
            return None
        return int(ms) - self.ms[end], path[1:-1]


@pytest.mark.parametrize("seed", range(TOWNS))
def test_every_detour_is_the_quickest_and_no_movement_or_warning_is_missing(seed: int) -> None:
    network, closures = town(seed)
    judge = Judge(network, closures)
    streets = ThroughStreets(network, closures)
    if not judge.is_plain():
        return
    arcs = streets.onward.node_arc
    assert set(arcs[streets.before].tolist()) == judge.before
    assert set(arcs[streets.after].tolist()) == judge.after
    told = cut_movements(streets)
    for movement in told:
        for approach in movement.approaches:
            assert approach.arcs is not None  # from one through street to another there is always a way
            quickest = judge.quickest(judge.closed, approach.leaves, approach.joins)
            usual = judge.quickest(judge.usual, approach.leaves, approach.joins)
            assert quickest is not None
            assert usual is not None
            way = [approach.leaves, *approach.arcs, approach.joins]
            assert all(judge.closed.has_edge(one, other) for one, other in pairwise(way))
            driven = sum(judge.ms[arc] for arc in approach.arcs)
            if any(one ^ 1 in quickest[1] for one in (approach.leaves, *quickest[1], approach.joins)):
                assert quickest[0] <= driven <= quickest[0] + THERE_AND_BACK_MS
                assert driven == quickest[0] or not any(one ^ 1 in way for one in way)
            else:
                assert driven == quickest[0]
            assert sum(judge.ms[arc] for arc in approach.instead_of) == usual[0]
            assert approach.added_ms == driven - usual[0] >= 0
    assert missing(judge, Headings(network), [movement.arcs for movement in told]) == []
    assert {(sign.arc, sign.arms) for sign in signs(streets)} == expected_signs(judge)
    for sign in signs(streets):
        assert sign.metres == pytest.approx(metres_to_closure(judge, closures, sign.arc))


def missing(judge: Judge, headings: Headings, told: list[tuple[int, ...]]) -> list[tuple[int, int]]:
    """Pairs of through arcs whose quickest way was lost, straight out of it, that no movement tells of."""
    entries = [arc for arc in judge.after if judge.lost & set(judge.usual.successors(arc))]
    found = []
    for leaves in judge.lost:
        ahead = judge.after & set(judge.usual.successors(leaves))
        if not ahead:
            continue
        exit_arc = min(ahead, key=lambda arc: abs(float(headings.turned(np.array([leaves]), np.array([arc]))[0])))
        for entry in entries:
            quickest = judge.quickest(judge.usual, entry, exit_arc)
            if quickest is None or not quickest[1] or quickest[1][-1] != leaves or not set(quickest[1]) <= judge.lost:
                continue
            between = tuple(quickest[1])
            if any(one ^ 1 in between for one in (entry, *between, exit_arc)) or entry == exit_arc ^ 1:  # it only turned round
                continue
            if not any(between == arcs[at : at + len(between)] for arcs in told for at in range(len(arcs))):
                found.append((entry, exit_arc))
    return found


def expected_signs(judge: Judge) -> set[tuple[int, tuple[int, ...]]]:
    found = {}
    for arc in judge.lost:
        arms = sorted(one for one in judge.usual.predecessors(arc) if one in judge.after)
        if arms:
            found[arc] = tuple(arms)
    return set(found.items())


def metres_to_closure(judge: Judge, closures: list[Closure], start: int) -> float:
    """From the beginning of an arc along lost streets to the first closure."""
    length_m = judge.network.way_length_m
    stands = {}
    for one in closures:
        length = float(length_m[one.way])
        stands[2 * one.way] = 0.0 if one.at_m is None else one.at_m
        stands[2 * one.way + 1] = 0.0 if one.at_m is None else length - one.at_m
    inside = judge.usual.subgraph(judge.lost)
    graph = nx.DiGraph()
    graph.add_nodes_from(inside)
    graph.add_weighted_edges_from((one, other, float(length_m[one >> 1])) for one, other in inside.edges if one not in stands)
    far = nx.single_source_dijkstra_path_length(graph, start)
    return min((metres + stands[arc] for arc, metres in far.items() if arc in stands), default=np.inf)


def test_enough_of_the_towns_have_something_cut() -> None:
    cut = trapped = plain = 0
    for seed in range(TOWNS):
        network, closures = town(seed)
        if Judge(network, closures).is_plain():
            plain += 1
            streets = ThroughStreets(network, closures)
            cut += len(cut_movements(streets))
            trapped += sum(one.traps for one in signs(streets))
    assert plain > TOWNS / 2
    assert cut > 2 * TOWNS
    assert trapped > 10
