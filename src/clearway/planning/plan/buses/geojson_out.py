"""Buses under closures as GeoJSON: detours, stops missed, temporary stops, bays that have moved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clearway.planning.plan.buses.contract import BusChanges


def buses_geojson(found: BusChanges) -> dict[str, Any]:
    """A FeatureCollection; ``kind`` says what each feature is."""
    return {"type": "FeatureCollection", "features": list(_features(found))}


def _features(found: BusChanges) -> Iterator[dict[str, Any]]:
    for row in found.routes:
        for one in row.variations:
            for line in one.lines:
                yield _feature(
                    "LineString",
                    line,
                    kind="detour",
                    route_id=row.route_id,
                    route=row.route,
                    direction=row.direction,
                    trips=one.trips,
                    minutes_added=one.minutes_added,
                )
    for stop in found.stops:
        yield _feature(
            "Point", (stop.lon, stop.lat), kind="missed_stop", stop_id=stop.stop_id, name=stop.name, calls=stop.calls,
            tell=list(stop.tell),
        )  # fmt: skip
    for temporary in found.temporary_stops:
        yield _feature(
            "Point", (temporary.lon, temporary.lat), kind="temporary_stop", where=temporary.where,
            instead_of=list(temporary.instead_of), routes=list(temporary.routes),
        )  # fmt: skip
    for bay in (bay for interchange in found.interchanges for bay in interchange.bays):
        yield _feature(
            "Point", (bay.lon, bay.lat), kind="bay", stop_id=bay.stop_id, name=bay.name, where=bay.where,
            routes=list(bay.routes),
        )  # fmt: skip


def _feature(shape: str, coordinates: object, **properties: object) -> dict[str, Any]:
    return {"type": "Feature", "geometry": {"type": shape, "coordinates": coordinates}, "properties": properties}
