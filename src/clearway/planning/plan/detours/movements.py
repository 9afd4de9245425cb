"""The movements that closures cut, and the detour of each.

A **movement** enters what is lost from a through street, leaves it by another, and was the quickest way between the two; one
that comes back along a street that it drove only turned round there, and is none. Its detour is the quickest that is left,
without turning round in a street. A movement that is a part of a longer one is told only where traffic comes into it and goes
on straight ahead: who turned in or off on the way finds the same signs.

A detour that drives a street there and back, to turn round by a loop or a block, is one that hardly anybody would sign:
another is looked for, and taken where it is at most ``THERE_AND_BACK_MS`` slower. Where there is none, it stays, and the answer
says so.

The detour leaves the street by which traffic comes as early, and joins the one by which it goes on as late, as is quickest,
within ``WITHIN_M`` straight along streets of the same name, as far as the movement was the quickest way from there to there.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from clearway.network.kernels import on_all_cores
from clearway.network.search.arc_search import ArcSearch
from clearway.network.search.search import NO_EDGE
from clearway.planning.turn_by_turn import STRAIGHT_DEGREES, metres_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from clearway.network.model import Ints
    from clearway.network.search.arc_search import ArcTree
    from clearway.planning.plan.detours.streets import ThroughStreets

Arcs = tuple[int, ...]
WITHIN_M = 1000.0
"""Who is sent off a street farther from what is shut hardly knows why, and who joins it farther on has other ways."""
THERE_AND_BACK_MS = 180_000
"""Milliseconds: rather than to be sent back along a street, drivers take three minutes more; our choice."""
_LOOKS = 3
"""How often another way is looked for: each time without what the last one drove twice."""


class Approach(NamedTuple):
    """Traffic that comes to a movement by one street.

    Attributes:
        leaves: The last arc that it drives before the detour.
        joins: The first arc that it drives after it.
        arcs: The detour between the two; None where this map has none.
        instead_of: What it drove between the two.
        added_ms: Milliseconds longer; 0 where there is no detour.
        turns_in: Degrees that it turned into the movement, either way.
        turns_out: Degrees that it turned out of it.
    """

    leaves: int
    joins: int
    arcs: Arcs | None
    instead_of: Arcs
    added_ms: int
    turns_in: float
    turns_out: float

    @property
    def is_straight(self) -> bool:
        """Whether it comes in and goes on straight ahead."""
        return max(self.turns_in, self.turns_out) <= STRAIGHT_DEGREES


@dataclass(frozen=True)
class CutMovement:
    """A movement that is cut.

    Attributes:
        arcs: What it drove, from the through street that it came from to the one that it went to.
        approaches: How traffic comes to it, the straightest first.
    """

    arcs: Arcs
    approaches: tuple[Approach, ...]


def cut_movements(streets: ThroughStreets) -> list[CutMovement]:
    """Every movement that is cut and is to be told, those of most metres first."""
    onward = streets.onward
    enters = streets.after[onward.tail] & streets.lost[onward.head]
    exits = _exits(streets)
    by_arcs: dict[Arcs, list[Approach]] = defaultdict(list)
    entries = np.unique(onward.tail[enters]).tolist()
    for found in on_all_cores(lambda entry: _from_entry(streets, entry, exits), entries):
        for arcs, approach in found:
            by_arcs[arcs].append(approach)
    cut = [CutMovement(arcs, tuple(sorted(by_arcs[arcs], key=lambda one: (one.turns_in, one.leaves)))) for arcs in by_arcs]
    parts = _parts(by_arcs)
    told = [one for one in cut if one.arcs not in parts or one.approaches[0].is_straight]
    return sorted(told, key=lambda one: (-metres_of(streets.network, one.arcs), one.arcs))


def _exits(streets: ThroughStreets) -> list[tuple[int, int]]:
    """Nodes by which lost streets are left, and for each the through node that lies straightest ahead."""
    onward = streets.onward
    leaves = np.unique(onward.tail[streets.lost[onward.tail] & streets.after[onward.head]]).tolist()
    found = []
    for node in leaves:
        ahead = [after for after in onward.nodes_after(node).tolist() if streets.after[after]]
        found.append((node, min(ahead, key=lambda after: (abs(streets.turned(node, after)), after))))
    return found


def _from_entry(streets: ThroughStreets, entry: int, exits: list[tuple[int, int]]) -> list[tuple[Arcs, Approach]]:
    """The movements that traffic makes which has just driven an arc, each with its detour."""
    arc_of = streets.onward.node_arc
    usual = streets.as_usual.forward({entry: 0})
    cut = []
    for leaves, after in exits:
        if usual.edge[after] == NO_EDGE or streets.onward.tail[usual.edge[after]] != leaves:
            continue
        nodes = usual.nodes(after)[1:-1]
        if streets.lost[nodes].all() and _goes_on(arc_of[[entry, *nodes, after]]):
            cut.append((nodes, after))
    if not cut:
        return []
    closed = streets.closed.forward({entry: 0})
    return [(tuple(arc_of[nodes].tolist()), _approach(streets, [entry, *nodes, after], usual, closed)) for nodes, after in cut]


def _goes_on(arcs: Ints) -> bool:
    """Whether some arcs never come back along one of them."""
    return len(np.unique(arcs >> 1)) == len(arcs)


def _approach(streets: ThroughStreets, nodes: list[int], usual: ArcTree, closed: ArcTree) -> Approach:
    """How traffic gets round that drove some nodes, the first and the last of them through streets."""
    arc_of, node_ms = streets.onward.node_arc, streets.onward.node_ms
    turns = abs(streets.turned(nodes[0], nodes[1])), abs(streets.turned(nodes[-2], nodes[-1]))
    search, end = streets.closed, closed.best(int(arc_of[nodes[-1]]))[0]
    if closed.edge[end] == NO_EDGE:
        search = streets.closed_but_for_loops
        closed = search.forward({nodes[0]: 0})
        end, _ = closed.best(int(arc_of[nodes[-1]]))
    if closed.edge[end] == NO_EDGE:
        driven = tuple(arc_of[nodes[1:-1]].tolist())
        return Approach(int(arc_of[nodes[0]]), int(arc_of[nodes[-1]]), None, driven, 0, *turns)
    onto = _as_late(streets, nodes[-1], usual, closed)
    ends = dict.fromkeys(streets.onward.nodes_of(int(arc_of[onto[-1]])).tolist(), 0)
    back = search.backward(ends)
    off = _as_early(streets, nodes[0], streets.as_usual.backward(ends), back)
    instead = [*off[1:], *nodes[1:-1], *onto[:-1]]
    way = _not_there_and_back(search, back.nodes(off[0]), ends)[1:-1]
    return Approach(
        leaves=int(arc_of[off[0]]),
        joins=int(arc_of[onto[-1]]),
        arcs=tuple(arc_of[way].tolist()),
        instead_of=tuple(arc_of[instead].tolist()),
        added_ms=int(node_ms[way].sum()) - int(node_ms[instead].sum()),
        turns_in=turns[0],
        turns_out=turns[1],
    )


def there_and_back(arcs: Sequence[int]) -> list[tuple[int, int]]:
    """Positions at which a street is driven, and driven back, in the order of the second.

    >>> there_and_back([2, 8, 6, 9])
    [(1, 3)]
    """
    first = {arc: place for place, arc in reversed(list(enumerate(arcs)))}
    return [(first[arc ^ 1], place) for place, arc in enumerate(arcs) if first.get(arc ^ 1, place) < place]


def _not_there_and_back(search: ArcSearch, nodes: list[int], ends: Mapping[int, int]) -> list[int]:
    """Nodes of a way that drives no street there and back, where one is little slower; else those that are given."""
    arc_of, node_ms = search.graph.node_arc, search.graph.node_ms
    refused, found = search.shut.copy(), nodes
    for _ in range(_LOOKS):
        arcs = arc_of[found].tolist()
        twice = there_and_back(arcs)
        if not twice:
            return found
        for there, back in twice:  # where it is joined stays as it is
            refused[arcs[there] if back == len(arcs) - 1 else arcs[back]] = True
        tree = ArcSearch(search.graph, refused).backward(ends)
        found = tree.nodes(nodes[0])
        longest_ms = int(node_ms[nodes[1:-1]].sum()) + THERE_AND_BACK_MS
        if tree.edge[nodes[0]] == NO_EDGE or int(node_ms[found[1:-1]].sum()) > longest_ms:
            return nodes
    return nodes if there_and_back(arc_of[found].tolist()) else found


def _as_late(streets: ThroughStreets, node: int, usual: ArcTree, closed: ArcTree) -> list[int]:
    """Nodes straight on from one, up to the first that is not reached by the one before it under the closures."""
    found = [node]
    while (ahead := _straight(streets, found, streets.onward.nodes_after(found[-1]).tolist())) is not None:
        if _passes(closed, ahead, found[-1]) or not _passes(usual, ahead, found[-1]):
            break
        found.append(ahead)
    return found


def _as_early(streets: ThroughStreets, node: int, usual: ArcTree, closed: ArcTree) -> list[int]:
    """Nodes straight on to one, from the last that does not come by the one after it under the closures."""
    start, tails, _ = streets.onward.reversed_moves
    found = [node]
    while (behind := _straight(streets, found, tails[start[found[-1]] : start[found[-1] + 1]].tolist())) is not None:
        if _passes(closed, behind, found[-1]) or not _passes(usual, behind, found[-1]):
            break
        found.append(behind)
    return found[::-1]


def _passes(tree: ArcTree, end: int, node: int) -> bool:
    """Whether the quickest way to the arc of one node, or from it, drives the arc of another."""
    arc_of = tree.graph.node_arc
    best, _ = tree.best(int(arc_of[end]))
    return int(arc_of[node]) in arc_of[tree.nodes(best)].tolist()


def _straight(streets: ThroughStreets, driven: list[int], among: list[int]) -> int | None:
    """The next of some through nodes along the same street, straightest first; None where none is, or it is too far."""
    network, arc_of = streets.network, streets.onward.node_arc
    name = network.street(int(arc_of[driven[-1]]) >> 1)
    metres = metres_of(network, arc_of[driven].tolist())
    same = [one for one in among if streets.after[one] and name and network.street(int(arc_of[one]) >> 1) == name]
    turned = {one: abs(streets.turned(driven[-1], one)) for one in same if one not in driven}
    best = min(turned, key=lambda one: (turned[one], one), default=None)
    return best if best is not None and turned[best] <= STRAIGHT_DEGREES and metres <= WITHIN_M else None


def _parts(chains: Iterable[Arcs]) -> set[Arcs]:
    """Every part of some chains that is shorter than the whole."""
    return {
        chain[start:end]
        for chain in chains
        for start in range(len(chain))
        for end in range(start + 1, len(chain) + 1)
        if end - start < len(chain)
    }
