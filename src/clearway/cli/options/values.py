"""Values typed on a command line that click has no type for."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Any

import click

from clearway.errors import BadInput
from clearway.planning.closure_files import read_moment
from clearway.shapes import Spot

if TYPE_CHECKING:
    from datetime import datetime


class Moment(click.ParamType):  # type: ignore[type-arg] # older clicks have no type argument
    """A moment with its zone."""

    name = "TIME"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:  # noqa: ANN401 - click's signature
        """The moment that was typed."""
        try:
            return read_moment(str(value))
        except BadInput as error:
            self.fail(str(error), param, ctx)


class Point(click.ParamType):  # type: ignore[type-arg]
    """A point typed as LON,LAT."""

    name = "LON,LAT"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Spot:  # noqa: ANN401 - click's signature
        """The point that was typed."""
        try:
            lon, lat = (float(part) for part in str(value).split(","))
            return Spot(lon=lon, lat=lat)
        except ValueError:
            self.fail(f"{value!r} is not a point. Give longitude and latitude such as 174.7777,-41.2771.", param, ctx)


class Names(click.ParamType):  # type: ignore[type-arg]
    """Names parted by commas."""

    name = "NAMES"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:  # noqa: ANN401, ARG002 - click's signature
        """The names that were typed."""
        return tuple(part.strip() for part in str(value).split(",") if part.strip())


class Amount(click.FloatRange):
    """A finite number, 0 or more; click's own range lets nan pass."""

    name = "NUMBER"

    def __init__(self) -> None:
        super().__init__(0)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:  # noqa: ANN401 - click's signature
        """The number that was typed."""
        number = float(super().convert(value, param, ctx))
        if not isfinite(number):
            self.fail(f"{value} is not a number that can be used.", param, ctx)
        return number
