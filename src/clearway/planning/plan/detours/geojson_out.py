"""Detours as GeoJSON: what is cut, detours, warnings, ways of those who do not drive, places near by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clearway.planning.plan.detours.contract import Detours, VehicleDetours


def detours_geojson(found: Detours) -> dict[str, Any]:
    """A FeatureCollection; ``kind`` says what each feature is, ``whom`` for whom."""
    return {"type": "FeatureCollection", "features": list(_features(found))}


def _features(found: Detours) -> Iterator[dict[str, Any]]:
    yield from _of_vehicle(found.general, "general")
    if found.heavy:
        yield from _of_vehicle(found.heavy, "heavy")
    for ways in found.other_ways:
        for who, way in (("foot", ways.on_foot), ("step_free", ways.step_free), ("cycle", ways.cycle)):
            if way is not None and way.line is not None:
                yield _feature("LineString", way.line, kind="open_way", whom=who, movement=ways.movement, metres=way.metres)
    for place in found.places:
        yield _feature("Point", (place.lon, place.lat), kind="place", name=place.name, by_car=place.by_car, tell=place.tell)


def _of_vehicle(found: VehicleDetours, whom: str) -> Iterator[dict[str, Any]]:
    for movement in found.movements:
        yield _feature(
            "LineString", movement.line, kind="cut", whom=whom, movement=movement.number, along=movement.along,
            closures=list(movement.closures),
        )  # fmt: skip
        for way in movement.detours:
            if way.line is not None:
                yield _feature(
                    "LineString", way.line, kind="detour", whom=whom, movement=movement.number,
                    coming_from=way.coming_from, legs=[leg.words() for leg in way.legs],
                    minutes_added=way.minutes_added, overloaded=None if way.overloaded is None else list(way.overloaded),
                )  # fmt: skip
    for warn in found.warn:
        yield _feature(
            "Point", (warn.lon, warn.lat), kind="warn", whom=whom, where=warn.where, street=warn.street,
            arms=list(warn.arms), metres=warn.metres, traps=warn.traps,
        )  # fmt: skip


def _feature(shape: str, coordinates: object, **properties: object) -> dict[str, Any]:
    return {"type": "Feature", "geometry": {"type": shape, "coordinates": coordinates}, "properties": properties}
