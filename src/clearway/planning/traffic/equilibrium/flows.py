"""Flow by origin and edge, sparse.

Every flow has a **slot**, and slots never move: whoever knows one need not look again. The slots of an origin are a **row**,
side by side, and those that were added since, each of which tells the one added before it. To find the slots of many edges of
an origin they are laid out over all edges (:func:`lay_out`), and taken up again.
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
def lay_out(flows: Flows, origin: int, added: Added, count: int, where: Longs) -> None:
    """Write the slot of each edge of an origin to ``where``, those that the last of so many added edges will have too."""
    for slot in range(flows.first[origin], flows.end[origin]):
        where[flows.edge[slot]] = slot
    slot = flows.last[origin]
    while slot != NO_SLOT:
        where[flows.edge[slot]] = slot
        slot = flows.before[slot]
    while count > 0 and added.origin[count - 1] == origin:
        count -= 1
        where[added.edge[count]] = flows.taken[0] + count


@kernel
def take_up(flows: Flows, origin: int, added: Added, count: int, where: Longs) -> None:
    """Write NO_SLOT where :func:`lay_out` wrote slots."""
    for slot in range(flows.first[origin], flows.end[origin]):
        where[flows.edge[slot]] = NO_SLOT
    slot = flows.last[origin]
    while slot != NO_SLOT:
        where[flows.edge[slot]] = NO_SLOT
        slot = flows.before[slot]
    while count > 0 and added.origin[count - 1] == origin:
        count -= 1
        where[added.edge[count]] = NO_SLOT


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
        count = 0
        for slot in range(flows.first[origin], flows.end[origin]):
            count += flows.flow[slot] > 0.0
        slot = flows.last[origin]
        while slot != NO_SLOT:
            count += flows.flow[slot] > 0.0
            slot = flows.before[slot]
        edges[origin] = count


@kernel
def _list(flows: Flows, rows: Rows, chosen: Longs) -> None:
    for origin in chosen:
        entry = rows.first[origin]
        for slot in range(flows.first[origin], flows.end[origin]):
            if flows.flow[slot] > 0.0:
                rows.edge[entry], rows.flow[entry] = flows.edge[slot], flows.flow[slot]
                entry += 1
        slot = flows.last[origin]
        while slot != NO_SLOT:
            if flows.flow[slot] > 0.0:
                rows.edge[entry], rows.flow[entry] = flows.edge[slot], flows.flow[slot]
                entry += 1
            slot = flows.before[slot]
