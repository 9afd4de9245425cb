"""The contract of the routes about detours: the job that finds them (:mod:`clearway.planning.plan.detours.contract`)."""

from __future__ import annotations

from typing import Annotated

from pydantic import AwareDatetime, BeforeValidator, Field

from clearway.planning.plan.detours.contract import Detours
from clearway.planning.plan.detours.question import DetourQuestion
from clearway.server.contract import Answer
from clearway.server.desks.plan.models import ShutQuestion
from clearway.server.job_routes import Progress
from clearway.shapes import not_a_number


class DetoursQuestion(ShutQuestion, DetourQuestion):
    """A plan whose detours are asked for."""

    at: Annotated[AwareDatetime | None, BeforeValidator(not_a_number)] = Field(
        None, description="the moment that is asked about, with its zone; null: all that the plan shuts at any time"
    )


class DetoursAnswer(Answer):
    """The detours of a plan."""

    detours: Detours
    elapsed_ms: int


class DetoursJob(Progress):
    """The work on the detours of a plan."""

    answer: DetoursAnswer | None = Field(description="null if the caller has it already")
