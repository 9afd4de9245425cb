"""Where something is or happened: a point, a street, a corner, an address, a named place, an area; an entry may have several.

:mod:`clearway.record.place_text` reads them from what people write.
"""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, TypeAdapter, model_validator

from clearway.record.parts import Latitude, Longitude, Part, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

Position = Annotated[tuple[Longitude, Latitude], Field(description="[longitude, latitude], WGS 84 degrees")]
Compass = Literal["north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west"]
Side = Compass | Literal["even", "odd"]
MOST_STREETS = 6
"""That meet at one junction."""
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
    side: Side | None = Field(None, description="which side of the street: a compass point, or of its even or odd numbers")
    locality: Text | None = Field(None, description="suburb or town, where the name alone is not enough")


class Junction(Part):
    """Where two or more streets meet."""

    type: Literal["junction"] = "junction"
    streets: tuple[Text, ...] = Field(min_length=2, max_length=MOST_STREETS)
    side: Compass | None = Field(None, description="on which side of the junction, along the first street")
    locality: Text | None = None


class Address(Part):
    """A house number in a street."""

    type: Literal["address"] = "address"
    street: Text
    number: Annotated[
        str, Field(pattern=r"^(\d{1,5}[A-Za-z]?/)?\d{1,5}[A-Za-z]?(-\d{1,5}[A-Za-z]?)?$", description="58, 58A, 3/58 or 12-14")
    ]
    locality: Text | None = None


class Along(Part):
    """A distance along a street from a cross street or a landmark; without a street, a distance from the landmark."""

    type: Literal["along"] = "along"
    street: Text | None = None
    start: Text = Field(description="the cross street or landmark from which it is measured")
    metres: float = Field(gt=0, le=100_000)
    about: bool = Field(default=False, description="said with 'about' or the like")
    towards: Text | None = Field(None, description="a compass point, up, down, or a street or place in that direction")
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


ON_STREET = (Street, Junction, Address, Along)
"""The places that lie on a street."""

Place = Annotated[Point | Street | Junction | Address | Along | NamedPlace | Area, Field(discriminator="type")]

PLACE: TypeAdapter[Place] = TypeAdapter(Place)

PLACES = (*ON_STREET, Point, NamedPlace, Area)
"""The classes of every place."""


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


def is_within(spot: tuple[float, float], ring: Sequence[tuple[float, float]]) -> bool:
    """Whether a spot lies in a ring: it does where a line due east from it meets the ring an odd number of times.

    Args:
        spot: Longitude and latitude, degrees.
        ring: The same of each corner; ends where it begins.

    >>> square = [(0, 0), (2, 0), (2, 2), (0, 2), (0, 0)]
    >>> is_within((1, 1), square), is_within((3, 1), square)
    (True, False)
    """
    lon, lat = spot
    crossed = (
        first[0] + (lat - first[1]) / (last[1] - first[1]) * (last[0] - first[0]) > lon
        for first, last in itertools.pairwise(ring)
        if (first[1] > lat) != (last[1] > lat)
    )
    return sum(crossed) % 2 == 1
