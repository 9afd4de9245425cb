"""Harm to those who live, work or learn there: of groups, never of a person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Self

from pydantic import Field, model_validator

from clearway.record.kind import About, Kind, Reported, Role, Theme
from clearway.record.parts import Amount, Name, Prose, Text
from clearway.words import vocabulary

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


class CommunityImpact(Kind):
    """Harm to those who live, work or learn there: what kind, where, reported by whom; never a profile of a person."""

    about = About(role=Role.EVENT, theme=Theme.HARM, reported=Reported(where="site", loosely=True))

    kind: Literal["community_impact"] = "community_impact"
    impact: Name = Field(description="intimidation, noise, access, trade, schooling, transport, health ...")
    summary: Prose
    on: Text | None = Field(None, description="on which group: residents, pupils, shops ...")
    amount: Amount | None = None

    @model_validator(mode="after")
    def _of_a_group(self) -> Self:
        if self.on is not None and self.on.startswith(("Mr ", "Mrs ", "Ms ", "Dr ")):
            raise ValueError("an impact is recorded for a group, never for a person by name")
        return self

    def sentence(self, _: ZoneInfo, /) -> str:
        """What kind of harm to whom, in words."""
        return f"{vocabulary(self.impact)}{f' of {self.on}' if self.on else ''}: {self.summary}"
