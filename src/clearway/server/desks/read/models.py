"""The contract of the Read desk's routes; readings are of ``clearway.intake.contract``. Times are UTC."""

from __future__ import annotations

from pydantic import Field

from clearway.picture.contract import Moment
from clearway.server.contract import Answer


class ReportSummary(Answer):
    """A report that came in, and how far its drafts were worked through."""

    id: str
    title: str
    name: str = Field(description="what the file, mail or entry of a feed was called")
    publisher: str | None
    published: Moment
    came_in: Moment
    drafts: int = Field(description="how many it gave")
    entered: int
    dropped: int


class RefusedReport(Answer):
    """What came in and could not be read."""

    name: str
    why: str


class ReportList(Answer):
    """The reports of an operation."""

    reports: list[ReportSummary]
    inbox: str | None = Field(description="the folder that is watched; null where none is")
    refused: list[RefusedReport] = Field(description="what lay in that folder and could not be read, the latest last")
