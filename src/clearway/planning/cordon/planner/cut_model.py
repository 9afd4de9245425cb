"""The cut problem: nodes, arcs, what each arc costs to cut, and what must lie on which side.

Vehicles flow from outside (node 0) to the site (node 1). What a corner pays once for several arms is cut with an arc between
two nodes of its own for each **level**: the first is outside if anything is from which an arm of the level leads, the second
is enclosed if anything is to which one leads. A node on the site's side counts as enclosed; it must be so whenever every way
to it from outside leads over an enclosed node, which arcs that may not be cut from each node to its immediate dominator
enforce (dominators: T. Lengauer, R. E. Tarjan, 1979; computed as by K. D. Cooper, T. J. Harvey, K. Kennedy, 2001).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from clearway.planning.cordon.planner.dominators import dominators, reached_nodes
from clearway.planning.cordon.planner.max_flow import incidence
from clearway.planning.cordon.planner.places import NOT_TO_BE_CUT, elements_of, posts_of
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
    """One cut problem. Arcs come in pairs, ``a ^ 1`` the reverse of ``a``; N nodes, A arcs, E elements, L levels, M pieces."""

    node_count: int
    arc_tail: Longs  # (A,)
    arc_head: Longs  # (A,)
    arc_element: Longs  # (A,) element, or E + level, that is cut with the arc, -1 none
    arc_fixed: Longs  # (A,) capacity of arcs that are no element's: 0 or NOT_TO_BE_CUT
    drives: Bools  # (A,) whether vehicles drive along the arc
    start: Longs  # (N + 1,) incidence
    order: Longs  # (A,)
    price: Longs  # (E + L,) units of each element, and of each level
    first: Longs  # (E,) units of which a corner pays the largest of its arms
    level_of: Longs  # (E,) the level that an arm is on, and all those before it of its corner; -1 none
    bundles: tuple[Bundle, ...]
    bundle_of: Longs  # (E + L,)
    piece_node: Longs  # (M,)
    junction_node: Longs  # (K,)
    addresses: Longs  # (N,) addresses of the pieces at each node
    address_arc: Longs  # (n,) arc from outside to each node with addresses but the first two
    reached: Bools  # (N,) could be reached from outside before any barrier stood
    held: Bools  # (N,) must stay outside though it is not outside itself
    pinned: frozenset[int]  # parts that must be used: element, or -1 - bundle
    pinned_price: int
    places: Places

    def units(self, parts: frozenset[int]) -> int:
        """What settled parts cost, the pinned ones included."""
        return sum(post.units for post in posts_of(self.places, parts))

    def settled(self, parts: frozenset[int]) -> frozenset[int]:
        """The same barriers as arms of their corners, where they were counted on their own or are cheaper so."""
        count = self.places.spot_count
        parts = frozenset(int(self.places.spot_of[part]) if part >= count else part for part in parts)
        for abreast in sorted(part for part in parts & self.pinned if part < 0):
            spots = {int(self.places.spot_of[element]) for element in elements_of(self.bundles, abreast)}
            apart = parts - {abreast} | spots
            parts = min(parts, apart, key=self.units)
        return parts

    def without(self, elements: Longs) -> Model:
        """The same problem where no barrier may stand at some elements, alone or in a bundle."""
        price, bundle_of = self.price.copy(), self.bundle_of.copy()
        price[elements] = NOT_TO_BE_CUT
        barred = {int(bundle) for bundle in bundle_of[elements] if bundle >= 0}
        bundle_of[np.isin(bundle_of, list(barred))] = -1
        return replace(self, price=price, bundle_of=bundle_of)


def built(window: Window, places: Places, wishes: Wishes) -> Model:
    """The cut problem of a window."""
    junction_node, piece_node, second_node, real = _nodes(window, places)
    arcs = _Arcs()
    levels = _levels(places, wishes)
    _add_spots(arcs, window, places, piece_node=piece_node, junction_node=junction_node, second_node=second_node)
    drives = arcs.count
    _add_corners(arcs, levels, places, real, junction_node)
    count = real + 2 * levels.count
    reached = _add_implied(arcs, count, second_node, drives, wishes)
    held = _held(wishes, count, piece_node, junction_node)
    nodes = np.flatnonzero(held)
    arcs.add_endless(np.zeros(len(nodes), np.int64), nodes)
    first_address = arcs.count
    weights = window.streets.piece_addresses[window.pieces]
    addresses = np.where(reached, np.bincount(piece_node, weights=weights, minlength=count).astype(np.int64), 0)
    lived_in = 2 + np.flatnonzero(addresses[2:])
    arcs.add_endless(np.zeros(len(lived_in), np.int64), lived_in)
    tail, head, element = arcs.arrays()
    fixed = np.zeros(len(tail), np.int64)
    fixed[drives:first_address:2] = np.where(element[drives:first_address:2] < 0, NOT_TO_BE_CUT, 0)
    start, order = incidence(count, tail)
    return Model(
        node_count=count,
        arc_tail=tail,
        arc_head=head,
        arc_element=element,
        arc_fixed=fixed,
        drives=(np.arange(len(tail)) < drives) & (element >= 0),
        start=start,
        order=order,
        price=np.append(wishes.price, levels.price),
        first=wishes.first,
        level_of=levels.of_element,
        bundles=wishes.bundles,
        bundle_of=np.append(wishes.bundle_of, np.full(levels.count, -1)),
        piece_node=piece_node,
        junction_node=junction_node,
        addresses=addresses,
        address_arc=first_address + 2 * np.arange(len(lived_in)),
        reached=reached,
        held=held,
        pinned=wishes.pinned,
        pinned_price=wishes.pinned_price,
        places=places,
    )


@dataclass(frozen=True, eq=False)
class _Levels:
    """What corners pay once, in steps: the cheapest arm's first part, then what each dearer one's adds."""

    price: Longs  # (L,) units, by corner, the cheapest arms' first
    corner: Longs  # (L,)
    of_element: Longs  # (E,) the level whose arms begin with an element, -1 none

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.price)


def _levels(places: Places, wishes: Wishes) -> _Levels:
    arms = np.flatnonzero((wishes.first > 0) & (wishes.price > 0) & ((wishes.price < NOT_TO_BE_CUT) | _is_link(places)))
    order = arms[np.lexsort((wishes.first[arms], places.corner_of[arms]))]
    corner, first = places.corner_of[order], wishes.first[order]
    new = np.ones(len(order), np.bool_)
    new[1:] = (corner[1:] != corner[:-1]) | (first[1:] != first[:-1])
    level = np.cumsum(new) - 1
    of_element = np.full(len(wishes.first), -1, np.int64)
    of_element[order] = level
    corner, first = corner[new], first[new]
    before = np.zeros(len(first), np.int64)
    before[1:] = np.where(corner[1:] == corner[:-1], first[:-1], 0)
    return _Levels(first - before, corner, of_element)


def _is_link(places: Places) -> Bools:
    link: Bools = places.corners.is_link[places.spot_of]
    return link


def _add_corners(arcs: _Arcs, levels: _Levels, places: Places, first_node: int, junction_node: Longs) -> None:
    """Add what corners pay once to the arcs that vehicles drive.

    A junction leads to and from every arm of its corner, so it is joined to the dearest level only, which passes it on.
    """
    if not levels.count:
        return
    before, after = first_node + 2 * np.arange(levels.count), first_node + 1 + 2 * np.arange(levels.count)
    tail, head, element = (column[::2] for column in arcs.arrays())
    is_junction = np.zeros(first_node, np.bool_)
    is_junction[junction_node] = True
    is_junction[:2] = False
    arcs.add(before, after, len(places.price) + np.arange(levels.count))
    dearer = 1 + np.flatnonzero(levels.corner[1:] == levels.corner[:-1])
    arcs.add_endless(before[dearer], before[dearer - 1])
    arcs.add_endless(after[dearer - 1], after[dearer])
    dearest = np.full(places.corners.count + 1, -1, np.int64)
    dearest[levels.corner] = np.arange(levels.count)
    level = dearest[places.corners.of_junction]
    member = np.flatnonzero(level >= 0)
    arcs.add_endless(junction_node[member], before[level[member]])
    arcs.add_endless(after[level[member]], junction_node[member])
    level = levels.of_element[element]
    leaving, entering = ((level >= 0) & ~is_junction[end] for end in (tail, head))
    arcs.add_endless(tail[leaving], before[level[leaving]])
    arcs.add_endless(after[level[entering]], head[entering])


def _add_implied(arcs: _Arcs, count: int, second_node: Longs, drives: int, wishes: Wishes) -> Bools:
    """Add what the site's side implies; (N,) nodes that vehicles could reach before any barrier stood."""
    tail, head, element = arcs.arrays()
    drivable = (np.arange(len(tail)) < drives) & (element >= 0)
    standing = drivable & np.isin(element, np.array(sorted(wishes.standing), dtype=np.int64))
    reached = reached_nodes(count, tail, head, drivable)
    parent, _ = dominators(count, tail, head, drivable & ~standing, SITE_NODE)
    inner = np.setdiff1d(np.arange(2, count), second_node)
    lost = inner[(parent[inner] < 0) & reached[inner]]
    above = _without(parent, second_node[second_node >= 0])[inner]
    arcs.add_endless(lost, np.full(len(lost), SITE_NODE))
    arcs.add_endless(inner[above > SITE_NODE], above[above > SITE_NODE])
    return reached


def _without(parent: Longs, passed_over: Longs) -> Longs:
    """(N,) the nearest dominator of each node that is none of those passed over, which are no place in the network."""
    above = parent.copy()
    while (between := np.flatnonzero(np.isin(above, passed_over))).size:
        above[between] = parent[above[between]]
    return above


def _held(wishes: Wishes, count: int, piece_node: Longs, junction_node: Longs) -> Bools:
    held = np.zeros(count, np.bool_)
    held[piece_node[wishes.held_pieces]] = True
    held[junction_node[wishes.held_junctions]] = True
    held[:2] = False
    return held


def _nodes(window: Window, places: Places) -> tuple[Longs, Longs, Longs, int]:
    """Node of each junction, of each piece, and between a spot's two elements; and the number of nodes."""
    free = window.junction_side == FREE
    junction_node = _merged(window.junction_side, free, 2)
    count = 2 + int(free.sum())
    free = window.piece_side == FREE
    piece_node = _merged(window.piece_side, free, count)
    count += int(free.sum())
    doubled = places.second_of >= 0
    second_node = np.full(len(doubled), -1, np.int64)
    second_node[doubled] = count + np.arange(doubled.sum())
    return junction_node, piece_node, second_node, count + int(doubled.sum())


def _merged(side: Bytes, free: Bools, first: int) -> Longs:
    node = np.where(side == OUTSIDE, OUTSIDE_NODE, SITE_NODE).astype(np.int64)
    node[free] = first + np.arange(free.sum())
    return node


def _add_spots(
    arcs: _Arcs, window: Window, places: Places, *, piece_node: Longs, junction_node: Longs, second_node: Longs
) -> None:
    """Add what vehicles drive along; a spot's second element lies on the side of the street, the first on the corner's."""

    def node(end: Longs) -> Longs:
        at: Longs = np.where(end >= 0, piece_node[np.maximum(end, 0)], junction_node[np.maximum(-1 - end, 0)])
        return at

    for ends, open_ in (
        ((window.spot_first, window.spot_second), window.spot_along),
        ((window.spot_second, window.spot_first), window.spot_against),
    ):
        one = np.flatnonzero(open_ & (second_node < 0))
        arcs.add(node(ends[0][one]), node(ends[1][one]), one)
        two = np.flatnonzero(open_ & (second_node >= 0))
        leaving = ends[0][two] < 0
        arcs.add(node(ends[0][two]), second_node[two], np.where(leaving, two, places.second_of[two]))
        arcs.add(second_node[two], node(ends[1][two]), np.where(leaving, places.second_of[two], two))


class _Arcs:
    """Pairs of arcs being listed; the reverse of each has no capacity of its own."""

    def __init__(self) -> None:
        self._parts: list[tuple[Longs, Longs, Longs]] = []
        self.count = 0

    def add(self, tail: Longs, head: Longs, element: Longs) -> None:
        keep = tail != head
        self._parts.append((tail[keep], head[keep], element[keep]))
        self.count += 2 * int(keep.sum())

    def add_endless(self, tail: Longs, head: Longs) -> None:
        """Add arcs that may not be cut."""
        self.add(tail, head, np.full(len(tail), -1))

    def arrays(self) -> tuple[Longs, Longs, Longs]:
        tail, head, element = (np.concatenate(columns).astype(np.int64) for columns in zip(*self._parts, strict=True))
        none = np.full(len(element), -1, np.int64)
        return _paired(tail, head), _paired(head, tail), _paired(element, none)


def _paired(first: Longs, second: Longs) -> Longs:
    both = np.empty(2 * len(first), np.int64)
    both[0::2], both[1::2] = first, second
    return both
