"""The streets that a bus may be sent along, turn by turn: the graph that detours are searched on.

Nodes are arcs: a bus that has just driven one (:mod:`clearway.network.search.arc_graph`). A bus is not sent

* where the signs or a limit of size forbid it, or past a lasting obstacle;
* along a street known to be narrower than ``LEAST_WIDTH_M``;
* along car parks, drives, lanes and tracks, unless buses alone may drive there, or a bus of the timetable does;
* round by more than ``SHARPEST_DEGREES`` at a junction, or in two turns within ``ROOM_M``, unless a bus of the timetable does:
  a street is no place to turn a bus round in, unless a turning place that is wide enough is drawn there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from clearway.network.classes import class_mask
from clearway.network.geometry import flat_scale
from clearway.network.headings import Headings
from clearway.network.model import ACROSS_M
from clearway.network.search.arc_graph import ArcGraph
from clearway.network.search.graph import grouped, ranges
from clearway.network.search.turns import FORBIDDEN, NO_STATE, turn_states

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clearway.network.model import Bools, Ints, Network

LEAST_WIDTH_M = 3.0
"""A bus is 2.55 m wide, its mirrors not counted."""
SHARPEST_DEGREES = 150.0
"""A 12 m bus turns in a circle of 24 m across; round a corner this sharp it needs most of it."""
ROOM_M = 20.0
"""Two carriageways nearer than this leave no room to turn a bus from one to the other."""
TURNING_CIRCLE_M = 24.0
"""From kerb to kerb, which a 12 m bus needs (Directive 97/27/EC asks that it turn within 25 m)."""
_SIDE_STREETS = frozenset({"service", "living_street", "track", "pedestrian"})
"""Where a bus of the timetable, or a sign for buses alone, must show that one can drive."""
_TURNING_PLACE = "turning_place"
_ON_JUNCTION_M = 20.0
"""A turning circle is drawn on its street's end."""
_BUS, _GENERAL = class_mask(["bus"]), class_mask(["general"])


@dataclass(frozen=True)
class Proven:
    """What buses of the timetable drive, so that a bus can."""

    arcs: frozenset[int] = frozenset()
    turns: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True, eq=False)
class BusGraph(ArcGraph):
    """The same as buses find it: node n below the number of arcs is arc n with nothing before it that matters.

    Attributes:
        proven: What the timetable's own buses drive.
        headings: How sharply it turns.
    """

    proven: Proven
    headings: Headings


def bus_graph(network: Network, chains: Iterable[Sequence[int]] = ()) -> BusGraph:
    """The graph of the streets that a bus may be sent along.

    Args:
        network: The network.
        chains: What the timetable's buses drive: arcs in order, each chain without a break.
    """
    proven = _proven(network, chains)
    allowed = _allowed(network, proven)
    headings = Headings(network)
    states = turn_states(_with_tight_turns(network, allowed, proven, headings), _BUS)
    arcs, count = np.flatnonzero(allowed).astype(np.int32), network.arc_count
    out_start, out = grouped(network.arc_tail[arcs], network.junction_count)
    first_node = np.where(states.first == NO_STATE, np.arange(count), count - 1 + states.first).astype(np.int32)
    plain_first, plain_end = out_start[network.arc_head], out_start[network.arc_head + 1]
    plain_end = np.where(states.first == NO_STATE, plain_end, plain_first)  # a bus that drove it is always in a state
    plain_tail = np.repeat(np.arange(count, dtype=np.int32), plain_end - plain_first)
    plain_arc = arcs[out[ranges(plain_first, plain_end)]]
    kept = (states.move_next != FORBIDDEN) & allowed[states.move_arc]
    state_tail = (count - 1 + states.move_state[kept]).astype(np.int32)
    state_arc, after = states.move_arc[kept], states.move_next[kept]
    state_head = np.where(after == NO_STATE, state_arc, count - 1 + after).astype(np.int32)
    node_arc = np.concatenate((np.arange(count, dtype=np.int32), states.arc[1:]))
    tail = np.concatenate((plain_tail, state_tail))
    head = np.concatenate((first_node[plain_arc], state_head))
    fine = _fine(network, headings, proven, node_arc[tail], node_arc[head])
    tail, head = tail[fine], head[fine]
    start, order = grouped(tail, len(node_arc))
    return BusGraph(network, node_arc, start, head[order], network.travel_ms("bus")[node_arc], first_node, proven, headings)


def _proven(network: Network, chains: Iterable[Sequence[int]]) -> Proven:
    """What the chains drive and the signs allow."""
    may = network.arc_through & _BUS > 0
    arcs: set[int] = set()
    turns: set[tuple[int, int]] = set()
    for chain in chains:
        arcs.update(arc for arc in chain if may[arc])
        turns.update((arc, after) for arc, after in pairwise(chain) if may[arc] and may[after])
    return Proven(frozenset(arcs), frozenset(turns))


def _allowed(network: Network, proven: Proven) -> Bools:
    """(A,) arcs that a bus may be sent along."""
    permit = network.arc_permit
    side = np.array([name in _SIDE_STREETS for name in network.street_classes] or [False])
    unfit = np.repeat(side[network.way_class], 2) & (permit & _GENERAL > 0)
    unfit |= np.repeat(network.way_width_m < LEAST_WIDTH_M, 2)  # what is not known is not narrower
    unfit[list(proven.arcs)] = False
    allowed: Bools = (network.arc_through & _BUS > 0) & ~unfit
    return allowed


def _fine(network: Network, headings: Headings, proven: Proven, arc: Ints, after: Ints) -> Bools:
    """Whether a bus makes each turn from one arc into another."""
    sharp = (np.abs(headings.turned(arc, after)) > SHARPEST_DEGREES) | (after == arc ^ 1)
    sharp &= ~_roomy_junctions(network)[network.arc_head[arc]]
    for index in np.flatnonzero(sharp).tolist():
        sharp[index] = (int(arc[index]), int(after[index])) not in proven.turns
    fine: Bools = ~sharp
    return fine


def _roomy_junctions(network: Network) -> Bools:
    """(J,) junctions with a turning place that is known to be wide enough for a bus."""
    roomy = np.zeros(network.junction_count, np.bool_)
    scale = np.array(flat_scale(float(network.junction_lat.mean()))) if network.junction_count else np.ones(2)
    at = np.column_stack((network.junction_lon, network.junction_lat)) * scale
    for place, across_m in dict(network.report.get(ACROSS_M, ())).items():
        if across_m >= TURNING_CIRCLE_M and network.place_kinds[int(network.place_kind[place])] == _TURNING_PLACE:
            here = np.array((network.place_lon[place], network.place_lat[place])) * scale
            roomy |= np.hypot(*(at - here).T) <= _ON_JUNCTION_M
    return roomy


def _with_tight_turns(network: Network, allowed: Bools, proven: Proven, headings: Headings) -> Network:
    """The network with a restriction for every pair of turns that leads a bus back within less room than it needs."""
    short = np.flatnonzero(allowed & (np.repeat(network.way_length_m, 2) < ROOM_M))
    arcs = np.flatnonzero(allowed).astype(np.int32)
    out_start, out = grouped(network.arc_tail[arcs], network.junction_count)
    in_start, into = grouped(network.arc_head[arcs], network.junction_count)
    found = []
    for middle in short.tolist():
        tail, head = network.arc_tail[middle], network.arc_head[middle]
        before = arcs[into[in_start[tail] : in_start[tail + 1]]]
        after = arcs[out[out_start[head] : out_start[head + 1]]]
        first = headings.turned(before, np.full(len(before), middle))
        second = headings.turned(np.full(len(after), middle), after)
        sharp = np.abs(first[:, None] + second[None, :]) > SHARPEST_DEGREES
        for row, column in np.argwhere(sharp).tolist():
            one, other = int(before[row]), int(after[column])
            if (one, middle) not in proven.turns or (middle, other) not in proven.turns:
                found.append((one, middle, other))
    if not found:
        return network
    return replace(
        network,
        strings_seen={},
        turn_start=np.concatenate((network.turn_start, network.turn_start[-1] + 3 * np.arange(1, len(found) + 1))),
        turn_arcs=np.concatenate((network.turn_arcs, np.array(found, np.int32).ravel())),
        turn_classes=np.append(network.turn_classes, np.full(len(found), _BUS, np.uint8)),
        turn_source=np.append(network.turn_source, np.zeros(len(found), np.int64)),
    )
