"""The cut problem: nodes, arcs, what each arc costs to cut, and what must lie on which side.

Vehicles flow from outside (node 0) to the site (node 1). A junction that may be closed as one place is two nodes, one that
is entered and one that is left, joined by an arc at the junction's price. A node on the site's side counts as enclosed; it
must be so whenever every way to it from outside leads over an enclosed node, which arcs that may not be cut from each
node to its immediate dominator enforce (dominators: T. Lengauer, R. E. Tarjan, 1979; computed as by K. D. Cooper, T. J.
Harvey, K. Kennedy, 2001).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from clearway.planning.cordon.planner.dominators import dominators, reached_nodes
from clearway.planning.cordon.planner.max_flow import incidence
from clearway.planning.cordon.planner.places import NOT_TO_BE_CUT
from clearway.planning.cordon.planner.window import FREE, OUTSIDE

if TYPE_CHECKING:
    from clearway.network.model import Bools, Bytes, Longs
    from clearway.planning.cordon.planner.places import Bundle, Places
    from clearway.planning.cordon.planner.window import Window
    from clearway.planning.cordon.planner.wishes import Wishes

OUTSIDE_NODE, SITE_NODE = 0, 1
"""The two nodes that a cut parts."""


@dataclass(frozen=True, eq=False)
class Model:
    """One cut problem. Arcs come in pairs, ``a ^ 1`` the reverse of ``a``; N nodes, A arcs, E elements, M pieces."""

    node_count: int
    arc_tail: Longs  # (A,)
    arc_head: Longs  # (A,)
    arc_element: Longs  # (A,) element that is cut with the arc, -1 none
    arc_fixed: Longs  # (A,) capacity of arcs that are no element's: 0 or NOT_TO_BE_CUT
    start: Longs  # (N + 1,) incidence
    order: Longs  # (A,)
    price: Longs  # (E,) units of each element as a place of its own
    bundles: tuple[Bundle, ...]
    bundle_of: Longs  # (E,)
    piece_node: Longs  # (M,)
    junction_in: Longs  # (K,)
    junction_out: Longs  # (K,)
    addresses: Longs  # (N,) addresses of the pieces at each node
    address_arc: Longs  # (N - 2,) arc from outside to each node but the first two
    reached: Bools  # (N,) could be reached from outside before any barrier stood
    held: Bools  # (N,) must stay outside though it is not outside itself
    pinned: frozenset[int]  # places that must be used: element, or -1 - bundle
    pinned_price: int

    def without(self, elements: Longs) -> Model:
        """The same problem where no barrier may stand at some elements, alone or in a bundle."""
        price, bundle_of = self.price.copy(), self.bundle_of.copy()
        price[elements] = NOT_TO_BE_CUT
        barred = {int(bundle) for bundle in bundle_of[elements] if bundle >= 0}
        bundle_of[np.isin(bundle_of, list(barred))] = -1
        return replace(self, price=price, bundle_of=bundle_of)


def built(window: Window, places: Places, wishes: Wishes) -> Model:
    """The cut problem of a window."""
    junction_in, junction_out, piece_node, count = _nodes(window, places)
    arcs = _Arcs()
    _add_spots(arcs, window, places.within, piece_node, (junction_in, junction_out))
    split = np.flatnonzero((junction_in != junction_out) & (places.crossing_of < 0))
    arcs.add(junction_in[split], junction_out[split], split + len(window.spots))
    first = np.array([members[0] for members in places.crossings], dtype=np.int64)
    crossing = len(window.spots) + len(window.junctions) + np.arange(len(first))
    arcs.add(junction_in[first], junction_out[first], crossing)
    first_fixed = arcs.count
    reached = _add_implied(arcs, count, wishes)
    held = _held(wishes, count, piece_node, (junction_in, junction_out))
    nodes = np.flatnonzero(held)
    arcs.add(np.zeros(len(nodes), np.int64), nodes, np.full(len(nodes), -1))
    first_address = arcs.count
    inner = np.arange(2, count)
    arcs.add(np.zeros(len(inner), np.int64), inner, np.full(len(inner), -1))
    tail, head, element = arcs.arrays()
    fixed = np.zeros(len(tail), np.int64)
    fixed[first_fixed:first_address:2] = NOT_TO_BE_CUT
    start, order = incidence(count, tail)
    weights = window.streets.piece_addresses[window.pieces]
    addresses = np.bincount(piece_node, weights=weights, minlength=count).astype(np.int64)
    return Model(
        node_count=count,
        arc_tail=tail,
        arc_head=head,
        arc_element=element,
        arc_fixed=fixed,
        start=start,
        order=order,
        price=wishes.price,
        bundles=wishes.bundles,
        bundle_of=wishes.bundle_of,
        piece_node=piece_node,
        junction_in=junction_in,
        junction_out=junction_out,
        addresses=np.where(reached, addresses, 0),
        address_arc=first_address + 2 * np.arange(len(inner)),
        reached=reached,
        held=held,
        pinned=wishes.pinned,
        pinned_price=wishes.pinned_price,
    )


def _add_implied(arcs: _Arcs, count: int, wishes: Wishes) -> Bools:
    """Add what the site's side implies; (N,) nodes that vehicles could reach before any barrier stood."""
    tail, head, element = arcs.arrays()
    drivable = element >= 0
    standing = drivable & np.isin(element, np.array(sorted(wishes.standing), dtype=np.int64))
    reached = reached_nodes(count, tail, head, drivable)
    parent, _ = dominators(count, tail, head, drivable & ~standing, SITE_NODE)
    inner = np.arange(2, count)
    lost = inner[(parent[inner] < 0) & reached[inner]]
    led = inner[parent[inner] > SITE_NODE]
    arcs.add(lost, np.full(len(lost), SITE_NODE), np.full(len(lost), -1))
    arcs.add(led, parent[led], np.full(len(led), -1))
    return reached


def _held(wishes: Wishes, count: int, piece_node: Longs, ends: tuple[Longs, Longs]) -> Bools:
    held = np.zeros(count, np.bool_)
    held[piece_node[wishes.held_pieces]] = True
    for junction_node in ends:
        held[junction_node[wishes.held_junctions]] = True
    held[:2] = False
    return held


def _nodes(window: Window, places: Places) -> tuple[Longs, Longs, Longs, int]:
    """Node that enters and node that leaves each junction, node of each piece, and the number of nodes."""
    spots, corners = len(window.spots), len(window.junctions)
    lone = places.crossing_of < 0
    free = (window.junction_side == FREE) & lone
    junction_in = _merged(window.junction_side, free, 2)
    count = 2 + int(free.sum())
    junction_out = junction_in.copy()
    both = free & (places.price[spots : spots + corners] < NOT_TO_BE_CUT)
    junction_out[both] = count + np.arange(both.sum())
    count += int(both.sum())
    junction_in[~lone] = count + 2 * places.crossing_of[~lone]
    junction_out[~lone] = junction_in[~lone] + 1
    count += 2 * len(places.crossings)
    free_piece = (window.piece_side == FREE) & ~_pieces_within(window, places)
    piece_node = _merged(window.piece_side, free_piece, count)
    inner = np.flatnonzero((window.piece_side == FREE) & ~free_piece)
    tails = window.network.way_tail[window.streets.piece_way[window.pieces[inner]]]
    piece_node[inner] = junction_out[np.searchsorted(window.junctions, tails)]
    return junction_in, junction_out, piece_node, count + int(free_piece.sum())


def _pieces_within(window: Window, places: Places) -> Bools:
    """(M,) pieces that lie inside a crossing."""
    ways = np.unique(window.streets.spot_way[window.spots[places.within]])
    inside: Bools = np.isin(window.streets.piece_way[window.pieces], ways)
    return inside


def _merged(side: Bytes, free: Bools, first: int) -> Longs:
    node = np.where(side == OUTSIDE, OUTSIDE_NODE, SITE_NODE).astype(np.int64)
    node[free] = first + np.arange(free.sum())
    return node


def _add_spots(arcs: _Arcs, window: Window, within: Bools, piece_node: Longs, ends: tuple[Longs, Longs]) -> None:
    junction_in, junction_out = ends

    def node(end: Longs, junction_node: Longs) -> Longs:
        return np.where(end >= 0, piece_node[np.maximum(end, 0)], junction_node[np.maximum(-1 - end, 0)])

    spot = np.arange(len(window.spots))
    first, second = window.spot_first, window.spot_second
    along, against = window.spot_along & ~within, window.spot_against & ~within
    arcs.add(node(first, junction_out)[along], node(second, junction_in)[along], spot[along])
    arcs.add(node(second, junction_out)[against], node(first, junction_in)[against], spot[against])


class _Arcs:
    """Pairs of arcs being listed; the reverse of each has no capacity of its own."""

    def __init__(self) -> None:
        self._parts: list[tuple[Longs, Longs, Longs]] = []
        self.count = 0

    def add(self, tail: Longs, head: Longs, element: Longs) -> None:
        keep = tail != head
        self._parts.append((tail[keep], head[keep], element[keep]))
        self.count += 2 * int(keep.sum())

    def arrays(self) -> tuple[Longs, Longs, Longs]:
        tail, head, element = (np.concatenate(columns).astype(np.int64) for columns in zip(*self._parts, strict=True))
        none = np.full(len(element), -1, np.int64)
        return _paired(tail, head), _paired(head, tail), _paired(element, none)


def _paired(first: Longs, second: Longs) -> Longs:
    both = np.empty(2 * len(first), np.int64)
    both[0::2], both[1::2] = first, second
    return both
