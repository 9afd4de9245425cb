"""Values of towing typed on a command line."""

from __future__ import annotations

from typing import Any

import click
from pydantic import ValidationError

from clearway.planning.vehicles.towing.means import StoragePlace
from clearway.shapes import sentence_of

_EXAMPLE = "Give LON,LAT such as 174.7876,-41.2622, and behind it capacity=200,hours=07:00-19:00 where that is known."


class StorageSpot(click.ParamType):  # type: ignore[type-arg] # older clicks have no type argument
    """A storage place typed as LON,LAT,capacity=200,hours=07:00-19:00."""

    name = "PLACE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> StoragePlace:  # noqa: ANN401 - click's signature
        """The place that was typed."""
        parts = [part.strip() for part in str(value).split(",")]
        named = dict(part.split("=", 1) for part in parts[2:] if "=" in part)
        try:
            lon, lat = float(parts[0]), float(parts[1])
            capacity = int(named["capacity"]) if "capacity" in named else None
        except (ValueError, IndexError):
            self.fail(f"{value!r} is not a place. {_EXAMPLE}", param, ctx)
        if any("=" not in part for part in parts[2:]) or not set(named) <= {"capacity", "hours", "name"}:
            self.fail(f"{value!r} is not a place. {_EXAMPLE}", param, ctx)
        try:
            name = named.get("name", f"store at {lon:g},{lat:g}")
            return StoragePlace(id=name, lon=lon, lat=lat, capacity=capacity, hours=named.get("hours"))
        except ValidationError as error:
            self.fail(sentence_of(error.errors(), remedy=_EXAMPLE), param, ctx)
