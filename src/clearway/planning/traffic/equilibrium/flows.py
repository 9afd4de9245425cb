"""Flow by origin and edge, sparse.

Every flow has a **slot**, and slots never move: whoever knows one need not look again. The slots of an origin are a **row**,
side by side, and those that were added since, each of which tells the one added before it. To find the slots of many edges of
an origin they are laid out over all edges, and taken up again (:func:`lay_out`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from clearway.network.kernels import kernel
from clearway.planning.traffic.equilibrium.crew import blocks_of

if TYPE_CHECKING:
    from clearway.network.kernels import Words
    from clearway.network.model import Floats, Ints, Longs
    from clearway.planning.traffic.equilibrium.crew import Crew

NO_SLOT = -1
UP, DOWN = range(2)
_SPARE = 1024


class Rows(NamedTuple):
    """Edges and flows of O origins: ``edges[o]`` of them from ``first[o]`` on. Entries that are in no row have no flow."""

    first: Longs  # (O,)
    edges: Longs  # (O,)
    edge: Words
    flow: Floats


class Flows(NamedTuple):
    """The slots of O origins."""

    first: Longs  # (O,) first slot of each row
    end: Longs  # (O,) the slot after its last
    last: Longs  # (O,) the slot added last, NO_SLOT where none was
    before: Longs  # by slot: the one that was added before it
    edge: Words  # by slot
    flow: Floats  # by slot
    taken: Longs  # (1,) how many slots there are


class Added(NamedTuple):
    """Edges that are to have a slot: number k of them will have slot ``taken + k``."""

    edge: Words
    origin: Ints


def flows_of(rows: Rows) -> Flows:
    """The flows of rows."""
    origins, taken = len(rows.first), len(rows.edge)
    room = taken + taken // 4 + _SPARE
    edge, flow = np.empty(room, np.uint32), np.empty(room)
    edge[:taken], flow[:taken] = rows.edge, rows.flow
    last, before = np.full(origins, NO_SLOT), np.empty(room, np.int64)
    return Flows(rows.first, rows.first + rows.edges, last, before, edge, flow, np.array([taken]))


def with_slots(flows: Flows, added: Added) -> Flows:
    """The flows with slots for what is added, which has no flow yet."""
    more = int(flows.taken[0]) + len(added.edge) - len(flows.edge)
    if more > 0:
        more += len(flows.edge) // 2
        flows = flows._replace(
            before=np.concatenate((flows.before, np.empty(more, np.int64))),
            edge=np.concatenate((flows.edge, np.empty(more, np.uint32))),
            flow=np.concatenate((flows.flow, np.empty(more))),
        )
    _add(flows, added)
    return flows


def total_by_edge(flows: Flows, edges: int) -> Floats:
    """(E,) flow of all origins on each edge."""
    taken = int(flows.taken[0])
    return np.bincount(flows.edge[:taken], flows.flow[:taken], edges).astype(np.float64)


def rows_of(crew: Crew, flows: Flows) -> Rows:
    """All flows as rows again, of edges with flow."""
    edges = np.empty(len(flows.first), np.int64)
    blocks = blocks_of(np.arange(len(edges)), 2 * int(flows.taken[0]) // max(len(edges), 1))
    crew.each(lambda own, _: _count(flows, edges, own), blocks)
    used = int(edges.sum())
    rows = Rows(np.cumsum(edges) - edges, edges, np.empty(used, np.uint32), np.empty(used))
    crew.each(lambda own, _: _list(flows, rows, own), blocks)
    return rows


@kernel
def first_slot(flows: Flows, origin: int) -> int:
    """The first slot of an origin, NO_SLOT where it has none."""
    first: int = flows.first[origin] if flows.first[origin] < flows.end[origin] else flows.last[origin]
    return first


@kernel
def slot_after(flows: Flows, origin: int, slot: int) -> int:
    """The slot after one of an origin's, NO_SLOT after the last; what was added comes after the row."""
    after: int = slot + 1
    if after > flows.end[origin]:
        after = flows.before[slot]
    elif after == flows.end[origin]:
        after = flows.last[origin]
    return after


@kernel
def lay_out(flows: Flows, origin: int, added: Added, count: int, where: Longs, way: int) -> None:
    """Lay the slots of an origin down, each at its edge, also those that the last of the added edges will have.

    Args:
        flows: By origin and edge.
        origin: The origin.
        added: Edges yet to be added.
        count: How many of them.
        where: (E,) written to.
        way: DOWN, or UP to take them up again: NO_SLOT is written where they were.
    """
    slot = first_slot(flows, origin)
    while slot != NO_SLOT:
        where[flows.edge[slot]] = slot if way == DOWN else NO_SLOT
        slot = slot_after(flows, origin, slot)
    while count > 0 and added.origin[count - 1] == origin:
        count -= 1
        where[added.edge[count]] = flows.taken[0] + count if way == DOWN else NO_SLOT


@kernel
def _add(flows: Flows, added: Added) -> None:
    slot = flows.taken[0]
    for turn in range(len(added.edge)):
        origin = added.origin[turn]
        flows.edge[slot], flows.flow[slot] = added.edge[turn], 0.0
        flows.before[slot], flows.last[origin] = flows.last[origin], slot
        slot += 1
    flows.taken[0] = slot


@kernel
def _count(flows: Flows, edges: Longs, chosen: Longs) -> None:
    for origin in chosen:
        count, slot = 0, first_slot(flows, origin)
        while slot != NO_SLOT:
            count += flows.flow[slot] > 0.0
            slot = slot_after(flows, origin, slot)
        edges[origin] = count


@kernel
def _list(flows: Flows, rows: Rows, chosen: Longs) -> None:
    for origin in chosen:
        entry, slot = rows.first[origin], first_slot(flows, origin)
        while slot != NO_SLOT:
            if flows.flow[slot] > 0.0:
                rows.edge[entry], rows.flow[entry] = flows.edge[slot], flows.flow[slot]
                entry += 1
            slot = slot_after(flows, origin, slot)
