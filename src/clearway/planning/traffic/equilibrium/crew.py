"""Work on blocks of origins, on all cores, with the same answer whatever their number.

Blocks depend on the problem alone, and what they find is put together in their order.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from typing import TYPE_CHECKING, Self, TypeVar

import numpy as np

from clearway.network.kernels import core_count

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import TracebackType

    from clearway.network.model import Longs
    from clearway.planning.traffic.equilibrium.pairs import Walk
    from clearway.planning.traffic.equilibrium.trees import Desk

R = TypeVar("R")
T = TypeVar("T")

_EDGES_A_BLOCK = 40_000
_MOST_BLOCKS = 8


def blocks_of(origins: Longs, edges: int) -> list[Longs]:
    """The origins in blocks, for networks of so many edges.

    >>> [len(block) for block in blocks_of(np.arange(4), 10)], [len(block) for block in blocks_of(np.arange(300), 1000)]
    ([4], [43, 43, 43, 43, 43, 43, 42])
    """
    return np.array_split(origins, max(1, min(_MOST_BLOCKS, len(origins) * edges // _EDGES_A_BLOCK)))


class Crew:
    """Threads, each with room to work in."""

    def __init__(self, room: Callable[[], tuple[Desk, Walk]]) -> None:
        """As many threads as there are cores; ``room`` makes what each needs."""
        self._rooms: SimpleQueue[tuple[Desk, Walk]] = SimpleQueue()
        for _ in range(core_count()):
            self._rooms.put(room())
        self._pool = ThreadPoolExecutor(core_count())

    def each(self, work: Callable[[T, tuple[Desk, Walk]], R], items: Sequence[T]) -> list[R]:
        """Do the work on every item; the results in the items' order."""

        def one(item: T) -> R:
            room = self._rooms.get()
            try:
                return work(item, room)
            finally:
                self._rooms.put(room)

        if len(items) == 1:
            return [one(items[0])]
        return list(self._pool.map(one, items))

    def __enter__(self) -> Self:
        """The crew itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Send the threads home."""
        self._pool.shutdown()
