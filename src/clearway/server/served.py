"""What desks work on: a network, an operation as somebody may see it, or the whole server."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Served:
    """Something that desks work on. Each desk is made for it once, when it is first needed. Safe for several threads."""

    _desks: dict[object, Any] = field(default_factory=dict, init=False, repr=False)
    _making: Any = field(default_factory=threading.RLock, init=False, repr=False)

    def desk(self, make: Callable[[Self], T]) -> T:
        """The desk that works on it.

        Args:
            make: Its class, or a function that makes it: of this alone, or of other desks that work on it.
        """
        with self._making:
            if make not in self._desks:
                self._desks[make] = make(self)
            found: T = self._desks[make]
            return found
