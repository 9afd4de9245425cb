"""The contract of the routes about buses: the job that re-routes them (:mod:`clearway.planning.plan.buses.contract`)."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from clearway.planning.plan.buses.contract import BusChanges
from clearway.server.contract import Answer
from clearway.server.desks.plan.models import ShutQuestion
from clearway.server.job_routes import Progress


class BusQuestion(ShutQuestion):
    """A plan whose buses are asked for."""

    day: date | None = Field(
        None,
        description="the service day; null: the day of the closures with most trips, where they have hours, else the busiest",
    )


class BusAnswer(Answer):
    """The buses of a plan, by route for the operator and by stop for riders."""

    changes: BusChanges
    elapsed_ms: int


class BusJob(Progress):
    """The work on the buses of a plan."""

    answer: BusAnswer | None = Field(description="null if the caller has it already")
