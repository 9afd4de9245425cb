"""The shapes that every desk shares: the bases of question and answer, errors, and geometry as GeoJSON.

``way`` is always a way index of the network, never an id of the source; ``ways`` lists ids of the source (OSM way or centreline
ids), ``way_indexes`` the same ways by index. Coordinates are WGS 84 degrees.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

VehicleClassName = Literal["emergency", "resident", "service", "bus", "general", "foot", "cycle"]
Longitude = Annotated[float, Field(ge=-180, le=180, description="degrees east, WGS 84")]
Latitude = Annotated[float, Field(ge=-90, le=90, description="degrees north, WGS 84")]
WayIndex = Annotated[int, Field(ge=0, description="way index of the network")]
Position = Annotated[list[float], Field(min_length=2, max_length=3, description="longitude, latitude")]
LineCoordinates = Annotated[list[Position], Field(min_length=2)]
Ring = Annotated[list[Position], Field(description="closed: the last position equals the first")]


class Exact(BaseModel):
    """Base of everything asked: no unknown fields, no NaN, no infinity."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False, frozen=True)


class Answer(BaseModel):
    """Base of everything answered: no NaN, no infinity; what the planning desks say beyond the contract is left out."""

    model_config = ConfigDict(extra="ignore", allow_inf_nan=False, populate_by_name=True, frozen=True)


class ErrorBody(Answer):
    """What went wrong and what to do next."""

    kind: str = Field(description="class of the error: BadInput, BadGeometry, UnknownName, NotFound, Infeasible ...")
    message: str = Field(description="one or two sentences for a person")


class ErrorAnswer(Answer):
    """The one shape of every error."""

    error: ErrorBody


class Polygon(Exact):
    """A GeoJSON polygon."""

    type: Literal["Polygon"]
    coordinates: Annotated[list[Ring], Field(min_length=1)]


class MultiPolygon(Exact):
    """A GeoJSON multipolygon."""

    type: Literal["MultiPolygon"]
    coordinates: Annotated[list[Annotated[list[Ring], Field(min_length=1)]], Field(min_length=1)]


Ground = Annotated[Polygon | MultiPolygon, Field(discriminator="type")]


class PointGeometry(Exact):
    """A GeoJSON point."""

    type: Literal["Point"]
    coordinates: Position


class LineString(Exact):
    """A GeoJSON line."""

    type: Literal["LineString"]
    coordinates: LineCoordinates


class StationProperties(BaseModel):
    """What is known of a station; other fields are kept and not read."""

    model_config = ConfigDict(extra="allow", allow_inf_nan=False, frozen=True)

    name: Annotated[str, Field(min_length=1, max_length=200)]
    kind: Annotated[str, Field(max_length=60)] = "station"


class StationFeature(Exact):
    """One fire or ambulance station."""

    type: Literal["Feature"]
    id: int | str | None = None
    properties: StationProperties
    geometry: PointGeometry


class StationCollection(Exact):
    """The stations help sets out from, as GeoJSON."""

    type: Literal["FeatureCollection"]
    features: Annotated[list[StationFeature], Field(max_length=500)]


class Spot(Exact):
    """A point somebody clicked."""

    lon: Longitude
    lat: Latitude


class Health(Answer):
    """The server is up."""

    version: str
    networks: int
