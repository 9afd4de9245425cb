"""What there is to act with: offers, towing, loans, staff, money."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field

from clearway.record.kind import About, Briefing, Kind, Mark, Methane, Push, Reported, Role, Theme
from clearway.record.parts import Amount, Ends, Name, Prose, Starts, Text, Time, amount_words, lasting_words
from clearway.words import joined, time_words, vocabulary

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo


OCCUPANCY = {
    "empty": (0.0, 0.0),
    "few": (0.0, 0.25),
    "half_full": (0.35, 0.65),
    "nearly_full": (0.75, 1.0),
    "full": (0.95, 1.0),
}
"""Which share of its places a word for how full a place is stands for, at least and at most: assumed."""


class Offer(Kind):
    """Something offered: a place to park, a mediator, a venue; and how far it was taken up."""

    about = About(
        role=Role.STATE,
        theme=Theme.MEANS,
        briefing=Briefing.RESOURCES,
        subject=("what", "by"),
        mark=Mark(letter="P", means="parking offered"),
        reported=Reported(when_said=True, whole_sentence=True),
    )

    kind: Literal["offer"] = "offer"
    what: Name = Field(description="parking, mediation, venue, toilets ...")
    summary: Prose
    by: Text | None = Field(None, description="which organisation offers it")
    to: Text | None = Field(None, description="to whom")
    capacity: Amount | None = None
    starts: Starts = None
    ends: Ends = None
    free: bool | None = None
    taken_up: Amount | None = Field(None, description="how many took it up; absent where nobody said")
    occupancy: Literal["empty", "few", "half_full", "nearly_full", "full"] | None = Field(
        None, description="how full it is, where only a word was said; absent where nobody said"
    )
    answer: Literal["none_yet", "accepted", "refused", "conditional"] | None = Field(
        None, description="of an offer to somebody who has to answer, such as mediation; absent where nobody said"
    )
    owed_by: Text | None = Field(None, description="who is to answer; absent where nobody said")

    def sentence(self, zone: ZoneInfo, /) -> str:
        """What is offered to whom and when, and how many took it up."""
        return joined(
            f"{vocabulary(self.what)} offered: {self.summary}",
            self.capacity and f"room for {amount_words(self.capacity)}",
            self.to and f"to {self.to}",
            lasting_words(self.starts, self.ends, zone),
            self.occupancy and vocabulary(self.occupancy),
            _taken_words(self),
        )

    @property
    def push(self) -> Push | None:
        """A place to park draws vehicles away from elsewhere."""
        if self.what != "parking":
            return None
        return Push(("vehicles",), is_more=False, is_done=True, starts=self.starts, ends=self.ends, is_elsewhere=True)


def _taken_words(offer: Offer) -> str:
    """Whether an offer was answered, and how many took it up."""
    if offer.answer is not None:
        return {"none_yet": "no answer yet", "conditional": "answered with conditions"}.get(offer.answer, offer.answer)
    return f"taken up by {amount_words(offer.taken_up)}" if offer.taken_up else "how many took it up is not known"


class TowCapability(Kind):
    """How many vehicles can be towed, by whom, or that nobody will."""

    about = About(
        role=Role.STATE,
        theme=Theme.MEANS,
        subject=("by",),
        state_field="state",
        methane=Methane.SERVICES,
        briefing=Briefing.RESOURCES,
    )

    kind: Literal["tow_capability"] = "tow_capability"
    state: Literal["secured", "sought", "refused", "none", "unknown"]
    trucks: Amount | None = None
    by: Text | None = None
    note: Prose | None = None
    starts: Starts = None
    ends: Ends = None

    def sentence(self, zone: ZoneInfo, /) -> str:
        """Whether towing is secured, by whom, with how many trucks."""
        trucks = self.trucks and f"{amount_words(self.trucks)} trucks"
        return joined(f"towing {self.state}", self.by, trucks, lasting_words(self.starts, self.ends, zone), self.note)

    @property
    def is_there(self) -> bool:
        """Whether somebody tows."""
        return self.state == "secured"


class TowEvent(Kind):
    """Vehicles towed, or said not to have been."""

    about = About(
        role=Role.EVENT,
        theme=Theme.MEANS,
        briefing=Briefing.ACTIONS,
        is_belief=True,
        reported=Reported(where="site", over_when_reported=True, explains_figures=True),
    )

    kind: Literal["tow_event"] = "tow_event"
    done: bool = Field(description="false where it was said that none were towed, or that it was only meant")
    amount: Amount | None = None
    note: Prose | None = None

    def sentence(self, _: ZoneInfo, /) -> str:
        """How many were towed, or that none were."""
        towed = f"{amount_words(self.amount) if self.amount else 'vehicles'} towed"
        return joined(towed if self.done else "not towed", self.note)


class Loan(Kind):
    """Something lent from one organisation to another."""

    about = About(
        role=Role.STATE,
        theme=Theme.MEANS,
        briefing=Briefing.RESOURCES,
        subject=("what", "lender", "borrower"),
        place_counts=False,
        state_field="state",
        reported=Reported(where="never"),
    )

    kind: Literal["loan"] = "loan"
    what: Text
    lender: Text
    borrower: Text
    amount: Amount | None = None
    state: Literal["lent", "returned", "lost"] = "lent"
    due: Time | None = Field(None, description="when it is to be back")

    def sentence(self, zone: ZoneInfo, /) -> str:
        """What was lent by whom to whom, came back or was lost, how much of it, and until when."""
        lent = {
            "lent": f"{self.what} lent by {self.lender} to {self.borrower}",
            "returned": f"{self.what} returned by {self.borrower} to {self.lender}",
            "lost": f"{self.what} of {self.lender} lost by {self.borrower}",
        }[self.state]
        back = self.holds_until and f"due back {time_words(self.holds_until, zone)}"
        return joined(lent, self.amount and amount_words(self.amount), back)

    @property
    def holds_until(self) -> datetime | None:
        """When what is lent is due back: whether it came back, somebody has to say."""
        return self.due if self.state == "lent" else None


class StaffStrength(Kind):
    """How many staff there are, by district and role."""

    about = About(
        role=Role.STATE,
        theme=Theme.MEANS,
        briefing=Briefing.RESOURCES,
        subject=("organisation", "role", "district", "on_duty"),
        methane=Methane.SERVICES,
        reported=Reported(where="never", explains_figures=True),
    )

    kind: Literal["staff_strength"] = "staff_strength"
    organisation: Text
    amount: Amount
    role: Text | None = None
    district: Text | None = Field(None, description="where they come from or serve")
    on_duty: bool | None = Field(None, description="on duty at the operation; null where it is the whole organisation")
    starts: Starts = None
    ends: Ends = None

    def sentence(self, zone: ZoneInfo, /) -> str:
        """Whose staff, how many of which role, from where, on duty or not."""
        duty = {True: "on duty at the operation", False: "not on duty at it", None: None}[self.on_duty]
        number, role = amount_words(self.amount), self.role or "staff"
        amount = f"{number} ({role})" if self.amount.said else f"{number} {role}"
        lasts = lasting_words(self.starts, self.ends, zone)
        return f"{self.organisation}: {joined(amount, self.district and f'from {self.district}', duty, lasts, by=', ')}"

    @property
    def is_there(self) -> bool:
        """Whether they are on duty at the operation."""
        return self.on_duty is True


class StaffAbsence(Kind):
    """How many staff are away, and why."""

    about = About(
        role=Role.STATE,
        theme=Theme.MEANS,
        briefing=Briefing.LIMITS,
        subject=("organisation", "reason", "district"),
        is_belief=True,
        reported=Reported(where="never", explains_figures=True),
    )

    kind: Literal["staff_absence"] = "staff_absence"
    organisation: Text
    reason: Literal["sick", "isolating", "injured", "leave", "other"]
    amount: Amount
    district: Text | None = None

    def sentence(self, _: ZoneInfo, /) -> str:
        """Whose staff, how many, why away, from where."""
        away = f"{amount_words(self.amount)} {vocabulary(self.reason)}"
        return f"{self.organisation}: {joined(away, self.district, by=', ')}"


class Cost(Kind):
    """Money spent or expected."""

    about = About(
        role=Role.STATE,
        theme=Theme.MEANS,
        subject=("what", "expected"),
        reported=Reported(where="never"),
        briefing=Briefing.RESOURCES,
    )

    kind: Literal["cost"] = "cost"
    what: Text
    amount: Amount | None = Field(None, description="in the currency's units; absent where no figure was given")
    note: Prose | None = None
    currency: str = Field("NZD", pattern=r"^[A-Z]{3}$", description="ISO 4217")
    expected: bool = Field(default=False, description="expected, not yet spent")

    def sentence(self, _: ZoneInfo, /) -> str:
        """What costs how much, spent or expected."""
        about = f"{'expected cost' if self.expected else 'cost'} of {self.what}"
        if self.amount is None:
            return joined(about, self.note or "no figure given", by=": ")
        currency = None if self.amount.said else self.currency
        return joined(f"{about}: {joined(currency, amount_words(self.amount), by=' ')}", self.note)
