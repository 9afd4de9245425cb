"""What the import takes from OpenStreetMap beside streets: places, areas for the map, house numbers, entrances."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from clearway.network.geometry import flat_scale

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clearway.network.model import Floats

AREA_KEYS = ("building", "natural", "water", "waterway", "landuse", "leisure", "amenity", "emergency", "addr:housenumber")
_PLACES = {
    ("amenity", "fire_station"): "fire_station",
    ("emergency", "ambulance_station"): "ambulance_station",
    ("amenity", "ambulance_station"): "ambulance_station",
    ("amenity", "hospital"): "hospital",
    ("amenity", "police"): "police",
    ("amenity", "school"): "school",
    ("amenity", "university"): "university",
    ("highway", "bus_stop"): "bus_stop",
    ("railway", "station"): "railway_station",
    ("emergency", "fire_hydrant"): "fire_hydrant",
    ("highway", "turning_circle"): "turning_place",
    ("highway", "turning_loop"): "turning_place",
}
_AREAS = {
    ("natural", "water"): "water",
    ("natural", "bay"): "water",
    ("waterway", "riverbank"): "water",
    ("waterway", "dock"): "water",
    ("landuse", "reservoir"): "water",
    ("landuse", "basin"): "water",
    ("leisure", "park"): "park",
    ("leisure", "garden"): "park",
    ("leisure", "nature_reserve"): "park",
    ("leisure", "recreation_ground"): "park",
    ("landuse", "recreation_ground"): "park",
    ("landuse", "cemetery"): "park",
    ("landuse", "forest"): "park",
    ("landuse", "grass"): "park",
    ("natural", "wood"): "park",
}
_KIND_KEYS = tuple(dict.fromkeys(key for key, _ in (*_PLACES, *_AREAS)))
_MINOR_BUILDINGS = frozenset(
    {
        *("no", "garage", "garages", "carport", "shed", "hut", "roof", "greenhouse", "ruins", "construction", "demolished"),
        *("kiosk", "container", "tent", "bunker", "silo", "storage_tank", "transformer_tower", "service", "toilets"),
    }
)
_ENTRANCE_RANK = {"main": 3, "yes": 2, "home": 2, "staircase": 2, "shop": 2, "service": 1, "garage": 1}


@dataclass(slots=True)
class HouseNumber:
    """A house number: its text, the street it names, and its position."""

    number: str
    street: str | None
    lon: float
    lat: float

    @property
    def label(self) -> str:
        """Number and street, as on an envelope."""
        return f"{self.number} {self.street}" if self.street else self.number


@dataclass(slots=True)
class PlaceRecord:
    """A station, a hospital, a school, a stop."""

    kind: str
    name: str | None
    lon: float
    lat: float
    across_m: float | None = None  # of a turning place, kerb to kerb


@dataclass(slots=True)
class AreaRecord:
    """One outer ring of an area: its nodes as (id, longitude, latitude)."""

    id: int
    kind: str | None
    name: str | None
    nodes: list[tuple[int, float, float]]
    of_note: bool
    number: HouseNumber | None = None

    def ring(self) -> Floats:
        """(n, 2) longitude and latitude, first point again at the end."""
        return np.array([node[1:] for node in self.nodes])

    def middle(self) -> tuple[float, float]:
        """The mean of the ring's corners."""
        lon, lat = self.ring()[:-1].mean(axis=0)
        return float(lon), float(lat)

    def ground_m2(self) -> float:
        """Square metres inside the ring (Gauss's shoelace rule).

        >>> AreaRecord(1, "building", None, [(1, 0, 0), (2, 1e-4, 0), (3, 1e-4, 1e-4), (1, 0, 0)], True).ground_m2().__round__()
        62
        """
        ring = self.ring()
        x, y = ((ring - ring[0]) * flat_scale(ring[0, 1])).T
        return float(abs(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1])) / 2)


def place_kind(tags: Mapping[str, str]) -> str | None:
    """The kind of place the tags stand for, None where it is none of ours.

    >>> place_kind({"amenity": "hospital"}), place_kind({"amenity": "bench"})
    ('hospital', None)
    """
    return _first(_PLACES, tags)


def area_kind(tags: Mapping[str, str]) -> str | None:
    """``building``, ``water``, ``park`` or None."""
    return "building" if tags.get("building", "no") != "no" else _first(_AREAS, tags)


def is_building_of_note(tags: Mapping[str, str]) -> bool:
    """Whether people may live or work in it: no garage, no shed, no roof."""
    return tags.get("building", "no") not in _MINOR_BUILDINGS


def entrance_rank(tags: Mapping[str, str]) -> int:
    """How much an entrance counts as the way in: 3 the main one, 0 none at all."""
    return (
        _ENTRANCE_RANK.get(tags["entrance"], 0 if tags["entrance"] in {"no", "emergency", "exit"} else 1)
        if "entrance" in tags
        else 0
    )


def house_number(tags: Mapping[str, str], lon: float, lat: float) -> HouseNumber:
    """The house number that the tags give."""
    number = tags["addr:housenumber"]
    if unit := tags.get("addr:unit"):
        number = f"{number} {unit}"
    return HouseNumber(number, tags.get("addr:street") or tags.get("addr:place"), lon, lat)


def _first(table: Mapping[tuple[str, str], str], tags: Mapping[str, str]) -> str | None:
    for key in _KIND_KEYS:
        if key in tags and (kind := table.get((key, tags[key]))):
            return kind
    return None
