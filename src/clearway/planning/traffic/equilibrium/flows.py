"""Flow by origin and edge, sparse.

To begin with an origin's flows are a **row**: a list of edges, nothing more. An origin whose flow is to move is **thawed**: its
row becomes a table. An edge's number, folded to the size of the table, is where it stands, or the next free place after it; so
the edges into a node stand side by side here too. The table holds the **slot** where the flow itself is. Slots never move:
whoever knows one need not look again, however the tables grow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from clearway.network.kernels import kernel

if TYPE_CHECKING:
    from clearway.network.kernels import Words
    from clearway.network.model import Floats, Longs
    from clearway.planning.traffic.equilibrium.crew import Crew

FREE = 0xFFFFFFFF
_LEAST_PLACES = 8
_MOST_PIECES, _LEAST_PIECE = 8, 16


class Rows(NamedTuple):
    """Edges and flows of O origins: ``edges[o]`` of them from ``first[o]`` on."""

    first: Longs  # (O,)
    edges: Longs  # (O,)
    edge: Words
    flow: Floats


class Flows(NamedTuple):
    """Rows and tables of O origins."""

    rows: Rows
    begin: Longs  # (O,) first place of each table
    places: Longs  # (O,) places of each, a power of two; 0 where the row still holds
    edges: Longs  # (O,) how many in each table
    edge: Words  # by place, FREE where none is
    slot: Longs  # by place
    flow: Floats  # by slot
    key: Words  # by slot: the edge
    taken: Longs  # (2,) places and slots taken


def flows_of(rows: Rows) -> Flows:
    """The flows of rows, none of them thawed."""
    count = len(rows.first)
    return Flows(
        rows=rows,
        begin=np.zeros(count, np.int64),
        places=np.zeros(count, np.int64),
        edges=np.zeros(count, np.int64),
        edge=np.empty(0, np.uint32),
        slot=np.empty(0, np.int64),
        flow=np.empty(0),
        key=np.empty(0, np.uint32),
        taken=np.zeros(2, np.int64),
    )


def with_places(flows: Flows, places: int, slots: int) -> Flows:
    """The same flows with so many more free places and slots, or half as many again as there are."""
    places, slots = max(places, len(flows.edge) // 2, 1024), max(slots, len(flows.flow) // 2, 1024)
    return flows._replace(
        edge=np.concatenate((flows.edge, np.full(places, FREE, np.uint32))),
        slot=np.concatenate((flows.slot, np.empty(places, np.int64))),
        flow=np.concatenate((flows.flow, np.empty(slots))),
        key=np.concatenate((flows.key, np.empty(slots, np.uint32))),
    )


def thawed(crew: Crew, flows: Flows, chosen: Longs) -> Flows:
    """The flows with tables for some origins."""
    cold = chosen[flows.places[chosen] == 0]
    if not len(cold):
        return flows
    edges = flows.rows.edges[cold]
    places = np.int64(1) << np.ceil(np.log2(np.maximum(1.5 * edges, _LEAST_PLACES))).astype(np.int64)
    most_places, most_slots = int(flows.taken[0] + places.sum()), int(flows.taken[1] + edges.sum())
    if len(flows.edge) < most_places or len(flows.flow) < most_slots:
        flows = with_places(flows, most_places - len(flows.edge) // 2, most_slots - len(flows.flow) // 2)
    flows.begin[cold], flows.places[cold] = flows.taken[0] + np.cumsum(places) - places, places
    slot = flows.taken[1] + np.cumsum(edges) - edges
    flows.taken[:] = most_places, most_slots
    pieces = np.array_split(np.arange(len(cold)), max(1, min(_MOST_PIECES, len(cold) // _LEAST_PIECE)))
    crew.each(lambda own, _: _thaw(flows, cold[own], slot[own]), pieces)
    return flows


def rows_of(flows: Flows) -> Rows:
    """All flows as rows again, of edges with flow."""
    origins = len(flows.begin)
    most = int(np.where(flows.places > 0, flows.edges, flows.rows.edges).sum())
    rows = Rows(np.empty(origins, np.int64), np.empty(origins, np.int64), np.empty(most, np.uint32), np.empty(most))
    used = _list(flows, rows)
    return Rows(rows.first, rows.edges, rows.edge[:used], rows.flow[:used])


@kernel
def has_room(flows: Flows, origin: int, edges: int) -> bool:
    """Make room for so many more edges in a table; whether there was any."""
    if flows.taken[1] + edges > len(flows.flow):
        return False
    wanted, have = flows.edges[origin] + edges, flows.places[origin]
    if 4 * wanted <= 3 * have:
        return True
    places = have
    while 2 * wanted > places:
        places *= 2
    if flows.taken[0] + places > len(flows.edge):
        return False
    old, begin = flows.begin[origin], flows.taken[0]
    flows.begin[origin], flows.places[origin] = begin, places
    flows.taken[0] += places
    for place in range(old, old + have):
        if flows.edge[place] != FREE:
            _enter(flows, origin, flows.edge[place], flows.slot[place])
    return True


@kernel
def find_slots(flows: Flows, origin: int, edges: Words, slots: Longs) -> None:
    """Write the slots of some edges in a table, new ones with no flow where there were none; the table must have room."""
    begin, last, size = flows.begin[origin], flows.places[origin] - 1, flows.taken[1]
    own, own_slot = flows.edge[begin : begin + last + 1], flows.slot[begin : begin + last + 1]
    for turn, edge in enumerate(edges):
        place = np.int64(edge) & last
        while own[place] != FREE and own[place] != edge:
            place = (place + 1) & last
        if own[place] == FREE:
            own[place], own_slot[place] = edge, size
            flows.flow[size], flows.key[size] = 0.0, edge
            size += 1
        slots[turn] = own_slot[place]
    flows.edges[origin] += size - flows.taken[1]
    flows.taken[1] = size


@kernel
def _enter(flows: Flows, origin: int, edge: int, slot: int) -> None:
    begin, last = flows.begin[origin], flows.places[origin] - 1
    place = np.int64(edge) & last
    while flows.edge[begin + place] != FREE:
        place = (place + 1) & last
    flows.edge[begin + place], flows.slot[begin + place] = edge, slot


@kernel
def _thaw(flows: Flows, chosen: Longs, slots: Longs) -> None:
    for turn, origin in enumerate(chosen):
        first, edges, slot = flows.rows.first[origin], flows.rows.edges[origin], slots[turn]
        begin, last = flows.begin[origin], flows.places[origin] - 1
        for entry in range(first, first + edges):
            edge = flows.rows.edge[entry]
            place = np.int64(edge) & last
            while flows.edge[begin + place] != FREE:
                place = (place + 1) & last
            flows.edge[begin + place], flows.slot[begin + place] = edge, slot
            flows.flow[slot], flows.key[slot] = flows.rows.flow[entry], edge
            slot += 1
        flows.edges[origin] = edges


@kernel
def _list(flows: Flows, rows: Rows) -> int:
    used = 0
    for origin in range(len(flows.begin)):
        rows.first[origin] = used
        if flows.places[origin] == 0:
            first, edges = flows.rows.first[origin], flows.rows.edges[origin]
            rows.edge[used : used + edges] = flows.rows.edge[first : first + edges]
            rows.flow[used : used + edges] = flows.rows.flow[first : first + edges]
            used += edges
        begin = flows.begin[origin]
        for place in range(begin, begin + flows.places[origin]):
            if flows.edge[place] != FREE and flows.flow[flows.slot[place]] > 0.0:
                rows.edge[used], rows.flow[used] = flows.edge[place], flows.flow[flows.slot[place]]
                used += 1
        rows.edges[origin] = used - rows.first[origin]
    return used
