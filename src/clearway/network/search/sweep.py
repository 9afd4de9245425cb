"""Every way blocked in turn: what one car left across a street does to the addresses (N-1).

A blocked way cannot be driven from end to end in either direction. Where on the way the car stands is not known, so each
address is given the worst spot: an address on the blocked way loses the better of its two entries, a station on it the
better of its two exits. Addresses elsewhere lose what leads over the way. Only the part of the tree below the way is searched
again (:mod:`clearway.network.search.repair`), on every core.

An address that no single blocked way cuts off has two approaches that share no street, by Menger's theorem ("Zur allgemeinen
Kurventheorie", Fundamenta Mathematicae 10, 1927); where turn restrictions bind, the statement is the one about blocked ways.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from queue import SimpleQueue
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from clearway.network.kernels import core_count, kernel, on_all_cores, words
from clearway.network.model import NEVER_MS
from clearway.network.search.graph import grouped, ranges
from clearway.network.search.repair import Labels, Links, Retimer, Scratch, labels_of, links_of, repair, scratch_of
from clearway.network.search.station_ways import Before, worst_with_stations
from clearway.network.search.targets import NO_APPROACH, arrivals, direct_arrivals

if TYPE_CHECKING:
    from clearway.network.kernels import Words
    from clearway.network.model import Bools, Ints, Longs
    from clearway.network.search.graph import RoutingGraph
    from clearway.network.search.search import Tree
    from clearway.network.search.targets import Arrivals, Targets

NO_ADDRESS = -1
"""No address at all."""
_PIECES_PER_CORE = 16
"""Blocked streets differ in how much must be searched again: sixteen pieces for each core end at about the same time."""
_LEAST_PIECE_WAYS = 64
"""Fewer ways in a piece cost more in scratch arrays than the thread saves."""


@dataclass(frozen=True, eq=False)
class Sweep:
    """What blocking each way alone does. B ways blocked, D addresses.

    Addresses that cannot be reached even with nothing blocked count nowhere.

    Attributes:
        ways: (B,) the ways blocked.
        base_ms: (D,) milliseconds to each address with none blocked.
        delayed: (B,) addresses that are reached later than before.
        cut_off: (B,) addresses that are not reached any more.
        added_ms: (B,) milliseconds added, all delayed addresses together.
        most_added_ms: (B,) milliseconds added to the address that is delayed most.
        worst_address: (B,) that address, the lowest index of equals; ``NO_ADDRESS`` where none is delayed.
        cut_start: (B + 1,) first entry of each way in ``cut_address``.
        cut_address: the addresses that each way cuts off, in rising order within a way.
    """

    ways: Ints
    base_ms: Ints
    delayed: Ints
    cut_off: Ints
    added_ms: Longs
    most_added_ms: Ints
    worst_address: Ints
    cut_start: Longs
    cut_address: Ints

    @cached_property
    def single_ways(self) -> tuple[Ints, Ints]:
        """Where the ways that alone cut off each address begin, (D + 1,), and those ways, address by address."""
        start, entry = grouped(self.cut_address, len(self.base_ms))
        blocked = np.repeat(self.ways, np.diff(self.cut_start))
        return start, blocked[entry]

    @cached_property
    def two_approaches(self) -> Bools:
        """(D,) whether an address is reached, and no single way of those blocked cuts it off."""
        start, _ = self.single_ways
        safe: Bools = (self.base_ms < NEVER_MS) & (np.diff(start) == 0)
        return safe


class _Served(NamedTuple):
    """Addresses that an approach serves soonest, C of them, in the order of the nodes that they are served from."""

    node_start: Words  # (N + 1,) first entry of each node
    address: Words  # (C,)
    way: Words  # (C,) the way that it lies on
    base_ms: Words  # (C,)
    direct_ms: Words  # (C,) straight from an origin on the same way
    start: Words  # (C + 1,) first of its approaches in the two columns below
    node: Words
    extra_ms: Words


class _Fronting(NamedTuple):
    """Addresses way by way, as the targets have them."""

    way_start: Words  # (W + 1,) first entry of each way in address
    address: Words  # (D,)
    at_end: Words  # (D,) bit 0: at the tail of its way, no car stands between; bit 1: at its head
    base_ms: Words  # (D,)
    start: Words  # (D + 1,) first approach of each address
    node: Words
    arc: Words
    extra_ms: Words


class _Found(NamedTuple):
    """What a kernel reports of each blocked way."""

    delayed: Ints
    cut_off: Ints
    added_ms: Longs
    most_added_ms: Ints
    worst_address: Ints
    cut_start: Longs
    cut_address: Ints


def block_each_way(graph: RoutingGraph, tree: Tree, targets: Targets, ways: Ints | None = None) -> Sweep:
    """Block each way in turn and say what it does to every address.

    Args:
        graph: The class's graph.
        tree: From the stations, with the closures that hold anyway.
        targets: Under the same closures.
        ways: (B,) the ways to block, by default every way of the network.
    """
    blocked = np.arange(graph.network.way_count, dtype=np.int32) if ways is None else np.asarray(ways, np.int32)
    now = arrivals(tree, targets)
    before = _before(tree, targets, now)
    sides = _served(targets, before), _fronting(targets, now.ms)
    holds_station = np.isin(blocked, tree.origins.way)
    found = _room(len(blocked))
    _block_all(tree, sides, blocked, found, np.flatnonzero(~holds_station))
    retimer = Retimer(tree)
    cut_by = {}
    for at in np.flatnonzero(holds_station).tolist():
        addresses, ms = worst_with_stations(retimer, targets, before, int(blocked[at]))
        cut_by[at] = _note(found, at, addresses, (now.ms[addresses], ms))
    # the addresses cut off are listed in a second round: only now is it known how many there are, and few ways cut any off
    cut_start = np.concatenate((np.zeros(1, np.int64), np.cumsum(found.cut_off, dtype=np.int64)))
    found = found._replace(cut_start=cut_start, cut_address=np.empty(int(cut_start[-1]), np.int32))
    _block_all(tree, sides, blocked, found, np.flatnonzero((found.cut_off > 0) & ~holds_station))
    for at, cut in cut_by.items():
        found.cut_address[cut_start[at] : cut_start[at + 1]] = cut
    rising = np.lexsort((found.cut_address, np.repeat(np.arange(len(blocked)), found.cut_off)))
    return Sweep(blocked, now.ms, *found._replace(cut_address=found.cut_address[rising]))


def _block_all(tree: Tree, sides: tuple[_Served, _Fronting], blocked: Ints, found: _Found, chosen: Longs) -> None:
    """Run the kernel over some of the ways, in pieces, each thread with a tree of its own to change."""
    graph, links = tree.graph, links_of(tree.graph)
    edges = words(graph.arc_edge_start), words(graph.arc_edge), words(tree.edge_ms)
    pieces = np.array_split(chosen, max(1, min(len(chosen) // _LEAST_PIECE_WAYS, core_count() * _PIECES_PER_CORE)))
    benches: SimpleQueue[tuple[Labels, Scratch]] = SimpleQueue()
    for _ in range(min(core_count(), len(chosen))):
        benches.put((labels_of(tree), scratch_of(graph)))

    def block(piece: Longs) -> None:
        bench = benches.get()
        block_ways(links, edges, sides, bench, words(blocked), piece, found)
        benches.put(bench)

    if len(chosen):
        on_all_cores(block, pieces)


def _before(tree: Tree, targets: Targets, now: Arrivals) -> Before:
    address = np.flatnonzero(now.approach != NO_APPROACH).astype(np.int32)
    node_start, order = grouped(targets.node[now.approach[address]], tree.graph.node_count)
    return Before(now.ms, direct_arrivals(tree.origins, targets)[0], node_start, address[order])


def _served(targets: Targets, before: Before) -> _Served:
    address = before.address
    first, end = targets.start[address], targets.start[address + 1]
    approach = ranges(first, end)
    columns = (
        before.node_start,
        address,
        targets.graph.network.address_way[address],
        before.ms[address],
        before.direct_ms[address],
        np.concatenate((np.zeros(1, np.int32), np.cumsum(end - first, dtype=np.int32))),
        targets.node[approach],
        targets.extra_ms[approach],
    )
    return _Served(*map(words, columns))


def _fronting(targets: Targets, base_ms: Ints) -> _Fronting:
    network = targets.graph.network
    at_tail = network.address_offset_m <= 0
    at_head = network.address_offset_m >= network.way_length_m[network.address_way]
    at_end = (at_tail + 2 * at_head).astype(np.int32)
    columns = (*targets.by_way, at_end, base_ms, targets.start, targets.node, targets.arc, targets.extra_ms)
    return _Fronting(*map(words, columns))


def _room(count: int) -> _Found:
    def column() -> Ints:
        return np.zeros(count, np.int32)

    worst = np.full(count, NO_ADDRESS, np.int32)
    nothing_yet = np.zeros(count + 1, np.int64), np.empty(0, np.int32)
    return _Found(column(), column(), np.zeros(count, np.int64), column(), worst, *nothing_yet)


def _note(found: _Found, at: int, addresses: Ints, times: tuple[Ints, Ints]) -> Ints:
    """Write one way's figures from the times to some addresses before and after; the addresses cut off."""
    was, ms = times
    added = np.where((was < NEVER_MS) & (ms < NEVER_MS), ms.astype(np.int64) - was, 0)
    cut: Ints = addresses[(was < NEVER_MS) & (ms == NEVER_MS)]
    found.delayed[at], found.cut_off[at], found.added_ms[at] = int((added > 0).sum()), len(cut), int(added.sum())
    if found.delayed[at]:
        found.worst_address[at], found.most_added_ms[at] = addresses[added.argmax()], added.max()
    return cut


@kernel
def block_ways(
    links: Links,
    edges: tuple[Words, Words, Words],
    sides: tuple[_Served, _Fronting],
    bench: tuple[Labels, Scratch],
    blocked: Words,
    chosen: Longs,
    found: _Found,
) -> None:
    """Block some of the ways one after the other; write their figures and, where there is room, the addresses cut off."""
    arc_edge_start, arc_edge, edge_ms = edges
    labels, scratch = bench
    for at in chosen:
        way = blocked[at]
        shut = arc_edge[arc_edge_start[2 * way] : arc_edge_start[2 * way + 2]]
        count = repair(links, labels, scratch, shut, shut[:0])
        _tally(sides, labels.ms, scratch, count, way, at, found)
        for edge in shut:
            labels.edge_ms[edge] = edge_ms[edge]
        for index in range(count):
            node = scratch.node[index]
            labels.ms[node], labels.edge[node] = scratch.ms[index], scratch.edge[index]


@kernel
def _tally(sides: tuple[_Served, _Fronting], ms: Words, log: Scratch, count: int, way: int, at: int, found: _Found) -> None:  # noqa: C901, PLR0912 - a call per address would cost more than the sum
    """Add up what a blocked way does to the addresses on it and to those served from nodes whose time has changed."""
    served, fronting = sides
    delayed, cut_off, added, most, worst = 0, 0, np.int64(0), np.int64(0), np.int64(NO_ADDRESS)
    listing, first_cut = len(found.cut_address) > 0, found.cut_start[at]
    own = fronting.way_start[way + 1] - fronting.way_start[way]
    for turn in range(count + 1):
        if turn == count:  # last, the addresses on the way itself
            first, end = np.int64(0), np.int64(own)
        elif ms[log.node[turn]] == log.ms[turn]:
            continue
        else:
            first, end = np.int64(served.node_start[log.node[turn]]), np.int64(served.node_start[log.node[turn] + 1])
        for entry in range(first, end):
            if turn == count:
                address = fronting.address[fronting.way_start[way] + entry]
                base_ms, soonest = fronting.base_ms[address], _on_blocked_way(fronting, ms, address)
            elif served.way[entry] == way:
                continue
            else:
                address, base_ms, soonest = served.address[entry], served.base_ms[entry], np.uint64(served.direct_ms[entry])
                for approach in range(served.start[entry], served.start[entry + 1]):
                    soonest = min(soonest, np.uint64(ms[served.node[approach]]) + np.uint64(served.extra_ms[approach]))
            if soonest <= base_ms or base_ms >= NEVER_MS:
                continue
            if soonest >= NEVER_MS:
                if listing:
                    found.cut_address[first_cut + cut_off] = address
                cut_off += 1
                continue
            more = np.int64(soonest) - np.int64(base_ms)
            delayed, added = delayed + 1, added + more
            if more > most or (more == most and address < worst):
                most, worst = more, np.int64(address)
    found.delayed[at], found.cut_off[at], found.added_ms[at] = delayed, cut_off, added
    found.most_added_ms[at], found.worst_address[at] = most, worst


@kernel
def _on_blocked_way(fronting: _Fronting, ms: Words, address: np.uint32) -> np.uint64:
    """Milliseconds to an address on the blocked way: by its worse entry, for the car stands before the better one."""
    along, against = np.uint64(NEVER_MS), np.uint64(NEVER_MS)
    for approach in range(fronting.start[address], fronting.start[address + 1]):
        there = np.uint64(ms[fronting.node[approach]]) + np.uint64(fronting.extra_ms[approach])
        if fronting.arc[approach] & 1:
            against = min(against, there)
        else:
            along = min(along, there)
    if fronting.at_end[address] == 0:
        return max(along, against)
    return along if fronting.at_end[address] == 1 else against
