"""What is wrong with the flows at the present costs: which edges an origin uses although there is a cheaper way.

The sum of flow times excess over these edges is what all travellers together could save, TSTT - SPTT: the gap comes from the
survey itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from clearway.network.kernels import kernel
from clearway.planning.traffic.equilibrium.flows import FREE
from clearway.planning.traffic.equilibrium.trees import bring_up_to_date

if TYPE_CHECKING:
    from clearway.network.kernels import Words
    from clearway.network.model import Bools, Floats, Ints, Longs
    from clearway.planning.traffic.equilibrium.flows import Flows, Rows
    from clearway.planning.traffic.equilibrium.state import Costs, Graph, Origins
    from clearway.planning.traffic.equilibrium.trees import Desk, Trees


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
    sums, count = out[1], 0
    for origin in chosen:
        bring_up_to_date(graph, costs, origins, trees, desk, origin)
        shortest, trips = 0.0, 0.0
        for entry in range(origins.start[origin], origins.start[origin + 1]):
            cost = desk.label[origins.sink[entry]]
            sums.told[entry] = cost < np.inf
            if cost < np.inf:
                shortest += origins.trips[entry] * cost
                trips += origins.trips[entry]
        sums.shortest[origin], sums.trips[origin] = shortest, trips
        parent = trees.parent[trees.start[origin] :]
        if flows.places[origin] == 0:
            count = _note_row(graph, costs, parent, desk.label, flows.rows, out, origin, count)
        else:
            count = _note_table(graph, costs, parent, desk.label, flows, out, origin, count)
    return count


@kernel
def _note_row(
    graph: Graph, costs: Costs, parent: Words, label: Floats, rows: Rows, out: tuple[Notes, Sums], origin: int, count: int
) -> int:
    """Note those edges of a row that are off the tree and dearer; how many notes there are then."""
    notes, sums = out
    saving = 0.0
    for entry in range(rows.first[origin], rows.first[origin] + rows.edges[origin]):
        edge = rows.edge[entry]
        head = graph.head[edge]
        if parent[head] == edge:
            continue
        worth = rows.flow[entry] * (label[graph.tail[edge]] + costs.edge[edge] - label[head])
        if worth > 0.0:
            notes.edge[count], notes.origin[count], notes.worth[count] = edge, origin, worth
            saving += worth
            count += 1
    sums.saving[origin] = saving
    return count


@kernel
def _note_table(
    graph: Graph, costs: Costs, parent: Words, label: Floats, flows: Flows, out: tuple[Notes, Sums], origin: int, count: int
) -> int:
    """Note those edges of a table that are used, off the tree and dearer; how many notes there are then."""
    notes, sums = out
    saving = 0.0
    for place in range(flows.begin[origin], flows.begin[origin] + flows.places[origin]):
        edge = flows.edge[place]
        if edge == FREE or parent[graph.head[edge]] == edge:
            continue
        worth = flows.flow[flows.slot[place]] * (label[graph.tail[edge]] + costs.edge[edge] - label[graph.head[edge]])
        if worth > 0.0:
            notes.edge[count], notes.origin[count], notes.worth[count] = edge, origin, worth
            saving += worth
            count += 1
    sums.saving[origin] = saving
    return count
