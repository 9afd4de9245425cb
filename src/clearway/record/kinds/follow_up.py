"""What follows from decisions: who stands where on a proposal, tasks, objectives, and who has read them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field

from clearway.record.kind import About, Briefing, Kind, Reported, Role, Status, Theme
from clearway.record.parts import Text, Time
from clearway.words import joined, time_words

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

_LOOSE = Reported(where="never", loosely=True)


class Position(Kind):
    """Where an office or a group stands on a proposal: for one of its options, against it, or neither."""

    about = About(role=Role.STATE, theme=Theme.DECISIONS, subject=("of", "by"), place_counts=False, reported=_LOOSE)

    kind: Literal["position"] = "position"
    of: Text = Field(description="id of the entry of the proposal, in the version that they looked at")
    by: Text = Field(description="the office or group; never a name")
    stance: Literal["for", "against", "abstains"]
    option: Text | None = Field(None, description="which of its options; absent: the proposal as a whole")
    why: Text | None = None

    def sentence(self, _: ZoneInfo, /) -> str:
        """Who stands where on what, and why."""
        about = f"{self.of}: {self.option}" if self.option else self.of
        stands = "abstains on" if self.stance == "abstains" else f"is {self.stance}"
        return joined(f"{self.by} {stands} {about}", self.why and f"because: {self.why}")


class Task(Kind):
    """What somebody is to do, mostly as it follows from a decision, by when, and what came of it."""

    about = About(
        role=Role.INTENT,
        no_theme_because="tasks stand in a list of their own, with how each stands",
        subject=("of", "to", "what"),
        place_counts=False,
        reported=_LOOSE,
    )

    kind: Literal["task"] = "task"
    what: Text
    to: Text = Field(description="the post or office that is to do it; never a name")
    by: Text = Field(description="the office that gives it")
    of: Text | None = Field(None, description="id of the entry of the decision that it follows from")
    due: Time | None = Field(None, description="by when")
    outcome: Literal["open", "done", "dropped"] = "open"

    def sentence(self, zone: ZoneInfo, /) -> str:
        """Who is to do what by when, of which decision."""
        return joined(
            f"{self.to} is to do, by order of {self.by}: {self.what}",
            self.due and f"by {time_words(self.due, zone)}",
            self.of and f"follows from {self.of}",
            self.outcome != "open" and self.outcome,
        )

    def status(self, _said: datetime, at: datetime, /) -> Status:
        """Open until somebody says what came of it; past its time nobody has said whether it was done."""
        if self.outcome != "open":
            return Status(self.outcome, is_over=True)
        if self.due is not None and self.due < at:
            return Status("the time has passed; nobody has said whether it was done", is_past=True)
        return Status("to be done")


class Objective(Kind):
    """What the operation is to achieve, and which posts must hear of it. A later one takes its place."""

    about = About(
        role=Role.STATE,
        theme=Theme.DECISIONS,
        briefing=Briefing.ACTIONS,
        subject=(),
        place_counts=False,
        reported=_LOOSE,
    )

    kind: Literal["objective"] = "objective"
    what: Text
    by: Text = Field(description="the office that sets it")
    of: Text | None = Field(None, description="id of the entry of the decision that it follows from")
    posts: tuple[Text, ...] = Field((), description="posts and offices that must read it")

    def sentence(self, _: ZoneInfo, /) -> str:
        """Who sets which objective, and who is to read it."""
        return joined(f"{self.by} sets the objective: {self.what}", self.posts and f"to be read by {', '.join(self.posts)}")


class Receipt(Kind):
    """That a post or an office has read something that it had to read."""

    about = About(role=Role.STATE, theme=Theme.DECISIONS, subject=("of", "by"), place_counts=False, reported=_LOOSE)

    kind: Literal["receipt"] = "receipt"
    of: Text = Field(description="id of the entry that was read, such as an objective")
    by: Text = Field(description="the post or office; never a name")

    def sentence(self, _: ZoneInfo, /) -> str:
        """Who has read what."""
        return f"{self.by} has read {self.of}"
