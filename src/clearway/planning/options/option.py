"""What an option is: things done, and what only people can say of it. Figures are never among them: desks compute those.

Staff and money are entered with their source. How many vehicles leave by themselves, how soon it takes effect where no desk
computes it, and how likely it makes violence are judgements: a range, whose it is, and what changes if it is wrong.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from clearway.record.parts import LongText, Name, Text, Time
from clearway.shapes import Exact

Verdict = Literal["yes", "no", "unknown"]
Rung = Literal["wait", "talk", "offer", "notice", "barriers", "tow", "cut_off"]
LADDER: tuple[Rung, ...] = ("wait", "talk", "offer", "notice", "barriers", "tow", "cut_off")
"""From the least restrictive to the most: it leaves people free, tells them, shuts streets, takes vehicles, denies food."""
RightsPoint = Literal[
    "legal_basis", "necessity", "proportion", "least_restrictive", "precaution", "equal_treatment", "dialogue", "observers",
    "accountability",
]  # fmt: skip
RIGHTS: dict[RightsPoint, str] = {
    "legal_basis": "A law that people can read allows it.",
    "necessity": "Its aim is lawful, and cannot be reached without it.",
    "proportion": "What it wins outweighs what it costs those it meets, and it meets as few as can be.",
    "least_restrictive": "Nothing milder would do, and what is milder was tried or is ruled out with a reason.",
    "precaution": "It is planned so that nobody needs to use force, and children and the sick were thought of.",
    "equal_treatment": "It treats people alike, whatever they stand for.",
    "dialogue": "Talks can go on, and those it meets hear of it in advance.",
    "observers": "Press, observers and medics can do their work.",
    "accountability": "It is clear who orders it, it is written down, and those it meets can complain.",
}
"""Points after the model protocol on peaceful protests (A/HRC/55/60, 2024), in our own words."""


class Wait(Exact):
    """Nothing is done for now."""

    do: Literal["wait"]
    until: Text | None = Field(None, description="until when, or until what")


class Talk(Exact):
    """Somebody speaks with a group."""

    do: Literal["talk"]
    to: Text
    about: Text


class OfferMade(Exact):
    """Something is offered."""

    do: Literal["offer"]
    what: Text
    to: Text | None = None


class NoticeGiven(Exact):
    """People are told something."""

    do: Literal["notice"]
    text: LongText
    to: Text | None = None


class Barriers(Exact):
    """The barriers of a plan are set up."""

    do: Literal["barriers"]
    plan: Text = Field(description="a plan of the record by its name, or a file beside the option's")
    means: Text | None = Field(None, description="a file of crews, trucks and kit: says how long setting up takes")


class Tow(Exact):
    """Vehicles are towed: by a schedule that was made before, or by one that is made of the tally and of who tows."""

    do: Literal["tow"]
    schedule: Text | None = Field(None, description="a file beside the option's: what 'clearway vehicles tow --json' prints")
    means: Text | None = Field(None, description="or a file of operators and storage: 'clearway vehicles means' prints one")
    starts: Time | None = Field(None, description="when towing starts; needed where somebody keeps hours")

    @property
    def called(self) -> str:
        """The file that says how."""
        return self.schedule or self.means or ""


class CutOff(Exact):
    """Food, water or sanitation is cut off; nothing that can be asked of without what stays, and what law says."""

    do: Literal["cut_off"]
    what: Literal["food", "water", "sanitation"]
    floor: Text | None = Field(None, description="what everybody there still gets")
    law: Text | None = Field(None, description="what law says of it")


Act = Annotated[Wait | Talk | OfferMade | NoticeGiven | Barriers | Tow | CutOff, Field(discriminator="do")]


class View(Exact):
    """Yes, no or unknown, and why."""

    verdict: Verdict
    why: Text


class Judgement(Exact):
    """A range, whose judgement it is, and why."""

    low: float = Field(ge=0)
    high: float = Field(ge=0)
    by: Text = Field(description="the office; never a name")
    why: Text
    if_wrong: Text = Field(description="what changes if it is wrong")


class Chance(Judgement):
    """A judged chance, 0 to 1."""

    low: float = Field(ge=0, le=1)
    high: float = Field(ge=0, le=1)


class Entered(Exact):
    """A range that somebody entered by hand."""

    low: float = Field(ge=0)
    high: float = Field(ge=0)
    source: Text
    assumed: bool = Field(default=False, description="nobody says it: it is only assumed")


class Money(Entered):
    """An amount of money."""

    currency: str = Field(pattern=r"^[A-Z]{3}$", description="such as NZD")


class Criterion(Exact):
    """When to go, or when to stop, by a figure of the record."""

    then: Literal["go", "stop"]
    counted: Name = Field(description="what the record counts, such as vehicles or people")
    where: Text | None = Field(None, description="a place in words; absent: the only place where anybody counted")
    at_most: float | None = Field(None, ge=0)
    at_least: float | None = Field(None, ge=0)
    max_age_h: float = Field(24, gt=0, le=8760, description="how many hours old the figure may be")


class RiskEffect(Exact):
    """What an option does to a risk."""

    risk: Text = Field(description="its name, as the register has it")
    effect: Literal["lowers", "same", "raises", "unknown"]
    why: Text


class Contingency(Exact):
    """What is done if something comes otherwise."""

    event: Text
    then: Text


class Power(Exact):
    """A power that is needed."""

    row: Text = Field(description="a row of the jurisdiction table")


class Basis(Exact):
    """What the option rests on: an entry, or what somebody says."""

    entry: Text | None = None
    says: Text | None = None
    by: Text | None = Field(None, description="the office that says so; never a name")


class Dissent(Exact):
    """What is said against it; or who was asked and said nothing against it."""

    says: Text
    by: Text


class Option(Exact):
    """A set of things done, with what only people can say of it."""

    id: Text
    title: Text
    does: tuple[Act, ...] = Field(min_length=1, max_length=50)
    escalation: Chance = Field(description="how likely it makes violence: always judged, never computed")
    vehicles_leave: Judgement | None = Field(None, description="vehicles that leave by themselves")
    minutes_to_effect: Judgement | None = Field(None, description="only where no desk computes it")
    staff: Entered | None = None
    money: Money | None = None
    health: View | None = Field(None, description="whether people's health is safe with it, and what it does to it")
    suitability: View | None = None
    feasibility: View | None = None
    acceptability: View | None = None
    rights: dict[RightsPoint, View] = Field(default_factory=dict)
    powers: tuple[Power, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    contingencies: tuple[Contingency, ...] = ()
    risks: tuple[RiskEffect, ...] = Field((), description="what it does to each risk of the register")
    sources: tuple[Basis, ...] = Field(description="two at least")
    dissent: Dissent

    @property
    def rungs(self) -> tuple[int, ...]:
        """Rungs of the ladder of what it does, the most restrictive first."""
        return tuple(sorted((LADDER.index(act.do) for act in self.does), reverse=True))
