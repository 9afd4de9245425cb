"""What left the room: that a situation report was issued."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field

from clearway.record.kind import About, Kind, Role
from clearway.record.kinds.intake import Mark
from clearway.record.parts import StartTime, Text, Time
from clearway.words import joined, time_words

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


Form = Literal["text", "html", "pdf", "json"]


class SitrepIssued(Kind):
    """A situation report left the room: its number, what it was about, and the digest of what was printed."""

    about = About(
        role=Role.ADMINISTRATION,
        no_theme_because="it says nothing of the operation; the next situation report names it, and says what changed since",
    )

    kind: Literal["sitrep_issued"] = "sitrep_issued"
    number: int = Field(ge=1, le=99_999)
    at: Time = Field(description="the moment that it is about")
    since: StartTime = Field(description="from when it tells what changed")
    sha256: Mark = Field(description="SHA-256 of the file as it was printed")
    form: Form
    author: Text | None = None
    approver: Text | None = None
    distribution: tuple[Text, ...] = Field((), max_length=50, description="who gets it")
    next_due: Time | None = Field(None, description="when the next one is due")

    def sentence(self, zone: ZoneInfo, /) -> str:
        """Its number, what it is about, who wrote and who approved it."""
        return joined(
            f"situation report {self.number} issued, about {time_words(self.at, zone)}",
            self.author and f"by {self.author}",
            self.approver and f"approved by {self.approver}",
        )
