"""Vehicles in the streets: how many stand on a stretch, and what becomes of one that is moved."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from clearway.record.kind import About, Briefing, Kind, Role, Theme
from clearway.record.parts import Amount, PlaceText, Prose, Text, Time, amount_words, sum_of
from clearway.record.place import NamedPlace, Street
from clearway.words import counted, joined, time_words, vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from zoneinfo import ZoneInfo

    from clearway.record.place import Place

VEHICLE_TYPES = ("car", "van", "camper", "truck", "bus", "trailer")
"""Types of vehicles that are counted apart, the smallest first."""

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
OrderedTow = Annotated[Text, StringConstraints(pattern=r"^[1-9][0-9]{0,4}:[^:]+$")]
Lanes = Annotated[int | None, Field(ge=0, le=20)]
Vehicles = Annotated[int | None, Field(ge=0, le=100_000)]

_HOW = {"walk_through": "by a walk-through", "drone": "by drone", "phone": "by phone", "estimate": "estimated"}


class VehicleTally(Kind):
    """How many vehicles of each type stand on a stretch of street, as somebody counted them."""

    about = About(role=Role.STATE, theme=Theme.MEANS, briefing=Briefing.LIMITS, subject=(), is_belief=True, form_rank=45)

    kind: Literal["vehicle_tally"] = "vehicle_tally"
    car: Amount | None = None
    van: Amount | None = None
    camper: Amount | None = None
    truck: Amount | None = None
    bus: Amount | None = None
    trailer: Amount | None = None
    across: Vehicles = Field(
        None, description="how many of them stand in the carriageway, not lawfully at the kerb; absent where nobody said"
    )
    lanes_left: Lanes = Field(None, description="lanes that a fire engine could still drive; absent where nobody said")
    lane_moves: Vehicles = Field(
        None, description="how many of those across must go until one lane is free; absent where nobody said"
    )
    method: Literal["walk_through", "drone", "phone", "estimate"] | None = Field(
        None, description="how it was counted; phone: somebody there said it by telephone"
    )
    assumed: bool = Field(default=False, description="whether nobody counted: the figures are an assumption")
    note: Prose | None = None

    @model_validator(mode="after")
    def _adds_up(self) -> VehicleTally:
        if not self.vehicles:
            raise ValueError(f"a tally needs a number for one type at least: {', '.join(VEHICLE_TYPES)}; 0 where none stands")
        most = math.inf if self.total.high is None else self.total.high
        across = most if self.across is None else self.across
        if across > most:
            raise ValueError(f"{across} vehicles stand across, of {most:.0f} in all; count again")
        if self.lane_moves is not None and self.lane_moves > across:
            raise ValueError(f"lane moves are {self.lane_moves}, of {across:.0f} vehicles that stand across; count again")
        return self

    @property
    def vehicles(self) -> Mapping[str, Amount]:
        """How many there are of each type that was counted."""
        said = ((name, getattr(self, name)) for name in VEHICLE_TYPES)
        return {name: amount for name, amount in said if amount is not None}

    @property
    def total(self) -> Amount:
        """How many there are in all."""
        return sum_of(list(self.vehicles.values()))

    def sentence(self, _: ZoneInfo, /) -> str:
        """``14 vehicles (12 cars, 2 vans), 6 across, no lane left, by a walk-through``."""
        kinds = ", ".join(f"{amount_words(amount)} {_of_kind(amount, name)}" for name, amount in self.vehicles.items())
        lanes = self.lanes_left
        return joined(
            "assumed" if self.assumed else "",
            joined(
                f"{_vehicles(self.total)} ({kinds})",
                "" if self.across is None else f"{self.across} across the road",
                "" if lanes is None else f"{counted(lanes, 'lane')} left for a fire engine" if lanes else "no lane left",
                _HOW.get(self.method or "", ""),
                self.note,
                by=", ",
            ),
            by=": ",
        )

    def unfit(self, places: Sequence[Place], _release: str, /) -> str:
        """A tally is of one street, or of a part of one; a street may have a name that does not say that it is one."""
        if len(places) == 1 and isinstance(places[0], Street | NamedPlace):
            return ""
        return (
            "a tally is of one street or a part of it; give one place such as 'Hill Street between Bay Road and Park Lane', "
            "and an entry for each stretch"
        )

    def contradicts(self, other: Kind) -> bool:
        """Whether two totals exclude each other."""
        return isinstance(other, VehicleTally) and self.total.is_apart(other.total)

    @property
    def bars_street(self) -> bool:
        """Whether vehicles stand across and no lane is known to be left."""
        across = self.total.high if self.across is None else self.across
        return across != 0 and not self.lanes_left


class VehicleMoved(Kind):
    """What becomes of one vehicle that is moved or is to be, by which power; its plate lies apart until it is deleted."""

    about = About(
        role=Role.STATE,
        theme=Theme.MEANS,
        briefing=Briefing.ACTIONS,
        subject=("vehicle",),
        place_counts=False,
        state_field="state",
        comes_of_checks=True,
    )

    kind: Literal["vehicle_moved"] = "vehicle_moved"
    vehicle: Sha256 = Field(description="keyed hash of its plate; the key is deleted with the plate")
    state: Literal["to_be_moved", "moved", "stored", "released", "disposed_of"]
    purpose: Text = Field(description="why it must go: to free a lane for ambulances")
    power: Text = Field(description="the legal power: an act and its section, or the owner's consent")
    delete_by: Time = Field(description="when its plate is deleted")
    type: Literal["car", "van", "camper", "truck", "bus", "trailer"] | None = None
    moved_by: Text | None = Field(None, description="which office or firm moves it")
    ordered_by: Text | None = Field(None, description="which office ordered it")
    moved_from: PlaceText | None = Field(None, description="where it stood")
    moved_to: PlaceText | None = Field(None, description="where it is now, or is to be")
    condition: Prose | None = Field(None, description="in which condition it was when it was moved")
    photos: tuple[Sha256, ...] = Field((), max_length=50, description="SHA-256 of each photo of its condition")
    tow: OrderedTow | None = Field(None, description="the order and the tow that it was towed by: '1:T003'; absent: none")

    @model_validator(mode="after")
    def _says_by_whom(self) -> VehicleMoved:
        if self.state in ("moved", "stored") and not (self.moved_by and self.moved_to):
            raise ValueError("a vehicle that was moved needs 'moved_by', the office or firm, and 'moved_to', where it is now")
        return self

    def sentence(self, zone: ZoneInfo, /) -> str:
        """What became of it, by which power, and when its plate is deleted; never the plate."""
        moved = joined(
            f"{self.type or 'vehicle'} {self.vehicle[:8]} {vocabulary(self.state)}",
            self.moved_from and f"from {self.moved_from}",
            self.moved_to and f"to {self.moved_to}",
            self.moved_by and f"by {self.moved_by}",
            by=" ",
        )
        return joined(
            moved,
            self.ordered_by and f"ordered by {self.ordered_by}",
            self.tow and f"tow {self.tow}",
            self.purpose,
            f"power: {self.power}",
            self.condition and f"condition: {self.condition}",
            self.photos and counted(len(self.photos), "photo"),
            f"plate deleted by {time_words(self.delete_by, zone)}",
        )

    def unfit(self, _places: Sequence[Place], release: str, /) -> str:
        """Whose vehicle was moved by whom is not for the public."""
        return "it cannot be released to the public: it says of one vehicle who moved it" if release == "public" else ""


def _of_kind(amount: Amount, name: str) -> str:
    """A type of vehicle, of one or of several."""
    if amount.low == amount.high == 1:
        return name
    return "buses" if name == "bus" else f"{name}s"


def _vehicles(total: Amount) -> str:
    return f"{amount_words(total)} {'vehicle' if total.low == total.high == 1 else 'vehicles'}"
