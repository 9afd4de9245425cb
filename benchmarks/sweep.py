"""Every way of a city blocked in turn (N-1): seconds for the whole city.

Peers are used in the plain way, one search of every node per blocked way. They are measured on a sample of ways, and the
median is multiplied by the number of ways: a whole run would take them hours to days.
"""

from __future__ import annotations

from functools import partial
from statistics import median
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.measure import Figure, seconds, timed
from benchmarks.peers import peers, question
from benchmarks.search import Case, networks
from clearway.network.search.sweep import block_each_way
from clearway.network.search.targets import address_targets

if TYPE_CHECKING:
    from collections.abc import Iterator

_SAMPLE = 9
_PEERS = ("scipy", "RoutingKit CCH", "networkit", "igraph")


def figures() -> Iterator[Figure]:
    """Measure on each network in turn."""
    for network in networks():
        case = Case(network)
        yield _figure(case)


def _figure(case: Case) -> Figure:
    targets = address_targets(case.graph)
    ours = seconds(partial(block_each_way, case.graph, case.tree, targets), repeats=3, at_most_s=30)
    asked = question(case.graph, case.origins)
    ways = len(np.unique(case.graph.edge_arc >> 1))
    taken: dict[str, float | None] = {}
    for name, peer in peers(asked, names=_PEERS):
        if peer is None:
            taken[name] = None
            continue
        sample = [np.flatnonzero(asked.arc >> 1 == way) for way in case.streets(_SAMPLE)]
        taken[name] = ways * median(timed(partial(peer.search_without, edges)) for edges in sample)
    name = f"N-1 over {ways:,} ways, {targets.address_count:,} addresses, {case.stations} stations, {case.name}"
    note = f"ours in full, addresses included; peers extrapolated from {_SAMPLE} ways, junctions only"
    return Figure(name, ours, taken, aim=50, note=note)
