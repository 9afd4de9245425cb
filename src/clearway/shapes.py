"""What questions and answers are made of: one shape for the program, the API, the command line and documents alike.

``way`` is always a way index of the network, never an id of the source; ``ways`` lists ids of the source (OSM way or centreline
ids), ``way_indexes`` the same ways by index. Coordinates are WGS 84 degrees, geometry is GeoJSON.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, GetCoreSchemaHandler, PlainSerializer, RootModel
from pydantic_core import PydanticCustomError
from pydantic_core.core_schema import no_info_before_validator_function

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pydantic_core import CoreSchema

_FIGURE_DECIMALS = 4
"""No figure is known to more: a ten-thousandth of a minute is 6 ms, of a vehicle hour 0.4 s."""
_PROBLEMS_SHOWN = 3
"""As many as one sentence holds."""

Longitude = Annotated[float, Field(ge=-180, le=180, description="degrees east, WGS 84")]
Latitude = Annotated[float, Field(ge=-90, le=90, description="degrees north, WGS 84")]
WayIndex = Annotated[int, Field(ge=0, description="way index of the network")]
Position = Annotated[list[float], Field(min_length=2, max_length=3, description="longitude, latitude")]
LineCoordinates = Annotated[list[Position], Field(min_length=2)]
Ring = Annotated[list[Position], Field(description="closed: the last position equals the first")]


def not_a_number(value: object) -> object:
    """A date or time as text, refused where it is a number: nobody can know what it counts, and from when.

    Raises:
        PydanticCustomError: it is a number.
    """
    if isinstance(value, int | float) or (isinstance(value, str) and _NUMBER.fullmatch(value.strip())):
        raise PydanticCustomError("time_type", "Input should be a date, or a date and time with its zone, and not a number")
    return value


def whole(value: object) -> object:
    """A whole number, refused where it only looks like one: in quotation marks, or true.

    Raises:
        PydanticCustomError: it is a text or a truth value.
    """
    if isinstance(value, bool | str | bytes):
        raise PydanticCustomError("int_type", "Input should be a valid integer")
    return value


def _number(value: object) -> object:
    if isinstance(value, bool | str | bytes):
        raise PydanticCustomError("float_type", "Input should be a valid number")
    return value


def _true_or_false(value: object) -> object:
    if not isinstance(value, bool):
        raise PydanticCustomError("bool_type", "Input should be true or false")
    return value


_NUMBER = re.compile(r"[+-]?\d*\.?\d*")
_CHECKS = {
    "int": whole,
    "float": _number,
    "bool": _true_or_false,
    "date": not_a_number,
    "datetime": not_a_number,
}


def _exact(part: Any, own: type[Exact]) -> Any:  # noqa: ANN401 - a piece of a schema
    """A piece of pydantic's own schema whose numbers and times refuse what pydantic would turn into some.

    Args:
        part: The piece; another ``Exact`` in it has seen to its own fields.
        own: Whose schema it is of; validators may stand round it.
    """
    if isinstance(part, list):
        return [_exact(one, own) for one in part]
    if not isinstance(part, dict) or (
        part.get("type") == "model" and part["cls"] is not own and issubclass(part["cls"], Exact)
    ):
        return part
    kept = {"metadata", "default", "serialization"}
    walked = {name: one if name in kept else _exact(one, own) for name, one in part.items()}
    kind = walked.get("type")
    check = _CHECKS.get(kind) if isinstance(kind, str) else None
    return no_info_before_validator_function(check, walked) if check else walked


class Exact(BaseModel):
    """Base of everything asked: no unknown fields, no NaN, no infinity, and nothing that only looks like what is asked for."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False, frozen=True)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:  # noqa: ANN401 - pydantic's
        """Its fields, each of which takes the JSON type that the API's description names and no other."""
        schema: CoreSchema = _exact(handler(source), cls)
        return schema


class Shape(BaseModel):
    """Base of everything answered: frozen, its numbers finite unless a field says otherwise."""

    model_config = ConfigDict(extra="ignore", allow_inf_nan=False, populate_by_name=True, serialize_by_alias=True, frozen=True)

    def as_json(self) -> dict[str, Any]:
        """The answer as JSON."""
        return self.model_dump(mode="json")


def plain_figure(value: float) -> float | None:
    """A figure as JSON has it: four decimals, None for infinity and NaN, which JSON lacks.

    >>> plain_figure(1.00004), plain_figure(float("inf"))
    (1.0, None)
    """
    return round(value, _FIGURE_DECIMALS) if math.isfinite(value) else None


Figure = Annotated[float, Field(allow_inf_nan=True), PlainSerializer(plain_figure, return_type=float)]
"""A figure of an answer: exact within the program, four decimals as JSON."""

OpenFigure = Annotated[
    float,
    Field(allow_inf_nan=True),
    BeforeValidator(lambda value: math.nan if value is None else value),
    PlainSerializer(plain_figure, return_type=float | None),
]
"""The same where it may be infinite or not a number, which is null as JSON."""


class Spot(Exact):
    """A point somebody clicked."""

    lon: Longitude
    lat: Latitude


class PointGeometry(Exact):
    """A GeoJSON point."""

    type: Literal["Point"]
    coordinates: Position


class MultiPoint(Exact):
    """GeoJSON points."""

    type: Literal["MultiPoint"]
    coordinates: Annotated[list[Position], Field(min_length=1)]


class LineString(Exact):
    """A GeoJSON line."""

    type: Literal["LineString"]
    coordinates: LineCoordinates


class MultiLineString(Exact):
    """GeoJSON lines."""

    type: Literal["MultiLineString"]
    coordinates: Annotated[list[LineCoordinates], Field(min_length=1)]


class Polygon(Exact):
    """A GeoJSON polygon."""

    type: Literal["Polygon"]
    coordinates: Annotated[list[Ring], Field(min_length=1)]


class MultiPolygon(Exact):
    """A GeoJSON multipolygon."""

    type: Literal["MultiPolygon"]
    coordinates: Annotated[list[Annotated[list[Ring], Field(min_length=1)]], Field(min_length=1)]


class Geometry(RootModel[PointGeometry | MultiPoint | LineString | MultiLineString | Polygon | MultiPolygon]):
    """A GeoJSON shape of any kind."""

    model_config = ConfigDict(frozen=True)
    root: PointGeometry | MultiPoint | LineString | MultiLineString | Polygon | MultiPolygon = Field(discriminator="type")


class GeometryCollection(Exact):
    """GeoJSON shapes of any kind."""

    type: Literal["GeometryCollection"]
    geometries: Annotated[list[Geometry], Field(min_length=1)]


Ground = Annotated[Polygon | MultiPolygon, Field(discriminator="type")]

_SENTENCES = {
    "missing": "is missing",
    "extra_forbidden": "is not known",
    "finite_number": "must be a number, not NaN or infinity",
    "model_attributes_type": "must be a JSON object, sent with 'Content-Type: application/json'",
    "json_invalid": "is not JSON; it may be cut short",
    "tuple_type": "should be a list",
}


def problems_of(errors: Sequence[Mapping[str, Any]], *, called: Mapping[str, str] | None = None) -> str:
    """What pydantic found wrong, as a clause without a full stop; ``called`` as in :func:`sentence_of`.

    >>> problems_of([{"loc": ("radius_m",), "type": "greater_than", "msg": "Input should be greater than 0"}])
    "'radius_m' should be greater than 0"
    """
    places = [tuple(error["loc"]) for error in errors]
    # pydantic counts the items of a list that are wrong as missing: what is wrong with them says it
    own = [
        error
        for error, loc in zip(errors, places, strict=True)
        if error["type"] != "too_short" or not any(other[: len(loc)] == loc and len(other) > len(loc) for other in places)
    ]
    parts = list(dict.fromkeys(_problem(error, called or {}) for error in own))
    rest = f"; and {len(parts) - _PROBLEMS_SHOWN} more" if len(parts) > _PROBLEMS_SHOWN else ""
    return f"{'; '.join(parts[:_PROBLEMS_SHOWN])}{rest}"


def sentence_of(
    errors: Sequence[Mapping[str, Any]],
    *,
    called: Mapping[str, str] | None = None,
    remedy: str = "Correct it and send the question again.",
) -> str:
    """What pydantic found wrong, in one sentence.

    Args:
        errors: As pydantic lists them.
        called: What a field is called where somebody typed it, such as ``--radius``; else its own name in quotes.
        remedy: What to do next.

    >>> sentence_of([{"loc": ("radius_m",), "type": "greater_than", "msg": "Input should be greater than 0"}])
    "'radius_m' should be greater than 0. Correct it and send the question again."
    >>> sentence_of([{"loc": ("hours",), "type": "value_error", "msg": "Value error, '25' cannot be read"}], remedy="Write 07.")
    "'hours': '25' cannot be read. Write 07."
    """
    return f"{problems_of(errors, called=called)}. {remedy}"


def _problem(error: Mapping[str, Any], called: Mapping[str, str]) -> str:
    if error["type"] == "json_invalid":
        return f"The request {_SENTENCES['json_invalid']}"
    steps = [str(step) for step in error["loc"] if step not in _GEOMETRIES]
    where = called.get(steps[0], f"'{'.'.join(steps)}'") if steps else "The request"
    if error["type"] == "union_tag_invalid":
        return f"{where} should be one of {error['ctx']['expected_tags']}, not '{error['ctx']['tag']}'"
    if error["type"] == "value_error":  # a sentence of our own
        said = str(error["msg"]).removeprefix("Value error, ")
        return f"{where}: {said}" if steps else said[:1].upper() + said[1:]
    said = _TYPE.sub("should", str(error["msg"])).replace(" after validation", "")
    return f"{where} {_SENTENCES.get(error['type'], said)}"


_TYPE = re.compile("^(Input|List|Tuple|String|Dictionary) should")
_GEOMETRIES = {"Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection"}
"""Pydantic names these as steps on the way to a field."""
