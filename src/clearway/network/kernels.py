"""How kernels are compiled: once on a machine (:mod:`clearway.network.kernel_cache`), and without the interpreter's lock.

Kernels take plain contiguous arrays and run on threads of ours (:func:`on_all_cores`), so that no second, parallel version of
any of them has to be compiled: a newcomer waits for the compiler only once, and not for long.

Where speed counts, they take whole numbers as unsigned words (:func:`words`): an index that cannot be negative needs no
check for counting from the end, which is a fifth of a search.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, ParamSpec, TypeVar, cast

import numpy as np
from numba import njit
from numba.core.dispatcher import Dispatcher

from clearway.network.kernel_cache import KernelCache

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import FunctionType

    from numpy.typing import NDArray

    Words = NDArray[np.uint32]

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")


def kernel(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a function on its first call; every later process reads it from the cache."""
    compiled = njit(nogil=True)(function)
    if isinstance(compiled, Dispatcher):  # NUMBA_DISABLE_JIT leaves the function as it is
        # numba has no public way to a cache of one's own
        setattr(compiled, "_cache", KernelCache(cast("FunctionType", function)))  # noqa: B010
    return cast("Callable[P, R]", compiled)


def words(array: NDArray[np.int32]) -> Words:
    """The same memory read as unsigned numbers; -1 reads as the largest of them.

    >>> words(np.array([7, -1], np.int32)).tolist()
    [7, 4294967295]
    """
    return array.view(np.uint32)


def core_count() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def on_all_cores(work: Callable[[T], R], items: Iterable[T]) -> list[R]:
    """Do the work on every item, as many at a time as there are cores; the results in the items' order.

    >>> on_all_cores(abs, [-2, 1])
    [2, 1]
    """
    listed = list(items)
    threads = min(core_count(), len(listed))
    if threads <= 1:
        return [work(item) for item in listed]
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(work, listed))
