"""What happened: incidents, arrests, injuries. Counts of people, never who."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field

from clearway.record.kind import About, Briefing, Kind, Mark, Methane, Reported, Role, Theme
from clearway.record.parts import Amount, Name, Prose, Text, amount_words
from clearway.words import joined, vocabulary

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_COUNTED = Reported(where="site", over_when_reported=True, once_a_day=True, explains_figures=True)


class Incident(Kind):
    """Something that happened: a stand-off, a fire, a vehicle driven at a line."""

    about = About(
        role=Role.EVENT,
        theme=Theme.INCIDENTS,
        is_belief=True,
        mark=Mark(letter="!", means="incident, the last two days", sign="incident", days=2, on_sketch=True),
        methane=Methane.HAZARDS,
        form_rank=10,
        reported=Reported(where="site", over_when_reported=True, loosely=True),
    )

    kind: Literal["incident"] = "incident"
    nature: Name = Field(description="stand_off, assault, fire, fireworks, vehicle, crowd_surge, noise, other ...")
    summary: Prose
    severity: Literal["minor", "serious", "major"] | None = None
    over: bool | None = Field(None, description="whether it is over; null where nobody said")

    def sentence(self, _: ZoneInfo, /) -> str:
        """What it was, in short and in words."""
        return f"{vocabulary(self.nature)}: {self.summary}"


class Arrests(Kind):
    """Arrests, as a count; never who."""

    about = About(
        role=Role.EVENT, theme=Theme.INCIDENTS, is_belief=True, form_rank=80, reported=_COUNTED, briefing=Briefing.ACTIONS
    )

    kind: Literal["arrests"] = "arrests"
    amount: Amount
    ground: Text | None = Field(None, description="for what")
    total: bool = Field(default=False, description="whether it is the total since the operation began")

    def sentence(self, _: ZoneInfo, /) -> str:
        """How many, and for what."""
        in_all = " in all" if self.total else ""
        return joined(f"{amount_words(self.amount)} arrested{in_all}", self.ground and f"for {self.ground}", by=" ")


class Injuries(Kind):
    """Injuries, as a count; never who."""

    about = About(
        role=Role.EVENT,
        theme=Theme.INCIDENTS,
        is_belief=True,
        mark=Mark(letter="I", means="injured people, the last two days", days=2),
        methane=Methane.CASUALTIES,
        form_rank=90,
        reported=_COUNTED,
    )

    kind: Literal["injuries"] = "injuries"
    amount: Amount
    of: Name = Field("people", description="of whom: officers, protesters, public, people")
    cause: Text | None = None
    total: bool = False

    def sentence(self, _: ZoneInfo, /) -> str:
        """How many of whom, and by what."""
        in_all = " in all" if self.total else ""
        return joined(f"{amount_words(self.amount)} {vocabulary(self.of)} injured{in_all}", self.cause, by=": ")
