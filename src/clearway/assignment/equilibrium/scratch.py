"""Arrays that one thread works in, taken over from origin to origin so that nothing is allocated on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from clearway.assignment.equilibrium.flows import NO_SLOT

if TYPE_CHECKING:
    from clearway.network.kernels import Words
    from clearway.network.model import Floats, Ints, Longs


class SearchScratch(NamedTuple):
    """For searches, one at a time, among N nodes."""

    label: Floats  # (N,) cost of the cheapest way, infinite where there is none
    heap: Ints  # nodes that wait
    place: Ints  # (N,) where in the heap a node is, -1 where it is not
    past: Longs  # (N,) stamp of the search in which a node's turn is past
    seen: Longs  # (N,) stamp of the search in which a node was visited
    visit: Words  # nodes visited, one after the other
    last: Longs  # (N,) last visit of each
    stamp: Longs  # (1,)
    through: Floats  # (N,) trips through a node, 0 when not in use


class WalkScratch(NamedTuple):
    """For two walks back: their edges, and by node when each walk passed it and after how many edges."""

    slot: Longs  # by edge: that of the origin whose turn it is, NO_SLOT when not in use
    tree: Words
    used: Words
    tree_stamp: Longs
    used_stamp: Longs
    tree_place: Longs
    used_place: Longs
    stamp: Longs  # (1,)


class Scratch(NamedTuple):
    """All that a thread of the solver works in."""

    search: SearchScratch
    walk: WalkScratch


def scratch_for(nodes: int, edges: int) -> Scratch:
    """Scratch for networks of so many nodes and edges."""
    return Scratch(search_scratch(nodes), walk_scratch(nodes, edges))


def search_scratch(nodes: int) -> SearchScratch:
    """Scratch for searches among so many nodes."""
    return SearchScratch(
        label=np.empty(nodes),
        heap=np.empty(nodes, np.int32),
        place=np.full(nodes, -1, np.int32),
        past=np.zeros(nodes, np.int64),
        seen=np.zeros(nodes, np.int64),
        visit=np.empty(4 * nodes + 1, np.uint32),
        last=np.empty(nodes, np.int64),
        stamp=np.zeros(1, np.int64),
        through=np.zeros(nodes),
    )


def walk_scratch(nodes: int, edges: int) -> WalkScratch:
    """Scratch for walks back among so many nodes and edges."""
    return WalkScratch(
        slot=np.full(edges, NO_SLOT, np.int64),
        tree=np.empty(nodes + 1, np.uint32),
        used=np.empty(nodes + 1, np.uint32),
        tree_stamp=np.zeros(nodes, np.int64),
        used_stamp=np.zeros(nodes, np.int64),
        tree_place=np.zeros(nodes, np.int64),
        used_place=np.zeros(nodes, np.int64),
        stamp=np.zeros(1, np.int64),
    )
