"""Impacts told in sentences and tables: the answer first, then figures, streets, buses, help, and how sure it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.cli.text.table import aligned
from clearway.planning.traffic.impact.burden import CARS_TO_A_BUS, CUT_BUS_MINUTES, LOST_TRIP_HOURS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clearway.planning.traffic.impact.contract import (
        BusImpact,
        Comparison,
        EmergencyImpact,
        EmergencySide,
        Impact,
        PlanFigures,
        StreetImpact,
        VariantImpact,
    )

_SHOWN = 10
_NEVER = "none"


def told_impact(impact: Impact) -> list[str]:
    """One plan in words."""
    return [
        impact.sentence,
        f"How sure: {impact.how_sure.sentence}",
        *([f"The trips: {impact.statement}"] if impact.statement else []),
        "",
        *_totals(impact),
        *_streets("Streets that gain most delay:", impact.streets),
        *_streets("Streets relieved most:", impact.relieved),
        *_zones(impact),
        *_buses(impact.buses or ()),
        *[line for service in impact.emergency or () for line in _help(service)],
        *(f"Note: {note}" for note in impact.notes),
    ]


def told_comparison(table: Comparison) -> list[str]:
    """Several plans side by side."""
    head = ("plan", "burden", "traffic, vehicle h", "range", "cut off/h", "bus min/h", "lines cut", "help worst", "kindest in")
    return [table.sentence, *aligned(head, [_plan_row(plan, table.draws) for plan in table.plans]), _weights()]


def told_variants(ranked: Sequence[VariantImpact], statement: str, *, by: str, show: int) -> list[str]:
    """Variants in order, those that do the same told together."""
    groups = _alike(ranked)
    best = groups[0][0]
    unbeaten = sum(one.unbeaten for one in ranked)
    head = ("variant", "alike", "burden", "traffic, vehicle h", "cut off/h", "bus min/h", "lines cut", "help worst", "cost")
    first = (
        f"{best.name} comes first of {len(ranked):,} by {by}: {best.extra_vehicle_hours:,.1f} vehicle hours more, "
        f"{best.trips_lost_per_hour:,.0f} trips an hour cut off."
    )
    return [
        first,
        f"It shuts {'; '.join(best.places) or 'nothing'}.",
        f"{unbeaten:,} are unbeaten (*): none of the others is as good in every figure and better in one.",
        f"The trips: {statement}",
        "",
        *aligned(head, [_variant_row(group[0], len(group) - 1) for group in groups[:show]]),
        *([f"  ... and {len(groups) - show:,} more kinds; the last has a burden of {ranked[-1].burden_vehicle_hours:,.1f}."]
          if len(groups) > show else []),
        *[f"{group[0].name}: {_instead(group[0], best)}" for group in groups[1:show]],
        _weights(),
    ]  # fmt: skip


def _alike(ranked: Sequence[VariantImpact]) -> list[list[VariantImpact]]:
    """Variants grouped by what they do, the cheapest of each group first."""
    groups: dict[tuple[str, ...], list[VariantImpact]] = {}
    for one in ranked:
        groups.setdefault(_variant_row(one, 0)[2:-1], []).append(one)
    return [sorted(group, key=lambda one: (one.cost_points is None, one.cost_points or 0.0)) for group in groups.values()]


def _instead(one: VariantImpact, best: VariantImpact) -> str:
    """Where a variant shuts otherwise than the first."""
    own = [place for place in one.places if place not in best.places]
    other = [place for place in best.places if place not in one.places]
    if len(other) == len(best.places):
        return "; ".join(own) or "nothing"
    return f"{'; '.join(own) or 'nothing'} instead of {'; '.join(other) or 'nothing'}"


def _weights() -> str:
    return (
        f"Burden in vehicle hours: a trip cut off counts {LOST_TRIP_HOURS:g} h, a bus as much as {CARS_TO_A_BUS:g} cars, a bus "
        f"trip cut short {CUT_BUS_MINUTES:g} minutes more; fire and ambulance are not included. The weights are a choice."
    )


def _totals(impact: Impact) -> list[str]:
    total = impact.totals
    rows = [
        (
            f"Vehicle hours {total.vehicle_hours_before:,.1f} before, {total.vehicle_hours_after:,.1f} after, of these delay "
            f"{total.delay_vehicle_hours_before:,.1f} and {total.delay_vehicle_hours_after:,.1f}; "
            f"{total.minutes_per_trip_before:.2f} and {total.minutes_per_trip_after:.2f} minutes a trip."
        ),
        f"{total.trips_per_hour:,.0f} trips an hour, {total.trips_lost_per_hour:,.0f} of them cut off.",
    ]
    lost = [f"  {row.start_zone} to {row.end_zone}: {row.trips_per_hour:,.1f}" for row in impact.lost[:_SHOWN]]
    more = [f"  ... and {len(impact.lost) - _SHOWN:,} more pairs of zones"] if len(impact.lost) > _SHOWN else []
    return [*rows, *lost, *more]


def _streets(title: str, streets: Sequence[StreetImpact]) -> list[str]:
    if not streets:
        return []
    head = ("street", "vehicles/h", "change", "full to", "minutes more", "delay, vehicle h", "how sure")
    rows = [
        (
            street.street,
            f"{street.flow_after_per_hour:,.0f}",
            f"{street.flow_change_per_hour:+z,.0f}",
            f"{street.saturation_after:.0%}",
            f"{street.extra_minutes:+.2f}",
            f"{street.extra_delay_vehicle_hours:+.2f}",
            street.how_sure or "one demand",
        )
        for street in streets
    ]
    return [title, *aligned(head, rows)]


def _zones(impact: Impact) -> list[str]:
    listed = [zone for zone in impact.zones if abs(zone.extra_vehicle_hours) >= 0.1][:_SHOWN]  # noqa: PLR2004 - as it is shown
    if not listed:
        return []
    rows = [
        (
            zone.zone,
            f"{zone.trips_per_hour:,.0f}",
            f"{zone.extra_minutes_per_trip:+.2f}",
            f"{zone.extra_vehicle_hours:+z.1f}",
            f"{zone.trips_lost_per_hour:,.0f}",
        )
        for zone in listed
    ]
    return ["Who loses most, by trips that begin or end there:",
            *aligned(("zone", "trips/h", "minutes a trip", "vehicle h", "cut off/h"), rows)]  # fmt: skip


def _buses(buses: Sequence[BusImpact]) -> list[str]:
    if not buses:
        return []
    states = [bus.state for bus in buses]
    counts = ", ".join(f"{states.count(state)} {state}" for state in dict.fromkeys(states))
    rows = [
        (
            f"{bus.route} to {bus.towards}" if bus.towards else bus.route,
            bus.state,
            f"{bus.minutes_before:.1f}",
            _NEVER if bus.minutes_after is None else f"{bus.minutes_after:.1f}",
            _NEVER if bus.extra_minutes is None else f"{bus.extra_minutes:+z.1f}",
            ", ".join(bus.way_round[:3]) + (", ..." if len(bus.way_round) > 3 else ""),  # noqa: PLR2004 - as much as a line holds
        )
        for bus in buses[:_SHOWN]
    ]
    head = ("bus line", "how", "minutes before", "after", "more", "by")
    return [f"Bus lines that change, of both directions: {counts}.", *aligned(head, rows)]


def _help(service: EmergencyImpact) -> list[str]:
    sides = (
        ("empty streets, before", service.free_before),
        ("traffic, before", service.congested_before),
        ("empty streets, after", service.free_after),
        ("traffic, after", service.congested_after),
    )
    rows = [(name, *_side(side)) for name, side in sides]
    head = ("minutes", "half", "nine of ten", "worst", f"beyond {service.aim_minutes:g}", "unreached")
    table = aligned(head, [(*row[:-1], f"{service.addresses - int(row[-1]):,}") for row in rows])
    longer = [
        f"  {row.label}: {_minutes(row.congested_before_minutes)} before, {_minutes(row.congested_after_minutes)} after"
        for row in service.longer_streets[:3]
    ]
    share = f"Sirens are taken to bear {service.delay_share:.0%} of the delay; "
    worst = f"bearing none or all of it the worst is {_minutes(service.worst_if_no_delay_minutes)} or "
    return [service.sentence, *table, *longer, f"  {share}{worst}{_minutes(service.worst_if_all_delay_minutes)}."]


def _side(side: EmergencySide) -> tuple[str, ...]:
    figures = (side.median_minutes, side.ninth_decile_minutes, side.worst_minutes)
    return (*(_NEVER if one is None else f"{one:.1f}" for one in figures), f"{side.beyond:,}", str(side.reached))


def _minutes(value: float | None) -> str:
    return "not reached" if value is None else f"{value:.1f} min"


def _plan_row(plan: PlanFigures, draws: int) -> tuple[str, ...]:
    spread = plan.extra_vehicle_hours_range
    return (
        plan.name,
        f"{plan.burden_vehicle_hours:,.1f}",
        f"{plan.extra_vehicle_hours:,.1f}",
        f"{spread.low:,.0f} to {spread.high:,.0f}" if spread else "",
        f"{plan.trips_lost_per_hour:,.0f}",
        "" if plan.bus_vehicle_minutes_per_hour is None else f"{plan.bus_vehicle_minutes_per_hour:+z,.0f}",
        "" if plan.bus_lines_cut is None else str(plan.bus_lines_cut),
        _worst(plan.emergency.values()) if plan.emergency else "",
        f"{plan.kindest_in_draws} of {draws}" if plan.kindest_in_draws is not None else "",
    )


def _worst(sides: Iterable[EmergencySide]) -> str:
    return f"{max((side.worst_minutes or 0.0) for side in sides):.1f}"


def _variant_row(one: VariantImpact, alike: int) -> tuple[str, ...]:
    return (
        f"{one.name}{' *' if one.unbeaten else ''}",
        f"+{alike}" if alike else "",
        f"{one.burden_vehicle_hours:,.1f}",
        f"{one.extra_vehicle_hours:,.1f}",
        f"{one.trips_lost_per_hour:,.0f}",
        f"{one.bus_vehicle_minutes_per_hour:+z,.0f}",
        str(one.bus_lines_cut),
        "" if one.help_worst_minutes is None else f"{one.help_worst_minutes:.1f}",
        "" if one.cost_points is None else f"{one.cost_points:g}",
    )
