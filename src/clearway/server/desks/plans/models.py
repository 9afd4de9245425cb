"""What is asked of plans, and answered."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, Field

from clearway.planning.plan.contract import Moment, PlanChecks, SavedVersion, StatedPlan
from clearway.planning.plan.gate_choice.contract import LIMIT_S, GateChoice, GateWishes
from clearway.planning.plan.handover.contract import HandoverAnswer, HandoverWishes
from clearway.planning.plan.march.contract import MarchAnswer
from clearway.planning.plan.stages.contract import StageName, StagePlan
from clearway.planning.plan.stages.means import Means
from clearway.planning.plan.stages.planning import LIMIT_S as LIMIT_S_OF_STAGE
from clearway.record.kinds.plans import MOST_BARRIERS, TrafficPlan
from clearway.record.parts import without_nul
from clearway.record.place import Place
from clearway.server.contract import Answer, StationCollection
from clearway.server.desks.plan.models import Document, PlanQuestion
from clearway.server.job_routes import Progress
from clearway.shapes import Exact, Spot

_MOST_POINTS = 500

Works = Annotated[
    dict[str, Any] | None,
    Field(description="GeoJSON of other works and events, with a name, a start and an end each; null: the server's"),
]
Office = Annotated[
    str,
    Field(max_length=200, description="the office, and behind a comma its organisation: 'commander, Police'"),
    AfterValidator(without_nul),
]
Sentence = Annotated[str, Field(max_length=2000), AfterValidator(without_nul)]


class PlanGiven(Exact):
    """A plan that need not be in the record."""

    document: Document


class CordonGiven(PlanGiven):
    """A plan without barriers, and the question whose cordon is to be its beginning."""

    question: PlanQuestion


class ChosenGiven(PlanGiven):
    """A plan without barriers, and what a person adds to what the record says."""

    pieces: dict[str, str] = Field({}, description="by street, as the record names it: the place at which its barrier stands")
    points: Annotated[tuple[Spot, ...], Field(max_length=_MOST_POINTS)] = Field(
        (), description="where barriers stand that the record does not name"
    )


class WhoQuestion(PlanGiven):
    """Who may pass the gates of a plan."""

    who: Annotated[str, Field(min_length=1, max_length=200)] = Field(description="'pedestrians', 'toilet trucks' ...")


class DiffQuestion(Exact):
    """Two plans, or two versions of one."""

    first: Document
    second: Document


class SaveQuestion(PlanGiven):
    """A plan to be saved as the next version of its name."""

    by: Office


class OnStreets(PlanGiven):
    """A plan on the streets of a city, with who helps there."""

    zone: str | None = Field(None, description="time zone of the operation, as Pacific/Auckland; null: the city's")
    stations: StationCollection | None = Field(None, description="null: the scenario's")


class ChecksQuestion(OnStreets):
    """A plan to be checked."""

    works: Works = None


class GateChoiceQuestion(OnStreets):
    """A plan whose gates are to be chosen."""

    wishes: GateWishes = Field(default_factory=GateWishes, description="what a gate needs, and what people put up with")
    at: Annotated[str, Field(max_length=200)] | None = Field(
        None, description="for which moment, as '2022-02-21T03:30+13:00' or '21 Feb 2022 03:30'; null: when most barriers stand"
    )
    limit_seconds: float = Field(LIMIT_S, ge=1, le=3600, description="then the best so far is answered, with its bound")


class StageAsked(PlanGiven):
    """A stage of a plan: barriers are to be set, shrunk to another plan's, or removed."""

    zone: str | None = Field(None, description="time zone of the operation, as Pacific/Auckland; null: the city's")
    stage: StageName = "set_up"
    to: Document | None = Field(None, description="of a stage that shrinks: the plan that is to stand")
    means: dict[str, Any] | None = Field(
        None, description="crews, trucks, forklifts, depots and kit, as `getMeans` answers them; null: the server's"
    )
    standing: Annotated[tuple[str, ...], Field(max_length=MOST_BARRIERS)] = Field(
        (), description="ids of barriers that stand already"
    )
    begins: Annotated[str, Field(max_length=200)] | None = Field(
        None, description="when it begins, as '2022-02-21T03:30+13:00'; null: as the plan's stage says"
    )
    done: Annotated[str, Field(max_length=200)] | None = Field(None, description="when all is to be done, instead")
    limit_seconds: float = Field(
        LIMIT_S_OF_STAGE, ge=1, le=3600, description="then the best so far is answered, with its bound"
    )
    changes: bool = Field(default=True, description="whether to ask which input decides the time")


class StageMeans(Answer):
    """What there is to work with, as the server was given it."""

    means: Means | None = Field(description="null: the server was given none")
    template: dict[str, Any] = Field(description="a file of means to be filled in; what is null is assumed")


class HandoverQuestion(OnStreets):
    """A plan for which places are to be chosen at which crews meet patients."""

    wishes: HandoverWishes = Field(default_factory=HandoverWishes, description="how far, and how many places")


class SeenQuestion(Exact):
    """Head or tail of a march that was seen."""

    place: Annotated[str, Field(min_length=1, max_length=200)] | Place = Field(
        description="'Hunter Street at Victoria Street', or a place as entries have it"
    )
    at: Annotated[str, Field(min_length=1, max_length=200)]
    tail: bool = Field(False, description="whether it is the tail")  # noqa: FBT003 - pydantic's default


class MarchQuestion(OnStreets):
    """A march of a plan."""

    march: Annotated[str, Field(min_length=1, max_length=200)] = Field(description="its id in the plan")
    delay_minutes: float = Field(0.0, ge=-1440, le=1440, description="by which it is late")
    delay_from: Annotated[str, Field(max_length=200)] | None = Field(None, description="from when on; null: from its start")
    seen: Annotated[tuple[SeenQuestion, ...], Field(max_length=50)] = Field((), description="where head or tail was reported")
    proof: bool = Field(
        True,  # noqa: FBT003 - pydantic's default
        description="whether the worst minute for help and the buses that wait are worked out; without, it takes a moment",
    )


class MarchSeen(Answer):
    """Head or tail of a march as the record says that it was seen."""

    march: str = Field(description="its id in the plan")
    place: Place
    where: str = Field(description="the place in words")
    at: Moment
    tail: bool


class AdoptQuestion(Exact):
    """The adoption of a version: it is checked first."""

    by: Office
    override: Sentence | None = Field(None, description="why it is adopted although checks fail")
    works: Works = None
    stations: StationCollection | None = Field(None, description="null: the scenario's")


class WithdrawQuestion(Exact):
    """The end of an adoption."""

    plan: Annotated[str, Field(max_length=2000)]
    version: int | None = Field(None, ge=1, description="refuse unless this version is the one in force")
    by: Office
    why: Sentence


class PlanVersion(Answer):
    """A version of a plan, whole."""

    saved: SavedVersion
    document: TrafficPlan


class PlanBegun(Answer):
    """The beginning of a plan."""

    document: TrafficPlan
    stated: StatedPlan | None = Field(description="what the record says of barriers; null where it was not asked")


class GatesChosen(Answer):
    """The gates of a plan."""

    choice: GateChoice
    document: TrafficPlan = Field(description="the plan with these gates")


class HandoverFound(Answer):
    """Where crews meet patients of a plan."""

    handover: HandoverAnswer
    document: TrafficPlan = Field(description="the plan with these points")


class HandoverJob(Progress):
    """The work on the handover points of a plan."""

    answer: HandoverFound | None = Field(description="null if the caller has it already")


class MarchRolled(Answer):
    """A march of a plan as it rolls."""

    march: MarchAnswer
    document: TrafficPlan = Field(description="the plan with its side streets held by barriers with times")


class MarchJob(Progress):
    """The work on a march."""

    answer: MarchRolled | None = Field(description="null if the caller has it already")


class GateChoiceJob(Progress):
    """The work on the gates of a plan."""

    answer: GatesChosen | None = Field(description="null if the caller has it already")


class ChecksJob(Progress):
    """The work on the checks of a plan."""

    answer: PlanChecks | None = Field(description="null if the caller has it already")


class StagesJob(Progress):
    """The work on a stage of a plan."""

    answer: StagePlan | None = Field(description="null if the caller has it already")
