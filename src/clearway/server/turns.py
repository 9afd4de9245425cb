"""Who computes when: a few at a time, and he who has had least goes next.

An asker's time is what all their jobs have computed while any was there; a new asker begins with the least that any other has
had, so that nobody saves time up and nobody is made to wait for it. Within an asker the kind of work that has had least
goes first, and within a kind what was asked for first. A job that has computed for a moment hands over, when it next says so,
to whoever goes before it by this rule. (Start-time fair queueing, P. Goyal, H. M. Vin, H. Cheng, 1996, in its simplest form.)
"""

from __future__ import annotations

import itertools
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from clearway.network.kernels import core_count

if TYPE_CHECKING:
    from collections.abc import Callable

    Unwanted = Callable[[], bool]

_TURN_S = 0.1
"""A simple plan is done in one turn, and nobody notices the wait for one."""
_STUCK_S = 0.3
"""If nobody hands over for so long, all sit in steps that take long: a newcomer may begin beside them."""
_LOOK_AGAIN_S = 0.1
"""How soon a job that waits notices that nobody wants it any more."""
_LEAST_AT_ONCE = 2
"""Even on one core: one may sit in a step that takes long."""

_numbers = itertools.count()


@dataclass(eq=False)
class Claim:
    """A job's claim to compute.

    Attributes:
        asker: Who wants the job.
        name: What kind of work it is.
        alone: Jobs with the same word here never compute before another of them has ended.
    """

    asker: str
    name: str
    alone: str = ""
    number: int = field(default_factory=lambda: next(_numbers))
    begun: bool = False
    since: float = 0.0


class Turns:
    """The turns of one server's jobs. Safe for several threads.

    Args:
        at_once: How many compute side by side; as many as there are cores by default.
    """

    def __init__(self, at_once: int | None = None) -> None:
        self._at_once = at_once or max(core_count(), _LEAST_AT_ONCE)
        self._changed = threading.Condition()
        self._computing: set[Claim] = set()
        self._waiting: set[Claim] = set()
        self._there: set[Claim] = set()
        self._alone: dict[str, Claim] = {}
        self._used: dict[str, float] = {}
        self._used_by_kind: defaultdict[tuple[str, str], float] = defaultdict(float)

    def asked(self, claim: Claim) -> None:
        """A job is there."""
        with self._changed:
            self._there.add(claim)
            self._used.setdefault(claim.asker, min(self._used.values(), default=0.0))

    def taken(self, claim: Claim, unwanted: Unwanted) -> bool:
        """Wait until it is a job's turn; False where it is wanted no more."""
        with self._changed:
            return self._wait(claim, unwanted)

    def shared(self, claim: Claim, unwanted: Unwanted) -> bool:
        """Let others go first who have had less, and wait until it is the job's turn again; False as for ``taken``."""
        if unwanted():
            return False
        if time.monotonic() - claim.since < _TURN_S:
            return True
        with self._changed:
            self._count(claim)
            following = self._next()
            if following is None or self._rank(following) >= self._rank(claim):
                return True
            self._computing.discard(claim)
            self._changed.notify_all()
            return self._wait(claim, unwanted)

    def left(self, claim: Claim) -> None:
        """A job is over; nothing happens where it has left."""
        with self._changed:
            if claim in self._computing:
                self._count(claim)
            self._computing.discard(claim)
            self._there.discard(claim)
            if self._alone.get(claim.alone) is claim:
                del self._alone[claim.alone]
            if all(other.asker != claim.asker for other in self._there):
                self._used.pop(claim.asker, None)
                for kind in [kind for kind in self._used_by_kind if kind[0] == claim.asker]:
                    del self._used_by_kind[kind]
            self._changed.notify_all()

    def _wait(self, claim: Claim, unwanted: Unwanted) -> bool:
        began = time.monotonic()
        self._waiting.add(claim)
        try:
            while not unwanted():
                if self._next() is claim and len(self._computing) < self._room(claim, began):
                    self._enter(claim)
                    return True
                self._changed.wait(_LOOK_AGAIN_S)
            return False
        finally:
            self._waiting.discard(claim)

    def _enter(self, claim: Claim) -> None:
        self._computing.add(claim)
        if claim.alone:
            self._alone[claim.alone] = claim
        claim.begun, claim.since = True, time.monotonic()
        self._waiting.discard(claim)
        self._changed.notify_all()

    def _room(self, claim: Claim, began: float) -> int:
        """How many may compute, so that this one is among them."""
        newcomer = not claim.begun and all(other.asker != claim.asker for other in self._computing)
        return 2 * self._at_once if newcomer and time.monotonic() - began > _STUCK_S else self._at_once

    def _next(self) -> Claim | None:
        """Whose turn it is of those that wait."""
        free = [claim for claim in self._waiting if self._alone.get(claim.alone, claim) is claim]
        return min(free, key=self._rank, default=None)

    def _rank(self, claim: Claim) -> tuple[float, float, int]:
        return self._used[claim.asker], self._used_by_kind[claim.asker, claim.name], claim.number

    def _count(self, claim: Claim) -> None:
        now = time.monotonic()
        self._used[claim.asker] += now - claim.since
        self._used_by_kind[claim.asker, claim.name] += now - claim.since
        claim.since = now
