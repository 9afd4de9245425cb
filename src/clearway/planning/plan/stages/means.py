"""What there is to work with: depots with their kit, crews, trucks, forklifts, and how long each piece takes.

What no source tells is assumed, and says so wherever it shows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, model_validator

from clearway.network.classes import VehicleClassName
from clearway.planning.documents import document_of, read_document
from clearway.shapes import Exact

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOST_UNITS = 40
"""Crews, trucks or forklifts: a real operation of eight places had about 300 staff, in teams of seven or more."""
_MOST_KIT = 200
"""Rows of a table that somebody fills by hand."""
MAKER = "maker's claim for a movable barrier, securitytoday.com 2021"
OURS = "assumed: no source tells; overwrite it"

Label = Annotated[str, Field(min_length=1, max_length=100)]
Owner = Literal["owned", "borrowed", "missing"]


class Kit(Exact):
    """Pieces that lie at a depot, or that somebody still has to lend."""

    structure: Label = Field(description="as the plan calls it: concrete_block, fence ...")
    number: int = Field(ge=0, le=100_000, description="pieces")
    owner: Owner = Field("owned", description="missing: nobody has lent them yet, and they are not counted")
    source: str = Field("", max_length=200, description="of what is borrowed or missing: from whom")
    assumed: bool = False


class Depot(Exact):
    """Where crews, trucks and forklifts start, and where kit lies."""

    id: Label
    place: str | tuple[float, float] = Field(description="in words, as 'Aotea Quay at Hinemoa Street', or [lon, lat]")
    kit: Annotated[tuple[Kit, ...], Field(max_length=_MOST_KIT)] = ()
    assumed: bool = False


class Unit(Exact):
    """A crew, a truck or a forklift."""

    id: Label
    depot: Label
    vehicle_class: VehicleClassName = Field("service", description="by whose rules it drives")
    speed_kmh: float | None = Field(None, gt=0, le=130, description="its own limit, km/h; null: as fast as its class may")
    assumed: bool = False


class Truck(Unit):
    """A truck that brings pieces."""

    carries: int | None = Field(None, ge=1, le=1000, description="pieces; null: assumed")


class Rate(Exact):
    """What pieces of one structure need."""

    structure: Label
    minutes_each: float | None = Field(None, gt=0, le=600, description="minutes for one piece; null: assumed")
    metres_each: float | None = Field(None, gt=0, le=100, description="metres of a street that one piece shuts; null: assumed")
    lifted: bool | None = Field(None, description="whether a forklift must lift it; null: assumed")
    brought: bool | None = Field(None, description="whether a truck must bring it; null: assumed")


class Means(Exact):
    """What there is to work with."""

    depots: Annotated[tuple[Depot, ...], Field(max_length=MOST_UNITS)] = ()
    crews: Annotated[tuple[Unit, ...], Field(max_length=MOST_UNITS)] = ()
    trucks: Annotated[tuple[Truck, ...], Field(max_length=MOST_UNITS)] = ()
    forklifts: Annotated[tuple[Unit, ...], Field(max_length=MOST_UNITS)] = ()
    rates: Annotated[tuple[Rate, ...], Field(max_length=_MOST_KIT)] = ()
    pieces: dict[str, Annotated[int, Field(ge=0, le=1000)]] = Field(
        {}, description="pieces of single barriers, by id; the others by the width of their street"
    )
    place_minutes: float | None = Field(None, ge=0, le=600, description="minutes at a place besides its pieces; null: assumed")
    load_minutes: float | None = Field(None, ge=0, le=600, description="minutes to load or unload a truck; null: assumed")

    @model_validator(mode="after")
    def _fits_together(self) -> Means:
        known = [one.id for one in self.depots]
        for what, ids in (("depot", known), ("unit", [one.id for one in self.units()])):
            if twice := sorted({one for one in ids if ids.count(one) > 1}):
                raise ValueError(f"two {what}s are called {', '.join(twice)}; give each a name of its own")
        if lost := [one.id for one in self.units() if one.depot not in known]:
            raise ValueError(
                f"unit {', '.join(lost)} starts at a depot that is not listed; add it to 'depots', or name another"
            )
        return self

    def units(self) -> Iterator[Unit]:
        """Crews, then trucks, then forklifts."""
        yield from self.crews
        yield from self.trucks
        yield from self.forklifts


class Pace(Exact):
    """What pieces of one structure need, everything said."""

    minutes_each: float
    metres_each: float
    lifted: bool
    brought: bool


_PACES = {
    "concrete_block": (Pace(minutes_each=8, metres_each=2.5, lifted=True, brought=True), OURS),
    "barrier": (Pace(minutes_each=15, metres_each=6, lifted=False, brought=True), MAKER),
    "fence": (Pace(minutes_each=2, metres_each=3.5, lifted=False, brought=True), OURS),
    "vehicle": (Pace(minutes_each=3, metres_each=8, lifted=False, brought=False), OURS),
    "cone": (Pace(minutes_each=0.5, metres_each=2, lifted=False, brought=False), OURS),
}
"""By structure. A block of 2 to 2.5 t takes 6 to 10 minutes with one forklift, and stands so that no car fits between two."""
PLACE_MINUTES = 5.0
"""Assumed: park, send traffic another way, tell the control that the place is shut."""
LOAD_MINUTES = 10.0
"""Assumed: four blocks on a flatbed, strapped down."""
CARRIES = 4
"""Assumed: blocks of 2 to 2.5 t on a truck with a crane of its own."""


def pace_of(means: Means, structure: str) -> tuple[Pace, dict[str, bool], str]:
    """What a structure needs, which of it is assumed, and by what."""
    assumed, source = _PACES.get(structure, _PACES["barrier"])
    told = next((one for one in means.rates if one.structure == structure), None)
    said = {name: getattr(told, name, None) for name in Pace.model_fields}
    merged = assumed.model_copy(update={name: value for name, value in said.items() if value is not None})
    return merged, {name: value is None for name, value in said.items()}, source


def template(structures: list[str]) -> dict[str, Any]:
    """Means to be changed: one depot, two of each unit; what is null is assumed until somebody overwrites it."""
    unit = {"depot": "D1", "assumed": True}
    used = structures or ["concrete_block"]
    place = "write the depot's street corner here, as 'Aotea Quay at Hinemoa Street', or [lon, lat]"
    kit = [{"structure": one, "number": 0, "owner": "owned", "source": "", "assumed": True} for one in used]
    return {
        "depots": [{"id": "D1", "place": place, "kit": kit, "assumed": True}],
        "crews": [{"id": f"crew {number}"} | unit for number in (1, 2)],
        "trucks": [{"id": f"truck {number}", "carries": None} | unit for number in (1, 2)],
        "forklifts": [{"id": f"forklift {number}", "speed_kmh": 20} | unit for number in (1, 2)],
        "rates": [{"structure": one} | dict.fromkeys(Pace.model_fields) for one in used],
        "pieces": {},
        "place_minutes": None,
        "load_minutes": None,
    }


_REMEDY = "'clearway plan stages PLAN --template' prints one to be filled in."


def means_of(document: object) -> Means:
    """Means from parsed JSON.

    Raises:
        BadInput: they cannot be used; the sentence names the field.
    """
    return document_of(Means, document, _REMEDY)


def read_means(path: Path) -> Means:
    """Means from a file.

    Raises:
        BadFile: it cannot be read, or cannot be used.
    """
    return read_document(path, means_of, "lists no crews and depots that can be used", _REMEDY)
