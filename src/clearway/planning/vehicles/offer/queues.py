"""Vehicles that leave at once and come to gates and entrances, each of which they pass one after another.

Every drive passes its gates in order, and at each it queues: first come, first served. Of those who come at the same moment the
one with the lower number in its line goes first, then the one whose line is named first. So every figure follows from the
drives and the rates alone.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Server(NamedTuple):
    """Something that vehicles pass one after another.

    Attributes:
        each_ms: Milliseconds until the next one is served; 0: nobody is stopped.
        wait_ms: Milliseconds until one who is served is through, where that is longer.
        shuts_ms: From when on nobody gets through; None: it stays open.
    """

    each_ms: int
    wait_ms: int = 0
    shuts_ms: int | None = None


class Line(NamedTuple):
    """Vehicles that drive the same way.

    Attributes:
        vehicles: How many.
        stops: Servers on their way, each with milliseconds driven since the one before.
    """

    vehicles: int
    stops: tuple[tuple[int, int], ...]


@dataclass
class Served:
    """What became of those who came to a server.

    Attributes:
        through_ms: When each got through, rising.
        longest: Vehicles that stood there at once, at most.
        late: Those who came too late.
    """

    through_ms: list[int] = field(default_factory=list)
    longest: int = 0
    late: int = 0
    free_ms: int = 0
    waiting: list[int] = field(default_factory=list)

    def take(self, server: Server, at_ms: int) -> int | None:
        """When one who comes is through; None: too late."""
        begins = max(at_ms, self.free_ms)
        through = begins + max(server.each_ms, server.wait_ms)
        self.waiting = [one for one in self.waiting if one > at_ms]
        is_late = server.shuts_ms is not None and through > server.shuts_ms
        if is_late:
            self.late += 1
        else:
            self.free_ms = begins + server.each_ms
            self.through_ms.append(through)
            if through > at_ms:
                self.waiting.append(through)
        self.longest = max(self.longest, len(self.waiting) + self.late)
        return None if is_late else through


def served(lines: Sequence[Line], servers: Sequence[Server]) -> list[Served]:
    """What happens at each server when all leave at once.

    >>> (gate,) = served([Line(3, ((0, 0),)), Line(1, ((0, 100_000),))], [Server(10_000)])
    >>> gate.through_ms, gate.longest
    ([10000, 20000, 30000, 110000], 3)

    Args:
        lines: Those who drive.
        servers: What they pass.
    """
    found = [Served() for _ in servers]
    coming = [
        (line.stops[0][1], number, place, 0)
        for place, line in enumerate(lines)
        if line.stops
        for number in range(line.vehicles)
    ]
    heapq.heapify(coming)
    while coming:
        at_ms, number, place, step = heapq.heappop(coming)
        stops = lines[place].stops
        server = stops[step][0]
        through = found[server].take(servers[server], at_ms)
        if through is not None and step + 1 < len(stops):
            heapq.heappush(coming, (through + stops[step + 1][1], number, place, step + 1))
    return found
