"""How far it is with a stretcher from places inside to corners outside, along streets and paths for people on foot.

The rule is that of all drives, at the bearers' speed: a whole street takes ``max(rint(metres * 3600 / km/h), 1)``
milliseconds, a part of one ``rint(metres * 3600 / km/h)``. Barriers let people on foot pass; what stands in a street for good
may not. Forbidden turns bind nobody on foot. Searches run from each corner against the walk, so that one serves all places.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from clearway.network.classes import class_index
from clearway.network.kernels import on_all_cores
from clearway.network.model import NEVER_MS
from clearway.network.search.graph import routing_graph
from clearway.network.search.search import shortest_tree
from clearway.network.search.targets import NO_APPROACH, nearest_approach, spot_targets
from clearway.planning.plan.handover.approaches import at_junction

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.model import Bools, Floats, Ints, Longs, Network
    from clearway.network.search.graph import RoutingGraph
    from clearway.network.search.search import Tree
    from clearway.network.search.targets import Targets

FOOT = "foot"


class Walk(NamedTuple):
    """Arcs in the order in which they are walked; of the first only the rest from where the patient is."""

    arcs: tuple[int, ...]
    ms: int


@dataclass(frozen=True, eq=False)
class Walking:
    """Walks from some places, P of them.

    Attributes:
        graph: Streets and paths, each walked the other way round.
        way: (P,) of each place.
        at_m: (P,) metres from the way's tail.
        targets: The places, as searches find them.
    """

    graph: RoutingGraph
    way: Ints
    at_m: Floats
    targets: Targets

    def ms_from(self, junctions: Sequence[int] | Longs) -> Longs:
        """(J, P) milliseconds from every place to each junction, ``NEVER_MS`` where nobody can walk there."""
        table = np.full((len(junctions), len(self.way)), NEVER_MS, np.int64)

        def row(index: int) -> None:
            table[index] = self._reached(self._tree(int(junctions[index])))[0]

        on_all_cores(row, range(len(junctions)))
        return table

    def walks(self, junction: int) -> list[Walk | None]:
        """From every place to one junction; None where nobody can walk there."""
        tree = self._tree(junction)
        ms, approach = self._reached(tree)
        found: list[Walk | None] = []
        for time, taken in zip(ms.tolist(), approach.tolist(), strict=True):
            if taken == NO_APPROACH:
                found.append(None)
                continue
            driven = [*tree.path(int(self.targets.node[taken]))[1:], int(self.targets.arc[taken])]
            found.append(Walk(tuple(arc ^ 1 for arc in reversed(driven)), time))
        return found

    def _tree(self, junction: int) -> Tree:
        return shortest_tree(self.graph, at_junction(self.graph, junction))

    def _reached(self, tree: Tree) -> tuple[Ints, Ints]:
        ms, approach = np.empty(len(self.way), np.int32), np.empty(len(self.way), np.int32)
        nearest_approach(tree.ms, self.targets.start, self.targets.node, self.targets.extra_ms, ms, approach)
        return ms, approach


def walking(network: Network, way: Ints, at_m: Floats, kmh: float, *, steps: bool) -> Walking:
    """Walks from places.

    Args:
        network: The streets.
        way: (P,) of each place.
        at_m: (P,) metres from the way's tail.
        kmh: Of bearers with a stretcher; taken as the network has speeds, to seven figures.
        steps: Whether they go up and down steps.
    """
    graph = routing_graph(_turned_round(network, kmh, steps=steps), FOOT)
    return Walking(graph, way, at_m, spot_targets(graph, way, at_m))


def _turned_round(network: Network, kmh: float, *, steps: bool) -> Network:
    """The streets for people on foot at one speed, each with its directions exchanged."""
    other = np.arange(network.arc_count) ^ 1
    permit = network.arc_permit[other]
    if not steps:
        permit[np.repeat(is_steps(network), 2)] &= ~np.uint8(1 << class_index(FOOT))
    speed = network.arc_speed_kmh.copy()
    speed[class_index(FOOT)] = kmh
    none = np.zeros(0, np.int32)
    return replace(
        network,
        arc_permit=permit,
        arc_speed_kmh=speed,
        turn_start=np.zeros(1, np.int64),
        turn_arcs=none,
        turn_classes=none.astype(np.uint8),
        turn_source=none.astype(np.int64),
    )


def is_steps(network: Network) -> Bools:
    """(W,) whether a way is steps."""
    return np.array([name == "steps" for name in network.street_classes], np.bool_)[network.way_class]
