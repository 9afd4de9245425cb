"""Places to park elsewhere, as somebody offers them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import AwareDatetime, Field, field_validator, model_validator

from clearway.network.hours import holds
from clearway.planning.documents import document_of, read_document
from clearway.planning.vehicles.offer.leaving import first_minute
from clearway.planning.vehicles.towing.means import hours_read
from clearway.shapes import Exact, Latitude, Longitude

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

REMEDY = "'clearway vehicles places' prints one to be filled in."
PER_MINUTE = 6.0
"""Assumed: vehicles that drive into a place, or out through a gate, in a minute: each is stopped for ten seconds."""
TALL = frozenset({"camper", "truck", "bus"})
"""Types that a barrier of height keeps out."""

Label = Annotated[str, Field(min_length=1, max_length=100)]


class ParkingPlace(Exact):
    """A place to park, its room and its conditions."""

    id: Label
    name: Label
    lon: Longitude
    lat: Latitude
    capacity: int = Field(ge=0, le=100_000, description="vehicles")
    parked: int | None = Field(None, ge=0, description="vehicles of this offer that stand there, at least; null: nobody said")
    parked_high: int | None = Field(None, ge=0, description="at most; null: as many as were said at least")
    starts: AwareDatetime | None = None
    ends: AwareDatetime | None = Field(None, description="when the ground is needed again; null: nobody said")
    hours: str | None = Field(
        None, description="'Mo-Fr 07:00-19:00'; null: nobody said, and it is taken to be open day and night"
    )
    by: str | None = Field(None, max_length=200)
    to: str | None = Field(None, max_length=200, description="to whom")
    free: bool | None = None
    come_back: bool | None = Field(None, description="whether one may drive back; null: nobody said")
    surface: str | None = Field(None, max_length=100)
    height_m: float | None = Field(None, gt=0, le=10, description="limit of height; null: none is known")
    per_minute: float | None = Field(None, gt=0, le=60, description="vehicles that drive in, a minute; null: assumed")
    assumed: tuple[str, ...] = ()

    _can_be_read = field_validator("hours")(hours_read)

    @model_validator(mode="after")
    def _can_be(self) -> ParkingPlace:
        if self.starts and self.ends and self.ends <= self.starts:
            raise ValueError(f"{self.id} ends before it starts; correct 'starts' or 'ends'")
        if (self.parked_high or 0) < (self.parked or 0) and self.parked_high is not None:
            raise ValueError(f"{self.id}: 'parked_high' is less than 'parked'; correct one of them")
        return self

    def room_at(self, moment: datetime | None) -> int:
        """Spaces that are surely free at a moment; all that are not taken where none is asked about, none outside its time."""
        if moment is not None and not self.is_open(moment):
            return 0
        return max(self.capacity - max(self.parked or 0, self.parked_high or 0), 0)

    def is_open(self, moment: datetime) -> bool:
        """Whether the offer holds then, and its hours are such; hours are those of the moment's own zone."""
        return self.is_offered(moment) and (self.hours is None or holds(self.hours, moment))

    def shuts_s(self, moment: datetime | None) -> int | None:
        """Seconds until nobody drives in any more; None: not within a day, or no moment is asked about."""
        if moment is None or not self.is_open(moment):
            return None
        shut = first_minute(moment, lambda later: not self.is_open(later))
        return None if shut is None else max(int((shut - moment).total_seconds()), 0)

    def is_offered(self, moment: datetime) -> bool:
        """Whether the offer holds then, whatever its hours."""
        return (self.starts is None or self.starts <= moment) and (self.ends is None or moment < self.ends)


class ParkingPlaces(Exact):
    """All of them."""

    places: Annotated[tuple[ParkingPlace, ...], Field(min_length=1, max_length=40)]

    @model_validator(mode="after")
    def _fits_together(self) -> ParkingPlaces:
        ids = [one.id for one in self.places]
        if twice := sorted({one for one in ids if ids.count(one) > 1}):
            raise ValueError(f"two places are called {', '.join(twice)}; give each a name of its own")
        return self


def places_of(document: object) -> tuple[ParkingPlace, ...]:
    """Places from parsed JSON.

    Raises:
        BadInput: they cannot be used; the sentence names the field.
    """
    return document_of(ParkingPlaces, document, REMEDY).places


def read_places(path: Path) -> tuple[ParkingPlace, ...]:
    """Places from a file.

    Raises:
        BadFile: it cannot be read, or cannot be used.
    """
    return read_document(path, places_of, "lists no places that can be used", REMEDY)


def template() -> dict[str, object]:
    """Places to be changed; what is null nobody has said."""
    said = {"id": "stadium", "name": "Stadium", "lon": 174.785833, "lat": -41.273056, "capacity": 0}
    unknown = (
        "parked", "parked_high", "starts", "ends", "hours", "by", "to", "free", "come_back", "surface", "height_m",
        "per_minute",
    )  # fmt: skip
    return {"places": [said | dict.fromkeys(unknown)]}
