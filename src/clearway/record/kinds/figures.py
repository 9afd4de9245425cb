"""How many there are, and how many came or went."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field

from clearway.record.kind import About, Kind, Reported, Role, Theme
from clearway.record.parts import Amount, Name, Text, amount_words
from clearway.words import vocabulary

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


class Count(Kind):
    """How many of something there are, at a moment or over a span."""

    about = About(
        role=Role.COUNT,
        no_theme_because="figures stand before all themes, each with its speakers, its clashes and its plot",
        subject=("what", "group"),
        form_rank=20,
        reported=Reported(where="site", once_a_day=True, explains_figures=True),
    )

    kind: Literal["count"] = "count"
    what: Name = Field(description="what is counted: people, vehicles, tents, groups, officers ...")
    amount: Amount
    group: Text | None = Field(None, description="of which group, where only a part was counted; never a person")

    def sentence(self, _: ZoneInfo, /) -> str:
        """How many of what."""
        return f"{amount_words(self.amount)} {vocabulary(self.what)}{f' ({self.group})' if self.group else ''}"


class Flow(Kind):
    """How many came or went over a span."""

    about = About(
        role=Role.FLOW,
        theme=Theme.MOVEMENTS,
        subject=("what", "direction"),
        form_rank=40,
        reported=Reported(where="site", over_when_reported=True, once_a_day=True, explains_figures=True),
    )

    kind: Literal["flow"] = "flow"
    what: Name
    direction: Literal["arrived", "left"]
    amount: Amount

    def sentence(self, _: ZoneInfo, /) -> str:
        """How many of what came or went."""
        return f"{vocabulary(self.what)} {self.direction}: {amount_words(self.amount)}"
