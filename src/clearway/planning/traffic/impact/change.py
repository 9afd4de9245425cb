"""What differs between two assignments of the same trips, without closures and with them: the figures under every answer.

A change is small enough to be kept and sent about: one for the main demand, one for each draw of the ensemble, one for each
variant of a plan.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from clearway.assignment.results.travel_times import od_times
from clearway.planning.traffic.impact.arc_traffic import arc_traffic

if TYPE_CHECKING:
    from clearway.assignment.solution import Solution
    from clearway.network.model import Bools, Floats
    from clearway.planning.traffic.demand.roads import StreetProblem
    from clearway.planning.traffic.impact.arc_traffic import ArcTraffic
    from clearway.planning.traffic.impact.streets import Streets

FORMAT = "clearway-change-2"
"""What the bytes of a change are; kept results of another format are of no use."""

SECONDS_PER_HOUR = 3600.0
"""Times of links are in seconds, vehicle times in hours."""


@dataclass(frozen=True, eq=False)
class Change:
    """The figures of one closure set under one demand. A arcs, S streets, Z zones; 1-element arrays are single figures.

    "Kept" trips are those between zones that have a way before and after.

    Attributes:
        trips_kept: Trips an hour.
        trips_lost: Trips an hour that the closures leave without a route.
        trips_lost_before: Trips an hour that had none before.
        hours_before: Vehicle hours of the kept trips without closures.
        hours_after: The same with them.
        arc_flow_before: (A,) vehicles an hour.
        arc_flow_change: (A,) after less before.
        street_delay_hours: (S,) delay of all vehicles on each street, vehicle hours, after less before.
        street_minutes: (S,) what a drive along the street takes longer, minutes, in the direction that gains most.
        zone_trips: (Z,) kept trips that begin or end in each zone.
        zone_lost: (Z,) lost ones.
        zone_hours_before: (Z,) their vehicle hours without closures.
        zone_hours_after: (Z,) the same with them.
    """

    trips_kept: Floats
    trips_lost: Floats
    trips_lost_before: Floats
    hours_before: Floats
    hours_after: Floats
    arc_flow_before: Floats
    arc_flow_change: Floats
    street_delay_hours: Floats
    street_minutes: Floats
    zone_trips: Floats
    zone_lost: Floats
    zone_hours_before: Floats
    zone_hours_after: Floats

    @property
    def extra_hours(self) -> float:
        """Vehicle hours that the kept trips take longer."""
        return float(self.hours_after[0] - self.hours_before[0])

    @cached_property
    def way_flow_before(self) -> Floats:
        """(W,) vehicles an hour, both directions."""
        return np.asarray(self.arc_flow_before[0::2] + self.arc_flow_before[1::2])

    @cached_property
    def way_flow_change(self) -> Floats:
        """(W,) after less before, both directions."""
        return np.asarray(self.arc_flow_change[0::2] + self.arc_flow_change[1::2])

    def packed(self) -> bytes:
        """The change as bytes that :func:`unpacked` reads."""
        file = io.BytesIO()
        np.savez_compressed(file, **{entry.name: getattr(self, entry.name) for entry in fields(self)})
        return file.getvalue()


def unpacked(content: bytes) -> Change:
    """A change from its bytes."""
    with np.load(io.BytesIO(content), allow_pickle=False) as kept:
        return Change(**{entry.name: kept[entry.name] for entry in fields(Change)})


def pair_minutes(solution: Solution) -> Floats:
    """(K, Z, Z) minutes between zones, fixed costs included; infinite where there is no way.

    Args:
        solution: Its time is in seconds.
    """
    return od_times(solution.problem, solution.link_time) / 60


def change_between(
    streets: StreetProblem, names: Streets, solutions: tuple[Solution, Solution], minutes: tuple[Floats, Floats]
) -> Change:
    """What changes from one solution to another of the same trips.

    Vehicle hours are those of the flows themselves. From those before, the hours of trips that have no way after are
    taken off, and the other way round.

    Args:
        streets: The streets that were assigned.
        names: Which ways make a street.
        solutions: Without closures, and with them.
        minutes: (K, Z, Z) minutes between zones in each, by :func:`pair_minutes`.
    """
    before, after = (arc_traffic(streets, solution) for solution in solutions)
    trips = solutions[0].trips.trips
    between = ~np.eye(trips.shape[1], dtype=np.bool_) & (trips > 0)
    had, has = np.isfinite(minutes[0]) & between, np.isfinite(minutes[1]) & between
    kept, lost = had & has, had & ~has
    hours = [
        solution.total_time / SECONDS_PER_HOUR - _hours(trips, own, mine & ~kept)
        for solution, own, mine in zip(solutions, minutes, (had, has), strict=True)
    ]
    return Change(
        trips_kept=_one(trips[kept].sum()),
        trips_lost=_one(trips[lost].sum()),
        trips_lost_before=_one(trips[between & ~had].sum()),
        hours_before=_one(hours[0]),
        hours_after=_one(hours[1]),
        arc_flow_before=before.flow_per_hour,
        arc_flow_change=after.flow_per_hour - before.flow_per_hour,
        street_delay_hours=names.summed(after.delay_vehicle_hours - before.delay_vehicle_hours),
        street_minutes=names.drive_minutes(_extra_s(solutions[1], streets, before, after)),
        zone_trips=_by_zone(np.where(kept, trips, 0.0)),
        zone_lost=_by_zone(np.where(lost, trips, 0.0)),
        zone_hours_before=_by_zone(_hours_each(trips, minutes[0], kept)),
        zone_hours_after=_by_zone(_hours_each(trips, minutes[1], kept)),
    )


def open_arcs(streets: StreetProblem, solution: Solution) -> Bools:
    """(A,) arcs that some class may still drive in a solution."""
    problem = solution.problem
    is_open = np.zeros(problem.link_count, np.bool_)
    is_open[problem.edge_link[~problem.edge_shut]] = True
    return streets.by_arc(is_open.astype(np.float64)) > 0


def _extra_s(after: Solution, streets: StreetProblem, arcs_before: ArcTraffic, arcs_after: ArcTraffic) -> Floats:
    """(A,) seconds longer; NaN on arcs that are shut or that nobody may drive."""
    return np.where(open_arcs(streets, after), arcs_after.time_s - arcs_before.time_s, np.nan)


def _hours_each(trips: Floats, minutes: Floats, mine: Bools) -> Floats:
    return np.where(mine, trips, 0.0) * np.where(mine, minutes, 0.0) / 60


def _hours(trips: Floats, minutes: Floats, mine: Bools) -> float:
    return float(trips[mine] @ minutes[mine]) / 60


def _by_zone(table: Floats) -> Floats:
    """(Z,) of a (K, Z, Z) table: all that begins or ends in each zone."""
    return np.asarray(table.sum(axis=(0, 2)) + table.sum(axis=(0, 1)))


def _one(value: float) -> Floats:
    return np.array([value], np.float64)
