"""What the Vehicles desk is asked, and what it alone answers."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, Field, StringConstraints

from clearway.picture.contract import Moment
from clearway.planning.vehicles.clearing.staircase import LIMIT_S
from clearway.planning.vehicles.contract import Cleared
from clearway.planning.vehicles.offer.contract import Offered
from clearway.planning.vehicles.offer.places import ParkingPlace
from clearway.planning.vehicles.tally import MOST_STRETCHES
from clearway.planning.vehicles.towing.contract import Towed
from clearway.planning.vehicles.towing.means import TowMeans
from clearway.record.entry import EntryId, Release
from clearway.record.kinds.ladder import Answer as StepAnswer
from clearway.record.kinds.ladder import Step
from clearway.record.kinds.tows import TowState
from clearway.record.parts import Text
from clearway.server.contract import Answer, StationCollection
from clearway.server.job_routes import Progress
from clearway.shapes import Exact, LineCoordinates

Office = Annotated[Text, StringConstraints(max_length=200)]
Words = Annotated[Text, StringConstraints(max_length=2000)]
Few = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Count = Annotated[int, Field(ge=0, le=100_000)]
_MOST_WISHES = 50


class StepQuestion(Exact):
    """A step of the ladder, or the answer to one."""

    id: EntryId | None = Field(None, description="made by the client before it first sends; sent again, it is written once")
    job: Words = Field(description="the stretch or the group of vehicles, always by the same words; never a person or a plate")
    step: Step
    by: Office = Field(description="the office that takes it, behind a comma its organisation")
    power: Words | None = Field(None, description="the law that it is taken by; every step from a ticket on needs one")
    power_row: Annotated[str, StringConstraints(max_length=64)] | None = Field(None, description="row of the jurisdiction file")
    answer: StepAnswer = "none_yet"
    moved: Annotated[str, StringConstraints(max_length=200)] | None = Field(None, description="how many went: '3', 'about 10'")
    because: Words | None = Field(None, description="the reason out of turn, or against the advice")
    expects: Words | None = Field(None, description="what is expected to happen")
    where: Words | None = Field(None, description="the stretch as a place: 'Hill Street between A and B'")
    happened: Annotated[str, StringConstraints(max_length=200)] | None = Field(
        None, description="when it was taken: '14:20', an ISO time; null: now"
    )
    release: Release = "room"

    def document(self, moment: str) -> dict[str, Any]:
        """The entry as people write it.

        Args:
            moment: When it was taken, where nobody said.
        """
        apart = {"id", "where", "happened", "release"}
        body = {"kind": "ladder_step"} | self.model_dump(exclude=apart, exclude_none=True)
        given = {"id": self.id} if self.id else {}
        place = {"place": self.where} if self.where else {}
        said = {"happened": self.happened or moment, "source": self.by, "release": self.release}
        return {"body": body, **said, **given, **place}


class StepWritten(Answer):
    """A step as it stands in the record."""

    entry: str
    says: str
    advice: str | None = Field(description="what the desk said when it was taken; null for the answer to a step")


class StretchGiven(Exact):
    """The vehicles on a stretch of street; null where nobody said."""

    stretch: Few = Field(description="'Hill Street between A and B', 'Hill Street', or the id of a way in its source")
    car: Count = 0
    van: Count = 0
    camper: Count = 0
    truck: Count = 0
    bus: Count = 0
    trailer: Count = 0
    across: Count | None = Field(None, description="how many stand in the carriageway; null: all, and that is assumed")
    lanes_left: Count | None = Field(None, description="lanes that a fire engine could still drive")
    lane_moves: Count | None = Field(None, description="how many of those across must go until a lane is free")
    assumed: bool = Field(False, description="whether nobody counted")  # noqa: FBT003 - pydantic's default


class StretchCounted(StretchGiven):
    """The newest tally of a stretch."""

    lines: list[LineCoordinates] = Field(description="the line of each of its ways")
    says: str
    entry: str | None = Field(description="its entry; null: of the server's file")
    counted: Moment | None = Field(description="when; null: nobody said")
    age_s: float | None
    speaker: str | None


class StretchesCounted(Answer):
    """What stands where, as far as somebody counted or assumed it. Streets without a tally are not in it."""

    stretches: list[StretchCounted] = Field(description="by name")
    vehicles: int
    across: int
    assumed: int = Field(description="how many of the stretches nobody counted")
    says: str
    notes: list[str] = Field(description="what was left out and why, and stretches that overlap")


class OnStretches(Exact):
    """A question about vehicles on stretches."""

    stretches: Annotated[list[StretchGiven], Field(min_length=1, max_length=MOST_STRETCHES)]


class StaircaseQuestion(OnStretches):
    """Which vehicles to move first: for help in time, two approaches, then bus routes and streets in this order."""

    routes: Annotated[list[Few], Field(max_length=_MOST_WISHES)] = Field([], description="bus routes of the server's timetable")
    streets: Annotated[list[Few], Field(max_length=_MOST_WISHES)] = Field([], description="streets, or parts of them")
    stations: StationCollection | None = Field(None, description="where help starts; null: the city's")
    limit_seconds: float = Field(LIMIT_S, ge=1, le=600, description="then as far as it got, with its bound")


class TowBoard(Exact):
    """A schedule that is being worked off, and what has become of its tows."""

    schedule: Towed
    states: dict[str, TowState] = Field(description="by the id of a tow; one that is not named is not done")


class TowAsked(OnStretches):
    """How trucks fetch them: least time, wish by wish."""

    staircase: Cleared | None = Field(None, description="the answer about the same stretches; null: one wish, all of them")
    towing: TowMeans | None = Field(None, description="null: the server's")
    starts: Annotated[str, StringConstraints(max_length=200)] | None = Field(None, description="'2022-02-16T08:00+13:00'")
    row: Few | None = Field(
        None, description="the power that it is ordered by: a row of the jurisdiction file; null: a question"
    )
    by: Office | None = Field(None, description="whose power it is; who orders")
    board: TowBoard | None = Field(None, description="then what is left of that schedule; 'starts' is the time it is now")
    limit_seconds: float = Field(10.0, ge=1, le=120)


class TakenUp(Exact):
    """How many had taken an offer up by a moment, as somebody said."""

    at: AwareDatetime
    low: Count
    high: Count | None = None


class OfferAsked(OnStretches):
    """Which vehicles could go where, and what the offer did so far."""

    places: Annotated[list[ParkingPlace], Field(min_length=1, max_length=40)] | None = Field(
        None, description="places to park; null: the server's"
    )
    at: AwareDatetime | None = Field(None, description="the moment asked about; null: hours are left aside")
    taken: Annotated[list[TakenUp], Field(max_length=200)] = Field([])
    document: dict[str, Any] | None = Field(
        None, description="a traffic management plan, as a plan file has it: its gates let vehicles out; null: the room's plans"
    )
    zone: str | None = Field(None, description="time zone of the plan and of hours, as Pacific/Auckland; null: the city's")
    gate_per_minute: float | None = Field(None, gt=0, le=60, description="vehicles that pass a gate in a minute; null: assumed")
    gate_rates: Annotated[dict[Few, Annotated[float, Field(gt=0, le=60)]], Field(max_length=200)] = Field(
        {}, description="the same of one gate, by its id"
    )


class TowPower(Answer):
    """A power to move vehicles."""

    row: str = Field(description="of the jurisdiction file")
    by: str = Field(description="whose power it is")
    instrument: str = Field(description="the law")
    when: str = Field(description="under which condition")
    is_read: bool = Field(description="whether the provision's own text was read")


class TowMeansKnown(Answer):
    """What there is to tow with, as the server was given it, and by which powers."""

    towing: TowMeans | None = Field(description="null: the server was given none")
    powers: list[TowPower]


TowPaper = Literal["tow-sheet.pdf", "notices.pdf", "tows.csv"]


class TowPapersAsked(Exact):
    """Papers of a schedule."""

    schedule: Towed
    call: Words | None = Field(None, description="whom drivers call, on the notices; null: a gap")


class StaircaseJob(Progress):
    """The work on a staircase."""

    answer: Cleared | None = Field(description="null if the caller has it already")


class OfferJob(Progress):
    """The work on an offer."""

    answer: Offered | None = Field(description="null if the caller has it already")


class TowJob(Progress):
    """The work on a schedule of tow trucks."""

    answer: Towed | None = Field(description="null if the caller has it already")
