"""The contract of the routes about traffic: the jobs that make an impact (:mod:`clearway.planning.traffic.impact.contract`)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from clearway.planning.traffic.impact.contract import Impact, VariantImpact
from clearway.server.contract import Answer
from clearway.server.desks.plan.models import PlanQuestion
from clearway.server.job_routes import Progress
from clearway.shapes import Exact, Position

MOST_DRAWS = 200
MOST_VARIANTS = 400


class ImpactQuestion(Exact):
    """A plan whose traffic is asked for."""

    plan: PlanQuestion
    hour: Annotated[int, Field(ge=0, le=23)] = Field(8, description="hour of a working day in which it begins")
    draws: Annotated[int, Field(ge=0, le=MOST_DRAWS)] = Field(20, description="draws of the demand, which show how sure it is")


class ImpactAnswer(Answer):
    """The traffic of a plan, and where to draw it."""

    hour: int
    impact: Impact
    barriers: int = Field(description="of the plan")
    burden_vehicle_hours: float | None = Field(description="traffic, trips cut off and buses in one figure, by stated weights")
    lines: list[list[Position]] = Field(
        description="the line of each of impact.ways; empty where it changes too little to draw"
    )
    elapsed_ms: int


class VariantsQuestion(Exact):
    """A plan whose cordon might be placed otherwise."""

    plan: PlanQuestion
    hour: Annotated[int, Field(ge=0, le=23)] = Field(8, description="hour of a working day in which it begins")
    count: Annotated[int, Field(ge=1, le=MOST_VARIANTS)] = Field(60, description="how many cordons to compare at most")


class VariantsAnswer(Answer):
    """Cordons round one site, the smallest burden first."""

    hour: int
    burden: str = Field(description="what the burden adds up, in a sentence")
    statement: str = Field(description="where the trips come from; show it beside every figure")
    variants: tuple[VariantImpact, ...]


class ImpactJob(Progress):
    """The work on an impact."""

    answer: ImpactAnswer | None = Field(description="the last answer; null if the caller has it already")


class VariantsJob(Progress):
    """The work on variants."""

    answer: VariantsAnswer | None = Field(description="null if the caller has it already")
