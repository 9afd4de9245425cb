"""Work on blocks of origins, on all cores, with the same answer whatever their number.

Blocks depend on the problem alone, and what they find is put together in their order.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Self, TypeVar

import numpy as np

from clearway.network.kernels import core_count

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import TracebackType

    from clearway.assignment.equilibrium.pairs import Walk
    from clearway.assignment.equilibrium.trees import Desk
    from clearway.network.model import Longs

R = TypeVar("R")
T = TypeVar("T")

_EDGES_A_BLOCK = 100_000
_MOST_BLOCKS = 8


def blocks_of(origins: Longs, edges: int) -> list[Longs]:
    """The origins in blocks, for networks of so many edges.

    >>> [len(block) for block in blocks_of(np.arange(4), 10)], [len(block) for block in blocks_of(np.arange(300), 1000)]
    ([4], [100, 100, 100])
    """
    return np.array_split(origins, max(1, min(_MOST_BLOCKS, len(origins) * edges // _EDGES_A_BLOCK)))


class Crew:
    """Threads, each with room to work in; the thread that calls is one of them."""

    def __init__(self, room: Callable[[], tuple[Desk, Walk]]) -> None:
        """As many threads as there are cores; ``room`` makes what each needs."""
        self._rooms = [room() for _ in range(core_count())]
        self._others = ThreadPoolExecutor(max(len(self._rooms) - 1, 1))

    def each(self, work: Callable[[T, tuple[Desk, Walk]], R], items: Sequence[T]) -> list[R]:
        """Do the work on every item; the results in the items' order."""
        left, done = iter(range(len(items))), dict[int, R]()

        def take(room: tuple[Desk, Walk]) -> None:
            for number in left:
                done[number] = work(items[number], room)

        others = [self._others.submit(take, room) for room in self._rooms[1 : len(items)]]
        take(self._rooms[0])
        for other in others:
            other.result()
        return [done[number] for number in range(len(items))]

    def __enter__(self) -> Self:
        """The crew itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Send the threads home."""
        self._others.shutdown()
