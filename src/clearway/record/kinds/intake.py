"""What came in and what became of it: whole reports, and drafts from them that a person dropped."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from clearway.record.parts import Name, Part, Text, without_nul

Words = Annotated[str, StringConstraints(min_length=1, max_length=300_000), AfterValidator(without_nul)]
"""A report in full, to the character: entries point into it."""


class Report(Part):
    """A report as it came in, kept whole, so that every entry from it can be read again in its own words."""

    kind: Literal["report"] = "report"
    title: Text
    text: Words = Field(description="the words, unchanged; spans of entries count its characters")
    proposed: int = Field(0, ge=0, description="how many drafts it gave when it came in")


class DroppedDraft(Part):
    """A draft from a report that a person decided not to enter; that it was seen stays on the record."""

    kind: Literal["dropped_draft"] = "dropped_draft"
    report: Text = Field(description="id of the report's entry")
    draft: Text = Field(description="id of the draft")
    proposed: Name = Field(description="the kind that was proposed")
    why: Text | None = None
