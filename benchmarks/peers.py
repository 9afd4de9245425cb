# ruff: noqa: PLC0415, ANN401 - a peer is imported only where it is installed, and has types of its own
"""The same search by other libraries: from one node, which stands for all stations, to every node.

Each peer gets the routing graph with one node more, joined to every seed by an edge of the seed's time, so that one search
from there is the search from the nearest station. Where a peer would add parallel edges up, all get only the quickest.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from clearway.network.search.graph import RoutingGraph
    from clearway.network.search.origins import Origins

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

SHUT_MS = 2**30


@dataclass(frozen=True)
class Question:
    """The graph as plain columns; node ``count - 1`` is where the search starts."""

    count: int
    tail: Ints
    head: Ints
    ms: Ints
    arc: Ints  # -1 for the edges to the seeds
    lat: Floats
    lon: Floats


@dataclass(frozen=True)
class Peer:
    """A library: its search of every node, and its search with some edges shut, which are open again afterwards."""

    name: str
    search: Callable[[], Any]
    search_without: Callable[[Ints], Any]


def question(graph: RoutingGraph, origins: Origins) -> Question:
    """The graph with the stations' node."""
    start, seeds = graph.node_count, len(origins.seed_node)
    tails = np.concatenate((graph.edge_tail, np.full(seeds, start)))
    heads = np.concatenate((graph.edge_head, origins.seed_node))
    times = np.concatenate((graph.edge_ms, np.maximum(origins.seed_ms, 1)))
    arcs = np.concatenate((graph.edge_arc, np.full(seeds, -1)))
    order = np.lexsort((times, heads, tails))
    tail, head, ms, arc = (column[order].astype(np.int64) for column in (tails, heads, times, arcs))
    quickest = np.append(True, (np.diff(tail) != 0) | (np.diff(head) != 0))
    at = np.append(graph.node_junction, graph.node_junction[:1])
    network = graph.network
    tail, head, ms, arc = (column[quickest] for column in (tail, head, ms, arc))
    return Question(start + 1, tail, head, ms, arc, lat=network.junction_lat[at], lon=network.junction_lon[at])


def peers(asked: Question, *, names: tuple[str, ...]) -> Iterator[tuple[str, Peer | None]]:
    """Each peer in turn, ready to search; None where it is not installed."""
    for name in names:
        build, module = _BUILDERS[name]
        try:
            importlib.import_module(module)
        except ModuleNotFoundError:
            yield name, None
        else:
            yield name, build(asked)


def _scipy(asked: Question) -> Peer:
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import dijkstra

    start = np.searchsorted(asked.tail, np.arange(asked.count + 1))
    matrix = csr_array(
        (asked.ms.astype(np.float64), asked.head.astype(np.int32), start.astype(np.int32)), shape=(asked.count,) * 2
    )

    def search() -> Any:
        return dijkstra(matrix, indices=asked.count - 1)  # type: ignore[call-overload] # the stubs know no such array

    def search_without(edges: Ints) -> Any:
        matrix.data[edges] = SHUT_MS
        found = search()
        matrix.data[edges] = asked.ms[edges]
        return found

    return Peer("scipy", search, search_without)


def _igraph(asked: Question) -> Peer:
    import igraph

    graph = igraph.Graph(n=asked.count, edges=np.column_stack((asked.tail, asked.head)), directed=True)
    weights = asked.ms.astype(np.float64)

    def search_without(edges: Ints) -> Any:
        changed = weights.copy()
        changed[edges] = SHUT_MS
        return graph.distances(asked.count - 1, weights=changed)

    return Peer("igraph", lambda: graph.distances(asked.count - 1, weights=weights), search_without)


def _networkit(asked: Question) -> Peer:
    import networkit

    columns = (asked.ms.astype(np.float64), (asked.tail, asked.head))
    graph = networkit.graph.GraphFromCoo(columns, n=asked.count, weighted=True, directed=True)

    def search() -> Any:
        run = networkit.distance.Dijkstra(graph, asked.count - 1, False)  # noqa: FBT003 - its own signature
        run.run()
        return run.getDistances()

    def search_without(edges: Ints) -> Any:
        ends = [(int(asked.tail[edge]), int(asked.head[edge])) for edge in edges]
        for tail, head in ends:
            graph.setWeight(tail, head, SHUT_MS)
        found = search()
        for (tail, head), edge in zip(ends, edges, strict=True):
            graph.setWeight(tail, head, float(asked.ms[edge]))
        return found

    return Peer("networkit", search, search_without)


def _rustworkx(asked: Question) -> Peer:
    import rustworkx

    graph = rustworkx.PyDiGraph()
    graph.add_nodes_from(range(asked.count))
    graph.extend_from_weighted_edge_list(list(zip(asked.tail.tolist(), asked.head.tolist(), asked.ms.tolist(), strict=True)))

    def search() -> Any:
        return rustworkx.digraph_dijkstra_shortest_path_lengths(graph, asked.count - 1, float)

    def search_without(edges: Ints) -> Any:
        for edge in edges.tolist():
            graph.update_edge_by_index(edge, SHUT_MS)
        found = search()
        for edge in edges.tolist():
            graph.update_edge_by_index(edge, int(asked.ms[edge]))
        return found

    return Peer("rustworkx", search, search_without)


def _cch(asked: Question) -> Peer:
    import routingkit_cch as kit

    tail, head, weights = asked.tail.tolist(), asked.head.tolist(), asked.ms.tolist()
    order = kit.compute_order_inertial(asked.count, tail, head, asked.lat.tolist(), asked.lon.tolist())
    cch = kit.CCH(order, tail, head, False)  # noqa: FBT003 - its own signature
    metric = kit.CCHMetric(cch, weights)
    updater, everywhere = kit.CCHMetricPartialUpdater(cch), list(range(asked.count))
    ready = [kit.CCHOneToMany(metric, everywhere)]

    def search() -> Any:
        return ready[0].distances_from(asked.count - 1)

    def search_without(edges: Ints) -> Any:
        ready.clear()  # weights may not change while a query stands
        updater.apply(metric, {int(edge): SHUT_MS for edge in edges})
        found = kit.CCHOneToMany(metric, everywhere).distances_from(asked.count - 1)
        updater.apply(metric, {int(edge): int(asked.ms[edge]) for edge in edges})
        return found

    return Peer("RoutingKit CCH", search, search_without)


_BUILDERS: dict[str, tuple[Callable[[Question], Peer], str]] = {
    "scipy": (_scipy, "scipy"),
    "RoutingKit CCH": (_cch, "routingkit_cch"),
    "networkit": (_networkit, "networkit"),
    "rustworkx": (_rustworkx, "rustworkx"),
    "igraph": (_igraph, "igraph"),
}

NAMES = tuple(_BUILDERS)
