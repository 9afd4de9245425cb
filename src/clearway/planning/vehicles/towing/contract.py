"""What is answered of towing: a schedule, and how sure it is. Times are whole seconds after the start."""

from __future__ import annotations

from typing import Literal

from pydantic import AwareDatetime, Field

from clearway.planning.vehicles.contract import ShutClaim
from clearway.shapes import Figure, Latitude, Longitude, Shape, WayIndex

Window = tuple[int, int]
TruckKind = Literal["light", "heavy"]
Why = Literal["no_truck", "no_way", "too_large", "no_window", "yard_full", "behind", "no_escort"]


class TowStorage(Shape):
    """A place to which vehicles are towed."""

    id: str
    lon: Longitude
    lat: Latitude
    way: WayIndex
    at_m: float = Field(ge=0, description="metres from the way's tail, where trucks drive in")
    capacity: int | None = Field(ge=0, description="vehicles that still fit; null: nobody said, and no limit is taken")
    windows: tuple[Window, ...] = Field(description="when it is open, seconds after the start")
    hours: str | None = Field(description="as they were written; null: nobody said, and day and night is taken")
    secure: bool | None
    release: str | None = Field(description="how an owner gets a vehicle back")
    tow_fee: float | None = Field(None, description="what an owner pays for the tow; null: nobody said")
    release_fee: float | None = Field(None, description="until the vehicle is given back")
    day_fee: float | None = Field(None, description="for each day of storage")
    currency: str = "NZD"
    over_cap: tuple[str, ...] = Field((), description="which of its fees is above which cap of the jurisdiction, in sentences")
    break_in: str | None = Field(None, description="what is done where a vehicle is broken into or damaged there")
    assumed: tuple[str, ...] = Field(description="its fields that no source tells")


class TowTruck(Shape):
    """A truck; it carries one vehicle at a time."""

    id: str
    operator: str | None = Field(description="for the room alone: never in what goes out")
    kind: TruckKind = Field(description="a heavy truck tows light vehicles too")
    size: int = Field(ge=0, description="its place in sizes")
    storage: str = Field(description="where it starts")
    windows: tuple[Window, ...] = Field(description="when it works")
    escort: bool = Field(description="whether it goes to a vehicle only with an escort")


class TowStretch(Shape):
    """A stretch from which vehicles are towed."""

    name: str
    ways: tuple[WayIndex, ...]
    lane_moves: int = Field(ge=0, description="vehicles to move until one can drive through; 0: one can already")
    vehicles: int = Field(ge=0, description="vehicles of it that are to be towed")
    assumed: bool = Field(default=False, description="whether its tally is assumed, not counted")


class TowApproach(Shape):
    """Where trucks of one size come to a stretch."""

    stretch: int = Field(ge=0)
    size: int = Field(ge=0)
    way: WayIndex
    at_m: float = Field(ge=0)
    after: tuple[int, ...] = Field(description="stretches that lie on the way there and must be passable first")
    in_s: tuple[int | None, ...] = Field(description="seconds from each storage place; null: no way leads")
    out_s: tuple[int | None, ...] = Field(description="seconds to each storage place")
    least_s: int = Field(description="seconds there and back at least, to whichever end, with no vehicle in the way anywhere")


class Tow(Shape):
    """One vehicle, fetched."""

    id: str
    stretch: int = Field(ge=0, description="its place in stretches")
    vehicle: str
    kind: TruckKind = Field(description="the truck that it needs at least")
    step: int = Field(ge=0, description="its place in steps")
    truck: str
    from_storage: str
    to_storage: str
    start_s: int = Field(ge=0, description="the truck leaves the storage place")
    arrive_s: int
    hooked_s: int
    at_yard_s: int
    done_s: int
    escort: int | None = Field(description="which escort is with it, from before it arrives until it leaves; null: none")


class NotTowed(Shape):
    """Vehicles that no truck fetches, and why."""

    stretch: int = Field(ge=0)
    vehicle: str
    step: int = Field(ge=0)
    number: int = Field(ge=1)
    why: Why
    says: str


class TowPrice(Shape):
    """What each vehicle of a type on a stretch is worth that is towed for a step, in the proof of a bound."""

    stretch: int = Field(ge=0)
    vehicle: str
    step: int = Field(ge=0)
    price: int = Field(ge=0)


class TowStep(Shape):
    """A wish, and when the last vehicle that it needs is away."""

    wish: str
    vehicles: int = Field(ge=0, description="vehicles of this step that are towed")
    left: int = Field(ge=0, description="vehicles of this step that nobody tows; the wish is met only where there are none")
    done_s: int | None = Field(description="null: nothing is towed for it")
    at_least_s: int = Field(
        ge=0, description="no schedule whose steps before end as soon has all of these, and those before, away sooner"
    )
    prices: tuple[TowPrice, ...] = Field(description="prove it; none: the rules of a count do")
    proven: bool = Field(description="done as soon as can be")
    gap: Figure = Field(description="(done - at least) / at least, 0 or more")


class WhatIf(Shape):
    """The same with other means."""

    label: str
    trucks: int
    done_s: tuple[int | None, ...] = Field(description="of each step; null: nothing is towed for it, or not all of it")
    at_least_s: tuple[int, ...]
    left: int = Field(ge=0, description="vehicles that nobody tows then")


class Order(Shape):
    """Who orders the tow, by which power."""

    basis: str
    by: str
    instrument: str
    is_read: bool = Field(description="whether the provision's own text was read by whoever wrote the table")


class Towed(Shape):
    """A schedule of trucks, checked."""

    network: str = Field(description="the digest of the network")
    starts: AwareDatetime | None = Field(description="null: nobody said when")
    sizes: tuple[tuple[float | None, ...] | None, ...] = Field(
        description="metres or tonnes, of each size of truck; null: as the class 'service'"
    )
    shut: tuple[ShutClaim, ...] = Field(description="barriers and gates as trucks find them, vehicles aside")
    escorts: int | None = Field(description="escorts there are; null: nobody said, one for each truck is taken")
    escort_move_s: int = Field(description="seconds that an escort needs from one vehicle to the next")
    hook_s: dict[str, int] = Field(description="seconds to hook up, by type of vehicle")
    yard_s: dict[str, int] = Field(description="seconds at the storage place")
    operators: tuple[str, ...] = Field(description="all that were asked; for the room alone: never in what goes out")
    storage: tuple[TowStorage, ...]
    trucks: tuple[TowTruck, ...]
    stretches: tuple[TowStretch, ...]
    approaches: tuple[TowApproach, ...]
    tows: tuple[Tow, ...]
    not_towed: tuple[NotTowed, ...]
    steps: tuple[TowStep, ...]
    what_if: tuple[WhatIf, ...]
    order: Order | None = Field(description="null: nobody has ordered it; it is a question, not an order")
    lacking: tuple[str, ...] = Field(description="what is lacking before a tow can start")
    assumed: tuple[str, ...]
    notes: tuple[str, ...]
    summary: tuple[str, ...]
