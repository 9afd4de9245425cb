"""How far it is on foot from a stop to others, along streets and paths that closures leave open to people on foot."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from clearway.errors import BadInput
from clearway.network.classes import class_index
from clearway.network.closures import shut_arcs
from clearway.network.model import MS_PER_KMH_M, NEVER_MS
from clearway.network.search.graph import routing_graph
from clearway.network.search.origins import origins
from clearway.network.search.search import shortest_tree
from clearway.network.search.targets import NO_APPROACH, nearest_approach, spot_targets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.closures import Closure
    from clearway.network.model import Network
    from clearway.network.search.origins import Origins
    from clearway.network.search.search import Tree

WITHIN_M = 100.0
"""A stop that lies farther from every street and path: how people walk to it is not known."""


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
    """Walks on one network under some closures.

    Args:
        network: The network.
        closures: What is shut; those that let people on foot pass are passed over.
        points: (longitude, latitude) of every place that is asked about.
    """

    def __init__(self, network: Network, closures: Sequence[Closure], points: Sequence[tuple[float, float]]) -> None:
        self._graph = routing_graph(network, "foot")
        self._shut = shut_arcs(network, closures, "foot")
        self._spots: Origins | None = None
        try:
            self._spots = origins(self._graph, points, closures=closures)
        except BadInput:  # nobody may walk anywhere on this network
            return
        self._targets = spot_targets(self._graph, self._spots.way, self._spots.offset_m, closures)
        self._kmh = float(network.arc_speed_kmh[class_index("foot")].max())
        self._is_steps = np.array([name == "steps" for name in network.street_classes] or [False])[network.way_class]

    def walks(self, start: int) -> list[Walk]:
        """From one of the points to every one."""
        spots = self._spots
        if spots is None:
            return []
        if spots.distance_m[start] > WITHIN_M:
            return [UNKNOWN] * len(spots)
        tree = shortest_tree(self._graph, spots.only(start), self._shut)
        count = len(spots)
        ms, approach = np.empty(count, np.int32), np.empty(count, np.int32)
        targets = self._targets
        nearest_approach(tree.ms, targets.start, targets.node, targets.extra_ms, ms, approach)
        metres = np.where(ms < NEVER_MS, ms * self._kmh / MS_PER_KMH_M, np.nan)
        beside = (spots.way == spots.way[start]) & ~self._shut[2 * spots.way]
        metres[beside] = np.abs(spots.offset_m - spots.offset_m[start])[beside]
        metres[spots.distance_m > WITHIN_M] = np.nan
        stepped = [
            self._is_steps.any() and not beside[index] and self._has_steps(tree, int(approach[index])) for index in range(count)
        ]
        return [Walk(float(far), bool(steps)) for far, steps in zip(metres, stepped, strict=True)]

    def _has_steps(self, tree: Tree, approach: int) -> bool:
        """Whether the way to a point has steps."""
        if approach == NO_APPROACH:
            return False
        arcs = [*tree.path(int(self._targets.node[approach])), int(self._targets.arc[approach])]
        return bool(self._is_steps[np.array(arcs) >> 1].any())
