"""Work on blocks of items on all cores, with the same answer whatever their number.

Blocks depend on the problem alone, and what they find is put together in their order.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Generic, Self, TypeVar

import numpy as np

from clearway.network.kernels import core_count

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import TracebackType

    from clearway.network.model import Longs

R = TypeVar("R")
T = TypeVar("T")
ScratchT = TypeVar("ScratchT", covariant=True)  # noqa: PLC0105 - a name, not a scheme

_EDGES_PER_BLOCK = 100_000
"""A block that reads fewer edges takes less time than handing it to a thread is worth."""
_MOST_BLOCKS = 8
"""Enough for two to eight cores to end at about the same time; more would only part what lies in one cache."""


def blocks_of(items: Longs, edges_each: int) -> list[Longs]:
    """The items in blocks, where each item takes a pass over so many edges.

    >>> [len(block) for block in blocks_of(np.arange(4), 10)], [len(block) for block in blocks_of(np.arange(300), 1000)]
    ([4], [100, 100, 100])
    """
    return np.array_split(items, max(1, min(_MOST_BLOCKS, len(items) * edges_each // _EDGES_PER_BLOCK)))


class BlockPool(Generic[ScratchT]):
    """Threads, each with scratch arrays of its own; the thread that calls is one of them."""

    def __init__(self, new_scratch: Callable[[], ScratchT]) -> None:
        """As many threads as there are cores; ``new_scratch`` makes the arrays that each works in."""
        self._scratches = [new_scratch() for _ in range(core_count())]
        self._others = ThreadPoolExecutor(max(len(self._scratches) - 1, 1))

    def map(self, work: Callable[[T, ScratchT], R], items: Sequence[T]) -> list[R]:
        """Do the work on every item; the results in the items' order."""
        left, done = iter(range(len(items))), dict[int, R]()

        def take(scratch: ScratchT) -> None:  # type: ignore[misc]  # it is handed on to the work alone
            for number in left:
                done[number] = work(items[number], scratch)

        others = [self._others.submit(take, scratch) for scratch in self._scratches[1 : len(items)]]
        take(self._scratches[0])
        for other in others:
            other.result()
        return [done[number] for number in range(len(items))]

    def __enter__(self) -> Self:
        """The pool itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """End the threads."""
        self._others.shutdown()
