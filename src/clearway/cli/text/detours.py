"""Detours for through traffic, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearway.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clearway.planning.plan.detours.contract import Detour, Detours, Movement, OpenWay, OtherWays, VehicleDetours, Warn

_SHOWN = 8


def detour_lines(found: Detours) -> list[str]:
    """The answer: summary, each movement with its detours, where to warn, those who do not drive, places near by."""
    beside = {ways.movement: ways for ways in found.other_ways}
    return [
        *found.summary,
        *_vehicle(found.general, beside),
        *(_vehicle(found.heavy, {}) if found.heavy else ()),
        *_places(found),
        *(("", f"Loads: {found.traffic}") if found.traffic else ()),
        *(f"Note: {warning}" for warning in found.warnings),
    ]


def _vehicle(found: VehicleDetours, beside: dict[int, OtherWays]) -> Iterator[str]:
    yield ""
    yield f"For {found.vehicle}"
    for movement in found.movements:
        yield from _movement(movement)
        if movement.number in beside:
            yield from _other_ways(beside[movement.number])
    if not found.movements:
        yield "  No through movement is cut."
    if found.warn:
        yield "  Warn drivers before"
        yield from (f"    {_warn(one)}" for one in found.warn)
    if found.cut_off:
        more = f" and {len(found.cut_off) - _SHOWN} more" if len(found.cut_off) > _SHOWN else ""
        yield f"  Nobody can drive to {'; '.join(found.cut_off[:_SHOWN])}{more}"


def _movement(one: Movement) -> Iterator[str]:
    flow = f", {one.flow_before_per_hour:,.0f} vehicles an hour" if one.flow_before_per_hour is not None else ""
    by = f", cut by {listed(list(one.closures))}" if one.closures else ""
    yield f"  {one.number}  {one.along}: {one.starts_at} to {one.ends_at}, {one.metres:,.0f} m{flow}{by}"
    for way in one.detours:
        yield from _detour(way)


def _detour(way: Detour) -> Iterator[str]:
    if way.metres_added is None or way.minutes_added is None:
        yield f"     From {way.coming_from}: this map has no detour."
        return
    in_traffic = f", {way.minutes_added_in_traffic:+z.1f} min in traffic" if way.minutes_added_in_traffic is not None else ""
    yield (
        f"     From {way.coming_from}, leave at {way.leaves_at}, join at {way.joins_at}: {way.metres_added:+z,.0f} m, "
        f"{way.minutes_added:+z.1f} min on empty streets{in_traffic}"
    )
    yield f"       {'; '.join(leg.words() for leg in way.legs)}"
    if way.overloaded:
        yield f"       Beyond capacity: {'; '.join(way.overloaded)}"
    if way.there_and_back:
        yield f"       Turns round: drives {listed(list(way.there_and_back))} there and back, and no better way was found"
    if way.tight:
        yield f"       Tight for long vehicles: {'; '.join(way.tight)}"


def _other_ways(one: OtherWays) -> Iterator[str]:
    ways = (("on foot", one.on_foot), ("without steps", one.step_free), ("by bicycle", one.cycle))
    yield f"     Past it {', '.join(f'{who} {_open(way)}' for who, way in ways)}"


def _open(way: OpenWay | None) -> str:
    if way is None:
        return "no way is known"
    if way.metres_added is not None and way.metres_added < 1:
        return f"{way.metres:,.0f} m as before"
    return f"{way.metres:,.0f} m" + (f" ({way.metres_added:+z,.0f} m)" if way.metres_added is not None else "")


def _warn(one: Warn) -> str:
    behind = f"closed {one.metres:,.0f} m on, no room to turn off" if one.traps else "closed at the junction"
    return f"{one.where}: {one.street} {behind}; drivers come by {listed(list(one.arms))}"


def _places(found: Detours) -> Iterator[str]:
    if found.places:
        yield ""
        yield f"Places near by: {counted(len(found.places), 'place')}"
    yield from (f"  {place.tell}" for place in found.places)
