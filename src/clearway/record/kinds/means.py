"""What there is to act with: offers, towing, requests and loans, staff, money."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from clearway.record.parts import Amount, Name, Part, Text, Time


class Offer(Part):
    """Something offered: a place to park, a mediator, a venue; and how far it was taken up."""

    kind: Literal["offer"] = "offer"
    what: Name = Field(description="parking, mediation, venue, toilets ...")
    summary: Text
    by: Text | None = Field(None, description="which organisation offers it")
    to: Text | None = Field(None, description="to whom")
    capacity: Amount | None = None
    starts: Time | None = None
    ends: Time | None = None
    free: bool | None = None
    taken_up: Amount | None = Field(None, description="how many took it up; absent where nobody said")


class TowCapability(Part):
    """How many vehicles can be towed, by whom, or that nobody will."""

    kind: Literal["tow_capability"] = "tow_capability"
    state: Literal["secured", "sought", "refused", "none", "unknown"]
    trucks: Amount | None = None
    by: Text | None = None
    note: Text | None = None


class TowEvent(Part):
    """Vehicles towed, or said not to have been."""

    kind: Literal["tow_event"] = "tow_event"
    done: bool = Field(description="false where it was said that none were towed, or that it was only meant")
    amount: Amount | None = None
    note: Text | None = None


class ResourceRequest(Part):
    """Something asked of another organisation, and the answer."""

    kind: Literal["resource_request"] = "resource_request"
    what: Text
    asked_of: Text
    asked_by: Text | None = None
    amount: Amount | None = None
    answer: Literal["none_yet", "granted", "refused", "partly"] = "none_yet"
    needed_by: Time | None = None


class Loan(Part):
    """Something lent from one organisation to another."""

    kind: Literal["loan"] = "loan"
    what: Text
    lender: Text
    borrower: Text
    amount: Amount | None = None
    state: Literal["lent", "returned", "lost"] = "lent"
    due: Time | None = None


class StaffStrength(Part):
    """How many staff there are, by district and role."""

    kind: Literal["staff_strength"] = "staff_strength"
    organisation: Text
    amount: Amount
    role: Text | None = None
    district: Text | None = Field(None, description="where they come from or serve")
    on_duty: bool | None = Field(None, description="on duty at the operation; null where it is the whole organisation")


class StaffAbsence(Part):
    """How many staff are away, and why."""

    kind: Literal["staff_absence"] = "staff_absence"
    organisation: Text
    reason: Literal["sick", "isolating", "injured", "leave", "other"]
    amount: Amount
    district: Text | None = None


class Cost(Part):
    """Money spent or expected."""

    kind: Literal["cost"] = "cost"
    what: Text
    amount: Amount = Field(description="in the currency's units")
    currency: str = Field("NZD", pattern=r"^[A-Z]{3}$", description="ISO 4217")
    expected: bool = Field(default=False, description="expected, not yet spent")
