"""Where the places of entries lie on a network: streets by name, junctions, named places, points and areas."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from clearway.errors import UnknownName
from clearway.network.geometry import flat_scale, point_at
from clearway.planning.street_expressions import plain_name, ways_called
from clearway.record.place import Address, Along, Area, Junction, NamedPlace, Place, Point, Street

if TYPE_CHECKING:
    from clearway.network.model import Longs, Network

    Position = np.ndarray[tuple[int], np.dtype[np.float64]]

_JOINED_M = 400.0
"""Pieces of a street of one name farther apart than this are streets of their own."""


@dataclass(frozen=True, slots=True)
class Location:
    """A place on the ground.

    Attributes:
        lon: Degrees east.
        lat: Degrees north.
        ways: Way indexes, where it is a street.
    """

    lon: float
    lat: float
    ways: tuple[int, ...] = ()


class Gazetteer:
    """Finds places on one network. Built once; safe for several threads; what was found is cached.

    Args:
        network: The network.
        near: Longitude and latitude of where things happen: of two streets of one name the nearer is meant.
        known: Longitude and latitude of further places by name, such as the site itself.
    """

    def __init__(
        self, network: Network, near: tuple[float, float] | None = None, known: dict[str, tuple[float, float]] | None = None
    ) -> None:
        self.network = network
        self._near = np.array(near if near is not None else _middle(network))
        self._scale = np.array(flat_scale(float(self._near[1])))
        self._places = {folded(name): Location(*at) for name, at in _place_names(network)}
        self._places |= {folded(name): Location(*at) for name, at in (known or {}).items()}
        self._found: dict[str, Location | None] = {}

    def of(self, place: Place) -> Location | None:
        """Where a place is, None where the network does not know it."""
        key = place.model_dump_json()
        if key not in self._found:
            self._found[key] = self._look(place)
        return self._found[key]

    def _look(self, place: Place) -> Location | None:
        match place:
            case Point():
                return Location(*place.at)
            case Area():
                middle = shapely.Polygon(place.ring).representative_point()
                return Location(middle.x, middle.y)
            case NamedPlace():
                return Location(*place.at) if place.at else self._named(place.name)
            case Junction():
                return self._junction(place)
            case Street():
                return self._street(place)
            case Address() | Along():
                return None

    def _named(self, name: str) -> Location | None:
        """A place of that name, or one whose name begins with it."""
        plain = folded(name)
        longer = (known for known in sorted(self._places) if known.startswith(f"{plain} "))
        return self._places.get(plain) or next((self._places[known] for known in longer), None)

    def _street(self, place: Street) -> Location | None:
        part = f"{place.street} from {place.between[0]} to {place.between[1]}" if len(place.between) > 1 else place.street
        locality = self._named(place.locality) if place.locality else None
        near = np.array((locality.lon, locality.lat)) if locality is not None else self._near
        ways = self._ways(part, near=near)
        if not len(ways):
            ways = self._ways(place.street, near=near)
        if not len(ways):
            return None
        middle = ways[len(ways) // 2] if len(place.between) > 1 else ways[int(self._away(ways, near).argmin())]
        lon, lat = point_at(self.network.geometry(int(middle)), float(self.network.way_length_m[middle]) / 2)
        return Location(lon, lat, tuple(ways.tolist()))

    def _junction(self, place: Junction) -> Location | None:
        network = self.network
        met: set[int] | None = None
        for street in place.streets:
            ways = self._ways(street, all_parts=True)
            ends = {*network.way_tail[ways].tolist(), *network.way_head[ways].tolist()}
            met = ends if met is None else met & ends
        if not met:
            return None
        corners = np.array(sorted(met))
        at = np.column_stack((network.junction_lon[corners], network.junction_lat[corners]))
        lon, lat = at[int(np.hypot(*((at - self._near) * self._scale).T).argmin())].tolist()
        return Location(lon, lat)

    def _ways(self, called: str, *, all_parts: bool = False, near: Position | None = None) -> Longs:
        """The ways of a street; of several streets of that name those of the one nearest to a position."""
        try:
            ways = np.array(ways_called(self.network, called), dtype=np.int64)
        except UnknownName:
            return np.empty(0, dtype=np.int64)
        if all_parts:
            return ways
        away = self._away(ways, self._near if near is None else near)
        nearest = self._ends(ways[[int(away.argmin())]])
        while True:  # grow the nearest piece by all that lies close to it
            reached = np.array([np.hypot(*(nearest - end).T).min() for end in self._ends(ways)]) <= _JOINED_M
            piece = ways[reached.reshape(2, -1).any(axis=0)]
            if len(piece) * 2 == len(nearest):
                return piece
            nearest = self._ends(piece)

    def _ends(self, ways: Longs) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
        """(2 * ways, 2) flat metres: the first ends, then the last ends."""
        ends = np.concatenate((self.network.way_tail[ways], self.network.way_head[ways]))
        return np.asarray(np.column_stack((self.network.junction_lon[ends], self.network.junction_lat[ends])) * self._scale)

    def _away(self, ways: Longs, near: Position) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        """(ways,) metres from a position to the nearer end."""
        metres = np.hypot(*(self._ends(ways) - near * self._scale).T).reshape(2, -1).min(axis=0)
        return np.asarray(metres)


def _middle(network: Network) -> tuple[float, float]:
    west, south, east, north = (float(edge) for edge in network.coverage)
    return (west + east) / 2, (south + north) / 2


def _place_names(network: Network) -> list[tuple[str, tuple[float, float]]]:
    rows = zip(network.place_name.tolist(), network.place_lon.tolist(), network.place_lat.tolist(), strict=True)
    return [(name, (lon, lat)) for index, lon, lat in rows if (name := network.string(index))]


def folded(text: str) -> str:
    """A name as names are compared: lower case, no accents, usual words shortened.

    >>> folded("Taranaki Street"), folded("Pōneke")
    ('taranaki st', 'poneke')
    """
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign))
    return plain_name(plain)
