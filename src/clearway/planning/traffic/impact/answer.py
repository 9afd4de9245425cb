"""Put an answer together: from the figures of the main demand and of each draw to streets, ways, zones and words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from clearway.planning.traffic.impact.contract import ImpactTotals, LostTrips, StreetImpact, WayImpacts, ZoneImpact
from clearway.planning.traffic.impact.sureness import LEAST_FLOW_PER_HOUR, range_of
from clearway.shapes import plain_figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.assignment.solution import Lost, Solution
    from clearway.network.model import Bools, Floats, Longs
    from clearway.planning.traffic.impact.arc_traffic import ArcTraffic
    from clearway.planning.traffic.impact.change import Change
    from clearway.planning.traffic.impact.streets import Streets

STREETS_LISTED = 10
"""As many as fit on a screen and can be told apart on the map."""
LEAST_DELAY_HOURS = 0.01
"""A street whose delay changes by less is not among the worst or the relieved, vehicle hours."""


@dataclass(frozen=True, eq=False)
class Evaluated:
    """All figures of one closure set.

    Attributes:
        before: Main demand without closures.
        after: Main demand with them.
        before_arcs: The former, arc by arc.
        after_arcs: The latter.
        change: What differs.
        draws: What differs in each draw.
        shut: (W,) ways on which a closure stands.
        open_arcs: (A,) arcs that may still be driven.
    """

    before: Solution
    after: Solution
    before_arcs: ArcTraffic
    after_arcs: ArcTraffic
    change: Change
    draws: tuple[Change, ...]
    shut: Bools
    open_arcs: Bools


def totals_of(weighed: Evaluated) -> ImpactTotals:
    """The whole city."""
    change = weighed.change
    before_h, after_h, kept = float(change.hours_before[0]), float(change.hours_after[0]), float(change.trips_kept[0])
    return ImpactTotals(
        trips_per_hour=weighed.before.trips.total,
        trips_lost_per_hour=float(change.trips_lost[0]),
        trips_lost_before_per_hour=float(change.trips_lost_before[0]),
        vehicle_hours_before=before_h,
        vehicle_hours_after=after_h,
        extra_vehicle_hours=change.extra_hours,
        extra_vehicle_hours_percent=100 * change.extra_hours / before_h if before_h else 0.0,
        delay_vehicle_hours_before=weighed.before.total_delay / 3600,
        delay_vehicle_hours_after=weighed.after.total_delay / 3600,
        minutes_per_trip_before=60 * before_h / kept if kept else 0.0,
        minutes_per_trip_after=60 * after_h / kept if kept else 0.0,
        vehicle_km_before=_vehicle_km(weighed.before),
        vehicle_km_after=_vehicle_km(weighed.after),
    )


def _vehicle_km(solution: Solution) -> float | None:
    """What all trips drive; links of unknown length, such as the connectors of zones, are left out."""
    length_m = solution.problem.link_length
    known = np.isfinite(length_m)
    return float(solution.link_flow[known] @ length_m[known]) / 1000 if known.any() else None


def lost_of(before: Solution, after: Solution) -> tuple[LostTrips, ...]:
    """Trips that have a way before and none after, most first."""
    problem = after.problem
    already = {_key(lost) for lost in before.lost}
    rows = [
        LostTrips(
            start_zone=problem.zone_names[lost.start],
            end_zone=problem.zone_names[lost.end],
            user_class=problem.class_names[lost.user_class],
            trips_per_hour=lost.trips,
        )
        for lost in after.lost
        if _key(lost) not in already
    ]
    return tuple(sorted(rows, key=lambda row: (-row.trips_per_hour, row.start_zone, row.end_zone)))


def _key(lost: Lost) -> tuple[int, int, int]:
    return lost.user_class, lost.start, lost.end


def streets_of(weighed: Evaluated, streets: Streets) -> tuple[tuple[StreetImpact, ...], tuple[StreetImpact, ...]]:
    """The worst streets, and those relieved most; streets with a closure on them are not called relieved."""
    delay = weighed.change.street_delay_hours
    touched = np.zeros(streets.count, np.bool_)
    touched[streets.of_way[weighed.shut]] = True
    order = np.argsort(-delay, kind="stable")
    worst = [street for street in order.tolist() if delay[street] >= LEAST_DELAY_HOURS][:STREETS_LISTED]
    relieved = [street for street in order[::-1].tolist() if delay[street] <= -LEAST_DELAY_HOURS and not touched[street]]
    return (
        tuple(_street(weighed, streets, street, sign=1) for street in worst),
        tuple(_street(weighed, streets, street, sign=-1) for street in relieved[:STREETS_LISTED]),
    )


def _street(weighed: Evaluated, streets: Streets, street: int, *, sign: int) -> StreetImpact:
    change, ways = weighed.change, streets.ways(street)
    delay = weighed.after_arcs.delay_vehicle_hours - weighed.before_arcs.delay_vehicle_hours
    arcs = np.column_stack((2 * ways, 2 * ways + 1)).ravel()
    arc = int(arcs[(sign * delay[arcs]).argmax()])
    way, gains = arc >> 1, float(change.arc_flow_change[arc])
    flow = range_of(gains, [draw.arc_flow_change[arc] for draw in weighed.draws])
    return StreetImpact(
        street=streets.called(street),
        at=streets.names.between(way),
        way_indexes=(way, *(other for other in ways.tolist() if other != way)),
        sources=tuple(dict.fromkeys(int(streets.network.way_source[one]) for one in (way, *ways.tolist()))),
        flow_before_per_hour=float(change.arc_flow_before[arc]),
        flow_after_per_hour=float(change.arc_flow_before[arc]) + gains,
        flow_change_per_hour=gains,
        saturation_before=float(weighed.before_arcs.saturation[arc]),
        saturation_after=float(weighed.after_arcs.saturation[arc]),
        extra_minutes=float(change.street_minutes[street]),
        extra_delay_vehicle_hours=float(change.street_delay_hours[street]),
        flow_change_range_per_hour=flow,
        extra_minutes_range=range_of(
            float(change.street_minutes[street]), [draw.street_minutes[street] for draw in weighed.draws]
        ),
        how_sure=f"{'grows' if gains > 0 else 'falls'} in {flow.agree} of {flow.draws} draws" if flow else "",
    )


def ways_of(weighed: Evaluated) -> WayImpacts:
    """Every way that gains or loses, or on which a closure stands."""
    change, before, after = weighed.change, weighed.before_arcs, weighed.after_arcs
    ways = np.flatnonzero((np.abs(change.way_flow_change) >= LEAST_FLOW_PER_HOUR) | weighed.shut)
    extra = np.where(weighed.open_arcs, after.time_s - before.time_s, -np.inf)
    longer = np.maximum(extra[0::2], extra[1::2])[ways] / 60
    same = [np.sign(draw.way_flow_change[ways]) == np.sign(change.way_flow_change[ways]) for draw in weighed.draws]
    return WayImpacts.model_construct(  # known to be good, and long
        way=ways.tolist(),
        flow_before_per_hour=_column(change.way_flow_before[ways]),
        flow_change_per_hour=_column(change.way_flow_change[ways]),
        saturation_before=_column(before.way_saturation[ways]),
        saturation_after=_column(after.way_saturation[ways]),
        extra_minutes=_column(np.where(np.isfinite(longer), longer, 0.0)),
        shut=weighed.shut[ways].tolist(),
        agreement=_column(np.mean(same, axis=0) if same else np.full(len(ways), np.nan)),
    )


def _column(values: Floats) -> list[Any]:
    """Figures as JSON has them, at once for a whole column: floats, None for what is not known."""
    return [plain_figure(value) for value in values.tolist()]


def zones_of(weighed: Evaluated, suburbs: Sequence[str]) -> tuple[ZoneImpact, ...]:
    """Every suburb or zone with trips, who loses most hours first.

    Args:
        weighed: The figures.
        suburbs: Z names; zones of one name are told together.
    """
    names, numbers = np.unique(np.array(suburbs), return_inverse=True)
    group = numbers.astype(np.int64)
    sides = [_zone_minutes(change, group) for change in (weighed.change, *weighed.draws)]
    trips, lost, before_h, after_h = _zone_sums(weighed.change, group)
    rows = []
    for zone in np.flatnonzero((trips > 0) | (lost > 0)).tolist():
        (before, after), extra = (side[zone] for side in sides[0]), float(sides[0][1][zone] - sides[0][0][zone])
        rows.append(
            ZoneImpact(
                zone=str(names[zone]),
                trips_per_hour=float(trips[zone] + lost[zone]),
                trips_lost_per_hour=float(lost[zone]),
                minutes_per_trip_before=float(before),
                minutes_per_trip_after=float(after),
                extra_minutes_per_trip=extra,
                extra_vehicle_hours=float(after_h[zone] - before_h[zone]),
                extra_minutes_range=range_of(extra, [after[zone] - before[zone] for before, after in sides[1:]]),
            )
        )
    return tuple(sorted(rows, key=lambda row: -row.extra_vehicle_hours))


def _zone_sums(change: Change, group: Longs) -> tuple[Floats, ...]:
    """Kept trips, lost trips, hours before and after of each group of zones."""
    columns = (change.zone_trips, change.zone_lost, change.zone_hours_before, change.zone_hours_after)
    return tuple(np.bincount(group, weights=column).astype(np.float64) for column in columns)


def _zone_minutes(change: Change, group: Longs) -> tuple[Floats, Floats]:
    """Minutes per kept trip of each group of zones before and after; 0 without trips."""
    trips, _, before_h, after_h = _zone_sums(change, group)
    least = np.maximum(trips, np.finfo(float).tiny)
    return 60 * before_h / least, 60 * after_h / least
