"""What the map asks and is answered: networks, street pieces, names."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from clearway.network.classes import VehicleClassName
from clearway.planning.whereabouts import Certainty
from clearway.record.place import Place
from clearway.record.place import Point as PlacePoint
from clearway.server.contract import Answer
from clearway.shapes import Latitude, LineString, Longitude, Position, WayIndex


class NetworkSummary(Answer):
    """One network of this server."""

    id: str
    name: str
    addresses: int
    ways: int
    bounds: Annotated[list[float], Field(min_length=4, max_length=4, description="west, south, east, north")]


class Permits(Answer):
    """Who may drive along a way and against it, as signed."""

    along: list[VehicleClassName]
    against: list[VehicleClassName]


class WayAddress(Answer):
    """An address on a way."""

    address: int
    label: str
    lon: Longitude
    lat: Latitude
    at_m: float


class WayDetails(Answer):
    """One way and what fronts it."""

    way: WayIndex
    source: int
    name: str | None
    street_class: str = Field(alias="class")
    from_: str | None = Field(alias="from", description="street met at the first point")
    to: str | None = Field(description="street met at the last point")
    length_m: float
    level: int
    bus_trips: int
    permits: Permits
    geometry: LineString
    street: list[WayIndex] = Field(description="the ways of the whole street: of its name, and joined to it")
    addresses: list[WayAddress]


class NearestWay(Answer):
    """The nearest way that vehicles may drive."""

    way: WayIndex
    name: str | None
    street_class: str = Field(alias="class")
    at_m: float = Field(description="metres from the way's first point")
    lon: Longitude
    lat: Latitude
    distance_m: float


class SearchHit(Answer):
    """A street, place or address found by name."""

    label: str
    kind: str = Field(description="street, address, corner, coordinates, or the kind of place")
    lon: Longitude
    lat: Latitude
    way: WayIndex | None = None
    address: int | None = Field(None, description="address index, of an address")


class BusStretch(Answer):
    """Streets that the same bus routes drive."""

    routes: list[str] = Field(description="as people know them; empty where only trips were counted")
    ways: list[WayIndex]
    lines: list[list[Position]]


class BusStreets(Answer):
    """The streets that buses drive, and every route."""

    stretches: list[BusStretch]
    routes: list[str]


class PlaceRead(Answer):
    """A place in words, as an entry holds it, and where it lies."""

    place: Place
    words: str = Field(description="the place in words that read as the same place")
    certainty: Certainty = Field(description="one spot, a part of a street, somewhere on a street, or unknown")
    says: str = Field(description="what it was taken for, or what to ask, in a sentence")
    spot: tuple[Longitude, Latitude] | None = Field(description="where a mark may stand; null where nobody knows a spot")
    ways: list[WayIndex]
    choices: list[str] = Field(description="texts of which one may be meant")


class PlacePicked(Answer):
    """A point on the map as an entry's place."""

    place: PlacePoint
    words: str = Field(description="the corner or street with the exact point, which read as the same place")
