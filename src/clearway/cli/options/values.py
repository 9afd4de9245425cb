"""Values typed on a command line that click has no type for."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Any

import click

from clearway.errors import BadInput
from clearway.planning.access.planner.vehicles import VEHICLE_FIELDS, Vehicle, vehicle_of
from clearway.planning.closure_files import read_moment
from clearway.record.entry import now
from clearway.shapes import Spot

if TYPE_CHECKING:
    from datetime import datetime

_NOBODY = "none"


class Moment(click.ParamType):  # type: ignore[type-arg] # older clicks have no type argument
    """A moment with its zone; "now" is this one."""

    name = "TIME"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:  # noqa: ANN401 - click's signature
        """The moment that was typed."""
        if str(value).strip().casefold() == "now":
            return now()
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
    """Names parted by commas; "none" for no name at all."""

    name = "NAMES"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, ...]:  # noqa: ANN401, ARG002 - click's signature
        """The names that were typed."""
        names = tuple(part.strip() for part in str(value).split(",") if part.strip())
        return () if names == (_NOBODY,) else names


class TowName(click.ParamType):  # type: ignore[type-arg]
    """A tow of an order, typed as ORDER:TOW, 1:T003."""

    name = "ORDER:TOW"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, str]:  # noqa: ANN401 - click's signature
        """The number of the order, and the id of the tow."""
        if isinstance(value, tuple):
            return value
        order, _, tow = str(value).partition(":")
        if not order.strip().isdecimal() or not tow.strip():
            self.fail(f"{value!r} names no tow. Write the number of the order and the tow, as 1:T003.", param, ctx)
        return int(order), tow.strip()


class VehicleSize(click.ParamType):  # type: ignore[type-arg]
    """The size of a service's vehicle, typed as SERVICE:height=3.5,width=2.5; without a service it is that of every one."""

    name = "VEHICLE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, Vehicle]:  # noqa: ANN401 - click's signature
        """The service, empty for every one, and what is said of its vehicle."""
        service, _, figures = str(value).rpartition(":")
        units = {name.rpartition("_")[0]: name for name in VEHICLE_FIELDS}
        found: dict[str, float] = {}
        for part in figures.split(","):
            name, _, figure = (word.strip() for word in part.partition("="))
            try:
                found[units[name.removesuffix("_m").removesuffix("_t")]] = float(figure)
            except (KeyError, ValueError):
                self.fail(
                    f"{part.strip()!r} is not a size. Give some of {', '.join(f'{word}=NUMBER' for word in units)}, "
                    "in metres or tonnes, such as fire:height=3.5,weight=14.",
                    param,
                    ctx,
                )
        try:
            return service.strip(), vehicle_of(found, service.strip() or "--vehicle")
        except BadInput as error:
            self.fail(str(error), param, ctx)


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
