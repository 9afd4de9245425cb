"""How streets, gates and buildings are: what stands across a street, who may pass, what is open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field

from clearway.record.kind import OPEN_OR_SHUT, About, Kind, Mark, Methane, Push, Reported, Role, Theme
from clearway.record.parts import Amount, Ends, Name, Prose, Starts, Text, amount_words, lasting_words
from clearway.words import joined, vocabulary

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

State = Literal["open", "restricted", "shut", "unknown"]

_MUST_PASS = frozenset({"emergency", "resident"})
"""Vehicle classes that a shut street must let through, or it keeps out those whom it may not."""

_MAY = {
    "enter": "may go in",
    "leave": "may go out",
    "enter_and_leave": "may go in and out",
    "leave_not_return": "may go out and not come back",
    "not_pass": "may not pass",
}


class BarrierState(Kind):
    """What stands across a street, and whose it is."""

    about = About(
        role=Role.STATE,
        theme=Theme.STREETS,
        subject=("barrier",),
        state_field="state",
        is_belief=True,
        mark=Mark(letter="B", means="barrier", shape="street_and_sign", by_state={"standing": "restricted"}, on_sketch=True),
        methane=Methane.ACCESS,
        methane_rank=1,
        reported=Reported(where="site", over_when_reported=True, once_a_day=True),
    )

    kind: Literal["barrier_state"] = "barrier_state"
    barrier: Name = Field("barrier", description="concrete_block, fence, vehicle, cone ...")
    state: Literal["planned", "standing", "removed", "breached", "unknown"]
    amount: Amount | None = Field(None, description="how many")
    owner: Text | None = None
    starts: Starts = None
    ends: Ends = None

    def sentence(self, zone: ZoneInfo, /) -> str:
        """``8 concrete blocks standing``, of whom."""
        return joined(
            f"{vocabulary(self.barrier)} {self.state}",
            self.amount and amount_words(self.amount),
            self.owner and f"of {self.owner}",
            lasting_words(self.starts, self.ends, zone),
        )

    @property
    def bars_street(self) -> bool:
        """Whether it stands."""
        return self.state == "standing"

    @property
    def push(self) -> Push | None:
        """A cordon that stands keeps people and vehicles from coming."""
        if self.barrier != "cordon" or self.state != "standing":
            return None
        return Push(("people", "vehicles"), is_more=False, is_done=True, starts=self.starts, ends=self.ends, is_elsewhere=True)


class GateState(Kind):
    """A staffed barrier: open or shut, and how long people wait."""

    about = About(
        role=Role.STATE,
        theme=Theme.STREETS,
        subject=(),
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
        """Whether it is shut."""
        return self.state == "shut"

    @property
    def push(self) -> Push | None:
        """A gate that is shut keeps people and vehicles from coming."""
        if self.state != "shut":
            return None
        return Push(("people", "vehicles"), is_more=False, is_done=True, starts=self.starts, ends=self.ends, is_elsewhere=True)


class PassageRule(Kind):
    """Who may pass a cordon or a gate: in, out, not back."""

    about = About(
        role=Role.STATE,
        theme=Theme.STREETS,
        subject=("who",),
        state_field="may",
        is_belief=True,
        mark=Mark(letter="G", means="gate, who may pass"),
        methane=Methane.ACCESS,
        reported=Reported(where="site"),
    )

    kind: Literal["passage_rule"] = "passage_rule"
    who: tuple[Text, ...] = Field(min_length=1, description="residents, workers, deliveries, emergency services ...")
    may: Literal["enter", "leave", "enter_and_leave", "leave_not_return", "not_pass"]
    proof: Text | None = Field(None, description="what they must show")
    starts: Starts = None
    ends: Ends = None

    def sentence(self, zone: ZoneInfo, /) -> str:
        """Who may do what, until when, and what they must show."""
        return joined(f"{', '.join(self.who)} {_MAY[self.may]}", lasting_words(self.starts, self.ends, zone), self.proof)

    @property
    def keeps_out(self) -> bool:
        """Whether those it names may not come in, or not come back."""
        return self.may in ("leave", "leave_not_return", "not_pass")


class RoadState(Kind):
    """Whether a street can be driven, and by whom."""

    about = About(
        role=Role.STATE,
        theme=Theme.STREETS,
        subject=(),
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
        """Whether nothing drives there, but for those that it names."""
        return self.state == "shut"


class FacilityState(Kind):
    """Whether a station, an interchange, a campus, a school or a court is open."""

    about = About(
        role=Role.STATE,
        theme=Theme.STREETS,
        subject=("facility",),
        place_counts=False,
        state_field="state",
        is_belief=True,
        mark=Mark(letter="F", means="building, station, campus", by_state=OPEN_OR_SHUT, on_sketch=True),
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
