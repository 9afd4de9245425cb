"""What the law is used for: powers and the instrument they rest on, enforcement with its running total, seizures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field

from clearway.record.kind import About, Briefing, Kind, Reported, Role, Theme
from clearway.record.parts import Amount, Ends, Name, Starts, Text, amount_words, lasting_words
from clearway.words import joined, vocabulary

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_COUNTED = Reported(where="site", over_when_reported=True, explains_figures=True, loosely=True)


class Power(Kind):
    """A power that an office has or uses, the instrument that it rests on, and how long it lasts."""

    about = About(
        role=Role.STATE,
        theme=Theme.DECISIONS,
        briefing=Briefing.LIMITS,
        subject=("power", "by"),
        state_field="state",
        is_belief=True,
        reported=Reported(where="never", loosely=True),
    )

    kind: Literal["power"] = "power"
    power: Text = Field(description="to do what: to close a road, to move people on ...")
    by: Text = Field(description="whose power")
    instrument: Text | None = Field(None, description="an act and its section, a by-law, an order; absent where nobody said")
    state: Literal["asked_for", "in_force", "used", "lapsed", "refused"] = "in_force"
    starts: Starts = None
    ends: Ends = None

    def sentence(self, zone: ZoneInfo, /) -> str:
        """Whose power to do what, by which instrument, for how long."""
        return joined(
            f"power of {self.by} {self.power}: {vocabulary(self.state)}",
            f"by {self.instrument}" if self.instrument else "by which instrument nobody has said",
            lasting_words(self.starts, self.ends, zone),
        )


class EnforcementAction(Kind):
    """What was enforced, how often, and the running total: tickets, notices, directions to leave. Never against whom."""

    about = About(
        role=Role.EVENT, theme=Theme.INCIDENTS, briefing=Briefing.ACTIONS, is_belief=True, reported=_COUNTED
    )  # fmt: skip

    kind: Literal["enforcement_action"] = "enforcement_action"
    action: Name = Field(description="tickets, trespass_notices, tows, directions ...")
    by: Text | None = None
    amount: Amount | None = Field(None, description="this time")
    total: Amount | None = Field(None, description="since the operation began, as it was said")
    ground: Text | None = Field(None, description="for what")

    def sentence(self, _: ZoneInfo, /) -> str:
        """What was enforced by whom, how often, in all, for what."""
        return joined(
            joined(vocabulary(self.action), self.by and f"by {self.by}", by=" "),
            self.amount and amount_words(self.amount),
            self.total and f"{amount_words(self.total)} in all",
            self.ground and f"for {self.ground}",
        )


class Seizure(Kind):
    """Things that were taken away from a group: tents, fuel, structures. Never from whom."""

    about = About(role=Role.EVENT, theme=Theme.INCIDENTS, briefing=Briefing.ACTIONS, is_belief=True, reported=_COUNTED)

    kind: Literal["seizure"] = "seizure"
    what: Text
    by: Text | None = None
    amount: Amount | None = None
    ground: Text | None = Field(None, description="why, or under which power")

    def sentence(self, _: ZoneInfo, /) -> str:
        """What was seized by whom, how much, why."""
        seized = joined(self.amount and amount_words(self.amount), self.what, "seized", self.by and f"by {self.by}", by=" ")
        return joined(seized, self.ground)
