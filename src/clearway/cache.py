"""The last answers, so that who asks again does not wait: bounded, and safe for several threads.

A key must hold all that an answer depends on. What depends on who asks is cached by an object of that asker's own, such as a
desk on an operation as people of some release levels see it: no key can then leave it out.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

T = TypeVar("T")


def _one(_value: object) -> int:
    return 1


class Cache(Generic[T]):
    """Values by key; those that were used last stay. Threads that ask for the same at once wait for one of them to make it.

    Args:
        most: The bound: the sizes of all values together.
        size: The size of one value; 1 where absent, so that ``most`` counts values.
    """

    def __init__(self, most: int, *, size: Callable[[T], int] = _one) -> None:
        self._most, self._size = most, size
        self._values: OrderedDict[Hashable, T] = OrderedDict()
        self._total = 0
        self._making: dict[Hashable, threading.Event] = {}
        self._lock = threading.Lock()

    def __len__(self) -> int:
        """How many values there are."""
        return len(self._values)

    def get(self, key: Hashable) -> T | None:
        """The value of a key; None where there is none."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
            return self._values.get(key)

    def of(self, key: Hashable, make: Callable[[], T]) -> T:
        """The value of a key, made where there is none. What ``make`` raises is raised here, and nothing is cached."""
        while True:
            with self._lock:
                if key in self._values:
                    self._values.move_to_end(key)
                    return self._values[key]
                made_elsewhere = self._making.get(key)
                if made_elsewhere is None:
                    made = self._making[key] = threading.Event()
                    break
            made_elsewhere.wait()
        try:
            value = make()
            self.put(key, value)
        finally:
            with self._lock:
                del self._making[key]
            made.set()
        return value

    def put(self, key: Hashable, value: T) -> None:
        """Put a value, instead of one that the key may have."""
        with self._lock:
            if key in self._values:
                self._total -= self._size(self._values.pop(key))
            self._values[key] = value
            self._total += self._size(value)
            while self._total > self._most:
                self._total -= self._size(self._values.popitem(last=False)[1])

    def __getstate__(self) -> dict[str, Any]:
        """The values, for another process."""
        with self._lock:
            return self.__dict__ | {"_values": self._values.copy(), "_making": {}, "_lock": None}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """The same values, under a lock of this process."""
        self.__dict__.update(state | {"_lock": threading.Lock()})
