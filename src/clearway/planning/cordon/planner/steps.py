"""Long searches: how far they are, when they are late, and how somebody stops them.

A search calls :meth:`Steps.check` between any two steps, none of which takes long. What the listener raises there ends the
search; what it takes there does not count as time of the search. A search that is late answers what it has.
"""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    Tell = Callable[[str, float], None]
    """Called with what is being done and the share that is done, 0 to 1; what it raises ends the work."""


def untold(_doing: str, _share: float) -> None:
    """For who wants to hear nothing."""


class Steps:
    """The steps of one search.

    Args:
        tell: Called at each step.
        limit_s: Seconds after which it is late; endless by default.

    >>> steps = Steps(lambda doing, share: print(f"{doing}: {share:.0%}"), limit_s=60)
    >>> steps.at("Counting", 0.5)
    Counting: 50%
    >>> steps.check(), steps.late
    Counting: 50%
    (None, False)
    """

    def __init__(self, tell: Tell = untold, limit_s: float = math.inf) -> None:
        self._tell = tell
        self.limit_s = limit_s
        self._end = time.monotonic() + limit_s
        self._doing, self._share = "", 0.0

    def at(self, doing: str, share: float) -> None:
        """Begin another step, so far from the start of the whole, 0 to 1."""
        self._doing, self._share = doing, share
        self.check()

    def check(self) -> None:
        """Say once more how far it is; raises what the listener raises."""
        began = time.monotonic()
        self._tell(self._doing, self._share)
        self._end += time.monotonic() - began

    @property
    def left_s(self) -> float:
        """Seconds that are left, at least 0."""
        return max(self._end - time.monotonic(), 0.0)

    @property
    def late(self) -> bool:
        """Whether none are left."""
        return self.left_s == 0.0


UNHURRIED = Steps()
"""Nobody listens, and there is no limit."""
