"""What is to be seen on the ground: people and things counted, incidents, streets, places, barriers, gates."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from clearway.record.parts import Amount, Name, Part, Text

State = Literal["open", "restricted", "shut", "unknown"]


class Count(Part):
    """How many of something there are, at a moment or over a span."""

    kind: Literal["count"] = "count"
    what: Name = Field(description="what is counted: people, vehicles, tents, groups, officers ...")
    amount: Amount
    group: Text | None = Field(None, description="of which group, where only a part was counted; never a person")


class Flow(Part):
    """How many came or went over a span."""

    kind: Literal["flow"] = "flow"
    what: Name
    direction: Literal["arrived", "left"]
    amount: Amount


class Incident(Part):
    """Something that happened: a stand-off, a fire, a vehicle driven at a line."""

    kind: Literal["incident"] = "incident"
    nature: Name = Field(description="stand_off, assault, fire, fireworks, vehicle, crowd_surge, noise, other ...")
    summary: Text
    severity: Literal["minor", "serious", "major"] | None = None
    over: bool | None = Field(None, description="whether it is over; null where nobody said")


class Arrests(Part):
    """Arrests, as a count; never who."""

    kind: Literal["arrests"] = "arrests"
    amount: Amount
    ground: Text | None = Field(None, description="for what")
    total: bool = Field(default=False, description="whether it is the total since the operation began")


class Injuries(Part):
    """Injuries, as a count; never who."""

    kind: Literal["injuries"] = "injuries"
    amount: Amount
    of: Name = Field("people", description="of whom: officers, protesters, public, people")
    cause: Text | None = None
    total: bool = False


class RoadState(Part):
    """Whether a street can be driven, and by whom."""

    kind: Literal["road_state"] = "road_state"
    state: State
    passes: tuple[Name, ...] = Field((), description="vehicle classes that still pass where it is restricted or shut")
    reason: Text | None = None


class FacilityState(Part):
    """Whether a station, an interchange, a campus, a school or a court is open."""

    kind: Literal["facility_state"] = "facility_state"
    facility: Text
    state: State
    stay_away: bool = Field(default=False, description="whether people were told to stay away")
    people: Amount | None = Field(None, description="how many people it concerns")
    note: Text | None = None


class BarrierState(Part):
    """What stands across a street, and whose it is."""

    kind: Literal["barrier_state"] = "barrier_state"
    barrier: Name = Field("barrier", description="concrete_block, fence, vehicle, cone ...")
    state: Literal["planned", "standing", "removed", "breached", "unknown"]
    amount: Amount | None = Field(None, description="how many")
    owner: Text | None = None


class GateState(Part):
    """A staffed barrier: open or shut, and how long people wait."""

    kind: Literal["gate_state"] = "gate_state"
    state: State
    staff: Amount | None = None
    wait_minutes: float | None = Field(None, ge=0, description="minutes")


class PassageRule(Part):
    """Who may pass a cordon or a gate: in, out, not back."""

    kind: Literal["passage_rule"] = "passage_rule"
    who: tuple[Text, ...] = Field(min_length=1, description="residents, workers, deliveries, emergency services ...")
    may: Literal["enter", "leave", "enter_and_leave", "leave_not_return", "not_pass"]
    proof: Text | None = Field(None, description="what they must show")


class Weather(Part):
    """Weather as it was observed or forecast for the site."""

    kind: Literal["weather"] = "weather"
    summary: Text
    wind_kmh: float | None = Field(None, ge=0, le=500, description="km/h")
    rain_mm_h: float | None = Field(None, ge=0, le=500, description="mm an hour")
    temperature_c: float | None = Field(None, ge=-60, le=60, description="degrees Celsius")
    forecast: bool = False


class HealthFinding(Part):
    """A finding of health or sanitation: sewage, infections, food, water."""

    kind: Literal["health_finding"] = "health_finding"
    finding: Name = Field(description="sewage, infection, water, food, noise, waste ...")
    summary: Text
    advice: Text | None = Field(None, description="what people were told to do")
    amount: Amount | None = Field(None, description="cases, where they were counted")


class CommunityImpact(Part):
    """Harm to those who live, work or learn there: what kind, where, reported by whom; never a profile of a person."""

    kind: Literal["community_impact"] = "community_impact"
    impact: Name = Field(description="intimidation, noise, access, trade, schooling, transport, health ...")
    summary: Text
    on: Text | None = Field(None, description="on which group: residents, pupils, shops ...")
    amount: Amount | None = None

    @model_validator(mode="after")
    def _of_a_group(self) -> CommunityImpact:
        if self.on is not None and self.on.startswith(("Mr ", "Mrs ", "Ms ", "Dr ")):
            raise ValueError("an impact is recorded for a group, never for a person by name")
        return self
