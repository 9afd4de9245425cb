"""The answer in words: one sentence for the whole, and what must be known when reading it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.planning.traffic.impact.answer import Evaluated
    from clearway.planning.traffic.impact.contract import ImpactTotals, StreetImpact

_NOTICED_HOURS = 0.05
"""Less than three minutes of one vehicle, or a trip in twenty hours, is no change."""
_DAY_HOURS = 24
"""The hour after 23 is 0."""
_STATIC = (
    "One hour as if it went on: drivers know the closures and choose their quickest way. Queues that grow during the hour, "
    "signals and parking are not modelled; a saturation above 1 means that more want to pass than can."
)


def impact_sentence(name: str, totals: ImpactTotals, worst: Sequence[StreetImpact], hour: int) -> str:
    """The answer in one sentence."""
    clock = f"between {hour}:00 and {(hour + 1) % _DAY_HOURS}:00"
    extra, lost = totals.extra_vehicle_hours, totals.trips_lost_per_hour
    if abs(extra) < _NOTICED_HOURS and lost < _NOTICED_HOURS:
        return f"{name}: no change to the city's traffic {clock}."
    more = "more" if extra >= 0 else "less"
    longer = totals.minutes_per_trip_after - totals.minutes_per_trip_before
    said = (
        f"{name}: the trips {clock} take {abs(extra):,.1f} vehicle hours {more} ({totals.extra_vehicle_hours_percent:+z.1f} %, "
        f"{longer * 60:+z.0f} s a trip)"
    )
    if worst:
        street = worst[0]
        said += f", most of all on {street.street} ({street.flow_change_per_hour:+z,.0f} vehicles an hour)"
    return said + (f"; {lost:,.0f} trips an hour no longer have a route." if lost >= _NOTICED_HOURS else ".")


def notes_of(weighed: Evaluated, *, has_buses: bool, has_stations: bool) -> tuple[str, ...]:
    """What to know when reading an answer, a sentence each."""
    over = int((weighed.after_arcs.way_saturation > 1).sum())
    before = int((weighed.before_arcs.way_saturation > 1).sum())
    notes = [_STATIC]
    if over:
        notes.append(f"{over} street pieces carry more than their capacity with the closures, {before} without.")
    if before_lost := float(weighed.change.trips_lost_before[0]):
        notes.append(f"{before_lost:,.0f} trips an hour have no route even without closures; no figure counts them.")
    if not weighed.after.reached or not weighed.before.reached:
        gap = max(weighed.before.gap, weighed.after.gap)
        notes.append(f"The assignment was stopped at a relative gap of {gap:.1g}: do not rely on small changes.")
    if not np.isfinite(weighed.change.hours_after[0]):
        notes.append("The hours are not finite: a street on the way has no capacity.")
    if not has_buses:
        notes.append("No bus lines are known: give them with --bus-lines or --gtfs.")
    if not has_stations:
        notes.append("No fire or ambulance stations are known: give them with --stations.")
    return tuple(notes)
