"""How people get past who do not drive: on foot, without steps, by bicycle."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from clearway.network.classes import class_mask
from clearway.network.closures import shut_arcs
from clearway.network.model import NEVER_MS
from clearway.network.search.graph import routing_graph
from clearway.network.search.origins import origin_after
from clearway.network.search.search import shortest_tree
from clearway.planning.plan.detours.contract import OpenWay, OtherWays
from clearway.planning.turn_by_turn import drawn, metres_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.network.closures import Closure
    from clearway.network.model import Bools, Network
    from clearway.network.search.graph import RoutingGraph
    from clearway.network.search.search import Tree

_ON_FOOT = class_mask(["foot"])


def steps_of(network: Network) -> Bools:
    """(A,) arcs that are steps."""
    is_steps = np.array([name == "steps" for name in network.street_classes] or [False])
    steps: Bools = np.repeat(is_steps[network.way_class], 2)
    return steps


def without_steps(network: Network) -> Network:
    """The network with no way on foot over steps, so that nobody sets out on them either."""
    permit = np.where(steps_of(network), network.arc_permit & ~np.uint8(_ON_FOOT), network.arc_permit)
    return replace(network, arc_permit=permit.astype(np.uint8), strings_seen={})


class Passages:
    """On foot, step-free and by bicycle under closures.

    Args:
        network: The network.
        closures: What is shut, and to whom.
    """

    def __init__(self, network: Network, closures: Sequence[Closure]) -> None:
        foot, cycle = routing_graph(network, "foot"), routing_graph(network, "cycle")
        shut, steps = shut_arcs(network, closures, "foot"), steps_of(network)
        self._on_foot = _Passage(foot, np.zeros_like(shut), shut)
        self._step_free = _Passage(foot, steps, shut | steps)
        self._cycle = _Passage(cycle, np.zeros_like(shut), shut_arcs(network, closures, "cycle"))

    def past(self, number: int, arcs: Sequence[int]) -> OtherWays:
        """From one end of a movement to the other.

        Args:
            number: Of the movement.
            arcs: What it drove.
        """
        return OtherWays(
            movement=number,
            on_foot=self._on_foot.past(arcs),
            step_free=self._step_free.past(arcs),
            cycle=self._cycle.past(arcs),
        )


class _Passage:
    """Streets as one who does not drive finds them, without the closures and under them."""

    def __init__(self, graph: RoutingGraph, usual: Bools, closed: Bools) -> None:
        self._graph, self._usual, self._closed = graph, usual, closed
        self._start: int | None = None
        self._trees: tuple[Tree, ...] = ()

    def past(self, arcs: Sequence[int]) -> OpenWay | None:
        """The shortest way that is open, None where there is none."""
        network = self._graph.network
        if arcs[0] != self._start:
            start = origin_after(self._graph, arcs[0] ^ 1)
            self._start, self._trees = (
                arcs[0],
                tuple(shortest_tree(self._graph, start, shut) for shut in (self._usual, self._closed)),
            )
        usual, way = (self._way(tree, int(network.arc_head[arcs[-1]])) for tree in self._trees)
        if way is None:
            return None
        metres = metres_of(network, way)
        added = None if usual is None else metres - metres_of(network, usual)
        return OpenWay(metres=metres, metres_added=added, line=drawn(network, way) if way else None)

    def _way(self, tree: Tree, junction: int) -> list[int] | None:
        first, nodes = self._graph.junction_copies
        ends = nodes[first[junction] : first[junction + 1]]
        end = int(ends[tree.ms[ends].argmin()])
        return tree.path(end)[1:] if tree.ms[end] < NEVER_MS else None
