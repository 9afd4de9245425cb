"""Small timetables by hand: one trip pattern for each path, in metres east and north of a corner of the test towns."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from clearway.network.transit.timetable import Pattern, Route, Stop, Timetable, Trip

if TYPE_CHECKING:
    from collections.abc import Sequence

NORTH_M = 111195.08
EAST_M = NORTH_M * np.cos(np.radians(41.28))


def at(east: float, north: float) -> tuple[float, float]:
    return 174.77 + east / EAST_M, -41.28 + north / NORTH_M


class Bus(NamedTuple):
    """Trips along a path; the stops are its ends, unless they are given. Without a path, the stops are all there is."""

    drawn: Sequence[tuple[float, float]] | None
    trips: int = 1
    route: str = "1"
    direction: str = "0"
    towards: str = ""
    stops: Sequence[tuple[float, float]] = ()


def timetable_of(*buses: Bus) -> Timetable:
    stops: dict[str, Stop] = {}
    patterns, shapes = [], {}
    for number, bus in enumerate(buses):
        called = bus.stops or ([bus.drawn[0], bus.drawn[-1]] if bus.drawn else [])
        own = {f"{number}.{index}": Stop(f"{number}.{index}", f"Stop {index}", *at(*stop), "", None)
               for index, stop in enumerate(called)}  # fmt: skip
        stops |= own
        if bus.drawn:
            shapes[f"s{number}"] = np.array([at(*point) for point in bus.drawn])
        times = tuple(60.0 * index for index in range(len(own)))
        trips = tuple(Trip(f"{number}.{trip}", bus.towards, times) for trip in range(bus.trips))
        shape = f"s{number}" if bus.drawn else ""
        patterns.append(Pattern(Route(bus.route, bus.route, ""), bus.direction, shape, tuple(own), trips))
    return Timetable("feed.zip", None, date(2026, 1, 5), None, stops, tuple(patterns), shapes, ())
