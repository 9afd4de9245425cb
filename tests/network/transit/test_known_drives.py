"""Paths drawn from known drives through a real city, trembling by metres: the drives are found again, arc by arc."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from clearway.network.importers.osm import import_osm
from clearway.network.model import NEVER_MS, Network
from clearway.network.search.arc_search import ArcSearch
from clearway.network.transit.bus_graph import BusGraph, bus_graph
from clearway.network.transit.bus_paths import BusPath
from clearway.network.transit.bus_streets import bus_streets
from clearway.network.transit.shape_matching import OFF, match_paths

if TYPE_CHECKING:
    from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clearway.network.model import Floats

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def helsinki(open_data: Path) -> Network:
    return import_osm(open_data / "osm" / "helsinki-centre.osm.pbf", name="Helsinki centre")


def drives(graph: BusGraph, count: int, rng: np.random.Generator) -> list[list[int]]:
    """Quickest drives of 600 m or more between random arcs."""
    search = ArcSearch(graph, np.zeros(graph.network.arc_count, np.bool_))
    usable = np.unique(graph.node_arc[graph.head])
    found: list[list[int]] = []
    while len(found) < count:
        start, end = rng.choice(usable, 2).tolist()
        tree = search.forward({int(graph.first_node[start]): 0})
        node, ms = tree.best(end)
        if ms < NEVER_MS and start != end:
            arcs = [start, *tree.way(node)[1], end]
            if graph.network.way_length_m[np.array(arcs) >> 1].sum() > 600:
                found.append(arcs)
    return found


def drawn(network: Network, arcs: list[int], tremble_m: float, rng: np.random.Generator, scale: Floats) -> Floats:
    points = np.concatenate([network.geometry(arc >> 1)[:: -1 if arc & 1 else 1] for arc in arcs])
    apart = np.concatenate(([True], (np.diff(points, axis=0) != 0).any(axis=1)))
    trembling: Floats = points[apart] + rng.normal(0, tremble_m, (int(apart.sum()), 2)) / scale
    return trembling


@pytest.mark.parametrize(("tremble_m", "share"), [(0.0, 0.995), (3.0, 0.98), (6.0, 0.94)])
def test_drives_are_found_again_from_trembling_drawings(helsinki: Network, tremble_m: float, share: float) -> None:
    rng = np.random.default_rng(17)
    streets, graph = bus_streets(helsinki), bus_graph(helsinki)
    known = drives(graph, 60, rng)
    paths = [drawn(helsinki, arcs, tremble_m, rng, streets.scale) for arcs in known]
    right = driven = 0.0
    for arcs, pieces in zip(known, match_paths(streets, paths), strict=True):
        truth = np.zeros(helsinki.arc_count, np.bool_)
        truth[arcs] = True
        for arc, from_m, to_m in pieces:
            driven += to_m - from_m
            right += (to_m - from_m) * (arc != OFF and truth[arc])
    assert right / driven > share


def test_legal_drives_drawn_as_they_are_break_no_rule(helsinki: Network) -> None:
    rng = np.random.default_rng(18)
    streets, graph = bus_streets(helsinki), bus_graph(helsinki)
    known = drives(graph, 60, rng)
    paths = [drawn(helsinki, arcs, 0.0, rng, streets.scale) for arcs in known]
    broken = [
        list(BusPath(helsinki, pieces, path).forbidden())
        for path, pieces in zip(paths, match_paths(streets, paths), strict=True)
    ]
    assert sum(map(bool, broken)) <= 2
