"""What is answered of an offer to park elsewhere."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from clearway.planning.vehicles.contract import ShutClaim
from clearway.shapes import Latitude, Longitude, Shape, WayIndex


class OfferedPlace(Shape):
    """A place to park."""

    id: str
    name: str
    lon: Longitude
    lat: Latitude
    way: WayIndex
    at_m: float = Field(ge=0, description="metres from the way's tail, where one drives in")
    room: int = Field(ge=0, description="vehicles that still fit at the moment asked about; 0 outside its time")
    per_minute: float = Field(gt=0, description="vehicles that drive in, a minute")
    tall: bool = Field(description="whether campers, trucks and buses get in")
    come_back: bool | None = Field(description="whether one may drive back, as the offer says; null: nobody said")
    shuts_s: int | None = Field(
        ge=0,
        description="seconds after the start from which on nobody drives in; null: not within a day, or nobody said when",
    )
    starts: datetime | None
    ends: datetime | None
    assumed: tuple[str, ...] = Field(description="its fields that no source tells")


class Leaver(Shape):
    """A stretch whose vehicles are asked to leave."""

    stretch: str
    ways: tuple[WayIndex, ...]
    way: WayIndex = Field(description="where the drives are taken to begin")
    at_m: float = Field(ge=0)
    vehicles: int = Field(ge=0, description="all that stand there")
    tall: int = Field(ge=0, description="of these, those that go only where height is not limited: campers, trucks, buses")
    price: float = Field(description="seconds that one more vehicle here would cost; with the other prices it proves the total")
    tall_price: float
    assumed: bool = Field(default=False, description="whether its tally is assumed, not counted")


class SentTo(Shape):
    """Vehicles of a stretch and the place that they are sent to."""

    stretch: int = Field(ge=0)
    place: int = Field(ge=0)
    vehicles: int = Field(ge=1)
    tall: bool
    drive_s: int = Field(ge=0, description="with the waits for gates to be opened, as if nobody else came")
    arcs: tuple[int, ...] = Field(
        description="that they drive, in order: twice the way's index, and one more where it is driven from its head"
    )
    gates: tuple[str, ...] = Field(description="through which they drive out, in order")
    comes_back: bool | None = Field(
        description="whether one may come back: true, the offer says so and the gates let in those who left; false, the offer "
        "says no or no gate lets them in; null, the gates do and nobody said whether one may"
    )
    streets: tuple[str, ...] = Field(description="that they drive along, in order")


class Drive(Shape):
    """The drive from a stretch to a place, whether or not anybody is sent there."""

    stretch: int = Field(ge=0)
    place: int = Field(ge=0)
    seconds: int | None = Field(description="null: no way leads out")
    back_seconds: int | None = Field(description="of the drive back as one who left; null: no gate lets them in again")


class GatePoint(Shape):
    """A point of a way at which a gate stands, and in which directions vehicles that leave pass it."""

    way: WayIndex
    at_m: float = Field(ge=0)
    along: bool
    against: bool


class LeavingGate(Shape):
    """A gate that lets vehicles out that leave, or a point that will be shut to them."""

    label: str
    points: tuple[GatePoint, ...]
    per_minute: float | None = Field(description="vehicles that it lets through, one after another; null: it stops nobody")
    wait_ms: int = Field(ge=0, description="until one is let through, where that is longer than until the next one's turn")
    shuts_s: int | None = Field(ge=0, description="seconds after the start from which on it lets nobody out; null: not known")


class Queue(Shape):
    """A gate, or the entrance of a place, through which vehicles come one after another."""

    at: str
    place: int | None = Field(description="the place whose entrance it is; null: a gate")
    per_minute: float | None = Field(description="null: nobody is stopped there, but it will be shut")
    vehicles: int = Field(description="that get through")
    longest: int = Field(ge=0, description="vehicles that stand in line there at most")
    late: int = Field(ge=0, description="vehicles that are not through when it is shut")
    last_s: int = Field(ge=0, description="seconds after the start until the last one is through; 0 where none is")


class DirectionSign(Shape):
    """A sign that shows the way where drivers turn."""

    lon: Longitude
    lat: Latitude
    at: str
    says: str


class Uptake(Shape):
    """How far an offer was taken up, and how long the streets take to empty at that rate."""

    says: str
    low: int = Field(ge=0, description="taken up, at least")
    high: int | None = Field(ge=0, description="at most; null: nobody can tell")
    per_hour_low: float | None
    per_hour_high: float | None
    empty_h_low: float | None = Field(description="hours until nobody is left, at the highest rate; null: never, or unknown")
    empty_h_high: float | None = Field(description="at the lowest")


class OfferAlert(Shape):
    """An offer that has ended, or ends soon, with vehicles on the place."""

    place: str
    ended: bool
    low: int
    high: int
    says: str
    next_steps: tuple[str, ...]


class Offered(Shape):
    """Which vehicles could go where."""

    network: str
    at: datetime | None
    vehicles: int
    sent: int
    left: int = Field(description="vehicles for which there is no room, or no way")
    late: int = Field(description="of those sent, vehicles that are not through a gate or an entrance when it is shut")
    total_s: int = Field(description="seconds of all drives together: the least there is for so many")
    places: tuple[OfferedPlace, ...]
    place_prices: tuple[float, ...] = Field(description="seconds that one more space at each place would save, as 0 or less")
    leavers: tuple[Leaver, ...]
    drives: tuple[Drive, ...]
    sends: tuple[SentTo, ...]
    queues: tuple[Queue, ...]
    empty_s: int | None = Field(description="seconds until the last of them has parked, if all go at once; null: none goes")
    signs: tuple[DirectionSign, ...]
    shut: tuple[ShutClaim, ...] = Field(description="what those who leave find shut, or wait for")
    shut_back: tuple[ShutClaim, ...] = Field(description="what those who left find shut when they drive back, or wait for")
    gates: tuple[LeavingGate, ...]
    uptake: Uptake
    alerts: tuple[OfferAlert, ...]
    assumed: tuple[str, ...]
    notes: tuple[str, ...]
    summary: tuple[str, ...]
