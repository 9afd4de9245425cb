"""Flow by origin and edge, sparse.

Every flow has a **slot**, and slots never move: once looked up, a slot stays true. The slots of an origin are a **row**,
side by side, and those that were added since, each of which points to the one added before it. A walk over them goes along
the row, then from the slot added last to the ones before. It stands in each kernel that needs it: to call another for every
slot would cost three times as much as all else. To find the slots of many edges of an origin they are laid out over all
edges, and taken up again (:func:`lay_out`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from clearway.assignment.equilibrium.blocks import blocks_of
from clearway.network.kernels import kernel

if TYPE_CHECKING:
    from clearway.assignment.equilibrium.blocks import BlockPool
    from clearway.network.kernels import Words
    from clearway.network.model import Floats, Ints, Longs

NO_SLOT = -1
"""No slot at all."""
UP, DOWN = range(2)
_SPARE_SLOTS = 1024
"""Room, beyond a quarter more than there are flows, so that small networks do not grow their arrays at once."""


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
    slots = taken + taken // 4 + _SPARE_SLOTS
    edge, flow = np.empty(slots, np.uint32), np.empty(slots)
    edge[:taken], flow[:taken] = rows.edge, rows.flow
    last, before = np.full(origins, NO_SLOT), np.empty(slots, np.int64)
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


def rows_of(pool: BlockPool[object], flows: Flows) -> Rows:
    """All flows as rows again, of edges with flow."""
    edges = np.empty(len(flows.first), np.int64)
    blocks = blocks_of(np.arange(len(edges)), 2 * int(flows.taken[0]) // max(len(edges), 1))
    pool.map(lambda own, _: _count(flows, edges, own), blocks)
    used = int(edges.sum())
    rows = Rows(np.cumsum(edges) - edges, edges, np.empty(used, np.uint32), np.empty(used))
    pool.map(lambda own, _: _list(flows, rows, own), blocks)
    return rows


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
    edge, before, end, last = flows.edge, flows.before, flows.end[origin], flows.last[origin]
    slot = flows.first[origin] if flows.first[origin] < end else last
    while slot != NO_SLOT:
        where[edge[slot]] = slot if way == DOWN else NO_SLOT
        slot += 1
        if slot >= end:
            slot = last if slot == end else before[slot - 1]
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
        flow, before, end, last = flows.flow, flows.before, flows.end[origin], flows.last[origin]
        count, slot = 0, flows.first[origin] if flows.first[origin] < end else last
        while slot != NO_SLOT:
            count += flow[slot] > 0.0
            slot += 1
            if slot >= end:
                slot = last if slot == end else before[slot - 1]
        edges[origin] = count


@kernel
def _list(flows: Flows, rows: Rows, chosen: Longs) -> None:
    for origin in chosen:
        flow, before, end, last = flows.flow, flows.before, flows.end[origin], flows.last[origin]
        entry, slot = rows.first[origin], flows.first[origin] if flows.first[origin] < end else last
        while slot != NO_SLOT:
            if flow[slot] > 0.0:
                rows.edge[entry], rows.flow[entry] = flows.edge[slot], flow[slot]
                entry += 1
            slot += 1
            if slot >= end:
                slot = last if slot == end else before[slot - 1]
