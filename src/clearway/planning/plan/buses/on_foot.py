"""How far it is on foot from a stop to others, along streets and paths that closures leave open to people on foot."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from clearway.errors import BadInput
from clearway.network.classes import class_index
from clearway.network.closures import shut_arcs
from clearway.network.model import MS_PER_KMH_M, NEVER_MS
from clearway.network.search.graph import routing_graph
from clearway.network.search.origins import origins, origins_at
from clearway.network.search.search import shortest_tree
from clearway.network.search.targets import NO_APPROACH, nearest_approach, spot_targets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.closures import Closure
    from clearway.network.model import Network
    from clearway.network.search.search import Tree
    from clearway.network.transit.timetable import Stop

WITHIN_M = 100.0
"""A stop that lies farther from every street and path: how people walk to it is not known."""
Spot = tuple[int, float, float]
"""A way, metres from its first point, and metres between that and what is meant."""
NO_SPOT: Spot = (0, 0.0, float("inf"))
"""Of a stop where nobody can walk to any street."""


class Walk(NamedTuple):
    """Metres on foot; NaN where no way is known. ``steps``: whether it has steps."""

    metres: float
    steps: bool

    @property
    def known(self) -> bool:
        """Whether a way is known."""
        return not np.isnan(self.metres)


UNKNOWN = Walk(float("nan"), steps=False)


class Footways:
    """The streets and paths of a network for people on foot, and where each stop lies on them. Made once.

    Args:
        network: The network.
        stops: All that may be asked about.
    """

    def __init__(self, network: Network, stops: Sequence[Stop]) -> None:
        self.graph = routing_graph(network, "foot")
        self.spots: dict[str, Spot] = {}
        try:
            found = origins(self.graph, [(stop.lon, stop.lat) for stop in stops])
        except BadInput:  # nobody may walk anywhere on this network
            return
        places = zip(found.way.tolist(), found.offset_m.tolist(), found.distance_m.tolist(), strict=True)
        self.spots = {stop.stop_id: place for stop, place in zip(stops, places, strict=True)}
        self.is_steps = np.array([name == "steps" for name in network.street_classes])[network.way_class]


class Walks:
    """Walks under some closures, from stops to some spots.

    Args:
        footways: Of the network.
        closures: What is shut; those that let people on foot pass are passed over.
        spots: What may be asked about.
    """

    def __init__(self, footways: Footways, closures: Sequence[Closure], spots: Sequence[Spot]) -> None:
        self._footways, self._closures = footways, closures
        network = footways.graph.network
        self._shut = shut_arcs(network, closures, "foot")
        way, at_m, away_m = np.array(spots, np.float64).reshape(-1, 3).T
        self._way, self._at_m, self._far = way.astype(np.int32), at_m, away_m > WITHIN_M
        self._targets = spot_targets(footways.graph, self._way, at_m, closures)
        self._kmh = float(network.arc_speed_kmh[class_index("foot")].max())

    def from_stop(self, stop_id: str) -> list[Walk]:
        """From a stop to every spot."""
        graph = self._footways.graph
        start = self._footways.spots.get(stop_id)
        if start is None or start[2] > WITHIN_M:
            return [UNKNOWN] * len(self._way)
        tree = shortest_tree(graph, origins_at(graph, [start], closures=self._closures), self._shut)
        count = len(self._way)
        ms, approach = np.empty(count, np.int32), np.empty(count, np.int32)
        targets = self._targets
        nearest_approach(tree.ms, targets.start, targets.node, targets.extra_ms, ms, approach)
        metres = np.where(ms < NEVER_MS, ms * self._kmh / MS_PER_KMH_M, np.nan)
        beside = (self._way == start[0]) & ~self._shut[2 * self._way]
        metres[beside] = np.abs(self._at_m - start[1])[beside]
        metres[self._far] = np.nan
        steps = np.zeros(count, np.bool_)
        if self._footways.is_steps.any():
            steps[~beside] = [self._has_steps(tree, int(one)) for one in approach[~beside]]
        return [Walk(float(far), bool(stepped)) for far, stepped in zip(metres, steps, strict=True)]

    def _has_steps(self, tree: Tree, approach: int) -> bool:
        """Whether the way to a spot has steps."""
        if approach == NO_APPROACH:
            return False
        arcs = [*tree.path(int(self._targets.node[approach])), int(self._targets.arc[approach])]
        return bool(self._footways.is_steps[np.array(arcs) >> 1].any())
