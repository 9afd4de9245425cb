"""What no centreline can be: faults of a council's file, named feature by feature."""

from __future__ import annotations

from math import isfinite
from typing import Any

_LEVELS = (-1, 0, 1)
"""Under, on the ground, over: what ``grade`` may be."""
_MOST_LAT_DEG, _MOST_LON_DEG = 90, 180
"""The globe."""
_NEAR_NOWHERE_DEG = 0.5
"""Off West Africa, where coordinates in metres or missing ones land: no city lies within half a degree."""


def faults(features: list[dict[str, Any]]) -> list[str]:
    """Every feature whose figures cannot be read, as "feature 3: ...", in order."""
    found = []
    for number, feature in enumerate(features, 1):
        problem = _fault(feature)
        if problem:
            found.append(f"feature {number}: {problem}")
    return found


def off_the_globe(features: list[dict[str, Any]]) -> tuple[str, str] | None:
    """What is wrong with coordinates that are no longitude and latitude of a city, and what to do; None where they are fine."""
    points = [point for feature in features if _is_line(feature) for point in feature["geometry"]["coordinates"]]
    if not points:
        return None
    lon = [abs(point[0]) for point in points]
    lat = [abs(point[1]) for point in points]
    if max(lat) > _MOST_LAT_DEG and max(lat) <= _MOST_LON_DEG and max(lon) <= _MOST_LAT_DEG:
        return "longitude and latitude are swapped (a latitude beyond 90)", "Put longitude first, as GeoJSON asks."
    if max(lat) > _MOST_LAT_DEG or max(lon) > _MOST_LON_DEG:
        return "the coordinates are not longitudes and latitudes", "Convert the file to WGS 84 (EPSG:4326) first."
    if max(lon) < _NEAR_NOWHERE_DEG and max(lat) < _NEAR_NOWHERE_DEG:
        return "every coordinate lies near longitude 0, latitude 0, in the sea", "Check how the file was made."
    return None


def _is_line(feature: dict[str, Any]) -> bool:
    geometry = feature.get("geometry")
    return isinstance(geometry, dict) and geometry.get("type") == "LineString"


def _fault(feature: dict[str, Any]) -> str | None:
    geometry, properties = feature.get("geometry"), feature.get("properties")
    if geometry is not None and not isinstance(geometry, dict):
        return "the geometry is not an object"
    if properties is not None and not isinstance(properties, dict):
        return "the properties are not an object"
    if not _is_line(feature):
        return None
    points = feature["geometry"].get("coordinates")
    if not isinstance(points, list) or not all(_is_point(point) for point in points):
        return "the coordinates are not pairs of numbers"
    return _field_fault(properties or {})


def _field_fault(properties: dict[str, Any]) -> str | None:
    for key in ("speed_kmh", "width_m"):
        value = properties.get(key)
        if value is not None and not (_is_number(value) and value > 0):
            return f"{key} is {value!r}, not a number above 0"
    if properties.get("grade") not in (None, *_LEVELS):
        return f"grade is {properties['grade']!r}, not -1, 0, 1 or null"
    lanes = properties.get("lanes")
    if lanes is not None and not (isinstance(lanes, int) and 0 <= lanes < 256):  # noqa: PLR2004 - stored in a byte
        return f"lanes is {lanes!r}, not a whole number below 256"
    name = properties.get("name")
    return f"name is {name!r}, not a text" if name is not None and not isinstance(name, str) else None


def _is_point(point: object) -> bool:
    return isinstance(point, list) and len(point) >= 2 and all(_is_number(value) for value in point[:2])  # noqa: PLR2004


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and isfinite(value)
