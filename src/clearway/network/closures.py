"""Closures: streets, or points on them, shut to some classes for some time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from clearway.network.classes import class_index
from clearway.network.hours import holds

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from clearway.network.model import Bools, Ints, Network

MOST_WAIT_S = 7200.0
"""Two hours: a gate that takes longer to open, or a crew to leave its station, is a slip of the pen."""


@dataclass(frozen=True, slots=True)
class Closure:
    """A way, or a point on it, shut to the classes of a mask.

    Attributes:
        way: Way index.
        shuts: Mask of the classes that may not pass; every other class passes as before.
        at_m: Metres from the way's tail where it is shut: vehicles may drive up to it from either side. None: the whole way
            is shut, and no address on it can be driven to.
        along: Whether travel along the way's direction is shut.
        against: Whether travel against it is shut.
        starts: When it begins, None: always was.
        ends: When it is over, None: until further notice.
        label: What a crew calls it.
        delay_s: Seconds that a vehicle which may pass loses at the point, for a gate to be opened; 0 where nothing is opened.
        hours: When on those days it is in force, as "Mo-Fr 07:00-09:00"; empty: always. Hours are those of the place, and so is
            the zone of the moment asked about.
        lets_out: Whether it lets out vehicles that leave for good; None: nobody said, and whoever staffs it decides.
    """

    way: int
    shuts: int
    at_m: float | None = None
    along: bool = True
    against: bool = True
    starts: datetime | None = None
    ends: datetime | None = None
    label: str = ""
    delay_s: float = 0.0
    hours: str = ""
    lets_out: bool | None = None

    def holds(self, vehicle_class: str, moment: datetime | None = None) -> bool:
        """Whether it shuts a class at a moment; at any moment where none is given."""
        return bool(self.shuts >> class_index(vehicle_class) & 1) and self.is_in_force(moment)

    def delays(self, vehicle_class: str, moment: datetime | None = None) -> bool:
        """Whether a class may pass it at a moment but has to wait for it to be opened."""
        return self.delay_s > 0 and not self.shuts >> class_index(vehicle_class) & 1 and self.is_in_force(moment)

    @property
    def delay_ms(self) -> int:
        """``delay_s`` in whole milliseconds."""
        return round(self.delay_s * 1000)

    def is_in_force(self, moment: datetime | None) -> bool:
        """Whether it is in force at a moment; at any moment where none is given."""
        if moment is None:
            return True
        if self.hours and not holds(self.hours, moment):
            return False
        return (self.starts is None or self.starts <= moment) and (self.ends is None or moment < self.ends)


def shut_arcs(network: Network, closures: Iterable[Closure], vehicle_class: str, moment: datetime | None = None) -> Bools:
    """(A,) arcs that a class cannot drive from end to end because of the closures, the network's own rules aside."""
    shut = np.zeros(network.arc_count, np.bool_)
    for closure in closures:
        if closure.holds(vehicle_class, moment):
            shut[2 * closure.way] |= closure.along
            shut[2 * closure.way + 1] |= closure.against
    return shut


def gate_ms(network: Network, closures: Iterable[Closure], vehicle_class: str, moment: datetime | None = None) -> Ints:
    """(A,) milliseconds that a class loses at gates on each arc when it drives the arc from end to end."""
    lost = np.zeros(network.arc_count, np.int32)
    for closure in closures:
        if closure.delays(vehicle_class, moment):
            lost[2 * closure.way] += closure.along * closure.delay_ms
            lost[2 * closure.way + 1] += closure.against * closure.delay_ms
    return lost
