"""Access in words: each service apart, then what each waits for and depends on."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from clearway.network.classes import SIZES
from clearway.planning.access.planner.vehicles import size_words
from clearway.words import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearway.planning.access.planner.contract import (
        AddressProof,
        FullAccess,
        FullServiceAccess,
        FullTrip,
        Route,
        UnreachedAddress,
        VehicleSize,
        WorstAddress,
    )

_SHOWN = 10
_TIMES = {"p50": "half within", "p90": "9 of 10 within", "max": "the longest"}


def access_lines(report: FullAccess) -> list[str]:
    """Who is reached before and after by each service, who waits longest, and which streets all depend on."""
    noun = "address" if report.address_source == "addresses" else "frontage point"
    without = "" if noun == "address" else " (this network has no addresses)"
    what = counted(report.addresses, noun) + without
    lines = [f"{what}, {counted(report.stations, 'station')}, {counted(len(report.closures), 'closure')}."]
    if report.occupied is not None:
        lines += report.occupied.says
    lines += report.notes
    for service in report.services:
        lines += ["", *_service_lines(service)]
    if len(report.services) > 1:
        names = [service.service for service in report.services]
        lines += ["", f"All of them ({', '.join(names)}):"]
        lines.append(f"{report.after.reached:,} of {report.addresses:,} are reached by every service after the closures.")
        lines += _unreached(report.after.unreached)
    return lines


def _service_lines(report: FullServiceAccess) -> list[str]:
    stations = counted(len(report.stations), "station")
    lines = [f"{report.service.capitalize()}: {stations}, class {report.vehicle_class}, {_leaving(report.turnout_seconds)}."]
    if report.vehicle is not None:
        lines.append(f"Vehicle: {_vehicle(report.vehicle)}; a street without a limit is taken to let it pass.")
    lines += report.notes
    for name, side, soon in (
        ("Before", report.before, report.within.before),
        ("After", report.after, report.within.after),
    ):
        times = ", ".join(f"{_TIMES[key]} {value:.0f} s" for key, value in side.seconds.items() if value is not None)
        within = f"{soon:,} within {report.within.seconds:g} s"
        lines.append(f"{name:<7} {side.reached:,} reached, {within}; {times or 'nobody is reached'}.")
    if (standard := report.standard) is not None and standard.share_after is not None:
        met = "is met" if standard.met_after else "is not met"
        aim = f"{standard.share:.0%} within {standard.seconds:g} s"
        lines.append(f"The standard, {aim}, {met} after the closures: {standard.share_after:.1%}.")
    if report.engines is not None:
        come = report.engines.after
        lines.append(
            f"Within {report.engines.seconds:g} s after: two vehicles or more to {come.two_or_more:,}, one to {come.one:,}, "
            f"none to {come.none:,}."
        )
    lines += _unreached(report.after.unreached)
    if (water := report.water) is not None:
        lines.append(
            f"Hydrants: {water.reached_after:,} of {water.hydrants:,} reached after (before: {water.reached_before:,}); "
            f"{counted(water.without_after, 'address')} without one within {water.within_m:g} m "
            f"(before: {water.without_before:,})."
        )
    lines += _trip(report.trip) if report.trip else []
    lines += ["Longest waits after, the longest of each street:", *(_wait(row) for row in report.worst)] if report.worst else []
    lines.append(f"{report.two_approaches or 0:,} are reached by two approaches that share no street.")
    if report.single_street:
        lines.append(f"{counted(report.single_street_count, 'street')} on which addresses depend:")
        lines += [f"  {row.street} [{row.ways[0]}]: {row.addresses:,}" for row in report.single_street[:_SHOWN]]
    if report.n_minus_1:
        lines.append("One car across these costs most:")
        lines += [
            f"  {row.street} [{row.ways[0]}]: up to {row.added_seconds:.0f} s more, {row.addresses:,} later, "
            f"{row.cut_off:,} cut off"
            for row in report.n_minus_1[:_SHOWN]
        ]
    return lines


def _trip(trip: FullTrip) -> list[str]:
    """From the call to the hospital's door."""
    many = len(trip.hospitals)
    where = trip.hospitals[0].name if many == 1 else f"the nearest of {many:,} hospitals"
    lines = [f"The whole trip, station to patient to {where}, time at the patient's side not counted:"]
    for name, side in (("Before", trip.before), ("After", trip.after)):
        times = "" if side.p50 is None else f"; half within {side.p50:.0f} s, the longest {side.max:.0f} s"
        lines.append(f"  {name:<7} possible from {side.reached:,}{times}.")
    for row in trip.unreached[:_SHOWN]:
        why = "no hospital is reached from there" if row.patient_reached else "the patient is not reached"
        lines.append(f"  {row.label}: {why}")
    return lines + ([f"  and {len(trip.unreached) - _SHOWN:,} more"] if len(trip.unreached) > _SHOWN else [])


def _vehicle(vehicle: VehicleSize) -> str:
    turning = f"{vehicle.turning_m:g} m across to turn round" if vehicle.turning_m else ""
    size = size_words(tuple(getattr(vehicle, name) or 0.0 for name in SIZES))
    return ", ".join(part for part in (size, turning) if part)


def _why(row: UnreachedAddress) -> str:
    """Why an address is not reached."""
    large = f"too large for {'; '.join(row.too_large_for)}" if row.too_large_for else ""
    if row.cut_off_by:
        return f"cut off by {'; '.join(row.cut_off_by)}" + (f" (and {large})" if large else "")
    return large or "no street leads there, closures or not"


def _leaving(turnout_s: Sequence[float]) -> str:
    """What the times hold besides the driving."""
    shortest, longest = min(turnout_s, default=0.0), max(turnout_s, default=0.0)
    if not longest:
        return "driving time alone"
    return (
        f"turnout of {shortest:g} s included" if shortest == longest else f"turnout of {shortest:g} to {longest:g} s included"
    )


def _unreached(rows: Sequence[UnreachedAddress]) -> list[str]:
    if not rows:
        return ["Every one is reached after."]
    why = Counter(_why(row) for row in rows)
    lines = [f"Not reached after: {len(rows):,}", *(f"  {count:,}: {reason}" for reason, count in why.most_common(_SHOWN))]
    walks = [row for row in rows if row.on_foot_m is not None]
    nearest = sorted(walks, key=lambda row: row.on_foot_m or 0.0)[:_SHOWN]
    if walks:
        lines.append(f"On foot from the last point that vehicles reach, {len(walks):,} of these:")
        lines += [f"  {row.label}: {row.on_foot_m:,.0f} m" for row in nearest]
    return lines


def _wait(row: WorstAddress) -> str:
    before = "unreached" if row.seconds_before is None else f"{row.seconds_before:.0f} s"
    return f"  {row.label}: {row.seconds_after:.0f} s from {row.station_after} (before: {before})"


def address_lines(proof: AddressProof) -> list[str]:
    """How each service comes to one address, street by street, and what that rests on."""
    lines = [f"{proof.label}  [{proof.lon:.5f}, {proof.lat:.5f}]"]
    for one in proof.services:
        lines += ["", *one.says]
        for title, route in (("Soonest", one.after), ("Second route", one.second)):
            lines += _route_lines(title, route) if route else []
    if not proof.services:
        lines += ["", "No service has a station, so nobody can say how help gets here. Give --stations."]
    lines += ["", *proof.assumed] if proof.assumed else []
    return [*lines, "", "This rests on:", *(f"  {text}" for text in proof.rests_on)]


def _route_lines(title: str, route: Route) -> list[str]:
    turnout = [("turnout, from the call", 0.0, route.turnout_seconds)] if route.turnout_seconds else []
    rows = [*turnout, *((leg.street, leg.metres, leg.seconds) for leg in route.legs)]
    head = f"  {title}, from {route.station}: {route.metres:,.0f} m, {-(-route.seconds // 1):.0f} s"
    return [head, *(f"    {street:<40.40}{metres:>8,.0f} m{seconds:>7.0f} s" for street, metres, seconds in rows)]
