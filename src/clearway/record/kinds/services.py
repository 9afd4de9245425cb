"""What partners still do and where: their service, handing over casualties, lines that run, who is deployed to what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field

from clearway.record.kind import About, Briefing, Kind, Mark, Methane, Reported, Role, Theme
from clearway.record.parts import Amount, Ends, Prose, Starts, Text, amount_words, lasting_words
from clearway.words import joined, listed

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from clearway.record.kind import Sign

PointState = Literal["planned", "open", "moved", "shut", "unknown"]

_POINT_SIGNS: dict[str, Sign] = {"open": "open", "moved": "open", "shut": "shut"}


class ServiceLevel(Kind):
    """How far a partner still serves an area or a group: ambulance crews stop entering, waste is collected under escort."""

    about = About(
        role=Role.STATE,
        theme=Theme.MEANS,
        briefing=Briefing.LIMITS,
        subject=("partner", "to"),
        apart=True,
        state_field="level",
        is_belief=True,
        mark=Mark(letter="S", means="service of a partner", by_state={"stopped": "shut", "escorted": "restricted"}),
        methane=Methane.SERVICES,
        reported=Reported(loosely=True),
    )

    kind: Literal["service_level"] = "service_level"
    partner: Text = Field(description="whose service: ambulance crews, the water company ...")
    level: Literal["normal", "reduced", "escorted", "stopped", "unknown"] = Field(
        description="escorted: only with others beside them"
    )
    to: Text | None = Field(None, description="to which group, where not to all")
    instead: Text | None = Field(None, description="what is done instead")
    reason: Prose | None = None
    starts: Starts = None
    ends: Ends = None

    def sentence(self, zone: ZoneInfo, /) -> str:
        """Whose service is how, to whom, for how long, what instead, why."""
        return joined(
            f"service of {self.partner} {self.level}{f' to {self.to}' if self.to else ''}",
            lasting_words(self.starts, self.ends, zone),
            self.instead and f"instead: {self.instead}",
            self.reason,
        )

    @property
    def keeps_out(self) -> bool:
        """Whether help does not come, or not alone."""
        return self.level in ("stopped", "escorted")

    @property
    def is_there(self) -> bool:
        """Whether it still comes."""
        return self.level in ("normal", "reduced", "escorted")


class HandoverPoint(Kind):
    """Where casualties are handed over to those who take them on; the latest word says where it is now."""

    about = About(
        role=Role.STATE,
        theme=Theme.STREETS,
        subject=("name",),
        place_counts=False,
        state_field="state",
        is_belief=True,
        mark=Mark(letter="C", means="casualty handover", by_state=_POINT_SIGNS, on_sketch=True),
        methane=Methane.POINTS,
        reported=Reported(loosely=True),
    )

    kind: Literal["handover_point"] = "handover_point"
    name: Text = Field("casualty handover point", description="by which it is known wherever it is")
    state: PointState = "open"
    by: Text | None = Field(None, description="who runs it")
    starts: Starts = None
    ends: Ends = None

    def sentence(self, zone: ZoneInfo, /) -> str:
        """Its name, its state, who runs it, for how long."""
        return joined(f"{self.name} {self.state}", self.by, lasting_words(self.starts, self.ends, zone))


class RendezvousPoint(Kind):
    """Where those who come to help meet before they are sent on; the latest word says where it is now."""

    about = About(
        role=Role.STATE,
        theme=Theme.STREETS,
        subject=("name",),
        place_counts=False,
        state_field="state",
        is_belief=True,
        mark=Mark(letter="V", means="rendezvous", by_state=_POINT_SIGNS, on_sketch=True),
        methane=Methane.POINTS,
        reported=Reported(loosely=True),
    )

    kind: Literal["rendezvous_point"] = "rendezvous_point"
    name: Text = Field("rendezvous point", description="by which it is known wherever it is")
    state: PointState = "open"
    who: tuple[Text, ...] = Field((), description="who meets there; empty: everybody")
    by: Text | None = Field(None, description="who runs it")
    starts: Starts = None
    ends: Ends = None

    def sentence(self, zone: ZoneInfo, /) -> str:
        """Its name, its state, for whom, who runs it, for how long."""
        whom = self.who and f"for {listed(self.who)}"
        return joined(joined(self.name, self.state, whom, by=" "), self.by, lasting_words(self.starts, self.ends, zone))


class LineService(Kind):
    """How a route, a stop or a line runs, and what runs instead."""

    about = About(
        role=Role.STATE,
        theme=Theme.STREETS,
        subject=("line",),
        place_counts=False,
        state_field="state",
        is_belief=True,
        mark=Mark(letter="T", means="route, stop or line", by_state={"running": "open", "suspended": "shut"}),
        reported=Reported(loosely=True, explains_figures=True),
    )

    kind: Literal["line_service"] = "line_service"
    line: Text = Field(description="which route, stop or line: bus 7, the ferry, stop 5510 ...")
    state: Literal["running", "reduced", "diverted", "shortened", "suspended", "unknown"]
    by: Text | None = Field(None, description="who runs it")
    replacement: Text | None = Field(None, description="what runs instead; absent where nobody said")
    starts: Starts = None
    ends: Ends = None

    def sentence(self, zone: ZoneInfo, /) -> str:
        """How it runs, for how long, what runs instead."""
        return joined(
            f"{self.line} {self.state}",
            lasting_words(self.starts, self.ends, zone),
            self.replacement and f"instead: {self.replacement}",
        )


class Deployment(Kind):
    """Who is deployed to which task and how many, for how long: a patrol, an escort, a post."""

    about = About(
        role=Role.STATE,
        theme=Theme.MEANS,
        briefing=Briefing.RESOURCES,
        subject=("organisation", "task"),
        methane=Methane.SERVICES,
        reported=Reported(loosely=True, explains_figures=True),
    )

    kind: Literal["deployment"] = "deployment"
    organisation: Text
    task: Text = Field(description="patrols, escorts, traffic control, first aid ...")
    amount: Amount | None = Field(None, description="how many people")
    starts: Starts = None
    ends: Ends = None

    def sentence(self, zone: ZoneInfo, /) -> str:
        """Whose people, how many, at which task, for how long."""
        lasts = lasting_words(self.starts, self.ends, zone)
        return joined(f"{self.organisation}: {self.task}", self.amount and amount_words(self.amount), lasts, by=", ")
