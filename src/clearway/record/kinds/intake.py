"""What came in and what became of it: whole reports, and drafts from them that a person dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from clearway.record.kind import About, Kind, Role
from clearway.record.parts import Name, Text, without_nul
from clearway.words import vocabulary

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

Words = Annotated[str, StringConstraints(min_length=1, max_length=300_000), AfterValidator(without_nul)]
"""A report in full, to the character: entries point into it."""

Mark = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""A SHA-256."""


class Report(Kind):
    """A report as it came in, whole until its text is deleted: every entry from it can be read again in its own words."""

    about = About(
        role=Role.ADMINISTRATION, no_theme_because="a report is where entries come from; the Read desk shows it whole"
    )

    kind: Literal["report"] = "report"
    title: Text
    text: Words | None = Field(
        None, description="the words, unchanged, where they are part of the entry, as they were before texts could be deleted"
    )
    text_sha256: Mark | None = Field(
        None, description="SHA-256 of the words in UTF-8; they lie beside the entries. Spans of entries count their characters"
    )
    proposed: int = Field(0, ge=0, description="how many drafts it gave when it came in")

    @model_validator(mode="after")
    def _has_a_text(self) -> Self:
        if (self.text is None) == (self.text_sha256 is None):
            raise ValueError("a report has either 'text' or 'text_sha256'")
        return self

    def sentence(self, _: ZoneInfo, /) -> str:
        """Its title."""
        return f"report: {self.title}"


class DroppedDraft(Kind):
    """A draft from a report that a person decided not to enter; that it was seen stays on the record."""

    about = About(
        role=Role.ADMINISTRATION, no_theme_because="it says nothing of the operation; the Read desk shows it with its report"
    )

    kind: Literal["dropped_draft"] = "dropped_draft"
    report: Text = Field(description="id of the report's entry")
    draft: Text = Field(description="id of the draft")
    proposed: Name = Field(description="the kind that was proposed")
    why: Text | None = None

    def sentence(self, _: ZoneInfo, /) -> str:
        """The kind that was proposed, and why not."""
        return f"draft dropped: {vocabulary(self.proposed)}{f' ({self.why})' if self.why else ''}"
