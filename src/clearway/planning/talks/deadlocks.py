"""Where each side waits for the other: cycles of "we do this only after that".

The claims are the vertices of a directed graph, with an arc from a claim to each that holds back what it waits for. A deadlock
is a cycle without a chord: no claim of it can be left out. Cycles lie within strongly connected components (Tarjan, Depth-first
search and linear graph algorithms, 1972); within one, each is found from its lowest vertex by extending paths that have no
chord, and only where some way without a chord leads back: no path is followed in vain.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from clearway.planning.talks.claims import Claim

MOST_CYCLES = 1000
"""More deadlocks than these help nobody; the answer then says that there are more."""

Waits = list[set[int]]
"""For each claim by number, those that it waits for."""


class Cycles(NamedTuple):
    """The minimal cycles of a graph.

    Attributes:
        found: Each as its vertices in order, from its lowest; the shortest first.
        is_all: Whether there are no more.
    """

    found: list[tuple[int, ...]]
    is_all: bool


def waits_of(claims: Sequence[Claim]) -> Waits:
    """Which claim waits for which; none for itself alone, which is one party's own order of doing things."""
    return [
        {other for other, held in enumerate(claims) if other != one and claim.waits_for(held)}
        for one, claim in enumerate(claims)
    ]


def minimal_cycles(waits: Waits, most: int = MOST_CYCLES) -> Cycles:
    """Every cycle without a chord.

    Args:
        waits: The graph, as the successors of each vertex; a vertex among its own is not a cycle.
        most: At most this many.

    >>> minimal_cycles([{1}, {0, 2}, {0}]).found
    [(0, 1)]
    """
    found: list[tuple[int, ...]] = []
    for component in strong_components(waits):
        for cycle in _Component(waits, component).cycles():
            if len(found) == most:
                return Cycles(sorted(found, key=_shortest_first), is_all=False)
            found.append(cycle)
    return Cycles(sorted(found, key=_shortest_first), is_all=True)


def strong_components(waits: Waits) -> list[list[int]]:
    """The strongly connected components of two vertices or more, by Tarjan's method without recursion."""
    order: dict[int, int] = {}
    low: dict[int, int] = {}
    stack: list[int] = []
    is_open: set[int] = set()
    found: list[list[int]] = []
    for root in range(len(waits)):
        if root in order:
            continue
        order[root] = low[root] = len(order)
        stack.append(root)
        is_open.add(root)
        work = [(root, iter(sorted(waits[root])))]
        while work:
            vertex, successors = work[-1]
            following = next((one for one in successors if one not in order or one in is_open), None)
            if following is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[vertex])
                if low[vertex] == order[vertex]:
                    at = stack.index(vertex)
                    if len(stack) - at > 1:
                        found.append(sorted(stack[at:]))
                    is_open.difference_update(stack[at:])
                    del stack[at:]
            elif following in is_open:
                low[vertex] = min(low[vertex], order[following])
            else:
                order[following] = low[following] = len(order)
                stack.append(following)
                is_open.add(following)
                work.append((following, iter(sorted(waits[following]))))
    return sorted(found)


class _Component:
    """One strongly connected component; sets of vertices are bits of a number.

    Args:
        waits: The graph.
        vertices: Of the component.
    """

    def __init__(self, waits: Waits, vertices: Iterable[int]) -> None:
        self.vertices = sorted(vertices)
        number = {vertex: at for at, vertex in enumerate(self.vertices)}
        self.after = [
            sum(1 << number[one] for one in waits[vertex] if one in number and one != vertex) for vertex in self.vertices
        ]
        self.before = [0] * len(self.vertices)
        for one, following in enumerate(self.after):
            for other in _bits(following):
                self.before[other] |= 1 << one

    def cycles(self) -> Iterator[tuple[int, ...]]:
        """Those without a chord, each from its lowest vertex."""
        for first in range(len(self.vertices)):
            left = -1 << (first + 1) & (1 << len(self.vertices)) - 1
            for second in _bits(self.after[first] & left):
                if self.after[second] >> first & 1:
                    yield self.vertices[first], self.vertices[second]
                elif free := self._leading(first, second, left & ~self.after[first]):
                    for path in self._extended((first, second), free):
                        yield tuple(self.vertices[one] for one in path)

    def _extended(self, path: tuple[int, ...], free: int) -> Iterator[tuple[int, ...]]:
        """The cycles that go on from a path without a chord.

        Args:
            path: From the lowest vertex of the cycle.
            free: Vertices to which no earlier one of the path has an arc, and that have none to any but the first; from each of
                them the first can be reached through them.
        """
        first, last = path[0], path[-1]
        for following in _bits(self.after[last] & free):
            if self.after[following] >> first & 1:
                yield *path, following
            elif further := self._leading(first, following, free & ~self.after[last]):
                yield from self._extended((*path, following), further)

    def _leading(self, first: int, last: int, free: int) -> int:
        """The free vertices that lead to the first one and not back to the last; none where the last leads to none of them.

        A shortest way through them has no chord, so that whoever goes on finds a cycle.
        """
        free &= ~self.before[last] & ~(1 << last)
        found = fresh = self.before[first] & free
        while fresh:
            fresh = _any_of(self.before[one] for one in _bits(fresh)) & free & ~found
            found |= fresh
        return found if self.after[last] & found else 0


def _bits(number: int) -> Iterator[int]:
    """The places of the bits that are set, the lowest first."""
    while number:
        lowest = number & -number
        yield lowest.bit_length() - 1
        number ^= lowest


def _any_of(numbers: Iterable[int]) -> int:
    """The bits that are set in any of some numbers."""
    found = 0
    for one in numbers:
        found |= one
    return found


def _shortest_first(cycle: tuple[int, ...]) -> tuple[int, tuple[int, ...]]:
    return len(cycle), cycle
