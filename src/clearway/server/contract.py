"""The shapes that every desk of the server shares; what they are made of is in :mod:`clearway.shapes`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from clearway.shapes import Exact, PointGeometry, Shape


class Answer(Shape):
    """Base of what the server alone answers."""


class ErrorBody(Answer):
    """What went wrong and what to do next."""

    kind: str = Field(description="class of the error: BadInput, BadGeometry, UnknownName, NotFound, Infeasible ...")
    message: str = Field(description="one or two sentences to show to a person")


class ErrorAnswer(Answer):
    """The one shape of every error."""

    error: ErrorBody


class StationProperties(BaseModel):
    """What is known about a station; other fields are stored but not read."""

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


class Health(Answer):
    """The server is up, and so is its record. Where the record does not answer there is an error instead, with status 503."""

    version: str
    networks: int
    record: Literal["open", "none"] = Field(description="whether the server keeps a record; one that does not answer is a 503")
    notices: list[str] = Field(description="what those who run the server should know, such as a clock that is behind")


class SessionQuestion(Exact):
    """The token that the server printed when it started."""

    token: Annotated[str, Field(min_length=1, max_length=500)]
