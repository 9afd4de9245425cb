"""Where something is or happened: a point, a street, a junction, a named place, an area; an entry may have several."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, TypeAdapter, model_validator

from clearway.record.parts import Latitude, Longitude, Part, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Position = Annotated[tuple[Longitude, Latitude], Field(description="[longitude, latitude], WGS 84 degrees")]
_RING = 4
_DEGREE_M = 6_371_008.8 * math.pi / 180
"""Metres of a degree of latitude on a globe of the Earth's mean radius."""


class Point(Part):
    """A position on the ground."""

    type: Literal["point"] = "point"
    at: Position
    label: Text | None = None


class Street(Part):
    """A street, or a part of it between two others."""

    type: Literal["street"] = "street"
    street: Text
    between: tuple[Text, ...] = Field((), max_length=2, description="the cross streets at its ends, where only a part is meant")
    locality: Text | None = Field(None, description="suburb or town, where the name alone is not enough")


class Junction(Part):
    """Where two or more streets meet."""

    type: Literal["junction"] = "junction"
    streets: tuple[Text, ...] = Field(min_length=2, max_length=6)
    locality: Text | None = None


class NamedPlace(Part):
    """A place known by its name: a stadium, a station, a campus."""

    type: Literal["named"] = "named"
    name: Text
    at: Position | None = None


class Area(Part):
    """A polygon on the ground; the ring ends where it begins."""

    type: Literal["area"] = "area"
    ring: tuple[Position, ...] = Field(min_length=_RING, max_length=2000)
    label: Text | None = None

    @model_validator(mode="after")
    def _closed(self) -> Area:
        if self.ring[0] != self.ring[-1]:
            raise ValueError("an area's ring must end where it begins")
        return self


Place = Annotated[Point | Street | Junction | NamedPlace | Area, Field(discriminator="type")]

PLACE: TypeAdapter[Place] = TypeAdapter(Place)


def area_m2(ring: Sequence[tuple[float, float]]) -> float:
    """The area within a ring of some kilometres at most, square metres: by the shoelace rule on a plane that touches there.

    Args:
        ring: Longitude and latitude, degrees; ends where it begins.

    >>> round(area_m2([(0, 0), (0.001, 0), (0.001, 0.001), (0, 0.001), (0, 0)]))
    12364
    """
    scale = math.cos(math.radians(ring[0][1]))
    sides = itertools.pairwise(ring)
    twice = sum((lon - ring[0][0]) * (north - ring[0][1]) - (east - ring[0][0]) * (lat - ring[0][1])
                for (lon, lat), (east, north) in sides)  # fmt: skip
    return abs(twice) / 2 * scale * _DEGREE_M**2


def place_words(places: Iterable[Place]) -> str:
    """Where, in words; empty where no place has a name.

    >>> place_words([Street(street="Hill Street"), Junction(streets=("Bowen Street", "Lambton Quay"))])
    'Hill Street; Bowen Street at Lambton Quay'
    """
    return "; ".join(filter(None, map(_name, places)))


def _name(place: Place) -> str:
    match place:
        case Street():
            between = f" between {' and '.join(place.between)}" if place.between else ""
            return place.street + between
        case Junction():
            return " at ".join(place.streets)
        case NamedPlace():
            return place.name
        case Point() | Area():
            return place.label or ""
