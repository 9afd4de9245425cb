"""Searches from many stations, and re-timing after one street closes.

Every peer's times are compared with ours before they are measured; a difference stops the run.
"""

from __future__ import annotations

from functools import partial
from statistics import median
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks import cities
from benchmarks.measure import Figure, seconds, timed
from benchmarks.peers import NAMES, SHUT_MS, peers, question
from clearway.network.model import NEVER_MS
from clearway.network.search.graph import RoutingGraph, routing_graph
from clearway.network.search.origins import Origins, origins_at
from clearway.network.search.repair import Retimer
from clearway.network.search.search import Tree, shortest_tree, travel_times
from clearway.network.search.targets import address_targets, target_ms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.peers import Question
    from clearway.network.model import Ints, Network

STATIONS = 30
"""In a city of 200,000 junctions; a town of a few thousand has ten."""
_STREETS = 2000
_CLOSED_WAYS = 45
_CITY = 100_000


class Case:
    """A network with stations on random streets, the same in every run."""

    def __init__(self, network: Network, vehicle_class: str = "general") -> None:
        self.network, self.rng = network, np.random.default_rng(30)
        self.graph: RoutingGraph = routing_graph(network, vehicle_class)
        open_both_ways = np.flatnonzero(np.bincount(self.graph.edge_arc >> 1, minlength=network.way_count) > 1)
        self.stations = STATIONS if network.junction_count > _CITY else STATIONS // 3
        ways = self.rng.choice(open_both_ways, self.stations, replace=False).tolist()
        self.origins: Origins = origins_at(self.graph, [(way, float(network.way_length_m[way]) / 2, 0.0) for way in ways])
        self.tree: Tree = shortest_tree(self.graph, self.origins)
        self.name = f"{network.name} ({network.junction_count:,} junctions)"

    def streets(self, count: int) -> Ints:
        """Random ways that the class can drive."""
        return self.rng.choice(np.unique(self.graph.edge_arc >> 1), count)


def networks() -> list[Network]:
    """What the figures are measured on."""
    return [cities.wellington(), cities.helsinki(), cities.generated_city()]


def figures() -> Iterator[Figure]:
    """Measure on each network in turn."""
    yield first_call()
    for network in networks():
        yield from _figures_of(Case(network))


def first_call() -> Figure:
    """What a newcomer waits for: the first search of a process, its kernels read from the cache or compiled."""
    case = partial(Case, cities.wellington())
    return Figure("first graph and search of this process", timed(case), note="some seconds where nothing is compiled yet")


def _figures_of(case: Case) -> Iterator[Figure]:
    asked = question(case.graph, case.origins)
    one = case.origins.only(0)
    full_s = seconds(partial(shortest_tree, case.graph, case.origins), repeats=9)
    taken: dict[str, float | None] = {}
    after: dict[str, float | None] = {}
    for name, peer in peers(asked, names=NAMES):
        taken[name] = after[name] = None
        if peer is not None:
            _same_times(case, asked, peer.search(), name)
            taken[name] = seconds(peer.search)
            shut = [np.flatnonzero(asked.arc >> 1 == way) for way in case.streets(7)]
            after[name] = median(timed(partial(peer.search_without, edges)) for edges in shut)
    yield Figure(f"graph of one class, {case.name}", seconds(partial(routing_graph, case.network, "general"), repeats=3))
    yield Figure(f"nearest of {case.stations} stations to all junctions, {case.name}", full_s, taken)
    yield Figure(f"one station to all junctions, {case.name}", seconds(partial(shortest_tree, case.graph, one), repeats=9))
    table_s = seconds(partial(travel_times, case.graph, case.origins), repeats=3)
    yield Figure(f"{case.stations} stations to all junctions each, every core, {case.name}", table_s)
    yield _under_closures(case)
    yield _retiming(case, {"our full search": full_s, **after})


def _under_closures(case: Case) -> Figure:
    targets, shut = address_targets(case.graph), np.zeros(case.network.arc_count, np.bool_)
    ways = case.streets(_CLOSED_WAYS)
    shut[2 * ways] = shut[2 * ways + 1] = True

    def work() -> Ints:
        return target_ms(shortest_tree(case.graph, case.origins, shut), targets)

    name = f"... to {targets.address_count:,} addresses, {2 * _CLOSED_WAYS} arcs shut, {case.name}"
    return Figure(name, seconds(work), note="a new closure set each time; nothing is rebuilt")


def _retiming(case: Case, others: dict[str, float | None]) -> Figure:
    retimer, times = Retimer(case.tree), []
    for way in case.streets(_STREETS).tolist():
        arcs = [2 * way, 2 * way + 1]
        times.append(timed(partial(retimer.shut, arcs)))
        retimer.undo()
    mean = sum(times) / len(times)
    aim = 100 if case.network.junction_count > _CITY else None  # a small town's full search takes no longer than the call
    note = f"median of {_STREETS} random streets; the mean is {mean * 1e6:.0f} us. Peers: shut, search all, open again"
    return Figure(f"re-timing after one street closes, {case.name}", median(times), others, aim=aim, note=note)


def _same_times(case: Case, asked: Question, found: Any, name: str) -> None:  # noqa: ANN401 - each peer has its own kind of answer
    """Stop where a peer's answer differs from ours.

    Raises:
        SystemExit: it does.
    """
    if hasattr(found, "items"):  # a mapping that leaves out what is not reached, and the start
        listed = np.full(asked.count, np.inf)
        listed[list(found.keys())] = list(found.values())
        found = listed
    flat = np.array(found, dtype=np.float64).ravel()[: case.graph.node_count]
    flat = np.where(np.isfinite(flat) & (flat < SHUT_MS), flat, NEVER_MS)
    if not (flat == case.tree.ms).all():
        raise SystemExit(f"{name} finds other times than we do on {case.name}.")
