"""Where flows violate the equilibrium at the present costs: which edges an origin uses although there is a cheaper way.

The **reduced cost** of an edge is what the cheapest way to its end by that edge costs more than the cheapest of all. At
equilibrium no edge with flow has one above 0. The sum of flow times reduced cost is what all travellers together could save,
TSTT - SPTT: the gap comes from the survey itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from clearway.assignment.equilibrium.flows import NO_SLOT
from clearway.assignment.equilibrium.trees import bring_up_to_date
from clearway.network.kernels import kernel

if TYPE_CHECKING:
    from clearway.assignment.equilibrium.flows import Flows
    from clearway.assignment.equilibrium.scratch import SearchScratch
    from clearway.assignment.equilibrium.state import Costs, Graph, Origins
    from clearway.assignment.equilibrium.trees import Trees
    from clearway.network.kernels import Words
    from clearway.network.model import Bools, Floats, Ints, Longs


class Violations(NamedTuple):
    """Edges that origins use although a cheaper way leads to their ends."""

    edge: Words
    origin: Ints
    saving: Floats  # flow times reduced cost


class OriginSums(NamedTuple):
    """What the survey adds up for each origin, and whether each destination can be reached."""

    saving: Floats  # (O,) TSTT - SPTT
    shortest: Floats  # (O,) SPTT
    trips: Floats  # (O,) that can be made
    reached: Bools  # (D,) whether the destination can be reached


def violations_for(count: int) -> Violations:
    """Room for so many violations."""
    return Violations(np.empty(count, np.uint32), np.empty(count, np.int32), np.empty(count))


def sums_for(origins: Origins) -> OriginSums:
    """Room for sums."""
    count = len(origins.source)
    return OriginSums(np.zeros(count), np.zeros(count), np.zeros(count), np.zeros(len(origins.sink), np.bool_))


@kernel
def survey(
    graph: Graph,
    costs: Costs,
    origins: Origins,
    trees: Trees,
    flows: Flows,
    scratch: SearchScratch,
    out: tuple[Violations, OriginSums],
    chosen: Longs,
) -> int:
    """Bring the trees of some origins up to date, and list the edges they use although there is a cheaper way.

    Args:
        graph: Nodes and edges.
        costs: Of the edges.
        origins: Who sets out where.
        trees: Written to.
        flows: By origin and edge.
        scratch: To search in.
        out: Violations, with room for every edge the origins have in ``flows``, and sums; written to.
        chosen: The origins.

    Returns:
        How many violations there are.
    """
    (violations, sums), count = out, 0
    heads, tails, cost, label = graph.head, graph.tail, costs.edge, scratch.label
    for origin in chosen:
        bring_up_to_date(graph, costs, origins, trees, scratch, origin)
        shortest, trips = 0.0, 0.0
        for entry in range(origins.start[origin], origins.start[origin + 1]):
            least = label[origins.sink[entry]]
            sums.reached[entry] = least < np.inf
            if least < np.inf:
                shortest += origins.trips[entry] * least
                trips += origins.trips[entry]
        sums.shortest[origin], sums.trips[origin] = shortest, trips
        saving, parent = 0.0, trees.parent[trees.start[origin] :]
        edges, flow, before, end, last = flows.edge, flows.flow, flows.before, flows.end[origin], flows.last[origin]
        slot = flows.first[origin] if flows.first[origin] < end else last
        while slot != NO_SLOT:
            edge = edges[slot]
            head = heads[edge]
            if parent[head] != edge:
                saved = flow[slot] * (label[tails[edge]] + cost[edge] - label[head])
                if saved > 0.0:
                    violations.edge[count], violations.origin[count], violations.saving[count] = edge, origin, saved
                    saving += saved
                    count += 1
            slot += 1
            if slot >= end:
                slot = last if slot == end else before[slot - 1]
        sums.saving[origin] = saving
    return count
