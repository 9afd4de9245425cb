"""The streets beyond the radius: which of them are the world outside, and which are pockets that stick out of a ring."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from clearway.planning.cordon.planner.window import usable_arcs

if TYPE_CHECKING:
    from clearway.network.model import Bools, Floats, Longs, Network
    from clearway.planning.cordon.planner.question import CordonQuestion
    from clearway.planning.cordon.planner.site import Site


@dataclass(frozen=True, eq=False)
class FarStreets:
    """Junctions beyond the radius, in parts that streets beyond the radius join.

    Attributes:
        outside: (J,) junctions of the longest part, and of parts that reach the edge of the data.
        part: (J,) number of each junction's part.
        distance_m: (J,) metres from the site.
    """

    outside: Bools
    part: Longs
    distance_m: Floats

    def reach_m(self, junctions: Longs) -> float:
        """How far from the site the parts of some junctions go, 0 for none."""
        inside = np.isin(self.part, self.part[junctions]) if len(junctions) else np.zeros(len(self.part), np.bool_)
        return float(self.distance_m[inside].max(initial=0.0))


def far_streets(network: Network, site: Site, question: CordonQuestion) -> FarStreets:
    """The streets of a network beyond the radius of a question that the classes shut out can drive."""
    distance = site.distances_m(np.column_stack((network.junction_lon, network.junction_lat)))
    far = distance > question.radius_m
    along, against = usable_arcs(network, np.arange(network.way_count), question)
    tail, head = network.way_tail.astype(np.int64), network.way_head.astype(np.int64)
    ways = np.flatnonzero((along | against) & far[tail] & far[head])
    shape = (network.junction_count, network.junction_count)
    _, label = connected_components(coo_array((np.ones(len(ways)), (tail[ways], head[ways])), shape=shape), directed=False)
    part = np.asarray(label, dtype=np.int64)
    length = np.bincount(part[tail[ways]], weights=network.way_length_m[ways], minlength=network.junction_count)
    edges = np.unique(part[far & network.junction_edge])
    return FarStreets(far & ((part == int(length.argmax())) | np.isin(part, edges)), part, distance)
