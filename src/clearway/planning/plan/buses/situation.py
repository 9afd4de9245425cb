"""Buses under closures before it is told: which trips change, what they drive, which calls are missed."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clearway.network.closures import Closure
    from clearway.network.transit.bus_network import BusLineOnStreets, BusNetwork
    from clearway.planning.plan.buses.cuts import Cut
    from clearway.planning.plan.buses.detours import Drive
    from clearway.planning.plan.buses.interchanges import PlacedBay
    from clearway.planning.plan.buses.on_foot import Footways
    from clearway.planning.street_names import StreetNames


@dataclass(frozen=True)
class Change:
    """Trips that find the same pieces shut, and what they drive instead.

    Attributes:
        cut: The trips, and what cuts them.
        drive: What they drive.
        bays: Ids of stops that they serve at another bay.
    """

    cut: Cut
    drive: Drive
    bays: frozenset[str] = frozenset()


@dataclass(frozen=True, eq=False)
class Situation:
    """Buses under closures, before it is told.

    Attributes:
        buses: The buses.
        closures: What is shut to buses, or to people on foot.
        names: Of streets.
        footways: For those who walk to another stop.
        changes: What changes, line by line.
        interchanges: The stops of each, and those of its bays that are placed anew.
    """

    buses: BusNetwork
    closures: tuple[Closure, ...]
    names: StreetNames
    footways: Footways
    changes: tuple[Change, ...]
    interchanges: tuple[tuple[tuple[str, ...], tuple[PlacedBay, ...]], ...] = ()

    @cached_property
    def bus_closures(self) -> list[Closure]:
        """What is shut to buses, as cuts number it."""
        return [closure for closure in self.closures if closure.holds("bus")]

    def line(self, change: Change) -> BusLineOnStreets:
        """The line of a change."""
        return self.buses.lines[change.cut.line]

    @cached_property
    def missed(self) -> dict[str, list[tuple[int, int]]]:
        """For each stop that is missed where it is: (change, place in the pattern) of each call."""
        found: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for index, change in enumerate(self.changes):
            for place, (stop, served) in enumerate(zip(self.line(change).pattern.stops, change.drive.served, strict=True)):
                if not served:
                    found[stop].append((index, place))
        return dict(found)

    @cached_property
    def calls(self) -> Counter[str]:
        """Calls at each stop on the day, missed or not."""
        found: Counter[str] = Counter()
        for line in self.buses.lines:
            for stop in line.pattern.stops:
                found[stop] += len(line.pattern.trips)
        return found
