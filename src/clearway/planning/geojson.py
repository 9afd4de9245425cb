"""Read GeoJSON features, with one clear sentence for each way in which a file can be unusable."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clearway.errors import BadFile, BadGeometry

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from clearway.network.model import Network

_MARGIN_DEG = 0.25
"""Some 25 km round the network: where longitude and latitude, swapped, would never land."""


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature: its number in the file (from 1), what to call it in a message, properties and geometry."""

    number: int
    title: str
    properties: Mapping[str, Any]
    geometry: Mapping[str, Any] | None


def read_json(path: Path, remedy: str) -> object:
    """The content of a JSON file.

    Raises:
        BadFile: it is missing, cannot be read or is not JSON.
    """
    try:
        return json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise BadFile(path, f"cannot be opened ({error.strerror})", "Check the name.") from error
    except (ValueError, RecursionError) as error:
        raise BadFile(path, "is not JSON, or is cut short", remedy) from error


def features_of(document: object, source: str, remedy: str) -> list[Feature]:
    """The features of a FeatureCollection or of one Feature.

    Args:
        document: Parsed GeoJSON.
        source: Where it came from, for messages.
        remedy: What to do if it is something else.

    Raises:
        BadFile: it is neither, or a feature is not an object.
    """
    held = document if isinstance(document, dict) else {}
    kind = held.get("type")
    listed = held.get("features") if kind == "FeatureCollection" else [held] if kind == "Feature" else None
    if not isinstance(listed, list):
        raise BadFile(source, "is not a GeoJSON FeatureCollection", remedy)
    return [_feature(number, value, source, remedy) for number, value in enumerate(listed, start=1)]


def unread(what: str, names: Mapping[str, int]) -> list[str]:
    """That properties of features mean nothing here; no sentence where there are none.

    >>> unread("stations", {"turnout": 2})
    ["Not read: the property 'turnout' of 2 stations. Is it spelt right?"]
    """
    return [f"Not read: the property {name!r} of {count:,} {what}. Is it spelt right?" for name, count in names.items()]


def amount(feature: Feature, name: str, source: str, *, most: float) -> float | None:
    """A property that is a number from 0 to ``most``; None where the feature does not have it.

    Raises:
        BadFile: it is something else.
    """
    value = feature.properties.get(name)
    if value is None:
        return None
    if not _is_number(value) or not 0 <= value <= most:
        raise BadFile(source, f"{feature.title} has the {name!r} {value!r}", f"Give {name!r} as a number from 0 to {most:g}.")
    return float(value)


def position(value: object, feature: Feature, network: Network, source: str) -> tuple[float, float]:
    """Longitude and latitude of one GeoJSON position.

    Raises:
        BadGeometry: it is not a pair of numbers, lies off the globe, or has longitude and latitude swapped.
    """
    if not (isinstance(value, list) and len(value) >= 2 and all(_is_number(part) for part in value[:2])):  # noqa: PLR2004 - a pair
        raise BadGeometry(
            f"{source}: {feature.title} has no longitude and latitude. Give each position as [longitude, latitude]."
        )
    lon, lat = float(value[0]), float(value[1])
    if _is_near(network, lat, lon) and not _is_near(network, lon, lat):
        raise BadGeometry(
            f"{source}: {feature.title} has latitude first ({lon:g}, {lat:g}). GeoJSON wants [longitude, latitude]: swap them."
        )
    if abs(lat) > 90 or abs(lon) > 180:  # noqa: PLR2004 - the globe
        raise BadGeometry(f"{source}: {feature.title} lies off the globe ({lon:g}, {lat:g}). Give degrees, longitude first.")
    return lon, lat


def _feature(number: int, value: object, source: str, remedy: str) -> Feature:
    properties = value.get("properties") if isinstance(value, dict) else {}
    geometry = value.get("geometry") if isinstance(value, dict) else None
    if not isinstance(value, dict) or not isinstance(properties or {}, dict) or not isinstance(geometry or {}, dict):
        raise BadFile(source, f"feature {number} is not a GeoJSON feature", remedy)
    properties = properties or {}
    name = properties.get("name") or properties.get("label")
    return Feature(number, f"feature {number}" + (f" ({name})" if name else ""), properties, geometry or None)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_near(network: Network, lon: float, lat: float) -> bool:
    west, south, east, north = network.coverage
    return west - _MARGIN_DEG <= lon <= east + _MARGIN_DEG and south - _MARGIN_DEG <= lat <= north + _MARGIN_DEG
