"""What is wrong with the flows at the present costs: which edges an origin uses although there is a cheaper way.

The sum of flow times excess over these edges is what all travellers together could save, TSTT - SPTT: the gap comes from the
survey itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from clearway.assignment.equilibrium.flows import NO_SLOT
from clearway.assignment.equilibrium.trees import bring_up_to_date
from clearway.network.kernels import kernel

if TYPE_CHECKING:
    from clearway.assignment.equilibrium.flows import Flows
    from clearway.assignment.equilibrium.state import Costs, Graph, Origins
    from clearway.assignment.equilibrium.trees import Desk, Trees
    from clearway.network.kernels import Words
    from clearway.network.model import Bools, Floats, Ints, Longs


class Notes(NamedTuple):
    """Edges that origins use off their trees."""

    edge: Words
    origin: Ints
    worth: Floats  # flow times what the way by this edge costs more than the cheapest


class Sums(NamedTuple):
    """What the survey adds up for each origin, and whether each destination can be reached."""

    saving: Floats  # (O,) TSTT - SPTT
    shortest: Floats  # (O,) SPTT
    trips: Floats  # (O,) that can be made
    told: Bools  # (D,) whether the destination can be reached


def notes_for(count: int) -> Notes:
    """Room for so many notes."""
    return Notes(np.empty(count, np.uint32), np.empty(count, np.int32), np.empty(count))


def sums_for(origins: Origins) -> Sums:
    """Room for sums."""
    count = len(origins.source)
    return Sums(np.zeros(count), np.zeros(count), np.zeros(count), np.zeros(len(origins.sink), np.bool_))


@kernel
def survey(
    graph: Graph,
    costs: Costs,
    origins: Origins,
    trees: Trees,
    flows: Flows,
    desk: Desk,
    out: tuple[Notes, Sums],
    chosen: Longs,
) -> int:
    """Bring the trees of some origins up to date, and note the edges they use although there is a cheaper way.

    Args:
        graph: Nodes and edges.
        costs: Of the edges.
        origins: Who sets out where.
        trees: Written to.
        flows: By origin and edge.
        desk: Room for searches.
        out: Notes, with room for every edge the origins have in ``flows``, and sums; written to.
        chosen: The origins.

    Returns:
        How many notes there are.
    """
    (notes, sums), count = out, 0
    heads, tails, cost, label = graph.head, graph.tail, costs.edge, desk.label
    for origin in chosen:
        bring_up_to_date(graph, costs, origins, trees, desk, origin)
        shortest, trips = 0.0, 0.0
        for entry in range(origins.start[origin], origins.start[origin + 1]):
            least = label[origins.sink[entry]]
            sums.told[entry] = least < np.inf
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
                worth = flow[slot] * (label[tails[edge]] + cost[edge] - label[head])
                if worth > 0.0:
                    notes.edge[count], notes.origin[count], notes.worth[count] = edge, origin, worth
                    saving += worth
                    count += 1
            slot += 1
            if slot >= end:
                slot = last if slot == end else before[slot - 1]
        sums.saving[origin] = saving
    return count
