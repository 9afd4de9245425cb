"""The contract of the routes about the papers of a plan."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from clearway.publish.plan.shape import Paper
from clearway.server.contract import Answer
from clearway.server.desks.plans.models import ChecksQuestion
from clearway.server.job_routes import Progress


class PapersQuestion(ChecksQuestion):
    """A plan whose papers are asked for, with what was found of it before."""

    stages: Annotated[tuple[dict[str, Any], ...], Field(max_length=5)] = Field(
        (), description="who places which barrier when: answers about stages of this very plan"
    )
    marches: Annotated[tuple[dict[str, Any], ...], Field(max_length=20)] = Field(
        (), description="what marches shut when: answers about marches of this very plan; the others are worked out"
    )


class PaperPage(Answer):
    """One of the papers, to be looked at."""

    paper: Paper
    title: str
    gaps: int = Field(description="how many gaps it marks")
    page: str = Field(description="an HTML page that needs nothing else")


class PapersAnswer(Answer):
    """The papers of a plan, to be looked at; each form of them is downloaded by the key."""

    key: str = Field(description="for the address of a download; what is not asked for any more is forgotten")
    gaps: int = Field(description="how many gaps all of them mark")
    papers: tuple[PaperPage, ...]
    unplaced: tuple[str, ...] = Field(description="names of what has no known spot: GPX leaves it out")


class PapersJob(Progress):
    """The work on the papers of a plan."""

    answer: PapersAnswer | None = Field(description="null if the caller has it already")
