"""The operation itself: its name, its time zone, its first day."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field

from clearway.record.kind import About, Kind, Role
from clearway.record.parts import Text
from clearway.words import joined


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"the time zone {name!r} is not known, give one such as Pacific/Auckland") from error
    return name


class Operation(Kind):
    """What the operation is: times are read and shown by its zone, days are numbered from its first."""

    about = About(
        role=Role.ADMINISTRATION,
        no_theme_because="it heads every picture and report: its name, its calendar, what it is and where",
        subject=(),
        place_counts=False,
    )

    kind: Literal["operation"] = "operation"
    title: Text
    zone: Annotated[str, AfterValidator(_known_zone)] = Field("UTC", description="time zone, as Pacific/Auckland")
    first_day: date | None = Field(None, description="day 1, as 2022-02-08")
    type: Text | None = Field(None, description="what kind of event: an occupation, a march, a street event")
    where: Text | None = Field(None, description="where it is, in words")
    network: Text | None = Field(None, description="the network of the server that it plays on; null: the server's first")
    major_incident: bool | None = Field(None, description="whether a major incident was declared; null where nobody said")

    def sentence(self, _: ZoneInfo, /) -> str:
        """Its name, its type, where it is."""
        return joined(self.title, self.type, self.where)
