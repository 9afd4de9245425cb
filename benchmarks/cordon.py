# ruff: noqa: PLC0415, ANN401 - a peer is imported only where it is installed, and has types of its own
"""The cordon with its proof and whole frontier, beside the peers' bare minimum cut.

Two comparisons. The whole answer (site, places, prices, cut, proof, frontier, words) beside one minimum cut by the peers on
the streets of the whole network, built and solved, as one would use them plainly: streets as edges, junctions beyond the
radius tied to outside. And our flow kernel beside theirs on that same graph, where all must find the same value.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.cities import generated_city, wellington
from benchmarks.measure import Figure, seconds
from clearway.demo.wellington import bundled_json
from clearway.network.geometry import flat_scale
from clearway.planning.cordon.planner.max_flow import incidence, max_flow
from clearway.planning.cordon.planner.plan import plan_cordon
from clearway.planning.cordon.planner.question import CordonQuestion
from clearway.planning.cordon.planner.street_pieces import streets_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from clearway.network.model import Network

    Longs = NDArray[np.int64]

_MODULES = {"igraph": "igraph", "OR-Tools": "ortools.graph.python.max_flow", "scipy": "scipy.sparse.csgraph"}
_ENDLESS = 1_000_000
_SITE_M = 500.0
_SIDES = 48


@dataclass(frozen=True)
class Streets:
    """Streets as plain edges: node 0 is outside, node 1 the site."""

    count: int
    tail: Longs
    head: Longs
    price: Longs


def figures() -> Iterator[Figure]:
    """Measure on Wellington and on the generated city."""
    yield from _both("Parliament, Wellington", wellington(), parliament(), aim=None)
    city = generated_city()
    yield from _both("disc of 500 m, city of 209k", city, CordonQuestion(site=_disc(city)), aim=1)


def _both(name: str, network: Network, question: CordonQuestion, *, aim: float | None) -> Iterator[Figure]:
    streets_of(network)
    streets = _plain_streets(network, question)
    works = {peer: _work(peer, streets) for peer in _MODULES}
    values = {peer: work() for peer, work in works.items() if work is not None}
    times = {peer: seconds(work) if work is not None else None for peer, work in works.items()}
    plan = plan_cordon(network, question)
    note = (
        f"{len(plan.barriers)} places, {len(plan.frontier)} corners of the frontier; peers: build and cut, no places, no proof"
    )
    yield Figure(f"plan with frontier: {name}", seconds(partial(plan_cordon, network, question)), times, aim=aim, note=note)
    ours = _our_cut(streets)
    same = {round(value) for value in (*values.values(), ours())}
    note = f"{streets.count:,} nodes, {len(streets.tail):,} streets; " + (
        "all agree" if len(same) == 1 else f"values differ: {same}"
    )
    yield Figure(f"bare minimum cut, whole network: {name}", seconds(ours), times, note=note)


def parliament() -> CordonQuestion:
    """What the demonstration seals off."""
    features = bundled_json("site.geojson")["features"]
    ground = next(feature["geometry"] for feature in features if feature["geometry"]["type"] == "Polygon")
    occupied = [feature["properties"].get("id", -1) for feature in features]
    return CordonQuestion(site=ground, stretches=tuple(np.flatnonzero(np.isin(wellington().way_source, occupied)).tolist()))


def _disc(network: Network) -> dict[str, Any]:
    west, south, east, north = network.coverage
    middle = np.array([(west + east) / 2, (south + north) / 2])
    angle = np.linspace(0, 2 * np.pi, _SIDES, endpoint=False)
    ring = middle + np.column_stack((np.cos(angle), np.sin(angle))) * _SITE_M / np.array(flat_scale(float(middle[1])))
    return {"type": "Polygon", "coordinates": [[*ring.tolist(), ring[0].tolist()]]}


def _plain_streets(network: Network, question: CordonQuestion) -> Streets:
    """The whole network as a peer would be given it, with what is site and what is outside tied to a node by endless edges."""
    from clearway.planning.cordon.planner.barrier_costs import street_prices
    from clearway.planning.cordon.planner.site import located_site

    site = located_site(network, question)
    distance = site.distances_m(np.column_stack((network.junction_lon, network.junction_lat)))
    price = street_prices(network, np.arange(network.way_count), question.costs, allow_motorway=False)
    outside, inside = np.flatnonzero(distance > question.radius_m), np.flatnonzero(distance == 0)
    tied = np.concatenate((np.zeros(len(outside), np.int64), np.ones(len(inside), np.int64)))
    tail = np.concatenate((network.way_tail + 2, tied)).astype(np.int64)
    head = np.concatenate((network.way_head + 2, outside + 2, inside + 2)).astype(np.int64)
    endless = np.full(len(tied), _ENDLESS)
    return Streets(network.junction_count + 2, tail, head, np.concatenate((np.where(price < 0, _ENDLESS, price), endless)))


def _our_cut(streets: Streets) -> Callable[[], float]:
    def cut() -> float:
        head = np.column_stack((streets.head, streets.tail)).ravel()
        start, order = incidence(streets.count, np.column_stack((streets.tail, streets.head)).ravel())
        return float(max_flow(head, start, order, np.repeat(streets.price, 2), 0, 1)[0])

    return cut


def _work(peer: str, streets: Streets) -> Callable[[], float] | None:
    try:
        module = importlib.import_module(_MODULES[peer])
    except ImportError:
        return None
    return partial({"igraph": _igraph, "OR-Tools": _ortools, "scipy": _scipy}[peer], module, streets)


def _igraph(module: Any, streets: Streets) -> float:
    graph = module.Graph(n=streets.count, edges=np.column_stack((streets.tail, streets.head)), directed=False)
    return float(graph.maxflow_value(0, 1, capacity=streets.price.tolist()))


def _ortools(module: Any, streets: Streets) -> float:
    flow = module.SimpleMaxFlow()
    tail, head = np.concatenate((streets.tail, streets.head)), np.concatenate((streets.head, streets.tail))
    flow.add_arcs_with_capacity(tail, head, np.concatenate((streets.price, streets.price)))
    flow.solve(0, 1)
    return float(flow.optimal_flow())


def _scipy(module: Any, streets: Streets) -> float:
    from scipy.sparse import coo_array

    tail, head = np.concatenate((streets.tail, streets.head)), np.concatenate((streets.head, streets.tail))
    price = np.concatenate((streets.price, streets.price)).astype(np.int32)
    graph = coo_array((price, (tail, head)), shape=(streets.count,) * 2).tocsr()
    return float(module.maximum_flow(graph, 0, 1, method="dinic").flow_value)
