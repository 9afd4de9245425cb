"""How many there are, and how many came or went."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field

from clearway.record.kind import About, Kind, Mark, Reported, Role, Theme
from clearway.record.parts import Amount, Name, Prose, Text, amount_words
from clearway.words import joined, vocabulary

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


FigureKind = Literal["population", "tally", "list"]
"""What may be made of a figure. A population is there at a moment and can be estimated between two counts; a tally is the total
of what happened and never falls; a list is as long as somebody says, and nothing follows from it."""

_POPULATIONS = frozenset({
    "people", "protesters", "supporters", "children", "officers", "police_officers", "guards", "staff", "volunteers",
    "vehicles", "cars", "vans", "trucks", "buses", "campervans", "motorcycles", "trailers", "tractors", "police_vehicles",
    "bicycles", "horses", "tents", "gazebos", "structures", "toilets",
})  # fmt: skip
_TALLIES = frozenset({
    "arrests", "charges", "tows", "vehicles_towed", "towed_vehicles", "vehicles_removed", "tickets", "infringements", "fines",
    "trespass_notices", "warnings", "injuries", "injured", "casualties", "deaths", "assaults", "cases", "signatures",
    "complaints", "calls", "emergency_calls", "seizures", "transported", "treated",
})  # fmt: skip


CASUALTIES = frozenset({"injuries", "injured", "casualties", "deaths", "transported", "treated"})
"""Figures of people who were hurt."""


def figure_kind(what: str) -> FigureKind:
    """What may be made of a figure, by what is counted; of what is not listed here, nothing.

    >>> figure_kind("people"), figure_kind("arrests"), figure_kind("districts")
    ('population', 'tally', 'list')
    """
    return "population" if what in _POPULATIONS else "tally" if what in _TALLIES else "list"


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

    def called(self, field: str) -> str:
        """Its amount is that of what is counted."""
        return vocabulary(self.what if field == "amount" else field)


class Flow(Kind):
    """How many came or went over a span, or that there are more or fewer than before."""

    about = About(
        role=Role.FLOW,
        theme=Theme.MOVEMENTS,
        subject=("what", "direction"),
        mark=Mark(letter="M", means="came or went, the last day", days=1),
        form_rank=40,
        reported=Reported(where="site", over_when_reported=True, once_a_day=True, explains_figures=True),
    )

    kind: Literal["flow"] = "flow"
    what: Name
    direction: Literal["arrived", "left", "grew", "shrank"] = Field(
        description="grew, shrank: there were more or fewer than before, whoever came and went"
    )
    amount: Amount | None = Field(None, description="absent where no number was said: a sign of the direction alone")
    note: Prose | None = Field(None, description="what goes with it, such as since when or after what")

    def sentence(self, _: ZoneInfo, /) -> str:
        """What came, went, grew or shrank, by how many."""
        return joined(
            f"{vocabulary(self.what)} {self.direction}",
            joined(self.amount and amount_words(self.amount), self.note),
            by=": ",
        )

    def called(self, field: str) -> str:
        """Its amount is what came or went: "cars left"."""
        return vocabulary(f"{self.what} {self.direction}" if field == "amount" else field)
