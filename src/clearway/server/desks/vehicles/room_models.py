"""What the Vehicles desk is asked and answers of one operation: means, tows that were ordered, tables, the owner's look-up."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from clearway.picture.contract import Moment
from clearway.planning.vehicles.towing.contract import Towed
from clearway.record.entry import EntryId
from clearway.record.kinds.tows import TowState
from clearway.server.contract import Answer
from clearway.server.desks.vehicles.models import Office, StretchCounted, TowAsked, TowPower, Words
from clearway.shapes import Exact, Latitude, LineCoordinates, Longitude

Few = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class MeansPlace(Answer):
    """A place to park or to store vehicles."""

    what: Literal["parking", "storage"]
    name: str
    lon: Longitude
    lat: Latitude
    capacity: int | None = Field(description="vehicles; null: nobody said")
    open: bool | None = Field(description="whether it is open at the moment shown; null: nobody said when it is")
    of: Literal["record", "file"] = Field(description="who says so: the record, or the server's file alone")
    assumed: list[str] = Field(description="its fields that no source tells; lon and lat: where it lies")
    says: str = Field(description="all of it in a sentence, with 'assumed' behind what is")
    over_cap: list[str] = Field(description="which of its fees is above which cap of the jurisdiction, in sentences")


class MeansOperator(Answer):
    """What a tow operator answered, without its name and its own words."""

    label: str = Field(description="what it is called where its name is left out")
    light: int | None = Field(description="light trucks that it sends; null: nobody said")
    heavy: int | None
    of: Literal["record", "file"]
    says: str


class VehicleMeans(Answer):
    """What there is to move vehicles with at a moment: of the record, and of the server's file where that says nothing."""

    places: list[MeansPlace]
    operators: list[MeansOperator]
    powers: list[TowPower]
    notes: list[str] = Field(description="what it rests on, and where record and file both speak; for the room alone")


class PlaceWay(Answer):
    """The quickest drive from a stretch to a place, with no barrier in the way."""

    what: Literal["parking", "storage"]
    name: str
    seconds: int
    streets: list[str] = Field(description="in order, at most those that a driver remembers")
    line: LineCoordinates


class TowOrdered(Exact):
    """A schedule that an office orders."""

    id: EntryId = Field(description="made by the client before it first sends; sent again, it is written once")
    question: TowAsked = Field(description="as it was asked, with 'row' and 'by'")
    schedule: Towed = Field(description="the answer to it")
    source: Office = Field(description="who writes it: the office, behind a comma its organisation")


class TowSaid(Exact):
    """What became of a tow."""

    id: EntryId = Field(description="made by the client before it first sends; sent again, it is written once")
    tow: Few = Field(description="its id in the order")
    state: TowState
    source: Office = Field(description="who says so: the office, behind a comma its organisation")
    note: Words | None = None


class OperatorWithdrew(Exact):
    """That an operator of an order sends its trucks no more."""

    id: EntryId = Field(description="made by the client before it first sends; sent again, it is written once")
    operator: Few = Field(description="its name in the order, or the id of one of its trucks")
    reason: Literal["safety", "reputation", "sympathy", "no_equipment", "other"] | None = Field(
        None, description="null: nobody said why"
    )
    source: Office = Field(description="who says so: the office, behind a comma its organisation")


class TowShown(Answer):
    """A tow of an order with the latest word on it."""

    id: str
    vehicle: str
    stretch: str
    truck: str
    to_storage: str
    step: int = Field(description="its place in steps")
    arrives: Moment = Field(description="as it was planned")
    done: Moment = Field(description="as it was planned")
    state: TowState
    entry: str | None = Field(description="the entry that says so; null: nobody said anything of it")
    at: Moment | None
    note: str | None


class OrderOperator(Answer):
    """An operator of an order; for the room alone."""

    name: str
    trucks: list[str]
    withdrew: Moment | None = Field(description="null: it has not")


class TowOrderShown(Answer):
    """An order with what became of its tows."""

    order: int
    entry: str
    by: str
    power: str
    starts: Moment
    done: Moment = Field(description="when the last of its tows is done, as it was planned")
    steps: list[str]
    tows: list[TowShown]
    left: int = Field(description="vehicles that no truck of the schedule fetches")
    operators: list[OrderOperator]
    says: str = Field(description="how far it is")
    told: list[str] = Field(description="who withdrew, and what goes back")
    is_over: bool = Field(description="nothing is left to do")
    assumed: list[str]


class TowOrders(Answer):
    """Every order, the newest first."""

    orders: list[TowOrderShown]


class EntryWritten(Answer):
    """An entry as it stands in the record."""

    entry: str
    says: str


class VehicleSought(Exact):
    """A vehicle that its owner looks for."""

    plate: Few = Field(description="the whole number plate")
    stood: Few = Field(description="the street where it stood")


class VehicleFound(Answer):
    """Where a vehicle is, and how its owner gets it back."""

    says: list[str]


class TableGiven(Exact):
    """Tallies as a CSV file."""

    text: Annotated[str, Field(min_length=1, max_length=1_000_000)] = Field(description="the file, as it is")
    source: Office | None = Field(None, description="who counted: the office, behind a comma its organisation")
    counted: Few | None = Field(None, description="when: '14:20', an ISO time; null: now")
    method: Literal["walk_through", "drone", "phone", "estimate"] | None = None


class TableFault(Answer):
    """A line of a table that cannot be right."""

    line: int | None = Field(description="from 1, the head included; null: the whole file")
    says: str


class TableRead(Answer):
    """Tallies of a file: as they would be written, or what is wrong with which line; then nothing is written."""

    stretches: list[StretchCounted]
    faults: list[TableFault]
    says: str


class TableWritten(Answer):
    """Tallies that were written."""

    written: int
    known: int = Field(description="that were there already")
    says: str
