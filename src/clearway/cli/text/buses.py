"""Buses under closures, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.cli.text.table import aligned
from clearway.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clearway.planning.plan.buses.contract import BusChanges, Interchange, RouteChange, Variation

_IDS_SHOWN = 5
_STATES = {"detour": "detour", "cut_short": "cut short", "stopped": "stopped"}


def bus_lines(found: BusChanges) -> list[str]:
    """The answer: summary, the table for the operator, detours, stops, and what was left out."""
    day = f" on {found.day}" if found.day else ""
    return [
        f"Buses of {found.feed}{day}: {counted(found.trips, 'trip')}.",
        *found.summary,
        *_table(found),
        *(line for row in found.routes for line in _ways(row)),
        *_stops(found),
        *(line for one in found.interchanges for line in _interchange(one)),
        *_doubts(found),
        *(f"Note: {warning}" for warning in found.warnings),
    ]


def _table(found: BusChanges) -> list[str]:
    if not found.routes:
        return []
    rows = [
        (
            f"{row.route} {_towards(row)}",
            f"{row.trips_cut} of {row.trips}",
            listed(list(dict.fromkeys(_STATES[one.state] for one in row.variations))),
            "-" if row.minutes_added is None else f"{row.minutes_added:+z.1f}",
            ", ".join(row.stops_missed) or "none",
        )
        for row in found.routes
    ]
    return ["", "For the operator", *aligned(("route", "trips", "what", "minutes", "stops missed"), rows)]


def _towards(row: RouteChange) -> str:
    return f"to {row.towards}" if row.towards else f"direction {row.direction}" if row.direction else ""


def _ways(row: RouteChange) -> Iterator[str]:
    yield ""
    yield f"Route {row.route} {_towards(row)} (id {row.route_id})"
    for one in row.variations:
        yield f"  {counted(one.trips, 'trip')}, {one.first} to {one.last}, cut by {listed(list(one.closures))}: {_what(one)}"
        if one.legs:
            drive = "; ".join(leg.words() for leg in one.legs)
            yield f"    Leave at {one.leaves or 'the start'}, join at {one.joins or 'the end'}: {drive}"
        if one.stops_missed:
            yield f"    Misses {', '.join(one.stops_missed)}" + (f"; bays moved: {', '.join(one.bays)}" if one.bays else "")
        yield from (f"    Look at: {note}" for note in one.notes)


def _what(one: Variation) -> str:
    if one.minutes_added is None:
        return "they cannot run."
    added = f"{one.minutes_added:+z.1f} min, {one.metres_added:+z.0f} m"
    if one.state == "detour":
        return f"detour, {added}."
    ends = [f"{word} {stop}" for word, stop in (("begins at", one.starts_at), ("ends at", one.ends_at)) if stop]
    return f"cut short, {' and '.join(ends) or 'no stop is served'}, {added}."


def _stops(found: BusChanges) -> Iterator[str]:
    for stop in found.stops:
        yield ""
        missed = f"{counted(stop.calls, 'call')} of {stop.calls_that_day:,} missed, {stop.first} to {stop.last}"
        yield f"Stop {stop.stop_id} {stop.name}: {missed}"
        near = stop.nearest_open
        if near is not None:
            far = f"{near.metres:,.0f} m on foot" if near.metres is not None else "how far on foot is not known"
            yield f"  Nearest open stop: {near.stop_id} {near.name}, {far}; step-free: {near.step_free}"
        yield from (f"  {sentence}" for sentence in stop.tell)
    if found.temporary_stops:
        yield ""
        yield "Temporary stops"
    for one in found.temporary_stops:
        far = f"{one.metres:,.0f} m on foot" if one.metres is not None else "how far on foot is not known"
        yield f"  {one.number}  {one.where}  [{one.lon:.5f}, {one.lat:.5f}], for {', '.join(one.instead_of)}, {far}"


def _interchange(one: Interchange) -> Iterator[str]:
    yield ""
    yield f"Interchange {one.name}: {counted(len(one.bays), 'bay')} moved"
    for bay in one.bays:
        far = f"{bay.metres:,.0f} m on foot" if bay.metres is not None else "how far on foot is not known"
        yield (
            f"  {bay.stop_id} {bay.name}: {bay.where}  [{bay.lon:.5f}, {bay.lat:.5f}], {far}, up to {bay.most_an_hour} buses "
            f"an hour, {bay.minutes_added:+z.1f} min a trip"
        )
    if one.not_placed:
        yield f"  No kerb was found for {', '.join(one.not_placed)}"


def _doubts(found: BusChanges) -> Iterator[str]:
    match = found.matching
    yield ""
    yield (
        f"{counted(match.paths, 'path')} put on the streets, {match.km:,.0f} km, of which {match.off_km:,.0f} km on no street "
        f"of the network; {counted(match.stops_off, 'stop')} there."
    )
    if match.assumed:
        yield f"{counted(match.assumed, 'path')} not drawn in the feed: the quickest way from stop to stop stands in."
    for move in found.forbidden:
        yield f"The map forbids what the timetable drives: {move.where}, {move.why} (routes {', '.join(move.routes)})."
    for unused in found.left_out:
        ids = ", ".join(unused.ids[:_IDS_SHOWN]) + (" ..." if len(unused.ids) > _IDS_SHOWN else "")
        first, *more = unused.what.split(" ")
        what = counted(unused.count, unused.what, " ".join((f"{first}s", *more)))  # "stops on a path"
        yield f"Left out: {what}: {unused.why} ({ids})."
