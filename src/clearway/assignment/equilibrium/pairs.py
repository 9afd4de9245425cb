"""Pairs of alternative segments: two ways between the same two nodes, of which an origin uses the dearer.

An edge that an origin uses although its tree does not is where a pair ends. Walking back from there along the tree, and along
the edges that the origin uses most, the two walks meet where the pair begins (Bar-Gera, "Traffic assignment by paired
alternative segments", Transportation Research B 44, 2010; Xie and Xie, "New insights and improvements of using paired
alternative segments for traffic assignment", Transportation Research B 93, 2016). Each pair shifts the flow of one origin.

Should the used edges go in a circle, that is a pair too: its first segment is empty, and what is on the second can go.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from clearway.assignment.equilibrium.flows import DOWN, NO_SLOT, UP, Added, lay_out
from clearway.assignment.equilibrium.state import CONSTANT
from clearway.assignment.equilibrium.trees import label_again
from clearway.network.kernels import kernel
from clearway.network.search.graph import ranges

if TYPE_CHECKING:
    from clearway.assignment.equilibrium.flows import Flows
    from clearway.assignment.equilibrium.reduced_costs import Violations
    from clearway.assignment.equilibrium.scratch import Scratch, WalkScratch
    from clearway.assignment.equilibrium.state import Costs, Graph, Links, Origins
    from clearway.assignment.equilibrium.trees import Trees
    from clearway.network.kernels import Words
    from clearway.network.model import Bytes, Floats, Ints, Longs

_SHUT_COST = 1e9
"""Stands for an infinite cost in running sums, units of time: far above any route, and seven decimals are left beside it."""
_UNLIKE_SHARE = 0.003
"""Pairs that held before and differ by less than this share of the greatest difference are left to the first survey; ten
times more or less changes no sweep.
"""


class Pairs(NamedTuple):
    """A table of pairs.

    ``first`` to ``middle`` and ``middle`` to ``end`` of ``slot`` are where the origin's flows on the two segments are. Those
    of their links whose time depends on the flow are ``link_first`` to ``link_middle`` and ``link_middle`` to ``link_end`` of
    ``link``.
    """

    size: Longs  # (3,) how many pairs there are, how many entries of slot and of link are taken
    first: Longs
    middle: Longs
    end: Longs
    link_first: Longs
    link_middle: Longs
    link_end: Longs
    bias: Floats  # what the second segment costs more than the first whatever the flow
    tangled: Bytes  # 1 where both segments, or one of them twice, drive the same link
    moving: Bytes  # 0 where nothing can move any more
    origin: Ints  # whose flow it shifts
    slot: Longs
    link: Words


class FoundSegments(NamedTuple):
    """Segments of the pairs found: of each the origin, and where its edges end, first segment first, each from its end back."""

    origin: Ints
    middle: Longs
    end: Longs
    edge: Words
    slot: Longs  # those not taken yet are numbered on from the last that is


class SearchState(NamedTuple):
    """How far the search for pairs is."""

    violation: int  # the next one
    found: int  # pairs
    edges: int  # their edges
    added: int  # edges to add
    least: float  # what a violation must save to be paired


def no_pairs(pairs: int = 1024, entries: int = 16384) -> Pairs:
    """An empty table with room for some."""
    return Pairs(
        size=np.zeros(3, np.int64),
        first=np.empty(pairs, np.int64),
        middle=np.empty(pairs, np.int64),
        end=np.empty(pairs, np.int64),
        link_first=np.empty(pairs, np.int64),
        link_middle=np.empty(pairs, np.int64),
        link_end=np.empty(pairs, np.int64),
        bias=np.empty(pairs),
        tangled=np.empty(pairs, np.uint8),
        moving=np.empty(pairs, np.uint8),
        origin=np.empty(pairs, np.int32),
        slot=np.empty(entries, np.int64),
        link=np.empty(entries, np.uint32),
    )


def with_pairs(pairs: Pairs, count: int, entries: int) -> Pairs:
    """The table with room for so many more pairs, with so many edges."""
    if pairs.size[0] + count <= len(pairs.first) and pairs.size[1] + entries <= len(pairs.slot):
        return pairs
    rows, places = max(count, len(pairs.first)), max(entries, len(pairs.slot))
    grown = {
        name: np.concatenate((column, np.empty(places if name in {"slot", "link"} else rows, column.dtype)))
        for name, column in pairs._asdict().items()
        if name != "size"
    }
    return pairs._replace(**grown)


def segments_for(pairs: int, edges: int) -> tuple[FoundSegments, Added]:
    """Room for the segments of so many pairs with so many edges, and as many edges to add."""
    place = np.empty(pairs, np.int64), np.empty(pairs, np.int64)
    found = FoundSegments(np.empty(pairs, np.int32), *place, np.empty(edges, np.uint32), np.empty(edges, np.int64))
    return found, Added(np.empty(edges, np.uint32), np.empty(edges, np.int32))


def with_room(found: FoundSegments, added: Added) -> tuple[FoundSegments, Added]:
    """The same segments with room for twice as many edges."""
    more = np.empty(len(found.edge), np.int64)
    edge, slot = np.concatenate((found.edge, more.astype(np.uint32))), np.concatenate((found.slot, more))
    grown = Added(np.concatenate((added.edge, more.astype(np.uint32))), np.concatenate((added.origin, more.astype(np.int32))))
    return found._replace(edge=edge, slot=slot), grown


def trimmed(found: FoundSegments, added: Added, state: SearchState) -> tuple[FoundSegments, Added]:
    """What has been found, without the room for more."""
    count, edges = state.found, state.edges
    columns = (found.origin[:count], found.middle[:count], found.end[:count], found.edge[:edges], found.slot[:edges])
    return FoundSegments(*columns), Added(added.edge[: state.added], added.origin[: state.added])


def segments_of(pairs: Pairs, flows: Flows) -> FoundSegments:
    """The segments of the pairs of a table."""
    count, entries = pairs.size[:2]
    middle, end, slot = pairs.middle[:count], pairs.end[:count], pairs.slot[:entries]
    return FoundSegments(pairs.origin[:count].copy(), middle.copy(), end.copy(), flows.edge[slot], slot.copy())


def unsettled(found: FoundSegments, cost: Floats) -> FoundSegments:
    """Those pairs whose segments cost most unlike each other, none of them infinitely much, origin after origin."""
    if not len(found.end):
        return found
    begin = np.concatenate((np.zeros(1, np.int64), found.end[:-1]))
    so_far = np.concatenate((np.zeros(1), np.cumsum(np.where(np.isinf(cost), _SHUT_COST, cost)[found.edge])))
    excess = np.abs(so_far[found.end] - 2.0 * so_far[found.middle] + so_far[begin])
    open_ones = so_far[found.end] - so_far[begin] < _SHUT_COST
    good = np.flatnonzero(open_ones & (excess > _UNLIKE_SHARE * excess[open_ones].max(initial=0.0)))
    good = good[np.argsort(found.origin[good], kind="stable")]
    sizes = (found.end - begin)[good]
    end = np.cumsum(sizes)
    middle = end - sizes + (found.middle - begin)[good]
    entry = ranges(begin[good], found.end[good])
    return FoundSegments(found.origin[good], middle, end, found.edge[entry], found.slot[entry])


@kernel
def find_pairs(
    graph: Graph,
    costs: Costs,
    origins: Origins,
    trees: Trees,
    flows: Flows,
    scratch: Scratch,
    out: tuple[Violations, FoundSegments, Added],
    state: SearchState,
) -> SearchState:
    """A pair for each violation that would save enough.

    Args:
        graph: Nodes and edges.
        costs: Of the edges when the trees were brought up to date.
        origins: Who sets out where.
        trees: The trees.
        flows: By origin and edge.
        scratch: To work in.
        out: The violations; the segments and the edges to add, written to.
        state: Where to begin.

    Returns:
        How far it came: if not to the last violation, there was no room for more.
    """
    search, walk = scratch
    violations, found, added = out
    number, count, at, new, least = state
    present = -1
    while number < len(violations.edge):
        if violations.saving[number] < least:
            number += 1
            continue
        origin = violations.origin[number]
        if origin != present:
            if present >= 0:
                lay_out(flows, present, added, new, walk.slot, UP)
            label_again(graph, costs, trees, search, origin)
            lay_out(flows, origin, added, new, walk.slot, DOWN)
            present = origin
        in_tree, begin, in_use = _walk_back(graph, origins, trees, flows, search.label, walk, origin, violations.edge[number])
        if count == len(found.origin) or at + in_tree + in_use - begin > len(found.edge):
            break
        number += 1
        if in_use == begin:
            continue
        found.edge[at : at + in_tree] = walk.tree[:in_tree]
        middle, end = at + in_tree, at + in_tree + in_use - begin
        found.edge[middle:end] = walk.used[begin:in_use]
        new = _find_slots(flows, found, (at, end), (added, new), origin, walk.slot)
        found.origin[count], found.middle[count], found.end[count] = origin, middle, end
        count, at = count + 1, end
    if present >= 0:
        lay_out(flows, present, added, new, walk.slot, UP)
    return SearchState(number, count, at, new, least)


@kernel
def find_slots_again(flows: Flows, found: FoundSegments, added: Added, walk: WalkScratch) -> int:
    """Find the slots of segments anew, which lie origin after origin; how many edges are to be added."""
    new, present, at = 0, -1, 0
    for pair in range(len(found.origin)):
        origin = found.origin[pair]
        if origin != present:
            if present >= 0:
                lay_out(flows, present, added, new, walk.slot, UP)
            lay_out(flows, origin, added, new, walk.slot, DOWN)
            present = origin
        new = _find_slots(flows, found, (at, found.end[pair]), (added, new), origin, walk.slot)
        at = found.end[pair]
    if present >= 0:
        lay_out(flows, present, added, new, walk.slot, UP)
    return new


@kernel
def _find_slots(
    flows: Flows, found: FoundSegments, entries: tuple[int, int], adding: tuple[Added, int], origin: int, where: Longs
) -> int:
    """Write the slots of some entries, of edges yet to be added too; how many of these there are then."""
    added, new = adding
    for entry in range(entries[0], entries[1]):
        edge = found.edge[entry]
        if where[edge] == NO_SLOT:
            added.edge[new], added.origin[new] = edge, origin
            where[edge] = flows.taken[0] + new
            new += 1
        found.slot[entry] = where[edge]
    return new


@kernel
def _walk_back(
    graph: Graph, origins: Origins, trees: Trees, flows: Flows, label: Floats, walk: WalkScratch, origin: int, last: int
) -> tuple[int, int, int]:
    """Walk back from a used edge off the tree until both walks meet.

    Returns:
        How many edges of ``walk.tree`` are the first segment, and from where to where in ``walk.used`` the second is. A circle
        has no first segment. Nothing: the flow to follow was only rounding.
    """
    parent = trees.parent[trees.start[origin] :]
    in_start = graph.in_start[origins.node[origin, 0] :]
    source, taken, flow = origins.source[origin], flows.taken[0], flows.flow
    walk.stamp[0] += 1
    stamp = walk.stamp[0]
    by_tree, by_use = graph.head[last], graph.tail[last]
    walk.tree_stamp[by_tree], walk.tree_place[by_tree] = stamp, 0
    walk.used[0] = last
    in_tree, in_use = 0, 1
    while walk.tree_stamp[by_use] != stamp:
        if by_tree != source and (by_use == source or label[by_tree] >= label[by_use]):
            edge = parent[by_tree]
            walk.tree[in_tree] = edge
            in_tree, by_tree = in_tree + 1, graph.tail[edge]
            walk.tree_stamp[by_tree], walk.tree_place[by_tree] = stamp, in_tree
            if walk.used_stamp[by_tree] == stamp:
                return in_tree, 0, walk.used_place[by_tree]
            continue
        most, chosen = 0.0, np.uint32(0)
        for entry in range(in_start[by_use], in_start[by_use + np.uint32(1)]):
            slot = walk.slot[entry]
            if slot != NO_SLOT and slot < taken and flow[slot] > most:
                most, chosen = flow[slot], np.uint32(entry)
        if most == 0.0:
            return 0, 0, 0
        walk.used_stamp[by_use], walk.used_place[by_use] = stamp, in_use
        walk.used[in_use] = chosen
        in_use, by_use = in_use + 1, graph.tail[chosen]
        if walk.used_stamp[by_use] == stamp:
            return 0, walk.used_place[by_use], in_use
    return walk.tree_place[by_use], 0, in_use


@kernel
def add_pairs(graph: Graph, links: Links, pairs: Pairs, found: FoundSegments, taken: tuple[int, int]) -> None:
    """Add the pairs found to the table, which must have room.

    Args:
        graph: Nodes and edges.
        links: Cost functions.
        pairs: Written to.
        found: Their segments.
        taken: How many slots were taken when they were found, and how many just before theirs were added.
    """
    then, now = taken
    for row in range(len(found.origin)):
        begin = found.end[row - 1] if row > 0 else 0
        middle, end = found.middle[row], found.end[row]
        number, at, place = pairs.size[0], pairs.size[1], pairs.size[2]
        for turn in range(begin, end):
            slot = found.slot[turn]
            pairs.slot[at + turn - begin] = slot if slot < then else slot + now - then
        pairs.first[number], pairs.middle[number], pairs.end[number] = at, at + middle - begin, at + end - begin
        pairs.link_first[number], pairs.link_middle[number] = place, place
        bias, sign = 0.0, -1.0
        for turn in range(begin, end):
            if turn == middle:
                pairs.link_middle[number], sign = place, 1.0
            edge = found.edge[turn]
            link = graph.link[edge]
            bias += sign * graph.fixed[edge]
            if links.form[link] == CONSTANT:
                bias += sign * links.number[link, 0]
            else:
                pairs.link[place] = link
                place += 1
        pairs.link_end[number] = place
        pairs.bias[number], pairs.moving[number], pairs.origin[number] = bias, 1, found.origin[row]
        pairs.size[0], pairs.size[1], pairs.size[2] = number + 1, at + end - begin, place
        pairs.tangled[number] = 0 if graph.plain else _is_tangled(pairs, number)


@kernel
def drop_settled(pairs: Pairs) -> None:
    """Drop the pairs that do not move any more, and close the gaps."""
    number, at, place = 0, 0, 0
    for old in range(pairs.size[0]):
        if not pairs.moving[old]:
            continue
        first, link_first = pairs.first[old], pairs.link_first[old]
        slots, links = pairs.end[old] - first, pairs.link_end[old] - link_first
        for turn in range(slots):
            pairs.slot[at + turn] = pairs.slot[first + turn]
        for turn in range(links):
            pairs.link[place + turn] = pairs.link[link_first + turn]
        pairs.middle[number], pairs.link_middle[number] = (
            at + pairs.middle[old] - first,
            place + pairs.link_middle[old] - link_first,
        )
        pairs.first[number], pairs.end[number] = at, at + slots
        pairs.link_first[number], pairs.link_end[number] = place, place + links
        pairs.bias[number], pairs.tangled[number] = pairs.bias[old], pairs.tangled[old]
        pairs.origin[number], pairs.moving[number] = pairs.origin[old], 1
        number, at, place = number + 1, at + slots, place + links
    pairs.size[0], pairs.size[1], pairs.size[2] = number, at, place


@kernel
def _is_tangled(pairs: Pairs, number: int) -> int:
    for first in range(pairs.link_first[number], pairs.link_end[number]):
        for second in range(first + 1, pairs.link_end[number]):
            if pairs.link[first] == pairs.link[second]:
                return 1
    return 0
