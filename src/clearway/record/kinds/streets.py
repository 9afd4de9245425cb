"""How streets, gates and buildings are: what stands across a street, who may pass, what is open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field, field_validator

from clearway.errors import BadInput
from clearway.record.classes import HELP, class_of, goes_on_foot, is_of
from clearway.record.kind import OPEN_OR_SHUT, About, Kind, Mark, Methane, Push, Reported, Role, Sign, Theme
from clearway.record.parts import Amount, Ends, Name, PlaceText, Prose, Starts, Text, amount_words, lasting_words
from clearway.record.place_text import place_of_text
from clearway.words import joined, listed, vocabulary

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from clearway.record.place import Place

State = Literal["open", "restricted", "shut", "unknown"]
Passage = Literal["enter", "leave", "enter_and_leave", "leave_not_return", "not_pass"]
"""What a rule lets people do."""

_HELP = "emergency"
_MUST_PASS = frozenset({_HELP, "resident"})
"""Vehicle classes that a shut street must let through, or it keeps out those whom it may not."""

MAY: dict[Passage, str] = {
    "enter": "may go in",
    "leave": "may go out",
    "enter_and_leave": "may go in and out",
    "leave_not_return": "may go out and not come back",
    "not_pass": "may not pass",
}
IN_AND_OUT: dict[Passage, tuple[bool | None, bool | None]] = {
    "enter": (True, None),
    "leave": (None, True),
    "enter_and_leave": (True, True),
    "leave_not_return": (False, True),
    "not_pass": (False, False),
}
"""Whether a rule lets people in, and out; None where it does not say."""

_ANY_DRIVER = frozenset({"everybody", "everyone", "all", "all vehicles", "vehicles", "traffic", "all traffic"})
"""Words that name emergency vehicles with all others."""

_BARRIER_SIGNS: dict[str, Sign] = {"standing": "restricted", "moved": "restricted", "reset": "restricted", "pushed": "incident",
                                  "breached": "incident"}  # fmt: skip
_ANY_BARRIER = "barrier"
_STANDING = ("standing", "moved", "reset")
"""Words for a barrier that stands where the entry says."""


class BarrierState(Kind):
    """What stands across a street, and whose it is."""

    about = About(
        role=Role.STATE,
        theme=Theme.STREETS,
        subject=("barrier",),
        apart=True,
        state_field="state",
        is_belief=True,
        mark=Mark(
            letter="B",
            means="barrier",
            shape="street_and_sign",
            by_state=_BARRIER_SIGNS,
            on_sketch=True,
        ),
        methane=Methane.ACCESS,
        methane_rank=1,
        reported=Reported(where="site", over_when_reported=True, once_a_day=True),
    )

    kind: Literal["barrier_state"] = "barrier_state"
    barrier: Name = Field(_ANY_BARRIER, description="concrete_block, fence, vehicle, cone ...")
    label: Text | None = Field(None, description="by which this one thing is known wherever it stands: block line 3")
    state: Literal["planned", "standing", "moved", "pushed", "breached", "reset", "removed", "unknown"]
    moved_from: tuple[PlaceText, ...] = Field(
        (), max_length=50, description="where it no longer stands: needed only for a barrier without a label"
    )
    amount: Amount | None = Field(None, description="how many")
    at_places: Amount | None = Field(None, description="at how many places, where not all of them are named")
    owner: Text | None = None
    starts: Starts = None
    ends: Ends = None

    def sentence(self, zone: ZoneInfo, /) -> str:
        """``8 concrete blocks standing``, of whom."""
        return joined(
            joined(vocabulary(self.barrier), self.label and f"'{self.label}'", self.state, by=" "),
            self.moved_from and f"no longer at {listed(self.moved_from)}",
            self.amount and amount_words(self.amount),
            self.owner and f"of {self.owner}",
            lasting_words(self.starts, self.ends, zone),
        )

    @property
    def bars_street(self) -> bool:
        """Whether any of it may be on the street: what was breached or pushed along lies there still."""
        return self.state not in ("planned", "removed")

    @property
    def has_gone_astray(self) -> bool:
        """Whether it was pushed along; where it came to rest is a barrier that was reset or moved there."""
        return self.state == "pushed"

    @field_validator("moved_from")
    @classmethod
    def _are_places(cls, said: tuple[str, ...]) -> tuple[str, ...]:
        try:
            for text in said:
                place_of_text(text)
        except BadInput as error:
            raise ValueError(str(error)) from error
        return said

    @property
    def identity(self) -> str | None:
        """Its label."""
        return self.label

    @property
    def leaves(self) -> tuple[Place, ...]:
        """Where it stood before it was moved."""
        return tuple(map(place_of_text, self.moved_from))

    @property
    def places_said(self) -> Amount | None:
        """At how many places, where not all are named."""
        return self.at_places

    @property
    def state_said(self) -> str | None:
        """Standing, by whichever word; None where nobody knows, or where it is only planned."""
        return "standing" if self.state in _STANDING else None if self.state in ("planned", "unknown") else self.state

    def may_be(self, other: Kind, /) -> bool:
        """Whether both may be one barrier: no two labels or materials tell them apart."""
        if not isinstance(other, BarrierState) or (self.label and other.label):
            return False
        return self.barrier == other.barrier or _ANY_BARRIER in (self.barrier, other.barrier)

    @property
    def on_foot(self) -> bool | None:
        """A barrier says nothing of people on foot, and they want to know."""
        return False if self.state in _STANDING else None

    @property
    def push(self) -> Push | None:
        """A cordon that stands keeps people and vehicles from coming."""
        if self.barrier != "cordon" or self.state != "standing":
            return None
        return _fewer(("people", "vehicles"), self)


def _fewer(figures: tuple[str, ...], body: BarrierState | GateState | PassageRule | RoadState) -> Push | None:
    """That fewer come, as long as something holds; None where it names no figure."""
    return Push(figures, is_more=False, is_done=True, starts=body.starts, ends=body.ends) if figures else None


class GateState(Kind):
    """A staffed barrier: open or shut, and how long people wait."""

    about = About(
        role=Role.STATE,
        theme=Theme.STREETS,
        subject=(),
        apart=True,
        state_field="state",
        is_belief=True,
        mark=Mark(letter="G", means="gate, who may pass", by_state=OPEN_OR_SHUT, on_sketch=True),
        methane=Methane.ACCESS,
        form_rank=50,
    )

    kind: Literal["gate_state"] = "gate_state"
    state: State
    staff: Amount | None = None
    wait_minutes: float | None = Field(None, ge=0, description="minutes")
    starts: Starts = None
    ends: Ends = None

    def sentence(self, zone: ZoneInfo, /) -> str:
        """Its state and how long people wait."""
        return joined(
            f"gate {self.state}",
            self.wait_minutes is not None and f"{self.wait_minutes:g} min to wait",
            lasting_words(self.starts, self.ends, zone),
        )

    @property
    def keeps_out(self) -> bool:
        """Whether nobody gets through."""
        return self.state == "shut"

    @property
    def bars_street(self) -> bool:
        """Whether somebody must open it, or may have to."""
        return self.state != "open"

    @property
    def push(self) -> Push | None:
        """A gate that is shut keeps people and vehicles from coming."""
        if self.state != "shut":
            return None
        return _fewer(("people", "vehicles"), self)

    @property
    def on_foot(self) -> bool | None:
        """A gate that is shut or for some says nothing of people on foot."""
        return False if self.state in ("shut", "restricted") else None


_SUPPLIES = (HELP, "service vehicles", "deliveries", "buses")


def _counted_as(who: str) -> tuple[str, ...]:
    """The figures in which those whom a rule names are counted."""
    named = class_of(who)
    if any(is_of(named, one) for one in _SUPPLIES):
        return ()
    if goes_on_foot(who) or named == "cyclists":
        return ("people",)
    return (
        ("vehicles",)
        if "vehicle" in named or named in ("drivers", "cars", "traffic", "all traffic")
        else ("people", "vehicles")
    )


class PassageRule(Kind):
    """Who may pass a cordon or a gate: in, out, not back."""

    about = About(
        role=Role.STATE,
        theme=Theme.STREETS,
        subject=("who",),
        apart=True,
        state_field="may",
        is_belief=True,
        mark=Mark(letter="G", means="gate, who may pass"),
        methane=Methane.ACCESS,
        reported=Reported(where="site"),
    )

    kind: Literal["passage_rule"] = "passage_rule"
    who: tuple[Text, ...] = Field(
        min_length=1, description="residents, workers, deliveries, emergency services, people on foot ..."
    )
    may: Passage
    proof: Text | None = Field(None, description="what they must show")
    starts: Starts = None
    ends: Ends = None

    def sentence(self, zone: ZoneInfo, /) -> str:
        """Who may do what, until when, and what they must show."""
        return joined(f"{', '.join(self.who)} {MAY[self.may]}", lasting_words(self.starts, self.ends, zone), self.proof)

    @property
    def keeps_out(self) -> bool:
        """Whether those it names may not come in, or not come back."""
        return self.may in ("leave", "leave_not_return", "not_pass")

    @property
    def bars_street(self) -> bool:
        """Whether it keeps out emergency services, some of them, or whoever drives."""
        return self.keeps_out and any(is_of(class_of(one), HELP) or class_of(one) in _ANY_DRIVER for one in self.who)

    @property
    def on_foot(self) -> bool | None:
        """Whether it names people on foot."""
        return any(map(goes_on_foot, self.who))

    @property
    def push(self) -> Push | None:
        """A rule that lets those it names not in, or not back, keeps them from coming; help and supplies are in no figure."""
        return _fewer(
            tuple(dict.fromkeys(what for one in self.who for what in _counted_as(one))) if self.keeps_out else (), self
        )

    def concerns(self, other: Kind, /) -> bool:
        """Whether it names a class that the other's belongs to: what holds for emergency services holds for ambulances."""
        return isinstance(other, PassageRule) and any(
            is_of(class_of(one), class_of(wider)) for one in other.who for wider in self.who
        )

    def contradicts(self, other: Kind) -> bool:
        """Whether one lets in or out whom the other does not."""
        if not isinstance(other, PassageRule):
            return False
        pairs = zip(IN_AND_OUT[self.may], IN_AND_OUT[other.may], strict=True)
        return any({mine, theirs} == {True, False} for mine, theirs in pairs)


class RoadState(Kind):
    """Whether a street can be driven, and by whom."""

    about = About(
        role=Role.STATE,
        theme=Theme.STREETS,
        subject=(),
        apart=True,
        state_field="state",
        is_belief=True,
        mark=Mark(letter="R", means="roads without a name", shape="street", by_state=OPEN_OR_SHUT, on_sketch=True),
        form_rank=30,
        reported=Reported(where="site", once_a_day=True),
    )

    kind: Literal["road_state"] = "road_state"
    state: State
    passes: tuple[Name, ...] = Field((), description="vehicle classes that still pass where it is restricted or shut")
    reason: Text | None = None
    starts: Starts = None
    ends: Ends = None

    def sentence(self, zone: ZoneInfo, /) -> str:
        """Its state, until when, who still passes, why."""
        return joined(
            f"{'road' if self.state != 'unknown' else 'road state'} {self.state}",
            lasting_words(self.starts, self.ends, zone),
            self.passes and f"{', '.join(self.passes)} still pass",
            self.reason,
        )

    @property
    def keeps_out(self) -> bool:
        """Whether emergency vehicles or residents do not pass. Restricted, and nobody said for whom: that is open."""
        barred = self.state == "shut" or (self.state == "restricted" and bool(self.passes))
        return barred and not set(self.passes) >= _MUST_PASS

    @property
    def bars_street(self) -> bool:
        """Whether it is not known to be open to emergency vehicles; restricted, and nobody said for whom, is open to them."""
        return self.state in ("shut", "unknown") or (
            self.state == "restricted" and bool(self.passes) and _HELP not in self.passes
        )

    @property
    def push(self) -> Push | None:
        """A street that is shut keeps people and vehicles from coming."""
        return _fewer(("people", "vehicles") if self.state == "shut" else (), self)

    @property
    def on_foot(self) -> bool | None:
        """A street that is shut or for some says nothing of people on foot."""
        return False if self.state in ("shut", "restricted") else None


class FacilityState(Kind):
    """Whether a station, an interchange, a campus, a school or a court is open."""

    about = About(
        role=Role.STATE,
        theme=Theme.STREETS,
        subject=("facility",),
        place_counts=False,
        state_field="state",
        is_belief=True,
        mark=Mark(letter="L", means="building, station, campus", by_state=OPEN_OR_SHUT, on_sketch=True),
    )

    kind: Literal["facility_state"] = "facility_state"
    facility: Text
    state: State
    stay_away: bool = Field(default=False, description="whether people were told to stay away")
    people: Amount | None = Field(None, description="how many people it concerns")
    note: Prose | None = None
    starts: Starts = None
    ends: Ends = None

    def sentence(self, zone: ZoneInfo, /) -> str:
        """Its name and state, until when, and whom that concerns."""
        return joined(
            f"{self.facility}: {self.state}",
            lasting_words(self.starts, self.ends, zone),
            self.stay_away and "people told to stay away",
            self.people and amount_words(self.people) + " people",
            self.note,
        )

    @property
    def keeps_out(self) -> bool:
        """Whether nobody gets in, or people were told not to come."""
        return self.state == "shut" or self.stay_away
