"""What there is to tow with: operators and their trucks, storage places, escorts, minutes.

What no source tells is assumed, and says so wherever it shows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AwareDatetime, Field, field_validator, model_validator

from clearway.network.hours import understood
from clearway.planning.access.planner.vehicles import MOST_SIZE
from clearway.planning.documents import document_of, read_document
from clearway.shapes import Exact, Latitude, Longitude

if TYPE_CHECKING:
    from pathlib import Path

MOST_TRUCKS = 200
"""More than there are in a country's largest city."""
HOOK_MINUTES = {"car": 10.0, "van": 10.0, "camper": 12.0, "truck": 25.0, "bus": 30.0, "trailer": 12.0}
"""Assumed: minutes from arriving at a vehicle of each type to leaving with it."""
YARD_MINUTES = {"car": 5.0, "van": 5.0, "camper": 6.0, "truck": 10.0, "bus": 10.0, "trailer": 6.0}
"""Assumed: minutes at the storage place, to set it down and write the receipt."""
HEAVY = frozenset({"truck", "bus"})
"""Types that only a heavy tow truck moves."""
ESCORT_MOVE_MINUTES = 5.0
"""Assumed: minutes of an escort from one vehicle to the next."""
REMEDY = "'clearway vehicles means' prints one to be filled in."

Label = Annotated[str, Field(min_length=1, max_length=100)]
Words = Annotated[str, Field(max_length=500)]
Minutes = Annotated[float, Field(gt=0, le=600)]
Metres = Annotated[float, Field(gt=0, le=MOST_SIZE)]
Fee = Annotated[float | None, Field(ge=0, le=100_000)]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$", description="as the cap of the fee is written in: NZD")]
Willing = Literal["yes", "no", "unknown"]
Reason = Literal["safety", "reputation", "sympathy", "no_equipment", "other"]


def hours_read(value: str | None) -> str | None:
    """Hours as they were given.

    Raises:
        ValueError: nobody can read them.
    """
    if value is not None and not understood(value):
        raise ValueError(f"hours {value!r} cannot be read; write them as 'Mo-Fr 07:00-19:00' or '24/7'")
    return value


class StoragePlace(Exact):
    """A place to which vehicles are towed."""

    id: Label
    lon: Longitude
    lat: Latitude
    capacity: int | None = Field(None, ge=0, le=100_000, description="vehicles that still fit; null: nobody said")
    hours: str | None = Field(None, description="'Mo-Fr 07:00-19:00'; null: nobody said")
    secure: bool | None = None
    release: Words | None = Field(None, description="how an owner gets a vehicle back")
    tow_fee: Fee = Field(None, description="what an owner pays for the tow; null: nobody said")
    release_fee: Fee = Field(None, description="what an owner pays until the vehicle is given back; null: nobody said")
    day_fee: Fee = Field(None, description="what an owner pays for each day of storage; null: nobody said")
    currency: Currency = "NZD"
    break_in: Words | None = Field(
        None, description="what is done, and who answers for it, where a vehicle is broken into or damaged; null: nobody said"
    )
    assumed: tuple[str, ...] = Field((), description="fields that no source tells")

    _can_be_read = field_validator("hours")(hours_read)


class Fleet(Exact):
    """Trucks of one kind of an operator, and whether it is willing to send them."""

    trucks: int = Field(ge=0, le=MOST_TRUCKS)
    willing: Willing = "unknown"
    since: AwareDatetime | None = Field(None, description="since when it has said so; before that it sends none")
    reason: Reason | None = Field(None, description="why it is not willing")


class Operator(Exact):
    """A tow operator. For the room alone: its name is in nothing that goes out."""

    id: Label
    light: Fleet | None = None
    heavy: Fleet | None = None
    hours: str | None = Field(None, description="when its crews work; null: nobody said")
    storage: Label | None = Field(None, description="where its trucks start; null: at the first storage place")
    height_m: Metres | None = None
    width_m: Metres | None = None
    weight_t: Metres | None = None
    length_m: Metres | None = None
    escort: bool = Field(False, description="whether it wants an escort to each vehicle")  # noqa: FBT003 - pydantic's
    rate: Words | None = None
    conditions: Words | None = None
    indemnity: Words | None = None
    withdrew: AwareDatetime | None = Field(None, description="when it withdrew; its trucks start no tow after that")
    assumed: tuple[str, ...] = ()

    _can_be_read = field_validator("hours")(hours_read)


class TowMeans(Exact):
    """All of it."""

    storage: Annotated[tuple[StoragePlace, ...], Field(max_length=40)] = ()
    operators: Annotated[tuple[Operator, ...], Field(max_length=100)] = ()
    escorts: int | None = Field(None, ge=0, le=MOST_TRUCKS, description="null: nobody said; one for each truck is taken")
    hook_minutes: dict[str, Minutes] = Field({}, description="minutes to hook up by type of vehicle; else assumed")
    yard_minutes: dict[str, Minutes] = Field({}, description="minutes at the storage place by type of vehicle; else assumed")
    assumed: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _fits_together(self) -> TowMeans:
        for what, ids in (
            ("storage places", [one.id for one in self.storage]),
            ("operators", [one.id for one in self.operators]),
        ):
            if twice := sorted({one for one in ids if ids.count(one) > 1}):
                raise ValueError(f"two {what} are called {', '.join(twice)}; give each a name of its own")
        known = {one.id for one in self.storage}
        if lost := [one.id for one in self.operators if one.storage is not None and one.storage not in known]:
            raise ValueError(
                f"trucks of {', '.join(lost)} start at a storage place that is not listed; add it, or leave it out"
            )
        if unknown := sorted({*self.hook_minutes, *self.yard_minutes} - set(HOOK_MINUTES)):
            raise ValueError(f"minutes are given for {', '.join(unknown)}; the types are {', '.join(HOOK_MINUTES)}")
        count = sum(fleet.trucks for one in self.operators for fleet in (one.light, one.heavy) if fleet)
        if count > MOST_TRUCKS:
            raise ValueError(f"there are {count} trucks; give {MOST_TRUCKS} at most")
        return self

    def hook_s(self, vehicle: str) -> int:
        """Seconds to hook up a vehicle of a type."""
        return round(60 * self.hook_minutes.get(vehicle, HOOK_MINUTES[vehicle]))

    def yard_s(self, vehicle: str) -> int:
        """Seconds at the storage place."""
        return round(60 * self.yard_minutes.get(vehicle, YARD_MINUTES[vehicle]))


def means_of(document: object) -> TowMeans:
    """Means from parsed JSON.

    Raises:
        BadInput: they cannot be used; the sentence names the field.
    """
    return document_of(TowMeans, document, REMEDY)


def read_means(path: Path) -> TowMeans:
    """Means from a file.

    Raises:
        BadFile: it cannot be read, or cannot be used.
    """
    return read_document(path, means_of, "lists nothing to tow with that can be used", REMEDY)


def template() -> dict[str, object]:
    """Means to be changed; what is null is assumed until somebody overwrites it."""
    fleet = {"trucks": 0, "willing": "unknown", "since": None, "reason": None}
    place = {"id": "yard 1", "lon": 174.7876, "lat": -41.2622} | dict.fromkeys(
        ("capacity", "hours", "secure", "release", "tow_fee", "release_fee", "day_fee", "break_in")
    )
    operator = {"id": "operator A", "light": fleet, "heavy": fleet, "hours": None, "storage": None, "height_m": None}
    asked = {"escort": False, "rate": None, "conditions": None, "indemnity": None, "withdrew": None}
    return {"storage": [place], "operators": [operator | asked], "escorts": None, "hook_minutes": {}, "yard_minutes": {}}
