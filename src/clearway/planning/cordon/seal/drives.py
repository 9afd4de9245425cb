"""Where vehicles can drive round a site past given barriers: a graph of junctions and street pieces, and searches in it.

The pieces, and what is site and what is outside, are those of the planner's window. An edge drives over one spot between a
piece and its neighbour; a given barrier stands at a spot, or parts the two halves of a junction.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

from clearway.network.classes import class_mask, class_names
from clearway.planning.cordon.planner.dominators import reached_nodes
from clearway.planning.cordon.planner.street_pieces import SAME_PLACE_M
from clearway.planning.cordon.planner.window import OUTSIDE, SITE, usable_arcs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clearway.network.classes import VehicleClassName
    from clearway.network.model import Bools, Floats, Longs
    from clearway.planning.cordon.planner.question import CordonQuestion
    from clearway.planning.cordon.planner.window import Window
    from clearway.planning.cordon.seal.placing import Placed

NO_BARRIER = -1
"""Of an edge on which no given barrier stands."""


@dataclass(frozen=True, eq=False)
class Drives:
    """The graph of some classes that drive alike. K junctions and M pieces are its nodes, N = K + M; E edges.

    Attributes:
        classes: The classes.
        tail: (E,) node that each edge leaves.
        head: (E,) node that it enters.
        spot: (E,) window spot that it drives over, -1 between the halves of a parted junction.
        length_m: (E,) metres, half of each piece at its ends.
        barrier: (E,) given barrier that stands on it, by index, or ``NO_BARRIER``.
        outside: (N,) nodes outside.
        site: (N,) nodes of the site.
    """

    classes: tuple[VehicleClassName, ...]
    tail: Longs
    head: Longs
    spot: Longs
    length_m: Floats
    barrier: Longs
    outside: Bools
    site: Bools

    def open_edges(self, *, gone: Iterable[int] = (), shut_spots: Iterable[int] = ()) -> Bools:
        """(E,) edges that can be driven with all given barriers but those gone, and none at spots that are shut besides."""
        standing = (self.barrier != NO_BARRIER) & ~np.isin(self.barrier, list(gone))
        free: Bools = ~standing & ~(np.isin(self.spot, list(shut_spots)) & (self.spot >= 0))
        return free

    def reached(self, edges: Bools, starts: Bools | None = None) -> Bools:
        """(N,) nodes that lead on from outside, or from some nodes, over some edges; the site is entered and not left."""
        return self._spread(self.tail, self.head, edges & ~self.site[self.tail], self.outside if starts is None else starts)

    def reached_through_the_site(self, edges: Bools) -> Bools:
        """(N,) nodes to which some edges lead from outside, those behind the site too."""
        return self._spread(self.tail, self.head, edges, self.outside)

    def leading(self, edges: Bools) -> Bools:
        """(N,) nodes from which some edges lead into the site."""
        return self._spread(self.head, self.tail, edges & ~self.site[self.tail], self.site)

    def _spread(self, tail: Longs, head: Longs, usable: Bools, starts: Bools) -> Bools:
        first = np.flatnonzero(starts) + 1
        tails = np.concatenate((np.zeros(len(first), np.int64), tail + 1))
        heads = np.concatenate((first, head + 1))
        every = np.concatenate((np.ones(len(first), np.bool_), usable))
        found: Bools = reached_nodes(len(starts) + 1, tails, heads, every)[1:]
        return found

    def shortest(self, edges: Bools, starts: Bools | None = None) -> list[int] | None:
        """The edges of the shortest drive from outside, or from some nodes, into the site; None where there is none."""
        begin = np.flatnonzero(self.outside if starts is None else starts)
        usable = np.flatnonzero(edges & ~self.site[self.tail])
        if not len(begin) or not len(usable):
            return None
        count = len(self.site)
        by_length = usable[np.argsort(self.length_m[usable], kind="stable")]
        _, first = np.unique(self.tail[by_length] * count + self.head[by_length], return_index=True)
        kept = by_length[first]
        shape = (count + 1, count + 1)
        tails, heads = np.concatenate((self.tail[kept], np.full(len(begin), count))), np.concatenate((self.head[kept], begin))
        weights = np.concatenate((self.length_m[kept], np.full(len(begin), _TO_START_M)))
        graph = coo_array((weights, (tails, heads)), shape=shape).tocsr()
        distance, parent = (one[0] for one in dijkstra(graph, indices=np.array([count]), return_predecessors=True))
        goals = np.flatnonzero(self.site)
        if not len(goals) or not np.isfinite(distance[goals]).any():
            return None
        node = int(goals[distance[goals].argmin()])
        at = {(int(self.tail[edge]), int(self.head[edge])): int(edge) for edge in kept}
        path = []
        while int(parent[node]) != count:
            path.append(at[int(parent[node]), node])
            node = int(parent[node])
        return path[::-1]


_TO_START_M = 1e-3
"""Scipy takes a length of 0 for no edge."""
_LEAST_M = 1e-3
"""A piece between two barriers at one place has no length of its own."""


@dataclass(frozen=True, eq=False)
class Standing:
    """Given barriers in a window of the network on which they stand.

    Attributes:
        window: The window.
        barriers: The barriers.
        first_half: The first junction that a filter added.
    """

    window: Window
    barriers: Sequence[Placed]
    first_half: int

    def at_spots(self) -> dict[int, int]:
        """Window spots where a given barrier stands, and which."""
        streets, spots = self.window.streets, self.window.spots
        way, at_m = streets.spot_way[spots], streets.spot_m[spots]
        found: dict[int, int] = {}
        for index, barrier in enumerate(self.barriers):
            for cut_way, cut_m in barrier.cuts if barrier.shuts else ():
                near = (way == cut_way) & (np.abs(at_m - cut_m) <= SAME_PLACE_M) & (streets.spot_blocks[spots] == barrier.shuts)
                free = [spot for spot in np.flatnonzero(near).tolist() if spot not in found]
                found |= dict.fromkeys(free[:1], index)
        return found


def drives_of(standing: Standing, question: CordonQuestion) -> tuple[Drives, ...]:
    """The graphs of the classes shut out, one for all that drive alike."""
    at_spots = standing.at_spots()
    groups: dict[bytes, tuple[list[VehicleClassName], Bools, Bools, Longs]] = {}
    for name in class_names(class_mask(question.shut)):
        along, against = _driven(standing, question, name, at_spots)
        barrier = np.full(len(standing.window.spots), NO_BARRIER)
        for spot, index in at_spots.items():
            if standing.barriers[index].shuts & class_mask([name]):
                barrier[spot] = index
        key = along.tobytes() + against.tobytes() + barrier.tobytes()
        groups.setdefault(key, ([], along, against, barrier))[0].append(name)
    return tuple(_graph(standing, tuple(names), along, against, barrier) for names, along, against, barrier in groups.values())


def _driven(standing: Standing, question: CordonQuestion, name: str, at_spots: dict[int, int]) -> tuple[Bools, Bools]:
    """(Q,), (Q,) whether a class can drive over each spot along and against, the given barriers gone."""
    window = standing.window
    network, streets, spots = window.network, window.streets, window.spots
    blocks = streets.spot_blocks[spots].copy()
    blocks[list(at_spots)] = 0
    alone = question.model_copy(update={"shut": (name,)})
    along, against = usable_arcs(network, streets.spot_way[spots], alone)
    passes = blocks & class_mask([name]) == 0
    return along & passes, against & passes


def _graph(
    standing: Standing, classes: tuple[VehicleClassName, ...], along: Bools, against: Bools, barrier: Longs
) -> Drives:  # fmt: skip
    window = standing.window
    corners = len(window.junctions)

    def node(end: Longs) -> Longs:
        return np.where(end >= 0, corners + end, -1 - end).astype(np.int64)

    first, second = node(window.spot_first), node(window.spot_second)
    half = _half_lengths(window)
    weight = np.where(window.spot_first >= 0, half[np.maximum(window.spot_first, 0)], 0.0)
    weight += np.where(window.spot_second >= 0, half[np.maximum(window.spot_second, 0)], 0.0)
    weight = np.maximum(weight, _LEAST_M)
    spots = np.arange(len(window.spots))
    one, other, index = _halves(standing)
    return Drives(
        classes=classes,
        tail=np.concatenate((first[along], second[against], one, other)),
        head=np.concatenate((second[along], first[against], other, one)),
        spot=np.concatenate((spots[along], spots[against], np.full(2 * len(one), -1))),
        length_m=np.concatenate((weight[along], weight[against], np.full(2 * len(one), _LEAST_M))),
        barrier=np.concatenate((barrier[along], barrier[against], index, index)),
        outside=np.concatenate((window.junction_side == OUTSIDE, window.piece_side == OUTSIDE)),
        site=np.concatenate((window.junction_side == SITE, window.piece_side == SITE)),
    )


def _half_lengths(window: Window) -> Floats:
    streets = window.streets
    halves: Floats = (streets.piece_to_m[window.pieces] - streets.piece_from_m[window.pieces]) / 2
    return halves


def _halves(standing: Standing) -> tuple[Longs, Longs, Longs]:
    """Window junctions that a filter parts, their other halves, and the filters."""
    window = standing.window
    filters = [index for index, barrier in enumerate(standing.barriers) if barrier.parting is not None]
    found = []
    for offset, index in enumerate(filters):
        parting = standing.barriers[index].parting
        pair = [parting.junction if parting else 0, standing.first_half + offset]
        at = np.searchsorted(window.junctions, pair)
        if (at < len(window.junctions)).all() and (window.junctions[at] == pair).all():
            found.append((*at.tolist(), index))
    one, other, index_of = np.array(found, dtype=np.int64).reshape(-1, 3).T
    return one, other, index_of
