"""Tows that an office has ordered, whole, and what became of each: the board that every screen of the room shares."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, get_args

from pydantic import Field, model_validator

from clearway.record.kind import About, Briefing, Kind, Role, Theme
from clearway.record.kinds.vehicles import VEHICLE_TYPES
from clearway.record.parts import Name, Part, Prose, StartTime, Text, Time
from clearway.record.place import Position
from clearway.words import counted, joined, listed, time_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from clearway.record.place import Place

MOST_TOWS = 2000
_MOST_STRETCHES = 500
_MOST_TRUCKS = 200
_MOST_PLACES = 40

TowState = Literal["to_come", "under_way", "done", "failed", "gone", "withdrawn"]
TOW_STATES: tuple[TowState, ...] = get_args(TowState)

Vehicle = Literal["car", "van", "camper", "truck", "bus", "trailer"]
TruckKind = Literal["light", "heavy"]
Number = Annotated[int, Field(ge=1, le=99_999, description="of the order, from 1 in each operation")]
Index = Annotated[int, Field(ge=0, le=MOST_TOWS)]
Seconds = Annotated[int, Field(ge=0, le=100_000_000)]
Vehicles = Annotated[int, Field(ge=0, le=100_000)]
Tows = Annotated[int, Field(ge=0, le=MOST_TOWS)]
Metres = Annotated[float | None, Field(gt=0, le=100)]


class OrderedStretch(Part):
    """Vehicles on a stretch as the schedule took them."""

    name: Text
    car: Vehicles = 0
    van: Vehicles = 0
    camper: Vehicles = 0
    truck: Vehicles = 0
    bus: Vehicles = 0
    trailer: Vehicles = 0
    across: Vehicles = Field(description="how many stand in the carriageway")
    lane_moves: Vehicles = Field(description="how many of those must go until one lane is free; 0: one is")

    @property
    def vehicles(self) -> dict[str, int]:
        """How many of each type, those of which there are any."""
        return {name: count for name in VEHICLE_TYPES if (count := getattr(self, name))}


class OrderedStorage(Part):
    """A storage place as the schedule took it."""

    id: Text
    at: Position
    capacity: Vehicles | None = Field(None, description="vehicles that still fitted; absent where nobody said")
    hours: Text | None = None


class OrderedTruck(Part):
    """A truck of the schedule, and whose it is."""

    id: Text
    operator: Text
    kind: TruckKind
    storage: Text = Field(description="where it starts")
    hours: Text | None = None
    escort: bool = Field(default=False, description="whether it goes to a vehicle only with an escort")
    height_m: Metres = None
    width_m: Metres = None
    weight_t: Metres = None
    length_m: Metres = None


class OrderedMinutes(Part):
    """How long a type of vehicle takes."""

    vehicle: Vehicle
    hook_s: Seconds
    yard_s: Seconds


class OrderedTow(Part):
    """A tow of the schedule; seconds after its start."""

    id: Text
    stretch: Index = Field(description="its place in 'stretches', from 0")
    vehicle: Vehicle
    step: Index = Field(description="its place in 'steps', from 0")
    truck: Text
    to_storage: Text
    arrive_s: Seconds
    hooked_s: Seconds
    done_s: Seconds


class OrderedLeft(Part):
    """Vehicles of one type on a stretch that no truck of the schedule fetches."""

    stretch: Index
    vehicle: Vehicle
    step: Index
    number: int = Field(ge=1, le=MOST_TOWS)


class TowOrder(Kind):
    """A schedule of tow trucks that an office has ordered by a power that it has, whole. It names operators: never public."""

    about = About(
        role=Role.ADMINISTRATION,
        no_theme_because="it is a document: 'tow_progress' says in the picture how far it is, the Vehicles desk shows it",
    )

    kind: Literal["tow_order"] = "tow_order"
    order: Number
    by: Text = Field(description="the office that orders it")
    power: Text = Field(description="the law that it is ordered by")
    power_row: Name = Field(description="row of the jurisdiction file")
    is_read: bool = Field(default=False, description="whether the law's own text was read for that file")
    starts: StartTime
    steps: tuple[Text, ...] = Field(min_length=1, max_length=MOST_TOWS, description="wishes, the first first")
    stretches: tuple[OrderedStretch, ...] = Field(min_length=1, max_length=_MOST_STRETCHES)
    storage: tuple[OrderedStorage, ...] = Field(min_length=1, max_length=_MOST_PLACES)
    trucks: tuple[OrderedTruck, ...] = Field((), max_length=_MOST_TRUCKS)
    escorts: int | None = Field(None, ge=0, le=_MOST_TRUCKS, description="absent: nobody said, one for each truck")
    minutes: tuple[OrderedMinutes, ...] = Field((), max_length=len(VEHICLE_TYPES))
    tows: tuple[OrderedTow, ...] = Field(min_length=1, max_length=MOST_TOWS)
    left: tuple[OrderedLeft, ...] = Field((), max_length=MOST_TOWS)
    assumed: tuple[Prose, ...] = Field((), max_length=_MOST_STRETCHES, description="what no source tells")

    @model_validator(mode="after")
    def _fits_together(self) -> TowOrder:
        trucks, places = {one.id for one in self.trucks}, {one.id for one in self.storage}
        ids = [one.id for one in self.tows]
        if len(set(ids)) != len(ids):
            raise ValueError("two tows of this tow_order have one name; give each a name of its own")
        each: tuple[OrderedTow | OrderedLeft, ...] = (*self.tows, *self.left)
        for one in each:
            if one.stretch >= len(self.stretches) or one.step >= len(self.steps):
                raise ValueError("a tow of this tow_order is of a stretch or a step that it does not have; count them from 0")
        if lost := sorted({one.truck for one in self.tows} - trucks | {one.to_storage for one in self.tows} - places):
            raise ValueError(
                f"this tow_order names {listed(lost)} in its tows and does not list it; add it to 'trucks' or 'storage'"
            )
        return self

    def sentence(self, zone: ZoneInfo, /) -> str:
        """Who orders how many tows from when on, by which power."""
        return joined(
            f"{self.by} ordered {counted(len(self.tows), 'tow')} (tow order {self.order})",
            f"from {time_words(self.starts, zone)}",
            f"power: {self.power}",
        )

    def unfit(self, _places: Sequence[Place], release: str, /) -> str:
        """Firms that were named were threatened."""
        return "it cannot leave the room: it names tow operators" if release != "room" else ""


class TowProgress(Kind):
    """What became of one tow of an order, and how far the order is with it."""

    about = About(
        role=Role.STATE,
        theme=Theme.MEANS,
        subject=("order",),
        place_counts=False,
        briefing=Briefing.ACTIONS,
        comes_of_checks=True,
    )

    kind: Literal["tow_progress"] = "tow_progress"
    order: Number
    starts: StartTime = Field(description="when the order starts: its figures count from then")
    tow: Text | None = Field(None, description="its id in the order; absent: none yet, the tows were ordered")
    state: TowState = Field(
        "to_come",
        description="failed: it is tried again; gone: its driver drove it away; withdrawn: it stays, nobody tows it; to_come: "
        "what was said of it is taken back",
    )
    vehicle: Vehicle | None = None
    stretch: Text | None = None
    tows: int = Field(ge=1, le=MOST_TOWS, description="of the order, in all")
    done: Tows = Field(0, description="so far, this one among them")
    under_way: Tows = 0
    failed: Tows = 0
    gone: Tows = 0
    withdrawn: Tows = 0
    first_done: Time | None = Field(None, description="when the first of the order was done; absent: none is")
    note: Prose | None = None

    @model_validator(mode="after")
    def _adds_up(self) -> TowProgress:
        if sum((self.done, self.under_way, self.failed, self.gone, self.withdrawn)) > self.tows:
            raise ValueError(f"more became of tows than the {self.tows} that were ordered; count again")
        if (self.first_done is None) != (self.done == 0):
            raise ValueError(
                "a tow_progress has 'first_done' where tows are done; give it there, and leave it out where none is"
            )
        return self

    def sentence(self, _: ZoneInfo, /) -> str:
        """``tow order 1: T003 (car, Hill Street) done; 3 of 20 done, 1 under way``."""
        which = f"{self.tow} ({', '.join(part for part in (self.vehicle, self.stretch) if part)})" if self.tow else ""
        return joined(
            f"tow order {self.order}: {which} {STATE_WORDS[self.state]}" if which else f"tow order {self.order}: ordered",
            joined(
                f"{self.done} of {self.tows} done",
                self.under_way and f"{self.under_way} under way",
                self.failed and f"{self.failed} failed",
                self.gone and f"{self.gone} driven away",
                self.withdrawn and f"{self.withdrawn} withdrawn",
                by=", ",
            ),
            self.note,
        )


STATE_WORDS: dict[TowState, str] = {
    "to_come": "is to come again",
    "under_way": "under way",
    "done": "done",
    "failed": "failed",
    "gone": "driven away by its driver",
    "withdrawn": "withdrawn",
}
"""What became of a tow, behind its name."""
