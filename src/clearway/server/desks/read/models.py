"""The contract of the Read desk's routes; readings are of ``clearway.intake.contract``. Times are UTC."""

from __future__ import annotations

from pydantic import Field

from clearway.picture.contract import Moment
from clearway.server.contract import Answer


class ReportSummary(Answer):
    """A report that came in, and how many of its drafts are decided."""

    id: str
    title: str
    name: str = Field(description="name of the file, mail or feed entry")
    publisher: str | None
    published: Moment
    published_known: bool = Field(description="false: nothing says when; the time of reading is assumed")
    came_in: Moment
    drafts: int = Field(description="how many drafts it gave")
    entered: int
    dropped: int
    text_deleted: Moment | None = Field(None, description="when its text was deleted; null: it is there")


class RefusedReport(Answer):
    """What lies in the watched folder and is not read."""

    name: str
    why: str = Field(description="the reason, and what to do")


class ReportList(Answer):
    """The reports of an operation."""

    reports: list[ReportSummary]
    inbox: str | None = Field(description="the folder that is watched; null where none is")
    refused: list[RefusedReport] = Field(description="what lies in that folder and could not be read, by name")
